"""Letters that look alike: what old keyboards and converters wrote for đ and ư, and what is left without accents."""

from __future__ import annotations

import unicodedata

_LOOK_ALIKES = {0x00D0: 0x0110, 0x00F0: 0x0111, 0x0189: 0x0110, 0x0256: 0x0111, 0x01A2: 0x01AF, 0x01A3: 0x01B0}
"""Code points: Eth and African D in both cases, and Gha, which stand for đ and ư."""


ALPHABET = "abcdđeghiklmnopqrstuvxy"
"""The letters in the order that the law itself counts by: no f, j, w, z."""
ONE_CAPITAL, ONE_SMALL = "A-ZĐ", "a-zđ"
"""Inside the brackets of a pattern: what may label a section or a column."""
_LATIN = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1EA0, 0x1EFA))]
CAPITALS = "A-Z" + "".join(filter(str.isupper, _LATIN))
"""The same of what a name begins with: Latin capitals with any mark, and no small letter."""
SMALL = "a-z" + "".join(filter(str.islower, _LATIN))
"""The same of what goes on a word: Latin small letters with any mark, and no capital."""
ACCENTED = "\u1ea0-\u1ef9"
"""The same of the letters that only Vietnamese has: from Ạ to ỹ."""
MARKED = SMALL.removeprefix("a-z")
"""The same of small letters with a mark of any kind, which no code and no measure is written with."""
STEM_CAPITALS = "A-ZĐƠƯÂÊÔĂ"
"""The same of the symbols of documents, which bear no tone."""


def true_letters(text: str) -> str:
    """``text``, letter for letter as long, with đ and ư for what old keyboards and converters wrote for them.

    >>> true_letters("lần lƣợt, ðạt")
    'lần lượt, đạt'
    """
    return text if text.isascii() else text.translate(_LOOK_ALIKES)


class _Bare(dict[int, str]):
    """Code point → what is left of the letter without its accents, found when it is first met."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        self[code] = plain = "".join(c for c in parts if not unicodedata.combining(c))
        return plain


_BARE = _Bare({0x110: "D", 0x111: "d"})


def without_accents(text: str) -> str:
    """``text`` as people type it who have no Vietnamese keyboard at hand.

    >>> without_accents("Đường Thủy sản")
    'Duong Thuy san'
    """
    if text.isascii():
        return text
    return text.translate(_BARE)


def in_capitals_of(word: str, written: str) -> str:
    """``word`` with the capitals of ``written``: all of them, the first, or none of its own.

    >>> in_capitals_of("lượng", "LƯONG"), in_capitals_of("lượng", "Lưọng"), in_capitals_of("Khê", "khe")
    ('LƯỢNG', 'Lượng', 'Khê')
    """
    if written.isupper() and len(written) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if written[:1].isupper() else word
