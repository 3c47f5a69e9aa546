"""Pages become paragraphs: running heads off, notes and tables apart, columns in order, page ends mended.

In: pages of lines and ruled tables. Out: ``Paragraph``s in reading order, each knowing the sheets that its lines
stand on; a page's notes follow its body. The hard idea: margins, body size and running heads belong to the whole
file, so nothing is decided before every page has been seen. Words are not read here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.domain.document import Stage
from extractor.domain.faults import Faults
from extractor.paper.layout.columns import find_bands
from extractor.paper.layout.footnote_zone import Note, split_notes
from extractor.paper.layout.lines import Line
from extractor.paper.layout.margins import drop_running_lines
from extractor.paper.layout.paragraphs import GoesOn, Margins, find_margins, goes_on, group_lines, is_title
from extractor.paper.layout.turned_lines import find_turned_lines
from extractor.paper.pdf.page_model import Run, Sheet
from extractor.paper.tables.continued import join_cut_row, rest_alone, rows_going_on, same_columns
from extractor.paper.tables.ruled import Grid
from extractor.paper.tables.unruled import find_aligned_grids


@dataclass(slots=True)
class Page:
    """One page between ink and paragraphs."""

    sheet: Sheet
    lines: list[Line]
    grids: list[Grid] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    turned: list[Run] = field(default_factory=list)
    margins: Margins = field(default_factory=lambda: Margins(0.0, 595.0))


@dataclass(slots=True)
class Paragraph:
    """Lines of one paragraph, with the sheet that each part stands on."""

    parts: list[tuple[Sheet, list[Line]]]
    margins: Margins
    note: str | None = None
    column: str | None = None
    centred: bool = False
    cut: bool = False
    grids: list[Grid] = field(default_factory=list)
    remark: str = ""

    @property
    def page(self) -> int:
        """The page that it begins on, from 1."""
        return self.parts[0][0].number


def find_paragraphs(pages: list[Page], faults: Faults | None = None) -> list[Paragraph]:
    """The paragraphs, tables and notes of all pages in reading order.

    A page on which a fault of ours strikes goes without what the failing step would have found, and into ``faults``.
    """
    faults = Faults() if faults is None else faults
    with faults.contain(Stage.PAGE, "running_lines"):
        for page, lines in zip(pages, drop_running_lines([(p.sheet.height, p.lines) for p in pages]), strict=True):
            page.lines = lines
    body_size = _body_size(pages)
    open_note, number = False, 1
    for page in pages:
        with faults.contain(Stage.PAGE, "notes", page=page.sheet.number):
            page.lines, page.notes = split_notes(
                page.lines, page.sheet.across, body_size, open_note=open_note, number=number
            )
        number += sum(note.mark is not None for note in page.notes)
        open_note = bool(page.notes)
        with faults.contain(Stage.TABLE, page=page.sheet.number):
            aligned, page.lines = find_aligned_grids(page.sheet, page.lines, find_turned_lines(page.turned))
            page.turned = [run for run in page.turned if not any(grid.holds(run) for grid in aligned)]
            page.grids = sorted([*page.grids, *aligned], key=lambda grid: grid.top)
    for before, page in pairwise(pages):
        with faults.contain(Stage.TABLE, page=page.sheet.number):
            _join_tables(before, page)
    shared: dict[int, Margins] = {}
    with faults.contain(Stage.PAGE, "margins"):
        shared = _shared_margins(pages, body_size)
    out: list[Paragraph] = []
    last_body: Paragraph | None = None
    last_note: Paragraph | None = None
    for page in pages:
        body: list[Paragraph] = []
        notes: list[Paragraph] = []
        with faults.contain(Stage.PAGE, page=page.sheet.number):
            fallback = shared.get(round(page.sheet.width)) or _grid_margins(page)
            page.margins = find_margins(_body_lines(page.lines, body_size), fallback)
            body = list(_flow(page))
            last_body = _continue(last_body, body, page)
        with faults.contain(Stage.PAGE, "notes", page=page.sheet.number):
            notes = list(_note_paragraphs(page))
            last_note = _continue_note(last_note, notes)
        out += body + notes
        if body:
            plain = not body[-1].column and not body[-1].centred
            last_body = body[-1] if plain else None
        last_note = notes[-1] if notes else None
    return out


def _join_tables(before: Page, page: Page) -> None:
    """Joins what the end of a page cuts, where a table ends there and goes on at the top of the next."""
    if not before.grids or any(line.baseline > before.grids[-1].bottom for line in before.lines):
        return
    above = before.grids[-1]
    if page.grids and same_columns(above, page.grids[0]):
        page.lines = join_cut_row(above, page.grids[0], page.lines)
        return
    opening = [line for line in page.lines if not page.grids or line.baseline < page.grids[0].top]
    if rows := rows_going_on(above, page.sheet, opening):
        page.lines = join_cut_row(above, rows, [line for line in page.lines if line.baseline > rows.bottom])
        page.grids.insert(0, rows)
        return
    rest = rest_alone(above, page.sheet, opening)
    page.lines = [line for line in page.lines if line not in rest]


def _body_size(pages: Sequence[Page]) -> float:
    """The size that most letters have."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            letters[round(line.size * 2) / 2] += len(line.text)
    return max(letters, key=lambda size: (letters[size], size)) if letters else 12.0


