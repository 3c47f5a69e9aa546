"""The cells of a table on a scanned page, each read alone: walls make whole-page recognition lose its way.

In: a straightened picture and the boxes of cells, between rulings (``cells_of``) or in white (``unruled_cells``).
Out: lines of words, in pixels of the page, that lie in their cells. The hard idea: a cell is cut out inside its walls
and down to its ink, so that nothing but its own letters can be read there; a cell that holds one flat stroke is a
dash, which recognisers lose, and an empty cell stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from extractor.paper.ocr.quality import weigh
from extractor.paper.ocr.skew_and_rulings import WALL
from extractor.paper.ocr.tesseract import BLOCK, LINE, SPARSE, ScanLine, Tesseract, Word, read_pictures
from extractor.paper.ocr.voting import ENLARGED, NOTHING, SPLIT, enlarge, number_in
from extractor.paper.sniff.syllables import is_syllable
from extractor.paper.tables.ruled import Frame

if TYPE_CHECKING:
    from PIL.Image import Image

    from extractor.paper.ocr.second_engine import SecondReader

Pixels = tuple[int, int, int, int]

DARK = 150  # of 255: darker is ink
EDGE = 3  # pixels kept around a cell's ink
BORDER = 20  # pixels of white around a cell that is read
FLAT = 2.2  # a stroke this many times as wide as high is a dash
DASH = (2.0, 14.0)  # points: how wide a dash is
THIN = 2.6  # points: how high
HIGH = 1.2  # times as high as wide: what stands in a cell may be turned
UNSURE = 0.6  # of a word: its cell is looked at again
TALL = 24.0  # points: what is less high is a letter or two
LOW = 0.4  # of the highest word of a cell: a line as low, if unsure, is no print


def read_cells(
    picture: Image,
    cells: Iterable[Pixels],
    scale: float,
    program: Tesseract,
    dpi: int,
    second: SecondReader | None = None,
    seen: Sequence[ScanLine] = (),
) -> list[ScanLine]:
    """The lines in ``cells``, boxes without their walls; ``scale`` is points a pixel.

    Where Tesseract sees nothing in the ink of a cell, or a number in pieces, the ``second`` reader's number stands,
    under a doubt. What was ``seen`` on the whole page stands in each cell that reads worse alone.
    """
    from PIL import ImageOps

    dashes: list[ScanLine] = []
    boxes: list[Pixels] = []
    for cell in cells:
        box = _ink(picture, cell)
        if box is None:
            continue
        if _is_dash(box, scale):
            dashes.append(_dash(box, scale))
        else:
            boxes.append(box)
    cuts = [ImageOps.expand(picture.crop(box), BORDER, 255) for box in boxes]
    found = [_without_specks(lines) for lines in read_pictures(program, cuts, dpi, BLOCK)]
    _read_turned(cuts, found, scale, program, dpi)
    _read_enlarged(cuts, found, scale, program, dpi)
    if second is not None:
        for cut, lines in zip(cuts, found, strict=True):
            if not any(line.turned for line in lines):
                _ask_again(lines, cut, second)
    moved = [[_moved(line, box) for line in lines if line.words] for box, lines in zip(boxes, found, strict=True)]
    return [*dashes, *chain.from_iterable(_better(box, lines, seen) for box, lines in zip(boxes, moved, strict=True))]


def _better(box: Pixels, lines: list[ScanLine], seen: Sequence[ScanLine]) -> list[ScanLine]:
    """The lines of a cell, or what was ``seen`` there on the whole page, where they are unsure and it makes more sense.

    A unit may be no syllable (``DN``), so what is sure stands.
    """
    return lines if _is_sure(lines) else max(lines, _seen_in(box, seen), key=weigh)


def holds(box: Pixels, word: Word) -> bool:
    """Whether the middle of a word lies in a box."""
    x0, top, x1, bottom = box
    return x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= (word.top + word.bottom) / 2 <= bottom


def _seen_in(box: Pixels, seen: Iterable[ScanLine]) -> list[ScanLine]:
    """The part of the lines that lies in a cell."""
    held = ((line, [replace(word) for word in line.words if holds(box, word)]) for line in seen)
    return [
        replace(line, x0=words[0].x0, baseline=line.baseline + line.slope * (words[0].x0 - line.x0), words=words)
        for line, words in held
        if words
    ]


def _read_turned(cuts: list[Image], found: list[list[ScanLine]], scale: float, program: Tesseract, dpi: int) -> None:
    """Reads high and narrow cells from the bottom up too, and keeps what reads better."""
    from PIL.Image import Transpose

    high = [n for n, cut in enumerate(cuts) if _is_high(cut, scale)]
    level = [cuts[n].transpose(Transpose.ROTATE_270) for n in high]
    for n, lines in zip(high, read_pictures(program, level, dpi, BLOCK), strict=True):
        kept = _without_specks(lines)
        if weigh(kept) > weigh(found[n]):
            found[n] = [_stood_up(line, cuts[n].height) for line in kept]


def _read_enlarged(cuts: list[Image], found: list[list[ScanLine]], scale: float, program: Tesseract, dpi: int) -> None:
    """Reads unsure cells again, enlarged, and keeps what reads better: those of two lines word by word."""
    unsure = [n for n, lines in enumerate(found) if not (_is_sure(lines) or any(line.turned for line in lines))]
    for layout, is_tall in ((LINE, False), (SPARSE, True)):
        held = [n for n in unsure if ((cuts[n].height - 2 * BORDER) * scale >= TALL) is is_tall]
        for n, lines in zip(
            held, read_pictures(program, [enlarge(cuts[n]) for n in held], ENLARGED * dpi, layout), strict=True
        ):
            kept = _without_specks(lines)
            if weigh(kept) > weigh(found[n]):
                found[n] = [_made_smaller(line) for line in kept]


def _is_sure(lines: Sequence[ScanLine]) -> bool:
    """Whether something was read, and no word of it is unsure."""
    return bool(lines) and all(word.confidence >= UNSURE for line in lines for word in line.words)


def _made_smaller(line: ScanLine) -> ScanLine:
    """A line that was read enlarged, where it stands in its cell."""
    words = [
        replace(word, x0=_reduced(word.x0), top=_reduced(word.top), x1=_reduced(word.x1), bottom=_reduced(word.bottom))
        for word in line.words
    ]
    return replace(line, x0=_reduced(line.x0), baseline=_reduced(line.baseline), size=line.size / ENLARGED, words=words)


def _reduced(at: float) -> float:
    return (at - BORDER) / ENLARGED


def _is_high(cut: Image, scale: float) -> bool:
    """Whether the ink of a cell is higher than lines of words in it would be."""
    wide, high = (side - 2 * BORDER for side in cut.size)
    return high >= HIGH * wide and high * scale >= TALL


def _stood_up(line: ScanLine, height: int) -> ScanLine:
    """A line that was read level, where it stands in its cell, ``height`` pixels high."""
    for word in line.words:
        word.x0, word.top, word.x1, word.bottom = word.top, height - word.x1, word.bottom, height - word.x0
    return replace(line, turned=True)


def _ask_again(lines: list[ScanLine], cut: Image, second: SecondReader) -> None:
    """The second reader's number in place of pieces without a word."""
    words = [word.text for line in lines for word in line.words]
    is_read = len(words) == 1 or any(is_syllable(word.lower()) for word in words)
    number = None if is_read else number_in(cut, second)
    if number is not None:
        lines[:] = [_unseen(number, cut, " ".join(words))]


