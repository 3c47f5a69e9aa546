"""Tables without rulings on a scanned page: white shows their cells, and a name stays beside its number."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from extractor.paper.ocr.tesseract import ScanLine, Word
from extractor.paper.ocr.unruled_cells import find_unruled, levelled
from extractor.paper.read import read_document
from tests.paper.ocr.test_page import needs_tesseract, scan_of
from tests.paper.press import Press
from tests.paper.tables.test_wrapped import ROWS, XS, heads, laid

SCALE = 200 / 72


def printed() -> Press:
    press = Press().page()
    press.paragraph(80, "Kết quả xử lý vi phạm trên địa bàn tỉnh quý III năm 2023 như sau:")
    heads(press, 130)
    bottom = laid(press, 160, gap=28)
    press.paragraph(
        bottom + 10, "Trên đây là kết quả xử lý vi phạm quý III năm 2023 trên địa bàn tỉnh, báo cáo để biết."
    )
    return press


def picture_of(press: Press) -> Image.Image:
    return pypdfium2.PdfDocument(press.bytes())[0].render(scale=SCALE).to_pil().convert("L")


def numbers(columns: int) -> list[ScanLine]:
    """What recognition is sure to see of the rows: their numbers, in so many columns."""
    lines, y = [], 160.0
    for names, values in ROWS:
        foot = y + 6.5 * (len(names) - 1)
        words = [
            Word(text, x * SCALE, (foot - 8) * SCALE, (x + 25) * SCALE, foot * SCALE, 0.9)
            for x, text in zip((220, 300, 380)[:columns], values, strict=False)
        ]
        lines.append(ScanLine(words[0].x0, foot * SCALE, 0.0, 11 * SCALE, words))
        y += 13 * (len(names) - 1) + 28
    return lines


def test_white_parts_the_columns_and_each_name_is_one_cell() -> None:
    [table] = find_unruled(picture_of(printed()), numbers(3))
    lefts = sorted({round(cell[0] / SCALE / 10) for cell in table.cells})
    values = [cell for cell in table.cells if cell[0] / SCALE > XS[1] - 10]
    assert len(lefts) == 4
    assert len(values) == 3 * (len(ROWS) + 1)
    assert len(table.cells) - len(values) >= len(ROWS) + 1


@pytest.mark.parametrize(("columns", "rows"), [(1, 4), (3, 2)])
def test_one_column_of_numbers_or_two_rows_are_no_table(columns: int, rows: int) -> None:
    assert find_unruled(picture_of(printed()), numbers(columns)[:rows]) == []


def test_a_head_over_several_columns_belongs_to_the_table_and_a_title_does_not() -> None:
    press = Press().page()
    press.paragraph(80, "Kết quả xử lý vi phạm trên địa bàn tỉnh quý III năm 2023 như sau:")
    press.text(XS[1] + 10, 121, "Quý III so với cùng kỳ", size=9)
    for x, words in zip(XS, ("Nội dung", "Năm 2022", "Năm 2023", "Tỷ lệ (%)"), strict=False):
        press.text(x, 140, words, size=9)
    laid(press, 165, gap=28)
    [table] = find_unruled(picture_of(press), numbers(3))
    _, top, _, _ = table.box
    assert 105 < top / SCALE < 121
    over = [cell for cell in table.cells if cell[1] / SCALE < 122 and cell[3] / SCALE > 118]
    assert [cell[0] / SCALE < XS[1] + 12 and cell[2] / SCALE > XS[2] + 5 for cell in over] == [True]


def test_what_is_left_of_a_tilt_does_not_part_a_row() -> None:
    cells = [
        ScanLine(x, 100.0 + 40 * row + x * 0.003, 0.0, 30.0, [Word("1,5", x, 80, x + 50, 100, 0.9)])
        for row in range(3)
        for x in (0.0, 400.0, 800.0, 1200.0)
    ]
    feet = sorted(round(line.baseline, 1) for line in levelled(cells))
    assert feet == [100.0] * 4 + [140.0] * 4 + [180.0] * 4


@needs_tesseract
def test_a_scanned_table_without_rulings_keeps_its_rows(tmp_path: Path) -> None:
    document = read_document(scan_of(printed(), tmp_path / "scan.pdf"))
    [table] = document.tables
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(document.text[cell.start : cell.end])
    assert [row[1:] for row in rows.values()][1:] == [values for _, values in ROWS]
    assert [row[0].count(" ") for row in rows.values()][1:] == [sum(map(len, map(str.split, n))) - 1 for n, _ in ROWS]


def test_rows_that_recognition_lost_between_two_aligned_ones_part_no_table() -> None:
    first, second, _, last = numbers(3)
    assert len(find_unruled(picture_of(printed()), [first, second, last])) == 1


def test_years_and_numbers_of_a_title_begin_no_rows() -> None:
    title = ScanLine(60 * SCALE, 84 * SCALE, 0.0, 11 * SCALE, [Word("17.", 80 * SCALE, 150, 90 * SCALE, 170, 0.9)])
    years = [
        Word(year, x * SCALE, 125 * SCALE, (x + 25) * SCALE, 133 * SCALE, 0.9)
        for year, x in (("2022", 225), ("2023", 305))
    ]
    head = ScanLine(years[0].x0, 133 * SCALE, 0.0, 11 * SCALE, years)
    [table] = find_unruled(picture_of(printed()), [title, head, *numbers(3)])
    assert table.box[1] / SCALE > 100


def test_the_name_of_a_group_over_two_columns_parts_neither() -> None:
    press = Press().page()
    heads(press, 130)
    press.text(XS[0], 160, "II. TRẬT TỰ, AN TOÀN XÃ HỘI TRÊN ĐỊA BÀN", size=11)
    laid(press, 190, gap=28)
    lines = [
        replace(
            line,
            baseline=line.baseline + 30 * SCALE,
            words=[replace(word, top=word.top + 30 * SCALE, bottom=word.bottom + 30 * SCALE) for word in line.words],
        )
        for line in numbers(3)
    ]
    [table] = find_unruled(picture_of(press), lines)
    lefts = {round(cell[0] / SCALE / 10) for cell in table.cells if cell[1] > 200 * SCALE}
    assert len(lefts) == 4


def test_a_caption_is_above_its_table_however_near() -> None:
    press = Press().page()
    press.text(XS[0] + 60, 112, "Biểu 4. Trật tự xã hội", size=11)
    heads(press, 130)
    laid(press, 160, gap=28)
    words = [Word(w, 120 * SCALE, 104 * SCALE, 140 * SCALE, 113 * SCALE, 0.9) for w in ("Biểu", "4.")]
    caption = ScanLine(120 * SCALE, 113 * SCALE, 0.0, 11 * SCALE, words)
    [table] = find_unruled(picture_of(press), [caption, *numbers(3)])
    assert table.box[1] / SCALE > 113


def test_brackets_do_not_put_a_cell_on_a_line_of_its_own() -> None:
    cells = [
        ScanLine(x, foot, 0.0, 30.0, [Word("(%)", x, foot - 20, x + 50, foot, 0.9)])
        for x, foot in ((0.0, 100.0), (400.0, 105.0), (800.0, 100.0), (0.0, 115.0), (400.0, 140.0))
    ]
    assert [line.baseline for line in levelled(cells)] == [100.0, 100.0, 100.0, 115.0, 140.0]
