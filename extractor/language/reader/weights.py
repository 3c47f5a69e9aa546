"""The weights of evidence: tables of ``models/weights``, one a decision, and the choice by their sum.

A row says how much a piece of evidence speaks for a choice, in hundredths of a unit of log odds, with the passage that
it was learned from. Integers, so that every machine adds up to the same. ``solieu train`` writes the tables.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple, Protocol

from mypy_extensions import mypyc_attr

from extractor.domain.errors import InvalidModels
from extractor.domain.lexicon import NO_ROWS, Rows, read_fields

UNIT = 100
"""What a weight of 1 is written as."""

RULED_OUT = -1_000_000
"""The score of a choice that a constraint excludes."""


REACH = 5 * UNIT
"""A choice that is not final keeps what is so much less likely than the best, in log odds."""

MOST = 3
"""Candidates that such a choice keeps."""


class Choice(NamedTuple):
    """What was chosen: its place, how sure it is (0..1), and the runner-up's place (-1 where there is none)."""

    best: int
    sure: float
    second: int
    scores: Sequence[int]  # of all candidates

    @property
    def close(self) -> list[tuple[int, int]]:
        """The places that may be right, the best first, each with the logarithm of its probability."""
        top, told = self.scores[self.best], round(UNIT * math.log(self.sure))
        near = [place for place, score in enumerate(self.scores) if top - score <= REACH]
        near.sort(key=self.scores.__getitem__, reverse=True)
        return [(place, told + self.scores[place] - top) for place in near[:MOST]]


class Decide(Protocol):
    """How choices are made: by weights, or while training by gold."""

    recalls: bool
    """Whether sentences that an office writes again are evidence."""

    def classify(self, decision: str, at: int, evidence: Sequence[str], allowed: Sequence[bool], /) -> Choice:
        """Choose among the fixed choices of ``decision`` for the number at item ``at``."""
        ...

    def rank(
        self, decision: str, at: int, evidence: Sequence[Sequence[str]], candidates: Sequence[object],
        odds: Sequence[int] = (), /,
    ) -> Choice:  # fmt: skip
        """Choose among ``candidates``, each with its own evidence; ``odds`` are the log odds that they come with."""
        ...


ROW_WORDS = ("alias", "name", "left", "right", "words", "written", "unit")
"""Columns that hold the words of a row that an office has learned."""


class Layer(NamedTuple):
    """What an office has learned over the package: a version of its store's layer, 0 for none, and its content.

    The content is JSON: under ``weights``, decision → evidence → choice → by how much its weight differs from the
    package's. The choice is called as its column in the table. Under ``rows``, rows by the table of ``models/`` that
    they lie over while a report is read (``rows_over``).
    """

    version: int = 0
    content: str = "{}"

    @property
    def weights(self) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
        """The differences by decision."""
        found: Mapping[str, Mapping[str, Mapping[str, int]]] = _parsed(self.content).get("weights", {})
        return found

    def count_weights(self) -> int:
        """How many pieces of evidence have other weights than the package's."""
        return sum(sum(map(len, pieces.values())) for pieces in self.weights.values())

    @property
    def rows(self) -> Rows:
        """The rows by table."""
        found: Rows = _parsed(self.content).get("rows", NO_ROWS)
        return found

    def row_words(self) -> Iterator[tuple[str, str]]:
        """The words of each row, with its table: it changes nothing where none of them stands."""
        for table, rows in self.rows.items():
            for row in rows:
                yield from ((table, row[column]) for column in ROW_WORDS if row.get(column))


