"""A person's day from the journal: what counts, how long a figure took, what is still put off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractor.archive.review.day import pace
from extractor.archive.row_types import Event
from extractor.archive.store import Store
from tests.archive.sample import build

LINE = Event(1, 1, 1, 0, "accept", "an", {}, {}, None, None, "", "2026-11-30T08:00:00.000000Z", "", "")


def at(clock: str, kind: str = "accept") -> Event:
    return replace(LINE, at=f"2026-11-30T{clock}Z", kind=kind)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], None),
        ([at("08:00:00.000000")], None),
        ([at("08:00:04.000000"), at("08:00:00.000000")], 4.0),
        # a sentence of three, decided by one press nine seconds after the one before
        ([at("08:00:09.200000"), at("08:00:09.100000"), at("08:00:09.000000"), at("08:00:00.000000")], 9.2 / 3),
        # lunch is no work on a figure
        ([at("13:00:02.000000"), at("13:00:00.000000"), at("08:00:00.000000")], 2.0),
        ([at("08:00:03.000000", "comment"), at("08:00:00.000000")], None),
    ],
)
def test_a_figure_took_the_time_since_the_press_before(lines: list[Event], expected: float | None) -> None:
    assert pace(lines) == (pytest.approx(expected) if expected is not None else None)


def test_a_day_is_ones_own_and_begins_when_it_begins(store: Store) -> None:
    extraction, content = build()
    store.add_extraction(extraction, content, actor="an")
    first, second, third, fourth = store.queue()[:4]
    store.accept(first.id, 0, actor="bình")
    store.skip(second.id, 0, actor="bình")
    store.skip(third.id, 0, actor="bình")
    store.accept(third.id, 1, actor="bình")
    store.accept_many({fourth.id: 0}, actor="bình")
    done = store.day("bình", "2000-01-01T00:00:00.000000Z")
    assert (done.decided, done.acts["bulk"], done.acts["skip"], done.skipped) == (2, 1, 2, [second.id])
    assert store.day("chi", "2000-01-01T00:00:00.000000Z").decided == 0
    assert store.day("bình", "2999-01-01T00:00:00.000000Z").lines == []
