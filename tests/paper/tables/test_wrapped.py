"""Tables without rulings whose names run over several lines: rows are what white space holds together."""

from __future__ import annotations

import pytest

from extractor.paper.pdf.glyph_widths import measure
from extractor.paper.pdf.reader import read_pdf
from tests.paper.press import Press
from tests.paper.tables.test_ruled import table_of

XS = [60, 210, 290, 370, 450]
HEAD = ["Nội dung", "Quý III năm 2022", "Quý III năm 2023", "So cùng kỳ (%)"]
ROWS = [
    (["Vi phạm về bảo vệ", "môi trường đã xử phạt"], ["64", "58", "90,6"]),
    (["Đơn khiếu nại thuộc", "thẩm quyền cấp huyện", "đã giải quyết"], ["142", "156", "109,9"]),
    (["Cháy, nổ"], ["12", "9", "75,0"]),
    (["Tai nạn giao thông", "đường bộ"], ["39", "31", "79,5"]),
]


def laid(press: Press, top: float, *, gap: float, values: str = "middle") -> float:
    """Prints the rows, the numbers at the middle, the first or the last line of their names."""
    y = top
    for names, numbers in ROWS:
        for n, words in enumerate(names):
            press.text(XS[0], y + 13 * n, words, size=11)
        at = {"middle": 6.5 * (len(names) - 1), "first": 0, "last": 13 * (len(names) - 1)}[values]
        for x, number in zip(XS[1:], numbers, strict=False):
            press.text(x + 10, y + at, number, size=11)
        y += 13 * (len(names) - 1) + gap
    return y


def heads(press: Press, top: float) -> None:
    for x, words in zip(XS, HEAD, strict=False):
        press.text(x, top, words, size=9)


@pytest.mark.parametrize("values", ["middle", "first", "last"])
def test_numbers_beside_any_line_of_a_name_are_of_its_row(values: str) -> None:
    press = Press().page()
    press.paragraph(80, "Kết quả xử lý vi phạm trên địa bàn tỉnh quý III năm 2023 như sau:")
    heads(press, 130)
    laid(press, 160, gap=28, values=values)
    rows, table, _ = table_of(press)
    assert rows == [HEAD, *([" ".join(names), *numbers] for names, numbers in ROWS)]
    assert {cell.row for cell in table.grid if cell.header} == {0}


def test_one_head_over_two_columns_spans_them() -> None:
    press = Press().page()
    press.text(XS[0], 137, "Nội dung", size=9)
    press.text(250, 125, "Quý III năm", size=9)
    press.text(XS[1], 150, "2022 (vụ)", size=9)
    press.text(XS[2], 150, "2023 (vụ)", size=9)
    press.text(XS[3], 137, "So cùng kỳ (%)", size=9)
    laid(press, 180, gap=28)
    _, table, _ = table_of(press)
    heads_of = [(c.text, c.row, c.column, c.rows, c.columns) for c in table.grid if c.header]
    assert heads_of == [
        ("Nội dung", 0, 0, 2, 1), ("Quý III năm", 0, 1, 1, 2), ("So cùng kỳ (%)", 0, 3, 2, 1),
        ("2022 (vụ)", 1, 1, 1, 1), ("2023 (vụ)", 1, 2, 1, 1),
    ]  # fmt: skip


def test_the_last_line_of_one_staggered_head_is_no_caption_above_the_body() -> None:
    press = Press().page()
    press.text(XS[0], 126, "Nội dung", size=9)
    press.text(XS[2], 126, "Quý III", size=9)
    press.text(XS[3], 126, "So cùng", size=9)
    press.text(XS[1] + 10, 120, "Quý", size=9)
    press.text(XS[1] + 10, 132, "III năm", size=9)
    press.text(XS[3], 138, "kỳ (%)", size=9)
    press.text(XS[2], 138, "năm 2023", size=9)
    press.text(XS[1] + 10, 144, "2022", size=9)
    laid(press, 178, gap=28)
    rows, _, _ = table_of(press)
    assert rows[0] == ["Nội dung", "Quý III năm 2022", "Quý III năm 2023", "So cùng kỳ (%)"]


