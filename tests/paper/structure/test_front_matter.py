"""Letterheads and closings of several kinds of office, 1993 to 2025."""

from __future__ import annotations

import pytest

from extractor.domain.document import BlockKind, Box, Document, Placement, Remark, Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.structure.assemble import assemble
from extractor.paper.structure.flow import Piece

BODY = "I. KẾT QUẢ\n1. Kinh tế: Tổng thu ngân sách đạt 12 tỷ đồng./."


def read(head: str, tail: str = "") -> Document:
    return assemble([Piece(line) for line in f"{head}\n{BODY}\n{tail}".strip().split("\n")])


def test_a_district_report() -> None:
    report = read(
        "ỦY BAN NHÂN DÂN\nHUYỆN TÂN AN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 218/BC-UBND\nTân An, ngày 24 tháng 6 năm 2022\nBÁO CÁO\n"
        "Kết quả thực hiện kế hoạch 6 tháng đầu năm\nvà nhiệm vụ, giải pháp 6 tháng cuối năm 2022\n"
        "Kính gửi:\n- Ủy ban nhân dân tỉnh;\n- Sở Kế hoạch và Đầu tư.",
        "Nơi nhận:\n- Như trên;\n- TT Huyện ủy;\n- Lưu: VT, TH (05b).\n"
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Thị Hồng Vân",
    ).report
    assert (report.number, report.place, report.date) == ("218/BC-UBND", "Tân An", "2022-06-24")
    assert report.title == (
        "BÁO CÁO Kết quả thực hiện kế hoạch 6 tháng đầu năm và nhiệm vụ, giải pháp 6 tháng cuối năm 2022"
    )
    assert report.addressee == "Ủy ban nhân dân tỉnh; Sở Kế hoạch và Đầu tư"
    assert (report.issuer, report.superior, report.area) == ("ỦY BAN NHÂN DÂN HUYỆN TÂN AN", None, "huyện Tân An")
    assert report.period == "2022-H1"
    assert report.recipients == ("Như trên", "TT Huyện ủy", "Lưu: VT, TH (05b)")
    assert (report.role, report.signatory) == ("PHÓ CHỦ TỊCH", "Lê Thị Hồng Vân")


@pytest.mark.parametrize(
    ("lines", "role"),
    [
        ("KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TIC", None),  # a stamp over the end of the line
        ("KT. GIÁM ĐỐC\nGIÁM ĐỐC", None),  # and over its beginning
        ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG", "CHÁNH VĂN PHÒNG"),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "CHỦ TỊCH"),
        ("Q. CHỦ TỊCH", "Q. CHỦ TỊCH"),
    ],
)
def test_who_signs_for_another_has_not_his_role(lines: str, role: str | None) -> None:
    head = "UBND HUYỆN TÂN AN\nSố: 218/BC-UBND\nTân An, ngày 24 tháng 6 năm 2022\nBÁO CÁO\nTháng 6"
    report = read(head, f"Nơi nhận:\n- Như trên.\n{lines}\nLê Thị Hồng Vân").report
    assert (report.role, report.signatory) == (role, "Lê Thị Hồng Vân")


def test_a_department_below_its_province() -> None:
    report = read(
        "UBND TỈNH ĐÔNG HÀ\nSỞ KẾ HOẠCH VÀ ĐẦU TƯ\nSố: 12/BC-SKHĐT\n"
        "Đông Hà, ngày 5 tháng 1 năm 2016\nBÁO CÁO\nTình hình năm 2015"
    ).report
    assert (report.superior, report.issuer, report.area) == (
        "UBND TỈNH ĐÔNG HÀ",
        "SỞ KẾ HOẠCH VÀ ĐẦU TƯ",
        "tỉnh Đông Hà",
    )


