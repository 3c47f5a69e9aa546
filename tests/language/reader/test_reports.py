"""Turns of phrase of whole reports, met on passages that nobody had written rules for, beside those that look alike."""

from __future__ import annotations

import pytest

from extractor import extract_text
from tests.language.reading import read

Case = tuple[str, list[str]]


def check(case: Case, *fields: str, report_period: str | None = None, heading: str | None = None) -> None:
    text, expected = case
    assert read(text, *fields, report_period=report_period, heading=heading) == expected


LIMITS: list[Case] = [
    # a limit behind a counted noun belongs to its name …
    ("Có 9/14 khoản thu đạt trên 30% dự toán.", ["khoản thu = 9/14 khoản"]),
    ("Có 12 xã giải ngân đạt trên 90% kế hoạch.", ["xã giải ngân = 12 xã"]),
    ("Toàn tỉnh có 212 tàu trên 90 CV và 1.340 thuyền nhỏ.", ["tàu = 212 tàu", "thuyền nhỏ = 1340 thuyền"]),
    ("Có 31/40 hộ hội viên đạt 8 tiêu chí (77,5%).", ["hộ hội viên = 31/40 hộ ; ratio 77.5 % total"]),
    # … behind a comma it compares
    ("Thu phí đạt 9 tỷ đồng, đạt trên 30% dự toán.", ["Thu phí = 9 tỷ đồng ; ratio min 30 % plan"]),
]


@pytest.mark.parametrize("case", LIMITS)
def test_a_limit_in_a_name_is_no_figure(case: Case) -> None:
    check(case)


WHOLES: list[Case] = [
    ("Thi hành xong 310 việc/402 việc, đạt 77,1%.", ["Thi hành xong = 310/402 việc ; ratio 77.1 % total"]),
    # the whole is the plan
    (
        "Sản lượng cá đạt 720 tấn/900 tấn KH, bằng 80%.",
        ["Sản lượng cá = 720 tấn ; ratio 80 % plan", "Sản lượng cá = 900 tấn"],
    ),
    # two counts
    ("Bắt giữ 12 vụ/19 đối tượng.", ["Bắt giữ vụ = 12 vụ", "đối tượng = 19 đối tượng"]),
]


@pytest.mark.parametrize("case", WHOLES)
def test_a_slash_between_two_units(case: Case) -> None:
    check(case)


