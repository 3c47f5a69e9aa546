"""Commas within a name: between two words of one kind, as in "khám, chữa bệnh" or "142 thôn, tổ dân phố".

In come tokens and the place of a comma; out comes whether it parts no clauses. Which words are of one kind is a row of
``models/vocabulary/coordinates.csv``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extractor.domain.lexicon import read_rows
from extractor.language.lexer.tokens import Token, tokenize, words_of

COORDINATES = "vocabulary/coordinates.csv"
PREDICATE = "predicate"
"""Behind a counted noun and a comma they, or a colon, begin what is said of the next: "12 xã, phường đạt 98%"."""


def joins_names(tokens: Sequence[Token], comma: int) -> bool:
    """Whether the comma at an index stands between two words of one kind.

    Not where numbers on both sides make each word one of its own: "có 45 giáo viên, học sinh 1.200 em".
    """
    first_words, last_words = _edges()
    if not 0 < comma < len(tokens) - 1:
        return False
    if tokens[comma - 1].norm not in last_words or tokens[comma + 1].norm not in first_words:
        return False
    left, before = _kinds(tokens, comma, -1, last_words[tokens[comma - 1].norm])
    right, after = _kinds(tokens, comma, 1, first_words[tokens[comma + 1].norm])
    if left.isdisjoint(right):
        return False
    counted = before > 0 and tokens[before - 1].norm.isdecimal()
    if after < len(tokens) and (tokens[after].norm == ":" or tokens[after].norm in words_of(PREDICATE)):
        after += 1
    return not (counted and after < len(tokens) and tokens[after].norm.isdecimal())


def _kinds(tokens: Sequence[Token], comma: int, step: int, counts: Sequence[int]) -> tuple[frozenset[str], int]:
    """The kinds of the first of ``counts`` words on one side of a comma, and where they begin (left) or end (right)."""
    for count in counts:
        low, high = (comma - count, comma) if step < 0 else (comma + 1, comma + 1 + count)
        kinds = _table().get(tuple(token.norm for token in tokens[low:high])) if low >= 0 else None
        if kinds is not None:
            return kinds, low if step < 0 else high
    return frozenset(), comma


@cache
def _table() -> dict[tuple[str, ...], frozenset[str]]:
    """Folded words → the kinds that they are of."""
    kinds: dict[tuple[str, ...], set[str]] = {}
    for row in read_rows(COORDINATES):
        kinds.setdefault(tuple(token.norm for token in tokenize(row["words"])), set()).add(row["kind"])
    return {words: frozenset(found) for words, found in kinds.items()}


@cache
def _edges() -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """The first and the last words of all → how many words a row that begins or ends so may have, most first."""
    first: dict[str, list[int]] = {}
    last: dict[str, list[int]] = {}
    for words in sorted(_table(), key=len, reverse=True):
        for counts in (first.setdefault(words[0], []), last.setdefault(words[-1], [])):
            if len(words) not in counts:
                counts.append(len(words))
    return first, last
