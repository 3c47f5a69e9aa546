"""The same sentence with other numbers is called the same, and any other sentence otherwise."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractor.language.lexer.items import read_block, scan
from extractor.language.lexer.numerals import Style
from extractor.language.reader.turns import TURN, Turns, sentence_of
from extractor.language.reader.view import View

SAID = "Thu phí ước đạt 12 tỷ đồng, tăng 8% so với cùng kỳ."


def seen(text: str, number: int = 0) -> list[str]:
    view = View(read_block(scan([text])[0], Style.VIETNAMESE, report_period="2023"))
    places = [place for place, item in enumerate(view.items) if item.quantity is not None]
    return Turns(view).seen(places[number])


def test_other_numbers_are_the_same_sentence() -> None:
    assert seen(SAID) == seen(SAID.replace("12", "1.345,7").replace("8%", "31,5%"))


def test_numbers_of_a_sentence_are_told_apart() -> None:
    first, second = seen(SAID), seen(SAID, 1)
    assert first != second
    assert first[0].partition(".")[0] == second[0].partition(".")[0]


@pytest.mark.parametrize(
    "other",
    [
        SAID.replace("phí", "thuế"),
        SAID.replace("tỷ đồng", "triệu đồng"),
        SAID.replace("tăng", "giảm"),
        SAID.replace(" so với cùng kỳ", ""),
    ],
)
def test_other_words_or_units_are_another_sentence(other: str) -> None:
    assert seen(SAID) != seen(other)


def test_sentence_is_the_same_wherever_it_stands_in_a_block() -> None:
    assert seen(f"Kinh tế giữ mức tăng khá. {SAID}") == seen(SAID)


def test_bare_number_is_no_sentence() -> None:
    assert seen("12 tỷ đồng") == []


def candidates(places: Sequence[str] = ()) -> list[list[str]]:
    """The evidence of two candidates for the first number."""
    view = View(read_block(scan([SAID])[0], Style.VIETNAMESE, report_period="2023"))
    at = next(place for place, item in enumerate(view.items) if item.quantity is not None)
    return Turns(view).seen_of(at, [["a"], ["a"]], places)


def test_candidates_are_told_apart_by_their_place() -> None:
    first, second = candidates()
    assert first[0] == second[0] == "a"
    assert first[1] != second[1]


def test_candidates_that_stand_in_places_of_their_own_are_the_same_in_any_order() -> None:
    first, second = candidates(["left-2:0", "same0"])
    assert candidates(["same0", "left-2:0"]) == [second, first]
    assert first[1].startswith(TURN)
    assert sentence_of(first[1]) == sentence_of(second[1])
