"""What the words around a number leave of the entry that its name alone would decide."""

from __future__ import annotations

import pytest

from extractor.pipeline import extract_text
from extractor.statistics.matching import match_indicator
from extractor.statistics.sure_entries import DOUBLED


def entries(text: str) -> list[tuple[str, str | None]]:
    """Value and sure entry of each figure of a passage."""
    figures = extract_text(text, report_period="2023-H1")
    return [(str(f.value), f.indicator_id if f.match == "alias" else None) for f in figures if f.value is not None]


def test_remainder_of_a_flow_is_no_entry_and_remainder_of_a_stock_is_the_stock() -> None:
    assert ("3", None) in entries("Phát hiện 14 vụ vi phạm lâm luật; còn lại 3 vụ vi phạm lâm luật đang điều tra.")
    assert ("320", "poor_households") in entries("Toàn huyện còn 320 hộ nghèo.")
    assert ("6.8", "poor_rate") in entries("Tỷ lệ hộ nghèo còn 6,8%.")


def test_increment_is_no_entry() -> None:
    assert entries("Có thêm 4 sản phẩm OCOP.") == [("4", None)]
    assert entries("Có 19 sản phẩm OCOP.") == [("19", "ocop")]


def test_part_of_the_same_name_is_not_the_whole() -> None:
    text = "Tổng thu ngân sách nhà nước ước đạt 291 tỷ đồng, trong đó thu trên địa bàn 25,4 tỷ đồng."
    assert entries(text) == [("291", "rev_state"), ("25.4", None)]


def test_parts_of_what_meets_a_standard_are_not_all_of_their_kind() -> None:
    text = "Toàn huyện có 37 trường học đạt chuẩn quốc gia (13 trường mầm non, 12 trường tiểu học, 12 trường THCS)."
    assert entries(text) == [("37", "std_schools"), ("13", None), ("12", None), ("12", None)]


def test_lesser_amount_in_a_bracket_behind_its_whole_is_a_part() -> None:
    text = "Toàn tỉnh gieo cấy được 1.062 nghìn ha lúa mùa (phía Bắc gieo cấy 897 nghìn ha)."
    assert entries(text) == [("1062", "area_rice_autumn"), ("897", None)]
    assert entries("Thu ngân sách nhà nước đạt 291 tỷ đồng (năm 2022 là 270 tỷ đồng).")[1] == ("270", "rev_state")


def test_items_of_an_announced_list_are_parts_of_what_announces_it() -> None:
    text = "Các cấp tiếp 2.783 lượt công dân{}\n- Các sở, ngành tiếp 714 lượt công dân."
    assert entries(text.format(", cụ thể:")) == [("2783", "reception_turns"), ("714", None)]
    assert entries(text.format("."))[1] == ("714", "reception_turns")


def test_sector_in_per_cent_is_a_growth_below_a_growth_and_a_share_of_a_structure() -> None:
    assert entries("Tốc độ tăng trưởng kinh tế 9,2%, trong đó dịch vụ 7,4%.")[1] == ("7.4", "grdp_services_growth")
    text = (
        "Tốc độ tăng trưởng kinh tế đạt 9,2%. Cơ cấu kinh tế đúng hướng: công nghiệp - xây dựng 38,1%, dịch vụ 61,9%."
    )
    assert entries(text)[1:] == [("38.1", "structure_secondary"), ("61.9", "structure_tertiary")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hộ cận nghèo giảm 1,5 điểm phần trăm so với đầu năm.", "near_poor_rate"),
        ("Hộ cận nghèo giảm 142 hộ so với đầu năm.", "near_poor"),
        ("Khu vực dịch vụ giảm 2,4 điểm phần trăm so với cùng kỳ.", None),
    ],
)
def test_what_changes_by_points_is_a_share(text: str, expected: str | None) -> None:
    figure = extract_text(text, report_period="2023-H1")[-1]
    assert (figure.value, figure.indicator_id) == (None, expected)


