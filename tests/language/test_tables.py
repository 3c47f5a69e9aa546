"""Annex tables: what the header, the row and the caption say of every cell."""

# ruff: noqa: E501 - a row of a table is a line

from __future__ import annotations

import pytest

from benchmarks.odd_tables import TABLES, read_gold, score
from extractor.domain.figure import Figure
from extractor.language import read_figures
from extractor.language.table_headers import period_of_caption
from extractor.paper.structure.assemble import assemble
from extractor.paper.text.reader import read_text

GOLD = read_gold()
PERIOD = "2023-M01/M09"


@pytest.mark.parametrize("name", sorted(GOLD))
def test_every_cell_of_an_odd_table_is_what_its_gold_says(name: str) -> None:
    right, undoubted, told = score(TABLES / f"{name}.md", GOLD[name])
    assert (right, undoubted, told) == (len(GOLD[name]), 0, [])


def figures_of(table: str, caption: str = "") -> list[Figure]:
    lines = "\n".join(f"| {line.strip()} |" for line in table.strip().splitlines())
    document = assemble(read_text(f"{caption}\n\n{lines}\n"))
    return list(read_figures(document, report_period=PERIOD)[0])


def said(figure: Figure) -> str:
    """One figure on a line: name (qualifier) < parent = value unit @ period ; base kind value …"""
    name = f"{figure.indicator}" + (f" ({figure.qualifier})" if figure.qualifier else "")
    name += f" < {figure.parent}" if figure.parent else ""
    value = "" if figure.value is None else f" = {figure.value} {figure.unit}"
    compared = "".join(f" ; {c.base.value} {c.kind.value} {c.value} {c.unit}" for c in figure.comparisons)
    return f"{name}{value} @ {figure.period}{compared}"


