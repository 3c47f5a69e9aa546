"""The count of the whole store: carried forward line by line, it is always what counting every record gives."""

from __future__ import annotations

import random
from dataclasses import replace

from sqlalchemy import event

from extractor.archive.database import reading_from
from extractor.archive.review.progress_counts import count
from extractor.archive.row_types import Filter, Progress
from extractor.archive.store import Store
from extractor.domain.errors import InvalidInput, StoreError
from tests.archive.sample import Draft, build

AN = "an"  # the administrator of the sample stores


def counted(store: Store) -> Progress:
    with reading_from(store._engine) as connection:
        return Progress(count(connection))


def test_after_any_decision_the_count_is_what_counting_gives(store: Store) -> None:
    extraction, content = build()
    item = store.add_extraction(extraction, content, actor=AN).item_id
    chance = random.Random(7)
    assert store.progress() == counted(store)
    for step in range(60):
        record = chance.choice(store.queue(Filter()))
        who = chance.choice((AN, "chi"))
        act = chance.choice(("accept", "reject", "skip", "correct", "undo", "comment", "add", "votes"))
        try:
            if act == "correct":
                store.correct(record.id, record.version, {"qualifier": f"lần {step}"}, actor=who)
            elif act == "comment":
                store.comment(record.id, "xem lại", actor=who)
            elif act == "add":
                store.add_figure(item, (step, step + 3), {"indicator": "thêm"}, actor=who)
            elif act == "votes":
                store.ask_for_votes(item, chance.choice((1, 2)), actor=AN)
            else:
                getattr(store, act)(record.id, record.version, actor=who)
        except (InvalidInput, StoreError):  # a second vote by one person, nothing to undo: no line, no change
            assert store.progress() == counted(store)
        assert store.progress() == counted(store)
    assert len(store.progress().states) >= 4
    other = replace(Draft().report, number="99/BC-UBND", issuer="UBND quận khác")
    extraction, content = build(report=other, content=b"another")
    store.add_extraction(extraction, content, actor=AN)
    assert store.progress() == counted(store)


def test_what_another_process_wrote_is_seen(store: Store) -> None:
    extraction, content = build()
    store.add_extraction(extraction, content, actor=AN)
    before = store.progress()
    beside = Store(store._engine)
    beside.accept(store.queue()[0].id, 0, actor=AN)
    assert store.progress().reviewed == before.reviewed + 1


def test_a_decision_costs_no_new_count_of_all_records(store: Store) -> None:
    extraction, content = build()
    store.add_extraction(extraction, content, actor=AN)
    store.progress()
    asked: list[str] = []
    event.listen(store._engine, "before_cursor_execute", lambda *parts: asked.append(parts[2]))
    store.accept(store.queue()[0].id, 0, actor=AN)
    store.progress()
    assert not [sql for sql in asked if "count(" in sql.lower() and "GROUP BY record.state" in sql]
    assert [sql for sql in asked if "FROM event" in sql]
