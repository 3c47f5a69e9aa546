"""Tables without rulings whose names run over several lines, with the numbers set in the middle of them.

In: the lines of a page that lie in no ruled table. Out: for each such table its header and body as cells, and which
lines it took. The hard idea: what is one row is told by white space, not by baselines. Lines that follow each other
without a gap are one cluster; a cluster with exactly one line of numbers is a row, whatever stands above and below
that line. Columns are the white space that runs down the body; a part of the header that lies over several of them
spans them. Where numbers stand on the first line of their names there is nothing to decide, and ``unruled`` reads
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, groupby, pairwise, takewhile
from typing import NamedTuple

import regex

from extractor.domain.letters import ONE_CAPITAL
from extractor.paper.layout.lines import RECOGNISED, Line, find_lines, space_between
from extractor.paper.pdf.page_model import Run, Sheet
from extractor.paper.structure.canonical_text import is_caption
from extractor.paper.structure.part_words import words as words_of
from extractor.paper.tables.headers import VALUE, numbers_most
from extractor.paper.tables.ruled import Grid, GridEntry

STEP = 1.4  # in sizes: lines this close are one cluster
LEAST = 0.9  # in sizes: a line closer to the next stands beside it
CENTRED = 0.2  # of the width: how far from the middle twice the middle of a caption lies
REACH = 4.0  # in sizes: clusters further apart are not of one table
GAP = 0.8  # in sizes: a gap this wide parts two cells
NEAR = 0.3  # in sizes: as wide a gap parts a number from its neighbour where each was drawn by itself
TOUCH = 0.15  # in sizes: a gap of no more than a space
SPACE = 0.55  # in sizes: as wide a gap is a space where the word before it ends with one
NUMBERS = 2  # that a line of numbers must have
ROWS = 3  # that a table must have
ALIKE = 3  # parts that begin at one place make it a column's edge
FLUSH = 1.0  # points by which the ink of letters that begin at one place may differ
Stretch = tuple[float, float]  # from where to where
HEADER = 24  # lines of a header at most
BESIDE = 0.75  # of the least step from row to row: the name of a group lies further from any row
OFF = 0.25  # of the least step from row to row: how far from the middle of its rows a name of several lies at most
_YEAR_CUT = regex.compile(r"/(?:2 0\d\d|20 \d\d|20\d \d)$")  # over two lines of a narrow head
_YEAR = regex.compile(r"(?:19|20)\d\d")
GROUP_LABEL = regex.compile(rf"(?:[IVXLC]{{1,5}}|[{ONE_CAPITAL}]|\d{{1,2}})[.)]?")
_LABELLED = regex.compile(r"\p{L}[^:]*:\s*\S")  # "Đơn vị tính: vụ" stands above the header


@dataclass(slots=True)
class Part:
    """A stretch of one line without wide gaps."""

    x0: float
    x1: float
    baseline: float
    runs: list[Run]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs).strip()


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line and the stretches that it breaks into."""

    line: Line
    parts: list[Part]

    @property
    def baseline(self) -> float:
        """Where it stands."""
        return self.line.baseline

    @property
    def size(self) -> float:
        """Of its letters."""
        return self.line.size

    @property
    def is_numbered(self) -> bool:
        """Whether it is one of numbers."""
        return has_numbers(self.parts)


def break_lines(lines: Sequence[Line]) -> list[BrokenLine]:
    """The lines of a page, each with its parts; words that touch are parted where other lines begin a part."""
    broken = [parts_of(line) for line in lines]
    edges = _shared([part for parts in broken for part in parts])
    return [BrokenLine(line, _cut_at(parts, edges)) for line, parts in zip(lines, broken, strict=True)]


def _shared(parts: Iterable[Part]) -> list[Stretch]:
    """Where several parts begin, from the first to the last: the left edges that columns have in common."""
    edges: list[list[float]] = []
    for start in sorted(part.x0 for part in parts):
        if edges and start - edges[-1][-1] <= FLUSH:
            edges[-1].append(start)
        else:
            edges.append([start])
    return [(starts[0], starts[-1]) for starts in edges if len(starts) >= ALIKE]


def _begins_at(x0: float, edge: Stretch) -> bool:
    return edge[0] - FLUSH <= x0 <= edge[1] + FLUSH


def _cut_at(parts: list[Part], edges: Sequence[Stretch]) -> list[Part]:
    """The parts, cut before each run that begins at one of the ``edges``; words of prose that do so stand apart."""
    is_row = has_numbers(parts)
    out: list[Part] = []
    for part in parts:
        held: list[Run] = []
        for run in part.runs:
            is_drawn = held and run.font != RECOGNISED  # words that were recognised are runs of their own
            gap = (run.x0 - held[-1].x1) / run.size if is_drawn else 0.0
            is_cell = is_drawn and (is_row or gap > SPACE or gap < space_between(held[-1], run))
            if is_cell and any(_begins_at(run.x0, edge) for edge in edges):
                out.append(_part(held))
                held = []
            held.append(run)
        out.append(_part(held))
    return out


