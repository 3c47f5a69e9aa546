"""Bases as printed, and the doubt that is left behind where a base was borrowed."""

from __future__ import annotations

import pytest

from extractor import extract_text
from extractor.domain.figure import Base

PRINTED = [
    ("so với kế hoạch", Base.PLAN),
    ("so kế hoạch năm", Base.PLAN),
    ("so với dự toán", Base.PLAN),
    ("so DT", Base.PLAN),
    ("so với nghị quyết HĐND tỉnh", Base.PLAN),
    ("so với dự toán thành phố giao", Base.PLAN),
    ("so với chỉ tiêu đề ra", Base.PLAN),
    ("so với cùng kỳ", Base.SAME_PERIOD),
    ("so cùng kỳ năm trước", Base.SAME_PERIOD),
    ("so CK", Base.SAME_PERIOD),
    ("so với cùng tháng năm trước", Base.SAME_PERIOD),
    ("so với năm ngoái", Base.SAME_PERIOD),
    ("so với tháng trước", Base.PREVIOUS),
    ("so với quý trước", Base.PREVIOUS),
    ("so với đầu năm", Base.OTHER),
    ("so với năm 2010", Base.OTHER),
]


@pytest.mark.parametrize(("words", "base"), PRINTED)
def test_bases_as_printed(words: str, base: Base) -> None:
    [figure] = extract_text(f"Thu phí đạt 12 tỷ đồng, tăng 3,5% {words}.", report_period="2023-05")
    [comparison] = figure.comparisons
    assert comparison.base is base
    assert not [d for d in figure.doubts if d.startswith("base_")]


BORROWED = [
    ("Thu phí đạt 12 tỷ đồng, tăng 3,5%.", None, "base_assumed"),
    ("Thu phí đạt 12 tỷ đồng, tăng 3,5%.", "Thu ngân sách (so cùng kỳ)", "base_heading"),
]


@pytest.mark.parametrize(("text", "heading", "doubt"), BORROWED)
def test_a_borrowed_base_is_in_doubt(text: str, heading: str | None, doubt: str) -> None:
    [figure] = extract_text(text, heading=heading)
    assert doubt in figure.doubts


def test_a_carried_base_is_in_doubt_and_the_printed_one_is_not() -> None:
    first, second = extract_text("Trâu tăng 3%, bò tăng 4% so với tháng trước.")
    assert "base_carried" in first.doubts
    assert "base_carried" not in second.doubts


def test_the_words_of_another_base_are_kept() -> None:
    [figure] = extract_text("Thu phí đạt 12 tỷ đồng, tăng 3,5% so với năm 2010.", report_period="2023")
    assert "năm 2010" in (figure.comparisons[0].base_text or "")


def test_a_base_up_to_a_day_has_the_year_of_that_day() -> None:
    [figure] = extract_text("Thu 12 tỷ đồng, tăng 3% so với cùng kỳ đến 20/9/2020.", report_period="2023-M01/M09")
    assert [c.base for c in figure.comparisons] == [Base.OTHER]
    [figure] = extract_text("Thu 12 tỷ đồng, tăng 3% so với cùng kỳ đến 20/9.", report_period="2023-M01/M09")
    assert [c.base for c in figure.comparisons] == [Base.SAME_PERIOD]


def test_the_same_month_of_last_year_may_be_named_by_its_year() -> None:
    [figure] = extract_text("CPI tăng 6,2% so với cùng tháng năm 2010.", report_period="2011-04")
    assert [c.base for c in figure.comparisons] == [Base.SAME_PERIOD]
    [figure] = extract_text("CPI tăng 6,2% so với cùng tháng năm 2008.", report_period="2011-04")
    assert [c.base for c in figure.comparisons] == [Base.OTHER]


def test_an_earlier_year_behind_the_percentage_is_its_base() -> None:
    [figure] = extract_text("Thu ngân sách 640 triệu đồng, bằng 112% năm 2003.", report_period="2004")
    assert [c.base for c in figure.comparisons] == [Base.SAME_PERIOD]
    [figure] = extract_text("Thu ngân sách 640 triệu đồng, bằng 112% năm 2001.", report_period="2004")
    assert [c.base for c in figure.comparisons] == [Base.OTHER]
