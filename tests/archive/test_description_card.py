"""The archive's card: what an archivist writes stands over the machine's reading, survives the next one, goes out."""

from __future__ import annotations

import csv
import io
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.archive.description_card import DESCRIBED, card_of
from extractor.archive.finding_aids.cards import technical_of
from extractor.archive.row_types import Item, Role
from extractor.archive.store import Store
from extractor.domain.errors import Conflict, InvalidInput, NotAllowed, StoreError
from tests.archive.sample import PLAN, build


@pytest.fixture
def item(store: Store) -> Item:
    extraction, content = build()
    return store.item(store.add_extraction(extraction, content, actor="an").item_id)


def test_what_an_archivist_writes_stands_and_is_one_line(store: Store, item: Item) -> None:
    kept = store.describe(item.id, 0, {"fonds": " UBND quận Hòa Bình ", "number": "13/BC-UBND"}, actor="an")
    assert (kept.number, kept.description) == ("13/BC-UBND", {"fonds": "UBND quận Hòa Bình", "number": "13/BC-UBND"})
    assert (kept.front["number"], kept.version) == ("12/BC-UBND", 1)
    line = store.events(item_id=item.id, kinds=["describe"])[0]
    assert (line.actor, line.old) == ("an", {"fonds": None, "number": None})
    assert store.send_out(item.id, judged_only=False).extraction.report.number == "13/BC-UBND"
    assert {o.report for o in store.observations(judged_only=False)[0]} == {"13/BC-UBND"}
    assert {o.report for o in store.find_observations("Trồng cây", judged_only=False)} == {"13/BC-UBND"}
    assert store.label(item.id).number == "13/BC-UBND"
    assert store.verify() == []


def test_an_emptied_field_shows_the_machines_reading_again(store: Store, item: Item) -> None:
    store.describe(item.id, 0, {"title": "Báo cáo quý I", "rights": "Sử dụng rộng rãi"}, actor="an")
    back = store.describe(item.id, 1, {"title": "", "rights": ""}, actor="an")
    assert (back.title, back.description) == (item.title, {})
    assert store.describe(item.id, 2, {"title": item.title}, actor="an") == back
    assert len(store.events(kinds=["describe"])) == 2
    assert store.verify() == []


def test_a_new_reading_keeps_what_was_written(store: Store, item: Item) -> None:
    store.describe(item.id, 0, {"number": "13/BC-UBND"}, actor="an")
    extraction, content = build(plan=PLAN[2:], report=replace(build()[0].report, title="Đọc lại", number="1Z/BC-UBND"))
    store.add_extraction(extraction, content, actor="an")
    again = store.item(item.id)
    assert (again.number, again.title, again.front["number"]) == ("13/BC-UBND", "Đọc lại", "1Z/BC-UBND")
    assert store.verify() == []


def test_a_card_that_moved_on_is_not_overwritten(store: Store, item: Item) -> None:
    store.describe(item.id, 0, {"fonds": "A"}, actor="an", client_id="x")
    store.describe(item.id, 0, {"fonds": "A"}, actor="an", client_id="x")  # the same request once more
    with pytest.raises(Conflict):
        store.describe(item.id, 0, {"fonds": "B"}, actor="an")
    assert store.item(item.id).description == {"fonds": "A"}
    assert len(store.events(kinds=["describe"])) == 1


@pytest.mark.parametrize(
    "changes", [{"date": "20/03/2023"}, {"date": "2023-13"}, {"sha256": "x"}, {"note": "a" * 3000}]
)
def test_what_cannot_be_meant_is_refused(store: Store, item: Item, changes: dict[str, str | None]) -> None:
    with pytest.raises(InvalidInput):
        store.describe(item.id, 0, changes, actor="an")
    assert store.item(item.id) == item


def test_only_archivists_write_on_a_card(store: Store, item: Item) -> None:
    for who in ("bình", "dung", "người lạ"):
        with pytest.raises(NotAllowed):
            store.describe(item.id, 0, {"fonds": "A"}, actor=who)
    with pytest.raises(StoreError):
        store.describe(99, 0, {"fonds": "A"}, actor="an")