def _parts_cells(left: Run, right: Run) -> bool:
    """Whether two runs are cells by what they say: one is a number and nothing else."""
    return any(VALUE.fullmatch(run.text.strip()) and any(map(str.isdigit, run.text)) for run in (left, right))


def parts_of(line: Line) -> list[Part]:
    """The stretches of a line from left to right."""
    out: list[Part] = []
    for run in sorted(line.runs, key=lambda run: run.x0):
        last = out[-1].runs[-1] if out else run
        near = SPACE if last.text.endswith(" ") else NEAR
        room = near if _parts_cells(last, run) else GAP
        if out and not last.ends_cell and run.x0 - out[-1].x1 < room * line.size:
            out[-1].runs.append(run)
            out[-1].x1 = max(out[-1].x1, run.x1)
        else:
            out.append(Part(run.x0, run.x1, line.baseline, [run]))
    return out


def has_numbers(parts: Sequence[Part]) -> bool:
    """Whether a line is one of numbers: two or more, not years alone, and no sentence beside them."""
    values = [part.text for part in parts if VALUE.fullmatch(part.text)]
    return len(values) >= NUMBERS and len(values) * 2 + 1 >= len(parts) and not all(map(_YEAR.fullmatch, values))


def find_wrapped_grids(
    sheet: Sheet, lines: Sequence[BrokenLine], turned: Sequence[Line] = ()
) -> tuple[list[Grid], set[int]]:
    """The tables whose rows are clusters of lines, or whose heads are ``turned``, and the lines' indices."""
    grids: list[Grid] = []
    taken: set[int] = set()
    for body in [*_bodies(lines, spanning=True), *_bodies(lines)]:
        if len(body) > ROWS and _belongs_to_header([lines[at].parts for at in body[0]]):
            body.pop(0)
        first, last = body[0][0], body[-1][-1]
        if not taken.isdisjoint(range(first, last + 1)):
            continue
        columns = find_columns(_row_parts(lines, body))
        spans = _spans(lines, body, columns)
        if len(columns) < NUMBERS + 1:
            continue
        upright = _upright_heads(turned, lines[first], columns)
        if not (spans or upright or _needs_clusters(lines, body)):
            continue
        if not (spans or _has_names(lines, body, columns)):
            continue
        while group := _group_above(lines, first, columns):
            first = group[0]
            body.insert(0, group)
        spans = _spans(lines, body, columns)
        top = _header_from(lines, first, columns, min((block.top for block in upright), default=None))
        grids.append(_build(sheet, lines, range(top, first), body, columns, spans, upright))
        taken.update(range(top, last + 1))
    return grids, taken


def _belongs_to_header(row: Sequence[Sequence[Part]]) -> bool:
    """Whether a first row numbers the columns, or its numbers go on with what stands above them.

    So they do behind a word of time, "Tháng" above "9", and behind a year that a narrow head cut: "T4/202", "3"; so
    does a year behind words: "Kế hoạch" above "2024".
    """
    blocks = sorted(_blocks([*chain.from_iterable(row)]), key=lambda block: block.x0)
    whole = [" ".join(part.text for part in block.parts) for block in blocks]  # "1=2+3+4+5" above "+6"
    if any(numbers_most(words) for words in (whole, *([part.text for part in parts] for parts in row))):
        return True
    values = [(n, part) for n, parts in enumerate(row) if has_numbers(parts) for part in parts if _is_value(part)]
    return bool(values) and all(_goes_on(part, row[:n]) for n, part in values)


def _is_value(part: Part) -> bool:
    return VALUE.fullmatch(part.text) is not None


def _goes_on(part: Part, above: Sequence[Sequence[Part]]) -> bool:
    """Whether a number is the rest of the words right above it."""
    over = [other for parts in above for other in parts if other.x0 < part.x1 and part.x0 < other.x1]
    return bool(over) and (
        _YEAR.fullmatch(part.text) is not None
        or _YEAR_CUT.search(f"{over[-1].text} {part.text}") is not None
        or over[-1].text.lower().split()[-1] in words_of("period")
    )


def _row_parts(lines: Sequence[BrokenLine], body: Sequence[Sequence[int]]) -> list[Part]:
    """The parts of all rows that lie in one column each.

    A row of one line without numbers may reach over several, so may the name of a total where other rows are numbered.
    """
    rows = [[lines[at].parts for at in row] for row in body if len(row) > 1 or _is_numbered(lines, row)]
    opening = [_is_labelled(row) for row in rows if any(map(has_numbers, row))]
    are_labelled = sum(opening) * 2 > len(opening)
    return [
        part
        for row in rows
        for parts in row
        for part in parts
        if not (are_labelled and part is parts[0] and VALUE.fullmatch(part.text) is None and not _is_labelled(row))
    ]


def _is_labelled(row: Sequence[Sequence[Part]]) -> bool:
    """Whether a line of a row begins with its number or letter."""
    return any(GROUP_LABEL.fullmatch(parts[0].text) is not None for parts in row)


