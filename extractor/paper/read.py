"""A path becomes a Document: the one way in for every format.

``read_document`` is the guarded way: it looks at the file, refuses what can be no report, and lets a child process read
the rest. ``read_in_process`` does the reading itself; the child and the tests call it. Out of both comes a Document or
``UnreadableFile`` with its result class and a sentence, and nothing else, whatever the libraries underneath raise.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.domain.document import Document, Fault, Result, Source, Stage
from extractor.domain.errors import SolieuError, UnreadableFile
from extractor.domain.messages import Message
from extractor.domain.news import PageNews, quiet
from extractor.paper.sandbox.limits import DEFAULT, MB, Limits
from extractor.paper.sniff.file import look_at, misnamed
from extractor.paper.sniff.format import HEAD, TAIL, judge, picture_kind, shown
from extractor.paper.sniff.messages import damaged, wordless

if TYPE_CHECKING:
    from extractor.paper.mail import Part
    from extractor.paper.pdf.reader import PdfReading
    from extractor.paper.structure.flow import Flow

_log = logging.getLogger(__name__)

SCRAP = 200  # bytes: plain text this short under the name of a PDF is what a failed copy or download leaves
OUTSIDE = frozenset({"doc", "rtf", "odt", "ods"})  # formats that a program of the machine opens
OTHER_NAMES = (".pdf", ".docx", ".doc")
INLINE = 2 * MB  # plain text up to this size is read in this process: no library stands between us and it


def read_document(path: Path, *, limits: Limits = DEFAULT, progress: PageNews = quiet) -> Document:
    """The document in the file at ``path``, read in a child process that is held to ``limits``.

    ``progress`` is told how many scanned pages are read: a person waits for each of them.

    Raises UnreadableFile; plain text is read here, for its reading is ours and costs no start-up, and so is what an
    outside program has made of an old Word file.
    """
    size, kind = look_at(path, limits)
    if kind in OUTSIDE or (kind == "text" and size <= INLINE):
        return read_in_process(path, limits=limits)
    from extractor.paper.sandbox.reader import shared_reader

    return shared_reader().read(path, size=size, limits=limits, progress=progress)


def warm_up(path: Path | None = None) -> None:
    """Starts the reading child now and does not wait; with a ``path``, only if that file is one for the child."""
    if path is not None:
        try:
            size, kind = look_at(path)
        except UnreadableFile:
            return
        if kind == "text" and size <= INLINE:
            return
    from extractor.paper.sandbox.reader import shared_reader

    shared_reader().warm_up()


def read_in_process(path: Path, *, limits: Limits = DEFAULT, progress: PageNews = quiet) -> Document:
    """The document in the file at ``path``, read right here without a guard; raises UnreadableFile and nothing else.

    ``progress`` is called for each page that took long by nature, a scanned one.
    """
    name = shown(path.name)
    try:
        _, kind = look_at(path, limits)
        data = path.read_bytes()
        source = Source(name, hashlib.sha256(data).hexdigest(), kind, len(data))
        document = _read(data, kind, source, limits, progress)
        _log.info("%s: %s, %d bytes, %d pages, %d letters", name, kind, len(data), _pages(document), len(document.text))
        return document
    except (SolieuError, MemoryError, ImportError):
        raise
    except Exception as error:  # the libraries raise anything on damaged files
        raise damaged(name) from error


def _pages(document: Document) -> int:
    return document.source.pages if document.source else 0


def _read(data: bytes, kind: str, source: Source, limits: Limits, progress: PageNews) -> Document:
    from extractor.paper.sniff.lost_letters import find_losses
    from extractor.paper.structure.assemble import assemble

    if kind == "pdf":
        return _read_pdf(data, source, limits, progress)
    if kind == "picture":
        return _read_picture(data, source, limits, progress)
    if kind == "mail":
        return _read_mail(data, source, limits, progress)
    flow = _flow(data, kind, source.name, limits)
    source = replace(source, format=flow.format, pages=flow.pages, encoding=flow.encoding, original=flow.original)
    document = replace(_not_empty(assemble(flow.pieces, source), source.name), faults=flow.faults)
    return _read_in_part(document, find_losses(document))


def _flow(data: bytes, kind: str, name: str, limits: Limits) -> Flow:
    """The flow of any file that has no pages."""
    if kind == "docx":
        from extractor.paper.sniff.zip_kind import check_zip
        from extractor.paper.spreadsheet.reader import read_xlsx
        from extractor.paper.word.reader import read_docx

        return read_docx(data, name) if check_zip(data, name, limits) == "docx" else read_xlsx(data, name)
    if kind in OUTSIDE:
        from extractor.paper.word.legacy_doc import read_outside

        return read_outside(data, kind, name)
    if kind == "html":
        from extractor.paper.text.html import read_html

        return read_html(data, name)
    from extractor.paper.text.reader import read_text_bytes

    flow = read_text_bytes(data, name)
    if len(data) <= SCRAP and name.lower().endswith(OTHER_NAMES):
        raise misnamed(name, len(data))
    return flow


def _read_mail(data: bytes, source: Source, limits: Limits, progress: PageNews) -> Document:
    """The document that a mail carries, where it carries one; a shelf takes in mails with many."""
    from extractor.paper.mail import open_mail

    parts: list[tuple[str, Part]] = []
    refusals: list[UnreadableFile] = []
    for part in open_mail(data):
        try:
            kind = judge(part.content[:HEAD], part.content[-TAIL:], part.name)
        except UnreadableFile as refusal:
            refusals.append(refusal)
        else:
            parts += [(kind, part)] if kind != "mail" else []
    if len(parts) > 1:
        names = ", ".join(part.name for _, part in parts)
        raise UnreadableFile(source.name, Result.REFUSED, "file.mail_many", count=len(parts), names=shown(names))
    if not parts:
        raise refusals[0] if refusals else wordless(source.name)
    [(kind, part)] = parts
    return _read(part.content, kind, replace(source, format=kind), limits, progress)


def _read_picture(data: bytes, source: Source, limits: Limits, progress: PageNews) -> Document:
    """The document on a picture's pages, read as the scan that it is."""
    from extractor.paper.pdf.picture_pages import bind_pictures
    from extractor.paper.pdf.reader import open_pdf

    bound = bind_pictures(data, source.name, limits)
    kind = (picture_kind(data) or "").lower()
    reading = open_pdf(bound.pdf, source.name, limits, progress)
    scanned = tuple(page for page in reading.scanned if page not in bound.failed)
    reading = replace(reading, scanned=scanned, failed=(*reading.failed, *bound.failed), producer=None)
    return _lay_out(reading, replace(source, format=kind))


