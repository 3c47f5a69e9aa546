"""Looks a Word package over before anybody unpacks it: a ZIP can promise little and become gigabytes.

In: the bytes of a ZIP. Out: nothing, or ``UnreadableFile``. Checked: that it is a Word document at all, how many
parts it has, what they unpack to, that they do not overlap, are not locked, hold no further archive, and that no part
declares a document type or entity of its own, for what stands behind an entity would be lost in silence. Nothing is
written to disk.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from itertools import pairwise

from extractor.errors import UnreadableFile
from extractor.paper.limits import DEFAULT, MB, Limits
from extractor.records import Result

CHUNK = 64 * 1024
BODY = "word/document.xml"
_OTHERS = {
    "xl/workbook.xml": ("bảng tính Excel", "an Excel workbook"),
    "ppt/presentation.xml": ("bản trình chiếu PowerPoint", "a PowerPoint presentation"),
    "content.xml": ("tệp OpenDocument", "an OpenDocument file"),
}
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08")
_EMBEDDED = ("word/embeddings/", "customXml/")  # spreadsheets behind charts are archives and are never opened


def check_package(data: bytes, name: str, limits: Limits = DEFAULT) -> None:
    """Raises UnreadableFile where ``data`` is no Word document or cannot be unpacked safely."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            _check_kind(entries, name)
            _check_directory(entries, name, limits)
            _check_parts(package, entries, name, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        raise _damaged(name) from error


def _check_kind(entries: list[zipfile.ZipInfo], name: str) -> None:
    names = {entry.filename for entry in entries}
    if BODY in names:
        return
    for part, (vi, en) in _OTHERS.items():
        if part in names:
            raise UnreadableFile(
                name,
                Result.REFUSED,
                f"{name}: là {vi}, không phải báo cáo Word. Hãy xuất thành PDF hoặc lưu phần lời thành .docx.",
                f"{name}: is {en}, not a Word report. Export it to PDF or save its text as .docx.",
            )
    raise UnreadableFile(
        name,
        Result.REFUSED,
        f"{name}: là tệp nén ZIP, không phải tệp Word. Hãy giải nén rồi đưa vào từng báo cáo bên trong.",
        f"{name}: is a ZIP archive, not a Word file. Unpack it and pass the reports inside.",
    )


def _check_directory(entries: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    """What the directory says must already be believable: number, sizes, places of the parts."""
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unpacked:
        raise _too_large(name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile(
            name,
            Result.ENCRYPTED,
            f"{name}: tệp Word đặt mật khẩu. Hãy mở bằng Word, gỡ mật khẩu rồi lưu lại.",
            f"{name}: the Word file is locked by a password. Open it in Word, remove the password and save it.",
        )
    places = sorted((entry.header_offset, entry.header_offset + 30 + entry.compress_size) for entry in entries)
    if any(end > start for (_, end), (start, _) in pairwise(places)):
        raise _suspect(name, "các phần chồng lên nhau", "its parts overlap")
    if len({entry.filename for entry in entries}) < len(entries):
        raise _suspect(name, "có hai phần trùng tên", "two parts bear the same name")


def _check_parts(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    """What the parts really unpack to, and what their first bytes and XML declarations say."""
    total = 0
    for entry in entries:
        is_xml = entry.filename.endswith((".xml", ".rels"))
        size = 0
        carry = b""
        with package.open(entry) as part:
            while chunk := part.read(CHUNK):
                if not size and chunk.startswith(_ARCHIVES) and not entry.filename.startswith(_EMBEDDED):
                    raise _suspect(name, "chứa một tệp nén khác bên trong", "it holds another archive")
                size += len(chunk)
                total += len(chunk)
                if size > limits.part or total > limits.unpacked:
                    raise _too_large(name)
                if size > MB and size > limits.ratio * max(entry.compress_size, 1):
                    raise _too_large(name)
                if is_xml:
                    window = carry + chunk
                    if _declares(window):
                        raise _suspect(name, "phần XML khai báo DOCTYPE/ENTITY", "its XML declares a DOCTYPE or ENTITY")
                    carry = window[-32:]


def _declares(window: bytes) -> bool:
    """Whether bytes of XML open a document type or entity declaration, in UTF-8 or UTF-16."""
    plain = window.replace(b"\x00", b"") if b"\x00" in window else window
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        Result.DAMAGED,
        f"{name}: tệp Word bị hỏng hoặc bị cắt cụt. Hãy sao chép lại từ bản gốc, hoặc mở bằng Word và lưu lại.",
        f"{name}: the Word file is damaged or cut short. Copy it again from the original, or open and save it in Word.",
    )


def _too_large(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        Result.TOO_LARGE,
        f"{name}: khi giải nén, tệp Word này lớn hơn mọi báo cáo thật. Nếu tin tệp, hãy mở bằng Word và xuất "
        "thành PDF.",
        f"{name}: unpacked, this Word file is larger than any real report. If you trust it, export it to PDF from "
        "Word.",
    )


def _suspect(name: str, vi: str, en: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        Result.REFUSED,
        f"{name}: tệp Word được ghép bất thường ({vi}) nên không đọc. Nếu tin tệp, hãy mở bằng Word và lưu lại.",
        f"{name}: the Word file is built in an unusual way ({en}) and is not read. If you trust it, save it anew "
        "in Word.",
    )
