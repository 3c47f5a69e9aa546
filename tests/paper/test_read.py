"""The one way in: what a file is, is said by its bytes; what cannot be read says so in one sentence."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pytest

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.read import read_document, read_in_process
from extractor.paper.sandbox.limits import Limits
from extractor.paper.sniff.format import judge, shown
from tests.hostile import files
from tests.paper.press import Press

NOVEL = (
    "It was late in the evening when the old captain came back to the harbour and looked for the little house "
    "by the sea. "
    "Nobody had lit the lamp, and the door stood open to the wind that blew across the water from the dark "
    "hills beyond. "
) * 4


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OUTLOOK = OLE + b"\0" * 600 + "__properties_version1.0".encode("utf-16-le") + b"\0" * 600


def refusal(path: Path) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_document(path)
    assert shown(path.name) in caught.value.vi
    assert shown(path.name) in caught.value.en
    assert "\n" not in caught.value.vi
    return caught.value


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def scan() -> bytes:
    image = files.stream(
        b"\x80" * 300, b"/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceRGB/BitsPerComponent 8"
    )
    return files.one_page(
        files.stream(b"q 595 0 0 842 0 0 cm /X Do Q"), {10: image}, resources=b"/XObject<</X 10 0 R>>"
    )


@pytest.mark.parametrize(
    ("name", "data", "result", "words"),
    [
        ("rong.pdf", b"", Result.EMPTY, "0 byte"),
        ("anh.pdf", b"GIF89a", Result.REFUSED, "là ảnh GIF, không phải PDF"),
        ("anh.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", Result.DAMAGED, "hỏng"),
        ("anh.gif", b"GIF89a", Result.REFUSED, "là ảnh GIF, không phải loại"),
        ("chuong-trinh.pdf", b"MZ\x90\x00\x03", Result.REFUSED, "chương trình máy tính"),
        ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Result.REFUSED, ".docx"),
        ("nen.rar", b"Rar!\x1a\x07\x01\x00", Result.REFUSED, "giải nén"),
        ("trang.html", b"<!DOCTYPE html><html><body> </body></html>", Result.EMPTY, "không có chữ"),
        ("trang.xml", b"<?xml version='1.0'?><a>x</a>", Result.REFUSED, "XML"),
        ("la.bin", bytes(range(256)) * 4, Result.REFUSED, "không nhận ra"),
        ("hong.pdf", b"%PDF-1.7\n" + b"\x00garbage" * 40, Result.DAMAGED, "hỏng"),
        ("khoa.pdf", files.locked_pdf(), Result.ENCRYPTED, "mật khẩu"),
        ("quet.pdf", scan(), Result.SCANNED, "bản quét"),
        ("nua.docx", files.good_docx()[:300], Result.DAMAGED, "hỏng"),
        ("bang.docx", files.plain_zip(), Result.REFUSED, "ZIP"),
        ("hai-mat.pdf", files.pdf_and_zip(), Result.REFUSED, "vừa là PDF vừa là"),
        ("khong-trang.pdf", files.no_pages(), Result.EMPTY, "không có chữ"),
        ("dien-thoai.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", Result.REFUSED, "là ảnh HEIC"),
        ("phim.mp4", b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00", Result.REFUSED, "không nhận ra"),
        ("bao-cao.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + b"\x00" * 80, Result.REFUSED, "lối tắt"),
        ("bao-cao.pdf.p7m", b"0\x82\x10\x00\x06\x09*\x86H\x86\xf7\r\x01\x07\x02%PDF-1.4", Result.REFUSED, "ký số"),
        ("in.ps", b"%!PS-Adobe-3.0\nshowpage\n", Result.REFUSED, "PostScript"),
        ("thu.msg", OUTLOOK, Result.REFUSED, "Outlook"),
        ("khoa.xlsx", OLE + "EncryptedPackage".encode("utf-16-le") * 40, Result.ENCRYPTED, "Excel"),
        ("tap.pdf", files.portfolio(), Result.REFUSED, "mang theo 1 tệp"),
    ],
)
def test_each_bad_file_has_its_class_and_its_sentence(
    name: str, data: bytes, result: Result, words: str, tmp_path: Path
) -> None:
    error = refusal(put(tmp_path, name, data))
    assert error.result is result
    assert words in error.vi


def test_a_missing_path_a_folder_and_a_device(tmp_path: Path) -> None:
    assert refusal(tmp_path / "khong-co.pdf").result is Result.MISSING
    assert refusal(tmp_path / "a\0b.pdf").result is Result.MISSING
    folder = refusal(tmp_path)
    assert folder.result is Result.REFUSED
    assert "*.pdf" in folder.vi
    if sys.platform != "win32":
        assert refusal(Path("/dev/null")).result is Result.REFUSED


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="whoever may read everything is refused nothing"
)
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = put(tmp_path, "kin.pdf", files.good_pdf())
    path.chmod(0)
    assert refusal(path).result is Result.MISSING


def test_another_office_file_is_named_as_one(tmp_path: Path) -> None:
    path = tmp_path / "so-lieu.pptx"
    with zipfile.ZipFile(path, "w") as show:
        show.writestr("ppt/presentation.xml", "<a/>")
    assert "PowerPoint" in refusal(path).vi


def test_files_beyond_the_limits(tmp_path: Path) -> None:
    path = put(tmp_path, "to.pdf", files.good_pdf())
    with pytest.raises(UnreadableFile) as caught:
        read_in_process(path, limits=Limits(file=100))
    assert caught.value.result is Result.TOO_LARGE
    with pytest.raises(UnreadableFile) as caught:
        read_in_process(put(tmp_path, "dai.pdf", files.one_page_often(50)), limits=Limits(pages=40))
    assert caught.value.result is Result.TOO_LARGE
    assert "50 trang" in caught.value.vi


def test_a_novel_is_no_report(tmp_path: Path) -> None:
    press = Press().page()
    y = 80.0
    for _ in range(3):
        y, _ = press.paragraph(y, NOVEL.strip())
    document = read_document(put(tmp_path, "novel.pdf", press.bytes()))
    assert document.report.result is Result.NOT_A_REPORT
    assert document.report.reason


def test_the_name_says_nothing_about_what_a_file_is(tmp_path: Path) -> None:
    press = Press().page()
    press.paragraph(80, "Quý I năm 2023 thu ngân sách ước thực hiện 56.057 triệu đồng, đạt 10,9% kế hoạch năm.")
    document = read_document(put(tmp_path, "bao-cao.txt", press.bytes()))
    assert document.source is not None
    assert (document.source.format, document.source.pages, len(document.source.sha256)) == ("pdf", 1, 64)
    assert document.placements


@pytest.mark.parametrize("name", ["bao-cao.pdf", "BAO-CAO.DOCX", "bao-cao.doc"])
def test_a_scrap_of_text_under_another_name_is_damaged(tmp_path: Path, name: str) -> None:
    found = refusal(put(tmp_path, name, b"404 not found"))
    assert found.result is Result.DAMAGED
    assert name.rpartition(".")[2].upper() in found.vi
    assert "13 bytes of plain text" in found.en


def test_a_few_words_without_a_number_are_no_report_and_with_one_may_be(tmp_path: Path) -> None:
    report = read_document(put(tmp_path, "a.txt", "Không có gì".encode())).report
    assert report.result is Result.NOT_A_REPORT
    assert "con số" in (report.reason or "")
    assert "number" in (report.reason_en or "")
    assert read_document(put(tmp_path, "b.txt", "Lúa: 12,5 ha".encode())).report.result is Result.READ


def test_a_mixed_file_is_read_in_part(tmp_path: Path) -> None:
    data = files.pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            4: files.stream(b"BT /F1 14 Tf 85 700 Td (So: 12/BC-UBND. Thu ngan sach 56.057 trieu dong) Tj ET"),
            5: files.FONT,
            6: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 7 0 R/Resources<</XObject<</X 8 0 R>>>>>>",
            7: files.stream(b"q 595 0 0 842 0 0 cm /X Do Q"),
            8: files.stream(
                b"\x00\xff" * 300,
                b"/Type/XObject/Subtype/Image/Width 600/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8",
            ),
        }
    )
    report = read_document(put(tmp_path, "lan.pdf", data)).report
    assert report.result is Result.READ_IN_PART
    assert report.reason == "trang 2: bản quét không có lớp chữ"


def test_guarded_and_unguarded_reading_give_the_same_document(tmp_path: Path) -> None:
    press = Press().page()
    y, _ = press.paragraph(
        80, "Quý I năm 2023 thu ngân sách ước thực hiện 56.057 triệu đồng^1, đạt 10,9% kế hoạch năm."
    )
    press.paragraph(
        y, "Chi ngân sách ước thực hiện 140.905 triệu đồng, bằng 150,3% so với cùng kỳ năm trước của huyện."
    )
    press.line(85, 686, 228, 686)
    press.paragraph(700, "^1Trong đó thuế ngoài quốc doanh 27.185 triệu đồng.", size=10, indent=0)
    path = put(tmp_path, "bao-cao.pdf", press.bytes())
    assert read_document(path) == read_in_process(path)
    assert [note.mark for note in read_document(path).footnotes] == ["1"]


def test_one_page_number_two_readers(tmp_path: Path) -> None:
    """The same bytes give the same document whatever was read before."""
    press = Press().page()
    press.paragraph(80, "Quý I năm 2023 thu ngân sách ước thực hiện 56.057 triệu đồng, đạt 10,9% kế hoạch năm.")
    path = put(tmp_path, "a.pdf", press.bytes())
    first = read_document(path)
    with pytest.raises(UnreadableFile):
        read_document(put(tmp_path, "b.pdf", b"%PDF-1.4 nothing"))
    assert read_document(path) == first


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/x", "x"),
        ("C:\\x\\y.pdf", "y.pdf"),
        ("a\0\n.pdf", "a.pdf"),
        ("báo\u202efdp.exe", "báofdp.exe"),
        ("x" * 4000, "x" * 119 + "…"),
    ],
)
def test_names_are_safe_to_print(name: str, clean: str) -> None:
    assert shown(name) == clean


@pytest.mark.parametrize("lead", [b"", b"\xef\xbb\xbf", b"junk before\n" * 20])
def test_a_pdf_may_begin_a_little_late(lead: bytes) -> None:
    data = lead + files.good_pdf()
    assert judge(data[:4096], data[-100:], "a") == "pdf"


def test_text_is_read_without_a_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.paper.sandbox import reader

    monkeypatch.setattr(reader, "shared_reader", lambda: pytest.fail("a child was asked"))
    document = read_document(put(tmp_path, "a.md", "Quý I năm 2023 thu ngân sách 56.057 triệu đồng.".encode()))
    assert "56.057" in document.text


def test_the_real_report(shared: Path) -> None:
    reports = shared / "reports"
    born, text = (read_document(reports / f"kien-an-2023-q1.{kind}") for kind in ("pdf", "md"))
    assert [note.mark for note in born.footnotes] == [str(n) for n in range(1, 12)]
    assert all(note.anchor is not None for note in born.footnotes)
    ours, theirs = ({document.text[b.start : b.end] for b in document.blocks} for document in (born, text))
    assert theirs <= ours
    letterhead = {born.text[b.start : b.end] for b in born.blocks if b.kind.value == "letterhead"}
    assert ours - theirs <= letterhead
