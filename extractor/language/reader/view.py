"""A block as the decisions see it: sentences and brackets of its items, and each item's kind as evidence.

In: the items of a block. Out: for each item its sentence, its bracket, its kind and its folded words, found once.
Decides nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, groupby

from extractor.domain.folding import fold
from extractor.language.lexer.compounds import compounds
from extractor.language.lexer.items import Item, Reading
from extractor.language.lexer.tokens import words_of
from extractor.language.lexer.word_classes import classes_of

ROLES = ("action", "link", "stop", "scope", "total", "amount", "name", "owner", "balance")
"""Classes of words that count as evidence, in the order in which one is taken where a word has several."""

EMPTY = frozenset({"link", "stop", "scope"})
"""Classes of words that name nothing by themselves."""

VALUED = frozenset({"mark", "verb", "compare", "status", "bound", "part"})
"""Kinds of items whose value is evidence besides their kind."""

STRONG = frozenset({";", ".", ":", "("})
"""Marks that part what stands before them from what stands behind."""

STOPS = frozenset({".", "…"})
"""Marks that may end a sentence."""

WORDS = frozenset({"word", "rate", "verb"})
"""Kinds of items that are words."""

NAMED_BASES = frozenset({"total", "plan"})
"""Bases that are names where nothing is compared with them: "Tổng thu đạt …", "Kế hoạch vốn năm 2023 là …"."""

BEFORE_BASE = frozenset({"cut", "quantity", "compare"})
"""Kinds of items behind which such words are a base: "đạt 98% kế hoạch"."""

LONGEST_SENTENCE = 600
"""Items after which a sentence is cut, so that work grows with the text alone; the longest of our passages has 103."""

OUTSIDE = "END"
"""The kind and the words of what lies beyond the block."""


class View:
    """The items of a block with what surrounds them."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.text
        self.items: Sequence[Item] = reading.items
        self.sentences: list[int] = []  # number of the sentence of each item
        self.starts: list[int] = []  # index of the first item of that sentence
        self.brackets: list[int] = []  # index of the innermost open bracket, -1 outside
        self.kinds = [_kind(item) for item in self.items]
        self._words: dict[int, str] = {}
        self._tallies: dict[str, list[int]] = {}
        self._known_classes: tuple[list[str], list[bool]] | None = None
        self._plan_cues = [
            place
            for place, item in enumerate(self.items)
            if item.kind == "status" or (item.kind == "compare" and item.value == "plan")
        ]
        number, start, open_brackets = 0, 0, list[int]()
        for index, item in enumerate(self.items):
            self.sentences.append(number)
            self.starts.append(start)
            mark = item.value if item.kind == "mark" else ""
            if mark == ")" and open_brackets:
                open_brackets.pop()
            elif (mark in STOPS and self._ends_sentence(index)) or index - start >= LONGEST_SENTENCE:
                number, start = number + 1, index + 1
                open_brackets.clear()
            self.brackets.append(open_brackets[-1] if open_brackets else -1)
            if mark == "(":
                open_brackets.append(index)

    def kind(self, index: int, at: int) -> str:
        """The kind of an item as evidence, seen from item ``at``: ``w.action``, ``q.share``, ``verb.up``."""
        sentences = self.sentences
        return self.kinds[index] if 0 <= index < len(sentences) and sentences[index] == sentences[at] else OUTSIDE

    def words(self, index: int, at: int | None = None) -> str:
        """The folded words of an item, its kind where it is no word; ``at``: as seen from there."""
        sentences = self.sentences
        if at is not None and not (0 <= index < len(sentences) and sentences[index] == sentences[at]):
            return OUTSIDE
        found = self._words.get(index)
        if found is None:
            found = self._words[index] = self._fold(index)
        return found

    def joint(self, index: int) -> str:
        """How firmly the syllable before item ``index`` is joined to its first, in bits; "-" where it is not."""
        first, second = self.words(index - 1).rpartition(" ")[2], self.words(index).partition(" ")[0]
        return str(compounds().get((first, second), "-"))

    def word_class(self, index: int, at: int) -> str:
        """The class of the word that an item ends or goes on with, its kind where it is no word; seen from ``at``."""
        sentences = self.sentences
        if 0 <= index < len(sentences) and sentences[index] == sentences[at]:
            return self._classed[0][index]
        return OUTSIDE

    def class_ahead(self, index: int, at: int) -> str:
        """The class of the word that begins with an item, "+" where a word only goes on with it; seen from ``at``."""
        found = self.word_class(index, at)
        return "+" if found is not OUTSIDE and self._classed[1][index] else found

    def classes_in(self, first: int, last: int) -> str:
        """The classes of the items ``first:last``, one after another, those that repeat the one before left out."""
        return " ".join(found for found, _ in groupby(self._classed[0][first:last]))

    @property
    def _classed(self) -> tuple[list[str], list[bool]]:
        """For each item its class, or its kind where it is no word, and whether it goes on with the word before.

        Kept by hand: a compiled class has no place for ``cached_property``.
        """
        if self._known_classes is None:
            self._known_classes = self._classify()
        return self._known_classes

    def _classify(self) -> tuple[list[str], list[bool]]:
        is_word = [item.kind in WORDS and self.words(place) != "" for place, item in enumerate(self.items)]
        found, goes_on = classes_of([self.words(place) if word else None for place, word in enumerate(is_word)])
        return [found[place] if word else self.kinds[place] for place, word in enumerate(is_word)], goes_on

    def names_something(self, index: int) -> bool:
        """Whether an item may be what a name is made of."""
        item = self.items[index]
        if item.kind == "compare":
            return item.value in NAMED_BASES and (index == 0 or self.items[index - 1].kind not in BEFORE_BASE)
        return item.kind == "rate" or (item.kind == "word" and not item.role & EMPTY)

    def count(self, sort: str, first: int, last: int) -> int:
        """How many of the items ``first:last`` are of a sort of ``SORTS``; counted once for the block."""
        tally = self._tallies.get(sort)
        if tally is None:
            tally = self._tallies[sort] = list(accumulate(SORTS[sort](self), initial=0))
        return tally[last] - tally[first] if first < last else 0

    def is_aside(self, index: int, at: int) -> bool:
        """Whether an item stands in a bracket that closed before item ``at`` and told a number of its own.

        What such a bracket says of time is its number's: "12.310 con (năm 2010: 12.640 con); đàn bò 5.975 con".
        """
        opening = self.brackets[index]
        if opening < 0:
            return False
        closing = self.closing(opening, at)
        return closing < at and self.count("number", opening, closing) > 0

    def closing(self, opening: int, at: int) -> int:
        """Where the bracket that opens at an item closes before item ``at``; ``at`` where it does not."""
        inside = range(opening + 1, at)
        return next((p for p in inside if self.items[p].value == ")" and self.brackets[p] < opening), at)

    def plan_cue_before(self, index: int) -> int:
        """The last cue of a plan or status before an item, -1 where there is none."""
        place = bisect_left(self._plan_cues, index)
        return self._plan_cues[place - 1] if place else -1

    def may_name(self, index: int) -> bool:
        """Whether a name may stand on this item alone: a word of joining is none."""
        return self.opens_name(index) or self.items[index].kind == "reference"

    def opens_name(self, index: int) -> bool:
        """Whether a name may begin at an item: what names something, or a word of counting."""
        return self.names_something(index) or self.sums(index)

    def sums(self, index: int) -> bool:
        """Whether an item only counts or sums what another names: "số", "tổng số"."""
        item = self.items[index]
        words = self.text[item.start : item.end].lower() if item.kind == "compare" else item.value
        return words in words_of("count_word")

    def says(self, index: int) -> bool:
        """Whether an item names by itself: no cue, no word of joining, summing or counting."""
        item = self.items[index]
        if item.kind != "word":
            return self.names_something(index) and not self.sums(index)
        return not item.role & (EMPTY | {"total"}) and not self.sums(index)

    def written(self, first: int, last: int) -> str:
        """The text of the items ``first:last``, as written."""
        return self.text[self.items[first].start : self.items[last - 1].end] if first < last else ""

    def _fold(self, index: int) -> str:
        if not 0 <= index < len(self.items):
            return OUTSIDE
        item = self.items[index]
        return fold(self.text[item.start : item.end]) if item.kind in WORDS else self.kinds[index]

    def _ends_sentence(self, index: int) -> bool:
        """Whether a stop ends a sentence: what follows begins one, and no initial comes before.

        Behind dots that leave something out a number may go on: "lúa, ngô… 120 ha".
        """
        items, text = self.items, self.text
        if index + 1 >= len(items):
            return True
        item, following = items[index], items[index + 1]
        before = items[index - 1] if index else None
        initial = before is not None and before.kind == "word" and before.end - before.start == 1
        if before is not None and initial and text[before.start].isupper():
            return False
        first = text[following.start]
        return following.start > item.end and (first.isupper() or (item.value == "." and not first.isalpha()))


