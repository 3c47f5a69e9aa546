"""Comparisons: which base, which kind, which sign; each rule with sentences that look alike and are not."""

from __future__ import annotations

import pytest

from tests.language.reading import read

Case = tuple[str, list[str]]


def check(case: Case, *fields: str, heading: str | None = None, report_period: str | None = None) -> None:
    text, expected = case
    assert read(text, *fields, heading=heading, report_period=report_period) == expected


VERBS: list[Case] = [
    # đạt and bằng relate, tăng and giảm change
    (
        "Sản lượng tôm đạt 310 tấn, bằng 42,5% kế hoạch năm và tăng 6,2% so với cùng kỳ.",
        ["Sản lượng tôm = 310 tấn ; ratio 42.5 % plan ; change 6.2 % same"],
    ),
    ("Thu thuế nhà đất đạt 81% so cùng kỳ.", ["Thu thuế nhà đất = - ; ratio 81 % same"]),
    ("Thu thuế nhà đất giảm 19% so cùng kỳ.", ["Thu thuế nhà đất = - ; change -19 % same"]),
    # no verb at all: a ratio
    ("Đàn trâu 4.120 con, 96,8% so với cùng kỳ.", ["Đàn trâu = 4120 con ; ratio 96.8 % same"]),
    # vượt, hụt measure the gap to a plan and are no ratios
    ("Số thu phí 1.240 triệu đồng, vượt 4,3% dự toán.", ["Số thu phí = 1240 triệu đồng ; change 4.3 % plan"]),
    ("Thu phí đạt 12 tỷ đồng, hụt 1,5% so với dự toán.", ["Thu phí = 12 tỷ đồng ; change -1.5 % plan"]),
    ("Thu phí đạt 12 tỷ đồng, đạt 98,5% so với dự toán.", ["Thu phí = 12 tỷ đồng ; ratio 98.5 % plan"]),
    # two bases of time, each beside its change
    (
        "Kim ngạch nhập khẩu đạt 412 triệu USD, giảm 3,1% so với tháng trước và tăng 12,4% so với cùng kỳ.",
        ["Kim ngạch nhập khẩu = 412 triệu USD ; change -3.1 % previous ; change 12.4 % same"],
    ),
    # the second of two changes borrows the verb of the first
    (
        "Xuất khẩu đạt 22 triệu USD, giảm 8,3% so với tháng trước và 10% so với cùng kỳ.",
        ["Xuất khẩu = 22 triệu USD ; change -8.3 % previous ; change -10 % same"],
    ),
    # the second of two plan bases has no verb of its own
    (
        "Thu ngân sách bằng 68,4% so dự toán tỉnh giao và 62,7% so dự toán huyện phấn đấu.",
        ["Thu ngân sách = - ; ratio 68.4 % plan ; ratio 62.7 % plan"],
    ),
    # one verb for several subjects
    ("Trâu, bò đều giảm 3,2% so với cùng kỳ.", ["Trâu, bò = - ; change -3.2 % same"]),
]


@pytest.mark.parametrize("case", VERBS)
def test_the_verb_decides_the_kind(case: Case) -> None:
    check(case)


BASE_FIRST: list[Case] = [
    ("So với cùng kỳ, số vụ cháy giảm 12 vụ.", ["số vụ cháy = - ; abs -12 vụ same"]),
    # so may it where "là" tells the size of the change
    (
        "Thu phí đạt 98 tỷ đồng, tăng so với cùng kỳ là 12%.",
        ["Thu phí = 98 tỷ đồng ; change 12 % same"],
    ),
    (
        "Tỷ lệ tốt nghiệp đạt 98,94%, cao hơn năm trước là 3,12%.",
        ["Tỷ lệ tốt nghiệp = 98.94 % ; points 3.12 % same"],
    ),
    # the size may be led by a bound or a range, the base be a name
    (
        "Tỷ lệ hộ nghèo còn 4,8%, thấp hơn năm trước khoảng 1,2 điểm phần trăm.",
        ["Tỷ lệ hộ nghèo = 4.8 % ; points approx -1.2 điểm phần trăm same"],
    ),
    (
        "Đỉnh lũ đạt 8,14 m, cao hơn báo động 3 là 0,64 m.",
        ["Đỉnh lũ = 8.14 m ; abs 0.64 m other"],
    ),
    (
        "Đấu giá thu 1.264 tỷ đồng, cao hơn giá khởi điểm 312 tỷ đồng.",
        ["Đấu giá thu = 1264 tỷ đồng ; abs 312 tỷ đồng other"],
    ),
    # counter: the growth is the name
    ("Tỷ lệ tăng dân số tự nhiên là 1,12%.", ["Tỷ lệ tăng dân số tự nhiên = 1.12 %"]),
    (
        "So với tháng trước, chỉ số giá nhóm thực phẩm giảm 0,42%.",
        ["chỉ số giá nhóm thực phẩm = - ; change -0.42 % previous"],
    ),
    # the base before holds for one comparison; the second has its own behind it
    (
        "Thu nội địa 640 tỷ đồng, so dự toán giao đạt 38,2% và bằng 92% so với cùng kỳ.",
        ["Thu nội địa = 640 tỷ đồng ; ratio 38.2 % plan ; ratio 92 % same"],
    ),
    # counter: the same words with the bases the other way round
    (
        "Thu nội địa 640 tỷ đồng, so với cùng kỳ đạt 92% và bằng 38,2% so dự toán giao.",
        ["Thu nội địa = 640 tỷ đồng ; ratio 92 % same ; ratio 38.2 % plan"],
    ),
]