def _body_lines(lines: Sequence[Line], body_size: float) -> list[Line]:
    return [line for line in lines if abs(line.size - body_size) <= 0.15 * body_size]


def _shared_margins(pages: Sequence[Page], body_size: float) -> dict[int, Margins]:
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


def _grid_margins(page: Page) -> Margins | None:
    """The margins that a page's tables keep, for an annex page that is turned or holds nothing else."""
    if not page.grids:
        return None
    return Margins(min(grid.x0 for grid in page.grids), max(grid.x1 for grid in page.grids))


def _flow(page: Page) -> Iterator[Paragraph]:
    """Paragraphs and tables of a page from top to bottom, columns left before right."""
    rest = page.lines
    for grid in page.grids:
        above = [line for line in rest if line.baseline <= grid.top + 2]
        rest = [line for line in rest if line.baseline > grid.top + 2]
        yield from _text(page, above)
        yield Paragraph([(page.sheet, [])], page.margins, grids=[grid])
    yield from _text(page, rest)


def _text(page: Page, lines: Sequence[Line]) -> Iterator[Paragraph]:
    margins = page.margins
    for band in find_bands(lines, margins.left, margins.right):
        yield from (
            Paragraph([(page.sheet, group)], margins, centred=is_title(group, margins))
            for group in group_lines(band.lines, margins)
        )
        for name, column in (("left", band.left), ("right", band.right)):
            if not column:
                continue
            inner = Margins(min(line.x0 for line in column), max(line.x1 for line in column), margins.pitch)
            middled = _is_middled(column, inner)
            for group in [[line] for line in column] if middled else group_lines(column, inner):
                centred = middled and all(_is_mid(line, inner) for line in group)
                yield Paragraph([(page.sheet, group)], inner, column=name, centred=centred)


def _is_middled(column: Sequence[Line], inner: Margins) -> bool:
    """Whether the lines of a column share a middle rather than an edge: then their breaks are the writer's."""
    middled = sum(_is_mid(line, inner) for line in column)
    return middled * 2 > len(column) and len({round(line.x0) for line in column}) * 2 > len(column)


def _is_mid(line: Line, inner: Margins) -> bool:
    return abs((line.x0 + line.x1) - (inner.left + inner.right)) < 24


def _continue(last: Paragraph | None, body: list[Paragraph], page: Page) -> Paragraph | None:
    """Joins the first paragraph of a page to the last of the page before where the layout says that it goes on."""
    if last is None or not body or body[0].column:
        return last
    first = body[0]
    if last.grids or first.grids:
        if last.grids and first.grids and same_columns(last.grids[-1], first.grids[0]):
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


def _note_paragraphs(page: Page) -> Iterator[Paragraph]:
    lines = [line for note in page.notes for line in note.lines]
    if not lines:
        return
    margins = find_margins(lines, page.margins)
    margins = Margins(min(margins.left, page.margins.left), max(margins.right, page.margins.right), margins.pitch)
    for note in page.notes:
        for group in group_lines(note.lines, margins):
            yield Paragraph([(page.sheet, group)], margins, note=note.mark or "")


def _continue_note(last: Paragraph | None, notes: list[Paragraph]) -> Paragraph | None:
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
