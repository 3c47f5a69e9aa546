"""The writing that a copier laid under a scanned page is judged before it is believed.

In: a sheet with its picture and its writing. Out: whether the picture has to be read, and which of two readings
stands. The hard idea: such a layer is somebody else's recognition, often of a program that knew no Vietnamese (``CONG
Hcok xA HQI``); true text of any age is made of Vietnamese syllables, or is in an encoding that we know.
"""

from __future__ import annotations

from extractor.paper.pdf.hidden_text import WHOLE_PAGE
from extractor.paper.pdf.page_model import Sheet
from extractor.paper.sniff.legacy_encoding import decode_detected, font_encoding
from extractor.paper.sniff.syllables import vietnamese_share

SCAN = 0.3  # a page without writing whose images cover this much is a scan
WORDS = 12  # of a layer: fewer cannot be judged
GARBAGE = 0.6  # of a layer that is Vietnamese; recognition that knew the language lies above 0.9


def is_scan(sheet: Sheet) -> bool:
    """Whether the picture of a page has to be read: it has no writing, or writing over its whole that is garbage."""
    if not sheet.runs:
        return sheet.picture >= SCAN
    if sheet.picture < WHOLE_PAGE:
        return False
    text = _text_of(sheet)
    if len(text.split()) < WORDS or any(font_encoding(run.font) for run in sheet.runs):
        return False
    return vietnamese_share(text) < GARBAGE


def better_sheet(recognised: Sheet, before: Sheet | None) -> Sheet:
    """What was recognised, unless the writing that lay under the picture says more."""
    if before is None or not before.runs or not (recognised.runs or recognised.blank):
        return before if before is not None and before.runs else recognised
    return max(recognised, before, key=lambda sheet: vietnamese_share(_text_of(sheet)))


def _text_of(sheet: Sheet) -> str:
    """The writing of a sheet in Unicode, whatever it is kept in."""
    return decode_detected(" ".join(run.text.strip() for run in sheet.runs))[0]
