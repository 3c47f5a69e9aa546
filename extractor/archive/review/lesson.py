"""One thing that corrections teach, and what it is gathered from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from extractor.archive.row_types import Event, Record
from extractor.statistics.source_sentence import mask_names

SENTENCES = 3
REPORTS_THAT_AGREE = 2
"""In so many reports people must have said the same before it becomes a row."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing to learn: ``row`` is ready for ``table``, or None where a person must find the words.

    It was met in so many ``reports``; in so many others people decided ``against`` it.
    """

    kind: (
        str  # alias, refusal, contrast, padding, unit, same_unit, number_style, slip, place; or the field, reject, add
    )
    table: str
    before: str
    after: str
    count: int
    sentences: tuple[str, ...]
    by: str = ""
    on: str = ""
    row: Mapping[str, str] | None = None
    reports: int = 1
    against: int = 0

    @property
    def is_agreed(self) -> bool:
        """Whether enough reports say so for a row, and fewer say otherwise."""
        return self.row is not None and self.reports >= REPORTS_THAT_AGREE and self.reports > self.against


@dataclass(frozen=True, slots=True)
class Case:
    """One record that a correction was about, and the line of the journal that says so."""

    line: Event
    record: Record
    sentence: str


def lesson_of(
    kind: str,
    table: str,
    told: tuple[str, str],
    cases: Sequence[Case],
    row: Mapping[str, str] | None = None,
    against: Collection[int] = (),
    line: Event | None = None,
) -> Lesson:
    """A lesson from its cases; ``told`` is before and after, ``against`` holds reports, ``line`` says who taught it."""
    line = line or cases[-1].line
    by = (line.actor, line.at[:10])
    reports = {case.record.item_id for case in cases}
    return Lesson(kind, table, *told, len(cases), sentences_of(cases), *by, row, len(reports), len({*against}))


def sentences_of(cases: Sequence[Case]) -> tuple[str, ...]:
    """A few sentences to judge by, without the names of private persons."""
    return tuple(dict.fromkeys(mask_names(case.sentence) for case in cases))[:SENTENCES]
