"""A sentence at a time in a real browser: arrows between cells, one key for all, nothing decided unread."""

from __future__ import annotations

import os
import signal
from decimal import Decimal
from typing import Any

import pytest

from extractor.archive.row_types import Filter, Record, Role, State
from extractor.archive.store import Store
from tests.e2e.conftest import settle
from tests.waiting import starts_processes, until

pytestmark = starts_processes

QUOTES = ("65 băng rôn", "12 buổi", "1.250 lượt người")


@pytest.fixture
def table(window: Any, server: Any, store: Store) -> Any:
    """The sentence with three figures."""
    open_table(window, server, store.queue(Filter(words="12 buổi"))[0])
    return window


def at(page: Any) -> str:
    return page.evaluate("document.activeElement.dataset.cell ?? ''")


def states(store: Store) -> list[State]:
    return [next(r.state for r in store.queue(Filter(item=1), limit=99) if r.quote == q) for q in QUOTES[1:]]


def test_arrows_go_from_cell_to_cell_and_enter_decides_all(table: Any, store: Store) -> None:
    page = table
    page.keyboard.press("ArrowDown")
    assert at(page) == "0:value"
    for key, cell in (
        ("ArrowDown", "1:value"),
        ("ArrowRight", "1:unit"),
        ("ArrowLeft", "1:value"),
        ("ArrowUp", "0:value"),
    ):
        page.keyboard.press(key)
        assert at(page) == cell
    page.keyboard.press("ArrowDown")
    page.keyboard.type("13")
    assert page.locator(".sentence td.changed").count() == 1
    page.keyboard.press("Enter")
    until(lambda: states(store) == [State.CORRECTED, State.ACCEPTED])
    page.get_by_text("Đã chấp nhận 2 · Đã sửa 1").wait_for()
    corrected = next(r for r in store.queue(Filter(item=1)) if r.quote == QUOTES[1])
    assert corrected.value == Decimal(13)
    assert store.verify() == []


def test_a_held_key_decides_nothing_and_what_is_typed_is_kept(table: Any, store: Store) -> None:
    page = table
    page.keyboard.press("ArrowDown")
    page.keyboard.type("66")
    for _ in range(5):
        page.evaluate(
            "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', "
            "{ key: 'Enter', repeat: true, bubbles: true, cancelable: true, composed: true }))"
        )
    assert store.progress().reviewed == 0
    page.reload()
    page.wait_for_function("document.querySelector('.sentence')?.dataset.ready")
    assert page.locator(".sentence .part-value input").first.input_value() == "66"


def type_in_cell(page: Any, cell: str, letters: str) -> Any:
    """Types over a cell of the second row; returns the list that drops down."""
    page.locator(f"[data-cell='1:{cell}']").focus()
    page.keyboard.type(letters)
    return page.locator(".sentence .list .option")


def second(store: Store) -> Any:
    return next(r for r in store.queue(Filter(item=1), limit=99) if r.quote == QUOTES[1])


@pytest.mark.parametrize("typed", ["luot nguoi", "lượt ngừoi"])  # without accents, and with a slip of the hand
def test_a_unit_is_one_that_is_known_or_the_nearest(table: Any, store: Store, typed: str) -> None:
    options = type_in_cell(table, "unit", typed)
    assert options.first.inner_text() == "lượt người"
    table.keyboard.press("Enter")
    assert table.locator("[data-cell='1:unit']").input_value() == "lượt người"
    table.keyboard.press("Enter")
    until(lambda: second(store).state is State.CORRECTED)
    assert second(store).unit == "lượt người"


def test_a_unit_that_no_list_knows_is_taken_only_when_asked(table: Any, store: Store) -> None:
    page = table
    options = type_in_cell(page, "unit", "xe ngựa")
    assert options.all_inner_texts()[-1] == "Thêm: xe ngựa"
    page.locator("[data-cell='1:value']").focus()
    page.keyboard.press("Enter")
    page.locator(".sign", has_text="Chưa có trong danh sách").wait_for()
    assert at(page) == "1:unit"
    assert store.progress().reviewed == 0
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    until(lambda: second(store).state is State.CORRECTED)
    assert second(store).unit == "xe ngựa"


