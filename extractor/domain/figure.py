"""The figure: a number of a report that measures or counts something, with all that the report says about it.

Decimals stay ``Decimal`` from the page to the store; only ``to_dict`` turns them into strings.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import repeat
from operator import attrgetter, call
from typing import Any, NamedTuple

from extractor.domain.document import Box
from extractor.domain.plain import as_plain


class Kind(StrEnum):
    """``PERFORMANCE`` has a plan, a period of execution or a comparison; ``SPEC`` is the size of a thing."""

    PERFORMANCE = "performance"
    COUNT = "count"
    SPEC = "spec"


class Status(StrEnum):
    """What the office says of a value; ``ACTUAL`` also where it says nothing."""

    PLAN = "plan"
    ESTIMATE = "estimate"
    ACTUAL = "actual"
    PROJECTION = "projection"


class Bound(StrEnum):
    """khoảng, gần → approx; hơn, trên, ít nhất → min; dưới, không quá → max."""

    APPROX = "approx"
    MIN = "min"
    MAX = "max"


class Base(StrEnum):
    """What a comparison compares with."""

    PLAN = "plan"
    SAME_PERIOD = "same_period_last_year"
    PREVIOUS = "previous_period"
    TOTAL = "total"
    OTHER = "other"


class Measure(StrEnum):
    """How a comparison compares: đạt 98,3 % · giảm 5 % (signed) · điểm phần trăm · gấp 2,4 lần · tăng 95 con."""

    RATIO = "ratio"
    CHANGE = "change"
    POINTS = "point_change"
    MULTIPLE = "multiple"
    ABSOLUTE = "abs_change"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A percentage, difference or multiple that belongs to a figure; ``value`` is signed for changes."""

    base: Base
    kind: Measure
    value: Decimal
    unit: str
    quote: str
    start: int
    end: int
    value_max: Decimal | None = None
    bound: Bound | None = None
    decimals: int = 0
    base_text: str | None = None  # the base as written where it is neither plan nor same period: "năm 2015"


@dataclass(frozen=True, slots=True)
class Alternative:
    """The second reading of a field, kept where the choice was close."""

    field: str
    value: str
    certainty: float  # 0..1: how probable it is beside the one that was chosen


@dataclass(frozen=True, slots=True, repr=False)
class Figure:
    """A number that measures or counts something, as written, with all that the report says about it.

    ``value`` is null for a growth rate that stands alone. ``period`` labels: ``2023-03``, ``2023-Q1``, ``2023-H1``,
    ``2023-M01/M09`` (cumulative), ``2023``, ``2023-01-01/2023-03-08``, ``../2023-03-08`` (up to a day), ``2022/2023``
    (school year, season). ``indicator_id``, ``match``, ``score``, ``amount`` and ``amount_unit`` are filled in by
    statistics; all else is language's reading of the text.
    """

    id: str
    kind: Kind
    indicator: str | None
    value: Decimal | None
    unit: str | None
    quote: str
    start: int
    end: int
    qualifier: str | None = None
    parent: str | None = None
    indicator_id: str | None = None
    match: str = "none"  # alias | proposed | none
    score: float | None = None
    area: str | None = None
    period: str | None = None
    period_from: str | None = None  # stated | inherited | report
    status: Status = Status.ACTUAL
    value_max: Decimal | None = None
    bound: Bound | None = None
    total: Decimal | None = None
    amount: Decimal | None = None
    amount_unit: str | None = None
    decimals: int = 0
    comparisons: tuple[Comparison, ...] = ()
    section: str | None = None
    footnote: str | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    subject: str | None = None  # what a name that says nothing alone is about: "người" at whose reception

    def __repr__(self) -> str:
        name = self.indicator or "?"
        return f"<Figure {name} = {self.quote} · {self.period or '?'} · {self.status.value} · {self.id}>"

    def changed(self, **changes: Any) -> Figure:
        """The figure with some fields changed, as ``dataclasses.replace`` has it but at half its cost.

        Raises KeyError for a name that is no field.
        """
        values, slots = _slots()
        new = object.__new__(Figure)
        deque(map(call, slots.values(), repeat(new), values(self)), maxlen=0)
        for name, value in changes.items():
            slots[name](new, value)
        return new

    def to_dict(self) -> dict[str, Any]:
        """The record as handed out: decimals as strings, enums as words, boxes as ``[x0, top, x1, bottom]``."""
        return {**as_plain(self), "boxes": [[b.x0, b.top, b.x1, b.bottom] for b in self.boxes]}


class Digit(NamedTuple):
    """A digit-bearing token and what it is: a field of the figure that took it, something else, or ``unexplained``."""

    start: int
    end: int
    text: str
    label: str
    figure: str | None = None


@cache
def _slots() -> tuple[Callable[[Figure], tuple[Any, ...]], dict[str, Callable[[Figure, Any], None]]]:
    """What reads all fields of a figure, and name → what sets one in a figure that is being made."""
    names = [field.name for field in fields(Figure)]
    return attrgetter(*names), {name: getattr(Figure, name).__set__ for name in names}
