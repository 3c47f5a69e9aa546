"""Rows of the store as every room of the archive asks for them and changes them, in the caller's transaction.

What only one room asks is asked there; what decides, and the line of the journal that says so, is the room's as well.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from functools import reduce
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, func, select, update

from extractor.archive import schema
from extractor.archive.row_types import Event, Record, State, to_columns
from extractor.domain.errors import Conflict, InvalidInput, StoreError

TABLE, ITEM, READING, FIGURE = schema.record.c, schema.item.c, schema.reading.c, schema.extraction.c

T = TypeVar("T")


# --------------------------------------------------------------------------------------------------------- reports


def of_item(connection: Connection, item_id: int, column: ColumnElement[T]) -> T | None:
    """One column of a report; None also where there is no such report."""
    return connection.scalar(select(column).where(ITEM.id == item_id))


LEADING_FILE = (
    select(schema.instantiation.c.name)
    .where(schema.instantiation.c.sha256 == ITEM.leading)
    .correlate(schema.item)
    .scalar_subquery()
    .label("file")
)
"""The name of the file that a report's records come from: what a report without number and title is called by."""

FILE_NAMES = (
    select(func.aggregate_strings(schema.instantiation.c.name + " " + func.coalesce(schema.sighting.c.name, ""), " "))
    .outerjoin_from(schema.instantiation, schema.sighting, schema.sighting.c.key == schema.instantiation.c.sha256)
    .where(schema.instantiation.c.item_id == ITEM.id)
    .correlate(schema.item)
    .scalar_subquery()
)
"""Every name that a report's files have or came under, one behind the other: many know a report by nothing else."""

NAMED = (ITEM.number, ITEM.place, ITEM.area, ITEM.issuer, ITEM.period, ITEM.title, ITEM.date, FILE_NAMES)
NAMES = reduce(operator.add, (func.coalesce(column, "") + "\n" for column in NAMED))
"""What a report is looked for by, a line each: one text is made bare in an eighth of the calls."""


def require_present(connection: Connection, item_id: int) -> None:
    """Raises InvalidInput where a report is in the trash or merged into another: nothing of it is judged then.

    Raises StoreError where there is none.
    """
    row = connection.execute(select(ITEM.gone).where(ITEM.id == item_id)).first()
    if row is None:
        raise StoreError("store.no_report", number=item_id)
    if row.gone is not None:
        raise InvalidInput("shelf.put_aside", number=item_id)


def change_item(connection: Connection, item_id: int, **columns: Any) -> None:
    """Writes ``columns`` of a report, one version on; raises StoreError where there is none."""
    query = update(schema.item).where(ITEM.id == item_id).values(version=ITEM.version + 1, **columns)
    if connection.execute(query).rowcount != 1:
        raise StoreError("store.no_report", number=item_id)


# -------------------------------------------------------------------------------------------------------- readings


def newest_reading(item_id: int, *columns: ColumnElement[Any]) -> Select[Any]:
    """What asks ``columns`` of the readings of the file that a report's records hang on, the newest first."""
    of_leading = select(*columns).join_from(schema.reading, schema.item, ITEM.leading == READING.sha256)
    return of_leading.where(ITEM.id == item_id).order_by(READING.id.desc())


def figures_of(connection: Connection, reading_id: int) -> list[dict[str, Any]]:
    """What the machine read in a file, in the order of its text."""
    query = select(FIGURE.figure).where(FIGURE.reading_id == reading_id).order_by(FIGURE.ordinal)
    return list(connection.scalars(query))


# --------------------------------------------------------------------------------------------------------- records


def to_record(row: Mapping[Any, Any]) -> Record:
    """A row of the table as a Record."""
    return Record(**{**row, "state": State(row["state"])})


def fetch(connection: Connection, record_id: int) -> Record:
    """The record as it stands; raises StoreError where there is none."""
    row = connection.execute(select(schema.record).where(TABLE.id == record_id)).mappings().first()
    if row is None:
        raise StoreError("store.no_record", number=record_id)
    return to_record(row)


def records_where(connection: Connection, *conditions: ColumnElement[bool]) -> list[Record]:
    """The records that fulfil all ``conditions``, in the order of their text."""
    query = select(schema.record).where(*conditions).order_by(TABLE.start, TABLE.id)
    return [to_record(row) for row in connection.execute(query).mappings()]


def records_of(connection: Connection, item_id: int) -> list[Record]:
    """All records of a report, in the order of its text."""
    return records_where(connection, TABLE.item_id == item_id)


def renew(connection: Connection, record: Record, line: Event, **more: Any) -> Record:
    """The record one version on, as a line of the journal says; ``more`` are columns that no line keeps.

    Raises Conflict where the record has moved on since it was read.
    """
    changed = connection.execute(
        update(schema.record)
        .where(TABLE.id == record.id, TABLE.version == record.version)
        .values(version=record.version + 1, **more, **to_columns(line.patch))
        .returning(schema.record)
    )
    kept = changed.mappings().first()
    if kept is None:
        raise conflict(fetch(connection, record.id))
    return to_record(kept)


def conflict(record: Record) -> Conflict:
    """The error of a decision that came too late."""
    return Conflict("record.changed", who=record.decided_by or "solieu", current=record)
