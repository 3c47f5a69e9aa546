"""Killed at any statement of any write, the store is as it was before or as it is after, never between."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from extractor.archive.row_types import Filter, Role, State
from extractor.archive.store import Store
from tests.archive.sample import PLAN, build
from tests.waiting import starts_processes

pytestmark = starts_processes

if not hasattr(os, "fork"):
    pytest.skip("this machine cannot fork", allow_module_level=True)


def accept(store: Store) -> None:
    store.accept(store.queue(Filter(order="place"))[0].id, 0, actor="an")


def correct(store: Store) -> None:
    store.correct(store.queue(Filter(order="place"))[1].id, 0, {"unit": "cái"}, actor="an")


def take_in(store: Store) -> None:
    extraction, content = build(content=b"moi", report=build()[0].report.__class__(number="9/BC", issuer="UBND xã"))
    store.add_extraction(extraction, content, actor="an")


def read_again(store: Store) -> None:
    extraction, content = build(plan=PLAN[2:])
    store.add_extraction(extraction, content, actor="an")


def undo(store: Store) -> None:
    store.undo(store.queue(Filter(states=(State.CORRECTED,)))[0].id, 1, actor="an")


def add_figure(store: Store) -> None:
    store.add_figure(1, (0, 3), {"indicator": "thêm"}, actor="an")


def describe(store: Store) -> None:
    store.describe(1, 0, {"number": "13/BC-UBND", "fonds": "A"}, actor="an")


def confirm(store: Store) -> None:
    store.confirm_alias("Suất quà hỗ trợ", "gifts", actor="an")


def picture(store: Store) -> list[Any]:
    records = store.queue(Filter(states=tuple(State), order="place"), limit=1000)
    return [
        [(r.id, r.state, r.version, r.unit, r.figure_id) for r in records],
        [(line.kind, line.record_id) for line in store.events(limit=1000)],
        [(item.number, item.description) for item in store.items()],
        [(r.id, r.match, r.indicator_id) for r in records],
    ]


def fresh(path: Path) -> Store:
    store = Store.open(path)
    store.admit("an", Role.ADMIN, by="an")
    extraction, content = build()
    store.add_extraction(extraction, content, actor="an")
    first = store.queue(Filter(indicator="Suất quà hỗ trợ"))[0]
    store.correct(first.id, 0, {"indicator_id": "gifts"}, actor="an")
    return store


def die_at(path: Path, write: Callable[[Store], None], statement: int) -> bool:
    """Runs ``write`` in a child that kills itself before its n-th statement; whether it got that far."""
    child = os.fork()
    if child == 0:
        store = Store.open(path)
        seen = 0

        @sqlalchemy.event.listens_for(store._engine, "before_cursor_execute")
        def _(*_: Any) -> None:
            nonlocal seen
            seen += 1
            if seen == statement:
                os.kill(os.getpid(), signal.SIGKILL)

        write(store)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


WRITES = (accept, correct, undo, add_figure, describe, confirm, take_in, read_again)


@pytest.mark.parametrize("write", WRITES, ids=lambda write: str(write.__name__))
def test_killed_at_any_statement(tmp_path: Path, write: Callable[[Store], None]) -> None:
    before_store = fresh(tmp_path / "before.sqlite")
    before = picture(before_store)
    write(before_store)
    after = picture(before_store)
    before_store.close()
    assert before != after
    path = tmp_path / "store.sqlite"
    fresh(path).close()
    statement = 0
    while True:
        statement += 1
        killed = die_at(path, write, statement)
        store = Store.open(path)
        now = picture(store)
        assert store.verify() == []
        store.close()
        assert now == (before if killed else after)
        if not killed:
            break
    assert statement > 5
