"""Sentences that hold no number, left out of the reading.

In comes a stretch of a document's text; out comes the same stretch, letter for letter as long, with blanks for the
sentences that cannot hold a figure. Every later look at the text then costs what its figures cost. Full stops stay, so
sentences are counted as before; the last one stays, because bullets below may hang on it, and so does one that a
footnote hangs on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

import regex

from extractor.domain.document import Document
from extractor.domain.lexicon import number_words
from extractor.language.lexer.tokens import words_of
from extractor.paper.sniff.syllables import is_foreign

_DIGIT = re.compile(r"\d")
_STOP = regex.compile(r"(?<!(?:^|\P{L})\p{Lu})\.\s+(?=\p{Lu})")  # no initial of a name


def holds_number(text: str, start: int, end: int) -> bool:
    """Whether a figure may stand from ``start`` to ``end``."""
    if _DIGIT.search(text, start, end):
        return True
    small = text[start:end].lower()
    return any(word in small for word in _telling_words())


def is_spoken(text: str, start: int, end: int) -> bool:
    """Whether what stands from ``start`` to ``end`` may hold a figure and is no translation of a neighbour."""
    return holds_number(text, start, end) and not is_foreign(text[start:end])


@cache
def _telling_words() -> tuple[str, ...]:
    """Without a digit a stretch tells a number by one of these: in words that spell it, or as a multiple."""
    return (*number_words("ten"), *number_words("tens"), *words_of("hundred"), *words_of("multiplied"))


class Voices:
    """What the stretches of a document's text say, each looked at once."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._anchors = sorted(note.anchor for note in document.footnotes if note.anchor is not None)
        self._heard: dict[tuple[int, int], str] = {}

    def of(self, start: int, end: int) -> str:
        """The text from ``start`` to ``end`` with its silent sentences blank."""
        span = start, end
        if span not in self._heard:
            self._heard[span] = self._listen(start, end)
        return self._heard[span]

    def _listen(self, start: int, end: int) -> str:
        text = self._text[start:end]
        parts, begun = [], 0
        for stop in _STOP.finditer(text):
            if holds_number(text, begun, stop.start()) or self._anchored(start + begun, start + stop.end()):
                parts.append(text[begun : stop.end()])
            else:
                parts.append(" " * (stop.start() - begun) + text[stop.start() : stop.end()])
            begun = stop.end()
        return "".join([*parts, text[begun:]]) if parts else text

    def _anchored(self, start: int, end: int) -> bool:
        """Whether the mark of a footnote stands from ``start`` to ``end``, both included."""
        at = bisect_left(self._anchors, start)
        return at < len(self._anchors) and self._anchors[at] <= end
