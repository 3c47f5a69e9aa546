"""A sample of one's day for a second judge: who is asked, what is hidden, and what differs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extractor.archive.review.second_look import LEAST, MOST, SHARE, Looks, lot
from extractor.archive.row_types import OPEN, Event, Filter, State
from extractor.archive.store import Store
from extractor.domain.errors import InvalidInput
from tests.archive.sample import build

BEGINNING = "2000-01-01T00:00:00.000000Z"


@pytest.fixture
def judged(store: Store) -> Store:
    """A report whose first figures bình has judged: one corrected, one rejected, the others accepted."""
    extraction, content = build()
    store.add_extraction(extraction, content, actor="an")
    waiting = store.queue(Filter(order="place"))[:5]
    store.correct(waiting[0].id, 0, {"value": Decimal(7)}, actor="bình")
    store.reject(waiting[1].id, 0, actor="bình")
    for record in waiting[2:]:
        store.accept(record.id, 0, actor="bình")
    return store


def line_of(record_id: int, kind: str = "accept") -> Event:
    return Event(record_id, 1, record_id, 0, kind, "bình", {}, {}, None, None, f"c{record_id}", BEGINNING, "", "")


def test_a_tenth_is_drawn_by_lot_and_the_lot_is_the_same_each_time() -> None:
    for count, drawn in ((2, 2), (5, LEAST), (100, 100 // SHARE), (900, MOST)):
        lines = [line_of(n) for n in range(1, count + 1)]
        assert len(lot(lines, "bình", BEGINNING)) == drawn
        assert lot(lines, "bình", BEGINNING) == lot(reversed(lines), "bình", BEGINNING)
    lines = [line_of(n) for n in range(1, 101)]
    assert lot(lines, "bình", BEGINNING) != lot(lines, "chi", BEGINNING)
    assert lot([line_of(1, "bulk"), line_of(2, "skip"), line_of(3, "comment")], "bình", BEGINNING) == []


def test_a_sample_waits_for_another_person_as_the_machine_had_read_it(judged: Store) -> None:
    assert judged.ask_second_judge("bình", BEGINNING) == LEAST
    assert judged.ask_second_judge("bình", BEGINNING) == 0
    asked = judged.awaited("chi")
    assert len(asked) == LEAST
    assert judged.awaited("bình") == []
    assert {record.state for record in asked} == {State.VOTED}
    figures = [judged.machine_figure(record) or {} for record in asked]
    assert [str(record.value) for record in asked] == [str(figure["value"]) for figure in figures]
    assert judged.second_looks("bình", BEGINNING) == Looks(LEAST, LEAST, 0)
    everything = Filter(item=asked[0].item_id)
    mine = judged.next_open(everything, actor="bình")
    while mine is not None:
        assert mine not in {record.id for record in asked}  # one's own vote is no work
        judged.skip(mine, judged.record(mine).version, actor="bình")
        mine = judged.next_open(replace(everything, states=OPEN), actor="bình")
    assert judged.next_open(everything, actor="chi") in {record.id for record in asked}
    with pytest.raises(InvalidInput):
        judged.accept(asked[0].id, asked[0].version, actor="bình")
    assert judged.verify() == []


def test_who_agrees_settles_it_and_who_differs_calls_a_third(judged: Store) -> None:
    judged.ask_second_judge("bình", BEGINNING)
    first, second, third = judged.awaited("chi")
    same = {"accept": judged.accept, "reject": judged.reject}
    for record in (first, second, third):
        verdict = record.votes[0]["verdict"]
        if record is third:
            judged.correct(record.id, record.version, {"unit": "khác"}, actor="chi")
        elif verdict == "correct":
            judged.correct(record.id, record.version, {"value": Decimal(7)}, actor="chi")
        else:
            same[verdict](record.id, record.version, actor="chi")
    states = [judged.record(record.id).state for record in (first, second, third)]
    assert states[2] is State.DISPUTED
    assert all(state in (State.ACCEPTED, State.CORRECTED, State.REJECTED) for state in states[:2])
    looks = judged.second_looks("bình", BEGINNING)
    assert (looks.same, looks.differ, looks.waiting) == (2, 1, 0)
    assert (judged.agreement().pairs, judged.agreement().same) == (3, 2)
    disputed = judged.record(third.id)
    judged.correct(third.id, disputed.version, {"unit": "khác"}, actor="an")
    assert judged.record(third.id).state is State.CORRECTED
    assert judged.verify() == []


def test_a_sample_that_is_taken_back_leaves_the_decision_as_it_was(judged: Store) -> None:
    judged.ask_second_judge("bình", BEGINNING)
    [asked, *_] = judged.awaited("chi")
    before = {"accept": State.ACCEPTED, "correct": State.CORRECTED, "reject": State.REJECTED}
    judged.undo(asked.id, asked.version, actor="bình")
    kept = judged.record(asked.id)
    assert (kept.state, kept.votes) == (before[asked.votes[0]["verdict"]], [])
    assert judged.verify() == []


def test_what_was_accepted_again_by_another_is_not_asked_for(judged: Store) -> None:
    for record in judged.queue(Filter(states=(State.ACCEPTED,))):
        judged.correct(record.id, record.version, {"unit": "khác"}, actor="chi")
    drawn = judged.ask_second_judge("bình", BEGINNING)
    assert drawn == sum(record.votes[0]["by"] == "bình" for record in judged.awaited("an"))
    assert all(record.votes[0]["verdict"] in ("correct", "reject") for record in judged.awaited("an"))
