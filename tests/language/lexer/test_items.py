"""A block becomes items: every character that is not white space belongs to exactly one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.language.reading import items_of
from tests.language.words import passages


@given(passages())
@settings(max_examples=150)
def test_every_character_has_one_item(text: str) -> None:
    end = 0
    for item in items_of(text).items:
        assert end <= item.start < item.end <= len(text)
        assert not text[end : item.start].strip()
        end = item.end
    assert not text[end:].strip()


KINDS = [
    ("tăng 12%", ["verb", "quantity"]),
    ("đạt 45% kế hoạch", ["verb", "quantity", "compare"]),
    ("so với cùng kỳ", ["cut", "compare"]),
    ("quý I ước đạt 12 tấn", ["period", "status", "quantity"]),
    ("theo Điều 12", ["word", "word", "reference"]),
    ("trong đó: 12 hộ", ["part", "mark", "quantity"]),
    # the longest cue wins
    ("ước thực hiện", ["status"]),
]


@pytest.mark.parametrize(("text", "kinds"), KINDS)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [item.kind for item in items_of(text).items] == kinds


@pytest.mark.parametrize("text", ["tỷ lệ hoà giải thuỷ lợi", "tỷ lệ hòa giải thủy lợi", "tỉ lệ hoà giải thuỷ lợi"])
def test_spellings_of_one_word_are_one_item(text: str) -> None:
    first = items_of("tỷ lệ hòa giải thủy lợi").items
    assert [(i.kind, i.value) for i in items_of(text).items] == [(i.kind, i.value) for i in first]


def test_the_date_of_a_cited_document_is_no_period() -> None:
    reading = items_of("Quyết định 41/QĐ-UBND ngày 12/3/2023 và kết quả đến ngày 15/3/2023")
    assert [p.label for p in reading.periods] == ["../2023-03-15"]


@pytest.mark.parametrize(
    "text",
    [
        "từ ngày 8/3/2023 đến ngày 10/3/2023 âm lịch",
        "còn 16 đơn chuyển sang năm 2024",
        "tặng quà nhân ngày 1/6/2023",
        "Luật Đất đai năm 2013",
    ],
)
def test_nor_are_other_days_and_years_in_which_nothing_was_counted(text: str) -> None:
    assert items_of(text).periods == ()
