"""Paragraphs are told by layout alone, on a page and over its end."""

from __future__ import annotations

import pytest

from extractor.paper.pdf.reader import read_pdf
from extractor.paper.structure.flow import Piece
from tests.paper.press import Press

FIRST = (
    "Giá trị sản xuất công nghiệp tháng 3 ước thực hiện 55.100 triệu đồng, quý I ước thực hiện 162.409 triệu đồng, "
    "đạt 21,53% kế hoạch năm, tăng 9,7% so cùng kỳ năm trước; tổng mức bán lẻ hàng hóa ước thực hiện "
    "2.774.696 triệu đồng."
)
SECOND = (
    "Công tác quản lý đất đai được tăng cường, đã cấp 107 giấy chứng nhận quyền sử dụng đất lần đầu cho các hộ dân, "
    "giải quyết 524 hồ sơ trong tổng số 760 hồ sơ tiếp nhận trên địa bàn toàn huyện trong quý I năm nay."
)


def texts(press: Press) -> list[str]:
    return [piece.text for piece in pieces(press)]


def pieces(press: Press) -> tuple[Piece, ...]:
    return read_pdf(press.bytes()).pieces


def fill(press: Press, y: float, count: int, *, indent: float = 36) -> float:
    for index in range(count):
        y, _ = press.paragraph(y, (FIRST, SECOND)[index % 2], indent=indent)
    return y


def test_indented_paragraphs() -> None:
    press = Press().page()
    fill(press, 80, 4)
    assert texts(press) == [FIRST, SECOND, FIRST, SECOND]


def test_block_paragraphs_with_space_between() -> None:
    press = Press().page()
    y = 80.0
    for text in (FIRST, SECOND, FIRST):
        y, _ = press.paragraph(y, text, indent=0)
        y += 10
    assert texts(press) == [FIRST, SECOND, FIRST]


def test_block_paragraphs_are_told_by_the_short_last_line() -> None:
    press = Press().page()
    fill(press, 80, 4, indent=0)
    assert texts(press) == [FIRST, SECOND, FIRST, SECOND]


def test_a_full_last_line_before_an_indented_one() -> None:
    press = Press().page()
    press.paragraph(80, FIRST)
    press.full(121, 400, "Kết quả thực hiện các chỉ tiêu chủ yếu như sau")
    press.text(121, 418, "Thu ngân sách đạt 10,9% kế hoạch năm.")
    assert texts(press)[1:] == [
        "Kết quả thực hiện các chỉ tiêu chủ yếu như sau",
        "Thu ngân sách đạt 10,9% kế hoạch năm.",
    ]


def test_hanging_list_items() -> None:
    press = Press().page()
    y = 80.0
    for text in (f"- {FIRST}", f"- {SECOND}"):
        y, rest = press.paragraph(y, text, indent=0, until=y)
        y, _ = press.paragraph(y, rest, left=103, indent=0)
    assert texts(press) == [f"- {FIRST}", f"- {SECOND}"]


def test_a_dash_in_mid_sentence_opens_no_item() -> None:
    press = Press().page()
    fill(press, 80, 2)
    press.full(121, 400, "Thực hiện nhiệm vụ phát triển kinh tế")
    press.text(85, 418, "- xã hội, quốc phòng - an ninh năm 2023.")
    assert texts(press)[2] == "Thực hiện nhiệm vụ phát triển kinh tế - xã hội, quốc phòng - an ninh năm 2023."


def test_a_number_at_the_start_of_a_line_opens_no_item() -> None:
    press = Press().page()
    fill(press, 80, 2)
    press.full(121, 400, "Trang trí khánh tiết trên các tuyến phố, cụ thể:")
    press.text(85, 418, "65 băng rôn; 76 cờ dây; 285 cờ cá.")
    assert texts(press)[2] == "Trang trí khánh tiết trên các tuyến phố, cụ thể: 65 băng rôn; 76 cờ dây; 285 cờ cá."


