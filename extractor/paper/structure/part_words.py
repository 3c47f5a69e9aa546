"""The words by which a document shows its parts: ``models/paper/words.csv`` as lookups and in patterns.

Rows come in as role, word, example; out go sets in lower case, and shapes with the words filled in. Whether a word
*does* show a part where it stands is decided by the module that asks.
"""

from __future__ import annotations

import re
from functools import cache

from extractor.domain.lexicon import compile_shape, group_words, number_words, read_rows

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


@cache
def compiled(shape: str) -> re.Pattern[str]:
    r"""A shape in which ``{name}`` stands for the rows of parts.csv of that name, or for the words of a role.

    ``{role_capitals}`` stands for them in capitals only; a name that is no role is a group of groups.csv, else a class
    of numbers.csv.

    >>> compiled(r"{area_capitals}\s\w+").search("XÃ AN: xã An")[0], compiled(r"{year}\s\d+").search("năm 2023")[0]
    ('XÃ AN', 'năm 2023')
    """
    return compile_shape(shape, _alternatives, re.compile, re.error)


def _alternatives(name: str) -> str:
    role = name.removesuffix("_capitals")
    if role != name:
        return capitals_pattern(role)
    found = words(role) or frozenset(group_words(role) or number_words(role))
    if not found:
        raise KeyError(name)
    return _group(found)


def _group(choices: frozenset[str]) -> str:
    ordered = sorted(choices, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered) + ")"


def in_capitals(text: str) -> bool:
    """Whether the letters of ``text`` are capitals, but for a slip or two in a long line: ``ỦY BAN NHÂN DÂN XÃ``."""
    capitals = sum(map(str.isupper, text))
    return capitals >= 2 and capitals >= 0.85 * sum(map(str.isalpha, text))
