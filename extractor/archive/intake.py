"""Takes an extraction in: file, reading, machine's figures and records in one transaction, and nothing twice.

The same bytes read the same way change nothing. The same bytes read by newer code or models make a new reading, and
every decision keeps its place: figures are matched by section and quote in the order of the text, so that the third
"65 băng rôn" stays the third. The same report in another file joins its item as a further instantiation and is counted
once.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from extractor.archive import schema
from extractor.archive.copies import find_same_report
from extractor.archive.decisions import to_record
from extractor.archive.entries import (
    OPEN,
    PLACE,
    Intake,
    Record,
    Role,
    State,
    figure_fields,
    to_columns,
    to_plain,
)
from extractor.archive.journal import Entry, append, digest_of_reading, first_state, now, rank_of
from extractor.archive.people import MACHINE, require
from extractor.errors import InvalidInput
from extractor.folding import fold
from extractor.records import Extraction, Level, Report, Source


@dataclass(frozen=True, slots=True)
class Received:
    """A file on its way in, with what the machine read in it."""

    extraction: Extraction
    source: Source
    content: bytes
    actor: str
    client_id: str


def take_in(connection: Connection, received: Received) -> Intake:
    """Keeps a file and its reading; see the module's first lines for what happens to what is there already."""
    require(connection, received.actor, Role.ARCHIVIST)
    sha256 = received.source.sha256
    figures = _plain_figures(received.extraction)
    digest = digest_of_reading(received.extraction.text, figures)
    known = connection.execute(
        select(schema.instantiation.c.item_id).where(schema.instantiation.c.sha256 == sha256)
    ).first()
    if known:
        same = connection.execute(
            select(schema.reading.c.id).where(schema.reading.c.sha256 == sha256, schema.reading.c.digest == digest)
        ).first()
        if same:
            return Intake(known.item_id, sha256, same.id, known=True, joined=False)
        return _read_again(connection, received, known.item_id, figures, digest)
    item_id = find_same_report(connection, received.extraction)
    joined = item_id is not None
    if item_id is None:
        item_id = _new_item(connection, received.extraction.report, sha256)
    _keep_file(connection, received, item_id)
    reading_id = _keep_reading(connection, received.extraction, sha256, figures, digest)
    leads = not joined or _takes_the_lead(connection, item_id, received.extraction)
    if joined and leads:
        outcome = _lead(connection, received, item_id, reading_id, figures)
        return replace(outcome, joined=True)
    if not joined:
        _new_records(connection, item_id, reading_id, figures)
    append(
        connection,
        Entry(
            "import",
            received.actor,
            received.client_id,
            item_id=item_id,
            patch={
                "sha256": sha256,
                "name": clean_name(received.source.name),
                "reading": reading_id,
                "digest": digest,
                "records": 0 if joined else len(figures),
                "joined": joined,
            },
        ),
    )
    return Intake(item_id, sha256, reading_id, known=False, joined=joined, added=0 if joined else len(figures))


