"""``solieu extract``: reports in, figures out, in the format of choice."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractor.commands.console import Console
from extractor.commands.outputs import fresh_file
from extractor.commands.parser import Parser
from extractor.commands.reading import Reading
from extractor.errors import InvalidInput
from extractor.records import Extraction

LINES = ("jsonl", "json")  # written while reading goes on
TABLES = ("csv", "xlsx", "parquet")  # need all figures at once
BINARY = frozenset({"xlsx", "parquet"})
FORMATS = (*LINES, *TABLES)


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("files", nargs="+", metavar="FILE", help=parser.describe("files"))
    parser.add_argument("-o", "--output", metavar="OUT", help=parser.describe("output"))
    parser.add_argument("--format", choices=FORMATS, metavar="|".join(FORMATS), help=parser.describe("format"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Read the files and write what they yielded."""
    target = None if options.output in {None, "-"} else Path(options.output)
    chosen = options.format or _format_of(target)
    if target is None and chosen in BINARY:
        raise InvalidInput(
            f"Định dạng {chosen} cần một tệp để ghi: hãy thêm -o TÊN.{chosen}.",
            f"The format {chosen} needs a file to go to: add -o NAME.{chosen}.",
        )
    reading = Reading(options.files, console)
    if chosen in TABLES:
        _write_table([extraction for _, extraction in reading], target, chosen, console)
    elif target is None:
        for line in _lines(reading, chosen):
            console.write_raw(line)
    else:
        _write_lines(reading, target, chosen)
    if target is not None and reading.read:
        console.warn("written", name=target, count=reading.read)
    return reading.exit_code


def _format_of(target: Path | None) -> str:
    suffix = target.suffix.lower().removeprefix(".") if target else ""
    return suffix if suffix in FORMATS else "jsonl"


def _lines(reading: Reading, chosen: str) -> Iterator[str]:
    for path, extraction in reading:
        if chosen == "json":
            yield json.dumps(extraction.to_dict(), ensure_ascii=False) + "\n"
        else:
            for figure in extraction.figures:
                yield json.dumps({**figure.to_dict(), "file": path.name}, ensure_ascii=False) + "\n"


def _write_lines(reading: Reading, target: Path, chosen: str) -> None:
    lines = _lines(reading, chosen)
    first = next(lines, None)
    if first is None and not reading.read:
        return  # nothing read: what lay there before stays
    with fresh_file(target) as path, path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(first or "")
        out.writelines(lines)


def _write_table(extractions: Iterable[Extraction], target: Path | None, chosen: str, console: Console) -> None:
    from extractor.statistics import write

    found = list(extractions)
    if not found:
        return
    if target is not None:
        with fresh_file(target) as path:
            write(found, path, chosen)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"figures.{chosen}"
        write(found, path, chosen)
        console.write_bytes(path.read_bytes())
