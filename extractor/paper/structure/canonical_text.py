"""Lays the pieces of a document out as its canonical text, and writes down where everything came to stand.

In come joined pieces, their stretches, their sections and the notes; out come text, blocks, sections, footnotes,
tables, placements and remarks in exact offsets. Each thing is placed once and never moved again. Decides nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractor.domain.document import Block, BlockKind, Cell, Footnote, Placement, Remark, Section, Table
from extractor.paper.sniff.syllables import is_foreign
from extractor.paper.structure.flow import GridCell, Piece
from extractor.paper.structure.footnotes import Note
from extractor.paper.structure.part_words import compiled
from extractor.paper.structure.sections import Part, Stretch

_BLANKS = str.maketrans("\n\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029", " " * 11)
_CAPTION = r"{caption}\b"
_UNIT = r"(?i)(?:\([^()]{1,160}\)\s*)?\(?{unit_label}\s*:"
_BRACKETED = re.compile(r"\([^()]{1,160}\)")


def is_caption(line: str) -> bool:
    """Whether a line names a table or an annex: "Biểu 2. …", "Phụ lục I"."""
    return compiled(_CAPTION).match(line) is not None


ABOVE = 4  # lines: a name of two, the report that it belongs to, its unit


@dataclass(slots=True)
class Layout:
    """Lays stretches and notes one behind the other and writes down where everything came to stand.

    Where ``bases`` are given (one a piece, and one a note), the pieces are slices of a text that stays as it is, and
    each keeps its place in it.
    """

    pieces: Sequence[Piece]
    notes: Sequence[Note]
    parts: Sequence[Part]
    bases: Sequence[int] | None = None
    note_bases: Sequence[int] | None = None
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    _chunks: list[str] = field(default_factory=list)
    _length: int = 0

    def text(self) -> str:
        """The canonical text so far."""
        return "".join(self._chunks)

    def lay(self, stretches: Sequence[Stretch]) -> None:
        """The body, then the notes; sections and anchors as they fall."""
        anchors: dict[int, tuple[int, int]] = {}  # note → offset of its mark, index of the block that bears it
        at_block: list[int] = []  # stretch → its block
        piece, base = Piece(""), 0
        for index, stretch in enumerate(stretches):
            at_block.append(len(self.blocks))
            section = self.parts[stretch.part].path if stretch.part is not None else None
            if stretch.row is not None:
                if stretch.row == 0:
                    self._table(self.pieces[stretch.piece], section)
                continue
            if not index or stretches[index - 1].piece != stretch.piece:
                piece = self.pieces[stretch.piece]
                base = self._line(piece.text) if self.bases is None else self.bases[stretch.piece]
                self._carry(piece, base)
            for mark in piece.marks:
                if mark.offset >= stretch.start:
                    anchors[int(mark.mark)] = (base + mark.offset, len(self.blocks))
            self.blocks.append(
                Block(
                    start=base + stretch.start,
                    end=base + stretch.end,
                    kind=stretch.kind,
                    section=section,
                    content=base + stretch.content,
                    depth=stretch.depth,
                    parent=at_block[stretch.parent] if stretch.parent is not None else None,
                    bold=_within(piece.bold, stretch.start, stretch.end, base),
                )
            )
        at_block.append(len(self.blocks))
        self._name_sections(at_block)
        for number, note in enumerate(self.notes):
            place = None if self.note_bases is None else self.note_bases[number]
            self._note(note, place, *anchors.get(number, (None, None)))

    def _line(self, text: str) -> int:
        """Starts a new line with ``text``; the offset of its first letter."""
        if self._chunks:
            self._chunks.append("\n")
            self._length += 1
        start = self._length
        self._chunks.append(text)
        self._length += len(text)
        return start

    def _carry(self, piece: Piece, base: int) -> None:
        """Placements and remarks of ``piece``, which came to stand at ``base``."""
        self.placements += _moved(piece.placements, base)
        self.remarks += (replace(r, start=r.start + base, end=r.end + base) for r in piece.remarks)

    def _name_sections(self, at_block: Sequence[int]) -> None:
        for part in self.parts:
            first, last = self.blocks[at_block[part.first]], self.blocks[at_block[part.last + 1] - 1]
            parent = self.parts[part.parent].path if part.parent is not None else None
            self.sections.append(Section(part.path, part.label, part.title, part.level, parent, first.start, last.end))

    def _note(self, note: Note, place: int | None, anchor: int | None, block: int | None) -> None:
        """The paragraphs of a note, one a line; they stand in the section of their anchor and detail its block."""
        section = self.blocks[block].section if block is not None else None
        first = len(self.blocks)
        for piece in note.pieces:
            base = self._line(piece.text) if place is None else place
            self._carry(piece, base)
            end = base + len(piece.text)
            bold = _within(piece.bold, 0, len(piece.text), base)
            self.blocks.append(
                Block(base, end, BlockKind.NOTE, section, base, parent=block, footnote=note.mark, bold=bold)
            )
        self.footnotes.append(Footnote(note.mark, anchor, self.blocks[first].start, self.blocks[-1].end))

    def _table(self, piece: Piece, section: str | None) -> None:
        """A grid, one line and one block a row that has any text; cells are parted by tabs."""
        caption = self._caption()
        rows: dict[int, list[GridCell]] = {}
        for cell in piece.grid:
            rows.setdefault(cell.row, []).append(cell)
        cells: list[Cell] = []
        start = self._length
        for number in sorted(rows):
            row = sorted(rows[number], key=lambda cell: cell.column)
            texts = [_flat(cell.text) for cell in row]
            if any(texts):
                at = self._line("\t".join(texts))
                if not any(cell.start < cell.end for cell in cells):
                    start = at
                self.blocks.append(Block(at, self._length, BlockKind.TABLE, section, at))
            else:
                at = self._length
            for cell, text in zip(row, texts, strict=True):
                end = at + len(text)
                cells.append(Cell(cell.row, cell.column, at, end, cell.rows, cell.columns, cell.header))
                if len(text) == len(cell.text):
                    self.placements += _moved(cell.placements, at)
                    self.remarks += (replace(r, start=r.start + at, end=r.end + at) for r in cell.remarks)
                at = end + 1 if any(texts) else end
        if any(cell.start < cell.end for cell in cells):
            self.tables.append(Table(start, self._length, tuple(cells), caption, section))

    def _caption(self) -> tuple[int, int] | None:
        """The lines right above that name a table, refer it to its report or give its unit, from the first to the last.

        ``Biểu 1: Thu ngân sách`` / ``(Kèm theo Báo cáo số …)`` / ``Đơn vị tính: triệu đồng``; brackets alone are none,
        nor is a translation.
        """
        start: int | None = None
        tail = "".join(self._chunks[-4 * ABOVE :])
        before = self._length - len(tail)
        for block in self.blocks[: -ABOVE - 1 : -1]:
            line = tail[block.start - before : block.end - before] if block.start >= before else ""
            if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LETTERHEAD):
                break
            if is_caption(line) or compiled(_UNIT).match(line):
                start = block.start
            elif not (_BRACKETED.fullmatch(line) or is_foreign(line)):
                break
        return None if start is None else (start, self.blocks[-1].end)


def _moved(placements: Sequence[Placement], base: int) -> list[Placement]:
    """The placements of a text that came to stand at ``base``."""
    return [Placement(p.start + base, p.end + base, p.box, p.confidence, p.space) for p in placements]


def _within(spans: Sequence[tuple[int, int]], start: int, end: int, base: int) -> tuple[tuple[int, int], ...]:
    """The parts of ``spans`` inside ``start:end``, moved by ``base``."""
    cut = ((max(a, start), min(b, end)) for a, b in spans)
    return tuple((a + base, b + base) for a, b in cut if a < b)


def _flat(text: str) -> str:
    """A cell's text on one line."""
    text = unicodedata.normalize("NFC", text)
    return text.translate(_BLANKS).strip()
