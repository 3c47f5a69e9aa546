"""Rows of numbers that are dealt out: which name, which period goes to which number."""

from __future__ import annotations

import pytest

from extractor.language.lexer.items import read_block, scan
from extractor.language.lexer.numerals import Style
from extractor.language.reader.rows import listed_counts, row_at
from extractor.language.reader.view import View


def view_of(text: str) -> View:
    [scanned] = scan([text])
    return View(read_block(scanned, Style.VIETNAMESE, report_period="2023"))


def dealt(text: str) -> list[str | None]:
    """The name that each number of a text is dealt."""
    view = view_of(text)
    rows = [row_at(view, place) for place, item in enumerate(view.items) if item.quantity is not None]
    return [view.written(*row.name) if row is not None and row.name is not None else None for row in rows]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Đàn trâu, bò lần lượt là 120 con và 340 con.", ["Đàn trâu", "bò"]),
        (
            "Nông nghiệp; công nghiệp; dịch vụ lần lượt chiếm 32%, 41% và 27%.",
            ["Nông nghiệp", "công nghiệp", "dịch vụ"],
        ),
        # as many numbers as names, or nothing is dealt
        ("Đàn trâu, bò lần lượt là 120 con, 340 con và 410 con.", [None, None, None]),
        # the clause before the list is none of it, nor is what is told of all
        (
            "Có 5 mặt hàng lượng xuất khẩu giảm, chỉ có nhân điều và hạt tiêu tăng tương ứng 12% và 19%.",
            [None, "nhân điều", "hạt tiêu"],
        ),
        ("Hoa Kỳ và Nhật Bản có mức tăng trưởng lần lượt là 13,6% và 22,4%.", ["Hoa Kỳ", "Nhật Bản"]),
        ("Lương thực và thực phẩm đều giảm, tương ứng với 1,01%, 1,36%.", ["Lương thực", "thực phẩm"]),
        # a colon opens the numbers, dashes part names and numbers alike
        ("Trâu - bò - dê tương ứng là:62% - 30% - 8%.", ["Trâu", "bò", "dê"]),
        # no cue
        ("Đàn trâu 120 con, bò 340 con.", [None, None]),
        # a number that stands alone
        ("Tỷ lệ lần lượt là 12%.", [None]),
    ],
)
def test_names_are_dealt_in_their_order(text: str, names: list[str | None]) -> None:
    assert dealt(text) == names


def test_periods_are_dealt_in_their_order() -> None:
    view = view_of("Chỉ số giá quý I/2023 và quý II/2023 lần lượt là 2,3% và 2,26%.")
    rows = [row_at(view, place) for place, item in enumerate(view.items) if item.quantity is not None]
    assert [view.items[row.periods[row.place]].value for row in rows if row is not None] == ["2023-Q1", "2023-Q2"]


@pytest.mark.parametrize(
    ("text", "grows"),
    [
        ("Trâu và bò tăng lần lượt 12% và 19%.", True),
        ("Trâu và bò lần lượt giảm 12% và 19%.", True),
        ("Tốc độ tăng của trâu và bò lần lượt là 12% và 19%.", False),
    ],
)
def test_a_verb_of_change_behind_the_names_is_that_of_all(text: str, grows: bool) -> None:
    view = view_of(text)
    rows = [row_at(view, place) for place, item in enumerate(view.items) if item.quantity is not None]
    assert [row.grows for row in rows if row is not None] == [grows, grows]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Khai sinh 13, kết hôn 03; ghi chú kết hôn 01.", ["13", "03", "01"]),
        ("Đã kỷ luật: khiển trách 17, cảnh cáo 4, cách chức 1 (đợt 2).", ["17", "4", "1"]),
        # names that a number goes with, too few, a unit, words behind
        ("Có 4 ấp: ấp Thượng 1; ấp Thượng 2; ấp Hạ 1.", []),
        ("Trao quà tại Nhi đồng 1, Nhi đồng 2, Quân y 175.", []),
        ("Khai sinh 13, kết hôn 03.", []),
        ("Khai sinh 13 trường hợp, kết hôn 03, chứng thực 15.", []),
    ],
)
def test_counts_of_a_list(text: str, counts: list[str]) -> None:
    view = view_of(text)
    assert [view.written(place, place + 1) for place in sorted(listed_counts(view))] == counts
