"""The class of a word is told for each of its syllables, the longest word of the table first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractor.language.lexer.items import read_block, scan
from extractor.language.lexer.numerals import Style
from extractor.language.lexer.word_classes import UNKNOWN, classes_of, word_classes
from extractor.language.reader.view import OUTSIDE, View

PARTS = st.lists(st.sampled_from(["tổ", "chức", "hội", "nghị", "hội nghị", "qq", None]), max_size=12)


def seen(text: str) -> tuple[View, dict[str, int]]:
    [scanned] = scan([text])
    view = View(read_block(scanned, Style.VIETNAMESE, report_period="2023"))
    return view, {view.words(place): place for place in range(len(view.items))}


def test_each_word_of_the_table_is_found_by_its_syllables() -> None:
    for word, told in word_classes().items():
        syllables = word.split()
        assert classes_of(syllables) == ([told] * len(syllables), [place > 0 for place in range(len(syllables))])


def test_the_longest_word_wins() -> None:
    assert classes_of(["hội", "nghị", "qq"]) == (["affair", "affair", UNKNOWN], [False, True, False])


def test_no_word_runs_across_what_is_none() -> None:
    table = word_classes()
    assert classes_of(["hội", None, "nghị"])[0] == [table.get("hội", UNKNOWN), UNKNOWN, table.get("nghị", UNKNOWN)]


@given(PARTS)
def test_each_part_has_a_class_and_only_what_follows_a_word_goes_on(parts: list[str | None]) -> None:
    classes, goes_on = classes_of(parts)
    assert len(classes) == len(goes_on) == len(parts)
    assert all(before == here for before, here, on in zip(classes, classes[1:], goes_on[1:], strict=False) if on)
    assert not any(goes_on[:1])


def test_a_view_tells_where_a_word_goes_on_and_where_its_sentence_ends() -> None:
    view, places = seen("Mở hội nghị. Trồng cây")
    opening, inside = places["hội"], places["nghị"]
    assert view.word_class(inside, opening) == "affair"
    assert (view.class_ahead(opening, opening), view.class_ahead(inside, opening)) == ("affair", "+")
    assert view.word_class(len(view.items) - 1, opening) == OUTSIDE


def test_a_comma_that_joins_names_is_no_word() -> None:
    view, places = seen("Nhựa hóa, bê tông hóa đường")
    comma, behind = places[""], places["bê tông hóa"]
    assert view.word_class(comma, comma) == view.kind(comma, comma)
    assert view.class_ahead(behind, behind) == "act"


def test_classes_that_repeat_are_told_once() -> None:
    view, places = seen("hội nghị sơ kết 12 ha")
    assert view.classes_in(places["hội"], places["nghị"] + 1) == "affair"
