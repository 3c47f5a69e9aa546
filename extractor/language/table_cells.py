"""What a cell of a table holds: a number, with its unit, its share or its whole beside it.

In: the text of a cell and the report's style of numbers. Out: a ``Held``: the quantity, and the percentage that stands
in brackets behind it ("345 (28,5%)"). What the column makes of them is asked elsewhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import regex

from extractor.domain.document import Cell
from extractor.domain.figure import Bound
from extractor.language.lexer.numerals import Style, read_number
from extractor.language.lexer.quantities import Quantity, unit_of

_BARE = r"(?P<sign>[-+−–]?)\s*(?P<number>\d[\d.,\s]*\d|\d)\s*(?P<percent>%?)"
_NOTED = r"(?:\s*(?P<mark>\(\d{1,2}\)|\*{1,3}))?"
NUMBER = regex.compile(
    rf"^(?P<bound>[<>≤≥]?)\s*(?:{_BARE}{_NOTED}|(?P<open>\()\s*{_BARE.replace('<sign>', '<minus>')}\s*\))$"
)
_TOLD = regex.compile(r"^(?P<number>[<>≤≥]?\s*[-+−–]?\s*\d[\d.,]*)\s*(?P<unit>[^\d\s.,(%].*)$")
"""A number with a unit of its own: "123,4 tỷ đồng"."""
_WITH_ASIDE = regex.compile(r"^\s*(?P<value>\S.*?)\s*\((?P<aside>\s*[-+−–]?\s*\d[\d.,]*\s*%\s*)\)\s*$")
_FRACTION = regex.compile(r"^\s*(?P<part>\d[\d.,]*)\s*/\s*(?P<whole>\d[\d.,]*)\s*(?P<unit>[^\d\s.,/(%].*)?$")
MONTHS = 12
"""Up to here the number below a slash may be a month."""
BOUNDS = {"<": Bound.MAX, "≤": Bound.MAX, ">": Bound.MIN, "≥": Bound.MIN}


class Held(NamedTuple):
    """The number of a cell, and the percentage in brackets behind it."""

    quantity: Quantity
    aside: Quantity | None = None


def read_cell(text: str, cell: Cell, style: Style, *, counts: bool = False) -> Held | None:
    """What a cell of values holds; None for a dash or words.

    ``counts`` tells that the column counts things: a number over another is part of it then, and no date ("3/5").
    """
    written = text[cell.start : cell.end]
    if found := _WITH_ASIDE.match(written):
        value = _quantity(text, replace(cell, end=cell.start + found.end("value")), style)
        aside = _quantity(
            text, replace(cell, start=cell.start + found.start("aside"), end=cell.start + found.end("aside")), style
        )
        return Held(value, aside) if value is not None else None
    value = _quantity(text, cell, style) or _fraction(written, cell.start, style, counts=counts)
    return Held(value) if value is not None else None


def is_number(written: str) -> bool:
    """Whether what stands in a cell is a number, with a unit of its own or without.

    >>> is_number("1.234"), is_number("123,4 tỷ đồng"), is_number("(8,7)"), is_number("9 tháng đầu năm")
    (True, True, True, False)
    """
    return NUMBER.match(told_apart(written)[0]) is not None


def _fraction(written: str, start: int, style: Style, *, counts: bool) -> Quantity | None:
    """A number over the whole that it is part of: "15/19", "12/15 thôn"."""
    found = _FRACTION.match(written)
    if found is None:
        return None
    part, whole, unit = read_number(found["part"], style), read_number(found["whole"], style), unit_of(found["unit"])
    is_sure = counts or unit is not None or (whole is not None and whole[0] > MONTHS)
    if part is None or whole is None or part[0] > whole[0] or not is_sure or (found["unit"] and unit is None):
        return None
    end = start + found.end("unit" if unit else "whole")
    quantity = Quantity(start + found.start("part"), end, *part, total=whole[0], unit=unit)
    return quantity._replace(number_end=start + found.end("part"), total_start=start + found.start("whole"))


def _quantity(text: str, cell: Cell, style: Style) -> Quantity | None:
    """The number of a cell, with its own unit if it has one. One in brackets is negative.

    Its span begins with its sign or bracket, "(8,7)", and ends before the mark of a note, "298,4(1)".
    """
    written = text[cell.start : cell.end]
    told, unit = told_apart(written.strip())
    match = NUMBER.match(told)
    if match is None:
        return None
    number = next(filter(None, match.captures("number")))
    reading = read_number(regex.sub(r"\s", "", number), style)
    if reading is None:
        return None
    lead = cell.start + len(written) - len(written.lstrip())
    bracketed = match.group("open") is not None
    sign = -1 if bracketed or match.group("sign") in ("-", "−", "–") else int(match.group("sign") == "+")
    start = lead + match.start("open" if bracketed else "sign" if sign else "number")
    number_end = lead + (match.end() if bracketed else match.end("percent" if match.group("percent") else "number"))
    end = cell.start + len(written.rstrip()) if unit else number_end
    unit = unit or ("%" if match.group("percent") else None)
    bound = BOUNDS.get(match.group("bound"))
    return Quantity(start, end, *reading, unit=unit, sign=sign, bound=bound, number_end=number_end)


def told_apart(written: str) -> tuple[str, str | None]:
    """The number of a cell and the unit behind it.

    >>> told_apart("123,4 tỷ đồng"), told_apart("9 tháng đầu năm"), told_apart("45,6%")
    (('123,4', 'tỷ đồng'), ('9 tháng đầu năm', None), ('45,6%', None))
    """
    match = _TOLD.match(written)
    unit = unit_of(match["unit"]) if match is not None else None
    return (match["number"], unit) if match is not None and unit is not None else (written, None)