CASES = [
    ("a base of its own under one head", """Nhóm hàng | Chỉ số giá so với tháng trước (%) | Chỉ số giá so với cùng kỳ (%)
        ---|---|---
        Gạo | 100,4 | 107,2
        Thịt | 99,8 | 96,1
        Rau | 101,3 | 103,3""", "", [
        "Gạo @ 2023-M01/M09 ; previous_period ratio 100.4 %", "Gạo @ 2023-M01/M09 ; same_period_last_year ratio 107.2 %"]),
    ("September against August is September's", """Chỉ tiêu | ĐVT | 9 tháng | Tháng 9 so với tháng 8 (%) | 9 tháng so cùng kỳ (%)
        ---|---|---|---|---
        Doanh thu | tỷ đồng | 812,5 | 101,4 | 109,9
        Vận tải | tỷ đồng | 212,5 | 99,4 | 104,9""", "", [
        "Doanh thu = 812.5 tỷ đồng @ 2023-M01/M09 ; same_period_last_year ratio 109.9 %",
        "Doanh thu @ 2023-09 ; previous_period ratio 101.4 %"]),
    ("an earlier month is another base", """Chỉ tiêu | Tháng 9 so với tháng 12 năm trước (%)
        ---|---
        Giá vàng | 104,2
        Giá đô la | 101,7""", "", ["Giá vàng @ 2023-09 ; other ratio 104.2 %"]),
    ("brackets are a minus", """Chỉ tiêu | ĐVT | TH 9 tháng | Tăng, giảm so CK (%)
        ---|---|---|---
        Thu phí | tỷ đồng | 45 | (8,7)
        Chênh lệch | tỷ đồng | (12,5) | 3,1""", "", [
        "Thu phí = 45 tỷ đồng @ 2023-M01/M09 ; same_period_last_year change -8.7 %",
        "Chênh lệch = -12.5 tỷ đồng @ 2023-M01/M09 ; same_period_last_year change 3.1 %"]),
    ("a unit in the caption", """Chỉ tiêu | Dự toán năm | TH 9 tháng
        ---|---|---
        Thu nội địa | 900 | 645
        Thu khác | 100 | 45""", "**Biểu 2. Thu ngân sách**\n\n*ĐVT: triệu đồng*", [
        "Thu nội địa = 900 triệu đồng @ 2023", "Thu nội địa = 645 triệu đồng @ 2023-M01/M09"]),
    ("several units in the caption are none", """Chỉ tiêu | TH 9 tháng
        ---|---
        Diện tích lúa | 900
        Sản lượng lúa | 5400""", "**Biểu 2. Trồng trọt**\n\n*Đơn vị tính: ha, tấn*", [
        "Diện tích lúa = 900 None @ 2023-M01/M09"]),
    ("the year of the caption", """Xã | Số hộ | Số nhân khẩu
        ---|---|---
        Xã An Lạc | 1.204 | 4.816
        Xã Bình Minh | 980 | 3.720""", "**Biểu 5. Dân số năm 2022**", ["Số hộ (Xã An Lạc) = 1204 None @ 2022"]),
    ("a blank group goes on", """Huyện | Chỉ tiêu | ĐVT | TH 9 tháng
        ---|---|---|---
        Huyện Đại Khê | Diện tích | ha | 812
         | Sản lượng | tấn | 4.060
        Huyện Tân Khê | Diện tích | ha | 615
         | Sản lượng | tấn | 3.011""", "", [
        "Diện tích < Huyện Đại Khê = 812 ha @ 2023-M01/M09", "Sản lượng < Huyện Đại Khê = 4060 tấn @ 2023-M01/M09",
        "Diện tích < Huyện Tân Khê = 615 ha @ 2023-M01/M09", "Sản lượng < Huyện Tân Khê = 3011 tấn @ 2023-M01/M09"]),
    ("districts under the head of units", """TT | Đơn vị | Số hộ nghèo (hộ) | Tỷ lệ hộ nghèo (%)
        ---|---|---|---
        1 | Huyện Đại Khê | 512 | 4,2
        2 | Huyện Tân Khê | 318 | 3,6""", "", [
        "Số hộ nghèo (Huyện Đại Khê) = 512 hộ @ 2023-M01/M09", "Tỷ lệ hộ nghèo (Huyện Đại Khê) = 4.2 % @ 2023-M01/M09"]),
    ("a rate beside its plan", """Chỉ tiêu | ĐVT | KH 2023 | TH 9 tháng năm 2022 | TH 9 tháng năm 2023 | So sánh TH/KH (%) | So CK (%)
        ---|---|---|---|---|---|---
        Giải quyết việc làm | người | 3.000 | 2.100 | 2.450 | 81,7 | 116,7
        Xuất khẩu lao động | người | 300 | 210 | - | - | -""", "", [
        "Giải quyết việc làm = 3000 người @ 2023", "Giải quyết việc làm = 2100 người @ 2022-M01/M09",
        "Giải quyết việc làm = 2450 người @ 2023-M01/M09 ; plan ratio 81.7 % ; same_period_last_year ratio 116.7 %"]),
    ("a rate whose value is a dash stands alone", """Chỉ tiêu | ĐVT | KH 2023 | TH 9 tháng | So CK (%)
        ---|---|---|---|---
        Tổng sản phẩm | tỷ đồng | 900 | - | 107,2
        Thu phí | tỷ đồng | 90 | 45 | 101,2""", "", [
        "Tổng sản phẩm = 900 tỷ đồng @ 2023", "Tổng sản phẩm @ 2023-M01/M09 ; same_period_last_year ratio 107.2 %"]),
    ("a difference", """Chỉ tiêu | ĐVT | 9T/2022 | 9 tháng năm 2023 | So cùng kỳ | Tỷ lệ (%)
        ---|---|---|---|---|---
        Số vụ tai nạn | vụ | 45 | 39 | -6 | -13,3
        Số người chết | người | 15 | 12 | -3 | -20,0""", "", [
        "Số vụ tai nạn = 45 vụ @ 2022-M01/M09",
        "Số người chết = 12 người @ 2023-M01/M09 ; same_period_last_year abs_change -3 người"
        " ; same_period_last_year change -20.0 %"]),
    ("years behind a plan and a performance", """Chỉ tiêu | Đơn vị | TH 2021 | KH 2022 | ƯTH 2022
        ---|---|---|---|---
        Tổng đàn trâu | con | 3.412 | 3.500 | 3.467
        Rừng trồng | ha | 518 | 600 | 634""", "", [
        "Tổng đàn trâu = 3412 con @ 2021", "Tổng đàn trâu = 3500 con @ 2022", "Tổng đàn trâu = 3467 con @ 2022"]),
    ("men and women are parts", """Chỉ tiêu | ĐVT | Tổng số | Nam | Nữ
        ---|---|---|---|---
        Dân số trung bình | người | 112.400 | 55.300 | 57.100
        Lao động | người | 62.000 | 32.000 | 30.000""", "", [
        "Dân số trung bình (Tổng số) = 112400 người @ 2023-M01/M09", "Dân số trung bình (Nam) = 55300 người @ 2023-M01/M09"]),
    ("a plan of each office", """Chỉ tiêu | ĐVT | KH tỉnh giao | KH huyện giao | Ước TH cả năm | % so KH tỉnh
        ---|---|---|---|---|---
        Thu ngân sách | tỷ đồng | 85 | 92 | 95,4 | 112,2
        Chi ngân sách | tỷ đồng | 75 | 82 | 75,4 | 100,5""", "", [
        "Thu ngân sách = 85 tỷ đồng @ 2023", "Thu ngân sách = 92 tỷ đồng @ 2023",
        "Thu ngân sách = 95.4 tỷ đồng @ 2023 ; plan ratio 112.2 %"]),
    ("signs alone head a difference, beside a rate", """STT | Chỉ tiêu | ĐVT | TH năm 2022 | TH năm 2023 | So sánh % | +,-
        ---|---|---|---|---|---|---
        1 | Ngô | Ha | 8.898,7 | 8.297,7 | 93,2 | -601,0
        2 | Rau các loại | Ha | 4.753,8 | 5.030,4 | 105,8 | 276,6""", "", [
        "Ngô = 8297.7 Ha @ 2023 ; same_period_last_year ratio 93.2 % ; same_period_last_year abs_change -601.0 Ha",
        "Rau các loại = 5030.4 Ha @ 2023 ; same_period_last_year ratio 105.8 % ; same_period_last_year abs_change 276.6 Ha"]),
    ("what comes in and goes out are no differences", """Chỉ tiêu | ĐVT | Đầu kỳ | Tăng | Giảm
        ---|---|---|---|---
        Số đảng viên | người | 512 | 14 | 9
        Số chi bộ | chi bộ | 48 | 2 | 1""", "", ["Số đảng viên (Tăng) = 14 người @ 2023-M01/M09"]),
    ("one list in two halves", """Xã | Số hộ (hộ) | Xã | Số hộ (hộ)
        ---|---|---|---
        Xã An Hòa | 118 | Xã Lê Lợi | 219
        Xã Tân Lập | 127 | Xã Đông Hải | 241""", "", [
        "Số hộ (Xã An Hòa) = 118 hộ @ 2023-M01/M09", "Số hộ (Xã Lê Lợi) = 219 hộ @ 2023-M01/M09",
        "Số hộ (Xã Đông Hải) = 241 hộ @ 2023-M01/M09"]),
    ("halves whose numbers go on, under heads that recognition spoilt", """ME | Xã | Số hộ nghèo (hộ) | TT | Xã | Số hộ nghẻo (hộ)
        ---|---|---|---|---|---
        1 | Xã An Hòa | 118 | 4 | Xã Lê Lợi | 219
        2 | Xã Tân Lập | 127 | 5 | Xã Đông Hải | 241
        3 | Xã Vĩnh Sơn | 203 | 6 | Xã Cẩm Thanh | 164""", "", [
        "Số hộ nghèo (Xã An Hòa) = 118 hộ @ 2023-M01/M09", "Số hộ nghèo (Xã Cẩm Thanh) = 164 hộ @ 2023-M01/M09"]),
    ("years over the same heads are no halves", """Xã | Năm 2022 (hộ) | Xã | Năm 2023 (hộ)
        ---|---|---|---
        Xã An Hòa | 118 | Xã An Hòa | 109
        Xã Tân Lập | 127 | Xã Tân Lập | 141""", "", ["Xã Tân Lập = 127 hộ @ 2022"]),
    ("of two comparisons with one base the one that is not in per cent is the difference, whatever its head became",
        """Nội dung | Dự toán năm 2023 (tỷ đồng) | Thực hiện năm 2023 (tỷ đồng) | So sánh đ ối | So sánh tương đối (%)
        ---|---|---|---|---
        Tổng chi | 812 | 835 | 23 | 102,8
        Chi đầu tư | 142 | 151 | 9 | 106,3""", "", [
        "Tổng chi = 835 tỷ đồng @ 2023 ; plan abs_change 23 tỷ đồng ; plan ratio 102.8 %"]),
    ("years down the side", """Năm | Số trường (trường) | Học sinh so với năm trước (%)
        ---|---|---
        2021 | 412 | 102,5
        2022 | 418 | 99,3
        Ước 2023 | 421 | 101,7""", "", [
        "Số trường = 412 trường @ 2021 ; same_period_last_year ratio 102.5 %",
        "Số trường = 421 trường @ 2023 ; same_period_last_year ratio 101.7 %"]),
    ("quarters down the side, of the report's year", """Quý | Số vụ (vụ) | Số người (người)
        ---|---|---
        Quý I | 12 | 15
        Quý II | 19 | 22""", "", ["Số vụ = 12 vụ @ 2023-Q1", "Số người = 22 người @ 2023-Q2"]),
    ("a column that counts the rows is none of figures, whatever its head became", """ME | Xã | Số hộ (hộ)
        ---|---|---
        1 | Xã An Hòa | 118
        2 | Xã Tân Lập | 127
        3 | Xã Lê Lợi | 219""", "", ["Số hộ (Xã An Hòa) = 118 hộ @ 2023-M01/M09"]),
    ("parts announced by a line of its own end where the whole's mark comes again", """TT | Nội dung | ĐVT | Năm 2023
        ---|---|---|---
        I | Chi cân đối | tỷ đồng | 640
         | Trong đó: | |
        1 | Chi đầu tư | tỷ đồng | 142
        a | Vốn đất | tỷ đồng | 58
        2 | Chi thường xuyên | tỷ đồng | 485
        II | Chi mục tiêu | tỷ đồng | 172
        1 | Chi giảm nghèo | tỷ đồng | 31""", "", [
        "Chi đầu tư < Chi cân đối = 142 tỷ đồng @ 2023", "Vốn đất = 58 tỷ đồng @ 2023",
        "Chi thường xuyên < Chi cân đối = 485 tỷ đồng @ 2023", "Chi mục tiêu = 172 tỷ đồng @ 2023",
        "Chi giảm nghèo = 31 tỷ đồng @ 2023"]),
    ("of unmarked rows below such a line only the first is surely a part", """Nội dung | Năm 2023 (tỷ đồng)
        ---|---
        Tổng thu | 640
        Trong đó: |
        Thu nội địa | 512
        Tổng chi | 485""", "", ["Thu nội địa < Tổng thu = 512 tỷ đồng @ 2023", "Tổng chi = 485 tỷ đồng @ 2023"]),
    ("a caption says the unit in a bracket", """Nội dung | Năm 2023
        ---|---
        Thu nội địa | 512""", "Biểu 5. Thu ngân sách (triệu đồng)", ["Thu nội địa = 512 triệu đồng @ 2023"]),
    ("a cell has a unit of its own", """Chỉ tiêu | Kết quả năm 2023
        ---|---
        Tổng thu | 123,4 tỷ đồng
        Số hộ nghèo | 1.234 hộ
        Tỷ lệ hộ nghèo | 3,4%""", "", [
        "Tổng thu = 123.4 tỷ đồng @ 2023", "Số hộ nghèo = 1234 hộ @ 2023", "Tỷ lệ hộ nghèo = 3.4 % @ 2023"]),
    ("a quotient whose sign stands in its cells", """Nội dung | DT 2023 | TH 2023 | TH/DT
        ---|---|---|---
        Thu nội địa | 45 | 25 | 55,6%
        Thu đất | 12 | 3 | 25,0%""", "ĐVT: tỷ đồng", [
        "Thu nội địa = 45 tỷ đồng @ 2023", "Thu nội địa = 25 tỷ đồng @ 2023 ; plan ratio 55.6 %"]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "table", "caption", "first"), CASES, ids=[case[0] for case in CASES])
def test_the_cells_of_a_table_say(what: str, table: str, caption: str, first: list[str]) -> None:
    told = [*map(said, figures_of(table, caption))]
    assert set(first) <= set(told), told


@pytest.mark.parametrize(
    ("caption", "period"),
    [
        ("Biểu 3. Thu ngân sách đến hết tháng 9 năm 2023", "2023-M01/M09"),
        ("Biểu 8. Gieo trồng năm 2022 so với năm 2021", "2022"),
        ("Biểu 9. Dân số", None),
    ],
)
def test_a_caption_says_when(caption: str, period: str | None) -> None:
    assert period_of_caption(caption, "2023") == period
