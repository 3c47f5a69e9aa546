"""Gold makes the decisions of a reading and keeps each as a lesson: what was seen, and which candidates were right.

In: an ``Alignment``. The reader asks ``Teacher`` as it would ask the weights, so what is learned is met in the very
order in which it will be decided. A decision of which no candidate is right is counted: the share of the others is the
oracle recall of the candidates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

from extractor.domain.folding import fold
from extractor.evaluation import same_field, same_unit
from extractor.language.lexer.items import Reading
from extractor.language.lexer.phrase_matcher import mended
from extractor.language.lexer.quantities import Quantity
from extractor.language.reader import name_evidence as naming
from extractor.language.reader.block_reader import BlockReader
from extractor.language.reader.drafts import Context, Draft, Subject
from extractor.language.reader.spots import Spot
from extractor.language.reader.weights import CHOICES, RULED_OUT, Choice
from extractor.training.alignment import Alignment, Label, Record
from extractor.training.fitting import Evidence, Lesson

OPTIONAL = 0.3
"""What a decision about an optional figure counts."""

REAL = 2.0
"""What a decision counts in a passage that was worded like a real one."""

EXACT, OTHER, NEAR = 3, 2, 1
"""How well a name fits: the gold's own wording, another accepted one, alike."""


class Teacher:
    """Decides as the gold does; ``lessons`` by decision, ``asked`` and ``missed`` counted."""

    def __init__(
        self,
        alignment: Alignment,
        report_period: str | None,
        passage: str = "",
        weight: float = 1.0,
        *,
        recalls: bool = False,
    ) -> None:
        self.alignment = alignment
        self.recalls = recalls
        self.passage = passage
        self._weight = weight
        self.report_period = report_period
        self.lessons: dict[str, list[Lesson]] = {}
        self.asked: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self._figures: dict[int, int | None] = {}  # id of a draft → figure of the gold
        self._spans: dict[tuple[int, int], int] = {}  # name before the number, by its two ends → how well it fits
        self._preferred = -1

    def forget(self, decisions: Iterable[str]) -> Self:
        """Leave out the lessons of some decisions."""
        for decision in decisions:
            self.lessons.pop(decision, None)
        return self

    def begin(self, reader: TaughtReader) -> None:
        """Decide for ``reader`` from now on."""
        self._reader = reader

    def end(self) -> None:
        """Let go of the reader: with it a teacher would make a cycle that nobody collects for a while."""
        del self._reader

    def classify(self, decision: str, at: int, evidence: Sequence[str], allowed: Sequence[bool]) -> Choice:
        """The first right choice that is allowed."""
        wanted: Callable[[int], set[int]] = getattr(self, f"_{decision}")
        live = [place for place, free in enumerate(allowed) if free]
        right = wanted(at) & {*live}
        pieces = tuple(tuple((place, piece) for piece in evidence) for place in live)
        self._keep(decision, at, pieces, {live.index(place) for place in right})
        return _certain(min(right, default=live[0]), len(allowed))

    def rank(
        self,
        decision: str,
        at: int,
        evidence: Sequence[Sequence[str]],
        candidates: Sequence[Any],
        _odds: Sequence[int] = (),
    ) -> Choice:
        """The candidate that fits best."""
        self._preferred = -1
        fitting: Callable[[int, Sequence[Any]], dict[int, int]] = getattr(self, f"_{decision}")
        levels = fitting(at, candidates)
        right = _best(levels)
        self._keep(decision, at, tuple(tuple((-1, piece) for piece in pieces) for pieces in evidence), right)
        chosen = self._preferred if self._preferred in right else min(right, default=0)
        return _certain(chosen, len(candidates))

    def is_figure(self, at: int) -> bool:
        """Whether the number at item ``at`` is what a figure of the gold is told by."""
        label, figure = self._label(at), self._gold(at)
        return figure is not None and (label.comparison is None or figure["value"] is None)

    def own(self, index: int, drafts: Sequence[Draft]) -> None:
        """Remember which figures of the gold the drafts are that the number at item ``index`` has made."""
        label = self._label(index)
        for draft in drafts:
            is_twin = label.plan is not None and label.value is not None and draft is not drafts[-1]
            figure = label.plan if is_twin else label.figure
            self._figures[id(draft)] = label.plan if figure is None else figure

    def _keep(
        self, decision: str, at: int, pieces: Sequence[tuple[Evidence, ...]], right: set[int], odds: Sequence[int] = ()
    ) -> None:
        self.asked[decision] += 1
        if not right:
            self.missed[decision] += 1
            return
        figure = self._gold(at)
        weight = OPTIONAL if figure is not None and figure.get("optional") else 1.0
        lesson = Lesson(tuple(pieces), frozenset(right), weight * self._weight, self.passage, tuple(odds))
        self.lessons.setdefault(decision, []).append(lesson)

    # ----------------------------------------------------------------------------------------------- what is right

    def _label(self, at: int) -> Label:
        return self.alignment.at((self._reader.where, at))

    def _gold(self, at: int) -> Record | None:
        label = self._label(at)
        figure = label.plan if label.figure is None else label.figure
        return None if figure is None else self.alignment.figures[figure]

    def _part(self, at: int) -> set[int]:
        label, reader = self._label(at), self._reader
        figure = label.value if label.value is not None else label.plan
        is_value = figure is not None
        if figure is None:
            figure = label.figure
        if figure is None:
            return {CHOICES["part"].index("none")}
        known = [draft for draft in reader.drafts if self._figures.get(id(draft)) == figure]
        if is_value and any(draft.quantity is None for draft in known):
            return {CHOICES["part"].index("fill")}
        if not is_value and known:
            return {CHOICES["part"].index("compare")}
        sources = self._sources(reader.spot(at, reader.number(at)), self.alignment.figures[figure])
        prefix = "" if is_value else "grow_"
        return {CHOICES["part"].index(f"{prefix}{source}") for source in _best(sources)}

    def _sources(self, spot: Spot, gold: Record) -> dict[str, int]:
        """How well the best name from each source fits."""
        reader, view = self._reader, self._reader.view
        if spot.row is not None and spot.row.name is not None:
            spans = [spot.row.name]
        else:
            spans = [(s, e) for e in naming.ends(view, spot.low, spot.at) for s in naming.starts(view, spot.low, e)]
        before = [self._fit(naming.subject_of(view, start, end), gold) for start, end in spans]
        ends = naming.noun_ends(view, spot.at) if spot.quantity.unit else []
        behind = [self._fit(reader.namer.counted(spot, end), gold) for end in ends]
        again = [self._fit(subject, gold) for subject, _ in reader.namer.remembered()]
        return {"left": max(before, default=0), "right": max(behind, default=0), "same": max(again, default=0)}

    def _fit(self, subject: Subject, gold: Record) -> int:
        """How well a name fits the gold: ``EXACT``, ``OTHER``, ``NEAR`` or 0."""
        return name_fit(subject.text, gold)

    def _end(self, at: int, ends: Sequence[int]) -> dict[int, int]:
        gold, view = self._gold(at), self._reader.view
        self._spans = {}
        if gold is None:
            return {}
        low = self._reader.stretch_start(at)
        for end in ends:
            for start in naming.starts(view, low, end):
                if fit := self._fit(naming.subject_of(view, start, end), gold):
                    self._spans[start, end] = fit
        best = max(self._spans.values(), default=0)
        self._preferred = max((ends.index(end) for (_, end), fit in self._spans.items() if fit == best), default=-1)
        levels: dict[int, int] = {}
        for (_, end), fit in self._spans.items():
            levels[ends.index(end)] = max(levels.get(ends.index(end), 0), fit)
        return levels

    def _start(self, _: int, spans: Sequence[tuple[int, int]]) -> dict[int, int]:
        levels = {place: self._spans.get(span, 0) for place, span in enumerate(spans)}
        best = max(levels.values(), default=0)
        self._preferred = min((place for place, fit in levels.items() if fit == best), default=-1)
        return levels

    def _noun(self, at: int, ends: Sequence[int]) -> dict[int, int]:
        gold, reader = self._gold(at), self._reader
        if gold is None:
            return {}
        spot = reader.spot(at, reader.number(at))
        return {place: self._fit(reader.namer.counted(spot, end), gold) for place, end in enumerate(ends)}

    def _unit(self, at: int, units: Sequence[str | None]) -> dict[int, int]:
        gold = self._gold(at)
        return {} if gold is None else {n: EXACT for n, unit in enumerate(units) if same_unit(gold, unit)}

    def _inherit(self, at: int, names: Sequence[str]) -> dict[int, int]:
        gold = self._gold(at)
        if gold is None:
            return {}
        return {place: fit for place, name in enumerate(names) if (fit := name_fit(name, gold))}

    def _period(self, at: int, labels: Sequence[str | None]) -> dict[int, int]:
        gold = self._gold(at)
        if gold is None:
            return {}
        got = [{"period": label or self.report_period} for label in labels]
        return {n: EXACT for n, record in enumerate(got) if same_field("period", gold, record, self.report_period)}

    def _target(self, at: int, drafts: Sequence[Draft]) -> dict[int, int]:
        figure = self._label(at).figure
        return {n: EXACT for n, d in enumerate(drafts) if figure is not None and self._figures.get(id(d)) == figure}

    def _status(self, at: int) -> set[int]:
        gold = self._gold(at)
        return set() if gold is None else {CHOICES["status"].index(word) for word in readings(gold, "status") if word}

    def _twin(self, at: int) -> set[int]:
        label, gold = self._label(at), self._gold(at)
        if label.value is None or gold is None:
            return set()
        if label.plan is None or gold.get("total"):
            return {0}
        is_plan = self.alignment.figures[label.plan].get("status", "plan") == "plan"
        return {CHOICES["twin"].index("plan" if is_plan else "pair")}

    def _kind(self, at: int) -> set[int]:
        comparison = self._comparison(at)
        if comparison is None:
            return set()
        falls = comparison["value"] < 0
        names = (SIGNED.get(kind, (kind, kind))[falls] for kind in readings(comparison, "kind"))
        return {CHOICES["kind"].index(name) for name in names}

    def _base(self, at: int) -> set[int]:
        comparison = self._comparison(at)
        bases = readings(comparison, "base") if comparison is not None else []
        return {CHOICES["base"].index(base) for base in bases}

    def _comparison(self, at: int) -> Record | None:
        told = self._label(at).comparison
        found: Record | None = self.alignment.figures[told[0]]["comparisons"][told[1]] if told is not None else None
        return found


