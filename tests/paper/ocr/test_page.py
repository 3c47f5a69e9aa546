"""Scanned pages: set straight, recognised where Tesseract is there, marks of notes recovered, doubt kept."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from extractor.domain.document import Result
from extractor.paper.layout.footnote_zone import split_notes
from extractor.paper.layout.lines import find_lines
from extractor.paper.ocr.skew_and_rulings import find_tilt, mend
from extractor.paper.ocr.tesseract import ScanLine, Word, find_tesseract, read_hocr
from extractor.paper.pdf.page_model import Rule, Run, Sheet
from extractor.paper.pdf.reader import read_sheets
from extractor.paper.read import read_document
from tests.paper.press import Press

program = find_tesseract()
needs_tesseract = pytest.mark.skipif(
    program is None or not program.vietnamese, reason="no Tesseract with Vietnamese here"
)


def page_of_bars(degrees: float) -> Image.Image:
    image = Image.new("L", (1200, 1700), 255)
    draw = ImageDraw.Draw(image)
    for y in range(150, 1550, 40):
        draw.rectangle((150, y, 1050, y + 14), fill=0)
    return image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)


@pytest.mark.parametrize("degrees", [0.0, 0.6, -1.2, 2.0, 4.0, -6.5])
def test_a_tilted_page_is_set_straight(degrees: float) -> None:
    assert find_tilt(page_of_bars(degrees)) == pytest.approx(-degrees, abs=0.15)


def test_boxes_are_tilted_back_to_the_page_as_it_was_scanned() -> None:
    level = Sheet(1, 600, 800).box(500, 100, 520, 110)
    tilted = Sheet(1, 600, 800, tilt=1.0).box(500, 100, 520, 110)
    assert tilted.x0 - level.x0 == pytest.approx(5.2, abs=0.6)
    assert tilted.top - level.top == pytest.approx(3.6, abs=0.6)


def test_broken_rulings_are_mended() -> None:
    strokes = [Rule(80, 200, 100.0), Rule(215, 400, 100.5), Rule(80, 400, 300.0), Rule(405, 500, 101.0)]
    assert [(rule.start, rule.end) for rule in mend(strokes)] == [(80, 500), (80, 400)]


def seen(y: float, text: str, *, x: float = 85.0, size: float = 13.0, sure: float = 0.9) -> list[Run]:
    runs = []
    for word in text.split(" "):
        wide = 0.5 * size * len(word)
        runs.append(Run(word + " ", x, x + wide, y - 0.7 * size, y, y, size, font="ocr", confidence=sure))
        x += wide + 0.25 * size
    return runs


def test_marks_that_came_out_as_quotes_and_stars_are_recovered() -> None:
    runs = (
        seen(100, "Thu ngân sách đạt 78,3% so cùng kỳ”. Tập trung")
        + seen(118, "thực hiện mô hình “Chợ dân sinh” theo dự định°, đạt kết quả.")
        + seen(700, "'Thuế ngoài quốc doanh 27.185 triệu đồng.", size=9)
        + seen(712, "*Kết quả có 01 ý kiến của Ngân hàng", size=9)
        + seen(724, "chính sách xã hội.", size=9)
    )
    lines = find_lines(runs)
    body, notes = split_notes(lines, [Rule(85, 228, 688)], 13, open_note=False, number=4)
    assert [(note.mark, len(note.lines)) for note in notes] == [("4", 1), ("5", 2)]
    assert notes[0].lines[0].text == "Thuế ngoài quốc doanh 27.185 triệu đồng."
    assert body[0].text == "Thu ngân sách đạt 78,3% so cùng kỳ. Tập trung"
    assert "“Chợ dân sinh” theo dự định, đạt" in body[1].text
    assert [mark for line in body for _, mark in line.marks] == ["4", "5"]


def test_words_read_with_doubt_say_so() -> None:
    sheet = Sheet(1, 595, 842, seen(100, "Thu ngân sách") + seen(100, "56.057", x=300, sure=0.4))
    [piece] = read_sheets([sheet]).pieces
    assert [(piece.text[r.start : r.end], r.code) for r in piece.remarks] == [("56.057", "low_confidence")]
    assert min(placement.confidence for placement in piece.placements) == 0.4


def scan_of(press: Press, path: Path) -> Path:
    with pypdfium2.PdfDocument(press.bytes()) as pdf:
        picture = pdf[0].render(scale=200 / 72, grayscale=True).to_pil()
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=200)
    path.write_bytes(out.getvalue())
    return path


HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
    "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
 <head>
  <title></title>
  <meta http-equiv="Content-Type" content="text/html;charset=utf-8"/>
 </head>
 <body>
  <div class='ocr_page' id='page_1' title='image "stdin"; bbox 0 0 2482 3509; ppageno 0; scan_res 300 300'>
   <div class='ocr_separator' id='block_1_1' title="bbox 1222 300 1400 303"></div>
   <div class='ocr_carea' id='block_1_2' title="bbox 510 210 2200 523">
    <p class='ocr_par' id='par_1_1' lang='vie' title="bbox 510 210 2200 523">
     <span class='ocr_header' title="bbox 513 210 2200 287; baseline 0.005 -18; x_size 60; x_descenders 11">
      <span class='ocrx_word' title='bbox 513 221 588 269; x_wconf 96'><strong><em>Ủ&lt;Y&amp;lt;</em></strong></span>
      <span class='ocrx_word' title='bbox 603 232 714 269; x_wconf 91' lang='eng'>&#39;B<em>A</em>N&quot;</span>
     </span>
     <span class='ocr_line' title="bbox 513 310 2200 387">
      <span class='ocrx_word' title='bbox 513 321 588 369; x_wconf 50'>3%o</span>
      <span class='ocrx_word' title='bbox 603 321 714 369; x_wconf 50'>(@®%)</span>
      <span class='ocrx_word' title='bbox 803 321 914 369; x_wconf 50'>®)</span>
     </span>
    </p>
   </div>
  </div>
  <div class='ocr_page' id='page_2' title='image "stdin"; bbox 0 0 2482 3509; ppageno 1; scan_res 300 300'>
  </div>
 </body>
</html>
"""


