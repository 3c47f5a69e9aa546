"""Tables with rulings: the rules of a page become a grid, the grid's cells take the ink inside them.

In: one sheet. Out: ``Grid``s and the runs that lie in none. The hard idea: merged cells are walls that are missing.
Rulings that touch make one table; their positions make rows and columns; two neighbours without a wall between them
are one cell, so a group row or a two-line header comes out with its span and nothing is guessed. A frame of one cell,
and two rules that cross nothing, are no table. What a cell means (header, unit, index) is asked in ``mark_headers``
only as far as the ink shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

from extractor.paper.layout.lines import Line, find_lines
from extractor.paper.layout.turned_lines import find_turned_lines
from extractor.paper.pdf.page_model import Rule, Run, Sheet
from extractor.paper.tables.headers import count_header_rows

TOUCH = 3.0  # points by which rules that meet may miss each other
CLOSE = 4.0  # points: rules closer than this are one wall (double rules, rules drawn cell by cell)
OPEN = 8.0  # points beyond the last wall that are a column of their own
COVERED = 0.6  # the share of a cell's side that a rule must cover to be its wall
PAIRS = 2_000_000  # of rules to hold against each other; beyond this a page is a drawing


@dataclass(slots=True)
class GridEntry:
    """A cell and the lines in it."""

    row: int
    column: int
    rows: int
    columns: int
    lines: list[Line] = field(default_factory=list)
    header: bool = False
    over: list[tuple[Sheet, list[Line]]] = field(default_factory=list)
    """What stands of it on the next page."""
    unsure: bool = False  # a head that does not stand over its column alone, a name that a page may have cut

    @property
    def text(self) -> str:
        """The cell's words on one line."""
        out = ""
        for index, line in enumerate(self.lines):
            out += line.text if not index or self.lines[index - 1].glued else " " + line.text
        return out


