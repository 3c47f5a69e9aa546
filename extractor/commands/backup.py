"""``solieu backup``: the whole store as one file that can be carried away."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.parser import Parser
from extractor.commands.terminal.store_option import add_store, existing_store


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("target", metavar="FILE", help=parser.describe("target"))
    add_store(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the copy, whole or not at all."""
    with existing_store(options.store) as store:
        target = store.backup(Path(options.target))
        console.tell("backup.done", target=target, store=store.address)
    return exit_codes.DONE
