"""Which words around a number take away the entry that its name found."""

from __future__ import annotations

import pytest

from extractor.domain.figure import Figure
from extractor.pipeline import extract_text
from extractor.statistics.catalogue import indicators
from extractor.statistics.said_words import Clauses, strange_words


def read(text: str) -> list[Figure]:
    return list(extract_text(text, report_period="2023-H1"))


def entries(text: str) -> list[str | None]:
    """The sure entry of each figure of a passage."""
    return [f.indicator_id if f.match == "alias" else None for f in read(text)]


def strange(text: str, entry: str, at: int = 0) -> tuple[str, ...]:
    """The strange words of one figure of a passage, were its name to mean ``entry``."""
    figures = read(text)
    return strange_words(figures[at], indicators()[entry], Clauses(text, figures))


@pytest.mark.parametrize(
    ("text", "entry", "left"),
    [
        ("Sản xuất được 120 ô tô.", "prod_cars", ()),
        ("Đoàn đã hướng nghiệp cho 1.700 học sinh THPT.", "pupils_usec", ("hướng", "nghiệp")),
        ("Toàn tỉnh hiện có 201 cơ sở lưu trú.", "hotels", ()),
        ("Toàn tỉnh hiện có 201 cơ sở lưu trú đã được xếp hạng.", "hotels", ("xếp", "hạng")),
        ("Tỷ lệ hộ nghèo huyện Sơn Hà còn 6,8% so với 7,1% năm trước.", "poor_rate", ()),
        ("Đến nay, các cơ quan chức năng ghi nhận 30 ca mắc sốt xuất huyết.", "dengue_cases", ()),
    ],
)
def test_words_that_nothing_accounts_for_are_left(text: str, entry: str, left: tuple[str, ...]) -> None:
    assert strange(text, entry) == left


def test_proper_name_is_harmless_and_the_noun_before_it_is_not() -> None:
    assert strange("Huyện Bình Sơn trồng 120 ha cao su.", "area_rubber") == ()
    assert "công" in strange("Công ty Bình Sơn trồng 120 ha cao su.", "area_rubber")


def test_who_acts_is_harmless_at_the_head_of_a_clause_alone() -> None:
    assert strange("Trung tâm y tế khám cho 120 lượt người.", "visits_exam") == ()
    assert strange("Đã khám bệnh ở trung tâm cho 120 lượt người.", "visits_exam") == ("trung", "tâm")


def test_increment_is_strange_and_a_rate_of_change_is_not() -> None:
    assert entries("Toàn huyện giảm 65 hộ nghèo.") == [None]
    assert entries("Số hộ nghèo giảm từ 120 hộ xuống còn 65 hộ.") == ["poor_households", "poor_households"]


def test_pair_shares_its_words() -> None:
    text = "Khởi tố mới 30 vụ/75 bị can. Trong đó, 8 vụ/32 bị can về tội phạm trật tự xã hội."
    assert entries(text) == ["cases_prosecuted", "accused_prosecuted", None, None]


def test_item_of_a_list_shares_the_words_that_lead_it() -> None:
    assert entries("Tặng học bổng cho 12 học sinh THPT, 31 giáo viên dạy giỏi.") == [None, None]
    assert entries("Toàn huyện có 12 học sinh THPT, 31 giáo viên dạy giỏi.") == ["pupils_usec", "good_teachers"]


def test_name_of_a_neighbour_is_the_neighbours() -> None:
    assert entries("Đàn trâu 120 con, đàn bò 340 con.") == ["herd_buffalo", "herd_cattle"]
    assert entries("Xảy ra 5 vụ tai nạn giao thông làm 2 người chết.") == ["traffic_accidents", "traffic_deaths"]


def test_count_without_an_entry_ends_what_the_whole_hands_down() -> None:
    whole = "Xảy ra 337 vụ cháy, làm chết 9 người."
    part = "Trong đó, 106 vụ cháy tại nhà ở hộ gia đình, làm chết 2 người."
    assert entries(whole) == ["fires", "fire_deaths"]
    assert entries(f"{whole} {part}")[2:] == [None, None]


def test_of_two_counts_side_by_side_the_entry_is_the_one_in_its_own_noun() -> None:
    assert entries("Tiếp công dân thường xuyên 149 lượt/187 người.")[0] == "reception_regular"
    assert entries("Tiếp công dân thường xuyên 149 lượt/187 người.")[1] != "reception_regular"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lực lượng quản lý thị trường đã kiểm tra 871 vụ.", "market_checks"),
        ("Lực lượng biên phòng đã kiểm tra 871 vụ.", None),
        ("Trong công tác chống buôn lậu, đã phát hiện 229 vụ.", "smuggling"),
        ("Thu hút FDI được 9 dự án.", "fdi_projects_new"),
    ],
)
def test_what_a_sentence_is_about_gives_its_bare_verb_an_entry(text: str, expected: str | None) -> None:
    assert entries(text) == [expected]


def test_average_is_no_amount() -> None:
    text = "Bình quân một tháng có 24.300 doanh nghiệp rút lui khỏi thị trường."
    assert entries(text) == [None]


