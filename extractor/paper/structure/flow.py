"""What every reader hands to the assembler: the document as a flow of pieces, one a paragraph as the format knows it.

A reader knows ink and markup (bold, raised, centred, which page), never what a paragraph means. ``assemble`` knows
what it means and never which format it came from. The few operations below cut and glue pieces so that marks, bold
spans, placements and remarks stay on their letters; they never change a letter.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, zip_longest
from typing import NamedTuple

from extractor.domain.document import Fault, Placement, Remark

INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"  # of a class: letters that print nothing
BLANKS = "\u00a0\u2000-\u200a\u202f\u205f\u3000"  # of a class: what looks like a space


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
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph, or one table (then ``grid`` is filled and ``text`` empty). Spans point into ``text``.

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


@dataclass(frozen=True, slots=True)
class Flow:
    """All that a reader got out of one file; ``original`` is the text before it was decoded from ``encoding``."""

    pieces: tuple[Piece, ...]
    format: str  # what the bytes are: "markdown", "text", "docx", "xlsx", "html", "pdf" …
    pages: int = 0
    encoding: str | None = None
    original: str | None = None
    faults: tuple[Fault, ...] = ()


def join_pieces(pieces: Sequence[Piece], glues: Sequence[str]) -> Piece:
    """One piece out of several; ``glues[i]`` stands between ``pieces[i]`` and its successor."""
    if len(pieces) == 1:
        return pieces[0]
    parts: list[str] = []
    marks: list[Mark] = []
    bold: list[tuple[int, int]] = []
    italic: list[tuple[int, int]] = []
    placements: list[Placement] = []
    remarks: list[Remark] = []
    offset = 0
    for piece, glue in zip(pieces, [*glues, ""], strict=True):
        parts += (piece.text, glue)
        marks += (replace(m, offset=m.offset + offset) for m in piece.marks)
        bold += ((a + offset, b + offset) for a, b in piece.bold)
        italic += ((a + offset, b + offset) for a, b in piece.italic)
        placements += (p._replace(start=p.start + offset, end=p.end + offset) for p in piece.placements)
        remarks += (replace(r, start=r.start + offset, end=r.end + offset) for r in piece.remarks)
        offset += len(piece.text) + len(glue)
    return replace(
        pieces[0],
        text="".join(parts),
        marks=tuple(marks),
        bold=tuple(bold),
        italic=tuple(italic),
        placements=tuple(placements),
        remarks=tuple(remarks),
        cut=pieces[-1].cut,
    )


def remove_spans(piece: Piece, spans: Sequence[tuple[int, int]]) -> Piece:
    """``piece`` without the letters of ``spans`` (sorted, apart from each other); what stood on them alone goes too."""
    if not spans:
        return piece
    starts = [a for a, _ in spans]
    gone = [0]
    for a, b in spans:
        gone.append(gone[-1] + b - a)

    def moved(offset: int) -> int:
        at = bisect_right(starts, offset)
        if at and offset < spans[at - 1][1]:
            return starts[at - 1] - gone[at - 1]
        return offset - gone[at]

    kept: list[str] = []
    last = 0
    for a, b in spans:
        kept.append(piece.text[last:a])
        last = b
    kept.append(piece.text[last:])
    return _moved(piece, "".join(kept), moved)


class Letter(NamedTuple):
    """A letter, or none, that stands in place of ``start:end`` of a text, which is nothing (inserted) or one sign."""

    start: int
    end: int
    letter: str


def put_letters(piece: Piece, letters: Sequence[Letter]) -> Piece:
    """``piece`` with each of ``letters`` (sorted, offsets of its text as it is) put in; its spans go along."""
    cuts = [0, *(offset for put in letters for offset in put[:2]), len(piece.text)]
    kept = [piece.text[a:b] for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    text = "".join(chain.from_iterable(zip_longest(kept, (put.letter for put in letters), fillvalue="")))
    starts = [put.start for put in letters]
    grown = [0, *accumulate(len(put.letter) - (put.end - put.start) for put in letters)]

    def moved(offset: int) -> int:
        return offset + grown[bisect_left(starts, offset)]

    return _moved(piece, text, moved)


def crop(piece: Piece, start: int, end: int) -> Piece:
    """The letters ``start:end`` of ``piece`` as a piece of their own."""
    if start <= 0 and end >= len(piece.text):
        return piece

    def moved(offset: int) -> int:
        return min(max(offset, start), end) - start

    inside = replace(piece, marks=tuple(m for m in piece.marks if start <= m.offset <= end))
    return _moved(inside, piece.text[start:end], moved)


def _moved(piece: Piece, text: str, moved: Callable[[int], int]) -> Piece:
    """``piece`` with ``text`` and every offset sent through ``moved``; spans that became empty are dropped."""

    def pairs(spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        return tuple((a, b) for a, b in ((moved(a), moved(b)) for a, b in spans) if a < b)

    placements = (p._replace(start=moved(p.start), end=moved(p.end)) for p in piece.placements)
    remarks = (replace(r, start=moved(r.start), end=moved(r.end)) for r in piece.remarks)
    return replace(
        piece,
        text=text,
        marks=tuple(replace(m, offset=moved(m.offset)) for m in piece.marks),
        bold=pairs(piece.bold),
        italic=pairs(piece.italic),
        placements=tuple(p for p in placements if p.start < p.end),
        remarks=tuple(r for r in remarks if r.start < r.end),
    )
