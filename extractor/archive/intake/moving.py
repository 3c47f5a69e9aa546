"""Records onto another reading of their report: of the same file by a newer machine, or of the copy that leads now.

Figures are matched by section and quote in the order of the text, so that the third "65 băng rôn" stays the third. A
decision keeps its place and takes nothing else from the new reading; where the new reading does not hold it, it is
shown as lost. What nobody has judged takes all that the machine reads now, or is withdrawn.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from extractor.archive.journal import append, entry_about
from extractor.archive.roles import MACHINE
from extractor.archive.row_types import PLACE, Record, State, first_state, to_plain
from extractor.archive.rows import records_of, renew


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of records: decisions ``kept`` and ``lost``, others ``withdrawn``; ``fresh`` figures are none yet."""

    kept: int
    lost: int
    withdrawn: int
    fresh: list[int]


def move_records(
    connection: Connection, item_id: int, reading_id: int, figures: Sequence[Mapping[str, Any]], *, client_id: str
) -> Moved:
    """Hangs the records of a report on a reading with ``figures``, each by a line of the journal."""
    records = records_of(connection, item_id)
    pairs = match(records, figures)
    kept = lost = withdrawn = 0
    for record in records:
        found = figures[pairs[record.id]] if record.id in pairs else None
        kept += record.is_decided and found is not None
        lost += record.is_decided and found is None
        withdrawn += not record.is_decided and found is None
        _move(connection, record, found, reading_id, f"{client_id}:{record.id}")
    taken = set(pairs.values())
    return Moved(kept, lost, withdrawn, [n for n in range(len(figures)) if n not in taken])


def match(records: Sequence[Record], figures: Sequence[Mapping[str, Any]]) -> dict[int, int]:
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
    connection: Connection, record: Record, figure: Mapping[str, Any] | None, reading_id: int, client_id: str
) -> None:
    """One record onto the new reading; a judged one takes the place only, any other all fields."""
    if figure is None:
        if record.origin_figure is None or (record.state is State.WITHDRAWN and record.figure_id is None):
            return
        patch: dict[str, Any] = {"figure_id": None}
        if not record.is_decided:
            patch["state"] = State.WITHDRAWN.value
    elif record.is_decided:
        place = {name: figure[name] for name in PLACE}
        patch = {**place, "figure_id": figure["id"], "reading_id": reading_id}
    else:
        patch = first_state(figure, reading_id)
    before = to_plain({name: getattr(record, name) for name in patch})
    patch = {name: value for name, value in patch.items() if value != before[name]}
    if patch:
        line = append(connection, entry_about(record, "reread", MACHINE, client_id, patch))
        renew(connection, record, line)