def test_list_behind_one_number_is_counted_together() -> None:
    assert entries("Toàn tỉnh có 398 trường mầm non, tiểu học, trung học cơ sở.") == [None]
    assert entries("Hết tháng 4 có 2.714 người tham gia bảo hiểm xã hội, bảo hiểm y tế.") == [None]
    assert entries("Tiếp nhận 7.480 đơn khiếu nại, tố cáo, kiến nghị.") == ["petitions"]


def test_part_of_what_is_about_something_else_is_no_part_of_the_whole() -> None:
    text = "Danh mục các dự án phải thu hồi đất có tổng diện tích 567 ha, trong đó: 498 ha đất nông nghiệp."
    assert entries(text)[-1] is None


def test_reading_that_a_word_contradicts_gives_way_to_the_next() -> None:
    text = "Thu hút đầu tư trong nước được 69 dự án; thu hút FDI được 9 dự án, tổng vốn đầu tư 28,4 triệu USD."
    assert entries(text) == ["ddi_projects", "fdi_projects_new", "fdi_new"]


def test_word_of_the_topic_is_explained_below_it() -> None:
    assert entries("Các đợt lũ đã khiến 690 người chết, 485 người bị thương.") == [
        "disaster_deaths",
        "disaster_injured",
    ]


def test_what_a_colon_sets_off_narrows_what_a_measure_is_of() -> None:
    [groundnuts] = extract_text("- Cây lạc: Diện tích gieo trồng 33 ha.", report_period="2021")
    assert (groundnuts.subject, groundnuts.indicator_id) == ("Cây lạc", None)
    [sown] = extract_text("Tổng diện tích gieo trồng 226 ha.", report_period="2021")
    assert sown.indicator_id == "area_sown"


def test_what_an_entry_is_called_besides_leads_to_its_name() -> None:
    assert entries("Công an đã xử lý 120 trường hợp vi phạm giao thông.") == ["traffic_violations"]
    assert entries("Công an đã tuyên truyền 120 trường hợp vi phạm giao thông.") == [None]


def test_unit_tells_what_a_bare_measure_is_of() -> None:
    assert entries("Tỉnh có diện tích 6.842,3 km2.") == ["land_area"]
    assert entries("Mô hình có diện tích 2 ha.") == [None]


def test_lasting_verb_makes_another_entry() -> None:
    assert entries("Trong năm thành lập mới 12 hợp tác xã.") == ["coops_new"]
    assert entries("Làm mới 12 km đường giao thông nông thôn.") == ["rural_roads_new"]


def test_sentence_that_sets_a_period_apart_is_about_it() -> None:
    text = "Từ năm 2019 đến nay thu 120 tỷ đồng. Riêng năm 2022 thu 45 tỷ đồng. Riêng quý I/2023 thu 9 tỷ đồng."
    assert [f.period for f in read(text)][1:] == ["2022", "2023-Q1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Riêng khu di tích, đón 12.000 lượt khách du lịch.", None),
        ("Riêng Cửa Hội, đón 12.000 lượt khách du lịch.", None),
        ("Riêng tháng 9, đón 12.000 lượt khách du lịch.", "visitors"),
        ("Về du lịch, đón 12.000 lượt khách du lịch.", "visitors"),
        ("Cụ thể, đối với tội phạm tham nhũng, cơ quan điều tra đã khởi tố 17 vụ án.", None),
        ("Trong năm, cơ quan điều tra đã khởi tố 17 vụ án.", "cases_prosecuted"),
        ("Trên lĩnh vực nông nghiệp, huyện đã gieo trồng 1.114 ha cây lúa.", "area_rice"),
        ("Trên lĩnh vực giáo dục, huyện đã gieo trồng 1.114 ha cây lúa.", None),
    ],
)
def test_what_a_sentence_sets_apart_at_its_head_is_not_the_whole(text: str, expected: str | None) -> None:
    assert entries(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thu hồi 12 giấy chứng nhận quyền sử dụng đất.", None),
        ("Cấp 12 giấy chứng nhận quyền sử dụng đất.", "lurc_issued"),
        ("Tước 96 giấy phép lái xe.", None),
        ("Thu hồi 12 ha đất.", "land_recovered"),
        ("Tổng dư nợ của Hội Nông dân là 76,4 tỷ đồng.", None),
        ("Tổng dư nợ của tỉnh là 76,4 tỷ đồng.", "credit_outstanding"),
    ],
)
def test_what_was_taken_back_and_what_a_body_has_are_not_the_whole(text: str, expected: str | None) -> None:
    assert entries(text) == [expected]


def test_topic_ends_where_something_else_has_been_told_since() -> None:
    drugs = "Phát hiện 8 vụ phạm tội về ma túy"
    assert entries(f"{drugs} với 29 đối tượng.") == ["drug_cases", "drug_offenders"]
    assert entries(f"{drugs}; triệt phá 5 vụ cờ bạc với 29 đối tượng.") == ["drug_cases", "gambling", None]
    damage = "Mưa lũ làm 12 người chết, tổng thiệt hại về tài sản ước tính 120 tỷ đồng."
    assert entries(damage) == ["disaster_deaths", "disaster_damage"]
