"""Series leave the house: workbook, tidy CSV, Parquet, SDMX-CSV 2.0, a Frictionless data package.

One row a point, with the source of the shown value beside it; the workbook and the package add every vintage. SDMX
codes are made of letters that SDMX allows, its values are as printed with UNIT_MULT beside them, and what nobody
reviewed carries OBS_STATUS V with the office's own status in REPORTED_STATUS. Implied intervals are no observations:
they stand in columns of their own and never in SDMX. Names of private persons are masked here as everywhere.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from pathlib import Path
from typing import Any

from extractor.domain.errors import InvalidInput
from extractor.domain.finding import Finding, Level
from extractor.domain.messages import say
from extractor.statistics.areas import Area, areas, resolve_area
from extractor.statistics.catalogue import indicators
from extractor.statistics.flat_rows import Holds, Names, plain
from extractor.statistics.observations import Observation
from extractor.statistics.series import FRAME_COLUMNS, Point, Series, series_rows
from extractor.statistics.source_sentence import context_of, mask_names
from extractor.statistics.workbook import (
    LOGGED,
    WORDS,
    Correction,
    Sheets,
    indicator_codes,
    kinds,
    logged,
    message_of,
    open_workbook,
    remarks,
)

SERIES_FORMATS = ("xlsx", "csv", "parquet", "sdmx", "datapackage")

OBS_STATUSES = ("A", "P", "E", "F", "B", "V")
"""Codes of CL_OBS_STATUS that a series can carry here."""

DATAFLOW = "SOLIEU:FIGURES(1.0.0)"
SDMX_COLUMNS = (
    *("STRUCTURE", "STRUCTURE_ID", "ACTION"),
    *(
        "FREQ",
        "REF_AREA",
        "INDICATOR",
        "MEASURE",
        "SCOPE",
        "PRICE_BASIS",
        "ACCUMULATION",
        "UNIT_MEASURE",
        "TIME_PERIOD",
    ),
    *("OBS_VALUE", "UNIT_MULT", "DECIMALS", "OBS_STATUS", "REPORTED_STATUS"),
    *("VINTAGE", "SOURCE_DOC", "SOURCE_SPAN", "INDICATOR_NAME", "AREA_NAME", "COMMENT"),
)
FREQUENCIES = {"M": "M", "Q": "Q", "S": "S", "A": "A", "YTD": "M", "RANGE": "_O", "POINT": "_O"}
"""Codes of CL_FREQ; a cumulative value is monthly with ACCUMULATION = YTD, odd ranges are of another frequency."""

NUMBERS = {
    **dict.fromkeys(("value", "low", "high", "implied_low", "implied_high", "revision"), Holds.DECIMAL),
    **dict.fromkeys(("vintages", "page", "char_start", "char_end"), Holds.COUNT),
    "confidence": Holds.SHARE,
}
VINTAGE_COLUMNS = (
    *("indicator", "name", "area_name", "measure", "period", "value", "unit", "status_word", "vintage", "report"),
    *("file", "page", "char_start", "char_end", "figure", "quote", "sentence", "confidence", "reviewed"),
)
SHEET_COLUMNS = (
    *("name", "area_name", "scope", "price_basis", "measure", "freq", "period", "value", "unit", "status_word"),
    *("implied_low", "implied_high", "checks", "revision", "conflict", "break_before", "vintage", "vintages"),
    *("report", "confidence", "reviewed", "indicator", "area", "area_level", "status"),
)
"""The workbook's first sheet, what a reader looks for first; sentences and offsets stand in its sheet of sources."""

AMOUNTS = ("value", "implied_low", "implied_high", "revision")
"""Columns of that sheet that are written in the printed unit."""

GRAVE = (Level.FAIL, Level.WARN, Level.INFO, Level.PASS)

ALWAYS = frozenset({"name", "area_name", "freq", "period", "value", "unit", "status_word", "vintage", "report"})
"""Columns of that sheet that are there even where they are empty."""

ONLY_YES = frozenset({"conflict", "break_before"})
OUTWARD = {"implied_low": ROUND_FLOOR, "implied_high": ROUND_CEILING}
SHOWN_DIGITS = 12
"""Digits of an implied bound that a spreadsheet is given: a true number, and still a bound."""

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
        target.write_bytes(b"\xef\xbb\xbf" + _csv(FRAME_COLUMNS, _points(series, names)))
    elif format == "parquet":
        _parquet(target, list(_points(series, names)))
    elif format == "sdmx":
        target.write_bytes(_csv(SDMX_COLUMNS, sdmx_rows(series)))
    elif format == "datapackage":
        _package(target, series, names)
    elif format == "xlsx":
        with open_workbook(target) as book:
            sheets = Sheets(book, language)
            _data_sheets(sheets, series, findings, names)
            _check_sheets(sheets, findings, corrections, names)
            sheets.add("sheet.codes", kinds(("list", "code", "meaning", "note")), _codes(series, names, language))
    else:
        known = ", ".join(SERIES_FORMATS)
        raise InvalidInput("export.no_series_format", format=format, known=known)