@dataclass(slots=True)
class Grid:
    """A table on one page: where it lies, where its columns part, its cells row by row."""

    sheet: Sheet
    x0: float
    top: float
    x1: float
    bottom: float
    walls: list[float]
    entries: list[GridEntry]
    rows: int = 0

    def holds(self, run: Run) -> bool:
        """Whether the middle of a run lies in the table."""
        x, y = (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(slots=True)
class Frame:
    """Rules that cross: where they part columns (``xs``) and rows (``ys``), and the cells between them."""

    xs: list[float]
    ys: list[float]
    across: list[Rule]
    down: list[Rule]

    def cells(self) -> tuple[list[GridEntry], dict[tuple[int, int], int]]:
        """The cells, and for each (row, column) the index of the cell that holds it."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        walls = {(r, c) for c, r in _walls(self.down, self.xs, self.ys)}
        floors = _walls(self.across, self.ys, self.xs)
        owner: dict[tuple[int, int], int] = {}
        entries: list[GridEntry] = []
        for r, c in product(range(rows), range(columns)):
            if (r, c) in owner:
                continue
            ends = (k for k in range(c + 1, columns) if (r, k) in walls or (r, k) in owner)
            span = range(c, next(ends, columns))
            ends = (i for i in range(r + 1, rows) if any((i, k) in floors or (i, k) in owner for k in span))
            high = next(ends, rows) - r
            owner.update(dict.fromkeys(product(range(r, r + high), span), len(entries)))
            entries.append(GridEntry(r, c, high, len(span)))
        return entries, owner

    def box(self, entry: GridEntry) -> tuple[float, float, float, float]:
        """Where a cell lies: x0, top, x1, bottom."""
        right, bottom = entry.column + entry.columns, entry.row + entry.rows
        return self.xs[entry.column], self.ys[entry.row], self.xs[right], self.ys[bottom]

    def holds_across(self, rule: Rule) -> bool:
        """Whether a level rule lies within."""
        return _lies_within(rule, self.xs, self.ys)

    def holds_down(self, rule: Rule) -> bool:
        """Whether an upright rule lies within."""
        return _lies_within(rule, self.ys, self.xs)


def _lies_within(rule: Rule, along: list[float], aside: list[float]) -> bool:
    beside = aside[0] - CLOSE <= rule.at <= aside[-1] + CLOSE
    return beside and rule.start >= along[0] - CLOSE and rule.end <= along[-1] + CLOSE


def find_grids(sheet: Sheet, runs: Sequence[Run]) -> tuple[list[Grid], list[Run]]:
    """The ruled tables of a sheet, from top to bottom, and the runs that stand outside them."""
    grids: list[Grid] = []
    rest = list(runs)
    for frame in find_frames(sheet.across, sheet.down):
        grid, rest = _build(sheet, frame, rest)
        if grid:
            grids.append(grid)
    return sorted(grids, key=lambda grid: grid.top), rest


def find_frames(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[Frame]:
    """The frames that rules make up: two columns and two rows at least."""
    if len(across) < 2 or len(down) < 2 or len(across) * len(down) > PAIRS:
        return
    for level, upright in _components(across, down):
        frame = Frame(_edges(upright, level), _edges(level, upright), level, upright)
        if len(frame.xs) > 2 and len(frame.ys) > 2:
            yield frame


def _components(across: Sequence[Rule], down: Sequence[Rule]) -> Iterable[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that hang together by crossings."""
    across, down = _merge(across), _merge(down)
    owner = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    for i, a in enumerate(across):
        for j, d in enumerate(down):
            if a.start - TOUCH <= d.at <= a.end + TOUCH and d.start - TOUCH <= a.at <= d.end + TOUCH:
                owner[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate([*across, *down]):
        groups.setdefault(root(i), ([], []))[0 if i < len(across) else 1].append(rule)
    return [group for group in groups.values() if len(group[0]) > 1 and len(group[1]) > 1]


def _merge(rules: Sequence[Rule]) -> list[Rule]:
    """Rules that continue or cover each other become one."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.at), rule.start)):
        for index in range(len(merged) - 1, max(len(merged) - 4, -1), -1):
            last = merged[index]
            if abs(last.at - rule.at) <= 1 and rule.start <= last.end + TOUCH and last.start <= rule.end + TOUCH:
                merged[index] = Rule(min(last.start, rule.start), max(last.end, rule.end), last.at)
                break
        else:
            merged.append(rule)
    return merged


def _build(sheet: Sheet, frame: Frame, runs: list[Run]) -> tuple[Grid | None, list[Run]]:
    ys, xs = frame.ys, frame.xs
    inside: list[Run] = []
    outside: list[Run] = []
    for run in runs:
        x, y = (run.x0 + run.x1) / 2, run.baseline - 0.3 * run.size
        (inside if xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1] else outside).append(run)
    entries, owner = frame.cells()
    held: dict[int, list[Run]] = {}
    for run in inside:
        y = _slot(ys, run.baseline - 0.3 * run.size)
        for part in _cut_at_walls(run, xs, [owner[y, c] for c in range(len(xs) - 1)]):
            held.setdefault(owner[y, _slot(xs, (part.x0 + part.x1) / 2)], []).append(part)
    if len(held) < 4:
        return None, runs
    for index, ink in held.items():
        entries[index].lines = _lines_of(ink)
    grid = Grid(sheet, xs[0], ys[0], xs[-1], ys[-1], xs, entries, len(ys) - 1)
    _drop_empty(grid)
    mark_headers(grid)
    return grid, outside


def _edges(rules: list[Rule], others: list[Rule]) -> list[float]:
    """Where ``rules`` lie, and where the ``others`` end beyond them: tables may be open at the sides."""
    edges = _positions([rule.at for rule in rules])
    first, last = min(rule.start for rule in others), max(rule.end for rule in others)
    return [*([first] if first < edges[0] - OPEN else []), *edges, *([last] if last > edges[-1] + OPEN else [])]


def _positions(values: list[float]) -> list[float]:
    """Values that lie close together count once."""
    out: list[list[float]] = []
    for value in sorted(values):
        if out and value - out[-1][-1] <= CLOSE:
            out[-1].append(value)
        else:
            out.append([value])
    return [sum(group) / len(group) for group in out]


def _walls(rules: list[Rule], edges: list[float], others: list[float]) -> set[tuple[int, int]]:
    """The walls that ``rules`` make: (i, k) on the inner edge ``i`` of ``edges``, beside slot ``k`` of the others."""
    walls: set[tuple[int, int]] = set()
    for i, edge in enumerate(edges[1:-1], 1):
        near = [rule for rule in rules if abs(rule.at - edge) <= CLOSE]
        walls.update((i, k) for k, (start, end) in enumerate(pairwise(others)) if _has_wall(near, start, end))
    return walls


def _has_wall(rules: list[Rule], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules)
    return covered >= COVERED * (end - start)


def _slot(edges: list[float], value: float) -> int:
    for index in range(len(edges) - 2):
        if value < edges[index + 1]:
            return index
    return len(edges) - 2


def _cut_at_walls(run: Run, xs: list[float], owners: list[int]) -> Iterable[Run]:
    """A run that was drawn across walls, cut at the spaces nearest to them."""
    from extractor.paper.pdf.glyph_widths import spread

    first, last = _slot(xs, run.x0 + 1), _slot(xs, run.x1 - 1)
    if owners[first] == owners[last] or " " not in run.text.strip():
        return [run]
    at = spread(run.text, run.x0, run.x1, run.words)
    cuts = [0]
    for c in range(first + 1, last + 1):
        if owners[c] != owners[c - 1]:
            spaces = [i for i, letter in enumerate(run.text) if letter == " " and i > cuts[-1]]
            if spaces:
                cuts.append(min(spaces, key=lambda i: abs(at[i] - xs[c])))
    cuts.append(len(run.text))
    parts = [(b - len(run.text[a:b].lstrip()), b) for a, b in pairwise(cuts)]
    return [run._replace(text=run.text[a:b], x0=at[a], x1=at[b], words=()) for a, b in parts if a < b]


def _lines_of(runs: list[Run]) -> list[Line]:
    """The lines in a cell, those that were turned to save room behind the others."""
    upright = [run for run in runs if run.hidden != "turned"]
    return find_lines(upright) + find_turned_lines([run for run in runs if run.hidden == "turned"])


def _drop_empty(grid: Grid) -> None:
    """Takes out rows and columns that hold no cell of their own: the rest of rules drawn a little apart."""
    starts = sorted({entry.row for entry in grid.entries})
    places = {row: index for index, row in enumerate(starts)}
    for entry in grid.entries:
        end = sum(1 for row in starts if row < entry.row + entry.rows)
        entry.row = places[entry.row]
        entry.rows = end - entry.row
    grid.rows = len(starts)


def mark_headers(grid: Grid) -> None:
    """Marks the rows above the first row with values as headers, the row that numbers the columns included."""
    first = count_header_rows(grid.entries)
    for entry in grid.entries:
        entry.header = entry.row < first
