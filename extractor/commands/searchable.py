"""``solieu searchable``: a scan with the words that were read laid over its pages, so that it can be searched."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.output_file import fresh_file
from extractor.commands.terminal.parser import Parser
from extractor.domain.errors import UnreadableFile


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("file", metavar="FILE", help=parser.describe("file"))
    parser.add_argument("-o", "--output", metavar="OUT", help=parser.describe("output"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Read the scan and write it with its words, into the working directory unless told otherwise."""
    from extractor.paper import read_document, write_searchable

    source = Path(options.file)
    target = Path(options.output or f"{source.stem}.searchable.pdf")
    try:
        document = read_document(source)
        with fresh_file(target) as path:
            write_searchable(source, document, path)
    except UnreadableFile as error:
        console.complain(error.say(console.language))
        return exit_codes.NOTHING_READ
    console.tell("searchable.done", target=target)
    return exit_codes.DONE