def _bodies(lines: Sequence[BrokenLine], *, spanning: bool = False) -> list[list[list[int]]]:
    """The rows of each table, as indices of their lines: clusters near each other with one line of numbers each.

    Where names are ``spanning`` rows, a cluster may have several lines of numbers, or none.
    """
    bodies: list[list[list[int]]] = [[]]
    for cluster in clusters_of(lines):
        numbered = _count_numbered(lines, [cluster])
        is_row = numbered == 1 or (spanning and numbered > 1)
        is_between = not numbered and (_names_group(lines, cluster, spanning=spanning) or _has_value(lines, cluster))
        above = bodies[-1]
        if above and (_gap(lines, above[-1][-1], cluster[0]) > REACH or not (is_row or is_between)):
            bodies.append([])
        if is_row or (bodies[-1] and is_between):
            bodies[-1].append(cluster)
    return [body for body in map(partial(_without_tail, lines), bodies) if _count_numbered(lines, body) >= ROWS]


def _count_numbered(lines: Sequence[BrokenLine], rows: Iterable[Sequence[int]]) -> int:
    """How many lines of numbers there are."""
    return sum(lines[at].is_numbered for row in rows for at in row)


def _names_group(lines: Sequence[BrokenLine], cluster: Sequence[int], *, spanning: bool) -> bool:
    """Whether a cluster without numbers may name rows: a line of a part or two, more lines where it is ``spanning``."""
    return (spanning or len(cluster) == 1) and all(len(lines[at].parts) <= 2 for at in cluster)


def _has_value(lines: Sequence[BrokenLine], cluster: Sequence[int]) -> bool:
    """Whether a cluster is a row with one number behind its name and unit, that of no year: the others are blank."""
    parts = lines[cluster[0]].parts
    values = [part.text for part in parts[NUMBERS:] if VALUE.fullmatch(part.text)]
    return len(cluster) == 1 and len(values) == 1 and values[0][-1].isdigit() and _YEAR.fullmatch(values[0]) is None


def _group_above(lines: Sequence[BrokenLine], first: int, columns: Sequence[Stretch]) -> list[int]:
    """The lines right above the first row, set apart, if they name a group: by a label, a code and a name, or a name.

    Above a name without a label stands a header, or it is the first line of a page. A name of several lines is no wider
    than the column of names, and its code stands beside it.
    """
    if first == 0 or not _is_apart(lines, first):
        return []
    group = sorted(_followed_by(lines, first - 1))
    at, size = group[0], lines[group[0]].size
    if not _is_apart(lines, at):
        return []
    words = [part for n in group for part in lines[n].parts]
    if len(group) == 1 < len(words):
        is_left = len(words) < len(columns) and words[-1].x1 < columns[len(words)][0]
        return group if is_left and GROUP_LABEL.fullmatch(words[0].text) else []
    is_below = at == 0 or any(len(lines[n].parts) >= NUMBERS for n in _followed_by(lines, at - 1))
    return group if is_below and len(words) == len(group) and _is_name(words, columns, size) else []


def _is_apart(lines: Sequence[BrokenLine], at: int) -> bool:
    """Whether a line is the first of a page, or set apart from the one above."""
    return at == 0 or STEP < _gap(lines, at - 1, at) <= REACH


def _is_name(words: Sequence[Part], columns: Sequence[Stretch], size: float) -> bool:
    """Whether words, one part a line, are the name of a group: a line alone reaches as far as the last column."""
    is_labelled = any(GROUP_LABEL.fullmatch(part.text) for part in words)
    right = columns[-1 if len(words) == 1 else 1 + is_labelled][0]
    is_within = all(columns[0][0] - TOUCH * size <= part.x0 and part.x1 < right for part in words)
    mark, _, rest = words[0].text.partition(" ")
    return is_within and (rest if GROUP_LABEL.fullmatch(mark) else mark)[:1].isupper()


def _followed_by(lines: Sequence[BrokenLine], last: int) -> Iterator[int]:
    """The lines that follow each other down to the ``last`` without a gap, from there up."""
    yield last
    yield from takewhile(lambda at: _gap(lines, at, at + 1) <= STEP, range(last - 1, -1, -1))


def _without_tail(lines: Sequence[BrokenLine], body: list[list[int]]) -> list[list[int]]:
    """The rows up to the last one with numbers, or with one number below others: "Tổng cộng | 42.205"."""
    last = max((n for n, row in enumerate(body) if _is_numbered(lines, row)), default=-1)
    feet = [part for row in body for at in row for part in lines[at].parts[1:] if VALUE.fullmatch(part.text)]
    for row in body[last + 1 :]:
        _, *values = lines[row[0]].parts
        stands = values and all(any(part.x0 < foot.x1 and foot.x0 < part.x1 for foot in feet) for part in values)
        if len(row) > 1 or not (stands and all(VALUE.fullmatch(part.text) for part in values)):
            break
        last += 1
    return body[: last + 1]


def clusters_of(lines: Sequence[BrokenLine]) -> list[list[int]]:
    """The lines that follow each other without a gap."""
    clusters: list[list[int]] = []
    for at in range(len(lines)):
        if clusters and _gap(lines, at - 1, at) <= STEP:
            clusters[-1].append(at)
        else:
            clusters.append([at])
    return clusters


