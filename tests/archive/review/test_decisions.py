"""Decisions: nothing lost, nothing doubled, nothing decided on what was not seen."""

from __future__ import annotations

import threading
from dataclasses import replace
from decimal import Decimal

import pytest

from extractor.archive.review.aliases import Proposal
from extractor.archive.row_types import Filter, Role, State
from extractor.archive.store import Store
from extractor.domain.errors import Conflict, InvalidInput, NotAllowed, StoreError
from extractor.domain.extraction import Extraction
from tests.archive.plans import plans_of
from tests.archive.sample import build


@pytest.fixture
def filled(store: Store) -> Store:
    extraction, content = build()
    store.add_extraction(extraction, content, actor="an")
    return store


def test_an_import_is_never_reviewed(filled: Store) -> None:
    progress = filled.progress()
    assert (progress.total, progress.reviewed, progress.left) == (12, 0, 12)


def test_accept_moves_the_record_on_and_writes_one_line(filled: Store) -> None:
    seen = filled.queue()[0]
    kept = filled.accept(seen.id, seen.version, actor="bình")
    assert (kept.state, kept.version, kept.decided_by) == (State.ACCEPTED, 1, "bình")
    line = filled.events(record_id=seen.id)[0]
    assert (line.kind, line.base_version, line.old) == ("accept", 0, {"state": "extracted"})
    assert filled.progress().reviewed == 1


def test_a_correction_keeps_the_machines_reading(filled: Store) -> None:
    seen = filled.queue(Filter(words="công nghiệp"))[0]
    kept = filled.correct(seen.id, seen.version, {"value": Decimal("162409.50")}, actor="bình", reason="xem bản ký")
    assert (kept.value, kept.decimals, kept.state) == (Decimal("162409.50"), 2, State.CORRECTED)
    assert str(kept.value) == "162409.50"
    machine = filled.machine_figure(kept)
    assert machine is not None
    assert machine["value"] == "162409"
    assert filled.events(record_id=seen.id)[0].reason == "xem bản ký"


def test_undo_puts_back_what_was_there(filled: Store) -> None:
    seen = filled.queue()[0]
    once = filled.correct(seen.id, 0, {"unit": "cái", "period": "2022"}, actor="bình")
    twice = filled.reject(seen.id, once.version, actor="bình")
    back = filled.undo(seen.id, twice.version, actor="bình")
    assert (back.state, back.unit, back.version) == (State.CORRECTED, "cái", 3)
    first = filled.undo(seen.id, back.version, actor="bình")
    assert (first.state, first.unit, first.period, first.decided_by) == (
        State.EXTRACTED,
        seen.unit,
        seen.period,
        None,
    )
    with pytest.raises(StoreError):
        filled.undo(seen.id, first.version, actor="bình")
    assert filled.verify() == []


def test_accepting_what_is_right_already_says_nothing_new(filled: Store) -> None:
    seen = filled.queue()[0]
    corrected = filled.correct(seen.id, 0, {"unit": "cái"}, actor="bình")
    assert filled.accept(seen.id, corrected.version, actor="chi") == corrected
    assert [line.kind for line in filled.events(record_id=seen.id)] == ["correct"]
    rejected = filled.reject(seen.id, corrected.version, actor="chi")
    assert filled.accept(seen.id, rejected.version, actor="bình").state is State.ACCEPTED


def test_a_decision_on_an_old_version_overwrites_nothing(filled: Store) -> None:
    seen = filled.queue()[0]
    filled.correct(seen.id, 0, {"unit": "cái"}, actor="bình")
    with pytest.raises(Conflict) as caught:
        filled.reject(seen.id, 0, actor="chi")
    assert caught.value.current.unit == "cái"
    assert filled.record(seen.id).state is State.CORRECTED
    assert len(filled.events(record_id=seen.id)) == 1


