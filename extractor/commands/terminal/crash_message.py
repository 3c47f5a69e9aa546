"""What to say of an exception that nobody expected: the program's fault, with the place to look at."""

from __future__ import annotations

import errno

from extractor.commands.terminal.console import Console
from extractor.domain.errors import place_of
from extractor.domain.messages import say_known


def confess(console: Console, error: Exception, name: str) -> None:
    """One sentence on standard error: that it is our fault, while doing what, and where in our code."""
    console.warn("fault", name=name, kind=type(error).__name__, detail=error, place=place_of(error))


def refusal(console: Console, error: OSError) -> str:
    """Why the operating system refused, in the reader's language where we have the words."""
    code = f"errno.{errno.errorcode.get(error.errno or 0, '')}"
    return say_known("commands.csv", code, console.language) or error.strerror or str(error)