def _without_specks(lines: list[ScanLine]) -> list[ScanLine]:
    """The lines of a cell without those between them that accents and descenders make up: low and unsure."""
    heights = [word.bottom - word.top for line in lines for word in line.words]
    low = LOW * max(heights, default=0.0)
    return [line for line in lines if any(w.confidence >= SPLIT or w.bottom - w.top >= low for w in line.words)]


def cells_of(frames: Iterable[Frame], scale: float) -> list[Pixels]:
    """The boxes of all cells of ``frames`` without their walls."""
    return [_inside(frame.box(entry), scale) for frame in frames for entry in frame.cells()[0]]


def _inside(box: tuple[float, float, float, float], scale: float) -> Pixels:
    """A cell without its walls, in pixels."""
    x0, top, x1, bottom = box
    return (
        round((x0 + WALL) / scale),
        round((top + WALL) / scale),
        round((x1 - WALL) / scale),
        round((bottom - WALL) / scale),
    )


def _ink(picture: Image, box: Pixels) -> Pixels | None:
    """The part of ``box`` that holds ink, specks aside; None where there is none."""
    from PIL import ImageFilter

    x0, top, x1, bottom = box
    if x1 - x0 < EDGE or bottom - top < EDGE:
        return None
    clean = picture.crop(box).filter(ImageFilter.MedianFilter(3)).point(lambda shade: 255 if shade < DARK else 0)
    inked = clean.getbbox()
    if inked is None:
        return None
    return (
        max(x0 + inked[0] - EDGE, x0),
        max(top + inked[1] - EDGE, top),
        min(x0 + inked[2] + EDGE, x1),
        min(top + inked[3] + EDGE, bottom),
    )


def _unseen(number: str, cut: Image, other: str) -> ScanLine:
    """The line of a number that only the second reader saw whole; ``other`` is what Tesseract saw of it."""
    right, bottom = float(cut.width - BORDER), float(cut.height - BORDER)
    word = Word(number, BORDER, BORDER, right, bottom, SPLIT, other or NOTHING)
    return ScanLine(BORDER, bottom - EDGE, 0.0, bottom - BORDER, [word])


def _is_dash(box: Pixels, scale: float) -> bool:
    wide, high = ((end - start - 2 * EDGE) * scale for start, end in ((box[0], box[2]), (box[1], box[3])))
    return wide >= FLAT * high and DASH[0] <= wide <= DASH[1] and high <= THIN


def _dash(box: Pixels, scale: float) -> ScanLine:
    x0, top, x1, bottom = box
    size = 12 / scale  # a dash says nothing of the type that it stands in
    middle = (top + bottom) / 2
    word = Word("-", x0, middle - size / 4, x1, middle + size / 4, 0.9)
    return ScanLine(x0, middle + size / 4, 0.0, size, [word])


def _moved(line: ScanLine, box: Pixels) -> ScanLine:
    """The line where it stands on the page."""
    x, y = box[0] - BORDER, box[1] - BORDER
    for word in line.words:
        word.x0, word.x1, word.top, word.bottom = word.x0 + x, word.x1 + x, word.top + y, word.bottom + y
    line.x0, line.baseline = line.x0 + x, line.baseline + y
    return line