@pytest.mark.parametrize("case", BASE_FIRST)
def test_a_base_may_come_first(case: Case) -> None:
    check(case)


ELLIPSIS: list[Case] = [
    (
        "Doanh thu bán lẻ đạt 812 tỷ đồng, tăng 2,1% so với tháng trước và tăng 9,4% so với cùng kỳ; "
        "doanh thu lưu trú 95 tỷ đồng, tăng 3,3% và tăng 18,2%; doanh thu lữ hành 14 tỷ đồng, giảm 1,5% và tăng 40,6%.",
        [
            "Doanh thu bán lẻ = 812 tỷ đồng ; change 2.1 % previous ; change 9.4 % same",
            "doanh thu lưu trú = 95 tỷ đồng ; change 3.3 % previous ; change 18.2 % same",
            "doanh thu lữ hành = 14 tỷ đồng ; change -1.5 % previous ; change 40.6 % same",
        ],
    ),
    # the order of the head item, not a fixed one
    (
        "Doanh thu bán lẻ đạt 812 tỷ đồng, tăng 9,4% so với cùng kỳ và tăng 2,1% so với tháng trước; "
        "doanh thu lưu trú 95 tỷ đồng, tăng 18,2% và tăng 3,3%.",
        [
            "Doanh thu bán lẻ = 812 tỷ đồng ; change 9.4 % same ; change 2.1 % previous",
            "doanh thu lưu trú = 95 tỷ đồng ; change 18.2 % same ; change 3.3 % previous",
        ],
    ),
    # a ratio and a change carry each its own base
    (
        "Diện tích ngô 1.310 ha, bằng 88% kế hoạch và tăng 2,4% so với cùng kỳ; "
        "diện tích khoai lang 402 ha, bằng 91% và giảm 1,7%.",
        [
            "Diện tích ngô = 1310 ha ; ratio 88 % plan ; change 2.4 % same",
            "diện tích khoai lang = 402 ha ; ratio 91 % plan ; change -1.7 % same",
        ],
    ),
    # counter: an item that prints its own base keeps it
    (
        "Diện tích ngô 1.310 ha, tăng 2,4% so với cùng kỳ; diện tích khoai lang 402 ha, giảm 1,7% so với kế hoạch.",
        ["Diện tích ngô = 1310 ha ; change 2.4 % same", "diện tích khoai lang = 402 ha ; change -1.7 % plan"],
    ),
]


@pytest.mark.parametrize("case", ELLIPSIS)
def test_bases_are_carried_over_in_order(case: Case) -> None:
    check(case)


BACKWARDS: list[Case] = [
    (
        "Đàn trâu bằng 97,2%; đàn bò bằng 102,1%; đàn dê bằng 108,4% so cùng kỳ.",
        [
            "Đàn trâu = - ; ratio 97.2 % same",
            "đàn bò = - ; ratio 102.1 % same",
            "đàn dê = - ; ratio 108.4 % same",
        ],
    ),
    (
        "Vải tăng 4%, nhãn tăng 7,5%, chuối giảm 2% so với tháng trước.",
        [
            "Vải = - ; change 4 % previous",
            "nhãn = - ; change 7.5 % previous",
            "chuối = - ; change -2 % previous",
        ],
    ),
    # counter: a full stop ends the list
    (
        "Vải tăng 4%. Nhãn tăng 7,5% so với tháng trước.",
        ["Vải = - ; change 4 % same", "Nhãn = - ; change 7.5 % previous"],
    ),
]


