"""Letterheads and signatures that stand in two columns: told from tables, and read column by column.

In come the cells of a two-column grid or the halves of lines, out come pieces that know their column; what is a real
table comes back as None. A letterhead holds the motto or the number; a signature block holds the recipients or the
authority that signs: no table of figures does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.paper.structure.flow import Piece
from extractor.paper.structure.regions import AUTHORITY, DATE, MOTTO, NUMBER, RECIPIENTS

_GAP = re.compile(r"\s{4,}|\t+")
_FAR = re.compile(r"\s{20,}(?=\S)")
_APART = 3  # lines with one half that may stand between two with both
_LONGEST = 600  # letters in a half: a list of recipients is no longer


def unfold(rows: Sequence[Sequence[Sequence[Piece]]]) -> list[Piece] | None:
    """The pieces of a borderless letterhead or signature table, left column first; None where it is a table.

    ``rows[r][c]`` are the paragraphs of a cell.
    """
    if not rows or len(rows) > 12 or max(len(row) for row in rows) not in (2, 3):
        return None
    texts = [piece.text.strip() for row in rows for cell in row for piece in cell if piece.text.strip()]
    if not texts or sum(map(len, texts)) > 2 * _LONGEST or not any(map(shows_columns, texts)):
        return None
    left: list[Piece] = []
    right: list[Piece] = []
    for row in rows:
        for at, cell in enumerate(row):
            column = "left" if at == 0 else "right"
            (left if at == 0 else right).extend(replace(p, column=column) for p in cell if p.text.strip())
    return [*left, *right]


def shows_columns(text: str) -> bool:
    """Whether ``text`` is a line of a letterhead or of a signature."""
    found = MOTTO.search(text) or NUMBER.search(text) or DATE.search(text) or RECIPIENTS.match(text)
    return bool(found or (AUTHORITY.match(text) and text[:40].isupper()))


def split_lines(lines: Sequence[str]) -> list[tuple[str, str | None]]:
    """Lines with a wide gap as their left halves and then their right halves; every other line as it stands.

    Looks only at runs of such lines in which one shows a letterhead or a signature; short lines and blanks between two
    lines of a run belong to it.
    """
    done: list[tuple[str, str | None]] = []
    at = 0
    while at < len(lines):
        run: list[tuple[str, str]] = []
        whole = 0  # how much of the run ends in a line with both halves
        if _GAP.search(lines[at].strip()):
            for line in lines[at : at + 40]:
                halves = _halves(line)
                if halves is None or len(run) - whole >= _APART:
                    break
                run.append(halves)
                if all(halves):
                    whole = len(run)
        run = run[:whole]
        if any(shows_columns(half) for halves in run for half in halves if half):
            done += ((left, "left") for left, _ in run if left)
            done += ((right, "right") for _, right in run if right)
            at += whole
        else:
            done.append((lines[at], None))
            at += 1
    return done


def _halves(line: str) -> tuple[str, str] | None:
    """The two sides of a wide gap; a short line without one is a half by where it starts; None for anything else."""
    if not line.strip():
        return "", ""
    if len(line) > 2 * _LONGEST:
        return None
    parts = _GAP.split(line.strip())
    if len(parts) == 2:
        return parts[0], parts[1]
    if len(parts) != 1 or len(parts[0]) > 60:
        return None
    return ("", parts[0]) if _FAR.match(line) else (parts[0], "")
