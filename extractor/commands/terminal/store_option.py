"""The store as the commands reach it: the option that names it, and opening one that must be there already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.commands.terminal.parser import Parser
from extractor.domain.errors import StoreError

if TYPE_CHECKING:
    from extractor.archive import Store

SQLITE = "sqlite:///"


def add_store(parser: Parser) -> None:
    """The option that says which store; every command that needs one has it."""
    parser.add_argument("--store", metavar="URL", help=parser.describe("store"))


@contextmanager
def existing_store(location: str | None) -> Iterator[Store]:
    """The store at ``location``, closed afterwards; raises StoreError where a new one would have to be made."""
    from extractor.archive import Store
    from extractor.archive.database import locate

    url = locate(location)
    if url.startswith(SQLITE) and not Path(url.removeprefix(SQLITE)).is_file():
        raise StoreError("store.none_there", address=url)
    store = Store.open(url)
    try:
        yield store
    finally:
        store.close()
