"""Takes the pictures of this folder: every screen, in both languages, on the sample reports.

``python -m docs.screens.take`` from the root of the checkout. The store is made anew from ``corpus/`` with a few dozen
decisions by two people, so that every screen has something to show.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from bisect import bisect_right
from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from benchmarks.review import ROOT, browsing
from extractor.archive import Store
from extractor.archive.review.reading_order import sentence_starts
from extractor.archive.row_types import OPEN, Filter, Role
from extractor.pipeline import extract
from extractor.statistics import build_series, check_series, observe, with_derived, write_series

HERE = Path(__file__).parent
COLOURS = 200  # of the palette: text and the colours of checks stay true, and a picture stays near 100 kB
FILES = (
    *("minh-giang-2023-q1.pdf", "minh-giang-2023-q1.docx", "minh-giang-2023-h1.docx", "minh-giang-2023-m09.pdf"),
    *("dai-khe-2010.docx", "dai-khe-2011-h1.pdf", "dai-khe-2011.docx", "tan-khe-2012.docx"),
)
SERIES = tuple(f"lam-khe-2022{part}.md" for part in ("-q1", "-h1", "-m09", ""))
PRINTED = {1: "workbook-first", 3: "workbook-place", 7: "workbook-matrix"}
"""Pages of the workbook of these reports → their pictures."""

AN, BINH = "an@example.vn", "binh@example.vn"

TABS = {"vi": {"card": "Lý lịch", "learning": "Máy học"}, "en": {"card": "Custody", "learning": "Learning"}}
SIZES = {"": (1366, 768), "-wide": (1920, 1080)}
"""End of the picture's name → the window."""

SCREENS: tuple[tuple[str, str, str | None], ...] = (
    ("review", "?view=text&report=5&mode=card", None),
    ("review-page", "?report=1&mode=card", None),
    ("sentence", "?report=7&mode=sentence&id={sentence}", None),
    ("shelf", "shelf?chosen=1", None),
    ("day", "day", None),
    ("table", "table?report=1&state=all", None),
    ("report", "report?report=1", None),
    ("report-card", "report?report=1", "card"),
    ("importing", "importing", None),
    ("series", "series", None),
    ("catalogue", "catalogue", None),
    ("learning", "catalogue", "learning"),
    ("quality", "quality", None),
)
"""Name of the picture, address of the screen, tab to open."""


def fill(path: Path) -> None:
    """The sample reports, with decisions of two people, a remark, a card and figures that were missed."""
    store, me = Store.open_local(path)
    store.admit(AN, Role.ADMIN, by=me)
    store.admit(BINH, Role.REVIEWER, by=me)
    store.choose(me, "tour", 5)
    for name in FILES:
        file = ROOT / "corpus" / name
        store.add_extraction(extract(file), file, actor=AN)
    for item in store.items():
        for n, record in enumerate(store.queue(Filter(item=item.id, order="place"), limit=90)):
            _judge(store, n, record)
    for record in store.queue(Filter(item=2, states=OPEN, order="place"), limit=9):
        store.accept(record.id, record.version, actor=me)
    asked = store.queue(Filter(item=2, states=OPEN, order="place"), limit=1)[0]
    store.comment(asked.id, f"@{me} số này theo bản nào?", actor=BINH)
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


def crowded(path: Path) -> int:
    """A figure of the last report in whose sentence several others wait."""
    store = Store.open(path)
    item = store.items()[0].id
    reading = store.reading_of(item)
    waiting = store.queue(Filter(item=item, states=OPEN, order="place"), limit=900)
    starts = sentence_starts(reading.text)
    counts = Counter(bisect_right(starts, record.start) for record in waiting)
    chosen = next(record.id for record in waiting if 3 <= counts[bisect_right(starts, record.start)] <= 6)
    store.close()
    return chosen


def _judge(store: Store, n: int, record: Any) -> None:
    if n % 9 == 4:
        store.correct(record.id, record.version, {"qualifier": "toàn quận"}, actor=BINH, reason="theo bản ký")
    elif n % 31 == 7:
        store.reject(record.id, record.version, actor=AN, reason="số thứ tự, không phải số liệu")
    elif n % 13 == 5:
        store.comment(record.id, "Đối chiếu với bản có dấu trước khi nhận.", actor=BINH)
    elif n % 3:
        store.accept(record.id, record.version, actor=AN if n % 2 else BINH)


def take(browser: Any, address: str, language: str, size: str, sentence: int) -> None:
    """All pictures in one language and one size of the window; ``sentence`` is a figure that stands among others."""
    width, height = SIZES[size]
    page = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN").new_page()
    page.set_default_timeout(180_000)
    for name, path, tab in SCREENS:
        asked = path.format(sentence=sentence)
        page.goto(f"{address}{asked}{'&' if '?' in asked else '?'}lang={language}")
        settle(page)
        if tab:
            page.get_by_role("tab", name=re.compile(TABS[language][tab])).click()
            settle(page)
        if name == "review-page":
            page.locator(".page .box.focus").wait_for()
        target = HERE / f"{name}-{language}{size}.png"
        page.screenshot(path=target)
        Image.open(target).convert("RGB").quantize(COLOURS).save(target, optimize=True)
    page.context.close()


def print_workbook() -> None:
    """The first pages of a workbook of series, as LibreOffice prints them."""
    observed = [o for name in SERIES for o in observe(extract(ROOT / "corpus" / name))]
    printed = build_series(observed)
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "series.xlsx"
        write_series(with_derived(printed), book, "xlsx", findings=check_series(printed))
        own = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", folder, str(book)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
        with pypdfium2.PdfDocument(book.with_suffix(".pdf")) as pdf:
            for number, name in PRINTED.items():
                picture = pdf[number - 1].render(scale=1.4).to_pil().convert("RGB")
                picture.quantize(COLOURS).save(HERE / f"{name}.png", optimize=True)


def settle(page: Any) -> None:
    """Waits until the script has run, what it drew is there, and pictures and charts have come in."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(800)  # the grid and the chart draw themselves on a canvas that tells nobody


def main() -> None:
    """Fills a store, serves it, takes the pictures; then the workbook."""
    print_workbook()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "screens.sqlite"
        fill(path)
        sentence = crowded(path)
        with browsing(path) as (address, browser):
            for size in SIZES:
                for language in ("vi", "en"):
                    take(browser, address, language, size, sentence)


if __name__ == "__main__":
    main()
