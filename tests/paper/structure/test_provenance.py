"""Every span of a decoded document leads back to the letters in the file."""

from __future__ import annotations

from pathlib import Path

from extractor.domain.document import Document, Source
from extractor.paper.sniff.legacy_encoding import decode
from extractor.paper.structure.assemble import assemble
from extractor.paper.structure.provenance import original_span
from extractor.paper.text.reader import read_text_bytes
from extractor.paper.word.reader import read_docx

FILE = "Tæng thu ng©n s¸ch ­íc ®¹t 12 tû ®ång[1], t¨ng 5% so cïng kú.\n\n[1] ThuÕ ®¹t 3 tû ®ång.\n"


def read(data: bytes) -> Document:
    flow = read_text_bytes(data, "cũ.txt")
    return assemble(flow.pieces, Source("cũ.txt", "", flow.format, len(data), 0, flow.encoding, flow.original))


def test_spans_lead_back() -> None:
    document = read(FILE.encode("latin-1"))
    original = document.source.original if document.source else None
    assert original
    for quote, as_typed in (
        ("12 tỷ đồng", "12 tû ®ång"),
        ("5%", "5"),
        ("3 tỷ đồng", "3 tû ®ång"),
        ("Tổng thu", "Tæng thu"),
    ):
        start = document.text.index(quote)
        span = original_span(document, start, start + len(quote))
        assert span and original[slice(*span)] == as_typed


def test_unicode_documents_have_no_other_original() -> None:
    document = read("Tổng thu ước đạt 12 tỷ đồng".encode())
    assert original_span(document, 0, 4) is None


def test_every_block_of_the_real_report_leads_back(shared: Path) -> None:
    data = (shared / "reports/kien-an-2023-q1.tcvn3.docx").read_bytes()
    flow = read_docx(data, "a.docx")
    document = assemble(flow.pieces, Source("a.docx", "", "docx", len(data), 0, flow.encoding, flow.original))
    assert flow.original
    for block in document.blocks[:-1]:  # the last paragraph was typed in Unicode
        span = original_span(document, block.start, block.end)
        assert span
        decoded = decode(flow.original[slice(*span)], "tcvn3")[0]
        assert decoded.lower() in document.text[block.start : block.end].lower()
    assert original_span(document, document.blocks[-1].start, document.blocks[-1].end) is None
