"""Tables without rulings: columns are seen by what stands under what.

In: the lines of a page that lie in no ruled table. Out: ``Grid``s and the remaining lines. The hard idea: three or
more lines that break at the same places, into three or more short parts, are rows; white space that runs down between
them parts the columns; a line with words in the first columns only goes on with the row above or is a group row.
Prose has no such breaks, and two columns are letterhead or signature, not a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from extractor.paper.layout.lines import Line, find_lines
from extractor.paper.pdf.page_model import Run, Sheet
from extractor.paper.tables.headers import VALUE
from extractor.paper.tables.ruled import Grid, GridEntry, mark_headers
from extractor.paper.tables.wrapped import GROUP_LABEL, Part, break_lines, find_columns, find_wrapped_grids

ROWS = 3  # lines that must break alike
PARTS = 3  # parts that a row must have
REACH = 2.6  # in sizes: lines further apart are not of one table


@dataclass(slots=True)
class _Row:
    """The runs of a table row by their columns; a group row's one cell reaches from ``wide_from`` to the right."""

    wide_from: int | None = None
    held: dict[int, list[Run]] = field(default_factory=dict)


def find_aligned_grids(
    sheet: Sheet, lines: Sequence[Line], turned: Sequence[Line] = ()
) -> tuple[list[Grid], list[Line]]:
    """The tables among ``lines``, from top to bottom, and the lines of none; ``turned`` ones may head columns."""
    broken = break_lines(lines)
    grids, taken = find_wrapped_grids(sheet, broken, turned)
    parts = [line.parts for line in broken]
    index = 0
    while index < len(lines):
        if index in taken:
            index += 1
            continue
        last = _last_row(lines, parts, index)
        if last is None:
            index += 1
            continue
        first = _first_row(lines, parts, index)
        grid = _build(sheet, lines[first : last + 1], parts[first : last + 1])
        if grid:
            grids.append(grid)
            taken.update(range(first, last + 1))
        index = last + 1
    return sorted(grids, key=lambda grid: grid.top), [line for i, line in enumerate(lines) if i not in taken]


def _is_row(parts: Sequence[Part]) -> bool:
    """Whether a line has the shape of a table row: short parts, numbers among them."""
    if len(parts) < PARTS:
        return False
    values = sum(VALUE.fullmatch(part.text) is not None for part in parts[1:])
    return values >= 1 and values * 2 >= len(parts) - 2


def _last_row(lines: Sequence[Line], parts: Sequence[list[Part]], index: int) -> int | None:
    """The index of the last row of the table whose first row is at ``index``; None where none begins there."""
    if not _is_row(parts[index]):
        return None
    rows, last, between = 1, index, 0
    for i in range(index + 1, len(lines)):
        if lines[i].baseline - lines[i - 1].baseline > REACH * max(lines[i].size, lines[i - 1].size):
            break
        if (
            _is_row(parts[i])
            and _bands([parts[index], *[p for p in parts[index + 1 : i + 1] if _is_row(p)]]) is not None
        ):
            rows, last, between = rows + 1, i, 0
        else:
            between += 1
            if between > 2:
                break
    return last if rows >= ROWS else None


def _bands(rows: Sequence[Sequence[Part]]) -> list[tuple[float, float]] | None:
    """The columns that ``rows`` share, or None where fewer than three are left."""
    bands = find_columns([part for row in rows for part in row])
    return bands if len(bands) >= PARTS else None


def _first_row(lines: Sequence[Line], parts: Sequence[list[Part]], index: int) -> int:
    """The index of the header's first line: up to five broken lines right above the first row, a group row among them.

    A group row may be a single part; then the line above it is the header's.
    """
    first = index
    while first > max(index - 5, 0):
        above = lines[first - 1]
        if lines[first].baseline - above.baseline > REACH * above.size:
            break
        if len(parts[first - 1]) < PARTS - 1:
            headed = (
                first > 1
                and len(parts[first - 2]) >= PARTS
                and above.baseline - lines[first - 2].baseline <= (REACH * above.size)
            )
            if first != index or not headed:
                break
        first -= 1
    return first


def _build(sheet: Sheet, lines: Sequence[Line], parts: Sequence[list[Part]]) -> Grid | None:
    bands = _bands([p for p in parts if _is_row(p)])
    if bands is None:
        return None
    walls = [bands[0][0] - 2, *[(a[1] + b[0]) / 2 for a, b in pairwise(bands)], bands[-1][1] + 2]
    rows = _rows(walls, lines, parts)
    entries = [entry for number, row in enumerate(rows) for entry in _entries(number, row, len(bands))]
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    grid = Grid(sheet, walls[0], top, walls[-1], bottom, walls, entries, len(rows))
    mark_headers(grid)
    return grid


def _rows(walls: Sequence[float], lines: Sequence[Line], parts: Sequence[list[Part]]) -> list[_Row]:
    """The lines as rows: one with values opens a row, so does a group's name; any other goes on with the row above."""
    first = next(i for i, p in enumerate(parts) if _is_row(p))
    rows = [_Row()]
    for index, (line, broken) in enumerate(zip(lines, parts, strict=True)):
        if index and _is_row(broken):
            rows.append(_Row())
        elif index and (_is_group(walls, broken) if index < first else not _continues(lines[index - 1], line, broken)):
            rows.append(_Row(_column(walls, broken[0])))
        row = rows[-1]
        for part in broken:
            column = _column(walls, part) if row.wide_from is None else row.wide_from
            row.held.setdefault(column, []).extend(part.runs)
    return rows


def _entries(number: int, row: _Row, columns: int) -> Iterator[GridEntry]:
    """The cells of a row from left to right."""
    last = columns - 1 if row.wide_from is None else row.wide_from
    for column in range(last + 1):
        wide = columns - last if column == last else 1
        yield GridEntry(number, column, 1, wide, find_lines(row.held.get(column, ())))


def _is_group(walls: Sequence[float], broken: Sequence[Part]) -> bool:
    """Whether a line between header and first row names a group: its words stand in the first columns alone."""
    words = broken[0].text
    opens = GROUP_LABEL.fullmatch(words) if len(broken) == 2 else len(broken) == 1 and words[:1].isupper()
    return bool(opens) and broken[-1].x0 < walls[2]


def _column(walls: Sequence[float], part: Part) -> int:
    middle = (part.x0 + part.x1) / 2
    return next((i for i in range(len(walls) - 2) if middle < walls[i + 1]), len(walls) - 2)


def _continues(before: Line, line: Line, broken: Sequence[Part]) -> bool:
    """Whether a line without values goes on with the row above: it begins in lower case, or is not set apart."""
    opening = line.text[:1]
    if opening.islower() or opening in "(,;":
        return True
    return (
        len(broken) > 1
        and line.bold == before.bold
        and line.baseline - before.baseline < 1.35 * line.size
        and not (regex.match(r"[\dIVX]+[.)]?\s", line.text))
    )
