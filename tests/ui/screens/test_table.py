"""What the cells of the table say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from benchmarks.learning import take_in
from extractor.archive.row_types import Filter, Record
from extractor.archive.store import Store
from extractor.ui.record_notes import compared_words, spell_amount
from extractor.ui.screens.table import row_of, value_width
from tests.archive.learning.office import actor, passage


@pytest.fixture
def record(tmp_path: Any) -> Record:
    store, _ = Store.open_local(tmp_path / "table.sqlite")
    item_id = take_in(store, passage(0), actor(store))
    [found] = store.queue(Filter(item=item_id))
    store.close()
    return found


@pytest.mark.parametrize(
    ("language", "kind", "value", "unit", "told"),
    [
        ("vi", "ratio", "21.69", "%", "Kế hoạch: 21,69%"),
        ("en", "ratio", "1021.69", "%", "The plan: 1,021.69%"),
        ("vi", "change", "9.2", "%", "Kế hoạch: +9,2%"),
        ("vi", "change", "-9.2", "%", "Kế hoạch: -9,2%"),
        ("vi", "abs_change", "12", "vụ", "Kế hoạch: +12 vụ"),
        ("vi", "multiple", "2.4", "lần", "Kế hoạch: 2,4 lần"),
    ],
)
def test_comparison_says_its_base_and_a_change_its_sign(
    record: Record, language: str, kind: str, value: str, unit: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOLIEU_LANGUAGE", language)
    compared = {"base": "plan", "kind": kind, "value": value, "unit": unit}
    assert compared_words(replace(record, comparisons=[compared])) == [told]


@pytest.mark.parametrize(
    ("language", "unit", "told"), [("vi", "tấn", "1.250,5–2.000 tấn"), ("en", "%", "1,250.5–2,000%")]
)
def test_what_is_only_shown_has_the_marks_of_the_language(
    record: Record, language: str, unit: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOLIEU_LANGUAGE", language)
    assert (
        spell_amount(replace(record, value=Decimal("1250.5"), value_max=Decimal(2000), unit=unit, bound=None)) == told
    )


def test_the_numbers_of_a_row_that_is_typed_in_have_one_way_whatever_the_language(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOLIEU_LANGUAGE", "en")
    compared = {"base": "plan", "kind": "ratio", "value": "36.61", "unit": "%"}
    row = row_of(replace(record, value=Decimal("2715.4"), comparisons=[compared]))
    assert (row["value"], row["compared"]) == ("2.715,4", "The plan: 36,61%")


def test_the_first_digits_of_a_long_value_are_never_cut() -> None:
    rows = [{"value": said} for said in ("7", "1.214.539.700.000,5", None)]
    assert value_width(rows[:1]) == value_width([]) == 115
    assert value_width(rows) == 172
