"""Why a figure was read so: every choice about it, with the runner-up and the evidence that told them apart.

``explain`` reads a document once more and listens to the choices; nothing is decided otherwise than in reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.domain.document import Document
from extractor.domain.figure import Figure
from extractor.language.figures import read_figures
from extractor.language.lexer.items import Reading
from extractor.language.reader.block_reader import BlockReader
from extractor.language.reader.drafts import Context, Draft
from extractor.language.reader.time_evidence import PeriodCandidate
from extractor.language.reader.unit_evidence import UnitCandidate
from extractor.language.reader.view import View
from extractor.language.reader.weights import CHOICES, PACKAGE, UNIT, Choice, Layer, Weighted, unpacked, weights_of

SPANS = frozenset({"end", "start", "noun"})
"""Decisions whose candidates are items of the block."""


class Piece(NamedTuple):
    """A piece of evidence and how loudly it spoke, in log odds, for the chosen one: below nought for the runner-up."""

    weight: float
    evidence: str
    is_other: bool  # the runner-up shows it, and the chosen one does not
    learned: float = 0.0  # how much of the weight an office has learned over the package


class Step(NamedTuple):
    """One choice about one number; ``evidence`` is what told it from the runner-up, the loudest first."""

    decision: str
    number: str  # as written
    chosen: str
    second: str | None
    sure: float
    evidence: tuple[Piece, ...]


class _Spoken(NamedTuple):
    """A ``Piece`` in the units of the tables."""

    weight: int
    evidence: str
    is_other: bool
    learned: int


class Listener(Weighted):
    """Decides by the weights and keeps every choice of one block."""

    def __init__(self, layer: Layer = PACKAGE) -> None:
        super().__init__(layer)
        self.view: View | None = None
        self.heard: list[tuple[int, Step]] = []  # item of the number, choice about it

    def classify(self, decision: str, at: int, evidence: Sequence[str], allowed: Sequence[bool], /) -> Choice:
        """The choice by weights, kept."""
        choice = super().classify(decision, at, evidence, allowed)
        count, other = len(CHOICES[decision]), choice.second if choice.second >= 0 else choice.best
        speaks = []
        for piece in dict.fromkeys(evidence):
            weight, learned = (unpacked(told, count) for told in self._told(decision, piece))
            speaks.append(
                _Spoken(weight[choice.best] - weight[other], piece, False, learned[choice.best] - learned[other])
            )
        self._keep(decision, at, choice, CHOICES[decision], speaks)
        return choice

    def rank(
        self, decision: str, at: int, evidence: Sequence[Sequence[str]], candidates: Sequence[object],
        odds: Sequence[int] = (), /,
    ) -> Choice:  # fmt: skip
        """The choice by weights, kept."""
        choice = super().rank(decision, at, evidence, candidates, odds)
        mine = dict.fromkeys(evidence[choice.best])
        others = dict.fromkeys(evidence[choice.second]) if choice.second >= 0 else {}
        speaks = []
        for piece in (*mine, *others):
            if (piece in mine) != (piece in others):
                sign, (weight, learned) = 1 if piece in mine else -1, self._told(decision, piece)
                speaks.append(_Spoken(sign * weight, piece, piece in others, sign * learned))
        self._keep(decision, at, choice, [self._called(decision, at, c) for c in candidates], speaks)
        return choice

    def _told(self, decision: str, piece: str) -> tuple[int, int]:
        """What a piece of evidence says, and how much of that was learned over the package; packed."""
        told = self.weights_of(decision).get(piece, 0)
        return told, told - weights_of(decision).get(piece, 0)

    def _keep(self, decision: str, at: int, choice: Choice, names: Sequence[str], speaks: Sequence[_Spoken]) -> None:
        assert self.view is not None
        second = names[choice.second] if choice.second >= 0 else None
        loud = sorted((told for told in speaks if told.weight), key=lambda told: -abs(told.weight))
        pieces = tuple(Piece(weight / UNIT, piece, is_other, by / UNIT) for weight, piece, is_other, by in loud)
        number = self.view.written(at, at + 1)
        self.heard.append((at, Step(decision, number, names[choice.best], second, choice.sure, pieces)))

    def _called(self, decision: str, at: int, candidate: object) -> str:
        """What a candidate is called."""
        assert self.view is not None
        if decision in SPANS:
            first, last = candidate if isinstance(candidate, tuple) else (at, candidate)
            return self.view.written(*((last - 1, last) if decision == "end" else (first, last)))
        if isinstance(candidate, Draft):
            return candidate.subject.text if candidate.subject is not None else "-"
        if isinstance(candidate, PeriodCandidate):
            return candidate.label or "-"
        return str((candidate.unit if isinstance(candidate, UnitCandidate) else candidate) or "-")


def explain(
    document: Document, figure: Figure, *, report_period: str | None = None, layer: Layer = PACKAGE
) -> list[Step]:
    """The choices about the numbers of one figure of ``document``, in the order in which they were made.

    A figure of a table has none: its cells are read by their heads and rows.
    """
    blocks: list[tuple[int, BlockReader, Listener]] = []

    def listening(reading: Reading, context: Context, start: int) -> BlockReader:
        listener = Listener(layer)
        reader = BlockReader(reading, context, listener, Weighted(layer))
        listener.view = reader.view
        blocks.append((start, reader, listener))
        return reader

    read_figures(document, report_period=report_period, reader=listening, layer=layer)
    spans = [(figure.start, figure.end), *((c.start, c.end) for c in figure.comparisons)]
    return [
        step
        for start, reader, listener in blocks
        for at, step in listener.heard
        if any(low <= start + reader.items[at].start < high for low, high in spans)
    ]
