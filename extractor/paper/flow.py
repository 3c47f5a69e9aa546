"""What every reader hands to the assembler: the document as a flow of pieces, one a paragraph as the format knows it.

A reader knows ink and markup (bold, raised, centred, which page), never what a paragraph means. ``assemble`` knows
what it means and never which format it came from.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractor.records import Placement, Remark


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark that stood raised at ``offset`` of its piece's text and has been lifted out of it."""

    offset: int
    mark: str


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table as the format knows it; ``row`` and ``column`` from 0."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    header: bool = False
    placements: tuple[Placement, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph (or one table, then ``grid`` is filled and ``text`` empty). Spans and placements point into ``text``.

    ``text`` is NFC with marks lifted out, line ends resolved to single spaces, no markup characters.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    note: str | None = None  # this piece is (part of) the note with this mark, not body
    bold: tuple[tuple[int, int], ...] = ()
    italic: tuple[tuple[int, int], ...] = ()
    centred: bool = False
    column: str | None = None  # "left" or "right" where letterhead or signature stand side by side
    page: int = 0  # page it starts on, from 1; 0 where there are no pages
    cut: bool = False  # the page or a note block ends right after it: it may go on in the next body piece
    placements: tuple[Placement, ...] = ()
    remarks: tuple[Remark, ...] = ()
    grid: tuple[GridCell, ...] = ()
