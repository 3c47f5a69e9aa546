"""Columns, turned pages, hidden writing, legacy fonts: what a page may do to its text."""

from __future__ import annotations

import pytest

from extractor.paper.pdf.reader import read_pdf
from extractor.paper.structure.flow import Piece
from tests.paper.press import WHITE, Press

TEXT = (
    "Thu ngân sách nhà nước quý I ước thực hiện 56.057 triệu đồng, đạt 10,9% dự toán năm, bằng 78,3% so cùng "
    "kỳ; chi ngân sách "
    "ước thực hiện 140.905 triệu đồng, đạt 24,8% dự toán năm, bằng 150,3% so với cùng kỳ năm trước trên địa bàn huyện."
)


def read(press: Press) -> tuple[Piece, ...]:
    return read_pdf(press.bytes()).pieces


def middle(press: Press, centre: float, y: float, words: str, **look: object) -> None:
    press.text(centre - press._wide(words, 13) / 2, y, words, size=13, **look)  # type: ignore[arg-type]


def letterhead(press: Press, *, level: bool = False) -> None:
    shift = 0 if level else 4.8
    middle(press, 180, 65, "ỦY BAN NHÂN DÂN")
    middle(press, 180, 82, "HUYỆN TIÊN LÃNG", bold=True)
    press.line(150, 87, 210, 87)
    press.text(121, 104 + shift, "Số:", size=13)
    press.text(176, 104 + shift, "/BC-UBND", size=13)
    middle(press, 408, 65, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True)
    middle(press, 408, 82, "Độc lập - Tự do - Hạnh phúc", bold=True)
    press.line(344, 87, 472, 87)
    x = press.text(305, 104, "Tiên Lãng, ngày", size=13, italic=True)
    press.text(x + 28, 104, "tháng 3 năm 2023", size=13, italic=True)


@pytest.mark.parametrize("level", [True, False])
def test_letterhead_and_motto_are_two_columns(level: bool) -> None:
    press = Press().page()
    letterhead(press, level=level)
    middle(press, 311.5, 150, "BÁO CÁO", bold=True)
    middle(press, 311.5, 168, "TÌNH HÌNH KINH TẾ - XÃ HỘI QUÝ I NĂM 2023", bold=True)
    y, _ = press.paragraph(210, TEXT)
    press.paragraph(y, TEXT)
    assert [(piece.column, piece.text) for piece in read(press)] == [
        ("left", "ỦY BAN NHÂN DÂN"),
        ("left", "HUYỆN TIÊN LÃNG"),
        ("left", "Số: /BC-UBND"),
        ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("right", "Độc lập - Tự do - Hạnh phúc"),
        ("right", "Tiên Lãng, ngày tháng 3 năm 2023"),
        (None, "BÁO CÁO"),
        (None, "TÌNH HÌNH KINH TẾ - XÃ HỘI QUÝ I NĂM 2023"),
        (None, TEXT),
        (None, TEXT),
    ]


def test_recipients_and_signature_are_two_columns() -> None:
    press = Press().page()
    y, _ = press.paragraph(80, TEXT + "/.")
    y += 14
    for index, line in enumerate(("Nơi nhận:", "- Ủy ban nhân dân tỉnh;", "- Các phòng, ban,", "- Lưu: VT.")):
        press.text(85, y + 13 * index, line, size=11)
    middle(press, 425, y, "TM. ỦY BAN NHÂN DÂN", bold=True)
    middle(press, 425, y + 18, "CHỦ TỊCH", bold=True)
    middle(press, 425, y + 100, "Nguyễn Văn An", bold=True)
    found = [(piece.column, piece.text) for piece in read(press)]
    assert found == [
        (None, TEXT + "/."),
        ("left", "Nơi nhận:"),
        ("left", "- Ủy ban nhân dân tỉnh;"),
        ("left", "- Các phòng, ban,"),
        ("left", "- Lưu: VT."),
        ("right", "TM. ỦY BAN NHÂN DÂN"),
        ("right", "CHỦ TỊCH"),
        ("right", "Nguyễn Văn An"),
    ]


def test_a_blank_in_a_line_makes_no_columns() -> None:
    press = Press().page()
    y, _ = press.paragraph(80, TEXT)
    x = press.text(121, y, "Hội nghị tổ chức vào ngày")
    press.text(x + 60, y, "tháng 3 năm 2023 tại trụ sở.")
    press.paragraph(y + 18, TEXT)
    found = read(press)
    assert [piece.column for piece in found] == [None] * 3
    assert found[1].text == "Hội nghị tổ chức vào ngày tháng 3 năm 2023 tại trụ sở."


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_reads_the_same_and_its_boxes_lie_on_the_shown_page(rotate: int) -> None:
    wide, high = (842, 595) if rotate % 180 else (595, 842)
    press = Press().page(wide, high, rotate=rotate)
    turn = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}[rotate]
    for x, y, words in ((121, 100, "Thu ngân sách đạt 10,9% dự toán"), (85, 118, "và bằng 78,3% so cùng kỳ.")):
        place = {0: (x, y), 90: (y, high - x), 180: (wide - x, high - y), 270: (wide - y, x)}[rotate]
        press.text(*place, words, turn=turn)
    found = read(press)
    assert " ".join(piece.text for piece in found) == "Thu ngân sách đạt 10,9% dự toán và bằng 78,3% so cùng kỳ."
    box = found[0].placements[0].box
    assert (abs(box.x0 - 121) < 1, 88 < box.top < 92, 99 < box.bottom < 105, box.x1 > 300) == (True,) * 4