def test_total_that_adds_up_with_a_stranger_is_another_total() -> None:
    text = "Toàn huyện có 21.540 học sinh, trong đó mầm non 5.480 cháu, tiểu học 7.960 học sinh, THCS 8.100 học sinh."
    assert entries(text)[0] == ("21540", None)
    assert entries(text.replace("mầm non 5.480 cháu, ", ""))[0] == ("21540", "pupils")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vụ mùa gieo cấy 4.150 ha lúa.", "area_rice_autumn"),
        ("Cả năm gieo cấy 7.575 ha lúa.", "area_rice"),
        ("Vụ đông trồng ngô 620 ha.", None),
        ("Diện tích ngô 2.180 ha.", "area_maize"),
        ("Ngân hàng Chính sách xã hội có tổng dư nợ 168 tỷ đồng.", "policy_credit"),
        ("Các ngân hàng thương mại có tổng dư nợ 168 tỷ đồng.", "credit_outstanding"),
        ("Tổng diện tích gieo trồng vụ xuân đạt 334 ha.", None),
        ("Tổng diện tích gieo trồng vụ đông đạt 334 ha.", "area_winter"),
        ("GRDP bình quân đầu người đạt 3.520 USD.", "grdp_pc_usd"),
        ("GRDP bình quân đầu người đạt 72 triệu đồng.", "grdp_pc"),
        ("Tỉnh đã cấp mới 3 dự án FDI.", "fdi_projects_new"),
        ("Điều chỉnh tăng vốn cho 13 dự án FDI.", None),
        ("Kết nạp đảng viên, nâng tổng số đảng viên lên 163 đồng chí.", "party_members"),
        ("Các cấp ủy đã kiểm tra 44 đảng viên.", None),
        ("Đã công nhận mới 6 trường mầm non.", None),
        ("Từ đầu năm trồng mới 94 ha chè.", "area_tea_new"),
    ],
)
def test_context_says_whose_entry_it_is(text: str, expected: str | None) -> None:
    assert entries(text)[0][1] == expected


def test_a_season_and_a_bank_last_to_the_end_of_the_paragraph() -> None:
    season = "Vụ đông xuân kết thúc sớm. Diện tích lúa là 28.940 ha, năng suất lúa đạt 61,9 tạ/ha."
    assert [entry for _, entry in entries(season)] == ["area_rice_spring", "yield_rice_spring"]
    assert entries(season.replace(". D", ".\nD"))[0][1] == "area_rice"
    assert entries("Vụ đông xuân kết thúc sớm. Cả năm diện tích lúa là 58.940 ha.")[0][1] == "area_rice"
    assert entries("NHCSXH huyện đã họp. Tổng dư nợ đạt 481,9 tỷ đồng.")[0][1] == "policy_credit"
    assert entries("Huyện đã kiểm tra các chi bộ. Toàn huyện có 1.240 đảng viên.")[0][1] == "party_members"


def test_some_that_are_set_apart_are_not_the_whole_nor_is_what_came_of_them() -> None:
    whole = "Thực hiện 05 cuộc thanh tra, thu hồi 412,6 triệu đồng."
    apart = "Riêng 01 cuộc thanh tra đầu tư thu hồi 181,4 triệu đồng."
    assert entries(whole) == [("5", "inspections"), ("412.6", "inspection_recovered")]
    assert [entry for _, entry in entries(apart)] == [None, None]
    assert entries("Riêng tháng 6 thực hiện 05 cuộc thanh tra.") == [("5", "inspections")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cấp 12.460 thẻ BHYT cho người nghèo.", "health_insurance_poor"),
        ("Cấp 12.460 thẻ BHYT.", "hi_cards"),
        ("Tiếp nhận 12.300 hồ sơ TTHC, giải quyết đúng hạn 99,6%.", "admin_files_received"),
        ("Đã giải quyết 12.300 hồ sơ TTHC.", "admin_files_resolved"),
        ("Viện kiểm sát thụ lý 98 tố giác, tin báo về tội phạm.", None),
        ("Công an tiếp nhận 98 tố giác, tin báo về tội phạm.", "crime_reports"),
        ("Lãnh đạo tiếp định kỳ 212 lượt.", None),
        ("Cấp 64 giấy đăng ký kinh doanh.", None),  # of a household or of an enterprise
        ("Tổng số lượt khám bệnh 142.600 lượt.", "visits_exam"),
    ],
)
def test_who_it_is_for_and_who_did_it_say_whose_entry_it_is(text: str, expected: str | None) -> None:
    assert entries(text)[0][1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Các ngành dịch vụ chiếm 32,6%.", "structure_tertiary"),
        ("Cơ cấu kinh tế: nông, lâm nghiệp và thủy sản 18,2%.", "structure_primary"),
        ("Khu vực dịch vụ đóng góp 3,08 điểm phần trăm.", None),
        ("Khu vực dịch vụ tăng cao (kế hoạch đề ra là 9,2%).", None),
    ],
)
def test_per_cent_of_a_sector_is_a_share_where_one_is_said(text: str, expected: str | None) -> None:
    told = [f.indicator_id for f in extract_text(text, report_period="2023") if f.match == "alias" and f.value]
    assert told == ([expected] if expected else [])