def test_cards_go_out_as_csv_without_formulas(store: Store, item: Item) -> None:
    store.describe(
        item.id, 0, {"reference_code": "QHB-01", "note": '=HYPERLINK("http://x")', "fonds": "+1"}, actor="an"
    )
    fresh, content = build(content=b"other", report=replace(build()[0].report, number="9/BC", issuer="UBND xã"))
    store.add_extraction(fresh, content, actor="an")
    raw = store.cards()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [row["number"] for row in rows] == ["9/BC", "12/BC-UBND"]
    card = rows[1]
    assert (card["dc:identifier"], card["dc:type"], card["dc:date"]) == ("QHB-01", "Báo cáo", "2023-03-20")
    assert (card["dc:coverage"], card["dc:format"], card["result"]) == ("quận Hòa Bình; 2023-Q1", "markdown", "read")
    assert (card["note"], card["fonds"]) == ('\'=HYPERLINK("http://x")', "'+1")
    assert card["sha256"] == store.item(item.id).files[0].sha256
    assert len(list(csv.reader(io.StringIO(store.cards(item.id).decode("utf-8-sig"))))) == 2
    assert set(DESCRIBED) - {"date", "issuer", "title", "subject", "abstract", "language", "rights", "relation"} <= set(
        card_of(item)
    )


def test_a_card_changed_behind_the_journal_is_named(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    store = Store.open(path)
    store.admit("an", Role.ADMIN, by="an")
    extraction, content = build()
    item_id = store.add_extraction(extraction, content, actor="an").item_id
    store.describe(item_id, 0, {"fonds": "A"}, actor="an")
    store.ask_for_votes(item_id, 2, actor="an")
    assert store.verify() == []
    for tampering in (
        "UPDATE item SET description = '{}'",
        "UPDATE item SET number = '1/BC'",
        "UPDATE item SET votes_wanted = 1",
    ):
        with sqlite3.connect(path) as raw:
            raw.execute("SAVEPOINT before")
            before = raw.execute("SELECT description, number, votes_wanted FROM item").fetchone()
            raw.execute(tampering)
            raw.commit()
        assert [found.place for found in store.verify()] == [f"item {item_id}"], tampering
        with sqlite3.connect(path) as raw:
            raw.execute("UPDATE item SET description = ?, number = ?, votes_wanted = ?", before)
            raw.commit()
    assert store.verify() == []
    store.close()


def test_every_name_that_a_file_came_under_stands_on_its_card(store: Store) -> None:
    extraction, content = build(name="hop-1.md")
    item_id = store.add_extraction(extraction, content, actor="an").item_id
    for _ in range(2):
        store.add_extraction(extraction, content, actor="an", name="hop-2.md")
    [file] = store.item(item_id).files
    assert [name for _, name in file.met] == ["hop-1.md", "hop-2.md"]
    card = card_of(store.item(item_id))
    assert (card["names"], card["paths"]) == ("hop-1.md; hop-2.md", "hop-1.md; hop-2.md")
    assert store.verify() == []


def test_card_tells_format_version_producer_and_resolution(store: Store) -> None:
    extraction, content = build(name="quet.pdf", format="pdf", content=b"%PDF-1.4 quet", pages=2)
    assert extraction.document.source
    source = replace(extraction.document.source, producer="ScanSoft 3", dpi=200)
    extraction = replace(extraction, document=replace(extraction.document, source=source))
    item = store.item(store.add_extraction(extraction, content, actor="an").item_id)
    card = card_of(item)
    told = [card[name] for name in ("pronom", "version", "producer", "dpi")]
    assert told == ["fmt/18", "1.4", "ScanSoft 3", "200"]
    assert technical_of(item.files[0]) == "pdf 1.4, fmt/18, ScanSoft 3, 200 dpi"
