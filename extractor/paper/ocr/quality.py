"""How well a page was read: the evidence for keeping one reading of it rather than another.

In: the lines of words of a reading. Out: its weight, and whether it is poor. The hard idea: confidence alone prefers a
reading that left the hard lines out, so what counts is how many letters stand in words that are sure and are
Vietnamese syllables, or in numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractor.paper.ocr.tesseract import ScanLine, Word
from extractor.paper.sniff.syllables import is_syllable

POOR = 0.80  # of the letters of a page in sure syllables; clean pages lie above 0.95
SURE = 0.6  # of a word that was printed
FEW = 25  # words: a page with fewer may lie on its head
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\W*\d[\d.,/:%-]*\W*")


def weigh(lines: Iterable[ScanLine]) -> float:
    """How many letters were read well, each by the confidence of its word."""
    return sum(len(word.text) * word.confidence for word in _words(lines) if _makes_sense(word.text))


def is_poor(lines: Iterable[ScanLine]) -> bool:
    """Whether a page may read better in another way."""
    words = list(_words(lines))
    letters = sum(len(word.text) for word in words)
    good = sum(len(word.text) * min(1.0, word.confidence / 0.9) for word in words if _makes_sense(word.text))
    return len(words) < FEW or good < POOR * letters


def is_blank(lines: Iterable[ScanLine]) -> bool:
    """Whether nothing that was read is print: no word of two letters and no number that is sure."""
    return not any(word.confidence >= SURE and len(word.text) > 1 and _makes_sense(word.text) for word in _words(lines))


def _words(lines: Iterable[ScanLine]) -> Iterator[Word]:
    return (word for line in lines for word in line.words if word.text.strip())


def _makes_sense(text: str) -> bool:
    """Whether a word is a number or made of syllables.

    >>> [_makes_sense(word) for word in ("ngân", "56.057", "10,9%.", "BC-UBND", "Hcok", "|")]
    [True, True, True, False, False, False]
    """
    if _NUMBER.fullmatch(text):
        return True
    parts = _LETTERS.findall(text)
    return bool(parts) and all(map(is_syllable, parts))
