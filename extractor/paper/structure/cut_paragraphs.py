"""Paragraphs that a page end or a note block has cut, made whole again.

In come the body pieces in reading order, out come fewer. The evidence, strongest first: an open bracket across a note
block; no final mark and a small letter or a number next; a last word that ends no paragraph (``Đề án 06 của``); a page
end without a final mark. Never joins across a label, a list mark, a table, or the two columns of a letterhead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.paper.structure.flow import Piece, join_pieces
from extractor.paper.structure.labels import item_mark, read_labels
from extractor.paper.structure.part_words import in_capitals, words

_FINAL = re.compile(r"[.;:!?…][\"”’)\]]*$")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_LINE_LENGTH = 50  # a shorter line that a number follows may be a caption above a column
_TITLE_LENGTH = 90  # below this a line without a final mark may well be a title that just ends


def join_cut(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with every cut paragraph joined; the glue is one space, or nothing behind a hyphen inside a word."""
    joined: list[Piece] = []
    group: list[Piece] = []
    glues: list[str] = []
    brackets = 0
    for piece in pieces:
        if group and continues(group[-1], piece, brackets=brackets, opening=group[0]):
            glues.append(_glue(group[-1].text, piece.text))
        else:
            if group:
                joined.append(join_pieces(group, glues))
            group, glues, brackets = [], [], 0
        group.append(piece)
        brackets = max(0, brackets + piece.text.count("(") - piece.text.count(")"))
    if group:
        joined.append(join_pieces(group, glues))
    return joined


def continues(first: Piece, second: Piece, *, brackets: int, opening: Piece | None = None) -> bool:
    """Whether ``second`` goes on with the sentence of ``first``; ``brackets`` are still open at its end.

    ``opening`` is the piece that the paragraph began with, where ``first`` is itself a continuation.
    """
    before, after = first.text.rstrip(), second.text.lstrip()
    if not _may_join(first, second) or _opens_item(after):
        return False
    if first.cut and brackets and ")" in after and not after.startswith("("):
        return True
    if _FINAL.search(before):
        return False
    capitals = in_capitals(before)
    if after[0].islower() or after[0] in ",;.)":
        return not capitals
    if capitals or in_capitals(after):
        return False
    return _leaves_open(before, after, (opening or first).text, cut=first.cut)


def _may_join(first: Piece, second: Piece) -> bool:
    """Whether both are text of one column and the second is no title."""
    beside = not (first.grid or second.grid) and first.column == second.column
    return beside and not second.centred and bool(first.text.strip() and second.text.strip())


def _opens_item(text: str) -> bool:
    """Whether the mark of a list or a label opens ``text``; a weak label before a small letter is a number."""
    if item_mark(text):
        return True
    labels = read_labels(text)
    return bool(labels) and not (text[0].islower() and labels[0].weak and text[labels[0].end :][:1].islower())


def _leaves_open(before: str, after: str, head: str, *, cut: bool) -> bool:
    """Whether ``before`` breaks off: at a word that ends no paragraph, or where a line is too long for a title.

    ``head`` is what the paragraph began with; under a label and without a colon it may be a title.
    """
    found = _LAST_WORD.search(before)
    word = found[0] if found else ""
    if word in words("open"):
        return True
    labelled = bool(read_labels(head))
    if word.islower() and after[0].isdigit() and len(before) > _LINE_LENGTH and (":" in head or not labelled):
        return True
    return cut and (before.endswith(",") or (len(before) > _TITLE_LENGTH and not labelled))


def _glue(before: str, after: str) -> str:
    """Nothing between ``QĐ-`` and ``UBND``, a space between words."""
    hyphen = before.endswith("-") and before[-2:-1].isalnum() and after[:1].isalpha()
    return "" if hyphen or before.endswith(" ") or after.startswith(" ") else " "
