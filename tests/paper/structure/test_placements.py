"""A stretch of text has its boxes on the paper, and they hold it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from extractor.domain.document import Box, Document, Placement, Remark
from extractor.domain.errors import InvalidInput
from extractor.language import read_figures
from extractor.paper.inspect import inspect_pages, render_page, write_inspection
from extractor.paper.pdf.glyph_widths import _CLASSES, TRUE, measure, places
from extractor.paper.read import read_in_process
from extractor.paper.sandbox.codec import pack, unpack
from extractor.paper.structure.assemble import assemble
from extractor.paper.structure.placements import PAD, boxes_of, place_figures
from extractor.paper.text.reader import read_text
from extractor.pipeline import extract_document
from tests.paper.press import Press

TEXT = (
    "Quý I năm 2023 thu ngân sách ước thực hiện 56.057 triệu đồng, đạt 10,9% kế hoạch năm, bằng 78,3% so cùng "
    "kỳ; tổng chi "
    "ngân sách địa phương ước thực hiện 140.905 triệu đồng, đạt 24,8% kế hoạch năm, bằng 150,3% so với cùng "
    "kỳ năm trước."
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    press = Press().page()
    y, _ = press.paragraph(80, TEXT)
    press.paragraph(y, TEXT)
    path = tmp_path / "bao-cao.pdf"
    path.write_bytes(press.bytes())
    return path


def inside(path: Path, document: Document, start: int, end: int) -> str:
    """What pdfium finds in the boxes of ``start:end``, without spaces."""
    found = ""
    with pypdfium2.PdfDocument(path) as pdf:
        for box in boxes_of(document, start, end)[1]:
            page = pdf[box.page - 1]
            text, height = page.get_textpage(), page.get_height()
            found += text.get_text_bounded(box.x0, height - box.bottom, box.x1, height - box.top)
    return regex.sub(r"\s", "", found.translate({2: "-", 0xFFFE: "-"}))


def test_boxes_hold_every_number(paper: Path) -> None:
    document = read_in_process(paper)
    for match in regex.finditer(r"\d[\d.,]*%?", document.text):
        held = inside(paper, document, *match.span())
        assert match.group() in held
        assert len(held) <= len(match.group()) + 2


@pytest.mark.parametrize("stretch", [0.0, 6.0])
def test_a_box_stands_where_its_words_stand_though_the_line_is_set_wide(tmp_path: Path, stretch: float) -> None:
    path, line = tmp_path / "rong.pdf", "Thu ngân sách 56.057 triệu đồng, chi 4.200 triệu"
    press = Press().page()
    press.text(85, 80, line, stretch=stretch)
    path.write_bytes(press.bytes())
    document = read_in_process(path)
    assert len(document.placements) == 1
    for quote in ("56.057", "4.200"):
        before = document.text[: document.text.index(quote)]
        [box] = boxes_of(document, len(before), len(before) + len(quote))[1]
        left = 85 + measure(before) * 0.014 + before.count(" ") * stretch
        assert box.x0 + PAD == pytest.approx(left, abs=TRUE)
        assert box.x1 - PAD == pytest.approx(left + measure(quote) * 0.014, abs=TRUE)


def test_a_span_over_a_line_end_has_two_boxes(paper: Path) -> None:
    document = read_in_process(paper)
    start = document.text.index("ước thực hiện 140.905") - 30
    page, boxes = boxes_of(document, start, start + 60)
    assert page == 1
    assert len(boxes) == 2
    assert boxes[0].bottom < boxes[1].bottom
    assert boxes[0].x0 > boxes[1].x0


def test_text_without_paper_has_no_boxes() -> None:
    assert boxes_of(Document("Thu 56.057 triệu đồng"), 4, 10) == (None, ())


def test_boxes_hold_every_number_of_the_real_report(shared: Path) -> None:
    path = shared / "reports" / "kien-an-2023-q1.with-table.pdf"
    document = read_in_process(path)
    for match in list(regex.finditer(r"\S*\d\S*", document.text))[::7]:
        assert match.group() in inside(path, document, *match.span())


@pytest.mark.parametrize("slug", ["minh-giang-2023-q1", "dai-khe-2011"])
def test_the_boxes_of_every_figure_drawn_on_its_page_hold_the_quote(slug: str, root: Path) -> None:
    """The boxes cut the quote out of the page image, give or take a letter at its ends, and nothing else.

    Where inside a line a word stands is reckoned from the widths of a book face; these reports are set in a wider one.
    """
    path = root / "corpus" / f"{slug}.pdf"
    document = read_in_process(path)
    figures = extract_document(document).figures
    assert len(figures) > 100
    drawn = [
        Image.open(io.BytesIO(png)).convert("RGB")
        for png in inspect_pages(path, document, [(f.start, f.end) for f in figures], scale=1.0)
    ]
    with pypdfium2.PdfDocument(path) as pdf:
        plain = [page.render(scale=1).to_pil().convert("L") for page in pdf]
    for figure in figures:
        assert figure.boxes, figure.quote
        held = inside(path, document, figure.start, figure.end)
        wanted = regex.sub(r"\s", "", figure.quote)
        assert wanted[1:-1] in held
        assert len(held) <= len(wanted) + 2 * len(figure.boxes)
        for box in figure.boxes:
            area = (int(box.x0), int(box.top), int(box.x1) + 1, int(box.bottom) + 1)
            assert plain[box.page - 1].crop(area).getextrema()[0] < 128, "no ink in the box"
            tint = drawn[box.page - 1].crop(area).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
            assert isinstance(tint, tuple)
            assert tint[2] + 20 < tint[0], "not drawn"


def test_a_page_is_drawn_with_its_figures(paper: Path, tmp_path: Path) -> None:
    document = read_in_process(paper)
    start = document.text.index("56.057")
    plain = Image.open(io.BytesIO(render_page(paper, 1, 1.0))).convert("RGB")
    [png] = inspect_pages(paper, document, [(start, start + 6)], scale=1.0)
    drawn = Image.open(io.BytesIO(png)).convert("RGB")
    assert plain.size == drawn.size == (595, 842)
    [box] = boxes_of(document, start, start + 6)[1]
    yellow = drawn.getpixel((int(box.x0 + 1), int(box.top + 1)))
    assert isinstance(yellow, tuple)
    assert yellow[2] < 220 < yellow[0]
    assert plain.getpixel((int(box.x0 + 1), int(box.top + 1))) == (255, 255, 255)
    [pdf] = write_inspection(paper, document, tmp_path / "out" / "xem.pdf")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert [file.name for file in write_inspection(paper, document, tmp_path / "trang")] == ["bao-cao-001.png"]


def test_what_is_no_pdf_cannot_be_drawn(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("Quý I năm 2023 thu ngân sách 56.057 triệu đồng.", encoding="utf-8")
    with pytest.raises(InvalidInput):
        list(inspect_pages(path, read_in_process(path)))


def test_a_document_travels_whole(paper: Path) -> None:
    document = read_in_process(paper)
    assert unpack(pack(document)) == document
    with pytest.raises((ValueError, TypeError, KeyError)):
        unpack(b'["text", 1]')
    with pytest.raises((ValueError, TypeError, KeyError)):
        unpack(b"\xff")


@pytest.mark.parametrize(
    ("printed", "unsure", "is_doubted"),
    [
        ("Đúng hạn 301 hồ sơ (99,5%), quá hạn 17 hồ sơ (0,3%0), còn 31 hồ sơ.", "(0,3%0),", True),
        ("quỹ Vì người nghèo 17 hồ sơ, vực* 4% K; còn 31 hồ sơ.", "4%", True),
        ("Đúng hạn 301 hồ sơ, quá hạn 17 hồ sơ; (0,3%0), còn 31 hồ sơ.", "(0,3%0)", False),
        ("quá hạn 17 hồ sơ, còn 31 hồ sơ.", "31", False),
        ("quá hạn 17 hồ sơ, giảm 4% so với cùng kỳ.", "kỳ.", False),
    ],
)
def test_a_number_that_was_not_read_behind_a_figure_may_be_its_comparison(
    printed: str, unsure: str, is_doubted: bool
) -> None:
    document = assemble(read_text(printed))
    at = document.text.index(unsure)
    seen = (Placement(0, len(printed), Box(1, 0, 0, 9, 9), 0.9),)
    document = replace(document, placements=seen, remarks=(Remark(at, at + len(unsure), "low_confidence"),))
    figures = place_figures(read_figures(document, report_period="2023")[0], document)
    assert [("low_confidence" in f.doubts) for f in figures if f.quote == "17 hồ sơ"] == [is_doubted]


@given(st.text(max_size=40))
def test_places_rise_from_nothing_to_one(text: str) -> None:
    found = places(text)
    assert len(found) == len(text) + 1
    assert list(found) == sorted(found)
    assert found[0] == 0.0
    assert found[-1] == (1.0 if measure(text) else 0.0)


def test_a_letter_has_one_width() -> None:
    letters = "".join(_CLASSES.values())
    assert len(letters) == len(set(letters))