def test_the_same_request_twice_is_one_decision(filled: Store) -> None:
    seen = filled.queue()[0]
    for _ in range(3):
        assert filled.accept(seen.id, 0, actor="bình", client_id="tab-1").version == 1
    assert len(filled.events(record_id=seen.id)) == 1
    other = filled.queue()[0]
    with pytest.raises(StoreError):
        filled.accept(other.id, 0, actor="bình", client_id="tab-1")


@pytest.mark.parametrize("who", ["dung", "người lạ"])
def test_only_reviewers_decide(filled: Store, who: str) -> None:
    seen = filled.queue()[0]
    for act in (filled.accept, filled.reject, filled.skip, filled.undo):
        with pytest.raises(NotAllowed):
            act(seen.id, 0, actor=who)
    with pytest.raises(NotAllowed):
        filled.comment(seen.id, "xem lại", actor=who)
    with pytest.raises(NotAllowed):
        filled.add_figure(seen.item_id, (0, 3), {}, actor=who)
    extraction, content = build(content=b"khac")
    with pytest.raises(NotAllowed):
        filled.add_extraction(extraction, content, actor="bình")
    with pytest.raises(NotAllowed):
        filled.admit("e", Role.REVIEWER, by="bình")


def test_a_role_that_is_taken_ends_all_writing(filled: Store) -> None:
    seen = filled.queue()[0]
    filled.accept(seen.id, 0, actor="bình")
    with pytest.raises(NotAllowed):
        filled.dismiss("bình", by="chi")
    filled.dismiss("bình", by="an")
    assert filled.role_of("bình") is None
    with pytest.raises(NotAllowed):
        filled.undo(seen.id, 1, actor="bình")
    with pytest.raises(InvalidInput):
        filled.dismiss("bình", by="an")
    with pytest.raises(NotAllowed):
        filled.dismiss("an", by="an")
    line = filled.events(kinds=["role"])[0]
    assert (line.patch, line.old) == ({"person": "bình", "role": None}, {"role": "reviewer"})
    assert filled.record(seen.id).decided_by == "bình"
    assert filled.verify() == []


def test_the_last_administrator_stays(filled: Store) -> None:
    with pytest.raises(NotAllowed):
        filled.admit("an", Role.VIEWER, by="an")
    filled.admit("bình", Role.ADMIN, by="an")
    filled.admit("an", Role.VIEWER, by="bình")
    assert filled.role_of("an") is Role.VIEWER


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"unit": "băng rôn"},
        {"value": 1.5},
        {"value": Decimal("NaN")},
        {"quote": "khác"},
        {"status": "chưa rõ"},
        {"indicator": "a" * 3000},
        {"comparisons": [{"base": "plan"}]},
    ],
)
def test_what_cannot_be_meant_is_refused(filled: Store, changes: dict[str, object]) -> None:
    seen = filled.queue(Filter(words="Treo băng rôn"))[0]
    with pytest.raises(InvalidInput):
        filled.correct(seen.id, 0, changes, actor="bình")
    assert filled.record(seen.id) == seen


def test_control_and_direction_marks_do_not_enter(filled: Store) -> None:
    seen = filled.queue()[0]
    kept = filled.correct(seen.id, 0, {"indicator": "Số\x00 hộ\u202e mới"}, actor="bình")
    assert kept.indicator == "Số hộ mới"


def test_an_added_figure_has_exact_offsets(filled: Store) -> None:
    item = filled.items()[0]
    text = filled.reading_of(item.id).text
    start = text.index("12 hộ.")
    added = filled.add_figure(
        item.id,
        (start, start + 5),
        {"value": Decimal(12), "unit": "hộ", "indicator": "Hộ tăng thêm"},
        actor="bình",
        client_id="x",
    )
    assert (added.quote, added.section, added.state) == ("12 hộ", "II", State.ADDED)
    assert text[added.start : added.end] == added.quote
    again = filled.add_figure(item.id, (start, start + 5), {}, actor="bình", client_id="x")
    assert again.id == added.id
    assert filled.reject(added.id, 1, actor="chi").state is State.REJECTED
    assert filled.verify() == []
    with pytest.raises(InvalidInput):
        filled.add_figure(item.id, (5, 5), {}, actor="bình")


