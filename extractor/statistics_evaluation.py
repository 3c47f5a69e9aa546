"""How well findings and series match gold made by hand: what is found of what is true, and how much of what is told is.

In come tables of ``corpus/findings`` and ``corpus/series`` with the reports that they speak of; out comes a ``Recall``.
A loud finding is one line of the list that ``solieu check`` shows, the reports held against each other too; it is true
where it stands at a place that the gold names, under whatever rule. A series of the gold is there with every point that
a careful person draws from the reports, so each other point of it is a wrong one. Never writes gold.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from extractor.domain.errors import InvalidInput
from extractor.domain.extraction import Extraction
from extractor.domain.figure import Figure
from extractor.domain.finding import Level
from extractor.domain.unit import read_unit
from extractor.evaluation import share_of
from extractor.statistics import build_series, observe, with_derived
from extractor.statistics.checks.duplicates import LOUD
from extractor.statistics.finding_list import FindingList, Line

Place = tuple[str, int, int]
"""A report of the gold and a stretch of its text."""

Pair = TypeVar("Pair")


@dataclass(frozen=True, slots=True)
class Recall:
    """Counts of one comparison with gold: ``asked`` are true, ``told`` were said, of ``told`` some are ``right``."""

    asked: int
    found: int
    told: int
    right: int
    fails: int = 0
    fails_right: int = 0
    misses: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The shares that a floor can be set for, and the counts that explain them."""
        return {
            "asked": self.asked,
            "told": self.told,
            "recall": share_of(self.found, self.asked),
            "precision": share_of(self.right, self.told),
            "fails": self.fails,
            "fails_right": share_of(self.fails_right, self.fails),
        }


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of one table of gold."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def score_findings(gold: Iterable[Mapping[str, str]], reports: Mapping[str, Extraction]) -> Recall:
    """Hold what is loudly said of ``reports``, by their names in the gold, against it."""
    told = FindingList()
    for read in reports.values():
        told.add(read)
    stand = {f.id: list(_spans(name, f)) for name, read in reports.items() for f in read.figures}
    seen = [(line, list(_told_by(line, stand))) for line in told.lines(Level.WARN)]
    wanted = [(row, list(_places_of(row, reports))) for row in gold if Level(row["level"]) in LOUD]
    right = [_touch(places, [place for _, asked in wanted for place in asked]) for _, places in seen]
    found = [_touch(asked, [place for _, places in seen for place in places]) for _, asked in wanted]
    fails = [true for (line, _), true in zip(seen, right, strict=True) if line.level == Level.FAIL.value]
    unseen = (f"{row['report']}: {row['check']} {row['quote']} ≠ ∅" for row, _ in _but(wanted, found))
    untrue = (f"∅ ≠ {line.file}: {line.rule} {line.message}" for line, _ in _but(seen, right))
    counts = len(wanted), sum(found), len(seen), sum(right), len(fails), sum(fails)
    return Recall(*counts, misses=(*unseen, *untrue))


def _but(all_of_them: Iterable[Pair], true: Iterable[bool]) -> Iterator[Pair]:
    return (one for one, is_true in zip(all_of_them, true, strict=True) if not is_true)


def _spans(name: str, figure: Figure) -> Iterator[Place]:
    yield name, figure.start, figure.end
    yield from ((name, c.start, c.end) for c in figure.comparisons)


def _told_by(line: Line, stand: Mapping[str, Sequence[Place]]) -> Iterator[Place]:
    for identity in line.figures:
        yield from stand[identity]
    if line.start is not None and line.end is not None:
        yield Path(line.file).stem, line.start, line.end


def _places_of(row: Mapping[str, str], reports: Mapping[str, Extraction]) -> Iterator[Place]:
    """Where the gold's words stand, in both reports where they contradict each other."""
    for name, quote in ((row["report"], row["quote"]), (row["against"], row["against_quote"])):
        if name:
            words = re.compile(r"\s+".join(map(re.escape, quote.split())))
            hit = words.search(reports[name].document.text)
            if hit is None:
                raise InvalidInput("evaluate.no_quote", name=name, quote=quote)
            yield name, *hit.span()


def _touch(some: Iterable[Place], others: Sequence[Place]) -> bool:
    return any(a == b and start < last and first < end for a, start, end in some for b, first, last in others)


def score_series(gold: Sequence[Mapping[str, str]], reports: Iterable[Extraction]) -> Recall:
    """Hold the points of every series that the gold names against it, stated and derived ones alike."""
    wanted = {(r["place"], r["indicator"], r["measure"], r["period"]): r for r in gold}
    named = {key[:3] for key in wanted}
    told: list[tuple[tuple[str, ...], Decimal]] = []
    for series in with_derived(build_series(o for read in reports for o in observe(read))):
        name = series.area_name, series.indicator, series.measure
        if name in named:
            chosen = [(p.period.label, p.chosen.value) for p in series.points if p.chosen]
            told += [((*name, label), value) for label, value in chosen if value is not None]
    right = [key for key, value in told if key in wanted and value in _values(wanted[key])]
    missing = [f"{' '.join(key)} {row['value']} ≠ ∅" for key, row in wanted.items() if key not in right]
    untrue = [f"∅ ≠ {' '.join(key)} {value}" for key, value in told if key not in right]
    return Recall(len(wanted), len({*right}), len(told), len(right), misses=(*missing, *untrue))


def _values(row: Mapping[str, str]) -> set[Decimal]:
    """The values that the gold takes, as canonical amounts."""
    unit = read_unit(row["unit"])
    return {unit.amount(Decimal(value)) for value in row["value"].split("/")} if unit else set()
