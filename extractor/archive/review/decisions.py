"""What people decide about a record: one event and one new version, in one transaction, or a conflict and nothing.

Every decision names the version it was made on; when the record has moved on since, ``Conflict`` carries the state that
stands and nothing is overwritten. A ``client_id`` makes a retry harmless: the same request twice is one event.
An undo is an event too, and puts back what its target had replaced.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from extractor.archive import schema
from extractor.archive.journal import Entry, append, entry_about, find_by_client, lines_of
from extractor.archive.review.patches import amount_of, clean, clean_text, printed_decimals
from extractor.archive.roles import require
from extractor.archive.row_types import OPEN, RIGHT, Event, Record, Role, State, first_state, to_columns
from extractor.archive.rows import (
    READING,
    change_item,
    conflict,
    fetch,
    newest_reading,
    of_item,
    renew,
    require_present,
)
from extractor.domain.errors import Conflict, InvalidInput, StoreError
from extractor.domain.figure import Kind, Status

VERDICTS = {
    "accept": State.ACCEPTED,
    "bulk": State.ACCEPTED,  # with many others, unread: says nothing of how good the machine is
    "correct": State.CORRECTED,
    "reject": State.REJECTED,
    "skip": State.SKIPPED,
    "recheck": State.VOTED,  # one's own decision becomes the first vote of two: see second_look
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision on its way in. ``version`` is the version that the person saw."""

    record_id: int
    version: int
    actor: str
    client_id: str
    reason: str | None = None


def decide(connection: Connection, kind: str, judgement: Judgement, changes: Mapping[str, Any] | None = None) -> Record:
    """Accepts, corrects, rejects or skips; ``changes`` are fields of ``CORRECTABLE`` with their new values."""
    repeated = _repeated(connection, judgement, kind)
    if repeated:
        return repeated
    record = _as_seen(connection, judgement)
    if kind in ("accept", "bulk") and record.state in RIGHT and not (kind == "accept" and unread(connection, record)):
        return record  # accepting it again says nothing new, and would hide that it was corrected or added
    verdict = VERDICTS[kind]
    patch: dict[str, Any] = {"state": verdict.value}
    if kind == "correct":
        values = clean(changes or {}, record)
        if not values:
            raise InvalidInput("record.unchanged")
        patch |= values
    is_voted_on = record.state in (State.VOTED, State.DISPUTED)
    if kind != "skip" and (is_voted_on or (of_item(connection, record.item_id, schema.item.c.votes_wanted) or 1) > 1):
        patch = _vote(record, judgement.actor, "accept" if kind == "bulk" else kind, patch)
    return apply(connection, record, kind, judgement, patch)


def undo(connection: Connection, judgement: Judgement) -> Record:
    """Takes back the record's last decision that stands: what it had replaced is there again."""
    repeated = _repeated(connection, judgement, "undo")
    if repeated:
        return repeated
    record = _as_seen(connection, judgement)
    target = last_standing(lines_of(connection, record_id=record.id))
    if target is None:
        raise StoreError("record.nothing_to_undo")
    return apply(connection, record, "undo", judgement, dict(target.old), undoes=target.seq)


def unread(connection: Connection, record: Record) -> bool:
    """Whether a record was accepted with many others and by nobody who read it."""
    if record.state is not State.ACCEPTED:
        return False
    standing = last_standing(lines_of(connection, record_id=record.id))
    return standing is not None and standing.kind == "bulk"


def accept_many(connection: Connection, chosen: Mapping[int, int], *, actor: str, batch: str) -> tuple[int, list[int]]:
    """Accepts records at the versions that were shown, each by a line ``bulk`` of its own in the one batch.

    Returns how many, and those that had moved on: they are left as they are.
    """
    kept, left = 0, []
    for record_id, version in chosen.items():
        try:
            decide(connection, "bulk", Judgement(record_id, version, actor, f"{batch}:{record_id}", reason=batch))
        except (Conflict, InvalidInput):
            left.append(record_id)
        else:
            kept += 1
    return kept, left


def undo_many(connection: Connection, *, actor: str, batch: str) -> int:
    """Takes a whole batch back; what somebody has decided on since stays."""
    event = schema.event.c
    query = select(event.record_id).where(event.kind == "bulk", event.reason == batch, event.actor == actor)
    undone = 0
    for record_id in connection.scalars(query.order_by(event.seq)).all():
        record = fetch(connection, record_id)
        standing = last_standing(lines_of(connection, record_id=record_id))
        if standing is not None and standing.kind == "bulk" and standing.reason == batch:
            undo(connection, Judgement(record_id, record.version, actor, f"{batch}:{record_id}:undo"))
            undone += 1
    return undone


