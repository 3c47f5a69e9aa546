"""Team mode: a proxy says who it is, the store says what they may do, and a stranger sees nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.archive.entries import Role, State
from extractor.archive.store import Store
from tests.e2e.conftest import Server, settle

HEADER = "X-Remote-User"


@pytest.fixture
def team(browser: Any, place: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    me = next(iter(store.people()))
    store.admit("binh@example.vn", Role.REVIEWER, by=me)
    store.admit("dung@example.vn", Role.VIEWER, by=me)
    started = Server(place, {"SOLIEU_TEAM": HEADER})
    started.start()
    yield started
    started.kill()


def enter(browser: Any, team: Server, name: str | None) -> Any:
    headers = {HEADER: name} if name else {}
    page = browser.new_context(viewport={"width": 1280, "height": 720}, extra_http_headers=headers).new_page()
    page.goto(team.url)
    page.get_by_text("English").first.wait_for()
    settle(page)
    return page


def test_each_sees_and_does_what_their_role_says(browser: Any, team: Server, store: Store) -> None:
    stranger = enter(browser, team, None)
    stranger.get_by_text("Chưa biết bạn là ai").wait_for()
    assert "băng rôn" not in stranger.content()
    unknown = enter(browser, team, "la@example.vn")
    unknown.get_by_text("Bạn chưa được cấp quyền").wait_for()
    assert "băng rôn" not in unknown.content()
    viewer = enter(browser, team, "dung@example.vn")
    viewer.get_by_text("65 băng rôn").first.wait_for()
    assert viewer.get_by_role("button", name="Chấp nhận").is_disabled()
    viewer.keyboard.press("Enter")
    reviewer = enter(browser, team, "binh@example.vn")
    reviewer.get_by_role("button", name="Chấp nhận").wait_for()
    reviewer.keyboard.press("Enter")
    reviewer.get_by_text("Đã chấp nhận 65 băng rôn").wait_for()
    lines = store.events(kinds=["accept"])
    assert [line.actor for line in lines] == ["binh@example.vn"]
    assert store.progress().states[State.ACCEPTED] == 1
    for page in (stranger, unknown, viewer, reviewer):
        page.context.close()