def test_paragraphs_with_numbers_are_no_table() -> None:
    press = Press().page()
    for n in range(4):
        press.paragraph(80 + 60 * n, "Thu ngân sách quý III đạt 142 tỷ đồng, bằng 58 phần trăm dự toán năm, tăng 9,6%.")
    assert not [piece.grid for piece in read_pdf(press.bytes()).pieces if piece.grid]


def test_a_short_paragraph_and_a_group_stand_beside_the_header_not_in_it() -> None:
    press = Press().page()
    press.paragraph(80, "báo cáo như sau:")
    press.text(XS[0], 104, "Xử lý vi phạm, khiếu nại và tai nạn")
    heads(press, 130)
    press.text(XS[0], 152, "I", size=11)
    press.text(XS[0] + 20, 152, "TRẬT TỰ", size=11)
    laid(press, 176, gap=28)
    rows, table, _ = table_of(press)
    assert rows[0] == HEAD
    assert "".join(rows[1]).replace(" ", "") == "ITRẬTTỰ"
    assert {cell.row for cell in table.grid if cell.header} == {0}


@pytest.mark.parametrize("step", [18, 30])
def test_a_name_in_the_middle_of_its_rows_spans_them(step: int) -> None:
    press = Press().page()
    rows = [("Chè búp", "415", "502"), ("Cam", "870", "126"), ("Bưởi", "654", "731"), ("Cam", "912", "967")]
    for x, words in zip((60, 160, 260, 340), ("Huyện", "Cây trồng", "2021", "2022"), strict=True):
        press.text(x, 130, words, size=11)
    for n, cells in enumerate([*rows, ("Lạc", "739", "688")]):
        for x, words in zip((160, 260, 340), cells, strict=True):
            press.text(x, 160 + step * n, words, size=11)
    press.text(60, 160 + step, "Hương Khê", size=11)
    press.text(60, 160 + 3.5 * step, "Can Lộc", size=11)
    _, table, _ = table_of(press)
    names = [(cell.text, cell.row, cell.rows) for cell in table.grid if cell.column == 0 and not cell.header]
    assert names == [("Hương Khê", 1, 3), ("Can Lộc", 4, 2)]
    assert [cell.text for cell in table.grid if cell.row == 5] == ["Lạc", "739", "688"]


def test_a_total_from_the_column_of_numbers_on_is_a_name() -> None:
    press = Press().page()
    for n, (label, name, *values) in enumerate(
        [
            ("", "", "2022", "2023"),
            ("1", "Xã Bình Lãng", "218", "390"),
            ("2", "Phú Đô", "964", "722"),
            ("3", "Hòa", "9", "8"),
        ]
    ):
        for x, words in zip((60, 90, 240, 320), (label, name, *values), strict=True):
            press.text(x, 130 + 33 * n, words, size=11)
    for x, words in zip((60, 240, 320), ("TỔNG SỐ", "437", "915"), strict=True):
        press.text(x, 130 + 33 * 4, words, size=11)
    rows, _, _ = table_of(press)
    assert rows[-2:] == [["3", "Hòa", "9", "8"], ["", "TỔNG SỐ", "437", "915"]]


def test_names_and_units_that_touch_stand_apart_where_units_begin() -> None:
    press = Press().page()
    rows = [
        ("Diện tích gieo", "ha", "12", "14"),
        ("Thóc", "tấn", "58", "61"),
        ("Thu thuế", "đồng", "21", "18"),
        ("Trâu", "con", "64", "67"),
    ]
    unit = XS[0] + 1 + measure("Diện tích gieo") * 11 / 1000
    for n, cells in enumerate([("Chỉ tiêu", "ĐVT", "2022", "2023"), *rows]):
        for x, words in zip((XS[0], unit, 250, 330), cells, strict=True):
            press.text(x, 130 + 30 * n, words, size=11)
    _, table, _ = table_of(press)
    assert [tuple(cell.text for cell in table.grid if cell.row == n) for n in (1, 2, 3, 4)] == rows


def test_a_unit_a_wide_space_behind_its_name_stands_apart_where_units_begin() -> None:
    press = Press().page()
    heads(press, 110)
    unit = XS[0] + 0.65 * 11 + measure("môi trường đã xử phạt") * 11 / 1000
    for y, words in ((173, "vụ"), (207, "đơn"), (248, "vụ"), (283, "vụ")):
        press.text(unit, y, words, size=11)
    laid(press, 160, gap=28)
    _, table, _ = table_of(press)
    assert [cell.text for cell in table.grid if cell.column == 1] == ["vụ", "đơn", "vụ", "vụ"]


