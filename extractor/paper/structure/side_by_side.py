"""Letterheads and signatures that stand in two columns: told from tables, and read column by column.

In come the cells of a two-column grid or the halves of lines, out come pieces that know their column; what is a real
table comes back as None. A letterhead holds the motto or the number; a signature block holds the recipients or the
authority that signs: no table of figures does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractor.paper.structure.flow import Piece
from extractor.paper.structure.part_words import compiled
from extractor.paper.structure.regions import AUTHORITY, DATE, MOTTO, NUMBER, RECIPIENTS

_GAP = re.compile(r"\s{4,}|\t+")
_FAR = re.compile(r"\s{20,}(?=\S)")
MOST_ROWS = 12  # of such a grid; a longer one is a table
_APART = 3  # lines with one half that may stand between two with both
_LONGEST = 600  # letters in a half: a list of recipients is no longer


def unfold(rows: Sequence[Sequence[Sequence[Piece]]]) -> list[Piece] | None:
    """The pieces of a borderless letterhead or signature table, left column first; None where it is a table.

    ``rows[r][c]`` are the paragraphs of a cell.
    """
    if not rows or len(rows) > MOST_ROWS or max(len(row) for row in rows) not in (2, 3):
        return None
    texts = [piece.text.strip() for row in rows for cell in row for piece in cell if piece.text.strip()]
    if not texts or sum(map(len, texts)) > 2 * _LONGEST or not any(map(shows_columns, texts)):
        return None
    first, others = (cell for row in rows for cell in row[:1]), (cell for row in rows for cell in row[1:])
    return [*_in_column("left", first), *_in_column("right", others)]


def _in_column(column: str, cells: Iterable[Sequence[Piece]]) -> Iterator[Piece]:
    """The paragraphs of ``cells``, as pieces of ``column``."""
    return (replace(piece, column=column) for cell in cells for piece in cell if piece.text.strip())


def shows_columns(text: str) -> bool:
    """Whether ``text`` is a line of a letterhead or of a signature."""
    found = any(compiled(shape).search(text) for shape in (MOTTO, NUMBER, DATE)) or compiled(RECIPIENTS).match(text)
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
