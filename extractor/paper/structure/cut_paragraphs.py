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
    if first.grid or second.grid or first.column != second.column or second.centred:
        return False
    before, after = first.text.rstrip(), second.text.lstrip()
    if not before or not after or item_mark(after):
        return False
    small = after[0].islower()
    labels = read_labels(after)
    if labels and not (small and labels[0].weak and after[labels[0].end :][:1].islower()):
        return False
    if first.cut and brackets and ")" in after and not after.startswith("("):
        return True
    if _FINAL.search(before):
        return False
    capitals = in_capitals(before)
    if small or after[0] in ",;.)":
        return not capitals
    if capitals or in_capitals(after):
        return False
    word = _LAST_WORD.search(before)
    if word and word[0] in words("open"):
        return True
    head = (opening or first).text
    titled = bool(read_labels(head)) and ":" not in head
    if word and word[0].islower() and after[0].isdigit() and len(before) > _LINE_LENGTH and not titled:
        return True
    if not first.cut:
        return False
    return before.endswith(",") or (len(before) > _TITLE_LENGTH and not read_labels(head))


def _glue(before: str, after: str) -> str:
    """Nothing between ``QĐ-`` and ``UBND``, a space between words."""
    hyphen = before.endswith("-") and before[-2:-1].isalnum() and after[:1].isalpha()
    return "" if hyphen or before.endswith(" ") or after.startswith(" ") else " "
