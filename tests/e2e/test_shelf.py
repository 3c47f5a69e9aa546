"""The shelf in a real browser: sort, choose by keyboard and mouse, act, and open a report from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from extractor.archive.store import Store
from extractor.pipeline import extract
from tests.archive.sample import PLAN, Draft, build
from tests.e2e.conftest import await_card, settle, sync_api
from tests.paper.ocr.test_page import needs_tesseract
from tests.waiting import starts_processes, until

pytestmark = starts_processes

KEEP_WHAT_IS_TOLD = """() => {
    window.told = [];
    new MutationObserver(() => document.querySelectorAll("[data-testid=stProgress]").forEach(
        bar => window.told.push(bar.innerText.trim()))).observe(document.body,
        { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture
def shelf(window: Any, server: Any, store: Store) -> Any:
    """The shelf with three reports."""
    for n in (31, 5):
        report = replace(Draft().report, number=f"{n}/BC-UBND", issuer=f"UBND quận <b>{n}</b>", date=f"2022-01-{n:02}")
        extraction, content = build(report=report, plan=PLAN[:n], content=f"{n}".encode(), name=f"{n}.md")
        store.add_extraction(extraction, content, actor=next(iter(store.people())))
    window.goto(f"{server.url}/shelf")
    window.get_by_role("rowheader").first.wait_for()
    settle(window)
    return window


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


def test_two_reports_become_one(shelf: Any, store: Store) -> None:
    for number in ("31/BC-UBND", "5/BC-UBND"):
        shelf.get_by_role("checkbox", name=f"Chọn {number}", exact=True).click()
        settle(shelf)
    shelf.get_by_role("button", name="Gộp", exact=True).click()
    kept = shelf.get_by_test_id("stPopoverBody").get_by_role("radio")
    sync_api.expect(kept.first).to_be_checked()
    shelf.get_by_role("button", name="Gộp các báo cáo này").click()
    shelf.get_by_text("Đã gộp 1 tệp").wait_for()
    sync_api.expect(shelf.get_by_role("rowheader")).to_have_text(["5/BC-UBND", "12/BC-UBND"])
    assert len(store.item(3).files) == 2
    assert store.verify() == []


def test_a_copy_becomes_a_report_of_its_own(window: Any, server: Any, store: Store, root: Any) -> None:
    for name in ("dai-khe-2011.docx", "dai-khe-2011.pdf"):
        file = root / "corpus" / name
        item = store.add_extraction(extract(file), file, actor=next(iter(store.people()))).item_id
    window.goto(f"{server.url}/shelf?chosen={item}")
    copies = window.get_by_text("Các bản của báo cáo này (2)")
    copies.wait_for()
    settle(window)  # a press on what is still being drawn is lost
    copies.click()
    settle(window)
    window.get_by_role("button", name="Tách thành báo cáo riêng").last.click()
    window.get_by_text("nay là một báo cáo riêng").wait_for()
    assert [len(store.item(one.id).files) for one in store.items()] == [1, 1, 1]
    assert store.verify() == []


@needs_tesseract
def test_pages_of_a_scan_are_counted_while_they_are_read(window: Any, server: Any, root: Any, tmp_path: Any) -> None:
    with pypdfium2.PdfDocument(root / "corpus" / "dai-khe-2011.pdf") as pdf:
        sheet = pdf[0].render(scale=200 / 72).to_pil().convert("L")
    lines = sheet.crop((0, sheet.height // 3, sheet.width, sheet.height // 2))  # a few: each takes its time
    lines.save(tmp_path / "quet.tif", save_all=True, append_images=[lines], dpi=(200, 200))
    window.goto(f"{server.url}/importing")
    settle(window)
    window.evaluate(KEEP_WHAT_IS_TOLD)
    window.locator('input[type="file"]').set_input_files(str(tmp_path / "quet.tif"))
    window.get_by_test_id("stFileUploaderFile").or_(window.get_by_test_id("stFileChip")).first.wait_for()
    window.get_by_role("button", name="Nhập các tệp đã chọn").click()
    window.get_by_text("Xong 1 tệp").wait_for()
    told = [words for words in window.evaluate("window.told") if words.startswith("quet.tif: đã nhận dạng")]
    assert told[-1:] == ["quet.tif: đã nhận dạng 2/2 trang quét"]  # the first is drawn unless the second comes at once