def test_one_entry_with_two_values_is_doubted_on_both() -> None:
    figures = extract_text("Sản lượng lúa đạt 412 nghìn tấn. Sản lượng lúa đạt 421 nghìn tấn.", report_period="2023")
    assert [DOUBLED in f.doubts for f in figures] == [True, True]
    figures = extract_text("Sản lượng lúa đạt 412 nghìn tấn. Sản lượng lúa đạt 412 nghìn tấn.", report_period="2023")
    assert [DOUBLED in f.doubts for f in figures] == [False, False]


@pytest.mark.parametrize(
    ("name", "unit", "expected"),
    [
        ("trung học cơ sở", "em", "pupils_lsec"),
        ("trung học cơ sở", "trường", "schools_lsec"),
        ("sổ bảo hiểm xã hội", "sổ", None),
        ("kết hôn", "cặp", "marriages"),
        ("lớp đào tạo nghề", "lớp", "voc_classes"),
    ],
)
def test_what_is_counted_must_be_what_the_entry_counts(name: str, unit: str, expected: str | None) -> None:
    match = match_indicator(name, unit=unit)
    assert (match.indicator_id if match.match == "alias" else None) == expected


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("đăng ký lại khai sinh", "trường hợp"),  # a word more narrows
        ("chăm sóc", "ha"),  # a word less widens
        ("giải quyết", "đơn"),
        ("diện tích", "ha"),
        ("cơ sở kinh doanh thực phẩm dịp Tết", "cơ sở"),
    ],
)
def test_what_is_narrower_wider_or_vague_is_not_proposed(name: str, unit: str) -> None:
    assert match_indicator(name, unit=unit).match != "proposed"


def test_a_proposal_of_another_sector_is_not_made() -> None:
    apart = "Kết nạp 6 đảng viên. Sản lượng thịt gia cấm hơi xuất chuồng 412 tấn."
    assert [f.match for f in extract_text(apart, report_period="2023")][-1] == "none"
    beside = "Sản lượng lúa 9.120 tấn. Sản lượng thịt gia cấm hơi xuất chuồng 412 tấn."
    assert [f.match for f in extract_text(beside, report_period="2023")][-1] == "proposed"


def test_two_seasons_joined_are_neither() -> None:
    assert entries("Vụ đông xuân và hè thu toàn huyện gieo cấy 6.580 ha lúa.") == [("6580", None)]
    assert entries("Vụ hè thu toàn huyện gieo cấy 3.580 ha lúa.") == [("3580", "area_rice_summer")]


def test_what_stands_behind_the_number_in_its_clause_is_a_context_too() -> None:
    text = "Toàn tỉnh có 11 dự án có vốn đầu tư nước ngoài (FDI) được cấp giấy chứng nhận đầu tư mới."
    assert entries(text) == [("11", "fdi_projects_new")]


def test_count_of_so_many_people_is_not_the_count() -> None:
    assert ("4.0", None) in entries("Số người nhiễm HIV trên 100.000 dân 4,0 người.")
    assert entries("Số người nhiễm HIV là 330 người.") == [("330", "hiv_cases")]


def test_meat_is_of_the_herd_that_was_sold_before_it() -> None:
    text = "Số bò xuất chuồng đạt 1.968 con; sản lượng thịt hơi xuất chuồng đạt 371 tấn."
    assert ("371", "prod_beef") in entries(text)
    assert entries("Sản lượng thịt hơi xuất chuồng đạt 371 tấn.") == [("371", "meat_output")]


def test_turnover_of_one_way_of_transport_is_not_all_of_it() -> None:
    assert entries("Hàng hóa luân chuyển 362.300 tấn.km.") == [("362300", "freight_km")]
    assert entries("Vận tải đường bộ có hàng hóa luân chuyển 362.300 tấn.km.") == [("362300", None)]


def test_guests_from_abroad_who_stay_are_not_all_guests_from_abroad() -> None:
    text = "Tổng lượt khách lưu trú 2,5 triệu lượt, trong đó khách quốc tế 1,1 triệu lượt."
    assert entries(text)[1] == ("1.1", None)


def test_what_raised_a_whole_is_not_the_whole() -> None:
    text = "Năm 2014 có 58 xã đạt chuẩn nông thôn mới, đưa tổng số xã đạt chuẩn lên 87 xã."
    assert entries(text) == [("58", None), ("87", "ntm_communes")]
    assert entries(text.replace(", đưa", ". Huyện bên đưa"))[0] == ("58", "ntm_communes")
    founded = "Trong năm, thành lập 12 hợp tác xã mới, đưa tổng số lên 114 hợp tác xã."
    assert entries(founded) == [("12", "coops_new"), ("114", None)]