def test_a_comment_changes_no_version(filled: Store) -> None:
    seen = filled.queue()[0]
    filled.comment(seen.id, "Hỏi lại phòng Tài chính", actor="chi")
    assert filled.record(seen.id) == seen
    assert filled.events(record_id=seen.id, kinds=["comment"])[0].patch["words"] == "Hỏi lại phòng Tài chính"
    assert filled.verify() == []


def test_the_last_decision_is_ones_own(filled: Store) -> None:
    first, second = filled.queue()[:2]
    filled.accept(first.id, 0, actor="bình")
    filled.accept(second.id, 0, actor="chi")
    mine = filled.last_decision("bình")
    assert mine is not None
    assert mine.record_id == first.id
    filled.reject(first.id, 1, actor="chi")
    assert filled.last_decision("bình") is None


def test_sixteen_threads_lose_and_double_nothing(filled: Store) -> None:
    ids = [record.id for record in filled.queue()]
    done, refused, lock = [], [], threading.Lock()

    def work(number: int) -> None:
        for record_id in ids:
            try:
                filled.accept(record_id, 0, actor="bình", client_id=f"{number}-{record_id}")
            except Conflict:
                with lock:
                    refused.append(record_id)
            else:
                with lock:
                    done.append(record_id)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == sorted(ids)
    assert len(refused) == 15 * len(ids)
    assert len(filled.events(kinds=["accept"], limit=1000)) == len(ids)
    assert filled.verify() == []


def test_two_judges_agree_or_call_a_third(filled: Store) -> None:
    first, second = filled.queue()[:2]
    filled.ask_for_votes(first.item_id, 2, actor="an")
    waiting = filled.accept(first.id, 0, actor="bình")
    assert waiting.state is State.VOTED
    assert filled.progress().reviewed == 0
    with pytest.raises(InvalidInput):
        filled.accept(first.id, 1, actor="bình")
    assert filled.accept(first.id, 1, actor="chi").state is State.ACCEPTED
    filled.correct(second.id, 0, {"unit": "cái"}, actor="bình")
    torn = filled.accept(second.id, 1, actor="chi")
    assert (torn.state, torn.unit) == (State.DISPUTED, second.unit)
    settled = filled.correct(second.id, 2, {"unit": "chiếc"}, actor="an")
    assert (settled.state, settled.unit, len(settled.votes)) == (State.CORRECTED, "chiếc", 3)
    assert filled.undo(second.id, 3, actor="an").state is State.DISPUTED
    assert filled.verify() == []


def test_quality_is_counted_from_standing_decisions(filled: Store) -> None:
    every = filled.queue(Filter(order="place"))
    for record in every[:6]:
        filled.accept(record.id, 0, actor="bình")
    filled.correct(every[6].id, 0, {"unit": "người", "value": Decimal(1251)}, actor="bình")
    undone = filled.correct(every[7].id, 0, {"unit": "cái"}, actor="bình")
    filled.undo(every[7].id, undone.version, actor="bình")
    filled.reject(every[8].id, 0, actor="chi")
    start = filled.reading_of(every[0].item_id).text.index("12 hộ.")
    filled.add_figure(every[0].item_id, (start, start + 5), {"value": Decimal(12)}, actor="chi")
    found = filled.quality()
    assert (found.real.right, found.real.total) == (7, 8)
    assert (found.found.right, found.found.total) == (7, 8)
    assert (found.untouched.right, found.untouched.total) == (6, 7)
    assert (found.fields["unit"].right, found.fields["value"].right, found.fields["period"].right) == (6, 6, 7)
    low, high = found.real.interval
    assert 0 < low < 7 / 8 < high < 1
    assert filled.workload()["chi"] == {"reject": 1, "add": 1}


