"""The shelf in a real browser: sort, choose by keyboard and mouse, act, and open a report from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from extractor.archive.store import Store
from tests.archive.sample import PLAN, Draft, build
from tests.e2e.conftest import await_card, settle, sync_api
from tests.waiting import starts_processes, until

pytestmark = starts_processes


@pytest.fixture
def shelf(page: Any, server: Any, store: Store) -> Any:
    """The shelf with three reports."""
    for n in (31, 5):
        report = replace(Draft().report, number=f"{n}/BC-UBND", issuer=f"UBND quận <b>{n}</b>", date=f"2022-01-{n:02}")
        extraction, content = build(report=report, plan=PLAN[:n], content=f"{n}".encode(), name=f"{n}.md")
        store.add_extraction(extraction, content, actor=next(iter(store.people())))
    page.goto(f"{server.url}/shelf")
    page.get_by_role("rowheader").first.wait_for()
    settle(page)
    return page


def numbers(page: Any) -> list[str]:
    return page.get_by_role("rowheader").all_inner_texts()


def test_a_column_sorts_and_sorts_back(shelf: Any) -> None:
    assert numbers(shelf) == ["5/BC-UBND", "31/BC-UBND", "12/BC-UBND"]
    for expected in (["12/BC-UBND", "31/BC-UBND", "5/BC-UBND"], ["5/BC-UBND", "31/BC-UBND", "12/BC-UBND"]):
        shelf.get_by_role("button", name="Ngày", exact=True).click()
        sync_api.expect(shelf.get_by_role("rowheader")).to_have_text(expected)


def test_reports_are_ticked_by_keyboard_and_put_aside(shelf: Any, store: Store) -> None:
    shelf.get_by_role("checkbox", name="Chọn 31/BC-UBND").focus()
    shelf.keyboard.press("Space")
    shelf.get_by_role("button", name="Bỏ vào thùng rác (1)").click()
    until(lambda: [item.number for item in store.items()] == ["5/BC-UBND", "12/BC-UBND"])
    shelf.get_by_text("Đã bỏ 1 báo cáo vào thùng rác").wait_for()
    assert store.verify() == []


def test_a_report_is_opened_where_it_is_reviewed(shelf: Any, store: Store) -> None:
    shelf.get_by_role("button", name="5/BC-UBND", exact=True).click()
    await_card(shelf)
    assert "report=3" in shelf.url
    assert store.record(int(shelf.url.split("&id=")[1].split("&")[0])).item_id == 3
