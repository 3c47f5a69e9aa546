"""Titles in, period labels out."""

from __future__ import annotations

import pytest

from extractor.paper.structure.reported_period import read_period


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("KẾT QUẢ THÁNG 3 VÀ QUÝ I NĂM 2023; PHƯƠNG HƯỚNG NHIỆM VỤ QUÝ II NĂM 2023", "2023-Q1"),
        ("Kết quả thực hiện kế hoạch 6 tháng đầu năm và nhiệm vụ, giải pháp 6 tháng cuối năm 2022", "2022-H1"),
        ("Tình hình kinh tế - xã hội tháng 9 và 9 tháng năm 2022", "2022-M01/M09"),
        ("Tình hình kinh tế - xã hội quý III và 9 tháng năm 2022; nhiệm vụ quý IV", "2022-M01/M09"),
        ("Tình hình thực hiện kế hoạch phát triển kinh tế - xã hội năm 2021 và kế hoạch năm 2022", "2021"),
        ("Tình hình tháng 12 và cả năm 2019", "2019"),
        ("Kết quả công tác tháng 3/2023, phương hướng tháng 4/2023", "2023-03"),
        ("Công tác quí I/2000", "2000-Q1"),
        ("Tình hình kinh tế - xã hội Sáu tháng đầu năm 2020", "2020-H1"),
        ("Tình hình kinh tế - xã hội 3 tháng đầu năm 2018", "2018-Q1"),
        ("Tổng kết năm học 2022-2023", "2022/2023"),
        ("Tổng kết giai đoạn 2016 - 2020", "2016/2020"),
        ("Kết quả 11 tháng năm 2024, ước thực hiện năm 2024", "2024"),
        ("Công tác dân vận", None),
        ("", None),
    ],
)
def test_the_reported_period_is_the_longest_that_is_not_planned(title: str, label: str | None) -> None:
    assert read_period(title) == label


def test_a_year_comes_from_the_date_where_the_title_has_none() -> None:
    assert read_period("Tình hình tháng 4", "2015") == "2015-04"
    assert read_period("Tình hình tháng 4") is None
    assert read_period("Tình hình tháng 14", "2015") is None
