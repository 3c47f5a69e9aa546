"""Decisions of people become gold passages; what nobody has read teaches nothing."""

from __future__ import annotations

from collections.abc import Callable

from extractor.archive.learning.passages import Passage, decided_passages
from extractor.archive.row_types import Filter, Record
from extractor.archive.store import Store
from tests.archive.sample import PARAGRAPHS, build

FIRST, TRADE, FLAGS = PARAGRAPHS[2], PARAGRAPHS[4], PARAGRAPHS[6]


def fill(store: Store) -> list[Record]:
    extraction, content = build()
    store.add_extraction(extraction, content, actor="an")
    return store.queue(Filter(order="place"), limit=100)


def inside(records: list[Record], paragraph: str) -> list[Record]:
    start = "\n".join(PARAGRAPHS).index(paragraph)
    return [record for record in records if start <= record.start < start + len(paragraph)]


def accept(store: Store, record: Record) -> None:
    store.accept(record.id, record.version, actor="an")


def texts(store: Store) -> list[str]:
    return [str(passage.gold["text"]) for passage in decided_passages(store)]


def test_store_without_decisions_gives_none(store: Store) -> None:
    fill(store)
    assert decided_passages(store) == []


def test_block_that_was_decided_is_a_passage_under_its_heading_and_period(store: Store) -> None:
    [record] = inside(fill(store), FIRST)
    accept(store, record)
    [passage] = decided_passages(store)
    assert passage.gold["text"] == FIRST
    assert (passage.gold["heading"], passage.gold["report_period"]) == ("1. Công nghiệp", "2023-Q1")
    [figure] = passage.gold["figures"]
    assert (figure["indicator"], figure["unit"], figure["quote"]) == (record.indicator, "triệu đồng", record.quote)
    assert [(c["base"], str(c["value"])) for c in figure["comparisons"]] == [("plan", "21.53")]
    assert (passage.decisions, passage.corrections) == (1, 0)


def test_sentence_that_waits_is_left_out_of_its_block(store: Store) -> None:
    records = inside(fill(store), FLAGS)
    for record in records[:-1]:
        accept(store, record)
    assert not texts(store), "it is one sentence: the last figure of it waits"
    accept(store, store.record(records[-1].id))
    assert texts(store) == [FLAGS]


def test_correction_rejection_and_addition_are_gold_as_they_stand(store: Store) -> None:
    retail, trees, flags = inside(fill(store), TRADE)
    store.correct(retail.id, retail.version, {"indicator": "Bán lẻ", "value": "2561812"}, actor="an")
    store.reject(trees.id, trees.version, actor="an")
    accept(store, flags)
    at = "\n".join(PARAGRAPHS).index("quý 1 ước đạt 2.561")
    store.add_figure(1, (at, at + 5), {"indicator": "Quý", "value": "1", "unit": "quý"}, actor="an")
    [passage] = decided_passages(store)
    told = [(figure["indicator"], str(figure["value"])) for figure in passage.gold["figures"]]
    assert told == [("Quý", "1"), ("Bán lẻ", "2561812"), ("Treo băng rôn", "65")]
    assert (passage.decisions, passage.corrections) == (4, 3)


def test_what_was_accepted_unread_teaches_nothing_until_somebody_reads_it(store: Store) -> None:
    [record] = inside(fill(store), FIRST)
    store.accept_many({record.id: record.version}, actor="an")
    assert decided_passages(store) == []
    accept(store, store.record(record.id))
    assert texts(store) == [FIRST]


def test_what_was_put_off_or_undone_teaches_nothing(store: Store) -> None:
    records = fill(store)
    [first], (retail, *others) = inside(records, FIRST), inside(records, TRADE)
    accept(store, first)
    store.undo(first.id, 1, actor="an")
    store.skip(retail.id, retail.version, actor="an")
    for record in others:
        accept(store, record)
    assert not any("162.409" in text or "2.561.811" in text for text in texts(store))


def test_one_vote_of_two_teaches_nothing(store: Store) -> None:
    store_records = fill(store)
    store.ask_for_votes(1, 2, actor="an")
    [record] = inside(store_records, FIRST)
    voted = store.accept(record.id, record.version, actor="bình")
    assert decided_passages(store) == []
    store.accept(record.id, voted.version, actor="chi")
    assert texts(store) == [FIRST]


def test_report_in_the_trash_teaches_nothing(store: Store) -> None:
    [record] = inside(fill(store), FIRST)
    accept(store, record)
    store.put_aside(1, actor="an")
    assert decided_passages(store) == []


def test_order_of_decisions_means_nothing(store: Store, tmp_path) -> None:  # type: ignore[no-untyped-def]
    other = Store.open(tmp_path / "other.sqlite")
    other.admit("an", store.people()["an"], by="an")
    for one, order in ((store, list), (other, reversed)):
        decide(one, order)
    assert decided_passages(store) == decided_passages(other)
    other.close()


def decide(store: Store, order: Callable[[list[Record]], object]) -> list[Passage]:
    for record in list(order(fill(store))):  # type: ignore[call-overload]
        if record.quote == "65 băng rôn":
            store.correct(record.id, record.version, {"indicator": "Băng rôn"}, actor="an")
        else:
            accept(store, record)
    return decided_passages(store)
