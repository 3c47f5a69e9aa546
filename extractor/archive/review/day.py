"""A person's own work, from the journal: what was decided since a moment, how long a figure took, what was put off.

In: a person and a moment. Out: a ``Day``. The hard idea: a sentence that is accepted by one key writes all its lines at
once, so lines of one press share the time that went before it; a long pause is no work on a figure and is not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.review.decisions import VERDICTS
from extractor.archive.row_types import Event

ACTS = (*VERDICTS, "add", "undo", "comment")
AT_ONCE = 1.0  # seconds between lines of one press, on a busy machine
PAUSE = 300.0  # seconds after which nobody is at work on the same figure
MOST = 10_000  # lines: more than anybody decides in a day


@dataclass(frozen=True, slots=True)
class Day:
    """What a person did. ``lines`` are newest first; ``seconds`` is what a figure took, None where none can tell."""

    lines: Sequence[Event] = ()
    acts: Mapping[str, int] = field(default_factory=dict)
    seconds: float | None = None

    @property
    def decided(self) -> int:
        """Decisions, those in bulk left out: they were not read."""
        return sum(self.acts.get(kind, 0) for kind in ("accept", "correct", "reject", "add"))

    @property
    def skipped(self) -> list[int]:
        """The records that were put off last, newest first."""
        last: dict[int, str] = {}
        for line in self.lines:
            if line.record_id is not None and line.kind != "comment":
                last.setdefault(line.record_id, line.kind)
        return [record_id for record_id, kind in last.items() if kind == "skip"]


def day_of(connection: Connection, person: str, since: str) -> Day:
    """What ``person`` did since a moment, as the journal spells moments."""
    event = schema.event.c
    query = select(schema.event).where(event.actor == person, event.kind.in_(ACTS), event.record_id.is_not(None))
    rows = connection.execute(query.order_by(event.seq.desc()).limit(MOST)).mappings()
    lines = []
    for row in rows:
        if row["at"] < since:
            break
        lines.append(Event(**row))
    return Day(lines, Counter(line.kind for line in lines), pace(lines))


def pace(lines: Sequence[Event]) -> float | None:
    """Seconds a figure, over all presses that came within ``PAUSE`` of the one before."""
    moments = [
        datetime.fromisoformat(line.at).timestamp()
        for line in reversed(lines)
        if line.kind in ("accept", "correct", "reject", "skip")
    ]
    presses: list[tuple[float, int]] = []
    for moment in moments:
        if presses and moment - presses[-1][0] <= AT_ONCE:
            presses[-1] = (moment, presses[-1][1] + 1)
        else:
            presses.append((moment, 1))
    spent = figures = 0.0
    for (before, _), (moment, count) in pairwise(presses):
        if moment - before <= PAUSE:
            spent, figures = spent + moment - before, figures + count
    return spent / figures if figures else None
