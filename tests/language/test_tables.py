"""Annex tables: what the header, the row and the caption say of every cell."""

# ruff: noqa: E501 - a row of a table is a line

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.odd_tables import TABLES, read_gold, score
from extractor.domain.figure import Figure
from extractor.language import read_figures
from extractor.language.table_headers import period_of_caption
from extractor.paper import read_document
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
    ("a ditto mark between strokes", """Cây trồng | ĐVT | Năm 2022 | Năm 2023
        ---|---|---|---
        Sản lượng lúa | tấn | 8.360 | 8.214
        Sản lượng ngô | -"- | 1.730 | 1.806""", "", [
        "Sản lượng lúa = 8360 tấn @ 2022", "Sản lượng lúa = 8214 tấn @ 2023",
        "Sản lượng ngô = 1730 tấn @ 2022", "Sản lượng ngô = 1806 tấn @ 2023"]),
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
        Xã Bình Minh | 980 | 3.720""", "**Biểu 5. Dân số năm 2022**", ["Số hộ (Xã An Lạc) = 1204 hộ @ 2022"]),
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
    ("two lists side by side, each with its plan and performance", """Nội dung thu | Dự toán | Quyết toán | Nội dung chi | Dự toán | Quyết toán
        ---|---|---|---|---|---
        Thu hưởng 100% | 215 | 241 | Chi đầu tư | 125 | 160
        Thu bổ sung | 655 | 715 | Chi thường xuyên | 601 | 622""", "ĐVT: triệu đồng", [
        "Thu bổ sung = 655 triệu đồng @ 2023", "Chi đầu tư = 125 triệu đồng @ 2023",
        "Chi thường xuyên = 622 triệu đồng @ 2023-M01/M09"]),
    ("two columns of words before their numbers are no lists", """Chủ đầu tư | Nguồn vốn | Số vốn (triệu đồng) | Đã chi (triệu đồng)
        ---|---|---|---
        Ban quản lý A | Trung ương | 125 | 160
        Ban quản lý B | Địa phương | 601 | 622""", "", ["Số vốn (Ban quản lý A) = 125 triệu đồng @ 2023-M01/M09"]),
    ("a quotient of a time and a plan is a comparison, whether its sign is printed or not", """Chỉ tiêu | Dự toán năm | 9 tháng | 9 tháng/DT | 9 tháng/CK
        ---|---|---|---|---
        Thu phí | 412 | 193 | 46,8 | 108,4
        Chi lương | 96 | 38 | 39,6 | 121,7""", "ĐVT: triệu đồng", [
        "Thu phí = 193 triệu đồng @ 2023-M01/M09 ; plan ratio 46.8 % ; same_period_last_year ratio 108.4 %"]),
    ("DT over hectares is an area, over money a plan", """Xã | DT (ha) | NS (tạ/ha) | SL (tấn)
        ---|---|---|---
        Xã Đồng Tâm | 702,5 | 56,2 | 3.948,1
        Xã Khoan Dụ | 518,3 | 52,9 | 2.741,8""", "", [
        "DT (Xã Đồng Tâm) = 702.5 ha @ 2023-M01/M09", "SL (Xã Khoan Dụ) = 2741.8 tấn @ 2023-M01/M09"]),
    ("comparisons behind last year are this year's", """Tên chỉ tiêu | Đơn vị | KH 2023 | TH tháng 9 | Lũy kế 9 tháng | Cùng kỳ 2022 | So KH (%) | So cùng kỳ (%)
        ---|---|---|---|---|---|---|---
        Trồng rừng | ha | 450 | 38,5 | 431,2 | 407,6 | 95,8 | 105,8
        Thu phí | tỷ đồng | 88 | 6,2 | 71,8 | 74,6 | 81,6 | 96,2""", "", [
        "Trồng rừng = 407.6 ha @ 2022-M01/M09", "Trồng rừng = 38.5 ha @ 2023-09",
        "Thu phí = 71.8 tỷ đồng @ 2023-M01/M09 ; plan ratio 81.6 % ; same_period_last_year ratio 96.2 %"]),
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
    ("thousands in the column of units", """ | Đơn vị tính | Năm 2022 | Năm 2023
        ---|---|---|---
        Xi măng | 1000 tấn | 123,4 | 130,2
        Quần áo | 1000 cái | 2.345 | 2.400""", "", ["Xi măng = 130.2 1000 tấn @ 2023", "Quần áo = 2345 1000 cái @ 2022"]),
    ("what was carried over is a measure", """Loại đơn | Kỳ trước chuyển sang | Nhận trong kỳ
        ---|---|---
        Khiếu nại | 3 | 12
        Tố cáo | 1 | 5""", "", [
        "Kỳ trước chuyển sang (Khiếu nại) = 3 None @ 2023-M01/M09", "Nhận (Tố cáo) = 5 None @ 2023-M01/M09"]),
    ("what last year carried over is this year's", """Đơn vị | Số vụ thụ lý | Năm trước chuyển sang | Thụ lý mới
        ---|---|---|---
        Huyện Đại Khê | 412 | 163 | 249
        Huyện Lam Khê | 90 | 31 | 59""", "", [
        "Năm trước chuyển sang (Huyện Đại Khê) = 163 None @ 2023-M01/M09"]),
    ("what begins with the noun that another column counts counts it", """Xã | Số hộ nghèo | Trong đó: Hộ nghèo DTTS | Dân tộc khác
        ---|---|---|---
        Xã Phú An | 112 | 63 | 12
        Xã Phú Lộc | 97 | 41 | 9""", "", [
        "Hộ nghèo DTTS (Xã Phú An) = 63 hộ nghèo @ 2023-M01/M09", "Dân tộc khác (Xã Phú An) = 12 None @ 2023-M01/M09"]),
    ("a yearbook in two languages", """ | 2022 | 2023
        ---|---|---
         | Người - Person |
        TỔNG SỐ - TOTAL | 606.840 | 631.383
        Phân theo giới tính - By sex | |
        Nam - Male | 298.721 | 300.686
         | Cơ cấu - Structure (%) |
        Nam - Male | 49,23 | 47,62""", "Biểu 5. Lực lượng lao động", [
        "TỔNG SỐ = 606840 Người @ 2022", "Nam = 300686 Người @ 2023", "Nam < Cơ cấu = 49.23 % @ 2022"]),
    ("a plan that is given is no name", """Đối tượng | Chỉ tiêu giao | Đã thực hiện | Tỷ lệ đạt
        ---|---|---|---
        BHYT | 145.000 | 143.200 | 98,76%
        BHXH | 12.000 | 11.800 | 98,33%""", "", [
        "BHYT = 145000 None @ 2023", "BHYT = 143200 None @ 2023-M01/M09 ; plan ratio 98.76 %"]),
    ("a share in brackets behind a count", """Nội dung | Nam | Nữ
        ---|---|---
        Loại I | 345 (28%) | 400 (29,7%)
        Loại II | 500 (40,5%) | 550 (-1,2%)""", "", [
        "Loại I (Nam) = 345 None @ 2023-M01/M09 ; total ratio 28 %",
        "Loại II (Nữ) = 550 None @ 2023-M01/M09 ; other change -1.2 %"]),
    ("counts name their unit", """Xã | Số hộ | Số khẩu | Số tiền (triệu đồng)
        ---|---|---|---
        Xã An Lạc | 45 | 180 | 12
        Xã Bình Minh | 30 | 110 | 9""", "", [
        "Số hộ (Xã An Lạc) = 45 hộ @ 2023-M01/M09", "Số khẩu (Xã Bình Minh) = 110 khẩu @ 2023-M01/M09",
        "Số tiền (Xã An Lạc) = 12 triệu đồng @ 2023-M01/M09"]),
    ("a sum of its own", """Xã | Số ca mắc mới | Lũy kế | Khỏi bệnh
        ---|---|---|---
        Xã An Lạc | 12 | 345 | 330
        Xã Bình Minh | 5 | 120 | 118""", "", ["Lũy kế (Xã An Lạc) = 345 None @ 2023-M01/M09"]),
    ("the days of prices", """Mặt hàng | ĐVT | Giá ngày 01/9 | Giá ngày 15/9
        ---|---|---|---
        Gạo tẻ | đ/kg | 14.000 | 14.500
        Thịt lợn | đ/kg | 120.000 | 115.000""", "", [
        "Gạo tẻ (Giá) = 14000 đ/kg @ 2023-09-01", "Thịt lợn (Giá) = 115000 đ/kg @ 2023-09-15"]),
    ("a part of a whole in one cell", """Xã | Số tiêu chí đạt | Hộ nghèo (%)
        ---|---|---
        Xã An Lạc | 15/19 | 4,5
        Xã Bình Minh | 9/11 | 2,1""", "", [
        "Số tiêu chí đạt (Xã An Lạc) = 15 tiêu chí @ 2023-M01/M09",
        "Số tiêu chí đạt (Xã Bình Minh) = 9 tiêu chí @ 2023-M01/M09"]),
    ("months down the side and their sum", """Tháng | Khối lượng (tấn)
        ---|---
        1 | 123,4
        2 | 130,2
        Cộng | 253,6""", "", [
        "Khối lượng = 123.4 tấn @ 2023-01", "Khối lượng = 130.2 tấn @ 2023-02", "Khối lượng (Cộng) = 253.6 tấn @ 2023-M01/M09"]),
    ("unmarked rows detail the numbered one", """ | Năm 2021 | Năm 2022
        ---|---|---
        1. Số trường (Trường) | 45 | 46
        Mầm non | 25 | 25
        Tiểu học | 20 | 21
        2. Số học sinh (Học sinh) | 12.345 | 12.678""", "", [
        "Mầm non < Số trường = 25 Trường @ 2021", "Số học sinh (Học sinh) = 12678 Học sinh @ 2022"]),
    ("differences under a head are of that head", """TT | Tội phạm | Số vụ năm 2022 | Số vụ năm 2023 | Chênh lệch
        ---|---|---|---|---
        1 | Giết người | 3 | 5 | 2
        2 | Trộm cắp | 45 | 40 | (5)""", "", [
        "Số vụ (Giết người) = 5 vụ @ 2023 ; same_period_last_year abs_change 2 vụ",
        "Số vụ (Trộm cắp) = 40 vụ @ 2023 ; same_period_last_year abs_change -5 vụ"]),
    ("next year's plan is compared as a plan", """Chỉ tiêu | ĐVT | KH 2023 | Ước TH 2023 | KH 2024 | KH 2024/ƯTH 2023 (%)
        ---|---|---|---|---|---
        Thu phí | tỷ đồng | 130 | 141 | 150 | 106,4
        Chi lương | tỷ đồng | 90 | 91 | 95 | 104,4""", "", [
        "Thu phí = 150 tỷ đồng @ 2024 ; same_period_last_year ratio 106.4 %", "Thu phí = 141 tỷ đồng @ 2023"]),
    ("a sum and its rate of the plan", """Nội dung | Dự toán | Thực hiện | Tuyệt đối | Tương đối (%)
        ---|---|---|---|---
        Chi đầu tư | 5.000 | 5.600 | 600 | 112
        Chi lương | 900 | 880 | -20 | 97,8""", "ĐVT: triệu đồng", ["Chi đầu tư = 5000 triệu đồng @ 2023"]),
    ("months written short", """Xã | T1 | T2 | T3
        ---|---|---|---
        An Lạc | 1 | 0 | 3
        Bình Minh | 2 | 1 | 0""", "", ["An Lạc = 3 None @ 2023-03", "Bình Minh = 2 None @ 2023-01"]),
    ("a translation is no part of the name", """ | 2021 | 2022
        ---|---|---
         1. Tổng số - Total | 123 | 124
        Nam - Male | 61 | 62
        Lai Châu - Điện Biên | 5 | 6""", "", [
        "Tổng số = 124 None @ 2022", "Nam = 61 None @ 2021", "Lai Châu - Điện Biên = 6 None @ 2022"]),
    ("rows of words tell names apart", """TT | Cây trồng | Đơn vị | Năm 2022 | Năm 2023
        ---|---|---|---|---
        1 | Lúa | | |
        | Diện tích | ha | 1.200 | 1.210
        | Năng suất | tạ/ha | 56,7 | 57,8
        2 | Ngô | | |
        | Diện tích | ha | 300 | 280""", "", [
        "Diện tích < Lúa = 1210 ha @ 2023", "Năng suất < Lúa = 56.7 tạ/ha @ 2022", "Diện tích < Ngô = 280 ha @ 2023"]),
    ("a part of a whole with its unit", """Nội dung | Kết quả
        ---|---
        Số thôn đạt chuẩn | 12/15 thôn
        Kinh phí | 45,6 triệu đồng""", "", ["Số thôn đạt chuẩn = 12 thôn @ 2023-M01/M09"]),
    ("months written short inside a head", """Sản phẩm | ĐVT | Chính thức T8/2023 | Ước T9/2023 | T9/2023 so T8/2023 (%) | T9/2023 so T9/2022 (%)
        ---|---|---|---|---|---
        Đá xây dựng | tấn | 128,4 | 131,7 | 102,6 | 108,3
        Tinh bột | tấn | 14,5 | 9,8 | 67,6 | 91,4""", "", [
        "Đá xây dựng = 128.4 tấn @ 2023-08",
        "Đá xây dựng = 131.7 tấn @ 2023-09 ; previous_period ratio 102.6 % ; same_period_last_year ratio 108.3 %"]),
    ("the period that is reported beside the same one of last year", """Nội dung | ĐVT | Kỳ báo cáo | Cùng kỳ năm trước | (+/-) | Tỷ lệ (%)
        ---|---|---|---|---|---
        Số vụ cháy | vụ | 6 | 4 | +2 | +50,0
        Bị thương | người | 19 | 28 | -9 | -32,1""", "", [
        "Số vụ cháy = 4 vụ @ 2022-M01/M09",
        "Bị thương = 19 người @ 2023-M01/M09 ; same_period_last_year abs_change -9 người"
        " ; same_period_last_year change -32.1 %"]),
    ("rows whose numbers carry on that of a row of words stand below it, until its like comes", """TT | Nội dung | ĐVT | Năm 2023
        ---|---|---|---
        1 | Tai nạn giao thông | |
        1.1 | Số vụ | vụ | 23
        1.2 | Người chết | người | 7
        2 | Cháy nổ | |
        2.1 | Số vụ cháy | vụ | 6
        3 | Xử phạt vi phạm | trường hợp | 2.846""", "", [
        "Người chết < Tai nạn giao thông = 7 người @ 2023", "Số vụ cháy < Cháy nổ = 6 vụ @ 2023",
        "Xử phạt vi phạm = 2846 trường hợp @ 2023"]),
    ("by what columns are parted is no part of a name, what is among them is", """Cơ sở | Lượt khám (lượt) | TĐ: BHYT (lượt) | Tr.đó: Trẻ em (lượt)
        ---|---|---|---
        Bệnh viện A | 139.207 | 108.344 | 13.552
        Bệnh viện B | 28.914 | 26.117 | 1.204""", "", [
        "BHYT (Bệnh viện A) = 108344 lượt @ 2023-M01/M09", "Trẻ em (Bệnh viện B) = 1204 lượt @ 2023-M01/M09"]),
    ("rows of words tell names apart whatever their numbers and units", """Chỉ tiêu | Năm 2022 | Năm 2023
        ---|---|---
        A. HÀNH KHÁCH | |
        1. Vận chuyển (nghìn HK) | 1.842 | 1.907
        2. Luân chuyển (nghìn HK.km) | 96.450 | 98.733
        B. HÀNG HÓA | |
        I. Vận chuyển (nghìn tấn) | 1.215 | 1.248""", "", [
        "Vận chuyển (nghìn HK) < HÀNH KHÁCH = 1842 nghìn HK @ 2022", "Vận chuyển (nghìn tấn) < HÀNG HÓA = 1248 nghìn tấn @ 2023"]),
    ("a base is named as in a sentence", """Chỉ tiêu | 9 tháng (tỷ đồng) | So với cuối năm trước (%) | So với cuối năm 2022 (%)
        ---|---|---|---
        Dư nợ | 812,5 | 104,1 | 104,2
        Huy động | 915,0 | 107,3 | 107,4""", "", [
        "Dư nợ = 812.5 tỷ đồng @ 2023-M01/M09 ; other ratio 104.1 % ; other ratio 104.2 %"]),
    ("a school year is held against the one before", """Chỉ tiêu | Năm học 2021 - 2022 | Năm học 2022 - 2023 | So với năm học trước (%)
        ---|---|---|---
        Số lớp | 148 | 141 | 95,3""", "", ["Số lớp = 141 lớp @ 2022/2023 ; same_period_last_year ratio 95.3 %"]),
    ("a year behind two words is a base too", """Chỉ tiêu | ĐVT | Ước TH 2023 | KH 2024 | KH 2024/Ước TH 2023 (%)
        ---|---|---|---|---
        Thu phí | tỷ đồng | 141 | 150 | 106,4""", "", ["Thu phí = 150 tỷ đồng @ 2024 ; same_period_last_year ratio 106.4 %"]),
    ("what is compared may be the period of the report", """Sản phẩm | ĐVT | Kỳ báo cáo | Riêng tháng 9 | Kỳ báo cáo so với kỳ trước (%)
        ---|---|---|---|---
        Xi măng | tấn | 124 | 1.136 | 104,6""", "", ["Xi măng = 124 tấn @ 2023-M01/M09 ; previous_period ratio 104.6 %"]),
    ("a word before a time names nothing", """Xã | Trong tháng 9 (hộ) | Trong quý III (hộ)
        ---|---|---
        Xã An Lạc | 12 | 31
        Xã Bình Minh | 14 | 35""", "", ["Xã An Lạc = 12 hộ @ 2023-09", "Xã Bình Minh = 35 hộ @ 2023-Q3"]),
    ("a sheet makes numbers of the numbers of rows", """TT | Nội dung | ĐVT | Năm 2023
        ---|---|---|---
        1 | Tai nạn giao thông | |
        1,1 | Số vụ | vụ | 23
        1,2 | Người chết | người | 7
        2 | Xử phạt vi phạm | trường hợp | 2.846""", "", [
        "Người chết < Tai nạn giao thông = 7 người @ 2023", "Xử phạt vi phạm = 2846 trường hợp @ 2023"]),
    ("units are told by their label, not by the units of government", """Loại đất | Năm 2022 | Năm 2023
        ---|---|---
        Đất lúa | 4.115 | 4.098
        Đất ở | 512 | 530""", "**Biểu 7. Đất đai theo đơn vị hành chính**\n\n*Đơn vị tính: ha*", ["Đất ở = 530 ha @ 2023"]),
    ("how a number was come by names nothing before what it is compared with", """Ngành | Ước tính tháng 9 so với tháng 8 (%) | Cộng dồn 9 tháng so với cùng kỳ (%)
        ---|---|---
        Khai khoáng | 98,2 | 93,8
        Chế biến | 102,4 | 108,6""", "", [
        "Khai khoáng @ 2023-09 ; previous_period ratio 98.2 %", "Chế biến @ 2023-M01/M09 ; same_period_last_year ratio 108.6 %"]),
    ("a day is held against that day of the year before", """Vật nuôi | ĐVT | Thời điểm 01/4/2022 | Thời điểm 01/4/2023 | 01/4/2023 so với 01/4/2022 (%)
        ---|---|---|---|---
        Trâu | con | 12.418 | 12.006 | 96,7
        Bò | con | 41.205 | 42.117 | 102,2""", "", [
        "Trâu = 12418 con @ 2022-04-01", "Bò = 42117 con @ 2023-04-01 ; same_period_last_year ratio 102.2 %"]),
    ("a row of words makes an index of what stands below it", """Vật nuôi | Năm 2022 | Năm 2023
        ---|---|---
         | Số lượng (Con) |
        Trâu | 345 | 361
         | Chỉ số phát triển (Năm trước = 100) - % |
        Trâu | 103,2 | 104,6
        Tháng trước = 100 | |
        Bò | 100,2 | 100,4""", "", [
        "Trâu < Số lượng = 361 Con @ 2023", "Trâu < Chỉ số phát triển @ 2023 ; same_period_last_year ratio 104.6 %",
        "Bò @ 2023 ; previous_period ratio 100.4 %"]),
    ("a caption makes an index of its table", """Nhóm hàng | Tháng 8 | Tháng 9
        ---|---|---
        Lương thực | 100,2 | 100,4
        Thực phẩm | 99,8 | 101,1""", "Biểu 3. Chỉ số giá tiêu dùng (Tháng trước = 100)", [
        "Lương thực @ 2023-08 ; previous_period ratio 100.2 %", "Thực phẩm @ 2023-09 ; previous_period ratio 101.1 %"]),
    ("a head makes an index of its column", """Nhóm hàng | Tháng 9 (Tháng trước = 100) | Tháng 9 (Năm 2019 = 100)
        ---|---|---
        Lương thực | 100,4 | 112,3
        Thực phẩm | 101,1 | 109,8""", "", [
        "Lương thực @ 2023-09 ; previous_period ratio 100.4 %", "Thực phẩm @ 2023-09 ; other ratio 109.8 %"]),
    ("changes that are differences in every row are absolute", """Hoạt động | 9 tháng năm 2022 | 9 tháng năm 2023 | Tăng, giảm so với cùng kỳ
        ---|---|---|---
        Khám bệnh (lượt) | 61.204 | 66.318 | 5.114
        Sốt xuất huyết (ca) | 112 | 71 | -41""", "", [
        "Khám bệnh (lượt) = 66318 lượt @ 2023-M01/M09 ; same_period_last_year abs_change 5114 lượt",
        "Sốt xuất huyết (ca) = 71 ca @ 2023-M01/M09 ; same_period_last_year abs_change -41 ca"]),
    ("changes that are not stay in per cent", """Hoạt động | 9 tháng năm 2022 | 9 tháng năm 2023 | Tăng, giảm so với cùng kỳ
        ---|---|---|---
        Khám bệnh (lượt) | 61.204 | 66.318 | 8,4
        Sốt xuất huyết (ca) | 112 | 71 | -36,6""", "", [
        "Sốt xuất huyết (ca) = 71 ca @ 2023-M01/M09 ; same_period_last_year change -36.6 %"]),
]  # fmt: skip

SHARED = """<table><tr><th rowspan="2">Loại tội</th><th colspan="2">Số vụ</th><th colspan="2">Tăng, giảm</th></tr>
<tr><th>Năm 2022</th><th>Năm 2023</th><th>Số vụ</th><th>Tỷ lệ (%)</th></tr>
<tr><td>Trộm cắp</td><td>52</td><td>47</td><td>-5</td><td>-9,6</td></tr></table>"""


def test_a_count_and_its_rate_under_one_head_of_up_and_down() -> None:
    figures, _ = read_figures(assemble(read_text(SHARED)), report_period=PERIOD)
    assert [said(figure) for figure in figures] == [
        "Số vụ (Trộm cắp) = 52 vụ @ 2022",
        "Số vụ (Trộm cắp) = 47 vụ @ 2023 ; same_period_last_year abs_change -5 vụ ; same_period_last_year change -9.6 %",
    ]


UNDER_HEADS = {
    "a kind of time above its number": (
        """<tr><th rowspan="2">Cấp học</th><th colspan="2">Năm học</th></tr><tr><th>2021-2022</th><th>Sơ bộ 2022-2023</th></tr>
        <tr><td>Tiểu học</td><td>345</td><td>361</td></tr>""",
        "Tiểu học = 361 None @ 2022/2023",
    ),
    "a comparison beside a head is that of its sum": (
        """<tr><th rowspan="2">Đơn vị</th><th colspan="2">Kết quả (người)</th><th rowspan="2">So KH (%)</th></tr>
        <tr><th>Tổng số</th><th>Trong tỉnh</th></tr><tr><td>Xã An Lạc</td><td>147</td><td>64</td><td>81,7</td></tr>""",
        "Tổng số (Xã An Lạc) = 147 người @ 2023-M01/M09 ; plan ratio 81.7 %",
    ),
    "what is compared stands below the base and the time": (
        """<tr><th rowspan="2">Mặt hàng</th><th colspan="2">9 tháng</th><th colspan="2">9 tháng so với cùng kỳ (%)</th></tr>
        <tr><th>Lượng (tấn)</th><th>Trị giá (nghìn USD)</th><th>Lượng</th><th>Trị giá</th></tr>
        <tr><td>Cà phê</td><td>21.036</td><td>88.412</td><td>91,4</td><td>137,6</td></tr>""",
        "Lượng (Cà phê) = 21036 tấn @ 2023-M01/M09 ; same_period_last_year ratio 91.4 %",
    ),
    "how it is compared is none": (
        """<tr><th rowspan="2">Chỉ tiêu</th><th rowspan="2">ĐVT</th><th colspan="2">9 tháng so với cùng kỳ</th></tr>
        <tr><th>Số tuyệt đối</th><th>Tăng, giảm (%)</th></tr><tr><td>Số vụ</td><td>vụ</td><td>(17)</td><td>(6,5)</td></tr>""",
        "Số vụ @ 2023-M01/M09 ; same_period_last_year abs_change -17 vụ",
    ),
}


@pytest.mark.parametrize("what", UNDER_HEADS)
def test_a_comparison_is_of_what_its_head_and_those_beside_it_tell(what: str) -> None:
    table, told = UNDER_HEADS[what]
    figures, _ = read_figures(assemble(read_text(f"<table>{table}</table>")), report_period=PERIOD)
    assert told in [*map(said, figures)]


PARTED = """<table><tr><th rowspan="2">Chỉ tiêu</th><th rowspan="2">ĐVT</th><th colspan="2">Chia theo huyện, thành phố</th></tr>
<tr><th>TP. An Khê</th><th>H. Ia Lang</th></tr><tr><td>Đàn trâu</td><td>con</td><td>612</td><td>5.377</td></tr></table>"""


def test_by_what_columns_are_parted_is_none_of_their_names() -> None:
    figures, _ = read_figures(assemble(read_text(PARTED)), report_period=PERIOD)
    assert [*map(said, figures)] == [
        "Đàn trâu (TP. An Khê) = 612 con @ 2023-M01/M09",
        "Đàn trâu (H. Ia Lang) = 5377 con @ 2023-M01/M09",
    ]


HALVES = """Biểu 5. Giải ngân vốn (Đơn vị tính: triệu đồng)

