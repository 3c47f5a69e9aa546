"""What each object of a page writes: found at once for the page, and the same as pdfium says object by object."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from extractor.paper.pdf import pdfium_handles as raw
from extractor.paper.pdf.text_layer import Writing
from tests.paper.press import Press

TEXT = "Quý I năm 2023 thu ngân sách ước thực hiện 56.057 triệu đồng^1, đạt 10,9% kế hoạch năm theo số 3757/QĐ-UBND."


def pages(pdf: pypdfium2.PdfDocument) -> Iterator[tuple[Any, int]]:
    for page in pdf:
        layer = raw.FPDFText_LoadPage(page)
        yield page, layer
        raw.FPDFText_ClosePage(layer)


def objects(page: Any) -> list[int]:
    found = [raw.FPDFPage_GetObject(page, i) for i in range(raw.FPDFPage_CountObjects(page))]
    return [item for item in found if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT]


def asked(item: int, layer: int) -> str:
    letters = (ctypes.c_ushort * 4096)()
    length = raw.FPDFTextObj_GetText(item, layer, letters, 4096)
    return ctypes.string_at(letters, max(length - 2, 0)).decode("utf-16-le")


@pytest.fixture
def printed() -> bytes:
    press = Press().page()
    y, _ = press.paragraph(80, TEXT * 3)
    for row in (("Chỉ tiêu", "Đơn vị", "Số"), ("Lúa", "tạ/ha", "62,3"), ("-", "1", "2")):
        y += 20
        for column, words in enumerate(row):
            press.text(85 + 150 * column, y, words)
    return press.bytes()


def test_every_object_has_the_text_that_pdfium_gives_it(printed: bytes, root: Path) -> None:
    seen = 0
    for source in [printed, *(path.read_bytes() for path in sorted((root / "corpus").glob("*.pdf")))]:
        for page, layer in pages(pypdfium2.PdfDocument(source)):
            writing = Writing(layer)
            for item in objects(page):
                assert writing.text_of(item) == asked(item, layer)
                seen += 1
    assert seen > 500


def test_pdfium_is_asked_for_no_object_of_a_common_page(printed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise AssertionError

    monkeypatch.setattr(raw, "FPDFTextObj_GetText", refuse)
    texts = [
        writing.text_of(item)
        for page, layer in pages(pypdfium2.PdfDocument(printed))
        for writing in [Writing(layer)]
        for item in objects(page)
    ]
    assert len(texts) == len(printed.split(b" Tj ET")) - 1
