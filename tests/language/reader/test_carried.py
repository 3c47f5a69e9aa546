"""What a sentence leaves to those behind it, what arithmetic shows, and names with numbers in them.

Each rule beside a sentence that looks alike and reads otherwise.
"""

from __future__ import annotations

import pytest

from extractor import extract_text
from tests.language.reading import read

Case = tuple[str, list[str]]

BASES: list[Case] = [
    # a base in the words before a colon holds for the list behind it
    (
        "Các khoản thu đạt thấp so với dự toán: thu phí 41 tỷ đồng (84%), tiền thuê đất 28 tỷ đồng (81%).",
        ["thu phí = 41 tỷ đồng ; ratio 84 % plan", "tiền thuê đất = 28 tỷ đồng ; ratio 81 % plan"],
    ),
    ("Thu phí 41 tỷ đồng (84%).", ["Thu phí = 41 tỷ đồng ; ratio 84 % total"]),
    (
        "Một số khoản thu thấp so cùng kỳ như: tiền thuê đất 186 tỷ đồng, bằng 61,8%.",
        ["tiền thuê đất = 186 tỷ đồng ; ratio 61.8 % same"],
    ),
    # two bases in one sentence, two changes without any in the next
    (
        "Chỉ số sản xuất tăng 2,4% so với tháng trước và tăng 11,6% so với cùng kỳ. Chỉ số tồn kho tăng 1,8% và 9,3%.",
        [
            "Chỉ số sản xuất = - ; change 2.4 % previous ; change 11.6 % same",
            "Chỉ số tồn kho = - ; change 1.8 % previous ; change 9.3 % same",
        ],
    ),
    (
        "Tháng 5 đón 2,1 triệu lượt khách, tăng 12% so với tháng trước và 18% so với cùng kỳ; trong đó khách Âu 684 "
        "nghìn lượt, tăng lần lượt 9,1% và 24,7%.",
        [
            "đón lượt khách = 2.1 triệu lượt khách ; change 12 % previous ; change 18 % same",
            "khách Âu = 684 nghìn lượt ; change 9.1 % previous ; change 24.7 % same",
        ],
    ),
    # the month before is no base of a year
    (
        "Tháng 5 thu 186 tỷ đồng, tăng 3,1% so với tháng trước; cả năm 1.984 tỷ đồng, tăng 15,8%.",
        ["thu = 186 tỷ đồng ; change 3.1 % previous", "thu = 1984 tỷ đồng ; change 15.8 % same"],
    ),
    ("Giá trị sản lượng 340 triệu đồng, tăng 11% so 2023.", ["Giá trị sản lượng = 340 triệu đồng ; change 11 % same"]),
    ("Giá trị sản lượng 340 triệu đồng, tăng 11% so 2020.", ["Giá trị sản lượng = 340 triệu đồng ; change 11 % other"]),
]


@pytest.mark.parametrize("case", BASES)
def test_bases_are_carried_on(case: Case) -> None:
    assert read(case[0], report_period="2024-05") == case[1]


@pytest.mark.parametrize(("share", "base"), [("80%", "total"), ("79%", "plan")])
def test_arithmetic_shows_what_a_share_is_of(share: str, base: str) -> None:
    text = f"Kiến nghị thu hồi 500 triệu đồng, đã thu hồi 400 triệu đồng, đạt {share}."
    assert read(text)[1] == f"thu hồi = 400 triệu đồng ; ratio {share[:-1]} % {base}"


def test_a_lead_in_leaves_its_base_to_the_bullets() -> None:
    text = "Một số khoản tăng so dự toán:\n- Thu phí: 41 tỷ đồng, bằng 104%.\n- Tiền thuê đất: 28 tỷ đồng, bằng 112%."
    assert [c.base for f in extract_text(text) for c in f.comparisons] == ["plan", "plan"]


TARGETS: list[Case] = [
    (
        "Làm rõ 618 vụ, 1.046 đối tượng, đạt tỷ lệ 83,3%.",
        ["Làm rõ vụ = 618 vụ ; ratio 83.3 % total", "đối tượng = 1046 đối tượng"],
    ),
    (
        "Xuất 5,09 triệu tấn và 2,24 tỷ USD, tăng 5,9% về lượng nhưng giảm 9,8% về giá trị.",
        ["Xuất = 5.09 triệu tấn ; change 5.9 % same", "Xuất = 2.24 tỷ USD ; change -9.8 % same"],
    ),
    # a change in pieces is of what is counted
    (
        "Có 146 tàu với công suất 4.280 CV, tăng 8 chiếc so với cùng kỳ.",
        ["tàu = 146 tàu ; abs 8 chiếc same", "công suất = 4280 CV"],
    ),
    (
        "Trâu 142 con, bò 618 con; so với cùng kỳ đàn bò tăng 26 con.",
        ["Trâu = 142 con", "bò = 618 con ; abs 26 con same"],
    ),
    ("Có 5 chỉ tiêu vượt, 11 chỉ tiêu đạt.", ["chỉ tiêu = 5 chỉ tiêu", "chỉ tiêu = 11 chỉ tiêu"]),
    # the same brackets again
    (
        "Khu vực I chiếm 56,2% (năm 2011: 58,1%); khu vực II 18,9% (17,8%).",
        ["Khu vực I = 56.2 %", "Khu vực I = 58.1 %", "khu vực II = 18.9 %", "khu vực II = 17.8 %"],
    ),
]


