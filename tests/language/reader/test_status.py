"""Status and period: stated, spread over coordinate parts, turned by a heading."""

from __future__ import annotations

import pytest

from tests.language.reading import read

STATUS: list[tuple[str, list[str]]] = [
    # an estimate spreads over parts that only say "đạt"
    (
        "Quý III ước đạt 412 tấn tôm; cá đạt 95 tấn; mực đạt 12 tấn.",
        ["tôm !estimate = 412 tấn", "cá !estimate = 95 tấn", "mực !estimate = 12 tấn"],
    ),
    # counter: not over a full stop
    (
        "Sản lượng tôm ước đạt 412 tấn. Sản lượng cá đạt 95 tấn.",
        ["Sản lượng tôm !estimate = 412 tấn", "Sản lượng cá !actual = 95 tấn"],
    ),
    ("Phấn đấu thu ngân sách đạt 900 tỷ đồng.", ["thu ngân sách !plan = 900 tỷ đồng"]),
    ("Dự kiến thu ngân sách đạt 900 tỷ đồng.", ["thu ngân sách !projection = 900 tỷ đồng"]),
    ("Đã thực hiện thu ngân sách 900 tỷ đồng.", ["thu ngân sách !actual = 900 tỷ đồng"]),
    # a name that names a plan, beside what was done
    (
        "Kế hoạch vốn năm 2023 là 210 tỷ đồng; giải ngân 95 tỷ đồng.",
        ["Kế hoạch vốn !plan = 210 tỷ đồng", "giải ngân !actual = 95 tỷ đồng"],
    ),
    (
        "Tổng kế hoạch vốn năm 2023 là 210 tỷ đồng; giải ngân 95 tỷ đồng.",
        ["Tổng kế hoạch vốn !plan = 210 tỷ đồng", "giải ngân !actual = 95 tỷ đồng"],
    ),
    # "theo kế hoạch" behind what is counted tells which ones, and what a bracket says ends with it
    (
        "Kiểm tra 186 cơ sở (124 cơ sở theo kế hoạch, 62 cơ sở đột xuất); thu hồi 15 triệu đồng.",
        [
            "Kiểm tra cơ sở !actual = 186 cơ sở",
            "cơ sở !actual = 124 cơ sở",
            "cơ sở đột xuất !actual = 62 cơ sở",
            "thu hồi !actual = 15 triệu đồng",
        ],
    ),
    (
        "Giá trị sản xuất tăng 12% (mục tiêu 13%); thu ngân sách đạt 9 tỷ đồng.",
        [
            "Giá trị sản xuất !actual = - ; change 12 % same",
            "Giá trị sản xuất !plan = - ; change 13 % same",
            "thu ngân sách !actual = 9 tỷ đồng",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), STATUS)
def test_status(text: str, expected: list[str]) -> None:
    assert read(text, "status") == expected


HEADINGS: list[tuple[str, list[str]]] = [
    ("II. PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ III", ["Trồng mới rừng !plan = 120 ha"]),
    ("I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ QUÝ II", ["Trồng mới rừng !actual = 120 ha"]),
    ("3. Lâm nghiệp", ["Trồng mới rừng !actual = 120 ha"]),
]


@pytest.mark.parametrize(("heading", "expected"), HEADINGS)
def test_the_plan_section_turns_the_status(heading: str, expected: list[str]) -> None:
    assert read("Trồng mới 120 ha rừng.", "status", heading=heading) == expected


PERIODS: list[tuple[str, str, list[str]]] = [
    (
        "2023-Q1",
        "Thu phí tháng 3 ước thực hiện 12.300 triệu đồng, quý I ước thực hiện 34.100 triệu đồng, "
        "đạt 22,4% kế hoạch, tăng 6,1% so cùng kỳ.",
        [
            "Thu phí @2023-03 = 12300 triệu đồng",
            "Thu phí @2023-Q1 = 34100 triệu đồng ; ratio 22.4 % plan ; change 6.1 % same",
        ],
    ),
    # the period behind the value
    ("2023-H1", "Khách du lịch đạt 361 nghìn lượt trong tháng 6.", ["Khách du lịch @2023-06 = 361 nghìn lượt"]),
    ("2023-M01/M09", "Lũy kế 9 tháng thu phí 412 triệu đồng.", ["thu phí @2023-M01/M09 = 412 triệu đồng"]),
    ("2023-Q1", "Trong quý cấp 78 giấy phép xây dựng.", ["giấy phép xây dựng @2023-Q1 = 78 giấy phép"]),
    ("2023-Q1", "Tính đến ngày 20/3 dư nợ đạt 412 tỷ đồng.", ["dư nợ @../2023-03-20 = 412 tỷ đồng"]),
    (
        "2023-Q1",
        "Từ ngày 15/12/2022 đến ngày 14/3/2023 xảy ra 12 vụ trộm.",
        ["vụ trộm @2022-12-15/2023-03-14 = 12 vụ"],
    ),
    ("2023", "Năm học 2022-2023 có 4.120 học sinh.", ["học sinh @2022/2023 = 4120 học sinh"]),
    # nothing said: the report's own
    ("2023-Q1", "Dư nợ đạt 412 tỷ đồng.", ["Dư nợ @2023-Q1 = 412 tỷ đồng"]),
    # counter: the period of a base is not that of the figure
    (
        "2023-Q1",
        "Dư nợ đạt 412 tỷ đồng, tăng 6% so với tháng 12/2022.",
        ["Dư nợ @2023-Q1 = 412 tỷ đồng ; change 6 % other"],
    ),
]


@pytest.mark.parametrize(("report_period", "text", "expected"), PERIODS)
def test_periods_of_figures(report_period: str, text: str, expected: list[str]) -> None:
    assert read(text, "period", report_period=report_period) == expected
