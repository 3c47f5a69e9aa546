"""``solieu ingest``: reports go into a store for review, and a person sees what came in."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractor.commands.console import Console
from extractor.commands.parser import Parser
from extractor.commands.reading import Reading
from extractor.commands.stores import add_store
from extractor.commands.summary import show_figures, show_looks, show_reports
from extractor.records import Extraction


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("files", nargs="+", metavar="PATH", help=parser.describe("files"))
    add_store(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Take the files in, one transaction each, and sum up."""
    from extractor.archive import Store

    reading = Reading(options.files, console)
    store, actor = Store.open_local(options.store)
    shelf: list[tuple[Path, Extraction]] = []
    new = joined = 0
    try:
        for path, extraction in reading:
            intake = store.add_extraction(extraction, path, actor=actor)
            shelf.append((path, extraction))
            new += not intake.known
            joined += intake.joined
    finally:
        store.close()
    if shelf:
        _sum_up(shelf, console)
    console.tell("ingest.done", read=reading.read, failed=reading.failed, new=new, joined=joined, store=store.address)
    return reading.exit_code


def _sum_up(shelf: list[tuple[Path, Extraction]], console: Console) -> None:
    console.write()
    console.tell("ingest.reports", count=len(shelf))
    console.write()
    show_reports(shelf, console)
    path, first = shelf[0]
    console.write()
    console.tell("ingest.figures", name=path.name)
    console.write()
    show_figures(first, console)
    console.write()
    console.tell("ingest.looks")
    console.write()
    show_looks(shelf, console)
    console.write()
