"""Opens ``models/`` and is the only reader of it: words in, typed rows out.

``models/`` lies beside the package in a checkout and inside it in a wheel. Tables are CSV files in UTF-8 with a header;
lines that start with ``#`` are remarks. A row that cannot be right raises ``InvalidModels`` with file and row. What a
row *means* is decided in the room that uses it; that its example yields it is shown by ``solieu check-models``.

An office may have learned rows of its own: ``rows_over`` lays them over those of the package while it reads. What is
made of a table that can be laid over is kept by ``kept_until_rows_change``.

A shape over text stands in the code and its words in rows: ``{name}`` in it is filled in by ``fill``.
"""

from __future__ import annotations

import csv
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import cache, lru_cache
from typing import ParamSpec, TypeVar

from extractor.domain.errors import InvalidModels
from extractor.domain.folders import data_folder

P = ParamSpec("P")
R = TypeVar("R")

Rows = Mapping[str, Sequence[Mapping[str, str]]]
"""Rows by the table that they belong to."""

NO_ROWS: Rows = {}
PARTS = "patterns/parts.csv"
GROUPS = "vocabulary/groups.csv"
NUMBERS = "vocabulary/numbers.csv"
_NAME = re.compile(r"\{([a-z]\w+)\}")

UNNUMBERED = "0"
"""The number of a row that stands in no file."""


class _Laid:
    """The rows that lie over the package's now, and what to forget when they change."""

    def __init__(self) -> None:
        self.rows: Rows = NO_ROWS
        self.lock = threading.RLock()
        self.kept: list[Callable[[], None]] = []

    def lay(self, rows: Rows) -> None:
        """Lets ``rows`` lie over the tables; what was made of others is forgotten."""
        if rows != self.rows:
            self.rows = rows
            for forget in self.kept:
                forget()


_laid = _Laid()


def kept_until_rows_change(maxsize: int | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """``lru_cache`` for what is made of tables that an office's rows may lie over; as fast, and forgotten with them."""

    def keep(make: Callable[P, R]) -> Callable[P, R]:
        kept = lru_cache(maxsize=maxsize)(make)
        when_rows_change(kept.cache_clear)
        return kept  # type: ignore[return-value] # as fast as it is, and called like ``make``

    return keep


def when_rows_change(forget: Callable[[], None]) -> None:
    """Calls ``forget`` whenever other rows come to lie over the tables."""
    _laid.kept.append(forget)


@kept_until_rows_change()
def read_rows(file: str) -> tuple[dict[str, str], ...]:
    """The rows of ``models/<file>`` as dicts of stripped strings, with the row number of the file under ``#``.

    Behind them stand those that ``rows_over`` lays over the table. Raises InvalidModels as ``read_fields`` does.
    """
    rows, over = _own_rows(file), _laid.rows.get(file, ())
    return (*rows, *({**dict.fromkeys(rows[0], ""), **row, "#": UNNUMBERED} for row in over)) if over else rows


@cache
def _own_rows(file: str) -> tuple[dict[str, str], ...]:
    """The rows of the package."""
    lines = read_fields(file)
    _, header = next(lines)
    return tuple(
        {**{k: v.strip() for k, v in zip(header, values, strict=True)}, "#": str(number)} for number, values in lines
    )


@contextmanager
def rows_over(rows: Rows) -> Iterator[None]:
    """Reads with ``rows`` over the tables of the package, inside.

    Changing them costs a tenth of a second, so whoever reads many reports of one office does it inside once. One office
    is read at a time: a reading that has rows of its own, or finds those of another, waits until it is alone.
    """
    if not rows and not _laid.rows:
        yield
        return
    with _laid.lock:
        before = _laid.rows
        _laid.lay(rows)
        try:
            yield
        finally:
            _laid.lay(before)


def fill(shape: str, words: Callable[[str], str]) -> str:
    """``shape`` with each ``{name}`` in it written out as a group of what stands for that name.

    These are the rows of parts.csv in their order; where it has none, what ``words`` makes of the name.

    >>> fill("{law} của {month}", str.upper)
    '(?:[Ll]uật|Pháp lệnh|Hiến pháp) của MONTH'
    """
    parts = _parts()
    return _NAME.sub(lambda name: parts.get(name[1]) or words(name[1]), shape)


def compile_shape(shape: str, words: Callable[[str], str], compiler: Callable[[str], R], error: type[Exception]) -> R:
    """What ``compiler`` makes of ``shape`` once it is filled.

    Raises InvalidModels with the row of parts.csv that is no expression, where the ``error`` is of one.
    """
    try:
        return compiler(fill(shape, words))
    except error:
        for row in read_rows(PARTS):
            if f"{{{row['name']}}}" in shape:
                _check_part(row, compiler, error)
        raise


def _check_part(row: Mapping[str, str], compiler: Callable[[str], object], error: type[Exception]) -> None:
    try:
        compiler(row["shape"])
    except error as fault:
        raise InvalidModels(PARTS, int(row["#"]), "models.no_expression", error=str(fault)) from fault


@cache
def _parts() -> dict[str, str]:
    """The names of parts.csv, each with its rows as one group."""
    shapes: dict[str, list[str]] = {}
    for row in read_rows(PARTS):
        shapes.setdefault(row["name"], []).append(row["shape"])
    return {name: f"(?:{'|'.join(rows)})" for name, rows in shapes.items()}


@cache
def group_words(group: str) -> tuple[str, ...]:
    """The words of one group of groups.csv as they are written, in the order of the table; () where it has none."""
    return tuple(row["word"] for row in read_rows(GROUPS) if row["group"] == group)


@cache
def number_words(kind: str) -> dict[str, Decimal]:
    """The words of one class of numbers.csv as they are written → what they are worth."""
    return {row["word"]: Decimal(row["value"]) for row in read_rows(NUMBERS) if row["class"] == kind}


def worth(word: str, *kinds: str) -> int:
    """What ``word`` is worth, in either case, in the first of some classes of numbers.csv that has it; else 0.

    >>> worth("Nhất", "ordinal", "digit"), worth("hộ", "digit")
    (1, 0)
    """
    known = (pair for kind in kinds for pair in number_words(kind).items())
    return next((int(value) for spelt, value in known if spelt.lower() == word.lower()), 0)


def read_fields(file: str) -> Iterator[tuple[int, list[str]]]:
    """Row number and fields of each row of ``models/<file>``, the header first, as they are written; nothing is kept.

    Raises InvalidModels where a row has more or fewer fields than the header or the file is not there.
    """
    path = data_folder("models") / file
    if not path.is_file():
        raise InvalidModels(file, 1, "models.no_file")
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        header = next(reader, [])
        yield reader.line_num, header
        for values in reader:
            if not values or values[0].startswith("#"):
                continue
            if len(values) != len(header):
                raise InvalidModels(file, reader.line_num, "models.fields", found=len(values), wanted=len(header))
            yield reader.line_num, values
