"""From corrections to a layer that reads the next report better, and nothing that reads gold worse."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks.learning import renumbered, take_in
from extractor.archive.learning import proposal as proposing
from extractor.archive.learning.passages import Passage, decided_passages
from extractor.archive.learning.proposal import OWN, Proposal, divide, narrow, propose
from extractor.archive.row_types import Filter
from extractor.archive.store import Store
from extractor.evaluation import Score
from extractor.language import Layer, read_figures
from extractor.language.reader.turns import TURN
from extractor.training import guard
from extractor.training.guard import shown_by_package
from tests.archive.learning.office import LOAD, UNKNOWN, actor, bring, name_it, passage, read_next, review

pytestmark = pytest.mark.usefixtures("little_gold")


def by_its_noun(store: Store, number: int) -> None:
    """A report comes in that counts by the office's own noun, and people write it out."""
    for record in bring(store, [number]):
        store.correct(record.id, record.version, {"unit": LOAD}, actor=actor(store))


OFFICE: list[Callable[[Store], None]] = [
    *(partial(review, numbers=[number], status="plan" if number % 5 else "projection") for number in range(10)),
    *(partial(name_it, numbers=[number], said=UNKNOWN if number % 3 else UNKNOWN.lower()) for number in range(9)),
    *(partial(by_its_noun, number=number) for number in range(4)),
]
"""What happens in an office, in any order: a reviewer in five is of another mind, and a name is printed in two ways."""


def test_nothing_decided_is_nothing_to_take(place: Store) -> None:
    found = propose(place)
    assert (found.passages, found.decisions, found.moved, found.is_taken) == (0, 0, {}, False)


def test_corrections_become_a_better_reading_of_the_next_report(place: Store) -> None:
    review(place, range(16))
    found = propose(place)
    assert (found.passages, found.decisions, found.corrections, found.fell) == (16, 16, 16, ())
    assert found.is_taken
    assert place.layer().version == 0, "proposing writes nothing"
    layer = place.learn(found.content, over=found.over, actor=actor(place))
    assert read_next(place) == "plan"
    assert place.reading_of(17).layer == layer.version
    assert propose(place).is_new is False, "the same decisions teach the same again"
    place.unlearn(0, actor=actor(place))
    assert place.layer().content == "{}"
    assert place.verify() == []


def test_decided_records_stay_when_the_layer_reads_them_anew(place: Store) -> None:
    review(place, range(16))
    open_item = take_in(place, passage(40), actor(place))
    found = propose(place)
    place.learn(found.content, over=found.over, actor=actor(place))
    before = {record.id: record for record in place.queue(Filter(item=1))}
    for number in (0, 40):
        take_in(place, passage(number), actor(place))
    assert [record.status for record in place.queue(Filter(item=open_item))] == ["plan"]
    assert [record.status for record in place.queue(Filter(item=1))] == [r.status for r in before.values()]
    assert place.verify() == []


def test_order_of_decisions_gives_the_same_to_the_byte(place: Store, tmp_path: Path) -> None:
    other, _ = Store.open_local(tmp_path / "other.sqlite")
    review(place, range(16))
    review(other, reversed(range(16)))
    assert propose(place).content == propose(other).content
    other.close()


