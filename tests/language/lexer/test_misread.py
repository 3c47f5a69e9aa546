"""Sentences still misread, with what they should give: strict, so that the day one is read right it says so."""

from __future__ import annotations

import pytest

from tests.language.reading import read

MISREAD = [
    pytest.param(
        "Chín thôn đã xây dựng nhà văn hóa.",
        ["thôn đã xây dựng nhà văn hóa = 9 thôn"],
        id="numbers below ten are not read in words",
    ),
    pytest.param(
        "Thu nội địa-30%.",
        ["Thu nội địa = - ; change -30 % same"],
        id="a dash glued to the word before is taken for a hyphen",
    ),
    pytest.param(
        "100% (214/214) trạm y tế có máy vi tính.",
        ["trạm y tế có máy vi tính = 214/214 trạm y tế ; ratio 100 % total"],
        id="a fraction in brackets between a share and its noun",
    ),
    pytest.param(
        "Duyệt quy hoạch 06 xã: An Hòa, Bình Minh, Cẩm Lý, Đông Sơn, Hòa An, Yên Lý.",
        ["Duyệt quy hoạch = 6 xã"],
        id="a number before a list of names is taken for a name itself",
    ),
]


@pytest.mark.xfail(strict=True, reason="it is read otherwise")
@pytest.mark.parametrize(("text", "expected"), MISREAD)
def test_misread(text: str, expected: list[str]) -> None:
    assert read(text) == expected
