"""A numeral and the words around it become one quantity: value, range, fraction, bound, sign, unit."""

from __future__ import annotations

import pytest

from tests.language.reading import items_of

PLAIN = [
    ("162.409 triệu đồng", "162409", "triệu đồng", "money"),
    ("902,3 nghìn tỷ đồng", "902.3", "nghìn tỷ đồng", "money"),
    ("187.450.000đ", "187450000", "đ", "money"),
    ("12 tr.đ", "12", "tr.đ", "money"),
    ("23 vạn tấn", "23", "vạn tấn", "mass"),
    ("47,2 tạ/ha", "47.2", "tạ/ha", "mass"),
    ("8,5 bác sĩ/vạn dân", "8.5", "bác sĩ/vạn dân", "person"),
    ("35 học sinh/1 lớp", "35", "học sinh/1 lớp", "person"),
    ("18,46 %", "18.46", "%", "share"),
    ("1,2 điểm phần trăm", "1.2", "điểm phần trăm", "points"),
    ("2,4 lần", "2.4", "lần", "times"),
    ("412 nghìn lượt khách", "412", "nghìn lượt khách", "person"),
    ("65 băng rôn", "65", "băng rôn", "count"),
    ("65 ba lô", "65", "ba lô", "noun"),
    ("9 nghìn người", "9", "nghìn người", "person"),
    # "điểm" before a noun counts places
    ("12 điểm trường", "12", "điểm trường", "count"),
    # compound amounts are one
    ("6 triệu 340 nghìn con", "6340", "nghìn con", "count"),
    ("1 tỷ 250 triệu đồng", "1250", "triệu đồng", "money"),
    ("486 tỷ 327 triệu 058 nghìn đồng", "486327058", "nghìn đồng", "money"),
    ("1 tỷ 200 triệu 350 nghìn 500 đồng", "1200350500", "đồng", "money"),
    ("1 ngàn 742 tỷ đồng", "1742", "tỷ đồng", "money"),
    # people are whole: the comma groups
    ("8,352 người", "8352", "người", "person"),
    ("8,352 nghìn người", "8.352", "nghìn người", "person"),
    ("2,125 người/hộ", "2.125", "người/hộ", "person"),
    ("2,084 ha", "2.084", "ha", "area"),
    # recognition noise in the unit is read as meant
    ("12 trlệu đồng", "12", "triệu đồng", "money"),
    ("12 Triêu đồng", "12", "triệu đồng", "money"),
]


@pytest.mark.parametrize(("text", "value", "unit", "family"), PLAIN)
def test_units(text: str, value: str, unit: str, family: str) -> None:
    [quantity] = items_of(text).quantities
    assert (format(quantity.value, "f"), quantity.unit, quantity.family) == (value, unit, family)
    assert text[quantity.start : quantity.end] == text


def test_persons_of_one_case_are_counted_beside_it() -> None:
    found = [(str(q.value), q.unit) for q in items_of("05 người/01 vụ việc").quantities]
    assert found == [("5", "người"), ("1", "vụ việc")]


SPANS = [
    # what is written of value and unit, no more
    ("cấp 78 giấy phép xây dựng", "78 giấy phép"),
    ("đạt 12 tấn trong tháng", "12 tấn"),
    ("có 12 hộ, giảm", "12 hộ"),
    ("(+30%)", "+30%"),
    # a word that ran into its number, and blanks within one
    ("đạt61,5 tỷ đồng", "61,5 tỷ đồng"),
    ("đạt11/20tiêu chí", "11/20tiêu chí"),
    ("với 1. 420 phòng", "1. 420 phòng"),
    ("là 612 000 người", "612 000 người"),
    ("bình quân là 20,2m2", "20,2m2"),
    # what only looks like the number of a law, a point, a road
    ("xử lý kỷ luật 86 tổ chức", "86 tổ chức"),
    ("thí điểm 120 chuồng", "120 chuồng"),
    ("lan tới 12/12 phường", "12/12 phường"),
    ("kết nạp từ 3.000 hội viên trở lên", "3.000 hội viên"),
    # a longer word that begins like a measure
    ("thay mới 120 đồng hồ nước", "120 đồng hồ"),
    ("tuyển dụng 45 công nhân", "45 công nhân"),
    ("Lấy 45 mẫu xét nghiệm", "45 mẫu xét nghiệm"),
    ("hỗ trợ 500.000 đồng tiền mặt", "500.000 đồng"),
]


