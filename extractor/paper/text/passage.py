"""A passage on its way to a Document: a sentence, a paragraph, a page, pasted by a person or a script.

In comes any short text, out come a ``Document`` and the map back to the text as it was given. Nothing is joined,
trimmed or taken away but what must be: legacy letters are decoded, accents composed, raised footnote marks lifted out.
So a plain sentence comes back as one block of the very same letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.domain.document import BlockKind, Document
from extractor.paper.sniff.legacy_encoding import decode_detected
from extractor.paper.structure.canonical_text import Layout
from extractor.paper.structure.cut_paragraphs import continues
from extractor.paper.structure.flow import Mark, Piece, join_pieces
from extractor.paper.structure.footnotes import PLAIN, RAISED, Note, is_exponent, tie_marks
from extractor.paper.structure.front_matter import read_report
from extractor.paper.structure.offsets import OffsetMap, compose, rewrite
from extractor.paper.structure.regions import Region, divide_regions
from extractor.paper.structure.sections import build_structure

_RAISED = re.compile(f"[{RAISED}]+")
_LINE = re.compile(r"[^\n]+")
_HALF = re.compile("[\ud800-\udfff]")  # half of a letter, as broken programs paste it: no text can hold it
_KINDS = {Region.LETTERHEAD: BlockKind.LETTERHEAD, Region.CLOSING: BlockKind.CLOSING}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line or several that belong together, and where it starts in the text."""

    piece: Piece
    start: int


def read_passage(text: str) -> tuple[Document, OffsetMap]:
    """The document that ``text`` makes, and the map from its offsets to those of ``text`` as given."""
    decoded, _, back = decode_detected(_HALF.sub("\N{REPLACEMENT CHARACTER}", text))
    composed, accents = compose(decoded)
    bare, marks, lifted = _lift_marks(composed)
    final, again = compose(bare)
    if not again.identical:  # a mark stood between a letter and its accent: there is nothing sound to lift here
        final, marks, lifted = composed, [], OffsetMap(len(composed))
    back = lifted.after(accents.after(back))
    body, notes, note_bases = _divide(final, marks)
    pieces = tie_marks([line.piece for line in body], notes)
    regions = divide_regions(pieces)
    stretches, parts = build_structure(pieces, [_KINDS.get(region) for region in regions])
    layout = Layout(pieces, notes, parts, [line.start for line in body], note_bases)
    layout.lay(stretches)
    document = Document(
        text=final,
        blocks=tuple(layout.blocks),
        sections=tuple(layout.sections),
        footnotes=tuple(layout.footnotes),
        remarks=tuple(layout.remarks),
        report=read_report(pieces, regions),
    )
    return document, back


def _lift_marks(text: str) -> tuple[str, list[tuple[int, str]], OffsetMap]:
    """``text`` without its raised marks, the marks with their offsets in it, and the map back; exponents stay."""
    edits: list[tuple[int, int, str]] = []
    marks: list[tuple[int, str]] = []
    gone = 0
    for found in _RAISED.finditer(text):
        start, end = found.span()
        mark = found[0].translate(PLAIN)
        before = text[max(0, start - 4) : start]
        after_word = before[-1:].isalpha() or before[-1:] in ')”"’]%.,;:'
        opens_line = not before or before.endswith("\n")
        if not (opens_line or after_word) or is_exponent(before, mark):
            continue
        edits.append((start, end, ""))
        marks.append((start - gone, mark))
        gone += end - start
    bare, back = rewrite(text, edits)
    return bare, marks, back


def _divide(text: str, marks: list[tuple[int, str]]) -> tuple[list[_Line], list[Note], list[int]]:
    """The lines of the body, the notes, and where each note starts; a line that a raised mark opens is a note."""
    openers = {offset: mark for offset, mark in marks if not offset or text[offset - 1] == "\n"}
    body: list[_Line] = []
    notes: list[Note] = []
    starts: list[int] = []
    for line in _lines(text, [(o, m) for o, m in marks if o not in openers]):
        opener = next((m for o, m in openers.items() if o <= line.start and not text[o : line.start].strip()), None)
        if opener is None or "\n" in text[_line_start(text, line.start) : line.start]:
            body.append(line)
        else:
            notes.append(Note(opener, (line.piece,), len(body)))
            starts.append(line.start)
    return _joined(text, body), notes, starts


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _lines(text: str, marks: list[tuple[int, str]]) -> Iterator[_Line]:
    """The lines with something in them, without the blanks at their ends."""
    upcoming = 0
    for found in _LINE.finditer(text):
        line = found[0]
        start = found.start() + len(line) - len(line.lstrip())
        bare = line.strip()
        if not bare:
            continue
        own: list[Mark] = []
        while upcoming < len(marks) and marks[upcoming][0] <= found.end():
            own.append(Mark(min(max(0, marks[upcoming][0] - start), len(bare)), marks[upcoming][1]))
            upcoming += 1
        yield _Line(Piece(bare, marks=tuple(own)), start)


def _joined(text: str, lines: list[_Line]) -> list[_Line]:
    """Lines that one sentence runs through, as one; what stands between them stays in it."""
    joined: list[_Line] = []
    group: list[_Line] = []
    brackets = 0
    for line in [*lines, None]:
        if group and (line is None or not continues(group[-1].piece, line.piece, brackets=brackets)):
            ends = [member.start + len(member.piece.text) for member in group]
            glues = [text[a : member.start] for a, member in zip(ends, group[1:], strict=False)]
            joined.append(_Line(join_pieces([member.piece for member in group], glues), group[0].start))
            group, brackets = [], 0
        if line is not None:
            group.append(line)
            brackets = max(0, brackets + line.piece.text.count("(") - line.piece.text.count(")"))
    return joined
