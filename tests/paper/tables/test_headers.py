"""Which rows of a table are its header, where the file does not say."""

from __future__ import annotations

import pytest

from extractor.paper.structure.flow import GridCell
from extractor.paper.tables.headers import count_header_rows


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
        # a list of names and amounts has none
        (["Tổng thu|123,4 tỷ đồng", "Tỷ lệ hộ nghèo|3,4%"], 0),
        (["Chỉ tiêu|9 tháng", "Số vụ|45 vụ", "Số người|38 người"], 1),
    ],
)
def test_header_rows(rows: list[str], count: int) -> None:
    cells = [
        GridCell(row=row, column=column, text=text)
        for row, line in enumerate(rows)
        for column, text in enumerate(line.split("|"))
    ]
    assert count_header_rows(cells) == count
