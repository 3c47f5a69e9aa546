"""Lessons become weights: for each decision the table that makes the right choices most probable.

In: lessons, each the evidence of all candidates and which of them are right. Out: evidence → integer weight. A
conditional log-linear model: the probability of a choice grows with the sum of its evidence; weights are held small
(``PENALTY``), rare evidence and weak weights are left out. The same lessons give the same table on every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from extractor.language.reader.weights import UNIT

PENALTY = 2.0
RARE = 3
"""Evidence is kept that a right candidate shows so often, or any candidates three times as often."""

WEAK = 0.05
STEPS = 100

Evidence = tuple[int, str]
"""The choice that a piece of evidence speaks of (-1 where candidates are ranked), and the piece."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One decision met in gold: what each candidate shows, which candidates are right, and what the lesson counts."""

    candidates: tuple[tuple[Evidence, ...], ...]
    right: frozenset[int]
    weight: float = 1.0
    passage: str = ""


def fit(lessons: Iterable[Lesson]) -> dict[Evidence, int]:
    """The weights in units of ``UNIT``, noughts left out."""
    taught = [lesson for lesson in lessons if lesson.right and len(lesson.candidates) > 1]
    if not taught:
        return {}
    known = _frequent(taught)
    weights = _solve(taught, known, numpy.zeros(len(known)))
    strong = [piece for piece, place in known.items() if abs(weights[place]) >= WEAK]
    start = numpy.array([weights[known[piece]] for piece in strong])
    known = {piece: place for place, piece in enumerate(strong)}
    weights = _solve(taught, known, start)
    return {piece: rounded for piece, place in known.items() if (rounded := round(UNIT * float(weights[place])))}


def _frequent(lessons: Sequence[Lesson]) -> dict[Evidence, int]:
    """Evidence that was met often enough → its column, in the order in which it was met first."""
    shown: Counter[Evidence] = Counter()
    shown_right: Counter[Evidence] = Counter()
    for lesson in lessons:
        for place, pieces in enumerate(lesson.candidates):
            unique = list(dict.fromkeys(pieces))
            shown.update(unique)
            if place in lesson.right:
                shown_right.update(unique)
    kept = (p for p, n in shown.items() if shown_right[p] >= RARE or n >= 3 * RARE)
    return {piece: place for place, piece in enumerate(kept)}


def _solve(lessons: Sequence[Lesson], known: dict[Evidence, int], start: Any) -> Any:
    """The weights at which right choices are most probable, less the penalty; L-BFGS from ``start``."""
    columns: list[int] = []
    ends, groups, right = [0], [], []
    for number, lesson in enumerate(lessons):
        for place, pieces in enumerate(lesson.candidates):
            columns.extend(known[piece] for piece in pieces if piece in known)
            ends.append(len(columns))
            groups.append(number)
            right.append(place in lesson.right)
    rows = csr_matrix(
        (numpy.ones(len(columns)), numpy.array(columns, dtype=numpy.int64), ends), (len(groups), len(known))
    )
    turned, group, is_right = rows.T.tocsr(), numpy.array(groups), numpy.array(right)
    weight = numpy.array([lesson.weight for lesson in lessons])
    first = numpy.flatnonzero(numpy.r_[True, numpy.diff(group) > 0])

    def loss(weights: Any) -> tuple[float, Any]:
        scores = rows @ weights
        shifted = numpy.exp(scores - numpy.maximum.reduceat(scores, first)[group])
        whole = numpy.add.reduceat(shifted, first)
        hits = shifted * is_right
        hit = numpy.maximum(numpy.add.reduceat(hits, first), 1e-300)
        value = -(weight * (numpy.log(hit) - numpy.log(whole))).sum() + PENALTY / 2 * (weights @ weights)
        slope = turned @ (weight[group] * (shifted / whole[group] - hits / hit[group])) + PENALTY * weights
        return float(value), slope

    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