def test_a_status_is_found_by_its_letters_and_by_mouse(table: Any, store: Store) -> None:
    page = table
    assert type_in_cell(page, "status", "ke ho").all_inner_texts() == ["Kế hoạch"]
    page.keyboard.press("Enter")
    page.locator("[data-cell='0:status']").click()
    page.get_by_role("option", name="Kế hoạch").click()
    page.keyboard.press("Enter")
    until(lambda: second(store).state is State.CORRECTED)
    events = store.events(kinds=["correct"])
    assert [line.patch["status"] for line in events] == ["plan", "plan"]


def test_a_row_is_crossed_out_by_key_and_letters_typed_are_letters(table: Any, store: Store) -> None:
    page = table
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("End")
    page.keyboard.type(" bqh")
    assert page.locator(".sentence .part-indicator textarea").first.input_value().endswith(" bqh")
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.locator(".sentence tr.rejected").wait_for()
    assert store.progress().reviewed == 0
    page.keyboard.press("Enter")
    until(lambda: len(store.events(kinds=["reject", "accept"])) == 3)


def test_the_buttons_lead_to_the_card_of_the_row_at_hand_and_back_by_mouse(table: Any, store: Store) -> None:
    page = table
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    wanted = next(r for r in store.queue(Filter(item=1), limit=99) if r.quote == QUOTES[1])
    page.locator(".sentence .act-mode").click()
    page.wait_for_function(f"document.querySelector('.card')?.dataset.ready === '{wanted.id}'")
    page.locator(".card .act-mode").click()
    page.wait_for_function(f"document.querySelector('.sentence')?.dataset.ready === '{wanted.id}'")


def test_a_card_whose_sentence_has_one_figure_offers_no_whole_sentence(table: Any, server: Any, store: Store) -> None:
    alone = store.queue(Filter(words="118 hộ"))[0]
    table.goto(f"{server.url}/?id={alone.id}")
    table.wait_for_function(f"document.querySelector('.card')?.dataset.ready === '{alone.id}'")
    assert table.locator(".act-keys").count() == 1
    assert table.locator(".act-mode").count() == 0
    table.keyboard.press("F2")
    table.locator(".sign", has_text="không còn số liệu nào khác").wait_for()


def test_the_sheet_of_keys_opens_over_a_sentence_and_keeps_what_is_typed(table: Any, store: Store) -> None:
    page = table
    page.keyboard.press("ArrowDown")
    page.keyboard.type("66")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Các phím")
    sheet.wait_for()
    page.keyboard.press("q")  # on the sheet, not on the sentence behind it
    page.keyboard.press("Escape")
    sheet.wait_for(state="detached")
    assert page.locator(".sentence .part-value input").first.input_value() == "66"
    assert store.progress().reviewed == 0


def test_the_row_at_hand_is_marked_in_the_source(table: Any, store: Store) -> None:
    page = table
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.locator("mark.at", has_text="12 buổi").wait_for()
    page.keyboard.press("ArrowDown")
    page.locator("mark.at", has_text="1.250 lượt người").wait_for()
    assert page.locator("mark.at").count() == 1


CUT = """() => [...document.querySelectorAll(".sentence :is(input, textarea)")]
    .filter(cell => cell.scrollWidth > cell.clientWidth || cell.scrollHeight > cell.clientHeight + 1)
    .map(cell => cell.value)"""


