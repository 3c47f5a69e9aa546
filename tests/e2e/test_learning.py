"""From corrections to a layer that reads the next report better, by the keyboard, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.learning import take_in
from extractor.archive.row_types import Filter, Role
from extractor.archive.store import Store
from tests.archive.learning.office import LOAD, actor, bring, passage, read_next, review
from tests.e2e.conftest import Server, new_context, open_figure, settle
from tests.waiting import starts_processes, until

pytestmark = starts_processes

HEADER = "X-Remote-User"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A store whose reports were corrected the same way, with an archivist and a reviewer."""
    path = tmp_path / "store.sqlite"
    store, me = Store.open_local(path)
    review(store, range(16))
    take_in(store, passage(41), me)
    for name, role in (("an@example.vn", Role.ARCHIVIST), ("binh@example.vn", Role.REVIEWER)):
        store.admit(name, role, by=me)
    store.close()
    return path


@pytest.fixture
def team(browser: Any, place: Path, tmp_path: Path) -> Iterator[Server]:
    """A server without the package's gold: the trial is over in seconds."""
    started = Server(place, {"SOLIEU_TEAM": HEADER, "SOLIEU_CORPUS": str(tmp_path / "corpus")})
    started.start()
    yield started
    started.kill()


def new_page(browser: Any, name: str) -> Any:
    return new_context(browser, locale="vi-VN", extra_http_headers={HEADER: name}).new_page()


def open_learning(browser: Any, team: Server, name: str) -> Any:
    page = new_page(browser, name)
    page.goto(f"{team.url}/catalogue")
    page.get_by_role("tab", name="Máy học").click()
    page.get_by_text("Các phiên bản đã nhận").wait_for()
    settle(page)
    return page


def test_archivist_takes_over_what_corrections_teach_and_a_reviewer_sees_it(
    browser: Any, team: Server, store: Store
) -> None:
    archivist = open_learning(browser, team, "an@example.vn")
    archivist.get_by_text("16 lần sửa, bác bỏ hoặc thêm để học").wait_for()
    archivist.get_by_role("button", name="Xem học được gì").click()
    archivist.get_by_text("Học được từ 16 lần sửa").wait_for()
    archivist.get_by_text("Không chỗ nào đọc kém đi.").wait_for()
    reviewer = open_learning(browser, team, "binh@example.vn")
    reviewer.get_by_text("Không chỗ nào đọc kém đi.").wait_for()
    assert reviewer.get_by_role("button", name="Nhận").is_disabled()
    settle(archivist)
    archivist.bring_to_front()
    archivist.get_by_role("button", name="Nhận").click()
    archivist.get_by_text("Kho đọc bằng phiên bản 1 từ nay.").wait_for()
    until(lambda: store.layer().version == 1)
    [line] = store.events(kinds=["learn"])
    assert line.actor == "an@example.vn"
    assert read_next(store) == "plan"
    assert store.queue(Filter(item=17))[0].status != "plan", "what was read before waits to be read again"
    settle(archivist)
    archivist.get_by_role("button", name="Trở về").press("Enter")
    archivist.get_by_text("Kho đọc lại như chương trình khi chưa học gì").wait_for()
    assert store.layer().content == "{}"
    assert store.verify() == []
    for page in (archivist, reviewer):
        page.context.close()


def test_correction_of_a_reviewer_becomes_a_row_that_reads_the_next_report(
    browser: Any, team: Server, store: Store
) -> None:
    me = actor(store)
    *before, last = bring(store, (0, 1, 3))
    for record in before:
        store.correct(record.id, record.version, {"unit": LOAD}, actor=me)
    reviewer = new_page(browser, "binh@example.vn")
    open_figure(reviewer, team, f"?id={last.id}")
    reviewer.locator("#card-unit").fill(LOAD)
    reviewer.locator(".act-accept").click()
    until(lambda: store.record(last.id).unit == LOAD)
    reviewer.context.close()
    archivist = open_learning(browser, team, "an@example.vn")
    archivist.get_by_role("button", name="Xem học được gì").click()
    archivist.get_by_text(f"đơn vị “{LOAD}” được ghi 2 lần").first.wait_for()
    archivist.get_by_text("Không chỗ nào đọc kém đi.").wait_for()
    archivist.get_by_role("button", name="Nhận").click()
    until(lambda: store.layer().version == 1)
    archivist.context.close()
    [record] = bring(store, [9], "Bản mua {value} {load}, đạt 90% kế hoạch.")
    assert record.unit == LOAD
    told = [(line.kind, line.actor) for line in store.events(kinds=["correct", "learn"], limit=2)]
    assert told == [("learn", "an@example.vn"), ("correct", "binh@example.vn")]
    assert store.verify() == []
