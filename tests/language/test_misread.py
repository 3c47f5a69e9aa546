"""Sentences still misread, with what they should give: strict, so that the day one is read right it says so."""

from __future__ import annotations

import pytest

from extractor import extract_text
from tests.language.reading import read

MISREAD = [
    pytest.param(
        "Giá trị sản xuất theo giá so sánh năm 2010 đạt 12 tỷ đồng.",
        ["Giá trị sản xuất @2023 = 12 tỷ đồng"],
        id="the year of a price base is no period",
    ),
    pytest.param(
        "Ngành công nghiệp tăng 9,1%, đóng góp 3,7 điểm phần trăm vào mức tăng chung.",
        ["Ngành công nghiệp @2023 = - ; change 9.1 % same ; points 3.7 điểm phần trăm other"],
        id="a contribution in points has another base than the growth",
    ),
    pytest.param(
        "Tốc độ tăng giá trị tăng thêm đạt 8,12%.",
        ["Tốc độ tăng giá trị tăng thêm @2023 = 8.12 %"],
        id="a verb inside the name of a rate does not end it",
    ),
]


@pytest.mark.xfail(strict=True, reason="the grammar reads it otherwise")
@pytest.mark.parametrize(("text", "expected"), MISREAD)
def test_misread(text: str, expected: list[str]) -> None:
    assert read(text, "period", report_period="2023") == expected


@pytest.mark.xfail(strict=True, reason="doubts of a comparison's number do not reach its figure")
def test_a_doubtful_percentage_leaves_its_doubt() -> None:
    [figure] = extract_text("Thu phí đạt 12 tỷ đồng, giảm 29 ,7 % so với cùng kỳ.")
    assert "ocr_spacing" in figure.doubts
