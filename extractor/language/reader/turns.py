"""Sentences that an office writes again, with other numbers: evidence that only the same sentence shows.

In: a block as the decisions see it. Out: for each number what its sentence is called, a hash of its words with the
number's place in it. The reports of one office say the same each quarter, so what people decided about a sentence is
the strongest evidence for the same sentence in the next report, and says nothing about any other. It is asked for only
where a layer knows such sentences: the package knows none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from extractor.domain.folding import fold
from extractor.language.reader.view import View

TURN = "turn="
"""How such evidence begins."""

SHORTEST = 3
"""Items besides its number that a sentence must have to be told from others."""


def sentence_of(piece: str) -> str:
    """The sentence that a piece of evidence is shown by alone; empty where others may show it."""
    return piece.partition(".")[0] if piece.startswith(TURN) else ""


class Turns:
    """The sentences of a block by their words; each is looked at once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._names: dict[int, str] = {}  # first item of a sentence → what it is called

    def seen(self, at: int) -> list[str]:
        """The evidence for the number at item ``at``: the sentence it stands in and its place there."""
        start = self._view.starts[at]
        name = self._names.get(start)
        if name is None:
            name = self._names[start] = self._name(start)
        return [f"{TURN}{name}.{at - start}"] if name else []

    def seen_of(self, at: int, evidence: Sequence[Sequence[str]], places: Sequence[object] = ()) -> list[list[str]]:
        """The evidence of each candidate, with its place in this very sentence: its number, unless ``places`` say."""
        seen, told = self.seen(at), zip(places or range(len(evidence)), evidence, strict=True)
        return [[*pieces, *(f"{piece}.{place}" for piece in seen)] for place, pieces in told]

    def _name(self, start: int) -> str:
        view, sentence = self._view, self._view.sentences[start]
        last = next((p for p in range(start, len(view.items)) if view.sentences[p] != sentence), len(view.items))
        if last - start <= SHORTEST:
            return ""
        words = (self._word(place) for place in range(start, last))
        return hashlib.blake2b("\n".join(words).encode(), digest_size=8).hexdigest()

    def _word(self, place: int) -> str:
        quantity = self._view.items[place].quantity
        return f"{self._view.kinds[place]} {fold(quantity.unit or '')}" if quantity else self._view.words(place)