NAMES: list[Case] = [
    (
        "Nghiệm thu 9 đề tài (7 đạt loại khá, 2 đạt loại trung bình).",
        ["đề tài = 9 đề tài", "đạt loại khá = 7 đề tài", "đạt loại trung bình = 2 đề tài"],
    ),
    # growth is a name before a verb of reaching, a verb before a percentage
    ("Phấn đấu tăng trưởng đạt 8%.", ["tăng trưởng = 8 %"]),
    ("Xuất khẩu tăng trưởng 8%.", ["Xuất khẩu = - ; change 8 % same"]),
    (
        "Tỉnh có 12.400 thuê bao điện thoại, trong đó 96,4% là thuê bao di động.",
        ["thuê bao điện thoại = 12400 thuê bao", "thuê bao di động = 96.4 %"],
    ),
    # who acts is no name of what is counted
    ("Xã đã hoàn thành 15/19 tiêu chí nông thôn mới.", ["tiêu chí nông thôn mới = 15/19 tiêu chí"]),
    # a month told behind a list is of the whole
    (
        "Xuất khẩu 240 triệu USD; trong đó dệt may 42 triệu USD, giày dép 31 triệu USD; riêng tháng 12 18 triệu USD.",
        [
            "Xuất khẩu = 240 triệu USD",
            "dệt may = 42 triệu USD",
            "giày dép = 31 triệu USD",
            "Xuất khẩu = 18 triệu USD",
        ],
    ),
    # a bracket that names its own
    (
        "Nhập siêu 96 triệu USD (cùng kỳ xuất siêu 42 triệu USD).",
        ["Nhập siêu = 96 triệu USD", "xuất siêu = 42 triệu USD"],
    ),
    (
        "Giảm tỷ lệ hộ nghèo từ 16,2% xuống còn 13%.",
        ["tỷ lệ hộ nghèo = 16.2 %", "tỷ lệ hộ nghèo = 13 %"],
    ),
    ("Thường trực HĐND xã tiến hành 03 cuộc giám sát.", ["cuộc giám sát = 3 cuộc"]),
    # what a class is told by is no figure
    ("Có 04 xã đạt 17 tiêu chí, 02 xã đạt từ 12 - 14 tiêu chí.", ["xã = 4 xã", "xã = 2 xã"]),
    ("Xã Tân An đạt 17 tiêu chí.", ["Xã Tân An = 17 tiêu chí"]),
    # an attribute behind a comma names its own number
    (
        "Trạm bơm vận hành an toàn, lưu lượng 2.400 m3/ngày đêm.",
        ["lưu lượng = 2400 m3/ngày đêm"],
    ),
    # what is told of the number before, up to a comma, is no name of the next one
    (
        "Hồ chứa tích được 51,2 triệu m3, đạt 62% dung tích thiết kế, thấp hơn cùng kỳ năm trước là 4,5 triệu m3.",
        ["Hồ chứa tích = 51.2 triệu m3 ; ratio 62 % total ; abs -4.5 triệu m3 same"],
    ),
    (
        "Nghiệm thu 20 đề tài, xếp loại: xuất sắc 06, khá 14.",
        ["đề tài = 20 đề tài", "xuất sắc = 6 đề tài", "khá = 14 đề tài"],
    ),
    (
        "Có 41 tổ chức cơ sở đảng hoàn thành nhiệm vụ trở lên, chiếm 85,4%.",
        ["tổ chức cơ sở đảng = 41 tổ chức ; ratio 85.4 % total"],
    ),
    ("Ủy ban Kiểm tra các cấp kiểm tra 240 đảng viên.", ["kiểm tra đảng viên = 240 đảng viên"]),
    ("Chi cục Thi hành án dân sự huyện thụ lý 642 việc.", ["thụ lý việc = 642 việc"]),
    ("Bão làm 12 người chết và 31 người bị thương.", ["người chết = 12 người", "người bị thương = 31 người"]),
    (
        "Nhật Bản là thị trường lớn nhất với 41 triệu USD; tiếp đến Hàn Quốc 23 triệu USD.",
        ["Nhật Bản = 41 triệu USD", "Hàn Quốc = 23 triệu USD"],
    ),
    ("Tổng vốn đầu tư 5 năm khoảng 215 tỷ đồng.", ["Tổng vốn đầu tư = approx 215 tỷ đồng"]),
    ("Dự toán thu phí năm 2022 được giao là 14 tỷ đồng.", ["Dự toán thu phí = 14 tỷ đồng"]),
    ("Tốc độ tăng giá trị tăng thêm đạt 8,12%.", ["Tốc độ tăng giá trị tăng thêm = 8.12 %"]),
    # what is done names the amount; a verb that any amount may have does not
    ("Trồng trọt: gieo cấy 1.240 ha lúa.", ["gieo cấy lúa = 1240 ha"]),
    ("Phí, lệ phí: thu được 412 triệu đồng.", ["Phí, lệ phí = 412 triệu đồng"]),
    ("Nhà văn hóa Lãm Khê 2 được xây mới với kinh phí 2 tỷ đồng.", ["kinh phí = 2 tỷ đồng"]),
    ("Mua 12l xăng.", ["Mua xăng = 12 l"]),
    # a unit twice in a range, once shortened
    ("Hỗ trợ từ 5 triệu đến 8 triệu đồng/ha.", ["Hỗ trợ = 5..8 triệu đồng/ha"]),
    # multiples in words
    ("Số hộ làm nghề tăng gấp đôi, lên 164 hộ.", ["Số hộ làm nghề = 164 hộ ; multiple 2 lần same"]),
    ("Giá cỏ khô tăng gấp rưỡi, tới 900 đồng/kg.", ["Giá cỏ khô = 900 đồng/kg ; multiple 1.5 lần same"]),
]


@pytest.mark.parametrize("case", NAMES)
def test_what_names_a_figure(case: Case) -> None:
    check(case)


