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
from extractor.archive.finding_aids.pronom import HEAD, pronom_of
from extractor.archive.row_types import Event, Instantiation, Item

PREMIS = "http://www.loc.gov/premis/v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
EVENT_TYPES = {"import": "ingestion", "reread": "metadata extraction", "describe": "metadata modification"}
"""Kinds of lines of the journal → types of PREMIS's vocabulary; what people decide about figures is a modification."""


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
    identifier, version = pronom_of(file.format, content[:HEAD])
    form = _add(about, "format")
    named = _add(form, "formatDesignation")
    _add(named, "formatName", file.format)
    if version:
        _add(named, "formatVersion", version)
    if identifier:
        registry = _add(form, "formatRegistry")
        _add(registry, "formatRegistryName", "PRONOM")
        _add(registry, "formatRegistryKey", identifier)
    if file.producer:
        _add(_add(about, "creatingApplication"), "creatingApplicationName", file.producer)
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