@settings(
    max_examples=4,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(orders=st.tuples(*[st.permutations(range(len(OFFICE)))] * 2))
def test_any_order_of_reports_and_decisions_gives_the_same_to_the_byte(orders: Sequence[Sequence[int]]) -> None:
    found = set[str]()
    for order in orders:
        with TemporaryDirectory() as folder:
            store, _ = Store.open_local(Path(folder) / "place.sqlite")
            for number in order:
                OFFICE[number](store)
            found.add(propose(store).content)
            store.close()
    [content] = found
    layer = Layer(content=content)
    assert {*layer.rows} == {"catalogue/aliases.csv", "vocabulary/units.csv"}
    assert layer.weights["status"]


def test_what_reads_gold_worse_is_not_taken_and_shown(place: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    review(place, range(16))
    tried: list[str] = []

    def worse(content: str) -> tuple[Score, ...]:
        tried.append(content)
        return Score(4, 4, 4, 4 if content == "{}" else 3), Score()

    monkeypatch.setattr(guard, "score_package", worse)
    found = propose(place)
    assert not found.is_taken
    assert [(one.group, one.measure, one.before, one.after) for one in found.fell] == [("dev", "strict", 1.0, 0.75)]
    assert found.hold == proposing.HOLDS[-1], "every way to hold the weights was tried"
    assert len(set(tried)) > len(proposing.HOLDS)


def test_one_reviewer_in_five_who_decides_by_lot_does_no_harm(place: Store) -> None:
    for number in range(25):
        review(place, [number], status="projection" if number % 5 == 0 else "plan")
    found = propose(place)
    assert found.fell == ()
    assert found.is_taken
    place.learn(found.content, over=found.over, actor=actor(place))
    assert read_next(place) == "plan"


def test_decision_that_does_harm_is_left_out(place: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    review(place, range(16))
    [(often, _)] = shown_by_package()["part"].most_common(1)
    learned = {"part": {often: {"none": 90_000}}, "kind": {"nowhere": {"ratio": 1}}}
    monkeypatch.setattr(proposing, "learn_near_package", lambda *_: learned)
    found = propose(place)
    assert found.moved == {"kind": 1}
    assert (found.fell, found.hold) == ((), proposing.HOLDS[0])


def test_very_sentences_stay_where_weights_of_the_same_decision_do_harm(
    place: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    review(place, range(16))
    [(often, _)] = shown_by_package()["part"].most_common(1)
    sentence = {f"{TURN}ab12.3": {"left": 5}}
    learned = {"part": {often: {"none": 90_000}, **sentence}}
    monkeypatch.setattr(proposing, "learn_near_package", lambda *_: learned)
    assert json.loads(propose(place).content) == {"weights": {"part": sentence}}


def test_sentence_that_is_read_worse_is_left_out_and_the_others_stay(
    place: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    review(place, range(16))
    shown = guard.Shown()
    for text in guard.to_try(OWN, (one.gold for one in divide(decided_passages(place))[1])):
        read_figures(text.document, report_period=text.period, weights=shown)
    harmful, *others = sorted(piece for piece in shown.pieces["part"] if piece.startswith(TURN))
    assert others
    harmless = {piece: {"left": 5} for piece in others}
    monkeypatch.setattr(proposing, "learn_near_package", lambda *_: {"part": {harmful: {"none": 90_000}, **harmless}})
    assert json.loads(propose(place).content) == {"weights": {"part": harmless}}


def test_two_decisions_are_too_few(place: Store) -> None:
    review(place, range(2))
    assert not propose(place).is_taken


def test_reports_that_are_held_back_are_always_the_same() -> None:
    passages = [made(f"{n:064x}", f"{n * 7919:016x}") for n in range(30)]
    held = divide(passages)[1]
    assert len(held) == 10
    more_taught, more_held = divide([*passages, made(f"{99:064x}", "0")])
    assert {one.report for one in held} <= {one.report for one in more_held}
    assert not {one.report for one in more_taught} & {one.report for one in held}


def test_single_passages_are_held_back_of_one_report() -> None:
    passages = [made("a" * 64, f"{n:08x}{n:08x}") for n in range(9)]
    taught, held = divide(passages)
    assert (len(taught), len(held)) == (6, 3)


def made(report: str, name: str) -> Passage:
    return Passage(report[-8:] + report, {"id": name, "text": "", "figures": []}, 1, 0)


def test_tallies_name_the_stores_own_passages(place: Store) -> None:
    review(place, range(16))
    found: Proposal = propose(place)
    assert {one.group for one in found.tallies} == {OWN, "dev"}


def test_renumbered_passage_says_the_same_with_other_numbers() -> None:
    figure = {"value": 12, "quote": "12 tỷ đồng", "unit": "tỷ đồng", "comparisons": [{"value": 8, "quote": "tăng 8%"}]}
    told = {"id": "x", "text": "Năm 2012 thu 12 tỷ đồng, tăng 8%.", "report_period": "2012", "figures": [figure]}
    other = renumbered(told, random.Random(3), 1)
    [again] = other["figures"]
    assert other["text"] != told["text"]
    assert "Năm 2012" in other["text"]
    assert again["quote"] in other["text"]
    assert again["quote"] == f"{again['value']} tỷ đồng"
    assert again["comparisons"][0]["quote"] == f"tăng {again['comparisons'][0]['value']}%"


def test_renumbered_range_keeps_its_order_and_a_date_its_day() -> None:
    figure = {"value": 14, "value_max": 96, "quote": "14 - 96%", "unit": "%", "comparisons": []}
    other = {"value": 25, "quote": "25 ha", "unit": "ha", "comparisons": []}
    text = "Ngày 25/6 đạt 14 - 96%, trồng 25 ha ở 14 xã, 830m3, 14."
    told = {"id": "x", "text": text, "report_period": "2012", "figures": [figure, other]}
    for seed in range(20):
        again = renumbered(told, random.Random(seed), 1)
        [first, second] = again["figures"]
        assert first["value"] <= first["value_max"]
        assert first["quote"] == f"{first['value']} - {first['value_max']}%"
        assert again["text"].startswith(f"Ngày 25/6 đạt {first['quote']}, trồng 25 ha ở {first['value']} xã, 830m3")
        assert second == other


def test_piece_that_is_kept_is_tried_and_taken_without_the_others(place: Store) -> None:
    review(place, range(16))
    found = propose(place)
    assert len(found.pieces) > 1
    assert [*found.pieces] == sorted(found.moved)
    status = found.pieces.index("status")
    alone = narrow(place, found, [status])
    assert alone.pieces == ("status",)
    assert alone.moved == {"status": found.moved["status"]}
    assert alone.is_taken
    assert {one.group for one in alone.tallies} == {OWN, "dev"}
    layer = place.learn(alone.content, over=alone.over, actor=actor(place))
    assert {*layer.weights} == {"status"}
    assert read_next(place) == "plan"


def test_piece_that_does_harm_without_the_others_is_not_taken(place: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    review(place, range(16))
    found = propose(place)
    worse, better = ((Score(4, 4, 4, strict), Score()) for strict in (3, 4))
    monkeypatch.setattr(guard, "score_package", lambda content: better if content == "{}" else worse)
    assert not narrow(place, found, [0]).is_taken
