"""Backup and restore: a store as one file that can be carried away, checked, and put back.

A SQLite backup is a copy made by the database itself while people work on. A store elsewhere (PostgreSQL) is copied row
by row into the same kind of file, so that a backup can be opened by any solieu without a server.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, func, insert, select, text

from extractor.archive import schema
from extractor.archive.database import connect, reading_from, writing_to
from extractor.archive.journal import Discrepancy, verify
from extractor.domain.errors import InvalidInput, StoreError

BATCH = 500  # rows copied at a time: keeps originals of 20 MB each from filling the memory all at once


def backup(engine: Engine, target: Path) -> Path:
    """Writes the whole store to ``target``, a new SQLite file; raises InvalidInput when it is there already."""
    if target.exists():
        raise InvalidInput("backup.exists", target=target)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        if engine.dialect.name == "sqlite":
            _copy_file(engine, part)
        else:
            part.unlink()
            copy = connect(part)
            copy_rows(engine, copy)
            copy.dispose()
        part.replace(target)
    finally:
        for leftover in (part, Path(f"{part}-wal"), Path(f"{part}-shm")):
            leftover.unlink(missing_ok=True)
    return target


def restore(source: Path, engine: Engine) -> None:
    """Fills the empty store behind ``engine`` from a backup, after the backup has passed ``verify``."""
    if not source.is_file():
        raise InvalidInput("backup.no_file", source=source)
    with source.open("rb") as file:
        if file.read(16) != b"SQLite format 3\x00":
            raise InvalidInput("backup.not_ours", source=source)
    with reading_from(engine) as connection:
        if connection.scalar(select(func.count()).select_from(schema.event)):
            raise StoreError("backup.target_not_empty")
    with tempfile.TemporaryDirectory() as folder:  # the backup itself is opened for reading only
        copy = Path(folder) / "copy.sqlite"
        copy.write_bytes(source.read_bytes())
        opened = connect(copy)
        try:
            with reading_from(opened) as connection:
                found: list[Discrepancy] = verify(connection)
            if found:
                raise StoreError("backup.damaged", found=found[0])
            copy_rows(opened, engine)
        finally:
            opened.dispose()


def copy_rows(source: Engine, target: Engine) -> None:
    """Every row of every table into an empty store, in one transaction."""
    with reading_from(source) as old, writing_to(target) as new:
        for table in schema.metadata.sorted_tables:
            if table is schema.chain:
                head = old.execute(select(schema.chain)).one()
                new.execute(schema.chain.update().values(seq=head.seq, hash=head.hash))
                continue
            rows = old.execution_options(yield_per=BATCH).execute(select(table).order_by(*table.primary_key)).mappings()
            for batch in rows.partitions(BATCH):
                new.execute(insert(table), [dict(row) for row in batch])
        if target.dialect.name == "postgresql":
            for table in (schema.item, schema.reading, schema.record):
                new.execute(
                    text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)"),
                    {"table": table.name, "last": new.scalar(select(func.coalesce(func.max(table.c.id), 1)))},
                )


def _copy_file(engine: Engine, part: Path) -> None:
    with closing(engine.raw_connection()) as connection, closing(sqlite3.connect(part)) as copy:
        driver = connection.driver_connection
        if not isinstance(driver, sqlite3.Connection):
            raise StoreError("backup.not_copied")
        driver.backup(copy)
