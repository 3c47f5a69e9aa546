"""The paper beside the field, in a real browser: what is shown, where it is marked, what lies over the letters."""

from __future__ import annotations

import re
from typing import Any

import pytest

from extractor.archive.row_types import OPEN, Filter, Record
from extractor.archive.store import Store
from extractor.pipeline import extract
from extractor.ui.page_view import _by_page, _on_paper, place_of, stretches_of_page
from tests.e2e.conftest import new_context, open_figure, settle
from tests.waiting import starts_processes

pytestmark = starts_processes

LANGUAGES = ("vi", "en")


@pytest.fixture
def report(store: Store, root: Any) -> int:
    """A report that came as Word first and then as PDF."""
    me = next(iter(store.people()))
    for name in ("dai-khe-2011.docx", "dai-khe-2011.pdf"):
        file = root / "corpus" / name
        taken = store.add_extraction(extract(file), file, actor=me)
    assert taken.joined
    return taken.item_id


def revenue(store: Store, report: int) -> Record:
    """The figure that the tests look at: 45.210 triệu đồng."""
    return next(r for r in store.queue(Filter(item=report, order="place")) if r.quote.startswith("45.210"))


@pytest.fixture
def opened(window: Any, server: Any, store: Store, report: int, language: str) -> Record:
    """This figure, on the desk."""
    record = revenue(store, report)
    open_figure(window, server, f"?report={report}&id={record.id}&lang={language}")
    return record


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("opened")
def test_the_paper_is_shown_though_the_word_file_leads(window: Any, store: Store, report: int, language: str) -> None:
    assert store.reading_of(report).placements == []
    focus = window.locator(".page .box.focus").first
    focus.wait_for()
    assert window.locator(".page .box").count() > 10
    expected = {"vi": ["Trang", "Văn bản"], "en": ["Page", "Text"]}[language]
    assert window.locator(".views .view").all_inner_texts() == expected
    window.locator(".views .view").nth(1).click()
    window.locator("mark.focus", has_text="45.210").wait_for()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_archivist_says_which_copy_leads(window: Any, server: Any, store: Store, report: int, language: str) -> None:
    window.goto(f"{server.url}/report?report={report}&lang={language}")
    settle(window)
    window.get_by_role("tab", name={"vi": "Lý lịch", "en": "Custody"}[language]).click()
    choice = {"vi": "Bản dùng để duyệt", "en": "The copy under review"}[language]
    window.get_by_role("combobox", name=re.compile(choice)).click()
    window.get_by_role("option", name="dai-khe-2011.pdf").click()
    told = {"vi": "Từ nay duyệt trên bản dai-khe-2011.pdf", "en": "is the copy under review now"}[language]
    window.get_by_text(told).wait_for()
    leading = {file.sha256: file.name for file in store.item(report).files}[store.item(report).leading]
    assert leading == "dai-khe-2011.pdf"
    assert all(r.page for r in store.queue(Filter(item=report, states=OPEN)))


