"""Word files: what Word would print, and what a hostile file must not do."""

from __future__ import annotations

import io
import zipfile

import pytest

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.structure.assemble import assemble
from extractor.paper.structure.flow import Mark, Piece
from extractor.paper.word.reader import read_docx
from tests.paper.word_files import W, paragraph, run, word_file


def pieces(body: str, **parts: str) -> tuple[Piece, ...]:
    return read_docx(word_file(body, **parts), "thử.docx").pieces


def texts(body: str, **parts: str) -> list[str]:
    return [piece.text for piece in pieces(body, **parts)]


def test_runs_keep_their_look() -> None:
    (piece,) = pieces(paragraph("- ", run("Tổng thu:", "<w:b/>"), run(" 12 tỷ", '<w:b w:val="0"/><w:i/>')))
    assert piece.text == "- Tổng thu: 12 tỷ"
    assert [piece.text[a:b] for a, b in piece.bold] == ["Tổng thu:"]
    assert [piece.text[a:b] for a, b in piece.italic] == [" 12 tỷ"]


def test_paragraphs_whose_tabs_make_a_table_are_one_and_other_tabs_are_spaces() -> None:
    tab = "<w:r><w:tab/></w:r>"
    rows = [("Xã", "Số hộ", "Ghi chú"), ("An Lạc", "118", ""), ("Bình Minh", "", "96")]
    typed = "".join(paragraph(row[0], tab, row[1], tab, row[2]) for row in [*rows, ("Lê Lợi", "41", "")])
    before, table, after = pieces(paragraph("Kết quả:", tab, tab, "năm 2023") + typed + paragraph("Hết."))
    assert (before.text, after.text) == ("Kết quả: năm 2023", "Hết.")
    assert [(c.row, c.column) for c in table.grid if c.text == "96"] == [(2, 2)]
    assert [c.text for c in table.grid if c.header] == ["Xã", "Số hộ", "Ghi chú"]


def test_real_notes_are_numbered_by_their_calls() -> None:
    call = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = paragraph("Lúa tăng", call.format(20), ".") + paragraph("Ngô giảm", call.format(7), ".")
    notes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="7">{paragraph("<w:r><w:footnoteRef/></w:r>", " Ngô 5 ha.")}</w:footnote>'
        f'<w:footnote w:id="20">{paragraph("<w:r><w:footnoteRef/></w:r>", " Lúa 9 ha.")}</w:footnote>'
    )
    document = assemble(pieces(body, footnotes=notes))
    assert document.text == "Lúa tăng.\nNgô giảm.\nLúa 9 ha.\nNgô 5 ha."
    assert [(note.mark, note.anchor) for note in document.footnotes] == [("1", 8), ("2", 18)]


def test_endnotes_and_footnotes_have_marks_of_their_own() -> None:
    body = paragraph(
        "A", '<w:r><w:footnoteReference w:id="1"/></w:r>', " b", '<w:r><w:endnoteReference w:id="1"/></w:r>'
    )
    parts = {kind + "s": f'<w:{kind} w:id="1">{paragraph(kind)}</w:{kind}>' for kind in ("footnote", "endnote")}
    assert [piece.note for piece in pieces(body, **parts)] == [None, "1", "i"]


def test_a_typed_raised_mark_is_lifted_and_an_exponent_stays() -> None:
    up = '<w:vertAlign w:val="superscript"/>'
    first, second = pieces(
        paragraph("tăng 5%", run("1", up), ", 20 m", run("2", up)) + paragraph(run("1", up), " Gồm lúa.")
    )
    assert (first.text, first.marks) == ("tăng 5%, 20 m²", (Mark(7, "1"),))
    assert (second.text, second.note) == ("Gồm lúa.", "1")


def test_automatic_numbers_are_written_out() -> None:
    levels = [
        ("upperRoman", "%1."),
        ("decimal", "%2."),
        ("decimal", "%2.%3."),
        ("lowerLetter", "%4)"),
        ("bullet", "\uf0b7"),
    ]
    defined = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="5">{defined}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="5"/></w:num>'
    )
    wanted = [0, 1, 2, 2, 3, 3, 1, 0, 1, 4]
    body = "".join(
        paragraph("Mục", properties=f'<w:numPr><w:ilvl w:val="{i}"/><w:numId w:val="3"/></w:numPr>') for i in wanted
    )
    labels = [text.removesuffix(" Mục") for text in texts(body, numbering=numbering)]
    assert labels == ["I.", "1.", "1.1.", "1.2.", "a)", "b)", "2.", "II.", "1.", "•"]