@pytest.mark.parametrize("case", TARGETS)
def test_whose_change_it_is(case: Case) -> None:
    assert read(case[0]) == case[1]


NAMES: list[Case] = [
    ("100% số thôn và 97,8% số hộ dùng điện.", ["số thôn = 100 %", "số hộ dùng điện = 97.8 %"]),
    (
        "Tỷ lệ che phủ duy trì 52%; có ít nhất 50% số xã đạt chuẩn.",
        ["Tỷ lệ che phủ = 52 %", "số xã đạt chuẩn = min 50 %"],
    ),
    ("Có 6 mặt hàng đạt giá trị xuất khẩu trên 2 tỷ USD.", ["mặt hàng = 6 mặt hàng"]),
    ("Giá gas 12kg 386.000 đ/bình, giảm 2%.", ["Giá gas = 386000 đ/bình ; change -2 % same"]),
    ("Ba trường có 48 lớp.", ["lớp = 48 lớp"]),
    ("Kế hoạch vốn đầu tư công năm 2024 quận được giao 486 tỷ đồng.", ["Kế hoạch vốn đầu tư công = 486 tỷ đồng"]),
    ("Quận được giao 486 tỷ đồng.", ["giao = 486 tỷ đồng"]),
    ("Khám cho 118/121 trẻ dưới 1 tuổi, đạt 97,5%.", ["trẻ dưới 1 tuổi = 118/121 trẻ ; ratio 97.5 % total"]),
    ("Nếu loại trừ tiền đất thì thu nội địa đạt 5.128 tỷ đồng.", ["thu nội địa = 5128 tỷ đồng"]),
    ("Tốc độ tăng giá (CPI) bình quân khoảng 4,5%.", ["Tốc độ tăng giá = approx 4.5 %"]),
    ("Công nhận từ 3 trường đạt chuẩn trở lên.", ["trường đạt chuẩn = min 3 trường"]),
    ("Thu hồi 18,6 ha đất của 214 hộ phục vụ 11 dự án.", ["Thu hồi đất = 18.6 ha", "hộ = 214 hộ", "dự án = 11 dự án"]),
    ("Có 13,2 giường bệnh/1 vạn dân.", ["giường bệnh/1 vạn dân = 13.2 giường bệnh/1 vạn dân"]),
    ("Tổng số máy điện thoại 38.642 máy.", ["Tổng số máy điện thoại = 38642 máy"]),
]


@pytest.mark.parametrize("case", NAMES)
def test_what_names_a_number(case: Case) -> None:
    assert read(case[0]) == case[1]


SILENT = [
    "Trung đoàn 50 và Tiểu đoàn 3 tổ chức lễ giao quân.",
    "Triển khai tiêm phòng đợt 2 năm 2019.",
    "Người về từ vùng dịch cách ly 14 ngày.",
    "Đường dây nóng 0228 3645 112 và 1900 9095.",
    "Phát sóng trên kênh 27, 28.",
    "Mừng thọ các cụ tròn 70, 75, 80, 85 tuổi.",
    "Kiểm tra xăng RON 95 tại trạm 110kV.",
    "Cấp bồn chứa nước loại 500 lít.",
    'Phát thải ròng bằng "0".',
    "Nhân kỷ niệm 73 năm Cách mạng tháng Tám.",
]


@pytest.mark.parametrize("text", SILENT)
def test_numbers_in_names(text: str) -> None:
    assert read(text) == []


PERIODS = [
    ("Mưa lũ từ ngày 09 đến ngày 12/10 làm 1.318 nhà bị ngập.", "2017-10", "2017-10-09/2017-10-12"),
    ("Vụ ép 1996/1997, xã bán 3.240 tấn mía.", "1997", "1996/1997"),
    ("Tính đến 18 giờ ngày 12/9/2021, có 4.216 ca mắc.", "2021-09", "../2021-09-12"),
    ("Tỷ lệ hộ nghèo đầu năm 2011 là 24,8%.", "2014", "2011"),
    ("Nhân kỷ niệm Cách mạng tháng Tám, tặng 64 suất quà.", "2018", "2018"),
]


@pytest.mark.parametrize(("text", "report_period", "expected"), PERIODS)
def test_periods_in_words_of_the_trade(text: str, report_period: str, expected: str) -> None:
    assert [f.period for f in extract_text(text, report_period=report_period)] == [expected]
