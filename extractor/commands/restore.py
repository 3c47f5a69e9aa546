"""``solieu restore``: an empty store filled from a backup that has been checked."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.parser import Parser
from extractor.commands.terminal.store_option import add_store


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("source", metavar="FILE", help=parser.describe("source"))
    add_store(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Fill the store."""
    from extractor.archive import Store

    with closing(Store.open(options.store)) as store:
        store.restore(Path(options.source))
        console.tell("restore.done", source=options.source, items=len(store.item_ids()), store=store.address)
    return exit_codes.DONE