def _read_pdf(data: bytes, source: Source, limits: Limits, progress: PageNews) -> Document:
    from extractor.paper.pdf.reader import open_pdf

    return _lay_out(open_pdf(data, source.name, limits, progress), source)


def _lay_out(reading: PdfReading, source: Source) -> Document:
    """The document of the pieces on pages, with a word on the pages that gave none."""
    from extractor.paper.sniff.legacy_encoding import refuse_lost_glyphs
    from extractor.paper.sniff.lost_letters import find_losses
    from extractor.paper.structure.assemble import assemble

    name = source.name
    if not reading.pieces and reading.scanned and any(fault.stage is Stage.RECOGNITION for fault in reading.faults):
        raise _unrecognised(name, reading.faults)
    if not reading.pieces and reading.scanned:
        raise _unread_scan(name, len(reading.scanned))
    source = replace(
        source,
        pages=reading.pages,
        encoding=reading.encoding,
        original=reading.original,
        producer=reading.producer,
        dpi=reading.dpi,
    )
    document = replace(_not_empty(assemble(reading.pieces, source), name), faults=reading.faults)
    refuse_lost_glyphs(document.text, name)
    unread = [
        *find_losses(document),
        *(Message("page.scan", {"page": page}) for page in reading.scanned),
        *(Message("page.not_opened", {"page": page}) for page in reading.failed),
    ]
    return _read_in_part(document, unread)


def _read_in_part(document: Document, missing: Sequence[Message]) -> Document:
    """The document, marked as read in part where something of the file is ``missing``."""
    if not missing or document.report.result is not Result.READ:
        return document
    vi, en = ("; ".join(part.say(language) for part in missing) for language in ("vi", "en"))
    return replace(document, report=replace(document.report, result=Result.READ_IN_PART, reason=vi, reason_en=en))


def _unread_scan(name: str, pages: int) -> UnreadableFile:
    """The refusal of a scan in which nothing was read: what is missing here, or what the page may be."""
    from extractor.paper.ocr.tesseract import find_tesseract

    program = find_tesseract()
    key = "file.no_tesseract" if program is None else "file.blank_scan" if program.vietnamese else "file.no_vietnamese"
    return UnreadableFile(name, Result.SCANNED, key, count=pages)


def _unrecognised(name: str, faults: Sequence[Fault]) -> UnreadableFile:
    """The refusal of a scan on which Tesseract gave no answer at all."""
    why = ", ".join(sorted({fault.kind for fault in faults}))
    return UnreadableFile(name, Result.SCANNED, "file.tesseract_silent", reason=why)


def _not_empty(document: Document, name: str) -> Document:
    if document.text.strip():
        return document
    raise wordless(name)
