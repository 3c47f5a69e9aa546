"""A word that recognition misread by an accent or a letter is mended where its neighbours prove it, under a doubt."""

from __future__ import annotations

import pytest

from extractor.domain.document import Box, Placement
from extractor.language import read_figures
from extractor.paper.sniff.misread_words import SUSPECTED, find_slips, mend_words
from extractor.paper.structure.assemble import assemble
from extractor.paper.structure.flow import GridCell, Piece


def recognised(text: str, confidence: float = 0.9) -> Piece:
    return Piece(text, page=1, placements=(Placement(0, len(text), Box(1, 0, 0, 9, 9), confidence),))


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Bội thu (+), bội chỉ (-)", "Bội thu (+), bội chi (-)"),
        ("Vốn trung tương", "Vốn trung ương"),
        ("Phương tiện ởi lại", "Phương tiện đi lại"),
        ("Thủy sản đông lanh", "Thủy sản đông lạnh"),
        ("THỦY SẢN ĐÔNG LANH", "THỦY SẢN ĐÔNG LẠNH"),
        ("TỐNG SỐ", "TỔNG SỐ"),
        ("CHÍ SỐ GIÁ VÀNG", "CHỈ SỐ GIÁ VÀNG"),
    ],
)
def test_the_word_that_its_neighbours_prove_is_put_back(read: str, printed: str) -> None:
    assert [piece.text for piece in mend_words([recognised(read)])] == [printed]


@pytest.mark.parametrize(
    "text",
    [
        "Thu viện trợ",
        "Đặng Thị Sáu",
        "Xã Mường Lạn",
        "Thu, chi ngân sách",
        "Vốn trung ương",
        "XÃ HỘI CHỦ NGHĨA",
        "45 tuổi trở lên",
        "Chí số giá vàng",
        "",
    ],
)
def test_what_may_stand_there_is_left(text: str) -> None:
    assert [piece.text for piece in mend_words([recognised(text)])] == [text]


def test_what_was_read_as_surely_as_clean_print_is_left() -> None:
    printed = recognised("Vốn trung tương", 0.97)
    assert mend_words([printed]) == [printed]


def test_of_capitals_more_is_mended_than_of_small_letters() -> None:
    read = [recognised("CHÍ SỐ GIÁ", 0.96), recognised("Vốn trung tương", 0.96), recognised("CHÍ SỐ GIÁ", 0.97)]
    assert [piece.text for piece in mend_words(read)] == ["CHỈ SỐ GIÁ", "Vốn trung tương", "CHÍ SỐ GIÁ"]


def test_a_name_that_the_file_writes_otherwise_time_and_again_is_mended() -> None:
    names = ["Huyện Đại Khê", "Huyện Tân Khê"] * 3
    pieces = mend_words([recognised(name) for name in [*names, "Huyện Đai Khê", "Huyện Lam Khê"]])
    assert [piece.text for piece in pieces] == [*names, "Huyện Đại Khê", "Huyện Lam Khê"]


def test_a_slip_that_a_font_has_everywhere_proves_nothing() -> None:
    read = ["Tổng chỉ sự nghiệp"] * 4 + ["Tổng chi sự nghiệp"]
    assert [piece.text for piece in mend_words([recognised(text) for text in read])][-1] == read[-1]


def test_a_word_that_is_no_proof_enough_to_mend_is_suspected() -> None:
    assert [slip.meant for slip in find_slips("CHÍ SÔ GIÁ ĐÔ LA MỸ", SUSPECTED)] == ["CHỈ"]
    assert list(find_slips("CHỈ SỐ GIÁ ĐÔ LA MỸ", SUSPECTED)) == []


def test_what_stands_behind_a_mended_word_keeps_its_place() -> None:
    first, second = recognised("Vốn trung tương", 0.9), "đạt 12 tỷ đồng"
    text = f"{first.text} {second}"
    at = len(first.text) + 1
    places = (*first.placements, Placement(at, len(text), Box(1, 9, 0, 20, 9), 0.97))
    [piece] = mend_words([Piece(text, page=1, placements=places)])
    assert piece.text[piece.placements[1].start : piece.placements[1].end] == second
    [remark] = piece.remarks
    assert (piece.text[remark.start : remark.end], remark.code, remark.detail) == ("ương", "ocr_word", "tương")


def test_a_figure_whose_name_was_mended_says_so_and_its_neighbour_does_not() -> None:
    document = assemble([recognised("Thủy sản đông lanh đạt 15 tấn. Thu lệ phí đạt 15 triệu đồng.")])
    figures, _ = read_figures(document, report_period="2023")
    assert [(figure.indicator, "indicator_uncertain" in figure.doubts) for figure in figures] == [
        ("Thủy sản đông lạnh", True),
        ("Thu lệ phí", False),
    ]


def test_a_cell_is_mended_where_it_stands() -> None:
    held = recognised("Vốn trung tương")
    [table] = mend_words([Piece("", grid=(GridCell(0, 0, held.text, placements=held.placements), GridCell(0, 1, "5")))])
    assert [cell.text for cell in table.grid] == ["Vốn trung ương", "5"]
    assert [remark.code for remark in table.grid[0].remarks] == ["ocr_word"]