def test_a_party_number_and_an_unsigned_draft() -> None:
    assert (
        read("HUYỆN ỦY TÂN AN\nSố 65-BC/HU\nTân An, ngày 16 tháng 3 năm 2023\nBÁO CÁO\nquý I năm 2023").report.number
        == "65-BC/HU"
    )
    draft = read(
        "UBND XÃ HÒA LẠC\nSố:      /BC-UBND\nHòa Lạc, ngày     tháng 3 năm 2023\nBÁO CÁO\nquý I năm 2023"
    ).report
    assert (draft.number, draft.date, draft.area) == ("/BC-UBND", "2023-03", "xã Hòa Lạc")
    dotted = read("UBND XÃ HÒA LẠC\nSố: .../BC-UBND\nHòa Lạc, ngày ... tháng ... năm 2023\nBÁO CÁO\nquý I").report
    assert (dotted.date, dotted.period) == ("2023", "2023-Q1")


def test_number_and_date_on_one_line() -> None:
    report = read(
        "UBND THỊ XÃ TÂN PHÚ\nSố: 7/BC-UBND          Tân Phú, ngày 02 tháng 02 năm 2010\nBÁO CÁO\nTháng 1 năm 2010"
    ).report
    assert (report.number, report.place, report.date) == ("7/BC-UBND", "Tân Phú", "2010-02-02")


def test_what_is_not_printed_is_none() -> None:
    report = assemble([Piece("Tổng thu ngân sách đạt 12 tỷ đồng, tăng 5% so với cùng kỳ năm trước.")]).report
    assert report.number is report.title is report.issuer is report.period is report.signatory is None
    assert report.recipients == ()
    assert report.result is Result.READ


def test_an_office_that_only_speaks_in_the_opening() -> None:
    text = (
        "Số: /BC-UBND\nBÁO CÁO\nTháng 3 năm 2023\nKính gửi: Thành phố\n"
        "Thực hiện công văn của cấp trên. Ủy ban nhân dân quận Hải Sơn báo cáo kết quả như sau:\nI. A\nXong."
    )
    report = assemble([Piece(line) for line in text.split("\n")]).report
    assert (report.issuer, report.area) == ("Ủy ban nhân dân quận Hải Sơn", "quận Hải Sơn")


@pytest.mark.parametrize(
    ("issuer", "area"),
    [
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", "thành phố Hồ Chí Minh"),
        ("UBND TỈNH BÀ RỊA - VŨNG TÀU", "tỉnh Bà Rịa - Vũng Tàu"),
        ("UBND PHƯỜNG 12", "phường 12"),
        ("HUYỆN ỦY TÂN AN", "huyện Tân An"),
        ("THÀNH ỦY ĐÔNG HÀ", "thành phố Đông Hà"),
        ("BẢO HIỂM XÃ HỘI HUYỆN TÂN AN", "huyện Tân An"),
        ("UBND Thị trấn Tân Bình", None),
        ("TỔNG CỤC THỐNG KÊ", None),
    ],
)
def test_areas_in_the_names_of_offices(issuer: str, area: str | None) -> None:
    report = assemble(
        [Piece(t) for t in (issuer, "Số: 1/BC", "Số: 1/BC-X", "BÁO CÁO", "Tháng 3", "I. A", "Xong.")]
    ).report
    assert report.area == area


def test_a_title_without_its_kind() -> None:
    lines = ["TỔNG CỤC THỐNG KÊ", "TÌNH HÌNH KINH TẾ - XÃ HỘI", "THÁNG MỘT NĂM 2016", "1. Nông nghiệp", "Tăng 5%."]
    document = assemble([Piece(line) for line in lines])
    assert document.report.title == "TÌNH HÌNH KINH TẾ - XÃ HỘI THÁNG MỘT NĂM 2016"
    assert (document.report.period, document.report.area) == ("2016-01", None)
    assert [section.path for section in document.sections] == ["1"]


