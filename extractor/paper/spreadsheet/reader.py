"""A workbook becomes the flow of a document: titles and notes as text, figures as tables, in the order of the sheets.

In: the bytes of an .xlsx. Out: a ``Flow``. The hard idea: a sheet has no tables, only cells; empty rows part its
blocks, rows with one filled cell above or below a block are its title, unit and notes, and a block without a head of
its own goes on with the table above. Letterheads and signatures typed side by side are told as in Word files. What is
hidden stays, under a remark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.domain.document import Remark
from extractor.paper.sniff.legacy_encoding import decode, detect, refuse_lost_glyphs
from extractor.paper.sniff.messages import wordless
from extractor.paper.spreadsheet.workbook import Place, Sheet, read_workbook, spell_place
from extractor.paper.structure.flow import Flow, GridCell, Piece
from extractor.paper.structure.side_by_side import unfold
from extractor.paper.tables.headers import count_header_rows, with_header

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A filled cell: where it stands, what it shows, how far it reaches."""

    row: int
    column: int
    text: str
    rows: int
    columns: int
    remarks: tuple[tuple[str, str], ...] = ()
    """What is told of it: code and detail."""


def read_xlsx(data: bytes, name: str) -> Flow:
    """The flow of a workbook; raises UnreadableFile: locked, damaged, too large, empty."""
    sheets = read_workbook(data, name)
    raw = "\n".join(text for sheet in sheets for text in sheet.cells.values())
    encoding = detect(raw)
    if encoding:
        for sheet in sheets:
            sheet.cells = {place: decode(text, encoding)[0] for place, text in sheet.cells.items()}
    pieces = _read_sheets(sheets)
    if not pieces:
        raise wordless(name)
    refuse_lost_glyphs("\n".join(text for sheet in sheets for text in sheet.cells.values()), name)
    return Flow(tuple(pieces), "xlsx", encoding=encoding, original=raw if encoding else None)


def _read_sheets(sheets: Sequence[Sheet]) -> list[Piece]:
    """The pieces of all sheets; the formulas of those that show nothing are told at the top of the first that does."""
    read = [(_filled(sheet), _uncounted(sheet)) for sheet in sheets]
    untold = [detail for cells, places in read if not cells for _, detail in places]
    pieces: list[Piece] = []
    for cells, places in read:
        if cells:
            top = [(cells[0].row, detail) for detail in untold]
            pieces += _read_sheet(_with_uncounted(cells, [*places, *top]))
            untold = []
    return pieces


def _read_sheet(cells: Sequence[_Cell]) -> list[Piece]:
    """The pieces of one sheet."""
    pieces: list[Piece] = []
    for block in _blocks(cells):
        first = next((at for at, row in enumerate(block) if len(row) > 1), len(block))
        last = next((at for at in range(len(block), first, -1) if len(block[at - 1]) > 1), first)
        pieces += (piece for row in block[:first] for cell in row for piece in _lines(cell))
        for table in _tables_beside(block[first:last]):
            pieces += _body(table, pieces)
        pieces += (piece for row in block[last:] for cell in row for piece in _lines(cell))
    return pieces


def _filled(sheet: Sheet) -> list[_Cell]:
    """The cells that show something, row by row; what lies under a merged area is not shown."""
    covered: set[Place] = set()
    for (row, column), (rows, columns) in sheet.merged.items():
        if (row, column) in sheet.cells:
            inside = ((r, c) for r, c in sheet.cells if row <= r < row + rows and column <= c < column + columns)
            covered.update(place for place in inside if place != (row, column))
    cells = []
    for place, raw in sorted(sheet.cells.items()):
        text = unicodedata.normalize("NFC", _CONTROLS.sub("", raw)).strip()
        if text and place not in covered:
            remarks = (("hidden_text", "hidden"),) if sheet.is_hidden(place) else ()
            cells.append(_Cell(*place, text, *sheet.merged.get(place, (1, 1)), remarks))
    return cells


def _uncounted(sheet: Sheet) -> list[tuple[int, str]]:
    """The row of each formula without a result, and what is told of it: its sheet and place."""
    return [(place[0], f"{sheet.name}!{spell_place(place)}") for place in sheet.uncounted]


