"""Word files from before 2007 (``.doc``, ``.rtf``), through a program that can read them.

In come the bytes of an OLE or RTF file, out comes the ``Flow`` of what LibreOffice makes of it as ``.docx`` (it keeps
real notes, tables and fonts), else, for a ``.doc``, of antiword's plain text (notes as ``[1]``). Both are optional
programs of the machine; where neither is installed the message says what to install. The program runs in a folder of
its own, is held to time and memory (``outside_program``), and never runs macros.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.sandbox.outside_program import run_outside
from extractor.paper.sniff.format import LOCKED, OLE, RTF
from extractor.paper.sniff.messages import damaged, locked
from extractor.paper.structure.flow import Flow
from extractor.paper.text.reader import read_text_bytes
from extractor.paper.word.reader import read_docx

_POINTS = (b"INCLUDEPICTURE", b"INCLUDETEXT", b"\\*\\TEMPLATE")
_WORD = "WordDocument".encode("utf-16-le")


def read_doc(data: bytes, name: str) -> Flow:
    """The flow of an old Word file.

    Raises UnreadableFile: encrypted, damaged, too slow, or refused where no program on this machine can read it.
    """
    if data.lstrip()[: len(RTF)].lower() == RTF:
        return _read_rtf(data, name)
    if not data.startswith(OLE):
        raise damaged(name)
    if LOCKED in data:
        raise locked(name)
    if _WORD not in data:
        raise UnreadableFile(name, Result.REFUSED, "file.old_office")
    with TemporaryDirectory(prefix="solieu-") as folder:
        source = Path(folder) / "source.doc"
        source.write_bytes(data)
        if office := shutil.which("soffice") or shutil.which("libreoffice"):
            converted = _convert(office, source, name)
            if converted is not None:
                return replace(read_docx(converted, name), format="doc")
        if antiword := shutil.which("antiword"):
            text = run_outside([antiword, "-m", "UTF-8.txt", "-w", "0", str(source)], source.parent, name)
            if not text.strip():
                raise damaged(name)
            return replace(read_text_bytes(text, name), format="doc")
    raise UnreadableFile(name, Result.REFUSED, "file.old_doc")


def _read_rtf(data: bytes, name: str) -> Flow:
    """Rich text through LibreOffice; refused where it points to other files, which LibreOffice might fetch."""
    if any(word in data.upper() for word in _POINTS):
        raise UnreadableFile(name, Result.REFUSED, "file.rtf_points")
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise UnreadableFile(name, Result.REFUSED, "file.old_rtf")
    with TemporaryDirectory(prefix="solieu-") as folder:
        source = Path(folder) / "source.rtf"
        source.write_bytes(data)
        converted = _convert(office, source, name)
    if converted is None:
        raise damaged(name)
    return replace(read_docx(converted, name), format="rtf")


def _convert(office: str, source: Path, name: str) -> bytes | None:
    """What LibreOffice makes of ``source`` as .docx, or None where it makes nothing."""
    profile = source.parent / "profile"  # a profile of its own: no other window is disturbed, no macro is trusted
    run_outside(
        [
            office,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            str(source.parent),
            str(source),
        ],
        source.parent,
        name,
    )
    made = source.with_suffix(".docx")
    return made.read_bytes() if made.is_file() else None
