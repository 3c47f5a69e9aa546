"""What figures lean on beside their own numbers, and where that was not read surely.

In: a document, one of its tables. Out: the doubts that a name, a unit or the head of a column hands to every figure
that takes them. The hard idea: a number may be read well and still be told of the wrong thing, because one letter of
its head, its unit or its name was misread on another line. Only words that were recognised from a picture are asked,
and heads that stand over no column or over two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from extractor.domain.document import PRINTED, Cell, Document
from extractor.language.lexer.quantities import unit_of
from extractor.language.table_headers import Column
from extractor.paper.sniff.misread_words import SUSPECTED, find_slips
from extractor.paper.sniff.syllables import is_syllable

HANDED_DOWN = frozenset(
    {"low_confidence", "readers_disagree", "under_stamp", "ocr_unit", "ocr_period", "ocr_word", "head_unsure"}
)
"""Remarks of paper on a word that every figure leaning on the word shares."""
NAME, UNIT, PERIOD, BASE = "indicator_uncertain", "unit_unsure", "period_unsure", "base_unsure"
Span = tuple[int, int]

_LETTERS = regex.compile(r"\p{L}+")


@dataclass(frozen=True, slots=True)
class Leaning:
    """The doubtful words of a stretch of text, and whether it was recognised from a picture."""

    doubtful: tuple[Span, ...] = ()
    pale: tuple[Span, ...] = ()  # units read less surely than print is
    is_recognised: bool = False

    def is_doubtful(self, start: int, end: int) -> bool:
        """Whether a doubtful word touches a span of the text."""
        return any(a < end and start < b for a, b in self.doubtful)

    def of_name(self, text: str, spans: Iterable[Span]) -> tuple[str, ...]:
        """The doubt of a figure whose name stands at ``spans``, where its words are doubtful or no Vietnamese."""
        return (
            (NAME,) if any(self.is_doubtful(*span) or self._is_misspelt(text[slice(*span)]) for span in spans) else ()
        )

    def of_unit(self, unit: str | None, spans: Iterable[Span]) -> tuple[str, ...]:
        """The doubt of a figure whose unit stands at ``spans``: one that nobody knows, or read less surely than print.

        A unit that lost its first line is another one: "đồng" of "Tỷ đồng".
        """
        is_unknown = self.is_recognised and unit is not None and unit_of(unit) is None
        is_pale = any(a < end and start < b for start, end in spans for a, b in (*self.doubtful, *self.pale))
        return (UNIT,) if is_unknown or is_pale else ()

    def of_head(self, column: Column, text: str, heads: Sequence[Cell]) -> tuple[str, ...]:
        """The doubts of all figures of a column with ``heads`` above it: of whatever these tell.

        Where they tell no time, that may be the part of them which was misread. On a picture a column without a head
        of its own has lost one.
        """
        is_lost = self.is_recognised and not any(h.columns == 1 and text[h.start : h.end].strip() for h in heads)
        spans = [(head.start, head.end) for head in heads]
        if not (is_lost or any(self.is_doubtful(*span) or self._is_misspelt(text[slice(*span)]) for span in spans)):
            return ()
        told = {NAME: bool(column.measure), UNIT: column.role != "ratio", BASE: column.role == "ratio"}
        return (PERIOD, *(code for code, holds in told.items() if holds))

    def _is_misspelt(self, words: str) -> bool:
        """Whether recognised words lack a bracket, or one of them is none that Vietnamese writes, or writes there."""
        if not self.is_recognised:
            return False
        is_open = words.count("(") != words.count(")")
        strange = any(not word.isascii() and not is_syllable(word) for word in _LETTERS.findall(words))
        return is_open or strange or any(find_slips(words, SUSPECTED))


def leaning_of(document: Document, start: int, end: int) -> Leaning:
    """What of a stretch of a document was not read surely."""
    whole = range(start, end)
    doubtful = tuple((r.start, r.end) for r in document.remarks if r.code in HANDED_DOWN and r.start in whole)
    recognised = [p for p in document.placements if p.confidence < 1 and p.start in whole]
    pale = tuple(
        (p.start, p.end) for p in recognised if p.confidence < PRINTED and unit_of(document.text[p.start : p.end])
    )
    return Leaning(doubtful, pale, bool(recognised))
