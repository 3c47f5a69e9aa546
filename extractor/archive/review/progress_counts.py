"""How far the review has come, without counting all records again for every key that is pressed.

A count holds for one line of the journal; every later line says which record went from which state to which, so the
count is carried forward by the lines that are new. Only a line that speaks of a whole report (an import, a new reading)
makes all records be counted again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from extractor.archive import schema
from extractor.archive.row_types import Progress, State

MOST_LINES = 500  # beyond these a fresh count is the cheaper one
TRIES = 3  # counting while others write: on a server each statement sees its own moment


@dataclass(frozen=True, slots=True)
class Count:
    """Records by state as they stood after the line ``seq`` of the journal."""

    seq: int
    states: dict[State, int]


class StateCounts:
    """The counts of the whole store, kept between two questions."""

    def __init__(self) -> None:
        self._last: Count | None = None

    def progress(self, connection: Connection) -> Progress:
        """Counts by state, of all reports."""
        counted = carry(connection, self._last) if self._last is not None else None
        if counted is not None:
            self._last = counted
            return Progress(counted.states)
        for _ in range(TRIES):
            before, states = head(connection), count(connection)
            if head(connection) == before:
                self._last = Count(before, states)
                break
        return Progress(states)


def head(connection: Connection) -> int:
    """The number of the journal's last line."""
    return connection.scalar(select(schema.chain.c.seq)) or 0


def last_lines(connection: Connection) -> dict[int | None, int]:
    """Report → the number of the journal's last line about it; under None that of the last one about no report."""
    line = schema.event.c
    query = select(line.item_id, func.max(line.seq)).group_by(line.item_id)
    return dict(connection.execute(query).all())


def count(connection: Connection, item_id: int | None = None) -> dict[State, int]:
    """Records by state, of one report or of all, counted one by one."""
    table = schema.record.c
    query = select(table.state, func.count()).group_by(table.state)
    if item_id is not None:
        query = query.where(table.item_id == item_id)
    return {State(state): n for state, n in connection.execute(query)}


def carry(connection: Connection, last: Count) -> Count | None:
    """``last`` with the lines written since; None where only a fresh count can tell."""
    line = schema.event.c
    query = (
        select(line.seq, line.item_id, line.record_id, line.patch, line.old)
        .where(line.seq > last.seq)
        .order_by(line.seq)
        .limit(MOST_LINES + 1)
    )
    lines = connection.execute(query).all()
    if len(lines) > MOST_LINES or any(one.record_id is None and one.item_id is not None for one in lines):
        return None
    states = Counter(last.states)
    for one in lines:
        if "state" in one.patch:
            states[State(one.patch["state"])] += 1
            if "state" in one.old:
                states[State(one.old["state"])] -= 1
    return Count(lines[-1].seq if lines else last.seq, {state: n for state, n in states.items() if n})
