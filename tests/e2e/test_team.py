"""Team mode: a proxy says who it is, the store says what they may do, and a stranger sees nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.archive.row_types import Filter, Role, State
from extractor.archive.store import Store
from tests.e2e.conftest import Server, await_card, new_context, settle
from tests.waiting import starts_processes

pytestmark = starts_processes

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
    page = new_context(browser, extra_http_headers=headers).new_page()
    page.goto(f"{team.url}/?mode=card")
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
    await_card(reviewer)
    reviewer.keyboard.press("Enter")
    reviewer.get_by_text("Đã chấp nhận 162").wait_for()
    lines = store.events(kinds=["accept"])
    assert [line.actor for line in lines] == ["binh@example.vn"]
    assert store.progress().states[State.ACCEPTED] == 1
    for page in (stranger, unknown, viewer, reviewer):
        page.context.close()


def test_oidc_says_who_it_is_and_the_store_what_they_may(
    browser: Any, place: Path, store: Store, tmp_path: Path
) -> None:
    pytest.importorskip("authlib", reason="Authlib is not installed")
    from tests.e2e.provider import providing, secrets_file

    me = next(iter(store.people()))
    store.admit("binh@example.vn", Role.REVIEWER, by=me)
    with providing() as provider:
        file = tmp_path / "secrets.toml"
        server = Server(place, {"SOLIEU_TEAM": "oidc", "SOLIEU_SECRETS": str(file)})
        file.write_text(secrets_file(provider, server.url), encoding="utf-8")
        server.start()
        try:
            page = new_context(browser).new_page()
            record = store.queue(Filter(words="162.409"))[0]
            page.goto(f"{server.url}/?mode=card&q=162.409&id={record.id}")
            page.get_by_text("Hãy đăng nhập").wait_for()
            assert "băng rôn" not in page.content()
            provider.claims = {"email": "binh@example.vn", "email_verified": True}
            page.get_by_role("button", name="Đăng nhập").click()
            page.wait_for_url(f"**/?mode=card&q=162.409&id={record.id}")
            await_card(page)
            page.keyboard.press("Enter")
            page.get_by_text("Đã chấp nhận 162").wait_for()
            assert [line.actor for line in store.events(kinds=["accept"])] == ["binh@example.vn"]
            page.get_by_text("English", exact=True).click()
            page.locator("html[lang=en]").wait_for(state="attached")
            page.get_by_role("button", name="binh@example.vn").click()
            page.get_by_text("Please log in").wait_for()
            provider.claims = {"email": "la@example.vn", "email_verified": True}
            page.get_by_role("button", name="Log in").click()
            page.get_by_text("You have no role yet").wait_for()
            page.get_by_text("Tiếng Việt", exact=True).click()
            page.get_by_text("Bạn chưa được cấp quyền").wait_for()
            page.get_by_role("button", name="la@example.vn").click()
            page.get_by_text("Hãy đăng nhập").wait_for()
            other = new_context(browser).new_page()
            provider.claims = {"email": "binh@example.vn", "email_verified": False}
            other.goto(f"{server.url}/?mode=card")
            other.get_by_role("button", name="Đăng nhập").click()
            other.get_by_text("Thư điện tử của bạn chưa được xác minh").wait_for()
            assert "băng rôn" not in other.content()
            assert provider.refused == []
            for opened in (page, other):
                opened.context.close()
        finally:
            server.kill()


def test_a_forged_header_says_nothing_where_no_proxy_is_trusted(browser: Any, place: Path, store: Store) -> None:
    server = Server(place, {"SOLIEU_TEAM": "X-Office-User"})
    server.start()
    try:
        me = next(iter(store.people()))
        headers = {"X-Remote-User": me, "X-Forwarded-User": me, "X-Forwarded-Email": me}
        page = new_context(browser, extra_http_headers=headers).new_page()
        page.goto(f"{server.url}/?mode=card")
        page.get_by_text("Chưa biết bạn là ai").wait_for()
        assert "băng rôn" not in page.content()
        page.context.close()
    finally:
        server.kill()
