"""Files that a command writes: whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractor.domain.errors import InvalidInput


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
