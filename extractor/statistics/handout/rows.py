"""The rows of series as they may leave the house: points and vintages, with names of private persons masked.

One row a point (``FRAME_COLUMNS``) or a stated value (``VINTAGE_COLUMNS``); every format is written from these.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from extractor.statistics.flat_rows import Names
from extractor.statistics.places.areas import resolve_area
from extractor.statistics.places.registry import Area, area_of
from extractor.statistics.series import Series, series_rows
from extractor.statistics.source_sentence import context_of, mask_names
from extractor.statistics.table_files import Holds

NUMBERS = {
    **dict.fromkeys(("value", "low", "high", "implied_low", "implied_high", "revision"), Holds.DECIMAL),
    **dict.fromkeys(("vintages", "page", "char_start", "char_end"), Holds.COUNT),
    "confidence": Holds.SHARE,
}
HOLDS = {
    **NUMBERS,
    **dict.fromkeys(("start", "end", "valid_from", "valid_to"), Holds.DAY),
    **dict.fromkeys(("conflict", "break_before", "reviewed"), Holds.FLAG),
}
"""Columns that hold something other than text, in the tables of series and of places."""

VINTAGE_COLUMNS = (
    *("indicator", "name", "area_name", "measure", "period", "value", "unit", "status_word", "vintage", "report"),
    *("file", "page", "char_start", "char_end", "figure", "quote", "sentence", "confidence", "reviewed"),
)


def point_rows(series: Iterable[Series], names: Names) -> Iterator[dict[str, Any]]:
    """The rows of ``points_frame``, in the order of the series."""
    for one in series:
        for row in series_rows(one):
            yield masked(row) if names is Names.MASKED else row


def masked(row: dict[str, Any]) -> dict[str, Any]:
    """A row without names of private persons."""
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


def vintage_rows(series: Iterable[Series], names: Names) -> Iterator[dict[str, Any]]:
    """Every stated value, oldest report first within its period."""
    for one in series:
        for point in one.points:
            for o in point.vintages:
                row = {c: getattr(o, c, None) for c in VINTAGE_COLUMNS}
                row |= {"indicator": one.indicator, "name": one.name, "period": point.period.label}
                row |= {"char_start": o.start, "char_end": o.end}
                yield masked(row) if names is Names.MASKED else row


def place_of(one: Series) -> Area:
    """The place of a series as the table has it; one that it does not hold under its own name."""
    return area_of(one.key[1]) or resolve_area(one.area_name)


def shown_name(one: Series, names: Names, language: str = "vi") -> str:
    """The name of a series as a reader may see it: the catalogue's, or its own without persons."""
    name = one.title(language)
    return mask_names(name, context=context_of(name, "")) if names is Names.MASKED else name