def test_a_style_may_bring_the_number_and_the_look() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Goc"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Muc"><w:basedOn w:val="Goc"/>'
        '<w:pPr><w:jc w:val="center"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Vong"><w:basedOn w:val="Vong"/></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    first, second = pieces(
        paragraph("Kinh tế", properties='<w:pStyle w:val="Muc"/>')
        + paragraph("x", properties='<w:pStyle w:val="Vong"/>'),
        styles=styles,
        numbering=numbering,
    )
    assert (first.text, first.centred, first.bold) == ("1. Kinh tế", True, ((0, 10),))
    assert second.text == "x"


def test_tracked_changes_are_accepted() -> None:
    deleted = "<w:del><w:r><w:delText>15</w:delText></w:r></w:del>"
    body = paragraph("đạt ", deleted, f"<w:ins>{run('16')}</w:ins>", " tỷ")
    assert texts(body) == ["đạt 16 tỷ"]
    merged = paragraph("Câu bị", properties="<w:rPr><w:del/></w:rPr>") + paragraph(" cắt.")
    assert texts(merged) == ["Câu bị cắt."]


def test_hidden_text_is_kept_under_a_remark() -> None:
    (piece,) = pieces(paragraph("đạt ", run("999", "<w:vanish/>"), run("5", '<w:color w:val="FFFFFF"/>'), " tỷ"))
    assert [(piece.text[r.start : r.end], r.code, r.detail) for r in piece.remarks] == [
        ("999", "hidden_text", "vanish"),
        ("5", "hidden_text", "white"),
    ]


def test_text_boxes_breaks_and_signs() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('Trong khung')}</w:txbxContent></w:pict></w:r>"
    assert texts(paragraph("Ngoài khung", box)) == ["Ngoài khung", "Trong khung"]
    assert texts(paragraph("BÁO CÁO", "<w:r><w:br/></w:r>", "QUÝ I")) == ["BÁO CÁO", "QUÝ I"]
    assert texts(paragraph("QĐ", "<w:r><w:noBreakHyphen/></w:r>", "UBND")) == ["QĐ-UBND"]
    assert texts(paragraph("cao ", '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', " 4m")) == ["cao ≥ 4m"]
    assert texts(paragraph("a", "<w:r><w:tab/></w:r>", "b", run("\u00a0c"))) == ["a b c"]


def test_a_table_of_contents_is_no_text() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    control = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{paragraph('I. KẾT QUẢ 2')}</w:sdtContent></w:sdt>"
    styled = paragraph("I. KẾT QUẢ 2", properties='<w:pStyle w:val="TOC1"/>')
    assert texts(control + styled + paragraph("I. KẾT QUẢ")) == ["I. KẾT QUẢ"]


CELL = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>"


