"""The cells of tables without rulings on a scanned page, told by the white between their words.

In: a straightened picture and the lines that whole-page recognition found on it. Out: for each such table its box and
the boxes of its cells, in pixels. The hard idea: a number in the middle of a name of two lines lies half a line off,
and recognition makes one line of all three. The numbers themselves stand under each other, so they show where the
table is; the white that runs down it parts its columns, and each column is cut into cells by its own white. A head may
reach over that white: it is cut into pieces across and down in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING

from extractor.paper.ocr.table_cells import DARK, EDGE, HIGH, Pixels, holds
from extractor.paper.ocr.tesseract import ScanLine, Word
from extractor.paper.ocr.voting import is_value
from extractor.paper.structure.canonical_text import is_caption

if TYPE_CHECKING:
    from PIL.Image import Image

Span = tuple[int, int]

ROWS, COLUMNS = 3, 3  # that a table must have
VALUES = 2  # columns of numbers that it must have
SNAP = 0.25  # in sizes: cells whose baselines differ by less stand on one; the middle of two lines is half a size off
LEVEL = 0.5  # in sizes: numbers whose feet differ by less are of one row
REACH = 6.0  # in sizes: rows further apart are not of one table
FAR = 18.0  # in sizes: nor are these whose numbers stand under each other, with a row between that nobody could read
GAP = 0.45  # in sizes: white this wide from the first row to the last parts two columns
APART = 0.5  # in sizes: white this high parts the name of a group from the rows above and below it
UPRIGHT = 3.0  # in sizes: what is as high and narrow in a head may be turned, and is read as a whole
WORDS = 0.6  # in sizes: words of one line lie no further apart
BETWEEN = 0.3  # in sizes: white this high parts two cells of a column
ABOVE = 3.0  # in sizes: a header stands no further from its table
WIDE = 0.6  # of a table's width: a line alone that is wider is a title or prose
_YEAR = re.compile(r"(?:19|20)\d\d")
LEAST = 3  # of 255: the mean shade of a row or column of pixels that holds more than a speck
STRIP = 100  # pixels of such a line that are looked at together: a descender is lost in a whole one


@dataclass(frozen=True, slots=True)
class Unruled:
    """A table without rulings: its box, and those of its cells."""

    box: Pixels
    cells: list[Pixels]

    def holds(self, word: Word) -> bool:
        """Whether the middle of a word lies in the table."""
        return holds(self.box, word)


def find_unruled(picture: Image, lines: Sequence[ScanLine]) -> list[Unruled]:
    """The tables without rulings of a page, from top to bottom."""
    if not lines:
        return []
    size = median(line.size for line in lines)
    ink = picture.point(lambda shade: 255 if shade < DARK else 0)
    tables: list[Unruled] = []
    for rows in _bodies(_rows(lines, size), size):
        if len(rows) < ROWS:
            continue
        is_covered = any(table.holds(word) for table in tables for row in rows for word in row)
        if not is_covered and (table := _table(ink, rows, size, _captioned_from(lines, rows))):
            tables.append(table)
    return tables


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
        reach = FAR if body and _aligned(body[-1], row) >= COLUMNS else REACH
        if body and row[0].bottom - body[-1][0].bottom > reach * size:
            yield _trimmed(body)
            body = []
        body.append(row)
    yield _trimmed(body)


def _aligned(above: Sequence[Word], row: Sequence[Word]) -> int:
    """How many numbers of a row stand below one of the row above."""
    return sum(any(word.x0 < other.x1 and other.x0 < word.x1 for other in above) for word in row)


def _trimmed(rows: Sequence[list[Word]]) -> list[list[Word]]:
    """The rows from the first to the last with numbers beside each other, not years alone: those stand in a head."""
    full = [
        n for n, row in enumerate(rows) if len(row) >= VALUES and not all(_YEAR.fullmatch(word.text) for word in row)
    ]
    return [*rows[full[0] : full[-1] + 1]] if full else []


def _captioned_from(lines: Iterable[ScanLine], rows: Sequence[list[Word]]) -> int:
    """The foot of the last caption above a table: its head begins below."""
    first = min(word.top for word in rows[0])
    above = [line for line in lines if line.baseline < first and is_caption(" ".join(word.text for word in line.words))]
    return max((round(line.baseline) for line in above), default=0)


def _table(ink: Image, rows: Sequence[list[Word]], size: float, floor: int) -> Unruled | None:
    """The table around ``rows`` of numbers, below ``floor``; None where no white runs down between them."""
    level = _inked(ink, (0, 0, ink.width, ink.height), down=True)
    top = _until_white(level, round(min(word.top for word in rows[0])), -1)
    bottom = _until_white(level, round(max(word.bottom for word in rows[-1])), 1)
    groups = _groups(level, (top, bottom), rows, size)
    numbered = _without(ink, groups)
    columns = _stretches(_inked(numbered, (0, top, ink.width, bottom), down=False), GAP * size)
    if len(columns) < COLUMNS or sum(_holds_numbers(column, rows) for column in columns) < VALUES:
        return None
    white = [(left[1], right[0]) for left, right in pairwise(columns)]
    first = top
    top, white = _extended(ink, level, white, top, -1, size, floor)
    bottom, white = _extended(ink, level, white, bottom, 1, size, ink.height)
    head = _head_from(ink, level, (columns[0][0], top, columns[-1][1], top), size, floor)
    x0, x1 = _reach(ink, head, bottom)
    edges = [x0, *(at for between in white for at in between), x1]
    columns = list(zip(edges[::2], edges[1::2], strict=True))
    cells = [
        (x0 - EDGE, max(top + y0 - EDGE, top), x1 + EDGE, min(top + y1 + EDGE, bottom))
        for x0, x1 in columns
        for y0, y1 in _down(numbered, (x0, top, x1, bottom), first - top, size)
    ]
    for above, below in (head, top), *groups:
        cells += _pieces(ink, (x0, above, x1, below), white, size)
    return Unruled((x0, head, x1, bottom), cells)


def _down(ink: Image, column: Pixels, above: int, size: float) -> list[Span]:
    """The stretches of ink down a column; one that is high and narrow ``above`` its rows may be a turned head."""
    x0, top, x1, _ = column
    down = _stretches(_inked(ink, column, down=True), BETWEEN * size)
    over = [span for span in down if span[1] <= above]
    if not over:
        return down
    a, b = over[0][0], over[-1][1]
    across = _stretches(_inked(ink, (x0, top + a, x1, top + b), down=False), size)
    is_upright = len(across) == 1 and _is_upright(across[0][1] - across[0][0], b - a, size)
    return [(a, b), *down[len(over) :]] if is_upright else down


def _is_upright(wide: int, high: int, size: float) -> bool:
    """Whether words of a head may stand on their side."""
    return high > HIGH * wide and high > UPRIGHT * size


def _groups(level: Sequence[bool], span: Span, rows: Sequence[list[Word]], size: float) -> list[Span]:
    """Where the names of groups stand between the rows: in white above and below, with no number beside them."""
    top, bottom = span
    feet = [(word.top + word.bottom) / 2 - top for row in rows for word in row]
    bands = _stretches(level[top:bottom], APART * size)
    return [(top + a, top + b) for a, b in bands if not any(a <= foot <= b for foot in feet)]


def _without(ink: Image, bands: Iterable[Span]) -> Image:
    """The page with some bands of it blank."""
    left = ink.copy()
    for top, bottom in bands:
        left.paste(0, (0, top, ink.width, bottom))
    return left


def _reach(ink: Image, top: int, bottom: int) -> Span:
    """From where to where the ink of some rows of pixels reaches: a head may be wider than its column."""
    inked = _stretches(_inked(ink, (0, top, ink.width, bottom), down=False), 0)
    return inked[0][0], inked[-1][1]


def _head_from(ink: Image, level: Sequence[bool], box: Pixels, size: float, floor: int) -> int:
    """Where the head of a table begins whose words reach over the white of columns: a wide line stands above it."""
    x0, at, x1, _ = box
    while True:
        near = next((y for y in range(at, at - round(ABOVE * size), -1) if y > 0 and level[y - 1]), None)
        top = near and _until_white(level, near - 1, -1)
        if not near or not top or near < floor:
            return at
        words = _stretches(_inked(ink, (0, top, ink.width, near), down=False), WORDS * size)
        if len(words) < 2 and max(b - a for a, b in words) > WIDE * (x1 - x0):
            return at
        at = top


def _pieces(
    ink: Image, box: Pixels, white: Sequence[Span], size: float, *, down: bool = False, is_whole: bool = False
) -> Iterator[Pixels]:
    """The words of a head in pieces: parted by white across and down in turn, until neither parts them."""
    x0, top, x1, bottom = box
    if x0 >= x1 or top >= bottom:
        return
    parts = _stretches(_inked(ink, box, down=down), (BETWEEN if down else GAP) * size)
    parts = parts if down else _joined(parts, [(a - x0, b - x0) for a, b in white], size)
    if (down and _is_upright(x1 - x0, bottom - top, size)) or (len(parts) == 1 and is_whole):
        yield x0 - EDGE, max(top - EDGE, 0), x1 + EDGE, bottom + EDGE
        return
    for a, b in parts:
        inner = (x0, top + a, x1, top + b) if down else (x0 + a, top, x0 + b, bottom)
        yield from _pieces(ink, inner, white, size, down=not down, is_whole=len(parts) == 1)


def _joined(parts: Iterable[Span], white: Sequence[Span], size: float) -> list[Span]:
    """Stretches of ink with those in one that only a wide space parts, and no ``white`` between columns."""
    out: list[Span] = []
    for a, b in parts:
        is_space = out and a - out[-1][1] < WORDS * size
        if is_space and not any(left <= out[-1][1] and a <= right for left, right in white):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


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
    level = [replace(line, baseline=line.baseline - slope * (line.x0 - held[0].x0)) for line in held]
    return [line for row in _on_one_foot(level) for line in row]


def _on_one_foot(lines: Sequence[ScanLine]) -> Iterator[list[ScanLine]]:
    """The lines of each row, on one baseline: brackets make a line's own lie lower than that of those beside it."""
    row: list[ScanLine] = []
    for line in sorted(lines, key=lambda line: line.baseline):
        if row and line.baseline - row[0].baseline > SNAP * size_of(lines):
            yield _on_foot(row)
            row = []
        row.append(line)
    if row:
        yield _on_foot(row)


def _on_foot(row: Sequence[ScanLine]) -> list[ScanLine]:
    foot = median(line.baseline for line in row)
    return [replace(line, baseline=foot, slope=0.0) for line in row]


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
    ink: Image, level: Sequence[bool], white: list[Span], at: int, step: int, size: float, limit: int
) -> tuple[int, list[Span]]:
    """The edge of the table and the white between its columns: what lies close and leaves them white belongs to it."""
    while True:
        near = next((y for y in range(at, at + step * round(ABOVE * size), step) if level[y : y + 1] == [True]), None)
        if near is None or (near - limit) * step > 0:
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