def test_groups_stand_between_names_that_span_rows() -> None:
    press = Press().page()
    for x, words in zip((60, 160, 300, 380), ("Lĩnh vực", "Chỉ tiêu", "2022", "2023"), strict=True):
        press.text(x, 130, words, size=11)
    y = 163
    for group, name, rows in (
        ("I. KINH TẾ", "Chăn nuôi", [("Đàn trâu", "31", "27"), ("Đàn bò", "94", "61")]),
        ("II. XÃ HỘI", "Giáo dục", [("Số lớp", "48", "50"), ("Học sinh", "62", "73"), ("Giáo viên", "55", "59")]),
    ):
        press.text(60, y, group, size=11)
        press.text(60, y + 33 + 16.5 * (len(rows) - 1), name, size=11)
        for n, cells in enumerate(rows, 1):
            for x, words in zip((160, 300, 380), cells, strict=True):
                press.text(x, y + 33 * n, words, size=11)
        y += 33 * (len(rows) + 1)
    _, table, _ = table_of(press)
    names = [(cell.text, cell.row, cell.rows) for cell in table.grid if cell.column == 0 and not cell.header]
    assert names == [("I. KINH TẾ", 1, 1), ("Chăn nuôi", 2, 2), ("II. XÃ HỘI", 4, 1), ("Giáo dục", 5, 3)]
    assert [cell.text for cell in table.grid if cell.row == 7 and cell.column] == ["Giáo viên", "55", "59"]


def test_three_floors_of_a_head_and_the_row_that_numbers_its_columns() -> None:
    press = Press().page()
    xs = [60, 95, 180, 240, 300, 360, 420, 480]
    for x, y, words in [
        (60, 150, "TT"), (95, 150, "Dự án"), (220, 120, "Kế hoạch"), (400, 120, "Thực hiện"),
        (180, 165, "Tổng số"), (265, 150, "Trong đó"), (360, 165, "Tổng số"), (445, 150, "Trong đó"),
        (240, 180, "Vốn tỉnh"), (300, 180, "Vốn xã"), (420, 180, "Vốn tỉnh"), (480, 180, "Vốn xã"),
    ]:  # fmt: skip
        press.text(x, y, words, size=10)
    rows = [("1", "Đường liên xã"), ("2", "Kè suối"), ("3", "Trạm y tế")]
    numbering = ["A", "B", "1=2+3", "2", "3", "4=5+6", "5", "6"]
    for n, cells in enumerate(
        [numbering, *([*row, *(f"{m}{n},5" for m in range(1, 7))] for n, row in enumerate(rows, 1))]
    ):
        for x, words in zip(xs, cells, strict=True):
            press.text(x, 210 + 30 * n, words, size=10)
    _, table, _ = table_of(press)
    heads_of = [(cell.text, cell.row, cell.column, cell.rows, cell.columns) for cell in table.grid if cell.header]
    assert heads_of == [
        ("TT", 0, 0, 3, 1), ("Dự án", 0, 1, 3, 1), ("Kế hoạch", 0, 2, 1, 3), ("Thực hiện", 0, 5, 1, 3),
        ("Tổng số", 1, 2, 2, 1), ("Trong đó", 1, 3, 1, 2), ("Tổng số", 1, 5, 2, 1), ("Trong đó", 1, 6, 1, 2),
        ("Vốn tỉnh", 2, 3, 1, 1), ("Vốn xã", 2, 4, 1, 1), ("Vốn tỉnh", 2, 6, 1, 1), ("Vốn xã", 2, 7, 1, 1),
        *((words, 3, n, 1, 1) for n, words in enumerate(numbering)),
    ]  # fmt: skip


def test_a_head_right_above_two_columns_goes_on_in_neither() -> None:
    press = Press().page()
    for x, y, words in [
        (XS[0], 143, "Nội dung"), (XS[1] + 5, 137, "So sánh với dự toán"), (XS[1], 150, "Tuyệt đối"),
        (XS[2], 150, "Tỷ lệ (%)"), (XS[3], 143, "Năm 2023"),
    ]:  # fmt: skip
        press.text(x, y, words, size=10)
    laid(press, 180, gap=28)
    _, table, _ = table_of(press)
    heads_of = [(cell.text, cell.row, cell.column, cell.columns) for cell in table.grid if cell.header]
    assert ("So sánh với dự toán", 0, 1, 2) in heads_of
    assert ("Tuyệt đối", 1, 1, 1) in heads_of


