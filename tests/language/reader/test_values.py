"""Values: what a number measures, what names it, and what it is not."""

from __future__ import annotations

import pytest

from tests.language.reading import read

RATES: list[tuple[str, list[str]]] = [
    ("Tỷ lệ hộ nghèo còn 2,31%.", ["Tỷ lệ hộ nghèo = 2.31 %"]),
    ("Độ che phủ rừng đạt 54,3%.", ["Độ che phủ rừng = 54.3 %"]),
    # a rate may pass one hundred
    ("Công suất sử dụng giường bệnh đạt 104,6%.", ["Công suất sử dụng giường bệnh = 104.6 %"]),
    # what is measured against a plan gives the value after "đạt"
    (
        "Tốc độ tăng trưởng đạt 2,3% so với kế hoạch là 6,7%.",
        ["Tốc độ tăng trưởng = 2.3 %", "Tốc độ tăng trưởng = 6.7 %"],
    ),
    # a verb within the name of a rate belongs to it
    ("Tỷ lệ lao động qua đào tạo đạt 71%.", ["Tỷ lệ lao động qua đào tạo = 71 %"]),
    ("Tỷ lệ giải ngân đạt 62,5%.", ["Tỷ lệ giải ngân = 62.5 %"]),
    # counter: without "tỷ lệ" it is the share of a plan
    ("Giải ngân đạt 62,5%.", ["Giải ngân = - ; ratio 62.5 % plan"]),
    # counter: after a value the same words compare
    ("Số trẻ được tiêm chủng 1.045/1.100 trẻ, đạt 95%.", ["Số trẻ được tiêm chủng = 1045/1100 trẻ ; ratio 95 % total"]),
    # counter: no rate, so the growth stands alone
    ("Số hộ nghèo giảm 2,31%.", ["Số hộ nghèo = - ; change -2.31 % same"]),
]


@pytest.mark.parametrize(("text", "expected"), RATES)
def test_a_percentage_is_a_value_after_a_rate(text: str, expected: list[str]) -> None:
    assert read(text) == expected


