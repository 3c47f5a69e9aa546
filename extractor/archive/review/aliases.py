"""Names and catalogue entries: what the machine proposes, what a correction offers, and a person's yes or no to it.

A proposal is a name that the machine finds close to an entry. An offer comes from a correction: somebody put one figure
of that name under an entry, and others of the same name are still under none. One line of the journal keeps the answer,
one more for each record says what changed; nobody's verdict on a figure is touched. Answers hold for later files and
readings too: what the machine proposes once more is settled as before.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, and_, bindparam, func, or_, select, type_coerce

from extractor.archive import schema
from extractor.archive.journal import Entry, append, entry_about, find_by_client
from extractor.archive.roles import MACHINE, require
from extractor.archive.row_types import Role, State
from extractor.archive.rows import TABLE, renew, to_record

YES, NO = "alias", "no_alias"
"""Kinds of lines: the name is that entry's, or it is not."""


STANDING = TABLE.state.not_in([State.WITHDRAWN.value, State.REJECTED.value])


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name that may be an entry's; ``by`` is who put a figure of it there, None where the machine proposes it."""

    spelling: str
    entry: str
    score: float | None
    count: int
    by: str | None = None


def proposals(connection: Connection) -> list[Proposal]:
    """All that waits for an answer: what people's corrections offer, then what the machine proposes; frequent first."""
    count = func.count().label("n")
    query = (
        select(TABLE.indicator, TABLE.indicator_id, func.max(TABLE.score), count)
        .where(TABLE.match == "proposed", TABLE.indicator.is_not(None), TABLE.indicator_id.is_not(None), STANDING)
        .group_by(TABLE.indicator, TABLE.indicator_id)
        .order_by(count.desc(), TABLE.indicator)
    )
    offered = _offers(connection)
    found = [Proposal(str(name), str(entry), score, int(n)) for name, entry, score, n in connection.execute(query)]
    taken = {(offer.spelling, offer.entry) for offer in offered}
    return [*offered, *(one for one in found if (one.spelling, one.entry) not in taken)]


def _offers(connection: Connection) -> list[Proposal]:
    """Names that a correction put under an entry while other figures of that name stand under none."""
    line = schema.event.c
    corrected = (
        select(TABLE.indicator, TABLE.indicator_id, line.actor, line.patch)
        .join(schema.event, line.record_id == TABLE.id)
        .where(line.kind == "correct", type_coerce(line.patch, Text).contains('"indicator_id"', autoescape=True))
        .where(TABLE.indicator.is_not(None), TABLE.match == "alias")
        .order_by(line.seq)
    )
    given = {
        (row.indicator, row.indicator_id): row.actor
        for row in connection.execute(corrected)
        if row.indicator_id is not None and row.patch.get("indicator_id") == row.indicator_id
    }
    refused = {pair for pair, kind in answers(connection).items() if kind == NO}
    names = {name for name, _ in given}
    waiting = select(TABLE.indicator, func.count()).where(TABLE.indicator.in_(names), TABLE.match != "alias", STANDING)
    counts = {name: int(n) for name, n in connection.execute(waiting.group_by(TABLE.indicator))}
    found = [
        Proposal(name, entry, None, counts[name], by)
        for (name, entry), by in given.items()
        if name in counts and (name, entry) not in refused
    ]
    return sorted(found, key=lambda one: (-one.count, one.spelling))


def answers(connection: Connection, pairs: Collection[tuple[str, str]] | None = None) -> dict[tuple[str, str], str]:
    """Name and entry → the last answer given, ``YES`` or ``NO``: of all that were asked, or of ``pairs`` alone.

    Those of some pairs are looked up by the very text that their lines hold, whatever else the journal holds.
    """
    line = schema.event.c
    query = select(line.kind, line.patch).where(schema.IS_ANSWER).order_by(line.seq)
    if pairs is not None:
        query = query.where(line.patch.in_([_spell_answer(*pair) for pair in pairs]))
    return {(row.patch["alias"], row.patch["indicator"]): row.kind for row in connection.execute(query)}


def _spell_answer(spelling: str, entry: str) -> dict[str, str]:
    """What the line of an answer says, and nothing more: it is found by it."""
    return {"alias": spelling, "indicator": entry}


def answer(connection: Connection, kind: str, spelling: str, entry: str, *, actor: str, client_id: str) -> int:
    """Keeps a person's answer and settles every record that it is about; returns their number."""
    require(connection, actor, Role.ARCHIVIST)
    if find_by_client(connection, client_id):
        return 0
    about = and_(TABLE.indicator_id == entry, TABLE.match == "proposed")
    if kind == YES and any((offer.spelling, offer.entry) == (spelling, entry) for offer in _offers(connection)):
        about = or_(about, TABLE.match != "alias")
    append(connection, Entry(kind, actor, client_id, patch=_spell_answer(spelling, entry)))
    return _settle(connection, kind, spelling, entry, about=about, actor=actor, client_id=client_id)


def settle_again(connection: Connection, item_id: int, *, client_id: str) -> None:
    """Answers what the machine has just proposed in a report as people answered it before."""
    if connection.scalar(_ANY_ANSWER) is None:
        return
    proposed = connection.execute(_PROPOSED, {"report": item_id})
    pairs = sorted({(str(name), str(entry)) for name, entry in proposed})
    known = answers(connection, pairs) if pairs else {}
    for spelling, entry in pairs:
        kind = known.get((spelling, entry))
        if kind is not None:
            about = and_(TABLE.item_id == item_id, TABLE.indicator_id == entry, TABLE.match == "proposed")
            _settle(connection, kind, spelling, entry, about=about, actor=MACHINE, client_id=client_id)


_ANY_ANSWER = select(schema.event.c.seq).where(schema.IS_ANSWER).limit(1)
_PROPOSED = (  # built once: every file asks it
    select(TABLE.indicator, TABLE.indicator_id)
    .where(TABLE.item_id == bindparam("report"), TABLE.match == "proposed", TABLE.indicator_id.is_not(None))
    .distinct()
)


def _settle(
    connection: Connection,
    kind: str,
    spelling: str,
    entry: str,
    *,
    about: ColumnElement[bool],
    actor: str,
    client_id: str,
) -> int:
    rows = connection.execute(
        select(schema.record).where(TABLE.indicator == spelling, about).order_by(TABLE.id)
    ).mappings()
    records = [to_record(row) for row in rows]
    wanted: dict[str, Any] = {"match": "alias", "score": None, "indicator_id": entry}
    if kind == NO:
        wanted = {"match": "none", "score": None, "indicator_id": None}
    for record in records:
        patch = {name: value for name, value in wanted.items() if value != getattr(record, name)}
        line = append(connection, entry_about(record, kind, actor, f"{client_id}:{kind}:{record.id}", patch))
        renew(connection, record, line)
    return len(records)
