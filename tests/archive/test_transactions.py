"""What is read at one moment, and what is written in one transaction."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event

from extractor.archive import Store
from extractor.archive.row_types import State
from extractor.domain.errors import Conflict
from tests.archive.test_store import fill


@pytest.fixture
def statements(store: Store) -> list[str]:
    """What SQLAlchemy says to the database from here on, ``commit`` included."""
    said: list[str] = []
    engine = store._engine
    event.listen(engine, "before_cursor_execute", lambda *told: said.append(told[2]))
    event.listen(engine, "commit", lambda _: said.append("commit"))
    return said


def test_decisions_together_are_one_transaction_and_a_refused_one_leaves_the_others(
    store: Store, statements: list[str]
) -> None:
    item = fill(store)
    first, second, third = (one.id for one in store.records_between(item, 0, 10_000)[:3])
    statements.clear()
    with store.deciding_together():
        store.accept(first, 0, actor="bình")
        with pytest.raises(Conflict):
            store.accept(second, 7, actor="bình")
        store.accept(third, 0, actor="bình")
    assert statements.count("commit") == 1
    assert [store.record(one).state for one in (first, second, third)] == [
        State.ACCEPTED,
        State.EXTRACTED,
        State.ACCEPTED,
    ]
    assert store.verify() == []


def test_decisions_together_are_undone_together_where_the_block_fails(store: Store) -> None:
    item = fill(store)
    first = store.records_between(item, 0, 10_000)[0].id
    with pytest.raises(ZeroDivisionError), store.deciding_together():
        store.accept(first, 0, actor="bình")
        raise ZeroDivisionError
    assert store.record(first).state is State.EXTRACTED
    assert store.accept(first, 0, actor="bình").state is State.ACCEPTED


def test_one_moment_reads_by_one_connection_and_does_not_see_what_is_written_meanwhile(
    store: Store, statements: list[str]
) -> None:
    item = fill(store)
    first = store.records_between(item, 0, 10_000)[0].id
    begun: list[Any] = []
    event.listen(store._engine, "begin", begun.append)
    with store.one_moment():
        before = store.record(first)
        store.reading_of(item)
        assert len(begun) == 1
        store.accept(first, 0, actor="bình")
        assert len(begun) == 2
    assert before.state is State.EXTRACTED
    assert store.record(first).state is State.ACCEPTED


def test_only_what_may_be_lost_with_the_power_is_not_waited_for(store: Store) -> None:
    item = fill(store)
    first = store.records_between(item, 0, 10_000)[0].id
    if store._engine.dialect.name != "sqlite":
        pytest.skip("SQLite says it by a setting of the connection")
    waited: list[int] = []

    def look(connection: Any) -> None:
        waited.append(connection.connection.cursor().execute("PRAGMA synchronous").fetchone()[0])

    event.listen(store._engine, "commit", look)
    store.lease([first], actor="bình")
    store.accept(first, 0, actor="bình")
    store.lease([first], actor="bình")
    assert waited == [1, 2, 1]  # NORMAL, FULL, NORMAL