EQUATED: list[tuple[str, list[str]]] = [
    (
        "Tổng vốn 55 triệu đồng, gồm: ngân sách xã = 21 triệu đồng; dân góp = 34 triệu đồng.",
        ["Tổng vốn = 55 triệu đồng", "ngân sách xã = 21 triệu đồng", "dân góp = 34 triệu đồng"],
    ),
    # counter: nothing is named between, so the amount is of the same thing
    ("Tặng quà 412 suất = 82 triệu đồng.", ["Tặng quà = 412 suất", "Tặng quà = 82 triệu đồng"]),
    # what is raised to a total is not the raising
    ("Trong tháng trồng 12 ha rừng, đưa tổng diện tích lên 310 ha.", ["trồng rừng = 12 ha", "tổng diện tích = 310 ha"]),
    (
        "Sản lượng bia đạt 36 triệu lít, đưa quý III lên 104 triệu lít.",
        ["Sản lượng bia = 36 triệu lít", "Sản lượng bia = 104 triệu lít"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), EQUATED)
def test_what_an_amount_is_of(text: str, expected: list[str]) -> None:
    assert read(text, report_period="2023-Q3") == expected


LEVELS: list[tuple[str, list[str]]] = [
    ("Tỷ lệ hộ nghèo giảm từ 9,75% xuống còn 5,2%.", ["Tỷ lệ hộ nghèo = 9.75 %", "Tỷ lệ hộ nghèo = 5.2 %"]),
    ("Thu nhập tăng từ 42 triệu đồng lên 47 triệu đồng.", ["Thu nhập = 42 triệu đồng", "Thu nhập = 47 triệu đồng"]),
    ("Số hộ nghèo giảm từ 412 hộ xuống còn 305 hộ.", ["Số hộ nghèo = 412 hộ", "Số hộ nghèo = 305 hộ"]),
    # counter: without "từ" it is a change
    ("Số hộ nghèo giảm 107 hộ.", ["Số hộ nghèo = - ; abs -107 hộ same"]),
]


@pytest.mark.parametrize(("text", "expected"), LEVELS)
def test_from_one_level_to_another_is_two_figures(text: str, expected: list[str]) -> None:
    assert read(text) == expected


FRACTIONS: list[tuple[str, list[str]]] = [
    ("Giải quyết 611/702 hồ sơ, đạt 87%.", ["Giải quyết hồ sơ = 611/702 hồ sơ ; ratio 87 % total"]),
    ("Đã có 12/12 xã hoàn thành.", ["xã = 12/12 xã"]),
    ("Có 846/910 hộ = 92,97%.", ["hộ = 846/910 hộ ; ratio 92.97 % total"]),
    # the whole with its unit too
    ("Thu quỹ 48.600.000 đồng/40.000.000 đồng.", ["Thu quỹ = 48600000/40000000 đồng"]),
    # counter: two units, the second a tenth of the first, are one amount
    ("Diện tích 186 mẫu 5 sào.", ["Diện tích = 186.5 mẫu"]),
    # counter: a rank
    ("Huyện xếp thứ 17/63 toàn quốc.", []),
    # counter: the slash of a unit
    ("Năng suất đậu tương đạt 17 tạ/ha.", ["Năng suất đậu tương = 17 tạ/ha"]),
    # counter: a date
    ("Mít tinh ngày 2/9 có 640 người.", ["người = 640 người"]),
]


@pytest.mark.parametrize(("text", "expected"), FRACTIONS)
def test_done_of_all(text: str, expected: list[str]) -> None:
    assert read(text) == expected


PLANNED: list[tuple[str, list[str]]] = [
    ("Gieo cấy được 3.118/4.500 ha KH.", ["Gieo cấy !actual = 3118 ha", "Gieo cấy !plan = 4500 ha"]),
    (
        "Thu hoạch được 9.100 tấn/14.000 tấn KH, đạt 65%.",
        ["Thu hoạch !actual = 9100 tấn ; ratio 65 % plan", "Thu hoạch !plan = 14000 tấn"],
    ),
    # counter: without the label the denominator is the whole
    ("Gieo cấy được 3.118/4.500 ha.", ["Gieo cấy !actual = 3118/4500 ha"]),
]


@pytest.mark.parametrize(("text", "expected"), PLANNED)
def test_a_denominator_labelled_as_plan_is_a_figure(text: str, expected: list[str]) -> None:
    assert read(text, "status") == expected


def test_counts_with_their_own_units_between_slashes_are_figures() -> None:
    values = [line.partition(" = ")[2] for line in read("Tiếp 41 lượt/29 người/22 vụ việc.")]
    assert values == ["41 lượt", "29 người", "22 vụ việc"]


NAMES: list[tuple[str, list[str]]] = [
    # a label before the number names it
    ("Tổng đàn lợn 12.450 con.", ["Tổng đàn lợn = 12450 con"]),
    ("Số hộ vay vốn: 412 hộ.", ["Số hộ vay vốn = 412 hộ"]),
    # without one, the noun behind it does
    ("Cấp 78 giấy phép xây dựng.", ["giấy phép xây dựng = 78 giấy phép"]),
    ("Toàn xã có 17.420 con trâu.", ["con trâu = 17420 con"]),
    (
        "Tháo dỡ 31 biển quảng cáo, thu giữ 12 băng rôn.",
        ["biển quảng cáo = 31 biển quảng cáo", "băng rôn = 12 băng rôn"],
    ),
    (
        "Tổ chức 12 lớp tập huấn với 640 lượt người tham gia.",
        ["lớp tập huấn = 12 lớp", "lượt người tham gia = 640 lượt người"],
    ),
    ("Hơn 9 nghìn người tham gia.", ["người tham gia = min 9 nghìn người"]),
    ("Số doanh nghiệp giải thể là 41 doanh nghiệp.", ["Số doanh nghiệp giải thể = 41 doanh nghiệp"]),
    ("Kinh phí hỗ trợ 450.000.000 đồng.", ["Kinh phí hỗ trợ = 450000000 đồng"]),
    # a unit that only measures cannot name
    ("Trồng mới 120 ha rừng.", ["Trồng mới rừng = 120 ha"]),
    # a bare classifier borrows the verb before it
    ("Tiếp nhận 28 đơn.", ["Tiếp nhận đơn = 28 đơn"]),
    ("Tiếp nhận 28 đơn khiếu nại.", ["đơn khiếu nại = 28 đơn"]),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_what_names_a_number(text: str, expected: list[str]) -> None:
    assert read(text) == expected


IN_NAMES: list[tuple[str, list[str]]] = [
    ("Khánh thành nhà văn hóa tổ dân phố Lãm Khê 2.", []),
    ("Thực hiện Kế hoạch sử dụng đất 5 năm.", []),
    ("Triển khai Đề án 06 tại 12 xã.", ["xã = 12 xã"]),
    ("Trường Mầm non 8/3 có 312 trẻ.", ["trẻ = 312 trẻ"]),
    ("Phòng, chống Covid-19 tại 4 thôn.", ["thôn = 4 thôn"]),
    ("Sản phẩm đạt 3 sao.", []),
    # counter: with a zero in front, or with a unit, it counts
    ("Bàn giao nhà văn hóa: 02 nhà.", ["Bàn giao nhà văn hóa = 2 nhà"]),
    ("Trong đó trồng 05 sản phẩm mới.", ["sản phẩm mới = 5 sản phẩm"]),
]


@pytest.mark.parametrize(("text", "expected"), IN_NAMES)
def test_a_number_that_belongs_to_a_name_is_silent(text: str, expected: list[str]) -> None:
    assert read(text) == expected


LISTS: list[tuple[str, list[str]]] = [
    (
        "Trao 65 suất quà; 76 chăn ấm; 12 ba lô.",
        ["suất quà = 65 suất quà", "chăn ấm = 76 chăn ấm", "ba lô = 12 ba lô"],
    ),
    (
        "Hỗ trợ 4.727 suất = 12.470.000.000 đồng.",
        ["Hỗ trợ suất = 4727 suất", "Hỗ trợ suất = 12470000000 đồng"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_every_item_of_a_list_is_a_figure(text: str, expected: list[str]) -> None:
    assert read(text) == expected


RANGES: list[tuple[str, list[str]]] = [
    ("Giá lúa từ 6.800 - 7.200 đồng/kg.", ["Giá lúa = 6800..7200 đồng/kg"]),
    ("Năng suất đạt từ 52 đến 55 tạ/ha.", ["Năng suất = 52..55 tạ/ha"]),
    # counter: years and school years
    ("Kế hoạch trung hạn 2021-2025 có 12 dự án.", ["dự án = 12 dự án"]),
]


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_ranges(text: str, expected: list[str]) -> None:
    assert read(text) == expected


BOUNDS: list[tuple[str, list[str]]] = [
    ("Thiệt hại trên dưới 9,1 tỷ đồng.", ["Thiệt hại = approx 9.1 tỷ đồng"]),
    ("Thiệt hại khoảng 9,1 tỷ đồng.", ["Thiệt hại = approx 9.1 tỷ đồng"]),
    ("Thiệt hại hơn 9,1 tỷ đồng.", ["Thiệt hại = min 9.1 tỷ đồng"]),
    ("Thiệt hại không quá 9,1 tỷ đồng.", ["Thiệt hại = max 9.1 tỷ đồng"]),
    # "trên" before a place is no bound
    ("Diện tích đạt trên 312 ha trên địa bàn 5 xã.", ["Diện tích = min 312 ha", "xã = 5 xã"]),
]


@pytest.mark.parametrize(("text", "expected"), BOUNDS)
def test_bounds(text: str, expected: list[str]) -> None:
    assert read(text) == expected


SILENT = [
    "Một số hộ, hàng nghìn người, vài chục xe.",
    "Căn cứ Quyết định số 412/QĐ-UBND ngày 12/3/2023 và Điều 12, Điều 13.",
    "Kỷ niệm 92 năm Ngày thành lập Đoàn.",
    "Lúc 8h30' ngày 12/4, tại 214/6 đường Trần Phú.",
    "Học sinh lớp 6, 7, 8 và 9 nghỉ học.",
    "Dịch vụ công mức độ 3, 4.",
    "GDPT 2018, Covid-19, H5N1, F0, 4.0.",
    "Bản đồ tỷ lệ 1/2000.",
    "Đường dài Km21+450.",
]


@pytest.mark.parametrize("text", SILENT)
def test_digits_that_measure_nothing(text: str) -> None:
    assert read(text) == []


def test_zero_is_a_figure() -> None:
    assert read("Thu phí là 0 đồng.") == ["Thu phí = 0 đồng"]


def test_number_words_count() -> None:
    assert read("Có hai mươi ba hộ nghèo.") == ["hộ nghèo = 23 hộ nghèo"]


NAMED_BY_PLACE: list[tuple[str, list[str]]] = [
    (
        "Số hộ nghèo: 96 hộ. Cụ thể: thôn Thượng 21, thôn Trung 17, thôn Hạ 14.",
        ["Số hộ nghèo = 96 hộ", "thôn Thượng = 21 hộ", "thôn Trung = 17 hộ", "thôn Hạ = 14 hộ"],
    ),
    # counter: the numbers are the places' own
    ("Có 96 hộ tại tổ dân phố Đẩu Sơn 1, Đẩu Sơn 2, Đẩu Sơn 3.", ["hộ = 96 hộ"]),
    # how many of the persons just counted
    ("Gọi 74 thanh niên, có mặt 68.", ["Gọi = 74 thanh niên", "có mặt = 68 thanh niên"]),
]


@pytest.mark.parametrize(("text", "expected"), NAMED_BY_PLACE)
def test_bare_numbers_take_the_unit_of_what_was_counted(text: str, expected: list[str]) -> None:
    assert read(text) == expected