def clean_name(name: str) -> str:
    """A file's name as a label: last part only, NFC assumed, no control or direction marks, at most 255 bytes."""
    last = re.split(r"[/\\]", name)[-1]
    plain = re.sub(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", last).strip() or "?"
    while len(plain.encode()) > 255:
        plain = plain[:-1]
    return plain


def _plain_figures(extraction: Extraction) -> list[dict[str, Any]]:
    weight = {Level.FAIL: 1.0, Level.WARN: 0.4}
    touched: dict[str, float] = {}
    for finding in extraction.findings:
        for figure_id in finding.figures:
            touched[figure_id] = max(touched.get(figure_id, 0.0), weight.get(finding.level, 0.0))
    plain = []
    for figure in extraction.figures:
        fields = figure_fields(figure)
        plain.append({**fields, "rank": round(rank_of(fields) - touched.get(figure.id, 0.0), 4)})
    return plain


def _new_item(connection: Connection, report: Report, sha256: str) -> int:
    item_id: int = connection.execute(
        schema.item.insert()
        .values(**_front_columns(report), description={}, leading=sha256, votes_wanted=1, version=0, received=now())
        .returning(schema.item.c.id)
    ).scalar_one()
    return item_id


def _front_columns(report: Report) -> dict[str, Any]:
    columns = ("number", "place", "date", "title", "addressee", "issuer", "area", "period")
    front = {
        **{name: getattr(report, name) for name in (*columns, "superior", "signatory", "role", "reason")},
        "recipients": list(report.recipients),
        "result": report.result.value,
    }
    key = fold(report.issuer) if report.issuer else None
    return {**{name: front[name] for name in columns}, "issuer_key": key, "front": front}


def _keep_file(connection: Connection, received: Received, item_id: int) -> None:
    source, report = received.source, received.extraction.report
    held = connection.scalar(select(func.count()).where(schema.original.c.sha256 == source.sha256))
    if not held:
        connection.execute(schema.original.insert().values(sha256=source.sha256, content=received.content))
    connection.execute(
        schema.instantiation.insert().values(
            sha256=source.sha256,
            item_id=item_id,
            name=clean_name(source.name),
            format=source.format,
            size=len(received.content),
            pages=source.pages,
            result=report.result.value,
            reason=report.reason,
            received=now(),
            received_by=received.actor,
        )
    )


def _keep_reading(
    connection: Connection, extraction: Extraction, sha256: str, figures: list[dict[str, Any]], digest: str
) -> int:
    plain = extraction.to_dict()
    document = extraction.document
    reading_id: int = connection.execute(
        schema.reading.insert()
        .values(
            sha256=sha256,
            made=now(),
            maker=maker(),
            digest=digest,
            text=extraction.text,
            blocks=[
                {"start": b.start, "end": b.end, "kind": b.kind.value, "depth": b.depth, "section": b.section}
                for b in document.blocks
            ],
            sections=plain["sections"],
            footnotes=plain["footnotes"],
            placements=[
                [p.start, p.end, p.box.page, p.box.x0, p.box.top, p.box.x1, p.box.bottom] for p in document.placements
            ],
            findings=plain["findings"],
            digits=plain["digits"],
        )
        .returning(schema.reading.c.id)
    ).scalar_one()
    if figures:
        connection.execute(
            insert(schema.extraction),
            [
                {"reading_id": reading_id, "figure_id": f["id"], "ordinal": n, "figure": f}
                for n, f in enumerate(figures)
            ],
        )
    return reading_id


def maker() -> str:
    """The program and version that read a file."""
    try:
        return f"solieu {version('solieu')}"
    except PackageNotFoundError:
        return "solieu"


def _new_records(connection: Connection, item_id: int, reading_id: int, figures: list[dict[str, Any]]) -> None:
    rows = [
        {
            "item_id": item_id,
            "origin_reading": reading_id,
            "origin_figure": figure["id"],
            "version": 0,
            **to_columns(first_state(figure, reading_id)),
        }
        for figure in figures
    ]
    if rows:
        connection.execute(insert(schema.record), rows)


def _takes_the_lead(connection: Connection, item_id: int, extraction: Extraction) -> bool:
    """A further file leads only where the one before gave no figure at all, such as a scan that nobody could read."""
    held = connection.scalar(select(func.count()).where(schema.record.c.item_id == item_id))
    return not held and bool(extraction.figures)


def _read_again(
    connection: Connection, received: Received, item_id: int, figures: list[dict[str, Any]], digest: str
) -> Intake:
    sha256 = received.source.sha256
    reading_id = _keep_reading(connection, received.extraction, sha256, figures, digest)
    leading = connection.scalar(select(schema.item.c.leading).where(schema.item.c.id == item_id))
    if leading == sha256:
        return _lead(connection, received, item_id, reading_id, figures)
    name = clean_name(received.source.name)
    patch = {"sha256": sha256, "name": name, "reading": reading_id, "digest": digest, "records": 0}
    append(connection, Entry("reread", received.actor, received.client_id, item_id=item_id, patch=patch))
    return Intake(item_id, sha256, reading_id, known=False, joined=False)


def _lead(
    connection: Connection, received: Received, item_id: int, reading_id: int, figures: list[dict[str, Any]]
) -> Intake:
    """Hangs the item's records on a new reading; decisions stay, what finds no place is shown as lost."""
    records = [
        to_record(row)
        for row in connection.execute(
            select(schema.record)
            .where(schema.record.c.item_id == item_id)
            .order_by(schema.record.c.start, schema.record.c.id)
        ).mappings()
    ]
    pairs = match(records, figures)
    taken = set(pairs.values())
    fresh = [figure for n, figure in enumerate(figures) if n not in taken]
    kept = lost = withdrawn = 0
    for record in records:
        found = figures[pairs[record.id]] if record.id in pairs else None
        decided = record.state not in (*OPEN, State.WITHDRAWN) or bool(record.votes)
        kept += decided and found is not None
        lost += decided and found is None
        withdrawn += not decided and found is None
        _move(connection, record, found, reading_id, decided=decided, client_id=f"{received.client_id}:{record.id}")
    _new_records(connection, item_id, reading_id, fresh)
    sha256 = received.source.sha256
    connection.execute(
        update(schema.item)
        .where(schema.item.c.id == item_id)
        .values(leading=sha256, version=schema.item.c.version + 1, **_front_columns(received.extraction.report))
    )
    append(
        connection,
        Entry(
            "reread",
            received.actor,
            received.client_id,
            item_id=item_id,
            patch={
                "sha256": sha256,
                "name": clean_name(received.source.name),
                "reading": reading_id,
                "digest": digest_of_reading(received.extraction.text, figures),
                "records": len(fresh),
            },
        ),
    )
    return Intake(
        item_id,
        sha256,
        reading_id,
        known=False,
        joined=False,
        added=len(fresh),
        kept=kept,
        lost=lost,
        withdrawn=withdrawn,
    )


def match(records: list[Record], figures: list[dict[str, Any]]) -> dict[int, int]:
    """Record id → position in ``figures``: along equal (section, quote) in text order, then along equal quotes."""
    pairs: dict[int, int] = {}
    left = list(records)
    right = list(range(len(figures)))
    for with_section in (True, False):
        ours = [(r.section if with_section else None, r.quote) for r in left]
        theirs = [(figures[n]["section"] if with_section else None, figures[n]["quote"]) for n in right]
        blocks = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
        for a, b, size in blocks:
            pairs |= {left[a + i].id: right[b + i] for i in range(size)}
        taken = set(pairs.values())
        left = [r for r in left if r.id not in pairs]
        right = [n for n in right if n not in taken]
    return pairs


def _move(
    connection: Connection,
    record: Record,
    figure: dict[str, Any] | None,
    reading_id: int,
    *,
    decided: bool,
    client_id: str,
) -> None:
    """One record onto the new reading, as an event; a decided one takes the place only, any other all fields."""
    before = to_plain({name: getattr(record, name) for name in record.__slots__})
    if figure is None:
        if record.origin_figure is None or (record.state is State.WITHDRAWN and record.figure_id is None):
            return
        patch: dict[str, Any] = {"figure_id": None}
        if not decided:
            patch["state"] = State.WITHDRAWN.value
    elif decided:
        place = {name: figure[name] for name in PLACE}
        patch = {**place, "figure_id": figure["id"], "reading_id": reading_id}
    else:
        patch = first_state(figure, reading_id)
    patch = {name: value for name, value in patch.items() if value != before[name]}
    if not patch:
        return
    append(
        connection,
        Entry(
            "reread",
            MACHINE,
            client_id,
            item_id=record.item_id,
            record_id=record.id,
            base_version=record.version,
            patch=patch,
            old={name: before[name] for name in patch},
        ),
    )
    connection.execute(
        update(schema.record)
        .where(schema.record.c.id == record.id, schema.record.c.version == record.version)
        .values(version=record.version + 1, **to_columns(patch))
    )


def source_of(extraction: Extraction) -> Source:
    """The file behind ``extraction``; raises InvalidInput where it was text without a file."""
    source = extraction.document.source
    if source is None:
        raise InvalidInput(
            "Bản trích không đi kèm tệp gốc nên không lưu được.", "The extraction has no file and cannot be kept."
        )
    return source
