"""Seals of a scanned page are told by their place; red lines and letters are none."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from extractor.paper.layout.lines import find_lines
from extractor.paper.layout.pages import Paragraph
from extractor.paper.layout.paragraphs import Margins
from extractor.paper.layout.paragraphs_to_pieces import build_piece
from extractor.paper.ocr.stamps import find_stamps
from extractor.paper.pdf.page_model import Run, Sheet

SCALE = 72 / 200


def mask() -> Image.Image:
    return Image.new("L", (1654, 2339), 0)


def test_each_seal_gives_one_rectangle() -> None:
    red = mask()
    draw = ImageDraw.Draw(red)
    for x, y in ((500, 700), (1100, 1900)):
        draw.ellipse((x - 120, y - 120, x + 120, y + 120), outline=255, width=6)
    found = find_stamps(red, SCALE)
    assert len(found) == 2
    first = found[0]
    assert first[0] == pytest.approx(380 * SCALE, abs=13)
    assert first[3] == pytest.approx(820 * SCALE, abs=13)


def test_a_red_line_and_a_red_word_are_no_seal() -> None:
    red = mask()
    draw = ImageDraw.Draw(red)
    draw.line((100, 300, 1500, 300), fill=255, width=6)
    draw.rectangle((200, 600, 420, 640), fill=255)
    assert find_stamps(red, SCALE) == []
    assert find_stamps(None, SCALE) == []


def test_words_under_a_seal_are_told_with_its_box() -> None:
    sheet = Sheet(3, 595, 842, stamps=[(290.0, 100.0, 380.0, 190.0)])
    run = Run("Thu phí 12 tỷ", 300.0, 370.0, 130.0, 142.0, 140.0, 11.0, confidence=0.9)
    beside = Run("Chi 9 tỷ", 60.0, 120.0, 130.0, 142.0, 140.0, 11.0, confidence=0.9)
    for each, expected in ((run, ["3 290 100 380 190"]), (beside, [])):
        piece = build_piece(Paragraph([(sheet, find_lines([each]))], Margins(60.0, 540.0)))
        assert sorted({r.detail for r in piece.remarks if r.code == "under_stamp"}) == expected
