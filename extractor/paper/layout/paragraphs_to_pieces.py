"""Paragraphs on sheets become pieces of the flow: lines joined, places kept, tables over pages made one.

In: a ``Paragraph`` of lines or of grids. Out: a ``Piece``. A space stands between lines, nothing where a word or number
was broken; header rows that a page repeats are left out; what a reader of the paper would not see says so in a remark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import regex

from extractor.domain.document import Placement, Remark
from extractor.paper.layout.lines import Line
from extractor.paper.layout.pages import Paragraph
from extractor.paper.pdf.page_model import Sheet
from extractor.paper.structure.flow import GridCell, Mark, Piece
from extractor.paper.tables.headers import with_header
from extractor.paper.tables.ruled import Grid

UNSURE = 0.6  # a recognised word below this is doubtful
_LOST = regex.compile(r"[\ufffd\ue000-\uf8ff]+")  # what engines give for glyphs that their font does not name


def build_piece(paragraph: Paragraph) -> Piece:
    """The piece that a paragraph, or a table over its pages, becomes."""
    page = paragraph.parts[0][0].number
    if paragraph.grids:
        return Piece("", page=paragraph.grids[0].sheet.number, grid=with_header(_grid_cells(paragraph.grids)))
    text, marks, bold, italic, placements, remarks = _join(paragraph.parts)
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
) -> tuple[str, list[tuple[int, str]], list[tuple[int, int]], list[tuple[int, int]], list[Placement], list[Remark]]:
    """The lines as one text: a space between lines, none where a word or number was broken; doubtful words say so."""
    text = ""
    marks: list[tuple[int, str]] = []
    bold: list[tuple[int, int]] = []
    italic: list[tuple[int, int]] = []
    placements: list[Placement] = []
    remarks: list[Remark] = []
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
            for start, end, x0, top, x1, bottom, confidence, other, space in line.spots:
                placements.append(Placement(at + start, at + end, sheet.box(x0, top, x1, bottom), confidence, space))
                if sheet.stamps and (stamp := _stamp_over(sheet, x0, top, x1, bottom)):
                    remarks.append(Remark(at + start, at + end, "under_stamp", stamp))
                if other:
                    remarks.append(Remark(at + start, at + end, "readers_disagree", other))
                if confidence < UNSURE:
                    remarks.append(Remark(at + start, at + end, "low_confidence"))
            glued = line.glued
    return text, marks, bold, italic, placements, remarks


def _stamp_over(sheet: Sheet, x0: float, top: float, x1: float, bottom: float) -> str:
    """The box of the seal that a word's middle lies in, as page and corners in points; empty where it lies in none."""
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    found = next((s for s in sheet.stamps if s[0] <= x <= s[2] and s[1] <= y <= s[3]), None)
    return " ".join(f"{side:g}" for side in sheet.box(*found)) if found else ""


def _grid_cells(grids: Sequence[Grid]) -> Iterator[GridCell]:
    """The cells of a table that may run over pages; header rows that a page repeats are left out."""
    head = _header_rows(grids[0])
    below = 0
    for index, grid in enumerate(grids):
        skipped = _repeated(grid, head) if index else 0
        for entry in grid.entries:
            if entry.row < skipped:
                continue
            text, _, _, _, placements, remarks = _join([(grid.sheet, entry.lines), *entry.over])
            remarks += [Remark(0, len(text), "head_unsure")] if entry.unsure else []
            yield GridCell(
                below + entry.row - skipped,
                entry.column,
                text,
                entry.rows,
                entry.columns,
                entry.header and not index,
                tuple(placements),
                tuple(remarks),
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
