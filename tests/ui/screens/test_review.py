"""The review screen without a browser: what each key does to the store."""

from __future__ import annotations

from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from extractor.archive.row_types import Filter, Record, State
from extractor.archive.store import Store


def press(app: AppTest, record: Record, act: str) -> AppTest:
    return app.button(key=f"card:{record.id}:{record.version}:act-{act}").click().run()


def shown(app: AppTest, store: Store) -> Record:
    return store.record(int(app.query_params["id"]))


def typed(app: AppTest, record: Record, name: str, text: str) -> None:
    app.text_input(key=f"card:{record.id}:{record.version}:{name}").set_value(text)


def test_an_empty_store_says_how_to_begin(empty: Store, app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert app.subheader[0].value == "Kho chưa có báo cáo nào"
    assert "solieu ingest" in app.code[0].value


def test_the_most_doubtful_is_shown_first_and_accepted(filled: Store, app: AppTest) -> None:
    app.run()
    assert not app.exception
    first = shown(app, filled)
    assert first.quote == "65 băng rôn"
    press(app, first, "accept")
    assert filled.record(first.id).state is State.ACCEPTED
    assert shown(app, filled).id != first.id


def test_a_typed_value_is_read_strictly(filled: Store, app: AppTest) -> None:
    record = filled.queue(Filter(words="162.409"))[0]
    app.query_params["id"] = str(record.id)
    app.run()
    typed(app, record, "value", "162.409,5")
    press(app, record, "accept")
    kept = filled.record(record.id)
    assert (kept.state, kept.value, kept.decimals) == (State.CORRECTED, Decimal("162409.5"), 1)


@pytest.mark.parametrize("text", ["1.5", "một trăm", "162409.5"])
def test_a_value_without_a_reading_is_not_saved_and_not_lost(filled: Store, app: AppTest, text: str) -> None:
    record = filled.queue(Filter(words="162.409"))[0]
    app.query_params["id"] = str(record.id)
    app.run()
    typed(app, record, "value", text)
    press(app, record, "accept")
    assert filled.record(record.id) == record
    assert shown(app, filled).id == record.id
    assert app.text_input(key=f"card:{record.id}:0:value").value == text


def test_reject_skip_and_undo(filled: Store, app: AppTest) -> None:
    app.run()
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


def test_a_comparison_can_be_corrected_and_dropped(filled: Store, app: AppTest) -> None:
    record = filled.queue(Filter(words="162.409"))[0]
    app.query_params["id"] = str(record.id)
    app.run()
    typed(app, record, "compared0", "21,50")
    press(app, record, "accept")
    kept = filled.record(record.id)
    assert [(c["value"], c["decimals"], c["quote"]) for c in kept.comparisons] == [("21.50", 2, "21,53%")]
    app.query_params["id"] = str(record.id)
    app.run()
    app.selectbox(key=f"card:{record.id}:1:base0").select_index(0)
    press(app, kept, "accept")
    assert filled.record(record.id).comparisons == []


def test_leaving_with_unsaved_changes_asks_first(filled: Store, app: AppTest) -> None:
    app.run()
    record = shown(app, filled)
    typed(app, record, "value", "66")
    press(app, record, "next")
    assert shown(app, filled).id == record.id
    assert app.text_input(key=f"card:{record.id}:0:value").value == "66"
    press(app, record, "next")
    assert shown(app, filled).id != record.id
    assert filled.record(record.id) == record


def test_what_somebody_else_decided_is_not_overwritten(filled: Store, app: AppTest) -> None:
    app.run()
    record = shown(app, filled)
    filled.correct(record.id, 0, {"unit": "chiếc"}, actor=next(iter(filled.people())))
    press(app, record, "reject")
    kept = filled.record(record.id)
    assert (kept.state, kept.unit, kept.version) == (State.CORRECTED, "chiếc", 1)
    assert shown(app, filled).id == record.id


def test_the_address_holds_the_view(filled: Store, app: AppTest) -> None:
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
    assert shown(app, filled).quote == "65 băng rôn"


def test_english_on_request(filled: Store, app: AppTest) -> None:
    app.query_params["lang"] = "en"
    app.run()
    record = shown(app, filled)
    assert app.button(key=f"card:{record.id}:0:act-accept").label == "Accept"
