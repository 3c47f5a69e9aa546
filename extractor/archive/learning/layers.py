"""The store's layer over the package's models: versions that are added, never edited, and the newest one reads.

Going back to a version adds it once more under a new number, byte for byte, so that every reading goes on saying which
version made it. Each version is a line of the journal, which vouches for its content.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.journal import LEARN, Entry, append, digest_of_layer, find_by_client
from extractor.archive.roles import require
from extractor.archive.row_types import Role
from extractor.domain.errors import InvalidInput, StoreError
from extractor.language import PACKAGE, Layer


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the layer: its content, who took it over and when, and which one it goes back to, if any."""

    version: int
    digest: str
    content: str
    accepted_by: str
    at: str
    restores: int | None


def current(connection: Connection) -> Layer:
    """The layer that reads now: the package alone where nothing was ever learned."""
    table = schema.layer.c
    row = connection.execute(select(table.version, table.content).order_by(table.version.desc()).limit(1)).first()
    return PACKAGE if row is None else Layer(row.version, row.content)


def history(connection: Connection) -> list[Version]:
    """All versions, oldest first."""
    rows = connection.execute(select(schema.layer).order_by(schema.layer.c.version)).mappings()
    return [Version(**row) for row in rows]


def accept(connection: Connection, content: str, *, over: int, actor: str, client_id: str) -> Layer:
    """Takes ``content`` over as the next version; an archivist's to do.

    ``over`` is the version that it was tried against: raises StoreError where another one reads by now.
    """
    return _add(connection, content, None, over=over, actor=actor, client_id=client_id)


def go_back(connection: Connection, version: int, *, actor: str, client_id: str) -> Layer:
    """Lets ``version`` read again, 0 being the package alone; an archivist's to do. Nothing is lost in between."""
    wanted = {one.version: one.content for one in history(connection)} | {PACKAGE.version: PACKAGE.content}
    if version not in wanted:
        raise InvalidInput("learn.no_version", version=version, newest=max(wanted))
    return _add(connection, wanted[version], version, over=None, actor=actor, client_id=client_id)


def _add(
    connection: Connection, content: str, restores: int | None, *, over: int | None, actor: str, client_id: str
) -> Layer:
    require(connection, actor, Role.ARCHIVIST)
    now_reads = current(connection)
    if find_by_client(connection, client_id) or content == now_reads.content:
        return now_reads
    if over is not None and over != now_reads.version:
        raise StoreError("learn.moved_on", version=now_reads.version)
    version, digest = now_reads.version + 1, digest_of_layer(content)
    patch = {"version": version, "digest": digest, "restores": restores}
    old = {"version": now_reads.version, "digest": digest_of_layer(now_reads.content)}
    line = append(connection, Entry(LEARN, actor, client_id, patch=patch, old=old))
    row = {"version": version, "digest": digest, "content": content, "restores": restores}
    connection.execute(schema.layer.insert().values(**row, accepted_by=actor, at=line.at))
    return Layer(version, content)
