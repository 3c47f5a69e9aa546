"""Weights are integers that make the right choices most probable, whatever the order of the lessons."""

from __future__ import annotations

import random

import numpy
import pytest

from extractor.language.reader.turns import TURN
from extractor.language.reader.weights import UNIT
from extractor.training import fitting
from extractor.training.descent import descend
from extractor.training.fitting import ANY_SENTENCE, SAME_SENTENCE, WEAK, Lesson, fit, refit
from extractor.training.tables import write_table


def lesson(right: int, *evidence: str, passage: str = "p1") -> Lesson:
    candidates = tuple(tuple((place, piece) for piece in evidence) for place in range(2))
    return Lesson(candidates, frozenset({right}), 1.0, passage)


LESSONS = [
    *(lesson(0, "verb=up", "unit=share") for _ in range(20)),
    *(lesson(1, "verb=reach", "unit=share") for _ in range(20)),
    lesson(1, "verb=up", "unit=share"),
]


def test_evidence_that_tells_choices_apart_gets_the_weight() -> None:
    weights = fit(LESSONS)
    assert weights[0, "verb=up"] > 50 > -50 > weights[1, "verb=up"]
    assert abs(weights.get((0, "unit=share"), 0)) < abs(weights[0, "verb=up"])


def test_order_of_lessons_means_nothing() -> None:
    shuffled = LESSONS[:]
    random.Random(7).shuffle(shuffled)
    first, second = fit(LESSONS), fit(shuffled)
    assert first.keys() == second.keys()
    assert all(abs(first[piece] - second[piece]) <= 1 for piece in first)


def test_rare_evidence_is_left_out() -> None:
    weights = fit([*LESSONS, lesson(0, "word=once")])
    assert (0, "word=once") not in weights


def test_nothing_to_learn_gives_no_weights() -> None:
    assert fit([]) == {}
    assert fit([Lesson((((0, "a"),),), frozenset({0}))]) == {}


def test_table_names_a_passage_that_taught_each_row(tmp_path) -> None:  # type: ignore[no-untyped-def]
    table = write_table(tmp_path, "twin", fit(LESSONS), LESSONS).read_text(encoding="utf-8").splitlines()
    assert table[0] == "evidence,whole,plan,pair,example"
    assert any(row.startswith("verb=up,") and row.endswith(",p1") for row in table)


def test_descent_finds_the_lowest_point_of_a_narrow_valley() -> None:
    def valley(at):  # type: ignore[no-untyped-def]
        x, y = at
        slope = numpy.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])
        return float((1 - x) ** 2 + 100 * (y - x * x) ** 2), slope

    assert abs(descend(valley, numpy.array([-1.2, 1.0]), steps=200) - 1).max() < 1e-4


# ------------------------------------------------------------------------------------------------------------- refit

ANCHORED = {(0, "verb=rise"): 80, (1, "verb=rise"): -80, (0, "unit=share"): 40}


def decided(right: int, passages: range, *evidence: str) -> list[Lesson]:
    return [lesson(right, *evidence, passage=f"p{n}") for n in passages]


def test_refit_moves_what_passages_agree_about() -> None:
    moved = refit(decided(1, range(8), "verb=rise", "unit=share"), ANCHORED, {}, 1.0)
    assert moved[1, "verb=rise"] > 0 > moved[0, "verb=rise"]


def test_refit_leaves_what_it_has_not_met() -> None:
    moved = refit(decided(1, range(8), "verb=rise"), ANCHORED, {}, 1.0)
    assert {piece for _, piece in moved} == {"verb=rise"}


def test_refit_without_mistakes_moves_nothing_much() -> None:
    sure = {(0, "verb=rise"): 400, (1, "verb=rise"): -400}
    assert refit(decided(0, range(8), "verb=rise"), sure, {}, 1.0) == {}


def test_refit_needs_passages_that_agree() -> None:
    few = ANY_SENTENCE.agreeing - 1
    assert refit(decided(1, range(few), "verb=rise"), ANCHORED, {}, 1.0) == {}
    assert refit(decided(1, range(few), "verb=rise") * 9, ANCHORED, {}, 1.0) == {}, "one passage is one voice"
    assert refit([*decided(1, range(4), "verb=rise"), *decided(0, range(4, 8), "verb=rise")], ANCHORED, {}, 1.0) == {}


def test_refit_moves_no_weight_further_than_the_cap() -> None:
    moved = refit(decided(1, range(500), "verb=rise"), {(0, "verb=rise"): 900, (1, "verb=rise"): -900}, {}, 1.0)
    assert max(map(abs, moved.values())) == ANY_SENTENCE.furthest * UNIT


def test_refit_believes_two_passages_about_their_very_sentence_and_moves_it_further() -> None:
    very = f"{TURN}ab12.4"
    moved = refit(decided(1, range(2), very, "verb=rise"), ANCHORED, {"verb=rise": 5_000}, 1.0)
    assert {piece for _, piece in moved} == {very}
    assert refit(decided(1, range(1), very), {}, {}, 1.0) == {}
    far = refit(decided(1, range(500), very), {(0, "verb=rise"): 900}, {}, 1.0)
    assert ANY_SENTENCE.furthest * UNIT < max(map(abs, far.values())) <= SAME_SENTENCE.furthest * UNIT


def test_refit_lets_few_passages_turn_a_clear_choice_about_in_their_very_sentence() -> None:
    very, clear = f"{TURN}ab12.4", 13 * UNIT
    moved = refit(decided(1, range(4), very, "verb=rise"), {(0, "verb=rise"): clear}, {"verb=rise": 5_000}, 1.0)
    assert moved[1, very] - moved[0, very] > clear


def test_refit_leaves_out_beforehand_only_what_could_not_move(monkeypatch: pytest.MonkeyPatch) -> None:
    lessons = decided(1, range(8), "verb=rise", "word=own")
    shown = {"verb=rise": round(8 / WEAK) - 1}  # eight lessons pull it as far as it is told at all, and no further
    moved = refit(lessons, ANCHORED, shown, 1.0)
    known: list[set[str]] = []
    strong = fitting._strong
    monkeypatch.setattr(fitting, "_strong", lambda *told: known.append({p for _, p in told[1]}) or strong(*told))
    assert refit(lessons, ANCHORED, shown, 1.0) == moved
    refit(lessons, ANCHORED, {"verb=rise": round(8 / WEAK)}, 1.0)
    assert known == [{"verb=rise", "word=own"}, {"word=own"}]


def test_refit_holds_what_others_show_too() -> None:
    lessons = decided(1, range(8), "verb=rise", "word=own")
    loose = refit(lessons, ANCHORED, {}, 1.0)
    tight = refit(lessons, ANCHORED, {"verb=rise": 5_000}, 1.0)
    assert loose[1, "verb=rise"] > 0
    assert {piece for _, piece in tight} == {"word=own"}
    assert tight[1, "word=own"] > loose[1, "word=own"], "what is left to the one is learned by the other"


def test_refit_does_not_ask_for_the_order_of_decisions() -> None:
    lessons = [
        *decided(1, range(9), "verb=rise", "unit=share"),
        *decided(0, range(9, 21), "verb=rise", "word=plan"),
        *decided(1, range(21, 30), "unit=share", "word=plan"),
    ]
    shuffled = lessons[:]
    random.Random(7).shuffle(shuffled)
    assert refit(lessons, ANCHORED, {}, 1.0)
    assert list(refit(lessons, ANCHORED, {}, 1.0).items()) == list(refit(shuffled, ANCHORED, {}, 1.0).items())
