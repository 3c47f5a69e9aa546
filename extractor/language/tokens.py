"""Tokens with offsets and folded forms, and lookup of word sequences among them.

The same cut as ``vietnamese.ReportTokenizer``, without white space: the grammar needs offsets and folded words, not
spaCy objects, for each of the many short looks it takes at a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from extractor.language.vietnamese import TOKEN, norm

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters, a run of digits or one mark; ``norm`` is its folded form."""

    start: int
    end: int
    norm: str
    is_word: bool


def tokenize(text: str) -> list[Token]:
    """The tokens of ``text`` without white space."""
    tokens = []
    for match in TOKEN.finditer(text):
        piece = match.group()
        if piece.isspace():
            continue
        word = piece.isalpha()
        tokens.append(Token(match.start(), match.end(), norm(piece) if word else piece, word))
    return tokens


def match_words(
    tokens: list[Token], index: int, table: Mapping[tuple[str, ...], T], longest: int = 4
) -> tuple[tuple[str, ...], T | None]:
    """The longest key of ``table`` that the tokens spell from ``index`` on, and its value; ``((), None)`` where none does."""
    norms = tuple(t.norm for t in tokens[index : index + longest])
    for count in range(len(norms), 0, -1):
        value = table.get(norms[:count])
        if value is not None:
            return norms[:count], value
    return (), None
