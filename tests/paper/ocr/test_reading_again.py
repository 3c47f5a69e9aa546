"""A page that reads poorly is read again, turned or as it came, and the better reading stands."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image

from extractor.domain.faults import Faults
from extractor.paper.ocr import page
from extractor.paper.ocr.preparation import GROUND, RED_INK, Prepared
from extractor.paper.ocr.tesseract import ScanLine, Tesseract, TesseractTimedOut, Word
from extractor.paper.pdf.page_model import Sheet

PROGRAM = Tesseract("tesseract", vietnamese=True)
INK = Image.new("L", (620, 877), 60)  # dark enough that it is no blank back


def lines(text: str, sure: float) -> list[ScanLine]:
    return [ScanLine(0, 10, 0, 10, [Word(word, 0, 0, 10, 10, sure) for word in text.split()])]


GOOD, BAD = (
    lines("Thu ngân sách huyện 56.057 triệu đồng " * 6, 0.95),
    lines("xqz Hcok || " * 12, 0.4),
)


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[tuple[tuple[str, ...], int]]:
    """The remedies and turns with which a page was read, in order."""
    asked: list[tuple[tuple[str, ...], int]] = []

    def read(prepared: Prepared, quarters: int, number: int, size: Any, program: Any, faults: Faults) -> Any:
        asked.append((prepared.remedies, quarters))
        found = readings.get((prepared.remedies, quarters), BAD)
        if found is None:
            raise TesseractTimedOut
        return page._Reading(Sheet(number, *size, turn=quarters), INK, None, 1.0, 200, found, [])

    monkeypatch.setattr(page, "_read", read)
    monkeypatch.setattr(page, "lies_sideways", lambda *_: False)
    readings.clear()
    return asked


readings: dict[tuple[tuple[str, ...], int], list[ScanLine] | None] = {}


def best(monkeypatch: pytest.MonkeyPatch, remedies: tuple[str, ...], turn: int) -> page._Reading:
    monkeypatch.setattr(page, "prepare", lambda *_: Prepared(INK, remedies))
    monkeypatch.setattr(page, "find_turn", lambda *_: turn)
    return page._read_best(INK, 1, (595, 842), PROGRAM, Faults())


def test_a_page_that_reads_well_is_read_once(tried: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    readings[(RED_INK,), 0] = GOOD
    assert best(monkeypatch, (RED_INK,), 2).lines is GOOD
    assert tried == [((RED_INK,), 0)]


def test_a_page_on_its_head_is_turned(tried: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    readings[(), 2] = GOOD
    assert best(monkeypatch, (), 2).sheet.turn == 2
    assert tried == [((), 0), ((), 2)]


def test_a_remedy_that_harms_is_taken_back(tried: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    readings[(), 0] = GOOD
    assert best(monkeypatch, (GROUND,), 0).lines is GOOD


def test_a_second_reading_that_fails_costs_nothing(tried: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    readings[(), 2] = None
    assert best(monkeypatch, (), 2).lines is BAD
    assert tried == [((), 0), ((), 2)]