@pytest.mark.parametrize(("text", "quote"), SPANS)
def test_spans(text: str, quote: str) -> None:
    [quantity] = items_of(text).quantities
    assert text[quantity.start : quantity.end] == quote


def test_fractions_ranges_signs_and_bounds() -> None:
    [fraction] = items_of("giải quyết 524/760 hồ sơ").quantities
    assert (fraction.value, fraction.total, fraction.unit) == (524, 760, "hồ sơ")
    [among] = items_of("14 trong số 48 địa phương").quantities
    assert (among.value, among.total, among.unit) == (14, 48, "địa phương")
    [twice] = items_of("thi hành xong 310 việc/402 việc").quantities
    assert (twice.value, twice.total, twice.unit) == (310, 402, "việc")
    assert [q.total for q in items_of("tiếp 912 lượt/1.037 người, đạt 11 hộ/10.000 hộ").quantities] == [None] * 3
    [ranged] = items_of("giá 6.800 - 7.200 đồng/kg").quantities
    assert (ranged.value, ranged.value_max, ranged.unit) == (6800, 7200, "đồng/kg")
    [up] = items_of("thu (+12,4%)").quantities
    [down] = items_of("thu (-12,4%)").quantities
    assert (up.sign, down.sign) == (1, -1)


BOUNDS = [
    ("khoảng 40 hộ", "approx"),
    ("gần 40 hộ", "approx"),
    ("xấp xỉ 40 hộ", "approx"),
    ("trên dưới 40 hộ", "approx"),
    ("hơn 40 hộ", "min"),
    ("trên 40 hộ", "min"),
    ("ít nhất 40 hộ", "min"),
    ("dưới 40 hộ", "max"),
    ("không quá 40 hộ", "max"),
    ("không được cao hơn 40 hộ", "max"),
    ("tối thiểu là 40 hộ", "min"),
    ("cao hơn 40 hộ", None),
    ("40 hộ", None),
]


@pytest.mark.parametrize(("text", "bound"), BOUNDS)
def test_bounds(text: str, bound: str | None) -> None:
    [quantity] = items_of(text).quantities
    assert quantity.bound == bound


SEPARATE = [
    ("41 lượt/29 người/22 vụ việc", ["41 lượt", "29 người", "22 vụ việc"]),
    ("15,8% - 46,3% - 37,9%", ["15,8%", "46,3%", "37,9%"]),
    ("248.000, 151.300 và 13.200 lượt", ["248.000", "151.300", "13.200 lượt"]),
    ("12 hộ đến 5 người", ["12 hộ", "5 người"]),
    ("1 lượt/1 vụ/1 người", ["1 lượt", "1 vụ", "1 người"]),
    ("41.700 m²/9 vị trí", ["41.700 m²", "9 vị trí"]),
    ("15 trong 3 năm", ["15", "3 năm"]),
]


@pytest.mark.parametrize(("text", "quotes"), SEPARATE)
def test_quantities_that_stay_apart(text: str, quotes: list[str]) -> None:
    assert [text[q.start : q.end] for q in items_of(text).quantities] == quotes


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Quỹ hội còn 12,450.000 đồng", 12_450_000),
        ("Tổng chi 1.250,000 đồng", 1_250_000),
        ("Tổng thu 1,250.000.000 đồng", 1_250_000_000),
    ],
)
def test_both_marks_may_group_thousands_of_dong(text: str, value: int) -> None:
    [quantity] = items_of(text).quantities
    assert (quantity.value, quantity.doubts) == (value, ("number_style",))


@pytest.mark.parametrize(
    ("text", "unit"),
    [("mời 3 nhà báo", "nhà báo"), ("cứu được 12 thuyền viên", "thuyền viên"), ("xây 6 nhà tình nghĩa", "nhà")],
)
def test_a_word_of_people_that_begins_like_a_unit_of_things_is_the_unit(text: str, unit: str) -> None:
    assert [q.unit for q in items_of(text).quantities] == [unit]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("đạt 71,8 kế hoạch", None),
        ("đạt 97,64 chỉ tiêu", None),
        ("ban hành 47 kế hoạch", "kế hoạch"),
        ("1.234 chỉ tiêu", "chỉ tiêu"),
    ],
)
def test_plans_are_counted_in_whole_numbers(text: str, unit: str | None) -> None:
    assert [q.unit for q in items_of(text).quantities] == [unit]