def _gap(lines: Sequence[BrokenLine], above: int, below: int) -> float:
    """How far two lines lie apart, in sizes."""
    return (lines[below].baseline - lines[above].baseline) / max(lines[below].size, lines[above].size, 1.0)


def _is_numbered(lines: Sequence[BrokenLine], row: Sequence[int]) -> bool:
    """Whether a row has numbers; one that has none names a group."""
    return _count_numbered(lines, [row]) > 0


def _needs_clusters(lines: Sequence[BrokenLine], body: Sequence[Sequence[int]]) -> bool:
    """Whether baselines alone do not tell the rows: some have several lines, or they lie far apart."""
    gaps = [_gap(lines, above[-1], below[0]) for above, below in pairwise(body)]
    return any(len(row) > 1 for row in body) or max(gaps) > APART


APART = 2.6  # in sizes: rows further apart are none to a reader of baselines


def find_columns(parts: Sequence[Part]) -> list[Stretch]:
    """The stretches of a body between which white space runs down, or an edge where several parts begin."""
    edges = [
        edge for edge in _shared(parts) if not any(part.x0 < edge[0] - FLUSH and edge[1] < part.x1 for part in parts)
    ]
    columns: list[Stretch] = []
    for part in sorted(parts, key=lambda part: part.x0):
        left, right = columns[-1] if columns else (part.x0, part.x0)
        is_open = not any(left < edge[0] - FLUSH and _begins_at(part.x0, edge) for edge in edges)
        if columns and is_open and part.x0 <= right + 1:
            columns[-1] = (left, max(right, part.x1))
        else:
            columns.append((part.x0, part.x1))
    return columns


def _has_names(lines: Sequence[BrokenLine], body: Sequence[Sequence[int]], columns: Sequence[Stretch]) -> bool:
    """Whether the rows begin with words, in one of the first two columns, or with years."""
    edge = columns[2][0]
    named = sum(
        any(part.x0 < edge and any(map(str.isalpha, part.text)) for at in row for part in lines[at].parts)
        or any(_YEAR.fullmatch(lines[at].parts[0].text) for at in row)
        for row in body
    )
    return named * 4 >= len(body) * 3


def _upright_heads(turned: Sequence[Line], first: BrokenLine, columns: Sequence[Stretch]) -> list[Block]:
    """The heads whose writing stands on its side above the ``first`` row, one for each column that has one."""
    foot, size = first.line.top, first.size
    left, right = columns[0][0], columns[-1][1] + REACH * size  # a head is wider than the numbers below it
    over = [line for line in turned if line.bottom <= foot + size and left <= (line.x0 + line.x1) / 2 <= right]
    top = min((line.top for line in over if foot - line.bottom <= REACH * size), default=foot)
    held: dict[int, list[Line]] = {}
    for line in over:
        if line.bottom > top:
            held.setdefault(_nearest(Part(line.x0, line.x1, line.baseline, []), columns), []).append(line)
    return [Block(list(_ends(lines)), lines) for lines in held.values()]


def _ends(lines: Sequence[Line]) -> Iterator[Part]:
    """The places where turned lines beside each other begin and end, as parts under each other."""
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    for foot in (top + lines[0].size, bottom):
        yield Part(x0, x1, foot, lines[0].runs)


def _header_from(lines: Sequence[BrokenLine], first: int, columns: Sequence[Stretch], top: float | None = None) -> int:
    """The index of the header's first line: those above the body without a gap between them, or below ``top``."""
    at = first
    while at > 0 and top is not None and lines[at - 1].baseline > top:
        at -= 1
    while at > 0 and first - at < HEADER and _gap(lines, at - 1, at) <= REACH:
        if _gap(lines, at - 1, at) < LEAST:
            at -= 1
            continue
        is_near = _gap(lines, at - 1, at) <= STEP or _heads_a_blank(lines[at - 1], lines[at:first], columns)
        is_near = is_near or any(len(lines[n].parts) > 1 for n in _followed_by(lines, at - 1))
        right = max(columns[-1][1], *(line.parts[-1].x1 for line in lines[at : first + 1]))
        is_near = is_near or _heads_several(lines[at - 1], lines[at:first], (columns[0][0], right))
        is_near = is_near and not _is_titled(lines[at - 1], lines[at:first])
        if _stands_above(lines[at - 1], columns[0][0], right, is_near=is_near):
            break
        at -= 1
    return at


def _heads_a_blank(line: BrokenLine, below: Sequence[BrokenLine], columns: Sequence[Stretch]) -> bool:
    """Whether a line heads one column of values over which nothing stands ``below``, where others are headed."""
    headed = {_nearest(part, columns) for each in below for part in each.parts}
    over = {_nearest(part, columns) for part in line.parts}
    return len(over) == 1 and bool(headed) and 0 not in over and not over & headed