@lru_cache(maxsize=8)
def _parsed(content: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(content)
    return found


PACKAGE = Layer()
"""The package alone."""


@mypyc_attr(allow_interpreted_subclasses=True)
class Weighted:
    """Choices by the weights of ``models/weights``, and those of a layer over them."""

    def __init__(self, layer: Layer = PACKAGE) -> None:
        self.weights_of = tables_of(layer.content).__getitem__
        self.recalls = layer.content != PACKAGE.content

    def classify(self, decision: str, _: int, evidence: Sequence[str], allowed: Sequence[bool], /) -> Choice:
        """The allowed choice for which the evidence speaks loudest."""
        told = sum(filter(None, map(self.weights_of(decision).get, evidence)))
        scores = unpacked(told, len(allowed))
        return best_of([score if free else RULED_OUT for score, free in zip(scores, allowed, strict=True)])

    def rank(
        self, decision: str, _: int, evidence: Sequence[Sequence[str]], __: Sequence[object],
        odds: Sequence[int] = (), /,
    ) -> Choice:  # fmt: skip
        """The candidate whose own evidence speaks loudest for it."""
        weight_of = self.weights_of(decision).get
        scores = [sum(filter(None, map(weight_of, pieces))) for pieces in evidence]
        return best_of([*map(sum, zip(scores, odds, strict=True))] if odds else scores)


def best_of(scores: Sequence[int]) -> Choice:
    """The place of the highest score, the first of equals, and the probability that the scores give it."""
    best = max(range(len(scores)), key=scores.__getitem__)
    others = [place for place in range(len(scores)) if place != best and scores[place] > RULED_OUT // 2]
    if not others:
        return Choice(best, 1.0, -1, scores)
    second = max(others, key=scores.__getitem__)
    rest = sum(math.exp((scores[place] - scores[best]) / UNIT) for place in others)
    return Choice(best, 1 / (1 + rest), second, scores)


CHOICES: dict[str, tuple[str, ...]] = {
    "part": ("left", "right", "same", "compare", "grow_left", "grow_right", "grow_same", "fill", "none"),
    "kind": ("ratio", "up", "down", "points_up", "points_down", "multiple", "abs_up", "abs_down"),
    "base": ("plan", "same_period_last_year", "previous_period", "total", "other"),
    "status": ("actual", "estimate", "plan", "projection"),
    "twin": ("whole", "plan", "pair"),
}
"""The fixed choices of the decisions that have them; the others rank candidates."""

RANKED = ("end", "start", "noun", "inherit", "name", "unit", "period", "target")
DECISIONS = (*CHOICES, *RANKED)


FIELD = 32
"""Bits of one choice's sum in a packed number."""


def packed(weights: Sequence[tuple[int, int]]) -> int:
    """The weights for several choices (place, weight) in one number, so that one addition adds for all of them.

    >>> unpacked(packed([(0, 7), (2, -40)]) + packed([(0, -9), (1, 5)]), 3)
    [-2, 5, -40]
    """
    return sum(weight << (FIELD * place) for place, weight in weights)


def unpacked(number: int, count: int) -> list[int]:
    """The sums of ``count`` choices out of a packed number."""
    half, found = 1 << (FIELD - 1), list[int]()
    for _ in range(count):
        value = ((number + half) & (2 * half - 1)) - half
        found.append(value)
        number = (number - value) >> FIELD
    return found


@cache
def weights_of(decision: str) -> dict[str, int]:
    """Evidence → how loudly it speaks for each choice, packed; where candidates are ranked, for the one that shows it.

    Raises InvalidModels where the table has other columns than the choices of the decision, or a weight is no integer.
    """
    file = f"weights/{decision}.csv"
    lines = read_fields(file)
    number, header = next(lines)
    wanted = columns_of(decision)
    if tuple(header) != wanted:
        raise InvalidModels(file, number, "models.columns", found=", ".join(header), wanted=", ".join(wanted))
    table: dict[str, int] = {}
    for number, (evidence, *weights, _) in lines:
        try:
            table[evidence] = packed([(place, int(weight)) for place, weight in enumerate(weights) if weight])
        except ValueError as error:
            raise InvalidModels(file, number, "models.no_weight", value=", ".join(weights)) from error
    return table


@lru_cache(maxsize=4)
def tables_of(content: str) -> dict[str, dict[str, int]]:
    """Decision → its table, where ``content`` of a layer lies over the package: one table, added up once."""
    learned = Layer(content=content).weights
    return {decision: _over(decision, learned.get(decision, {})) for decision in DECISIONS}


def _over(decision: str, learned: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """The package's table of a decision, itself where nothing was learned over it."""
    own = weights_of(decision)
    if not learned:
        return own
    return {**own, **{piece: own.get(piece, 0) + learned_of(decision, by) for piece, by in learned.items()}}


def learned_of(decision: str, by: Mapping[str, int]) -> int:
    """What a layer adds to one piece of evidence, packed as ``weights_of`` packs it."""
    places = {name: place for place, name in enumerate(columns_of(decision)[1:-1])}
    return packed([(places[choice], weight) for choice, weight in by.items() if choice in places])


def columns_of(decision: str) -> tuple[str, ...]:
    """The columns of a decision's table: the evidence, a weight for each choice, a passage that taught it."""
    return "evidence", *CHOICES.get(decision, ("weight",)), "example"
