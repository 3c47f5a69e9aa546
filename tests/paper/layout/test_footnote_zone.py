"""Footnotes on paper: marks never become digits of the text, notes never paragraphs of the body."""

from __future__ import annotations

from extractor.paper.pdf.reader import read_pdf
from extractor.paper.structure.flow import Piece
from tests.paper.press import Press

BODY = (
    "Tổng thu cân đối ngân sách quý I ước thực hiện 56.057 triệu đồng, đạt 10,9% kế hoạch, bằng 78,3% so cùng kỳ^1. "
    "Tổng chi ngân sách ước thực hiện 140.905 triệu đồng, đạt 24,8% kế hoạch^2, bằng 150,3% so với cùng kỳ năm trước."
)
FILLER = (
    "Ủy ban nhân dân huyện tiếp tục chỉ đạo các phòng, ban, đơn vị và các xã, thị trấn thực hiện nhiệm vụ được giao."
)


def read(press: Press) -> tuple[list[Piece], list[Piece]]:
    pieces = read_pdf(press.bytes()).pieces
    return [p for p in pieces if p.note is None], [p for p in pieces if p.note is not None]


def notes_at(press: Press, y: float, *notes: str, rule: bool = True) -> None:
    if rule:
        press.line(85, y - 14, 228, y - 14)
    for note in notes:
        y, _ = press.paragraph(y, note, size=10, indent=0)


def test_raised_marks_are_lifted_and_notes_stand_apart() -> None:
    press = Press().page()
    press.paragraph(80, BODY)
    press.paragraph(200, FILLER)
    notes_at(press, 700, "^1Thuế ngoài quốc doanh 27.185 triệu đồng.", "^2 Trong đó chi đầu tư 28.693 triệu đồng.")
    body, notes = read(press)
    assert body[0].text == BODY.replace("^1", "").replace("^2", "")
    assert [(body[0].text[: mark.offset].split()[-1], mark.mark) for mark in body[0].marks] == [
        ("kỳ", "1"),
        ("hoạch", "2"),
    ]
    assert [(note.note, note.text) for note in notes] == [
        ("1", "Thuế ngoài quốc doanh 27.185 triệu đồng."),
        ("2", "Trong đó chi đầu tư 28.693 triệu đồng."),
    ]


def test_notes_without_a_rule_are_known_by_size_and_mark() -> None:
    press = Press().page()
    press.paragraph(80, BODY)
    press.paragraph(200, FILLER)
    notes_at(press, 700, "^1Thuế ngoài quốc doanh 27.185 triệu đồng.", rule=False)
    _, notes = read(press)
    assert [note.note for note in notes] == ["1"]


def test_a_note_runs_on_to_the_next_page() -> None:
    long = (
        "^1"
        + "Thuế ngoài quốc doanh ước thực hiện 27.185 triệu đồng, đạt 27,2% kế hoạch; lệ phí trước bạ ước 10.179; " * 3
    )
    press = Press().page()
    press.paragraph(80, BODY.replace("^2", ""))
    press.paragraph(200, FILLER)
    press.line(85, 746, 228, 746)
    _, rest = press.paragraph(760, long.strip(), size=10, indent=0, until=772)
    assert rest
    press.page()
    press.paragraph(80, FILLER)
    press.line(85, 746, 400, 746)
    press.paragraph(760, rest, size=10, indent=0)
    body, notes = read(press)
    assert [note.note for note in notes] == ["1"]
    assert notes[0].text == long[2:].strip()
    assert {placement.box.page for placement in notes[0].placements} == {1, 2}
    assert FILLER in [piece.text for piece in body]


def test_marks_may_begin_again_on_every_page() -> None:
    press = Press()
    for number in ("27.185", "28.693"):
        press.page()
        press.paragraph(80, BODY.replace("^2", ""))
        press.paragraph(200, FILLER)
        notes_at(press, 740, f"^1Trong đó {number} triệu đồng.")
    body, notes = read(press)
    assert [note.note for note in notes] == ["1", "1"]
    assert sum(len(piece.marks) for piece in body) == 2


def test_printed_marks_in_brackets_and_stars() -> None:
    for mark in ("(1)", "[1]", "*"):
        press = Press().page()
        press.paragraph(
            80, f"Tổng thu cân đối ngân sách trên địa bàn ước thực hiện 56.057 triệu đồng{mark}, đạt 10,9% kế hoạch."
        )
        press.paragraph(200, FILLER)
        notes_at(press, 740, f"{mark} Thuế ngoài quốc doanh 27.185 triệu đồng.")
        body, notes = read(press)
        assert "triệu đồng, đạt" in body[0].text
        assert [found.mark for found in body[0].marks] == [mark.strip("()[]")]
        assert [(note.note, note.text) for note in notes] == [
            (mark.strip("()[]"), "Thuế ngoài quốc doanh 27.185 triệu đồng.")
        ]


def test_list_numbers_in_brackets_are_no_marks() -> None:
    press = Press().page()
    press.paragraph(80, "(1) Giao Phòng Tài chính chủ trì thực hiện các nhiệm vụ về ngân sách.")
    press.paragraph(110, "Kết quả đạt được trên các lĩnh vực công tác là rất tích cực(1) so với kế hoạch.")
    press.paragraph(200, FILLER)
    notes_at(press, 740, "(1) Xem Phụ lục kèm theo.")
    body, _ = read(press)
    assert body[0].text.startswith("(1) Giao")
    assert [mark.mark for mark in body[1].marks] == ["1"]


def test_exponents_degrees_and_indices_stay_in_the_text() -> None:
    press = Press().page()
    x = press.text(121, 80, "Diện tích 35,6 km")
    x = press.text(x, 74, "2", size=9)
    x = press.text(x, 80, ", sân 1.200 m")
    x = press.text(x, 74, "2", size=9)
    x = press.text(x, 80, ", 25")
    x = press.text(x, 74, "o", size=9)
    x = press.text(x, 80, "C, khí CO")
    x = press.text(x, 83, "2", size=9)
    press.text(x, 80, ".")
    press.paragraph(200, FILLER)
    body, _ = read(press)
    assert body[0].text == "Diện tích 35,6 km², sân 1.200 m², 25°C, khí CO2."
    assert body[0].marks == ()


def test_digits_that_the_font_itself_raises() -> None:
    press = Press().page()
    press.paragraph(80, "Thu ngân sách đạt 78,3% so cùng kỳ³ và diện tích 12 m² đất.")
    press.paragraph(200, FILLER)
    body, _ = read(press)
    assert body[0].text == "Thu ngân sách đạt 78,3% so cùng kỳ và diện tích 12 m² đất."
    assert [mark.mark for mark in body[0].marks] == ["3"]


def test_recipients_in_small_type_are_no_notes() -> None:
    press = Press().page()
    press.paragraph(80, FILLER)
    for index, line in enumerate(("Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT.")):
        press.text(85, 600 + 14 * index, line, size=11)
    body, notes = read(press)
    assert notes == []
    assert [piece.text for piece in body][-3:] == ["Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT."]
