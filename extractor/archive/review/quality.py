"""How good the machine is, measured from what people decided: by field and by report, with what chance leaves open.

An accepted figure was right in every field, unless it was accepted with many others and unread: that says nothing. A
corrected one was wrong in the fields that its standing correction
changed; a rejected one was none; an added one had been missed. What nobody has judged says nothing and is not counted.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from extractor.archive import schema
from extractor.archive.review.decisions import VERDICTS, say_the_same
from extractor.archive.review.progress_counts import count
from extractor.archive.row_types import CORRECTABLE, REVIEWED, State


@dataclass(frozen=True, slots=True)
class Share:
    """``right`` of ``total``, with the interval that holds the true share 19 times of 20 (Wilson)."""

    right: int
    total: int

    @property
    def value(self) -> float | None:
        """The share, None where nothing was judged."""
        return self.right / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end; (0, 1) where nothing was judged."""
        if not self.total:
            return 0.0, 1.0
        z, n, p = 1.96, self.total, self.right / self.total
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Quality:
    """What the decisions on one set of records say."""

    real: Share = field(default_factory=lambda: Share(0, 0))  # of the figures read, how many are figures
    found: Share = field(default_factory=lambda: Share(0, 0))  # of the true figures, how many were read
    untouched: Share = field(default_factory=lambda: Share(0, 0))  # of the true figures read, right in every field
    fields: dict[str, Share] = field(default_factory=dict)
    states: dict[State, int] = field(default_factory=dict)
    unread: int = 0  # accepted in bulk: counted in none of the shares


def measure(connection: Connection, item_id: int | None = None) -> Quality:
    """The quality of one report's figures, or of all."""
    record, event = schema.record.c, schema.event.c
    corrections = (
        select(event.record_id, event.seq, event.kind, event.patch, event.undoes)
        .join(schema.record, record.id == event.record_id)
        .where(record.state == State.CORRECTED.value, event.kind.in_((*VERDICTS, "undo")))
        .order_by(event.seq)
    )
    if item_id is not None:
        corrections = corrections.where(record.item_id == item_id)
    states = count(connection, item_id)
    wrong = _wrong_fields([tuple(row) for row in connection.execute(corrections)])
    skimmed = unread(connection, item_id=item_id)
    accepted, corrected = states.get(State.ACCEPTED, 0) - skimmed, states.get(State.CORRECTED, 0)
    read = accepted + corrected
    return Quality(
        real=Share(read, read + states.get(State.REJECTED, 0)),
        found=Share(read, read + states.get(State.ADDED, 0)),
        untouched=Share(accepted, read),
        fields={name: Share(read - wrong[name], read) for name in CORRECTABLE if read},
        states=states,
        unread=skimmed,
    )


def unread(connection: Connection, *, item_id: int | None = None, batch: str | None = None) -> int:
    """How many records stand accepted in bulk, by nobody who read them: of a report, of one batch, or of all."""
    return connection.scalar(select(func.count()).select_from(_unread(item_id, batch).subquery())) or 0


def unread_of(connection: Connection, item_id: int) -> frozenset[int]:
    """The records of a report that stand accepted in bulk, by nobody who read them."""
    return frozenset(connection.scalars(_unread(item_id, None)).all())


def _unread(item_id: int | None, batch: str | None) -> Select[Any]:
    record, event, later = schema.record.c, schema.event.c, schema.event.alias()
    since = select(later.c.seq).where(
        later.c.record_id == event.record_id, later.c.seq > event.seq, later.c.kind.in_((*VERDICTS, "undo"))
    )
    query = (
        select(event.record_id)
        .distinct()
        .join(schema.record, record.id == event.record_id)
        .where(event.kind == "bulk", record.state == State.ACCEPTED.value, ~since.exists())
    )
    if item_id is not None:
        query = query.where(event.item_id == item_id)
    if batch is not None:
        query = query.where(event.reason == batch)
    return query


