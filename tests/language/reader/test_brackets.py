"""What a number means only because it stands in brackets."""

from __future__ import annotations

import pytest

from tests.language.reading import read

POSITIONAL: list[tuple[str, list[str]]] = [
    (
        "Thu cân đối 412 tỷ đồng (29,1%; +12,4%).",
        ["Thu cân đối = 412 tỷ đồng ; ratio 29.1 % plan ; change 12.4 % same"],
    ),
    (
        "Thu hải quan đạt 96,5 tỷ đồng (bằng 31,2% DT; -7,4% CK).",
        ["Thu hải quan = 96.5 tỷ đồng ; ratio 31.2 % plan ; change -7.4 % same"],
    ),
    (
        "Chi đầu tư 210 tỷ đồng (bằng 48% dự toán, tăng 11% so với cùng kỳ).",
        ["Chi đầu tư = 210 tỷ đồng ; ratio 48 % plan ; change 11 % same"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), POSITIONAL)
def test_a_pair_in_brackets_is_share_of_plan_and_change(text: str, expected: list[str]) -> None:
    assert read(text) == expected


SIGNED: list[tuple[str, list[str]]] = [
    ("Năng suất ngô đạt 47,2 tạ/ha (+0,8 tạ/ha).", ["Năng suất ngô = 47.2 tạ/ha ; abs 0.8 tạ/ha same"]),
    ("Xảy ra 31 vụ trộm cắp (-6 vụ so với cùng kỳ).", ["vụ trộm cắp = 31 vụ ; abs -6 vụ same"]),
    ("Chỉ số sản xuất điện (+6,4%) so với cùng kỳ.", ["Chỉ số sản xuất điện = - ; change 6.4 % same"]),
    # a rate with a signed percentage changes by points, an amount by per cent
    ("Tỷ lệ che phủ rừng đạt 54,3% (+0,4%).", ["Tỷ lệ che phủ rừng = 54.3 % ; points 0.4 % same"]),
    ("Sản lượng cá đạt 95 tấn (+0,4%).", ["Sản lượng cá = 95 tấn ; change 0.4 % same"]),
]


@pytest.mark.parametrize(("text", "expected"), SIGNED)
def test_a_sign_makes_a_change(text: str, expected: list[str]) -> None:
    assert read(text) == expected


REPEATED: list[tuple[str, list[str]]] = [
    (
        "Xảy ra 48 vụ tai nạn giao thông, giảm 9 vụ (15,8%) so với cùng kỳ.",
        ["vụ tai nạn giao thông = 48 vụ ; abs -9 vụ same ; change -15.8 % same"],
    ),
    (
        "Thụ lý 412 vụ án dân sự, tăng 37 vụ (9,9%) so với cùng kỳ năm trước.",
        ["vụ án dân sự = 412 vụ án ; abs 37 vụ same ; change 9.9 % same"],
    ),
    # the sign inside does not turn "giảm" round
    (
        "Phát hiện 93 vụ vi phạm, giảm 11 vụ (-10,6%) so với cùng kỳ.",
        ["vụ vi phạm = 93 vụ ; abs -11 vụ same ; change -10.6 % same"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), REPEATED)
def test_a_bracket_inherits_the_sign_of_the_change_before_it(text: str, expected: list[str]) -> None:
    assert read(text) == expected


SIBLINGS: list[tuple[str, list[str]]] = [
    (
        "Thu ngân sách 412 tỷ đồng (kế hoạch 880,5 tỷ đồng).",
        ["Thu ngân sách @2023 !actual = 412 tỷ đồng", "Thu ngân sách @2023 !plan = 880.5 tỷ đồng"],
    ),
    (
        "Tổng thu 12,4 tỷ đồng (cùng kỳ 9,1 tỷ đồng).",
        ["Tổng thu @2023 !actual = 12.4 tỷ đồng", "Tổng thu @2022 !actual = 9.1 tỷ đồng"],
    ),
    (
        "Tốc độ tăng trưởng đạt 10,2% (KH: 11,5%).",
        ["Tốc độ tăng trưởng @2023 !actual = 10.2 %", "Tốc độ tăng trưởng @2023 !plan = 11.5 %"],
    ),
    (
        "Tỷ lệ hộ dùng nước sạch đạt 96,2% (năm 2021 là 94,8%).",
        ["Tỷ lệ hộ dùng nước sạch @2023 !actual = 96.2 %", "Tỷ lệ hộ dùng nước sạch @2021 !actual = 94.8 %"],
    ),
    (
        "Tháng 8/2023 xuất khẩu 2,71 tỷ USD (tháng trước 2,64 tỷ USD).",
        ["xuất khẩu @2023-08 !actual = 2.71 tỷ USD", "xuất khẩu @2023-07 !actual = 2.64 tỷ USD"],
    ),
    # a growth rate with last year's growth rate: two figures without a value
    (
        "GRDP tăng 7,9% (cùng kỳ tăng 7,3%).",
        ["GRDP @2023 !actual = - ; change 7.9 % same", "GRDP @2022 !actual = - ; change 7.3 % same"],
    ),
    # counter: what another name stands for is a part, not a sibling
    (
        "Tổng thu 12,4 tỷ đồng (phí chợ 9,1 tỷ đồng).",
        ["Tổng thu @2023 !actual = 12.4 tỷ đồng", "phí chợ @2023 !actual = 9.1 tỷ đồng"],
    ),
    # counter: a base in brackets makes a comparison
    (
        "Tổng thu 12,4 tỷ đồng (tăng 9,1% so với cùng kỳ).",
        ["Tổng thu @2023 !actual = 12.4 tỷ đồng ; change 9.1 % same"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SIBLINGS)
def test_another_time_or_the_plan_in_brackets_is_a_figure(text: str, expected: list[str]) -> None:
    assert read(text, "period", "status", report_period="2023") == expected


ECHOES: list[tuple[str, list[str]]] = [
    ("Tổng vốn đầu tư 25.300 tỷ đồng (khoảng 1,09 tỷ USD).", ["Tổng vốn đầu tư = 25300 tỷ đồng"]),
    ("Tổng chi 450.000.000 đồng (Bốn trăm năm mươi triệu đồng).", ["Tổng chi = 450000000 đồng"]),
    # counter: another amount with a name of its own is counted
    (
        "Tổng vốn đầu tư 25.300 tỷ đồng (vốn vay 1,09 tỷ USD).",
        ["Tổng vốn đầu tư = 25300 tỷ đồng", "vốn vay = 1.09 tỷ USD"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ECHOES)
def test_an_amount_repeated_is_counted_once(text: str, expected: list[str]) -> None:
    assert read(text) == expected


THIS_AND_LAST: list[tuple[str, list[str]]] = [
    (
        "Phạm pháp hình sự tăng 88 vụ (211/123 vụ).",
        ["Phạm pháp hình sự @2023 = 211 vụ ; abs 88 vụ same", "Phạm pháp hình sự @2022 = 123 vụ"],
    ),
    (
        "Hỏa hoạn giảm 4 vụ (9/13 vụ).",
        ["Hỏa hoạn @2023 = 9 vụ ; abs -4 vụ same", "Hỏa hoạn @2022 = 13 vụ"],
    ),
    # counter: only the difference proves it; else a/b is done of all
    ("Đã giải quyết 211/223 vụ, đạt 94,6%.", ["giải quyết vụ @2023 = 211/223 vụ ; ratio 94.6 % total"]),
]


@pytest.mark.parametrize(("text", "expected"), THIS_AND_LAST)
def test_this_year_over_last_year(text: str, expected: list[str]) -> None:
    assert read(text, "period", report_period="2023") == expected


PARTS: list[tuple[str, list[str]]] = [
    (
        "Xuất khẩu lao động 412 người (Nhật Bản 251, Đài Loan 118, Hàn Quốc 43).",
        [
            "Xuất khẩu lao động = 412 người",
            "Nhật Bản ^Xuất khẩu lao động = 251 người",
            "Đài Loan ^Xuất khẩu lao động = 118 người",
            "Hàn Quốc ^Xuất khẩu lao động = 43 người",
        ],
    ),
    # behind the bracket the head goes on
    (
        "Xuất khẩu lao động 412 người (Nhật Bản 251, Đài Loan 161), tăng 12% so với cùng kỳ.",
        [
            "Xuất khẩu lao động = 412 người ; change 12 % same",
            "Nhật Bản ^Xuất khẩu lao động = 251 người",
            "Đài Loan ^Xuất khẩu lao động = 161 người",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_parts_in_brackets_take_unit_and_parent_of_their_head(text: str, expected: list[str]) -> None:
    assert read(text, "parent") == expected


@pytest.mark.parametrize(
    "text", ["Thu phí đạt 12 tỷ đồng (tăng 3%", "Thu phí ) đạt 12 tỷ đồng, tăng 3%", "((((12 tỷ đồng"]
)
def test_brackets_that_do_not_match_lose_nothing_else(text: str) -> None:
    assert any("12 tỷ đồng" in line for line in read(text))
