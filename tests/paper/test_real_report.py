"""The real report: the same outline, notes and words out of Markdown, Word and an old encoding."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.domain.document import BlockKind, Document
from extractor.paper.structure.assemble import assemble
from extractor.paper.text.reader import read_text_bytes
from extractor.paper.word.reader import read_docx

PATHS = """
I II II.1 II.2 II.2.1 II.2.2 II.3 II.3.1 II.3.2 II.3.3 II.3.4 II.3.5 II.4 II.4.1 II.4.2 II.4.3 II.4.4 II.4.5
II.5 II.5.1 II.5.1.a II.5.1.b II.5.2 II.5.2.1 II.5.2.2 II.6 III III.*1 III.*2 IV
IV.1 IV.2 IV.3 IV.4 IV.5 IV.6 IV.7 IV.8
"""
ANCHORS = [
    "cùng kỳ",
    "dự định",
    "cùng kỳ",
    "Lãm Khê",
    "000 đồng",
    "quy định",
    "cấp quận",
    "thành phố",
    "kế hoạch",
    "địa bàn",
    "địa bàn",
]


@pytest.fixture(scope="module")
def markdown(shared: Path) -> Document:
    return assemble(read_text_bytes((shared / "reports/kien-an-2023-q1.md").read_bytes(), "a.md").pieces)


@pytest.fixture(scope="module")
def docx(shared: Path) -> Document:
    return assemble(read_docx((shared / "reports/kien-an-2023-q1.docx").read_bytes(), "a.docx").pieces)


@pytest.mark.parametrize("form", ["markdown", "docx"])
def test_outline_and_notes(form: str, request: pytest.FixtureRequest) -> None:
    document: Document = request.getfixturevalue(form)
    assert [section.path for section in document.sections] == PATHS.split()
    assert [note.mark for note in document.footnotes] == [str(n) for n in range(1, 12)]
    for note, words in zip(document.footnotes, ANCHORS, strict=True):
        assert note.anchor is not None
        assert document.text[: note.anchor].endswith(words)
    for joined in (
        "kinh doanh dược, 02 cơ sở",
        "tình trạng ùn tắc giao",
        "Công tác vệ sinh an toàn",
        "Đề án 06 của Chính phủ",
    ):
        assert joined in document.text
    assert not [
        b for b in document.blocks if b.kind is BlockKind.PARAGRAPH and document.text[b.start : b.end].isdigit()
    ]


def test_front_and_back_matter(markdown: Document) -> None:
    report = markdown.report
    assert (report.number, report.place, report.date, report.period) == ("/BC-UBND", "Kiến An", "2023-03", "2023-Q1")
    assert (report.area, report.addressee) == ("quận Kiến An", "Ủy ban nhân dân thành phố")
    assert (report.signatory, report.role, len(report.recipients)) == ("Nguyễn Trường Sơn", "CHỦ TỊCH", 6)
    assert report.title and report.title.startswith("BÁO CÁO KẾT QUẢ") and report.title.endswith("QUÝ II NĂM 2023")


def test_word_and_markdown_hold_the_same_words(markdown: Document, docx: Document) -> None:
    assert markdown.text.split() == docx.text.split()


def test_the_old_encoding_holds_the_same_words(shared: Path, markdown: Document) -> None:
    flow = read_docx((shared / "reports/kien-an-2023-q1.tcvn3.docx").read_bytes(), "a.docx")
    document = assemble(flow.pieces)
    assert flow.encoding == "tcvn3"
    start = markdown.text.index("BÁO CÁO")
    end = document.text.index("Đoạn này gõ bằng Unicode")
    expected = markdown.text[start:].split()
    found = document.text[:end].split()
    # the encoding has no capital Ủ: a lone one comes back small
    assert [word.replace("Ủy", "ủy") for word in expected[: len(found)]] == found