| Chủ đầu tư | Kế hoạch năm 2023 |
|---|---|
| Ban quản lý A | 618 |
| Ban quản lý B | 402 |

Biểu {mark}

| Chủ đầu tư | Kế hoạch năm 2023 |
|---|---|
| Ban quản lý C | 310 |
| Ban quản lý D | 221 |
"""


@pytest.mark.parametrize(
    ("mark", "unit"), [("5 (tiếp theo)", "triệu đồng"), ("6. Vốn các năm tiếp theo của huyện", None)]
)
def test_a_table_that_goes_on_has_the_unit_of_its_first_page(mark: str, unit: str | None) -> None:
    figures, _ = read_figures(assemble(read_text(HALVES.format(mark=mark))), report_period=PERIOD)
    assert [figure.unit for figure in figures] == ["triệu đồng"] * 2 + [unit] * 2


BANDS = """<p>Biểu 3. Dân số phân theo giới tính</p><table><tr><th>Năm</th><th>Tổng số</th><th>Nữ</th></tr>
<tr><td colspan="3">Người</td></tr><tr><td>2021</td><td>124.567</td><td>63.867</td></tr>
<tr><td>2022</td><td>125.001</td><td>64.020</td></tr><tr><td colspan="3">Tốc độ tăng - %</td></tr>
<tr><td>2022</td><td>0,35</td><td>0,24</td></tr></table>
<table><tr><th></th><th>2021</th><th>2022</th></tr><tr><td colspan="3">Diện tích (Ha)</td></tr>
<tr><td>TỔNG SỐ</td><td>12.345</td><td>12.400</td></tr><tr><td>Huyện Đại Khê</td><td>2.345</td><td>2.400</td></tr>
<tr><td colspan="3">Năng suất (Tạ/ha)</td></tr><tr><td>TỔNG SỐ</td><td>56,7</td><td>57,1</td></tr></table>"""


def test_a_row_of_words_alone_holds_for_those_below_it(tmp_path: Path) -> None:
    page = tmp_path / "bands.html"
    page.write_text(f"<html><body>{BANDS}</body></html>", encoding="utf-8")
    figures, _ = read_figures(read_document(page), report_period="2022")
    told = [*map(said, figures)]
    assert "Tổng số = 124567 Người @ 2021" in told
    assert "Tốc độ tăng (Nữ) = 0.24 % @ 2022" in told
    assert "Diện tích (TỔNG SỐ) = 12400 Ha @ 2022" in told
    assert "Diện tích (Huyện Đại Khê) = 2345 Ha @ 2021" in told
    assert "Năng suất (TỔNG SỐ) = 57.1 Tạ/ha @ 2022" in told
    assert figures[0].subject == "Dân số phân theo giới tính"
    assert len(figures) == 12


def test_one_base_over_several_times_and_units_in_a_row_of_their_own(tmp_path: Path) -> None:
    page = tmp_path / "heads.html"
    quarters = "<tr><td></td><td></td><td></td><td>Quý I</td><td>Quý II</td></tr>"
    page.write_text(
        "<html><body><table><tr><td>Ngành</td><td>Quý I (tấn)</td><td>Quý II (tấn)</td><td>So cùng kỳ (%)</td><td></td>"
        f"</tr>{quarters}<tr><td>Gạo</td><td>12</td><td>13</td><td>108,1</td><td>109,2</td></tr></table>"
        "<table><tr><td>Mặt hàng</td><td colspan=2>Năm 2022</td></tr><tr><td></td><td>Lượng</td><td>Trị giá</td></tr>"
        "<tr><td></td><td>Tấn</td><td>Nghìn USD</td></tr><tr><td>Gạo</td><td>620</td><td>1.100</td></tr></table>"
        "<table><tr><td></td><td colspan=2>Vốn (tỷ đồng)</td></tr><tr><td></td><td>2021</td><td>2022</td></tr>"
        "<tr><td>Nhà nước</td><td>15</td><td>16</td></tr></table></body></html>",
        encoding="utf-8",
    )
    told = [*map(said, read_figures(read_document(page), report_period="2022")[0])]
    assert "Gạo = 12 tấn @ 2022-Q1 ; same_period_last_year ratio 108.1 %" in told
    assert "Gạo = 13 tấn @ 2022-Q2 ; same_period_last_year ratio 109.2 %" in told
    assert "Lượng (Gạo) = 620 Tấn @ 2022" in told
    assert any("1100 Nghìn USD @ 2022" in line for line in told)
    assert "Vốn (Nhà nước) = 15 tỷ đồng @ 2021" in told


BARE = """Chỉ tiêu | ĐVT | TH 2022 | KH 2023 | TH 2023 | So sánh (%)
        ---|---|---|---|---|---
        Thu phí | tỷ đồng | 10 | 12,5 | 13 | {}
        Chi lương | tỷ đồng | 9 | 9,5 | 9,4 | {}"""


@pytest.mark.parametrize(
    ("printed", "base", "is_doubted"),
    [
        (("104", "98,9"), "plan", False),
        (("130", "104,4"), "same_period_last_year", False),
        (("104", "104,4"), "other", True),
    ],
)
def test_a_comparison_that_names_no_base_has_the_one_that_its_numbers_prove(
    printed: tuple[str, str], base: str, is_doubted: bool
) -> None:
    compared = [f for f in figures_of(BARE.format(*printed)) if f.comparisons]
    assert [c.base.value for f in compared for c in f.comparisons] == [base, base]
    assert [("base_unsure" in f.doubts) for f in compared] == [is_doubted, is_doubted]


def test_values_that_are_all_quotients_are_comparisons_though_their_sign_was_lost() -> None:
    table = "Nghề | Kế hoạch (triệu đồng) | Thực hiện (triệu đồng) | Đạt\n---|---|---|---\n"
    rows = "May | 412,5 | 388,0 | {}\nHàn | 150,0 | 97,5 | 65,0\nMộc | 640,0 | 512,4 | 80,1"
    proved = [f for f in figures_of(table + rows.format("94,1")) if f.comparisons]
    assert [(f.comparisons[0].base.value, str(f.comparisons[0].value)) for f in proved] == [
        ("plan", "94.1"), ("plan", "65.0"), ("plan", "80.1"),
    ]  # fmt: skip
    assert [str(f.value) for f in proved] == ["388.0", "97.5", "512.4"]
    assert not any(f.comparisons for f in figures_of(table + rows.format("91,4")))


@pytest.mark.parametrize(("report", "before"), [("2023-05", "2023-04"), ("2023-Q1", "2022-Q4"), (PERIOD, None)])
def test_the_period_before_is_told_by_that_of_the_report_or_doubted(report: str, before: str | None) -> None:
    table = "| Nội dung | ĐVT | Kỳ trước | Kỳ này |\n|---|---|---|---|\n| Số vụ | vụ | 12 | 13 |\n| Số người | người | 9 | 8 |"
    figures, _ = read_figures(assemble(read_text(table)), report_period=report)
    assert {figure.period for figure in figures[1::2]} == {report}
    assert all("period_unsure" in f.doubts if before is None else f.period == before for f in figures[::2])
    assert {figure.indicator for figure in figures} == {"Số vụ", "Số người"}


def test_values_below_the_same_head_or_none_are_doubted() -> None:
    table = "Thu phí | 123,4 | 130,2\nThu thuế | 45,5 | 46,1\nThu đất | 1,5 | 1,6"
    headed = "Chỉ tiêu | Năm 2022 (tỷ đồng) | Năm 2023 (tỷ đồng)\n---|---|---\n" + table
    assert all({"indicator_uncertain", "period_unsure"} <= {*figure.doubts} for figure in figures_of(table))
    assert not any({"indicator_uncertain", "period_unsure"} & {*figure.doubts} for figure in figures_of(headed))
    assert len(figures_of(table)) == len(figures_of(headed)) == 6


def test_a_unit_that_a_narrow_cell_broke_is_joined() -> None:
    figures = figures_of("""Chỉ tiêu | ĐVT | Năm 2023
        ---|---|---
        Thu nhập | Triệu đồng/nă m | 46,5
        Xử phạt | Trường hợ p | 212
        Thu phí | tỷ đồng | 4,5
        Đàn bò | con | 1.204""")
    assert [figure.unit for figure in figures] == ["Triệu đồng/năm", "Trường hợp", "tỷ đồng", "con"]


def test_what_only_tells_one_from_another_is_no_figure() -> None:
    figures = figures_of("""Họ và tên | Năm sinh | Điện thoại | Năm công tác
        ---|---|---|---
        Trần An | 1975 | 0912345678 | 1998
        Lê Bình | 1980 | 0987654321 | 2004""")
    assert figures == []


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


def test_words_alone_above_times_and_a_sum_beside_a_blank_name_are_names() -> None:
    rates = figures_of(
        """Năm | Tỷ suất sinh thô | Tỷ lệ tăng tự nhiên
        ---|---|---
        Thành thị | |
        2021 | 12,9 | 6,8
        2022 | 12,3 | 7,5""",
        "Biểu 5. Dân số trung bình\nĐơn vị tính: ‰",
    )
    assert [*map(said, rates)] == [
        "Tỷ suất sinh thô (Thành thị) = 12.9 ‰ @ 2021", "Tỷ lệ tăng tự nhiên (Thành thị) = 6.8 ‰ @ 2021",
        "Tỷ suất sinh thô (Thành thị) = 12.3 ‰ @ 2022", "Tỷ lệ tăng tự nhiên (Thành thị) = 7.5 ‰ @ 2022",
    ]  # fmt: skip
    classes = figures_of("""TT | Cấp học | Số lớp | Số trường
        ---|---|---|---
        1 | Mầm non | 127 | 14
        2 | Tiểu học | 198 | 12
        Cộng | | 325 | 26""")
    assert [*map(said, classes)][-2:] == [
        "Số lớp (Cộng) = 325 lớp @ 2023-M01/M09", "Số trường (Cộng) = 26 trường @ 2023-M01/M09",
    ]  # fmt: skip
