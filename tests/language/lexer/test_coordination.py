"""A comma between two words of one kind stands inside a name; any other comma parts clauses."""

from __future__ import annotations

import pytest

from extractor.language.lexer.coordination import joins_names
from extractor.language.lexer.tokens import tokenize
from tests.language.reading import read

NAMES = [
    ("Số lượt khám, chữa bệnh đạt 120.500 lượt.", ["Số lượt khám, chữa bệnh = 120500 lượt"]),
    ("Xử lý 12 nhà xây sai phép, không phép.", ["nhà xây sai phép, không phép = 12 nhà"]),
    ("Toàn xã có 142 thôn, bản, tổ dân phố.", ["thôn, bản, tổ dân phố = 142 thôn"]),
    ("Nhận 28 đơn khiếu nại, tố cáo, giảm 3 đơn.", ["đơn khiếu nại, tố cáo = 28 đơn ; abs -3 đơn same"]),
    # the comma parts clauses: no word of its kind stands on the other side, or each word has a number of its own
    ("Nhận 28 đơn khiếu nại, giải quyết 25 đơn.", ["đơn khiếu nại = 28 đơn", "giải quyết = 25 đơn"]),
    ("Trường có 45 giáo viên, học sinh 1.200 em.", ["giáo viên = 45 giáo viên", "học sinh = 1200 em"]),
    ("Đàn trâu 120 con, bò 340 con.", ["Đàn trâu = 120 con", "bò = 340 con"]),
    # where numbers are dealt out, commas part the names
    ("Đàn trâu, bò lần lượt là 120 con và 340 con.", ["Đàn trâu = 120 con", "bò = 340 con"]),
]


@pytest.mark.parametrize(("text", "figures"), NAMES)
def test_names_with_commas(text: str, figures: list[str]) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "places"), [("thôn, bản", {1}), ("thôn, 12 bản", set()), (", bản", set()), ("thôn,", set()), ("", set())]
)
def test_places(text: str, places: set[int]) -> None:
    tokens = tokenize(text)
    assert {index for index, token in enumerate(tokens) if token.norm == "," and joins_names(tokens, index)} == places
