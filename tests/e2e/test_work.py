"""Whole errands in a real browser: bring in a PDF, add what was missed, accept many, meet a colleague, an attack."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from extractor.archive.row_types import Filter, Role, State
from extractor.archive.store import Store
from extractor.domain.extraction import Extraction
from extractor.domain.figure import Figure
from tests.archive.sample import Draft, build
from tests.e2e.conftest import new_context, open_figure, settle, sync_api
from tests.waiting import starts_processes, until

pytestmark = starts_processes


def open_at(page: Any, server: Any, path: str) -> None:
    page.goto(f"{server.url}/{path}")
    settle(page)


@pytest.fixture
def paper(store: Store, root: Path) -> int:
    """A real PDF of the corpus, read by the machine."""
    from extractor.pipeline import extract

    file = root / "corpus" / "minh-giang-2023-q1.pdf"
    return store.add_extraction(extract(file), file, actor=next(iter(store.people()))).item_id


def test_a_pdf_is_imported_and_opened_on_its_page(window: Any, server: Any, store: Store, root: Path) -> None:
    open_at(window, server, "importing")
    window.locator('input[type="file"]').set_input_files(str(root / "corpus" / "minh-giang-2023-q1.pdf"))
    window.get_by_test_id("stFileUploaderFile").or_(window.get_by_test_id("stFileChip")).first.wait_for()
    window.get_by_role("button", name="Nhập các tệp đã chọn").click()
    window.get_by_text("Xong 1 tệp").wait_for()
    item = next(i for i in store.items() if i.number != "12/BC-UBND")
    assert store.progress(item.id).total > 50
    open_figure(window, server, f"?report={item.id}&order=place")
    window.locator(".page .box.focus").first.wait_for()
    image = window.locator(".page img")
    assert image.evaluate("async i => { await i.decode(); return i.naturalWidth }") > 600
    frame, inside = image.bounding_box(), window.locator(".page .box.focus").first.bounding_box()
    assert frame is not None
    assert inside is not None
    assert frame["x"] < inside["x"] < frame["x"] + frame["width"]


@pytest.mark.parametrize(
    ("language", "kind", "size"),
    [
        ("vi", "Không nhận: chỉ đọc tệp PDF, Word", "Không nhận: tệp phải dưới 20.0MB."),
        ("en", "Not taken: only PDF, Word", "Not taken: the file must be 20.0MB or smaller."),
    ],
)
def test_why_a_file_is_not_taken_stands_on_the_page(
    window: Any, server: Any, tmp_path: Path, language: str, kind: str, size: str
) -> None:
    open_at(window, server, f"importing?lang={language}")
    for name, length in (("bang.dbf", 9), ("qua-lon.pdf", 20 * 2**20 + 1)):
        (tmp_path / name).write_bytes(bytes(length))
    field = window.locator('input[type="file"]')
    field.set_input_files([str(tmp_path / "bang.dbf"), str(tmp_path / "qua-lon.pdf")])
    for words in (kind, size):
        told = window.get_by_role("alert").filter(has_text=words)
        told.wait_for()
        inside, chips = told.bounding_box(), window.get_by_test_id("stFileChips").bounding_box()
        assert inside is not None
        assert chips is not None
        assert inside["height"] > 10  # said where it can be seen, not to screen readers only
        assert chips["x"] <= inside["x"]
        assert inside["x"] + inside["width"] <= chips["x"] + chips["width"]
        assert inside["y"] + inside["height"] <= chips["y"] + chips["height"]


def test_a_page_image_needs_its_signature(window: Any, server: Any, paper: int) -> None:
    open_figure(window, server, f"?report={paper}&order=place")
    window.locator(".page .box.focus").first.wait_for()
    address = window.locator(".page img").get_attribute("src")
    assert window.request.get(f"{server.url}{address}").status == 200
    wrong = address.replace(address.split("/")[-1][:8], "0" * 8)
    assert window.request.get(f"{server.url}{wrong}").status == 401
    other = address.split("/")
    other[3] = str(int(other[3]) + 1)
    assert window.request.get(f"{server.url}{'/'.join(other)}").status == 401
    assert window.request.get(f"{server.url}{address}", headers={"Host": "evil.example"}).status == 400


def test_selecting_text_adds_a_missed_figure(window: Any, server: Any, store: Store) -> None:
    item = store.items()[0]
    open_at(window, server, f"report?report={item.id}")
    loose = window.locator("mark.unexplained")  # the 12 that the machine could not place
    loose.wait_for()
    loose.evaluate(
        """run => {
            const range = document.createRange();
            range.setStart(run.firstChild, 0); range.setEnd(run.nextSibling.firstChild, 3);
            const chosen = getSelection(); chosen.removeAllRanges(); chosen.addRange(range);
            run.closest(".viewer").dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
        }"""
    )
    window.get_by_role("button", name="Thêm số liệu").wait_for()
    window.get_by_label("Chỉ tiêu").fill("Hộ kinh doanh tăng thêm")
    window.get_by_role("button", name="Thêm số liệu").click()
    window.get_by_text("Đã thêm 12 hộ").wait_for()
    added = store.queue(Filter(states=(State.ADDED,)))[0]
    text = store.reading_of(item.id).text
    assert (added.quote, text[added.start : added.end], added.value) == ("12 hộ", "12 hộ", Decimal(12))


def test_bulk_acceptance_in_the_browser(window: Any, server: Any, store: Store) -> None:
    open_at(window, server, "table")
    window.get_by_role("button", name="Chấp nhận hàng loạt").click()
    window.get_by_text("Sẽ chấp nhận 9 số liệu").wait_for()
    assert store.progress().reviewed == 0
    now = window.get_by_role("button", name="Chấp nhận 9 số liệu này")
    assert now.is_disabled()
    window.get_by_text("Tôi đã đọc 5 câu mẫu trên").click()
    settle(window)
    now.click()
    window.get_by_text("Đã chấp nhận 9 số liệu.").wait_for()
    assert store.progress().reviewed == 9
    assert len(store.events(kinds=["bulk"])) == 9
    assert store.events(kinds=["accept"]) == []
    window.get_by_role("button", name="Hoàn tác lượt chấp nhận 9 số liệu").click()
    window.get_by_text("Đã hoàn tác 9 số liệu.").wait_for()
    assert store.progress().reviewed == 0


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1600, 1000)])
def test_the_grid_is_as_high_as_the_screen_leaves_it(window: Any, server: Any, width: int, height: int) -> None:
    window.set_viewport_size({"width": width, "height": height})
    open_at(window, server, "table")
    for button in ("Lưu", "số liệu này"):
        below = window.get_by_role("button", name=button).first
        below.wait_for()
        window.wait_for_function("document.querySelector('[data-testid=stDataFrame] canvas')")
        settle(window)
        grid, found = window.get_by_test_id("data-grid-canvas").first.bounding_box(), below.bounding_box()
        assert grid is not None
        assert found is not None
        assert grid["height"] > (0.65 if button == "Lưu" else 0.35) * height
        assert height - 40 < found["y"] + found["height"] <= height
        if button == "Lưu":
            window.get_by_role("button", name="Chấp nhận hàng loạt").click()
        else:
            sample = window.locator(".st-key-sample .notes").bounding_box()
            assert sample is not None
            assert grid["y"] + grid["height"] <= sample["y"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_button_of_a_narrow_window_is_cut(window: Any, server: Any, store: Store, language: str) -> None:
    store.choose(next(iter(store.people())), "tour", 1)
    window.set_viewport_size({"width": 720, "height": 900})
    for screen in ("", "table", "shelf"):
        open_at(window, server, f"{screen}?lang={language}")
        window.get_by_test_id("stPopoverButton").or_(window.get_by_role("checkbox")).first.wait_for()
        cut = "[...document.querySelectorAll('button p, .st-key-tour p')].filter(e => e.scrollWidth > e.clientWidth)"
        assert window.evaluate(f"{cut}.map(e => e.textContent)") == []
        told = window.locator(".st-key-tour [data-testid=stText], .st-key-tour button")
        if not screen:
            told.nth(2).wait_for()  # a busy server draws them one after another
        places = told.evaluate_all(
            "all => all.map(e => e.getBoundingClientRect()).map(b => [b.left, b.right, b.top, b.bottom])"
        )
        assert len(places) == (0 if screen else 3)
        assert all(0 <= left < right <= 720 for left, right, _, _ in places)
        assert all(a[1] <= b[0] and a[2] < b[3] and b[2] < a[3] for a, b in pairwise(places))


HIDDEN = """() => [...document.querySelectorAll(".card input")].filter(input => {
    document.querySelector(".card").focus();
    document.querySelector('[data-testid="stMain"]').scrollTop = 0;
    input.focus();
    const { x, y, width, height } = input.getBoundingClientRect();
    return document.elementFromPoint(x + width / 2, y + height - 2) !== input;
}).map(input => input.id)"""


@pytest.mark.parametrize("height", [768, 600])
def test_no_field_that_is_typed_in_lies_under_the_buttons(window: Any, server: Any, height: int) -> None:
    window.set_viewport_size({"width": 1366, "height": height})
    open_figure(window, server)
    window.keyboard.press("m")
    window.locator("#card-bound").wait_for()
    assert window.evaluate(HIDDEN) == []


def test_what_is_typed_in_the_grid_waits_there(window: Any, server: Any, store: Store) -> None:
    first = store.queue(Filter(order="place"))[0]
    open_at(window, server, "table?order=place")
    window.wait_for_function("document.querySelector('[data-testid=stDataFrame] canvas')")
    settle(window)
    window.get_by_test_id("stDataFrame").first.dblclick(position={"x": 680, "y": 35 + 17})  # the value of the first row
    editor = window.locator("#portal textarea, #portal input").first
    editor.fill("77,5")
    editor.press("Enter")
    save = window.get_by_role("button", name="Lưu 1 dòng đã sửa")
    save.wait_for()
    window.get_by_role("link", name="Kho").click()
    window.locator(".shelf table").wait_for()
    window.get_by_role("link", name="Bảng").click()
    save.click()
    until(lambda: store.record(first.id).value == Decimal("77.5"))


def test_a_period_of_two_dates_is_read_whole(window: Any, server: Any, store: Store) -> None:
    report = replace(Draft().report, number="13/BC-UBND", period="2022-11-20/2023-10-15")
    extraction, content = build(report=report, content=b"hai ngay")
    kept = store.add_extraction(extraction, content, actor=next(iter(store.people())))
    labels = {"vi": ("Kỳ", "20/11/2022 – 15/10/2023"), "en": ("Period", "2022-11-20 – 2023-10-15")}
    for language, (label, words) in labels.items():
        open_figure(window, server, f"?report={kept.item_id}&lang={language}")
        field = window.get_by_label(label, exact=True).first
        assert field.input_value() == words
        assert field.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_an_export_opens_again_with_true_numbers(window: Any, server: Any, store: Store, tmp_path: Path) -> None:
    import openpyxl

    record = store.queue(Filter(words="162.409"))[0]
    store.accept(record.id, 0, actor=next(iter(store.people())))
    open_at(window, server, "table?state=all")
    window.get_by_role("button", name="Xuất").click()
    listed = window.locator("label").filter(has_text="Chỉ danh sách đang xem")
    listed.click()
    window.get_by_text("11 số liệu chưa duyệt của danh sách cũng được xuất.").wait_for()
    listed.click()
    window.get_by_text("11 số liệu chưa duyệt không được xuất.").wait_for()  # by default what nobody has judged stays
    with window.expect_download() as download:
        window.get_by_role("button", name="Lưu tệp").click()
    target = tmp_path / "out.xlsx"
    download.value.save_as(target)
    book = openpyxl.load_workbook(target)
    cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert 162409 in cells
    book.close()


def test_two_browsers_on_one_figure_meet_and_lose_nothing(window: Any, browser: Any, server: Any, store: Store) -> None:
    record = store.queue(Filter(words="162.409"))[0]
    open_figure(window, server, f"?id={record.id}")
    window.get_by_label("Giá trị", exact=True).wait_for()
    other = new_context(browser, locale="en-US")
    second = other.new_page()
    open_figure(second, server, f"?id={record.id}&lang=en")
    second.get_by_label("Value", exact=True).fill("162.410")
    second.get_by_label("Value", exact=True).press("Enter")
    second.get_by_text("Correction saved").wait_for()
    window.get_by_label("Giá trị", exact=True).fill("162.411")
    window.get_by_label("Giá trị", exact=True).press("Enter")
    window.get_by_text("Bản ghi đã đổi từ khi bạn mở").wait_for()
    window.get_by_text("162.411").wait_for()  # what was typed is shown, not lost
    field = window.get_by_label("Giá trị", exact=True)
    sync_api.expect(field.first).to_have_value("162.410")
    sync_api.expect(field).to_have_count(1)  # the card that was typed into is gone
    assert store.record(record.id).value == Decimal(162410)
    assert store.verify() == []
    other.close()


def test_a_colleagues_lease_keeps_their_figure_off_the_list(page: Any, server: Any, store: Store) -> None:
    me = next(iter(store.people()))
    store.admit("chi", Role.REVIEWER, by=me)
    first, after = store.review_order(store.items()[0].id)[:2]
    second = store.record(after)
    assert store.lease([second.id], actor="chi") == {}
    page.keyboard.press("Enter")
    page.wait_for_function(f"new URLSearchParams(location.search).get('id') !== '{first}'")
    assert parse_qs(urlparse(page.url).query)["id"] != [str(second.id)]
    open_figure(page, server, f"?id={second.id}")
    page.get_by_text("chi đang mở số liệu này").wait_for()


ATTACKS = (
    "<img src=x onerror=\"fetch('http://127.0.0.1:9/img')\">",
    "![x](http://127.0.0.1:9/md)",
    "[x](javascript:fetch('http://127.0.0.1:9/js'))",
    "<script>fetch('http://127.0.0.1:9/script')</script>",
    '=HYPERLINK("http://127.0.0.1:9/xlsx")',
    ":red[x] $x^2$ <svg onload=fetch('http://127.0.0.1:9/svg')>",
)


def poison(attack: str, number: int) -> tuple[Extraction, bytes]:
    front = replace(
        Draft().report, title=attack, number=f"{number}/{attack}", issuer=attack, area=attack, signatory=attack
    )
    extraction, content = build(report=front, name=f"{attack}.pdf", content=attack.encode())
    figures = tuple(_poisoned(figure, attack) for figure in extraction.figures)
    findings = tuple(replace(f, message=attack) for f in extraction.findings)
    sections = tuple(replace(s, title=attack) for s in extraction.sections)
    return replace(
        extraction, figures=figures, findings=findings, document=replace(extraction.document, sections=sections)
    ), content


def _poisoned(figure: Figure, attack: str) -> Figure:
    return replace(figure, unit=attack, indicator=attack, qualifier=attack, doubts=(attack,), parent=attack)


def test_what_a_report_says_never_runs(window: Any, server: Any, store: Store) -> None:
    me = next(iter(store.people()))
    for number, attack in enumerate(ATTACKS):
        extraction, content = poison(attack, number)
        store.add_extraction(extraction, content, actor=me)
        store.comment(store.queue(Filter(words=attack))[0].id, attack, actor=me)
    asked: list[str] = []
    spoke: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    window.on("dialog", lambda dialog: (spoke.append(dialog.message), dialog.dismiss()))
    for item in store.items():
        first = store.queue(Filter(item=item.id))[0]
        for path in (f"?id={first.id}", f"report?report={item.id}", f"table?report={item.id}"):
            open_at(window, server, path)
    for path in ("importing", "series?all=1", "catalogue", "quality"):
        open_at(window, server, path)
    window.wait_for_load_state("networkidle")
    assert [url for url in asked if ":9/" in url] == []
    assert [
        url for url in asked if not url.startswith((server.url, "data:", "blob:", server.url.replace("http", "ws")))
    ] == []
    assert spoke == []


@pytest.mark.parametrize("view", ["page", "text"])
def test_a_missed_figure_is_added_beside_the_source_it_is_seen_in(
    window: Any, server: Any, store: Store, paper: int, view: str
) -> None:
    open_figure(window, server, f"?report={paper}&order=place&view={view}")
    record_id = parse_qs(urlparse(window.url).query)["id"][0]
    runs = window.locator(".page .letters span" if view == "page" else ".sheet span")
    runs.first.wait_for(state="attached")
    words = runs.evaluate_all(
        """runs => {
            const run = runs.find(one => /\\d/.test(one.textContent));
            const at = run.textContent.search(/\\d/);
            const range = document.createRange();
            range.setStart(run.firstChild, at); range.setEnd(run.firstChild, at + 1);
            const chosen = getSelection(); chosen.removeAllRanges(); chosen.addRange(range);
            run.closest(".viewer").dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
            return run.textContent[at];
        }"""
    )
    window.get_by_role("button", name="Thêm số liệu ở đây").click()
    window.get_by_text("Thêm số liệu máy bỏ sót").wait_for()  # the card before it has a field of the same name
    window.locator(".card").wait_for(state="detached")
    window.get_by_label("Chỉ tiêu").fill("Số bỏ sót")
    window.get_by_role("button", name="Thêm số liệu").click()
    window.get_by_text("Đã thêm").wait_for()
    [added] = store.queue(Filter(states=(State.ADDED,)))
    assert (added.quote, added.indicator, added.item_id) == (words, "Số bỏ sót", paper)
    assert parse_qs(urlparse(window.url).query)["id"][0] == record_id
