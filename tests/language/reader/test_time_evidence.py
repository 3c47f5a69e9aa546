"""When a figure holds: what is printed beside it, and what "cùng kỳ" says."""

from __future__ import annotations

import pytest

from extractor import extract_text


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Tỷ trọng nông nghiệp giảm từ 69% (1991) xuống còn 58% (2003).", ["1991", "2003"]),
        ("Diện tích mía từ 380 ha – năm 1995 xuống 185 ha – năm 1999.", ["1995", "1999"]),
        ("Có 5.602 ca mắc, giảm 40,4% so với cùng kỳ năm 2018 (9.400 ca).", ["2019", "2018"]),
        ("Có 5.602 ca mắc, giảm 40,4% so với cùng kỳ 2018 (9.400 ca), 12 ca nặng.", ["2019", "2018", "2019"]),
        ("Khối nông nghiệp tăng 2,41% (cùng kỳ năm 2017 tăng 3,62%).", ["2019", "2017"]),
        ("Thu ngân sách 21 tỷ đồng, trong khi cùng kỳ thu 18 tỷ đồng.", ["2019", "2018"]),
        ("Thụ lý 284 vụ án (cùng kỳ chuyển sang 96 vụ, mới 188 vụ).", ["2019", "2019", "2019"]),
        # "đến nay" that opens a sentence is as late as the report
        ("Năm 2017 có 12 xã đạt chuẩn. Đến nay có 15 xã đạt chuẩn.", ["2017", "2019"]),
        # a time in the title of a programme is no time of what was done
        ("Thực hiện Đề án “Khởi nghiệp giai đoạn 2017 - 2025”: hỗ trợ 214 phụ nữ.", ["2019"]),
        # a bracket that opens with a time tells all its numbers
        ("Xảy ra 07 vụ cháy, thiệt hại 12,6 ha (cùng kỳ 11 vụ, 30,2 ha).", ["2019", "2019", "2018", "2018"]),
        ("Cấy 640 ha lúa, 85 ha ngô (năm 2017: 610 ha lúa, 92 ha ngô, 14 ha lạc).", ["2019"] * 2 + ["2017"] * 3),
        ("Có 46 vụ, 5 người bị thương (năm 2017: 50 vụ, năm 2016: 48 vụ).", ["2019", "2019", "2017", "2016"]),
        # a time in a bracket of its own before a colon holds for all that it announces
        ("Cơ cấu (năm 2010): nông nghiệp 33,8%; công nghiệp 29,4%; dịch vụ 36,8%.", ["2010"] * 3),
        ("Dân số theo thôn (năm 2009): Đông 1.214 người; Tây 988 người; Nam 610 người.", ["2009"] * 3),
        ("Thu phí (năm 2015): 9 tỷ đồng. Chi sự nghiệp 4 tỷ đồng.", ["2015", "2019"]),
        # the level that a change is counted from, where the two numbers differ by it
        ("Phạm pháp hình sự giảm 8 vụ so với cùng kỳ (46/54 vụ).", ["2019", "2018"]),
        ("So với năm 2018, số người chết tăng 5 người (9/4 người).", ["2019", "2018"]),
        ("Số vụ giảm 8 vụ so với cùng kỳ (46/58 vụ).", ["2019"]),
        # a base is no period of its own
        ("So với cùng kỳ năm 2018, số vụ cháy tăng 37 vụ.", ["2019"]),
    ],
)
def test_period_of_each(text: str, periods: list[str]) -> None:
    assert [figure.period for figure in extract_text(text, report_period="2019")] == periods


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("So với tháng trước, số vụ cháy giảm 4 vụ (46/50 vụ).", "2019-02"),
        ("So với cùng kỳ năm 2016, số vụ cháy giảm 4 vụ (46/50 vụ).", "2016-03"),
    ],
)
def test_level_before_a_change_is_of_the_printed_base(text: str, then: str) -> None:
    now, before = extract_text(text, report_period="2019-03")
    assert (now.period, before.period, now.total) == ("2019-03", then, None)
