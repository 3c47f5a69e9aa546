"""Which rows of a table are its header, where the file does not say."""

from __future__ import annotations

import pytest

from extractor.paper.structure.flow import GridCell
from extractor.paper.tables.headers import count_header_rows, with_header


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (["Chỉ tiêu|ĐVT|Năm 2022", "Diện tích lúa|ha|4.567"], 1),
        # years head columns as words do
        (["|2019|2020|Sơ bộ 2021", "TỔNG SỐ|30.857|31.210|31.320"], 1),
        (["Chỉ tiêu|ĐVT|2023", "Dân số|người|123.456"], 1),
        (["Lúa|2.019|2.020", "Ngô|1.200|1.300"], 0),
        # units in brackets stand under the heads
        (["Cây trồng|Diện tích|Năng suất", "|(ha)|(tạ/ha)", "Lúa|1.234|56,7"], 2),
        (["Chỉ tiêu|2022|2023", "Lãi (lỗ)|(12)|(15)"], 1),
        (["Chỉ tiêu|Năm 2022", "(Tổng số)|12"], 1),
        # a row that numbers the columns, as recognition spells it
        (["STT|Nội dung|Dự toán|Ước TH|So sánh (%)", "A|B|(1)|(2)|(3=@)/Œ)", "I|Thu|12|13|14"], 2),
        # a list of names and amounts has none
        (["Tổng thu|123,4 tỷ đồng", "Tỷ lệ hộ nghèo|3,4%"], 0),
        (["Chỉ tiêu|9 tháng", "Số vụ|45 vụ", "Số người|38 người"], 1),
    ],
)
def test_header_rows(rows: list[str], count: int) -> None:
    assert count_header_rows(grid(rows)) == count


def grid(rows: list[str]) -> list[GridCell]:
    return [GridCell(row, column, text) for row, line in enumerate(rows) for column, text in enumerate(line.split("|"))]


def test_heads_that_were_not_merged_reach_over_the_blanks() -> None:
    cells = with_header(grid(["Xã|Tổng số hộ|Hộ nghèo|", "||Số hộ|Tỷ lệ (%)", "An Lạc|1.000|50|5,0"]))
    heads = {cell.text: (cell.row, cell.column, cell.rows, cell.columns) for cell in cells if cell.header}
    assert heads == {
        "Xã": (0, 0, 2, 1),
        "Tổng số hộ": (0, 1, 2, 1),
        "Hộ nghèo": (0, 2, 1, 2),
        "Số hộ": (1, 2, 1, 1),
        "Tỷ lệ (%)": (1, 3, 1, 1),
    }


def test_a_sheet_leaves_its_blanks_out() -> None:
    rows = grid(["Xã|Hộ nghèo|", "|Số hộ|Tỷ lệ (%)", "An Lạc|50|5,0"])
    cells = with_header([cell for cell in rows if cell.text])
    assert {cell.text: cell.columns for cell in cells if cell.row == 0} == {"Xã": 1, "Hộ nghèo": 2}
    assert [cell.text for cell in cells if not cell.header] == ["An Lạc", "50", "5,0"]


@pytest.mark.parametrize(
    "rows",
    [
        ["Xã|Số hộ|", "An Lạc|1.000|mới", "Bình Minh|900|"],  # a column without a head
        ["Xã|Số hộ|Ghi chú", "|1.000|", "An Lạc|900|"],
        ["Xã||Số hộ", "|Thôn|", "An Lạc|Một|90"],
    ],
)
def test_other_blanks_are_no_heads(rows: list[str]) -> None:
    assert all(cell.rows == cell.columns == 1 for cell in with_header(grid(rows)))
