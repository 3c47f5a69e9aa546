"""``solieu verify``: the journal of decisions replayed, its hash chain and every original checked."""

from __future__ import annotations

import argparse

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.parser import Parser
from extractor.commands.terminal.store_option import add_store, existing_store


def add(parser: Parser) -> None:
    """Describe the command."""
    add_store(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print everything that is not as the journal says."""
    with existing_store(options.store) as store:
        found = store.verify()
        for discrepancy in found:
            console.write(discrepancy.say(console.language))
        if found:
            console.warn("verify.found", count=len(found), store=store.address)
            return exit_codes.SOME_FAILED
        console.tell("verify.fine", items=len(store.item_ids()), store=store.address)
    return exit_codes.DONE
