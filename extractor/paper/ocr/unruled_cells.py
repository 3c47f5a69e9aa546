"""The cells of tables without rulings on a scanned page, told by the white between their words.

In: a straightened picture and the lines that whole-page recognition found on it. Out: for each such table its box and
the boxes of its cells, in pixels. The hard idea: a number in the middle of a name of two lines lies half a line off,
and recognition makes one line of all three. The numbers themselves stand under each other, so they show where the
table is; the white that runs down it parts its columns, and each column is cut into cells by its own white. A head may
reach over that white: it is cut into pieces across and down in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING

from extractor.paper.ocr.table_cells import DARK, EDGE, Pixels
from extractor.paper.ocr.tesseract import ScanLine, Word
from extractor.paper.ocr.voting import is_value

if TYPE_CHECKING:
    from PIL.Image import Image

Span = tuple[int, int]

ROWS, COLUMNS = 3, 3  # that a table must have
VALUES = 2  # columns of numbers that it must have
LEVEL = 0.5  # in sizes: numbers whose feet differ by less are of one row
REACH = 6.0  # in sizes: rows further apart are not of one table
GAP = 0.6  # in sizes: white this wide from the first row to the last parts two columns
BETWEEN = 0.3  # in sizes: white this high parts two cells of a column
ABOVE = 2.0  # in sizes: a header stands no further from its table
WIDE = 0.6  # of a table's width: a line alone that is wider is a title or prose
LEAST = 3  # of 255: the mean shade of a row or column of pixels that holds more than a speck
STRIP = 100  # pixels of such a line that are looked at together: a descender is lost in a whole one


@dataclass(frozen=True, slots=True)
class Unruled:
    """A table without rulings: its box, and those of its cells."""

    box: Pixels
    cells: list[Pixels]

    def holds(self, word: Word) -> bool:
        """Whether the middle of a word lies in the table."""
        x0, top, x1, bottom = self.box
        return x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= (word.top + word.bottom) / 2 <= bottom


def find_unruled(picture: Image, lines: Sequence[ScanLine]) -> list[Unruled]:
    """The tables without rulings of a page, from top to bottom."""
    if not lines:
        return []
    size = median(line.size for line in lines)
    ink = picture.point(lambda shade: 255 if shade < DARK else 0)
    found = (_table(ink, rows, size) for rows in _bodies(_rows(lines, size), size))
    return [table for table in found if table]


def _rows(lines: Iterable[ScanLine], size: float) -> list[list[Word]]:
    """The numbers that stand alone, those beside each other together, from top to bottom."""
    words = [word for line in lines for word in line.words if any(map(str.isalnum, word.text))]
    values = [word for word in words if is_value(word.text) and not any(_is_beside(word, w, size) for w in words)]
    rows: list[list[Word]] = []
    for word in sorted(values, key=lambda word: word.bottom):
        if rows and word.bottom - rows[-1][0].bottom < LEVEL * size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _is_beside(word: Word, other: Word, size: float) -> bool:
    """Whether another word stands on the level of ``word`` with no more than a space between them."""
    is_level = other.top < (word.top + word.bottom) / 2 < other.bottom
    return is_level and other is not word and max(other.x0 - word.x1, word.x0 - other.x1) < GAP * size


def _bodies(rows: Sequence[list[Word]], size: float) -> Iterator[list[list[Word]]]:
    """The rows of each table: those that follow each other closely."""
    body: list[list[Word]] = []
    for row in rows:
        if body and row[0].bottom - body[-1][0].bottom > REACH * size:
            yield body
            body = []
        body.append(row)
    yield body


def _table(ink: Image, rows: Sequence[list[Word]], size: float) -> Unruled | None:
    """The table around ``rows`` of numbers; None where no white runs down between them."""
    if len(rows) < ROWS:
        return None
    level = _inked(ink, (0, 0, ink.width, ink.height), down=True)
    top = _until_white(level, round(min(word.top for word in rows[0])), -1)
    bottom = _until_white(level, round(max(word.bottom for word in rows[-1])), 1)
    columns = _stretches(_inked(ink, (0, top, ink.width, bottom), down=False), GAP * size)
    if len(columns) < COLUMNS or sum(_holds_numbers(column, rows) for column in columns) < VALUES:
        return None
    white = [(left[1], right[0]) for left, right in pairwise(columns)]
    top, white = _extended(ink, level, white, top, -1, size)
    bottom, white = _extended(ink, level, white, bottom, 1, size)
    head = _head_from(ink, level, (columns[0][0], top, columns[-1][1], top), size)
    x0, x1 = _reach(ink, head, bottom)
    edges = [x0, *(at for between in white for at in between), x1]
    columns = list(zip(edges[::2], edges[1::2], strict=True))
    cells = [
        (x0 - EDGE, max(top + y0 - EDGE, top), x1 + EDGE, min(top + y1 + EDGE, bottom))
        for x0, x1 in columns
        for y0, y1 in _stretches(_inked(ink, (x0, top, x1, bottom), down=True), BETWEEN * size)
    ]
    cells += _pieces(ink, (x0, head, x1, top), size)
    return Unruled((x0, head, x1, bottom), cells)


def _reach(ink: Image, top: int, bottom: int) -> Span:
    """From where to where the ink of some rows of pixels reaches: a head may be wider than its column."""
    inked = _stretches(_inked(ink, (0, top, ink.width, bottom), down=False), 0)
    return inked[0][0], inked[-1][1]


def _head_from(ink: Image, level: Sequence[bool], box: Pixels, size: float) -> int:
    """Where the head of a table begins whose words reach over the white of columns: a wide line stands above it."""
    x0, at, x1, _ = box
    while True:
        near = next((y for y in range(at, at - round(ABOVE * size), -1) if y > 0 and level[y - 1]), None)
        top = near and _until_white(level, near - 1, -1)
        if not near or not top:
            return at
        words = _stretches(_inked(ink, (0, top, ink.width, near), down=False), GAP * size)
        if len(words) < 2 and max(b - a for a, b in words) > WIDE * (x1 - x0):
            return at
        at = top


def _pieces(ink: Image, box: Pixels, size: float, *, down: bool = False, is_whole: bool = False) -> Iterator[Pixels]:
    """The words of a head in pieces: parted by white across and down in turn, until neither parts them."""
    x0, top, x1, bottom = box
    if x0 >= x1 or top >= bottom:
        return
    parts = _stretches(_inked(ink, box, down=down), (BETWEEN if down else GAP) * size)
    if len(parts) == 1 and is_whole:
        yield x0 - EDGE, max(top - EDGE, 0), x1 + EDGE, bottom + EDGE
        return
    for a, b in parts:
        inner = (x0, top + a, x1, top + b) if down else (x0 + a, top, x0 + b, bottom)
        yield from _pieces(ink, inner, size, down=not down, is_whole=len(parts) == 1)


def levelled(lines: Iterable[ScanLine]) -> list[ScanLine]:
    """The lines of a table's cells, as on paper that lies straight: what is left of its tilt makes one row two."""
    held = sorted(lines, key=lambda line: line.x0)
    slopes = [
        (line.baseline - other.baseline) / (line.x0 - other.x0)
        for n, line in enumerate(held)
        for other in held[:n]
        if line.x0 - other.x0 > size_of(held) and abs(line.baseline - other.baseline) < LEVEL * size_of(held) / 2
    ]
    slope = median(slopes) if slopes else 0.0
    return [replace(line, baseline=line.baseline - slope * (line.x0 - held[0].x0)) for line in held]


