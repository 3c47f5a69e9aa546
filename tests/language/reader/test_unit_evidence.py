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
        ("Số lượng đảng viên gần 60.", ["đảng viên"]),
        ("Số thư viện thành lập mới là 12.", ["thư viện"]),
        # behind the name the unit stands in a bracket
        ("Diện tích gieo trồng (ha): 1.234", ["ha"]),
        ("- Sản lượng lương thực (tấn): 45.600, tăng 3,2%", ["tấn"]),
        ("Tiếp nhận (bộ phận một cửa): 412 hồ sơ.", ["hồ sơ"]),
        # the whole lends to its parts, whatever stands between
        (
            "Mất tích 12 người (trong đó 08 người do lũ cuốn; 04 tàu bị chìm), gồm: Hòa Bình 05, Sơn La 07.",
            ["người", "người", "tàu", "người", "người"],
        ),
        # a pair of counts lends its units in their order, to every pair behind it
        ("Sơ tán 8.246 hộ/27.318 người (Hòa Bình 3.105/10.427; Sơn La 5.141/16.891).", ["hộ", "người"] * 3),
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
