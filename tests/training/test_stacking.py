"""Whole names are taught by what is offered without having seen the passage, and weigh what was said before."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractor.language.reader.weights import Weighted, unpacked
from extractor.training import stacking
from extractor.training.fitting import Lesson, fit
from extractor.training.lessons import learn_from
from extractor.training.stacking import NAME, Fitted, learn_names

GOLD = [
    {
        "id": f"t{number:03}",
        "text": f"Hộ nghèo giảm mạnh. Năm 2023, xã {name} có diện tích lúa {number} ha.",
        "report_period": "2023",
        "figures": [
            {"indicator": "diện tích lúa", "value": number, "unit": "ha", "period": "2023", "comparisons": []},
        ],
    }
    for number, name in enumerate(("An Hòa", "Bình Lộc", "Cẩm Tú", "Đông Sơn", "Gia Phúc") * 8, 15)
]  # fmt: skip


def test_weights_in_no_table_decide_as_those_of_a_table() -> None:
    evidence = ["verb=up", "unit=share"]
    fitted = Fitted({"twin": {(0, "verb=up"): 70, (2, "unit=share"): -30}, "end": {(-1, "n=NUM"): 50}})
    assert unpacked(sum(map(fitted.weights_of("twin").get, evidence)), 3) == [70, 0, -30]  # type: ignore[arg-type]
    assert fitted.rank("end", 0, [["n=w"], ["n=NUM"]], "ab").best == 1


def test_log_odds_that_candidates_come_with_count_beside_their_evidence() -> None:
    assert Weighted().rank(NAME, 0, [["nobody=1"], ["nobody=2"]], "ab", [-200, -20]).best == 1

    def lessons(odds: tuple[int, ...]) -> list[Lesson]:
        return [Lesson((((-1, "good"),), ((-1, "bad"),)), frozenset({0}), 1.0, "p1", odds)] * 20

    told, against = fit(lessons((-10, -300))), fit(lessons((-300, -10)))
    assert against[-1, "good"] > told.get((-1, "good"), 0) >= 0  # what was said before need not be said again


def test_each_passage_is_read_by_those_that_have_not_seen_it(monkeypatch: pytest.MonkeyPatch) -> None:
    lessons = learn_from(GOLD)
    weights = {decision: fit(taught) for decision, taught in lessons.taught.items()}
    seen: list[set[str]] = []
    monkeypatch.setattr(stacking, "fit", lambda taught: seen.append({one.passage for one in taught}) or fit(taught))
    read: list[str] = []
    teach = stacking.teach

    def noting(passage, made):  # type: ignore[no-untyped-def]
        read.append(passage["id"])
        assert passage["id"] not in seen[-1]
        return teach(passage, made)

    monkeypatch.setattr(stacking, "teach", noting)
    names = learn_names(GOLD, (), lessons, weights)
    assert sorted(read) == [passage["id"] for passage in GOLD]
    _right_and_others(names.taught.get(NAME, []))


def _right_and_others(lessons: Sequence[Lesson]) -> None:
    for lesson in lessons:
        assert len(lesson.odds) == len(lesson.candidates) > len(lesson.right) > 0