def test_what_stands_below_a_share_or_a_count_of_something_else_is_a_part_of_that() -> None:
    share = "Dân số nông thôn sử dụng nước hợp vệ sinh đạt 93%, trong đó nước sạch đạt 34%."
    assert entries(share) == [("93", "hygienic_water_rate"), ("34", None)]
    assert entries("Tỷ lệ dân số sử dụng nước sạch đạt 34%.") == [("34", "clean_water_rate")]
    members = "Kết nạp 265 đảng viên, trong đó học sinh 94 đảng viên."
    assert entries(members) == [("265", "party_members_new"), ("94", None)]
    assert entries(members.replace("94", "940"))[1] == ("940", "pupils")  # no part exceeds its whole
    solved = "Xảy ra 31 vụ phạm pháp hình sự, trong đó 12 vụ trộm cắp tài sản; đã điều tra, làm rõ 26 vụ."
    assert entries(solved) == [("31", "crimes"), ("12", "thefts"), ("26", "crimes_solved")]


def test_each_count_of_a_list_that_ends_in_so_many_people_is_one_of_so_many() -> None:
    assert entries("Huyện có 24 giường bệnh, 6 bác sĩ trên 1 vạn dân.")[1] == ("6", None)
    assert entries("Huyện có 24 giường bệnh, 6 bác sĩ.")[1] == ("6", "doctors")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mưa đá làm gần 840 ha lúa.", None),
        ("Gieo cấy 840 ha lúa.", "area_rice"),
        ("Tính đến sáng 12/1, có 29 con gia súc bị chết rét, bao gồm 17 con trâu, 12 con bò.", None),
        ("Xã hiện có 17 con trâu, 12 con bò.", "herd_cattle"),
        ("Mưa lũ làm 840 ha lúa, hoa màu bị ngập.", "crop_damaged"),
    ],
)
def test_what_was_struck_is_not_what_there_is(text: str, expected: str | None) -> None:
    assert entries(text)[-1][1] == expected


def test_a_lesser_amount_of_what_was_told_is_a_part_where_its_paragraph_says_so() -> None:
    courts = "Tòa án hai cấp thụ lý 1640 vụ. Trong đó, Tòa án nhân dân tỉnh thụ lý 143 vụ."
    assert entries(courts) == [("1640", "court_cases"), ("143", None)]
    assert entries(courts.replace(" Trong đó", "\nTrong đó"))[1] == ("143", "court_cases")
    rice = "Cả nước gieo cấy 1062 ha lúa mùa, trong đó các địa phương phía Bắc gieo cấy 897 ha."
    assert entries(rice) == [("1062", "area_rice_autumn"), ("897", None)]


def test_of_a_flow_told_twice_in_a_paragraph_only_the_first_and_greatest_is_the_whole() -> None:
    courts = "Tòa án hai cấp thụ lý 1640 vụ. Các tòa án huyện thụ lý {} vụ."
    assert entries(courts.format(1497)) == [("1640", "court_cases"), ("1497", "court_cases")]  # nearly one: a slip
    assert entries(courts.format(1143)) == [("1640", "court_cases"), ("1143", None)]
    assert entries(courts.format(1943)) == [("1640", None), ("1943", None)]
    assert entries(courts.format(1143).replace(". ", ".\n"))[1] == ("1143", "court_cases")
    poor = "Toàn huyện có 320 hộ nghèo. Toàn huyện có 120 hộ nghèo."  # a stock
    assert entries(poor) == [("320", "poor_households"), ("120", "poor_households")]


def test_a_known_name_among_numbers_of_which_nothing_is_known_is_not_sure() -> None:
    tools = "3 máy cưa, 12 con dao, 40 sợi dây thừng, 9 lưỡi cưa"
    assert entries(f"Xã có {tools}, đàn trâu 19 con.")[-1] == ("19", None)
    assert entries(f"Đàn trâu 19 con, {tools}.")[0] == ("19", "herd_buffalo")
    assert entries(f"Xã có {tools}, đàn bò 12 con, đàn trâu 19 con.")[-1] == ("19", "herd_buffalo")


def test_a_season_lasts_under_its_heading() -> None:
    spring = "a. Vụ Xuân\n- Lúa gieo cấy 121 ha.\n- Tổng diện tích gieo trồng 241 ha."
    assert entries(spring) == [("121", "area_rice_spring"), ("241", None)]
    assert entries(f"{spring}\nb. Cả năm\n- Lúa gieo cấy 380 ha.")[-1] == ("380", "area_rice")
