"""The store as the commands reach it: the option that names it, and opening one that must be there already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
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
def store_if_there(location: str | None) -> Iterator[Store | None]:
    """The store at ``location``, closed afterwards; None where a new one would have to be made."""
    from extractor.archive import Store
    from extractor.archive.database import locate

    url = locate(location)
    if url.startswith(SQLITE) and not Path(url.removeprefix(SQLITE)).is_file():
        yield None
        return
    with closing(Store.open(url)) as store:
        yield store


@contextmanager
def existing_store(location: str | None) -> Iterator[Store]:
    """The same, and raises StoreError where there is none."""
    with store_if_there(location) as store:
        if store is None:
            from extractor.archive.database import locate

            raise StoreError("store.none_there", address=locate(location))
        yield store