def last_standing(lines: list[Event]) -> Event | None:
    """The newest decision among ``lines`` that no undo has taken back; what the machine re-read in between stays."""
    undone = {line.undoes for line in lines if line.kind == "undo"}
    decisions = [line for line in lines if line.kind in VERDICTS and line.seq not in undone]
    return decisions[-1] if decisions else None


def comment(connection: Connection, judgement: Judgement, words: str) -> Event:
    """Ties a remark to a record; the record itself does not change."""
    found = find_by_client(connection, judgement.client_id)
    if found:
        return found
    require(connection, judgement.actor, Role.REVIEWER)
    record = fetch(connection, judgement.record_id)
    remark = clean_text(words)
    if not remark:
        raise InvalidInput("record.empty_comment")
    return append(
        connection,
        Entry(
            "comment",
            judgement.actor,
            judgement.client_id,
            item_id=record.item_id,
            record_id=record.id,
            base_version=record.version,
            patch={"words": remark, "start": record.start, "end": record.end},
        ),
    )


def settle(connection: Connection, remark: int, *, actor: str, client_id: str) -> Event:
    """A remark is dealt with: a line that points at it; the record does not change, and settling again says nothing."""
    event = schema.event.c
    require(connection, actor, Role.REVIEWER)
    found = (
        connection.execute(select(schema.event).where(event.seq == remark, event.kind == "comment")).mappings().first()
    )
    if found is None:
        raise StoreError("record.no_remark")
    done = connection.execute(select(schema.event).where(event.kind == "settle", event.undoes == remark)).mappings()
    before = done.first()
    if before is not None:
        return Event(**before)
    entry = Entry(
        "settle",
        actor,
        client_id,
        item_id=found["item_id"],
        record_id=found["record_id"],
        base_version=found["base_version"],
        undoes=remark,
    )
    return append(connection, entry)


def is_open_remark() -> ColumnElement[bool]:
    """Whether a line of the journal is a remark that nobody has settled."""
    event, later = schema.event.c, schema.event.alias()
    settled = select(later.c.seq).where(later.c.kind == "settle", later.c.undoes == event.seq)
    return and_(event.kind == "comment", ~settled.exists())


def open_remarks(connection: Connection, *, limit: int) -> list[Event]:
    """Remarks that nobody has settled, newest first."""
    query = select(schema.event).where(is_open_remark()).order_by(schema.event.c.seq.desc()).limit(limit)
    return [Event(**row) for row in connection.execute(query).mappings()]


def named_in(words: str) -> list[str]:
    """Who is named in a remark.

    >>> named_in("@an và @Binh@example.vn xem lại; an@b không phải")
    ['@an', '@binh@example.vn']
    """
    return [found.casefold() for found in re.findall(r"(?<!\S)@[\w.@-]*\w", words)]


def add(
    connection: Connection, item_id: int, span: tuple[int, int], values: Mapping[str, Any], judgement: Judgement
) -> Record:
    """A figure that the machine had missed: ``span`` are its offsets in the text of the item's newest reading."""
    found = find_by_client(connection, judgement.client_id)
    if found and found.record_id is not None:
        return fetch(connection, found.record_id)
    require(connection, judgement.actor, Role.REVIEWER)
    require_present(connection, item_id)
    read = READING.id, READING.text, READING.sections, READING.footnotes
    text_row = connection.execute(newest_reading(item_id, *read)).first()
    if text_row is None:
        raise StoreError("store.no_report", number=item_id)
    start, end = span
    quote = text_row.text[start:end]
    if not 0 <= start < end <= len(text_row.text) or not quote.strip():
        raise InvalidInput("record.no_place")
    blank = first_state({"kind": Kind.COUNT.value, "status": Status.ACTUAL.value, "match": "none"}, text_row.id)
    patch = blank | {
        "state": State.ADDED.value,
        "quote": quote,
        "start": start,
        "end": end,
        "section": _innermost(text_row.sections, start, "path"),
        "footnote": _innermost(text_row.footnotes, start, "mark"),
        "decimals": 0,
        "comparisons": [],
        "boxes": [],
        "confidence": 1.0,
        "doubts": [],
        "rank": 1.0,
    }
    patch |= clean(values, None)
    patch["decimals"] = printed_decimals(patch.get("value"))
    patch |= amount_of(patch.get("value"), patch.get("unit"))
    columns = to_columns(patch)
    record_id = connection.execute(
        schema.record.insert()
        .values(item_id=item_id, version=1, decided_by=judgement.actor, decided_at="", **columns)
        .returning(schema.record.c.id)
    ).scalar_one()
    line = append(
        connection,
        Entry(
            "add",
            judgement.actor,
            judgement.client_id,
            item_id=item_id,
            record_id=record_id,
            base_version=0,
            patch=patch,
            reason=judgement.reason,
        ),
    )
    connection.execute(update(schema.record).where(schema.record.c.id == record_id).values(decided_at=line.at))
    return fetch(connection, record_id)


