"""The card by keyboard in a real browser: a key to each field, Enter everywhere, nothing decided unread or dropped."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from extractor.archive.row_types import Filter, State
from extractor.archive.store import Store
from extractor.ui.desk import KEYS
from tests.e2e.conftest import await_answer, await_press, open_figure, settle
from tests.e2e.test_review import shown, wait_for_other
from tests.waiting import starts_processes, until

pytestmark = starts_processes

LANGUAGES = pytest.mark.parametrize("window", ["vi", "en"], indirect=True)
NAMES = {
    "vi": {"Unit": "Đơn vị", "Value": "Giá trị", "Status": "Trạng thái", "Table": "Bảng", "Keys": "Các phím"},
    "en": {},
}


@pytest.fixture
def window(window: Any, request: Any) -> Any:
    """An empty window for the language that the test names."""
    window.language = request.param
    return window


@pytest.fixture
def page(window: Any, server: Any) -> Any:
    """The review screen in the language that the test names."""
    open_figure(window, server, f"?lang={window.language}")
    return window


def said(page: Any, name: str) -> str:
    return NAMES[page.language].get(name, name)


def at(page: Any, server: Any, store: Store, words: str) -> Any:
    """Opens the card of the figure with these words."""
    record = store.queue(Filter(words=words))[0]
    open_figure(page, server, f"?lang={page.language}&id={record.id}")
    return record


def focused(page: Any) -> str | None:
    return page.evaluate("document.activeElement?.dataset?.field ?? null")


def press_for_unit(page: Any, key: str) -> None:
    """Presses a key once the card takes keys, and waits until the cursor stands in the unit."""
    settle(page)
    await_press(page)
    page.keyboard.press(key)
    page.wait_for_function("document.activeElement?.dataset?.field === 'unit'")


ON_CARD = "document.activeElement?.matches('.card')"
FIELDS = ("indicator", "unit", "status", "indicator_id", "period", "base0", "compared0", "reason")
FIELD_OF = {KEYS[field]: field for field in (*FIELDS, "value", "qualifier")}


@LANGUAGES
def test_enter_saves_wherever_the_cursor_stands(window: Any, server: Any, store: Store) -> None:
    me = next(iter(store.people()))
    for field in FIELDS:
        record = at(window, server, store, "162.409")
        window.locator(f"#card-{field}").focus()
        window.keyboard.press("Enter")
        wait_for_other(window, record.id)
        kept = store.record(record.id)
        assert kept.state is State.ACCEPTED, field
        store.undo(record.id, kept.version, actor=me)


CORRECTIONS = [
    ("g", "7,5", [], lambda r: r.value == Decimal("7.5")),
    ("u", "suat", ["Enter"], lambda r: r.unit == "suất"),  # without accents, and the value that is there comes first
    ("u", "xe bò", ["Enter"], lambda r: r.unit == "xe bò"),  # a new one only as the list's last line
    ("t", {"vi": "ke hoach", "en": "plan"}, ["Enter"], lambda r: r.status == "plan"),
    ("k", {"vi": "nam 2021", "en": "2021"}, [], lambda r: r.period == "2021"),  # as typed, whatever its list holds
    ("i", "Chỉ tiêu khác", ["Enter"], lambda r: r.indicator == "Chỉ tiêu khác"),
    ("v", "toàn quận", [], lambda r: r.qualifier == "toàn quận"),
    ("n", "21,5", [], lambda r: r.comparisons[0]["value"] == "21.5"),
    ("y", {"vi": "cung ky", "en": "a year"}, ["Enter"], lambda r: r.comparisons[0]["base"] == "same_period_last_year"),
]


@LANGUAGES
def test_a_correction_costs_at_most_three_keys_beside_what_is_typed(window: Any, server: Any, store: Store) -> None:
    me = next(iter(store.people()))
    for key, typed, within, right in CORRECTIONS:
        record = at(window, server, store, "162.409")
        window.keyboard.press(key)
        window.keyboard.type(typed if isinstance(typed, str) else typed[window.language])
        for pressed in [*within, "Enter"]:
            window.keyboard.press(pressed)
        wait_for_other(window, record.id)
        kept = store.record(record.id)
        assert kept.state is State.CORRECTED, key
        assert right(kept), (key, kept)
        assert len(within) <= 1
        store.undo(record.id, kept.version, actor=me)


@LANGUAGES
def test_a_word_that_is_known_but_for_its_accents_needs_no_question_and_a_new_one_does(
    window: Any, server: Any, store: Store
) -> None:
    record = at(window, server, store, "162.409")
    window.keyboard.press("u")
    window.keyboard.type("xe ngựa")
    window.locator(".card .act.main").click()
    field = window.locator("#card-unit")
    window.wait_for_function("document.activeElement?.dataset?.field === 'unit'")
    assert window.locator(".sign").inner_text()
    assert store.record(record.id).version == 0
    field.fill("suat")
    window.locator(".card .act.main").click()
    wait_for_other(window, record.id)
    assert store.record(record.id).unit == "suất"


@LANGUAGES
def test_a_period_of_the_list_is_taken_by_an_arrow(window: Any, server: Any, store: Store) -> None:
    record = at(window, server, store, "162.409")
    field = window.locator("#card-period")
    spelled = field.input_value()
    window.keyboard.press("k")
    window.keyboard.type("2023")  # a period itself
    assert window.locator(".option[aria-selected=true]").count() == 0
    window.keyboard.press("ArrowDown")
    window.keyboard.press("Enter")
    assert field.input_value() == spelled
    assert store.record(record.id).version == 0


@LANGUAGES
def test_a_rejection_with_its_reason_costs_three_keys(page: Any, store: Store) -> None:
    record_id = shown(page)
    page.keyboard.press("l")
    page.keyboard.type("số thứ tự, bqh")
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    wait_for_other(page, record_id)
    [event] = store.events(record_id=record_id, kinds=["reject"])
    assert event.reason == "số thứ tự, bqh"


@LANGUAGES
def test_a_digit_goes_to_the_value_and_space_to_what_is_in_doubt(window: Any, server: Any, store: Store) -> None:
    record = at(window, server, store, "Tổ chức băng rôn")  # its doubt is about the name
    window.keyboard.press("4")
    window.keyboard.type("2")
    assert (focused(window), window.locator("#card-value").input_value()) == ("value", "42")
    window.keyboard.press("Escape")
    assert focused(window) is None
    window.keyboard.press("Space")
    assert focused(window) == ("indicator" if "indicator" in record.doubts[0] else "value")


@LANGUAGES
def test_each_field_has_a_key_and_the_hand_comes_back_to_the_card(window: Any, server: Any, store: Store) -> None:
    record = at(window, server, store, "162.409")
    for key, field in FIELD_OF.items():
        window.keyboard.press(key)
        assert focused(window) == field
        while focused(window) == field:  # the first press closes a list that has opened
            window.keyboard.press("Escape")
        assert window.evaluate(ON_CARD), field
    window.keyboard.press("v")
    window.keyboard.press("Enter")
    wait_for_other(window, record.id)
    assert window.evaluate(ON_CARD)
    press_for_unit(window, "u")


@LANGUAGES
def test_a_held_enter_accepts_one_figure(page: Any, store: Store) -> None:
    record_id = shown(page)
    for _ in range(30):  # a second of a keyboard's own repeats
        page.keyboard.down("Enter")
        page.wait_for_timeout(33)
    page.keyboard.up("Enter")
    wait_for_other(page, record_id)
    assert [event.record_id for event in store.events(kinds=["accept"])] == [record_id]


TWICE = """async () => {
    const press = () => document.activeElement.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true }));
    const first = performance.now();
    press();
    await new Promise((done) => setTimeout(done, 120));
    const apart = performance.now() - first;
    press();
    return apart;
}"""
GUARD = 350  # ms in which a card that came takes no decision


@LANGUAGES
def test_eight_double_presses_accept_eight(page: Any, store: Store) -> None:
    slow = 0  # pairs that a busy machine drew apart: their second press may be meant
    for _ in range(8):
        record_id = shown(page)
        slow += page.evaluate(TWICE) >= GUARD
        wait_for_other(page, record_id)
    assert 8 <= len(store.events(kinds=["accept"])) <= 8 + slow


@LANGUAGES
def test_a_double_click_decides_once(page: Any, store: Store) -> None:
    record_id = shown(page)
    page.locator(".act-accept").dblclick()
    wait_for_other(page, record_id)
    assert len(store.events(kinds=["accept"])) == 1


def leave_by_menu(page: Any) -> None:
    page.get_by_role("link", name=said(page, "Table")).click()
    page.locator('[data-testid="stDataFrame"]').first.wait_for()
    page.go_back()


def leave_by_mark(page: Any) -> None:
    page.locator("mark:not(.focus)", has_text="118 hộ").click()


def leave_by_arrow(page: Any) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")


def leave_by_skipping(page: Any) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("q")


def leave_by_reloading(page: Any) -> None:
    page.reload()


LEAVING = (leave_by_menu, leave_by_mark, leave_by_arrow, leave_by_skipping, leave_by_reloading)


@LANGUAGES
def test_what_is_typed_waits_where_it_was_typed(window: Any, server: Any, store: Store) -> None:
    me = next(iter(store.people()))
    for leave in LEAVING:
        record = at(window, server, store, "162.409")
        window.keyboard.press("7")
        window.keyboard.type("7,7")
        leave(window)
        settle(window)
        open_figure(window, server, f"?lang={window.language}&id={record.id}&state=all")
        assert window.locator("#card-value").input_value() == "77,7", leave
        assert window.locator(".part-value.changed").count() == 1
        window.keyboard.press("Enter")
        wait_for_other(window, record.id)
        kept = store.record(record.id)
        assert kept.value == Decimal("77.7")
        open_figure(window, server, f"?lang={window.language}&id={record.id}&state=all")
        assert window.locator(".card .draft").count() == 0
        store.undo(record.id, kept.version, actor=me)
        if store.record(record.id).state is State.SKIPPED:
            store.undo(record.id, store.record(record.id).version, actor=me)


@LANGUAGES
def test_another_card_says_where_something_typed_waits(window: Any, server: Any, store: Store) -> None:
    record = at(window, server, store, "162.409")
    window.keyboard.press("7")
    window.keyboard.press("Escape")
    window.keyboard.press("ArrowRight")
    wait_for_other(window, record.id)
    window.locator(".card .draft button", has_text=str(record.id)).click()
    window.wait_for_function(f"new URLSearchParams(location.search).get('id') === '{record.id}'")
    await_press(window)
    assert window.locator("#card-value").input_value() == "7"


@LANGUAGES
def test_a_value_without_a_reading_stays_in_its_field(page: Any, store: Store) -> None:
    record_id = shown(page)
    page.keyboard.press("1")
    page.keyboard.type(".5")
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="1.5").wait_for()
    assert (shown(page), page.locator("#card-value").input_value()) == (record_id, "1.5")
    page.keyboard.type("00")  # the cursor is where it was
    await_answer(page)  # the message stands before the card has its answer, and a press is dropped until then
    page.keyboard.press("Enter")
    wait_for_other(page, record_id)
    assert store.record(record_id).value == Decimal(1500)


@LANGUAGES
def test_the_sheet_lists_the_keys_and_changes_one(page: Any, store: Store) -> None:
    record_id = shown(page)
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name=said(page, "Keys"))
    sheet.wait_for()
    assert sheet.locator(".key-rows button").count() == 24
    sheet.get_by_role("button", name=f"{said(page, 'Unit')}: U").click()
    page.keyboard.press("b")  # taken: nothing is changed, and nothing rejected
    sheet.get_by_role("button", name=f"{said(page, 'Unit')}: U").click()
    page.keyboard.press("x")
    sheet.get_by_role("button", name=f"{said(page, 'Unit')}: X").wait_for()
    page.keyboard.press("Escape")
    sheet.wait_for(state="detached")
    press_for_unit(page, "x")
    page.reload()
    await_press(page)
    page.keyboard.press("u")
    assert focused(page) is None
    press_for_unit(page, "x")
    assert store.record(record_id).version == 0


@LANGUAGES
def test_a_comment_is_written_without_leaving_the_card(page: Any, store: Store) -> None:
    record_id = shown(page)
    page.locator(".card summary").click()
    page.locator(".card textarea").fill("Đối chiếu bản có dấu <b>")
    page.locator(".card .comment button").click()
    until(lambda: store.events(record_id=record_id, kinds=["comment"]))
    page.get_by_text("Đối chiếu bản có dấu <b>").first.wait_for()
