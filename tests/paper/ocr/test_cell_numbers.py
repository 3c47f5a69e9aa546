"""Cells that Tesseract read as letters, or not at all, are asked of the second reader; its answer is never sure."""

from __future__ import annotations

from typing import Any, cast

import pytest
from PIL import Image, ImageDraw

from extractor.paper.layout.paragraphs_to_pieces import UNSURE
from extractor.paper.ocr import table_cells, voting
from extractor.paper.ocr.tesseract import ScanLine, Tesseract, Word
from extractor.paper.ocr.voting import settle_letters, settle_numbers, settle_romans
from extractor.paper.pdf.page_model import Rule
from extractor.paper.tables.ruled import Frame


class Second:
    """Stands in for the second reader: says the same of every picture."""

    def __init__(self, text: str, sure: float) -> None:
        self.text, self.sure, self.asked = text, sure, 0

    def read(self, _picture: Image.Image) -> tuple[str, float]:
        self.asked += 1
        return self.text, self.sure


def cell(text: str) -> ScanLine:
    return ScanLine(10.0, 30.0, 0.0, 12.0, [Word(text, 10.0, 18.0, 40.0, 32.0, 0.9)])


def settled(text: str, second: Any) -> Word:
    line = cell(text)
    settle_letters(Image.new("L", (100, 50), 255), [line], second)
    return line.words[0]


def test_letters_that_are_no_word_become_the_number_under_a_doubt() -> None:
    word = settled("TZA", Second("72,9", 0.99))
    assert (word.text, word.other) == ("72,9", "TZA")
    assert word.confidence < UNSURE


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Tấn", Second("72,9", 0.99)),
        ("TZA", Second("72,9", 0.6)),
        ("kg", Second("kg", 0.99)),
        ("12", Second("72", 0.99)),
    ],
)
def test_words_doubtful_answers_and_numbers_stay(text: str, second: Any) -> None:
    assert settled(text, second).text == text


@pytest.mark.parametrize(
    ("read", "second", "stands"),
    [("l1", "11", "11"), ("2O23,", "2023,", "2023,"), ("l1", "71", "l1"), ("10l", "11", "10l")],
)
def test_letters_of_the_shape_of_a_digit_are_that_digit_where_the_second_reader_sees_it(
    monkeypatch: pytest.MonkeyPatch, read: str, second: str, stands: str
) -> None:
    monkeypatch.setattr(voting, "_again", lambda *_: [(read, 0.9)])
    line = cell(read)
    settle_numbers(
        Image.new("L", (100, 50), 255), [line], Tesseract("tesseract", vietnamese=True), Second(second, 0.8), 200
    )
    assert line.words[0].text == stands
    assert line.words[0].other == (read if stands != read else second)


def test_a_cell_in_which_tesseract_sees_nothing_is_the_second_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = Image.new("L", (200, 100), 255)
    ImageDraw.Draw(picture).rectangle((20, 20, 60, 40), fill=0)
    frame = Frame([0.0, 100.0, 200.0], [0.0, 50.0, 100.0], [Rule(0, 200, 50)], [Rule(0, 100, 100)])
    monkeypatch.setattr(table_cells, "read_pictures", lambda _program, cuts, *_: [[] for _ in cuts])
    program: Any = None
    second: Any = Second("72,9", 0.99)
    [line] = table_cells.read_cells(picture, table_cells.cells_of([frame], 1.0), 1.0, program, 72, second)
    assert [word.text for word in line.words] == ["72,9"]
    assert line.words[0].confidence < UNSURE
    assert second.asked == 1
    assert table_cells.read_cells(picture, table_cells.cells_of([frame], 1.0), 1.0, program, 72) == []


def test_a_low_line_between_those_of_a_cell_that_is_not_sure_is_no_print(monkeypatch: pytest.MonkeyPatch) -> None:
    def word(text: str, top: float, bottom: float, sure: float) -> ScanLine:
        return ScanLine(20, bottom, 0.0, 30.0, [Word(text, 20, top, 60, bottom, sure)])

    seen = [word("sản", 20, 45, 0.9), word("2c.", 48, 57, 0.3), word("phẩm", 60, 90, 0.9), word("-", 95, 98, 0.9)]
    monkeypatch.setattr(table_cells, "read_pictures", lambda _program, cuts, *_: [seen for _ in cuts])
    picture = Image.new("L", (200, 100), 255)
    ImageDraw.Draw(picture).rectangle((20, 20, 60, 90), fill=0)
    program: Any = None
    found = table_cells.read_cells(picture, [(0, 0, 200, 100)], 1.0, program, 72)
    assert [word.text for line in found for word in line.words] == ["sản", "phẩm", "-"]


@pytest.mark.parametrize(("level", "is_turned"), [("Tổng số hộ", True), ("‹©-", False)])
def test_a_high_cell_is_read_from_the_bottom_up_where_that_reads_better(
    monkeypatch: pytest.MonkeyPatch, level: str, is_turned: bool
) -> None:
    def read(_program: Any, cuts: list[Image.Image], *_: Any) -> list[list[ScanLine]]:
        return [
            [ScanLine(20, 35, 0.0, 12.0, [Word(words, 20, 20, 90, 36, 0.9)])]
            for cut in cuts
            for words in [level if cut.width > cut.height else "x© Š"]
        ]

    monkeypatch.setattr(table_cells, "read_pictures", read)
    picture = Image.new("L", (100, 200), 255)
    ImageDraw.Draw(picture).rectangle((30, 20, 46, 150), fill=0)
    program: Any = None
    [line] = table_cells.read_cells(picture, [(0, 0, 100, 200)], 1.0, program, 72)
    assert line.turned is is_turned
    word = line.words[0]
    assert word.text == (level if is_turned else "x© Š")
    if is_turned:  # the word begins at the foot of its cell and runs up
        assert (word.x0, word.x1, word.bottom) == (27, 43, 154)
        assert word.bottom - word.top == 70