def _points(series: Iterable[Series], names: Names) -> Iterator[dict[str, Any]]:
    for one in series:
        for row in series_rows(one):
            yield _masked(row) if names is Names.MASKED else row


def _masked(row: dict[str, Any]) -> dict[str, Any]:
    context = context_of(row["name"], str(row.get("sentence") or ""))
    prose = {k: mask_names(str(row[k]), context=context) for k in ("name", "quote", "sentence") if row.get(k)}
    return {**row, **prose, "indicator": public_id(row["indicator"], row["name"], context)}


def public_id(indicator: str, name: str, context: str = "") -> str:
    """A series id that names no person: an own name that would is replaced by a check sum.

    >>> public_id("exp_local", "Tổng chi ngân sách"), public_id("~ông trần văn mẫu", "Ông Trần Văn Mẫu")
    ('exp_local', '~b8e7982f')
    """
    if not indicator.startswith("~") or mask_names(name, context=context or name) == name:
        return indicator
    return f"~{hashlib.sha256(indicator.encode()).hexdigest()[:8]}"


def _csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(c)) for c in columns])
    return out.getvalue().encode("utf-8")


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else plain(value)


def _parquet(target: Path, rows: list[dict[str, Any]]) -> None:
    import pyarrow
    from pyarrow import parquet

    kinds = {Holds.DECIMAL: pyarrow.decimal128(38, 12), Holds.COUNT: pyarrow.int64(), Holds.SHARE: pyarrow.float64()}
    special = {"start": pyarrow.date32(), "end": pyarrow.date32()}
    special |= dict.fromkeys(("conflict", "break_before", "reviewed"), pyarrow.bool_())
    fields = [
        pyarrow.field(c, special.get(c) or (kinds[NUMBERS[c]] if c in NUMBERS else pyarrow.string()))
        for c in FRAME_COLUMNS
    ]
    columns = [pyarrow.array([_fitting(row[f.name]) for row in rows], type=f.type) for f in fields]
    parquet.write_table(pyarrow.Table.from_arrays(columns, schema=pyarrow.schema(fields)), target)


def _fitting(value: Any) -> Any:
    """Implied bounds carry more places than the column; they are bounds, so the twelfth place is no loss."""
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return value.quantize(Decimal(1).scaleb(-12)) if isinstance(exponent, int) and exponent < -12 else value
    return value


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
        "SOURCE_DOC": o.report or o.file,
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
    marks = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(c if c.isascii() and c.isalnum() else "_" for c in marks if not unicodedata.combining(c))
    code = "_".join(part for part in letters.split("_") if part).upper()
    if not text.startswith("~"):
        return code
    return f"X_{code[:60]}_{hashlib.sha256(text.encode()).hexdigest()[:4].upper()}"


# --------------------------------------------------------------------------------------------------- data package