@pytest.mark.parametrize("case", BACKWARDS)
def test_a_base_at_the_end_holds_for_the_list(case: Case) -> None:
    check(case)


HEADED: list[tuple[str, str, list[str]]] = [
    (
        "Chăn nuôi (so cùng kỳ)",
        "Đàn trâu 2.105 con, tăng 1,2%; đàn bò 8.430 con, giảm 0,8%.",
        ["Đàn trâu = 2105 con ; change 1.2 % same", "đàn bò = 8430 con ; change -0.8 % same"],
    ),
    (
        "Xuất khẩu tháng 4 so với tháng trước",
        "Dệt may đạt 120 triệu USD, tăng 4%.",
        ["Dệt may = 120 triệu USD ; change 4 % previous"],
    ),
    # counter: a base in the sentence goes before that of the heading
    (
        "Xuất khẩu tháng 4 so với tháng trước",
        "Dệt may đạt 120 triệu USD, tăng 4% so với cùng kỳ.",
        ["Dệt may = 120 triệu USD ; change 4 % same"],
    ),
]


@pytest.mark.parametrize(("heading", "text", "expected"), HEADED)
def test_a_heading_gives_the_base(heading: str, text: str, expected: list[str]) -> None:
    assert read(text, heading=heading) == expected


NAMED: list[tuple[str, str, list[str]]] = [
    (
        "2023-Q1",
        "Khách lưu trú đạt 41 nghìn lượt, tăng 12% so với quý IV/2022.",
        ["Khách lưu trú = 41 nghìn lượt ; change 12 % previous"],
    ),
    (
        "2023-Q1",
        "Khách lưu trú đạt 41 nghìn lượt, tăng 12% so với quý I/2022.",
        ["Khách lưu trú = 41 nghìn lượt ; change 12 % same"],
    ),
    (
        "2022",
        "Khách lưu trú đạt 41 nghìn lượt, giảm 12% so với năm 2019.",
        ["Khách lưu trú = 41 nghìn lượt ; change -12 % other"],
    ),
    # "cùng kỳ" of a year long past is not last year
    (
        "2022-H1",
        "Khách lưu trú đạt 41 nghìn lượt, giảm 12% so với cùng kỳ năm 2019.",
        ["Khách lưu trú = 41 nghìn lượt ; change -12 % other"],
    ),
    (
        "2022-H1",
        "Khách lưu trú đạt 41 nghìn lượt, giảm 12% so với cùng kỳ năm 2021.",
        ["Khách lưu trú = 41 nghìn lượt ; change -12 % same"],
    ),
    (
        "2023-06",
        "Dư nợ đạt 312 tỷ đồng, tăng 21 tỷ đồng so với đầu năm.",
        ["Dư nợ = 312 tỷ đồng ; abs 21 tỷ đồng other"],
    ),
]


@pytest.mark.parametrize(("report_period", "text", "expected"), NAMED)
def test_a_named_period_is_a_base_by_its_distance(report_period: str, text: str, expected: list[str]) -> None:
    assert read(text, report_period=report_period) == expected


DISTRIBUTED: list[Case] = [
    (
        "Cấp mới 214 doanh nghiệp với vốn đăng ký 1.240 tỷ đồng, giảm 3,1% về số doanh nghiệp "
        "và tăng 6,4% về vốn đăng ký so với cùng kỳ.",
        ["doanh nghiệp = 214 doanh nghiệp ; change -3.1 % same", "vốn đăng ký = 1240 tỷ đồng ; change 6.4 % same"],
    ),
    # the same, named in the other order
    (
        "Cấp mới 214 doanh nghiệp với vốn đăng ký 1.240 tỷ đồng, tăng 6,4% về vốn đăng ký "
        "và giảm 3,1% về số doanh nghiệp so với cùng kỳ.",
        ["doanh nghiệp = 214 doanh nghiệp ; change -3.1 % same", "vốn đăng ký = 1240 tỷ đồng ; change 6.4 % same"],
    ),
    # one name, two units: the verb serves both
    (
        "Vận tải hàng hóa tăng 8% về tấn và 9% về tấn.km so với cùng kỳ.",
        ["Vận tải hàng hóa = - ; change 8 % same ; change 9 % same"],
    ),
    # counter: without "về", comparisons go to the nearest value
    (
        "Cấp mới 214 doanh nghiệp với vốn đăng ký 1.240 tỷ đồng, tăng 6,4% so với cùng kỳ.",
        ["doanh nghiệp = 214 doanh nghiệp", "vốn đăng ký = 1240 tỷ đồng ; change 6.4 % same"],
    ),
    # by unit: the debt, not the borrowers
    (
        "Dư nợ đạt 312.456 triệu đồng với 8.204 hộ vay, tăng 21.300 triệu đồng so với đầu năm.",
        ["Dư nợ = 312456 triệu đồng ; abs 21300 triệu đồng other", "hộ vay = 8204 hộ"],
    ),
]


