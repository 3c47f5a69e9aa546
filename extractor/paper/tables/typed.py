"""Tables typed as text: cells parted by tabs or by runs of spaces.

In: lines of text. Out: where such a table stands among them, and its cells. The hard idea: prose has no lines that all
break into the same number of short parts with numbers among them. A line with fewer parts may name the group of the
rows below it; where parts are missing from a row of numbers, only tabs tell whose they are, and without them nothing
is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.paper.tables.headers import VALUE
from extractor.paper.tables.markdown import RawCell

ROWS = 3  # lines that must break alike, the header among them
PARTS = 3  # parts that a row must have
LONGEST = 120  # letters of a part
STARTS = 4  # lines above a table that may look like its rows
_TABS = re.compile(r"\t+")
_SPACES = re.compile(r"\t+|\s{2,}")
_TAB = re.compile(r"\t")


def find_typed(lines: Sequence[str]) -> Iterator[tuple[int, int, list[RawCell]]]:
    r"""Each typed table among the lines: where it begins, where it ends, and its cells.

    >>> lines = ["Kết quả như sau:", "TT\tXã\tSố hộ", "1\tAn Lạc\t118", "2\tBình Minh\t96"]
    >>> [(begin, end, cells[-1].text) for begin, end, cells in find_typed(lines)]
    [(1, 4, '96')]
    """
    at = 0
    while at < len(lines):
        end = _reach(lines, at)
        starts = range(at, min(at + STARTS, end - ROWS + 1))
        begin, table = next(((n, cells) for n in starts if (cells := _cells(lines[n:end]))), (at, None))
        if table:
            yield begin, end, table
        at = max(end, at + 1)


def _reach(lines: Sequence[str], first: int) -> int:
    """Where lines end that may be one table: those of several short parts, and a group's name between them."""
    end = first
    for at in range(first, len(lines)):
        parts = _parts(lines[at], _SPACES)
        if any(len(part) > LONGEST for part in parts):
            break
        if len(parts) >= PARTS or (end == at > first and len(parts) == PARTS - 1 and VALUE.fullmatch(parts[-1])):
            end = at + 1
        elif at != end or at == first or len(parts) != PARTS - 1:
            break
    return end


def _cells(lines: Sequence[str]) -> list[RawCell] | None:
    """The cells of the lines, where one way of breaking them makes as many parts in each row as in the first."""
    for shape in (_TAB, _TABS, _SPACES):
        rows = [_parts(line, shape) for line in lines]
        if _is_table(rows, may_lack=shape is _TAB):
            return [
                RawCell(n, column, text.strip())
                for n, row in enumerate(rows)
                for column, text in enumerate([*row, *[""] * (len(rows[0]) - len(row))])
            ]
    return None


def _parts(line: str, shape: re.Pattern[str]) -> list[str]:
    return shape.split(line.rstrip() if shape is _TAB else line.strip())


def _is_table(rows: Sequence[Sequence[str]], *, may_lack: bool) -> bool:
    """Whether rows have the parts of the first one, or one or two that name a group; some of them hold numbers.

    ``may_lack`` tells that each part knows its column, so that those at the end may be missing.
    """
    wide = len(rows[0])
    valued = [any(VALUE.fullmatch(part.strip()) for part in row[1:]) for row in rows]
    fits = all(len(row) == wide or (len(row) < wide and (may_lack or (not value and len(row) < PARTS)))
               for row, value in zip(rows, valued, strict=True))  # fmt: skip
    return fits and wide >= PARTS and sum(valued[1:]) * 2 > len(rows) - 1 and not _is_numbered(rows[0])


def _is_numbered(row: Sequence[str]) -> bool:
    """Whether a row has amounts, which a header does not."""
    return any(re.fullmatch(r"\d[\d.]*[.,]\d+", part.strip()) for part in row[1:])
