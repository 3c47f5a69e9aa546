"""Where the name of what is measured begins and ends: the shortest phrase, marks and cues left outside."""

from __future__ import annotations

import pytest

from extractor import extract_text


def named(text: str) -> list[tuple[str | None, str | None]]:
    """Indicator and qualifier of every figure."""
    return [(f.indicator, f.qualifier) for f in extract_text(text)]


EDGES = [
    # periods, status and bound words stay outside
    ("Quý II ước thu nội địa khoảng 12 tỷ đồng.", "thu nội địa"),
    ("Tính đến ngày 20/3, dư nợ đạt trên 12 tỷ đồng.", "dư nợ"),
    ("Giá trị xuất khẩu tháng 8 đạt 12 triệu USD.", "Giá trị xuất khẩu"),
    # bullets and bold marks too
    ("- **Thu nội địa:** 12 tỷ đồng.", "Thu nội địa"),
    ("+ Thu nội địa: 12 tỷ đồng.", "Thu nội địa"),
    # a name may hold hyphens
    ("Giá trị nông - lâm - thủy sản đạt 12 tỷ đồng.", "Giá trị nông - lâm - thủy sản"),
    # the clause before the comma is not part of it
    ("Nhờ giá tăng cao, doanh thu bán lẻ đạt 12 tỷ đồng.", "doanh thu bán lẻ"),
    # nor is a number that belongs to another name
    ("Thực hiện Đề án 06, thu phí đạt 12 tỷ đồng.", "thu phí"),
    # what is said of it, who gave it and the document that it goes by are not part of it
    ("Cây chè vẫn giữ vị trí chủ lực với 12 ha.", "Cây chè"),
    ("Tổng vốn đầu tư năm 2022 được Thủ tướng Chính phủ giao là 12 tỷ đồng.", "Tổng vốn đầu tư"),
    ("Tái canh theo Quyết định số 4521/QĐ-BNN đạt 12 ha.", "Tái canh"),
    ("Thu thuế tháng 9 đạt 12 tỷ đồng.", "Thu thuế"),
]


@pytest.mark.parametrize(("text", "name"), EDGES)
def test_a_name_ends_where_the_cues_begin(text: str, name: str) -> None:
    assert [indicator for indicator, _ in named(text)] == [name]


QUALIFIED = [
    ("Thu ngân sách (do xã quản lý) đạt 12 tỷ đồng.", ("Thu ngân sách", "do xã quản lý")),
    # counter: a bracket behind the value is no qualifier
    ("Thu ngân sách đạt 12 tỷ đồng (do xã quản lý).", ("Thu ngân sách", None)),
]


@pytest.mark.parametrize(("text", "expected"), QUALIFIED)
def test_a_bracket_behind_a_name_qualifies_it(text: str, expected: tuple[str, str | None]) -> None:
    assert named(text) == [expected]


COUNTED = [
    ("Tặng 12 suất quà cho hộ nghèo.", "suất quà"),
    ("Có 12 vụ cháy rừng.", "vụ cháy rừng"),
    ("Huyện có 12 trạm y tế.", "trạm y tế"),
    ("Kiểm tra 12 cơ sở kinh doanh dược.", "cơ sở kinh doanh dược"),
    # a bare dose says nothing of what was given
    ("Tiêm phòng tụ huyết trùng 12 liều.", "Tiêm phòng tụ huyết trùng"),
    # a place is none, nor a verb of motion, nor half of a longer word
    ("Có 12 hộ tại xã Tân An.", "hộ"),
    ("Có 12 dự án đi vào hoạt động.", "dự án"),
    ("Đạt 12 giải thể thao.", "giải thể thao"),
]


@pytest.mark.parametrize(("text", "name"), COUNTED)
def test_the_counted_noun_names_where_no_label_does(text: str, name: str) -> None:
    assert [indicator for indicator, _ in named(text)] == [name]


NEXT = [
    # each number its own name
    ("Trâu 12 con, bò 45 con.", ["Trâu", "bò"]),
    ("Có 12 trạm y tế và 45 trường học.", ["trạm y tế", "trường học"]),
    # the subject holds on for the amount of the same thing
    ("Thu phí quý I đạt 12 tỷ đồng, quý II đạt 15 tỷ đồng.", ["Thu phí", "Thu phí"]),
]


@pytest.mark.parametrize(("text", "names"), NEXT)
def test_the_next_name(text: str, names: list[str]) -> None:
    assert [indicator for indicator, _ in named(text)] == names
