"""Markdown and plain text as converters write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.domain.document import BlockKind, Document, Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.structure.assemble import assemble
from extractor.paper.structure.flow import Mark, Piece
from extractor.paper.text.inline_markup import read_inline
from extractor.paper.text.reader import decode_bytes, read_text, read_text_bytes


def texts(source: str) -> list[str]:
    return [piece.text for piece in read_text(source)]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("**Tổng thu:** 12 tỷ", "Tổng thu: 12 tỷ"),
        ("chủ đề “*Đẩy mạnh chuyển đổi số*” năm 2023", "chủ đề “Đẩy mạnh chuyển đổi số” năm 2023"),
        ("***Vừa đậm vừa nghiêng***", "Vừa đậm vừa nghiêng"),
        ("**mở mà không đóng", "mở mà không đóng"),
        ("đóng mà không mở**", "đóng mà không mở"),
        ("*** Bên cạnh kết quả, còn hạn chế:**", "* Bên cạnh kết quả, còn hạn chế:"),
        ("* Nguyên nhân:", "* Nguyên nhân:"),
        (r"\* Nguyên nhân", "* Nguyên nhân"),
        ("cao $\\geq 4m$, rộng $\\leq 2{,}5$ m", "cao ≥ 4m, rộng ≤ 2,5 m"),
        ("diện tích $25\\,m^2$", "diện tích 25 m²"),
        (r"tệp qlvb\_hp, 1\. Một", "tệp qlvb_hp, 1. Một"),
        ("giá 500 $ và 600 $ một tấn", "giá 500 $ và 600 $ một tấn"),
        ("5 * 3 = 15", "5 * 3 = 15"),
        ("KH&ĐT &amp; TN&amp;MT", "KH&ĐT & TN&MT"),
        ("[Cổng thông tin](https://x.vn) quận", "Cổng thông tin quận"),
        ("dữ_liệu_gốc", "dữ_liệu_gốc"),
        ("(*) Ghi chú (**) khác", "(*) Ghi chú (**) khác"),
    ],
)
def test_inline_markup(raw: str, text: str) -> None:
    assert read_inline(raw).text == text


@pytest.mark.parametrize("mark", ["¹²", "[^12]", "<sup>12</sup>", "$^{12}$", "<sup>(12)</sup>"])
def test_raised_marks_are_lifted(mark: str) -> None:
    piece = read_inline(f"so cùng kỳ{mark}.")
    assert (piece.text, piece.marks) == ("so cùng kỳ.", (Mark(10, "12"),))


@pytest.mark.parametrize("exponent", ["25 m²", "1.000m³", "km²", "25 m<sup>2</sup>"])
def test_exponents_stay(exponent: str) -> None:
    piece = read_inline(exponent)
    assert not piece.marks
    assert piece.text[-1] in "²³"


def test_bold_is_where_it_was_printed() -> None:
    piece = read_inline("- **Nông nghiệp:** 5 tỷ; **Thủy sản:** 6 tỷ")
    assert [piece.text[a:b] for a, b in piece.bold] == ["Nông nghiệp:", "Thủy sản:"]
    heading = read_inline("*** Nguyên nhân:**")
    assert [heading.text[a:b].strip() for a, b in heading.bold] == ["Nguyên nhân:"]


def test_note_blocks_anywhere() -> None:
    source = (
        "Thu đạt 5 tỷ¹ và chi đạt (gồm lương,\n\n¹ **Thuế:** 3 tỷ.\n\n"
        "thưởng) 4 tỷ[^b].\n\n[^b]: Chi khác.\n\n    Đoạn hai của chú thích.\n\nĐoạn cuối."
    )
    document = assemble(read_text(source))
    lines = document.text.split("\n")
    assert lines == [
        "Thu đạt 5 tỷ và chi đạt (gồm lương, thưởng) 4 tỷ.",
        "Đoạn cuối.",
        "Thuế: 3 tỷ.",
        "Chi khác.",
        "Đoạn hai của chú thích.",
    ]
    assert [(n.mark, document.text[: n.anchor].split()[-2:]) for n in document.footnotes] == [
        ("1", ["5", "tỷ"]),
        ("b", ["4", "tỷ"]),
    ]


def test_typed_notes_need_a_proof() -> None:
    noted = read_text("Thu đạt 5 tỷ [1], chi 4 tỷ (2).\n\n[1] Thuế 3 tỷ.\n\n(2) Lương.")
    assert [piece.note for piece in noted] == [None, "1", "2"]
    listed = read_text("Gồm các việc:\n\n(1) Một.\n\n(2) Hai.")
    assert [piece.note for piece in listed] == [None, None, None]


def test_page_numbers_rules_and_form_feeds_go() -> None:
    source = "Đoạn một viết hết.\n\n2\n\nTình trạng ùn\n\n- 3 -\n\ntắc giảm.\n\n---\n\nTrang 4/9\n\f\nHết."
    assert [piece.text for piece in read_text(source)] == ["Đoạn một viết hết.", "Tình trạng ùn", "tắc giảm.", "Hết."]
    assert assemble(read_text(source)).text == "Đoạn một viết hết.\nTình trạng ùn tắc giảm.\nHết."


def test_numbers_in_a_column_are_no_page_numbers() -> None:
    assert texts("Các xã:\n12\n14") == ["Các xã:", "12", "14"]
    assert texts("2\n\n950\n\nHết") == ["950", "Hết"]


def test_lines_wrapped_at_a_margin_are_joined() -> None:
    source = (
        "Ủy ban nhân dân huyện đã chỉ đạo các phòng, ban, ngành và\n"
        "Ủy ban nhân dân các xã, thị trấn tập trung triển khai kế\n"
        "hoạch phát triển kinh tế - xã hội năm 2008.\n"
        "- Thu ngân sách 6 tháng đạt 12.500 triệu đồng, bằng 52%\n"
        "Kế hoạch tỉnh giao, tăng 14% so với cùng kỳ năm trước và\n"
        "cao hơn mức bình quân.\n"
    )
    wrapped = texts(source)
    assert len(wrapped) == 2
    assert wrapped[0].endswith("năm 2008.") and wrapped[1].startswith("- Thu") and wrapped[1].endswith("bình quân.")


def test_lines_that_are_paragraphs_stay_apart() -> None:
    assert texts("BÁO CÁO\nKẾT QUẢ\nTHÁNG 3\n\n- Một;\n- Hai.") == ["BÁO CÁO", "KẾT QUẢ", "THÁNG 3", "- Một;", "- Hai."]


def test_headings_of_markdown_are_bold_paragraphs() -> None:
    document = assemble(read_text("# I. KẾT QUẢ\n\n## 1. Kinh tế\n\nThu 5 tỷ.\n\n## 2. Xã hội ##\n\nTốt."))
    assert [s.path for s in document.sections] == ["I", "I.1", "I.2"]
    assert document.blocks[0].bold


@pytest.mark.parametrize(
    "source",
    [
        "| Chỉ tiêu | ha |\n|---|--:|\n| **Lúa** | 1.046,5 |",
        "<table><tr><th>Chỉ tiêu</th><th>ha</th></tr><tr><td><b>Lúa</b></td><td>1.046,5</td></tr></table>",
        "<TABLE>\n<thead><tr><td>Chỉ tiêu</td><td>ha</td></tr></thead>\n<tr><td>Lúa<td>1.046,5</tr>\n</TABLE>",
    ],
)
def test_tables(source: str) -> None:
    document = assemble(read_text(f"Bảng 1. Gieo trồng\n\n{source}\n\nHết."))
    table = document.tables[0]
    assert [(c.row, c.column, c.header, document.text[c.start : c.end]) for c in table.cells] == [
        (0, 0, True, "Chỉ tiêu"),
        (0, 1, True, "ha"),
        (1, 0, False, "Lúa"),
        (1, 1, False, "1.046,5"),
    ]
    assert table.caption and document.text[slice(*table.caption)] == "Bảng 1. Gieo trồng"
    assert [b.kind for b in document.blocks] == [
        BlockKind.PARAGRAPH,
        BlockKind.TABLE,
        BlockKind.TABLE,
        BlockKind.PARAGRAPH,
    ]


def test_joined_cells_of_html() -> None:
    (piece,) = read_text(
        '<table><tr><td rowspan="2">A</td><td colspan="2">B</td></tr><tr><td>1</td><td>2</td></tr></table>'
    )
    assert [(c.row, c.column, c.rows, c.columns, c.text) for c in piece.grid] == [
        (0, 0, 2, 1, "A"),
        (0, 1, 1, 2, "B"),
        (1, 1, 1, 1, "1"),
        (1, 2, 1, 1, "2"),
    ]


def test_a_letterhead_in_two_columns() -> None:
    source = (
        "ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "HUYỆN TÂN AN                 Độc lập - Tự do - Hạnh phúc\n"
        "Số: 5/BC-UBND                Tân An, ngày 5 tháng 3 năm 2008\n\n"
        "BÁO CÁO\nTình hình tháng 2 năm 2008\n\nI. KẾT QUẢ\n\nTốt."
    )
    report = assemble(read_text(source)).report
    assert (report.issuer, report.number, report.place, report.date) == (
        "ỦY BAN NHÂN DÂN HUYỆN TÂN AN",
        "5/BC-UBND",
        "Tân An",
        "2008-03-05",
    )


def test_bytes_of_every_kind() -> None:
    text = "Tổng thu ngân sách đạt 12 tỷ đồng"
    for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        assert decode_bytes(text.encode(codec), "a.txt") == text
    import unicodedata

    windows = "".join(
        c if c.encode("cp1258", "ignore") else unicodedata.normalize("NFD", c)
        for c in unicodedata.normalize("NFC", "Thu đạt 12 tỷ")
    )
    half = windows.replace("y\u0309", "y\u0309")
    assert decode_bytes(half.encode("cp1258"), "a.txt") == "Thu đạt 12 tỷ"
    legacy = read_text_bytes("Gi¸ trÞ s¶n xuÊt c«ng nghiÖp ®¹t 5 triÖu ®ång".encode("latin-1"), "a.txt")
    assert (legacy.pieces[0].text, legacy.encoding) == ("Giá trị sản xuất công nghiệp đạt 5 triệu đồng", "tcvn3")
    assert legacy.original and "s¶n" in legacy.original


def test_line_ends_of_every_system() -> None:
    assert texts("A:\r\nB;\rC.") == ["A:", "B;", "C."]


@pytest.mark.parametrize(
    ("data", "result"),
    [
        (b"", Result.EMPTY),
        (b"\n\n \n", Result.EMPTY),
        (bytes(range(256)) * 20, Result.DAMAGED),
        ("\ufffd \ufffd".encode() * 40, Result.REFUSED),
    ],
)
def test_what_is_no_text(data: bytes, result: Result) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_text_bytes(data, "lạ.txt")
    assert caught.value.result is result
    assert "lạ.txt" in caught.value.vi


def check(document: Document) -> None:
    """What holds for every document, whatever it came from."""
    covered = 0
    inside = sorted(document.blocks, key=lambda block: block.start)
    for block in inside:
        assert covered <= block.start < block.end <= len(document.text)
        assert not any(c.isalnum() for c in document.text[covered : block.start])
        assert block.start <= block.content <= block.end
        assert block.parent is None or 0 <= block.parent < len(document.blocks)
        assert all(block.start <= a < b <= block.end for a, b in block.bold)
        covered = block.end
    assert not any(c.isalnum() for c in document.text[covered:])
    known = {section.path for section in document.sections}
    assert len(known) == len(document.sections)
    for section in document.sections:
        assert section.start < section.end <= len(document.text)
        assert section.parent is None or section.parent in known
    for block in document.blocks:
        assert block.section is None or block.section in known
    for note in document.footnotes:
        assert note.start < note.end
        assert note.anchor is None or 0 <= note.anchor <= len(document.text)
    for table in document.tables:
        assert all(table.start <= cell.start <= cell.end <= table.end for cell in table.cells)


FRAGMENTS = st.sampled_from(
    ["I. ", "1. ", "2.1. ", "3.1 ", "a) ", "- ", "+ ", "* ", "*** ", "**", "*", "¹", "[1]", "[^1]: ", "\n\n", "\n", " ",
     "(", ")", ":", ".", "./.",
     "Nơi nhận:", "TM. ỦY BAN", "CHỦ TỊCH", "PHỤ LỤC I", "BÁO CÁO", "Số: 1/BC-UBND",
     "| a | b |\n|---|---|\n| 1 | 2 |", "<table><tr><td>1</table>",
     "lúa", "Đạt 5%", "12", "\f", "$^2$", "m²",
     "Kính gửi: A", "\t", "__", "\\", "`", "&amp;", "    x", "e\u0301", "§¹t"]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=30).map("".join))
def test_any_mixture_becomes_a_sound_document(source: str) -> None:
    check(assemble(read_text(source)))


@given(st.lists(st.builds(Piece, st.text(max_size=20)), max_size=8))
def test_any_pieces_become_a_sound_document(pieces: list[Piece]) -> None:
    check(assemble([Piece(" ".join(piece.text.split())) for piece in pieces]))


SIZE = 200_000


@pytest.mark.parametrize(
    "unit",
    [
        "tăng 5% so cùng kỳ, ",
        "(",
        "1",
        "1.",
        "*",
        "**a ",
        "¹",
        "$x",
        "![",
        "<table>\n",
        "- a\n",
        "1. A\n\n",
        "a[1] b\n\n[1] c\n\n",
        "I. A\n",
        " ",
        "é",
        "§¹t ",
    ],
)
def test_long_monotonous_files_end(unit: str) -> None:
    source = unit * (SIZE // (len(unit) * (10 if "\n" in unit else 1)))
    check(assemble(read_text(source)))
