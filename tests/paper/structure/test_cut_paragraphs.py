"""Paragraphs cut by page ends and note blocks."""

from __future__ import annotations

import pytest

from extractor.paper.structure.assemble import assemble
from extractor.paper.structure.cut_paragraphs import join_cut
from extractor.paper.structure.flow import Mark, Piece


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("hạn chế tình trạng ùn", "tắc giao thông.", True),
        ("Đẩy mạnh thực hiện Đề án 06 của", "Chính phủ về dữ liệu dân cư.", True),
        ("Đoạn thứ nhất đã hết.", "sinh an toàn.", False),
        ("Gồm các việc:", "trồng lúa;", False),
        ("Đoạn không có dấu chấm cuối", "Đoạn sau viết hoa.", False),
        ("Số liệu của", "- Gạch đầu dòng", False),
        ("Số liệu của", "2. Mục sau:", False),
        ("1/ Sản xuất nông nghiệp", "a/ Trồng trọt: 5 ha.", False),
        ("3.2. Y tế, dân số", "Trong quý khám 5 lượt.", False),
        ("KẾT QUẢ CỦA", "NĂM 2023", False),
    ],
)
def test_when_a_paragraph_goes_on(first: str, second: str, joined: bool) -> None:
    assert (len(join_cut([Piece(first), Piece(second)])) == 1) is joined


def test_a_bracket_left_open_across_a_note_block() -> None:
    pieces = [
        Piece("Thẩm định 07 cơ sở (05 cơ sở dược,", marks=(Mark(13, "7"),)),
        Piece("Gồm cả cơ sở cũ.", note="7"),
        Piece("02 cơ sở y). Xong."),
    ]
    document = assemble(pieces)
    assert document.text == "Thẩm định 07 cơ sở (05 cơ sở dược, 02 cơ sở y). Xong.\nGồm cả cơ sở cũ."
    note = document.footnotes[0]
    assert (note.anchor, document.text[note.start : note.end]) == (13, "Gồm cả cơ sở cũ.")


def test_a_page_end_joins_what_has_no_final_mark() -> None:
    long = "Ủy ban nhân dân huyện đã chỉ đạo các phòng, ban chuyên môn phối hợp chặt chẽ với Ban Quản lý dự án"
    assert len(join_cut([Piece(long, cut=True), Piece("Đầu tư xây dựng hoàn thành hồ sơ.")])) == 1
    assert len(join_cut([Piece(long), Piece("Đầu tư xây dựng hoàn thành hồ sơ.")])) == 2


def test_a_document_number_broken_at_its_hyphen() -> None:
    assert join_cut([Piece("Quyết định số 3757/QĐ-"), Piece("uBND")])[0].text == "Quyết định số 3757/QĐ-uBND"


def test_spans_move_with_their_letters() -> None:
    first = Piece("Giá trị sản xuất ước", bold=((0, 7),))
    second = Piece("đạt 5 tỷ", bold=((4, 8),), marks=(Mark(8, "1"),))
    joined = join_cut([first, second])[0]
    assert [joined.text[a:b] for a, b in joined.bold] == ["Giá trị", "5 tỷ"]
    assert joined.marks[0].offset == len(joined.text)
