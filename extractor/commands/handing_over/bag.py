"""``solieu bag``: a store as one folder that another archive can check and keep (BagIt, PREMIS)."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.parser import Parser
from extractor.commands.terminal.store_option import add_store, existing_store


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("target", metavar="FOLDER", help=parser.describe("target"))
    add_store(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the bag, whole or not at all."""
    with existing_store(options.store) as store:
        from extractor.archive.finding_aids.bag import write_bag

        target = Path(options.target)
        count = write_bag(store, target)
    console.tell("bag.done", count=count, target=target)
    return exit_codes.DONE
