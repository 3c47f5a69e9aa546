"""How many processes read at the same time: the option that says so, and what it means where nothing is said."""

from __future__ import annotations

import os

from extractor.commands.terminal.parser import Parser
from extractor.domain.errors import InvalidInput

MOST_WORKERS = 256


def add_workers(parser: Parser) -> None:
    """The option of every command that reads many files or passages."""
    parser.add_argument("--workers", metavar="N", help=parser.describe("workers"))


def read_workers(typed: str | None) -> int:
    """The number that was typed, by default as many as this process has cores; raises InvalidInput outside 1 to 256."""
    if typed is None:
        usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return min(usable, MOST_WORKERS)
    if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed[:6]) <= MOST_WORKERS:
        raise InvalidInput("workers.wrong", most=MOST_WORKERS)
    return int(typed)
