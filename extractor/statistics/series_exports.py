"""Series leave the house: workbook, tidy CSV, Parquet, SDMX-CSV 2.0 with its structure, a Frictionless data package.

One row a point, with the source of the shown value beside it; the workbook and the package add every vintage. SDMX
codes are made of letters that SDMX allows, its values are as printed with UNIT_MULT beside them, and what nobody
reviewed carries OBS_STATUS V with the office's own status in REPORTED_STATUS. Implied intervals are no observations:
they stand in columns of their own and never in SDMX. Names of private persons are masked here as everywhere.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor.domain.errors import InvalidInput
from extractor.domain.finding import Finding
from extractor.domain.letters import without_accents
from extractor.domain.messages import say
from extractor.statistics.catalogue import indicators
from extractor.statistics.flat_rows import Names
from extractor.statistics.handout.rows import (
    HOLDS,
    VINTAGE_COLUMNS,
    place_of,
    point_rows,
    public_id,
    vintage_rows,
)
from extractor.statistics.handout.sdmx_structure import structure_of
from extractor.statistics.handout.series_workbook import write_series_workbook
from extractor.statistics.observations import Observation
from extractor.statistics.series import FRAME_COLUMNS, Point, Series
from extractor.statistics.source_sentence import context_of, mask_names
from extractor.statistics.table_files import PARQUET_DIGITS, Holds, csv_lines, too_fine, write_csv, write_parquet
from extractor.statistics.workbook import Correction

SERIES_FORMATS = ("xlsx", "csv", "parquet", "sdmx", "sdmx-structure", "datapackage")

DATAFLOW = "SOLIEU:FIGURES(1.0.0)"
SDMX_COLUMNS = (
    *("STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "REF_AREA", "INDICATOR", "MEASURE", "SCOPE", "PRICE_BASIS"),
    *("ACCUMULATION", "UNIT_MEASURE", "TIME_PERIOD", "OBS_VALUE", "UNIT_MULT", "DECIMALS", "OBS_STATUS"),
    *("REPORTED_STATUS", "VINTAGE", "SOURCE_DOC", "SOURCE_SPAN", "INDICATOR_NAME", "AREA_NAME", "COMMENT"),
)
FREQUENCIES = {"M": "M", "Q": "Q", "S": "S", "A": "A", "YTD": "M", "RANGE": "_O", "POINT": "_O"}
"""Codes of CL_FREQ; a cumulative value is monthly with ACCUMULATION = YTD, odd ranges are of another frequency."""

STILL = (1980, 1, 1, 0, 0, 0)
"""The time of every entry of a package: the same series give the same bytes."""


def write_series(
    series: Sequence[Series],
    path: str | Path,
    format: str,  # noqa: A002 - the word that everybody uses for it
    *,
    findings: Sequence[Finding] = (),
    names: Names = Names.MASKED,
    corrections: Sequence[Correction] = (),
    language: str = "vi",
) -> None:
    """Write ``series`` to ``path`` as one of ``SERIES_FORMATS``; raises InvalidInput for another format.

    ``findings``, ``corrections`` and ``language`` are the workbook's.
    """
    target = Path(path)
    if format == "csv":
        write_csv(target, FRAME_COLUMNS, _cells(FRAME_COLUMNS, point_rows(series, names)))
    elif format == "parquet":
        rows = [{name: _fitting(value) for name, value in row.items()} for row in point_rows(series, names)]
        write_parquet(target, [(name, HOLDS.get(name, Holds.TEXT)) for name in FRAME_COLUMNS], rows)
    elif format == "sdmx":
        target.write_bytes(_bytes(SDMX_COLUMNS, sdmx_rows(series)))
    elif format == "sdmx-structure":
        target.write_bytes(structure_of(sdmx_rows(series)))
    elif format == "datapackage":
        _package(target, series, names)
    elif format == "xlsx":
        write_series_workbook(
            target, series, findings=findings, names=names, corrections=corrections, language=language
        )
    else:
        known = ", ".join(SERIES_FORMATS)
        raise InvalidInput("export.no_series_format", format=format, known=known)


def _cells(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> Iterator[list[Any]]:
    return ([row.get(name) for name in columns] for row in rows)


def _bytes(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> bytes:
    return "".join(csv_lines([columns, *_cells(columns, rows)])).encode("utf-8")


def _fitting(value: Any) -> Any:
    """Implied bounds carry more places than the column; they are bounds, so the twelfth place is no loss."""
    return value.quantize(Decimal(1).scaleb(-PARQUET_DIGITS[1])) if too_fine(value) else value


# ------------------------------------------------------------------------------------------------------------ SDMX


def sdmx_rows(series: Iterable[Series]) -> Iterator[dict[str, Any]]:
    """The shown values under SDMX's names, one row an observation, in the order of the series."""
    for one in series:
        before: date | None = None
        for point in one.points:
            o = point.chosen
            if o is None or o.value is None:
                continue
            broken = any(before is not None and before < b.on <= point.period.end for b in one.breaks)
            yield _sdmx_row(one, point, o, broken=broken)
            before = point.period.end


