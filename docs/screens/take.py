"""Takes the pictures of this folder: every screen, in both languages, on the sample reports.

``python -m docs.screens.take`` from the root of the checkout. The store is made anew from ``corpus/`` with a few dozen
decisions by two people, so that every screen has something to show.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from benchmarks.review import ROOT, browsing
from extractor.archive import Store
from extractor.archive.row_types import Filter, Role
from extractor.pipeline import extract

HERE = Path(__file__).parent
COLOURS = 200  # of the palette: text and the colours of checks stay true, and a picture stays near 100 kB
FILES = (
    *("minh-giang-2023-q1.pdf", "minh-giang-2023-q1.docx", "minh-giang-2023-h1.docx", "minh-giang-2023-m09.pdf"),
    *("dai-khe-2010.docx", "dai-khe-2011-h1.pdf", "dai-khe-2011.docx", "tan-khe-2012.docx"),
)
AN, BINH = "an@example.vn", "binh@example.vn"

TABS = {"vi": {"card": "Lý lịch"}, "en": {"card": "Custody"}}
SCREENS: tuple[tuple[str, str, str | None], ...] = (
    ("review", "?view=text&report=5", None),
    ("review-page", "?report=1", None),
    ("table", "table?report=1&state=all", None),
    ("report", "report?report=1", None),
    ("report-card", "report?report=1", "card"),
    ("importing", "importing", None),
    ("series", "series", None),
    ("catalogue", "catalogue", None),
    ("quality", "quality", None),
)
"""Name of the picture, address of the screen, tab to open."""


def fill(path: Path) -> None:
    """The sample reports, with decisions of two people, a remark, a card and figures that were missed."""
    store, me = Store.open_local(path)
    store.admit(AN, Role.ADMIN, by=me)
    store.admit(BINH, Role.REVIEWER, by=me)
    for name in FILES:
        file = ROOT / "corpus" / name
        store.add_extraction(extract(file), file, actor=AN)
    for item in store.items():
        for n, record in enumerate(store.queue(Filter(item=item.id, order="place"), limit=90)):
            _judge(store, n, record)
    first = store.item(1)
    card = {
        "reference_code": "MG-UBND-2023-0048",
        "fonds": "UBND quận Minh Giang",
        "file": "12",
        "inventory": "01",
        "subject": "Kinh tế - xã hội; quý I/2023",
        "holder": "Kho lưu trữ quận Minh Giang, giá 3",
        "rights": "Sử dụng rộng rãi",
    }
    store.describe(first.id, first.version, card, actor=AN)
    store.close()


def _judge(store: Store, n: int, record: Any) -> None:
    if n % 9 == 4:
        store.correct(record.id, record.version, {"qualifier": "toàn quận"}, actor=BINH, reason="theo bản ký")
    elif n % 31 == 7:
        store.reject(record.id, record.version, actor=AN, reason="số thứ tự, không phải số liệu")
    elif n % 13 == 5:
        store.comment(record.id, "Đối chiếu với bản có dấu trước khi nhận.", actor=BINH)
    elif n % 3:
        store.accept(record.id, record.version, actor=AN if n % 2 else BINH)


def take(browser: Any, address: str, language: str) -> None:
    """All pictures in one language."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}, locale="vi-VN").new_page()
    for name, path, tab in SCREENS:
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={language}")
        settle(page)
        if tab:
            page.get_by_role("tab", name=re.compile(TABS[language][tab])).click()
            settle(page)
        if name == "review-page":
            page.locator(".page .box.focus").wait_for()
        target = HERE / f"{name}-{language}.png"
        page.screenshot(path=target)
        Image.open(target).convert("RGB").quantize(COLOURS).save(target, optimize=True)
    page.context.close()


def settle(page: Any) -> None:
    """Waits until the script has run, what it drew is there, and pictures and charts have come in."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(800)  # the grid and the chart draw themselves on a canvas that tells nobody


def main() -> None:
    """Fills a store, serves it, takes the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "screens.sqlite"
        fill(path)
        with browsing(path) as (address, browser):
            for language in ("vi", "en"):
                take(browser, address, language)


if __name__ == "__main__":
    main()
