"""Takes an extraction in: file, reading, machine's figures and records in one transaction, and nothing twice.

The same bytes read the same way change nothing. The same bytes read by newer code or models make a new reading, and
every decision keeps its place (see ``moving``). The same report in another file joins its item as a further
instantiation and is counted once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Dialect, Table, bindparam, func, insert, select, update

from extractor.archive import schema
from extractor.archive.canonical_json import clean_name
from extractor.archive.finding_aids.pronom import HEAD, pronom_of
from extractor.archive.intake.copy_quality import CopyQuality, judge_copy
from extractor.archive.intake.duplicates import find_same_report, is_signed
from extractor.archive.intake.import_rows import RECORD, Prepared, Row
from extractor.archive.intake.moving import move_records
from extractor.archive.journal import Entry, append, now
from extractor.archive.review.aliases import settle_again
from extractor.archive.roles import require
from extractor.archive.row_types import Intake, Role, standing_front
from extractor.archive.rows import ITEM, READING, change_item, newest_reading, of_item, records_of


@dataclass(frozen=True, slots=True)
class Received:
    """A file on its way in, with what the machine read in it."""

    prepared: Prepared
    content: bytes
    actor: str
    client_id: str
    path: str = ""  # where it lay; its name where nobody says
    seconds: float = 0.0  # what reading it took


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that gave nothing: its class and why. ``key`` is the hash of its content, or ``no_content``."""

    key: str
    name: str
    result: str
    vi: str
    en: str | None
    actor: str
    client_id: str
    path: str = ""
    size: int = 0
    seconds: float = 0.0


SIGNED = ("number", "date", "place", "signatory", "role")
"""What a report is given when it is signed."""

AT_ONCE = 16  # rows of a statement: what a statement costs beside its rows is then paid seldom

FAULT = "fault"
"""The class of a file at which our own code failed: not the file's fault, so it is tried again in every run."""


def no_content(path: str) -> str:
    """What stands for the content's hash where a file could not even be opened."""
    return f"path:{hashlib.sha256(path.encode('utf-8', 'surrogateescape')).hexdigest()}"


def take_in(connection: Connection, received: Received) -> Intake:
    """Keeps a file and its reading; see the module's first lines for what happens to what is there already."""
    require(connection, received.actor, Role.ARCHIVIST)
    prepared = received.prepared
    _note_arrival(
        connection,
        prepared.sha256,
        name=clean_name(prepared.name),
        path=received.path or prepared.name,
        size=len(received.content),
        result=prepared.result,
        reason=prepared.reason,
        reason_en=prepared.reason_en,
        seconds=received.seconds,
    )
    known = connection.execute(_KNOWN, {"content": prepared.sha256}).first()
    if known:
        same = connection.execute(
            select(schema.reading.c.id).where(
                schema.reading.c.sha256 == prepared.sha256, schema.reading.c.digest == prepared.digest
            )
        ).first()
        aside = of_item(connection, known.item_id, ITEM.gone) is not None
        if same or aside:  # in the trash it stays until an archivist takes it out, whatever reads it again
            return Intake(known.item_id, prepared.sha256, same.id if same else 0, known=True, joined=False)
        return _read_again(connection, received, known.item_id)
    item_id = find_same_report(connection, prepared)
    joined = item_id is not None
    if item_id is None:
        item_id = new_item(connection, prepared)
    _keep_file(connection, received, item_id)
    reading_id = keep_reading(connection, prepared)
    if joined and _takes_the_lead(connection, item_id, prepared):
        return replace(_lead(connection, received, item_id, reading_id), joined=True)
    if joined:
        _take_number(connection, item_id, prepared)
    records = 0 if joined else len(prepared.records)
    if not joined:
        new_records(connection, item_id, reading_id, prepared.records)
    patch = {**label_of(prepared, reading_id), "records": records, "joined": joined}
    append(connection, Entry("import", received.actor, received.client_id, item_id=item_id, patch=patch))
    settle_again(connection, item_id, client_id=received.client_id)
    return Intake(item_id, prepared.sha256, reading_id, known=False, joined=joined, added=records)


def refuse(connection: Connection, refused: Refused) -> None:
    """Writes down that a file gave nothing, and why: in the journal once for each verdict, and among the arrivals."""
    require(connection, refused.actor, Role.ARCHIVIST)
    before = connection.scalar(select(schema.arrival.c.result).where(schema.arrival.c.key == refused.key))
    name = clean_name(refused.name)
    _note_arrival(
        connection,
        refused.key,
        name=name,
        path=refused.path or refused.name,
        size=refused.size,
        result=refused.result,
        reason=refused.vi,
        reason_en=refused.en,
        seconds=refused.seconds,
    )
    if before != refused.result:
        patch = {"name": name, "sha256": refused.key, "result": refused.result, "reason": refused.vi}
        patch |= {"reason_en": refused.en} if refused.en else {}
        append(connection, Entry("refused", refused.actor, refused.client_id, patch=patch))


