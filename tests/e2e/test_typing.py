"""Vietnamese typing never decides anything: Telex and VNI in fields, as keys and as compositions, on card and sentence.

An input method either composes (the browser sends composition events, and keys that are marked as part of one) or
rewrites behind the browser's back (a backspace and the finished letter). Both are sent here as Chromium gets them.
"""

from __future__ import annotations

from typing import Any

import pytest

from extractor.archive.row_types import Filter
from extractor.archive.store import Store
from tests.e2e.conftest import await_press, settle, type_into
from tests.waiting import starts_processes

pytestmark = starts_processes

METHODS = {
    "telex": "tieengs vieetj, dduwowngf quoocs looj bqhgutkidvnylpm",
    "vni": "tie6ng1 vie6t5, d9u7o7ng2 quo6c1 lo65 bqh123",
}
COMPOSED = ("b", "bá", "bác", "bác q", "bác qu", "bác quỹ", "bác quỹ h")
"""A composition as it grows; its letters are keys of the card: b rejects, q puts off, h takes back."""

KEYS_OF_COMPOSITION = """keys => {
    const field = document.activeElement;
    const how = [{ isComposing: true }, { keyCode: 229 }];  // Chromium and Firefox; Safari
    for (const key of keys) for (const said of how) field.dispatchEvent(new KeyboardEvent("keydown",
        { key, bubbles: true, cancelable: true, composed: true, ...said }));
}"""


def decided(store: Store) -> int:
    return len(store.events(kinds=["accept", "correct", "reject", "skip", "undo", "comment"]))


def compose(page: Any, said: tuple[str, ...]) -> None:
    """Composes as an input method does: the text grows under the caret, then it stands."""
    browser = page.context.new_cdp_session(page)
    for text in said:
        browser.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        page.evaluate(KEYS_OF_COMPOSITION, [text[-1], "Enter"])
    browser.send("Input.insertText", {"text": said[-1]})


def rewrite(page: Any, letters: str, finished: str) -> None:
    """Types letters, which an input method then takes back and puts the finished word in their place."""
    page.keyboard.type(letters)
    for _ in letters:
        page.keyboard.press("Backspace")
    page.keyboard.insert_text(finished)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("field", ["qualifier", "reason", "indicator"])
def test_letters_and_digits_in_a_field_of_the_card_are_text(page: Any, store: Store, method: str, field: str) -> None:
    before = page.url
    page.locator(f"#card-{field}").fill("")
    page.keyboard.type(METHODS[method])
    assert page.locator(f"#card-{field}").input_value() == METHODS[method]
    assert (page.url, decided(store)) == (before, 0)


@pytest.mark.parametrize("field", ["qualifier", "reason", "indicator"])
def test_a_composition_on_the_card_is_text_and_its_enter_saves_nothing(page: Any, store: Store, field: str) -> None:
    before = page.url
    page.locator(f"#card-{field}").fill("")
    compose(page, COMPOSED)
    rewrite(page, "h", " hộ")
    assert page.locator(f"#card-{field}").input_value() == f"{COMPOSED[-1]} hộ"
    assert (page.url, decided(store)) == (before, 0)


def test_a_remark_and_a_search_are_text(page: Any, store: Store) -> None:
    page.locator(".card summary").click()
    page.locator(".card textarea").click()
    compose(page, COMPOSED)
    page.keyboard.type(METHODS["vni"])
    assert page.locator(".card textarea").input_value() == COMPOSED[-1] + METHODS["vni"]
    page.locator(".st-key-filters button").first.click()
    field = page.locator(".st-key-filter-menu input[type=text]").last
    type_into(page, field, METHODS["telex"])
    assert field.input_value() == METHODS["telex"]
    assert decided(store) == 0


def test_a_cell_of_a_sentence_takes_both_ways_of_typing(window: Any, server: Any, store: Store) -> None:
    record = store.queue(Filter(words="12 buổi"))[0]
    window.goto(f"{server.url}/?mode=sentence&id={record.id}")
    await_press(window)
    settle(window)
    cell = window.locator(".sentence .part-indicator textarea").nth(1)
    for method in METHODS.values():
        cell.fill("")
        window.keyboard.type(method)
        assert cell.input_value() == method
    cell.fill("")
    compose(window, COMPOSED)
    assert cell.input_value() == COMPOSED[-1]
    assert window.locator(".sentence tr.rejected").count() == 0
    assert (f"id={record.id}" in window.url, decided(store)) == (True, 0)
