"""The archive's cards in the columns that other programs import: Dublin Core, AtoM, Archivematica, ArchivesSpace.

In: reports of the store with their files. Out: CSV as UTF-8. Nothing is made up: a column that no card has stays empty,
and what a program demands that only the receiving archive knows (the EAD id of its collection) is asked of the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from extractor.archive.canonical_json import clean_name
from extractor.archive.description_card import LANGUAGE, card_of
from extractor.archive.row_types import Instantiation, Item
from extractor.domain.errors import InvalidInput
from extractor.statistics.table_files import WITH_MARK, csv_lines

CARD_FORMATS = ("dc", "atom", "archivematica", "aspace")

ATOM = (
    *("legacyId", "parentId", "qubitParentSlug", "accessionNumber", "identifier", "title", "levelOfDescription"),
    *("extentAndMedium", "repository", "archivalHistory", "acquisition", "scopeAndContent", "appraisal", "accruals"),
    *("arrangement", "accessConditions", "reproductionConditions", "language", "script", "languageNote"),
    *("physicalCharacteristics", "findingAids", "locationOfOriginals", "locationOfCopies"),
    *("relatedUnitsOfDescription", "publicationNote", "digitalObjectPath", "digitalObjectURI", "generalNote"),
    *("subjectAccessPoints", "placeAccessPoints", "nameAccessPoints", "genreAccessPoints", "descriptionIdentifier"),
    *("institutionIdentifier", "rules", "descriptionStatus", "levelOfDetail", "revisionHistory"),
    *("languageOfDescription", "scriptOfDescription", "sources", "archivistNote", "publicationStatus"),
    *("physicalObjectName", "physicalObjectLocation", "physicalObjectType", "alternativeIdentifiers"),
    *("alternativeIdentifierLabels", "eventDates", "eventTypes", "eventStartDates", "eventEndDates", "eventActors"),
    *("eventActorHistories", "culture"),
)
"""The columns of AtoM's template for ISAD(G), in its order."""

DUBLIN_CORE = (
    *("title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format"),
    *("identifier", "source", "language", "relation", "coverage", "rights"),
)

ASPACE_MARK = "ArchivesSpace field code (please don't edit this row)"
"""What ArchivesSpace knows the row of field codes by."""

ASPACE: Mapping[str, str] = {
    "ead": "EAD ID",
    "title": "Title",
    "unit_id": "Component Unique Identifier",
    "hierarchy": "Hierarchical Relationship",
    "level": "Description Level",
    "publish": "Publish?",
    "l_lang": "Language",
    "dates_label": "Date(1) Label",
    "begin": "Date(1) Begin",
    "end": "Date(1) end",
    "date_type": "Date(1) Type",
    "expression": "Date(1) expression",
    "corporate_entities_agent_header_1": "Corporate Agent header string(1)",
    "corporate_entities_agent_role_1": "Corporate Agent Role(1)",
    "n_abstract": "Abstract",
    "n_accessrestrict": "Access Restrictions",
    "n_acqinfo": "Acquisition Information",
    "n_custodhist": "Custodial History",
    "n_odd": "General",
    "n_physloc": "Physical Location",
}
"""The columns of ArchivesSpace's bulk import that a card can fill: code → name."""


def write_cards(items: Iterable[Item], kind: str, *, collection: str = "") -> bytes:
    """The cards of ``items`` as one of ``CARD_FORMATS``; ``collection`` is the EAD id that ArchivesSpace demands.

    Raises InvalidInput for another format.
    """
    if kind == "dc":
        cards = [card_of(item) for item in items]
        return "".join(csv_lines([*cards[:1], *(card.values() for card in cards)])).encode(WITH_MARK)
    if kind == "atom":
        return _bytes(ATOM, *([row.get(c, "") for c in ATOM] for row in map(_atom, items)))
    if kind == "archivematica":
        heads = ("filename", *(f"dc.{name}" for name in DUBLIN_CORE))
        return _bytes(heads, *(row for item in items for row in _archivematica(item)))
    if kind == "aspace":
        rows = (["", *(row.get(c, "") for c in ASPACE)] for row in (_aspace(item, collection) for item in items))
        return _bytes((ASPACE_MARK, *ASPACE), ("Field name", *ASPACE.values()), *rows)
    raise InvalidInput("export.no_format", format=kind, known=", ".join(CARD_FORMATS))


