"""``solieu check``: what the reports' own arithmetic says, of files, a folder or a store, as a list to work off."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.input_files import ReportFiles
from extractor.commands.terminal.output_file import add_output, ending_of, fresh_file, known_format, names_in
from extractor.commands.terminal.parser import Parser
from extractor.commands.terminal.store_option import add_store, existing_store
from extractor.domain.errors import InvalidInput
from extractor.domain.extraction import Extraction
from extractor.domain.finding import Finding, Level
from extractor.domain.messages import say

if TYPE_CHECKING:
    from extractor.statistics.finding_list import Line

FORMATS = ("xlsx", "csv", "json")
LEVELS = tuple(level.value for level in (Level.FAIL, Level.WARN, Level.INFO, Level.PASS))


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("files", nargs="*", metavar="PATH", help=parser.describe("files"))
    parser.add_argument("--level", choices=LEVELS, metavar="|".join(LEVELS), help=parser.describe("level"))
    parser.add_argument("--strict", action="store_true", help=parser.describe("strict"))
    add_output(parser, FORMATS)
    add_store(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Check what was named, show or write the list, and say by the exit code whether anything is wrong."""
    from extractor.statistics.finding_list import FindingList

    if options.files and options.store:
        raise InvalidInput("check.store_or_files")
    target, chosen = _target(options)
    told = FindingList(language=console.language, names=names_in(options))
    reading = ReportFiles(options.files, console)
    for extraction, findings in _reports(options, reading):
        told.add(extraction, findings)
    if reading.exit_code == exit_codes.NOTHING_READ:
        return exit_codes.NOTHING_READ
    lines = told.lines(Level(options.level or Level.WARN))
    if target:
        _write(lines, target, chosen, console)
    else:
        _show(lines, console)
    count = Counter(line.level for line in lines)
    fails, warns = count[Level.FAIL.value], count[Level.WARN.value]
    console.warn("check.found", fails=fails, warns=warns, reports=told.reports)
    if fails or (options.strict and warns):
        return exit_codes.SLIPS_FOUND
    return reading.exit_code


def _target(options: argparse.Namespace) -> tuple[Path | None, str]:
    """The file to write and its format; raises InvalidInput where the ending tells none."""
    if options.output is None:
        if options.format:
            raise InvalidInput("check.needs_file", format=options.format)
        return None, ""
    target = Path(options.output)
    return target, known_format(target, options.format or ending_of(target), FORMATS)


def _reports(
    options: argparse.Namespace, reading: ReportFiles
) -> Iterator[tuple[Extraction, Sequence[Finding] | None]]:
    """Each report with its findings: made anew over what people corrected where it comes from the store."""
    if options.files:
        for _, extraction in reading:
            yield extraction, None
        return
    with existing_store(options.store) as store:
        for item_id in store.item_ids():
            yield store.send_out(item_id, judged_only=False).extraction, store.check_again(item_id)


def _write(lines: Sequence[Line], target: Path, chosen: str, console: Console) -> None:
    from extractor.statistics.finding_list import write_findings

    with fresh_file(target) as path:
        write_findings(lines, path, chosen, language=console.language)
    console.warn("check.written", name=target, count=len(lines))


def _show(lines: Sequence[Line], console: Console) -> None:
    """One line each: level, report and page, what is said, what to do."""
    for line in lines:
        level = say("exports.csv", f"level.{line.level}", console.language)
        page = console.sentence("check.page", page=line.page) if line.page else ""
        place = ", ".join(filter(None, (line.file, page)))
        said = " ".join((line.message, *line.also.split("\n"))).strip()
        console.write(f"[{level}] {place}: {said}" + (f" → {line.advice}" if line.advice else ""))
