"""Office files that only another program can open: old Word and Excel (``.doc``, ``.rtf``, ``.xls``), OpenDocument.

In come the bytes, out comes the ``Flow`` of what LibreOffice makes of them as ``.docx`` (it keeps real notes, tables
and fonts) or ``.xlsx`` (it keeps the numbers of the cells), else, for a ``.doc``, of antiword's plain text (notes as
``[1]``). Both are optional programs of the machine; where neither is installed the message says what to install. A
file that points to others is refused, for LibreOffice might fetch them. The program is held to time and memory
(``outside_program``), and never runs macros.
"""

from __future__ import annotations

import re
import shutil
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.sandbox.outside_program import run_outside
from extractor.paper.sniff.format import LOCKED, OLE, RTF
from extractor.paper.sniff.messages import damaged, locked
from extractor.paper.spreadsheet.reader import read_xlsx
from extractor.paper.structure.flow import Flow
from extractor.paper.text.reader import read_text_bytes
from extractor.paper.word.libreoffice import convert, find_office
from extractor.paper.word.package import open_package
from extractor.paper.word.reader import read_docx

_POINTS = (b"INCLUDEPICTURE", b"INCLUDETEXT", b"\\*\\TEMPLATE")
_WORD = "WordDocument".encode("utf-16-le")
_BOOKS = ("Workbook".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
_OUTLOOK = "__properties_version1.0".encode("utf-16-le")  # how a mail of Outlook names its properties
_LEADS_OUT = re.compile(
    rb"<(?!text:a[ >]|draw:a[ >])[\w:-]+\s[^<>]*xlink:href=\"(?:[a-z]+://|/|\.\./)|WEBSERVICE\(|\bDDE\(", re.IGNORECASE
)  # what a hyperlink points to is fetched when somebody clicks on it, not when the file is opened


def read_outside(data: bytes, kind: str, name: str) -> Flow:
    """The flow of a file of the kind "doc", "rtf", "odt" or "ods" (by its first bytes).

    Raises UnreadableFile: encrypted, damaged, too slow, too large, or refused where no program here can read it.
    """
    return _read_open(data, kind, name) if kind in ("odt", "ods") else read_doc(data, name)


def read_doc(data: bytes, name: str) -> Flow:
    """The flow of an old Word or Excel file; raises as ``read_outside``."""
    if data.lstrip()[: len(RTF)].lower() == RTF:
        return _read_rtf(data, name)
    if not data.startswith(OLE):
        raise damaged(name)
    if LOCKED in data:
        raise locked(name)
    if _WORD not in data:
        if any(book in data for book in _BOOKS):
            return _through_office(data, "xls", name)
        raise UnreadableFile(name, Result.REFUSED, "file.outlook" if _OUTLOOK in data else "file.old_office")
    if office := find_office():
        converted = convert(office, data, "doc", "docx", name)
        if converted is not None:
            return replace(read_docx(converted, name), format="doc")
    if antiword := shutil.which("antiword"):
        with TemporaryDirectory(prefix="solieu-") as folder:
            source = Path(folder) / "source.doc"
            source.write_bytes(data)
            text = run_outside([antiword, "-m", "UTF-8.txt", "-w", "0", str(source)], source.parent, name)
        if not text.strip():
            raise damaged(name)
        return replace(read_text_bytes(text, name), format="doc")
    raise UnreadableFile(name, Result.REFUSED, "file.old_doc")


def _read_rtf(data: bytes, name: str) -> Flow:
    """Rich text; refused where it points to other files."""
    if any(word in data.upper() for word in _POINTS):
        raise _points(name, "RTF")
    return _through_office(data, "rtf", name)


def _read_open(data: bytes, kind: str, name: str) -> Flow:
    """A text or a workbook of OpenDocument."""
    package = open_package(data, name)
    try:
        parts = {part: package.archive.read(part) for part in package.archive.namelist() if part.endswith(".xml")}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise damaged(name) from error
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise locked(name)
    if any(_LEADS_OUT.search(part) for part in parts.values()):
        raise _points(name, kind.upper())
    return _through_office(data, kind, name)


def _through_office(data: bytes, kind: str, name: str) -> Flow:
    """The flow of what LibreOffice makes of the file, and of nothing else."""
    office = find_office()
    if office is None:
        raise UnreadableFile(name, Result.REFUSED, "file.needs_office", kind=f".{kind}")
    is_book = kind in ("xls", "ods")
    converted = convert(office, data, kind, "xlsx" if is_book else "docx", name)
    if converted is None:
        raise damaged(name)
    flow = read_xlsx(converted, name) if is_book else read_docx(converted, name)
    return replace(flow, format=kind)


def _points(name: str, kind: str) -> UnreadableFile:
    return UnreadableFile(name, Result.REFUSED, "file.points_outside", kind=kind)
