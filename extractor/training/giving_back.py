"""What an office has learned as a patch for ``models/weights``, without a word that only its reports hold.

In: a layer. Out: a unified diff of the tables, and how many weights it gives and keeps back. Evidence is made of words
of a report, three at most; what leaves the house holds only words that the package's own tables and gold show.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import regex

from extractor.domain.folders import data_folder
from extractor.language import Layer
from extractor.language.reader.weights import DECISIONS, weights_of
from extractor.training.guard import shown_by_package

UNNAMED = "-"
"""Stands for the passage that taught a row: it is the office's."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A unified diff, the weights that it changes, and those that stay in the house."""

    text: str
    given: int
    kept_back: int


def patch_of(layer: Layer) -> Patch:
    """The patch that gives back what an office has learned."""
    lines: list[str] = []
    given = kept_back = 0
    for decision, learned in sorted(layer.weights.items()):
        free = {piece: by for piece, by in learned.items() if _words(piece) <= known_words()}
        given += len(free)
        kept_back += len(learned) - len(free)
        lines += _diff(decision, free)
    return Patch("".join(lines), given, kept_back)


@cache
def known_words() -> frozenset[str]:
    """The words in the evidence of the package's tables and of its gold."""
    pieces = (piece for decision in DECISIONS for piece in (*weights_of(decision), *shown_by_package()[decision]))
    return frozenset(word for piece in pieces for word in _words(piece))


def _words(piece: str) -> frozenset[str]:
    return frozenset(regex.findall(r"\p{L}+", piece))


def _diff(decision: str, learned: Mapping[str, Mapping[str, int]]) -> list[str]:
    """The lines of one table that change, with what a patch says above them."""
    own = (data_folder("models") / "weights" / f"{decision}.csv").read_text(encoding="utf-8")
    name = f"models/weights/{decision}.csv"
    header, *read = csv.reader(io.StringIO(own))
    rows = {row[0]: row for row in read}
    for piece, by in learned.items():
        row = rows.setdefault(piece, [piece, *[""] * (len(header) - 2), UNNAMED])
        for choice, weight in by.items():
            column = header.index(choice)
            row[column] = str(int(row[column] or 0) + weight)
    told = io.StringIO()
    writer = csv.writer(told, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows[piece] for piece in sorted(rows))
    before, after = own.splitlines(keepends=True), told.getvalue().splitlines(keepends=True)
    return [*difflib.unified_diff(before, after, f"a/{name}", f"b/{name}")]