BASES: list[Case] = [
    # a base that opens the sentence holds for all its changes
    (
        "So với tháng trước, có 7/11 nhóm hàng tăng giá; nhóm y tế tăng 1,2%; riêng nhóm giao thông giảm 2,1%.",
        [
            "nhóm hàng tăng giá = 7/11 nhóm",
            "nhóm y tế = - ; change 1.2 % previous",
            "nhóm giao thông = - ; change -2.1 % previous",
        ],
    ),
    ("Nhóm y tế tăng 1,2%.", ["Nhóm y tế = - ; change 1.2 % same"]),
    # a price index is told month on month, and so are its parts; other indexes are not
    (
        "Chỉ số giá tiêu dùng tháng 5 tăng 0,2% so với tháng trước. Nhóm giáo dục tăng 2,1%.",
        ["Chỉ số giá tiêu dùng = - ; change 0.2 % previous", "Nhóm giáo dục = - ; change 2.1 % previous"],
    ),
    (
        "Chỉ số sản xuất tháng 5 tăng 0,2% so với tháng trước. Ngành dệt tăng 2,1%.",
        ["Chỉ số sản xuất = - ; change 0.2 % previous", "Ngành dệt = - ; change 2.1 % same"],
    ),
    # growth is never of a plan, even where a gap to one stands before it
    (
        "Tỷ lệ che phủ đạt 41%, thấp hơn 1,4 điểm phần trăm so với kế hoạch; năng suất 104 tạ/ha, tăng 7,9%.",
        ["Tỷ lệ che phủ = 41 % ; points -1.4 điểm phần trăm plan", "năng suất = 104 tạ/ha ; change 7.9 % same"],
    ),
    ("Dư nợ đạt 41 tỷ đồng, tăng 5% so với cuối năm 2023.", ["Dư nợ = 41 tỷ đồng ; change 5 % other"]),
    ("Dư nợ đạt 41 tỷ đồng, tăng 5% so với 31/12/2023.", ["Dư nợ = 41 tỷ đồng ; change 5 % other"]),
    ("Có 97 ca mới, giảm 45 ca so với ngày trước đó.", ["ca mới = 97 ca ; abs -45 ca previous"]),
    ("Dự toán thu là 14 tỷ đồng, bằng 96,4% ước thực hiện năm 2023.", ["thu = 14 tỷ đồng ; ratio 96.4 % same"]),
    (
        "Công nghiệp tăng 9,1%, đóng góp 3,7 điểm phần trăm vào mức tăng chung.",
        ["Công nghiệp = - ; change 9.1 % same ; points 3.7 điểm phần trăm other"],
    ),
    ("Nông nghiệp tăng 2,9%, đóng góp 4,1%.", ["Nông nghiệp = - ; change 2.9 % same", "Nông nghiệp = 4.1 %"]),
]


@pytest.mark.parametrize("case", BASES)
def test_bases_of_whole_sentences(case: Case) -> None:
    check(case, report_period="2024-05")


def test_a_base_behind_a_list_holds_for_one_period() -> None:
    text = (
        "Tháng 4 vận chuyển 302 nghìn lượt khách, tăng 7,9% so với tháng trước, luân chuyển 13 triệu lượt khách.km, "
        "tăng 12,2%; tính chung 4 tháng đạt 1.140 nghìn lượt khách, tăng 2,9% so với cùng kỳ."
    )
    assert read(text, "period", report_period="2022-M01/M04") == [
        "vận chuyển @2022-04 = 302 nghìn lượt khách ; change 7.9 % previous",
        "luân chuyển @2022-04 = 13 triệu lượt khách.km ; change 12.2 % previous",
        "vận chuyển @2022-M01/M04 = 1140 nghìn lượt khách ; change 2.9 % same",
    ]


TARGETS: list[Case] = [
    (
        "Phát hiện 31 vụ, bắt 42 đối tượng (tăng 3,8% số vụ, giảm 4,1% số đối tượng so với cùng kỳ).",
        ["Phát hiện vụ = 31 vụ ; change 3.8 % same", "bắt đối tượng = 42 đối tượng ; change -4.1 % same"],
    ),
    (
        "Bắt giữ 56 vụ/81 đối tượng; so với cùng kỳ tăng 9 vụ, 17 đối tượng.",
        ["Bắt giữ vụ = 56 vụ ; abs 9 vụ same", "đối tượng = 81 đối tượng ; abs 17 đối tượng same"],
    ),
    (
        "Bắt giữ 142 vụ, trị giá hàng vi phạm 21 tỷ đồng, giảm 11 vụ nhưng trị giá tăng 2,1% so với cùng kỳ.",
        ["Bắt giữ vụ = 142 vụ ; abs -11 vụ same", "trị giá hàng vi phạm = 21 tỷ đồng ; change 2.1 % same"],
    ),
    # a comma right before the verb: the words before it go on with the counted noun
    (
        "Có 486/487 người kê khai tài sản, thu nhập, đạt 99,8%.",
        ["người kê khai tài sản = 486/487 người ; ratio 99.8 % total"],
    ),
]


@pytest.mark.parametrize("case", TARGETS)
def test_which_figure_is_compared(case: Case) -> None:
    check(case)


