"""Texts that guard what is learned: read again only where a layer may read them otherwise, and then as it reads."""

from __future__ import annotations

import json

import pytest

from extractor.indicator_evaluation import MarkedPassage
from extractor.language import Layer
from extractor.language.lexer.numerals import STYLES
from extractor.paper import read_passage
from extractor.training import guard
from extractor.training.anchored import learn_near_package, taught_by
from extractor.training.guard import IDS, Tried, read_text, score_each, score_over, to_try
from tests.training.conftest import GOLD
from tests.training.test_anchored import passage, said_again

pytestmark = pytest.mark.usefixtures("little_gold")
NAMED = "Thu ngân sánh nhà nước đạt 12 tỷ đồng."


def test_text_without_evidence_that_moved_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    said = said_again(3)
    layer = Layer(1, json.dumps({"weights": learn_near_package(taught_by(said[:2]), 1.0)}))
    texts = [*to_try("own", [said[2], passage(1)]), *guard.package_gold()]
    read = [*map(read_text, texts)]
    fresh = score_each(texts, layer)
    assert fresh != [one.score for one in read]
    again: list[list[Tried]] = []
    monkeypatch.setattr(guard, "score_each", lambda some, _: again.append(some) or score_each(some, layer))
    assert score_over(read, layer) == fresh
    assert again == [texts[:1]], "what the layer says nothing about is known"


def test_text_with_words_of_a_row_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"unit": "băng", "kind": "count", "family": "count", "factor": "1"}
    layer = Layer(1, json.dumps({"rows": {"vocabulary/units.csv": [row]}}))
    read = [*map(read_text, guard.package_gold())]
    again: list[list[Tried]] = []
    monkeypatch.setattr(guard, "score_each", lambda some, _: again.append(some) or score_each(some, layer))
    score_over(read, layer)
    assert [[one.document.text for one in some] for some in again] == [[GOLD[1]]]


def test_entries_of_a_passage_are_scored_with_the_rows() -> None:
    document, _ = read_passage(NAMED)
    marked = MarkedPassage(NAMED, None, ((NAMED.index("12"), "rev_state"),))
    text = Tried(IDS, document, (), marked=marked)
    row = {"alias": "Thu ngân sánh nhà nước", "indicator": "rev_state"}
    rows = {"catalogue/aliases.csv": [row]}
    before, after = (score_each([text], layer)[0] for layer in (Layer(), Layer(1, json.dumps({"rows": rows}))))
    assert (before.gold, before.predicted, before.found) == (1, 0, 0)
    assert (after.gold, after.predicted, after.found, after.strict) == (1, 1, 1, 1)


def test_how_an_office_prints_numbers_is_not_held_against_others() -> None:
    style = Layer(1, json.dumps({"rows": {STYLES: [{"style": "1,284.5"}]}, "weights": {}}))
    assert guard.for_others(style).rows == {}
    named = Layer(1, json.dumps({"rows": {"catalogue/padding.csv": [{"side": "open", "words": "kết quả"}]}}))
    assert guard.for_others(named) == named
