"""Tables that are laid out otherwise: a list set in halves beside each other, times down the side.

In: a table, its text, where its body begins. Out: the table as one list; the time and status that a row's name gives.
The hard idea: nobody says so. Columns whose heads are said again from left to right are one list that was folded to
save paper, and it goes on at the top of its next fold; rows whose names all say nothing but when are times, and their
columns name what is measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

import regex

from extractor.domain.document import Cell, Table
from extractor.domain.figure import Status
from extractor.domain.folding import fold
from extractor.domain.letters import ONE_CAPITAL
from extractor.language.table_headers import label_in, rest_of, status_of, words_for

FOLDS = 4  # at most
ALIKE = 0.85  # of their letters: two heads that recognition may have read from one


class Head(NamedTuple):
    """What stands above a column, and whether what stands below counts the rows, names them or spans several."""

    words: tuple[str, ...]
    counts: bool
    names: bool
    spans: bool


_COUNT = regex.compile(r"(\d{1,3})[.)]?")
_GROUP = regex.compile(rf"(?:[IVXLC]{{1,5}}|[{ONE_CAPITAL}])[.)]?")


def unfolded(table: Table, text: str, body: int) -> Table:
    """The table with what stands in its later folds below the first; itself where its heads are not said again."""
    filled = {n for c in table.cells if text[c.start : c.end].strip() for n in range(c.column, c.column + c.columns)}
    heads = [(n, _head(table, text, n, body)) for n in sorted(filled)]
    folds = next((k for k in range(FOLDS, 1, -1) if _says_again(heads, k)), 1)
    if folds == 1:
        return table
    wide, high = len(heads) // folds, max((c.row + c.rows for c in table.cells), default=body) - body
    place = {n: divmod(at, wide) for at, (n, _) in enumerate(heads)}
    moved = sorted(_moved(table.cells, place, body, high), key=lambda cell: (cell.row, cell.column))
    return replace(table, cells=tuple(moved))


def _moved(cells: Sequence[Cell], place: dict[int, tuple[int, int]], body: int, high: int) -> Iterator[Cell]:
    """The cells of the first fold, and those of the others below them; a head is kept once."""
    for cell in cells:
        fold, column = place.get(cell.column, (0, 0))
        if cell.column not in place or (cell.row < body and fold):
            continue
        reach = sum(place.get(n, (-1, 0))[0] == fold for n in range(cell.column, cell.column + cell.columns))
        row = cell.row if cell.row < body else cell.row + fold * high
        yield replace(cell, row=row, column=column, columns=max(reach, 1))


def _is_said_again(head: Head, other: Head) -> bool:
    """Whether two columns have one head, or both name rows and may say of which list: "Nội dung thu", "Nội dung chi".

    A name of several rows groups those beside it instead.
    """
    named = head.names and other.names and not any(map(str.isdigit, "".join([*head.words, *other.words])))
    return _is_same(head, other) or (named and not (head.spans or other.spans))


def _is_same(head: Head, other: Head) -> bool:
    """Whether two columns have one head, as far as recognition lets it be told; where both count rows, they do."""
    if head.counts or other.counts:
        return head.counts and other.counts
    words, others = fold(" ".join(head.words)), fold(" ".join(other.words))
    alike = SequenceMatcher(None, words, others).ratio()
    return alike > ALIKE and regex.findall(r"\d+", words) == regex.findall(r"\d+", others)


def _head(table: Table, text: str, column: int, body: int) -> Head:
    """What stands above a column, from the top down, and what kind of cells below."""
    own = sorted((c for c in table.cells if c.column <= column < c.column + c.columns), key=lambda c: c.row)
    below = [words for c in own if c.row >= body and (words := text[c.start : c.end].strip())]
    names = sum(any(map(str.isalpha, words)) for words in below) * 2 > len(below)
    spans = any(c.rows > 1 for c in own if c.row >= body)
    return Head(tuple(text[c.start : c.end].strip() for c in own if c.row < body), counts_rows(below), names, spans)


def _says_again(heads: Sequence[tuple[int, Head]], folds: int) -> bool:
    """Whether the heads of the columns are the same ones over and over, two different ones at least."""
    wide, rest = divmod(len(heads), folds)
    if rest or wide < 2:
        return False
    first = [head for _, head in heads[:wide]]
    if any(_is_same(a, b) for a, b in pairwise(first)) or len({head.names for head in first}) < 2:
        return False
    return all(_is_said_again(head, first[at % wide]) for at, (_, head) in enumerate(heads))


def counts_rows(words: Sequence[str]) -> bool:
    """Whether a column numbers its rows: 1, 2, 3, from 1 again below a group, from any number on another page.

    One in four may be misread; what marks a group between them is none of them.

    >>> counts_rows(["1", "2", "3"]), counts_rows(["1", "2", "1", "2", "3"]), counts_rows(["3", "1", "7"])
    (True, True, False)
    >>> counts_rows(["5", "6", "?", "8"]), counts_rows(["1", "1", "1"]), counts_rows(["I", "1", "2", "II", "1"])
    (True, False, True)
    """
    words = [each for each in words if not _GROUP.fullmatch(each)]
    numbers = [(at, int(found[1])) for at, each in enumerate(words) if (found := _COUNT.fullmatch(each))]
    steps = [(d - b, d - b == c - a, d == 1) for (a, b), (c, d) in pairwise(numbers)]
    is_filled = len(numbers) > 2 and len(numbers) * 4 >= len(words) * 3
    return (
        is_filled and any(step for step, _, _ in steps) and all(goes_on or restarts for _, goes_on, restarts in steps)
    )


def time_of_row(header: str, name: str, period: str | None) -> tuple[str, Status | None] | None:
    """The time that the name of a row is, and its status; None where it says anything else.

    >>> time_of_row("Thời gian", "Ước năm 2023", "2023")[0], time_of_row("Quý", "II", "2023")[0]
    ('2023', '2023-Q2')
    >>> time_of_row("Chỉ tiêu", "Thu năm 2023", "2023"), time_of_row("Năm", "2019", "2023")[0]
    (None, '2019')
    """
    headed = bool(header.strip()) and not any(map(str.isalpha, words_for("filler").sub("", header)))
    for words in (name, f"{header} {name}") if headed else (name,):
        label, _ = label_in([words], period)
        status = status_of(words)
        if label is not None and (status is not None or not rest_of(words, period)):
            return label, status
    return None
