"""A sample of one's day for a second judge: drawn by lot, judged unseen, and what differs goes to a third person.

In: a person and the lines of their day. Out: records that wait for one vote more. The hard idea: a decision that was
made becomes the first vote, and the record stands again as the machine had read it, so that the second judge sees no
verdict to follow; votes, agreement and disputes are then those of reports that two people judge. Nobody chooses what is
drawn: the lot follows from person, day and record, and to draw again draws nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from extractor.archive.journal import lines_of
from extractor.archive.review.decisions import Judgement, apply, ballot, last_standing, say_the_same
from extractor.archive.roles import require
from extractor.archive.row_types import Event, Record, Role, State
from extractor.archive.rows import fetch, require_present

SHARE = 10  # one decision of so many is drawn
LEAST, MOST = 3, 20  # records of a day, where it has as many
READ = ("accept", "correct", "reject")
"""Kinds of decision that a second judge can be asked about: each was read by somebody."""

DECIDED = (State.ACCEPTED, State.CORRECTED, State.REJECTED)


@dataclass(frozen=True, slots=True)
class Looks:
    """What became of a sample: drawn in all, those that wait, and of those judged how many agree."""

    drawn: int = 0
    waiting: int = 0
    same: int = 0

    @property
    def differ(self) -> int:
        """On how many the second judge said something else."""
        return self.drawn - self.waiting - self.same


def lot(lines: Iterable[Event], person: str, since: str) -> list[int]:
    """The records that a day's sample is of, the first drawn first."""
    read = {line.record_id for line in lines if line.kind in READ and line.record_id is not None}
    count = min(max(len(read) // SHARE, LEAST), MOST)
    return sorted(read, key=lambda record: hashlib.sha256(f"{person}|{since}|{record}".encode()).digest())[:count]


def draw(connection: Connection, drawn: Iterable[int], *, actor: str, client_id: str) -> int:
    """Lets each record of ``drawn`` wait for a second judge; returns how many, those left out that moved on since."""
    require(connection, actor, Role.REVIEWER)
    count = 0
    for record_id in drawn:
        record = fetch(connection, record_id)
        first = last_standing(lines_of(connection, record_id=record_id))
        if record.state not in DECIDED or record.votes or first is None:
            continue
        if first.actor != actor or first.kind not in READ:
            continue
        require_present(connection, record.item_id)
        patch = {**first.old, "state": State.VOTED.value, "votes": [ballot(actor, first.kind, first.patch)]}
        judgement = Judgement(record_id, record.version, actor, f"{client_id}:{record_id}:{record.version}")
        apply(connection, record, "recheck", judgement, patch, undoes=first.seq)
        count += 1
    return count


def looked(records: Iterable[Record], person: str) -> Looks:
    """What became of the records of a sample of ``person``."""
    asked = [record for record in records if record.votes and record.votes[0]["by"] == person]
    waiting = sum(len(record.votes) == 1 for record in asked)
    same = sum(len(record.votes) > 1 and say_the_same(*record.votes[:2]) for record in asked)
    return Looks(len(asked), waiting, same)
