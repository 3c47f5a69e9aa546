"""What the words of a clause mean together where the name that was read is no alias, and what they do not."""

from __future__ import annotations

import pytest

from extractor.pipeline import extract_text


def entries(text: str) -> list[str | None]:
    """The sure entry of each figure of a passage."""
    return [f.indicator_id if f.match == "alias" else None for f in extract_text(text, report_period="2023-H1")]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Trong năm 2021, TAND hai cấp thụ lý 7.860 vụ án dân sự.", "court_civil"),
        ("Toàn tỉnh có 33.720 hộ, số hộ nghèo theo chuẩn mới 3.720 hộ.", "poor_households"),
        ("Huyện được giao trồng mới 310 ha rừng.", "forest_new"),
        ("Thu trên địa bàn huyện được 23,7 tỷ đồng.", "rev_state"),
    ],
)
def test_clause_of_one_alias_and_harmless_words_is_sure(text: str, entry: str) -> None:
    assert entries(text)[-1] == entry


@pytest.mark.parametrize(
    "text",
    [
        "Đăng ký khai sinh lại cho 408 trường hợp.",
        "Có 1.790 hộ gia đình đạt danh hiệu gia đình văn hóa 3 năm liền.",
        "Rừng trồng trong rừng sản xuất đạt 3.470 ha.",
        "Kết quả nhận được 178 đơn vị.",
        "Gieo trồng vụ Đông Xuân 118.400 ha.",
    ],
)
def test_what_goes_on_behind_a_name_narrows_it(text: str) -> None:
    assert entries(text) == [None]


def test_longer_alias_decides_over_one_it_holds() -> None:
    assert entries("Tổng đàn gia súc, gia cầm là 91.260 con.") == [None]
