"""Rows dealt out in order: "lần lượt", "tương ứng", for values and for changes."""

from __future__ import annotations

import pytest

from tests.language.reading import read

VALUES: list[tuple[str, list[str]]] = [
    (
        "Số vụ, số người chết và số người bị thương lần lượt là 41 vụ, 18 người và 29 người.",
        ["Số vụ = 41 vụ", "số người chết = 18 người", "số người bị thương = 29 người"],
    ),
    # the unit that only the last carries holds for all
    (
        "Diện tích lúa, ngô và lạc lần lượt đạt 1.240, 310 và 95 ha.",
        ["Diện tích lúa = 1240 ha", "ngô = 310 ha", "lạc = 95 ha"],
    ),
    (
        "Tỷ trọng nông nghiệp, công nghiệp, dịch vụ lần lượt là 18,2%; 41,5% và 40,3%.",
        ["Tỷ trọng nông nghiệp = 18.2 %", "công nghiệp = 41.5 %", "dịch vụ = 40.3 %"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_values_in_a_row(text: str, expected: list[str]) -> None:
    assert read(text) == expected


CHANGES: list[tuple[str, list[str]]] = [
    (
        "Số vụ, số người chết giảm lần lượt 8,3% và 5% so với cùng kỳ.",
        ["Số vụ = - ; change -8.3 % same", "số người chết = - ; change -5 % same"],
    ),
    # to the values before, one each, sign and base for all
    (
        "Xuất khẩu đạt 22 triệu USD, nhập khẩu đạt 19 triệu USD, giảm lần lượt 8,3% và 10% so với cùng kỳ.",
        ["Xuất khẩu = 22 triệu USD ; change -8.3 % same", "nhập khẩu = 19 triệu USD ; change -10 % same"],
    ),
    # counter: without "lần lượt" both go to the last
    (
        "Xuất khẩu đạt 22 triệu USD, nhập khẩu đạt 19 triệu USD, "
        "giảm 8,3% so với tháng trước và giảm 10% so với cùng kỳ.",
        ["Xuất khẩu = 22 triệu USD", "nhập khẩu = 19 triệu USD ; change -8.3 % previous ; change -10 % same"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CHANGES)
def test_changes_in_a_row(text: str, expected: list[str]) -> None:
    assert read(text) == expected


def test_a_row_with_nothing_to_deal_breaks_nothing() -> None:
    lines = read("Sản lượng tôm 12 Quyết định số 41/QĐ-UBND tăng lần lượt 12 Sản lượng tôm.")
    assert lines
    assert not any("41" in line for line in lines)


def test_names_of_one_word_are_dealt_to() -> None:
    assert read("Thu, chi lần lượt tăng 2%, 3%.") == ["Thu = - ; change 2 % same", "chi = - ; change 3 % same"]
