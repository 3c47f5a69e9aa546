"""Each rule over the words of reports names a planted row in two languages and passes the words that are shipped."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor import vocabulary_checks
from extractor.domain.errors import InvalidModels
from extractor.domain.lexicon import read_rows
from extractor.language.lexer.numerals import STYLES
from extractor.vocabulary_checks import BASES, VOCABULARY_CHECKS


@pytest.mark.parametrize("check", VOCABULARY_CHECKS, ids=lambda check: check.__name__)
def test_our_own_words_pass(check: Callable[[], list[InvalidModels]]) -> None:
    assert [conflict.vi for conflict in check()] == []


def phrase(label: str, value: str, words: str, example: str) -> dict[str, str]:
    return {"label": label, "value": value, "phrase": words, "example": example}


def unit(name: str, kind: str, factor: str, example: str) -> dict[str, str]:
    return {"unit": name, "kind": kind, "family": "count", "canonical": "", "factor": factor, "example": example}


def reference(shape: str, label: str, words: str, example: str) -> dict[str, str]:
    return {"shape": shape, "label": label, "words": words, "example": example}


def shape(label: str, pattern: str, example: str, found: str) -> dict[str, str]:
    return {"label": label, "before": "", "shape": pattern, "example": example, "found": found}


def word(part: str, text: str, example: str) -> dict[str, str]:
    return {"class": part, "word": text, "example": example}


def beside(kind: str, words: str, example: str) -> dict[str, str]:
    return {"kind": kind, "words": words, "example": example}


def grouped(group: str, text: str, example: str) -> dict[str, str]:
    return {"group": group, "word": text, "example": example}


def area_type(kind: str, level: str, example: str) -> dict[str, str]:
    return {"type": kind, "short": "", "level": level, "example": example}


def headed(role: str, text: str, example: str) -> dict[str, str]:
    return {"role": role, "word": text, "example": example}


def number(kind: str, text: str, value: str, example: str) -> dict[str, str]:
    return {"class": kind, "word": text, "value": value, "example": example}


def part(name: str, pattern: str, example: str, found: str) -> dict[str, str]:
    return {"name": name, "shape": pattern, "example": example, "found": found}


def form(name: str, pattern: str, example: str, found: str) -> dict[str, str]:
    return {"form": name, "opening": "cả", "shape": pattern, "example": example, "found": found}


def slip(written: str, meant: str, example: str) -> dict[str, str]:
    return {"written": written, "meant": meant, "example": example}


def contrast(left: str, right: str, first: str, second: str) -> dict[str, str]:
    return {"left": left, "right": right, "example_left": first, "example_right": second}


PHRASES, UNITS, REFERENCES = vocabulary_checks.PHRASES, vocabulary_checks.UNITS, vocabulary_checks.REFERENCES
REFERENCE_SHAPES = vocabulary_checks.REFERENCE_SHAPES
WORDS, SPELLINGS, CONTRASTS = vocabulary_checks.WORDS, vocabulary_checks.SPELLINGS, vocabulary_checks.CONTRASTS
COORDINATES, GROUPS = vocabulary_checks.COORDINATES, vocabulary_checks.GROUPS
CATALOGUE_WORDS, AREA_TYPES = vocabulary_checks.CATALOGUE_WORDS, vocabulary_checks.AREA_TYPES
HEADINGS, NUMBERS, TENTHS = vocabulary_checks.HEADINGS, vocabulary_checks.NUMBERS, vocabulary_checks.TENTHS
PARTS, PERIODS = vocabulary_checks.PARTS, vocabulary_checks.PERIODS

PLANTED = [
    ("check_labels", PHRASES, [phrase("status", "guess", "đoán", "đoán 12 tấn")], "guess"),
    ("check_labels", PHRASES, [phrase("stattus", "plan", "giao", "giao 12 tấn")], "stattus"),
    ("check_labels", UNITS, [unit("sọt", "basket", "1", "12 sọt")], "basket"),
    ("check_labels", REFERENCES, [reference("behind", "name", "Đội", "Đội 2")], "behind"),
    ("check_labels", REFERENCES, [reference("before", "nickname", "Đội", "Đội 2")], "nickname"),
    ("check_labels", WORDS, [word("verb", "làm", "làm 2 việc")], "verb"),
    ("check_labels", HEADINGS, [headed("planned", "KH", "KH năm")], "planned"),
    ("check_labels", NUMBERS, [number("dozen", "tá", "12", "hai tá")], "dozen"),
    ("check_labels", PERIODS, [form("era", "cả thời", "cả thời", "cả thời")], "era"),
    ("check_factors", UNITS, [unit("sọt", "count", "1,5", "12 sọt")], "1,5"),
    ("check_factors", UNITS, [unit("chục", "multiplier", "1", "12 chục tấn")], "“1”"),
    (
        "check_clashes",
        PHRASES,
        [phrase("verb", "up", "thuỷ lên", "thuỷ lên 2%"), phrase("verb", "down", "Thủy lên", "Thủy lên 2%")],
        "Thủy lên",
    ),
    ("check_clashes", UNITS, [unit("tỉ", "multiplier", "10", "2 tỉ"), unit("tỷ", "multiplier", "100", "2 tỷ")], "tỷ"),
    (
        "check_clashes",
        REFERENCES,
        [reference("before", "article", "Bảng", "Bảng 4"), reference("before", "name", "bảng", "bảng 4")],
        "bảng",
    ),
    ("check_clashes", SPELLINGS, [slip("dat", "đạt", "dat 2 ha"), slip("Dat", "đất", "Dat 2 ha")], "đất"),
    ("check_phrases", PHRASES, [phrase("status", "plan", "ước đạt", "ước đạt 5 tấn")], "status plan"),
    # the example holds the cue, but in other words
    ("check_phrases", PHRASES, [phrase("status", "estimate", "ước thực hiện", "ước đạt 5 tấn")], "ước thực hiện"),
    ("check_units", UNITS, [unit("tấn", "mass", "1000", "12 tạ")], "tấn"),
    ("check_units", UNITS, [unit("tấn", "money", "1000", "12 tấn")], "money"),
    ("check_references", REFERENCES, [reference("before", "article", "Điều", "thu 5 tấn")], "Điều"),
    # a row before it takes the example
    ("check_shapes", REFERENCE_SHAPES, [shape("time", r"\d+h", "họp 14h chiều", "14h")], "time 14h"),
    ("check_words", WORDS, [word("action", "tổ chức", "mở 5 lớp")], "tổ chức"),
    ("check_words", WORDS, [word("scope", "tổ chức", "tổ chức 5 lớp")], "scope"),
    ("check_labels", CATALOGUE_WORDS, [grouped("weather", "bão", "bão số 3")], "weather"),
    ("check_labels", AREA_TYPES, [area_type("tổng", "canton", "tổng An Hòa")], "canton"),
    ("check_groups", GROUPS, [grouped("actor", "tòa", "viện thụ lý 28 đơn")], "actor tòa"),
    ("check_groups", CATALOGUE_WORDS, [grouped("season", "chiêm", "lúa mùa 1.250 ha")], "season chiêm"),
    ("check_area_types", AREA_TYPES, [area_type("thị xã", "district", "quận Kiến An")], "thị xã"),
    ("check_headings", HEADINGS, [headed("plan", "kế hoạch", "KH năm")], "plan kế hoạch"),
    ("check_headings", HEADINGS, [headed("plan", "giao", "khu giaothông")], "plan giao"),
    ("check_numbers", NUMBERS, [number("month", "Ba", "4", "tháng Ba đạt 12 tấn")], "month Ba"),
    ("check_numbers", NUMBERS, [number("months", "ba", "4", "ba tháng đầu năm đạt 12 tấn")], "months ba"),
    ("check_numbers", NUMBERS, [number("digit", "ba", "3", "ba hộ")], "digit ba"),
    ("check_numbers", NUMBERS, [number("titled", "một", "2", "Kết quả một tháng ra quân")], "titled một"),
    ("check_numbers", NUMBERS, [number("ordinal", "nhì", "3", "Phần thứ nhì")], "ordinal nhì"),
    ("check_numbers", NUMBERS, [number("multiple", "đôi", "3", "gấp đôi cùng kỳ")], "multiple đôi"),
    ("check_number_styles", STYLES, [{"style": "1,284.5", "example": "đạt 1.284 tấn"}], "1,284.5"),
    ("check_number_styles", STYLES, [{"style": "1 284.5", "example": "đạt 1.284 tấn"}], "1 284.5"),
    ("check_tenths", TENTHS, [{"unit": "mẫu", "tenth": "sào", "example": "186 mẫu"}], "mẫu sào"),
    # a row before it takes the example
    (
        "check_parts",
        PARTS,
        [part("told", "đạt", "đạt 5 tấn", "đạt"), part("told", "đạt được", "đạt được 5 tấn", "đạt được")],
        "told đạt được",
    ),
    ("check_periods", PERIODS, [form("year", "cả năm", "cả quý", "cả năm")], "year cả năm"),
    ("check_coordinates", COORDINATES, [beside("hamlet", "thôn", "có 12 thôn, 3 bản")], "hamlet thôn"),
    ("check_coordinates", COORDINATES, [beside("hamlet", "ấp", "có 12 thôn, bản")], "hamlet ấp"),
    ("check_spellings", SPELLINGS, [slip("thuỷ", "thủy", "thuỷ lợi")], "thủy"),
    ("check_spellings", SPELLINGS, [slip("triêu", "triệu", "12 triệu đồng")], "triêu"),
    ("check_contrasts", CONTRASTS, [contrast("thuỷ", "thủy", "thuỷ sản", "thủy sản")], "thủy"),
    ("check_contrasts", CONTRASTS, [contrast("thu", "chi", "Tổng thu", "Tổng số")], "chi"),
    ("check_contrasts", CONTRASTS, [contrast("tỷ lệ", "", "Tỷ lệ hộ nghèo", "Tỷ lệ hộ")], "tỷ lệ"),
]


@pytest.mark.parametrize(("check", "file", "rows", "told"), PLANTED)
def test_a_planted_row_is_named(
    check: str, file: str, rows: list[dict[str, str]], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = tuple({**row, "#": str(number)} for number, row in enumerate(rows, 7))
    monkeypatch.setattr(vocabulary_checks, "read_rows", lambda name: planted if name == file else ())
    [conflict] = getattr(vocabulary_checks, check)()
    assert (conflict.file, conflict.row) == (file, 7 + len(rows) - 1)
    assert told in conflict.vi
    assert told in conflict.en
    assert conflict.vi != conflict.en


def test_an_empty_group_that_statistics_asks_for_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tuple(row for row in read_rows(CATALOGUE_WORDS) if row["group"] != "season")
    monkeypatch.setattr(vocabulary_checks, "read_rows", lambda _: kept)
    [conflict] = vocabulary_checks.check_empty_groups()
    assert "season" in conflict.vi


def test_a_pattern_whose_example_yields_nothing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"label": "compare", "id": "plan", "pattern": [{"NORM": "giao"}], "example": "thu 5 tấn"}
    monkeypatch.setattr(vocabulary_checks, "read_rows", lambda _: ())
    monkeypatch.setattr("extractor.language.lexer.phrase_matcher.token_patterns", lambda: [row])
    [conflict] = vocabulary_checks.check_phrases()
    assert (conflict.file, conflict.row) == (BASES, 1)
    assert "compare plan" in conflict.vi


def test_a_part_that_is_no_regular_expression_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    planted = ({**part("told", "đạt(", "đạt 5 tấn", "đạt"), "#": "7"},)
    monkeypatch.setattr(vocabulary_checks, "read_rows", lambda name: planted if name == PARTS else ())
    with pytest.raises(InvalidModels, match="missing") as raised:
        list(vocabulary_checks.check_parts())
    assert (raised.value.file, raised.value.row) == (PARTS, 7)
