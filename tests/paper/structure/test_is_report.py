"""What is a report and what is not; and the outline as it is printed."""

from __future__ import annotations

import pytest

from extractor.domain.document import Result, Source
from extractor.paper.structure.assemble import assemble
from extractor.paper.structure.flow import Mark, Piece
from extractor.paper.structure.printed_outline import render_outline

NOVEL = (
    "It was a bright cold day in the village and the old man walked down to the river with his dog. "
    "He had not slept well, and the letter from his sister lay unopened on the table. "
) * 6
STORY = (
    "Anh bước ra khỏi nhà khi trời còn tối. Con đường làng ướt sương, tiếng gà gáy xa xa vọng lại. "
    "Mẹ đứng ở cửa nhìn theo, không nói gì. Cha cũng đã đi như thế, rồi không bao giờ về nữa. "
) * 6


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
