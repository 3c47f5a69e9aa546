"""Mails and web archives: what they carry is read, what adorns them is not."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from extractor.archive.batch.discover import Shelf
from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.mail import open_mail
from extractor.paper.read import read_document
from tests.waiting import starts_processes

REPORT = "Số: 5/BC-UBND\n\nBÁO CÁO\n\nQuý I năm 2023 thu ngân sách ước 56.057 triệu đồng, đạt 10,9% kế hoạch.\n"
ARCHIVE = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    b'--b\r\nContent-Location: file:///C:/a.htm\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n'
    b"<html><p>Thu ng\xc3\xa2n s\xc3\xa1ch \xc4\x91\xe1\xba\xa1t 56.057 tri\xe1\xbb\x87u \xc4\x91\xe1\xbb\x93ng, "
    b"b\xe1\xba\xb1ng 10,9% k\xe1\xba\xbf ho\xe1\xba\xa1ch.</p></html>\r\n"
    b"--b\r\nContent-Location: file:///C:/a.png\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"iVBORw0KGgo=\r\n--b--\r\n"
)


def mail(*attached: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "a@x.vn", "Báo cáo quý I", "<1@x.vn>"
    message.set_content("Kính gửi báo cáo kèm theo.")
    message.add_related(b"\x89PNG\r\n", maintype="image", subtype="png", cid="<logo>", filename="logo.png")
    for name in attached:
        message.add_attachment(REPORT.encode(), maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_attachments_come_without_what_adorns_the_page() -> None:
    assert [part.name for part in open_mail(mail("báo cáo.md", "../phụ lục.txt"))] == ["báo cáo.md", "phụ lục.txt"]
    assert [(part.name, part.content.strip()) for part in open_mail(mail())] == [
        ("1.txt", "Kính gửi báo cáo kèm theo.".encode())
    ]
    assert open_mail(b" ") == []


@starts_processes
@pytest.mark.parametrize("data", [mail("báo cáo.md"), ARCHIVE], ids=["mail", "archive"])
def test_the_one_document_of_a_mail_is_read(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "thu.eml"
    path.write_bytes(data)
    document = read_document(path)
    assert "56.057 triệu đồng" in document.text
    assert document.source is not None
    assert (document.source.name, document.source.size) == ("thu.eml", len(data))


@starts_processes
def test_of_several_the_reader_is_told_the_names(tmp_path: Path) -> None:
    path = tmp_path / "thu.eml"
    path.write_bytes(mail("a.md", "b.md"))
    with pytest.raises(UnreadableFile) as caught:
        read_document(path)
    assert caught.value.result is Result.REFUSED
    assert "a.md, b.md" in caught.value.vi


def test_a_shelf_takes_all_that_a_mail_carries(tmp_path: Path) -> None:
    (tmp_path / "thu.eml").write_bytes(mail("a.md", "b.exe", "sub/c.txt"))
    (tmp_path / "trang.mht").write_bytes(ARCHIVE)
    found = {one.path.rpartition("/")[2]: one for one in Shelf([str(tmp_path)])}
    assert sorted(found) == ["1.html", "a.md", "c.txt"]
    assert found["a.md"].content.decode() == REPORT
