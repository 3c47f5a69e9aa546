"""Digits as printed become exact decimals; what has no strict reading is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.domain.lexicon import rows_over
from extractor.language.lexer.numerals import (
    Style,
    decide_style,
    find_number_words,
    find_numerals,
    read_number,
    read_words,
    style_of,
    without_noise,
)

VI, EN = Style.VIETNAMESE, Style.ENGLISH

READ = [
    ("8", VI, "8", 0),
    ("007", VI, "7", 0),
    ("1.275", VI, "1275", 0),
    ("1.275", EN, "1.275", 3),
    ("1,275", VI, "1.275", 3),
    ("1,275", EN, "1275", 0),
    ("1.234.567", VI, "1234567", 0),
    ("1.234.567", EN, "1234567", 0),
    ("1,234,567", EN, "1234567", 0),
    ("12.345,6", VI, "12345.6", 1),
    ("1,284.5", EN, "1284.5", 1),
    ("2897,6", VI, "2897.6", 1),
    ("12.5", VI, "12.5", 1),
    ("0.125", VI, "0.125", 3),
    ("3,10", VI, "3.10", 2),
]


@pytest.mark.parametrize(("token", "style", "value", "decimals"), READ)
def test_one_shape_has_one_reading(token: str, style: Style, value: str, decimals: int) -> None:
    number = read_number(token, style)
    assert number is not None
    assert (str(number[0]), number[1]) == (value, decimals)


@pytest.mark.parametrize("style", [VI, EN])
@pytest.mark.parametrize(
    "token", ["1.234.56", "1,23,4", "1.2.3", "1..2", "1,,2", "1.234,", ".5", "1.23.456", "1,2.3,4", ""]
)
def test_what_has_no_strict_reading_is_refused(token: str, style: Style) -> None:
    assert read_number(token, style) is None


def printed(value: Decimal, decimals: int, style: Style) -> str:
    """A number as a typist writes it."""
    text = f"{value:,.{decimals}f}"
    return text if style is EN else text.translate(str.maketrans(",.", ".,"))


@given(st.integers(0, 10**13), st.integers(0, 4), st.sampled_from([VI, EN]))
def test_printed_decimals_come_back(units: int, decimals: int, style: Style) -> None:
    value = Decimal(units).scaleb(-decimals)
    token = printed(value, decimals, style)
    assert read_number(token, style) == (value, decimals)


def test_mixed_marks_group_thousands_and_leave_a_doubt() -> None:
    area, share = find_numerals("198.437 ha, bằng 90.06%", Style.MIXED, [])
    assert (area.value, area.doubts) == (Decimal(198437), ("number_style",))
    assert (share.value, share.doubts) == (Decimal("90.06"), ())


@given(st.text("0123456789.,", max_size=14), st.sampled_from([VI, EN]))
def test_a_reading_keeps_every_digit(token: str, style: Style) -> None:
    number = read_number(token, style)
    if number is not None:
        value, decimals = number
        digits = token.replace(".", "").replace(",", "")
        assert int(digits) == int(value.scaleb(decimals))
        assert 0 <= decimals <= len(digits)


STYLES = [
    ("Thu 1,284.5 triệu đồng, tăng 12.5%", EN),
    ("Thu 1.284,5 triệu đồng, tăng 12,5%", VI),
    # silent or even: the country's own style
    ("Thu 1.284 triệu đồng", VI),
    ("Thu 12 triệu đồng", VI),
    ("tăng 12.5%, giảm 3,1%", VI),
    # a point before decimals says nothing about thousands
    ("Diện tích 198.437 ha (+0.3%)", Style.MIXED),
    ("Thu 1,284 triệu đồng, tăng 12.5%", EN),
    # one slip in a document of the other style does not turn it
    ("tăng 12,5%, giảm 3,1%, bằng 98.2%", VI),
    ("thu 1,284 tỷ, tăng 12.5%, giảm 3.1%, bằng 98,2%", EN),
    # neither dates nor sections prove anything
    ("mục 2.1, ngày 20.4 và 15.9", VI),
]


@pytest.mark.parametrize(("text", "style"), STYLES)
def test_the_style_is_that_of_most_telling_numbers(text: str, style: Style) -> None:
    assert decide_style(text) is style


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("Thu 1,284 triệu đồng", EN),
        ("Thu 1.284,5 triệu đồng", VI),  # what a text proves stands above what its office does
        ("Thu 1,284.5 triệu đồng", EN),
        ("Diện tích 198.437 ha (+0.3%)", Style.MIXED),
    ],
)
def test_a_text_that_proves_nothing_is_read_as_its_office_prints(text: str, style: Style) -> None:
    with rows_over({"vocabulary/number_styles.csv": [{"style": EN.value}]}):
        assert decide_style(text) is style
    assert decide_style("Thu 1,284 triệu đồng") is VI


@pytest.mark.parametrize(
    ("printed", "value", "style"),
    [("1,284 tấn", "1284", EN), ("1,284 tấn", "1.284", VI), ("1.284 tấn", "1284", VI), ("tấn", "12", VI)],
)
def test_the_style_that_gives_a_value_is_found(printed: str, value: str, style: Style) -> None:
    assert style_of(printed, Decimal(value)) is style


TOKENS = [
    ("24 910 triệu USD", [("24 910", "24910", ("spaced_thousands",))]),
    ("2 318,4 tỷ đồng", [("2 318,4", "2318.4", ())]),
    ("17.500.000đồng", [("17.500.000", "17500000", ())]),
    ("29 ,7 %", [("29 ,7", "29.7", ("ocr_spacing",))]),
    ("bằng 71, 8%", [("71, 8", "71.8", ("ocr_spacing",))]),
    ("5, 8%", [("5", "5", ()), ("8", "8", ())]),
    ("l,15 triệu", [("l,15", "1.15", ("ocr_digit",))]),
    ("1O.500 đồng", [("1O.500", "10500", ("ocr_digit",))]),
    ("1.234.56 tấn", [("1.234.56", "None", ("unreadable_number",))]),
    # counter: a list of numbers is no spaced number
    ("các năm 12 15 và 18", [("12", "12", ()), ("15", "15", ()), ("18", "18", ())]),
    # counter: letters that look like digits inside words stay letters
    ("Ios và lO", []),
]


@pytest.mark.parametrize(("text", "expected"), TOKENS)
def test_number_tokens(text: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    found = [(text[n.start : n.end], str(n.value), n.doubts) for n in find_numerals(text, VI, [])]
    assert found == expected


@given(st.text("0123456789., lOđồng%", max_size=60))
def test_number_tokens_stand_apart_and_in_order(text: str) -> None:
    end = 0
    for numeral in find_numerals(text, VI, []):
        assert end <= numeral.start < numeral.end <= len(text)
        assert any(c.isdigit() for c in text[numeral.start : numeral.end])
        end = numeral.end


def test_taken_spans_hold_no_numbers() -> None:
    text = "ngày 12/3 có 45 hộ"
    assert [text[n.start : n.end] for n in find_numerals(text, VI, [(5, 9)])] == ["45"]


WORDS = [
    ("mười lăm", 15),
    ("hai mươi mốt", 21),
    ("ba trăm linh năm", 305),
    ("một nghìn hai trăm", 1200),
    ("bốn trăm năm mươi triệu", 450_000_000),
    ("hai tỷ ba trăm triệu", 2_300_000_000),
    ("ba bốn", None),
    ("mươi hai", None),
]


@pytest.mark.parametrize(("words", "value"), WORDS)
def test_numbers_in_words(words: str, value: int | None) -> None:
    assert read_words(words) == value


@pytest.mark.parametrize("text", ["một số hộ", "hai là", "hàng nghìn người", "một phần ba", "trăm người như một"])
def test_words_that_count_nothing(text: str) -> None:
    assert find_number_words(text) == []


GLUED = ["15lít xăng", "tăng 12lần", "36oC", "4lượt"]


@pytest.mark.parametrize("text", GLUED)
def test_a_unit_glued_to_its_number_lends_no_digit(text: str) -> None:
    [numeral] = find_numerals(text, VI, [])
    assert text[numeral.start : numeral.end].isdigit()
    assert numeral.doubts == ()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("QĐ số l2/QĐ-UBND ngày O5/3/2O14", "QĐ số 12/QĐ-UBND ngày 05/3/2014"),
        ("thu 1.2OO.OOO đồng", "thu 1.200.000 đồng"),
        # letters that belong to words, units and names stay
        ("QL10, 15lít xăng, A1O, quý I, H5N1", "QL10, 15lít xăng, A1O, quý I, H5N1"),
    ],
)
def test_letters_in_numbers_are_digits(text: str, plain: str) -> None:
    assert without_noise(text) == plain


@given(st.text(alphabet="0123lIOo.,/- aQĐ", max_size=30))
def test_without_noise_nothing_moves(text: str) -> None:
    plain = without_noise(text)
    assert len(plain) == len(text)
    assert all(a == b or (a in "lIOo" and b in "10") for a, b in zip(text, plain, strict=True))


def test_a_broken_group_is_one_number_behind_a_comma_only() -> None:
    values = [n.value for n in find_numerals("hỗ trợ 38 hộ, 2. 130 kg gạo, giảm 1. 120 kg", VI, [])]
    assert values == [38, 2130, 1, 120]


def test_a_decimal_behind_a_sign_may_be_parted() -> None:
    [numeral] = find_numerals("tăng trưởng -2, 4%", VI, [])
    assert (numeral.value, numeral.doubts) == (Decimal("2.4"), ("ocr_spacing",))


def test_hundreds_of_a_scale_are_one_number() -> None:
    values = [n.value for n in find_numerals("thu hơn 3 tỷ 8 trăm triệu đồng, 5 trăm hộ, 12 trăm triệu", VI, [])]
    assert values == [3, 800, 5, 12]
