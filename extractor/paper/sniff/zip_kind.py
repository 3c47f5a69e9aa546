"""Which ZIP a ZIP is: Word's, Excel's, OpenDocument's, or just a bundle of files.

In: the bytes of a ZIP. Out: nothing where it is a Word document that looks built by Word, else ``UnreadableFile``.
Only the directory and the first bytes of parts are read; sizes, locks and XML are ``package``'s business, which opens
it.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.sandbox.limits import DEFAULT, Limits
from extractor.paper.sniff.messages import damaged
from extractor.paper.word.package import too_large

_WORD = ("word/document.xml", "word/document2.xml")
_OTHERS = {
    "xl/workbook.xml": ("bảng tính Excel", "an Excel workbook"),
    "ppt/presentation.xml": ("bản trình chiếu PowerPoint", "a PowerPoint presentation"),
    "content.xml": ("tệp OpenDocument", "an OpenDocument file"),
}
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08")
_EMBEDDED = ("word/embeddings/", "customXml/")  # spreadsheets behind charts are archives, and are never opened


def check_zip(data: bytes, name: str, limits: Limits = DEFAULT) -> None:
    """Raises UnreadableFile where ``data`` is no Word document, or one that hides an archive or names a part twice."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            entries = bundle.infolist()
            if len(entries) > limits.entries:
                raise too_large(name)
            names = [entry.filename for entry in entries]
            _check_kind(names, name)
            if len(set(names)) < len(names):
                raise _suspect(name, "có hai phần trùng tên", "two parts bear the same name")
            for entry in entries:
                if (
                    entry.flag_bits & 1
                    or entry.filename.startswith(_EMBEDDED)
                    or entry.filename.endswith((".xml", ".rels"))
                ):
                    continue
                with bundle.open(entry) as part:
                    if part.read(8).startswith(_ARCHIVES):
                        raise _suspect(name, "chứa một tệp nén khác bên trong", "it holds another archive")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise damaged(name) from error


def _check_kind(names: list[str], name: str) -> None:
    if any(part in names for part in _WORD):
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


def _suspect(name: str, vi: str, en: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        Result.REFUSED,
        f"{name}: tệp Word được ghép bất thường ({vi}) nên không đọc. Nếu tin tệp, hãy mở bằng Word và lưu lại.",
        f"{name}: the Word file is built in an unusual way ({en}) and is not read. If you trust it, save it anew.",
    )