def ask_for_votes(connection: Connection, item_id: int, wanted: int, *, actor: str, client_id: str) -> None:
    """Sets how many people judge each figure of a report: one, or two of whom a third settles the differences."""
    require(connection, actor, Role.ARCHIVIST)
    if wanted not in (1, 2):
        raise InvalidInput("record.one_or_two")
    old = of_item(connection, item_id, schema.item.c.votes_wanted)
    if old == wanted:
        return
    change_item(connection, item_id, votes_wanted=wanted)
    patch, before = {"votes_wanted": wanted}, {"votes_wanted": old}
    append(connection, Entry("describe", actor, client_id, item_id=item_id, patch=patch, old=before))


def _innermost(parts: list[dict[str, Any]], offset: int, name: str) -> str | None:
    around = [p for p in parts if p["start"] <= offset < p["end"]]
    return min(around, key=lambda p: p["end"] - p["start"])[name] if around else None


def _repeated(connection: Connection, judgement: Judgement, kind: str) -> Record | None:
    found = find_by_client(connection, judgement.client_id)
    if found is None:
        return None
    if found.record_id != judgement.record_id or found.kind != kind:
        raise StoreError("record.request_used")
    return fetch(connection, judgement.record_id)


def _as_seen(connection: Connection, judgement: Judgement) -> Record:
    """The record as a reviewer saw it; raises NotAllowed, Conflict or InvalidInput where it is not to be judged so."""
    require(connection, judgement.actor, Role.REVIEWER)
    record = fetch(connection, judgement.record_id)
    if record.version != judgement.version:
        raise conflict(record)
    require_present(connection, record.item_id)
    return record


def _vote(record: Record, actor: str, kind: str, patch: dict[str, Any]) -> dict[str, Any]:
    """One vote each: the first waits, a second that agrees decides, one that differs calls for a third person."""
    if any(vote["by"] == actor for vote in record.votes):
        raise InvalidInput("record.voted")
    vote = ballot(actor, kind, patch)
    votes = [*record.votes, vote]
    if record.state is State.DISPUTED:
        return {**patch, "votes": votes}
    if not record.votes:
        return {"state": State.VOTED.value, "votes": votes}
    same = all(say_the_same(earlier, vote) for earlier in record.votes)
    return {**patch, "votes": votes} if same else {"state": State.DISPUTED.value, "votes": votes}


def ballot(person: str, kind: str, patch: Mapping[str, Any]) -> dict[str, Any]:
    """A decision of ``kind`` as one vote of two."""
    return {"by": person, "verdict": kind, "values": {k: v for k, v in patch.items() if k != "state"}}


def say_the_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two votes agree, in the verdict and in every value."""
    return bool(one["verdict"] == other["verdict"] and one["values"] == other["values"])


def apply(
    connection: Connection,
    record: Record,
    kind: str,
    judgement: Judgement,
    patch: dict[str, Any],
    *,
    undoes: int | None = None,
) -> Record:
    """One line of the journal and one new version: what every decision ends in."""
    reason = clean_text(judgement.reason) if judgement.reason else None
    request = judgement.actor, judgement.client_id
    line = append(connection, entry_about(record, kind, *request, patch, reason=reason, undoes=undoes))
    open_again = kind == "undo" and State(patch.get("state", record.state)) in OPEN
    judge = (None, None) if open_again else (line.actor, line.at)
    kept = renew(connection, record, line, decided_by=judge[0], decided_at=judge[1])
    connection.execute(delete(schema.lease).where(schema.lease.c.record_id == record.id))
    return kept
