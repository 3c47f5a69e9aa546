"""Which number of a passage gives which field of its gold: figures and comparisons find their numbers.

In: the gold figures of a passage, as written by hand, and the blocks that were read of its text. Out: for each number
what it is: the value of a figure, the plan below a fraction's stroke, a comparison, or nothing. Quotes find their
places in order; a comparison goes to the nearest number of its size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from extractor.language.lexer.items import Reading
from extractor.language.lexer.quantities import Quantity
from extractor.paper import OffsetMap

Record = Mapping[str, Any]
Place = tuple[int, int]
"""Start of a block in the text, and the item of a number in it."""

NEAR_QUOTE = 25
"""Letters beyond its own length that a quote may lie from its number."""

NEAR_FIGURE = 420
"""Letters that a comparison may stand from its figure."""

UNQUOTED = 2_000
BEFORE = 1.5
"""A comparison mostly stands behind its figure: one before it counts as so many times further away."""


class Number(NamedTuple):
    """A number of the text: where it stands, in the text as it was given."""

    at: int
    quantity: Quantity
    place: Place


@dataclass(slots=True)
class Label:
    """What a number is: figures by their place in the gold, a comparison by figure and place in it."""

    value: int | None = None
    plan: int | None = None
    comparison: tuple[int, int] | None = None

    @property
    def figure(self) -> int | None:
        """The figure that the number speaks of."""
        if self.value is not None:
            return self.value
        return self.comparison[0] if self.comparison is not None else None


@dataclass(slots=True)
class Alignment:
    """The labels of a passage's numbers."""

    figures: Sequence[Record]
    labels: dict[Place, Label] = field(default_factory=dict)

    def at(self, place: Place) -> Label:
        """The label of the number at ``place``, an empty one where it is nothing."""
        return self.labels.get(place) or Label()


def align(text: str, figures: Sequence[Record], blocks: Iterable[tuple[int, Reading]], offsets: OffsetMap) -> Alignment:
    """The alignment of ``figures`` with the numbers in ``blocks`` (start, reading) of ``text``."""
    numbers = sorted(_numbers(blocks, offsets), key=lambda number: number.at)
    aligned = Alignment(figures)
    taken: set[tuple[str, int]] = set()
    places: dict[int, int] = {}
    cursor = 0
    for index, figure in enumerate(figures):
        quote = figure.get("quote")
        at = _find(text, quote, cursor) if quote else cursor
        places[index] = cursor = max(at, 0)
        if figure["value"] is None:
            continue
        found = _value_of(figure, at, numbers, taken)
        if found is None:
            continue
        role, number = found
        taken.add(found)
        label = aligned.labels.setdefault(numbers[number].place, Label())
        setattr(label, role, index)
        places[index] = numbers[number].at
        cursor = max(cursor, at) if quote else numbers[number].at
    _align_comparisons(text, figures, numbers, aligned, taken, places)
    return aligned


def _numbers(blocks: Iterable[tuple[int, Reading]], offsets: OffsetMap) -> Iterable[Number]:
    for start, reading in blocks:
        for index, item in enumerate(reading.items):
            if item.quantity is not None:
                at = offsets.original(start + item.start, start + item.end)[0]
                yield Number(at, item.quantity, (start, index))


def _value_of(
    figure: Record, at: int, numbers: Sequence[Number], taken: set[tuple[str, int]]
) -> tuple[str, int] | None:
    """The nearest free number that prints the figure's value, as such or below a stroke."""
    wanted = {_decimal(figure["value"]), *(_decimal(value) for value, _ in figure.get("value_unit_alt", ()))}
    wanted |= {_decimal(value) for value, _ in figure.get("alt", {}).get("value_unit", ())}
    quote = figure.get("quote")
    best: tuple[float, str, int] | None = None
    for index, number in enumerate(numbers):
        for role, value in (("value", number.quantity.value), ("plan", number.quantity.total)):
            if _decimal(value) not in wanted or (role, index) in taken:
                continue
            distance: float = abs(number.at - at) if quote or number.at >= at else UNQUOTED / 4 + at - number.at
            distance += 0.5 * (role == "plan")
            if best is None or distance < best[0]:
                best = (distance, role, index)
    limit = len(quote) + NEAR_QUOTE if quote else UNQUOTED
    return (best[1], best[2]) if best is not None and best[0] < limit else None


def _align_comparisons(
    text: str,
    figures: Sequence[Record],
    numbers: Sequence[Number],
    aligned: Alignment,
    taken: set[tuple[str, int]],
    places: Mapping[int, int],
) -> None:
    compared: set[int] = set()
    for index, figure in enumerate(figures):
        for position, comparison in enumerate(figure["comparisons"]):
            if comparison.get("implied"):
                continue
            free = [n for n in range(len(numbers)) if n not in compared and ("value", n) not in taken]
            found = _comparison_of(text, comparison, places[index], numbers, free)
            if found is not None:
                compared.add(found)
                aligned.labels.setdefault(numbers[found].place, Label()).comparison = (index, position)


def _comparison_of(
    text: str, comparison: Record, figure_at: int, numbers: Sequence[Number], free: Sequence[int]
) -> int | None:
    """The nearest free number of the comparison's size, by its quote where it has one."""
    sizes = {abs(_decimal(comparison[key]) or 0) for key in ("value", "value_max") if comparison.get(key) is not None}
    quoted_at = _quoted(text, comparison.get("quote"), figure_at)
    best: tuple[float, int] | None = None
    for index in free:
        at, quantity, _ = numbers[index]
        printed = (quantity.value, quantity.value_max)
        if not sizes & {abs(value.normalize()) for value in printed if value is not None}:
            continue
        distance = abs(at - quoted_at) if quoted_at is not None else _away(at, figure_at)
        if best is None or distance < best[0]:
            best = (distance, index)
    return best[1] if best is not None and best[0] < NEAR_FIGURE else None


def _quoted(text: str, quote: str | None, near: int) -> float | None:
    """The middle of a quote, the one from shortly before ``near`` on first; None where there is none."""
    if not quote:
        return None
    at = _find(text, quote, max(0, near - 150))
    return at + len(quote) / 2 if at >= 0 else None


def _find(text: str, quote: str, start: int) -> int:
    """Where a quote stands, from ``start`` on first and then anywhere, -1 for nowhere; "2 xã" is not within "92 xã"."""
    shape = re.compile(rf"(?<!\d)(?<!\d[.,]){re.escape(quote)}" if quote[0].isdigit() else re.escape(quote))
    found = shape.search(text, start) or shape.search(text)
    return found.start() if found else text.find(quote)


def _away(at: int, figure_at: int) -> float:
    """How far a number stands from a figure; before it counts as further than behind it."""
    return at - figure_at if at >= figure_at else (figure_at - at) * BEFORE


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value)).normalize()