@pytest.mark.parametrize(
    ("text", "confidence", "second", "becomes"),
    [
        ("II", 0.95, Second("III", 0.997), "III"),
        ("lï", 0.0, Second("II", 0.91), "II"),
        ("II", 0.9, Second("III", 0.91), "II"),
        ("lí", 0.9, Second("li", 0.99), "lí"),
    ],
)
def test_every_roman_numeral_of_a_cell_is_asked_about(text: str, confidence: float, second: Any, becomes: str) -> None:
    line = ScanLine(10.0, 30.0, 0.0, 12.0, [Word(text, 40.0, 18.0, 60.0, 32.0, confidence)])
    settle_romans(Image.new("L", (100, 50), 255), [line], second, every=True)
    assert line.words[0].text == becomes


def test_a_roman_numeral_behind_the_word_for_a_quarter_is_asked_about() -> None:
    words = [Word(text, x, 18.0, x + 20, 32.0, 0.95) for text, x in (("quý", 10), ("II", 40), ("mục", 70), ("II", 100))]
    line = ScanLine(10.0, 30.0, 0.0, 12.0, words)
    second: Any = Second("III", 0.997)
    settle_romans(Image.new("L", (130, 50), 255), [line], second)
    assert [word.text for word in line.words] == ["quý", "III", "mục", "II"]


@pytest.mark.parametrize(
    ("text", "confidence", "second", "becomes"),
    [
        ("II.", 0.83, Second("III.", 0.997), "III."),
        ("II.", 0.95, Second("III.", 0.997), "II."),
        ("II.", 0.83, Second("III.", 0.8), "II."),
        ("II.", 0.83, Second("11.", 0.99), "II."),
        ("II", 0.83, Second("III", 0.997), "II"),
        ("IH", 0.95, Second("III", 0.997), "III"),
    ],
)
def test_a_roman_numeral_that_opens_a_line_is_asked_about_where_it_is_not_sure(
    text: str, confidence: float, second: Second, becomes: str
) -> None:
    line = ScanLine(10.0, 30.0, 0.0, 12.0, [Word(text, 10.0, 18.0, 40.0, 32.0, confidence)])
    settle_romans(Image.new("L", (100, 50), 255), [line], second)  # type: ignore[arg-type]
    assert line.words[0].text == becomes
    assert (line.words[0].other == text) is (text != becomes)


class Readings:
    """Stands in for Tesseract: what it reads in each way of looking, and how sure it is."""

    def __init__(self, **told: tuple[str, float]) -> None:
        self.told = told

    def __call__(self, _program: Any, cuts: list[Image.Image], _dpi: int, layout: str) -> list[list[ScanLine]]:
        text, sure = self.told.get(f"psm{layout}", ("", 0.0))
        return [[ScanLine(20, 60, 0.0, 30.0, [Word(text, 20, 20, 100, 60, sure)])] for _ in cuts]


def read_one(monkeypatch: pytest.MonkeyPatch, told: Readings, high: int, *seen: ScanLine) -> list[Word]:
    monkeypatch.setattr(table_cells, "read_pictures", told)
    picture = Image.new("L", (200, 100), 255)
    ImageDraw.Draw(picture).rectangle((20, 20, 100, 20 + high), fill=0)
    program: Any = None
    found = table_cells.read_cells(picture, [(0, 0, 200, 100)], 1.0, program, 72, seen=seen)
    return [word for line in found for word in line.words]


@pytest.mark.parametrize(("high", "layout"), [(12, "psm7"), (60, "psm11")])
def test_an_unsure_cell_is_read_again_enlarged_as_a_line_or_word_by_word(
    monkeypatch: pytest.MonkeyPatch, high: int, layout: str
) -> None:
    told = Readings(psm6=("đông", 0.3), **{layout: ("đồng", 0.95)})
    [word] = read_one(monkeypatch, told, high)
    assert (word.text, word.x1 - word.x0) == ("đồng", 40)


def test_a_sure_cell_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Readings(psm6=("DN", 0.9), psm7=("đồng", 0.95), psm11=("đồng", 0.95))
    assert [word.text for word in read_one(monkeypatch, told, 30)] == ["DN"]


def test_what_the_page_saw_stands_where_a_cell_is_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    page = ScanLine(20, 60, 0.0, 30.0, [Word("người", 25, 22, 95, 50, 0.9), Word("khác", 300, 22, 350, 50, 0.9)])
    assert [word.text for word in read_one(monkeypatch, Readings(psm6=("ngưi", 0.4)), 30, page)] == ["người"]
    assert page.words[0].text == "người"


def test_a_numeral_below_the_word_for_a_quarter_is_asked_of_the_second_reader_or_doubted() -> None:
    def head(text: str) -> list[ScanLine]:
        return [
            ScanLine(10, 30, 0.0, 12.0, [Word("Quý", 10, 18, 40, 30, 0.95)]),
            ScanLine(12, 45, 0.0, 12.0, [Word(text, 12, 33, 30, 45, 0.9)]),
        ]

    picture, lines = Image.new("L", (100, 60), 255), head("Hội")
    settle_romans(picture, lines, cast("Any", Second("III", 0.99)), every=True)
    assert lines[1].words[0].text == "III"
    lines = head("Hội")
    settle_romans(picture, lines, cast("Any", Second("Hi", 0.5)), every=True)
    assert (lines[1].words[0].text, lines[1].words[0].confidence < UNSURE) == ("Hội", True)
