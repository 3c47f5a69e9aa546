"""What an office has learned as a patch for ``models/``, without a text of its reports.

In: a layer. Out: a unified diff of the tables, and how many rows and weights it gives and keeps back. Evidence is made
of words of a report, three at most; what leaves the house holds only words that the package's own tables and gold show.
A row is a name or a word that people took over; its example is made up, and one that may name a person stays, as does
how numbers are printed, which is true of this office alone.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial

import regex

from extractor.domain.folders import data_folder
from extractor.language import Layer
from extractor.language.lexer.numerals import STYLES
from extractor.language.reader.turns import TURN
from extractor.language.reader.weights import DECISIONS, weights_of
from extractor.statistics.catalogue import ALIASES, indicators, name_key
from extractor.statistics.matching import decided
from extractor.statistics.places.areas import PLACE_NAMES
from extractor.statistics.source_sentence import mask_names
from extractor.training.guard import shown_by_package

Table = list[list[str]]
"""Header and rows of a table of ``models/``."""

UNNAMED = "-"
"""Stands for the passage that taught a row: it is the office's."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A unified diff, the rows and weights that it changes, and those that stay in the house."""

    text: str
    given: int
    kept_back: int


def patch_of(layer: Layer) -> Patch:
    """The patch that gives back what an office has learned."""
    lines: list[str] = []
    given = kept_back = 0
    for decision, learned in sorted(layer.weights.items()):
        free = {piece: by for piece, by in learned.items() if _may_leave(piece)}
        given += len(free)
        kept_back += len(learned) - len(free)
        lines += _diff(f"weights/{decision}.csv", partial(_weighed, learned=free))
    for file, rows in sorted(layer.rows.items()):
        told = [row for row in rows if _may_be_told(file, row)]
        given += len(told)
        kept_back += len(rows) - len(told)
        lines += _diff(file, partial(_added, rows=[*map(_with_example, told)]))
    return Patch("".join(lines), given, kept_back)


@cache
def known_words() -> frozenset[str]:
    """The words in the evidence of the package's tables and of its gold."""
    pieces = (piece for decision in DECISIONS for piece in (*weights_of(decision), *shown_by_package()[decision]))
    return frozenset(word for piece in pieces for word in _words(piece))


def _may_leave(piece: str) -> bool:
    """Whether a piece of evidence says nothing of a sentence that is the office's own."""
    return not piece.startswith(TURN) and _words(piece) <= known_words()


def _may_be_told(file: str, row: Mapping[str, str]) -> bool:
    """Whether a row holds true elsewhere, names no person and says nothing against a row of the package."""
    is_own = file == STYLES or (file == PLACE_NAMES and "written" not in row)
    is_other = file == ALIASES and (name_key(row["alias"]), row.get("under")) in decided()
    return not (is_own or is_other or any(mask_names(text) != text for text in row.values()))


def _words(piece: str) -> frozenset[str]:
    return frozenset(regex.findall(r"\p{L}+", piece))


MADE_UP = "12"
"""The number of an example that says nothing of a report."""


def _with_example(row: Mapping[str, str]) -> Mapping[str, str]:
    """A row with an example that nobody wrote: its own words, a name of the catalogue and a number that is made up."""
    known = indicators()
    name = next(iter(known.values())).name_vi
    if "right" in row:
        held = (key for key, _ in decided() if f" {row['right']} " in f" {key} ")
        key = next(held, row["right"])
        other = f" {key} ".replace(f" {row['right']} ", f" {row['left']} ").strip()
        return {**row, "example_left": other, "example_right": key}
    if "indicator" in row:
        example = f"{row.get('alias') or row['name']} {MADE_UP} {known[row['indicator']].unit}"
    elif "words" in row:
        name = name.lower()
        example = f"{row['words']} {name}" if row["side"] == "open" else f"{name} {row['words']}"
    elif "written" in row:
        example = f"{MADE_UP} {row['written']}"
    else:
        example = f"{name} {MADE_UP} {row['unit']}"
    return {**row, "example": example}


def _added(table: Table, rows: Iterable[Mapping[str, str]]) -> Table:
    """A table with rows at its end."""
    header, *_ = table
    return [*table, *([row.get(column, "") for column in header] for row in rows)]


def _weighed(table: Table, learned: Mapping[str, Mapping[str, int]]) -> Table:
    """A table of weights with what was learned added to them, in the order of the evidence."""
    header, *read = table
    rows = {row[0]: row for row in read}
    for piece, by in learned.items():
        row = rows.setdefault(piece, [piece, *[""] * (len(header) - 2), UNNAMED])
        for choice, weight in by.items():
            column = header.index(choice)
            row[column] = str(int(row[column] or 0) + weight)
    return [header, *(rows[piece] for piece in sorted(rows))]


def _diff(file: str, changed: Callable[[Table], Table]) -> list[str]:
    """The lines of one table that change, with what a patch says above them."""
    own = (data_folder("models") / file).read_text(encoding="utf-8")
    told = io.StringIO()
    csv.writer(told, lineterminator="\n").writerows(changed([*csv.reader(io.StringIO(own))]))
    before, after = own.splitlines(keepends=True), told.getvalue().splitlines(keepends=True)
    return [*difflib.unified_diff(before, after, f"a/models/{file}", f"b/models/{file}")]
