"""``solieu inspect``: the pages of a PDF with what was read drawn on them."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.input_files import why_not_read
from extractor.commands.terminal.output_file import fresh_file
from extractor.commands.terminal.parser import Parser
from extractor.domain.errors import UnreadableFile


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("file", metavar="FILE", help=parser.describe("file"))
    parser.add_argument("-o", "--output", metavar="OUT", help=parser.describe("output"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Draw lines, notes, tables and figures; into one PDF beside the working directory unless told otherwise."""
    from extractor.paper.inspect import write_inspection
    from extractor.pipeline import extract

    source = Path(options.file)
    target = Path(options.output or f"{source.stem}.inspect.pdf")
    try:
        extraction = extract(source)
    except UnreadableFile as error:
        console.complain(error.say(console.language))
        return exit_codes.NOTHING_READ
    if why := why_not_read(extraction.report, console):
        console.warn("not_read", name=source, reason=why)
        return exit_codes.NOTHING_READ
    spans = [(figure.start, figure.end) for figure in extraction.figures]
    if target.suffix.lower() == ".pdf":
        with fresh_file(target) as path:
            write_inspection(source, extraction.document, path, spans)
    else:
        write_inspection(source, extraction.document, target, spans)
    console.tell("inspect.done", target=target)
    return exit_codes.DONE