def _note_arrival(connection: Connection, key: str, **values: Any) -> None:
    """One row a content, with the newest verdict; a verdict on a file whose figures are kept changes no figure."""
    values |= {"path": _storable(values["path"]), "at": now(), "maker": maker()}
    meet(connection, [(key, values["path"], values["name"])])
    if not connection.execute(_ARRIVED_AGAIN, {"known": key, **values}).rowcount:
        connection.execute(_ARRIVAL, {"key": key, "tries": 1, "first_at": values["at"], **values})


def meet(connection: Connection, seen: Collection[tuple[str, str, str]]) -> None:
    """Keeps where files were met: key, path, name; what is known of a place stays."""
    place = schema.sighting.c
    keys = {key for key, _, _ in seen}
    known = {tuple(row) for row in connection.execute(select(place.key, place.path).where(place.key.in_(keys)))}
    new = {(key, _storable(path)): clean_name(name) for key, path, name in seen}
    rows = [{"key": k, "path": p, "name": name, "at": now()} for (k, p), name in new.items() if (k, p) not in known]
    if rows:
        connection.execute(insert(schema.sighting), rows)


# What each file asks and writes is built once, and values are handed over beside it: building costs more than writing.
_KNOWN = select(schema.instantiation.c.item_id).where(schema.instantiation.c.sha256 == bindparam("content"))
_HELD = select(func.count()).where(schema.original.c.sha256 == bindparam("content"))
_ARRIVED_AGAIN = (
    update(schema.arrival).where(schema.arrival.c.key == bindparam("known")).values(tries=schema.arrival.c.tries + 1)
)
_ARRIVAL, _ORIGINAL, _INSTANTIATION = map(insert, (schema.arrival, schema.original, schema.instantiation))
_ITEM, _READING = (insert(table).returning(table.c.id) for table in (schema.item, schema.reading))


def _storable(path: str) -> str:
    """``path`` with the bytes that are no UTF-8 spelled out: a database takes no half letters, and no NUL."""
    return path.encode("utf-8", "backslashreplace").decode().replace("\x00", "?")


def label_of(prepared: Prepared, reading_id: int) -> dict[str, Any]:
    """What an event says of the file that it is about."""
    return {
        "sha256": prepared.sha256,
        "name": clean_name(prepared.name),
        "reading": reading_id,
        "digest": prepared.digest,
    }


def new_item(connection: Connection, prepared: Prepared) -> int:
    """The row of a report as its file tells of it; returns its id."""
    values = {
        **prepared.item_columns(),
        "description": {},
        "leading": prepared.sha256,
        "votes_wanted": 1,
        "version": 0,
        "received": now(),
    }
    item_id: int = connection.execute(_ITEM, values).scalar_one()
    return item_id


def _keep_file(connection: Connection, received: Received, item_id: int) -> None:
    prepared = received.prepared
    if not connection.scalar(_HELD, {"content": prepared.sha256}):
        connection.execute(_ORIGINAL, {"sha256": prepared.sha256, "content": received.content})
    values = {
        "sha256": prepared.sha256,
        "item_id": item_id,
        "name": clean_name(prepared.name),
        "format": prepared.format,
        "size": len(received.content),
        "pages": prepared.pages,
        "result": prepared.result,
        "reason": prepared.reason,
        "received": now(),
        "received_by": received.actor,
        **_technical(received),
    }
    connection.execute(_INSTANTIATION, values)


def _technical(received: Received) -> dict[str, Any]:
    """What an archive asks of a file beyond its size."""
    pronom, stated = pronom_of(received.prepared.format, received.content[:HEAD])
    told = {"producer": received.prepared.producer, "dpi": received.prepared.dpi}
    return {"pronom": pronom or None, "version": stated or None, **told}


def keep_reading(connection: Connection, prepared: Prepared) -> int:
    """What the machine read in a file, figures included; returns the reading's id."""
    values = {"made": now(), "maker": maker(), **prepared.reading_columns()}
    reading_id: int = connection.execute(_READING, values).scalar_one()
    rows = [(reading_id, figure_id, n, spelled) for n, (figure_id, spelled) in enumerate(prepared.figures)]
    _add_rows(connection, schema.extraction, ("reading_id", "figure_id", "ordinal", "figure"), rows)
    return reading_id


@cache
def maker() -> str:
    """The program and version that read a file."""
    try:
        return f"solieu {version('solieu')}"
    except PackageNotFoundError:
        return "solieu"


def new_records(connection: Connection, item_id: int, reading_id: int, records: Iterable[Row]) -> None:
    """A record for each row that ``import_rows`` made of a figure."""
    names = ("item_id", "reading_id", "origin_reading", "version", "origin_figure", *RECORD)
    rows = [(item_id, reading_id, reading_id, 0, row[0], *row) for row in records]
    _add_rows(connection, schema.record, names, rows)


