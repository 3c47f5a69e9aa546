"""``solieu extract``: reports in, figures out, in the format of choice."""

from __future__ import annotations

import argparse
import tempfile
from itertools import chain
from pathlib import Path

from extractor.commands.terminal.console import Console
from extractor.commands.terminal.input_files import Reading
from extractor.commands.terminal.output_file import fresh_file
from extractor.commands.terminal.parser import Parser
from extractor.domain.errors import InvalidInput

FORMATS = ("jsonl", "json", "csv", "xlsx", "parquet")
LINEWISE = frozenset({"jsonl", "json"})  # goes to the screen file by file, while reading goes on
BINARY = frozenset({"xlsx", "parquet"})


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("files", nargs="+", metavar="FILE", help=parser.describe("files"))
    parser.add_argument("-o", "--output", metavar="OUT", help=parser.describe("output"))
    parser.add_argument("--format", choices=FORMATS, metavar="|".join(FORMATS), help=parser.describe("format"))
    parser.add_argument("--keep-names", action="store_true", help=parser.describe("keep_names"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Read the files and write what they yielded."""
    from extractor.statistics import Names, write

    target = None if options.output in {None, "-"} else Path(options.output)
    chosen = options.format or _format_of(target)
    if target is None and chosen in BINARY:
        raise InvalidInput("extract.needs_file", format=chosen)
    names = Names.KEPT if options.keep_names else Names.MASKED
    reading = Reading(options.files, console)
    found = (extraction for _, extraction in reading)

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


def _format_of(target: Path | None) -> str:
    suffix = target.suffix.lower().removeprefix(".") if target else ""
    return suffix if suffix in FORMATS else "jsonl"
