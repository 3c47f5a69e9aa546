"""Lists over all reports: put together from walks of an index, they hold what sorting all of it gives."""

from __future__ import annotations

import itertools
import random
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import sqlalchemy

from extractor.archive import queries
from extractor.archive.database import reading_from
from extractor.archive.review import worklist
from extractor.archive.row_types import OPEN, Filter, Record, State
from extractor.archive.store import Store
from extractor.domain.errors import StoreError
from tests.archive.plans import plans_of
from tests.archive.sample import Draft, build

AN = "an"  # the administrator of the sample stores
ORDERS = {"doubt": lambda r: (r.rank, r.id), "place": lambda r: (r.item_id, r.start, r.id)}
LISTS = {"open": OPEN, "put off": (State.SKIPPED,), "judged": (State.ACCEPTED, State.REJECTED), "all": ()}


def fill(store: Store, reports: int, *, first: int = 0) -> None:
    for n in range(first, first + reports):
        report = replace(Draft().report, number=f"{n}/BC-UBND", issuer=f"UBND quận số {n}")
        extraction, content = build(report=report, content=f"copy {n}".encode())
        store.add_extraction(extraction, content, actor=AN)


@pytest.fixture
def judged(store: Store) -> Store:
    """Four reports with decisions of every kind strewn over them."""
    fill(store, 4)
    chance = random.Random(3)
    for record in store.queue(limit=100):
        act = chance.choice(("accept", "reject", "skip", None))
        if act is not None:
            getattr(store, act)(record.id, record.version, actor=AN)
    return store


def sorted_out(store: Store, states: tuple[State, ...], order: str) -> list[Record]:
    every = [store.record(n + 1) for n in range(48)]
    return sorted((r for r in every if r.state in (states or tuple(State))), key=ORDERS[order])


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_what_sorting_gives(judged: Store, name: str, order: str) -> None:
    wanted = Filter(states=LISTS[name], order=order)
    expected = sorted_out(judged, LISTS[name], order)
    assert len(expected) > 5
    assert judged.queue(wanted, limit=100) == expected
    assert judged.count(wanted) == len(expected)
    paged = [r for offset in range(0, 50, 7) for r in judged.queue(wanted, limit=7, offset=offset)]
    assert paged == expected
    for before, after in itertools.pairwise(expected[:10]):
        assert judged.neighbour(wanted, before) == after.id
        assert judged.neighbour(wanted, after, back=True) == before.id
    assert judged.neighbour(wanted, expected[-1]) is None
    assert judged.neighbour(wanted, expected[0], back=True) is None


@pytest.mark.parametrize("item", [None, 2])
def test_what_nothing_speaks_against_is_told_with_its_version(judged: Store, item: int | None) -> None:
    wanted, least = Filter(item=item, states=OPEN, order="place"), 0.9
    waiting = judged.queue(wanted, limit=100)
    expected = [r for r in waiting if r.confidence >= least and not r.doubts and r.rank > 0.89 and r.value is not None]
    found = judged.sure(wanted, least)
    assert found
    assert [*found.items()] == [(r.id, r.version) for r in expected]
    assert judged.records([*reversed(found)]) == expected


def test_a_count_by_states_follows_every_decision(judged: Store) -> None:
    for record in judged.queue(limit=5):
        before = judged.count(Filter(states=OPEN)), judged.count(Filter())
        judged.reject(record.id, record.version, actor=AN)
        assert (judged.count(Filter(states=OPEN)) + 1, judged.count(Filter())) == before
    assert judged.count(Filter(states=OPEN)) == len(judged.queue(limit=100))


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("states", [OPEN, ()])
def test_a_page_is_walked_to_in_an_index(judged: Store, states: tuple[State, ...], order: str) -> None:
    walk = {"doubt": "ix_record_state_rank_id", "place": "ix_record_state_item_id_start_id"}[order]
    wanted = Filter(states=states, order=order)
    (plan,) = plans_of(judged, lambda: judged.queue(wanted, limit=5), without=("seqscan", "bitmapscan")).values()
    assert plan.count(f"{walk} ") == len(states or worklist.STANDING)


@pytest.mark.parametrize("location", ["sqlite"], indirect=True)
@pytest.mark.parametrize("order", ORDERS)
def test_the_first_page_costs_the_same_in_a_larger_store(store: Store, order: str) -> None:
    fill(store, 4)
    small = steps_of(store, Filter(states=OPEN, order=order))
    fill(store, 60, first=4)
    assert steps_of(store, Filter(states=OPEN, order=order)) < 1.1 * small


def steps_of(store: Store, wanted: Filter) -> int:
    first = store.queue(wanted, limit=1)[0]
    with counting(store) as steps, reading_from(store._engine) as connection:
        worklist.listed(connection, wanted, limit=10)
        worklist.step(connection, wanted, after=first)
    return len(steps)


@contextmanager
def counting(store: Store) -> Iterator[list[None]]:
    """The steps that SQLite takes meanwhile: a count of work, not of time."""
    steps: list[None] = []

    def watch(driver: sqlite3.Connection, *_: object) -> None:
        driver.set_progress_handler(lambda: steps.append(None), 1)

    sqlalchemy.event.listen(store._engine, "checkout", watch)
    try:
        yield steps
    finally:
        sqlalchemy.event.remove(store._engine, "checkout", watch)
        with store._engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.set_progress_handler(None, 1)


def test_the_list_of_reports_names_the_newest_and_finds_the_others(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "LISTED", 3)
    fill(store, 12)
    assert list(store.labels()) == [12, 11, 10]
    assert list(store.labels("hòa BÌNH 7/bc-")) == [8]
    assert list(store.labels("quận 2023-q1")) == [12, 11, 10]
    assert store.labels("quận % _") == {}
    assert store.label(2).number == "1/BC-UBND"
    with pytest.raises(StoreError):
        store.label(99)
    assert store.item_ids() == list(range(12, 0, -1))
    assert [item.id for item in store.items()] == list(range(12, 0, -1))
    assert store.cards().decode("utf-8-sig").count("/BC-UBND") >= 12  # all of them, not those of the list


@pytest.mark.parametrize("location", ["sqlite"], indirect=True)
def test_the_list_of_reports_costs_the_same_in_a_larger_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "LISTED", 4)
    fill(store, 4)
    small = steps_of_reports(store)
    fill(store, 40, first=4)
    assert steps_of_reports(store) < 1.1 * small


def steps_of_reports(store: Store) -> int:
    with counting(store) as steps:
        store.labels()
    return len(steps)
