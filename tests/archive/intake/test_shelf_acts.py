"""Whole reports: to the trash and back, two into one, one copy out of a report; nothing is lost on the way."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.archive.row_types import Filter, State
from extractor.archive.shelf_list import Wanted
from extractor.archive.store import Store
from extractor.domain.document import Report
from extractor.domain.errors import InvalidInput, NotAllowed
from tests.archive.sample import PLAN, Draft, build


def fill(store: Store, **changes: object) -> int:
    extraction, content = build(**changes)
    return store.add_extraction(extraction, content, actor="an").item_id


def other_report(store: Store, **changes: object) -> int:
    report = Report(number="31/BC-UBND", date="2023-06-20", issuer="UBND QUẬN KHÁC", period="2023-Q2")
    return fill(store, **{"report": report, "content": b"bao cao khac", "name": "khac.md", **changes})


def states(store: Store, item_id: int) -> list[str]:
    return [r.state.value for r in store.queue(Filter(item=item_id, states=tuple(State), order="place"))]


def test_a_report_in_the_trash_is_in_no_list_and_comes_back_as_it_was(store: Store) -> None:
    kept, gone = other_report(store), fill(store)
    first, second = store.queue(Filter(item=gone, order="place"))[:2]
    store.correct(first.id, 0, {"value": Decimal(7)}, actor="bình")
    store.reject(second.id, 0, actor="chi")
    before, progress = states(store, gone), store.progress().states
    store.put_aside(gone, actor="an")
    assert [i.id for i in store.items()] == [kept]
    assert list(store.labels()) == [kept]
    assert {r.item_id for r in store.queue(Filter(order="place"))} == {kept}
    assert store.progress().total == 12
    assert store.next_open(Filter(item=gone), actor="bình") is None
    assert [row.id for row in store.shelf(Wanted(state="trash"))] == [gone]
    assert [row.id for row in store.shelf(Wanted())] == [kept]
    assert store.verify() == []
    store.take_back(gone, actor="an")
    assert states(store, gone) == before
    assert store.progress().states == progress
    assert store.record(first.id).decided_by == "bình"
    assert store.verify() == []


def test_nothing_is_judged_in_the_trash(store: Store) -> None:
    item = fill(store)
    record = store.queue()[0]
    store.accept(record.id, 0, actor="bình")
    store.put_aside(item, actor="an")
    version = store.record(record.id).version
    for act in (store.accept, store.undo, store.reject, store.skip):
        with pytest.raises(InvalidInput):
            act(record.id, version, actor="bình")
    with pytest.raises(InvalidInput):
        store.add_figure(item, (0, 5), {"value": Decimal(1)}, actor="bình")
    with pytest.raises(InvalidInput):
        store.put_aside(item, actor="an")
    assert store.last_batch("bình") is None
    assert store.verify() == []


def test_a_file_that_is_handed_in_again_stays_in_the_trash(store: Store) -> None:
    item = fill(store)
    store.put_aside(item, actor="an")
    extraction, content = build(plan=PLAN[:5])
    again = store.add_extraction(extraction, content, actor="an")
    assert (again.known, again.item_id, store.progress().total) == (True, item, 0)
    assert store.verify() == []


def test_only_an_archivist_moves_whole_reports(store: Store) -> None:
    item, other = fill(store), other_report(store)
    for act in (
        lambda: store.put_aside(item, actor="bình"),
        lambda: store.merge(item, other, actor="bình"),
        lambda: store.split(item, build()[0], actor="bình"),
        lambda: store.take_back(item, actor="bình"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_two_reports_become_one_and_no_decision_is_lost(store: Store) -> None:
    into = fill(store)
    item = other_report(store)
    ours, theirs = (store.queue(Filter(item=n, order="place")) for n in (item, into))
    store.correct(ours[0].id, 0, {"value": Decimal(7)}, actor="bình")
    store.accept(ours[1].id, 0, actor="bình")
    store.reject(theirs[1].id, 0, actor="chi")  # judged here already: it stays as it was judged
    outcome = store.merge(item, into, actor="an")
    assert (outcome.files, outcome.carried, outcome.left) == (1, 1, 0)
    first, second = (store.record(r.id) for r in theirs[:2])
    assert (first.state, first.value, first.decided_by) == (State.CORRECTED, Decimal(7), "bình")
    assert second.state is State.REJECTED
    assert [i.id for i in store.items()] == [into]
    assert len(store.item(into).files) == 2
    assert store.progress().total == 12
    assert store.verify() == []


def test_a_merge_is_taken_apart_again(store: Store) -> None:
    into, item = fill(store), other_report(store)
    before = states(store, item)
    store.merge(item, into, actor="an")
    store.let_lead(into, store.item(into).files[1].sha256, actor="an")
    store.take_back(item, actor="an")
    assert states(store, item) == before
    assert [len(store.item(n).files) for n in (into, item)] == [1, 1]
    assert store.reading_of(into).sha256 == store.item(into).files[0].sha256
    assert store.verify() == []


def test_a_report_is_not_merged_with_itself(store: Store) -> None:
    item = fill(store)
    with pytest.raises(InvalidInput):
        store.merge(item, item, actor="an")


@pytest.mark.parametrize("leads", [False, True])
def test_a_copy_becomes_a_report_of_its_own(store: Store, leads: bool) -> None:
    item = fill(store)
    copy, content = build(content=b"ban sao", name="ban-sao.docx")
    assert store.add_extraction(copy, content, actor="an").joined
    decided = store.queue(Filter(item=item, order="place"))[0]
    store.accept(decided.id, 0, actor="bình")
    if leads:
        store.let_lead(item, copy.document.source.sha256, actor="an")
    made = store.split(item, copy, actor="an")
    assert [f.name for f in store.item(made).files] == ["ban-sao.docx"]
    assert [f.name for f in store.item(item).files] == [Draft().name]
    assert store.item(item).leading == store.item(item).files[0].sha256
    assert store.progress(made).total == 12
    assert store.progress(made).reviewed == 0
    assert store.record(decided.id).state is State.ACCEPTED
    assert store.verify() == []
    with pytest.raises(InvalidInput):
        store.split(made, copy, actor="an")
