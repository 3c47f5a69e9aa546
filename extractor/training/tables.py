"""Fitted weights become the tables of ``models/weights``, a row for each piece of evidence of a choice."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from extractor.language.lexer.compounds import COLUMNS, TABLE, find_compounds
from extractor.language.reader.weights import columns_of
from extractor.training.fitting import Evidence, Lesson


def write_compounds(folder: Path, texts: Iterable[str]) -> Path:
    """The table of syllables that belong together in ``texts``."""
    return _write(folder / Path(TABLE).name, COLUMNS, find_compounds(texts))


def write_table(folder: Path, decision: str, weights: Mapping[Evidence, int], lessons: Sequence[Lesson]) -> Path:
    """The table of one decision, in the order of its evidence; ``example`` is a passage that taught the row."""
    taught = _first_taught(weights, lessons)
    columns = columns_of(decision)
    rows: dict[str, list[int | str]] = {}
    for choice, piece in weights:
        row = rows.setdefault(piece, [""] * (len(columns) - 2))
        row[choice] = weights[choice, piece]
    lines = ((piece, *rows[piece], taught.get(piece, "-")) for piece in sorted(rows))
    return _write(folder / f"{decision}.csv", columns, lines)


def _write(target: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    return target


def _first_taught(weights: Mapping[Evidence, int], lessons: Sequence[Lesson]) -> dict[str, str]:
    """Evidence → the first passage in which it spoke as its weight does: for a right choice, or against a wrong one."""
    found: dict[str, str] = {}
    for lesson in lessons:
        for place, pieces in enumerate(lesson.candidates):
            for choice, piece in pieces:
                weight = weights.get((choice, piece))
                if weight is not None and piece not in found and (place in lesson.right) == (weight > 0):
                    found[piece] = lesson.passage
    return found