def test_a_table_with_joined_cells() -> None:
    rows = [
        CELL.format('<w:vMerge w:val="restart"/>', paragraph("Chỉ tiêu"))
        + CELL.format('<w:gridSpan w:val="2"/>', paragraph("Năm")),
        CELL.format("<w:vMerge/>", paragraph(""))
        + CELL.format("", paragraph("2022"))
        + CELL.format("", paragraph("2023")),
        CELL.format("", paragraph("Lúa")) + CELL.format("", paragraph("12")) + CELL.format("", paragraph("13", "")),
    ]
    (piece,) = pieces("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
    cells = {(c.row, c.column): (c.text, c.rows, c.columns) for c in piece.grid}
    assert cells[0, 0] == ("Chỉ tiêu", 2, 1)
    assert cells[0, 1] == ("Năm", 1, 2)
    assert cells[2, 2] == ("13", 1, 1)
    assert (1, 0) not in cells


def test_a_table_inside_a_cell_follows_the_table_that_it_stands_in() -> None:
    def table(*rows: tuple[str, ...]) -> str:
        return (
            "<w:tbl>" + "".join(f"<w:tr>{''.join(CELL.format('', c) for c in row)}</w:tr>" for row in rows) + "</w:tbl>"
        )

    inner = table((paragraph("Xã"), paragraph("Hộ nghèo")), (paragraph("Tân Khê"), paragraph("412")))
    outer, nested = pieces(
        table(
            (paragraph("Lĩnh vực"), paragraph("Kết quả")),
            (paragraph("Giảm nghèo"), inner + paragraph("theo xã")),
            (paragraph("Việc làm"), paragraph("1.487")),
        )
    )
    assert [c.text for c in outer.grid] == ["Lĩnh vực", "Kết quả", "Giảm nghèo", "theo xã", "Việc làm", "1.487"]
    assert [(c.row, c.column, c.text) for c in nested.grid] == [
        (0, 0, "Xã"), (0, 1, "Hộ nghèo"), (1, 0, "Tân Khê"), (1, 1, "412"),
    ]  # fmt: skip


def test_a_group_over_all_columns_below_a_header_of_two_rows_is_no_header() -> None:
    def row(*cells: tuple[str, str]) -> str:
        return "<w:tr>" + "".join(CELL.format(form, paragraph(text)) for form, text in cells) + "</w:tr>"

    down, on, two = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    (piece,) = pieces(
        "<w:tbl>"
        + row((down, "Chỉ tiêu"), (two, "Năm 2023"))
        + row((on, ""), ("", "Kế hoạch"), ("", "Thực hiện"))
        + row(("", "I"), (two, "NÔNG NGHIỆP"))
        + row(("", "Lúa"), ("", "12"), ("", "13"))
        + "</w:tbl>"
    )
    assert {cell.row for cell in piece.grid if cell.header} == {0, 1}


def test_a_letterhead_table_is_no_table() -> None:
    left = paragraph("UBND HUYỆN TÂN AN") + paragraph("Số: 5/BC-UBND")
    right = paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + paragraph("Tân An, ngày 5 tháng 3 năm 2020")
    found = pieces(
        f"<w:tbl><w:tr>{CELL.format('', left)}{CELL.format('', right)}</w:tr></w:tbl>" + paragraph("BÁO CÁO")
    )
    assert [(piece.column, piece.text[:9]) for piece in found] == [
        ("left", "UBND HUYỆ"),
        ("left", "Số: 5/BC-"),
        ("right", "CỘNG HÒA "),
        ("right", "Tân An, n"),
        (None, "BÁO CÁO"),
    ]


def test_legacy_fonts_are_decoded_run_by_run() -> None:
    tcvn3 = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    capitals = '<w:rFonts w:ascii=".VnTimeH"/>'
    vni = '<w:rFonts w:ascii="VNI-Times"/>'
    body = (
        paragraph(run("b¸o c¸o", capitals))
        + paragraph(run("Gi¸ trÞ s¶n xuÊt", tcvn3), run(" (tăng)", '<w:rFonts w:ascii="Arial"/>'))
        + paragraph(run("Thu nga", vni), run("ân saùch", vni + "<w:b/>"))
    )
    flow = read_docx(word_file(body), "cũ.docx")
    assert [piece.text for piece in flow.pieces] == ["BÁO CÁO", "Giá trị sản xuất (tăng)", "Thu ngân sách"]
    assert flow.encoding == "tcvn3"
    assert flow.original and "s¶n xuÊt" in flow.original


def test_unicode_text_in_a_legacy_font_is_left_alone() -> None:
    assert texts(paragraph(run("Giá trị sản xuất ước đạt", '<w:rFonts w:ascii=".VnTime"/>'))) == [
        "Giá trị sản xuất ước đạt"
    ]


def _result(data: bytes) -> Result:
    with pytest.raises(UnreadableFile) as caught:
        read_docx(data, "xấu.docx")
    assert "xấu.docx" in caught.value.vi and "xấu.docx" in caught.value.en
    return caught.value.result


def test_bad_files_get_their_class() -> None:
    good = word_file(paragraph("Báo cáo"))
    assert _result(good[: len(good) // 2]) is Result.DAMAGED
    assert _result(b"PK\x03\x04" + b"\0" * 200) is Result.DAMAGED
    assert _result(b"") is Result.DAMAGED
    assert _result(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512) is Result.ENCRYPTED
    assert _result(word_file("")) is Result.EMPTY
    assert _result(word_file("<w:p>")) is Result.DAMAGED


def _rezipped(**changed: bytes) -> bytes:
    """A sound file with parts replaced, named with ``_`` for ``/`` and without ``.xml``."""
    source = zipfile.ZipFile(io.BytesIO(word_file(paragraph("Báo cáo"))))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            key = name.removesuffix(".xml").replace("/", "_")
            archive.writestr(name, changed.get(key, source.read(name)))
    return file.getvalue()


def test_an_entity_is_refused_before_it_is_parsed() -> None:
    for encoding in ("utf-8", "utf-16"):
        hostile = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>A&e;B</d>'.encode(
            encoding
        )
        assert _result(_rezipped(word_document=hostile)) is Result.REFUSED


def test_a_bomb_is_turned_away_by_its_size() -> None:
    filler = b"<w:p/>" * 700_000
    body = f"<w:document {W}><w:body>".encode() + filler + b"</w:body></w:document>"
    assert _result(_rezipped(word_document=body)) is Result.TOO_LARGE


def test_too_many_entries() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(2_001):
            archive.writestr(f"{number}", "")
    assert _result(file.getvalue()) is Result.TOO_LARGE


def test_a_deep_nest_of_tables_ends() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 60 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 60
    assert _result(word_file(body)) in (Result.EMPTY, Result.DAMAGED)
