"""The words by which a document shows its parts: ``models/paper/words.csv`` as lookups and as one pattern a role.

Rows come in as role, word, example; out go sets in lower case. Whether a word *does* show a part where it stands is
decided by the module that asks.
"""

from __future__ import annotations

import re
from functools import cache

from extractor.domain.lexicon import read_rows

FILE = "paper/words.csv"


@cache
def words(role: str) -> frozenset[str]:
    """The words of ``role``, in lower case."""
    return frozenset(row["word"] for row in read_rows(FILE) if row["role"] == role)


@cache
def pattern(role: str) -> str:
    """A group that matches any word of ``role``, longest first, for use inside a larger pattern (ignore case)."""
    return _group(words(role))


@cache
def capitals_pattern(role: str) -> str:
    """The same for the words of ``role`` in capitals only: ``CHỦ TỊCH`` but not ``chủ tịch``."""
    return _group(frozenset(word.upper() for word in words(role)))


def _group(choices: frozenset[str]) -> str:
    ordered = sorted(choices, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered) + ")"


def in_capitals(text: str) -> bool:
    """Whether the letters of ``text`` are capitals, but for a slip or two in a long line: ``ỦY BAN NHÂN DÂN XÃ``."""
    capitals = sum(map(str.isupper, text))
    return capitals >= 2 and capitals >= 0.85 * sum(map(str.isalpha, text))
