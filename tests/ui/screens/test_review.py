"""The review screen without a browser: what each key does to the store."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.learning import take_in
from extractor.archive.row_types import Filter, Record, Role, State
from extractor.archive.store import Store
from extractor.ui.record_form import alternatives_of, doubted_field, read_card, rows_of, votes_of
from tests.ui.drawing import drawn
from tests.waiting import HANG


@pytest.fixture
def desk(root: Path) -> AppTest:
    """The review screen, where a test says what its card sends."""
    return AppTest.from_file(str(root / "tests" / "ui" / "screens" / "desk.py"), default_timeout=HANG)


def press(app: AppTest, record: Record, act: str, **typed: str) -> AppTest:
    app.session_state["told"] = {"act": act, "id": record.id, "version": record.version, "typed": typed}
    return app.run()


def shown(app: AppTest, store: Store) -> Record:
    named = app.query_params["id"]
    return store.record(int(named[0] if isinstance(named, list) else named))


@pytest.mark.parametrize("screen", ["review", "report", "table", "shelf", "series"])
def test_an_empty_store_says_how_to_begin(empty: Store, screen: str) -> None:
    def script(name: str) -> None:
        from extractor.ui import pages

        pages.pages()
        pages.SCREENS[name][1]()

    app = drawn(script, screen)
    assert not app.exception
    assert app.subheader[0].value == "Kho chưa có báo cáo nào"
    assert "solieu ingest" in app.code[0].value


def test_the_sentence_that_teaches_most_is_shown_first_where_that_order_is_chosen(empty: Store, desk: AppTest) -> None:
    me = next(iter(empty.people()))

    def read(number: int, text: str) -> None:
        take_in(empty, {"id": f"t{number}", "text": text, "report_period": "2023"}, me)

    read(0, "Chi lương đạt 31 tỷ đồng. Chi điện đạt 42 tỷ đồng.")
    for number in (1, 2):
        read(number, f"Chi điện đạt {44 + number} tỷ đồng.")
    first = {}
    for order in ("place", "teach"):
        desk.query_params["report"], desk.query_params["order"] = "1", order
        desk.query_params.pop("id", None)
        first[order] = shown(desk.run(), empty).indicator
    assert first == {"place": "Chi lương", "teach": "Chi điện"}


def test_a_doubtful_sentence_is_shown_first_and_accepted(filled: Store, desk: AppTest) -> None:
    app = desk.run()
    assert not app.exception
    first = shown(app, filled)
    assert first.quote == "162.409 triệu đồng"
    press(app, first, "accept")
    assert filled.record(first.id).state is State.ACCEPTED
    assert shown(app, filled).id != first.id


def test_a_typed_value_is_read_strictly(filled: Store, desk: AppTest) -> None:
    record = filled.queue(Filter(words="162.409"))[0]
    press(desk.run(), record, "accept", value="162.409,5")
    kept = filled.record(record.id)
    assert (kept.state, kept.value, kept.decimals) == (State.CORRECTED, Decimal("162409.5"), 1)


@pytest.mark.parametrize("text", ["1.5", "một trăm", "162409.5"])
def test_a_value_without_a_reading_is_not_saved(filled: Store, desk: AppTest, text: str) -> None:
    record = filled.queue(Filter(words="162.409"))[0]
    desk.query_params["id"] = str(record.id)
    press(desk.run(), record, "accept", value=text)
    assert filled.record(record.id) == record
    assert shown(desk, filled).id == record.id


def test_reject_skip_and_undo(filled: Store, desk: AppTest) -> None:
    app = desk.run()
    first = shown(app, filled)
    press(app, first, "reject")
    second = shown(app, filled)
    press(app, second, "skip")
    assert [filled.record(r.id).state for r in (first, second)] == [State.REJECTED, State.SKIPPED]
    third = shown(app, filled)
    press(app, third, "undo")
    assert shown(app, filled).id == second.id
    assert filled.record(second.id).state is State.EXTRACTED
    press(app, filled.record(second.id), "undo")
    assert filled.record(first.id).state is State.EXTRACTED
    assert filled.verify() == []


def test_a_comparison_can_be_corrected_and_dropped(filled: Store, desk: AppTest) -> None:
    record = filled.queue(Filter(words="162.409"))[0]
    press(desk.run(), record, "accept", compared0="21,50")
    kept = filled.record(record.id)
    assert [(c["value"], c["decimals"], c["quote"]) for c in kept.comparisons] == [("21.50", 2, "21,53%")]
    press(desk, kept, "accept", base0="")
    assert filled.record(record.id).comparisons == []


@pytest.mark.parametrize(
    "told",
    [
        None,
        "accept",
        {"act": "accept"},
        {"act": "drop table", "id": 1, "version": 0, "typed": {}},
        {"act": "accept", "id": "1", "version": 0, "typed": {}},
        {"act": "accept", "id": 10**9, "version": 0, "typed": {}},
        {"act": "accept", "id": 1, "version": 0, "typed": ["value"]},
        {"act": "open", "id": 1, "version": 0, "typed": {}, "to": "<b>"},
    ],
)
def test_a_card_that_sends_nonsense_changes_nothing(filled: Store, desk: AppTest, told: object) -> None:
    desk.run()
    desk.session_state["told"] = told
    desk.run()
    assert not desk.exception
    assert filled.progress().reviewed == 0


def test_a_code_that_no_list_holds_is_no_change(filled: Store, desk: AppTest) -> None:
    record = filled.queue(Filter(words="162.409"))[0]
    press(desk.run(), record, "accept", status="sure", indicator_id="no_such_entry")
    assert filled.record(record.id).state is State.ACCEPTED


@pytest.mark.parametrize(
    ("doubts", "field"),
    [
        ([], "value"),
        (["indicator_long"], "indicator"),
        (["unit_slip"], "unit"),
        (["several_comparisons", "small_number"], "base0"),
        (["plan_mismatch"], "compared0"),
        (["period_backwards"], "period"),
        (["sum_mismatch"], "value"),
    ],
)
def test_a_doubt_names_the_field_that_it_is_about(filled: Store, doubts: list[str], field: str) -> None:
    assert doubted_field(replace(filled.queue()[0], doubts=doubts)) == field


def test_a_field_that_was_not_sent_is_as_it_was(filled: Store, desk: AppTest) -> None:
    desk.run()
    for record in filled.queue():
        assert read_card(record, {}).changes == {}


def test_what_somebody_else_decided_is_not_overwritten(filled: Store, desk: AppTest) -> None:
    app = desk.run()
    record = shown(app, filled)
    filled.correct(record.id, 0, {"unit": "chiếc"}, actor=next(iter(filled.people())))
    press(app, record, "reject")
    kept = filled.record(record.id)
    assert (kept.state, kept.unit, kept.version) == (State.CORRECTED, "chiếc", 1)
    assert shown(app, filled).id == record.id


def test_the_address_holds_the_view(filled: Store, desk: AppTest) -> None:
    app = desk
    app.query_params["section"] = "I.2"
    app.query_params["order"] = "place"
    app.run()
    seen = []
    for _ in range(3):
        record = shown(app, filled)
        seen.append(record.quote)
        press(app, record, "accept")
    assert seen == ["2.561.811 triệu đồng", "800 cây", "65 băng rôn"]
    assert app.subheader[0].value == "Không có số liệu nào hợp bộ lọc này"


@pytest.mark.parametrize("number", ["0", "999999", "-1", "abc", "9" * 40, "<img src=x onerror=alert(1)>"])
def test_an_address_that_leads_nowhere_shows_the_next_figure(filled: Store, app: AppTest, number: str) -> None:
    app.query_params["id"] = number
    app.run()
    assert not app.exception
    assert shown(app, filled).quote == "162.409 triệu đồng"


def test_the_readers_other_readings_are_offered_as_they_stand_in_the_fields(
    filled: Store, desk: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.run()
    record = filled.queue(Filter(words="162.409"))[0]
    others = [
        {"field": "unit", "value": "tỷ đồng", "certainty": 0.2},
        {"field": "value", "value": "162409.5", "certainty": 0.3},
        {"field": "period", "value": "2022-Q1", "certainty": 0.1},
        {"field": "value", "value": "162409", "certainty": 0.9},  # stands there already
        {"field": "value", "value": "một", "certainty": 0.9},
        {"field": "no_such_field", "value": "x", "certainty": 0.9},
        {"field": "area", "value": None, "certainty": 0.9},
    ]
    monkeypatch.setattr(Store, "machine_figure", lambda *_: {"alternatives": others})
    assert alternatives_of(record, rows_of(record)) == [
        ["value", "162.409,5"],
        ["unit", "tỷ đồng"],
        ["period", "quý I/2022"],
    ]
    monkeypatch.setattr(Store, "machine_figure", lambda *_: None)
    assert alternatives_of(record, rows_of(record)) == []


def test_what_each_judge_would_change_is_on_the_card_of_a_third_one(filled: Store, desk: AppTest) -> None:
    desk.run()
    me = next(iter(filled.people()))
    for who in ("bình", "chi"):
        filled.admit(who, Role.REVIEWER, by=me)
    record = filled.queue(Filter(words="162.409"))[0]
    filled.ask_for_votes(record.item_id, 2, actor=me)
    filled.correct(record.id, 0, {"kind": "spec", "comparisons": []}, actor="bình")
    assert votes_of(filled.record(record.id), rows_of(filled.record(record.id))) == []  # the second judge sees no vote
    more = [*record.comparisons, {"base": "plan", "kind": "ratio", "value": "97.5", "unit": "%"}]
    filled.correct(record.id, 1, {"comparisons": more}, actor="chi")
    disputed = filled.record(record.id)
    (one, fewer), (other, added) = votes_of(disputed, rows_of(disputed))
    assert (one, other) == ("bình", "chi")
    assert fewer["kind"] == "spec"
    assert fewer["compared0"] == ""
    last = len(record.comparisons)
    assert added == {f"base{last}": "plan", f"compared{last}": "97,5"}
    typed = {field["name"]: field["value"] for row in rows_of(disputed) for field in row}
    assert read_card(disputed, typed | fewer).changes == {"kind": "spec", "comparisons": []}
