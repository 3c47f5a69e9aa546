"""Rewriting one thing in a report changes exactly what it should and nothing else.

The essence of a figure is its record without what stands for its place: ids, offsets, boxes.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Any

import pytest
import regex
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extractor import extract_text
from extractor.domain.folding import fold_spelling

REPORT = "2023-H1"
PLACE = {"id", "start", "end", "page", "boxes", "quote", "confidence", "doubts", "alternatives"}
NUMBER = {"value", "amount", "decimals"}

SENTENCES = [
    "Thu nội địa {period} đạt {number} {unit}, bằng 45% dự toán và tăng 6,2% so với cùng kỳ.",
    "{period} ước thu phí, lệ phí {number} {unit}, giảm 3,4% so với cùng kỳ.",
    "Tổng chi {period}: {number} {unit} (kế hoạch 99,5 tỷ đồng).",
    "Giá trị xuất khẩu {period} khoảng {number} {unit}, trong đó hàng dệt may 12 triệu đồng.",
]
sentences = st.sampled_from(SENTENCES)
units = st.integers(2, 10**9)
numbers = st.tuples(units, st.integers(0, 3)).map(lambda pair: Decimal(pair[0]).scaleb(-pair[1]))


def printed(value: Decimal) -> str:
    """The number as a Vietnamese typist writes it."""
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def written(sentence: str, number: Decimal = Decimal(310), unit: str = "triệu đồng", period: str = "quý I") -> str:
    """A sentence with its slots filled, its first letter a capital."""
    text = sentence.format(number=printed(number), unit=unit, period=period)
    return text[0].upper() + text[1:]


def essence(record: dict[str, Any], *without: str) -> dict[str, Any]:
    """What a record says, its place and the fields ``without`` left out."""
    kept = {name: value for name, value in record.items() if name not in PLACE and name not in without}
    kept["comparisons"] = [
        {name: value for name, value in c.items() if name not in {"start", "end", "quote"}}
        for c in record["comparisons"]
    ]
    return kept


def records(text: str, **options: Any) -> list[dict[str, Any]]:
    return [f.to_dict() for f in extract_text(text, report_period=REPORT, **options)]


def first(found: list[dict[str, Any]]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The figure that a slot belongs to, and all others."""
    return found[0], found[1:]


@given(sentences, numbers)
@settings(max_examples=100)
def test_another_number(sentence: str, number: Decimal) -> None:
    before, others = first(records(written(sentence)))
    after, same = first(records(written(sentence, number)))
    assert essence(after, *NUMBER) == essence(before, *NUMBER)
    assert [essence(r) for r in same] == [essence(r) for r in others]
    assert Decimal(after["value"]) == number
    assert after["decimals"] == -int(number.as_tuple().exponent)
    assert Decimal(after["amount"]) == number * 10**6
    assert after["quote"] == f"{printed(number)} triệu đồng"


@given(
    sentences,
    numbers,
    st.sampled_from([("đồng", 1), ("nghìn đồng", 10**3), ("tỷ đồng", 10**9), ("nghìn tỷ đồng", 10**12)]),
)
@settings(max_examples=100)
def test_another_multiplier(sentence: str, number: Decimal, unit: tuple[str, int]) -> None:
    assume(unit[0] != "đồng" or int(number.as_tuple().exponent) > -3)  # đồng are whole: "12,500 đồng" groups thousands
    before, others = first(records(written(sentence, number)))
    after, same = first(records(written(sentence, number, unit[0])))
    assert essence(after, "unit", "amount") == essence(before, "unit", "amount")
    assert [essence(r) for r in same] == [essence(r) for r in others]
    assert after["unit"] == unit[0]
    assert Decimal(after["amount"]) == number * unit[1]


PERIODS = [
    ("tháng 3", "2023-03"),
    ("quý II", "2023-Q2"),
    ("6 tháng đầu năm", "2023-H1"),
    ("quý I/2021", "2021-Q1"),
    ("năm 2022", "2022"),
    ("lũy kế 5 tháng", "2023-M01/M05"),
]


@given(sentences, st.sampled_from(PERIODS))
@settings(max_examples=40)
def test_another_period(sentence: str, period: tuple[str, str]) -> None:
    before = records(written(sentence))
    after = records(written(sentence, period=period[0]))
    sureness = "confidence", "doubts"  # one form of a period is surer than another
    assert [essence(r, "period", *sureness) for r in after] == [essence(r, "period", *sureness) for r in before]
    assert after[0]["period"] == period[1]


