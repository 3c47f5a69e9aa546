"""Short passages: the very same letters, blocks by lines, and every span back to the text as given."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.domain.document import BlockKind
from extractor.paper.text.passage import read_passage


@pytest.mark.parametrize(
    "text",
    [
        "Thu ngân sách đạt 5 tỷ đồng, tăng 7%.",
        "  Hai dấu cách ở đầu,\tmột tab ở giữa  ",
        "Diện tích 25 m², năng suất 45,8 tạ/ha.",
        "Chữ ** chưa đóng, * sao, $5$ và [1]",
        "Kế hoạch vốn năm 2023: 90.000 triệu đồng",
        "Tình trạng ùn\ntắc giao thông giảm 5%.",
    ],
)
def test_a_plain_passage_is_one_untouched_block(text: str) -> None:
    document, back = read_passage(text)
    assert document.text == text
    (block,) = document.blocks
    assert block.kind is BlockKind.PARAGRAPH
    assert text[block.start : block.end] == text.strip()
    assert back.original(2, 5) == (2, 5)


def test_lines_are_told_apart() -> None:
    text = (
        "ỦY BAN NHÂN DÂN HUYỆN TÂN AN\r\nSố: 218/BC-UBND\r\nTân An, ngày 24 tháng 6 năm 2022\r\nBÁO CÁO\r\n"
        "Kết quả 6 tháng\r\n"
        "I. KINH TẾ\r\n- Lúa: 5 ha;\r\n- Ngô: 6 ha.\r\nĐã xong./.\r\nNơi nhận:\r\n- Lưu: VT."
    )
    document, _ = read_passage(text)
    kinds = "".join(block.kind.value[0] for block in document.blocks)
    assert kinds == "lllllhiipcc"
    assert document.text == text
    assert document.report.number == "218/BC-UBND"


def test_raised_marks_are_lifted_and_their_notes_found() -> None:
    text = "Lúa tăng so cùng kỳ¹.\n¹ Trong đó xã A 5 ha."
    document, back = read_passage(text)
    assert document.text == "Lúa tăng so cùng kỳ.\n Trong đó xã A 5 ha."
    note = document.footnotes[0]
    assert (note.mark, note.anchor) == ("1", 19)
    assert document.text[note.start : note.end] == "Trong đó xã A 5 ha."
    start, end = back.original(document.text.index("5 ha"), document.text.index("5 ha") + 4)
    assert text[start:end] == "5 ha"


def test_legacy_text_is_decoded_with_its_way_back() -> None:
    text = "Thu ngaân saùch 9 thaùng ñaït 4.215 trieäu ñoàng"
    document, back = read_passage(text)
    assert document.text == "Thu ngân sách 9 tháng đạt 4.215 triệu đồng"
    at = document.text.index("4.215 triệu")
    assert text[slice(*back.original(at, at + 11))] == "4.215 trieäu"


@given(
    st.lists(
        st.sampled_from(
            ["Đạt ", "5,3%", "kỳ¹", "m² ", "\n", "- ", "1. ", "ư", " tỷ", "(", ")", "¹ ", ":", "Ế", "\r\n"]
        ),
        max_size=14,
    )
)
def test_spans_lead_back_in_any_form_of_letters(parts: list[str]) -> None:
    whole = "".join(parts)
    for text in (whole, unicodedata.normalize("NFD", whole)):
        document, back = read_passage(text)
        assert unicodedata.is_normalized("NFC", document.text)
        for at, letter in enumerate(document.text):
            a, b = back.original(at, at + 1)
            assert unicodedata.normalize("NFC", text[a:b]) == letter
        for block in document.blocks:
            assert document.text[block.start : block.end].strip()


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    document, back = read_passage(text)
    start, end = back.original(0, len(document.text))
    assert 0 <= start <= end <= len(text)
