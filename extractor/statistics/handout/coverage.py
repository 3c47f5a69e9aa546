"""What is there and what is missing: place × period × indicator, one mark a cell.

In: series. Out: a table for each frequency with a row for each indicator of a place and a column for each period. A
cell says whether a report prints the value, whether it is derived or only implied by percentages, or whether reports on
the period are here and do not give it. Where no report on a period of a place is here, the report itself is missing.
Names of a report's own are left out: nobody expects them of another one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from extractor.domain.period import Period
from extractor.statistics.catalogue import indicators
from extractor.statistics.series import DERIVED, Point, Series

TABLED = ("A", "S", "Q", "YTD", "M")
"""Frequencies that have a table, in their order."""


ON_IT = 0.25
"""Share of a place's indicators that must be given for a period for reports on it to be here; last year's values in
brackets are no report on last year."""


class Mark(StrEnum):
    """What a cell says; the best of what several scopes of one indicator say."""

    PRINTED = "●"
    MADE = "○"  # derived from running totals
    IMPLIED = "~"
    MISSING = "–"
    NO_REPORT = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of one place: ``marks`` stand under the periods of the table."""

    place: str
    indicator: str
    marks: tuple[Mark, ...]

    @property
    def missing(self) -> int:
        """In how many periods reports of the place leave the indicator out."""
        return self.marks.count(Mark.MISSING)


@dataclass(frozen=True, slots=True)
class Table:
    """The periods of one frequency, and a row for each place and indicator."""

    freq: str
    periods: tuple[Period, ...]
    rows: tuple[Row, ...]


def cover(series: Iterable[Series], *, language: str = "vi") -> tuple[Table, ...]:
    """The tables of ``series``, coarse frequencies first, places and indicators by name; empty ones are left out."""
    known = [s for s in series if s.indicator in indicators() and s.measure != "TARGET"]
    tables = (_table(freq, [s for s in known if s.freq == freq], language) for freq in TABLED)
    return tuple(table for table in tables if table.rows)


def _table(freq: str, series: Sequence[Series], language: str) -> Table:
    found: dict[tuple[str, str], dict[str, Mark]] = {}
    periods: dict[str, Period] = {}
    given: Counter[tuple[str, str]] = Counter()  # place and period → how many indicators reports give
    for one in series:
        marks = found.setdefault((one.area_name, one.title(language)), {})
        for point in one.points:
            label = point.period.label
            periods[label] = point.period
            marks[label] = min(_mark(point), marks.get(label, Mark.NO_REPORT), key=list(Mark).index)
        given.update((one.area_name, p.period.label) for p in one.points if p.vintages)
    columns = tuple(sorted(periods.values(), key=lambda p: (p.end, p.label)))
    of_place = Counter(place for place, _ in found)
    reported = {key for key, count in given.items() if count >= ON_IT * of_place[key[0]]}
    rows = (
        Row(place, name, tuple(marks.get(p.label) or _absent((place, p.label) in reported) for p in columns))
        for (place, name), marks in sorted(found.items())
    )
    return Table(freq, columns, tuple(row for row in rows if any(row.marks)))


def _mark(point: Point) -> Mark:
    if point.chosen is None:
        return Mark.IMPLIED if point.implied else Mark.NO_REPORT
    return Mark.MADE if point.chosen.origin == DERIVED else Mark.PRINTED


def _absent(reported: bool) -> Mark:
    return Mark.MISSING if reported else Mark.NO_REPORT
