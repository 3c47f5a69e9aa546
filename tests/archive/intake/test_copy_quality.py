"""The copy of a report that leads is the best of those that are kept."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.archive.intake.copy_quality import CopyQuality, find_certainty
from extractor.archive.store import Store
from extractor.domain.document import Box, Placement
from tests.archive.sample import build

BORN = CopyQuality(1.0, True, 0.95)
SCAN = CopyQuality(0.9, True, 0.95)


def hand_in(store: Store, name: str, **changes: Any) -> int:
    """A copy of the sample under this name; returns its report."""
    extraction, content = build(content=name.encode(), name=name, format="pdf", **changes)
    return store.add_extraction(extraction, content, actor="an").item_id


def leader(store: Store, item_id: int) -> str:
    item = store.item(item_id)
    return next(file.name for file in item.files if file.sha256 == item.leading)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (BORN, SCAN),
        (BORN, CopyQuality(1.0, False, 0.95)),
        (CopyQuality(1.0, False, 0.9), SCAN),
        (SCAN, CopyQuality(0.8, True, 0.95)),
        (SCAN, CopyQuality(0.9, False, 0.95)),
        (SCAN, CopyQuality(0.89, True, 0.7)),
        (BORN, CopyQuality(1.0, True, 0.6)),
    ],
)
def test_the_better_copy_leads_and_the_worse_does_not(better: CopyQuality, worse: CopyQuality) -> None:
    assert better.is_better_than(worse)
    assert not worse.is_better_than(better)


def test_a_small_lead_is_none() -> None:
    near = CopyQuality(0.91, True, 0.96)
    assert not near.is_better_than(SCAN)
    assert not SCAN.is_better_than(near)
    assert not BORN.is_better_than(BORN)


def test_certainty_is_the_mean_over_letters() -> None:
    box = Box(1, 0, 0, 1, 1)
    assert find_certainty([Placement(0, 30, box, 1.0), Placement(30, 40, box, 0.6)]) == 0.9
    assert find_certainty([]) == 1.0


def test_a_born_digital_copy_takes_the_lead_from_a_scan_and_a_scan_does_not_take_it_back(store: Store) -> None:
    item_id = hand_in(store, "scan.pdf", pages=1, confidence=0.8)
    quotes = {record.quote for record in store.queue()}
    assert hand_in(store, "ban-ky.pdf", pages=1) == item_id
    assert leader(store, item_id) == "ban-ky.pdf"
    assert {record.quote for record in store.queue()} == quotes
    assert hand_in(store, "scan-ro.pdf", pages=1, confidence=0.97) == item_id
    assert leader(store, item_id) == "ban-ky.pdf"
    assert store.verify() == []


def test_the_surer_of_two_scans_leads(store: Store) -> None:
    item_id = hand_in(store, "scan.pdf", pages=1, confidence=0.7)
    hand_in(store, "scan-ro.pdf", pages=1, confidence=0.9)
    assert leader(store, item_id) == "scan-ro.pdf"


def test_a_better_copy_waits_where_somebody_has_judged(store: Store) -> None:
    item_id = hand_in(store, "scan.pdf", pages=1, confidence=0.8)
    store.accept(store.queue()[0].id, 0, actor="an")
    hand_in(store, "ban-ky.pdf", pages=1)
    assert leader(store, item_id) == "scan.pdf"


def test_a_better_copy_does_not_undo_what_an_archivist_chose(store: Store) -> None:
    item_id = hand_in(store, "scan.pdf", pages=1, confidence=0.8)
    hand_in(store, "scan-2.pdf", pages=1, confidence=0.8)
    second = next(file.sha256 for file in store.item(item_id).files if file.name == "scan-2.pdf")
    store.let_lead(item_id, second, actor="an")
    hand_in(store, "ban-ky.pdf", pages=1)
    assert leader(store, item_id) == "scan-2.pdf"
