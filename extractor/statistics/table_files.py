"""Tables as files: how a cell of each kind is written, the same in every export.

CSV has a dot in numbers and texts that no spreadsheet takes for a formula; Parquet has decimals of one width.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import Any

from extractor.domain.errors import InvalidInput
from extractor.domain.extras import optional

PARQUET_DIGITS = (38, 12)
"""Precision and scale of decimal columns: 26 digits before the mark hold any amount in đồng, 12 after it any rate."""

WITH_MARK = "utf-8-sig"
"""The encoding of CSV: spreadsheets ask for its byte order mark."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula; the last four are the full-width forms that some accept."""


class Holds(Enum):
    """What a column holds: how a cell is typed in each format."""

    TEXT = "text"
    DECIMAL = "decimal"
    COUNT = "count"
    SHARE = "share"
    DAY = "day"
    FLAG = "flag"


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Iterable[Any]], *, line_end: str = "\r\n") -> Iterator[str]:
    """The lines of a CSV file."""
    writer = csv.writer(_Echo(), lineterminator=line_end)
    return (writer.writerow([plain(value) for value in row]) for row in rows)


def write_csv(target: Path, heads: Sequence[str], rows: Iterable[Iterable[Any]]) -> None:
    """Write a CSV file that spreadsheets open."""
    with target.open("w", encoding=WITH_MARK, newline="") as out:
        out.writelines(csv_lines(chain([heads], rows)))


def plain(value: Any) -> str:
    """A cell as CSV text: decimals with a dot and without exponent, texts guarded, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bool):
        return "true" if value else "false"
    return guard(value) if isinstance(value, str) else str(value)


def guard(text: str) -> str:
    """``text`` as no spreadsheet will take it for a formula; only for text cells, never for numbers.

    >>> guard("=1+1"), guard("- Thu phí"), guard("Thu phí")
    ("'=1+1", "'- Thu phí", 'Thu phí')
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def write_parquet(target: Path, columns: Sequence[tuple[str, Holds]], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write a Parquet file; raises InvalidInput for a decimal with more places than ``PARQUET_DIGITS`` allow."""
    with optional():
        import pyarrow
        from pyarrow import parquet

    kinds = {
        Holds.TEXT: pyarrow.string(),
        Holds.DECIMAL: pyarrow.decimal128(*PARQUET_DIGITS),
        Holds.COUNT: pyarrow.int64(),
        Holds.SHARE: pyarrow.float64(),
        Holds.DAY: pyarrow.date32(),
        Holds.FLAG: pyarrow.bool_(),
    }
    schema = pyarrow.schema([pyarrow.field(name, kinds[holds]) for name, holds in columns])
    arrays = [pyarrow.array([_exact(row[field.name]) for row in rows], type=field.type) for field in schema]
    parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=schema), target)


def too_fine(value: Any) -> bool:
    """Whether a decimal has more places than a column of Parquet; more would be a reading nobody printed."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return isinstance(exponent, int) and exponent < -PARQUET_DIGITS[1]


def _exact(value: Any) -> Any:
    if too_fine(value):
        raise InvalidInput("export.decimals", value=value, most=PARQUET_DIGITS[1])
    return value
