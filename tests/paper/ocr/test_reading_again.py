"""A page that reads poorly is read again, turned or as it came, and the better reading stands."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image

from extractor.domain.faults import Faults
from extractor.paper.layout.paragraphs_to_pieces import UNSURE
from extractor.paper.ocr import page
from extractor.paper.ocr.preparation import GROUND, RED_INK, Prepared
from extractor.paper.ocr.tesseract import ScanLine, Tesseract, TesseractTimedOut, Word
from extractor.paper.ocr.voting import bare_headings, settle_numbers
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


def row(*texts: str) -> list[ScanLine]:
    return [ScanLine(0, 20, 0, 12, [Word(t, 40.0 * n, 10, 40.0 * n + 30, 22, 0.95) for n, t in enumerate(texts)])]


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (("'1.3", "Lâm", "nghiệp"), "1.3"),
        (("-", "4.1.", "Giáo", "dục:"), "4.1."),
    ],
)
def test_a_speck_before_the_number_of_a_heading_is_taken_off_under_a_doubt(texts: tuple[str, ...], first: str) -> None:
    found = row(*texts)
    bare_headings(found)
    word = found[0].words[0]
    assert (word.text, word.other != "") == (first, True)
    assert word.confidence < UNSURE


@pytest.mark.parametrize(
    "texts",
    [("1.3", "Lâm", "nghiệp"), ("-", "4.150", "Tấn", "thóc"), ("-", "4.1", "tấn", "thóc"), ("-", "Giáo", "dục")],
)
def test_other_lines_stay_as_they_were_read(texts: tuple[str, ...]) -> None:
    found = row(*texts)
    bare_headings(found)
    assert [(word.text, word.confidence) for word in found[0].words] == [(text, 0.95) for text in texts]


@pytest.mark.parametrize(
    ("text", "is_doubted"),
    [("động.150", True), (".150", True), ("Q022%)", True), ("15/€/2021", True), ("3.150", False), ("(150", False)],
)
def test_a_number_that_begins_behind_a_smudge_is_doubted_though_its_readers_agree(text: str, is_doubted: bool) -> None:
    class Second:
        def read(self, _picture: Image.Image) -> tuple[str, float]:
            return text, 0.99

    second: Any = Second()
    found = row("huy", text, "ngày")
    settle_numbers(Image.new("L", (200, 60), 255), found, PROGRAM, second, 200)
    assert (found[0].words[1].confidence < UNSURE) is is_doubted


def test_a_sign_that_no_report_writes_alone_is_no_word() -> None:
    runs = page._runs(lines("650 triệu _ đồng, | đạt - 5%", 0.9), 1.0)
    assert "".join(run.text for run in runs) == "650 triệu đồng, đạt - 5% "


@pytest.mark.parametrize(
    ("text", "sure", "is_garbled"),
    [
        ("iiiiiiiiï Iiäiiiigif RiifiiTiiip (wifi", 0.12, True),
        ("Thu ngân sách nhà nước trên địa bàn", 0.3, False),
        ("xqzt Hcokt wwrk Kraftw Werkx", 0.95, False),
        ("1@2 §§", 0.1, False),
    ],
)
def test_a_long_line_without_sense_is_no_print(text: str, sure: float, is_garbled: bool) -> None:
    assert page._is_garbled(lines(text, sure)[0]) is is_garbled
