"""A row that the end of a page cuts: the rest of its name opens the next page."""

from __future__ import annotations

import pytest

from extractor.paper.pdf.reader import read_pdf
from tests.paper.press import Press
from tests.paper.tables.test_ruled import rows_of

XS = (60, 200, 280, 360)


def table_over_pages(last: str, rest: str, *, bold: bool = False, top: float = 56) -> list[list[str]]:
    """The rows of a table without rulings whose last row on the first page is called ``last``; ``rest`` follows it."""
    press = Press().page()
    for x, words in zip(XS, ("Mặt hàng", "2021", "2022", "2023"), strict=True):
        press.text(x, 560, words, size=11)
    names = [("Gạo, ngô và các loại", "lương thực"), ("Xăng, dầu", ""), ("Hàng may mặc, giày", "dép"), (last, "")]
    y = 600.0
    for n, (name, more) in enumerate(names):
        press.text(XS[0], y, name, size=11)
        press.text(XS[0], y + 13, more, size=11)
        for x, words in zip(XS[1:], (f"1{n},5", f"2{n},5", f"3{n},5"), strict=True):
            press.text(x, y + (6.5 if more else 0), words, size=11)
        y += 46 if more else 33
    press.page()
    press.text(XS[0], top, rest, size=11, bold=bold)
    for n, name in enumerate(("Đồ gỗ", "Ô tô", "Sửa chữa")):
        for x, words in zip(XS, (name, f"4{n},5", f"5{n},5", f"6{n},5"), strict=True):
            press.text(x, 100 + 34 * n, words, size=11)
    grids = [piece.grid for piece in read_pdf(press.bytes()).pieces if piece.grid]
    assert len(grids) == 1
    return rows_of(grids[0])


@pytest.mark.parametrize("rest", ["huyện Minh Lộc", "- huyện Minh Lộc"])
def test_the_rest_of_a_name_that_filled_its_line_goes_back_to_its_row(rest: str) -> None:
    rows = table_over_pages("Vật phẩm văn hóa của", rest)
    assert rows[4][0] == f"Vật phẩm văn hóa của {rest}"
    assert rows[5] == ["Đồ gỗ", "40,5", "50,5", "60,5"]


@pytest.mark.parametrize("top", [56, 40])
@pytest.mark.parametrize(("last", "bold"), [("Vật phẩm", False), ("Vật phẩm văn hóa của", True)])
def test_the_name_of_a_group_opens_a_page_where_the_last_name_had_room_or_other_letters(
    last: str, bold: bool, top: float
) -> None:
    rows = table_over_pages(last, "Huyện Minh Lộc", bold=bold, top=top)
    assert rows[4][0] == last
    assert rows[5][0] == "Huyện Minh Lộc"


@pytest.mark.parametrize("more", [("Nơi nhận: lưu văn thư",), ()])
def test_two_rows_on_the_next_page_go_on_with_the_table(more: tuple[str, ...]) -> None:
    press = Press().page()
    for n, row in enumerate(
        [("Mặt hàng", "2021", "2022", "2023"), *((f"Gạo {c}", "12,5", "9", "7,1") for c in "abcd")]
    ):
        for x, words in zip(XS, row, strict=True):
            press.text(x, 600 + 33 * n, words, size=11)
    press.page()
    for n, row in enumerate(
        [("Đồ gỗ, hàng", "", "", ""), ("", "41,5", "51,5", "61,5"), ("Tổng cộng", "81", "72", "63")]
    ):
        for x, words in zip(XS, row, strict=True):
            press.text(x, 56 + (0, 13, 46)[n], words, size=11)
    for words in more:
        press.paragraph(200, words)
    pieces = read_pdf(press.bytes()).pieces
    [grid] = [piece.grid for piece in pieces if piece.grid]
    assert rows_of(grid)[-2:] == [["Đồ gỗ, hàng", "41,5", "51,5", "61,5"], ["Tổng cộng", "81", "72", "63"]]
    assert [piece.text for piece in pieces if not piece.grid] == [*more]


def test_a_paragraph_on_the_next_page_is_no_row() -> None:
    press = Press().page()
    for n, row in enumerate(
        [("Mặt hàng", "2021", "2022", "2023"), *((f"Gạo {c}", "12,5", "9", "7,1") for c in "abcd")]
    ):
        for x, words in zip(XS, row, strict=True):
            press.text(x, 600 + 33 * n, words, size=11)
    press.page().paragraph(
        56, "Thu ngân sách quý III đạt 142 tỷ đồng, bằng 58 phần trăm dự toán năm, tăng 9,6 phần trăm."
    )
    grids = [piece.grid for piece in read_pdf(press.bytes()).pieces if piece.grid]
    assert [len(rows_of(grid)) for grid in grids] == [5]


def cut_at_the_end(last: str, *opening: tuple[float, float, str]) -> tuple[list[list[str]], list[str]]:
    """The rows of a table of five whose last ends a page, and the paragraphs: ``opening`` stands on the next one."""
    press = Press().page()
    for x, words in zip(XS, ("Mặt hàng", "2021", "2022", "2023"), strict=True):
        press.text(x, 530, words, size=11)
    names = [("Gạo, ngô và các loại", "lương thực"), ("Xăng, dầu", ""), ("Hàng may mặc, giày", "dép"), (last, "")]
    for n, (name, more) in enumerate(names):
        y = (570.0, 612.0, 641.0, 683.0)[n]
        press.text(XS[0], y, name, size=11)
        press.text(XS[0], y + 13, more, size=11)
        for x, words in zip(XS[1:], (f"1{n},5", f"2{n},5", f"3{n},5"), strict=True):
            press.text(x, y + (6.5 if more else 0), words, size=11)
    press.page()
    for x, y, words in opening:
        press.text(x, y, words, size=11)
    press.paragraph(300, "Ghi chú: số liệu chưa đầy đủ.")
    pieces = read_pdf(press.bytes()).pieces
    [grid] = [piece.grid for piece in pieces if piece.grid]
    return rows_of(grid)[4:], [piece.text for piece in pieces if not piece.grid][:-1]


def test_a_rest_that_nothing_or_few_rows_follow_goes_back_to_its_row() -> None:
    cut, rest = "Vật phẩm văn hóa của", (XS[0], 56.0, "hội người cao tuổi")
    whole = [f"{cut} {rest[2]}", "13,5", "23,5", "33,5"]
    assert cut_at_the_end(cut, rest) == ([whole], [])
    row = [(XS[0], 89.0, "Đồ gỗ"), *((x, 89.0, words) for x, words in zip(XS[1:], ("4,5", "5,5", "6,5"), strict=True))]
    told = cut_at_the_end(cut, rest, *row, (XS[0], 102.0, "và mây tre đan"))
    assert told == ([whole, ["Đồ gỗ và mây tre đan", "4,5", "5,5", "6,5"]], [])


@pytest.mark.parametrize(("last", "words"), [("Vật phẩm", "kể cả ngô"), ("Vật phẩm văn hóa của", "Nơi nhận")])
def test_what_opens_the_next_page_below_a_whole_name_or_as_a_line_is_no_rest(last: str, words: str) -> None:
    rows, paragraphs = cut_at_the_end(last, (XS[0], 56.0, words))
    assert (rows[0][0], paragraphs) == (last, [words])
