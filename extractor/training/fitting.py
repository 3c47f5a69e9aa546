"""Lessons become weights: for each decision the table that makes the right choices most probable.

In: lessons, each the evidence of all candidates and which of them are right. Out: evidence → integer weight. A
conditional log-linear model: the probability of a choice grows with the sum of its evidence; weights are held small
(``PENALTY``), rare evidence and weak weights are left out. ``refit`` holds them to weights that are there already, and
says by how much each moves. The same lessons give the same table on every machine, in any order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy

from extractor.language.reader.turns import sentence_of
from extractor.language.reader.weights import UNIT
from extractor.training.descent import descend

PENALTY = 2.0
RARE = 2
"""Evidence is kept that a right candidate shows so often, or any candidates three times as often."""

WEAK = 0.05
STEPS = 100


class Bounds(NamedTuple):
    """How ``refit`` may move the weight of evidence of one sort.

    It is held to where it was so strongly (``anchor``) if it is shown nowhere else; of ``agreeing`` passages a decision
    must speak for a move, and of more than speak against it; and it moves by ``furthest`` units of log odds at most.
    """

    anchor: float
    agreeing: int
    furthest: float


ANY_SENTENCE = Bounds(anchor=1.0, agreeing=3, furthest=2.0)
"""What stands around a number in many sentences: what said little may decide a close choice, and no clear one."""

SAME_SENTENCE = Bounds(anchor=0.2, agreeing=2, furthest=10.0)
"""What one sentence alone shows may decide any choice in it: where else should it do harm?"""


def bounds_of(piece: str) -> Bounds:
    """The bounds of a piece of evidence."""
    return SAME_SENTENCE if sentence_of(piece) else ANY_SENTENCE


Evidence = tuple[int, str]
"""The choice that a piece of evidence speaks of (-1 where candidates are ranked), and the piece."""


Penalty = Callable[[Evidence], float]
"""How strongly a weight is held where it was."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One decision met in gold: what each candidate shows, which candidates are right, and what the lesson counts.

    ``odds`` are the log odds that candidates come with, in units of ``UNIT``.
    """

    candidates: tuple[tuple[Evidence, ...], ...]
    right: frozenset[int]
    weight: float = 1.0
    passage: str = ""
    odds: tuple[int, ...] = ()


def fit(lessons: Iterable[Lesson]) -> dict[Evidence, int]:
    """The weights in units of ``UNIT``, noughts left out."""
    taught = _teaching(lessons)
    return _rounded(_strong(taught, _frequent(taught), lambda _: PENALTY, {})) if taught else {}


def refit(
    lessons: Iterable[Lesson], anchor: Mapping[Evidence, int], shown: Mapping[str, int], hold: float
) -> dict[Evidence, int]:
    """By how much weights move from ``anchor``, in units of ``UNIT``; those that stay are left out.

    Evidence moves within its ``Bounds``, where a lesson of no weight counts as another that agrees. It is held the more
    strongly the more often it is ``shown`` elsewhere, by ``hold`` for each time.
    """
    taught = sorted(_teaching(lessons), key=lambda one: (one.passage, one.candidates, sorted(one.right)))
    free = _agreed(taught)
    if not free:
        return {}

    def penalty(piece: Evidence) -> float:
        return bounds_of(piece[1]).anchor + hold * shown.get(piece[1], 0)

    heeded = [lesson for lesson in taught if lesson.weight]
    near = _movable(heeded, free, penalty)
    moved = _strong(heeded, near, penalty, {piece: weight / UNIT for piece, weight in anchor.items()})
    return _rounded({piece: _within(by, bounds_of(piece[1]).furthest) for piece, by in moved.items()})


def _within(by: float, furthest: float) -> float:
    return max(-furthest, min(furthest, by))


def _teaching(lessons: Iterable[Lesson]) -> list[Lesson]:
    """The lessons in which there was something to choose."""
    return [lesson for lesson in lessons if lesson.right and len(lesson.candidates) > 1]


def _rounded(weights: Mapping[Evidence, float]) -> dict[Evidence, int]:
    return {piece: rounded for piece, weight in weights.items() if (rounded := round(UNIT * weight))}


def _frequent(lessons: Sequence[Lesson]) -> list[Evidence]:
    """Evidence that was met often enough, in the order in which it was met first."""
    shown: Counter[Evidence] = Counter()
    shown_right: Counter[Evidence] = Counter()
    for lesson in lessons:
        for place, pieces in enumerate(lesson.candidates):
            unique = list(dict.fromkeys(pieces))
            shown.update(unique)
            if place in lesson.right:
                shown_right.update(unique)
    return [p for p, n in shown.items() if shown_right[p] >= RARE or n >= 3 * RARE]


def _agreed(lessons: Sequence[Lesson]) -> list[Evidence]:
    """Evidence that enough passages want louder, or enough want lower, and fewer the other way; in order.

    Of what stands in many sentences one that an office writes again and again speaks once.
    """
    told: dict[Evidence, tuple[set[str], set[str]]] = {}
    for lesson in lessons:
        right = {piece for place in lesson.right for piece in lesson.candidates[place]}
        shown = {piece for pieces in lesson.candidates for piece in pieces}
        sentence = next((name for _, piece in shown if (name := sentence_of(piece))), lesson.passage)
        for piece in shown:
            by = lesson.passage if sentence_of(piece[1]) else sentence
            told.setdefault(piece, (set(), set()))[piece not in right].add(by)
    counts = {piece: (len(louder), len(lower)) for piece, (louder, lower) in told.items()}
    return sorted(
        piece for piece, (up, down) in counts.items() if up != down and max(up, down) >= bounds_of(piece[1]).agreeing
    )


def _movable(lessons: Iterable[Lesson], known: Iterable[Evidence], penalty: Penalty) -> list[Evidence]:
    """Those of ``known`` that may move by ``WEAK`` at all: a lesson pulls by its weight at most, against the penalty.

    What is held the most is most of what is shown, and makes the way down long: 0.4 s without it, 7.4 s with it.
    """
    pull = defaultdict[Evidence, float](float)
    for lesson in lessons:
        for piece in {piece for pieces in lesson.candidates for piece in pieces}:
            pull[piece] += lesson.weight
    return [piece for piece in known if pull[piece] >= WEAK * penalty(piece)]


def _strong(
    lessons: Sequence[Lesson],
    known: Collection[Evidence],
    penalty: Penalty,
    anchor: Mapping[Evidence, float],
) -> dict[Evidence, float]:
    """How far each piece of ``known`` is from its ``anchor`` at the best, the weak ones held to it and left out."""
    first = _solve(lessons, dict.fromkeys(known, 0.0), penalty, anchor)
    return _solve(lessons, {p: by for p, by in first.items() if abs(by) >= WEAK}, penalty, anchor)


def _solve(
    lessons: Sequence[Lesson], start: Mapping[Evidence, float], penalty: Penalty, anchor: Mapping[Evidence, float]
) -> dict[Evidence, float]:
    """From ``start`` to where right choices are most probable, less the penalty; all else stays at its anchor."""
    found = descend(_loss(lessons, list(start), penalty, anchor), numpy.array([*start.values()]), steps=STEPS)
    return dict(zip(start, map(float, found), strict=True))


def _loss(
    lessons: Sequence[Lesson], known: Sequence[Evidence], penalty: Penalty, anchor: Mapping[Evidence, float]
) -> Callable[[Any], tuple[float, Any]]:
    """How improbable the right choices are where the weights of ``known`` lie so far from their anchor."""
    places = {piece: place for place, piece in enumerate(known)}
    columns: list[int] = []
    holders: list[int] = []  # candidate that shows the piece of a column
    base: list[float] = []
    groups: list[int] = []
    right: list[bool] = []
    for number, lesson in enumerate(lessons):
        for place, pieces in enumerate(lesson.candidates):
            moving = [places[piece] for piece in pieces if piece in places]
            columns += moving
            holders += [len(groups)] * len(moving)
            base.append(
                sum(anchor.get(piece, 0.0) for piece in pieces) + (lesson.odds[place] / UNIT if lesson.odds else 0)
            )
            groups.append(number)
            right.append(place in lesson.right)
    column, holder = numpy.array(columns, dtype=numpy.int64), numpy.array(holders, dtype=numpy.int64)
    still, group, is_right = numpy.array(base), numpy.array(groups), numpy.array(right)
    weight, holds = numpy.array([lesson.weight for lesson in lessons]), numpy.array([*map(penalty, known)])
    first = numpy.flatnonzero(numpy.r_[True, numpy.diff(group) > 0])

    def loss(moved: Any) -> tuple[float, Any]:
        scores = still + numpy.bincount(holder, moved[column], len(group))
        shifted = numpy.exp(scores - numpy.maximum.reduceat(scores, first)[group])
        whole = numpy.add.reduceat(shifted, first)
        hits = shifted * is_right
        hit = numpy.maximum(numpy.add.reduceat(hits, first), 1e-300)
        value = -(weight * (numpy.log(hit) - numpy.log(whole))).sum() + (holds * moved) @ moved / 2
        pull = weight[group] * (shifted / whole[group] - hits / hit[group])
        return float(value), numpy.bincount(column, pull[holder], len(known)) + holds * moved

    return loss