def test_writing_on_its_side_heads_its_column_and_no_other() -> None:
    press = Press().page()
    press.text(XS[0], 150, "Nội dung", size=9)
    for x, words in zip(XS[1:], ("Số vụ (vụ)", "Số người (người)", "Tỷ lệ (%)"), strict=False):
        press.text(x + 30, 175, words, size=9, turn=(0, 1, -1, 0))
    laid(press, 200, gap=28)
    rows, table, pieces = table_of(press)
    assert rows[0] == ["Nội dung", "Số vụ (vụ)", "Số người (người)", "Tỷ lệ (%)"]
    assert {cell.row for cell in table.grid if cell.header} == {0}
    assert not any(remark.code == "turned_text" for piece in pieces for remark in piece.remarks)


def test_fewer_heads_than_columns_keep_their_columns_and_one_beside_its_own_is_doubted() -> None:
    press = Press().page()
    press.text(XS[0], 140, "Nội dung", size=9)
    press.text(XS[2], 140, "Năm 2022", size=9)
    press.text(XS[3] + 48, 140, "Năm 2023", size=9)
    laid(press, 170, gap=28)
    _, table, _ = table_of(press)
    assert {cell.text: cell.column for cell in table.grid if cell.header} == {
        "Nội dung": 0, "Năm 2022": 2, "Năm 2023": 3,
    }  # fmt: skip
    doubted = [cell.text for cell in table.grid for remark in cell.remarks if remark.code == "head_unsure"]
    assert doubted == ["Năm 2023"]


def test_a_row_that_numbers_the_columns_is_of_the_header_however_it_was_set() -> None:
    press = Press().page()
    heads(press, 120)
    for x, words in zip(XS, ("A", "(1)", "(2)", "(3)=@)/(1)"), strict=False):
        press.text(x + 25, 145, words, size=9)
    laid(press, 175, gap=28)
    rows, table, _ = table_of(press)
    assert rows[1] == ["A", "(1)", "(2)", "(3)=@)/(1)"]
    assert {cell.row for cell in table.grid if cell.header} == {0, 1}


def test_a_head_between_the_two_below_it_spans_them_and_years_name_rows() -> None:
    press = Press().page()
    press.text(170, 90, "Biểu 5. Lao động đang làm việc phân theo", size=9)
    press.text(220, 103, "khu vực", size=9)
    press.text(327, 125, "Chia ra", size=9)
    press.text(205, 141, "Tổng số", size=9)
    press.text(270, 157, "Thành thị", size=9)
    press.text(380, 157, "Nông thôn", size=9)
    press.text(210, 190, "Người", size=11)
    for n, row in enumerate([("2021", "497.218", "71.406", "425.812"), ("2022", "503.771", "72.930", "430.841"),
                             ("Sơ bộ 2023", "488.062", "88.617", "399.445")]):  # fmt: skip
        for x, words in zip((60, 210, 290, 370), row, strict=True):
            press.text(x, 223 + 33 * n, words, size=11)
    rows, table, _ = table_of(press)
    heads_of = [(c.text, c.row, c.column, c.rows, c.columns) for c in table.grid if c.header]
    assert heads_of == [
        ("Tổng số", 0, 1, 2, 1), ("Chia ra", 0, 2, 1, 2), ("Thành thị", 1, 2, 1, 1), ("Nông thôn", 1, 3, 1, 1),
    ]  # fmt: skip
    assert rows[2:4] == [["", "Người", "", ""], ["2021", "497.218", "71.406", "425.812"]]


