"""Paragraphs that are read with the one before."""

from __future__ import annotations

import pytest

from extractor import extract_text
from extractor.language.continuations import Continued
from extractor.paper import read_passage

TOLD = "Trạm kiểm soát lập biên bản 37 vụ buôn lậu, thu phạt 412 triệu đồng."


def continued(text: str) -> tuple[Continued, int]:
    document, _ = read_passage(text)
    return Continued(document), len(document.blocks)


@pytest.mark.parametrize(
    ("following", "together"),
    [
        ("So với cùng kỳ, thu phạt giảm 35 triệu đồng.", True),
        ("Nếu so với cùng kỳ năm 2021, thu phạt giảm 35 triệu đồng.", True),
        ("Thu phạt giảm 35 triệu đồng so với cùng kỳ.", False),
        ("So với cùng kỳ, tình hình đã yên.", False),  # nothing to read
        ("- So với cùng kỳ, thu phạt giảm 35 triệu đồng.", False),  # a bullet is a statement of its own
        ("Số vụ buôn lậu giảm 4 vụ so với cùng kỳ.", False),  # another word
    ],
)
def test_a_paragraph_that_opens_with_a_comparison_goes_on(following: str, together: bool) -> None:
    joined, count = continued(f"{TOLD}\n\n{following}")
    assert count == 2
    assert [joined.first(index) for index in range(count)] == ([0, 0] if together else [0, 1])


def test_its_change_is_told_of_the_figure_before_with_offsets_of_the_whole_text() -> None:
    text = f"{TOLD}\n\nSo với cùng kỳ, số vụ buôn lậu tăng 4 vụ."
    cases, fine = extract_text(text, report_period="2021")
    [change] = cases.comparisons
    assert (change.value, change.unit, text[change.start : change.end]) == (4, "vụ", "tăng 4 vụ")
    assert not fine.comparisons


def test_several_go_on_with_one_another() -> None:
    joined, count = continued(f"{TOLD}\nSo với tháng trước giảm 3 vụ.\nSo với cùng kỳ tăng 4 vụ.\nPhạt 12 xe.")
    assert [joined.first(index) for index in range(count)] == [0, 0, 0, 3]
    assert joined.whole(3).start > joined.whole(0).end
