"""``solieu check-models``: every table of models/ held to its own rules and examples."""

from __future__ import annotations

import argparse

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.parser import Parser


def add(parser: Parser) -> None:
    """Describe the command: it takes nothing but the language."""


def run(_options: argparse.Namespace, console: Console) -> int:
    """Print every conflict, or how much was checked."""
    from extractor.model_checks import check_models

    tables, rows, conflicts = check_models()
    for conflict in conflicts:
        console.write(conflict.say(console.language))
    if conflicts:
        console.warn("check-models.conflicts", count=len(conflicts))
        return exit_codes.SOME_FAILED
    console.tell("check-models.fine", tables=tables, rows=rows)
    return exit_codes.DONE
