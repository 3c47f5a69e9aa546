"""A fresh store for each test, on SQLite and on a real PostgreSQL that a wheel brings along."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy

from extractor.archive.row_types import Role
from extractor.archive.store import Store


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database that this test has to itself."""
    if request.param == "sqlite":
        yield str(tmp_path / "store.sqlite")
        return
    server = request.getfixturevalue("postgres")
    name = f"t{os.getpid()}_{uuid.uuid4().hex[:12]}"
    admin = sqlalchemy.create_engine(server.get_uri(driver="psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    yield server.get_uri(database=name, driver="psycopg")
    with admin.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    admin.dispose()


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    """An empty store with an administrator, two reviewers and a viewer."""
    opened = Store.open(location)
    opened.admit("an", Role.ADMIN, by="an")
    for name, role in (("bình", Role.REVIEWER), ("chi", Role.REVIEWER), ("dung", Role.VIEWER)):
        opened.admit(name, role, by="an")
    yield opened
    opened.close()
