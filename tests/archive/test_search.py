"""What a person types is found: without accents, without stops, and what was meant where nothing is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, literal, select
from sqlalchemy.dialects import postgresql

from extractor.archive import database, schema, search
from extractor.archive.review import worklist
from extractor.archive.row_types import Filter
from extractor.archive.search import says
from extractor.archive.shelf_list import Wanted
from extractor.archive.store import Store
from tests.archive.sample import PLAN, Draft, build


@pytest.fixture
def shelf(store: Store) -> Store:
    for n, area in enumerate(("huyện Đại Khê", "xã Tân Khê")):
        report = replace(Draft().report, number=f"{n}/BC-UBND", area=area, issuer=f"UBND {area}", place="Sơn Bắc")
        extraction, content = build(report=report, plan=PLAN, content=f"{n}".encode(), name=f"{n}.md")
        store.add_extraction(extraction, content, actor="an")
    return store


def areas(store: Store, words: str) -> set[str | None]:
    return {row.area for row in store.shelf(Wanted(words=words))}


def test_report_is_found_without_accents_and_with_the_right_ones_alone(shelf: Store) -> None:
    assert areas(shelf, "dai khe") == {"huyện Đại Khê"}
    assert areas(shelf, "Đại Khê") == {"huyện Đại Khê"}
    assert areas(shelf, "Đài Khê") == set()
    assert {label.area for label in shelf.labels("tan KHE").values()} == {"xã Tân Khê"}


def test_words_are_looked_for_in_any_order_with_accents_and_without(shelf: Store) -> None:
    assert areas(shelf, "bac 0/bc Đại son") == {"huyện Đại Khê"}
    assert areas(shelf, "bac 0/bc Đài son") == set()
    assert areas(shelf, " 0/bc-ubndson ") == set()  # what stands in two places is no word


@pytest.mark.parametrize("location", ["sqlite"], indirect=True)
def test_a_report_is_made_bare_once_for_all_words_and_not_again_for_the_next_search(shelf: Store) -> None:
    database._bare.cache_clear()
    for asked, words in ((2, "bac 0/bc khe son"), (4, "khe")):
        areas(shelf, words)
        known = database._bare.cache_info()
        assert (known.hits + known.misses, known.misses) == (asked, 2)


def test_figure_is_found_without_accents_and_without_stops(shelf: Store) -> None:
    record = next(r for r in shelf.queue(Filter(item=1), limit=50) if "." in r.quote)
    [number, *_] = record.quote.split()
    found = shelf.queue(Filter(item=1, words=number.replace(".", "")), limit=50)
    assert record.id in {one.id for one in found}
    assert record.indicator is not None
    assert shelf.count(Filter(item=1, words=search.bare(record.indicator))) >= 1


@pytest.mark.parametrize("few", [0, 1_000])
def test_search_over_all_reports_finds_what_a_search_of_each_finds(
    shelf: Store, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worklist, "FEW", few)  # words that many records hold are not looked up first
    record = next(r for r in shelf.queue(Filter(item=1), limit=50) if "." in r.quote and r.indicator)
    assert record.indicator is not None
    plain = search.bare(record.indicator)
    asked = (record.indicator, record.indicator.upper(), plain, plain[1:-1], record.quote.split()[0].replace(".", ""))
    for words in (*asked, "%", "_", "không có ở đâu"):
        of_each = {one.id for item in (1, 2) for one in shelf.queue(Filter(item=item, words=words), limit=500)}
        wanted = Filter(words=words)
        assert {one.id for one in shelf.queue(wanted, limit=500)} == of_each
        assert shelf.count(wanted) == len(of_each)
        assert (shelf.next_open(wanted, actor="an") in of_each) == bool(of_each)


def test_record_that_no_longer_holds_the_words_leaves_the_list(shelf: Store) -> None:
    wanted = Filter(words=next(r.indicator for r in shelf.queue(limit=50) if r.indicator))
    before = shelf.queue(wanted, limit=500)
    changed = {"indicator": "zzz", "qualifier": "zzz"}
    gone = next(one for one in before if wanted.words not in one.quote)
    shelf.correct(gone.id, gone.version, changed, actor="an")
    assert {one.id for one in shelf.queue(wanted, limit=500)} == {one.id for one in before} - {gone.id}


@pytest.mark.parametrize(
    ("words", "held"),
    [("thuy san", "Thủy sản"), ("DAT", "đạt"), ("56057", "56.057 tấn"), ("1.234.567", "1.234.567"), ("y", "Ỹ")],
)
@pytest.mark.parametrize("said", [str, str.upper, str.lower])
def test_loose_pattern_fits_all_that_the_words_are_found_in(words: str, held: str, said: Callable[[str], str]) -> None:
    with create_engine("sqlite://").connect() as connection:
        fits = search.like_pattern(literal(said(held)), search.loose_pattern(words))
        assert connection.scalar(select(fits)) == 1


def test_what_was_meant_is_a_word_that_is_there(shelf: Store) -> None:
    assert shelf.meant_report("dai khw") == "dai khê"
    assert shelf.meant_report("zzzzz") is None
    record = shelf.queue(Filter(item=1), limit=1)[0]
    assert record.indicator is not None
    first = max(record.indicator.split(), key=len)
    assert shelf.meant_figure(first[:-1] + "q") == first.lower()


def test_postgresql_takes_the_accents_away_itself() -> None:
    said = str(says("thu 56", (schema.record.c.quote,)).compile(dialect=postgresql.dialect()))
    accented, plain = search._letters()
    assert len(accented) == len(plain)
    assert dict(zip(accented, plain, strict=True))["đ"] == "d"
    assert dict(zip(accented, plain, strict=True))["ữ"] == "u"
    assert f"translate(lower(record.quote), '{accented}', '{plain}')" in said
