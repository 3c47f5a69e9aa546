"""The journal: every decision as a line that vouches for the one before it, and the replay that proves the state.

A line's hash covers all its fields and the hash of the line above. So no line can be altered, dropped or slipped in
without breaking every later one, and the head in ``chain`` shows when lines were cut off at the end. ``replay``
rebuilds each record from the machine's reading and its events; what differs from the stored state is named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, text, update

from extractor.archive import schema
from extractor.archive.canonical_json import canonical, digest_of_reading
from extractor.archive.row_types import FIELDS, Event, Record, first_state, standing_front, to_plain
from extractor.archive.rows import figures_of
from extractor.domain.messages import Message

FOLLOWED = ("state", "votes", "reading_id", "figure_id", "rank", *FIELDS)
"""The columns of a record that events rebuild; version and the last judge follow from the events themselves."""

SILENT = ("comment", "settle")
"""Kinds of events that speak about a record without changing it."""


LEARN = "learn"
"""The kind of the lines about what the store has learned."""


def now(ahead: int = 0) -> str:
    """The time in UTC, or so many minutes ahead of it, to the microsecond, in the one spelling that the store uses."""
    return (datetime.now(UTC) + timedelta(minutes=ahead)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest_of(line: dict[str, Any]) -> str:
    """The hash of an event's fields (all but the hash itself)."""
    return hashlib.sha256(canonical({k: v for k, v in line.items() if k != "hash"}).encode()).hexdigest()


