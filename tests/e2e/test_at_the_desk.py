"""At the desk beside keys: a place that is kept, lists searched without accents, runner-ups, orders, remarks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from extractor.archive.row_types import Filter, Role, State
from extractor.archive.store import Store
from extractor.domain.figure import Status
from extractor.pipeline import extract
from tests.archive.sample import Draft, build
from tests.e2e.conftest import await_card, await_press, open_figure, settle
from tests.e2e.test_review import shown
from tests.waiting import starts_processes, until

pytestmark = starts_processes

ROW = 35  # pixels of a row of the grid, which is drawn on a canvas


@pytest.fixture
def report(store: Store, root: Any) -> int:
    """A report of the corpus, in whose sentences the reader was torn between two readings."""
    file = root / "corpus" / "krong-tia-2018.md"
    return store.add_extraction(extract(file), file, actor=next(iter(store.people()))).item_id


def address(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def test_report_order_and_figure_travel_to_another_screen_and_back(window: Any, server: Any, store: Store) -> None:
    last = store.queue(Filter(item=1, order="place"))[-1]
    open_figure(window, server, f"?report=1&order=place&id={last.id}")
    window.get_by_role("link", name="Kho").click()
    window.locator(".shelf table").wait_for()
    window.get_by_role("link", name="Duyệt").click()
    await_card(window)
    assert (address(window)["report"], address(window)["order"], address(window)["id"]) == (
        ["1"],
        ["place"],
        [str(last.id)],
    )


def choose_order_of_report(page: Any) -> None:
    page.locator(".st-key-filters button").first.click()
    menu = page.locator(".st-key-filter-menu")
    menu.get_by_role("combobox", name=re.compile("Thứ tự")).click()
    page.get_by_role("option", name="Theo thứ tự trong báo cáo").click()
    page.wait_for_function("new URLSearchParams(location.search).get('order') === 'place'")
    await_card(page)  # until the run that was asked for has drawn all: it draws the menu anew, over the card
    until(lambda: menu.count() == 0 or page.keyboard.press("Escape"))
    settle(page)
    assert menu.count() == 0


def test_the_filters_stand_whole_in_a_window_of_a_laptop(page: Any) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.locator(".st-key-filters button").first.click()
    last = page.locator(".st-key-filter-menu").get_by_role("button", name="Bỏ mọi bộ lọc")
    last.wait_for()
    settle(page)
    body = page.get_by_test_id("stPopoverBody").bounding_box()
    stands = last.bounding_box()
    assert stands["y"] + stands["height"] <= body["y"] + body["height"] <= 768


def test_an_order_that_was_chosen_leads_from_figure_to_figure(page: Any, store: Store) -> None:
    choose_order_of_report(page)
    first, second = store.queue(Filter(order="place"))[:2]
    page.wait_for_function(f"document.querySelector('.card')?.dataset.ready === '{first.id}'")
    page.locator(".card .act.main").click()
    page.wait_for_function(f"new URLSearchParams(location.search).get('id') === '{second.id}'")


def test_a_drop_down_is_searched_without_accents(page: Any, store: Store) -> None:
    record_id = shown(page)
    before = store.record(record_id).status
    page.keyboard.press("t")
    page.keyboard.type("ke ho")
    wanted, name = Status.PLAN, "Kế hoạch"
    page.get_by_role("option", name=name).wait_for()
    page.keyboard.press("Enter")
    assert page.locator("#card-status").input_value() == name
    page.keyboard.press("Enter")
    until(lambda: store.record(record_id).version == 1)
    assert before != wanted.value == store.record(record_id).status


def test_the_runner_up_is_taken_and_put_back_by_one_key(window: Any, server: Any, store: Store, report: int) -> None:
    torn = next(
        record
        for record in store.queue(Filter(item=report), limit=900)
        if any(one["field"] == "indicator" for one in (store.machine_figure(record) or {}).get("alternatives") or ())
    )
    open_figure(window, server, f"?id={torn.id}")
    field = window.locator("#card-indicator")
    other = (
        window.locator(".card .part-indicator .other").inner_text().removeprefix("hoặc: ").removesuffix("F4").strip()
    )
    window.keyboard.press("i")
    window.keyboard.press("F4")
    assert field.input_value() == other
    window.keyboard.press("F4")
    assert field.input_value() == torn.indicator
    window.keyboard.press("F4")
    window.keyboard.press("Enter")
    until(lambda: store.record(torn.id).state is State.CORRECTED)
    assert store.record(torn.id).indicator == other


def test_a_third_judge_takes_either_vote_by_one_key(window: Any, server: Any, store: Store, report: int) -> None:
    me = next(iter(store.people()))
    for who in ("bình", "chi"):
        store.admit(who, Role.REVIEWER, by=me)
    store.ask_for_votes(report, 2, actor=me, client_id="two")
    record = next(one for one in store.queue(Filter(item=report)) if one.value and one.unit and one.total is None)
    store.correct(record.id, 0, {"value": "10"}, actor="bình")
    store.correct(record.id, 1, {"value": "12", "unit": "ha", "total": "14"}, actor="chi")
    open_figure(window, server, f"?id={record.id}")
    value, unit, total = (window.locator(f"#card-{name}") for name in ("value", "unit", "total"))
    read = (value.input_value(), record.unit, "")
    binh, chi = ("10", record.unit, ""), ("12", "ha", "14")
    for said in (binh, chi, read, binh, chi):
        window.keyboard.press("F4")
        assert (value.input_value(), unit.input_value(), total.input_value()) == said
    window.keyboard.press("Enter")
    until(lambda: store.record(record.id).state is State.CORRECTED)
    decided = store.record(record.id)
    assert (decided.value, decided.unit, decided.total) == (12, "ha", 14)


def test_a_remark_that_names_somebody_is_seen_found_and_settled(window: Any, server: Any, store: Store) -> None:
    me = next(iter(store.people()))
    store.admit("chi", Role.REVIEWER, by=me)
    record = store.queue(Filter(order="place"))[3]
    store.comment(record.id, f"@{me} số này theo bản nào?", actor="chi")
    window.goto(f"{server.url}/day")
    settle(window)
    window.get_by_text("số này theo bản nào?").click()
    await_card(window)
    assert shown(window) == record.id
    open_figure(window, server, "?remark=1")
    assert shown(window) == record.id
    window.get_by_text("số này theo bản nào?").click()
    until(lambda: store.events(record_id=record.id, kinds=["settle"]))
    window.goto(f"{server.url}/?remark=1&mode=card")
    window.get_by_role("button", name="Xem tất cả số liệu đang chờ").wait_for()


def test_a_row_of_the_table_and_a_finding_lead_to_the_card_and_back(window: Any, server: Any, store: Store) -> None:
    extraction, content = build(report=replace(Draft().report, number="13/BC-UBND"), content=b"so 13")
    spoken = [
        replace(one, start=extraction.figures[0].start, end=extraction.figures[0].end) for one in extraction.findings
    ]
    me = next(iter(store.people()))
    item = store.add_extraction(replace(extraction, findings=tuple(spoken)), content, actor=me).item_id
    rows = store.queue(Filter(item=item, order="place"))
    window.goto(f"{server.url}/table?report={item}&state=all&order=place")
    window.wait_for_function("document.querySelector('[data-testid=stDataFrame] canvas')")
    settle(window)
    name = window.locator("#glide-cell-2-2")
    name.wait_for(state="attached")
    assert name.text_content() == rows[2].indicator
    tick = {"x": 40, "y": ROW * 3 + ROW // 2}  # of the third row, below the head
    window.get_by_test_id("stDataFrame").first.click(position=tick)
    await_press(window)
    assert (shown(window), address(window)["state"]) == (rows[2].id, ["all"])
    window.get_by_role("link", name="Bảng").click()
    name.wait_for(state="attached")
    there = address(window)
    assert (there["report"], there["state"], there["order"]) == ([str(item)], ["all"], ["place"])
    window.get_by_role("link", name="Báo cáo").click()
    window.get_by_role("tab", name="Kiểm tra").wait_for()
    window.get_by_text("không khớp với").first.click()
    window.get_by_role("link", name="162.409").click()
    await_press(window)
    assert shown(window) == rows[0].id
    window.get_by_role("link", name="Báo cáo").click()
    window.get_by_role("tab", name="Kiểm tra").wait_for()
    assert address(window)["report"] == [str(item)]


def test_an_order_that_was_chosen_outlives_the_server(page: Any, server: Any, store: Store) -> None:
    choose_order_of_report(page)
    server.kill()
    first, second = store.queue(Filter(order="place"))[:2]
    store.accept(first.id, first.version, actor=next(iter(store.people())))
    assert second.id != store.review_order(1)[1]  # nobody is led there who has chosen nothing
    server.start()
    page.goto(server.url)
    await_card(page)
    assert shown(page) == second.id


def test_the_last_twenty_decisions_are_at_hand_and_lead_to_their_cards(page: Any, server: Any, store: Store) -> None:
    me = next(iter(store.people()))
    done = [record.id for record in store.queue(Filter(order="place"))[:11]]
    for n in range(2):  # accepted and taken back: both are decisions
        for record_id in done:
            standing = store.record(record_id)
            (store.undo if n else store.accept)(record_id, standing.version, actor=me)
    page.reload()
    await_card(page)
    page.get_by_role("button", name="Vừa làm").click()
    lines = page.get_by_test_id("stPopoverBody").locator("button.line")
    lines.nth(19).wait_for()
    assert lines.count() == 20
    lines.first.click()
    page.wait_for_function(f"new URLSearchParams(location.search).get('id') === '{done[-1]}'")
