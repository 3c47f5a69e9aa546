"""Reviewing by keyboard in a real browser: every press is one decision on what was on the screen."""

from __future__ import annotations

import os
import signal
from decimal import Decimal
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from extractor.archive.row_types import Filter, State
from extractor.archive.store import Store
from tests.e2e.conftest import await_press, open_figure, settle, type_into
from tests.waiting import starts_processes

pytestmark = starts_processes


def shown(page: Any) -> int:
    return int(parse_qs(urlparse(page.url).query)["id"][0])


def wait_for_other(page: Any, record_id: int) -> int:
    page.wait_for_function(f"new URLSearchParams(location.search).get('id') !== '{record_id}'")
    settle(page)
    await_press(page)
    return shown(page)


def test_ten_figures_by_keyboard_alone(page: Any, store: Store) -> None:
    judged = []
    for key, state in [("Enter", State.ACCEPTED)] * 6 + [("b", State.REJECTED)] * 2 + [("q", State.SKIPPED)] * 2:
        record_id = shown(page)
        page.keyboard.press(key)
        wait_for_other(page, record_id)
        judged.append((record_id, state))
    assert [(i, store.record(i).state) for i, _ in judged] == judged
    assert len({i for i, _ in judged}) == 10
    assert len(store.events(kinds=["accept", "reject", "skip"])) == 10


def test_quick_presses_judge_only_what_was_shown(page: Any, store: Store) -> None:
    for _ in range(12):
        page.keyboard.press("Enter")
    page.get_by_text("Đã duyệt").first.wait_for()
    settle(page)
    accepted = store.events(kinds=["accept"])
    assert len({line.record_id for line in accepted}) == len(accepted)
    assert all(line.base_version == 0 for line in accepted)


def test_a_typed_value_is_saved_by_enter(window: Any, store: Store, server: Any) -> None:
    record = store.queue(Filter(words="162.409"))[0]
    open_figure(window, server, f"?id={record.id}")
    field = window.get_by_label("Giá trị", exact=True)
    field.fill("162.409,5")
    field.press("Enter")
    wait_for_other(window, record.id)
    kept = store.record(record.id)
    assert (kept.state, kept.value) == (State.CORRECTED, Decimal("162409.5"))
    assert window.get_by_text("162.409,5 triệu đồng").first.is_visible()


LATE_LISTS = """
    Object.defineProperty(window, "solieuLists", {
        get() { return this.listsThatCame; },
        set(lists) { setTimeout(() => { this.listsThatCame = lists; }, 1500); },
    });
"""


def test_a_card_whose_lists_come_late_speaks_in_words(window: Any, server: Any) -> None:
    window.add_init_script(LATE_LISTS)
    open_figure(window, server)
    said = [window.get_by_label(name, exact=True).first.input_value() for name in ("Trạng thái", "Cách so")]
    assert not {"actual", "estimate", "plan", "projection", "ratio", "change"} & {*said}


def test_letters_typed_into_a_field_are_letters(page: Any, store: Store) -> None:
    record_id = shown(page)
    field = page.get_by_label("Phạm vi")
    field.click()
    page.keyboard.type("bqh qbh")
    assert field.input_value() == "bqh qbh"
    assert store.record(record_id).version == 0
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    wait_for_other(page, record_id)
    assert store.record(record_id).state is State.REJECTED


def test_enter_on_another_button_presses_that_button(page: Any, store: Store) -> None:
    record_id = shown(page)
    page.get_by_role("button", name="Bác bỏ").focus()
    page.keyboard.press("Enter")
    wait_for_other(page, record_id)
    assert store.record(record_id).state is State.REJECTED
    assert len(store.events(record_id=record_id)) == 1


def test_undo_leads_back(page: Any, store: Store) -> None:
    record_id = shown(page)
    page.keyboard.press("Enter")
    other = wait_for_other(page, record_id)
    page.keyboard.press("h")
    assert wait_for_other(page, other) == record_id
    assert store.record(record_id).state is State.EXTRACTED


def on_card(page: Any) -> int:
    return page.evaluate("document.querySelector('.card').desk.data.id")


def await_ahead(page: Any) -> int:
    """Waits until the browser knows what an Enter leads to, and says which record that is."""
    page.wait_for_function("window.solieuAhead?.after === document.querySelector('.card').desk.stamp")
    return page.evaluate("window.solieuAhead.form.id")