@pytest.mark.parametrize("case", DISTRIBUTED)
def test_comparisons_are_distributed_by_noun_or_unit(case: Case) -> None:
    check(case)


ABSOLUTE: list[Case] = [
    (
        "Đàn lợn 18.200 con, tăng 640 con so với cùng kỳ.",
        ["Đàn lợn = 18200 con ; abs 640 con same"],
    ),
    # counter: without a verb of change it is a part of its own
    (
        "Đàn lợn 18.200 con, đàn dê 640 con.",
        ["Đàn lợn = 18200 con", "đàn dê = 640 con"],
    ),
    (
        "Năng suất ngô đạt 47,2 tạ/ha, giảm 0,8 tạ/ha so với cùng kỳ.",
        ["Năng suất ngô = 47.2 tạ/ha ; abs -0.8 tạ/ha same"],
    ),
]


@pytest.mark.parametrize("case", ABSOLUTE)
def test_a_change_with_a_unit_is_absolute(case: Case) -> None:
    check(case)


MULTIPLES: list[Case] = [
    (
        "Lượng khách đạt 312 nghìn lượt, gấp 2,4 lần so với cùng kỳ.",
        ["Lượng khách = 312 nghìn lượt ; multiple 2.4 lần same"],
    ),
    (
        "Doanh thu du lịch đạt 1.240 tỷ đồng, tăng gấp 6 lần so với cùng kỳ.",
        ["Doanh thu du lịch = 1240 tỷ đồng ; multiple 6 lần same"],
    ),
    # below one it can only be a change
    ("Sản lượng than tăng 0,7 lần so với năm 2015.", ["Sản lượng than = - ; change 0.7 lần other"]),
]


@pytest.mark.parametrize("case", MULTIPLES)
def test_multiples(case: Case) -> None:
    check(case)


POINTS: list[Case] = [
    (
        "Tỷ trọng dịch vụ chiếm 41,2%, tăng 1,1 điểm phần trăm so với năm trước.",
        ["Tỷ trọng dịch vụ = 41.2 % ; points 1.1 điểm phần trăm same"],
    ),
    # the change of a rate is in points even where only % is printed
    (
        "Tỷ lệ trẻ suy dinh dưỡng đạt 9,1%, giảm 0,3% so với cùng kỳ.",
        ["Tỷ lệ trẻ suy dinh dưỡng = 9.1 % ; points -0.3 % same"],
    ),
    ("Tỷ lệ hộ cận nghèo giảm 1,74%.", ["Tỷ lệ hộ cận nghèo = - ; points -1.74 % same"]),
    # counter: the number of households is no rate
    ("Số hộ cận nghèo giảm 1,74%.", ["Số hộ cận nghèo = - ; change -1.74 % same"]),
]


@pytest.mark.parametrize("case", POINTS)
def test_the_change_of_a_rate_is_in_points(case: Case) -> None:
    check(case)


BOUNDED: list[Case] = [
    ("Giải ngân bằng khoảng 68% dự toán.", ["Giải ngân = - ; ratio approx 68 % plan"]),
    (
        "Khách du lịch đạt gần 412 nghìn lượt, gấp gần 2,4 lần cùng kỳ.",
        ["Khách du lịch = approx 412 nghìn lượt ; multiple approx 2.4 lần same"],
    ),
    # the cue sits on the value and not on the percentage
    (
        "Khách du lịch đạt gần 412 nghìn lượt, tăng 12% so với cùng kỳ.",
        ["Khách du lịch = approx 412 nghìn lượt ; change 12 % same"],
    ),
    # "hơn" that compares is no bound
    ("Giá điện cao hơn 3% so với cùng kỳ.", ["Giá điện = - ; change 3 % same"]),
]


