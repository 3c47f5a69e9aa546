"""``solieu cards``: the archive's cards of all reports in a store, in the columns that other programs import."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.output_file import fresh_file
from extractor.commands.terminal.parser import Parser
from extractor.commands.terminal.store_option import add_store, existing_store

FORMATS = ("dc", "atom", "archivematica", "aspace")


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument(
        "--format", choices=FORMATS, default="dc", metavar="|".join(FORMATS), help=parser.describe("format")
    )
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help=parser.describe("output"))
    parser.add_argument("--collection", metavar="EAD", default="", help=parser.describe("collection"))
    add_store(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the cards, whole or not at all."""
    with existing_store(options.store) as store:
        from extractor.archive.finding_aids.cards import write_cards

        items = [store.item(one) for one in sorted(store.item_ids())]
        target = Path(options.output)
        with fresh_file(target) as path:
            path.write_bytes(write_cards(items, options.format, collection=options.collection))
    console.tell("cards.done", count=len(items), target=target)
    return exit_codes.DONE
