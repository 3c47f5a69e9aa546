"""A born-digital PDF becomes pieces: sheets of ink → lines → notes, tables, columns → paragraphs over page ends.

In: the bytes of a PDF. Out: ``Pieces`` in reading order, each with its places on paper, and what could not be read as
text (scanned pages, pages that no engine opens). pdfium reads; pdfplumber stands in where pdfium opens nothing or
finds nothing. Writing that a person with the paper in hand would not see goes to the end, each piece with the remark
``hidden_text``. This module gives no meaning to words.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex

from extractor.errors import UnreadableFile
from extractor.paper.aligned_tables import find_aligned_grids
from extractor.paper.columns import find_bands
from extractor.paper.flow import GridCell, Mark, Piece
from extractor.paper.ink import Run, Sheet
from extractor.paper.limits import Limits
from extractor.paper.lines import Line, find_lines
from extractor.paper.margins import drop_running_lines
from extractor.paper.notes import Note, split_notes
from extractor.paper.paragraphs import GoesOn, Margins, find_margins, goes_on, group_lines, is_title
from extractor.paper.pdf_tables import Grid, find_grids
from extractor.records import Placement, Remark, Result

SCAN = 0.3  # a page without writing whose images cover this much is a scan

_LOST = regex.compile(r"[\ufffd\ue000-\uf8ff]+")  # what engines give for glyphs that their font does not name


@dataclass(frozen=True, slots=True)
class PdfReading:
    """The pieces of a PDF, and the pages (from 1) that gave none: ``scanned`` are images, ``failed`` did not open."""

    pieces: tuple[Piece, ...]
    pages: int
    scanned: tuple[int, ...] = ()
    failed: tuple[int, ...] = ()
    engine: str = "pdfium"


@dataclass(slots=True)
class _Page:
    """One page between ink and paragraphs."""

    sheet: Sheet
    lines: list[Line]
    grids: list[Grid] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    margins: Margins = field(default_factory=lambda: Margins(0.0, 595.0))


@dataclass(slots=True)
class _Paragraph:
    """Lines of one paragraph, with the sheet that each part stands on."""

    parts: list[tuple[Sheet, list[Line]]]
    margins: Margins
    note: str | None = None
    column: str | None = None
    centred: bool = False
    cut: bool = False
    grids: list[Grid] = field(default_factory=list)
    remark: str = ""


def read_sheets(sheets: Iterable[Sheet | None]) -> PdfReading:
    """The pieces of the pages that an engine handed over, None standing for a page that it could not open."""
    pages: list[_Page] = []
    hidden: list[_Paragraph] = []
    scanned: list[int] = []
    failed: list[int] = []
    for number, sheet in enumerate(sheets, 1):
        if sheet is None:
            failed.append(number)
            continue
        page = _open(sheet, hidden)
        pages.append(page)
        if not page.lines and not page.grids and sheet.picture >= SCAN:
            scanned.append(number)
    paragraphs = _find_paragraphs(pages)
    pieces = tuple(_piece(paragraph) for paragraph in [*paragraphs, *hidden])
    return PdfReading(pieces, len(pages) + len(failed), tuple(scanned), tuple(failed))


def _open(sheet: Sheet, hidden: list[_Paragraph]) -> _Page:
    """Tables and lines of one sheet; what is hidden goes to ``hidden``."""
    grids, rest = find_grids(sheet, [run for run in sheet.runs if not run.hidden or run.hidden == "turned"])
    seen: list[Run] = []
    unseen: dict[str, list[Run]] = {}
    for run in rest:
        if run.hidden:
            unseen.setdefault(run.hidden, []).append(run)
        else:
            seen.append(run)
    for run in sheet.runs:
        if run.hidden and run.hidden != "turned":
            unseen.setdefault(run.hidden, []).append(run)
    for why, runs in unseen.items():
        hidden.extend(_Paragraph([(sheet, [line])], Margins(0, sheet.width), remark=why) for line in find_lines(runs))
    return _Page(sheet, find_lines(seen), grids)


def _find_paragraphs(pages: list[_Page]) -> list[_Paragraph]:
    """The paragraphs, tables and notes of all pages in reading order."""
    for page, lines in zip(pages, drop_running_lines([(p.sheet.height, p.lines) for p in pages]), strict=True):
        page.lines = lines
    body_size = _body_size(pages)
    open_note = False
    for page in pages:
        page.lines, page.notes = split_notes(page.lines, page.sheet.across, body_size, open_note=open_note)
        open_note = bool(page.notes)
        aligned, page.lines = find_aligned_grids(page.sheet, page.lines)
        page.grids = sorted([*page.grids, *aligned], key=lambda grid: grid.top)
    shared = _shared_margins(pages, body_size)
    out: list[_Paragraph] = []
    last_body: _Paragraph | None = None
    last_note: _Paragraph | None = None
    for page in pages:
        fallback = shared.get(round(page.sheet.width)) or _grid_margins(page)
        page.margins = find_margins(_body_lines(page.lines, body_size), fallback)
        body = list(_flow(page))
        last_body = _continue(last_body, body, page)
        notes = list(_note_paragraphs(page))
        last_note = _continue_note(last_note, notes)
        out += body + notes
        if body:
            plain = not body[-1].column and not body[-1].centred
            last_body = body[-1] if plain else None
        last_note = notes[-1] if notes else None
    return out


def _body_size(pages: Sequence[_Page]) -> float:
    """The size that most letters have."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            letters[round(line.size * 2) / 2] += len(line.text)
    return max(letters, key=lambda size: (letters[size], size)) if letters else 12.0