def _add_rows(connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Rows as a driver takes them, in the order of ``names``: hundreds a report, so they pass by all conversions."""
    whole = len(rows) - len(rows) % AT_ONCE
    if whole:
        groups = [tuple(chain.from_iterable(rows[n : n + AT_ONCE])) for n in range(0, whole, AT_ONCE)]
        connection.exec_driver_sql(_spell_insert(connection.dialect, table, names, AT_ONCE), groups)
    if whole < len(rows):
        connection.exec_driver_sql(_spell_insert(connection.dialect, table, names, 1), rows[whole:])


@lru_cache(maxsize=8)
def _spell_insert(dialect: Dialect, table: Table, names: tuple[str, ...], count: int) -> str:
    """The statement for ``count`` rows in a database's own words; its values are one tuple."""
    quote, mark = dialect.identifier_preparer.quote, "?" if dialect.paramstyle == "qmark" else "%s"
    columns, marks = ", ".join(map(quote, names)), ", ".join([mark] * len(names))
    rows = ", ".join([f"({marks})"] * count)
    return f"INSERT INTO {quote(table.name)} ({columns}) VALUES {rows}"  # noqa: S608 - names of the schema, quoted


def _takes_the_lead(connection: Connection, item_id: int, prepared: Prepared) -> bool:
    """Whether a further file leads: where no figure is held, or where it is better and nobody has judged or chosen."""
    if not prepared.figures:
        return False
    held = connection.scalar(select(func.count()).where(schema.record.c.item_id == item_id))
    if not held:
        return True
    ours = judge_copy(prepared.certainty, prepared.result, prepared.text)
    theirs = _quality_of_leading(connection, item_id)
    return theirs is not None and ours.is_better_than(theirs) and not _is_settled(connection, item_id)


def _quality_of_leading(connection: Connection, item_id: int) -> CopyQuality | None:
    """The quality of the copy that leads; None where an older version read it and did not say how sure it was."""
    file = schema.instantiation
    query = newest_reading(item_id, READING.certainty, READING.text, file.c.result)
    row = connection.execute(query.join(file, file.c.sha256 == READING.sha256)).first()
    return None if row is None or row.certainty is None else judge_copy(row.certainty, row.result, row.text)


def _is_settled(connection: Connection, item_id: int) -> bool:
    """Whether a person has judged a figure of a report, or said which of its copies leads."""
    event = schema.event.c
    if any(record.is_decided for record in records_of(connection, item_id)):
        return True
    chosen = select(event.patch).where(event.item_id == item_id, event.kind == "reread")
    return any(patch.get("leads") for patch in connection.scalars(chosen))


def _take_number(connection: Connection, item_id: int, prepared: Prepared) -> None:
    """A report that came as a draft gets its number and date from the signed copy; its figures stay as they are."""
    item = connection.execute(select(ITEM.front, ITEM.description).where(ITEM.id == item_id)).one()
    front = signed_front(item.front, json.loads(prepared.front["front"]))
    if front != item.front:
        change_item(connection, item_id, front=front, **standing_front(front, item.description))


def signed_front(front: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """``front`` with what only a signed copy has, where it is a draft's and ``other`` that of a signed one."""
    if is_signed(front.get("number")) or not is_signed(other.get("number")):
        return dict(front)
    return {**front, **{name: other[name] for name in SIGNED if other.get(name)}}


def _read_again(connection: Connection, received: Received, item_id: int) -> Intake:
    prepared = received.prepared
    reading_id = keep_reading(connection, prepared)
    file = schema.instantiation
    connection.execute(update(file).where(file.c.sha256 == prepared.sha256).values(**_technical(received)))
    is_leading = of_item(connection, item_id, ITEM.leading) == prepared.sha256
    if is_leading or _takes_the_lead(connection, item_id, prepared):
        return _lead(connection, received, item_id, reading_id)
    patch = {**label_of(prepared, reading_id), "records": 0}
    append(connection, Entry("reread", received.actor, received.client_id, item_id=item_id, patch=patch))
    return Intake(item_id, prepared.sha256, reading_id, known=False, joined=False)


def _lead(connection: Connection, received: Received, item_id: int, reading_id: int) -> Intake:
    """Hangs the item's records on a new reading; decisions stay, what finds no place is shown as lost."""
    prepared = received.prepared
    moved = move_records(connection, item_id, reading_id, prepared.plain_figures(), client_id=received.client_id)
    new_records(connection, item_id, reading_id, [prepared.records[n] for n in moved.fresh])
    item = connection.execute(select(ITEM.front, ITEM.description).where(ITEM.id == item_id)).one()
    front = signed_front(json.loads(prepared.front["front"]), item.front)
    columns = {**prepared.item_columns(), "front": front, **standing_front(front, item.description)}
    change_item(connection, item_id, leading=prepared.sha256, **columns)
    patch = {**label_of(prepared, reading_id), "records": len(moved.fresh)}
    append(connection, Entry("reread", received.actor, received.client_id, item_id=item_id, patch=patch))
    settle_again(connection, item_id, client_id=received.client_id)
    return Intake(
        item_id,
        prepared.sha256,
        reading_id,
        known=False,
        joined=False,
        added=len(moved.fresh),
        kept=moved.kept,
        lost=moved.lost,
        withdrawn=moved.withdrawn,
    )