@pytest.mark.parametrize(
    ("lines", "area", "period"),
    [
        (("Kinh tế tỉnh Đông Hà tháng 10 năm 2019", "Lúa đạt 1.200 ha."), "tỉnh Đông Hà", "2019-10"),
        (("Tháng 10 năm 2019 tỉnh Đông Hà gieo cấy 1.200 ha lúa.", "Vụ mùa đạt 900 ha."), None, None),
        (("Kinh tế tỉnh Đông Hà tháng 10 năm 2019",), None, None),
    ],
)
def test_the_line_over_a_text_without_a_letterhead_names_place_and_time(
    lines: tuple[str, ...], area: str | None, period: str | None
) -> None:
    report = assemble([Piece(line) for line in lines]).report
    assert (report.area, report.period) == (area, period)


@pytest.mark.parametrize(
    ("sentence", "area"), [("tỉnh ước đạt 23 tỷ đồng", None), ("xã Đạt Tài thu 23 tỷ đồng", "xã Đạt Tài")]
)
def test_what_goes_on_in_small_letters_is_no_name_of_a_place(sentence: str, area: str | None) -> None:
    report = assemble(
        [Piece("Năm 2014 có nhiều khó khăn."), Piece(f"Giá trị sản xuất trên địa bàn {sentence}.")]
    ).report
    assert report.area == area


def test_a_party_paper_in_two_columns_of_text() -> None:
    from extractor.paper.text.reader import read_text

    source = (
        "ĐẢNG BỘ TỈNH ĐÔNG HÀ                ĐẢNG CỘNG SẢN VIỆT NAM\n"
        "HUYỆN ỦY TÂN AN                     Tân An, ngày 15 tháng 12 năm 1998\nSố 45-BC/HU\n\n"
        "BÁO CÁO\ntình hình năm 1998\n\nA- VỀ KINH TẾ\n\n1- Trồng trọt: Tốt.\n\n"
        "Nơi nhận:                           T/M BAN THƯỜNG VỤ\n- Tỉnh ủy;                          PHÓ BÍ THƯ\n"
        "- Lưu VP\n                                    Nguyễn Văn Thành\n"
    )
    report = assemble(read_text(source)).report
    assert (report.superior, report.issuer) == ("ĐẢNG BỘ TỈNH ĐÔNG HÀ", "HUYỆN ỦY TÂN AN")
    assert (report.place, report.date, report.period) == ("Tân An", "1998-12-15", "1998")
    assert (report.recipients, report.role, report.signatory) == (
        ("Tỉnh ủy", "Lưu VP"),
        "PHÓ BÍ THƯ",
        "Nguyễn Văn Thành",
    )


def test_kinds_of_block() -> None:
    document = read("Số: 1/BC-UBND\nBÁO CÁO\nTháng 3", "Nơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nNguyễn Văn An")
    kinds = [block.kind for block in document.blocks]
    assert kinds[:3] == [BlockKind.LETTERHEAD] * 3
    assert kinds[-4:] == [BlockKind.CLOSING] * 4
    assert BlockKind.CLOSING not in kinds[:-4]