def place_in_bag(item: Item, file: Instantiation) -> str:
    """Where a file stands in a bag and in a transfer: the report's number in the store, then its own name."""
    same = [one for one in item.files if clean_name(one.name) == clean_name(file.name)]
    mark = f"{file.sha256[:8]}-" if len(same) > 1 else ""
    return f"{item.id:06d}/{mark}{clean_name(file.name)}"


def _bytes(*rows: Iterable[str]) -> bytes:
    return "".join(csv_lines(rows, line_end="\n")).encode()


def _atom(item: Item) -> dict[str, str]:
    """One report as an item of ISAD(G)."""
    card, number = card_of(item), item.number or ""
    code = card["reference_code"]
    return {
        "legacyId": str(item.id),
        "identifier": code or number,
        "title": card["dc:title"],
        "levelOfDescription": "Item",
        "extentAndMedium": _extent(item),
        "repository": card["holder"],
        "archivalHistory": card["custody_history"],
        "acquisition": card["acquired_from"],
        "scopeAndContent": card["dc:description"],
        "accessConditions": card["dc:rights"],
        "language": card["dc:language"],
        "physicalCharacteristics": "; ".join(filter(None, map(technical_of, item.files))),
        "locationOfOriginals": card["paths"],
        "relatedUnitsOfDescription": card["dc:relation"],
        "digitalObjectPath": _leading_place(item),
        "generalNote": card["note"],
        "subjectAccessPoints": "|".join(part.strip() for part in card["dc:subject"].split(";") if part.strip()),
        "placeAccessPoints": item.area or "",
        "alternativeIdentifiers": number if code else "",
        "alternativeIdentifierLabels": "number" if code and number else "",
        "eventDates": item.date or "",
        "eventTypes": "Creation",
        "eventStartDates": item.date or "",
        "eventEndDates": item.date or "",
        "eventActors": item.issuer or "",
        "culture": LANGUAGE,
    }


def _archivematica(item: Item) -> Iterator[list[str]]:
    """One row a file of the transfer."""
    card = card_of(item)
    for file in item.files:
        own = {**{name: card[f"dc:{name}"] for name in DUBLIN_CORE}, "format": file.format, "source": file.name}
        yield [f"objects/{place_in_bag(item, file)}", *(own[name] for name in DUBLIN_CORE)]


def _aspace(item: Item, collection: str) -> dict[str, str]:
    """One report as an archival object of the first level."""
    card = card_of(item)
    return {
        "ead": collection or card["fonds"],
        "title": card["dc:title"],
        "unit_id": card["dc:identifier"],
        "hierarchy": "1",
        "level": "item",
        "publish": "FALSE",
        "l_lang": "Vietnamese" if card["dc:language"] == LANGUAGE else card["dc:language"],
        "dates_label": "creation" if item.date else "",
        "begin": item.date or "",
        "end": item.date or "",
        "date_type": "single" if item.date else "",
        "expression": item.date or "",
        "corporate_entities_agent_header_1": item.issuer or "",
        "corporate_entities_agent_role_1": "creator" if item.issuer else "",
        "n_abstract": card["dc:description"],
        "n_accessrestrict": card["dc:rights"],
        "n_acqinfo": card["acquired_from"],
        "n_custodhist": card["custody_history"],
        "n_odd": card["note"],
        "n_physloc": card["holder"],
    }


def technical_of(file: Instantiation) -> str:
    """What an archive asks of a file beyond its size, in one line: format, version, producer, resolution."""
    dpi = f"{file.dpi} dpi" if file.dpi else ""
    named = " ".join(filter(None, (file.format, file.version)))
    return ", ".join(filter(None, (named, file.pronom, file.producer, dpi)))


def _extent(item: Item) -> str:
    pages = max((file.pages for file in item.files), default=0)
    return f"{len(item.files)} file(s), {pages} p." if pages else f"{len(item.files)} file(s)"


def _leading_place(item: Item) -> str:
    return next((place_in_bag(item, file) for file in item.files if file.sha256 == item.leading), "")
