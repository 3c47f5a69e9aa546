"""Choices are noted with how sure they are; what is meant by a name is one question, how far it goes another."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractor.language.lexer.items import read_block, scan
from extractor.language.lexer.numerals import decide_style
from extractor.language.reader.choosing import Chooser
from extractor.language.reader.drafts import Draft
from extractor.language.reader.turns import sentence_of
from extractor.language.reader.view import View
from extractor.language.reader.weights import CHOICES, Choice, best_of

TEXT = "Tổng thu ngân sách xã đạt 45 tỷ đồng."


class Told:
    """Decides by scores that a test gives."""

    recalls = False

    def __init__(self, scores: Sequence[int]) -> None:
        self.scores = scores

    def classify(self, _: str, __: int, ___: Sequence[str], allowed: Sequence[bool], /) -> Choice:
        return best_of([score if free else -1_000_000 for score, free in zip(self.scores, allowed, strict=True)])

    def rank(self, *_: object) -> Choice:
        return best_of(self.scores)


def chooser(*scores: int) -> Chooser:
    reading = read_block(scan([TEXT])[0], decide_style(TEXT), report_period="2023")
    return Chooser(Told(scores), View(reading))


def noted(choose: Chooser) -> Draft:
    draft = Draft(None, None, 0, 0, 0)
    choose.give(draft)
    return draft


def test_of_names_that_hold_one_another_the_likeliest_borders_are_taken() -> None:
    names = ["thu ngân sách", "Tổng thu ngân sách xã", "xã"]
    choose = chooser(300, 100, 0)
    assert names[choose.whole(0, [[], [], []], names, [-200, -10, -300])] == "Tổng thu ngân sách xã"
    draft = noted(choose)
    assert draft.margins["indicator"] > 0.95  # both mean the same
    assert [one.value for one in draft.alternatives] == ["thu ngân sách"]


def test_another_name_is_taken_whatever_its_borders() -> None:
    names = ["hộ nghèo", "xã An Hòa"]
    assert chooser(300, 0).whole(0, [[], []], names, [-200, -10]) == 0


def test_a_whole_name_is_known_by_its_sentence_and_where_it_stands_there() -> None:
    asked: list[Sequence[Sequence[str]]] = []

    class Recalling(Told):
        recalls = True

        def rank(self, *told: object) -> Choice:
            asked.append(told[2])  # type: ignore[arg-type]
            return super().rank(*told)

    reading = read_block(scan([TEXT])[0], decide_style(TEXT), report_period="2023")
    at = next(place for place, item in enumerate(reading.items) if item.quantity is not None)
    choose = Chooser(Recalling([300, 0]), View(reading))
    choose.whole(at, [["a"], ["b"]], ["hộ nghèo", "xã An Hòa"], [-200, -10], ["left-2:0", "same0"])
    [[first, second]] = asked
    assert (first[0], second[0]) == ("a", "b")
    assert all(sentence_of(piece) for piece in (first[1], second[1]))
    assert (first[1].endswith(".left-2:0"), second[1].endswith(".same0")) == (True, True)


def test_a_name_beside_which_nothing_comes_near_is_as_sure_as_what_led_to_it() -> None:
    choose = chooser()
    assert choose.whole(0, [[]], ["hộ nghèo"], [-69]) == 0
    assert noted(choose).margins["indicator"] == pytest.approx(0.5, abs=0.01)


def test_a_part_is_as_sure_as_it_is_one_of_its_kind() -> None:
    names = CHOICES["part"]
    scores = [{"left": 300, "same": 290, "compare": 100}.get(name, -400) for name in names]
    choose = chooser(*scores)
    part, sources = choose.part(0, [], [True] * len(names))
    assert (part, [*sources]) == ("left", ["left", "same"])
    assert noted(choose).margins["part"] == pytest.approx(0.93, abs=0.02)  # left or same: a value all the same
