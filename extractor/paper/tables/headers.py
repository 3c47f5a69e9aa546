"""Which rows of a table are its header, where the file does not say.

In: cells that know row, column, spans and text, from whatever format. Out: the number of header rows. The hard idea: a
header goes on only under a cell that spans columns or rows, so the group row right below it (``I | KINH TẾ``) is none;
a row that numbers the columns closes it. What the words of a header mean is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Protocol

import regex

from extractor.domain.letters import ONE_CAPITAL
from extractor.domain.unit import measures
from extractor.paper.structure.flow import GridCell

NUMBERED = 2  # columns of which no row is one that numbers them
VALUE = regex.compile(r"[-+(]?\s*\d[\d.,\s]*%?\)?(?:\s*(?:\(\d{1,2}\)|\*{1,3}))?|[-–—…xX]|[._]{2,}")
"""A number, with the mark of a note or without, or what stands for none, as recognition spells it too."""
_BRACKETED = regex.compile(r"\((?:[^()]*\p{L}[^()]*|[%‰])\)")
_MEASURED = regex.compile(r"\d[\d.,]*\s*[\p{L}%]")
_AMOUNT = regex.compile(r"\d+[.,]\d")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_COLUMN_LABEL = regex.compile(rf"\(?(?:\d{{1,2}}|[{ONE_CAPITAL}])\)?(?:\s*=\s*[\d()/x*+:,\s%-]+)?")


class Worded(Protocol):
    """What has words, as a cell or a part of a line."""

    @property
    def text(self) -> str:
        """Its words on one line."""


class Celled(Worded, Protocol):
    """A cell of any reader's table."""

    @property
    def row(self) -> int:
        """Counted from 0."""

    @property
    def rows(self) -> int:
        """How many rows it spans."""

    @property
    def columns(self) -> int:
        """How many columns it spans."""


