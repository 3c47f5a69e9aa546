"""What a person types, found in columns of the store: without accents, without the stops of numbers, nearly right.

A word typed with accents is meant with them; one without is found whatever accents stand there, ``thuy san`` in ``Thủy
sản`` and ``56057`` in ``56.057``. Where nothing is found, ``near_words`` says what was meant, perhaps: the words that
are there and look most alike. Nothing is indexed: a list of reports is read in a moment, and records mostly of one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Text, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from extractor.domain.letters import without_accents

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


@cache
def _letters() -> tuple[str, str]:
    """Every small letter of Vietnamese that bears an accent, and beside it the letter without."""
    letters = (chr(code) for block in ((0xC0, 0x1B1), (0x1EA0, 0x1EFA)) for code in range(*block))
    pairs = [(c, without_accents(c)) for c in letters if c.islower() and unicodedata.normalize("NFC", c) == c]
    known = [(c, plain) for c, plain in pairs if len(plain) == 1 and plain.isascii()]
    return "".join(c for c, _ in known), "".join(plain for _, plain in known)


def says(words: str, columns: Iterable[ColumnElement[Any]]) -> ColumnElement[bool]:
    """Whether some column holds ``words`` as they stand."""
    small = words.lower()
    if _STOP.sub("", small) != bare(words):  # typed with accents
        return or_(*(column.icontains(words, autoescape=True) for column in columns))
    return or_(*(bare_text(column).contains(bare(words), autoescape=True) for column in columns))


def near_words(asked: str, names: Iterable[str | None]) -> str | None:
    """``asked`` with each word that stands in no name replaced by the likest one that does; None where none is like it.

    >>> near_words("thu ngan sahc", ["Thu ngân sách", "Chi thường xuyên"])
    'thu ngan sách'
    >>> near_words("khoáng sản", ["Thu ngân sách"])
    """
    there: dict[str, str] = {}
    for name in names:
        for word in (name or "").split():
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
