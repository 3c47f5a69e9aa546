"""Footnotes: which marks are marks, and which note each one calls.

In come the pieces as the reader left them, notes among them; out come the body, the notes in order, and each mark tied
to its note. A raised mark was lifted out by the reader. A typed one (``[1]``, ``(1)``, ``*``, the ``12`` of ``kỳ12``)
is lifted only where a note proves it: the note stands there and nothing raised calls it. The exponent of a unit is
never a mark. Numbers may start again on every page: notes and marks of one number are matched in their order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.domain.document import Remark
from extractor.paper.structure.flow import Mark, Piece, remove_spans

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
PLAIN = str.maketrans(RAISED, "0123456789")
TO_RAISED = str.maketrans("0123456789", RAISED)
_EXPONENT_UNITS = ("m", "km", "dm", "cm", "mm", "hm", "dam")
_WORD_BEFORE = re.compile(r"[^\W\d_]*$")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its mark, its paragraphs, and the number of body pieces that stand before it in the flow."""

    mark: str
    pieces: tuple[Piece, ...]
    after: int


def is_exponent(before: str, mark: str) -> bool:
    """Whether ``mark`` behind ``before`` is the figure of a unit (``25 m²``, ``1.000km³``), not a footnote mark.

    >>> is_exponent("diện tích 25 m", "2"), is_exponent("so cùng kỳ", "2")
    (True, False)
    """
    if mark not in ("2", "3"):
        return False
    found = _WORD_BEFORE.search(before[-4:])
    return found is not None and found[0].lower() in _EXPONENT_UNITS


def divide_notes(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Note]]:
    """Body and notes; a body piece before a note block is marked ``cut``, since the note block may have cut it."""
    body: list[Piece] = []
    notes: list[Note] = []
    last: str | None = None
    for piece in pieces:
        if piece.note is None:
            body.append(piece)
        elif last == piece.note and notes and notes[-1].after == len(body):
            notes[-1] = replace(notes[-1], pieces=(*notes[-1].pieces, piece))
        else:
            if body and not body[-1].cut:
                body[-1] = replace(body[-1], cut=True)
            notes.append(Note(piece.note, (piece,), len(body)))
        last = piece.note
    return body, notes


def tie_marks(body: Sequence[Piece], notes: Sequence[Note]) -> list[Piece]:
    """``body`` with every mark renamed to the index of the note it calls; a mark without a note becomes a remark."""
    body = _lift_typed(list(body), notes)
    waiting: dict[str, list[tuple[int, int]]] = {}
    for at, piece in enumerate(body):
        for order, mark in enumerate(piece.marks):
            waiting.setdefault(mark.mark, []).append((at, order))
    for places in waiting.values():
        places.reverse()  # the next one to be called stands at the end
    calls: dict[tuple[int, int], int] = {}
    for index, note in enumerate(notes):
        if open_places := waiting.get(note.mark):
            calls[open_places.pop()] = index
    return [_tied(piece, at, calls) if piece.marks else piece for at, piece in enumerate(body)]


def _tied(piece: Piece, at: int, calls: dict[tuple[int, int], int]) -> Piece:
    marks: list[Mark] = []
    remarks = list(piece.remarks)
    for order, mark in enumerate(piece.marks):
        if (at, order) in calls:
            marks.append(Mark(mark.offset, str(calls[at, order])))
        else:
            start = max(0, mark.offset - 1)
            remarks.append(Remark(start, min(len(piece.text), start + 1), "note_missing", mark.mark))
    return replace(piece, marks=tuple(marks), remarks=tuple(remarks))


def _lift_typed(body: list[Piece], notes: Sequence[Note]) -> list[Piece]:
    """Lifts the typed marks that notes prove: a note that nothing raised calls looks for its mark before it."""
    called: dict[str, int] = {}
    for piece in body:
        for mark in piece.marks:
            called[mark.mark] = called.get(mark.mark, 0) + 1
    lifted: dict[int, list[tuple[int, int, str]]] = {}
    since: dict[str, int] = {}
    for note in notes:
        if called.get(note.mark, 0) > 0:
            called[note.mark] -= 1
            continue
        pattern = _typed(note.mark)
        for at in range(since.get(note.mark, 0), min(note.after, len(body))):
            taken = {start for start, _, _ in lifted.get(at, ())}
            found = next((m for m in pattern.finditer(body[at].text) if m.start() not in taken), None)
            if found:
                lifted.setdefault(at, []).append((found.start(), found.end(), note.mark))
                since[note.mark] = at
                break
    for at, spans in lifted.items():
        body[at] = _lift(body[at], sorted(spans))
    return body


def _typed(mark: str) -> re.Pattern[str]:
    """How ``mark`` may be typed behind a word: ``kỳ[1]``, ``kỳ (1).``, ``kỳ1,`` but not ``1 hộ``, ``m2``, ``Văn 1``."""
    sign = re.escape(mark)
    if mark.isdigit():
        glued = rf"(?<!\bm)(?<!\bkm)(?<!\bcm){sign}(?=[.,;:)\s]|$)"
        return re.compile(rf"(?<=[^\W\d_]){glued}|(?<=[\w)”%])\s?(?:\[{sign}\]|\({sign}\)(?=[.,;:)]|$))")
    return re.compile(rf"(?<=[\w)”%])\s?(?:\[{sign}\]|\({sign}\)|{sign})(?=[.,;:)\s]|$)")


def _lift(piece: Piece, spans: list[tuple[int, int, str]]) -> Piece:
    bare = remove_spans(piece, [(a, b) for a, b, _ in spans])
    gone = 0
    marks = list(bare.marks)
    for a, b, mark in spans:
        marks.append(Mark(a - gone, mark))
        gone += b - a
    return replace(bare, marks=tuple(sorted(marks, key=lambda mark: mark.offset)))
