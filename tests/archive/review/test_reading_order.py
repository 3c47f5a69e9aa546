"""The order of review: doubtful sentences first, page by page, nobody left out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.learning import take_in
from extractor.archive.review.reading_order import TEACH, plan, plan_to_teach
from extractor.archive.row_types import OPEN, Filter, Record, State
from extractor.archive.store import Store
from extractor.pipeline import extract
from tests.archive.sample import Draft, build

REVIEW = Filter(states=OPEN, order="sentence")


def row(id_: int, start: int, rank: float, page: int | None = None) -> Any:
    return SimpleNamespace(id=id_, start=start, rank=rank, page=page)


def walk(store: Store, wanted: Filter, *, back: bool = False) -> list[int]:
    found: list[int] = []
    record: Record | None = None
    every = replace(wanted, states=())
    if back:
        record = store.record(walk(store, wanted)[-1])
        found.append(record.id)
        while (before := store.neighbour(every, record, back=True)) is not None:
            found.append(before)
            record = store.record(before)
        return found[::-1]
    while (n := store.next_open(wanted, actor="bình", after=record)) is not None and n not in found:
        found.append(n)
        record = store.record(n)
    return found


def test_a_sentence_is_as_doubtful_as_its_worst_figure_and_stays_together() -> None:
    text = "Một 1. Hai 2, ba 3. Bốn 4. Năm 5."
    rows = [row(n, text.index(str(n)), 0.4 if n == 3 else 1.0) for n in range(1, 6)]
    assert plan(text, rows) == (2, 3, 1, 4, 5)


def named(id_: int, start: int, rank: float, name: str) -> Any:
    return SimpleNamespace(id=id_, start=start, rank=rank, page=None, indicator=name)


def test_among_equally_doubtful_sentences_those_that_teach_most_come_first() -> None:
    text = "Thu 1. Chi 2, vay 3. Nợ 4. Phí 5."
    rows = [
        named(1, 4, 0.42, "thu"),
        named(2, 11, 0.44, "chi"),
        named(3, 18, 0.99, "vay"),
        named(4, 24, 0.41, "nợ"),
        named(5, 31, 0.12, "phí"),
    ]
    waiting = {"thu": 2, "vay": 9, "nợ": 1}
    assert plan_to_teach(text, rows, waiting) == (5, 2, 3, 1, 4)
    assert plan_to_teach(text, rows, {}) == (5, 1, 2, 3, 4)


def test_name_that_waits_in_other_reports_is_asked_first(store: Store) -> None:
    def read(number: int, text: str) -> int:
        return take_in(store, {"id": f"t{number}", "text": text, "report_period": "2023"}, "an")

    here = read(0, "Chi lương đạt 31 tỷ đồng. Chi điện đạt 42 tỷ đồng.")
    teach = replace(REVIEW, order=TEACH, item=here)
    usual = [store.record(n).indicator for n in walk(store, teach)]
    assert sorted(map(str, usual)) == ["Chi lương", "Chi điện"]
    for number in (1, 2):
        read(number, f"{usual[-1]} đạt {44 + number} tỷ đồng.")
    read(3, "Chi lương đạt 42 tỷ đồng. Chi điện đạt 31 tỷ đồng.")
    *_, last = store.item_ids()[::-1]
    first = [store.record(n).indicator for n in walk(store, replace(teach, item=last))]
    assert first == usual[::-1]
    assert walk(store, replace(teach, item=last), back=True) == walk(store, replace(teach, item=last))


def test_order_that_teaches_leaves_nobody_out(store: Store) -> None:
    for n in range(3):
        report = replace(Draft().report, number=f"{n}/BC-UBND", issuer=f"UBND quận số {n}")
        extraction, content = build(report=report, content=f"copy {n}".encode())
        store.add_extraction(extraction, content, actor="an")
    found = walk(store, replace(REVIEW, order=TEACH))
    assert sorted(found) == sorted(walk(store, REVIEW))


def test_notes_at_the_end_of_the_text_come_with_their_page() -> None:
    text = "A 1. B 2. C 3. D 4."
    rows = [row(1, 2, 0.4, 1), row(2, 7, 1, 2), row(3, 12, 1, 3), row(4, 17, 0.4, 1)]
    assert plan(text, rows) == (1, 4, 2, 3)


def test_every_record_comes_once_forward_and_back(store: Store) -> None:
    for n in range(3):
        report = replace(Draft().report, number=f"{n}/BC-UBND", issuer=f"UBND quận số {n}")
        extraction, content = build(report=report, content=f"copy {n}".encode())
        store.add_extraction(extraction, content, actor="an")
    found = walk(store, REVIEW)
    assert len(found) == 36
    items = [store.record(n).item_id for n in found]
    assert items == sorted(items)
    assert walk(store, REVIEW, back=True) == found


def test_a_decision_moves_none_of_the_others(store: Store) -> None:
    extraction, content = build()
    item_id = store.add_extraction(extraction, content, actor="an").item_id
    before = walk(store, REVIEW)
    store.reject(before[0], 0, actor="bình")
    store.correct(before[5], 0, {"unit": "chiếc"}, actor="bình")
    assert walk(store, REVIEW) == [n for n in before if n not in (before[0], before[5])]
    assert list(store.review_order(item_id)) == before
    assert store.record(before[0]).state is State.REJECTED


def test_a_filter_and_another_persons_lease_are_kept_to(store: Store) -> None:
    extraction, content = build()
    store.add_extraction(extraction, content, actor="an")
    section = replace(REVIEW, section="I.2")
    assert [store.record(n).quote for n in walk(store, section)] == ["2.561.811 triệu đồng", "800 cây", "65 băng rôn"]
    first = store.next_open(REVIEW, actor="bình")
    assert first is not None
    store.lease([first], actor="an")
    assert store.next_open(REVIEW, actor="bình") != first


@pytest.mark.parametrize("name", ["krong-tia-2018.pdf", "thanh-giang-2023-m09.pdf"])
def test_pages_change_seldom_and_the_doubtful_come_early(store: Store, root: Path, name: str) -> None:
    file = root / "corpus" / name
    item_id = store.add_extraction(extract(file), file, actor="an").item_id
    records = [store.record(n) for n in store.review_order(item_id)]
    pages = [record.page or 0 for record in records]
    changes = sum(a != b for a, b in pairwise(pages))
    assert changes <= 2 * max(pages) + 2, changes
    assert changes / len(records) <= 25 / 168
    early = {record.id for record in records[: int(0.4 * len(records))]}
    doubtful = sorted(records, key=lambda record: record.rank)[: len(records) // 10]
    assert sum(record.id in early for record in doubtful) >= 0.9 * len(doubtful)


def test_a_report_without_figures_has_no_order(store: Store) -> None:
    assert plan("", []) == ()
    assert store.next_open(REVIEW, actor="bình") is None
