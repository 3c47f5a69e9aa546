"""What sort of word a word is: one that says what is done, what is counted, who, where, or how words hang together.

A name that no table holds still ends where a noun gives way to a verb. ``models/vocabulary/word_classes.csv`` says for
some thousand words of reports, of one to four syllables, of which class each is; the classes are evidence.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from extractor.domain.folding import fold
from extractor.domain.lexicon import kept_until_rows_change, read_rows

UNKNOWN = "?"


@kept_until_rows_change()
def word_classes() -> Mapping[str, str]:
    """Folded words, syllables parted by a space → their class."""
    return {fold(row["word"]): row["class"] for row in read_rows("vocabulary/word_classes.csv")}


@kept_until_rows_change()
def _beginnings() -> frozenset[str]:
    """What words of the table begin with, up to a syllable before their end."""
    told = (word.split() for word in word_classes())
    return frozenset(" ".join(syllables[:last]) for syllables in told for last in range(1, len(syllables)))


def classes_of(parts: Sequence[str | None]) -> tuple[list[str], list[bool]]:
    """The class of the word to which each of some parts belongs, and whether the part goes on with the word before it.

    ``parts`` are folded, of one syllable or more, None where no word can be. The longest word from the left wins.
    """
    table, beginnings = word_classes(), _beginnings()
    classes, goes_on = [UNKNOWN] * len(parts), [False] * len(parts)
    place = 0
    while place < len(parts):
        last, found = _longest(parts, place, table, beginnings)
        for inside in range(place, last):
            classes[inside], goes_on[inside] = found, inside > place
        place = last
    return classes, goes_on


def _longest(
    parts: Sequence[str | None], first: int, table: Mapping[str, str], beginnings: Container[str]
) -> tuple[int, str]:
    """Behind which part the longest word from ``first`` ends, and its class."""
    longest, found, words = first + 1, UNKNOWN, parts[first]
    place = first
    while words is not None:
        place += 1
        if words in table:
            longest, found = place, table[words]
        if words not in beginnings or place == len(parts) or parts[place] is None:
            break
        words = f"{words} {parts[place]}"
    return longest, found
