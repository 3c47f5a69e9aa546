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

_CLASSES = {
    250: " .,",
    278: "ijlt/\\:;|",
    333: "-()[]frI!'`‘’",
    389: "s",
    444: 'acez?“”"',
    500: "0123456789bdghknopqrux vy$*_–#",
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
_HORNED = 40  # the horn of ơ and ư, which stands beside the letter


class _Widths(dict[str, int]):
    """The table, which works out a letter with marks from its plain letter when it is first asked for."""

    def __missing__(self, letter: str) -> int:
        parts = unicodedata.normalize("NFD", letter)
        horn = _HORNED if "\u031b" in parts else 0
        wide = 0 if unicodedata.combining(parts[0]) else self.get(parts[0], _OTHER) + horn
        self[letter] = wide
        return wide


_WIDTHS = _Widths({letter: width for width, letters in _CLASSES.items() for letter in letters})
_WIDTHS.update({" ": 250, "J": 389, "Đ": 722, "đ": 500})
_width = _WIDTHS.__getitem__


def measure(text: str) -> int:
    """The width of ``text`` set on one line."""
    return sum(map(_width, text))


@lru_cache(maxsize=256)
def places(text: str) -> tuple[float, ...]:
    """Where each character of ``text`` begins, as a share of its whole width, and 1.0 for the end.

    >>> places("11")
    (0.0, 0.5, 1.0)
    """
    ends = list(accumulate(map(_width, text), initial=0))
    whole = ends[-1] or 1
    return tuple(end / whole for end in ends)


def spread(text: str, x0: float, x1: float, words: Sequence[tuple[float, float]] = ()) -> list[float]:
    """Where each character of ``text`` begins that is set from ``x0`` to ``x1``, and where the last one ends.

    ``words`` is from where to where each of its words stands, where that is known; the space behind one begins there.

    >>> spread("1 22", 0.0, 40.0, [(0.0, 10.0), (20.0, 40.0)])
    [0.0, 10.0, 20.0, 30.0, 40.0]
    """
    spans = [match.span() for match in WORD.finditer(text)]
    shares = places(text)
    if len(spans) != len(words):
        return [x0 + (x1 - x0) * share for share in shares]
    at: list[float] = []
    ended = x0
    for (start, end), (left, right) in zip(spans, words, strict=True):
        at += [ended] * (start - len(at))
        first = shares[start]
        scale = (right - left) / (shares[end] - first or 1)
        at += [left + scale * (share - first) for share in shares[start:end]]
        ended = right
    return at + [ended] * (len(text) + 1 - len(at))
