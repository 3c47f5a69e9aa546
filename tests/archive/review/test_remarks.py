"""Remarks: settled once, listed while they are open, and found by those whom they name."""

from __future__ import annotations

import pytest

from extractor.archive.row_types import Filter
from extractor.archive.store import Store
from extractor.domain.errors import NotAllowed, StoreError
from tests.archive.sample import build


@pytest.fixture
def remarked(store: Store) -> Store:
    """Two remarks on two figures; one names a person."""
    extraction, content = build()
    store.add_extraction(extraction, content, actor="an")
    first, second = store.queue(Filter(order="place"))[:2]
    store.comment(first.id, "@chi đối chiếu bản có dấu", actor="bình")
    store.comment(second.id, "không có đuôi thư: chi@example.vn", actor="bình")
    return store


def test_a_settled_remark_is_open_no_more(remarked: Store) -> None:
    second, first = remarked.remarks()
    assert len(remarked.queue(Filter(remarked=True))) == 2
    version = remarked.record(first.record_id or 0).version
    done = remarked.settle(first.seq, actor="chi")
    assert remarked.settle(first.seq, actor="bình") == done
    assert [one.seq for one in remarked.remarks()] == [second.seq]
    assert [r.id for r in remarked.queue(Filter(remarked=True))] == [second.record_id]
    assert remarked.record(first.record_id or 0).version == version
    assert remarked.verify() == []


def test_a_remark_is_found_by_whom_it_names(remarked: Store) -> None:
    assert [one.patch["words"] for one in remarked.remarks(mentioned="chi")] == ["@chi đối chiếu bản có dấu"]
    assert len(remarked.remarks(mentioned="chi@example.vn")) == 1
    assert remarked.remarks(mentioned="an") == []


def test_only_a_remark_is_settled_and_only_by_a_reviewer(remarked: Store) -> None:
    with pytest.raises(StoreError):
        remarked.settle(1, actor="chi")
    with pytest.raises(NotAllowed):
        remarked.settle(remarked.remarks()[0].seq, actor="dung")


def test_settings_are_a_persons_own(store: Store) -> None:
    store.choose("chi", "filters", {"Ngờ vực": "doubt=unit"})
    store.choose("chi", "filters", {"Ngờ": "q=ha"})
    store.choose("bình", "tour", 1)
    assert store.settings("chi") == {"filters": {"Ngờ": "q=ha"}}
    store.choose("chi", "filters", None)
    assert store.settings("chi") == {}
    with pytest.raises(NotAllowed):
        store.choose("ai đó", "tour", 1)
    assert store.verify() == []
