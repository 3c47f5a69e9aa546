"""The unit of the house: every row of the table means what it says, and multipliers change nothing but the factor."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.domain.folding import fold
from extractor.domain.lexicon import read_rows
from extractor.domain.unit import (
    FAMILIES,
    KINDS,
    MULTIPLIER,
    UNITS,
    Unit,
    broad_family,
    is_unit,
    multipliers,
    read_unit,
    same_family,
    unit_words,
)

BASES = {word: found for word, found in unit_words().items() if found.kind != MULTIPLIER}
SCALES = {word: found.factor for word, found in unit_words().items() if word.isalpha() and found.kind == MULTIPLIER}
COARSE = {
    "percent": "share", "permille": "share", "score": "points", "multiple": "times",
    "freight_work": "transport", "passenger_work": "transport",
}  # fmt: skip
"""Families that the reader does not tell apart → their kind."""
AT_ODDS = {"gam", "gram", "mm"}
"""Grammar reads gam like things: "thu giữ 42,6 gam heroin" names what was seized; mm are rain, which is not summed."""

bases, scales = st.sampled_from(sorted(BASES)), st.lists(st.sampled_from(sorted(SCALES)), max_size=3)
values = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15), max_value=10**15)


def known(text: str) -> Unit:
    read = read_unit(text)
    assert read is not None, text
    return read


@pytest.mark.parametrize("row", read_rows(UNITS), ids=lambda row: row["unit"])
def test_each_row_is_yielded_by_its_own_word_and_stands_in_its_example(row: dict[str, str]) -> None:
    if row["kind"] == MULTIPLIER:
        assert known(row["unit"]) == Unit("VND", Decimal(row["factor"]), "money", "money")
        assert fold(row["unit"]) in multipliers()
    else:
        assert known(row["unit"]) == BASES[row["unit"]]
        assert known(row["unit"].upper()) == BASES[row["unit"]]
    assert is_unit(row["unit"])
    assert fold(row["unit"]) in fold(row["example"])


@pytest.mark.parametrize("word", BASES)
def test_each_word_has_a_kind_that_its_family_allows(word: str) -> None:
    kind, family = BASES[word].kind, BASES[word].family
    assert kind in KINDS
    assert family in FAMILIES
    counted = family == "count" and kind in {"person", "award", "time"}
    assert kind == COARSE.get(family, family) or counted or word in AT_ODDS


@given(bases, scales)
def test_families_are_closed_under_multipliers(word: str, scaling: list[str]) -> None:
    base, scaled = BASES[word], known(" ".join([*scaling, word]))
    factor = base.factor
    for multiplier in scaling:
        factor *= SCALES[multiplier]
    assert (scaled.canonical, scaled.family, scaled.kind) == (base.canonical, base.family, base.kind)
    assert scaled.factor == factor


@given(bases, scales, values)
def test_amount_is_exact(word: str, scaling: list[str], value: Decimal) -> None:
    read = known(" ".join([*scaling, word]))
    assert Fraction(read.amount(value)) == Fraction(value) * Fraction(read.factor)


@given(bases, bases)
def test_rate_keeps_what_it_is_per(word: str, other: str) -> None:
    if "/" in word or "/" in other or BASES[other].factor != 1 or is_unit(f"{word}/{other}"):
        return
    rate = known(f"{word}/{other}")
    assert rate.is_rate
    assert rate.canonical == f"{BASES[word].canonical}/{BASES[other].canonical}"
    assert rate.factor == BASES[word].factor


@given(bases, scales)
def test_every_unit_is_of_its_own_family(word: str, scaling: list[str]) -> None:
    text = " ".join([*scaling, word])
    assert same_family(text, known(text).family)
    assert broad_family(broad_family(known(text).family)) == broad_family(known(text).family)


@given(st.text(max_size=20))
def test_any_text_is_a_unit_or_none(text: str) -> None:
    read = read_unit(text)
    assert read is None or (read.canonical and read.factor >= 1)


@pytest.mark.parametrize(
    ("text", "canonical", "factor", "family"),
    [
        ("tr.đ", "VND", 10**6, "money"),
        ("Tr.SP", "sp", 10**6, "count"),
        ("triệu", "VND", 10**6, "money"),
        ("triệu tấn/km", "tấn.km", 10**6, "freight_work"),
        ("tạ/ha", "tạ/ha", 1, "mass/ha"),
        ("nghìn đồng/kilôgam", "VND/kg", 1000, "money/kg"),
        ("nhóm/lớp", "nhóm/lớp", 1, "count"),
        ("gốc đào", "gốc đào", 1, "count"),
        ("M²", "m2", 1, "area"),
    ],
)
def test_printed_units(text: str, canonical: str, factor: int, family: str) -> None:
    read = known(text)
    assert (read.canonical, read.factor, read.family) == (canonical, factor, family)


@pytest.mark.parametrize("text", [None, "", "-", '"', "..."])
def test_what_names_no_unit_is_none(text: str | None) -> None:
    assert read_unit(text) is None
    assert same_family(text, "money")
