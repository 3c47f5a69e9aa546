"""Cards and bags, held to what the programs that take them in demand."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.__main__ import main
from extractor.archive.finding_aids.bag import write_bag
from extractor.archive.finding_aids.cards import ASPACE_MARK, ATOM, CARD_FORMATS, DUBLIN_CORE, write_cards
from extractor.archive.finding_aids.premis import PREMIS, pronom_of
from extractor.archive.store import Store
from extractor.domain.errors import InvalidInput
from tests.archive.sample import build

ASPACE_CODES = {
    *("collection_id", "ead", "res_uri", "ref_id", "title", "unit_id", "hierarchy", "level", "other_level", "publish"),
    *("l_lang", "dates_label", "begin", "end", "date_type", "expression", "date_certainty", "n_abstract", "n_odd"),
    *("corporate_entities_agent_header_1", "corporate_entities_agent_role_1", "n_accessrestrict", "n_acqinfo"),
    *("n_custodhist", "n_physloc"),
}
"""Codes of ArchivesSpace's own template."""


@pytest.fixture
def filled(store: Store) -> Store:
    extraction, content = build()
    taken = store.add_extraction(extraction, content, actor="an")
    store.describe(
        taken.item_id,
        0,
        {
            "reference_code": "MG-01",
            "fonds": "UBND",
            "holder": "Kho A",
            "subject": "Kinh tế; quý I",
            "title": "=1+1 & báo cáo",
        },
        actor="an",
    )
    return store


def table(store: Store, kind: str) -> list[dict[str, str]]:
    items = [store.item(one) for one in store.item_ids()]
    return list(csv.DictReader(io.StringIO(write_cards(items, kind, collection="EAD-7").decode("utf-8-sig"))))


def test_atom_takes_every_column_and_row(filled: Store) -> None:
    [row] = table(filled, "atom")
    assert tuple(row) == ATOM
    assert len(set(ATOM)) == len(ATOM) == 56
    assert (row["culture"], row["levelOfDescription"], row["identifier"]) == ("vi", "Item", "MG-01")
    assert row["subjectAccessPoints"] == "Kinh tế|quý I"
    assert (row["alternativeIdentifiers"], row["eventStartDates"]) == ("12/BC-UBND", "2023-03-20")
    assert row["digitalObjectPath"] == "000001/bao-cao-quy-1.md"


@pytest.mark.parametrize(("kind", "column"), [("dc", "dc:title"), ("atom", "title"), ("archivematica", "dc.title")])
def test_a_report_without_a_title_is_called_on_its_card_as_on_the_screens(
    filled: Store, kind: str, column: str
) -> None:
    bare = replace(filled.item(1), title=None)
    items = [replace(bare, number=number) for number in ("7/BC-UBND", "/BC-UBND", None)]
    rows = csv.DictReader(io.StringIO(write_cards(items, kind).decode("utf-8-sig")))
    assert [row[column] for row in rows] == ["7/BC-UBND", "…/BC-UBND (bao-cao-quy-1.md)", "bao-cao-quy-1.md"]


def test_archivematica_takes_a_row_a_file(filled: Store) -> None:
    [row] = table(filled, "archivematica")
    assert next(iter(row)) == "filename"
    assert row["filename"] == "objects/000001/bao-cao-quy-1.md"
    assert {name.removeprefix("dc.") for name in list(row)[1:]} == set(DUBLIN_CORE)
    assert row["dc.coverage"] == "quận Hòa Bình; 2023-Q1"


def test_archivesspace_takes_the_codes_below_its_mark(filled: Store) -> None:
    items = [filled.item(one) for one in filled.item_ids()]
    codes, names, row = csv.reader(io.StringIO(write_cards(items, "aspace", collection="EAD-7").decode("utf-8")))
    assert codes[0] == ASPACE_MARK
    assert set(codes[1:]) <= ASPACE_CODES
    assert len(codes) == len(names) == len(row)
    told = dict(zip(codes, row, strict=True))
    assert all(told[required] for required in ("ead", "title", "hierarchy", "level", "date_type"))
    assert told["ead"] == "EAD-7"