def test_the_next_card_stands_there_before_the_answer_and_decides_nothing_until_then(
    page: Any, store: Store, server: Any
) -> None:
    first, second = shown(page), await_ahead(page)
    os.kill(server.process.pid, signal.SIGSTOP)
    page.keyboard.press("Enter")
    assert (on_card(page), shown(page)) == (second, first)
    page.locator(".card.late").wait_for()  # a late answer is seen to be late
    assert page.get_by_text("Đang lưu").count() == 1  # and nothing is said to be kept
    assert page.get_by_text("Đã chấp nhận").count() == 0
    marked, name = page.locator("mark.focus"), page.locator("#card-indicator")
    assert marked.inner_text() == store.record(second).quote
    assert name.input_value() == store.record(second).indicator
    page.wait_for_function("performance.now() - document.querySelector('.card').desk.shownAt > 500")
    page.keyboard.press("Enter")
    assert page.locator(f".card[data-ready='{second}']").count() == 0
    page.get_by_role("status").filter(has_text="Đang đợi máy chủ").wait_for()  # nor is it ignored without a sign
    os.kill(server.process.pid, signal.SIGCONT)
    assert wait_for_other(page, first) == second
    assert page.locator(".card.late").count() == 0
    assert page.get_by_text("Đang đợi máy chủ").count() == 0
    assert [line.record_id for line in store.events(kinds=["accept"])] == [first]


def test_what_is_typed_waits_for_the_answer(page: Any, store: Store, server: Any) -> None:
    first, second = shown(page), await_ahead(page)
    os.kill(server.process.pid, signal.SIGSTOP)
    page.keyboard.press("7")
    page.keyboard.press("Enter")
    assert on_card(page) == first
    os.kill(server.process.pid, signal.SIGCONT)
    assert wait_for_other(page, first) == second
    assert store.record(first).value == Decimal(7)


def test_a_card_that_came_too_soon_gives_way_to_the_one_that_waits(page: Any, store: Store) -> None:
    first, second = shown(page), await_ahead(page)
    store.accept(second, 0, actor=next(iter(store.people())))
    page.evaluate("window.addEventListener('solieu-ahead', (event) => (window.cameSoon = event.detail.form.id))")
    page.keyboard.press("Enter")
    page.wait_for_function(f"window.cameSoon === {second}")
    third = wait_for_other(page, first)
    assert third not in (first, second)
    assert (on_card(page), store.record(third).state) == (third, State.EXTRACTED)


def test_a_killed_server_loses_nothing(page: Any, store: Store, server: Any) -> None:
    first = shown(page)
    page.keyboard.press("Enter")
    second = wait_for_other(page, first)
    server.kill()
    assert store.record(first).state is State.ACCEPTED
    server.start()
    open_figure(page, server, f"?id={second}")
    page.keyboard.press("Enter")
    wait_for_other(page, second)
    assert store.progress().reviewed == 2
    assert store.verify() == []


def test_a_click_on_a_marked_figure_opens_it(page: Any, store: Store) -> None:
    wanted = store.queue(Filter(words="800 cây"))[0]
    page.locator("mark", has_text="800 cây").click()
    page.wait_for_function(f"new URLSearchParams(location.search).get('id') === '{wanted.id}'")
    page.locator("mark.focus", has_text="800 cây").wait_for()


def test_nothing_is_fetched_from_elsewhere(page: Any, server: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.get_by_role("button", name="Chấp nhận").wait_for()
    page.wait_for_load_state("networkidle")
    strangers = [
        url for url in asked if not url.startswith((server.url, "data:", "blob:", server.url.replace("http", "ws")))
    ]
    assert strangers == []


@pytest.mark.parametrize("path", ["review", "khong-co"])
def test_an_address_without_a_screen_leads_to_the_review(window: Any, server: Any, store: Store, path: str) -> None:
    record = store.queue(Filter(words="162.409"))[0]
    open_figure(window, server, f"{path}?id={record.id}")
    assert shown(window) == record.id
    assert "Page not found" not in window.content()


def test_streamlits_own_words_are_vietnamese(page: Any, server: Any) -> None:
    type_into(page, page.get_by_label("Đơn vị").first, "xe b")
    page.get_by_text("Thêm: xe b").wait_for()
    page.goto(f"{server.url}/importing")
    field = page.locator('input[type="file"]')
    field.set_input_files({"name": "a.exe", "mimeType": "application/x-dosexec", "buffer": b"MZ"})
    page.get_by_test_id("stFileChip").or_(page.get_by_test_id("stFileUploaderFile")).first.hover()
    page.get_by_text("chỉ đọc tệp PDF").first.wait_for()
    assert not page.get_by_text("per file").first.is_visible()


@pytest.mark.parametrize("width", [1366, 1920])
def test_long_names_are_whole_on_the_card(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    names = {
        "indicator": "Giá trị sản xuất nông, lâm nghiệp và thủy sản",
        "indicator_id": "Gross output of " + "forestry " * 4,
    }
    for field, name in names.items():
        page.locator(f"#card-{field}").evaluate("(field, name) => { field.value = name; }", name)
    for field in names:
        assert page.locator(f"#card-{field}").evaluate("field => field.scrollWidth <= field.clientWidth")
    edges = [page.locator(f"#card-{field}").bounding_box() for field in ("indicator", "indicator_id", "value")]
    assert all(above["y"] <= below["y"] for above, below in pairwise(edges))
