"""What the grammar reads of each number, as evidence beside what the scored reader sees itself.

The grammar (``language/reader``) knows constructions that are rare; where it speaks of a decision, its word is one more
piece of evidence, weighted like all others. What is not decided by scores yet, the parent and the doubts of what the
grammar wrote alike, is taken from it.
"""

from __future__ import annotations

from typing import NamedTuple

from extractor.domain.folding import fold
from extractor.language.lexer.items import Reading
from extractor.language.lexer.quantities import Quantity
from extractor.language.reader.block_reader import BlockReader
from extractor.language.reader.drafts import ComparisonDraft, Context, Draft, Subject

SILENT = "no"
"""The word of a witness that has nothing to say."""


class Told(NamedTuple):
    """A comparison as the grammar reads it: of which figure, and which of its comparisons it is."""

    comparison: ComparisonDraft
    draft: Draft
    place: int


class Witness:
    """The grammar's reading of one block, asked by number."""

    def __init__(self, reading: Reading, context: Context) -> None:
        self._reader = BlockReader(reading, context)
        self._drafts = self._reader.read()
        self.left_base = self._reader.left_base
        self._values: dict[int, Draft] = {}
        self._compared: dict[int, Told] = {}  # end of the comparison's number → what it tells
        self._echoes = {echo.start for echo in self._reader.echoes}
        for draft in self._drafts:
            if draft.quantity is not None:
                self._values.setdefault(draft.quantity.start, draft)
            for place, comparison in enumerate(draft.comparisons):
                self._compared.setdefault(comparison.end, Told(comparison, draft, place))

    def figure(self, number: Quantity) -> Draft | None:
        """The figure whose value the number is."""
        return self._values.get(number.start)

    def comparison(self, number: Quantity) -> Told | None:
        """The comparison that the number is."""
        return self._compared.get(number.end) or self._compared.get(number.number_end)

    def owner(self, number: Quantity) -> Draft | None:
        """The figure that the number speaks of."""
        told = self.comparison(number)
        return self.figure(number) or (told.draft if told is not None else None)

    def is_echo(self, number: Quantity) -> bool:
        """Whether the number repeats an amount in another unit."""
        return number.start in self._echoes

    def part(self, number: Quantity) -> str:
        """The part that the number plays, in the words of ``CHOICES["part"]``."""
        draft, told = self.figure(number), self.comparison(number)
        if draft is not None:
            is_late = bool(draft.comparisons) and draft.comparisons[0].end <= number.start
            return "fill" if is_late else self._source(draft, number)
        if told is None:
            return "none"
        is_growth = told.draft.quantity is None and told.place == 0
        return f"grow_{self._source(told.draft, number)}" if is_growth else "compare"

    def _source(self, draft: Draft, number: Quantity) -> str:
        """Where the figure's name comes from: before the number, behind it, or from a figure before."""
        name = draft.subject
        if name is None or name.end <= name.start:
            return "same"
        if name.start >= number.start:
            return "right"
        is_old = any(other.subject == name for other in self._drafts if other.start < draft.start)
        return "same" if is_old else "left"

    def name(self, number: Quantity) -> Subject | None:
        """The name of the figure that the number speaks of."""
        owner = self.owner(number)
        return owner.subject if owner is not None else None

    def name_before(self, number: Quantity) -> Subject | None:
        """That name where it stands before the number."""
        name = self.name(number)
        return name if name is not None and name.start < name.end <= number.start else None

    def name_behind(self, number: Quantity) -> Subject | None:
        """That name where it stands behind the number or in its unit."""
        name = self.name(number)
        return name if name is not None and number.start <= name.start < name.end else None

    def is_target(self, number: Quantity, draft: Draft) -> str:
        """Whether the comparison that the number is belongs to ``draft``."""
        told = self.comparison(number)
        if told is None:
            return SILENT
        mine, theirs = told.draft.quantity, draft.quantity
        if mine is None or theirs is None:
            return str(mine is theirs and told.draft.start == draft.start)
        return str(mine.start == theirs.start)

    def kind(self, number: Quantity) -> str:
        """Kind and direction of the comparison that the number is."""
        told = self.comparison(number)
        if told is None:
            return SILENT
        return f"{told.comparison.kind.value}{'-' if told.comparison.value < 0 else '+'}"

    def base(self, number: Quantity) -> str:
        """The base of the comparison that the number is."""
        told = self.comparison(number)
        return told.comparison.base.value if told is not None and told.comparison.base is not None else SILENT


def agrees(said: object, candidate: object) -> str:
    """Whether a candidate is what the witness said; it may have said nothing (None)."""
    if said is None:
        return SILENT
    if isinstance(said, str) and isinstance(candidate, str):
        return str(fold(said) == fold(candidate))
    return str(said == candidate)
