"""The archive's card of a report: what the machine read of its front, what an archivist adds or puts right.

A description is a patch over the front as it was read: the machine's own reading stays in ``front``, and a new reading
of the file never overwrites what a person wrote. Columns follow Dublin Core's fifteen elements and ISAD(G)'s reference
code, fonds and custody; a person may write into those that no file can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.journal import Entry, append, find_by_client
from extractor.archive.review.patches import clean_text
from extractor.archive.roles import require
from extractor.archive.row_types import READ, Instantiation, Item, Role, standing_front
from extractor.archive.rows import change_item
from extractor.domain.document import call_report
from extractor.domain.errors import Conflict, InvalidInput, StoreError
from extractor.domain.messages import say
from extractor.domain.period import read_period

WRITTEN = ("reference_code", "fonds", "inventory", "file", "subject", "abstract", "language", "rights", "relation")
CUSTODY = ("holder", "acquired_from", "custody_history", "note")

DESCRIBED = (*READ, *WRITTEN, *CUSTODY)
"""All that a person may write on a card, in its order."""

DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
LANGUAGE = "vi"  # what reports are written in unless somebody says otherwise


def fetch(connection: Connection, item_id: int) -> Item:
    """One report with its files, oldest first; raises StoreError where there is none."""
    row = connection.execute(select(schema.item).where(schema.item.c.id == item_id)).mappings().first()
    if row is None:
        raise StoreError("store.no_report", number=item_id)
    file, arrival = schema.instantiation, schema.arrival
    held = select(file, arrival.c.reason_en).outerjoin(arrival, arrival.c.key == file.c.sha256)
    files = connection.execute(held.where(file.c.item_id == item_id).order_by(file.c.received)).mappings().all()
    met = _sightings(connection, [row["sha256"] for row in files])
    return replace(Item(**row), files=tuple(Instantiation(**row, met=met.get(row["sha256"], ())) for row in files))


def _sightings(connection: Connection, keys: Sequence[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """File → every path it came under, with its name there, in the order in which they were met."""
    place = schema.sighting.c
    query = select(place.key, place.path, place.name).where(place.key.in_(keys)).order_by(place.at, place.path)
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for key, path, name in connection.execute(query):
        found[key] = (*found.get(key, ()), (path, name))
    return found


def describe(
    connection: Connection, item_id: int, version: int, changes: Mapping[str, str | None], *, actor: str, client_id: str
) -> Item:
    """Writes ``changes`` (fields of ``DESCRIBED``) on the card that was seen at ``version``, with one line of journal.

    An empty text takes back what was written; a field that the machine reads then shows its reading again.
    """
    if find_by_client(connection, client_id):
        return fetch(connection, item_id)
    require(connection, actor, Role.ARCHIVIST)
    seen = fetch(connection, item_id)
    if seen.version != version:
        raise Conflict("card.changed", current=seen)
    unknown = sorted(set(changes) - set(DESCRIBED))
    if unknown:
        raise InvalidInput("card.no_field", fields=", ".join(unknown))
    written = seen.description
    patch = {name: _clean(name, words, seen.front) for name, words in changes.items()}
    patch = {name: words for name, words in patch.items() if words != written.get(name)}
    if not patch:
        return seen
    standing = {name: words for name, words in {**written, **patch}.items() if words is not None}
    change_item(connection, item_id, description=standing, **standing_front(seen.front, standing))
    old = {name: written.get(name) for name in patch}
    append(connection, Entry("describe", actor, client_id, item_id=item_id, patch=patch, old=old))
    return fetch(connection, item_id)


def _clean(name: str, words: str | None, front: Mapping[str, Any]) -> str | None:
    tidy = clean_text(words or "")
    if name in READ and tidy == (front.get(name) or ""):
        return None
    if name == "date" and tidy and not (DATE.fullmatch(tidy) and read_period(tidy)):
        raise InvalidInput("card.not_a_date", text=tidy)
    return tidy or None


def leading_name(item: Item) -> str:
    """The name of the file that a report's records come from."""
    return next((file.name for file in item.files if file.sha256 == item.leading), "")


def card_of(item: Item) -> dict[str, str]:
    """One item as a row of texts: Dublin Core first, then the archive's own columns, then every file with its hash."""
    front, written = item.front, item.description
    files = item.files
    card = {
        "dc:identifier": written.get("reference_code") or item.number,
        "dc:title": item.title or call_report(item.number, leading_name(item)),
        "dc:creator": item.issuer,
        "dc:contributor": front.get("signatory"),
        "dc:publisher": item.issuer,
        "dc:date": item.date,
        "dc:type": say("exports.csv", "card.type"),
        "dc:format": _joined(file.format for file in files),
        "dc:language": written.get("language") or LANGUAGE,
        "dc:coverage": _joined(part for part in (item.area, item.period) if part),
        "dc:subject": written.get("subject"),
        "dc:description": written.get("abstract"),
        "dc:relation": written.get("relation"),
        "dc:rights": written.get("rights"),
        "dc:source": _joined(file.name for file in files),
        **{name: written.get(name) for name in ("reference_code", "fonds", "inventory", "file")},
        "number": item.number,
        "place": item.place,
        "addressee": item.addressee,
        **{name: written.get(name) for name in CUSTODY},
        **_of_files(files),
    }
    return {name: words or "" for name, words in card.items()}


FILE_COLUMNS = ("result", "received", "received_by", "size", "sha256", "pronom", "version", "producer", "dpi")


def _of_files(files: Sequence[Instantiation]) -> dict[str, str]:
    """What the card says of every file, one behind the other, and all names and paths that they came under."""
    told = {name: _joined(str(getattr(file, name) or "") for file in files) for name in FILE_COLUMNS}
    met = [place for file in files for place in file.met]
    names = _joined(dict.fromkeys(name for _, name in met))
    return {**told, "names": names, "paths": _joined(path for path, _ in met)}


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)