@pytest.mark.parametrize("kind", CARD_FORMATS)
def test_no_cell_is_a_formula(filled: Store, kind: str) -> None:
    cells = [cell for row in table(filled, kind) for cell in row.values() if cell]
    assert not [cell for cell in cells if cell.startswith("=")]
    assert any(cell.startswith("'=1+1") for cell in cells)


def test_another_format_is_refused(filled: Store) -> None:
    with pytest.raises(InvalidInput, match="ead"):
        write_cards([], "ead")


def test_the_bag_is_valid_and_the_same_twice(filled: Store, tmp_path: Path) -> None:
    bagit = pytest.importorskip("bagit")
    assert write_bag(filled, tmp_path / "bag") == 1
    bag = bagit.Bag(str(tmp_path / "bag"))
    bag.validate()
    assert {entry.split("/")[1] for entry in bag.entries if entry.startswith("data/")} == {
        *("originals", "readings", "figures", "premis", "cards.csv")
    }
    original = tmp_path / "bag" / "data" / "originals" / "000001" / "bao-cao-quy-1.md"
    assert original.read_bytes() == build()[1]
    write_bag(filled, tmp_path / "again")
    for file in sorted((tmp_path / "bag").rglob("*")):
        if file.is_file():
            assert (tmp_path / "again" / file.relative_to(tmp_path / "bag")).read_bytes() == file.read_bytes()
    original.write_bytes(b"changed")
    with pytest.raises(bagit.BagError):
        bagit.Bag(str(tmp_path / "bag")).validate()


def test_a_bag_never_overwrites(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "bag").mkdir()
    with pytest.raises(InvalidInput):
        write_bag(filled, tmp_path / "bag")
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_premis_tells_files_events_and_agents(filled: Store, tmp_path: Path) -> None:
    first = filled.queue(limit=1)[0]
    filled.accept(first.id, first.version, actor="bình")
    write_bag(filled, tmp_path / "bag")
    root = ET.parse(tmp_path / "bag" / "data" / "premis" / "000001.xml").getroot()
    names = {"p": PREMIS}
    events = root.findall("p:event", names)
    kinds = [event.findtext("p:eventType", namespaces=names) for event in events]
    assert kinds[0] == "ingestion"
    assert kinds.count("metadata modification") == 1
    details = " ".join(event.findtext("p:eventDetailInformation/p:eventDetail", "", names) for event in events)
    assert all(line.hash in details for line in filled.events(item_id=1))
    agents = {agent.findtext("p:agentName", namespaces=names) for agent in root.findall("p:agent", names)}
    assert agents == {"an", "bình"}
    [puid] = [e.text for e in root.iter(f"{{{PREMIS}}}formatRegistryKey")]
    assert puid == "fmt/1149"
    assert root.findtext("p:object/p:originalName", namespaces=names) == "bao-cao-quy-1.md"


@pytest.mark.parametrize(
    ("kind", "head", "told"),
    [("pdf", b"\n%PDF-1.7\n", ("fmt/276", "1.7")), ("pdf", b"junk", ("", "")), ("docx", b"PK", ("fmt/412", ""))],
)
def test_pronom_knows_formats(kind: str, head: bytes, told: tuple[str, str]) -> None:
    assert pronom_of(kind, head) == told


def test_the_commands_write_both(
    filled: Store, location: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cards", "--format", "atom", "-o", str(tmp_path / "a.csv"), "--store", location]) == 0
    assert (tmp_path / "a.csv").read_text("utf-8").startswith("legacyId,")
    assert main(["bag", str(tmp_path / "bag"), "--store", location]) == 0
    assert (tmp_path / "bag" / "bagit.txt").is_file()
    assert main(["bag", str(tmp_path / "bag"), "--store", location]) == 2
    assert str(tmp_path / "bag") in capsys.readouterr().err
