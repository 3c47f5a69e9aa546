"""``solieu extract``: reports in, figures out, in the format of choice."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from extractor.commands.terminal.console import Console
from extractor.commands.terminal.input_files import ReportFiles
from extractor.commands.terminal.output_file import add_output, ending_of, fresh_file, names_in
from extractor.commands.terminal.parser import Parser
from extractor.domain.errors import InvalidInput
from extractor.domain.extraction import Extraction

FORMATS = ("jsonl", "json", "csv", "xlsx", "parquet")
LINEWISE = frozenset({"jsonl", "json"})  # goes to the screen file by file, while reading goes on
BINARY = frozenset({"xlsx", "parquet"})


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("files", nargs="+", metavar="FILE", help=parser.describe("files"))
    add_output(parser, FORMATS)


def run(options: argparse.Namespace, console: Console) -> int:
    """Read the files and write what they yielded."""
    from extractor.statistics import write

    target = None if options.output in {None, "-"} else Path(options.output)
    named = ending_of(target) if target else ""
    chosen = options.format or (named if named in FORMATS else "jsonl")
    if target is None and chosen in BINARY:
        raise InvalidInput("extract.needs_file", format=chosen)
    names = names_in(options)
    reading = ReportFiles(options.files, console)
    found = _told(reading, console)

    if target is None:
        for part in ([one] for one in found) if chosen in LINEWISE else [list(found)]:
            if not part:
                break
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "figures"
                write(part, path, chosen, names=names, language=console.language)
                console.write_bytes(path.read_bytes())
        return reading.exit_code

    first = next(found, None)
    if first is not None:  # else nothing was read, and what lies there stays
        with fresh_file(target) as path:
            write(chain([first], found), path, chosen, names=names, language=console.language)
        console.warn("written", name=target, count=reading.read)
    return reading.exit_code


def _told(reading: ReportFiles, console: Console) -> Iterator[Extraction]:
    """What each file yielded; one that yielded no figure is told of, so that nobody waits at an empty screen."""
    for path, extraction in reading:
        if not extraction.figures:
            counts = {"sections": len(extraction.sections), "numbers": len(extraction.digits)}
            console.warn("no_figures", name=path, **counts)
        yield extraction
