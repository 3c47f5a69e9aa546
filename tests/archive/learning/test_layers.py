"""Versions of what a store has learned: who may take one over, the journal that vouches for it, and the way back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy

from extractor.archive import database
from extractor.archive.canonical_json import canonical
from extractor.archive.row_types import Filter, Role
from extractor.archive.store import Store
from extractor.domain.errors import InvalidInput, NotAllowed, StoreError
from extractor.language import PACKAGE
from tests.archive.sample import build

FIRST = canonical({"weights": {"status": {"v=reach": {"plan": 40}}}})
SECOND = canonical({"weights": {"status": {"v=reach": {"plan": 55}}, "end": {"nw=đạt": {"weight": -12}}}})


def test_new_store_reads_with_the_package_alone(store: Store) -> None:
    assert store.layer() == PACKAGE
    assert store.layers() == []


def test_what_was_learned_reads_from_then_on(store: Store) -> None:
    learned = store.learn(FIRST, over=0, actor="an")
    assert (learned.version, learned.content) == (1, FIRST)
    assert store.layer() == learned
    assert store.verify() == []


def test_journal_says_who_took_it_over(store: Store) -> None:
    store.learn(FIRST, over=0, actor="an")
    [line] = store.events(kinds=["learn"])
    [kept] = store.layers()
    assert (line.actor, line.patch["version"], line.patch["digest"]) == ("an", 1, kept.digest)
    assert (kept.accepted_by, kept.at, kept.restores) == ("an", line.at, None)


@pytest.mark.parametrize("name", ["bình", "dung", "nobody"])
def test_nobody_below_an_archivist_takes_over_or_goes_back(store: Store, name: str) -> None:
    with pytest.raises(NotAllowed):
        store.learn(FIRST, over=0, actor=name)
    store.learn(FIRST, over=0, actor="an")
    with pytest.raises(NotAllowed):
        store.unlearn(0, actor=name)
    assert store.layer().version == 1


def test_archivist_may(store: Store) -> None:
    store.admit("em", Role.ARCHIVIST, by="an")
    assert store.learn(FIRST, over=0, actor="em").version == 1


def test_what_was_tried_against_an_older_version_is_refused(store: Store) -> None:
    store.learn(FIRST, over=0, actor="an")
    with pytest.raises(StoreError):
        store.learn(SECOND, over=0, actor="an")
    assert store.layer().content == FIRST


def test_same_request_and_same_content_are_one_version(store: Store) -> None:
    store.learn(FIRST, over=0, actor="an", client_id="once")
    store.learn(FIRST, over=0, actor="an", client_id="once")
    store.learn(FIRST, over=1, actor="an")
    assert [one.version for one in store.layers()] == [1]


def test_going_back_is_a_version_of_its_own_and_the_same_to_the_byte(store: Store) -> None:
    store.learn(FIRST, over=0, actor="an")
    store.learn(SECOND, over=1, actor="an")
    again = store.unlearn(1, actor="an")
    assert (again.version, again.content) == (3, FIRST)
    none = store.unlearn(0, actor="an")
    assert (none.version, none.content) == (4, PACKAGE.content)
    assert [one.restores for one in store.layers()] == [None, None, 1, 0]
    assert store.verify() == []


def test_version_that_never_was_is_refused(store: Store) -> None:
    with pytest.raises(InvalidInput):
        store.unlearn(7, actor="an")


def test_altered_version_is_found(location: str, store: Store) -> None:
    store.learn(FIRST, over=0, actor="an")
    engine = sqlalchemy.create_engine(database.locate(location))
    with engine.connect() as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("ALTER TABLE layer DISABLE TRIGGER ALL")
        else:
            connection.exec_driver_sql("DROP TRIGGER layer_no_update")
        connection.exec_driver_sql("UPDATE layer SET content = '{}'")
    engine.dispose()
    assert [found.place for found in store.verify()] == ["layer 1"]


def test_backup_brings_it_along(store: Store, tmp_path: Path) -> None:
    store.learn(FIRST, over=0, actor="an")
    copy = Store.open(store.backup(tmp_path / "copy.sqlite"))
    assert copy.layer() == store.layer()
    assert copy.verify() == []
    copy.close()


def test_reading_says_which_version_made_it_and_decided_figures_stay(store: Store) -> None:
    extraction, content = build()
    taken = store.add_extraction(extraction, content, actor="an")
    assert store.reading_of(taken.item_id).layer == 0
    decided, waiting = store.queue(Filter(order="place"))[:2]
    kept = store.accept(decided.id, decided.version, actor="an")
    learned = store.learn(FIRST, over=0, actor="an")
    again, _ = build()
    figures = tuple(_renamed(figure) for figure in again.figures)
    newer = type(again)(again.document, figures, again.findings, again.digits, learned.version)
    store.add_extraction(newer, content, actor="an")
    assert store.reading_of(taken.item_id).layer == 1
    assert store.record(decided.id).indicator == kept.indicator
    assert store.record(waiting.id).indicator == f"{waiting.indicator} (mới)"
    assert store.verify() == []


def _renamed(figure):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(figure, indicator=f"{figure.indicator} (mới)")


def test_content_is_plain_json(store: Store) -> None:
    store.learn(SECOND, over=0, actor="an")
    assert json.loads(store.layer().content)["weights"]["end"] == {"nw=đạt": {"weight": -12}}
