"""What a person types, found in columns of the store: without accents, without the stops of numbers, nearly right.

A word typed with accents is meant with them; one without is found whatever accents stand there, ``thuy san`` in ``Thủy
sản`` and ``56057`` in ``56.057``. Where nothing is found, ``near_words`` says what was meant, perhaps: the words that
are there and look most alike. Nothing is indexed: a list of reports is read in a moment. Of a million records SQLite
picks those that fit a loose pattern, which it compares by itself, and only those are looked at closely.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Text, and_, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from extractor.domain.letters import ACCENTED, without_accents

ALIKE = 0.65
"""difflib's ratio from which a word that is there may be meant."""

_STOP = re.compile(r"(?<=\d)\.(?=\d)")


class bare_text(GenericFunction[str]):  # noqa: N801 - the name of the function in SQL
    """A column as ``bare`` leaves it."""

    type = Text()
    inherit_cache = True


def bare(text: Any) -> Any:
    """``text`` in small letters without accents and without stops inside numbers; what is no text as it is.

    >>> bare("Thủy sản: 56.057 tấn, Đạt")
    'thuy san: 56057 tan, dat'
    """
    return _STOP.sub("", without_accents(text.lower())) if isinstance(text, str) else text


@compiles(bare_text, "postgresql")
def _in_postgresql(element: bare_text, compiler: Any, **options: Any) -> str:
    """PostgreSQL's own functions: letters one by one, then the stops."""
    column = compiler.process(element.clauses, **options)
    accented, plain = _letters()
    return rf"regexp_replace(translate(lower({column}), '{accented}', '{plain}'), '(\d)\.(?=\d)', '\1', 'g')"


class like_pattern(GenericFunction[bool]):  # noqa: N801 - the name of the function in SQL
    """Whether a column fits a pattern of LIKE, capitals or small."""

    type = Boolean()
    inherit_cache = True


@compiles(like_pattern, "sqlite")
def _in_sqlite(element: like_pattern, compiler: Any, **options: Any) -> str:
    """SQLite's own comparison, which calls nothing of ours."""
    column, pattern = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} LIKE {pattern} ESCAPE '\\'"


@compiles(like_pattern, "postgresql")
def _needless(element: like_pattern, compiler: Any, **options: Any) -> str:  # noqa: ARG001
    """PostgreSQL reads every row as fast."""
    return "TRUE"


@cache
def _letters() -> tuple[str, str]:
    """Every small letter of Vietnamese that bears an accent, and beside it the letter without."""
    letters = (chr(code) for block in ((0xC0, 0x1B1), (0x1EA0, 0x1EFA)) for code in range(*block))
    pairs = [(c, without_accents(c)) for c in letters if c.islower() and unicodedata.normalize("NFC", c) == c]
    known = [(c, plain) for c, plain in pairs if len(plain) == 1 and plain.isascii()]
    return "".join(c for c, _ in known), "".join(plain for _, plain in known)


def says(words: str, columns: Iterable[ColumnElement[Any]]) -> ColumnElement[bool]:
    """Whether some column holds ``words`` as they stand."""
    if _has_accents(words):
        return or_(*(column.icontains(words, autoescape=True) for column in columns))
    return or_(*(bare_text(column).contains(bare(words), autoescape=True) for column in columns))


def says_all(words: str, key: ColumnElement[Any], text: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether each of ``words`` stands in the ``text`` of the row ``key``, in any order; made bare once for all."""
    rows = select(key.label("key"), text.label("text"), bare_text(text).label("bare")).cte("texts")
    said = rows.prefix_with("MATERIALIZED").c
    each = (
        said.text.icontains(word, autoescape=True)
        if _has_accents(word)
        else said.bare.contains(bare(word), autoescape=True)
        for word in words.split()
    )
    return key.in_(select(said.key).where(*each))


def says_of_many(words: str, columns: Iterable[ColumnElement[Any]]) -> ColumnElement[bool]:
    """The same for a table of millions of rows: most of them are told apart by a pattern alone."""
    pattern = loose_pattern(words)
    return or_(*(and_(like_pattern(column, pattern), says(words, (column,))) for column in columns))


def loose_pattern(words: str) -> str:
    """A pattern of LIKE that fits wherever ``words`` may stand: any letter for one with accents, stops between digits.

    >>> loose_pattern("thu 56"), loose_pattern("thủy 5")
    ('%th_ 5%6%', '%th_y 5%')
    """
    exact = _has_accents(words)
    letters = words.lower() if exact else bare(words)
    return f"%{''.join(_loose(c, exact=exact) for c in letters)}%".replace("%%", "%")


def _loose(letter: str, *, exact: bool) -> str:
    if not letter.isascii() or (not exact and letter in _plain_letters()):
        return "_"
    if letter.isdigit() and not exact:
        return f"{letter}%"
    return f"\\{letter}" if letter in "%_\\" else letter


@cache
def _plain_letters() -> frozenset[str]:
    """The letters that bear accents in Vietnamese, without them."""
    first, last = ACCENTED.split("-")
    return frozenset(without_accents(chr(code)).lower() for code in range(ord(first), ord(last) + 1)) | {"d"}


def _has_accents(words: str) -> bool:
    return bool(_STOP.sub("", words.lower()) != bare(words))


def near_words(asked: str, names: Iterable[str | None]) -> str | None:
    """``asked`` with each word that stands in no name replaced by the likest one that does; None where none is like it.

    >>> near_words("thu ngan sahc", ["Thu ngân sách", "Chi thường xuyên"])
    'thu ngan sách'
    >>> near_words("khoáng sản", ["Thu ngân sách"])
    """
    there: dict[str, str] = {}
    for word in dict.fromkeys(chain.from_iterable((name or "").split() for name in names)):
        there.setdefault(bare(word).strip(",.;:()"), word.strip(",.;:()").lower())
    found = [_near(word, there) for word in asked.split()]
    meant = " ".join(word for word in found if word)
    return meant if all(found) and meant != asked else None


def _near(word: str, there: dict[str, str]) -> str | None:
    plain = bare(word)
    if any(plain in known for known in there):
        return word
    likest: Sequence[str] = get_close_matches(plain, there, n=1, cutoff=ALIKE)
    return there[likest[0]] if likest else None
