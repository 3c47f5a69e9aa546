"""Files that a command writes: the options that name them, and writing them whole or not at all."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.commands.terminal.parser import Parser
from extractor.domain.errors import InvalidInput

if TYPE_CHECKING:
    from extractor.statistics import Names


def add_output(parser: Parser, formats: Sequence[str]) -> None:
    """The options that say where a result goes, in which format, and whether names of persons stay in it."""
    parser.add_argument("-o", "--output", metavar="OUT", help=parser.describe("output"))
    parser.add_argument("--format", choices=formats, metavar="|".join(formats), help=parser.describe("format"))
    parser.add_argument("--keep-names", action="store_true", help=parser.describe("keep_names"))


def names_in(options: argparse.Namespace) -> Names:
    """What becomes of names of persons, as was typed."""
    from extractor.statistics.flat_rows import Names

    return Names.KEPT if options.keep_names else Names.MASKED


def ending_of(target: Path) -> str:
    """The ending of a file's name, in small letters and without the dot."""
    return target.suffix.lower().removeprefix(".")


def known_format(target: Path, chosen: str, formats: Sequence[str]) -> str:
    """``chosen``; raises InvalidInput where it is none of ``formats`` and so ``target`` tells none."""
    if chosen not in formats:
        raise InvalidInput("series.unknown_format", name=target.name, formats="|".join(formats))
    return chosen


def check_place(target: Path) -> None:
    """Raises InvalidInput where ``target`` is a folder or lies in one that is not there: before the work, not after."""
    if target.is_dir():
        raise InvalidInput("output.is_folder", name=target)
    if not target.parent.is_dir():
        raise InvalidInput("output.no_folder", folder=target.parent)


@contextmanager
def fresh_file(target: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of ``target`` once the block has ended well; else nothing changes.

    Raises InvalidInput as ``check_place`` does.
    """
    check_place(target)
    if target.exists() and not target.is_file():  # a device or a pipe takes what it gets
        yield target
        return
    part = target.with_name(f".part-{target.name}")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
