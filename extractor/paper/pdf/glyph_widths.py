"""How wide letters are, relative to each other: enough to say where in a run of known ends a word stands.

In: text. Out: widths in thousandths of an em, as a book face sets them (the metrics that Times, Liberation Serif and
their like share). A run's true ends are known from the paper, and mostly those of its words, so only proportions matter
and another face does little harm. The marks over and under Vietnamese letters add nothing. This module knows no page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from math import inf

_CLASSES = {
    180: "'",
    250: " .,",
    278: "ijlt/\\:;|",
    333: "-()[]frI!`‘’",
    389: "s",
    408: '"',
    444: "acez?“”",
    500: "0123456789bdghknopquvxy$*_–#",
    556: "PFS",
    564: "+=<>×",
    611: "ELTZ",
    667: "BCR",
    722: "ADGHKNOQUVXYw",
    778: "m&",
    833: "%",
    889: "M",
    944: "W",
    1000: "—…",
}
_OTHER = 500
WORD = re.compile("[^ ]+")
TRUE = 1.0  # points by which a word may stand beside where the widths of letters put it
SPACE = 250  # as this face sets it
_HORNED = 40  # the horn of ơ and ư, which stands beside the letter


Stretches = tuple[tuple[int, float, float, float], ...]
"""How many words stand in each stretch of a text, from where to where on paper, and how wide its spaces are."""


class _Widths(dict[str, int]):
    """The table, which works out a letter with marks from its plain letter when it is first asked for."""

    def __missing__(self, letter: str) -> int:
        parts = unicodedata.normalize("NFD", letter)
        horn = _HORNED if "\u031b" in parts else 0
        wide = 0 if unicodedata.combining(parts[0]) else self.get(parts[0], _OTHER) + horn
        self[letter] = wide
        return wide


_WIDTHS = _Widths({letter: width for width, letters in _CLASSES.items() for letter in letters})
_WIDTHS.update({" ": SPACE, "J": 389, "Đ": 722, "đ": 500})
_width = _WIDTHS.__getitem__


def measure(text: str) -> int:
    """The width of ``text`` set on one line."""
    return sum(map(_width, text))


@lru_cache(maxsize=256)
def places(text: str, space: float = SPACE) -> tuple[float, ...]:
    """Where each character of ``text`` begins, as a share of its whole width, and 1.0 for the end.

    A line that is set to full width has each ``space`` of it wider, or narrower, than its letters tell.

    >>> places("11"), places("1 1", 1500)
    ((0.0, 0.5, 1.0), (0.0, 0.2, 0.8, 1.0))
    """
    wide = map(_width, text) if space == SPACE else (space if letter == " " else _width(letter) for letter in text)
    ends = list(accumulate(wide, initial=0.0))
    whole = ends[-1] or 1
    return tuple(end / whole for end in ends)


def cut_stretches(words: Sequence[str], ends: Sequence[tuple[float, float]]) -> Stretches:
    """Words, each from where to where, in stretches inside which widths of letters alone tell where a word stands.

    A stretch goes on while some scale of the widths puts every end of a word no further off than ``TRUE``.

    >>> cut_stretches(["11", "11", "11"], [(0.0, 10.0), (12.5, 22.5), (50.0, 60.0)])
    ((2, 0.0, 22.5, 250), (1, 50.0, 60.0, 250))
    """
    found: list[tuple[int, float, float, float]] = []
    count, begins, natural = 0, 0, 0
    x0 = x1 = least = most = 0.0
    for word, (left, right) in zip(words, ends, strict=True):
        starts, natural = natural, natural + measure(word)
        if count:
            low, high = _scales(left - x0, starts - begins)
            least, most = max(least, low), min(most, high)
        if not (count and least <= (right - x0) / (natural - begins) <= most):
            found += [(count, x0, x1, SPACE)] if count else []
            count, x0, begins, least, most = 0, left, starts, -inf, inf
        low, high = _scales(right - x0, natural - begins)
        least, most = max(least, low), min(most, high)
        count, x1, natural = count + 1, right, natural + SPACE
    return (*found, (count, x0, x1, SPACE))


def _scales(place: float, wide: int) -> tuple[float, float]:
    """The least and the largest scale that puts what begins ``wide`` behind another no further off than ``TRUE``."""
    return (place - TRUE) / (wide or 1), (place + TRUE) / (wide or 1)


def stand(text: str, x0: float, x1: float, words: Stretches = ()) -> list[tuple[int, int, float, float, float]]:
    """Where stretches of ``text`` stand, which is set from ``x0`` to ``x1``: start, end, places of both, and a space.

    ``words`` is as it was measured, and is not believed where the text has other words by now.

    >>> stand("1 22 3", 0.0, 60.0, ((2, 0.0, 30.0, 250), (1, 50.0, 60.0, 250)))
    [(0, 4, 0.0, 30.0, 250), (5, 6, 50.0, 60.0, 250)]
    >>> stand("1 22", 0.0, 30.0)
    [(0, 4, 0.0, 30.0, 250)]
    """
    if len(words) == 1:
        return [(len(text) - len(text.lstrip()), len(text.rstrip()), *words[0][1:])]
    spans = [match.span() for match in WORD.finditer(text)] if words else []
    if not spans or sum(stretch[0] for stretch in words) != len(spans):
        return [(0, len(text), x0, x1, SPACE)]
    found = []
    first = 0
    for count, left, right, space in words:
        found.append((spans[first][0], spans[first + count - 1][1], left, right, space))
        first += count
    return found


def spread(text: str, x0: float, x1: float, words: Stretches = ()) -> list[float]:
    """Where each character of ``text`` begins that is set from ``x0`` to ``x1``, and where the last one ends.

    The space behind a stretch of ``words`` begins where the stretch ends.

    >>> spread("1 22", 0.0, 40.0, ((1, 0.0, 10.0, 250), (1, 20.0, 40.0, 250)))
    [0.0, 10.0, 20.0, 30.0, 40.0]
    """
    at: list[float] = []
    ended = x0
    for start, end, left, right, space in stand(text, x0, x1, words):
        at += [ended] * (start - len(at))
        at += [left + (right - left) * share for share in places(text[start:end], space)[:-1]]
        ended = right
    return at + [ended] * (len(text) + 1 - len(at))