@pytest.mark.parametrize("case", BOUNDED)
def test_a_bound_goes_with_the_number_it_stands_before(case: Case) -> None:
    check(case)


SECOND_SENTENCE: list[Case] = [
    (
        "Xảy ra 18 vụ cháy, thiệt hại 11 tỷ đồng. So với cùng kỳ giảm 4 vụ.",
        ["vụ cháy = 18 vụ ; abs -4 vụ same", "thiệt hại = 11 tỷ đồng"],
    ),
    # counter: a subject of its own in the second sentence
    (
        "Xảy ra 18 vụ cháy. Số vụ đuối nước giảm 4 vụ so với cùng kỳ.",
        ["vụ cháy = 18 vụ", "Số vụ đuối nước = - ; abs -4 vụ same"],
    ),
]


@pytest.mark.parametrize("case", SECOND_SENTENCE)
def test_a_second_sentence_compares_by_unit(case: Case) -> None:
    check(case)


SHARES: list[Case] = [
    ("Thu nội địa 310 tỷ đồng, chiếm 72% tổng thu.", ["Thu nội địa = 310 tỷ đồng ; ratio 72 % total"]),
    ("Có 152 hồ sơ quá hạn (chiếm 0,62%).", ["hồ sơ quá hạn = 152 hồ sơ ; ratio 0.62 % total"]),
    # alone, the share is the value
    ("Số hộ dùng điện chiếm 99,2%.", ["Số hộ dùng điện = 99.2 %"]),
]


@pytest.mark.parametrize("case", SHARES)
def test_shares_of_a_total(case: Case) -> None:
    check(case)


def test_the_estimate_of_another_year_is_only_a_base() -> None:
    text = "Sản lượng thép đạt 95 nghìn tấn, tăng 10% so với ước thực hiện năm 2022."
    expected = ["Sản lượng thép @2023 !actual = 95 nghìn tấn ; change 10 % same"]
    assert read(text, "period", "status", report_period="2023") == expected


def test_the_growth_of_another_time_is_a_figure_of_its_own() -> None:
    text = "Sản xuất điện tăng 8,2% so với cùng kỳ, thấp hơn mức tăng 10,4% của cùng kỳ năm 2018."
    expected = ["Sản xuất điện @2019-H1 = - ; change 8.2 % same", "Sản xuất điện @2018-H1 = - ; change 10.4 % same"]
    assert read(text, "period", report_period="2019-H1") == expected


