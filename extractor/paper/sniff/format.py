"""What a file is, judged by its bytes and never by its name; whatever cannot be a report is refused in one sentence.

In: the first and last bytes of a file. Out: one of ``KINDS``, or ``UnreadableFile``. A file that is two things at once
(a PDF that is also a ZIP or a program) is refused, for two readers would see two documents. Nothing is parsed here.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import PurePath

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.sniff.legacy_encoding import are_letters
from extractor.paper.sniff.messages import locked

HEAD = 4096  # bytes that show what a file is; PDF allows 1,024 bytes of anything before its mark
TAIL = 66_000  # a ZIP's directory ends within its last 65,557 bytes
NAME_LIMIT = 120  # characters of a file name that a message repeats

RTF = b"{\\rtf"
_ZIP, _ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
_SCANS = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n": "PNG",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"\x00\x00\x00\x0cjP": "JPEG 2000",
    b"\xff\x4f\xff\x51": "JPEG 2000",
}  # what scanners and copiers make
_IMAGES = {b"GIF8": "GIF", b"BM": "BMP", b"RIFF": "WebP"}
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_ARCHIVES = {b"Rar!": "RAR", b"7z\xbc\xaf\x27\x1c": "7-Zip", b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz"}
_PAPERS = {b"%!PS": "PostScript", b"AT&TFORM": "DjVu", b"ITSF": "CHM", b"\x00\x01\x00\x00Standard": "Access"}
_SHORTCUTS = (b"L\x00\x00\x00\x01\x14\x02\x00", b"[InternetShortcut]")
_SEALED = re.compile(rb"0[\x80-\x84][\x00-\xff]{0,4}\x06\x09\x2a\x86H\x86\xf7\x0d\x01\x07")  # CMS: signed or encrypted
_PHONES = {b"hei": "HEIC", b"hev": "HEIC", b"mif": "HEIC", b"msf": "HEIC", b"avi": "AVIF"}  # brands of ISO media files
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KINDS = frozenset({"pdf", "docx", "doc", "rtf", "odt", "ods", "html", "mail", "picture", "text"})
SUFFIXES = frozenset(
    {".doc", ".docx", ".htm", ".html", ".jp2", ".jpeg", ".jpg", ".md", ".ods", ".odt", ".pdf", ".png", ".rtf", ".tif"}
    | {".tiff", ".txt", ".xls", ".xlsm", ".xlsx"}
)
"""What is taken from a folder or an archive; a file that is named itself is opened whatever it is called."""

LOCKED = "EncryptedPackage".encode("utf-16-le")  # how a locked .docx names its content
_OPEN = {b"text": "odt", b"spreadsheet": "ods"}  # OpenDocument says first what it is
_OPEN_KIND = b"mimetypeapplication/vnd.oasis.opendocument."
_HEADER = re.compile(rb"\A\s*(?:[A-Za-z][A-Za-z-]{1,40}:[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*){2,}")
_MAIL = re.compile(rb"^(?:mime-version|message-id|return-path|received|x-mailer):", re.IGNORECASE | re.MULTILINE)
_NOT_TEXT = frozenset(range(32)) - {9, 10, 12, 13, 27}


def shown(name: str) -> str:
    r"""A file name that is safe to print: composed letters, no control or direction characters, not endless.

    >>> shown("báo cáo\u202efdp.exe")
    'báo cáofdp.exe'
    """
    plain = PurePath(name.replace("\\", "/")).name or name
    clean = "".join(
        letter
        for letter in unicodedata.normalize("NFC", plain)
        if unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
    )
    return clean if len(clean) <= NAME_LIMIT else clean[: NAME_LIMIT - 1] + "…"


def judge(head: bytes, tail: bytes, name: str) -> str:
    """The format of a file that begins with ``head`` and ends with ``tail``, one of ``KINDS``.

    A "docx" may still be another kind of ZIP, a "doc" another old office file: their directories say so. Raises
    UnreadableFile for all else: programs, archives, two things at once.
    """
    name = shown(name)
    _refuse_other_kinds(head, name)
    if head.startswith(OLE):
        if LOCKED in head or LOCKED in tail:
            raise locked(name)
        return "doc"
    is_pdf, is_zip = b"%PDF-" in head[:1024], head.startswith(_ZIP)
    if is_pdf and (is_zip or _ends_as_zip(tail)):
        raise UnreadableFile(name, Result.REFUSED, "file.pdf_and_zip")
    if is_pdf:
        return "pdf"
    if is_zip:
        return _OPEN.get(_open_kind(head), "docx")
    if picture_kind(head):
        return "picture"
    return _judge_text(head, name)


def _refuse_other_kinds(head: bytes, name: str) -> None:
    """Raises UnreadableFile where a file is a picture, a program or an archive by its first bytes."""
    for mark, kind in _IMAGES.items():
        if head.startswith(mark) and (mark != b"RIFF" or head[8:12] == b"WEBP"):
            raise _picture(name, kind)
    if head[4:8] == b"ftyp":
        brand = _PHONES.get(head[8:11])
        raise _picture(name, brand) if brand else UnreadableFile(name, Result.REFUSED, "file.unknown")
    if head.startswith(_SHORTCUTS):
        raise UnreadableFile(name, Result.REFUSED, "file.shortcut")
    if _SEALED.match(head):
        raise UnreadableFile(name, Result.REFUSED, "file.sealed")
    for mark, kind in _PAPERS.items():
        if head.startswith(mark):
            raise UnreadableFile(name, Result.REFUSED, "file.to_print", kind=kind)
    if head.startswith(_PROGRAMS):
        raise UnreadableFile(name, Result.REFUSED, "file.program")
    for mark, kind in _ARCHIVES.items():
        if head.startswith(mark):
            raise UnreadableFile(name, Result.REFUSED, "file.archive", kind=kind)


def _open_kind(head: bytes) -> bytes:
    """Which document of OpenDocument a ZIP says it is, empty where it is none."""
    found = re.match(rb"[a-z]+", head[30 + len(_OPEN_KIND) :]) if head.startswith(_OPEN_KIND, 30) else None
    return found[0] if found else b""


def picture_kind(head: bytes) -> str | None:
    """The name of the kind of picture that begins with ``head``, where it is one that scanners make."""
    return next((kind for mark, kind in _SCANS.items() if head.startswith(mark)), None)


def _judge_text(head: bytes, name: str) -> str:
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    low = start[:64].lower()
    if low.startswith(RTF):
        return "rtf"
    if low.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<meta")) or _is_xhtml(low, start):
        return "html"
    if low.startswith(b"<?xml"):
        raise UnreadableFile(name, Result.REFUSED, "file.xml")
    if (headers := _HEADER.match(start)) and _MAIL.search(headers[0]):
        return "mail"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or wide_codec(head):
        return "text"
    if (controls := _NOT_TEXT & set(head)) and not are_letters(controls, head):
        raise UnreadableFile(name, Result.REFUSED, "file.unknown")
    return "text"


def wide_codec(head: bytes) -> str | None:
    """Which UTF-16 bytes without a mark are, told by the zeros of every second byte; None where they are none.

    >>> wide_codec("Báo cáo quý I".encode("utf-16-be")), wide_codec(b"Bao cao"), wide_codec(bytes(range(16)) * 4)
    ('utf-16-be', None, None)
    """
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) < 4 or (even + odd) * 4 <= len(head) or min(even, odd) * 20 > max(even, odd):
        return None
    codec = "utf-16-le" if odd >= even else "utf-16-be"
    letters = head[: len(head) // 2 * 2].decode(codec, "replace")
    return None if any(ord(letter) < ord(" ") and not letter.isspace() for letter in letters) else codec


def _is_xhtml(low: bytes, start: bytes) -> bool:
    return low.startswith((b"<?xml", b"<!--")) and b"<html" in start.lower()


def _picture(name: str, kind: str) -> UnreadableFile:
    called = PurePath(name).suffix.lower()
    key = "file.picture_misnamed" if called in SUFFIXES else "file.picture"
    return UnreadableFile(name, Result.REFUSED, key, kind=kind, called=called.lstrip(".").upper())


def _ends_as_zip(tail: bytes) -> bool:
    """Whether a ZIP's directory closes the file: its end record, with a comment that reaches exactly to the end."""
    at = tail.rfind(_ZIP_END)
    return at >= 0 and len(tail) - at >= 22 and at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail)
