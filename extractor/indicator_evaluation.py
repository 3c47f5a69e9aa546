"""How well names are told what they mean: the entries of a text's figures, held against gold made by hand.

In come texts of ``corpus/ids`` and what the program reads in them; out comes an ``IndicatorScore``, and scores add up.
Gold is a passage whose numbers carry their entry in braces (``{45|schools} trường``), or a list of entries, one for
each figure of a report's gold. ``-`` says that the catalogue holds none: a remainder, a part, an increment; where
readers may rightly disagree the entries stand parted by a slash. Never writes gold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.domain.figure import Figure
from extractor.evaluation import Counts, Record, pair_figures, share_of

NONE = "-"
_MARK = re.compile(r"\{([^|{}]+)\|([^|{}]+)\}")


@dataclass(frozen=True, slots=True)
class IndicatorScore(Counts):
    """How many entries are right, those given as sure and those proposed."""

    asked: int = 0  # figures that have an entry in the catalogue
    found: int = 0  # of these, the ones given the right entry as sure
    sure: int = 0
    sure_right: int = 0
    proposed: int = 0
    proposed_right: int = 0
    misses: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The shares that a floor can be set for, and the counts that explain them."""
        return {
            "asked": self.asked,
            "sure": self.sure,
            "proposed": self.proposed,
            "ids_found": share_of(self.found, self.asked),
            "ids_right": share_of(self.sure_right, self.sure),
            "proposals_right": share_of(self.proposed_right, self.proposed),
        }


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A passage of ``corpus/ids/passages``: its text without marks, and the entries by the place of their number."""

    text: str
    period: str | None
    entries: tuple[tuple[int, str], ...]


def read_passage(path: Path) -> MarkedPassage:
    """The passage of one file: a line with its period, then the marked text."""
    head, _, marked = path.read_text(encoding="utf-8").partition("\n")
    text, entries, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        entries.append((len(text), mark[2]))
        text += mark[1]
        at = mark.end()
    period = head.partition(":")[2].strip()
    return MarkedPassage(text + marked[at:], period or None, tuple(entries))


def score_passage_entries(passage: MarkedPassage, figures: Sequence[Figure], label: str = "") -> IndicatorScore:
    """Hold the figures read in a marked passage against its gold; a sure entry at no marked number is a wrong one."""
    total, met = IndicatorScore(), set()
    for offset, wanted in passage.entries:
        figure = _figure_at(figures, offset)
        if figure is not None:
            met.add(figure.id)
        total += _judge(wanted, figure.to_dict() if figure else None, f"{label}:{offset}")
    for figure in figures:
        if figure.id not in met and figure.match == "alias":
            total += _judge(NONE, figure.to_dict(), f"{label}:{figure.start}")
    return total


def score_report_entries(
    wanted: Sequence[str], gold: Sequence[Record], predicted: Sequence[Record], *, period: str | None, label: str = ""
) -> IndicatorScore:
    """Hold a report's figures against the entries of its gold figures, in their order."""
    read = {g: predicted[p] for g, p in pair_figures(gold, predicted, period)}
    return sum(
        (_judge(entry, read.get(n), f"{label}:{n + 1}") for n, entry in enumerate(wanted)),
        IndicatorScore(),
    )


def _judge(wanted: str, got: Record | None, label: str) -> IndicatorScore:
    right = wanted.split("/")
    asked = int(NONE not in right)
    match, entry = (got["match"], got["indicator_id"]) if got else ("none", None)
    hit = (entry or NONE) in right
    if match == "alias":
        misses = () if hit else (_told(label, wanted, got),)
        return IndicatorScore(asked, int(hit and asked), 1, int(hit), misses=misses)
    misses = (_told(label, wanted, got),) if asked or (match == "proposed" and not hit) else ()
    if match == "proposed":
        return IndicatorScore(asked, proposed=1, proposed_right=int(hit), misses=misses)
    return IndicatorScore(asked, misses=misses)


def _told(label: str, wanted: str, got: Record | None) -> str:
    if got is None:
        return f"{label}  {wanted} ≠ ∅"
    name = " < ".join(filter(None, (got.get("indicator"), got.get("parent"))))
    return f"{label}  {wanted} ≠ {got['match']} {got['indicator_id']}  [{name}] {got.get('quote') or ''}"


def _figure_at(figures: Sequence[Figure], offset: int) -> Figure | None:
    """The figure whose number stands at ``offset``, else the rate without a value that is compared there."""
    for figure in figures:
        if figure.value is not None and figure.start <= offset < figure.end:
            return figure
    return next((f for f in figures if f.value is None and any(a <= offset < b for a, b in _spans(f))), None)


def _spans(figure: Figure) -> Iterator[tuple[int, int]]:
    yield figure.start, figure.end
    yield from ((c.start, c.end) for c in figure.comparisons)