@pytest.mark.parametrize(
    "first",
    [
        "Kế hoạch vốn năm 2023: 90.000 triệu đồng",
        "Báo cáo nêu 5 hạn chế.",
        "Tại Đông Hà, ngày 5 tháng 3 năm 2023 đã trồng 5 ha cây.",
    ],
)
def test_a_first_sentence_is_no_letterhead(first: str) -> None:
    assert assemble([Piece(first)]).blocks[0].kind is BlockKind.PARAGRAPH


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "Độ mật: MẬT".upper(), "[MẬT]"])
def test_a_secrecy_stamp_is_refused(stamp: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(f"UBND HUYỆN TÂN AN\n{stamp}\nBÁO CÁO\nTháng 3 năm 2023")
    assert caught.value.result is Result.REFUSED
    assert "độ mật" in caught.value.vi


def test_the_word_in_prose_is_no_stamp() -> None:
    assert read("BÁO CÁO\nCông tác bảo vệ bí mật nhà nước").report.title
    assert read("UBND HUYỆN TÂN AN\nBÁO CÁO\nTháng 3", "Ông Nguyễn Văn Mật").blocks


def handwritten(text: str, unsure: str, *, confidence: float = 0.4) -> Piece:
    """A recognised line in which ``unsure`` was read without confidence."""
    at = text.index(unsure)
    spans = [(0, at, 0.96), (at, at + len(unsure), confidence), (at + len(unsure), len(text), 0.96)]
    placements = tuple(Placement(a, b, Box(1, 0, 0, 10, 10), sure) for a, b, sure in spans if a < b)
    return Piece(text, placements=placements)


def test_digits_written_by_hand_are_left_out() -> None:
    number = handwritten("Số: 21 /BC-UBND", "21")
    date = handwritten("Tân An, ngày 17 tháng 9 năm 2024", "17")
    report = assemble([number, date, Piece("BÁO CÁO"), Piece("Tình hình tháng 9"), Piece("Thu 12 tỷ đồng.")]).report
    assert (report.number, report.date) == ("/BC-UBND", "2024-09")
    month = handwritten("Tân An, ngày 17 tháng 9 năm 2024", "9")
    assert assemble([month, Piece("BÁO CÁO"), Piece("Thu 12 tỷ đồng.")]).report.date == "2024"


@pytest.mark.parametrize(("other", "date"), [("l1", "2024-11"), ("17", "2024"), ("", "2024")])
def test_readers_that_differ_by_the_shape_of_a_digit_agree_on_the_month(other: str, date: str) -> None:
    line = "Tân An, ngày &@ tháng 11 năm 2024"
    at = line.index("11")
    seen = Piece(line, remarks=(Remark(at, at + 2, "readers_disagree", other),))
    assert assemble([seen, Piece("BÁO CÁO"), Piece("Thu 12 tỷ đồng.")]).report.date == date


def test_digits_that_were_printed_stand() -> None:
    number = handwritten("Số: 21/BC-UBND", "21", confidence=0.93)
    assert assemble([number, Piece("BÁO CÁO"), Piece("Thu 12 tỷ đồng.")]).report.number == "21/BC-UBND"


def test_a_number_that_the_title_cites_is_not_the_report_s() -> None:
    cited = Piece("Kết quả thực hiện Nghị quyết số 12/NQ-HĐND", centred=True)
    assert assemble([Piece("Số: /BC-UBND"), Piece("BÁO CÁO"), cited, Piece("Thu 12 tỷ.")]).report.number == "/BC-UBND"


SCANNED = [
    ("Số: 6§0 /TB-UBND", "Tân An, ngày3| tháng 12 năm 2024", "/TB-UBND", "2024-12"),
    ("Số: O{_ /BC-UBND", "Tân An, ngày &@ tháng l1 năm 2024", "/BC-UBND", "2024-11"),
    ("Số: 280 /BC-UBND", "Tân An, ngàytháng 01 năm 2025", "280/BC-UBND", "2025-01"),
]


@pytest.mark.parametrize(("number", "day", "kept", "date"), SCANNED)
def test_what_is_written_by_hand_and_not_read_is_left_out_and_the_print_beside_it_kept(
    number: str, day: str, kept: str, date: str
) -> None:
    report = read(
        f"ỦY BAN NHÂN DÂN\nHUYỆN TÂN AN\n{number}\n{day}\nBÁO CÁO\nÀ .^A .À 2 Lá ˆ , - ˆ\nVề thu chi năm 2024"
    ).report
    assert (report.number, report.place, report.date) == (kept, "Tân An", date)
    assert (report.issuer, report.area) == ("ỦY BAN NHÂN DÂN HUYỆN TÂN AN", "huyện Tân An")
    assert report.title == "BÁO CÁO Về thu chi năm 2024"


def test_a_count_before_a_slash_is_no_number_of_a_report() -> None:
    report = read("ỦY BAN NHÂN DÂN\nHUYỆN TÂN AN\nSố tiền/HSCB\nBÁO CÁO\nVề thu chi năm 2024").report
    assert report.number is None
