"""How much reports had to be corrected, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.learning import take_in
from extractor.archive.canonical_json import canonical
from extractor.archive.row_types import Filter
from extractor.archive.store import Store
from tests.archive.learning.office import actor, passage, review


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Store]:
    """A store whose three reports were corrected, and one more that waits."""
    opened, _ = Store.open_local(tmp_path / "place.sqlite")
    review(opened, range(3))
    take_in(opened, passage(41), actor(opened))
    yield opened
    opened.close()


def test_efforts_are_in_order_of_import_with_the_version_that_read(office: Store) -> None:
    office.learn(canonical({"weights": {}}), over=0, actor=actor(office))
    take_in(office, passage(42), actor(office))
    [record] = office.queue(Filter(item=5))
    office.accept(record.id, record.version, actor=actor(office))
    found = office.efforts()
    assert [one.item_id for one in found] == [*range(1, 4), 5], "what nobody has judged is no point"
    assert {(one.layer, one.corrections, one.judged) for one in found[:3]} == {(0, 1, 1)}
    assert (found[-1].layer, found[-1].corrections, found[-1].judged, found[-1].per_hundred) == (1, 0, 1, 0.0)


def test_efforts_of_a_month_are_those_of_its_decisions(office: Store) -> None:
    [this] = office.efforts_by_month()
    assert (this.month, this.corrections, this.judged) == (office.events(limit=1)[0].at[:7], 3, 3)
    [record] = office.queue(Filter(item=4))
    office.accept(record.id, record.version, actor=actor(office))
    assert [one.per_hundred for one in office.efforts_by_month()] == [75.0]


def test_bulk_acceptance_is_no_effort(office: Store) -> None:
    [record] = office.queue(Filter(item=4))
    office.accept_many({record.id: record.version}, actor=actor(office))
    assert 4 not in [one.item_id for one in office.efforts()]
