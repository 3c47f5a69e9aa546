"""``solieu verify``: the journal of decisions replayed, its hash chain and every original checked."""

from __future__ import annotations

import argparse

from extractor.commands import exits
from extractor.commands.console import Console
from extractor.commands.parser import Parser
from extractor.commands.stores import add_store, existing_store


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
            return exits.SOME_FAILED
        console.tell("verify.fine", items=len(store.item_ids()), store=store.address)
    return exits.DONE
