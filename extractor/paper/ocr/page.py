"""Scanned pages become sheets of ink by way of Tesseract, if the machine has it: words, places, and how sure it is.

In: the picture of a page. Out: a ``Sheet`` like any other, so that lines, notes, columns and paragraphs are found by
the same hands. The hard idea: a page is read as it was prepared (``preparation``), upright and set straight by the
angle at which its rows stand out most; where it reads poorly it is read again turned, or as it came, and the better
reading stands. Boxes are turned and tilted back at the end. Ruled tables are read cell by cell, the rest as a page;
every number is read again (``voting``). No letter is corrected here, and doubt stays on the word.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from extractor.domain.document import Stage
from extractor.domain.faults import Faults
from extractor.paper.layout.lines import RECOGNISED
from extractor.paper.ocr.orientation import find_turn, lies_sideways, turn_back
from extractor.paper.ocr.preparation import Prepared, ink_share, prepare, red_share
from extractor.paper.ocr.quality import SURE, is_blank, is_poor, weigh
from extractor.paper.ocr.second_engine import find_second_reader
from extractor.paper.ocr.skew_and_rulings import WALL, erase, find_rulings, find_tilt, is_closed, smooth_folds
from extractor.paper.ocr.stamps import find_stamps
from extractor.paper.ocr.superscripts import recover_marks
from extractor.paper.ocr.table_cells import cells_of, read_cells
from extractor.paper.ocr.tesseract import PROSE, ScanLine, Tesseract, TesseractFault, find_tesseract, read_pictures
from extractor.paper.ocr.unruled_cells import find_unruled, levelled, size_of
from extractor.paper.ocr.voting import (
    bare_headings,
    doubt_numbers,
    mend_torn,
    settle_letters,
    settle_numbers,
    settle_romans,
)
from extractor.paper.pdf.page_model import Run, Sheet
from extractor.paper.tables.ruled import find_frames

if TYPE_CHECKING:
    from PIL.Image import Image

LEAST_DPI, MOST_DPI = 200, 400  # a page is drawn as finely as it was scanned: blown-up specks become letters
CLOSE = 0.9  # of the page's usual distance between baselines: rows closer than this are set in smaller type
ALIKE = (0.8, 1.25)  # heights that differ by less are one type
NOISE = 0.25  # a word below this that holds no letter or digit is a speck
STRAY = frozenset("_|~^`¬¦\\")  # signs that stand alone in no report: what a speck, a scratch or a wall is taken for
GARBLED = 20  # letters of a line without one word that makes sense, and unsure: the edge of a photograph
BLANK = 0.004  # of a page's pixels that are dark: less is the shadow of what stands on its other side
ENOUGH = 0.9  # of what a table weighs on the whole page: its cells know which column their words stand in
COVERED = 0.12  # of a word's box under red ink: it stands under a seal
UNDER_INK = 0.55  # no word under a seal is surer than this, however clear it seems


@dataclass(slots=True)
class _Reading:
    """One reading of a page: the sheet without its runs, the straight picture, the lines outside and inside tables."""

    sheet: Sheet
    picture: Image
    red: Image | None
    scale: float
    dpi: int
    lines: list[ScanLine]
    cells: list[ScanLine]

    @property
    def found(self) -> list[ScanLine]:
        """All lines that lie level."""
        return [line for line in (*self.lines, *self.cells) if not line.turned]


def recognise_page(picture: Image, number: int, size: tuple[float, float], faults: Faults) -> Sheet:
    """The sheet of a scanned page of ``size`` (width, height) in points; empty where nothing is recognised.

    A table or a second look that fails goes to ``faults``; numbers that nobody looked at again are then doubted. Raises
    ``TesseractFault`` where the page itself gives no answer.
    """
    program = find_tesseract()
    if program is None or not program.vietnamese:
        return Sheet(number, *size, picture=1.0)
    reading = _read_best(picture, number, size, program, faults)
    if is_blank(reading.found) and ink_share(reading.picture) < BLANK:
        reading.sheet.blank = True
        return reading.sheet
    _settle(reading, program, faults)
    _doubt_covered(reading)
    reading.sheet.stamps = find_stamps(reading.red, reading.scale)
    reading.sheet.runs = [
        *_runs(reading.lines, reading.scale),
        *_runs(reading.cells, reading.scale, are_cells=True),
    ]
    return reading.sheet


def _read_best(picture: Image, number: int, size: tuple[float, float], program: Tesseract, faults: Faults) -> _Reading:
    """The page read as it was prepared; read otherwise too where that gives little, the better reading kept."""
    page = prepare(picture)
    quarters = find_turn(program, page.picture) if lies_sideways(page.picture) else 0
    best = _read(page, quarters, number, size, program, faults)
    if not is_poor(best.found) or ink_share(page.picture) < BLANK:
        return best
    others: list[tuple[Prepared, int]] = []
    turn = find_turn(program, page.picture)
    if turn != quarters:
        others.append((page, turn))
    if page.remedies:
        others.append((Prepared(picture.convert("L")), turn))
    for other, turned in others:
        with contextlib.suppress(TesseractFault):  # on a busy machine; what was read already stands
            again = _read(other, turned, number, size, program, faults)
            best = max(best, again, key=lambda reading: weigh(reading.found))
    return best


def _read(
    page: Prepared, quarters: int, number: int, size: tuple[float, float], program: Tesseract, faults: Faults
) -> _Reading:
    """What Tesseract reads on the page turned clockwise by ``quarters``, its tables cell by cell."""
    width, height = size if quarters % 2 == 0 else size[::-1]
    upright, red = turn_back(page.picture, quarters), page.red and turn_back(page.red, quarters)
    sheet = Sheet(number, width, height, picture=1.0, turn=quarters)
    sheet.tilt = find_tilt(upright)
    straight = smooth_folds(_set_straight(upright, sheet.tilt, 255), width, height)
    scale = width / upright.width
    dpi = round(72 / scale)
    sheet.across, sheet.down = find_rulings(straight, width, height)
    frames = [frame for frame in find_frames(sheet.across, sheet.down) if is_closed(frame)]
    sheet.down = [rule for rule in sheet.down if any(frame.holds_down(rule) for frame in frames)]
    cells: list[ScanLine] = []
    with faults.contain(Stage.RECOGNITION, "cells", page=number):
        cells = _alike(read_cells(straight, cells_of(frames, scale), scale, program, dpi, find_second_reader()))
    outside = straight.copy() if frames else straight
    for frame in frames:
        x0, top, x1, bottom = frame.xs[0] - WALL, frame.ys[0] - WALL, frame.xs[-1] + WALL, frame.ys[-1] + WALL
        erase(outside, (x0 / scale, top / scale, x1 / scale, bottom / scale))
    [read] = read_pictures(program, [outside], dpi, PROSE)
    lines = [line for line in read if not _is_garbled(line)]
    with faults.contain(Stage.RECOGNITION, "cells", page=number):
        cells += _read_unruled(outside, lines, scale, program, dpi)
    mend_torn([*lines, *cells])
    bare_headings(lines)
    _even_out(lines)
    return _Reading(sheet, straight, red and _set_straight(red, sheet.tilt, 0), scale, dpi, lines, cells)


def _is_garbled(line: ScanLine) -> bool:
    """Whether a long line is no print: none of its words makes sense, and most are unsure."""
    letters = sum(len(word.text) for word in line.words)
    sure = sum(len(word.text) * word.confidence for word in line.words)
    return letters >= GARBLED and sure < SURE * letters and not weigh([line])


def _read_unruled(picture: Image, lines: list[ScanLine], scale: float, program: Tesseract, dpi: int) -> list[ScanLine]:
    """The lines in the cells of tables without rulings, taken out of ``lines`` where they read better cell by cell."""
    out: list[ScanLine] = []
    for table in find_unruled(picture, lines):
        cells = read_cells(picture, table.cells, scale, program, dpi, find_second_reader(), lines)
        before = [replace(line, words=[word for word in line.words if table.holds(word)]) for line in lines]
        if weigh(cells) < ENOUGH * weigh(before):
            continue
        out += [replace(line, size=size_of(cells)) for line in levelled(cells)]
        for line in lines:
            line.words = [word for word in line.words if not table.holds(word)]
        lines[:] = [line for line in lines if line.words]
    return out


def _set_straight(picture: Image, tilt: float, paper: int) -> Image:
    from PIL.Image import Resampling

    return picture.rotate(tilt, Resampling.BICUBIC, fillcolor=paper) if tilt else picture


def _settle(reading: _Reading, program: Tesseract, faults: Faults) -> None:
    """Has every number looked at again, by the second reader where there is one."""
    number, found = reading.sheet.number, reading.found
    cells = [line for line in reading.cells if not line.turned]
    second = None
    with faults.contain(Stage.RECOGNITION, "second_reader", page=number):
        second = find_second_reader()
        if second is not None:
            settle_romans(reading.picture, reading.lines, second)
            settle_romans(reading.picture, cells, second, every=True)
            recover_marks(reading.picture, reading.lines, second)
            settle_letters(reading.picture, cells, second)
    settled = False
    with faults.contain(Stage.RECOGNITION, "second_look", page=number):
        settle_numbers(reading.picture, found, program, second, reading.dpi)
        settled = True
    if not settled:
        doubt_numbers(found)


def _doubt_covered(reading: _Reading) -> None:
    """Lets no number under a seal seem sure: the ink may have been a stroke of it."""
    for line in reading.found if reading.red else ():
        for word in line.words:
            is_number = any(map(str.isdigit, word.text))
            if is_number and red_share(reading.red, (word.x0, word.top, word.x1, word.bottom)) > COVERED:
                word.confidence = min(word.confidence, UNDER_INK)


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


def _alike(cells: list[ScanLine]) -> list[ScanLine]:
    """The lines of cells, none much larger or smaller than most: one of a short word is measured by its descender.

    What stood beside a line so large would be taken for its marks.
    """
    usual = size_of(cells) if cells else 0.0
    return [replace(line, size=min(max(line.size, ALIKE[0] * usual), ALIKE[1] * usual)) for line in cells]


def _runs(lines: Sequence[ScanLine], scale: float, *, are_cells: bool = False) -> Iterator[Run]:
    """The words of every line, or of every line of a cell, as runs on the line's baseline."""
    for line in lines:
        middle = (line.words[0].x0 + line.words[-1].x1) / 2
        baseline = line.baseline + line.slope * (middle - line.x0)
        for word in line.words:
            if STRAY.issuperset(word.text) or (word.confidence < NOISE and not any(map(str.isalnum, word.text))):
                continue
            foot = word.bottom if line.turned else baseline
            yield Run(
                word.text + " ",
                word.x0 * scale,
                word.x1 * scale,
                word.top * scale,
                word.bottom * scale,
                foot * scale,
                line.size * scale,
                font=RECOGNISED,
                hidden="turned" if line.turned else "",
                confidence=word.confidence,
                other=word.other,
                ends_cell=are_cells and word is line.words[-1],
            )
