"""Extractions become files that others open: JSON lines, JSON, CSV, a workbook, Parquet.

JSON carries the records as they are, word for word, for programs of the same archive. The tables (CSV, workbook,
Parquet) are for readers beyond it: names of private persons are masked unless ``names=Names.KEPT``, text can never turn
into a formula, and numbers stay numbers: with a dot in CSV, true numbers in the workbook, decimals in Parquet.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor.domain.errors import InvalidInput
from extractor.domain.extraction import Extraction
from extractor.domain.extras import optional
from extractor.statistics.flat_rows import COLUMNS, Holds, Names, Row, figure_rows, plain
from extractor.statistics.handout.figures_workbook import write_workbook
from extractor.statistics.workbook import Correction

FORMATS = ("jsonl", "json", "csv", "xlsx", "parquet")

PARQUET_DIGITS = (38, 12)
"""Precision and scale of decimal columns: 26 digits before the mark hold any amount in đồng, 12 after it any rate."""


def write(
    extractions: Iterable[Extraction],
    path: str | Path,
    format: str,  # noqa: A002 - the word that everybody uses for it
    *,
    names: Names = Names.MASKED,
    corrections: Sequence[Correction] = (),
    language: str = "vi",
) -> None:
    """Write ``extractions`` to ``path`` as one of ``FORMATS``; ``corrections`` and ``language`` are the workbook's.

    Raises InvalidInput for a format that is none of ours.
    """
    target = Path(path)
    if format == "jsonl":
        _write_lines(target, (_line(e, f.to_dict()) for e in extractions for f in e.figures))
    elif format == "json":
        _write_lines(target, (e.to_dict() for e in extractions))
    elif format == "csv":
        _write_csv(target, figure_rows(extractions, names=names))
    elif format == "xlsx":
        write_workbook(target, list(extractions), names=names, corrections=corrections, language=language)
    elif format == "parquet":
        _write_parquet(target, list(figure_rows(extractions, names=names)))
    else:
        known = ", ".join(FORMATS)
        raise InvalidInput("export.no_format", format=format, known=known)


def _line(extraction: Extraction, record: dict[str, Any]) -> dict[str, Any]:
    source = extraction.document.source
    return {**record, "file": source.name if source else None}


def _write_lines(target: Path, records: Iterable[dict[str, Any]]) -> None:
    with target.open("w", encoding="utf-8", newline="\n") as out:
        for record in records:
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def _write_csv(target: Path, rows: Iterable[Row]) -> None:
    """Tidy CSV: UTF-8 with a byte order mark (spreadsheets ask for it), comma between fields, dot in numbers."""
    with target.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([c.name for c in COLUMNS])
        for row in rows:
            writer.writerow([plain(row[c.name]) for c in COLUMNS])


def _write_parquet(target: Path, rows: list[Row]) -> None:
    with optional():
        import pyarrow
        from pyarrow import parquet

    kinds = {
        Holds.TEXT: pyarrow.string(),
        Holds.DECIMAL: pyarrow.decimal128(*PARQUET_DIGITS),
        Holds.COUNT: pyarrow.int64(),
        Holds.SHARE: pyarrow.float64(),
    }
    columns = [pyarrow.array([_exact(row[c.name]) for row in rows], type=kinds[c.holds]) for c in COLUMNS]
    schema = pyarrow.schema([pyarrow.field(c.name, kinds[c.holds]) for c in COLUMNS])
    parquet.write_table(pyarrow.Table.from_arrays(columns, schema=schema), target)


def _exact(value: Any) -> Any:
    """A decimal at the scale of its column; more places than that would be a reading nobody printed."""
    if not isinstance(value, Decimal):
        return value
    scale = PARQUET_DIGITS[1]
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -scale:
        raise InvalidInput("export.decimals", value=value, most=scale)
    return value
