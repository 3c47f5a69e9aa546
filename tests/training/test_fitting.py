"""Weights are integers that make the right choices most probable, whatever the order of the lessons."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("scipy", reason="solieu[train] is not installed")

from extractor.training.fitting import Lesson, fit
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
