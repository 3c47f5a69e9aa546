"""The paper beside the field, in a real browser: what is shown, where it is marked, what lies over the letters."""

from __future__ import annotations

import re
from typing import Any

import pytest

from extractor.archive.row_types import OPEN, Filter
from extractor.archive.store import Store
from extractor.pipeline import extract
from tests.e2e.conftest import open_figure, settle
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_is_shown_though_the_word_file_leads(
    page: Any, server: Any, store: Store, report: int, language: str
) -> None:
    assert store.reading_of(report).placements == []
    record = next(r for r in store.queue(Filter(item=report, order="place")) if r.quote.startswith("45.210"))
    open_figure(page, server, f"?report={report}&id={record.id}&lang={language}")
    focus = page.locator(".page .box.focus").first
    focus.wait_for()
    assert page.locator(".page .box").count() > 10
    expected = {"vi": ["Trang", "Văn bản"], "en": ["Page", "Text"]}[language]
    assert page.locator(".views button").all_inner_texts() == expected
    page.locator(".views button").nth(1).click()
    page.locator("mark.focus", has_text="45.210").wait_for()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_archivist_says_which_copy_leads(page: Any, server: Any, store: Store, report: int, language: str) -> None:
    page.goto(f"{server.url}/report?report={report}&lang={language}")
    settle(page)
    page.get_by_role("tab", name={"vi": "Lý lịch", "en": "Custody"}[language]).click()
    choice = {"vi": "Bản dùng để duyệt", "en": "The copy under review"}[language]
    page.get_by_role("combobox", name=re.compile(choice)).click()
    page.get_by_role("option", name="dai-khe-2011.pdf").click()
    told = {"vi": "Từ nay duyệt trên bản dai-khe-2011.pdf", "en": "is the copy under review now"}[language]
    page.get_by_text(told).wait_for()
    leading = {file.sha256: file.name for file in store.item(report).files}[store.item(report).leading]
    assert leading == "dai-khe-2011.pdf"
    assert all(r.page for r in store.queue(Filter(item=report, states=OPEN)))


def test_every_report_of_the_corpus_with_a_paged_copy_shows_it(store: Store, root: Any) -> None:
    me = next(iter(store.people()))
    items = {}
    for file in sorted((root / "corpus").glob("*.*")):
        if file.suffix in (".docx", ".md", ".pdf") and file.name != "README.md":
            items[file.name] = store.add_extraction(extract(file), file, actor=me).item_id
    paged = {items[name] for name in items if name.endswith(".pdf")}
    assert len(paged) >= 7
    for item_id in paged:
        paper = store.paper_of(item_id)
        assert paper is not None
        records = store.queue(Filter(item=item_id, states=OPEN), limit=1000)
        shown = sum(paper.placed(record) is not None for record in records)
        assert shown >= 0.97 * len(records), (item_id, shown, len(records))