def test_writing_that_runs_up_the_sheet_is_read_from_the_side() -> None:
    press = Press().page(595, 842)
    for index, words in enumerate(
        ("Biểu tổng hợp chỉ tiêu năm 2023", "Kèm theo Báo cáo số 218/BC-UBND", "Thu ngân sách 56.057 triệu đồng")
    ):
        press.text(100 + 40 * index, 700, words, turn=(0, 1, -1, 0))
    found = read(press)
    assert found[0].text == "Biểu tổng hợp chỉ tiêu năm 2023"
    assert found[0].placements[0].box.top < found[0].placements[0].box.bottom <= 701
    assert found[0].placements[0].box.x1 < 105


@pytest.mark.parametrize(
    ("why", "look"),
    [
        ("paper", {"colour": WHITE}),
        ("paper", {"mode": 3}),
        ("tiny", {"size": 2}),
        ("outside", {"x": 700}),
        ("covered", {"cover": True}),
    ],
)
def test_writing_that_nobody_sees_is_kept_aside_with_a_remark(why: str, look: dict[str, object]) -> None:
    press = Press().page()
    y, _ = press.paragraph(80, TEXT)
    cover = look.pop("cover", False)
    x = float(look.pop("x", 121))  # type: ignore[arg-type]
    press.text(x, y + 30, "Số thật là 999 tỷ đồng", **look)  # type: ignore[arg-type]
    if cover:
        press.box(100, y + 10, 400, y + 40, fill=(0, 0, 0))
    press.paragraph(y + 60, TEXT)
    found = read(press)
    assert [piece.text for piece in found] == [TEXT, TEXT, "Số thật là 999 tỷ đồng"]
    assert [(remark.code, remark.detail) for remark in found[-1].remarks] == [("hidden_text", why)]
    assert found[0].remarks == found[1].remarks == ()


def test_white_letters_on_a_dark_ground_are_seen() -> None:
    press = Press().page()
    press.box(100, 200, 450, 240, fill=(0.1, 0.2, 0.5))
    press.text(121, 222, "KẾT QUẢ NỔI BẬT QUÝ I", colour=WHITE)
    assert [(piece.text, piece.remarks) for piece in read(press)] == [("KẾT QUẢ NỔI BẬT QUÝ I", ())]


def test_a_watermark_is_kept_aside() -> None:
    press = Press().page()
    y, _ = press.paragraph(80, TEXT)
    press.text(150, 600, "DỰ THẢO", size=60, turn=(0.7, 0.7, -0.7, 0.7))
    press.paragraph(y, TEXT)
    found = read(press)
    assert [piece.text for piece in found] == [TEXT, TEXT, "DỰ THẢO"]
    assert found[-1].remarks[0].code == "turned_text"


def test_letters_of_a_second_font_between_those_of_the_first() -> None:
    """What a program does whose font lacks Vietnamese letters: one operation for the rest, one for the gaps."""
    press = Press().page()
    words = "Thu ngân sách đạt kế hoạch"
    plain, others = [], []
    x = 121.0
    for letter in words:
        wide = press._wide(letter, 14)
        (others if letter in "âáđạế" else plain).append((x, letter))
        x += wide
    for stretch, bold in ((plain, False), (others, True)):
        press.scattered(100, stretch, bold=bold)
    assert [piece.text for piece in read(press)] == [words]


def test_legacy_fonts_are_decoded_by_what_the_whole_says() -> None:
    tcvn3 = "Thu ng©n s¸ch quý I íc thùc hiÖn 56.057 triÖu ®ång, ®¹t 10,9% kÕ ho¹ch n¨m, b»ng 78,3% so víi cïng kú."
    press = Press().page()
    y = 80.0
    for _ in range(3):
        y, _ = press.paragraph(y, tcvn3)
    reading = read_pdf(press.bytes())
    assert reading.encoding == "tcvn3"
    assert "đạt 10,9% kế hoạch năm, bằng 78,3% so với cùng kỳ" in reading.pieces[0].text
    assert reading.pieces[0].marks == ()
    assert "®¹t" in (reading.original or "")
