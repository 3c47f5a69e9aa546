"""PREMIS 3: a report's files as objects, the journal's lines about it as events, and who did them as agents.

Every line of the journal becomes one event under its number, with its hash, so that the events of a bag can be held
against the store they came from. XML is only written here, never read.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping

from extractor.archive.canonical_json import canonical
from extractor.archive.finding_aids.cards import place_in_bag
from extractor.archive.row_types import Event, Instantiation, Item

PREMIS = "http://www.loc.gov/premis/v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
EVENT_TYPES = {"import": "ingestion", "reread": "metadata extraction", "describe": "metadata modification"}
"""Kinds of lines of the journal → types of PREMIS's vocabulary; what people decide about figures is a modification."""

PDF_VERSION = re.compile(rb"%PDF-(\d\.\d)")
PDF_IDS = {
    "1.0": "fmt/14",
    "1.1": "fmt/15",
    "1.2": "fmt/16",
    "1.3": "fmt/17",
    "1.4": "fmt/18",
    "1.5": "fmt/19",
    "1.6": "fmt/20",
    "1.7": "fmt/276",
    "2.0": "fmt/1129",
}
FORMAT_IDS = {
    "docx": "fmt/412",
    "doc": "fmt/40",
    "xlsx": "fmt/214",
    "xls": "fmt/61",
    "odt": "fmt/291",
    "ods": "fmt/295",
    "text": "x-fmt/111",
    "markdown": "fmt/1149",
    "html": "fmt/96",
    "mail": "fmt/278",
}
"""PRONOM's identifier of a format, where the format alone tells it."""


def pronom_of(kind: str, head: bytes) -> tuple[str, str]:
    """PRONOM's identifier and the version that a file states, "" where its first bytes do not tell.

    >>> pronom_of("pdf", b"%PDF-1.4 ..."), pronom_of("docx", b"PK")
    (('fmt/18', '1.4'), ('fmt/412', ''))
    """
    found = PDF_VERSION.search(head[:1024]) if kind == "pdf" else None
    if found is None:
        return FORMAT_IDS.get(kind, ""), ""
    version = found[1].decode()
    return PDF_IDS.get(version, ""), version


def premis(item: Item, contents: Mapping[str, bytes], events: Iterable[Event]) -> bytes:
    """The PREMIS document of one report; ``contents`` are its files by hash, ``events`` the oldest first."""
    ET.register_namespace("premis", PREMIS)
    root = ET.Element(f"{{{PREMIS}}}premis", {"version": "3.0"})
    for file in item.files:
        _object(root, item, file, contents[file.sha256])
    agents: dict[str, None] = {}
    for file in item.files:
        agents[file.received_by] = None
        _event(root, f"received-{file.sha256}", "ingestion", file.received, file.name, file.received_by, file.sha256)
    for line in events:
        agents[line.actor] = None
        told = canonical({"kind": line.kind, "record": line.record_id, "patch": line.patch, "hash": line.hash})
        kind = EVENT_TYPES.get(line.kind, "modification")
        _event(root, f"journal-{line.seq}", kind, line.at, told, line.actor, item.leading)
    for name in agents:
        _agent(root, name)
    return bytes(ET.tostring(root, encoding="UTF-8", xml_declaration=True))


def _object(root: ET.Element, item: Item, file: Instantiation, content: bytes) -> None:
    found = _add(root, "object")
    found.set(f"{{{XSI}}}type", "premis:file")
    _identified(found, "object", "sha256", file.sha256)
    about = _add(found, "objectCharacteristics")
    fixity = _add(about, "fixity")
    _add(fixity, "messageDigestAlgorithm", "SHA-256")
    _add(fixity, "messageDigest", file.sha256)
    _add(about, "size", str(file.size))
    identifier, version = pronom_of(file.format, content[:1024])
    form = _add(about, "format")
    named = _add(form, "formatDesignation")
    _add(named, "formatName", file.format)
    if version:
        _add(named, "formatVersion", version)
    if identifier:
        registry = _add(form, "formatRegistry")
        _add(registry, "formatRegistryName", "PRONOM")
        _add(registry, "formatRegistryKey", identifier)
    _add(found, "originalName", file.name)
    where = _add(_add(found, "storage"), "contentLocation")
    _add(where, "contentLocationType", "path in bag")
    _add(where, "contentLocationValue", f"data/originals/{place_in_bag(item, file)}")


def _event(root: ET.Element, number: str, kind: str, at: str, detail: str, actor: str, sha256: str) -> None:
    event = _add(root, "event")
    _identified(event, "event", "solieu", number)
    _add(event, "eventType", kind)
    _add(event, "eventDateTime", at)
    _add(_add(event, "eventDetailInformation"), "eventDetail", detail)
    for what, form, value in (("Agent", "name", actor), ("Object", "sha256", sha256)):
        link = _add(event, f"linking{what}Identifier")
        _add(link, f"linking{what}IdentifierType", form)
        _add(link, f"linking{what}IdentifierValue", value)


def _agent(root: ET.Element, name: str) -> None:
    agent = _add(root, "agent")
    _identified(agent, "agent", "name", name)
    _add(agent, "agentName", name)


def _identified(parent: ET.Element, what: str, kind: str, value: str) -> None:
    identifier = _add(parent, f"{what}Identifier")
    _add(identifier, f"{what}IdentifierType", kind)
    _add(identifier, f"{what}IdentifierValue", value)


_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    child = ET.SubElement(parent, f"{{{PREMIS}}}{name}")
    if text is not None:
        child.text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)  # letters that XML cannot hold
    return child