def _wrong_fields(lines: list[tuple[int, int, str, dict[str, object], int | None]]) -> Counter[str]:
    """In how many records each field was corrected, by the corrections that still stand."""
    taken_back = {undoes for _, _, kind, _, undoes in lines if kind == "undo"}
    voted_on = {undoes for _, seq, kind, _, undoes in lines if kind == "recheck" and seq not in taken_back}
    undone = taken_back | voted_on
    changed: dict[int, set[str]] = {}
    for record_id, seq, kind, patch, _ in lines:
        if kind == "correct" and seq not in undone:
            changed.setdefault(record_id, set()).update(set(patch) & set(CORRECTABLE))
    return Counter(name for names in changed.values() for name in names)


@dataclass(frozen=True, slots=True)
class Effort:
    """What a report, or a month of review, took: of so many ``judged`` figures so many were corrected, rejected, added.

    ``layer`` is the first version of what the store had learned by which these figures were read.
    """

    layer: int
    corrections: int
    judged: int
    item_id: int = 0
    month: str = ""  # "2026-12" where it is one of a month

    @property
    def per_hundred(self) -> float:
        """Corrections per 100 figures."""
        return 100 * self.corrections / self.judged


def efforts(connection: Connection, most: int) -> list[Effort]:
    """The effort of the ``most`` newest reports of which a figure was judged by somebody who read it, oldest first."""
    rows = connection.execute(_efforts_by(schema.record.c.item_id).limit(most)).all()
    return [
        Effort(layer, corrections, judged, item_id=item_id) for layer, corrections, judged, item_id in reversed(rows)
    ]


def efforts_by_month(connection: Connection, most: int) -> list[Effort]:
    """The same of the ``most`` newest months in which figures were judged, oldest first."""
    rows = connection.execute(_efforts_by(func.substr(schema.record.c.decided_at, 1, 7)).limit(most)).all()
    return [Effort(layer, corrections, judged, month=month) for layer, corrections, judged, month in reversed(rows)]


def _efforts_by(key: ColumnElement[Any]) -> Select[Any]:
    """What figures took that somebody read and judged, by a key of theirs, the greatest first."""
    record, reading = schema.record.c, schema.reading.c
    judged, corrections = func.count(), func.sum(case((record.state != State.ACCEPTED.value, 1), else_=0))
    return (
        select(func.coalesce(func.min(reading.layer), 0), corrections, judged, key)
        .join(schema.item, schema.item.c.id == record.item_id)
        .outerjoin(schema.reading, reading.id == record.origin_reading)  # a figure that a person added has none
        .where(schema.item.c.gone.is_(None), record.state.in_(REVIEWED), record.id.not_in(_unread(None, None)))
        .group_by(key)
        .order_by(key.desc())
    )


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often two judges of one figure said the same; ``kappa`` takes out what chance alone would give."""

    pairs: int
    same: int
    kappa: float | None


def agreement(connection: Connection) -> Agreement:
    """The agreement of the first two votes of every figure that two people judged."""
    votes = connection.scalars(select(schema.record.c.votes).where(schema.record.c.votes != [])).all()
    pairs = [(v[0], v[1]) for v in votes if len(v) >= 2]
    same = sum(say_the_same(a, b) for a, b in pairs)
    if not pairs:
        return Agreement(0, 0, None)
    first, second = Counter(a["verdict"] for a, _ in pairs), Counter(b["verdict"] for _, b in pairs)
    n = len(pairs)
    chance = sum(first[k] * second[k] for k in first) / (n * n)
    observed = same / n
    kappa = (observed - chance) / (1 - chance) if chance < 1 else None
    return Agreement(n, same, kappa)


def workload(connection: Connection) -> dict[str, dict[str, int]]:
    """Person → kind of decision → how many."""
    event = schema.event.c
    query = (
        select(event.actor, event.kind, func.count())
        .where(event.kind.in_((*VERDICTS, "undo", "add", "comment")))
        .group_by(event.actor, event.kind)
    )
    found: dict[str, dict[str, int]] = {}
    for actor, kind, n in connection.execute(query):
        found.setdefault(actor, {})[kind] = n
    return found