def _heads_several(line: BrokenLine, below: Sequence[BrokenLine], table: Stretch) -> bool:
    """Whether a line stands in the middle of the heads that begin or end under it, and not in that of the table."""
    part = line.parts[0]
    under = [other for each in below for other in each.parts if part.x0 < other.x1 and other.x0 < part.x1]
    if len({round(other.x0 / line.size) for other in under}) < NUMBERS:
        return False
    middle, half = (part.x0 + part.x1) / 2, line.size / 2
    heads = (min(other.x0 for other in under) + max(other.x1 for other in under)) / 2
    return abs(heads - middle) < half < abs(sum(table) / 2 - middle)


def _is_titled(line: BrokenLine, below: Sequence[BrokenLine]) -> bool:
    """Whether a line is all in capitals, of several words, and no head ``below`` it is."""
    is_shouted = len(line.parts) == 1 and _shouts(line.parts[0])
    return is_shouted and not any(_shouts(part) for each in below for part in each.parts)


def _shouts(part: Part) -> bool:
    return part.text.isupper() and len(part.text.split()) > NUMBERS


def _stands_above(line: BrokenLine, left: float, right: float, *, is_near: bool) -> bool:
    """Whether a line is a caption, a unit or a sentence above the header: it stands alone, wide or in the middle."""
    parts = line.parts
    if is_caption(line.line.text):
        return True
    if len(parts) > 1:
        return False
    words, wide = parts[0].text, parts[0].x1 - parts[0].x0
    centred = abs((parts[0].x0 + parts[0].x1) - (left + right)) < CENTRED * (right - left)
    at_edge = parts[0].x0 < left + TOUCH * line.size
    return _LABELLED.match(words) is not None or wide > 0.6 * (right - left) or ((centred or at_edge) and not is_near)


def _build(
    sheet: Sheet,
    lines: Sequence[BrokenLine],
    header: range,
    body: Sequence[Sequence[int]],
    columns: Sequence[Stretch],
    spans: dict[int, list[Span]],
    upright: Sequence[Block],
) -> Grid:
    """The grid of a header and the rows under it; ``spans`` are the cells over several rows, by column.

    The blocks of ``upright`` head their columns with writing that stands on its side.
    """
    walls = [columns[0][0] - 2, *((a[1] + b[0]) / 2 for a, b in pairwise(columns)), columns[-1][1] + 2]
    numbering = _numbering(lines, header, columns)
    blocks = [*_blocks(_header_parts(lines, header[: len(header) - len(numbering)], columns)), *upright]
    entries = _header_cells(blocks, columns)
    above = max((entry.row + entry.rows for entry in entries), default=0)
    numbered: list[Sequence[int]] = [numbering] if numbering else []
    rows = [*numbered, *(_rows_between(lines, body) if spans else body)]
    entries += _body_cells(lines, rows, above, columns, spans)
    entries += _spanning_cells(spans, above + len(numbered))
    taken = [*header, *(at for row in body for at in row)]
    top = min([*(lines[at].line.top for at in taken), *(block.top for block in upright)])
    bottom = max(lines[at].line.bottom for at in taken)
    return Grid(sheet, walls[0], top, walls[-1], bottom, walls, sorted(entries, key=_place), above + len(rows))


def _numbering(lines: Sequence[BrokenLine], header: range, columns: Sequence[Stretch]) -> range:
    """The last lines of a header that number the columns, set apart from those above."""
    for first in reversed(header):
        parts = [part for at in header[first - header.start :] for part in lines[at].parts]
        if numbers_most([cell.text for cell in _row_cells(0, parts, columns, {}) if cell.text]):
            return header[first - header.start :]
        if first > header.start and _gap(lines, first - 1, first) > STEP:
            break
    return header[:0]


def _body_cells(
    lines: Sequence[BrokenLine],
    rows: Sequence[Sequence[int]],
    above: int,
    columns: Sequence[Stretch],
    spans: dict[int, list[Span]],
) -> Iterator[GridEntry]:
    """The cells of the rows, which begin below ``above`` others; a first one that numbers the columns is a header."""
    for number, row in enumerate(rows, above):
        over = spans if _is_numbered(lines, row) else {}
        filled = _row_cells(number, [part for at in row for part in lines[at].parts], columns, over)
        header = number == above and numbers_most([cell.text for cell in filled if cell.text])
        yield from (replace(cell, header=header) for cell in filled)


def _header_parts(lines: Sequence[BrokenLine], header: range, columns: Sequence[Stretch]) -> list[Part]:
    """The parts of the header's lines, none over columns that were drawn apart."""
    return [cut for at in header for part in lines[at].parts for cut in _cut(part, columns)]


def _rows_between(lines: Sequence[BrokenLine], body: Sequence[Sequence[int]]) -> list[list[int]]:
    """The lines of numbers of a body and those that name a group, each as a row."""
    feet = [lines[at].baseline for at in chain.from_iterable(body) if lines[at].is_numbered]
    step = min((b - a for a, b in pairwise(feet)), default=0.0)
    return [
        [at]
        for row in body
        for at in row
        if lines[at].is_numbered or (len(row) == 1 and _off(lines[at].baseline, feet) > BESIDE * step)
    ]


def _off(baseline: float, feet: Iterable[float]) -> float:
    """How far a line stands from the nearest line of numbers."""
    return min((abs(foot - baseline) for foot in feet), default=0.0)


