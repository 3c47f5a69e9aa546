"""A text that lost one letter in printing has it put back under a doubt; a text that has the letter is left alone."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.domain.document import Box, Placement, Result
from extractor.domain.figure import Status
from extractor.language import read_figures
from extractor.paper.read import read_in_process
from extractor.paper.sniff.lost_letters import mend_lost_letters, words_short_of_a_letter
from extractor.paper.structure.assemble import assemble
from extractor.paper.structure.flow import GridCell, Piece
from tests.paper.press import Press

WORD = re.compile(r"[^\W\d_]+")
LOST = "Thu ngân sách trên địa bàn ớc đạt 12 tỷ đồng, vợt 5% so với cùng kỳ năm trớc."
WHOLE = "Thu ngân sách trên địa bàn ước đạt 12 tỷ đồng, vượt 5% so với cùng kỳ năm trước."


def test_the_letter_is_put_back_everywhere() -> None:
    assert [piece.text for piece in mend_lost_letters([Piece(LOST)])] == [WHOLE]
    table = Piece("", grid=(GridCell(0, 0, "Trởng phòng"), GridCell(0, 1, "So năm trớc"), GridCell(1, 0, "12")))
    cells = mend_lost_letters([Piece(LOST), table])[1].grid
    assert [cell.text for cell in cells] == ["Trưởng phòng", "So năm trước", "12"]
    assert [len(cell.remarks) for cell in cells] == [1, 1, 0]


def test_an_estimate_stays_one_and_bears_the_doubt() -> None:
    [figure] = read_figures(assemble([Piece(LOST)]), report_period="2023")[0]
    assert (figure.status, figure.quote) == (Status.ESTIMATE, "12 tỷ đồng")
    assert "lost_letter" in figure.doubts


def test_spans_move_with_the_letters() -> None:
    at = LOST.index("12")
    box = Box(1, 0, 0, 1, 1)
    piece = Piece(LOST, bold=((at, at + 2),), placements=(Placement(at, at + 2, box),))
    [mended] = mend_lost_letters([piece])
    start, end = mended.bold[0]
    assert mended.text[start:end] == "12"
    assert mended.text[mended.placements[0].start : mended.placements[0].end] == "12"


def test_units_marks_and_abbreviations_are_left() -> None:
    text = LOST + " Đạt 30 t, 12 kg, 5 m; c) vốn đầu t đạt 9 tỷ đồng; TH, BC."
    [mended] = mend_lost_letters([Piece(text)])
    assert mended.text == WHOLE + " Đạt 30 t, 12 kg, 5 m; c) vốn đầu tư đạt 9 tỷ đồng; TH, BC."


def test_a_lost_consonant_is_put_back_at_the_head_of_words() -> None:
    printed = "Theo iều 5: thu ạt 12 tỷ ồng, ã giải ngân 3 tỷ ồng"
    mended = "Theo điều 5: thu đạt 12 tỷ đồng, đã giải ngân 3 tỷ đồng"
    assert [piece.text for piece in mend_lost_letters([Piece(printed)])] == [mended]


@pytest.mark.parametrize("stands", ["", " "], ids=["nothing", "a-space"])
@pytest.mark.parametrize(
    ("lost", "least"),
    [("đ", 0.85), ("ơ", 0.25), ("ê", 0.4), ("ô", 0.55), ("â", 0.65), ("ă", 0.55), ("ư", 0.5), ("đơêôâăư", 0.45)],
)
def test_words_of_a_sample_come_back_and_hardly_one_wrong(root: Path, lost: str, stands: str, least: float) -> None:
    short = back = wrong = 0
    for path in sorted((root / "corpus").glob("*-20*.md")):
        lines = path.read_text(encoding="utf-8").split("\n")
        printed = [line.translate(dict.fromkeys(map(ord, lost), stands)) for line in lines]
        mended = [piece.text for piece in mend_lost_letters([Piece(line) for line in printed])]
        for texts in zip(lines, printed, mended, strict=True):
            whole, cut, made = (Counter(WORD.findall(text)) for text in texts)
            short += (whole - cut).total()
            back += ((whole - cut) & made).total()
            wrong += (made - cut - whole).total()
    assert back >= least * short
    assert wrong <= 0.02 * back


def test_a_space_where_the_letter_stood_becomes_the_letter_where_one_reading_is_certain() -> None:
    printed = "Đã ban h nh 12 văn bản, ho n th nh 5 công trình; h ng hoá 30 tấn."
    piece = Piece(printed, bold=((printed.index("30"), printed.index("30") + 2),))
    [mended] = mend_lost_letters([piece])
    assert mended.text == "Đã ban hành 12 văn bản, hoàn thành 5 công trình; h ng hoá 30 tấn."
    assert [mended.text[a:b] for a, b in mended.bold] == ["30"]


def test_words_that_several_lost_letters_fit_are_left_and_told(root: Path) -> None:
    whole = (root / "corpus" / "minh-giang-2023-q1.md").read_text(encoding="utf-8")
    short = "".join(letter for letter in whole if letter not in "ăô")
    pieces = mend_lost_letters([Piece(line) for line in short.split("\n")])
    mended = "\n".join(piece.text for piece in pieces)
    assert mended.count("ă") > 5
    assert "cng" in mended
    assert words_short_of_a_letter(mended)


ABBREVIATIONS = (
    "sx", "kd", "tp", "tx", "tt", "hđnd", "ubnd", "ptnt", "nn", "bq", "kh", "th", "qt", "ct",
    "bc", "cb", "gd", "đt", "ytdp", "bhyt", "gp", "dt", "sl", "ns", "tr",
)  # fmt: skip


def clean_texts(root: Path) -> Iterator[list[str]]:
    """Every sample report as lines, and the passages forty at a time."""
    for path in sorted((root / "corpus").glob("*-20*.md")):
        yield path.read_text(encoding="utf-8").split("\n")
    for path in sorted((root / "corpus" / "passages").glob("*.jsonl")):
        passages = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
        yield from (passages[at : at + 40] for at in range(0, len(passages), 40))


def test_no_clean_text_is_changed_with_or_without_many_abbreviations(root: Path) -> None:
    chance = random.Random(18)
    for lines in clean_texts(root):
        shortened = [f"{line} {' '.join(chance.sample(ABBREVIATIONS, 6))}" for line in lines]
        for written in (lines, shortened):
            pieces = [Piece(unicodedata.normalize("NFC", line)) for line in written]
            assert mend_lost_letters(pieces) == pieces


def test_slips_of_a_text_that_has_the_letter_stay() -> None:
    text = "Thu ước đạt 12 tỷ; chi ớc đạt 9 tỷ, bằng năm trớc; tư, thư, như, lưu, nước, được, trưởng, thường."
    assert mend_lost_letters([Piece(text)]) == [Piece(text)]
    foreign = "The report of the third quarter shows strong growth."
    assert mend_lost_letters([Piece(foreign)]) == [Piece(foreign)]


@pytest.mark.parametrize("letter", ["ư", "á", "à", "ă", "đ"])
def test_a_printed_report_without_one_of_its_letters_is_read_in_part(letter: str, root: Path, tmp_path: Path) -> None:
    whole = (root / "corpus" / "minh-giang-2023-q1.md").read_text(encoding="utf-8").split("\n\n")[8:20]
    found = {}
    for name, lost in (("whole", ""), ("lost", letter)):
        press, y = Press().page(), 60.0
        for paragraph in whole:
            y, _ = press.paragraph(y, paragraph.replace(lost, "") if lost else paragraph)
            press, y = (press.page(), 60.0) if y > 600 else (press, y + 12)
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(press.bytes())
        found[name] = read_in_process(path).report
    assert (found["whole"].result, found["whole"].reason) == (Result.READ, None)
    assert found["lost"].result is Result.READ_IN_PART
    assert found["lost"].reason
    assert found["lost"].reason_en


def test_signs_without_a_letter_are_told_where_they_are_too_few_to_refuse_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WHOLE * 3 + " Ph\ufffdng, ban.", encoding="utf-8")
    report = read_in_process(path).report
    assert report.result is Result.READ_IN_PART
    assert "1 chữ" in (report.reason or "")


def test_names_and_loans_show_no_loss() -> None:
    loans = "website, internet, online, email, wifi, camera, video, logistics, container, pano, scan, spa, code, robot"
    assert words_short_of_a_letter(f"{WHOLE} " * 10 + loans) == []
    short = "cc, thn, hng, khch, xut, tng, nm, trng, kt, qu"
    assert len(words_short_of_a_letter(f"{WHOLE} " * 3 + short)) >= 8
    assert words_short_of_a_letter(f"{WHOLE} " * 9 + "cc, hng") == []