def _sdmx_row(one: Series, point: Point, o: Observation, *, broken: bool) -> dict[str, Any]:
    context = context_of(one.name, o.sentence)
    return {
        "STRUCTURE": "dataflow",
        "STRUCTURE_ID": DATAFLOW,
        "ACTION": "I",
        "FREQ": FREQUENCIES[one.freq],
        "REF_AREA": sdmx_code(one.key[1]),
        "INDICATOR": sdmx_code(public_id(one.indicator, one.name, context)),
        "MEASURE": one.measure,
        "SCOPE": sdmx_code(one.key[2]) or "_Z",
        "PRICE_BASIS": sdmx_code(one.key[3]) or "_Z",
        "ACCUMULATION": "YTD" if one.freq == "YTD" else "PERIOD",
        "UNIT_MEASURE": sdmx_code(one.unit) or "_Z",
        "TIME_PERIOD": point.period.sdmx(),
        "OBS_VALUE": o.value.scaleb(-o.unit_mult) if o.value is not None else None,
        "UNIT_MULT": o.unit_mult,
        "DECIMALS": o.decimals,
        "OBS_STATUS": "V" if not o.reviewed else "B" if broken else o.status,
        "REPORTED_STATUS": o.reported,
        "VINTAGE": o.vintage,
        "SOURCE_DOC": o.report_called,
        "SOURCE_SPAN": f"{o.start}-{o.end}",
        "INDICATOR_NAME": mask_names(one.name, context=context),
        "AREA_NAME": one.area_name,
        "COMMENT": o.status_word,
    }


CODES = {"%": "PT", "‰": "PM", "người": "PERSONS", "ha": "HA", "tấn": "TONNES"}


def sdmx_code(text: str) -> str:
    """``text`` in the letters of an SDMX code; a name that is no id of ours gets a check sum against clashes.

    >>> sdmx_code("exp_local"), sdmx_code("VND"), sdmx_code("%"), sdmx_code("do quận quản lý")
    ('EXP_LOCAL', 'VND', 'PT', 'DO_QUAN_QUAN_LY')
    >>> sdmx_code("~băng rôn")
    'X_BANG_RON_9D90'
    """
    if text in CODES:
        return CODES[text]
    letters = "".join(c if c.isascii() and c.isalnum() else "_" for c in without_accents(text))
    code = "_".join(part for part in letters.split("_") if part).upper()
    if not text.startswith("~"):
        return code
    return f"X_{code[:60]}_{hashlib.sha256(text.encode()).hexdigest()[:4].upper()}"


# --------------------------------------------------------------------------------------------------- data package


def _package(target: Path, series: Sequence[Series], names: Names) -> None:
    """A zip of datapackage.json, the points, the vintages, and the code lists they refer to."""
    used = sorted({s.indicator for s in series if s.indicator in indicators()})
    places = [place_of(s) for s in {s.key[1]: s for s in series}.values()]
    tables: dict[str, tuple[Sequence[str], list[dict[str, Any]]]] = {
        "points": (FRAME_COLUMNS, list(point_rows(series, names))),
        "vintages": (VINTAGE_COLUMNS, list(vintage_rows(series, names))),
        "indicators": (
            ("id", "name_vi", "name_en", "sector", "unit", "nature", "parent", "rule", "code_system"),
            [_fields(indicators()[i]) for i in used],
        ),
        "areas": (
            ("id", "name", "level", "parent", "valid_from", "valid_to", "code"),
            [_fields(place) for place in sorted(places, key=lambda a: a.id)],
        ),
    }
    manifest = {
        "profile": "tabular-data-package",
        "name": "solieu-series",
        "title": say("exports.csv", "package.title"),
        "resources": [_resource(name, columns) for name, (columns, _) in tables.items()],
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        _entry(package, "datapackage.json", json.dumps(manifest, ensure_ascii=False, indent=2).encode("utf-8"))
        for name, (columns, rows) in tables.items():
            _entry(package, f"{name}.csv", _bytes(columns, rows))


def _entry(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, STILL)
    info.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(info, content)


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


TYPES = {
    Holds.DECIMAL: "number",
    Holds.COUNT: "integer",
    Holds.SHARE: "number",
    Holds.DAY: "date",
    Holds.FLAG: "boolean",
}


def _resource(name: str, columns: Sequence[str]) -> dict[str, Any]:
    fields = [{"name": c, "type": TYPES[HOLDS[c]] if c in HOLDS else "string"} for c in columns]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if columns[0] == "id":
        schema["primaryKey"] = "id"
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "schema": schema,
    }