BULLETS = [
    "- Thu nội địa: 310 tỷ đồng, đạt 45% dự toán.",
    "- Chi thường xuyên quý II ước 95 tỷ đồng, giảm 2% so với cùng kỳ.",
    "- Cấp 78 giấy phép xây dựng.",
    "- Tỷ lệ hộ nghèo còn 2,31%.",
    "- Đàn trâu 4.120 con (cùng kỳ 4.310 con).",
]


@given(st.permutations(BULLETS), st.integers(2, len(BULLETS)))
@settings(max_examples=60)
def test_bullets_in_another_order(bullets: list[str], count: int) -> None:
    chosen = bullets[:count]
    together = records("\n".join(chosen))
    apart = [essence(r) for bullet in chosen for r in records(bullet)]
    assert [essence(r) for r in together] == apart


TEXTS = [
    "Sản lượng thủy sản quý I ước đạt 310 tấn, bằng 45% kế hoạch và tăng 6,2% so với cùng kỳ.",
    "Hòa giải 12 vụ việc (cùng kỳ 9 vụ việc); lũy kế 6 tháng khóa 31 tài khoản.",
    "Tỷ lệ hộ khỏe mạnh còn 2,31%, giảm 0,4% so với cùng kỳ; xóa 45 nhà tạm.",
    "Tổng thu ngân sách 412 tỷ đồng, trong đó: thu nội địa 310 tỷ đồng (75,2%), thu hải quan 102 tỷ đồng.",
    "Cấp 78 giấy phép, đạt 98,3% so với cùng kỳ, chuyển cơ quan điều tra 05 vụ.",
]
OPEN = {
    "òa": "oà",
    "óa": "oá",
    "ỏa": "oả",
    "õa": "oã",
    "ọa": "oạ",
    "ỏe": "oẻ",
    "òe": "oè",
    "ủy": "uỷ",
    "ũy": "uỹ",
    "úy": "uý",
}


def older(text: str) -> str:
    """The text with its tone marks where older typists put them."""
    pattern = regex.compile(rf"(?<![Qq])(?:{'|'.join(OPEN)})(?!\p{{L}})")
    return pattern.sub(lambda m: OPEN[m[0]], text)


def folded(record: dict[str, Any]) -> dict[str, Any]:
    """The essence with written words in their folded form."""
    return {
        name: fold_spelling(v) if isinstance(v, str) else v
        for name, v in essence(record).items()
        if name != "comparisons"
    }


@pytest.mark.parametrize("text", TEXTS)
def test_tone_marks_placed_the_other_way(text: str) -> None:
    rewritten = older(text)
    one, other = records(text), records(rewritten)
    assert [said(r) for r in one] == [said(r) for r in other]


def test_the_older_way_is_another_text() -> None:
    assert sum(older(text) != text for text in TEXTS) >= 3


@pytest.mark.parametrize("text", TEXTS)
def test_decomposed_text(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    one, other = records(text), records(decomposed)
    assert [essence(r) for r in one] == [essence(r) for r in other]
    for record, twin in zip(one, other, strict=True):
        assert decomposed[twin["start"] : twin["end"]] == twin["quote"]
        assert unicodedata.normalize("NFC", twin["quote"]) == record["quote"]


def said(record: dict[str, Any]) -> dict[str, Any]:
    """The essence with all written words folded, those of the bases too."""
    told = folded(record)
    told["comparisons"] = [
        {name: fold_spelling(v) if isinstance(v, str) else v for name, v in c.items()}
        for c in essence(record)["comparisons"]
    ]
    return told


def breaks(text: str) -> list[int]:
    """The spaces of a text, outside its names, that a typist's line may end at."""
    return [m.start() for m in regex.finditer(r"(?<=[,;]) (?=\p{Ll})| (?=(?:bằng|và|đạt|ước|còn|giảm|so)\s)", text)]


@given(st.sampled_from(TEXTS), st.data())
@settings(max_examples=60)
def test_a_line_that_breaks_elsewhere(text: str, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from(breaks(text)))
    broken = f"{text[:at]}\n{text[at + 1 :]}"
    assert [said(r) for r in records(broken)] == [said(r) for r in records(text)]


def test_a_line_that_breaks_inside_a_counted_noun() -> None:
    assert [said(r) for r in records("Xóa 45 nhà\ntạm.")] == [said(r) for r in records("Xóa 45 nhà tạm.")]


SPACES = ["  ", "\u00a0", "\t"]


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("text", TEXTS)
def test_other_white_space_between_words(text: str, space: str) -> None:
    spread = regex.sub(r"(?<=\p{L}) (?=\p{L})", space, text)
    assert [said(r) for r in records(spread)] == [said(r) for r in records(text)]
