"""``solieu ingest``: reports go into a store for review, and a person sees what came in."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractor.commands.console import Console
from extractor.commands.parser import Parser
from extractor.commands.reading import Reading
from extractor.commands.stores import add_store
from extractor.commands.summary import last_day, show_figures, show_looks, show_reports
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
    files: dict[int, list[Path]] = {}  # item → the files it came in
    new = again = lost = 0
    try:
        for path, extraction in reading:
            source = extraction.document.source
            seen = source is not None and store.knows(source.sha256) is not None
            intake = store.add_extraction(extraction, path, actor=actor)
            shelf.append((path, extraction))
            files.setdefault(intake.item_id, []).append(path)
            new += not seen
            again += seen and not intake.known
            lost += intake.lost
    finally:
        store.close()
    if shelf:
        _sum_up(shelf, {paths[0]: len(paths) for paths in files.values()}, console)
    console.tell("ingest.done", read=reading.read, failed=reading.failed, new=new, again=again, store=store.address)
    if lost:
        console.warn("ingest.lost", count=lost)
    return reading.exit_code


def _sum_up(shelf: list[tuple[Path, Extraction]], copies: dict[Path, int], console: Console) -> None:
    console.write()
    console.tell("ingest.reports", count=len(copies), files=len(shelf))
    console.write()
    show_reports(shelf, copies, console)
    path, newest = max(shelf, key=lambda one: last_day(one[1]))
    console.write()
    console.tell("ingest.figures", name=path.name)
    console.write()
    show_figures(newest, console)
    console.write()
    console.tell("ingest.looks")
    console.write()
    show_looks(shelf, console)
    console.write()
