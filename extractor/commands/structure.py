"""``solieu structure``: the outline of a report and its notes, as a person would read them."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.input_files import why_not_read
from extractor.commands.terminal.parser import Parser
from extractor.domain.errors import UnreadableFile


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("file", metavar="FILE", help=parser.describe("file"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Print the outline."""
    from extractor.paper import read_document, render_outline

    try:
        document = read_document(Path(options.file))
    except UnreadableFile as error:
        console.complain(error.say(console.language))
        return exit_codes.NOTHING_READ
    if why := why_not_read(document.report, console):
        console.warn("not_read", name=options.file, reason=why)
        return exit_codes.NOTHING_READ
    console.write(render_outline(document, console.language))
    return exit_codes.DONE
