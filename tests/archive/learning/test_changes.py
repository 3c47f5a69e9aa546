"""What another layer would read otherwise among the figures that wait."""

from __future__ import annotations

import pytest

from benchmarks.learning import take_in
from extractor.archive.canonical_json import canonical
from extractor.archive.learning.changes import GONE, Change, Changes, changes_by
from extractor.archive.learning.proposal import propose
from extractor.archive.row_types import Filter
from extractor.archive.store import Store
from extractor.language import PACKAGE
from tests.archive.learning.office import actor, passage, review

pytestmark = pytest.mark.usefixtures("little_gold")


def test_undecided_figures_are_counted_with_the_field_that_changes(place: Store) -> None:
    review(place, range(16))
    for number in (40, 41):
        take_in(place, passage(number), actor(place))
    before = place.queue(Filter(item=17))[0].status
    found = changes_by(place, propose(place).content)
    assert found == Changes(2, 2, 2, (Change("status", before, "plan", 2),))
    assert place.queue(Filter(item=17))[0].status == before, "nothing is written"


def test_layer_that_reads_now_changes_nothing(place: Store) -> None:
    take_in(place, passage(40), actor(place))
    assert changes_by(place, PACKAGE.content) == Changes(1, 1, 0, ())


def test_decided_figures_are_not_looked_at(place: Store) -> None:
    review(place, range(16))
    assert changes_by(place, propose(place).content) == Changes(0, 0, 0, ())


def test_figure_that_would_be_none_is_told(place: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(place, passage(40), actor(place))
    monkeypatch.setattr("extractor.archive.learning.changes._read", lambda *_: read.pop(0))
    start = place.queue()[0].start
    read: list[dict[int, dict[str, str]]] = [{start: {}}, {}]
    found = changes_by(place, canonical({"weights": {}}))
    assert found.changes == (Change(GONE, "", "", 1),)
