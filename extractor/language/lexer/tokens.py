"""Tokens with offsets and folded forms, and lookup of word sequences among them.

The same cut as ``phrase_matcher.ReportTokenizer``, without white space: the reader needs offsets and folded words, not
spaCy objects, for each of the many short looks it takes at a text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable
from functools import cache
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

import regex

from extractor.domain.errors import InvalidModels
from extractor.domain.lexicon import PARTS, compile_shape, group_words, read_rows, when_rows_change
from extractor.language.lexer.phrase_matcher import TOKEN, norm

T = TypeVar("T")
_START = attrgetter("start")
_made = tuple.__new__  # a named tuple without its own constructor, which costs more than the tuple


class Token(NamedTuple):
    """A run of letters, a run of digits or one mark; ``norm`` is its folded form."""

    start: int
    end: int
    norm: str
    is_word: bool


class _Forms(dict[str, tuple[int, str, bool]]):
    """Token with the blanks before it → its own length, folded form and whether it is a word; short ones are kept."""

    def __missing__(self, piece: str) -> tuple[int, str, bool]:
        (token,) = TOKEN.findall(piece)
        is_word = token.isalpha()
        form = (len(token), norm(token) if is_word else token, is_word)
        if len(piece) <= 24 and len(self) < 65536:
            self[piece] = form
        return form


_FORMS = _Forms()
when_rows_change(_FORMS.clear)
_PIECE = regex.compile(rf"\s*(?:{TOKEN.pattern})")


def tokenize(text: str) -> list[Token]:
    """The tokens of ``text`` without white space."""
    tokens: list[Token] = []
    end = 0
    forms, add = _FORMS, tokens.append
    for piece in _PIECE.findall(text):
        end += len(piece)
        length, word, is_word = forms[piece]
        add(_made(Token, (end - length, end, word, is_word)))
    return tokens


def token_at(tokens: list[Token], offset: int) -> int:
    """Index of the first token that begins at ``offset`` or behind it; ``len(tokens)`` where none does."""
    return bisect_left(tokens, offset, key=_START)


@cache
def words_of(group: str) -> frozenset[str]:
    """The folded words of one group of groups.csv: of "actor", of "classifier"."""
    return frozenset(" ".join(t.norm for t in tokenize(word)) for word in group_words(group))


@cache
def openings_of(group: str) -> tuple[str, ...]:
    """The words of a group as text begins with them: each with the space behind it."""
    return tuple(f"{words} " for words in words_of(group))


@cache
def openings_in_either_case(group: str) -> tuple[str, ...]:
    """The same, also as a sentence begins with them."""
    return tuple(case for words in openings_of(group) for case in (words, words.capitalize()))


@cache
def endings_of(group: str) -> tuple[str, ...]:
    """The words of a group as what text may end with."""
    return tuple(words_of(group))


def any_of(phrases: Iterable[str]) -> str:
    """A group that matches any of the phrases as they are written, the longest first, for use in a larger pattern."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return f"(?:{'|'.join(map(regex.escape, ordered))})"


@cache
def heading_words(role: str) -> str:
    """The words of a role of headings.csv, for use in a larger pattern."""
    return any_of(row["word"] for row in read_rows("vocabulary/headings.csv") if row["role"] == role)


@cache
def compiled(shape: str, flags: int = 0) -> regex.Pattern[str]:
    r"""A shape over characters in which ``{name}`` stands for the words of that name.

    These are the rows of parts.csv in their order; where it has none, the words of the group of groups.csv.

    >>> compiled(r"{month}\s\d").search("thu tháng 3")[0]
    'tháng 3'
    """
    return compile_shape(
        shape, lambda name: any_of(words_of(name)), lambda filled: regex.compile(filled, flags), regex.error
    )


def check_shape(file: str, row: str, shape: str) -> str:
    """The shape of a row, which is named by its number; raises InvalidModels where it is no regular expression."""
    try:
        regex.compile(shape)
    except regex.error as error:
        raise InvalidModels(file, int(row), "models.no_expression", error=str(error)) from error
    return shape


def parts_in(text: str, rows: Iterable[dict[str, str]]) -> set[tuple[str, str]]:
    """The rows of one name, by their numbers, that a text holds, and what each of them takes."""
    shape = "|".join(f"(?P<r{row['#']}>{check_shape(PARTS, row['#'], row['shape'])})" for row in rows)
    return {(str(match.lastgroup)[1:], match[0].strip()) for match in regex.finditer(shape, text)}


class WordTable(Generic[T]):
    """Word sequences with a value each; ``match`` finds the longest one that begins at a token."""

    def __init__(self, rows: Iterable[tuple[str, T]]) -> None:
        self.values: dict[tuple[str, ...], T] = {}
        self._first: _Step[T] = _Step()
        for phrase, value in rows:
            key = tuple(t.norm for t in tokenize(phrase))
            self.values[key] = value
            step = self._first
            for word in key:
                step = step.following.setdefault(word, _Step())
            step.ends, step.value = True, value
        following = self._first.following
        self.alone = {word: step.value for word, step in following.items() if step.ends and not step.following}
        """The value of each word that is a sequence of its own and begins no other."""

    @property
    def beginnings(self) -> Container[str]:
        """The folded words that some sequence begins with."""
        return self._first.following

    def match(self, tokens: list[Token], index: int) -> tuple[int, T | None]:
        """Count of tokens and value of the longest sequence from ``index`` on.

        ``(0, None)`` where none begins there.
        """
        longest: tuple[int, T | None] = (0, None)
        step, end, size = self._first, index, len(tokens)
        while end < size:
            following = step.following.get(tokens[end].norm)
            if following is None:
                break
            step, end = following, end + 1
            if step.ends:
                longest = end - index, step.value
                if not step.following:  # as most words of one token
                    break
        return longest


class _Step(Generic[T]):
    """One word on the way through the sequences of a table: what may follow, and whether one ends here."""

    __slots__ = ("ends", "following", "value")

    def __init__(self) -> None:
        self.following: dict[str, _Step[T]] = {}
        self.ends = False
        self.value: T | None = None
