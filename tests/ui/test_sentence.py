"""A sentence at a time without a browser: which figures stand together, and what one press decides."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from extractor.archive.row_types import Filter, Record, Role, State
from extractor.archive.store import Store
from extractor.ui.sentence import MOST, beside, doubted, fits, row_of, sentence_of
from tests.waiting import HANG


@pytest.fixture
def desk() -> AppTest:
    """The review screen, where a test says what its table sends."""

    def script() -> None:
        import streamlit as st

        from extractor.ui import pages
        from extractor.ui.screens import review

        pages.pages()
        told = st.session_state.pop("told", None)
        if told is not None:
            on_card = isinstance(told, dict) and "typed" in told
            (review.act if on_card else review.act_on_sentence)(told)
        review.show()

    return AppTest.from_function(script, default_timeout=HANG)


def together(store: Store, words: str) -> list[Record]:
    record = store.queue(Filter(words=words))[0]
    return sentence_of(record, store.reading_of(record.item_id))


def said(app: AppTest, name: str) -> str:
    value = app.query_params[name]
    return value[0] if isinstance(value, list) else value


def row(record: Record, *, rejected: bool = False, **typed: str) -> dict[str, Any]:
    return {"id": record.id, "version": record.version, "closed": False, "rejected": rejected, "typed": typed}


def press(app: AppTest, act: str, rows: object, at: int) -> AppTest:
    app.session_state["told"] = {"act": act, "id": at, "rows": rows}
    app.run()
    assert not app.exception, app.exception
    return app


def test_the_figures_of_a_sentence_stand_together_and_no_others(filled: Store) -> None:
    assert [r.quote for r in together(filled, "12 buổi")] == ["65 băng rôn", "12 buổi", "1.250 lượt người"]
    assert [r.quote for r in together(filled, "118 hộ")] == ["118 hộ"]


def test_a_table_is_for_several_figures_that_wait(filled: Store) -> None:
    records = together(filled, "12 buổi")
    assert fits(records)
    assert not fits(records[:1])
    assert not fits([records[0], *(replace(r, state=State.ACCEPTED) for r in records[1:])])
    assert not fits(records * MOST)


def test_the_hand_goes_to_the_worst_doubt(filled: Store) -> None:
    records = together(filled, "12 buổi")
    assert doubted(records) == (0, "indicator")


def test_one_press_accepts_corrects_and_rejects(filled: Store, desk: AppTest) -> None:
    first, second, third = together(filled, "12 buổi")
    rows = [row(first), row(second, value="13"), row(third, rejected=True)]
    app = press(desk.run(), "accept", rows, first.id)
    kept = [filled.record(one.id) for one in (first, second, third)]
    assert [one.state for one in kept] == [State.ACCEPTED, State.CORRECTED, State.REJECTED]
    assert kept[1].value == Decimal(13)
    assert len(filled.events(kinds=["accept", "correct", "reject"])) == 3
    assert int(said(app, "id")) not in {one.id for one in kept}
    press(app, "undo", [], first.id)
    assert [filled.record(one.id).state for one in kept] == [State.EXTRACTED] * 3
    assert filled.verify() == []


def test_a_card_takes_back_what_was_decided_on_it_and_then_the_whole_sentence_before(
    filled: Store, desk: AppTest
) -> None:
    sentence = together(filled, "12 buổi")
    app = press(desk.run(), "accept", [row(one) for one in sentence], sentence[0].id)
    [alone] = together(filled, "118 hộ")
    for act, waits in (("accept", 0), ("undo", 1), ("undo", 4)):
        version = filled.record(alone.id).version
        app.session_state["told"] = {"act": act, "id": alone.id, "version": version, "typed": {}}
        app.run()
        assert sum(filled.record(one.id).state is State.EXTRACTED for one in (alone, *sentence)) == waits
    assert said(app, "id") == str(sentence[0].id)
    assert filled.verify() == []


def test_a_cell_without_a_reading_stops_the_whole_sentence(filled: Store, desk: AppTest) -> None:
    first, second, _ = together(filled, "12 buổi")
    press(desk.run(), "accept", [row(first), row(second, value="1.5")], first.id)
    assert filled.progress().reviewed == 0


def test_what_somebody_else_decided_stands_and_the_others_are_decided(filled: Store, desk: AppTest) -> None:
    first, second, third = together(filled, "12 buổi")
    app = desk.run()
    filled.reject(second.id, 0, actor=next(iter(filled.people())))
    press(app, "accept", [row(first), row(second), row(third)], first.id)
    states = [filled.record(one.id).state for one in (first, second, third)]
    assert states == [State.ACCEPTED, State.REJECTED, State.ACCEPTED]


def test_a_retried_press_decides_once(filled: Store, desk: AppTest) -> None:
    first, second, third = together(filled, "12 buổi")
    rows = [row(one) for one in (first, second, third)]
    app = press(desk.run(), "accept", rows, first.id)
    press(app, "accept", rows, first.id)
    assert len(filled.events(kinds=["accept"])) == 3


@pytest.mark.parametrize(
    "told",
    [
        "accept",
        {"act": "accept"},
        {"act": "accept", "id": 1, "rows": "all"},
        {"act": "accept", "id": 1, "rows": [None, {"id": "1"}, {"id": 1, "version": 0, "typed": []}]},
        {"act": "accept", "id": 10**9, "rows": []},
        {"act": "open", "id": 1, "to": "<b>"},
        {"act": "drop", "id": 1, "rows": []},
    ],
)
def test_a_table_that_sends_nonsense_changes_nothing(filled: Store, desk: AppTest, told: object) -> None:
    desk.run()
    desk.session_state["told"] = told
    desk.run()
    assert not desk.exception
    assert filled.progress().reviewed == 0


def test_a_figure_is_put_on_its_card_and_the_next_ones_are_as_before(filled: Store, desk: AppTest) -> None:
    first, second, _ = together(filled, "12 buổi")
    app = desk.run()
    app.session_state["told"] = {"act": "open", "id": first.id, "to": second.id}
    app.run()
    assert (said(app, "id"), said(app, "mode")) == (str(second.id), "one")
    press(app, "next", [], second.id)
    assert "mode" not in app.query_params


def test_a_sentence_before_one_person_is_offered_to_nobody_else(filled: Store, desk: AppTest) -> None:
    me = next(iter(filled.people()))
    filled.admit("bình", Role.REVIEWER, by=me)
    shown = together(filled, "12 buổi")
    desk.query_params["id"] = str(shown[0].id)
    desk.run()
    assert not desk.exception, desk.exception
    offered = set()
    while (record_id := filled.next_open(Filter(), actor="bình")) is not None:
        offered.add(record_id)
        filled.accept(record_id, filled.record(record_id).version, actor="bình")
    assert offered
    assert not offered & {record.id for record in shown}


def test_what_no_cell_shows_stands_beside_the_row(filled: Store) -> None:
    record = filled.queue(Filter(item=1), limit=99)[0]
    compared = {"base": "plan", "kind": "ratio", "value": "21.53", "unit": "%"}
    full = replace(record, value=Decimal(9), total=Decimal(10), comparisons=[compared], qualifier="do quận quản lý")
    told = beside(full)
    assert told[0].startswith("9/10")
    assert "Kế hoạch: 21,53%" in told
    assert "Phạm vi: do quận quản lý" in told
    assert beside(replace(record, comparisons=[], qualifier=None, parent=None, indicator_id=None, total=None)) == []


def test_where_judges_differ_a_row_offers_what_each_would_have(filled: Store, desk: AppTest) -> None:
    me = next(iter(filled.people()))
    first, second, third = together(filled, "12 buổi")
    filled.ask_for_votes(first.item_id, 2, actor=me)
    for who, value in (("bình", "10"), ("chi", "14")):
        filled.admit(who, Role.REVIEWER, by=me)
        seen = filled.record(second.id)
        filled.correct(second.id, seen.version, {"value": value, "unit": "lớp"}, actor=who)
    disputed = filled.record(second.id)
    offered = row_of(disputed)["votes"]
    assert offered == [["bình", {"value": "10", "unit": "lớp"}], ["chi", {"value": "14", "unit": "lớp"}]]
    assert [row_of(one)["votes"] for one in (first, third)] == [[], []]
    filled.ask_for_votes(first.item_id, 1, actor=me)
    press(desk, "accept", [row(first), row(disputed, **dict(offered[1][1])), row(third)], second.id)
    decided = filled.record(second.id)
    assert (decided.state, decided.value, decided.unit) == (State.CORRECTED, Decimal(14), "lớp")
    assert row_of(decided)["votes"] == []