def test_a_confirmed_spelling_holds_for_all_its_figures(store: Store) -> None:
    extraction, content = proposed()
    store.add_extraction(extraction, content, actor="an")
    assert store.proposals() == [Proposal("Suất quà hỗ trợ", "gifts", 91.0, 2)]
    with pytest.raises(NotAllowed):
        store.confirm_alias("Suất quà hỗ trợ", "gifts", actor="bình")
    assert store.confirm_alias("Suất quà hỗ trợ", "gifts", actor="an", client_id="x") == 2
    assert store.confirm_alias("Suất quà hỗ trợ", "gifts", actor="an", client_id="x") == 0
    assert store.proposals() == []
    assert {r.match for r in store.queue(Filter(indicator="gifts"))} == {"alias"}
    assert store.progress().reviewed == 0
    assert store.verify() == []


def proposed(**changes: object) -> tuple[Extraction, bytes]:
    """The sample report, one of its names proposed as an entry."""
    extraction, content = build(**changes)
    figures = tuple(
        replace(f, indicator_id="gifts", match="proposed", score=91.0) if f.indicator == "Suất quà hỗ trợ" else f
        for f in extraction.figures
    )
    return replace(extraction, figures=figures), content


@pytest.mark.parametrize(("answer", "match", "entry"), [("confirm", "alias", "gifts"), ("refuse", "none", None)])
def test_an_answer_holds_for_later_reports_too(store: Store, answer: str, match: str, entry: str | None) -> None:
    extraction, content = proposed()
    store.add_extraction(extraction, content, actor="an")
    with pytest.raises(NotAllowed):
        getattr(store, f"{answer}_alias")("Suất quà hỗ trợ", "gifts", actor="bình")
    assert getattr(store, f"{answer}_alias")("Suất quà hỗ trợ", "gifts", actor="an") == 2
    assert store.proposals() == []
    later = replace(build()[0].report, number="99/BC-UBND", date="2024-03-20", period="2024-Q1")
    extraction, content = proposed(content=b"later", report=later)
    store.add_extraction(extraction, content, actor="an")
    named = [r for r in store.queue(limit=1000) if r.indicator == "Suất quà hỗ trợ"]
    assert [(r.match, r.indicator_id) for r in named] == [(match, entry)] * 4
    assert store.proposals() == []
    assert len(store.answers()) == 1
    assert store.verify() == []


def test_the_last_answer_to_a_name_is_looked_up_whatever_else_was_answered(store: Store) -> None:
    for n in range(40):
        store.confirm_alias(f"Tên khác {n}", "gifts", actor="an")
    store.confirm_alias("Suất quà hỗ trợ", "gifts", actor="an")
    store.refuse_alias("Suất quà hỗ trợ", "gifts", actor="an")
    store.confirm_alias("Suất quà hỗ trợ", "retail", actor="an")
    extraction, content = proposed()
    plans = plans_of(store, lambda: store.add_extraction(extraction, content, actor="an"))
    looked = [plan for statement, plan in plans.items() if "event.patch" in statement]
    assert looked
    assert all("ix_event_answer" in plan for plan in looked)
    named = [r for r in store.queue(limit=1000) if r.indicator == "Suất quà hỗ trợ"]
    assert [(r.match, r.indicator_id) for r in named] == [("none", None)] * 2
    assert store.verify() == []


def test_a_correction_offers_its_entry_for_the_same_name(store: Store) -> None:
    extraction, content = build()
    store.add_extraction(extraction, content, actor="an")
    first, second = store.queue(Filter(indicator="Suất quà hỗ trợ"))
    kept = store.correct(first.id, 0, {"indicator_id": "gifts"}, actor="bình")
    assert store.proposals() == [Proposal("Suất quà hỗ trợ", "gifts", None, 1, "bình")]
    store.undo(first.id, kept.version, actor="bình")
    assert store.proposals() == []
    store.correct(first.id, kept.version + 1, {"indicator_id": "gifts"}, actor="bình")
    assert store.confirm_alias("Suất quà hỗ trợ", "gifts", actor="an") == 1
    assert (store.record(second.id).indicator_id, store.record(second.id).match) == ("gifts", "alias")
    assert store.record(second.id).state is State.EXTRACTED
    assert store.proposals() == []
    assert store.verify() == []