def test_rows_with_one_number_and_a_group_with_a_code_go_on_with_the_table() -> None:
    press = Press().page()
    heads_at = zip((60, 100, 150, 300, 360, 430), ("TT", "Mã", "Chỉ tiêu", "ĐVT", "Số lượng", "Giá trị"), strict=True)
    for x, words in heads_at:
        press.text(x, 130, words, size=9)
    body = [
        ("1", "NG", "VỀ NGƯỜI", "", "", ""), ("1.1", "NG01", "Số người chết", "người", "14", ""),
        ("", "NG02", "Trẻ em", "người", "3", ""), ("1.2", "NG03", "Số người bị thương", "người", "27", ""),
        ("2", "NH", "VỀ NHÀ Ở", "", "", "8.436"), ("2.1", "NH01", "Nhà sập", "cái", "46", "5.290"),
    ]  # fmt: skip
    for n, row in enumerate(body):
        for x, words in zip((60, 100, 150, 300, 360, 430), row, strict=True):
            if words:
                press.text(x, 163 + 33 * n, words, size=11)
    rows, table, _ = table_of(press)
    assert rows[1:] == [[*row] for row in body]
    assert {cell.row for cell in table.grid if cell.header} == {0}


def headed(*heads: tuple[float, float, str]) -> list[tuple[str, int, int, int, int]]:
    """The header of a table of four columns of numbers, of the words that are printed at these places."""
    press = Press().page()
    press.text(150, 60, "Biểu 9. Chỉ số giá tiêu dùng của tỉnh", size=11)
    for x, y, words in heads:
        press.text(x, y, words, size=9)
    for n, name in enumerate(("Lương thực", "Thực phẩm", "Giao thông", "Giáo dục")):
        for x, words in zip(
            (60, 160, 240, 320, 490), (name, f"10{n},4", f"9{n},7", f"11{n},2", f"10{n},9"), strict=True
        ):
            press.text(x, 170 + 33 * n, words, size=11)
    _, table, _ = table_of(press)
    return [(c.text, c.row, c.column, c.rows, c.columns) for c in table.grid if c.header]


def test_a_line_apart_in_the_middle_of_the_heads_under_it_is_one_over_them() -> None:
    leaves = ((160, 130, "Năm 2021"), (240, 130, "Năm 2022"), (320, 130, "Tháng 4"), (490, 117, "Bình quân"))
    told = headed((184, 104, "Chỉ số giá tháng 5 năm 2023 so với (%)"), *leaves)
    assert ("Chỉ số giá tháng 5 năm 2023 so với (%)", 0, 1, 1, 3) in told
    assert [words for words, *_ in headed((222, 104, "Tính theo giá của năm gốc 2020 (%)"), *leaves)] == [
        "Năm 2021", "Năm 2022", "Tháng 4", "Bình quân",
    ]  # fmt: skip


def test_a_short_head_in_the_middle_of_all_below_it_spans_them() -> None:
    leaves = ((160, 130, "2020-2021"), (240, 130, "2021-2022"), (320, 130, "2022-2023"), (490, 130, "Sơ bộ 2023-2024"))
    told = headed((341, 97, "Năm học"), *leaves)
    assert ("Năm học", 0, 1, 1, 4) in told
    assert {column for words, _, column, *_ in told if words[0].isdigit()} == {1, 2, 3}


def test_a_line_closer_to_the_next_than_lines_stand_is_beside_it_and_no_label_above() -> None:
    told = headed(
        (60, 137, "Nội dung"), (160, 126, "Tổng số"), (240, 126, "Trong năm"), (490, 126, "Bình quân"),
        (322, 131, "TĐ: Trẻ"), (160, 137, "trong kỳ"), (320, 142, "em nữ"),
    )  # fmt: skip
    assert "TĐ: Trẻ em nữ" in [words for words, *_ in told]


def test_a_year_that_a_narrow_head_breaks_is_no_row_of_numbers() -> None:
    told = headed(
        (160, 126, "T4/202"), (240, 126, "T5/20"), (320, 126, "Cộng dồn"), (490, 126, "5 tháng"),
        (175, 137, "3"), (250, 137, "22"),
    )  # fmt: skip
    assert [words for words, *_ in told] == ["T4/202 3", "T5/20 22", "Cộng dồn", "5 tháng"]


def test_months_below_their_word_in_a_narrow_head_are_no_row_of_numbers() -> None:
    told = headed(
        (160, 126, "Tháng"), (240, 126, "Tháng"), (320, 126, "Tăng"), (490, 126, "9 tháng"),
        (170, 137, "8"), (250, 137, "9"), (320, 137, "(%)"),
    )  # fmt: skip
    assert [words for words, *_ in told] == ["Tháng 8", "Tháng 9", "Tăng (%)", "9 tháng"]


