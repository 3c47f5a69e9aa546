"""What to say of an exception that nobody expected: the program's fault, with the place to look at."""

from __future__ import annotations

import errno
from pathlib import Path

from extractor.commands.console import Console
from extractor.lexicon import messages

HOME = Path(__file__).parent.parent


def confess(console: Console, error: Exception, name: str) -> None:
    """One sentence on standard error: that it is our fault, while doing what, and where in our code."""
    console.warn("fault", name=name, kind=type(error).__name__, detail=error, place=place_of(error))


def place_of(error: BaseException) -> str:
    """The innermost line of ours that ``error`` passed: ``language/periods.py:120``."""
    place, traceback = "-", error.__traceback__
    while traceback is not None:
        file = Path(traceback.tb_frame.f_code.co_filename)
        if file.is_relative_to(HOME):
            place = f"{file.relative_to(HOME).as_posix()}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place


def refusal(console: Console, error: OSError) -> str:
    """Why the operating system refused, in the reader's language where we have the words."""
    code = f"errno.{errno.errorcode.get(error.errno or 0, '')}"
    if code in messages("commands.csv"):
        return console.sentence(code)
    return error.strerror or str(error)