def _place(cell: GridEntry) -> tuple[int, int]:
    return cell.row, cell.column


def _spanning_cells(spans: dict[int, list[Span]], above: int) -> Iterator[GridEntry]:
    """The cells over several rows of a body that stands below as many rows of a header."""
    for column, held in spans.items():
        for span in held:
            yield GridEntry(above + span.first, column, span.last - span.first + 1, 1, span.block.lines())


def _row_cells(
    number: int, parts: Sequence[Part], columns: Sequence[Stretch], spans: dict[int, list[Span]]
) -> list[GridEntry]:
    """The cells of one row of the body, but for those in columns of ``spans``."""
    held: dict[int, list[Run]] = {}
    for part in parts:
        held.setdefault(_nearest(part, columns), []).extend(part.runs)
    return [GridEntry(number, n, 1, 1, find_lines(held.get(n, ()))) for n in range(len(columns)) if n not in spans]


def _cut(part: Part, columns: Sequence[Stretch]) -> Iterator[Part]:
    """A part of the header that was drawn in pieces over several columns, cut between them."""
    held: list[Run] = []
    for run in part.runs:
        room = SPACE if held and held[-1].text.endswith(" ") else space_between(held[-1], run) if held else 0.0
        apart = held and run.x0 - held[-1].x1 > room * run.size
        if apart and _nearest(_part([run]), columns) != _nearest(_part(held[-1:]), columns):
            yield _part(held)
            held = []
        held.append(run)
    yield _part(held)


def _part(runs: list[Run]) -> Part:
    return Part(min(run.x0 for run in runs), max(run.x1 for run in runs), runs[0].baseline, runs)


def _nearest(part: Part, columns: Sequence[Stretch]) -> int:
    """The column that a part lies in, or nearest to."""
    return min(range(len(columns)), key=lambda n: max(columns[n][0] - part.x1, part.x0 - columns[n][1]))


# ------------------------------------------------------------------------------------------------- over several rows


@dataclass(slots=True)
class Block:
    """Lines under each other: one cell, whatever columns or rows it stands beside."""

    parts: list[Part]
    upright: Sequence[Line] = ()  # its lines, where they are turned

    @property
    def top(self) -> float:
        """Its upper edge, of turned lines."""
        return min(line.top for line in self.upright)

    @property
    def x0(self) -> float:
        """Its left edge."""
        return min(part.x0 for part in self.parts)

    @property
    def x1(self) -> float:
        """Its right edge."""
        return max(part.x1 for part in self.parts)

    @property
    def across(self) -> float:
        """The middle between its edges."""
        return (self.x0 + self.x1) / 2

    @property
    def size(self) -> float:
        """Of its letters."""
        return self.parts[0].runs[0].size

    @property
    def down(self) -> float:
        """The middle between its first and last line."""
        return (self.parts[0].baseline + self.parts[-1].baseline) / 2

    def lines(self) -> list[Line]:
        """Its words, line by line."""
        return [*self.upright] or find_lines([run for part in self.parts for run in part.runs])


class Span(NamedTuple):
    """What stands in the middle of several rows: the first and the last of them, and its lines."""

    first: int
    last: int
    block: Block


def _spans(
    lines: Sequence[BrokenLine], body: Sequence[Sequence[int]], columns: Sequence[Stretch]
) -> dict[int, list[Span]]:
    """Column before the values → its cells, each in the middle of its rows; none where no cell has several.

    The name of a group parts the rows: no cell reaches over it.
    """
    found: dict[int, list[Span]] = {}
    first = _first_of_values(lines, body, columns)
    for above, taken in _between_groups(lines, body):
        held = _by_column(lines, taken, columns)
        feet = [lines[at].baseline for at in taken if lines[at].is_numbered]
        is_level = all(part.baseline in feet for n in range(first, len(columns)) for part in held.get(n, ()))
        spread = [_spread(held.get(n, ()), feet) for n in range(first)]
        if not (is_level and all(spread)):
            return {}
        for n, spans in enumerate(spread):
            found.setdefault(n, []).extend(Span(s.first + above, s.last + above, s.block) for s in spans)
    return found if any(span.last > span.first for span in chain.from_iterable(found.values())) else {}


def _between_groups(lines: Sequence[BrokenLine], body: Sequence[Sequence[int]]) -> Iterator[tuple[int, Sequence[int]]]:
    """The lines between the names of groups, with the number of rows above them."""
    rows = [at for row in _rows_between(lines, body) for at in row]
    names = {at for at in rows if not lines[at].is_numbered}
    for is_name, taken in groupby(chain.from_iterable(body), key=names.__contains__):
        if not is_name:
            own = list(taken)
            yield sum(at < own[0] for at in rows), own


def _by_column(lines: Sequence[BrokenLine], taken: Iterable[int], columns: Sequence[Stretch]) -> dict[int, list[Part]]:
    """Column → the parts that stand in it."""
    held: dict[int, list[Part]] = {}
    for part in chain.from_iterable(lines[at].parts for at in taken):
        held.setdefault(_nearest(part, columns), []).append(part)
    return held


