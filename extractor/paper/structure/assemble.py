"""Pieces become the Document: the one pipeline behind every format.

In comes the flow of pieces that a reader hands over, out comes the canonical text with blocks, sections, footnotes,
tables and report data, all in exact offsets. The order is the idea: notes are taken out first, since they cut
paragraphs; then paragraphs are joined; then regions and structure are read; the text is laid out last and once, so no
offset is ever moved. Nothing is corrected, and only rules and tables of contents are dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from extractor.domain.document import BlockKind, Document, Source
from extractor.paper.sniff.lost_letters import mend_lost_letters
from extractor.paper.sniff.misread_units import mend_misread
from extractor.paper.sniff.misread_words import mend_words
from extractor.paper.structure.canonical_text import Layout
from extractor.paper.structure.cut_paragraphs import join_cut
from extractor.paper.structure.flow import Piece
from extractor.paper.structure.footnotes import divide_notes, tie_marks
from extractor.paper.structure.front_matter import read_report, refuse_secret
from extractor.paper.structure.is_report import judge_report
from extractor.paper.structure.regions import Region, divide_regions
from extractor.paper.structure.sections import build_structure

_CONTENTS_LINE = re.compile(r"[.…]{5,}\s*\d{1,3}$")  # "I. KẾT QUẢ ........ 3"
_TITLE_ENDS = " .:…"
_KINDS = {Region.LETTERHEAD: BlockKind.LETTERHEAD, Region.CLOSING: BlockKind.CLOSING}


def assemble(pieces: Sequence[Piece], source: Source | None = None) -> Document:
    """The document that ``pieces`` make up.

    Raises UnreadableFile (refused) where a secrecy stamp stands on the paper.
    """
    kept = mend_words(mend_misread(mend_lost_letters([_in_nfc(piece) for piece in _without_contents(pieces)])))
    refuse_secret(kept, source)
    body, notes = divide_notes(kept)
    body = join_cut(tie_marks(body, notes))
    regions = divide_regions(body)
    stretches, parts = build_structure(body, [_KINDS.get(region) for region in regions])
    layout = Layout(body, notes, parts)
    layout.lay(stretches)
    document = Document(
        text=layout.text(),
        blocks=tuple(layout.blocks),
        sections=tuple(layout.sections),
        footnotes=tuple(layout.footnotes),
        tables=tuple(layout.tables),
        placements=tuple(sorted(layout.placements, key=lambda placement: placement.start)),
        remarks=tuple(sorted(layout.remarks, key=lambda remark: (remark.start, remark.end))),
        report=read_report(body, regions),
        source=source,
    )
    return replace(document, report=judge_report(document))


def _without_contents(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces that say something: no rules, and no line of a table of contents whose title stands again below it."""
    titles = {piece.text.strip(_TITLE_ENDS).lower() for piece in pieces}

    def is_text(piece: Piece) -> bool:
        leader = _CONTENTS_LINE.search(piece.text)
        listed = leader is not None and piece.text[: leader.start()].strip(_TITLE_ENDS).lower() in titles
        return bool(piece.grid) or (not listed and any(c.isalnum() for c in piece.text))

    return [piece for piece in pieces if is_text(piece)]


def _in_nfc(piece: Piece) -> Piece:
    """``piece`` as its contract wants it; a reader that let a decomposed letter through loses spans, not text."""
    if unicodedata.is_normalized("NFC", piece.text):
        return piece
    text = unicodedata.normalize("NFC", piece.text)
    marks = tuple(replace(m, offset=len(unicodedata.normalize("NFC", piece.text[: m.offset]))) for m in piece.marks)
    return replace(piece, text=text, marks=marks, bold=(), italic=(), placements=(), remarks=())
