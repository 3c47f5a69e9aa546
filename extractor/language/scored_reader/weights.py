"""The weights of evidence: tables of ``models/weights``, one a decision, and the choice by their sum.

A row says how much a piece of evidence speaks for a choice, in hundredths of a unit of log odds, with the passage that
it was learned from. Integers, so that every machine adds up to the same. ``solieu train`` writes the tables.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, Protocol

from extractor.domain.lexicon import read_rows

UNIT = 100
"""What a weight of 1 is written as."""

RULED_OUT = -1_000_000
"""The score of a choice that a constraint excludes."""


class Choice(NamedTuple):
    """What was chosen: its place, how sure it is (0..1), and the runner-up's place (-1 where there is none)."""

    best: int
    sure: float
    second: int


class Decide(Protocol):
    """How choices are made: by weights, or while training by gold."""

    def classify(self, decision: str, at: int, evidence: Sequence[str], allowed: Sequence[bool], /) -> Choice:
        """Choose among the fixed choices of ``decision`` for the number at item ``at``."""
        ...

    def rank(
        self, decision: str, at: int, evidence: Sequence[Sequence[str]], candidates: Sequence[object], /
    ) -> Choice:
        """Choose among ``candidates``, each with its own evidence."""
        ...


class Weighted:
    """Choices by the weights of ``models/weights``."""

    def classify(self, decision: str, _: int, evidence: Sequence[str], allowed: Sequence[bool], /) -> Choice:
        """The allowed choice for which the evidence speaks loudest."""
        table = class_weights(decision)
        scores = [0 if free else RULED_OUT for free in allowed]
        for piece in evidence:
            for place, weight in table.get(piece, ()):
                scores[place] += weight
        return best_of(scores)

    def rank(self, decision: str, _: int, evidence: Sequence[Sequence[str]], __: Sequence[object], /) -> Choice:
        """The candidate whose own evidence speaks loudest for it."""
        table = rank_weights(decision)
        return best_of([sum(table.get(piece, 0) for piece in pieces) for pieces in evidence])


def best_of(scores: Sequence[int]) -> Choice:
    """The place of the highest score, the first of equals, and the probability that the scores give it."""
    best = max(range(len(scores)), key=scores.__getitem__)
    others = [place for place in range(len(scores)) if place != best and scores[place] > RULED_OUT // 2]
    if not others:
        return Choice(best, 1.0, -1)
    second = max(others, key=scores.__getitem__)
    rest = sum(math.exp((scores[place] - scores[best]) / UNIT) for place in others)
    return Choice(best, 1 / (1 + rest), second)


CHOICES: dict[str, tuple[str, ...]] = {
    "part": ("left", "right", "same", "compare", "grow_left", "grow_right", "grow_same", "fill", "none"),
    "kind": ("ratio", "up", "down", "points_up", "points_down", "multiple", "abs_up", "abs_down"),
    "base": ("plan", "same_period_last_year", "previous_period", "total", "other"),
    "status": ("actual", "estimate", "plan", "projection"),
    "twin": ("whole", "plan"),
}
"""The fixed choices of the decisions that have them; the others rank candidates."""

RANKED = ("end", "start", "noun", "unit", "inherit", "period", "target")


@cache
def class_weights(decision: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """Evidence → the choices that it speaks for or against, and how loudly."""
    places = {name: place for place, name in enumerate(CHOICES[decision])}
    table: dict[str, list[tuple[int, int]]] = {}
    for row in read_rows(f"weights/{decision}.csv"):
        table.setdefault(row["evidence"], []).append((places[row["choice"]], int(row["weight"])))
    return {evidence: tuple(found) for evidence, found in table.items()}


@cache
def rank_weights(decision: str) -> dict[str, int]:
    """Evidence → how loudly it speaks for the candidate that shows it."""
    return {row["evidence"]: int(row["weight"]) for row in read_rows(f"weights/{decision}.csv")}
