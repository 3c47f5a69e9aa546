"""``solieu inspect``: the pages of a PDF with what was read drawn on them."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.input_files import read_report
from extractor.commands.terminal.output_file import fresh_file
from extractor.commands.terminal.parser import Parser
from extractor.domain.extraction import Extraction


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("file", metavar="FILE", help=parser.describe("file"))
    parser.add_argument("-o", "--output", metavar="OUT", help=parser.describe("output"))
    parser.add_argument("--tables", action="store_true", help=parser.describe("tables"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Draw lines, notes, tables and figures; into one PDF beside the working directory unless told otherwise."""
    from extractor.pipeline import extract

    source = Path(options.file)
    target = Path(options.output or f"{source.stem}.inspect.pdf")
    extraction = read_report(extract, options.file, console)
    if extraction is None:
        return exit_codes.NOTHING_READ
    draw = _draw_tables if options.tables else _draw_pages
    if target.suffix.lower() == ".pdf":
        with fresh_file(target) as path:
            draw(source, extraction, path)
    else:
        draw(source, extraction, target)
    console.tell("inspect.done", target=target)
    return exit_codes.DONE


def _draw_pages(source: Path, extraction: Extraction, target: Path) -> None:
    """Every page with what was read on it."""
    from extractor.paper.inspect import write_inspection

    spans = [(figure.start, figure.end) for figure in extraction.figures]
    write_inspection(source, extraction.document, target, spans)


def _draw_tables(source: Path, extraction: Extraction, target: Path) -> None:
    """The tables step by step: words, grid, what became of each cell."""
    from extractor.paper.inspect_tables import BECAME, write_table_steps

    became = {(d.start, d.end): d.label if d.label in BECAME else "label" for d in extraction.digits}
    write_table_steps(source, extraction.document, target, became)
