"""A unit of which recognition misread a letter is mended under a doubt; what reports write there is left alone."""

from __future__ import annotations

import pytest

from extractor.domain.document import Box, Placement
from extractor.language import read_figures
from extractor.paper.sniff.misread_units import mend_misread
from extractor.paper.structure.assemble import assemble
from extractor.paper.structure.flow import GridCell, Piece


def recognised(text: str, confidence: float = 0.9) -> Piece:
    return Piece(text, page=1, placements=(Placement(0, len(text), Box(1, 0, 0, 9, 9), confidence),))


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("đạt 8.120 triện đồng, tăng", "đạt 8.120 triệu đồng, tăng"),
        ("đạt 8.120 iriệu đồng", "đạt 8.120 triệu đồng"),
        ("đạt 168,4 tỷ đông với", "đạt 168,4 tỷ đồng với"),
        ("gia cầm 645 ughìn con", "gia cầm 645 nghìn con"),
        ("60 friệu đông/hộ", "60 triệu đồng/hộ"),
        ("Cấp 61.240 thể BHYT", "Cấp 61.240 thẻ BHYT"),
        ("tại 11 đơi vị", "tại 11 đơn vị"),
        ("mở 58.215 tài khoải", "mở 58.215 tài khoản"),
        ("THẮNG 9VÀ 9 THẮNG NĂM 2023", "THÁNG 9VÀ 9 THÁNG NĂM 2023"),
        ("Năn 2022", "Năm 2022"),
        ("ước quỹ III nằm 2023", "ước quý III năm 2023"),
        ("Uốc thực hiện năm 2023", "Ước thực hiện năm 2023"),
        ("Ước quý H năm 2023, quý ll và QUÝ lV", "Ước quý II năm 2023, quý II và QUÝ IV"),
    ],
)
def test_the_unit_that_is_certain_is_put_back(read: str, printed: str) -> None:
    assert [piece.text for piece in mend_misread([recognised(read)])] == [printed]


@pytest.mark.parametrize(
    "text",
    [
        "lập 03 đồ án quy hoạch, 02 lò đốt rác, 45 loài chim",
        "có 12 thể loại, 07 vàng, 06 bạc, tăng 4 bậc",
        "năm 2010 là 8,1 triệu đồng; ngày 14/9/2023 của UBND",
        "trên 4,6 nghìn đảng viên, 71 lóng gỗ",
        "xe triện đồng",
        "ưóc",
        "Ướt áo",
        "quý I, quý 1, hộ H, quý vị, hạng H",
        "quỹ 3 tỷ, giao thông 12 lượt, bậc thang 3 vụ, Việt Nam 2023, 9 thắng, 2 thua; quí III",
    ],
)
def test_what_reports_count_is_no_slip(text: str) -> None:
    assert [piece.text for piece in mend_misread([recognised(text)])] == [text]


def test_what_was_not_recognised_from_a_picture_is_left() -> None:
    printed = recognised("đạt 8.120 triện đồng", 1.0)
    assert mend_misread([printed]) == [printed]


def test_a_cell_is_mended_where_it_stands() -> None:
    held = recognised("12 triện đồng")
    [table] = mend_misread(
        [Piece("", grid=(GridCell(0, 0, held.text, placements=held.placements), GridCell(0, 1, "5")))]
    )
    assert [cell.text for cell in table.grid] == ["12 triệu đồng", "5"]
    assert [remark.code for remark in table.grid[0].remarks] == ["ocr_unit"]


def test_the_figure_bears_the_doubt_and_its_neighbour_does_not() -> None:
    document = assemble([recognised("Thu phí đạt 12 triện đồng. Thu lệ phí đạt 15 triệu đồng.")])
    figures, _ = read_figures(document, report_period="2023")
    assert [(figure.quote, figure.unit, "ocr_unit" in figure.doubts) for figure in figures] == [
        ("12 triệu đồng", "triệu đồng", True),
        ("15 triệu đồng", "triệu đồng", False),
    ]
    [remark] = [remark for remark in document.remarks if remark.code == "ocr_unit"]
    assert remark.detail == "triện"


def test_a_bracket_that_was_taken_with_the_letter_behind_it_comes_back() -> None:
    [mended] = mend_misread([recognised("đạt 12 triện đồng, tiêm phòng điều) và tiêm (đủ điều)")])
    assert mended.text == "đạt 12 triệu đồng, tiêm phòng (liều) và tiêm (đủ điều)"
    assert [mended.text[remark.start : remark.end] for remark in mended.remarks] == ["triệu", "(l"]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("TH 61/2022", "TH 6T/2022"),
        ("6T1/2023 so với 61/2022 (%)", "6T/2023 so với 6T/2022 (%)"),
        ("Chính thức 14/2023", "Chính thức T4/2023"),
        ("Lũy kế 101/2023", "Lũy kế 10T/2023"),
        ("Tháng 11/2022, ngày 31/12/2022", "Tháng 11/2022, ngày 31/12/2022"),
        ("NQ 61/2022/NQ-HĐND; 12/2022; 10/2023", "NQ 61/2022/NQ-HĐND; 12/2022; 10/2023"),
    ],
)
def test_months_written_short_are_told_by_a_month_that_is_none_in_heads_alone(read: str, printed: str) -> None:
    held = recognised(read)
    cells = [GridCell(n, 0, read, header=not n, placements=held.placements) for n in range(2)]
    [table] = mend_misread([Piece("", grid=tuple(cells))])
    assert [cell.text for cell in table.grid] == [printed, read]
    assert [bool(cell.remarks) for cell in table.grid] == [read != printed, False]
