"""Numbers and periods as people type them: one reading or none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.domain.errors import InvalidInput
from extractor.domain.period import spell_period
from extractor.ui.input_parsing import read_number, read_period, spell_typed


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("162.409,5", "162409.5"),
        ("162409,5", "162409.5"),
        ("162 409", "162409"),
        ("162\u202f409,50", "162409.50"),
        ("12.470.000.000", "12470000000"),
        ("-5,2", "-5.2"),
        ("−5", "-5"),
        ("0,05", "0.05"),
        ("0", "0"),
        ("007", "7"),
        (" 21,53 ", "21.53"),
    ],
)
def test_what_has_one_reading(typed: str, value: str) -> None:
    read = read_number(typed)
    assert str(read) == value


@pytest.mark.parametrize(
    "typed",
    [
        "1.5",
        "1.234.56",
        "162409.5",
        "1,5,6",
        "1.2345",
        "0.500",
        "1 23",
        "12,",
        ",5",
        "1e5",
        "abc",
        "١٢",
        "--1",
        "1.000,",
    ],
)
def test_what_has_none_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(InvalidInput, match=r"1\.500 hoặc 1,5"):
        read_number(typed)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_what_is_spelled_is_read_back(value: Decimal) -> None:
    assert read_number(spell_typed(value)) == value
    assert read_number(spell_typed(value).replace(".", "\u202f")) == value


@given(st.text())
def test_no_text_makes_it_stumble(text: str) -> None:
    try:
        value = read_number(text)
    except InvalidInput:
        return
    assert value is None or value.is_finite()


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("2023-Q1", "2023-Q1"),
        ("quý I/2023", "2023-Q1"),
        ("quý I năm 2023", "2023-Q1"),
        ("Quy I/2023", "2023-Q1"),
        ("den ngay 8/3/2023", "../2023-03-08"),
        ("nam hoc 2022-2023", "2022/2023"),
        ("Quý 1", "2023-Q1"),
        ("tháng 3/2023", "2023-03"),
        ("9 tháng 2023", "2023-M01/M09"),
        ("năm 2022", "2022"),
        ("2022", "2022"),
        ("", None),
    ],
)
def test_periods_in_words(typed: str, label: str | None) -> None:
    assert read_period(typed, report_period="2023-Q1") == label


@pytest.mark.parametrize("label", ["2023-03", "2023-Q1", "2023-H1", "2023-H2", "2023-M01/M09", "2023"])
def test_a_spelled_period_is_read_back(label: str) -> None:
    assert read_period(spell_period(label)) == label


@pytest.mark.parametrize("typed", ["quý V/2023", "hôm qua", "thang 13/2023", "quý I và quý II/2023", "<img>"])
def test_what_is_no_period_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput, match="quý I/2023"):
        read_period(typed, report_period="2023-Q1")
