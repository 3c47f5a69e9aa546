"""Units that a number has, and those that are lent to it."""

from __future__ import annotations

import pytest

from extractor import extract_text


@pytest.mark.parametrize(
    ("text", "units"),
    [
        # the head of the bracket lends its unit, and the numbers add up to it
        ("Tiếp nhận 37 đơn (5 khiếu nại, 2 tố cáo, 30 kiến nghị).", ["đơn", "đơn", "đơn", "đơn"]),
        # the name tells what is counted
        ("Số ca mắc mới: 12", ["ca"]),
        # printed units stay
        ("Đàn trâu 120 con, diện tích lúa 45 ha.", ["con", "ha"]),
    ],
)
def test_units(text: str, units: list[str]) -> None:
    assert [f.unit for f in extract_text(text, report_period="2023")] == units


def test_rate_of_a_name_is_no_multiplier() -> None:
    """ "Tỷ lệ" begins like "tỷ"."""
    [figure, *_] = extract_text("Tỷ lệ giảng viên cơ hữu: 25/27 (92,6%)", report_period="2023")
    assert figure.unit != "Tỷ"
