"""What is a report and what is not; and the outline as it is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.domain.document import Box, Document, Placement, Result, Source
from extractor.paper.structure.assemble import assemble
from extractor.paper.structure.flow import Mark, Piece
from extractor.paper.structure.is_report import is_unlike_a_report, judge_report
from extractor.paper.structure.printed_outline import render_outline

NOVEL = (
    "It was a bright cold day in the village and the old man walked down to the river with his dog. "
    "He had not slept well, and the letter from his sister lay unopened on the table. "
) * 6
STORY = (
    "Anh bước ra khỏi nhà khi trời còn tối. Con đường làng ướt sương, tiếng gà gáy xa xa vọng lại. "
    "Mẹ đứng ở cửa nhìn theo, không nói gì. Cha cũng đã đi như thế, rồi không bao giờ về nữa. "
) * 6


FILES = sorted((Path(__file__).parent / "no_reports").iterdir())
REFUSED = {"bai-hat", "bong-da", "chuong-trinh", "cong-thuc", "english-paper", "huong-dan-may-giat", "truyen"}
LONG = 100  # words and numbers: what is shorter is not turned away for its language


def file_of(text: str) -> Document:
    """A text file with this text."""
    return assemble([Piece(line) for line in text.splitlines() if line.strip()], Source("a.txt", "", "text", len(text)))


def result(*lines: str) -> Result:
    return assemble([Piece(line) for line in lines]).report.result


@pytest.mark.parametrize("text", [NOVEL, STORY])
def test_a_novel_is_turned_away_with_a_reason(text: str) -> None:
    report = assemble([Piece(text)]).report
    assert report.result is Result.NOT_A_REPORT
    assert report.reason
    assert report.reason_en


@pytest.mark.parametrize(
    "text",
    [
        "Tổng thu ngân sách ước thực hiện 12 tỷ đồng, tăng 5% so cùng kỳ.",
        "Gia tri san xuat cong nghiep uoc thuc hien 120 trieu dong, dat 45% ke hoach, tang 5% so voi cung ky nam truoc",
        "Lúa 5 ha, ngô 6 ha, lạc 7 ha, khoai 8 ha, sắn 9 ha, đậu 10 ha.",
        "Báo cáo",
    ],
)
def test_an_odd_report_passes(text: str) -> None:
    assert result(text) is Result.READ


@pytest.mark.parametrize(
    "text",
    [
        "FAX TEST PAGE chart No 1 ITU the quick brown fox jumps over it",
        "A B C D E F G H I K L M N 4",
        "Hôm nay trời đẹp tôi đi chợ mua 3 con cá về nấu canh",
    ],
)
def test_a_file_of_a_few_letters_is_no_report(text: str) -> None:
    report = assemble([Piece(text)], Source("a.txt", "", "text", 1)).report
    assert report.result is Result.NOT_A_REPORT
    assert report.reason


LETTER = (
    "Kính gửi anh Nam,\nEm gửi anh bức ảnh chụp ở quê hôm thứ sáu tuần trước, cả nhà đứng dưới gốc đa đầu làng.\n"
    "Bà nhắc anh sớm về chơi; vườn nhà mùa này bưởi sai lắm, em để phần anh mấy quả.\n"
)


@pytest.mark.parametrize(("last", "verdict"), [("Em Lan", Result.NOT_A_REPORT), ("Em Lan, 15/8", Result.READ)])
def test_an_addressee_without_a_number_makes_no_report(last: str, verdict: Result) -> None:
    assert file_of(LETTER + last).report.result is verdict


@pytest.mark.parametrize("text", ["Lúa 5 ha", "Thu ngân sách đạt 5 tỷ đồng", "Lúa 5 ha, ngô 6 ha, lạc 7 ha, sắn 9 ha."])
def test_a_file_of_a_few_figures_passes(text: str) -> None:
    assert assemble([Piece(text)], Source("a.txt", "", "text", 1)).report.result is Result.READ


def test_a_letterhead_speaks_for_a_report_in_any_words() -> None:
    assert (
        result("Số: 5/BC-UBND", "Tân An, ngày 5 tháng 3 năm 2020", "BÁO CÁO", "Công tác tháng 3", STORY) is Result.READ
    )


def test_the_outline_reads_like_a_table_of_contents() -> None:
    document = assemble(
        [
            Piece("Số: 5/BC-UBND"),
            Piece("BÁO CÁO"),
            Piece("Tháng 3 năm 2020"),
            Piece("I. KINH TẾ"),
            Piece("1. Trồng trọt: Lúa đạt 5 ha so cùng kỳ.", marks=(Mark(38, "1"),)),
            Piece("Xã A 3 ha.", note="1"),
        ]
    )
    lines = render_outline(document).split("\n")
    assert "Kỳ báo cáo: 2020-03" in lines
    assert "  I. KINH TẾ" in lines
    assert "    1. Trồng trọt  (1 đoạn, 1 dòng chú thích)" in lines
    assert lines[-1] == "  [1] …. Trồng trọt: Lúa đạt 5 ha so cùng kỳ[1]: Xã A 3 ha." or lines[-1].endswith(
        "so cùng kỳ[1]: Xã A 3 ha."
    )
    assert "Footnotes: 1" in render_outline(document, "en")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_text_that_is_no_report_is_turned_away_or_doubted(path: Path) -> None:
    document = file_of(path.read_text(encoding="utf-8"))
    refused = document.report.result is Result.NOT_A_REPORT
    assert refused is (path.name.split(".")[0] in REFUSED)
    assert refused or is_unlike_a_report(document)


def test_what_is_in_corpus_is_never_turned_away_for_its_language(root: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (root / "corpus").glob("*.md") if path.stem != "README"]
    for path in (root / "corpus" / "passages").glob("*.jsonl"):
        texts += [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    long = [text for text in texts if len(text.split()) >= LONG]
    documents = [file_of(text) for text in long]
    assert len(documents) > 100
    assert {document.report.result for document in documents} == {Result.READ}
    assert sum(map(is_unlike_a_report, documents)) <= 0.02 * len(documents)


def test_words_of_a_table_or_of_a_bad_scan_turn_nothing_away() -> None:
    recipe = next(path for path in FILES if path.stem == "cong-thuc").read_text(encoding="utf-8")
    document = file_of(recipe)
    scanned = judge_report(Document(document.text, placements=(Placement(0, 9, Box(1, 0, 0, 1, 1), 0.7),)))
    assert scanned.result is Result.READ
    assert judge_report(Document(document.text)).result is Result.NOT_A_REPORT


def test_a_report_without_a_letterhead_or_without_accents_is_not_doubted() -> None:
    plain = "Gia tri san xuat cong nghiep uoc thuc hien 120 trieu dong, dat 45% ke hoach, tang 5% so voi cung ky. " * 4
    spoken = "Giá trị sản xuất công nghiệp 9 tháng đạt 120 tỷ đồng, bằng 45% kế hoạch, tăng 5% so với cùng kỳ. " * 4
    assert not is_unlike_a_report(file_of(plain))
    assert not is_unlike_a_report(file_of(spoken))