def _first_of_values(lines: Sequence[BrokenLine], body: Sequence[Sequence[int]], columns: Sequence[Stretch]) -> int:
    """The first column of values but for the one of the rows' numbers."""
    held = _by_column(lines, chain.from_iterable(body), columns)
    return min((n for n, parts in held.items() if n and _are_values(parts)), default=0)


def _are_values(parts: Sequence[Part]) -> bool:
    return sum(VALUE.fullmatch(part.text) is not None for part in parts) * 2 > len(parts)


def _spread(parts: Sequence[Part], feet: Sequence[float]) -> list[Span]:
    """The cells of a column with the rows, standing on ``feet``, in whose middle each lies; none where that fails."""
    if [part.baseline for part in parts] == list(feet):  # one a row, however close rows stand
        return [Span(n, n, Block([part])) for n, part in enumerate(parts)]
    step = min((b - a for a, b in pairwise(feet)), default=0.0)
    spans: list[Span] = []
    for block in _blocks(parts):
        first = spans[-1].last + 1 if spans else 0
        off = [abs((feet[first] + foot) / 2 - block.down) for foot in feet[first:]]
        if not off or min(off) > OFF * step:
            return []
        spans.append(Span(first, first + off.index(min(off)), block))
    return spans if spans and spans[-1].last == len(feet) - 1 else []


# ------------------------------------------------------------------------------------------------- the header


def _header_cells(blocks: Sequence[Block], columns: Sequence[Stretch]) -> list[GridEntry]:
    """The cells of a header of any number of floors: as many blocks as columns are theirs in order, the others span."""
    if not blocks:
        return []
    spanning = _spanning(blocks, columns)
    leaves = sorted((block for block in blocks if block not in spanning), key=lambda block: block.across)
    heads = [
        Head(n, n, block, [], unsure=len(leaves) != len(columns) and not _stands_over(block, columns, n))
        for n, block in sorted(_owned(leaves, columns).items())
    ]
    floors = _floors(spanning)
    for above, floor in reversed([*enumerate(floors)]):
        middle = _middle_under(floor, blocks if not above else floor, blocks)
        under = [head for head in heads if _hangs_under(head, floor, middle)]
        spans = [span._replace(floor=above) for span in _spread_under(floor, under)]
        kept = [head for head in heads if not any(head in span.under for span in spans)]
        heads = sorted([*kept, *spans], key=lambda head: head.first)
    return sorted((cell for head in heads for cell in _cells_of(head, 0, len(floors) + 1)), key=_place)


class Head(NamedTuple):
    """What heads the columns from ``first`` to ``last``, and the heads under it; ``floor`` is counted from the top."""

    first: int
    last: int
    block: Block
    under: list[Head]
    floor: int = 0
    unsure: bool = False  # there are fewer heads than columns, or more, and it does not stand over this one alone


def _floors(spanning: Sequence[Block]) -> list[list[Block]]:
    """The blocks that span, floor by floor from the top: those whose middles lie on one level."""
    floors: list[list[Block]] = []
    for block in sorted(spanning, key=lambda block: block.down):
        if floors and block.down - floors[-1][-1].down < STEP / 2 * block.size:
            floors[-1].append(block)
        else:
            floors.append([block])
    return [sorted(floor, key=lambda block: block.across) for floor in floors]


def _middle_under(floor: Sequence[Block], top: Sequence[Block], blocks: Sequence[Block]) -> float:
    """The level below which a cell of a lower floor has its middle; what spans this floor too has it there."""
    first, last = min(block.parts[0].baseline for block in top), max(block.parts[-1].baseline for block in blocks)
    return (first + last) / 2 + LOWER * floor[0].size


def _hangs_under(head: Head, floor: Sequence[Block], middle: float) -> bool:
    """Whether a head lies below a floor, and not beside it."""
    if head.under:
        return head.block.parts[0].baseline > max(block.parts[-1].baseline for block in floor)
    return head.block.down > middle


def _spread_under(floor: Sequence[Block], heads: Sequence[Head]) -> list[Head]:
    """The blocks of a floor, each over heads beside each other whose common middle lies nearest to its own."""
    best: dict[int, tuple[float, list[Head]]] = {0: (0.0, [])}
    for block in floor:
        reached: dict[int, tuple[float, list[Head]]] = {}
        for start, (cost, spans) in best.items():
            for end in range(start + 1, len(heads) + 1):
                under = list(heads[start:end])
                off = abs((under[0].block.across + under[-1].block.across) / 2 - block.across)
                gaps = sum(b.first - a.last - 1 for a, b in pairwise(under))
                span = Head(under[0].first, under[-1].last, block, under)
                if (sums := cost + off + BROKEN * gaps) < reached.get(end, (float("inf"), []))[0]:
                    reached[end] = (sums, [*spans, span])
        best = reached
    return best.get(len(heads), (0.0, []))[1]


