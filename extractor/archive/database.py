"""Opens the database, from a URL, a path, the environment or the user's own data folder, with the newest schema.

SQLite runs in WAL with foreign keys on; a writer takes its lock at BEGIN: it waits its turn, and never fails half-way.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError

from extractor.archive.schema import REVISION
from extractor.archive.search import bare
from extractor.domain.errors import StoreError

PATIENCE = 30_000
"""Milliseconds that a writer waits for another: longer than the longest import transaction seen (some seconds)."""

MIGRATIONS = Path(__file__).parent / "migrations"
DISK = {True: "PRAGMA synchronous = FULL", False: "PRAGMA synchronous = NORMAL"}
"""Whether a transaction of SQLite's must be lasting → how it is told to wait for the disk."""
SCHEMA_LOCK = 0x50_1E_11  # any fixed number: who migrates a PostgreSQL store holds it


def default_location() -> str:
    """The database to use when nobody says: ``SOLIEU_DATABASE``, else one file in the user's data folder.

    The user's folder and not the working directory: whoever starts the app elsewhere must find their decisions.
    """
    named = os.environ.get("SOLIEU_DATABASE")
    if named:
        return named
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return str(base / "solieu" / "solieu.sqlite")


def locate(location: str | Path | None) -> str:
    """``location`` as a database URL: a plain path is a SQLite file, a bare ``postgresql:`` uses psycopg."""
    chosen = str(location) if location is not None else default_location()
    if "://" not in chosen:
        return f"sqlite:///{Path(chosen).expanduser().absolute()}"
    if chosen.startswith(("postgresql://", "postgres://")):
        return "postgresql+psycopg://" + chosen.split("://", 1)[1]
    return chosen


def connect(location: str | Path | None = None) -> Engine:
    """An engine on ``location`` with the newest schema; raises StoreError with what to do when that cannot be."""
    url = locate(location)
    shown = url
    try:
        parsed = make_url(url)
        shown = parsed.render_as_string(hide_password=True)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed)
        if engine.dialect.name == "sqlite":
            _tune_sqlite(engine)
        _upgrade(engine)
    except (ArgumentError, ImportError, SQLAlchemyError, OSError) as error:
        cause = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise StoreError("store.not_opened", address=shown, cause=cause) from error
    return engine


_MOMENT: ContextVar[Connection | None] = ContextVar("moment", default=None)
_JOINT: ContextVar[Connection | None] = ContextVar("joint", default=None)


@contextmanager
def reading_from(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the store and writes nothing."""
    held = _MOMENT.get()
    if held is not None and held.engine is engine:
        yield held
        return
    with engine.connect() as connection:
        yield connection


@contextmanager
def one_moment(engine: Engine) -> Iterator[None]:
    """Whatever is read inside, by this thread, sees the same moment of the store, by one connection."""
    with reading_from(engine) as connection, _kept(_MOMENT, connection):
        yield


@contextmanager
def writing_to(engine: Engine, *, lasting: bool = True) -> Iterator[Connection]:
    """One transaction: all of it is kept, or nothing; inside ``joint_writing`` a part of that one, kept or not alone.

    One that need not be ``lasting`` does not wait for the disk: it outlives the program, but not a power cut.
    """
    joint = _JOINT.get()
    if joint is not None and joint.engine is engine:
        with joint.begin_nested():
            yield joint
        return
    try:
        options = {"writes": True, "lasting": lasting}
        with engine.connect().execution_options(**options) as connection, connection.begin():
            if not lasting and engine.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL synchronous_commit TO OFF"))
            yield connection
    except OperationalError as error:
        cause = str(error.orig).splitlines()[0]
        raise StoreError("store.busy", cause=cause) from error


@contextmanager
def joint_writing(engine: Engine) -> Iterator[None]:
    """Whatever is written inside, by this thread, is one transaction, so that the disk is waited for once."""
    with writing_to(engine) as connection, _kept(_JOINT, connection):
        yield


@contextmanager
def _kept(place: ContextVar[Connection | None], connection: Connection) -> Iterator[None]:
    """``connection`` is in its place for this thread meanwhile."""
    before = place.set(connection)
    try:
        yield
    finally:
        place.reset(before)


_bare = lru_cache(maxsize=1 << 15)(bare)  # what a shelf of 20,000 reports is called, for the next search in it


def _tune_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, see below
        for setting in (
            f"PRAGMA busy_timeout = {PATIENCE}",
            "PRAGMA journal_mode = WAL",
            "PRAGMA foreign_keys = ON",
        ):
            connection.execute(setting)
        # its own lower() leaves Đ and Ồ as they are
        connection.create_function("lower", 1, _lower, deterministic=True)
        connection.create_function("bare_text", 1, _bare, deterministic=True)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("writes", False):
            connection.connection.cursor().execute(DISK[options.get("lasting", True)])
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:  # waits for nobody and cannot fail, so it needs no statement of SQLAlchemy's: a key press begins fourteen
            connection.connection.cursor().execute("BEGIN")


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def revision_of(connection: Connection) -> str | None:
    """The migration that the store stands at, None for an empty database."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(engine: Engine) -> None:
    with reading_from(engine) as connection:
        if revision_of(connection) == REVISION:
            return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": SCHEMA_LOCK})
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreError("store.newer") from error