def test_what_a_sentence_decides_is_shown_whole(table: Any, store: Store) -> None:
    """Each comparison with its base, what narrows the name and all words of the cells stand there beside the key."""
    page = table
    first = next(r for r in store.queue(Filter(item=1), limit=99) if r.quote == QUOTES[0] and r.start > 221)
    compared = [
        {"base": "plan", "kind": "ratio", "value": "21.53", "unit": "%"},
        {"base": "same_period_last_year", "kind": "change", "value": "9.7", "unit": "%"},
    ]
    changes = {"comparisons": compared, "qualifier": "do quận quản lý", "indicator": "Băng rôn, khẩu hiệu, cờ phướn"}
    changes |= {"period": "2023-H1", "unit": "triệu đồng/người"}
    name = next(iter(store.people()))
    store.correct(first.id, first.version, changes, actor=name)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.reload()
    page.wait_for_function("document.querySelector('.sentence')?.dataset.ready")
    told = page.locator(".sentence .beside").first.inner_text()
    assert told == "Kế hoạch: 21,53% · Cùng kỳ năm trước: +9,7% · Phạm vi: do quận quản lý"
    assert page.evaluate(CUT) == []


def test_a_card_after_a_sentence_stands_there_before_the_answer(table: Any, store: Store, server: Any) -> None:
    page = table
    page.wait_for_function("window.solieuAhead?.after === document.querySelector('.sentence').desk.stamp")
    kind, coming = page.evaluate("[window.solieuAhead.form.kind, window.solieuAhead.form.id]")
    assert kind == "card"
    os.kill(server.process.pid, signal.SIGSTOP)
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('.card').desk.data.id") == coming
    assert page.locator(".sentence").count() == 0
    page.wait_for_function("performance.now() - document.querySelector('.card').desk.shownAt > 500")
    page.keyboard.press("Enter")  # nothing is decided on it before the answer
    os.kill(server.process.pid, signal.SIGCONT)
    page.locator(f".card[data-ready='{coming}']").wait_for()
    assert len(store.events(kinds=["accept"])) == len(QUOTES)
    assert store.record(coming).version == 0
    page.keyboard.press("Enter")
    until(lambda: store.record(coming).state is State.ACCEPTED)


def judged(store: Store, **said: dict[str, str]) -> Record:
    """A figure on which two judges differ."""
    me = next(iter(store.people()))
    record = store.queue(Filter(words="12 buổi"))[0]
    store.ask_for_votes(record.item_id, 2, actor=me)
    for who, changes in said.items():
        store.admit(who, Role.REVIEWER, by=me)
        store.correct(record.id, store.record(record.id).version, changes, actor=who)
    return record


def open_table(page: Any, server: Any, record: Record) -> None:
    page.goto(f"{server.url}/?mode=sentence&id={record.id}")
    page.wait_for_function("document.querySelector('.sentence')?.dataset.ready")
    settle(page)


def test_the_key_of_votes_takes_them_in_the_row(window: Any, server: Any, store: Store) -> None:
    record = judged(store, bình={"value": "10"}, chi={"value": "14"})
    open_table(window, server, record)
    cell = window.locator("#cell-1-value")
    for said in ("10", "14", "12", "10", "14"):
        window.keyboard.press("F4")
        assert cell.input_value() == said
    window.get_by_role("button", name="Theo phiếu của bình").click()
    assert (cell.input_value(), at(window)) == ("10", "1:value")
    window.keyboard.press("Enter")
    until(lambda: store.record(record.id).state is State.CORRECTED)
    assert store.record(record.id).value == 10


def test_a_vote_on_what_no_cell_shows_is_taken_on_the_card(window: Any, server: Any, store: Store) -> None:
    record = judged(store, bình={"value": "10"}, chi={"value": "14", "total": "20"})
    open_table(window, server, record)
    window.keyboard.press("F4")
    window.wait_for_function("document.querySelector('.card')?.dataset.ready")
    window.keyboard.press("F4")
    window.keyboard.press("F4")
    assert [window.locator(f"#card-{name}").input_value() for name in ("value", "total")] == ["14", "20"]
    assert store.record(record.id).state is State.DISPUTED
