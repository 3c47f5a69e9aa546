"""axe-core finds nothing on any screen, as it opens and with what a press brings up, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.archive.row_types import Filter
from extractor.archive.store import Store
from extractor.ui.pages import SCREENS
from tests.e2e.conftest import await_card, new_context, open_figure, settle
from tests.waiting import starts_processes

axe = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")

pytestmark = starts_processes

SCRIPT = Path(axe.__file__).with_name("axe.min.js")
STILL = "!document.querySelector('[data-stale=true]') && !document.getAnimations().some(a => a.playState === 'running')"
"""Nothing waits for an answer or is half faded: its contrast would be that of the moment."""
RUN = "axe.run(document, { resultTypes: ['violations'] })"
LANGUAGES = pytest.mark.parametrize("page", ["vi", "en"], indirect=True)


@pytest.fixture
def page(browser: Any, server: Any, store: Store, request: Any) -> Iterator[Any]:
    """A window of a usual laptop, in the language that the test names; every screen has something to show."""
    me = next(iter(store.people()))
    waiting = store.queue(Filter(order="place"))
    store.skip(waiting[0].id, 0, actor=me)
    store.choose(me, "tour", 1)  # the next step of the tour is there, though something was decided
    for record in waiting[1:4]:
        store.accept(record.id, 0, actor=me)
    store.comment(waiting[5].id, f"@{me} xem lại", actor=me)
    context = new_context(browser, locale="vi-VN", viewport={"width": 1366, "height": 768})
    opened = context.new_page()
    opened.language = request.param
    yield opened
    context.close()


def violations(page: Any) -> list[str]:
    """What axe-core says of the page as it stands, each with the first place where it found it."""
    settle(page)
    page.wait_for_function(STILL)
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    found = page.evaluate(RUN)["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def visit(page: Any, server: Any, path: str) -> None:
    page.goto(f"{server.url}/{path}{'&' if '?' in path else '?'}lang={page.language}")
    settle(page)


@LANGUAGES
def test_every_screen_as_it_opens(page: Any, server: Any) -> None:
    found = {}
    for name in SCREENS:
        visit(page, server, {"shelf": "shelf?chosen=1", "series": "series?all=1"}.get(name, name))
        if name == "review":
            await_card(page)
            page.locator(".st-key-tour").wait_for()
        if name == "importing":
            page.locator('[data-testid="stFileUploaderDropzone"][role="group"]').wait_for()
        if name == "series":
            page.locator("svg.marks").first.wait_for()
        found[name] = violations(page)
    assert not {name: told for name, told in found.items() if told}


def open_tab(number: int) -> Callable[[Any], None]:
    return lambda page: page.get_by_role("tab").nth(number).click()


def press(key: str) -> Callable[[Any], None]:
    return lambda page: page.keyboard.press(key)


def click(place: str) -> Callable[[Any], None]:
    return lambda page: page.locator(place).first.click()


BROUGHT_UP: dict[str, tuple[str, Callable[[Any], None], str]] = {
    "all fields of a card": ("?mode=card", press("m"), "#card-total"),
    "the sheet of keys": ("?mode=card", press("?"), "dialog.keys[open]"),
    "the list of a field": ("?mode=card", click("#card-unit"), "[role=listbox]"),
    "the filters": ("?mode=card", click(".st-key-filters button"), ".st-key-filter-menu"),
    "the last decisions": ("?mode=card", click(".st-key-last button"), ".st-key-day-at-hand"),
    "the custody of a report": ("report", open_tab(2), ".st-key-custody"),
    "the digits that nothing explains": ("report", open_tab(1), "[role=tab][aria-selected=true]"),
    "the quality by person": ("quality", open_tab(2), "[role=tab][aria-selected=true]"),
    "the catalogue": ("catalogue", open_tab(1), "[role=tab][aria-selected=true]"),
}
"""What is brought up → the screen, the press that does it, and what is there then."""


@LANGUAGES
def test_what_a_press_brings_up(page: Any, server: Any) -> None:
    found = {}
    for name, (path, bring, there) in BROUGHT_UP.items():
        if path == "?mode=card":
            open_figure(page, server, f"?lang={page.language}")
        else:
            visit(page, server, path)
        bring(page)
        page.locator(there).first.wait_for()
        found[name] = violations(page)
    assert not {name: told for name, told in found.items() if told}


@LANGUAGES
def test_what_is_only_read_aloud_is_in_the_language_of_the_screen(page: Any, server: Any) -> None:
    visit(page, server, "table")
    search, menu = {"vi": ("Tìm trong bảng", "Các màn hình"), "en": ("Search", "App pages")}[page.language]
    page.locator(f'button[aria-label="{search}"]').wait_for(state="attached")
    page.locator(f'nav[aria-label="{menu}"]').wait_for()


@LANGUAGES
def test_the_first_tab_shows_a_link_in_the_language_of_the_screen(page: Any, server: Any) -> None:
    visit(page, server, "quality")
    page.wait_for_function("tongue => document.documentElement.lang === tongue", arg=page.language)
    page.keyboard.press("Tab")
    shown = page.evaluate("document.activeElement.innerText")
    assert shown == {"vi": "Sang nội dung chính", "en": "Skip to main content"}[page.language]


@LANGUAGES
def test_the_table_of_a_sentence(page: Any, server: Any, store: Store) -> None:
    record = store.queue(Filter(words="12 buổi"))[0]
    visit(page, server, f"?mode=sentence&id={record.id}")
    page.locator(".sentence table").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("mode", ["card", "sentence"])
def test_source_and_the_button_that_decides_are_in_view_at_200_per_cent(
    browser: Any, server: Any, store: Store, mode: str
) -> None:
    size = {"width": 683, "height": 384}  # what a window of 1366 × 768 holds at 200 %
    context = new_context(browser, locale="vi-VN", viewport=size, device_scale_factor=2)
    page = context.new_page()
    record = store.queue(Filter(words="12 buổi"))[0]
    store.choose(next(iter(store.people())), "tour", 5)
    page.goto(f"{server.url}/?mode={mode}&id={record.id}")
    page.wait_for_function("document.querySelector('.card, .sentence')?.dataset.ready")
    settle(page)
    for reached in ("mark.focus", "#card-value, [data-cell$=value]"):  # as it opens, and at a field further down
        page.locator(reached).first.scroll_into_view_if_needed()
        for place in (".act.main", "mark.focus", reached):
            stands = page.locator(place).first.bounding_box()
            assert stands["y"] >= 0, place
            assert stands["y"] + stands["height"] <= size["height"], place
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