def _with_uncounted(cells: list[_Cell], uncounted: Sequence[tuple[int, str]]) -> list[_Cell]:
    """The cells, the first of each row told which formulas of it have no result; those of other rows go to the top."""
    missing: dict[int, list[str]] = {}
    rows = {cell.row for cell in cells}
    for row, detail in uncounted:
        missing.setdefault(row if row in rows else cells[0].row, []).append(detail)
    told = []
    for cell in cells:
        remarks = tuple(("uncounted", detail) for detail in missing.pop(cell.row, ()))
        told.append(replace(cell, remarks=cell.remarks + remarks) if remarks else cell)
    return told


def _blocks(cells: Sequence[_Cell]) -> Iterator[list[list[_Cell]]]:
    """Rows of filled cells that no empty row parts."""
    block: list[list[_Cell]] = []
    reach = -1  # the last row that a cell of the block covers
    for cell in cells:
        if block and cell.row > reach + 1:
            yield block
            block = []
        if not block or block[-1][0].row != cell.row:
            block.append([])
        block[-1].append(cell)
        reach = (
            max(reach, cell.row + cell.rows - 1) if len(block) > 1 or len(block[-1]) > 1 else cell.row + cell.rows - 1
        )
    if block:
        yield block


def _lines(cell: _Cell) -> list[Piece]:
    """The lines of a cell as paragraphs."""
    lines = [" ".join(line.split()) for line in cell.text.split("\n")]
    return [Piece(line, remarks=_remarks(line, cell)) for line in lines if line]


def _remarks(text: str, cell: _Cell) -> tuple[Remark, ...]:
    return tuple(Remark(0, len(text), code, detail) for code, detail in cell.remarks)


def _body(rows: list[list[_Cell]], before: list[Piece]) -> list[Piece]:
    """A block of rows as a table, as the columns of a letterhead, or joined to the table that ends ``before``."""
    if not rows:
        return []
    columns = sorted({cell.column for row in rows for cell in row})
    if unfolded := unfold(_side_by_side(rows, columns)):
        return unfolded
    grid = tuple(_grid(rows, columns))
    above = before[-1].grid if before else ()
    if above and not count_header_rows(grid):
        down = max(cell.row + cell.rows for cell in above)
        before[-1] = replace(before[-1], grid=(*above, *(replace(cell, row=cell.row + down) for cell in grid)))
        return []
    if len(rows) == 1:
        return [piece for cell in rows[0] for piece in _lines(cell)]
    return [Piece("", grid=with_header(grid))]


def _tables_beside(rows: list[list[_Cell]]) -> list[list[list[_Cell]]]:
    """The rows of each table of a block: of several, empty columns between, where each has names of its own."""
    taken = sorted({at for row in rows for cell in row for at in range(cell.column, cell.column + cell.columns)})
    starts = [at for at in taken if at - 1 not in taken]
    if len(starts) < 2:
        return [rows]
    ends = [*starts[1:], taken[-1] + 1]
    parts = [
        [held for row in rows if (held := [cell for cell in row if start <= cell.column < end])]
        for start, end in zip(starts, ends, strict=True)
    ]
    return parts if all(map(_has_names, parts)) else [rows]


def _has_names(rows: Sequence[Sequence[_Cell]]) -> bool:
    """Whether most rows of a block begin with words and go on."""
    named = sum(len(row) > 1 and any(map(str.isalpha, row[0].text)) for row in rows)
    return named * 2 > len(rows) > 1


def _side_by_side(rows: Sequence[Sequence[_Cell]], columns: Sequence[int]) -> list[list[list[Piece]]]:
    """The paragraphs of every cell of a block, the empty ones included."""
    places = [{cell.column: cell for cell in row} for row in rows]
    return [[_lines(row[at]) if at in row else [] for at in columns] for row in places]


def _grid(rows: Sequence[Sequence[_Cell]], columns: Sequence[int]) -> Iterator[GridCell]:
    """The cells of a block, rows and columns that are empty left out of the count."""
    starts = [row[0].row for row in rows]
    for row in rows:
        for cell in row:
            text = " ".join(cell.text.split())
            yield GridCell(
                starts.index(cell.row),
                columns.index(cell.column),
                text,
                max(1, sum(cell.row <= start < cell.row + cell.rows for start in starts)),
                max(1, sum(cell.column <= start < cell.column + cell.columns for start in columns)),
                remarks=_remarks(text, cell),
            )
