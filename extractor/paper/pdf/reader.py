"""A born-digital PDF becomes pieces: sheets of ink → lines → notes, tables, columns → paragraphs over page ends.

In: the bytes of a PDF. Out: ``Pieces`` in reading order, each with its places on paper, and what could not be read as
text (scanned pages, pages that no engine opens). pdfium reads; pdfplumber stands in where pdfium opens nothing or
finds nothing. Writing that a person with the paper in hand would not see goes to the end, each piece with the remark
``hidden_text``. This module gives no meaning to words.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from extractor.domain.document import Fault, Result, Stage
from extractor.domain.errors import UnreadableFile
from extractor.domain.faults import Faults
from extractor.domain.news import PageNews, quiet
from extractor.domain.paused_gc import put_aside
from extractor.paper.layout.lines import find_lines
from extractor.paper.layout.pages import Page, Paragraph, find_paragraphs
from extractor.paper.layout.paragraphs import Margins
from extractor.paper.layout.paragraphs_to_pieces import build_piece
from extractor.paper.pdf.page_model import Run, Sheet
from extractor.paper.pdf.scan_layer import SCAN, better_sheet, is_scan
from extractor.paper.sandbox.limits import BEATS, Limits
from extractor.paper.sniff.legacy_fonts import decode_sheets
from extractor.paper.structure.flow import Piece
from extractor.paper.tables.ruled import Grid, find_grids

if TYPE_CHECKING:
    from extractor.paper.pdf.pdfium_engine import PdfiumFile


BEAT = 10.0  # seconds after which a page that is being recognised asks for more time


COVER = 600  # letters on the one page of a PDF that only carries other files


@dataclass(frozen=True, slots=True)
class PdfReading:
    """The pieces of a PDF, and the pages (from 1) that gave none: ``scanned`` are images, ``failed`` did not open."""

    pieces: tuple[Piece, ...]
    pages: int
    scanned: tuple[int, ...] = ()
    failed: tuple[int, ...] = ()
    engine: str = "pdfium"
    encoding: str | None = None  # the legacy encoding of its fonts, decoded
    original: str | None = None  # the text before
    faults: tuple[Fault, ...] = ()
    producer: str | None = None
    dpi: int | None = None  # of the finest scan
    attached: int = 0  # files that it carries


def read_sheets(sheets: Iterable[Sheet | None], faults: Faults | None = None) -> PdfReading:
    """The pieces of the pages that an engine handed over, None standing for a page that it could not open.

    A page, table or paragraph that meets a fault of ours is lost alone and kept in ``faults``.
    """
    faults = Faults() if faults is None else faults
    pages: list[Page] = []
    hidden: list[Paragraph] = []
    scanned: list[int] = []
    failed: list[int] = []
    opened = list(sheets)
    encoding, original = decode_sheets([sheet for sheet in opened if sheet])
    for number, sheet in enumerate(opened, 1):
        page = None
        with faults.contain(Stage.PAGE, page=number):
            page = _open(sheet, hidden, faults) if sheet else None
        if sheet is None or page is None:
            failed.append(number)
            continue
        pages.append(page)
        if not page.lines and not page.grids and sheet.picture >= SCAN:
            scanned.append(number)
    pieces: list[Piece] = []
    found = find_paragraphs(pages, faults)
    turned = chain.from_iterable(_unread(page.sheet, page.turned, "turned") for page in pages)
    for paragraph in [*found, *sorted([*turned, *hidden], key=lambda paragraph: paragraph.page)]:
        with faults.contain(Stage.PARAGRAPH, page=paragraph.page):
            pieces.append(build_piece(paragraph))
    return PdfReading(
        tuple(pieces),
        len(opened),
        _lost(scanned, pages),
        tuple(failed),
        encoding=encoding,
        original=original,
        faults=tuple(sorted(faults, key=lambda fault: (fault.page or 0, fault.stage, fault.what))),
    )


def _lost(scanned: list[int], pages: list[Page]) -> tuple[int, ...]:
    """The scanned pages that gave nothing; a blank back is none of them where any page was read."""
    blank = {page.sheet.number for page in pages if page.sheet.blank}
    read = any(page.lines or page.grids for page in pages)
    return tuple(number for number in scanned if not read or number not in blank)


def _open(sheet: Sheet, hidden: list[Paragraph], faults: Faults) -> Page:
    """Tables and lines of one sheet; what is hidden goes to ``hidden``."""
    grids: list[Grid] = []
    rest = [run for run in sheet.runs if not run.hidden or run.hidden == "turned"]
    with faults.contain(Stage.TABLE, page=sheet.number):
        grids, rest = find_grids(sheet, rest)
    unseen: dict[str, list[Run]] = {}
    for run in sheet.runs:
        if run.hidden and run.hidden != "turned":
            unseen.setdefault(run.hidden, []).append(run)
    for why, runs in unseen.items():
        hidden.extend(_unread(sheet, runs, why))
    turned = [run for run in rest if run.hidden]
    return Page(sheet, find_lines([run for run in rest if not run.hidden]), grids, turned=turned)


def _unread(sheet: Sheet, runs: list[Run], why: str) -> list[Paragraph]:
    """What stands on a sheet and nobody reads, a paragraph a line."""
    return [Paragraph([(sheet, [line])], Margins(0, sheet.width), remark=why) for line in find_lines(runs)]


def read_pdf(data: bytes, limit: int = 10_000, progress: PageNews = quiet) -> PdfReading:
    """The pieces of a PDF by pdfium alone, scanned pages by Tesseract where the machine has it.

    ``progress`` is called for each recognised page, and while one takes long. Raises ``pypdfium2.PdfiumError`` where
    pdfium cannot open the file, OverflowError with the number of pages where there are more than ``limit``.
    """
    from extractor.paper.pdf.pdfium_engine import PdfiumFile

    pdf, faults = PdfiumFile(data), Faults()
    try:
        if len(pdf) > limit:
            raise OverflowError(len(pdf))
        with put_aside():
            sheets = list(pdf.sheets())
            dpi = max((round(sheet.dpi) for sheet in sheets if sheet and sheet.picture >= SCAN), default=None)
            reading = read_sheets(_recognise_scans(pdf, sheets, progress, faults), faults)
            return replace(reading, producer=pdf.producer, dpi=dpi or None, attached=pdf.attached)
    finally:
        pdf.close()


def _recognise_scans(
    pdf: PdfiumFile, sheets: list[Sheet | None], progress: PageNews, faults: Faults
) -> list[Sheet | None]:
    """The sheets with those of scanned pages replaced by what Tesseract reads on them, a page a core at a time."""
    scans = [i for i, sheet in enumerate(sheets) if sheet and is_scan(sheet)]
    if not scans:
        return sheets
    from extractor.paper.ocr.page import LEAST_DPI, MOST_DPI, recognise_page
    from extractor.paper.ocr.tesseract import find_tesseract

    program = find_tesseract()
    if program is None or not program.vietnamese:
        return sheets
    from concurrent.futures import ThreadPoolExecutor

    workers = min(4, os.cpu_count() or 1)
    read = 0
    with ThreadPoolExecutor(workers) as pool:
        for group in (scans[at : at + workers] for at in range(0, len(scans), workers)):
            waiting = []
            for index in group:
                sheet = sheets[index]
                picture = pdf.picture(index, min(max(round(sheet.dpi), LEAST_DPI), MOST_DPI)) if sheet else None
                if sheet and picture is not None:
                    size = (sheet.width, sheet.height)
                    waiting.append((index, pool.submit(recognise_page, picture, sheet.number, size, faults)))
            for index, reading in waiting:
                with faults.contain(Stage.RECOGNITION, page=index + 1):
                    sheets[index] = better_sheet(_wait(reading, partial(progress, read, len(scans))), sheets[index])
                read += 1
                progress(read, len(scans))
    return sheets


def _wait(reading: Future[Sheet], progress: Callable[[], None]) -> Sheet:
    """The sheet when it is there; a page that is read more than once asks for more time while it is at it."""
    for _ in range(BEATS - 1):
        try:
            return reading.result(timeout=BEAT)
        except TimeoutError:
            progress()
    return reading.result()


def open_pdf(data: bytes, name: str, limits: Limits, progress: PageNews = quiet) -> PdfReading:
    """The pieces of a PDF by whichever engine can read it; raises UnreadableFile for locked and endless files."""
    import pypdfium2

    try:
        reading = read_pdf(data, limits.pages, progress)
    except OverflowError as error:
        raise UnreadableFile(name, Result.TOO_LARGE, "file.too_many_pages", count=error.args[0]) from error
    except pypdfium2.PdfiumError as error:
        if (
            error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD and b"/Encrypt" in data
        ):  # the code may be an earlier file's
            raise UnreadableFile(name, Result.ENCRYPTED, "file.pdf_locked") from error
        return _by_plumber(data, limits)
    if reading.attached and reading.pages == 1 and sum(len(piece.text) for piece in reading.pieces) < COVER:
        raise UnreadableFile(name, Result.REFUSED, "file.pdf_portfolio", count=reading.attached)
    if reading.pieces or (reading.pages and not reading.failed):
        return (
            reading  # pages that opened and hold no letters hold none for pdfplumber either, and bombs look like that
        )
    try:
        return _by_plumber(data, limits)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - it raises anything; what pdfium found, though nothing, then stands
        return reading


def _by_plumber(data: bytes, limits: Limits) -> PdfReading:
    from extractor.paper.pdf.pdfplumber_engine import read_plumber

    return replace(read_sheets(read_plumber(data, limits.pages)), engine="pdfplumber")