def digest_of_layer(content: str) -> str:
    """What a line vouches for that takes over what was learned."""
    return hashlib.sha256(content.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line about to be written."""

    kind: str
    actor: str
    client_id: str
    item_id: int | None = None
    record_id: int | None = None
    base_version: int | None = None
    patch: dict[str, Any] | None = None
    old: dict[str, Any] | None = None
    reason: str | None = None
    undoes: int | None = None


def entry_about(
    record: Record,
    kind: str,
    actor: str,
    client_id: str,
    patch: dict[str, Any],
    *,
    reason: str | None = None,
    undoes: int | None = None,
) -> Entry:
    """The line that changes a record by ``patch``, with what that replaces."""
    old = to_plain({name: getattr(record, name) for name in patch})
    place = (record.item_id, record.id, record.version)
    return Entry(kind, actor, client_id, *place, patch, old, reason, undoes)


def append(connection: Connection, entry: Entry) -> Event:
    """Writes one line behind the last and moves the head; the caller's transaction keeps or drops both."""
    head = connection.execute(_HEAD).one()
    line: dict[str, Any] = {
        "seq": head.seq + 1,
        "item_id": entry.item_id,
        "record_id": entry.record_id,
        "base_version": entry.base_version,
        "kind": entry.kind,
        "actor": entry.actor,
        "patch": entry.patch or {},
        "old": entry.old or {},
        "reason": entry.reason,
        "undoes": entry.undoes,
        "client_id": entry.client_id,
        "at": now(),
        "previous": head.hash,
    }
    line["hash"] = digest_of(line)
    connection.execute(_LINE, line)
    connection.execute(_NEW_HEAD, {"seq": line["seq"], "hash": line["hash"]})
    return Event(**line)


# built once: every file and every decision comes by here
_HEAD = select(schema.chain).where(schema.chain.c.id == 1).with_for_update()
_NEW_HEAD = update(schema.chain).where(schema.chain.c.id == 1)
_LINE = schema.event.insert()


def find_by_client(connection: Connection, client_id: str) -> Event | None:
    """The line that this very request has written before, if any."""
    row = connection.execute(select(schema.event).where(schema.event.c.client_id == client_id)).mappings().first()
    return Event(**row) if row else None


def lines_of(connection: Connection, *, record_id: int) -> list[Event]:
    """The history of one record, oldest first."""
    query = select(schema.event).where(schema.event.c.record_id == record_id).order_by(schema.event.c.seq)
    return [Event(**row) for row in connection.execute(query).mappings()]


@dataclass(frozen=True, slots=True)
class Discrepancy(Message):
    """What ``verify`` found wrong: ``place`` names the row."""

    place: str = ""


def verify(connection: Connection) -> list[Discrepancy]:
    """Everything that is not as the journal says: file, chain, originals, readings, layers, cards, records."""
    return [
        *_check_file(connection),
        *_check_chain(connection),
        *_check_originals(connection),
        *_check_readings(connection),
        *_check_layers(connection),
        *_check_items(connection),
        *_check_records(connection),
    ]


def _check_file(connection: Connection) -> Iterator[Discrepancy]:
    if connection.dialect.name != "sqlite":
        return
    for (line,) in connection.execute(text("PRAGMA integrity_check")):
        if line != "ok":
            yield Discrepancy("journal.file_damaged", {"line": line}, "file")


def _check_chain(connection: Connection) -> Iterator[Discrepancy]:
    previous, seq = "0" * 64, 0
    for row in connection.execute(select(schema.event).order_by(schema.event.c.seq)).mappings():
        seq += 1
        place = f"event {row['seq']}"
        if row["seq"] != seq:
            yield Discrepancy("journal.line_missing", {"seq": seq}, place)
            seq = row["seq"]
        elif row["previous"] != previous:
            yield Discrepancy("journal.line_loose", {"seq": seq}, place)
        if digest_of(dict(row)) != row["hash"]:
            yield Discrepancy("journal.line_altered", {"seq": seq}, place)
        previous = row["hash"]
    head = connection.execute(select(schema.chain)).first()
    if head is None or (head.seq, head.hash) != (seq, previous):
        yield Discrepancy("journal.cut_off", {}, "chain")


def _check_originals(connection: Connection) -> Iterator[Discrepancy]:
    for sha256 in connection.scalars(select(schema.original.c.sha256).order_by(schema.original.c.sha256)).all():
        content = connection.scalar(select(schema.original.c.content).where(schema.original.c.sha256 == sha256))
        if hashlib.sha256(content or b"").hexdigest() != sha256:
            yield Discrepancy("journal.original_altered", {"hash": sha256[:12]}, f"original {sha256[:12]}")


def _check_readings(connection: Connection) -> Iterator[Discrepancy]:
    for row in connection.execute(select(schema.reading).order_by(schema.reading.c.id)):
        if digest_of_reading(row.text, map(canonical, figures_of(connection, row.id))) != row.digest:
            yield Discrepancy("journal.reading_altered", {"number": row.id}, f"reading {row.id}")


def _check_layers(connection: Connection) -> Iterator[Discrepancy]:
    event, kept = schema.event.c, {}
    for row in connection.execute(select(schema.layer)):
        kept[row.version] = (digest_of_layer(row.content), row.digest, row.accepted_by, row.at)
    promised = {}
    for line in connection.execute(select(event.patch, event.actor, event.at).where(event.kind == LEARN)):
        promised[line.patch["version"]] = (line.patch["digest"], line.patch["digest"], line.actor, line.at)
    for version in sorted(promised.keys() | kept.keys()):
        if promised.get(version) != kept.get(version):
            yield Discrepancy("journal.layer_differs", {"version": version}, f"layer {version}")


def _check_items(connection: Connection) -> Iterator[Discrepancy]:
    written: dict[int, dict[str, Any]] = {}
    lines = select(schema.event.c.item_id, schema.event.c.patch).where(schema.event.c.kind == "describe")
    for line in connection.execute(lines.order_by(schema.event.c.seq)):
        written.setdefault(line.item_id, {}).update(line.patch)
    aside = _put_aside(connection)
    for row in connection.execute(select(schema.item).order_by(schema.item.c.id)).mappings():
        said = {name: value for name, value in written.get(row["id"], {}).items() if value is not None}
        promised = {"votes_wanted": said.pop("votes_wanted", 1), "description": said, "gone": aside.get(row["id"])}
        promised |= standing_front(row["front"], said)
        wrong = ", ".join(name for name, value in promised.items() if row[name] != value)
        if wrong:
            yield Discrepancy("journal.card_differs", {"number": row["id"], "fields": wrong}, f"item {row['id']}")


def _put_aside(connection: Connection) -> dict[int, str | None]:
    """Item → whether it is in the trash or merged, as the journal says."""
    event = schema.event.c
    lines = select(event.item_id, event.patch).where(
        event.kind.in_(("trash", "restore", "merge")), event.record_id.is_(None)
    )
    found: dict[int, str | None] = {}
    for line in connection.execute(lines.order_by(event.seq)):
        if "gone" in line.patch:
            found[line.item_id] = line.patch["gone"]
    return found


def _check_records(connection: Connection) -> Iterator[Discrepancy]:
    made = _promised(connection)
    items = connection.scalars(select(schema.item.c.id).order_by(schema.item.c.id)).all()
    for item_id in items:
        rows = connection.execute(
            select(schema.record).where(schema.record.c.item_id == item_id).order_by(schema.record.c.id)
        ).mappings()
        lines: dict[int, list[Event]] = {}
        history = select(schema.event).where(schema.event.c.item_id == item_id, schema.event.c.record_id.is_not(None))
        for row in connection.execute(history.order_by(schema.event.c.seq)).mappings():
            lines.setdefault(row["record_id"], []).append(Event(**row))
        figures = _figures_of(connection, item_id)
        counted = 0
        for row in rows:
            counted += 1
            origin = figures.get((row["origin_reading"], row["origin_figure"]))
            state, version = replay(origin, row["origin_reading"], lines.get(row["id"], []))
            yield from _differences(dict(row), state, version)
        if made.get(item_id, 0) != counted:
            yield Discrepancy(
                "journal.count_differs",
                {"number": item_id, "found": counted, "expected": made.get(item_id, 0)},
                f"item {item_id}",
            )
    for item_id in sorted(made.keys() - set(items)):
        yield Discrepancy("journal.report_gone", {"number": item_id}, f"item {item_id}")


def _promised(connection: Connection) -> dict[int, int]:
    """Item → how many records the journal says were made of it."""
    made: dict[int, int] = {}
    makers = select(schema.event).where(schema.event.c.kind.in_(("import", "reread", "add")))
    for line in connection.execute(makers):
        made[line.item_id] = made.get(line.item_id, 0) + (1 if line.kind == "add" else line.patch.get("records", 0))
    return made


def _figures_of(connection: Connection, item_id: int) -> dict[tuple[int | None, str | None], dict[str, Any]]:
    """Every figure of the readings that an item's records came from, by reading and id; its files may be elsewhere."""
    record, row = schema.record.c, schema.extraction.c
    origins = select(record.origin_reading).where(record.item_id == item_id, record.origin_reading.is_not(None))
    query = select(row.reading_id, row.figure_id, row.figure).where(row.reading_id.in_(origins.distinct()))
    return {(reading, figure_id): figure for reading, figure_id, figure in connection.execute(query)}


def _differences(row: dict[str, Any], state: dict[str, Any], version: int) -> Iterator[Discrepancy]:
    stored = to_plain(row)
    wrong = [name for name in FOLLOWED if state.get(name) != stored[name]]
    if version != row["version"]:
        wrong.append("version")
    if wrong:
        fields = ", ".join(wrong)
        yield Discrepancy("journal.record_differs", {"number": row["id"], "fields": fields}, f"record {row['id']}")


def replay(figure: dict[str, Any] | None, reading_id: int | None, lines: list[Event]) -> tuple[dict[str, Any], int]:
    """The state and version of a record, from the machine's figure (None for an added one) and its events alone."""
    state = first_state(figure or {}, reading_id) if reading_id is not None else {}
    version = 0
    for line in lines:
        if line.kind not in SILENT:
            state |= line.patch
            version += 1
    return state, version