def count_header_rows(cells: Sequence[Celled]) -> int:
    """The rows above the first row with values, the row that numbers the columns included."""
    rows: dict[int, list[Celled]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    first = 0
    spread = not _begin_alike(rows)
    for row in range(max(rows, default=-1) + 1):
        filled = [cell for cell in rows.get(row, []) if cell.text]
        if _numbers(filled):
            return row + 1
        if first == row > 0 and _tells_units(filled):
            first, spread = row + 1, False
            continue
        if first > row:  # under a cell that spans rows
            spread = any(cell.columns > 1 for cell in filled)
            continue
        if not spread or not (_names_columns(filled) or (row == 0 and _is_caption(filled))):
            break
        spread = any(cell.columns > 1 for cell in filled)
        first = row + max(cell.rows for cell in filled)
    return first


def _begin_alike(rows: Mapping[int, Sequence[Celled]]) -> bool:
    """Whether from the first row on all cells beside the names are amounts with units: "123,4 tỷ đồng", "3,4%"."""
    beside = [[cell.text for cell in row[1:] if cell.text] for row in rows.values()]
    return (
        len(rows) > 1
        and bool(beside[0])
        and any(map(_AMOUNT.match, beside[0]))
        and all(all(map(_MEASURED.match, cells)) for cells in beside)
    )


def _names_columns(filled: Sequence[Celled]) -> bool:
    """Whether a row has words or years over its columns, and values in none."""
    is_valued = any(VALUE.fullmatch(cell.text) for cell in filled[1:])
    return len(filled) > 1 and (not is_valued or heads_with_years([cell.text for cell in filled]))


def _tells_units(filled: Sequence[Celled]) -> bool:
    """Whether a row only says what the columns above are told in: "(ha)", "(tạ/ha)", or "Tấn", "Nghìn USD".

    A unit that stands alone is that of all rows below it.
    """
    measured = [measures(cell.text) for cell in filled]
    return len(filled) > 1 and (all(measured) or all(_BRACKETED.fullmatch(cell.text) for cell in filled))


def _is_caption(filled: Sequence[Celled]) -> bool:
    """Whether one cell reaches over the columns and nothing stands beside it."""
    return len(filled) == 1 and filled[0].columns > 1


def with_header(cells: Iterable[GridCell]) -> tuple[GridCell, ...]:
    """The cells of a table, those of the header flagged; what the file flags itself stands.

    Heads that were not merged with the blanks beside and below them reach over them.
    """
    given = _reaching_heads(tuple(cells))
    flagged = [cell.row + cell.rows for cell in given if cell.header]
    first = max(flagged) if flagged else count_header_rows(given)
    return tuple(replace(cell, header=cell.row < first) for cell in given)


def _reaching_heads(given: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
    """The cells, where the first two rows are a head over heads: the upper ones reach as far as blanks stand for them.

    That is so where the second row begins with a blank and names what is below blanks and the heads before them:
    ``Hộ nghèo | (blank)`` over ``Số hộ | Tỷ lệ (%)``.
    """
    upper, lower = _filled(given, 0), _filled(given, 1)
    blank = set(range(1 + max((cell.column for cell in given), default=0))) - set(upper) - {0}
    if not (upper and blank) or not _hang_below(lower, blank) or not all(map(_is_alone, upper.values())):
        return given
    heads = {column: replace(cell, rows=1 if column in lower else 2) for column, cell in upper.items()}
    for column in sorted(blank):
        last = max(filter(column.__gt__, heads))
        heads[last] = replace(heads[last], columns=heads[last].columns + 1)
    return (*heads.values(), *lower.values(), *(cell for cell in given if cell.row > 1))


def _filled(cells: Iterable[GridCell], row: int) -> dict[int, GridCell]:
    """The cells of a row that have words, by their column."""
    return {cell.column: cell for cell in cells if cell.row == row and cell.text}


def _is_alone(cell: GridCell) -> bool:
    """Whether a cell reaches over no other."""
    return cell.rows == cell.columns == 1


def _hang_below(lower: Mapping[int, GridCell], blank: Set[int]) -> bool:
    """Whether the heads of a second row stand below blanks and the heads before them, and are words."""
    are_words = all(_is_alone(cell) and not VALUE.fullmatch(cell.text) for cell in lower.values())
    return are_words and 0 not in lower and blank <= lower.keys() and all(column - 1 in lower for column in blank)


def heads_with_years(words: Sequence[str]) -> bool:
    """Whether all numbers of a row are years, in their order or the other way: the columns of a yearbook.

    The same years may stand under several heads.

    >>> heads_with_years(["2019", "2020", "2021", "Sơ bộ 2022"]), heads_with_years(["Lúa", "2019", "2.018"])
    (True, False)
    >>> heads_with_years(["", "2021", "2022", "2021", "2022"])
    True
    """
    numbers = [word for word in words if VALUE.fullmatch(word) and word[-1:].isdigit()]
    rising = sorted(set(numbers))
    times = len(numbers) // max(len(rising), 1)
    return bool(numbers) and all(map(_YEAR.fullmatch, numbers)) and numbers in (rising * times, rising[::-1] * times)


def numbers_most(words: Sequence[str]) -> bool:
    """Whether a row numbers the columns as far as recognition lets it be told: the rest of it is no word.

    >>> numbers_most(["A", "B", "(1)", "(2)", "(3)", "4)=@)/ (1)", "(@5)=@)/ŒØ)"]), numbers_most(["Thu", "1", "2", "3"])
    (True, False)
    >>> numbers_most(["(1 )", "(2)", "(3)=(2) /(1)"])
    True
    """
    labels = [bare for word in words if _COLUMN_LABEL.fullmatch(bare := "".join(word.split()))]
    numbers = [int(found[0]) for word in labels if (found := regex.search(r"^\(?\K\d+", word))]
    is_rising = numbers[:1] == [1] and numbers == sorted(set(numbers))
    spelt = any(regex.search(r"\p{Ll}{2}", word) for word in words)
    is_most = len(words) > NUMBERED and len(numbers) > 1 and len(labels) * 2 > len(words)
    return is_most and numbers[-1] <= len(words) and is_rising and not spelt


def _numbers(cells: Sequence[Worded]) -> bool:
    """Whether a row numbers the columns, as written or as recognition spells it."""
    return numbers_columns(cells) or numbers_most([cell.text for cell in cells])


def numbers_columns(cells: Sequence[Worded]) -> bool:
    """Whether a row numbers the columns: A, B, 1, 2, 3 or (1), (2), (3)=(2)/(1)."""
    if len(cells) <= NUMBERED or not all(_COLUMN_LABEL.fullmatch(cell.text) for cell in cells):
        return False
    numbers = [int(found.group()) for cell in cells if (found := regex.match(r"\d+", cell.text.lstrip("(")))]
    return numbers == sorted(set(numbers)) and (not numbers or (numbers[0] == 1 and numbers[-1] == len(numbers)))
