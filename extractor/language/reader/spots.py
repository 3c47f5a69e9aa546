"""What stands around one number, found once and asked by every decision about it."""

from __future__ import annotations

from typing import NamedTuple

from extractor.domain.unit import MEASURES
from extractor.language.lexer.quantities import Quantity
from extractor.language.reader.drafts import Draft
from extractor.language.reader.printed_bases import PrintedBase
from extractor.language.reader.rows import Row
from extractor.language.reader.view import STRONG, View

OWN_GROUPS = frozenset({"share", "points", "times", "money", "person", "time", "multiplier", "award"})
"""Families of units that are groups by themselves."""

COMPARING = frozenset({"share", "points", "times"})

MEASURING = frozenset({"share", "points", "times", "money", "measure"})
"""Groups of units that measure and do not name."""


class Spot(NamedTuple):
    """The surroundings of the number at ``at``.

    The stretch is what stands between it and the number before that is told: one that measures nothing may stand in a
    name ("Tổng thu ngân sách 5 năm", "nợ trên 90 ngày").
    """

    at: int
    quantity: Quantity
    group: str  # of its unit: share, money, person, measure, count, bare …
    low: int  # first item of the stretch
    clause: int  # first item behind the last strong mark of the stretch
    verb: str  # value of the last verb of the clause, "-" where there is none
    verb_at: int
    right: PrintedBase | None
    left: PrintedBase | None
    scope: PrintedBase | None  # the last one that opens a clause of the sentence: "So với cùng kỳ, A tăng …, B giảm …"
    content: tuple[int, ...]  # items of the clause that may name something
    current: Draft | None  # the figure read last in this sentence
    row: Row | None  # in which the number is dealt out


def sort_of(base: PrintedBase | None) -> str:
    """What a printed base is as evidence."""
    return base.sort if base is not None else "-"


def group_of(quantity: Quantity | None) -> str:
    """The group of a number's unit as evidence."""
    if quantity is None:
        return "growth"
    if not quantity.unit and not quantity.family:
        return "bare"
    if quantity.family in OWN_GROUPS:
        return quantity.family
    return "measure" if quantity.family in MEASURES else "count"


def is_part(view: View, spot: Spot) -> bool:
    """Whether a cue of parts stands before a number: "trong đó"."""
    return view.count("part", spot.low, spot.at) > 0


def last_verb(view: View, low: int, index: int) -> tuple[int, str, int]:
    """Start of the last clause of ``low:index``, and the value and place of its last verb."""
    clause, verb, verb_at = low, "-", -1
    for position in range(low, index):
        item = view.items[position]
        if item.kind == "mark" and item.value in STRONG:
            clause, verb, verb_at = position + 1, "-", -1
        elif item.kind == "verb" and item.value != "none":
            verb, verb_at = item.value, position
    return clause, verb, verb_at