CUES = frozenset(
    {"verb", "cut", "compare", "status", "bound", "bound_after", "period", "each", "part", "about", "echo"}
)
"""Kinds of items that say how a number is meant."""

SORTS: Mapping[str, Callable[[View], list[bool]]] = {
    "naming": lambda view: [view.names_something(place) for place in range(len(view.items))],
    "saying": lambda view: [view.says(place) for place in range(len(view.items))],
    "cue": lambda view: [item.kind in CUES for item in view.items],
    "rate": lambda view: [item.kind == "rate" for item in view.items],
    "verb": lambda view: [item.kind == "verb" for item in view.items],
    "period": lambda view: [item.kind == "period" for item in view.items],
    "part": lambda view: [item.kind == "part" for item in view.items],
    "each": lambda view: [item.kind == "each" for item in view.items],
    "number": lambda view: [item.quantity is not None for item in view.items],
    "action": lambda view: ["action" in item.role for item in view.items],
    "link": lambda view: ["link" in item.role for item in view.items],
    "joining": lambda view: ["link" in item.role or "stop" in item.role for item in view.items],
    "semicolon": lambda view: [item.value == ";" for item in view.items],
    "comma": lambda view: [item.value == "," for item in view.items],
    "strong": lambda view: [item.kind == "mark" and item.value in STRONG for item in view.items],
}
"""Sorts of items that evidence counts: for each item of a view whether it is of the sort."""


def _kind(item: Item) -> str:
    if item.kind == "word":
        return next((f"w.{name}" for name in ROLES if name in item.role), "w")
    if item.quantity is not None:
        return f"q.{item.quantity.family}"
    return f"{item.kind}.{item.value}" if item.kind in VALUED else item.kind


def size(count: int) -> str:
    """A count as evidence: exact while it is small.

    >>> [size(n) for n in (0, 3, 5, 9, 30)]
    ['0', '3', '4-6', '7-10', '11+']
    """
    return str(count) if count < 4 else "4-6" if count < 7 else "7-10" if count < 11 else "11+"
