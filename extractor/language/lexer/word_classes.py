"""What sort of word a word is: one that says what is done, what is counted, who, where, or how words hang together.

A name that no table holds still ends where a noun gives way to a verb. ``models/vocabulary/word_classes.csv`` says for
some thousand words of reports, of one to four syllables, of which class each is; the classes are evidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.domain.folding import fold
from extractor.domain.lexicon import kept_until_rows_change, read_rows

UNKNOWN = "?"

LONGEST = 4
"""Syllables that a word of the table has at most."""


@kept_until_rows_change()
def word_classes() -> Mapping[str, str]:
    """Folded words, syllables parted by a space → their class."""
    return {fold(row["word"]): row["class"] for row in read_rows("vocabulary/word_classes.csv")}


def classes_of(parts: Sequence[str | None]) -> tuple[list[str], list[bool]]:
    """The class of the word to which each of some parts belongs, and whether the part goes on with the word before it.

    ``parts`` are folded, of one syllable or more, None where no word can be. The longest word from the left wins.
    """
    table = word_classes()
    classes, goes_on = [UNKNOWN] * len(parts), [False] * len(parts)
    place = 0
    while place < len(parts):
        last, found = _longest(parts, place, table)
        for inside in range(place, last):
            classes[inside], goes_on[inside] = found, inside > place
        place = last
    return classes, goes_on


def _longest(parts: Sequence[str | None], first: int, table: Mapping[str, str]) -> tuple[int, str]:
    """Behind which part the longest word from ``first`` ends, and its class."""
    longest, found, words = first + 1, UNKNOWN, ""
    for place in range(first, min(first + LONGEST, len(parts))):
        part = parts[place]
        if part is None:
            break
        words = f"{words} {part}".lstrip()
        if words in table:
            longest, found = place + 1, table[words]
    return longest, found