ROWS: list[Case] = [
    (
        "Ba thị trường lớn nhất là Nhật Bản, Hoa Kỳ và Hàn Quốc, chiếm thị phần lần lượt 22,8%, 20,6% và 7,4%.",
        ["Nhật Bản = 22.8 %", "Hoa Kỳ = 20.6 %", "Hàn Quốc = 7.4 %"],
    ),
    (
        "Số doanh nghiệp thành lập, tạm ngừng và giải thể lần lượt là 124, 86 và 74 doanh nghiệp; so với cùng kỳ "
        "tăng 21,5%, 8,3% và giảm 5,1%.",
        [
            "Số doanh nghiệp thành lập = 124 doanh nghiệp ; change 21.5 % same",
            "tạm ngừng = 86 doanh nghiệp ; change 8.3 % same",
            "giải thể = 74 doanh nghiệp ; change -5.1 % same",
        ],
    ),
    (
        "Chỉ số giá vàng và chỉ số giá đô la Mỹ lần lượt tăng 4,1% và giảm 0,1% so với tháng trước; so với cùng kỳ "
        "tăng tương ứng 37,4% và 6,8%.",
        [
            "Chỉ số giá vàng = - ; change 4.1 % previous ; change 37.4 % same",
            "chỉ số giá đô la Mỹ = - ; change -0.1 % previous ; change 6.8 % same",
        ],
    ),
]


@pytest.mark.parametrize("case", ROWS)
def test_rows_of_names_and_changes(case: Case) -> None:
    check(case)


BRACKETS: list[Case] = [
    (
        "Khu vực nhà nước tăng 10,2% (trung ương 11,4%, địa phương 8,1%).",
        [
            "Khu vực nhà nước @2019 = - ; change 10.2 % same",
            "trung ương @2019 = - ; change 11.4 % same",
            "địa phương @2019 = - ; change 8.1 % same",
        ],
    ),
    (
        "Thu vượt 19,1% (tăng 324 tỷ đồng) so với dự toán.",
        ["Thu @2019 = - ; change 19.1 % plan ; abs 324 tỷ đồng plan"],
    ),
    (
        "Hoàn thành 1.246 căn nhà, đạt 41,5% chỉ tiêu năm 2020 (3.000 căn).",
        ["căn nhà @2019 = 1246 căn nhà ; ratio 41.5 % plan", "căn nhà @2020 = 3000 căn"],
    ),
    (
        "Xảy ra 86 vụ, so với năm 2018 (100 vụ) giảm 14 vụ.",
        ["vụ @2019 = 86 vụ ; abs -14 vụ same", "vụ @2018 = 100 vụ"],
    ),
    (
        "Thu đạt 168 tỷ đồng, tăng 9,1% so với năm 2018 (154 tỷ đồng).",
        ["Thu @2019 = 168 tỷ đồng ; change 9.1 % same", "Thu @2018 = 154 tỷ đồng"],
    ),
    (
        "Giải ngân 3.512 tỷ đồng, đạt 91,5% kế hoạch (cùng kỳ năm 2018 đạt 88,7%).",
        ["Giải ngân @2019 = 3512 tỷ đồng ; ratio 91.5 % plan", "Giải ngân @2018 = - ; ratio 88.7 % plan"],
    ),
]


@pytest.mark.parametrize("case", BRACKETS)
def test_what_brackets_add(case: Case) -> None:
    check(case, "period", report_period="2019")


PERIODS = [
    ("Dư nợ đến 30/9/2015 đạt 286 tỷ đồng; nợ quá hạn 4 tỷ đồng.", "2015-M01/M09", ["../2015-09-30"] * 2),
    # what is done after an as-of day runs through the period
    ("Biên chế năm 2017 có mặt đến 31/12/2017 là 41 người; tuyển dụng 6 viên chức.", "2017", ["../2017-12-31", "2017"]),
    ("Theo kết quả điều tra 01/4/2007, đàn lợn có 25,9 nghìn con.", "2007-04", ["2007-04-01"]),
    ("Bầu 35 đại biểu HĐND nhiệm kỳ 2016 - 2021.", "2016-05", ["2016-05"]),
    ("Trong nhiệm kỳ 2016 - 2021 kết nạp 312 đảng viên.", "2021", ["2016/2021"]),
    ("Kỳ 2 tháng 3/2016, xuất khẩu đạt 8 tỷ USD.", "2016-03", ["2016-03"]),
    ("Đăng ký cho 38/38 công dân sinh năm 2001.", "2018", ["2018"]),
    ("Giá trị sản xuất theo giá so sánh năm 2010 đạt 12 tỷ đồng.", "2023", ["2023"]),
    ("Sản lượng tháng 10 đạt 128 tấn, lũy kế 1.264 tấn.", "2015-10", ["2015-10", "2015-M01/M10"]),
]