SIGNED = {"change": ("up", "down"), "point_change": ("points_up", "points_down"), "abs_change": ("abs_up", "abs_down")}


class TaughtReader(BlockReader):
    """A reader whose decisions a teacher makes; ``where`` is the start of its block in the text."""

    def __init__(self, reading: Reading, context: Context, where: int, teacher: Teacher) -> None:
        super().__init__(reading, context, teacher)
        self.where = where
        self._teacher = teacher

    def read(self) -> list[Draft]:
        """All drafts, as the gold has them."""
        self._teacher.begin(self)
        drafts = super().read()
        self._teacher.end()
        return drafts

    def number(self, index: int) -> Quantity:
        """The number at an item."""
        return self._quantity(index)

    def stretch_start(self, index: int) -> int:
        """The first item behind the last number that is told."""
        return max(self.view.starts[index], self._told_until + 1)

    def _read_number(self, index: int, quantity: Quantity) -> None:
        known = {id(draft) for draft in self.drafts}
        super()._read_number(index, quantity)
        self._teacher.own(index, [draft for draft in self.drafts if id(draft) not in known])


def readings(record: Record, name: str) -> list[Any]:
    """The gold's own reading of a field and the others that it accepts."""
    return [record.get(name), *record.get(f"{name}_alt", ()), *record.get("alt", {}).get(name, ())]


def name_fit(name: str, gold: Record) -> int:
    """How well a name fits the gold's indicator."""
    folded = fold(mended(name))
    names = [fold(reading) for reading in readings(gold, "indicator") if reading]
    if folded in names:
        return EXACT if folded == names[0] else OTHER
    return NEAR if same_field("indicator", gold, {"indicator": name}, None) else 0


def _certain(chosen: int, count: int) -> Choice:
    """A choice beside which none of the ``count`` candidates comes near."""
    return Choice(chosen, 1.0, -1, [0 if place == chosen else RULED_OUT for place in range(count)])


def _best(levels: dict[Any, int]) -> set[Any]:
    """The candidates that fit best; the gold's wording and other accepted ones are alike right."""
    best = max(levels.values(), default=0)
    return {place for place, fit in levels.items() if fit and fit >= min(best, OTHER)}
