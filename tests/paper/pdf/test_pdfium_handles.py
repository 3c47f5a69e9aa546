"""Plain addresses for handles: the same answers as pypdfium2's own bindings give."""

from __future__ import annotations

import ctypes

import pypdfium2
import pypdfium2.raw as raw
import pytest

from extractor.paper.pdf import pdfium_handles as handles
from tests.paper.press import Press


@pytest.fixture
def page() -> pypdfium2.PdfPage:
    press = Press().page()
    press.text(85, 120, "Thu ngân sách 56.057 triệu đồng")
    press.text(85, 140, "Chi ngân sách 49.120 triệu đồng")
    return pypdfium2.PdfDocument(press.bytes())[0]


def test_an_object_has_one_number_each_time_it_is_asked_for(page: pypdfium2.PdfPage) -> None:
    numbers = [handles.FPDFPage_GetObject(page.raw, index) for index in (0, 1, 0)]
    assert numbers[0] == numbers[2] != numbers[1]
    assert numbers[0] == ctypes.addressof(raw.FPDFPage_GetObject(page.raw, 0).contents)


def test_nothing_is_none(page: pypdfium2.PdfPage) -> None:
    assert handles.FPDFPage_GetObject(page.raw, 999) is None
    assert handles.FPDF_LoadPage(page.pdf.raw, 999) is None


def test_answers_are_written_where_the_call_is_told(page: pypdfium2.PdfPage) -> None:
    ours, theirs = raw.FS_MATRIX(), raw.FS_MATRIX()
    assert handles.FPDFPageObj_GetMatrix(handles.FPDFPage_GetObject(page.raw, 1), ctypes.byref(ours))
    assert raw.FPDFPageObj_GetMatrix(raw.FPDFPage_GetObject(page.raw, 1), theirs)
    assert (ours.a, ours.e, ours.f) == (theirs.a, theirs.e, theirs.f)
    assert ours.e == 85


def test_a_constant_is_itself_and_what_is_unknown_says_so() -> None:
    assert handles.FPDF_PAGEOBJ_TEXT == raw.FPDF_PAGEOBJ_TEXT
    with pytest.raises(AttributeError):
        handles.FPDF_NoSuchCall  # noqa: B018
