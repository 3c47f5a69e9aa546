"""Numbers that stand in order: dealt out, "A, B và C lần lượt là x, y và z", or each behind its words, "A 13, B 3".

In: the items of a sentence and a number in it. Out: the number's place in its row, and the names, or the periods, that
stand listed before the cue, one for each number; and which numbers without a unit are counts, as the list shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extractor.language.lexer.tokens import words_of
from extractor.language.reader.view import EMPTY, View

JOINTS = frozenset({",", ";", "-", "–", "/"})
DASHES = frozenset({"-", "–"})
MOST_TOLD = 2
"""Items from the verb behind a list to the verb of change: "có mức tăng"."""

BETWEEN = frozenset({"bound", "verb", "each", "status"})
"""Kinds of items that may stand between the numbers of a row."""


FEWEST_LISTED = 3
"""Counts that make a list."""

PARTERS = frozenset({",", ";"})
CLOSERS = frozenset({":", "(", ")", "."})
WORDED = frozenset({"word", "rate", "verb", "compare"})


def listed_counts(view: View) -> frozenset[int]:
    """Items that are counts for sure: whole numbers without a unit that close the parts of a list, each behind words.

    "Khai sinh 13, kết hôn 03, chứng thực 15": no part has the words of another (all 147 numbers of such lists are
    figures of the gold); names that a number goes with repeat theirs, "ấp Mỹ Hòa 2; ấp Mỹ Hòa 3".
    """
    counts: set[int] = set()
    run: list[tuple[int, int]] = []  # first item and number of each part so far
    first = 0
    for place in range(len(view.items) + 1):
        mark = view.items[place].value if place < len(view.items) else "."
        if mark not in PARTERS and mark not in CLOSERS:
            continue
        is_count = place - first > 1 and _is_bare_count(view, first, place - 1)
        if is_count:
            run.append((first, place - 1))
        if not is_count or mark in CLOSERS:
            counts |= _counts_of(view, run)
            run = []
        first = place + 1
    return frozenset(counts)


def _is_bare_count(view: View, first: int, last: int) -> bool:
    """Whether items are words and one whole number behind them that nothing else is written to."""
    q = view.items[last].quantity
    if q is None or q.unit or q.sign or q.decimals or q.total is not None or q.value_max is not None:
        return False
    return all(view.items[place].kind in WORDED and view.items[place].quantity is None for place in range(first, last))


def _counts_of(view: View, run: list[tuple[int, int]]) -> set[int]:
    """The numbers of a list, where it is long enough, no part repeats another and not all begin with one word.

    The first part may hold more than its own words: "tại các bệnh viện Nhi đồng 1, Nhi đồng 2, Quân y 175".
    """
    told = [f" {view.written(first, number)}" for first, number in run]
    begun = {view.words(first) for first, _ in run}
    is_again = len({*told}) < len(told) or any(told[0].endswith(other) for other in told[1:])
    is_list = len(run) >= FEWEST_LISTED and len(begun) > 1 and not is_again
    return {number for _, number in run} if is_list else set()


class Row(NamedTuple):
    """A number is the ``place``-th of ``of`` in a row; ``names`` are spans of items, ``periods`` items.

    ``grows``: whether a verb of change stands between the names and the numbers: "A và B tăng lần lượt 12% và 19%".
    """

    place: int
    of: int
    numbers: tuple[int, ...]
    names: tuple[tuple[int, int], ...]
    periods: tuple[int, ...]
    grows: bool = False

    @property
    def name(self) -> tuple[int, int] | None:
        """The name that is dealt to the number."""
        return self.names[self.place] if self.names else None


def row_at(view: View, index: int) -> Row | None:
    """The row that the number at ``index`` stands in, None where nothing is dealt out or it stands alone."""
    cue = next((p for p in range(index - 1, view.starts[index] - 1, -1) if view.items[p].kind == "each"), None)
    if cue is None:
        return None
    numbers = tuple(_numbers(view, cue))
    if index not in numbers or len(numbers) < 2:
        return None
    count = len(numbers)
    low = max((p + 1 for p in range(view.starts[index], cue) if view.items[p].quantity is not None), default=None)
    first = view.starts[index] if low is None else low
    periods = tuple(p for p in range(first, cue) if view.items[p].kind == "period")
    names = _names(view, first, cue, count)
    grows = bool(names) and _changes(view, names[-1][1], numbers[0])
    return Row(numbers.index(index), count, numbers, names, periods if len(periods) == count else (), grows)


def _changes(view: View, first: int, last: int) -> bool:
    """Whether a verb of change is among the items ``first:last``."""
    return any(item.kind == "verb" and item.value in ("up", "down") for item in view.items[first:last])


def _numbers(view: View, cue: int) -> Iterator[int]:
    """The numbers behind a cue, joined by commas, "và" and the verbs of change; a colon may open them."""
    is_open = False
    for place in range(cue + 1, len(view.items)):
        item = view.items[place]
        if item.quantity is not None:
            is_open = True
            yield place
        elif not is_open and (item.value == ":" or item.role & EMPTY):
            continue
        elif item.kind not in BETWEEN and item.value not in JOINTS and "link" not in item.role:
            return


def _names(view: View, low: int, high: int, count: int) -> tuple[tuple[int, int], ...]:
    """The listed names if there are as many as numbers, whatever parts them; else the last so many."""
    listed = [tuple(filter(None, _parts(view, low, high, separators))) for separators in _separators()]
    whole = (names for names in listed if len(names) == count and not _changes(view, names[0][0], names[-1][0]))
    found = next(whole, None)
    if found is None:
        first, *rest = next((names[-count:] for names in listed[1:] if len(names) > count), [(low, low)])
        found = (_behind_cues(view, *first), *rest) if rest else ()
    return (*found[:-1], _before_change(view, *found[-1], high)) if found else ()


def _behind_cues(view: View, first: int, last: int) -> tuple[int, int]:
    """The first name of a list without the clause that leads to it: "chỉ có nhân điều"."""
    cues = [place + 1 for place in range(first, last - 1) if view.items[place].kind in ("verb", "part", "cut")]
    return _trimmed(view, cues[-1] if cues else first, last) or (first, last)


def _before_change(view: View, first: int, last: int, high: int) -> tuple[int, int]:
    """The last name of a list without what is told of all: "Nhật Bản có mức tăng trưởng"."""
    verb = next((place for place in range(first + 1, last) if view.items[place].kind == "verb"), last)
    is_told = last - verb <= MOST_TOLD and _changes(view, verb, high)
    return (_trimmed(view, first, verb) if is_told else None) or (first, last)


@cache
def _separators() -> tuple[frozenset[str], ...]:
    """What may part the listed names, tried in this order."""
    joint = words_of("and")
    return frozenset({";"}), joint | {","}, joint | {",", ";"}, frozenset({","}), DASHES


def _parts(view: View, low: int, high: int, separators: frozenset[str]) -> Iterator[tuple[int, int] | None]:
    """What stands between the separators, without the cues at its edges."""
    first = low
    for place in range(low, high + 1):
        if place == high or view.items[place].value in separators:
            yield _trimmed(view, first, place)
            first = place + 1


def _trimmed(view: View, first: int, last: int) -> tuple[int, int] | None:
    colons = [place + 1 for place in range(first, last) if view.items[place].value == ":"]
    low = colons[-1] if colons else first
    opening = next((place for place in range(low, last) if view.opens_name(place)), last)
    closing = next((place for place in range(last - 1, opening, -1) if view.names_something(place)), opening)
    return (opening, closing + 1) if any(map(view.names_something, range(opening, closing + 1))) else None