def test_every_report_of_the_corpus_with_a_paged_copy_shows_it(store: Store, root: Any) -> None:
    me = next(iter(store.people()))
    items = {}
    for file in sorted((root / "corpus").glob("*.*")):
        printed = "." not in file.stem  # scans are recognised in tests of their own
        if printed and file.suffix in (".docx", ".md", ".pdf") and file.name != "README.md":
            items[file.name] = store.add_extraction(extract(file), file, actor=me).item_id
    paged = {items[name] for name in items if name.endswith(".pdf")}
    assert len(paged) >= 7
    for item_id in paged:
        paper = store.paper_of(item_id)
        assert paper is not None
        records = store.queue(Filter(item=item_id, states=OPEN), limit=1000)
        shown = sum(paper.placed(record) is not None for record in records)
        assert shown >= 0.97 * len(records), (item_id, shown, len(records))


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mark_covers_a_letter_and_all_of_the_figure_is_marked(window: Any) -> None:
    window.locator(".page .box.focus").first.wait_for()
    for box in window.locator(".page .box").all():
        style = box.evaluate(
            "b => [getComputedStyle(b.parentElement).mixBlendMode, getComputedStyle(b).borderWidth, "
            "getComputedStyle(b).outlineStyle]"
        )
        assert style == ["multiply", "0px", "none"]
    bar, focus = (
        window.locator(".page .bar").first.bounding_box(),
        window.locator(".page .box.focus").first.bounding_box(),
    )
    letters = [run.bounding_box() for run in window.locator(".letters span").all()]
    assert bar["x"] + bar["width"] <= min(box["x"] for box in letters)
    assert abs(bar["y"] - focus["y"]) < 2
    assert window.locator(".page .box.named").count() == 1
    assert window.locator(".page .box.compared").count() == 2


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_click_on_the_page_fills_the_field_at_hand(window: Any) -> None:
    runs = window.locator(".letters span")
    runs.filter(has_text="110,3%").first.wait_for()
    window.keyboard.press("g")
    middle = """(runs, word) => {
        const from = runs.findIndex(run => run.textContent.includes("110,3%"));
        const run = runs.slice(from).find(run => run.textContent.includes(word));
        const range = document.createRange(), at = run.textContent.indexOf(word);
        range.setStart(run.firstChild, at); range.setEnd(run.firstChild, at + word.length);
        const box = range.getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
    }"""
    window.mouse.click(*runs.evaluate_all(middle, "110,3%"))
    assert window.locator("#card-value").input_value() == "110,3%"
    window.locator("#card-qualifier").focus()
    window.mouse.click(*runs.evaluate_all(middle, "năm"))
    window.mouse.click(*runs.evaluate_all(middle, "2010"))
    assert window.locator("#card-qualifier").input_value() == "năm 2010"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_enlarged_and_turned_by_key(window: Any, opened: Record, store: Store) -> None:
    focus = window.locator(".page .box.focus").first
    focus.wait_for()
    sheet, viewer = window.locator(".page"), window.locator(".viewer")
    usual, frame = sheet.bounding_box(), viewer.bounding_box()
    assert usual["width"] > frame["width"] * 1.05  # the margins are cropped
    image = window.locator(".page img").evaluate("i => i.naturalWidth")
    assert image >= 1.5 * usual["width"]  # sharp on a screen that shows everything at 150 %
    window.keyboard.press("p")
    assert sheet.bounding_box()["width"] > 1.6 * usual["width"]
    inside = focus.bounding_box()
    assert frame["x"] <= inside["x"] <= frame["x"] + frame["width"]
    window.keyboard.press("p")
    window.keyboard.press("PageDown")
    window.get_by_text("2/3", exact=True).wait_for()
    assert window.locator(".page .box.focus").count() == 0
    window.keyboard.press("Enter")
    window.get_by_text("1/3", exact=True).wait_for()  # the next card is shown where it stands
    window.wait_for_function(f"new URLSearchParams(location.search).get('id') !== '{opened.id}'")
    assert store.record(opened.id).decided_by


def test_paper_and_card_stand_side_by_side_and_sharp_at_150_per_cent(
    browser: Any, server: Any, store: Store, report: int
) -> None:
    size = {"width": 911, "height": 512}  # what a window of 1366 × 768 holds at 150 %
    context = new_context(browser, locale="vi-VN", viewport=size, device_scale_factor=1.5)
    page = context.new_page()
    open_figure(page, server, f"?report={report}&id={revenue(store, report).id}")
    focus = page.locator(".page .box.focus").first
    focus.wait_for()
    points = page.locator(".page img").evaluate("i => i.naturalWidth / i.clientWidth / devicePixelRatio")
    assert points >= 1  # no fewer than the screen has
    paper, value = page.locator(".viewer").bounding_box(), page.locator("#card-value").bounding_box()
    assert paper["x"] + paper["width"] <= value["x"]
    assert value["x"] + value["width"] <= size["width"]
    for stands in (value, focus.bounding_box(), page.locator(".page .box.named").bounding_box()):
        assert paper["y"] <= stands["y"]
        assert stands["y"] + stands["height"] <= size["height"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("find('45.210')")  # letters lie over the picture: the page is searched like any other
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_a_long_file_shows_its_own_marks_alone(
    window: Any, server: Any, store: Store, root: Any, tmp_path: Any, language: str
) -> None:
    from benchmarks.pdf import many_pages

    file = many_pages(root / "corpus" / "krong-tia-2018.pdf", 60, tmp_path)
    item = store.add_extraction(extract(file), file, actor=next(iter(store.people()))).item_id
    paper = store.paper_of(item)
    assert paper is not None
    last = store.queue(Filter(item=item, order="place"), limit=10_000)
    record = next(r for r in last if r.page == 57)
    open_figure(window, server, f"?report={item}&id={record.id}&lang={language}")
    window.get_by_text("57/60", exact=True).wait_for()
    window.locator(".page .box.focus").first.wait_for()
    there = {r.id for r in last if r.page == 57}
    assert len(there) <= window.locator(".page .box:not(.named, .compared)").count() <= 3 * len(there)
    runs = stretches_of_page(paper.reading, 57)
    assert sum(end - start for start, end in runs) < len(paper.reading.text) / 40


def test_a_reading_is_sorted_by_page_once(store: Store, report: int) -> None:
    paper = store.paper_of(report)
    assert paper is not None
    before = _on_paper.cache_info().misses, _by_page.cache_info().misses
    for record in store.queue(Filter(item=report)):
        placed = paper.placed(record)
        assert placed is not None
        assert place_of(paper.reading, placed.start, placed.end)
        assert stretches_of_page(paper.reading, 1)
    after = _on_paper.cache_info().misses, _by_page.cache_info().misses
    assert all(b - a <= 1 for a, b in zip(before, after, strict=True))