@pytest.mark.parametrize(("text", "report_period", "expected"), PERIODS)
def test_what_period_a_figure_has(text: str, report_period: str, expected: list[str]) -> None:
    assert [f.period for f in extract_text(text, report_period=report_period)] == expected


LEVELS = [
    (
        "Tỷ lệ thất nghiệp quý I và quý II lần lượt là 2,3% và 2,26%.",
        "2017-Q2",
        ["Tỷ lệ thất nghiệp @2017-Q1 = 2.3 %", "Tỷ lệ thất nghiệp @2017-Q2 = 2.26 %"],
    ),
    (
        "Tốc độ tăng giá là 5,2% so với 17,5% của năm 1992.",
        "1993",
        ["Tốc độ tăng giá @1993 = 5.2 %", "Tốc độ tăng giá @1992 = 17.5 %"],
    ),
    (
        "GDP tăng 3,3%, cao hơn tốc độ tăng 3,2% của quý I/2020.",
        "2023-Q1",
        ["GDP @2023-Q1 = - ; change 3.3 % same", "GDP @2020-Q1 = - ; change 3.2 % same"],
    ),
]


@pytest.mark.parametrize(("text", "report_period", "expected"), LEVELS)
def test_levels_of_another_time(text: str, report_period: str, expected: list[str]) -> None:
    assert read(text, "period", report_period=report_period) == expected


HEADED = [
    (
        "Chỉ số sản xuất công nghiệp 5 tháng so với cùng kỳ năm trước",
        "Khai khoáng 96,4%; dệt 109,3%.",
        ["Khai khoáng = - ; ratio 96.4 % same", "dệt = - ; ratio 109.3 % same"],
    ),
    ("Giảm nghèo so với cùng kỳ năm trước", "Tỷ lệ hộ nghèo 6,4%.", ["Tỷ lệ hộ nghèo = 6.4 %"]),
    (
        "Kết quả thu (tỷ đồng; so với dự toán; so với cùng kỳ)",
        "- Thuế môi trường: 386; 97,1%; tăng 1,6%.",
        ["Thuế môi trường = 386 tỷ đồng ; ratio 97.1 % plan ; change 1.6 % same"],
    ),
]


@pytest.mark.parametrize(("heading", "text", "expected"), HEADED)
def test_what_a_heading_gives(heading: str, text: str, expected: list[str]) -> None:
    check((text, expected), heading=heading)


SILENT = [
    "Giảm 1/3 số hộ nghèo.",
    "Theo điểm 3 khoản 2 Điều 5.",
    "Chương trình 135 và Chương trình 07.",
    "1. Chăm sóc cây trồng vụ mùa. 2. Thu ngân sách đúng hạn. 3. Tổ chức tốt kỳ thi.",
    "Bồi dưỡng kiến thức cho đối tượng 4.",
    "Sau 21 ngày không phát sinh ca bệnh mới.",
    "Tiêm vắc xin 5 trong 1 cho trẻ.",
    "Điện thoại: (024) 3825 6412.",
    "Theo Phụ biểu số 4a, 4b.",
    "Tước giấy phép lái xe từ 1 - 3 tháng.",
    "Đại hội Đảng bộ qua 22 kỳ đại hội.",
    "Giá lúa OM 5451 ổn định.",
]


@pytest.mark.parametrize("text", SILENT)
def test_numbers_that_measure_nothing(text: str) -> None:
    assert read(text) == []


def test_roads_count_where_their_length_is_told() -> None:
    assert read("Có 780 km đường, gồm quốc lộ 412 km, đường tỉnh 368 km.")[1:] == [
        "quốc lộ = 412 km",
        "đường tỉnh = 368 km",
    ]
    assert read("Sửa chữa Quốc lộ 10 và đường tỉnh 354.") == []


def test_recognition_noise_around_a_grouped_number() -> None:
    assert read("Thu phí: l.956.000.000đ.") == ["Thu phí = 1956000000 đ"]
    assert read("Thu phí thực hiện: 186. 400.000 đồng.") == ["Thu phí = 186400000 đồng"]
    assert read("Bắt 7 đối tượng, thu6.850.000đồng.")[1] == "thu = 6850000 đồng"


def test_a_doubtful_percentage_leaves_its_doubt() -> None:
    [figure] = extract_text("Thu phí đạt 12 tỷ đồng, giảm 29 ,7 % so với cùng kỳ.")
    assert "ocr_spacing" in figure.doubts
