"""Annex tables: every cell where it belongs, ruled or not, over pages, with spans and groups."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest

from extractor.paper.pdf.glyph_widths import measure
from extractor.paper.pdf.reader import read_pdf
from extractor.paper.structure.flow import GridCell, Piece
from tests.paper.press import Press

HEAD = ["TT", "Chỉ tiêu", "Đơn vị", "Kế hoạch", "Thực hiện", "So KH (%)"]
ROWS = [
    ["I", "KINH TẾ", "", "", "", ""],
    ["1", "Giá trị sản xuất", "Triệu đồng", "754.338", "162.409", "21,53"],
    ["2", "Thu ngân sách", "Triệu đồng", "514.284", "56.057", "10,9"],
    ["3", "Số đơn thư", "Đơn", "-", "28", "-"],
    ["II", "XÃ HỘI", "", "", "", ""],
    ["1", "Suất quà tặng", "Suất", "9.500", "9.711", "102,22"],
]
XS = [60, 90, 230, 300, 370, 440, 510]


def table_of(press: Press) -> tuple[list[list[str]], Piece, list[Piece]]:
    pieces = read_pdf(press.bytes()).pieces
    tables = [piece for piece in pieces if piece.grid]
    assert len(tables) == 1, [piece.text for piece in pieces]
    return rows_of(tables[0].grid), tables[0], [piece for piece in pieces if not piece.grid]


def rows_of(grid: tuple[GridCell, ...]) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in sorted(grid, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append(cell.text)
    return [rows[row] for row in sorted(rows)]


def rule(press: Press, top: float, rows: list[list[str]], *, xs: list[int] = XS, high: float = 20) -> float:
    bottom = top + high * len(rows)
    for index in range(len(rows) + 1):
        press.line(xs[0], top + high * index, xs[-1], top + high * index)
    for x in xs:
        press.line(x, top, x, bottom)
    fill(press, top, rows, xs=xs, high=high)
    return bottom


def fill(
    press: Press, top: float, rows: list[list[str]], *, xs: list[int] = XS, high: float = 20, first: int = 0
) -> None:
    for index, row in enumerate(rows):
        for column, text in enumerate(row):
            wide = press._wide(text, 11)
            x = xs[column] + 3 if column < 2 else xs[column + 1] - 3 - wide
            if text:
                press.text(x, top + high * index + 14, text, size=11, bold=index == 0 and not first)


def test_a_ruled_table_gives_each_cell() -> None:
    press = Press().page()
    press.paragraph(80, "Kết quả thực hiện các chỉ tiêu chủ yếu quý I năm 2023 như sau:")
    rule(press, 120, [HEAD, *ROWS])
    press.paragraph(330, "Trên đây là kết quả thực hiện quý I năm 2023.")
    rows, table, rest = table_of(press)
    assert rows == [HEAD, *ROWS]
    assert {cell.row for cell in table.grid if cell.header} == {0}
    assert [piece.text[:8] for piece in rest] == ["Kết quả ", "Trên đây"]
    assert all(cell.placements for cell in table.grid if cell.text)


def test_ours_agrees_with_pdfplumber() -> None:
    press = Press().page()
    rule(press, 120, [HEAD, *ROWS])
    rows, _, _ = table_of(press)
    with pdfplumber.open(io.BytesIO(press.bytes())) as pdf:
        theirs = pdf.pages[0].extract_table()
    assert theirs is not None
    assert rows == [[cell or "" for cell in row] for row in theirs]


def test_merged_cells_keep_their_span() -> None:
    press = Press().page()
    top, xs = 120, XS
    for y in (top, top + 40, top + 60, top + 80):
        press.line(xs[0], y, xs[-1], y)
    press.line(xs[3], top + 20, xs[-1], top + 20)
    for index, x in enumerate(xs):
        press.line(x, top + 20 if index in (4, 5) else top, x, top + 80)
    for x, y, text in ((65, 145, "TT"), (110, 145, "Chỉ tiêu"), (240, 145, "Đơn vị"), (340, 134, "Quý I năm 2023")):
        press.text(x, y, text, size=11)
    fill(press, top + 20, [["", "", "", "Kế hoạch", "Thực hiện", "Tỷ lệ"], ROWS[1], ROWS[2]], first=1)
    rows, table, _ = table_of(press)
    assert rows == [
        ["TT", "Chỉ tiêu", "Đơn vị", "Quý I năm 2023"],
        ["Kế hoạch", "Thực hiện", "Tỷ lệ"],
        ROWS[1],
        ROWS[2],
    ]
    spans = {cell.text: (cell.rows, cell.columns) for cell in table.grid}
    assert spans["TT"] == (2, 1)
    assert spans["Quý I năm 2023"] == (1, 3)
    assert {cell.row for cell in table.grid if cell.header} == {0, 1}


def test_a_group_row_that_spans_the_table() -> None:
    press = Press().page()
    rows = [HEAD, ROWS[1], ["", "", "", "", "", ""], ROWS[2]]
    top = 120
    for index in range(5):
        press.line(XS[0], top + 20 * index, XS[-1], top + 20 * index)
    for index, x in enumerate(XS):
        press.line(x, top, x, top + 40)
        if index in (0, len(XS) - 1):
            press.line(x, top + 40, x, top + 60)
        press.line(x, top + 60, x, top + 80)
    fill(press, top, rows)
    press.text(200, top + 54, "A. Lĩnh vực kinh tế", size=11)
    found, table, _ = table_of(press)
    assert found == [HEAD, ROWS[1], ["A. Lĩnh vực kinh tế"], ROWS[2]]
    assert [cell.columns for cell in table.grid if cell.row == 2] == [6]


def test_a_table_over_pages_loses_its_repeated_header() -> None:
    press = Press().page()
    press.paragraph(80, "PHỤ LỤC", indent=180)
    rule(press, 120, [HEAD, ["A", "B", "C", "1", "2", "3=2/1"], *ROWS[:3]])
    press.page()
    press.text(300, 40, "2", size=13)
    rule(press, 80, [HEAD, ["A", "B", "C", "1", "2", "3=2/1"], *ROWS[3:]])
    rows, table, _ = table_of(press)
    assert rows == [HEAD, ["A", "B", "C", "1", "2", "3=2/1"], *ROWS]
    assert {cell.row for cell in table.grid if cell.header} == {0, 1}
    assert {placement.box.page for cell in table.grid for placement in cell.placements} == {1, 2}


def test_lines_drawn_as_thin_boxes_and_cells_drawn_as_rectangles() -> None:
    press = Press().page()
    for index in range(8):
        press.box(XS[0], 120 + 20 * index, XS[-1], 120.6 + 20 * index, fill=(0, 0, 0))
    for x in XS:
        press.box(x, 120, x + 0.6, 260, fill=(0, 0, 0))
    fill(press, 120, [HEAD, *ROWS])
    assert table_of(press)[0] == [HEAD, *ROWS]
    press = Press().page()
    for index in range(7):
        for a, b in pairwise(XS):
            press.box(a, 120 + 20 * index, b, 140 + 20 * index)
    fill(press, 120, [HEAD, *ROWS])
    assert table_of(press)[0] == [HEAD, *ROWS]


def test_words_turned_to_save_room_are_read() -> None:
    press = Press().page()
    rule(press, 120, [["TT", "Chỉ tiêu", "", "Kế hoạch", "Thực hiện", "So KH (%)"], ROWS[1], ROWS[2]], high=60)
    press.text(268, 175, "Đơn vị", size=11, turn=(0, 1, -1, 0))
    rows, _, rest = table_of(press)
    assert rows[0] == HEAD
    assert rest == []


@pytest.mark.parametrize(("turn", "way"), [((0, 1, -1, 0), 1), ((0, -1, 1, 0), -1)])
def test_turned_words_of_two_lines_drawn_letter_by_letter_are_read(turn: tuple[int, ...], way: int) -> None:
    press = Press().page()
    rule(press, 120, [["TT", "Chỉ tiêu", "", "Kế hoạch", "Thực hiện", "So KH (%)"], ROWS[1], ROWS[2]], high=90)
    for n, words in enumerate(("Đơn vị hay", "giá (%)")):
        y = 165.0 + 40 * way
        for letter in words:
            press.text(258 + 13 * n if way > 0 else 268 - 13 * n, y, letter, size=11, turn=turn)
            y -= way * 11 * measure(letter) / 1000
    rows, table, rest = table_of(press)
    assert rows[0][2] == "Đơn vị hay giá (%)"
    assert rest == []
    [cell] = [cell for cell in table.grid if cell.text == rows[0][2]]
    boxes = [placement.box for placement in cell.placements]
    assert all(243 < box.x0 < box.x1 < 284 and 120 < box.top < box.bottom < 210 for box in boxes)


def test_cells_of_several_lines_and_bare_cells() -> None:
    press = Press().page()
    rule(press, 120, [HEAD, ["1", "", "Triệu đồng", "754.338", "", "21,53"], ROWS[2]], high=40)
    press.text(93, 172, "Giá trị sản xuất công", size=11)
    press.text(93, 186, "nghiệp trên địa bàn", size=11)
    rows, _, _ = table_of(press)
    assert rows[1] == ["1", "Giá trị sản xuất công nghiệp trên địa bàn", "Triệu đồng", "754.338", "", "21,53"]


def test_a_framed_notice_is_no_table() -> None:
    press = Press().page()
    press.box(80, 100, 540, 160)
    press.text(100, 134, "Thông báo: hội nghị họp ngày 15/3/2023.")
    pieces = read_pdf(press.bytes()).pieces
    assert [(piece.text, piece.grid) for piece in pieces] == [("Thông báo: hội nghị họp ngày 15/3/2023.", ())]


def test_a_landscape_annex_after_portrait_pages() -> None:
    press = Press().page()
    press.paragraph(80, "Báo cáo kết quả thực hiện nhiệm vụ quý I năm 2023 của Ủy ban nhân dân huyện.")
    press.page(842, 595)
    rule(press, 120, [HEAD, *ROWS])
    rows, table, _ = table_of(press)
    assert rows == [HEAD, *ROWS]
    assert table.page == 2


def test_a_table_without_rules() -> None:
    press = Press().page()
    press.paragraph(80, "Kết quả thực hiện các chỉ tiêu chủ yếu quý I năm 2023 như sau:")
    fill(press, 120, [HEAD, *ROWS[1:4], ROWS[5]])
    press.paragraph(280, "Trên đây là kết quả thực hiện quý I năm 2023 của huyện.")
    rows, table, rest = table_of(press)
    assert rows == [HEAD, *ROWS[1:4], ROWS[5]]
    assert {cell.row for cell in table.grid if cell.header} == {0}
    assert len(rest) == 2


def test_a_table_without_rules_with_wrapped_names_and_groups() -> None:
    press = Press().page()
    fill(
        press,
        120,
        [
            HEAD,
            ROWS[1],
            ["", "công nghiệp", "", "", "", ""],
            ["II", "Lĩnh vực xã hội", "", "", "", ""],
            ROWS[5],
            ROWS[3],
        ],
    )
    rows, _, _ = table_of(press)
    assert [row[:2] for row in rows] == [
        HEAD[:2],
        ["1", "Giá trị sản xuất công nghiệp"],
        ["II Lĩnh vực xã hội"],
        ["1", "Suất quà tặng"],
        ["3", "Số đơn thư"],
    ]


def test_numbers_in_prose_are_no_table() -> None:
    press = Press().page()
    y = 80.0
    for _ in range(4):
        y, _ = press.paragraph(
            y, "Thu 56.057 triệu đồng, chi 140.905 triệu đồng, đạt 24,8% dự toán, bằng 150,3% so cùng kỳ năm 2022."
        )
    assert not any(piece.grid for piece in read_pdf(press.bytes()).pieces)


def test_the_annex_of_the_real_report(shared: Path) -> None:
    path = shared / "reports" / "kien-an-2023-q1.with-table.pdf"
    [table] = [piece for piece in read_pdf(path.read_bytes()).pieces if piece.grid]
    ours = rows_of(table.grid)
    theirs: list[list[str]] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages[-2:]:
            for row in page.extract_table() or []:
                cells = [" ".join((cell or "").split()) for cell in row]
                if cells not in theirs[:1]:
                    theirs.append(cells)
    assert ours == theirs
    assert len(ours) == 31


@pytest.mark.parametrize("count", [3, 300])
def test_a_drawing_of_many_rules_is_no_trouble(count: int) -> None:
    press = Press().page()
    for index in range(count):
        press.line(50, 100 + index * 600 / count, 500, 100 + index * 600 / count)
        press.line(50 + index * 450 / count, 100, 50 + index * 450 / count, 700)
    press.text(121, 80, "Sơ đồ quy hoạch")
    assert [piece.text for piece in read_pdf(press.bytes()).pieces if not piece.grid] == ["Sơ đồ quy hoạch"]
