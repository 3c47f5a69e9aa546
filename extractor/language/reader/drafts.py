"""What is being written while a block is read: drafts of figures and of their comparisons.

Mutable on purpose and private to the room: a comparison may find its base, a figure its unit, only at the end of the
sentence. ``figures`` turns finished drafts into the frozen records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from extractor.domain.figure import Alternative, Base, Bound, Measure, Status
from extractor.language.lexer.quantities import Quantity


class Subject(NamedTuple):
    """What is measured, as written; ``start:end`` is its span in the block, empty where it was inherited."""

    text: str
    start: int = 0
    end: int = 0
    qualifier: str | None = None
    rate: bool = False  # a percentage of it is a value, not a comparison


class Context(NamedTuple):
    """What stands above a block and is inherited by it: heading, lead-in, parent bullet or the anchor of a note."""

    subject: Subject | None = None
    parent: str | None = None
    period: str | None = None
    status: Status | None = None
    unit: str | None = None
    bases: tuple[Base, ...] = ()  # "(so cùng kỳ)" in a heading
    year: int | None = None
    plan_section: bool = False
    report: str | None = None  # the report's own period, for what is measured against it

    def under(self, **changes: object) -> Context:
        """The context of what hangs below, with what it changes."""
        return self._replace(**changes)  # type: ignore[arg-type]


@dataclass(slots=True)
class ComparisonDraft:
    """A comparison whose base may still be open (``base`` None)."""

    kind: Measure
    value: Decimal
    unit: str
    start: int
    end: int
    sentence: int
    verb: str  # the cue that made it: up, down, reach, equal, share, times, bracket, …
    value_max: Decimal | None = None
    bound: Bound | None = None
    decimals: int = 0
    base: Base | None = None
    base_text: str | None = None
    bracket: bool = False
    doubts: tuple[str, ...] = ()  # of its number


@dataclass(slots=True)
class Draft:
    """A figure in the making; ``quantity`` is None for a growth rate that stands alone."""

    subject: Subject | None
    quantity: Quantity | None
    start: int
    end: int
    sentence: int
    period: str | None = None
    period_from: str | None = None
    status: Status = Status.ACTUAL
    parent: str | None = None
    about: str | None = None  # what a name that says nothing alone is about
    unit: str | None = None
    comparisons: list[ComparisonDraft] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    bracket: bool = False  # it stands in one
    planned: bool = False  # its plan is printed beside it: a bare share is a share of that plan
    margins: dict[str, float] = field(default_factory=dict)  # field → how sure it was chosen, where scores chose
    alternatives: tuple[Alternative, ...] = ()


def figures_of(drafts: Sequence[Draft], sentence: int, back: int = 0) -> list[Draft]:
    """The figures so far of a sentence and of the ``back`` sentences before it, in order."""
    found = takewhile(lambda draft: sentence - draft.sentence <= back, reversed(drafts))
    return list(found)[::-1]
