"""``solieu explain``: each choice about a figure, its runner-up, and the evidence that told them apart."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.input_files import read_report
from extractor.commands.terminal.parser import Parser
from extractor.commands.terminal.store_option import add_store, existing_store
from extractor.domain.errors import InvalidInput

if TYPE_CHECKING:
    from extractor.domain.figure import Figure
    from extractor.language import Layer

SHOWN = 6
"""Pieces of evidence that are printed of each choice."""

KNOWN = frozenset(
    {"g", "v", "vw", "bR", "bL", "bS", "c", "cur", "told", "p", "n", "pw", "nw", "w", "u", "k", "P", "turn"}
)
"""Keys of evidence that have a name of their own; others are printed as they are."""


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("file", metavar="FILE", help=parser.describe("file"))
    parser.add_argument("--figure", metavar="ID", help=parser.describe("figure"))
    add_store(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print the choices about one figure, or the list of figures to choose from."""
    from extractor.language import PACKAGE, explain, read_figures
    from extractor.paper import read_document
    from extractor.statistics.source_sentence import sentence_of

    document = read_report(read_document, options.file, console)
    if document is None:
        return exit_codes.NOTHING_READ
    layer = PACKAGE
    if options.store is not None:
        with existing_store(options.store) as store:
            layer = store.layer()
    figures, _ = read_figures(document, layer=layer)
    if options.figure is None:
        _list(figures, console)
        return exit_codes.DONE
    figure = next((figure for figure in figures if figure.id == options.figure), None)
    if figure is None:
        raise InvalidInput("explain.no_figure", name=options.file, figure=options.figure)
    console.write(f"{figure.quote}  {figure.indicator or '-'}  {figure.period or '-'}  {figure.status}")
    said = " ".join(
        filter(None, (figure.indicator, figure.unit, figure.area, sentence_of(document, figure.start, figure.end)))
    )
    for table, words in _learned_rows(said, layer):
        console.tell("explain.row", table=table, words=words)
    steps = explain(document, figure, layer=layer)
    if not steps:
        console.tell("explain.no_choice")
    for step in steps:
        second = step.second if step.second is not None else "-"
        told = {"what": console.sentence(f"explain.on_{step.decision}"), "sure": f"{step.sure:.0%}"}
        console.write()
        console.tell("explain.choice", number=step.number, chosen=step.chosen, second=second, **told)
        for weight, piece, is_other, learned in step.evidence[:SHOWN]:
            taught = f"  ({console.sentence('explain.learned', weight=f'{learned:+.2f}')})" if learned else ""
            console.write(f"    {weight:+.2f}  {'≠ ' if is_other else ''}{_worded(piece, console)}{taught}")
    return exit_codes.DONE


def _learned_rows(said: str, layer: Layer) -> Iterator[tuple[str, str]]:
    """The rows of a layer whose words stand in what is said of a figure and around it, as (table, words)."""
    from extractor.domain.folding import fold

    said = f" {fold(said)} "
    for table, words in layer.row_words():
        if f" {fold(words)} " in said:
            yield table, words


def _list(figures: tuple[Figure, ...], console: Console) -> None:
    """The figures with their ids, the most doubtful first."""
    header = console.heads("explain", "head_indicator", "head_quote", "head_confidence", "head_id")
    doubted = sorted(figures, key=lambda figure: figure.confidence)
    rows = [(f.indicator or "-", f.quote, f"{f.confidence:.2f}", f.id) for f in doubted]
    console.table(header, rows, right=(2,))


def _worded(piece: str, console: Console) -> str:
    """A piece of evidence with the names of its keys: ``g=money&v=up`` → ``unit: money, verb: up``."""
    parts = []
    for part in piece.split("&"):
        key, equals, value = part.partition("=")
        name = console.sentence(f"explain.key_{key}") if key in KNOWN else key
        parts.append(f"{name}: {value}" if equals else name)
    return ", ".join(parts)
