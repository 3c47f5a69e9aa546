"""Syllables that belong together: which pairs stand side by side far more often than by chance.

Vietnamese writes a word as several syllables with spaces between, so nothing on paper says that "lãnh thổ" is one word
and "thổ trên" is none. A name that ended inside one would be half a word. ``solieu train`` counts the pairs in the
passages that teach and writes ``models/weights/compounds.csv``; how firmly two syllables are joined is evidence.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise

import regex

from extractor.domain.folding import fold
from extractor.domain.lexicon import read_rows

TABLE = "weights/compounds.csv"
COLUMNS = ("first", "second", "bits")

RARE = 3
"""Pairs that were met less often are left out: chance alone makes such."""

LOOSE = 2
"""Bits of mutual information below which two syllables are not joined."""

_BORDER = regex.compile(r"[^\w\s]|\d+")


@cache
def compounds() -> Mapping[tuple[str, str], int]:
    """Two folded syllables → how firmly they are joined, in bits; pairs that are not are left out."""
    return {(row["first"], row["second"]): int(row["bits"]) for row in read_rows(TABLE)}


@cache
def _common() -> frozenset[str]:
    return frozenset(syllable for pair in compounds() for syllable in pair)


def is_common(syllable: str) -> bool:
    """Whether the passages that taught the pairs hold a folded syllable again and again.

    >>> is_common("nghiệp"), is_common("nghiêp")
    (True, False)
    """
    return syllable in _common()


def find_compounds(texts: Iterable[str]) -> list[tuple[str, str, int]]:
    """The joined pairs of ``texts``, sorted, each with its pointwise mutual information in whole bits.

    >>> find_compounds(["lãnh thổ", "vùng lãnh thổ", "lãnh thổ, vùng"])
    []
    >>> find_compounds(["lãnh thổ"] * 3 + ["vùng có một hai ba bốn năm sáu bảy tám chín"])
    [('lãnh', 'thổ', 2)]
    """
    alone, paired = Counter[str](), Counter[tuple[str, str]]()
    for text in texts:
        for stretch in _BORDER.split(text):
            syllables = fold(stretch).split()
            alone.update(syllables)
            paired.update(pairwise(syllables))
    whole = alone.total()
    joined = (
        (first, second, math.floor(math.log2(count * whole / (alone[first] * alone[second]))))
        for (first, second), count in paired.items()
        if count >= RARE
    )
    return sorted(pair for pair in joined if pair[2] >= LOOSE)