def size_of(lines: Sequence[ScanLine]) -> float:
    """The height of the type that most lines are set in."""
    return median(line.size for line in lines)


def _holds_numbers(column: Span, rows: Sequence[list[Word]]) -> bool:
    """Whether a number of most rows stands in a column."""
    held = sum(any(column[0] <= (word.x0 + word.x1) / 2 <= column[1] for word in row) for row in rows)
    return held * 2 > len(rows)


def _inked(ink: Image, box: Pixels, *, down: bool) -> list[bool]:
    """Whether each row (``down``) or column of pixels in ``box`` holds ink, a speck aside."""
    from PIL.Image import Resampling, Transpose

    part = ink.crop(box) if down else ink.crop(box).transpose(Transpose.TRANSPOSE)
    strips = part.width // STRIP + 1
    line = part.resize((strips, part.height), Resampling.BOX).tobytes()
    return [max(line[at : at + strips]) > LEAST for at in range(0, len(line), strips)]


def _stretches(inked: Sequence[bool], gap: float) -> list[Span]:
    """Where ink stands, in stretches that white wider than ``gap`` parts."""
    out: list[Span] = []
    at = 0
    for is_inked, run in groupby(inked):
        end = at + len(list(run))
        if is_inked and out and at - out[-1][1] < gap:
            out[-1] = (out[-1][0], end)
        elif is_inked:
            out.append((at, end))
        at = end
    return out


def _until_white(level: Sequence[bool], at: int, step: int) -> int:
    """The first row of pixels from ``at`` on, in the direction of ``step``, that is white."""
    while 0 < at < len(level) - 1 and level[at]:
        at += step
    return at


def _extended(
    ink: Image, level: Sequence[bool], white: list[Span], at: int, step: int, size: float
) -> tuple[int, list[Span]]:
    """The edge of the table and the white between its columns: what lies close and leaves them white belongs to it."""
    while True:
        near = next((y for y in range(at, at + step * round(ABOVE * size), step) if level[y : y + 1] == [True]), None)
        if near is None:
            return at, white
        end = _until_white(level, near, step)
        left = [_white_of(ink, (x0, min(near, end), x1, max(near, end) + 1), GAP * size) for x0, x1 in white]
        if end in (0, len(level) - 1) or None in left:
            return at, white
        at, white = end, [span for span in left if span]


def _white_of(ink: Image, box: Pixels, gap: float) -> Span | None:
    """The widest stretch of ``box`` without ink from top to bottom; None where none is as wide as ``gap``."""
    blank = _stretches([not inked for inked in _inked(ink, box, down=False)], 0)
    start, end = max(blank, key=lambda span: span[1] - span[0], default=(0, 0))
    return (box[0] + start, box[0] + end) if end - start >= gap else None
