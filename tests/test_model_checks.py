"""Each rule for models/ finds the row that breaks it, and the tables that are shipped break none."""

from __future__ import annotations

import unicodedata

import pytest

from extractor.model_checks import TABLE_CHECKS, check_models


def conflicts(file: str, *rows: dict[str, str]) -> list[str]:
    numbered = tuple({**row, "#": str(number)} for number, row in enumerate(rows, 2))
    return [conflict.vi for check in TABLE_CHECKS for conflict in check(file, numbered)]


def test_the_tables_that_are_shipped_agree() -> None:
    tables, rows, found = check_models()
    assert [conflict.vi for conflict in found] == []
    assert tables >= 10
    assert rows > 1000


@pytest.mark.parametrize(
    ("file", "rows", "told"),
    [
        ("vocabulary/units.csv", [{"unit": unicodedata.normalize("NFD", "tạ"), "example": "5 tạ"}], "dạng NFC"),
        ("vocabulary/units.csv", [{"unit": "tạ\u200b", "example": "5 tạ"}], "U+200B"),
        ("vocabulary/units.csv", [{"unit": "tạ", "example": ""}], "thiếu ví dụ"),
        (
            "vocabulary/words.csv",
            [{"word": "Thuỷ sản", "example": "a"}, {"word": "thủy sản", "example": "b"}],
            "dòng 3: lặp lại dòng 2",
        ),
        ("interface/x.csv", [{"key": "a", "vi": "một", "en": ""}], "thiếu một trong hai thứ tiếng"),
        ("interface/x.csv", [{"key": "a", "vi": "một", "en": "one {name}"}], "Việt thiếu trường name"),
        ("interface/x.csv", [{"key": "a", "vi": "{name} một", "en": "one"}], "Anh thiếu trường name"),
        ("interface/x.csv", [{"key": "a", "vi": "{count} tệp", "en": "{count} new files"}], "{count:file|files}"),
        (
            "interface/x.csv",
            [{"key": "a", "vi": "một", "en": "one"}, {"key": "a", "vi": "hai", "en": "two"}],
            "khóa a đã có ở dòng 2",
        ),
    ],
)
def test_a_row_that_breaks_a_rule_is_named(file: str, rows: list[dict[str, str]], told: str) -> None:
    [conflict] = conflicts(file, *rows)
    assert told in conflict
    assert conflict.startswith(f"models/{file}, dòng ")


def test_a_count_with_both_forms_and_a_field_that_is_not_said_are_fine() -> None:
    assert not conflicts("interface/x.csv", {"key": "a", "vi": "{count} tệp", "en": "{count} {count:file|files}"})
    assert not conflicts("interface/x.csv", {"key": "a", "vi": "{name} một", "en": "one{name:|}"})


def test_what_differs_is_no_repetition() -> None:
    assert not conflicts("vocabulary/words.csv", {"word": "thu", "example": "a"}, {"word": "thú", "example": "a"})
    printed = {"word": "ủy ban", "example": "a"}, {"word": "uỷ ban", "example": "b"}
    assert not conflicts("paper/words.csv", *printed)
