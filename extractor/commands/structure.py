"""``solieu structure``: the outline of a report and its notes, as a person would read them."""

from __future__ import annotations

import argparse

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.input_files import read_report
from extractor.commands.terminal.parser import Parser


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("file", metavar="FILE", help=parser.describe("file"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Print the outline."""
    from extractor.paper import read_document, render_outline

    document = read_report(read_document, options.file, console)
    if document is None:
        return exit_codes.NOTHING_READ
    console.write(render_outline(document, console.language))
    return exit_codes.DONE