def _body_lines(lines: Sequence[Line], body_size: float) -> list[Line]:
    return [line for line in lines if abs(line.size - body_size) <= 0.15 * body_size]


def _shared_margins(pages: Sequence[_Page], body_size: float) -> dict[int, Margins]:
    """The margins that pages of one width share, for pages with too little text to show their own."""
    by_width: dict[int, list[Margins]] = {}
    for page in pages:
        lines = _body_lines(page.lines, body_size)
        if len(lines) >= 10:
            by_width.setdefault(round(page.sheet.width), []).append(find_margins(lines))
    out: dict[int, Margins] = {}
    for width, found in by_width.items():
        middle = sorted(found, key=lambda margins: (margins.left, margins.right))[len(found) // 2]
        indent = sorted(margins.indent for margins in found)[len(found) // 2]
        out[width] = Margins(middle.left, middle.right, middle.pitch, indent)
    return out


def _grid_margins(page: _Page) -> Margins | None:
    """The margins that a page's tables keep, for an annex page that is turned or holds nothing else."""
    if not page.grids:
        return None
    return Margins(min(grid.x0 for grid in page.grids), max(grid.x1 for grid in page.grids))


def _flow(page: _Page) -> Iterator[_Paragraph]:
    """Paragraphs and tables of a page from top to bottom, columns left before right."""
    rest = page.lines
    for grid in page.grids:
        above = [line for line in rest if line.baseline <= grid.top + 2]
        rest = [line for line in rest if line.baseline > grid.top + 2]
        yield from _text(page, above)
        yield _Paragraph([(page.sheet, [])], page.margins, grids=[grid])
    yield from _text(page, rest)


def _text(page: _Page, lines: Sequence[Line]) -> Iterator[_Paragraph]:
    margins = page.margins
    for band in find_bands(lines, margins.left, margins.right):
        yield from (
            _Paragraph([(page.sheet, group)], margins, centred=is_title(group, margins))
            for group in group_lines(band.lines, margins)
        )
        for name, column in (("left", band.left), ("right", band.right)):
            if not column:
                continue
            inner = Margins(min(line.x0 for line in column), max(line.x1 for line in column), margins.pitch)
            middled = _is_middled(column, inner)
            for group in [[line] for line in column] if middled else group_lines(column, inner):
                centred = middled and all(_is_mid(line, inner) for line in group)
                yield _Paragraph([(page.sheet, group)], inner, column=name, centred=centred)


def _is_middled(column: Sequence[Line], inner: Margins) -> bool:
    """Whether the lines of a column share a middle rather than an edge: then their breaks are the writer's."""
    middled = sum(_is_mid(line, inner) for line in column)
    return middled * 2 > len(column) and len({round(line.x0) for line in column}) * 2 > len(column)


def _is_mid(line: Line, inner: Margins) -> bool:
    return abs((line.x0 + line.x1) - (inner.left + inner.right)) < 24


def _continue(last: _Paragraph | None, body: list[_Paragraph], page: _Page) -> _Paragraph | None:
    """Joins the first paragraph of a page to the last of the page before where the layout says that it goes on."""
    if last is None or not body or body[0].column:
        return last
    first = body[0]
    if last.grids or first.grids:
        if last.grids and first.grids and _same_table(last.grids[-1], first.grids[0]):
            last.grids.append(first.grids[0])
            del body[0]
        return last
    verdict = goes_on(last.parts[-1][1], last.margins, first.parts[0][1][0], page.margins)
    if verdict is GoesOn.YES:
        last.parts += first.parts
        last.margins = page.margins
        del body[0]
    elif verdict is GoesOn.PERHAPS:
        last.cut = True
    return last


def _same_table(a: Grid, b: Grid) -> bool:
    """Whether a table at the top of a page has the columns of the one that ended the page before."""
    return len(a.walls) == len(b.walls) and all(
        abs((x - a.walls[0]) - (y - b.walls[0])) < 6 for x, y in zip(a.walls, b.walls, strict=True)
    )


def _note_paragraphs(page: _Page) -> Iterator[_Paragraph]:
    lines = [line for note in page.notes for line in note.lines]
    if not lines:
        return
    margins = find_margins(lines, page.margins)
    margins = Margins(min(margins.left, page.margins.left), max(margins.right, page.margins.right), margins.pitch)
    for note in page.notes:
        for group in group_lines(note.lines, margins):
            yield _Paragraph([(page.sheet, group)], margins, note=note.mark or "")


def _continue_note(last: _Paragraph | None, notes: list[_Paragraph]) -> _Paragraph | None:
    """Gives what opens a page's notes without a mark to the note that ended the page before."""
    if not notes or notes[0].note:
        return last
    mark = last.note if last else None
    for paragraph in notes:
        if paragraph.note:
            break
        paragraph.note = mark
    if last is not None:
        group, line = last.parts[-1][1], notes[0].parts[0][1][0]
        if goes_on(group, last.margins, line, notes[0].margins) is not GoesOn.NO:
            last.parts += notes[0].parts
            del notes[0]
    return last


# ------------------------------------------------------------------------------------------------- into the flow


def _piece(paragraph: _Paragraph) -> Piece:
    page = paragraph.parts[0][0].number
    if paragraph.grids:
        return Piece("", page=paragraph.grids[0].sheet.number, grid=tuple(_grid_cells(paragraph.grids)))
    text, marks, bold, italic, placements = _join(paragraph.parts)
    remarks = []
    if paragraph.remark:
        code = "turned_text" if paragraph.remark == "turned" else "hidden_text"
        remarks.append(Remark(0, len(text), code, paragraph.remark))
    remarks += [Remark(*match.span(), "lost_glyph") for match in _LOST.finditer(text)]
    return Piece(
        text,
        marks=tuple(Mark(at, mark) for at, mark in marks),
        note=paragraph.note,
        bold=tuple(bold),
        italic=tuple(italic),
        centred=paragraph.centred,
        column=paragraph.column,
        page=page,
        cut=paragraph.cut,
        placements=tuple(placements),
        remarks=tuple(remarks),
    )


def _join(
    parts: Iterable[tuple[Sheet, list[Line]]],
) -> tuple[str, list[tuple[int, str]], list[tuple[int, int]], list[tuple[int, int]], list[Placement]]:
    """The lines as one text: a space between lines, none where a word or number was broken."""
    text = ""
    marks: list[tuple[int, str]] = []
    bold: list[tuple[int, int]] = []
    italic: list[tuple[int, int]] = []
    placements: list[Placement] = []
    glued = True
    for sheet, lines in parts:
        for line in lines:
            if text and not glued:
                text += " "
            at = len(text)
            text += line.text
            marks += [(at + offset, mark) for offset, mark in line.marks]
            for spans, more in ((bold, line.bold), (italic, line.italic)):
                for start, end in more:
                    if spans and at + start - spans[-1][1] <= 1:
                        spans[-1] = (spans[-1][0], at + end)
                    else:
                        spans.append((at + start, at + end))
            placements += [
                Placement(at + start, at + end, sheet.box(x0, top, x1, bottom))
                for start, end, x0, top, x1, bottom in line.spots
            ]
            glued = line.glued
    return text, marks, bold, italic, placements


def _grid_cells(grids: Sequence[Grid]) -> Iterator[GridCell]:
    """The cells of a table that may run over pages; header rows that a page repeats are left out."""
    head = _header_rows(grids[0])
    below = 0
    for index, grid in enumerate(grids):
        skipped = _repeated(grid, head) if index else 0
        for entry in grid.entries:
            if entry.row < skipped:
                continue
            text, _, _, _, placements = _join([(grid.sheet, entry.lines)])
            yield GridCell(
                below + entry.row - skipped,
                entry.column,
                text,
                entry.rows,
                entry.columns,
                entry.header and not index,
                tuple(placements),
            )
        below += grid.rows - skipped


def _header_rows(grid: Grid) -> list[tuple[str, ...]]:
    return [_row(grid, row) for row in range(grid.rows)]


def _row(grid: Grid, row: int) -> tuple[str, ...]:
    return tuple(entry.text for entry in sorted(grid.entries, key=lambda entry: entry.column) if entry.row == row)


def _repeated(grid: Grid, head: list[tuple[str, ...]]) -> int:
    """How many rows at the top of ``grid`` say again what the first page's table began with."""
    count = 0
    while count < min(grid.rows, len(head)) and _row(grid, count) == head[count]:
        count += 1
    return count


def read_pdf(data: bytes, limit: int = 10_000) -> PdfReading:
    """The pieces of a PDF by pdfium alone; raises ``pypdfium2.PdfiumError`` where it cannot open the file.

    Raises OverflowError with the number of pages where there are more than ``limit``.
    """
    from extractor.paper.pdfium import PdfiumFile

    pdf = PdfiumFile(data)
    collecting = gc.isenabled()
    gc.disable()  # lines and runs hold no cycles; looking for some costs a tenth of the time
    try:
        if len(pdf) > limit:
            raise OverflowError(len(pdf))
        return read_sheets(pdf.sheets())
    finally:
        if collecting:
            gc.enable()
        pdf.close()


def open_pdf(data: bytes, name: str, limits: Limits) -> PdfReading:
    """The pieces of a PDF by whichever engine can read it; raises UnreadableFile for locked and endless files."""
    import pypdfium2

    try:
        reading = read_pdf(data, limits.pages)
    except OverflowError as error:
        raise UnreadableFile(
            name,
            Result.TOO_LARGE,
            f"{name}: khai có {error.args[0]} trang, quá nhiều cho một báo cáo. Hãy tách thành các tệp nhỏ hơn.",
            f"{name}: lists {error.args[0]} pages, too many for one report. Split it into smaller files.",
        ) from error
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise UnreadableFile(
                name,
                Result.ENCRYPTED,
                f"{name}: tệp PDF đặt mật khẩu. Hãy mở bằng mật khẩu rồi in hoặc lưu thành PDF không khoá.",
                f"{name}: the PDF is locked by a password. Open it with the password and print or save it unlocked.",
            ) from error
        return _by_plumber(data, limits)
    if reading.pieces or reading.scanned:
        return reading
    try:
        return _by_plumber(data, limits)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - it raises anything; what pdfium found, though nothing, then stands
        return reading


def _by_plumber(data: bytes, limits: Limits) -> PdfReading:
    from extractor.paper.plumber import read_plumber

    return replace(read_sheets(read_plumber(data, limits.pages)), engine="pdfplumber")
