"""How much a text speaks as reports do: the names that they give figures, what they compare with, places and periods.

In comes the text of a document, out goes a score; 0 is where reports and other texts meet, more is a report. The hard
idea: no list of what is no report ever ends (recipes, manuals, match reports), but reports repeat themselves. Two words
that stand side by side in an indicator of the catalogue, a cue of growth or plan, a word of reports cover most of a
report and little of anything else, so their share decides, with words of public life and of time. Units were tried and
tell nothing: a recipe and a price list have as many.
"""

from __future__ import annotations

import math
import re
from functools import cache
from itertools import pairwise

from extractor.domain.lexicon import read_rows
from extractor.paper.structure.part_words import words

FEW = 40  # words and numbers: a share of fewer is chance
KNOWN, PLACE, PERIOD, REST = 4.1, 1.6, 0.4, -15.3
"""Weights of the shares in a hundred (as logarithms), fitted by ``python -m benchmarks.no_reports --fit``."""

_CUES = frozenset({"status", "verb", "compare"})  # the labels of phrases that say how a figure stands to another
_WORD = re.compile(r"\w+")


def weigh_language(text: str) -> float:
    """The score of a text: below 0 reports are rare, below -4 none was met; 0 for a text too short to be judged."""
    tokens = [token.lower() for token in _WORD.findall(text)]
    if len(tokens) < FEW:
        return 0.0
    return REST + sum(
        weight * math.log1p(share) for weight, share in zip((KNOWN, PLACE, PERIOD), shares(tokens), strict=True)
    )


def shares(tokens: list[str]) -> tuple[float, float, float]:
    """In a hundred: known words among the words; words of public life, and of time beside a number, among all tokens.

    >>> [round(share) for share in shares("thu ngân sách trên địa bàn huyện năm 2023 tăng 5".split())]
    [78, 18, 9]
    """
    spoken = [not token[0].isdigit() for token in tokens]
    known = sum(is_word and is_known for is_word, is_known in zip(spoken, _are_known(tokens), strict=True))
    public = _count(tokens, words("area") | words("public"))
    timed = _count(tokens, words("period"))
    return 100 * known / max(1, sum(spoken)), 100 * public / len(tokens), 100 * timed / len(tokens)


def _count(tokens: list[str], sayings: frozenset[str]) -> int:
    """How often sayings of one or two words stand among ``tokens``."""
    return sum(token in sayings for token in tokens) + sum(" ".join(pair) in sayings for pair in pairwise(tokens))


def _are_known(tokens: list[str]) -> list[bool]:
    """For each word whether it is known alone, or together with the word before or behind it."""
    single, pairs = _vocabulary()
    known = [token in single for token in tokens]
    for at, pair in enumerate(pairwise(tokens)):
        if pair in pairs:
            known[at] = known[at + 1] = True
    return known


@cache
def _vocabulary() -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """The words that speak of figures alone, and the pairs of words that stand side by side in a longer saying."""
    cues = [row["phrase"] for row in read_rows("vocabulary/phrases.csv") if row["label"] in _CUES]
    names = [row["alias"] for row in read_rows("catalogue/aliases.csv")]
    names += [row["name_vi"] for row in read_rows("catalogue/indicators.csv")]
    sayings = [_WORD.findall(saying.lower()) for saying in (*cues, *words("report"))]
    single = frozenset(saying[0] for saying in sayings if len(saying) == 1)
    longer = [*sayings, *(_WORD.findall(name.lower()) for name in names)]
    return single, frozenset(pair for saying in longer for pair in pairwise(saying))
