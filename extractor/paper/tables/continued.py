"""What a page's end cuts of a table: the rest of a name, or rows too few to be a table of their own.

In: the table that ends a page, the one with the same columns that opens the next, and the lines above that. Out: the
lines that are no rest, and the rows that open a page; the rest itself goes into the cut cell, with the sheet that it
stands on. The hard idea: a rest looks like the name of a group. A name that is cut filled its line, so that the next
word would no longer have fitted, and goes on in the same letters; the name of a group follows one that had room left,
or is set otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from extractor.paper.layout.lines import RECOGNISED, Line, find_lines
from extractor.paper.pdf.glyph_widths import measure
from extractor.paper.pdf.page_model import Run, Sheet
from extractor.paper.tables.ruled import Grid, GridEntry
from extractor.paper.tables.wrapped import BrokenLine, Part, break_lines, clusters_of

NEAR = 6.0  # points by which columns may lie apart on two pages
RESTS = 4  # lines of a cut name at most
REST_ROWS = 20  # lines of rows that are too few for a table
ROOM = 1.5  # points that a line may be longer than the longest of its column


def same_columns(above: Grid, below: Grid) -> bool:
    """Whether a table at the top of a page has the columns of the one that ended the page before.

    Their walls lie alike; without rulings walls move with what stands beside them, so where no header says otherwise
    it is enough that each column is set alike: flush left, flush right or in the middle.
    """
    if len(above.walls) != len(below.walls):
        return False
    shift = above.walls[0] - below.walls[0]
    if all(abs(x - (y + shift)) < NEAR for x, y in zip(above.walls, below.walls, strict=True)):
        return True
    return not any(entry.header for entry in below.entries) and all(
        _is_set_alike(_stretch(above, column), _stretch(below, column)) for column in range(len(above.walls) - 1)
    )


def _stretch(grid: Grid, column: int) -> tuple[float, float] | None:
    """From where to where the cells of a column reach below the header; None for one without any."""
    held = [
        line for entry in grid.entries if entry.column == column and not entry.header and entry.columns == 1
        for line in entry.lines
    ]  # fmt: skip
    return (min(line.x0 for line in held), max(line.x1 for line in held)) if held else None


def _is_set_alike(above: tuple[float, float] | None, below: tuple[float, float] | None) -> bool:
    """Whether two stretches have an edge or their middle in common."""
    if above is None or below is None:
        return True
    left, right = above[0] - below[0], above[1] - below[1]
    return min(abs(left), abs(right), abs(left + right) / 2) < NEAR


def rows_going_on(above: Grid, sheet: Sheet, lines: Sequence[Line]) -> Grid | None:
    """The rows with which ``lines`` go on with the table that ended the page before; None where they do not.

    Each of their parts stands in one of its columns, down to the last line of numbers.
    """
    rows = _rows_fitting(above.walls, break_lines(lines[:REST_ROWS]))
    if not rows or any(sum(line.is_numbered for line in row) > 1 for row in rows):
        return None
    entries = [entry for number, row in enumerate(rows) for entry in _entries(above.walls, number, row)]
    held = [line.line for row in rows for line in row]
    top, bottom = min(line.top for line in held), max(line.bottom for line in held)
    return Grid(sheet, above.walls[0], top, above.walls[-1], bottom, above.walls, entries, len(rows))


def _rows_fitting(walls: Sequence[float], broken: Sequence[BrokenLine]) -> list[list[BrokenLine]]:
    """The first lines whose parts each stand in a column, down to the last row with numbers, by rows."""
    fitting = [*takewhile(lambda line: all(_column(walls, part) is not None for part in line.parts), broken)]
    rows = [[fitting[at] for at in cluster] for cluster in clusters_of(fitting)]
    last = max((n for n, row in enumerate(rows) if any(line.is_numbered for line in row)), default=-1)
    return rows[: last + 1]


def _entries(walls: Sequence[float], number: int, row: Sequence[BrokenLine]) -> Iterator[GridEntry]:
    """The cells of a row, one a column."""
    held: dict[int, list[Run]] = {column: [] for column in range(len(walls) - 1)}
    for part in (part for line in row for part in line.parts):
        held[_column(walls, part) or 0] += part.runs
    return (GridEntry(number, column, 1, 1, find_lines(runs)) for column, runs in held.items())


def _column(walls: Sequence[float], part: Part) -> int | None:
    """The column in which a part stands wholly."""
    return next((n for n, (a, b) in enumerate(pairwise(walls)) if a - NEAR <= part.x0 and part.x1 <= b + NEAR), None)


def join_cut_row(above: Grid, below: Grid, lines: Sequence[Line]) -> list[Line]:
    """Gives the last row of ``above`` the rest of its name, from ``lines`` over ``below`` or its first row.

    Lines over a table without a header that are no rest are its first row.
    """
    loose = [line for line in lines if line.baseline < below.top]
    if not loose:
        _take_first_row(above, below)
    elif len(loose) <= RESTS and (_goes_on(above, below, loose) or _open_with(above, below, loose)):
        return [line for line in lines if line not in loose]
    return list(lines)


def rest_alone(above: Grid, sheet: Sheet, lines: Sequence[Line]) -> list[Line]:
    """The lines that open a page with nothing but the rest of the last name of ``above``, which they are given to."""
    broken = break_lines(lines[: RESTS + 1])
    first = next(iter(clusters_of(broken)), [])
    rest = [lines[at] for at in first if all(_column(above.walls, part) is not None for part in broken[at].parts)]
    if not rest or len(rest) > RESTS or not rest[0].text[:1].islower():
        return []
    none = Grid(sheet, above.walls[0], rest[0].top, above.walls[-1], rest[-1].bottom, above.walls, [], 0)
    return rest if _goes_on(above, none, rest) else []


def _goes_on(above: Grid, below: Grid, rest: list[Line]) -> bool:
    """Gives the last row of ``above`` the ``rest`` of its name; whether it has one."""
    cut = _cut_entry(above, below, rest)
    if cut is not None:
        cut.over.append((below.sheet, rest))
    return cut is not None


def _take_first_row(above: Grid, below: Grid) -> None:
    """Takes the first row of ``below`` away where it is the rest of a name in ``above``."""
    first = [entry for entry in below.entries if entry.row == 0 and entry.lines]
    if len(first) != 1 or first[0].rows != 1 or first[0].header or not _goes_on(above, below, first[0].lines):
        return
    below.entries = [entry for entry in below.entries if entry.row]
    for entry in below.entries:
        entry.row -= 1
    below.rows -= 1


def _cut_entry(above: Grid, below: Grid, rest: Sequence[Line]) -> GridEntry | None:
    """The cell of the last row that ``rest`` goes on with; None where its name is whole."""
    shift = above.walls[0] - below.walls[0]
    start, end = min(line.x0 for line in rest) + shift, max(line.x1 for line in rest) + shift
    last = [entry for entry in above.entries if entry.row + entry.rows == above.rows and entry.lines]
    for entry in last:
        left, right = above.walls[entry.column], above.walls[entry.column + entry.columns]
        if not (left <= start and end <= right) or entry.header or len(last) == 1:
            continue
        cut, (first, *_) = entry.lines[-1], rest
        own = [*_ends(above, entry.column, 0.0), *_ends(below, entry.column, shift), end]
        fits = cut.x1 + _width(f" {first.text.split(maxsplit=1)[0]}", first) <= max(own) + ROOM
        return entry if first.all_bold == cut.all_bold and not fits else None
    return None


def _open_with(above: Grid, below: Grid, loose: list[Line]) -> bool:
    """Makes lines over a table without a header its first row, where they stand in one column; whether it did.

    On a picture widths are rough, so they may be the rest of the name above after all: it is doubted.
    """
    start, end = min(line.x0 for line in loose), max(line.x1 for line in loose)
    column = next((n for n, (a, b) in enumerate(pairwise(below.walls)) if a <= start and end <= b), None)
    if column is None or any(entry.header for entry in below.entries):
        return False
    for entry in below.entries:
        entry.row += 1
    below.entries.insert(0, GridEntry(0, column, 1, 1, loose))
    below.rows, below.top = below.rows + 1, min(line.top for line in loose)
    for entry in above.entries:
        if entry.row + entry.rows == above.rows and entry.column == column:
            entry.unsure = any(run.font == RECOGNISED for line in loose for run in line.runs)
    return True


def _ends(grid: Grid, column: int, shift: float) -> list[float]:
    """Where the lines of a column end."""
    held = (entry for entry in grid.entries if entry.column == column and entry.columns == 1)
    return [line.x1 + shift for entry in held for line in entry.lines]


def _width(words: str, line: Line) -> float:
    """How wide ``words`` are in the letters of ``line``."""
    return (line.x1 - line.x0) * measure(words) / (measure(line.text) or 1)
