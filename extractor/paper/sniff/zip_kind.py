"""Which ZIP a ZIP is: Word's, Excel's, OpenDocument's, or just a bundle of files.

In: the bytes of a ZIP. Out: "docx" or "xlsx" where it looks built by Word or Excel, else ``UnreadableFile``.
Only the directory and the first bytes of parts are read; sizes, locks and XML are ``package``'s business, which opens
it.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.domain.messages import Message
from extractor.paper.sandbox.limits import DEFAULT, Limits
from extractor.paper.sniff.messages import damaged
from extractor.paper.word.package import too_large

_WORD = ("word/document.xml", "word/document2.xml")
_BOOK = "xl/workbook.xml"
_OTHERS = {
    "xl/workbook.bin": "office.excel",
    "ppt/presentation.xml": "office.powerpoint",
    "content.xml": "office.opendocument",
}
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08")
_EMBEDDED = (
    "word/embeddings/",
    "xl/embeddings/",
    "customXml/",
)  # spreadsheets behind charts are archives, and are never opened


def check_zip(data: bytes, name: str, limits: Limits = DEFAULT) -> str:
    """What ``data`` is: "docx" or "xlsx".

    Raises UnreadableFile where it is neither, or hides an archive, or names a part twice.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            entries = bundle.infolist()
            if len(entries) > limits.entries:
                raise too_large(name)
            names = [entry.filename for entry in entries]
            kind = _kind_of(names, name)
            if len(set(names)) < len(names):
                raise _suspect(name, "word.part_twice")
            for entry in entries:
                if (
                    entry.flag_bits & 1
                    or entry.filename.startswith(_EMBEDDED)
                    or entry.filename.endswith((".xml", ".rels"))
                ):
                    continue
                with bundle.open(entry) as part:
                    if part.read(8).startswith(_ARCHIVES):
                        raise _suspect(name, "word.archive_inside")
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise damaged(name) from error


def _kind_of(names: list[str], name: str) -> str:
    if any(part in names for part in _WORD):
        return "docx"
    if _BOOK in names:
        return "xlsx"
    for part, kind in _OTHERS.items():
        if part in names:
            raise UnreadableFile(name, Result.REFUSED, "file.other_office", kind=Message(kind))
    raise UnreadableFile(name, Result.REFUSED, "file.zip")


def _suspect(name: str, reason: str) -> UnreadableFile:
    return UnreadableFile(name, Result.REFUSED, "file.word_unusual", reason=Message(reason))
