"""Lists over all reports: put together from walks of an index, they hold what sorting all records gives."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest

from extractor.archive import worklist
from extractor.archive.database import reading_from
from extractor.archive.entries import OPEN, Filter, Record, State
from extractor.archive.store import Store
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
    """Steps that SQLite takes for the first page and for the record after the first one: a count, no time."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    first = store.queue(wanted, limit=1)[0]
    with reading_from(store._engine) as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.set_progress_handler(count, 1)
        worklist.listed(connection, wanted, limit=10)
        worklist.step(connection, wanted, after=first)
        driver.set_progress_handler(None, 1)
    return steps
