"""Sentences and clauses that hold no number, left out of the reading.

In comes a stretch of a document's text; out comes the same stretch, letter for letter as long, with blanks for the
sentences that cannot hold a figure, and for such clauses between semicolons, unless their names are dealt out later
("… lần lượt là"). Every later look at the text then costs what its figures cost. Full stops and semicolons stay, so
sentences are counted as before; the last one stays, because bullets below may hang on it, and so does one that a
footnote hangs on.
"""

from __future__ import annotations

from functools import cache

import regex

from extractor.lexicon import read_rows
from extractor.records import Document

NUMBERS = regex.compile(r"\d|(?i:mười|mươi|trăm|gấp)")
"""What a stretch without figures lacks: a digit, a word of spelt-out numbers, a multiple in words."""

_SENTENCE = r"(?<!(?:^|\P{L})\p{Lu})\.\s+(?=\p{Lu})"  # no initial of a name
_STOP = regex.compile(_SENTENCE)
_PAUSE = regex.compile(rf"{_SENTENCE}|;\s+")


@cache
def _dealing() -> tuple[str, ...]:
    """The words that deal numbers out to names: "lần lượt", "tương ứng"."""
    return tuple(row["phrase"] for row in read_rows("vocabulary/phrases.csv") if row["label"] == "each")


def voiced(document: Document, start: int, end: int) -> str:
    """The text from ``start`` to ``end`` with its silent sentences and clauses blank."""
    text = document.text[start:end]
    anchors = [n.anchor - start for n in document.footnotes if n.anchor is not None and start <= n.anchor <= end]
    parts, begun = [], 0
    stops = _STOP if any(words in text for words in _dealing()) else _PAUSE
    for stop in stops.finditer(text):
        kept = NUMBERS.search(text, begun, stop.start())
        if kept or any(begun <= anchor <= stop.end() for anchor in anchors):
            parts.append(text[begun : stop.end()])
        else:
            parts.append(" " * (stop.start() - begun) + text[stop.start() : stop.end()])
        begun = stop.end()
    return "".join([*parts, text[begun:]])