def _package(target: Path, series: Sequence[Series], names: Names) -> None:
    """A zip of datapackage.json, the points, the vintages, and the code lists they refer to."""
    used = sorted({s.indicator for s in series if s.indicator in indicators()})
    places = [_place(s) for s in {s.key[1]: s for s in series}.values()]
    tables: dict[str, tuple[Sequence[str], list[dict[str, Any]]]] = {
        "points": (FRAME_COLUMNS, list(_points(series, names))),
        "vintages": (VINTAGE_COLUMNS, list(_vintages(series, names))),
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
        "title": "Chuỗi số liệu từ báo cáo hành chính",
        "resources": [_resource(name, columns) for name, (columns, _) in tables.items()],
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        _entry(package, "datapackage.json", json.dumps(manifest, ensure_ascii=False, indent=2).encode("utf-8"))
        for name, (columns, rows) in tables.items():
            _entry(package, f"{name}.csv", _csv(columns, rows))


def _entry(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, STILL)
    info.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(info, content)


def _place(one: Series) -> Area:
    """The place of a series as the table has it; one that it does not hold under its own name."""
    return areas().get(one.key[1]) or resolve_area(one.area_name)


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


TYPES = {Holds.DECIMAL: "number", Holds.COUNT: "integer", Holds.SHARE: "number"}


def _resource(name: str, columns: Sequence[str]) -> dict[str, Any]:
    kinds = dict.fromkeys(("start", "end", "valid_from", "valid_to"), "date")
    kinds |= dict.fromkeys(("conflict", "break_before", "reviewed"), "boolean")
    fields = [{"name": c, "type": kinds.get(c) or (TYPES[NUMBERS[c]] if c in NUMBERS else "string")} for c in columns]
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


def _vintages(series: Iterable[Series], names: Names) -> Iterator[dict[str, Any]]:
    """Every stated value, oldest report first within its period."""
    for one in series:
        for point in one.points:
            for o in point.vintages:
                row = {c: getattr(o, c, None) for c in VINTAGE_COLUMNS}
                row |= {"indicator": one.indicator, "name": one.name, "period": point.period.label}
                row |= {"char_start": o.start, "char_end": o.end}
                yield _masked(row) if names is Names.MASKED else row


# ------------------------------------------------------------------------------------------------------- workbook


def _data_sheets(sheets: Sheets, series: Sequence[Series], findings: Sequence[Finding], names: Names) -> None:
    told = _told(findings, sheets.language)
    judged = ({**row, "checks": told.get(row["figure"])} for one in series for row in _in_printed_unit(one, names))
    points = [[_shown(c, row[c], sheets.language) for c in SHEET_COLUMNS] for row in judged]
    used = [at for at, c in enumerate(SHEET_COLUMNS) if c in ALWAYS or any(row[at] not in {None, ""} for row in points)]
    sheets.add("sheet.series", _columns(SHEET_COLUMNS[at] for at in used), ([row[at] for at in used] for row in points))
    rows = ([_worded(c, row[c], sheets.language) for c in VINTAGE_COLUMNS] for row in _vintages(series, names))
    sheets.add("sheet.sources", _columns(VINTAGE_COLUMNS), rows)
    missing = kinds(("series.name", "series.area_name", "series.freq", "missing", "break"))
    sheets.add("sheet.gaps", missing, _missing(series, names, sheets.language))


def _in_printed_unit(one: Series, names: Names) -> Iterator[dict[str, Any]]:
    """The points of a series in the one unit that offices print it in: tỷ đồng, not đồng with nine zeros."""
    unit, factor = one.printed_unit
    for row in _points([one], names):
        amounts = {c: row[c] / factor for c in AMOUNTS if row[c] is not None}
        yield {**row, **amounts, "unit": unit or row["unit"]}


def _told(findings: Iterable[Finding], language: str) -> dict[str, str]:
    """What the checks say of each figure, the worst level alone: ``cảnh báo: UNIT_SLIP``."""
    about: dict[str, dict[Level, dict[str, None]]] = {}
    for f in findings:
        for figure in f.figures:
            about.setdefault(figure, {}).setdefault(f.level, {})[f.code] = None
    worst = {figure: next(level for level in GRAVE if level in levels) for figure, levels in about.items()}
    return {
        figure: f"{say(WORDS, f'level.{level.value}', language)}: {', '.join(about[figure][level])}"
        for figure, level in worst.items()
    }


def _shown(column: str, value: Any, language: str) -> Any:
    """A cell of the first sheet: bounds short enough to be numbers, and only what is so, not what is not."""
    if column in OUTWARD and isinstance(value, Decimal):
        shorter = Context(prec=SHOWN_DIGITS, rounding=OUTWARD[column]).plus(value)
        return shorter.quantize(Decimal(1)) if shorter == shorter.to_integral_value() else shorter
    if column in AMOUNTS and isinstance(value, Decimal):
        return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    return None if column in ONLY_YES and not value else _worded(column, value, language)


def _check_sheets(sheets: Sheets, findings: Sequence[Finding], corrections: Sequence[Correction], names: Names) -> None:
    language = sheets.language
    found = (
        (f.code, say(WORDS, f"level.{f.level.value}", language), message_of(f, names, language), *_held(f))
        for f in findings
    )
    columns = kinds(("code", "level", "message", "figures", "gap"), {"gap": Holds.DECIMAL})
    sheets.add("sheet.findings", columns, found)
    if corrections:
        sheets.add("sheet.corrections", kinds(LOGGED), [logged(c) for c in corrections])


def _columns(names: Iterable[str]) -> list[tuple[str, Holds]]:
    return [(f"series.{n}", NUMBERS.get(n, Holds.TEXT)) for n in names]


def _held(finding: Finding) -> tuple[str, Decimal | None]:
    return " ".join(finding.figures), finding.gap


def _worded(column: str, value: Any, language: str) -> Any:
    if isinstance(value, bool):
        return say(WORDS, "yes" if value else "no", language)
    if isinstance(value, date):
        return value.isoformat()
    if column in {"measure", "freq", "area_level"} and value:
        return say(WORDS, f"{column}.{value}", language)
    return value


def _missing(series: Iterable[Series], names: Names, language: str) -> Iterator[list[Any]]:
    for one in series:
        freq = say(WORDS, f"freq.{one.freq}", language)
        name = mask_names(one.name, context=context_of(one.name, "")) if names is Names.MASKED else one.name
        for gap in one.gaps:
            yield [name, one.area_name, freq, gap, None]
        for known in one.breaks:
            yield [name, one.area_name, freq, None, f"{known.on.isoformat()}: {known.note(language)}"]


def _codes(series: Iterable[Series], names: Names, language: str) -> Iterator[list[Any]]:
    for code in OBS_STATUSES:
        yield ["obs_status", code, say(WORDS, f"obs_status.{code}", language), None]
    shown = list(series)
    for place in {s.key[1]: _place(s) for s in shown}.values():
        level = say(WORDS, f"area_level.{place.level}", language) if place.level else ""
        days = " – ".join(day.isoformat() if day else "…" for day in (place.valid_from, place.valid_to))
        note = " · ".join(x for x in (level, days if days != "… – …" else "", place.note) if x)
        yield ["area", place.id, place.name, note]
    yield from indicator_codes((s.indicator for s in shown), language)
    yield from remarks(names, language)