def _cells_of(head: Head, row: int, rows: int) -> Iterator[GridEntry]:
    """The cell of a head that begins in ``row`` of a header of ``rows``, and those under it."""
    down = head.floor + 1 - row if head.under else rows - row
    wide = head.last - head.first + 1
    yield GridEntry(row, head.first, down, wide, head.block.lines(), header=True, unsure=head.unsure)
    for other in head.under:
        yield from _cells_of(other, row + down, rows)


BROKEN = 1000.0  # points that a column between those of a head counts, which is not its own
LOWER = 0.4  # in sizes: how far below the middle of a header a cell of its second level lies


def _blocks(parts: Sequence[Part]) -> list[Block]:
    """Parts that follow each other down the page without a gap, each over half of the narrower one.

    Where two parts beside each other follow one, it heads both and goes on in neither.
    """
    blocks: list[Block] = []
    for _, level in groupby(sorted(parts, key=lambda part: part.baseline), key=lambda part: part.baseline):
        beside = list(level)
        for part, after in [(part, next((b for b in blocks if _follows(b, part)), None)) for part in beside]:
            if after is None or sum(_lies_under(after, other) for other in beside) > 1:
                blocks.append(Block([part]))
            else:
                after.parts.append(part)
    return blocks


def _follows(block: Block, part: Part) -> bool:
    """Whether a part goes on with a block."""
    last = block.parts[-1]
    size = max(run.size for run in part.runs)
    narrower = min(last.x1 - last.x0, part.x1 - part.x0)
    return 0 < part.baseline - last.baseline <= STEP * size and _lies_under(block, part, narrower / 2)


def _lies_under(block: Block, part: Part, least: float = 0.0) -> bool:
    """Whether the last line of a block and a part stand over each other, by more than ``least`` points."""
    last = block.parts[-1]
    return min(last.x1, part.x1) - max(last.x0, part.x0) >= max(least, 1.0)


def _spanning(blocks: Sequence[Block], columns: Sequence[Stretch]) -> list[Block]:
    """The blocks that stand over several columns: those with two blocks or more below their sides."""
    below = {id(block): _below(block, blocks) or _beside_below(block, blocks, columns) for block in blocks}
    over_several = sum(len(under) > 1 for under in below.values())
    if len(blocks) <= len(columns) and not over_several:
        return []
    ordered = sorted(blocks, key=lambda block: (-len(below[id(block)]), block.down))
    chosen = [block for block in ordered[: max(len(blocks) - len(columns), over_several)] if below[id(block)]]
    return sorted(chosen, key=lambda block: block.across)


def _below(block: Block, blocks: Sequence[Block]) -> list[Block]:
    """The blocks that lie wholly below one and reach under it, or all of their level in whose middle it stands."""
    lower = [other for other in blocks if other.parts[0].baseline > block.parts[-1].baseline]
    under = [other for other in lower if other.x0 < block.x1 and block.x0 < other.x1]
    level = [other for other in lower if under and abs(other.down - under[0].down) < LEAST * block.size]
    middle = (min(other.x0 for other in level) + max(other.x1 for other in level)) / 2 if level else block.x1
    return level if len(under) == 1 and abs(middle - block.across) < block.size / 2 else under


def _beside_below(block: Block, blocks: Sequence[Block], columns: Sequence[Stretch]) -> list[Block]:
    """The two blocks below a short one in whose middle it stands, with no third column between them."""
    lower = [other for other in blocks if other.parts[0].baseline > block.parts[-1].baseline]
    left = max((other for other in lower if other.x1 <= block.x0), key=lambda other: other.x1, default=None)
    right = min((other for other in lower if other.x0 >= block.x1), key=lambda other: other.x0, default=None)
    if left is None or right is None or abs((left.across + right.across) / 2 - block.across) > block.size / 2:
        return []
    return [left, right] if sum(left.x0 < sum(column) / 2 < right.x1 for column in columns) <= 2 else []


def _in_order(leaves: Sequence[Block], columns: Sequence[Stretch]) -> tuple[int, ...]:
    """The columns of blocks, from left to right, that lie nearest below them all taken together."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {-1: (0.0, ())}
    for block in leaves:
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for last, (cost, taken) in best.items():
            for n in range(last + 1, len(columns)):
                sums = cost + abs(sum(columns[n]) / 2 - block.across)
                if sums < reached.get(n, (float("inf"), ()))[0]:
                    reached[n] = (sums, (*taken, n))
        best = reached
    return min(best.values())[1]


def _stands_over(block: Block, columns: Sequence[Stretch], column: int) -> bool:
    """Whether a block stands over one column and over no other."""
    return [n for n, (left, right) in enumerate(columns) if left < block.x1 and block.x0 < right] == [column]


def _owned(leaves: Sequence[Block], columns: Sequence[Stretch]) -> dict[int, Block]:
    """Column → its block: in order where there are no more of them, else by the nearest middle."""
    if len(leaves) <= len(columns):
        return dict(zip(_in_order(leaves, columns), leaves, strict=True))
    owned: dict[int, Block] = {}
    for block in leaves:
        nearest = min(range(len(columns)), key=lambda n: abs(sum(columns[n]) / 2 - block.across))
        if nearest in owned:
            owned[nearest].parts += block.parts
        else:
            owned[nearest] = block
    return owned