WHOSE: list[Case] = [
    # a bare number is told by its name, not by the last figure with that unit
    (
        "Có 386 hộ thoát nghèo; số hộ cận nghèo là 158, tăng 22 hộ.",
        ["hộ thoát nghèo = 386 hộ", "số hộ cận nghèo = 158 hộ ; abs 22 hộ same"],
    ),
    # counter: no name tells it
    (
        "Có 386 hộ thoát nghèo, tăng 22 hộ.",
        ["hộ thoát nghèo = 386 hộ ; abs 22 hộ same"],
    ),
    # shares of one whole stand side by side, the last behind "và"
    (
        "46,2% số doanh nghiệp đánh giá tốt lên, 36,9% giữ ổn định và 16,9% khó khăn hơn.",
        [
            "số doanh nghiệp đánh giá tốt lên = 46.2 %",
            "giữ ổn định = 36.9 %",
            "khó khăn hơn = 16.9 %",
        ],
    ),
    # growth by the year has no base to share
    (
        "Vốn đầu tư đạt 128 tỷ đồng, gấp 1,7 lần giai đoạn 2011 - 2015; kim ngạch xuất khẩu tăng bình quân 14,2%/năm.",
        [
            "Vốn đầu tư = 128 tỷ đồng ; multiple 1.7 lần previous",
            "kim ngạch xuất khẩu = - ; change 14.2 %/năm same",
        ],
    ),
    # a part that is the share of its whole, to the digit, is no share of a plan
    (
        "Bê tông hóa 386 km, đạt 128,7% kế hoạch; tổng vốn 172 tỷ đồng, trong đó dân góp 85 tỷ đồng, bằng 49,4%.",
        [
            "Bê tông hóa = 386 km ; ratio 128.7 % plan",
            "tổng vốn = 172 tỷ đồng",
            "dân góp = 85 tỷ đồng ; ratio 49.4 % total",
        ],
    ),
    # the fraction that a share states, to the digit, and no nearer count
    (
        "Làm rõ 16/19 vụ, bắt 27 đối tượng, đạt tỷ lệ 84,2%.",
        ["Làm rõ vụ = 16/19 vụ ; ratio 84.2 % total", "bắt đối tượng = 27 đối tượng"],
    ),
    # a list's change is that of the whole, a single part's its own
    (
        "Đạt 31 giải, gồm 02 giải Nhất, 07 giải Nhì, 22 giải Ba, tăng 04 giải so với năm trước.",
        [
            "giải = 31 giải ; abs 4 giải same",
            "giải Nhất = 2 giải Nhất",
            "giải Nhì = 7 giải Nhì",
            "giải Ba = 22 giải Ba",
        ],
    ),
    (
        "Sinh 98 cháu, trong đó con thứ ba 09 cháu, giảm 04 cháu so với năm trước.",
        ["Sinh = 98 cháu", "con thứ ba = 9 cháu ; abs -4 cháu same"],
    ),
    ("Gieo cấy 74.520 ha, chậm hơn cùng kỳ 3.180 ha.", ["Gieo cấy = 74520 ha ; abs -3180 ha same"]),
    ("Giá trị sản xuất tăng từ 9,5% trở lên.", ["Giá trị sản xuất = - ; change min 9.5 % same"]),
    ("Doanh thu đạt l2,6 tỷ đồng, bằng 1O4% kế hoạch.", ["Doanh thu = 12.6 tỷ đồng ; ratio 104 % plan"]),
    # an occasion of last year is a base like the same period
    (
        "Đón 45 nghìn lượt khách, tăng 12% so với mùa lễ hội năm trước.",
        ["Đón lượt khách = 45 nghìn lượt khách ; change 12 % same"],
    ),
    # the price of money changes by per cent, a rate by points
    ("Tỷ giá USD tăng 0,3% so với tháng trước.", ["Tỷ giá USD = - ; change 0.3 % previous"]),
    ("Tỷ lệ hộ nghèo giảm 0,3% so với tháng trước.", ["Tỷ lệ hộ nghèo = - ; points -0.3 % previous"]),
    ("Lạm phát cơ bản tăng 0,3% so với tháng trước.", ["Lạm phát cơ bản = - ; change 0.3 % previous"]),
    # the unit that only the change names
    ("Số vụ cháy là 12, giảm 3 vụ so với cùng kỳ.", ["Số vụ cháy = 12 vụ ; abs -3 vụ same"]),
    # without the rise of prices the same figure grew less
    (
        "Tổng mức bán lẻ đạt 486 tỷ đồng, tăng 10,8% so với năm trước (nếu loại trừ yếu tố giá tăng 8,4%).",
        ["Tổng mức bán lẻ = 486 tỷ đồng ; change 10.8 % same ; change 8.4 % same"],
    ),
    # what exists is no comparison, though a base opens the sentence
    (
        "So với quý trước, có 45,1% số doanh nghiệp tăng đơn hàng.",
        ["số doanh nghiệp tăng đơn hàng = 45.1 %"],
    ),
    (
        "Có 43,6% doanh nghiệp cho rằng tốt hơn, 38,2% cho rằng ổn định.",
        ["doanh nghiệp cho rằng tốt hơn = 43.6 %", "cho rằng ổn định = 38.2 %"],
    ),
    # names that begin alike, with commas of their own
    (
        "Khu vực nông, lâm nghiệp và thủy sản, khu vực công nghiệp và xây dựng lần lượt tăng 2,4% và 9,7%.",
        [
            "Khu vực nông, lâm nghiệp và thủy sản = - ; change 2.4 % same",
            "khu vực công nghiệp và xây dựng = - ; change 9.7 % same",
        ],
    ),
    # a share that fits an amount whose plan another share is
    (
        "Tổng vốn 500 tỷ đồng; khối lượng đạt 400 tỷ đồng, bằng 80% kế hoạch; giải ngân 350 tỷ đồng, bằng 70%.",
        [
            "Tổng vốn = 500 tỷ đồng",
            "khối lượng = 400 tỷ đồng ; ratio 80 % plan",
            "giải ngân = 350 tỷ đồng ; ratio 70 % plan",
        ],
    ),
]


@pytest.mark.parametrize("case", WHOSE)
def test_whose_comparison_and_with_what(case: Case) -> None:
    check(case, report_period="2016/2020" if "2011" in case[0] else None)
