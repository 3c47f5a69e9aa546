"""Acceptance in bulk: an event of its own, in no measure of the machine, taken back as one."""

from __future__ import annotations

from extractor.archive.row_types import State
from extractor.archive.store import Store
from tests.archive.sample import build


def filled(store: Store) -> list[int]:
    extraction, content = build()
    store.add_extraction(extraction, content, actor="an")
    return [record.id for record in store.queue()]


def test_a_batch_is_lines_of_its_own_and_says_nothing_of_the_machine(store: Store) -> None:
    ids = filled(store)
    store.accept(ids[0], 0, actor="bình")
    kept, left = store.accept_many(dict.fromkeys(ids[1:6], 0), actor="bình", batch="b1")
    assert (kept, left) == (5, [])
    assert len(store.events(kinds=["bulk"])) == 5
    found = store.quality()
    assert (found.real.total, found.untouched.total, found.unread) == (1, 1, 5)
    assert store.unread(store.record(ids[1]))
    assert not store.unread(store.record(ids[0]))
    assert store.verify() == []


def test_a_batch_is_taken_back_as_one_but_for_what_was_decided_since(store: Store) -> None:
    ids = filled(store)
    store.accept_many(dict.fromkeys(ids[:4], 0), actor="bình", batch="b1")
    store.correct(ids[0], 1, {"unit": "chiếc"}, actor="an")
    assert store.last_batch("bình") == ("b1", 3)
    assert store.undo_many("b1", actor="bình") == 3
    assert store.last_batch("bình") is None
    assert [store.record(n).state for n in ids[:4]] == [State.CORRECTED, *[State.EXTRACTED] * 3]
    assert store.undo_many("b1", actor="bình") == 0
    assert store.verify() == []


def test_what_has_moved_on_is_left_and_named(store: Store) -> None:
    ids = filled(store)
    store.reject(ids[1], 0, actor="an")
    assert store.accept_many(dict.fromkeys(ids[:3], 0), actor="bình") == (2, [ids[1]])
    assert store.record(ids[1]).state is State.REJECTED


def test_a_person_who_reads_one_of_a_batch_accepts_it(store: Store) -> None:
    ids = filled(store)
    store.accept_many({ids[0]: 0}, actor="bình", batch="b1")
    kept = store.accept(ids[0], 1, actor="an")
    assert (kept.version, kept.decided_by) == (2, "an")
    assert not store.unread(kept)
    assert store.quality().real.total == 1
    assert store.accept(ids[0], 2, actor="an").version == 2