def test_a_group_with_its_number_right_below_the_header_is_a_row() -> None:
    press = Press().page()
    heads(press, 110)
    press.text(XS[0], 149, "1. Lúa", size=11)
    laid(press, 186, gap=28)
    rows, table, _ = table_of(press)
    assert [*filter(None, rows[1])] == ["1. Lúa"]
    assert {cell.row for cell in table.grid if cell.header} == {0}


@pytest.mark.parametrize("code", ["", "A"])
def test_a_group_of_two_lines_right_below_the_header_is_a_row(code: str) -> None:
    press = Press().page()
    heads(press, 110)
    for x, y, words in ((40, 149, code), (XS[0], 143, "TRẬT TỰ,"), (XS[0], 156, "AN TOÀN")):
        press.text(x, y, words, size=11)
    y = 186.0
    for n, (names, _) in enumerate(ROWS, 1):
        press.text(40, y + 6.5 * (len(names) - 1), f"{n}" if code else "", size=11)
        y += 13 * (len(names) - 1) + 28
    laid(press, 186, gap=28)
    rows, table, _ = table_of(press)
    assert [words for words in rows[1] if words] == [*filter(None, [code]), "TRẬT TỰ, AN TOÀN"]
    assert [words for words in rows[0] if words] == HEAD
    assert {cell.row for cell in table.grid if cell.header} == {0}


def test_a_total_of_two_lines_across_the_numbers_of_rows_holds_no_columns_together() -> None:
    press = Press().page()
    heads_at = zip((60, 84, 210, 290), ("TT", "Xã", "Số hộ", "Số khẩu"), strict=True)
    for x, words in heads_at:
        press.text(x, 130, words, size=9)
    for n, names in enumerate((("Xã Kỳ", "Lạc"), ("Xã Lâm", "Hợp"), ("Xã Tân", "An"), ("TOÀN", "HUYỆN"))):
        y = 165 + 46 * n
        for k, words in enumerate(names):
            press.text(60 if n == 3 else 84, y + 13 * k, words, size=11)
        for x, words in zip((60, 210, 290), ("" if n == 3 else f"{n + 1}", f"1.7{n}4", f"4.3{n}6"), strict=True):
            press.text(x, y + 6.5, words, size=11)
    rows, _, _ = table_of(press)
    assert rows[1:] == [
        ["1", "Xã Kỳ Lạc", "1.704", "4.306"], ["2", "Xã Lâm Hợp", "1.714", "4.316"],
        ["3", "Xã Tân An", "1.724", "4.326"], ["", "TOÀN HUYỆN", "1.734", "4.336"],
    ]  # fmt: skip


def test_a_formula_that_breaks_in_the_row_that_numbers_the_columns_makes_it_no_row() -> None:
    press = Press().page()
    heads(press, 110)
    for x, y, words in ((70, 143, "A"), (230, 143, "1=2+3"), (230, 154, "+4"), (340, 148, "2"), (420, 148, "3")):
        press.text(x, y, words, size=9)
    laid(press, 180, gap=28)
    rows, table, _ = table_of(press)
    assert rows[1] == ["A", "1=2+3 +4", "2", "3"]
    assert {cell.row for cell in table.grid if cell.header} == {0, 1}


def test_a_year_below_words_is_of_the_head_and_a_title_in_capitals_heads_nothing() -> None:
    press = Press().page()
    press.text(XS[1] - 40, 108, "CHỈ TIÊU THƯƠNG MẠI", size=9)
    press.text(XS[2] + 20, 119, "Tỷ lệ thực hiện (%)", size=9)
    press.text(XS[0], 137, "Nội dung", size=9)
    for x, words, number in ((XS[1], "Kế hoạch", "2024"), (XS[2], "TH tháng", "7"), (XS[3], "Ước tháng", "8")):
        press.text(x, 132, words, size=9)
        press.text(x + 10, 143, number, size=9)
    laid(press, 172, gap=28)
    rows, _, _ = table_of(press)
    heads_of = {words for row in rows[:2] for words in row}
    assert {"Kế hoạch 2024", "TH tháng 7", "Ước tháng 8"} <= heads_of
    assert not any("THƯƠNG MẠI" in words for words in heads_of)
