"""The writing under a scanned page is believed where it is Vietnamese, and only there."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

import pytest

from extractor.paper.pdf import reader
from extractor.paper.pdf.page_model import Run, Sheet
from extractor.paper.pdf.reader import read_pdf, read_sheets
from extractor.paper.pdf.scan_layer import better_sheet, is_scan

GOOD = "Thu ngân sách trên địa bàn huyện quý I năm 2023 ước thực hiện 56.057 triệu đồng, đạt 10,9% kế hoạch"
BAD = "CONG Hcok xA HQI CHiJ NGHiA VI~T NAM DQc l~p Tv do H~nh phuc UY BAN NHAN DAN TiNH QUANG NAM s6 bao cao"
OLD = "Thu ng©n s¸ch trªn ®Þa bµn huyÖn quý I n¨m 2023 ­íc thùc hiÖn 56.057 triÖu ®ång, ®¹t 10,9% kÕ ho¹ch"


def sheet(text: str, *, picture: float = 1.0, font: str = "Times") -> Sheet:
    runs = [
        Run(word + " ", 50 + 20 * n, 66 + 20 * n, 90, 100, 100, 10, font=font) for n, word in enumerate(text.split())
    ]
    return Sheet(1, 595, 842, runs, picture=picture)


@pytest.mark.parametrize(
    ("text", "picture", "font", "expected"),
    [
        ("", 1.0, "", True),
        (GOOD, 1.0, "Times", False),
        (BAD, 1.0, "Times", True),
        (BAD, 0.5, "Times", False),  # the picture is an illustration, not the page
        (BAD, 1.0, ".VnTime", False),
        (OLD, 1.0, "Times", False),
        ("Hcok xA", 1.0, "Times", False),
    ],
)
def test_a_layer_is_judged_by_its_syllables(text: str, picture: float, font: str, expected: bool) -> None:
    assert is_scan(sheet(text, picture=picture, font=font)) is expected


def test_the_better_of_layer_and_recognition_is_kept() -> None:
    good, bad, nothing = sheet(GOOD), sheet(BAD), sheet("")
    assert better_sheet(good, bad) is good
    assert better_sheet(bad, good) is good
    assert better_sheet(nothing, bad) is bad
    assert better_sheet(good, nothing) is good


def test_a_page_that_takes_long_asks_for_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "BEAT", 0.01)
    asked: list[int] = []
    late: Future[Sheet] = Future()

    def progress(*_: int) -> None:
        asked.append(1)
        if len(asked) == 3:
            late.set_result(sheet(GOOD))

    assert reader._wait(late, progress).runs
    assert len(asked) == 3
    broken: Future[Sheet] = Future()
    broken.set_exception(ValueError("no answer"))
    with pytest.raises(ValueError, match="no answer"):
        reader._wait(broken, progress)


def test_a_blank_back_is_no_page_that_was_lost() -> None:
    blank, lost = sheet(""), sheet("")
    blank.blank, blank.number, lost.number = True, 2, 2
    assert read_sheets([sheet(GOOD), blank]).scanned == ()
    assert read_sheets([sheet(GOOD), lost]).scanned == (2,)


def test_a_pdf_names_its_producer_and_a_scan_its_resolution(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.paper.ocr.tesseract.find_tesseract", lambda: None)
    printed = read_pdf((root / "corpus" / "dai-khe-2011.pdf").read_bytes())
    scanned = read_pdf((root / "corpus" / "dai-khe-2011.stamp.pdf").read_bytes())
    assert str(printed.producer).startswith("LibreOffice")
    assert printed.dpi is None
    assert scanned.dpi == 150