@pytest.mark.parametrize(
    ("head", "tail"),
    [("số 3757/QĐ-", "UBND ngày 9/11"), ("số 04-NQ/", "QU ngày 12/12"), ("giai đoạn 2021-", "2025 của huyện")],
)
def test_words_broken_at_hyphen_or_stroke_are_mended(head: str, tail: str) -> None:
    press = Press().page()
    fill(press, 80, 2)
    press.full(121, 400, "Căn cứ Quyết định của Ủy ban nhân dân " + head)
    press.text(85, 418, tail)
    assert texts(press)[2].endswith(head + tail)


def test_a_paragraph_over_a_page_end_is_one() -> None:
    press = Press().page()
    y = fill(press, 80, 3)
    _, rest = press.paragraph(y, SECOND, until=y + 18)
    press.page()
    press.text(309, 40, "2", size=13)
    y, _ = press.paragraph(80, rest, indent=0)
    fill(press, y, 2)
    assert texts(press) == [FIRST, SECOND, FIRST, SECOND, FIRST, SECOND]
    joined = pieces(press)[3]
    assert {placement.box.page for placement in joined.placements} == {1, 2}


def test_block_paragraphs_over_a_page_end_are_left_to_the_words() -> None:
    press = Press().page()
    y = fill(press, 80, 3, indent=0)
    _, rest = press.paragraph(y, SECOND, indent=0, until=y + 18)
    press.page()
    y, _ = press.paragraph(80, rest, indent=0)
    fill(press, y, 2, indent=0)
    found = pieces(press)
    assert [piece.cut for piece in found] == [False, False, False, True, False, False, False]


def test_a_new_paragraph_on_a_new_page_stays_new() -> None:
    press = Press().page()
    fill(press, 80, 4)
    press.page()
    fill(press, 80, 2)
    assert texts(press) == [FIRST, SECOND, FIRST, SECOND, FIRST, SECOND]
    assert not any(piece.cut for piece in pieces(press))


@pytest.mark.parametrize("number", ["7", "- 7 -", "Trang 7/12", "vii"])
def test_page_numbers_are_dropped_at_head_and_foot(number: str) -> None:
    for y in (40, 810):
        press = Press().page()
        fill(press, 90, 2)
        press.text(300, y, number, size=13)
        assert texts(press) == [FIRST, SECOND]


def test_running_heads_are_dropped_and_text_in_the_margin_is_not() -> None:
    press = Press()
    for number in range(1, 5):
        press.page()
        press.text(85, 40, "Báo cáo kinh tế - xã hội", italic=True, size=11)
        press.text(500, 40, f"Trang {number}", size=11)
        y, _ = press.paragraph(66, f"Thu ngân sách tháng {number} đạt 10,9% kế hoạch năm.")
        fill(press, y, 2)
    found = texts(press)
    assert [text for text in found if "Báo cáo" in text or "Trang" in text] == []
    assert sum("Thu ngân sách" in text for text in found) == 4


def test_bold_words_and_run_in_titles() -> None:
    press = Press().page()
    fill(press, 80, 2)
    x = press.text(121, 400, "- ")
    x = press.text(x, 400, "Thu ngân sách:", bold=True)
    press.text(x, 400, " quý I ước 56.057 triệu đồng.")
    piece = pieces(press)[2]
    assert piece.text == "- Thu ngân sách: quý I ước 56.057 triệu đồng."
    assert [piece.text[a:b] for a, b in piece.bold] == ["Thu ngân sách:"]


def test_centred_titles() -> None:
    press = Press().page()
    for y, title in ((80, "BÁO CÁO"), (98, "TÌNH HÌNH KINH TẾ - XÃ HỘI QUÝ I NĂM 2023")):
        wide = press._wide(title, 14)
        press.text((85 + 538) / 2 - wide / 2, y, title, bold=True)
    fill(press, 140, 4)
    assert [(piece.text, piece.centred) for piece in pieces(press)][:3] == [
        ("BÁO CÁO", True),
        ("TÌNH HÌNH KINH TẾ - XÃ HỘI QUÝ I NĂM 2023", True),
        (FIRST, False),
    ]