def test_hocr_pages_lines_words() -> None:
    head = ScanLine(
        513, 269, 0.005, 60, [Word("Ủ<Y&lt;", 513, 221, 588, 269, 0.96), Word("'BAN\"", 603, 232, 714, 269, 0.91)]
    )
    ringed = [Word("(%)", 603, 321, 714, 369, 0.5), Word("(%)", 803, 321, 914, 369, 0.5)]
    plain = ScanLine(513, 387, 0, 40, [Word("3‰", 513, 321, 588, 369, 0.5), *ringed])
    assert read_hocr(HOCR.encode()) == [[head, plain], []]


@pytest.mark.parametrize(("printed", "word"), [("3%o", "3‰"), ("%o", "‰"), ("(%0)", "(‰)"), ("ha%o", "ha%o")])
def test_a_sign_of_thousandths_is_one_behind_a_number_or_alone(printed: str, word: str) -> None:
    assert read_hocr(HOCR.replace("3%o", printed).encode())[0][1].words[0].text == word


@pytest.mark.parametrize("printed", ["", "\n", "Error in pixReadStream", "<!-- -->"])
def test_hocr_without_pages_has_no_lines(printed: str) -> None:
    assert read_hocr(printed.encode()) == []


@pytest.mark.parametrize(
    ("end", "words"), [("Ủ&lt;", []), ("wconf 91", ["Ủ<Y&lt;"]), ("</p>", ["Ủ<Y&lt;", "'BAN\"", "3‰", "(%)", "(%)"])]
)
def test_hocr_cut_short_has_no_half_word(end: str, words: list[str]) -> None:
    pages = read_hocr(HOCR[: HOCR.index(end) + len(end)].encode())
    assert [word.text for page in pages for line in page for word in line.words] == words


@needs_tesseract
def test_a_scan_is_read(tmp_path: Path) -> None:
    press = Press().page()
    press.paragraph(
        100, "Thu cho con em trong nam 2023 la 56.057 dong, bang 78,3 so cung nam; chi ra 140.905 dong trong nam."
    )
    document = read_document(scan_of(press, tmp_path / "quet.pdf"))
    assert "56.057" in document.text
    assert "140.905" in document.text
    assert document.report.result in {Result.READ, Result.NOT_A_REPORT}
    start = document.text.index("56.057")
    [placement] = [p for p in document.placements if p.start <= start < p.end]
    assert 85 < placement.box.x0 < 540
    assert 80 < placement.box.top < 130
    assert 0 < placement.confidence < 1


def test_recognised_words_whose_boxes_overlap_stay_words_and_no_digit_becomes_a_mark() -> None:
    runs = [*seen(100, "ngày công huy động", x=85.0), *seen(100, "3.150 ngày", x=200.0)]
    runs[3] = runs[3]._replace(x1=201.5)
    [line] = find_lines(runs)
    assert line.text == "ngày công huy động 3.150 ngày"
    assert line.marks == []
