"""Scanned pages become sheets of ink by way of Tesseract, if the machine has it: words, places, and how sure it is.

In: the picture of a page. Out: a ``Sheet`` like any other, so that lines, notes, columns and paragraphs are found by
the same hands. The hard idea: the page is set straight first, by the angle at which its rows stand out most from the
white between them; the boxes are tilted back at the end. Ruled tables are read cell by cell, the rest as a page;
every number is read again (``voting``). No letter is corrected here, and doubt stays on the word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING

from extractor.domain.document import Stage
from extractor.domain.faults import Faults
from extractor.paper.ocr.second_engine import find_second_reader
from extractor.paper.ocr.skew_and_rulings import WALL, erase, find_rulings, find_tilt
from extractor.paper.ocr.superscripts import recover_marks
from extractor.paper.ocr.table_cells import read_cells
from extractor.paper.ocr.tesseract import PROSE, ScanLine, find_tesseract, read_pictures
from extractor.paper.ocr.voting import doubt_numbers, mend_torn, settle_numbers, settle_romans
from extractor.paper.pdf.page_model import Run, Sheet
from extractor.paper.tables.ruled import find_frames

if TYPE_CHECKING:
    from PIL.Image import Image

LEAST_DPI, MOST_DPI = 200, 400  # a page is drawn as finely as it was scanned: blown-up specks become letters
SPECKLED = 280  # dpi from which specks are larger than a pixel and are smoothed away
CLOSE = 0.9  # of the page's usual distance between baselines: rows closer than this are set in smaller type
ALIKE = (0.8, 1.25)  # heights that differ by less are one type
NOISE = 0.25  # a word below this that holds no letter or digit is a speck


def recognise_page(picture: Image, number: int, size: tuple[float, float], faults: Faults) -> Sheet:
    """The sheet of a scanned page of ``size`` (width, height) in points; empty where nothing is recognised.

    A table or a second look that fails goes to ``faults``; numbers that nobody looked at again are then doubted. Raises
    ``TesseractFault`` where the page itself gives no answer.
    """
    from PIL import ImageFilter
    from PIL.Image import Resampling

    program = find_tesseract()
    width, height = size
    sheet = Sheet(number, width, height, picture=1.0)
    if program is None or not program.vietnamese:
        return sheet
    tilt = find_tilt(picture)
    straight = picture.rotate(tilt, Resampling.BICUBIC, fillcolor=255) if tilt else picture.copy()
    scale = width / picture.width
    dpi = round(72 / scale)
    if dpi >= SPECKLED:
        straight = straight.filter(ImageFilter.MedianFilter(3))
    sheet.tilt = tilt
    sheet.across, sheet.down = find_rulings(straight, width, height)
    frames = list(find_frames(sheet.across, sheet.down))
    cells: list[ScanLine] = []
    with faults.contain(Stage.RECOGNITION, "cells", page=number):
        cells = read_cells(straight, frames, scale, program, dpi)
    page = straight.copy() if frames else straight
    for frame in frames:
        x0, top, x1, bottom = frame.xs[0] - WALL, frame.ys[0] - WALL, frame.xs[-1] + WALL, frame.ys[-1] + WALL
        erase(page, (x0 / scale, top / scale, x1 / scale, bottom / scale))
    [lines] = read_pictures(program, [page], dpi, PROSE)
    found = [*lines, *cells]
    mend_torn(found)
    _even_out(lines)
    second = None
    with faults.contain(Stage.RECOGNITION, "second_reader", page=number):
        second = find_second_reader()
        if second is not None:
            settle_romans(straight, found, second)
            recover_marks(straight, lines, second)
    settled = False
    with faults.contain(Stage.RECOGNITION, "second_look", page=number):
        settle_numbers(straight, found, program, second, dpi)
        settled = True
    if not settled:
        doubt_numbers(found)
    sheet.runs = [*_runs(lines, scale), *_runs(cells, scale)]
    return sheet


def _even_out(lines: Sequence[ScanLine]) -> None:
    """Gives lines the height of the type that they are set in: a line's own letters may all be low, or its mark high.

    Where rows follow each other more closely than on the rest of the page, the type is smaller: notes are told so.
    """
    pitches = [
        min(abs(line.baseline - other.baseline) for other in (*lines[max(i - 1, 0) : i], *lines[i + 1 : i + 2]))
        for i, line in enumerate(lines)
        if len(lines) > 1
    ]
    usual = median(pitches) if pitches else 0.0
    close = [pitch < CLOSE * usual for pitch in pitches] or [False] * len(lines)
    for tight in (True, False):
        kin = [line for line, is_close in zip(lines, close, strict=True) if is_close is tight]
        size = median(line.size for line in kin for _ in line.words) if kin else 0.0
        for line in kin:
            if tight or ALIKE[0] * size < line.size < ALIKE[1] * size:
                line.size = size


def _runs(lines: Sequence[ScanLine], scale: float) -> Iterator[Run]:
    """The words of every line as runs on the line's baseline."""
    for line in lines:
        middle = (line.words[0].x0 + line.words[-1].x1) / 2
        baseline = line.baseline + line.slope * (middle - line.x0)
        for word in line.words:
            if not word.text or (word.confidence < NOISE and not any(map(str.isalnum, word.text))):
                continue
            yield Run(
                word.text + " ",
                word.x0 * scale,
                word.x1 * scale,
                word.top * scale,
                word.bottom * scale,
                baseline * scale,
                line.size * scale,
                font="ocr",
                confidence=word.confidence,
                other=word.other,
            )
