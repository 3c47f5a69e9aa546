"""Whole names are taught by what readers offer that have not seen the passage.

The choice of a whole name weighs what the choices before it say. On a passage that taught them they are surer, and more
often right, than on a new one: who learns from that learns to believe them. So the passages are parted, the choices are
fitted without each part in turn, and each part is read by those that have not seen it.

In: the lessons of the choices before, and the passages and reports again. Out: the lessons of ``name``.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from extractor.domain.document import Document
from extractor.language.reader.weights import DECISIONS, Choice, Weighted, packed, weights_of
from extractor.training.alignment import Alignment, Record
from extractor.training.fitting import Evidence, Lesson, fit
from extractor.training.lessons import Lessons, teach, teach_report
from extractor.training.teacher import Teacher

PARTS = 3
"""Into so many parts the passages are parted."""

BEFORE = ("part", "end", "start", "noun", "inherit")
"""The choices that offer names."""

NAME = "name"

Weights = Mapping[str, Mapping[Evidence, int]]
"""Decision → the weights of its evidence."""


class Fitted(Weighted):
    """Decides by ``weights``, and by the package's tables where they tell nothing of a decision."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        tables = {decision: _table(weights[decision]) for decision in weights}
        self.weights_of = {decision: tables.get(decision, weights_of(decision)) for decision in DECISIONS}.__getitem__


def _table(weights: Mapping[Evidence, int]) -> dict[str, int]:
    """Evidence → its weights, packed as those of ``models/weights`` are."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for (choice, piece), weight in weights.items():
        found[piece].append((max(choice, 0), weight))
    return {piece: packed(told) for piece, told in found.items()}


class Watcher(Teacher):
    """Lets weights decide, and keeps what was right of the whole names that they offer."""

    def __init__(self, decide: Weighted, alignment: Alignment, *told: Any, recalls: bool = False) -> None:
        super().__init__(alignment, *told, recalls=recalls)
        self._decide = decide

    def classify(self, decision: str, at: int, evidence: Sequence[str], allowed: Sequence[bool]) -> Choice:
        """The choice by weights."""
        return self._decide.classify(decision, at, evidence, allowed)

    def rank(
        self, decision: str, at: int, evidence: Sequence[Sequence[str]], candidates: Sequence[Any],
        odds: Sequence[int] = (),
    ) -> Choice:  # fmt: skip
        """The choice by weights; of whole names all that mean the same are right, however they are worded."""
        if decision == NAME and self.is_figure(at):
            pieces = [tuple((-1, piece) for piece in told) for told in evidence]
            self._keep(NAME, at, pieces, {*self._inherit(at, candidates)}, odds)
        return self._decide.rank(decision, at, evidence, candidates, odds)


def learn_names(
    passages: Sequence[Record], reports: Sequence[tuple[Document, Sequence[Record]]], lessons: Lessons, weights: Weights
) -> Lessons:
    """The lessons of whole names, by the ``lessons`` of the decisions before.

    ``weights`` are those of the others, fitted to all passages; what they do not tell stands in the package's tables.
    """
    found = Lessons()
    for part in range(PARTS):
        before = {decision: fit(_without(part, lessons.taught.get(decision, ()))) for decision in BEFORE}
        unseen = Fitted({**weights, **before, NAME: {}})
        for passage in passages:
            if _part_of(str(passage["id"])) == part:
                found.add(teach(passage, partial(Watcher, unseen)))
        for document, figures in reports:
            if _part_of(document.source.name if document.source else "") == part:
                found.add(teach_report(document, figures, partial(Watcher, unseen)))
    return found


def _without(part: int, lessons: Iterable[Lesson]) -> list[Lesson]:
    return [lesson for lesson in lessons if _part_of(lesson.passage) != part]


def _part_of(passage: str) -> int:
    """The part of a passage; those that were written one after the other, from one source, are in one."""
    return zlib.crc32(passage[:-1].encode()) % PARTS
