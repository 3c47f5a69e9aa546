"""The order in which a report is reviewed: what is doubtful first, and still page by page.

In: the text and the records of a report. Out: their ids in order. The hard idea: by doubt alone the next figure stands
on another page nearly every other time. So sentences are judged by their most doubtful figure, the worst of them that
hold ``SHARE`` of the figures come first as the report runs, and then all others as it runs; the figures of one sentence
stay together. Reports follow one another as they came in.

Who wants the machine to learn fast takes another order: among equally doubtful sentences those first whose names wait
in most other places, since what is decided about them is read there, and in the next report, as it was decided.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from extractor.archive.review.worklist import STANDING, conditions, not_free_for
from extractor.archive.row_types import OPEN, Filter, Record, State
from extractor.archive.rows import TABLE

SHARE = 0.35
"""Of a report's figures, what comes in the first round: 168 figures on 16 pages then change the page 18 times."""

SURE = 1.0
"""The rank of a figure without any doubt: its sentence need not come first."""

BANDS = 10
"""Sentences are equally doubtful whose worst figures are within a tenth of confidence."""

NEWEST = 200
"""Reports in which names are counted that wait: older ones are left to themselves."""

SENTENCE, TEACH = "sentence", "teach"
PLANNED = frozenset({SENTENCE, TEACH})
"""Orders that are planned for a whole report."""

ENDS = re.compile(r"(?<=[.;!?:])\s+(?=[^\W\d_]|\d|[-+–])|\n+")
CHUNKS = (16, 128, 1024)  # records looked at in one question: the next one is nearly always among the first

Plan = Callable[[int], Sequence[int]]


def plan(text: str, rows: Sequence[Any]) -> tuple[int, ...]:
    """The ids of ``rows`` (id, start, page, rank) in the order of review."""
    sentences = _by_sentence(text, rows)
    worst = sorted(sentences, key=lambda n: (min(row.rank for row in sentences[n]), n))
    first: set[int] = set()
    held = 0
    for n in worst:
        if held >= SHARE * len(rows) or min(row.rank for row in sentences[n]) >= SURE:
            break
        first.add(n)
        held += len(sentences[n])
    place = sorted(sentences, key=lambda n: (n not in first, sentences[n][0].page or 0, n))
    return _ids(sentences, place)


def plan_to_teach(text: str, rows: Sequence[Any], waiting: Mapping[str, int]) -> tuple[int, ...]:
    """The same where those sentences come first that would teach most.

    ``rows`` have an ``indicator`` too; ``waiting`` says of how many undecided figures that is the name.
    """
    sentences = _by_sentence(text, rows)

    def first(n: int) -> tuple[int, int, int]:
        worst = min(row.rank for row in sentences[n])
        return int(worst * BANDS), -max(waiting.get(row.indicator, 0) for row in sentences[n]), n

    return _ids(sentences, sorted(sentences, key=first))


def _by_sentence(text: str, rows: Sequence[Any]) -> dict[int, list[Any]]:
    """The rows of each sentence, by its number."""
    starts = sentence_starts(text)
    sentences: dict[int, list[Any]] = {}
    for row in rows:
        sentences.setdefault(bisect_right(starts, row.start), []).append(row)
    return sentences


def _ids(sentences: Mapping[int, Sequence[Any]], order: Sequence[int]) -> tuple[int, ...]:
    return tuple(row.id for n in order for row in sorted(sentences[n], key=lambda row: (row.start, row.id)))


def sentence_starts(text: str) -> list[int]:
    """Where the sentences of a text begin, in order."""
    return [0, *(found.end() for found in ENDS.finditer(text))]


def rows_of(connection: Connection, item_id: int) -> list[Any]:
    """What ``plan`` looks at, of one report: all its records, so that a decision moves none of the others."""
    query = select(TABLE.id, TABLE.start, TABLE.page, TABLE.rank, TABLE.indicator).where(
        TABLE.item_id == item_id, TABLE.state != State.WITHDRAWN.value
    )
    return list(connection.execute(query.order_by(TABLE.start, TABLE.id)))


def waiting_names(connection: Connection) -> dict[str, int]:
    """Of how many undecided figures in the newest reports each name is."""
    newest = select(func.max(TABLE.item_id) - NEWEST).scalar_subquery()
    states = [state.value for state in OPEN]
    query = select(TABLE.indicator, func.count()).where(TABLE.state.in_(states), TABLE.item_id > newest)
    rows = connection.execute(query.where(TABLE.indicator.is_not(None)).group_by(TABLE.indicator))
    return {str(name): count for name, count in rows}


def step(
    connection: Connection,
    wanted: Filter,
    order_of: Plan,
    *,
    anchor: Record | None = None,
    back: bool = False,
    free_for: str | None = None,
) -> int | None:
    """The first record of the list beyond ``anchor`` (before it when ``back``), or of all; None at the end."""
    if anchor is not None and wanted.item in (None, anchor.item_id):
        order = list(order_of(anchor.item_id))
        at = order.index(anchor.id) if anchor.id in order else -1
        beyond = order[:at][::-1] if back else order[at + 1 :]
        found = _first_of(connection, wanted, beyond, free_for)
        if found is not None:
            return found
    for item_id in _items(connection, wanted, anchor, back=back):
        order = list(order_of(item_id))
        found = _first_of(connection, wanted, order[::-1] if back else order, free_for)
        if found is not None:
            return found
    return None


def _first_of(connection: Connection, wanted: Filter, ids: Sequence[int], free_for: str | None) -> int | None:
    fits = conditions(wanted)
    if free_for is not None:
        fits.append(~not_free_for(free_for))
    begin = 0
    while begin < len(ids):
        chunk = ids[begin : begin + CHUNKS[0 if not begin else 1 if begin < CHUNKS[1] else 2]]
        there = set(connection.scalars(select(TABLE.id).where(TABLE.id.in_(chunk), *fits)))
        for record_id in chunk:
            if record_id in there:
                return record_id
        begin += len(chunk)
    return None


def _items(connection: Connection, wanted: Filter, anchor: Record | None, *, back: bool) -> Iterator[int]:
    """The reports beyond that of ``anchor`` that hold something of the list, one seek in an index for each state."""
    if wanted.item is not None:
        if anchor is None or anchor.item_id != wanted.item:
            yield wanted.item
        return
    at = anchor.item_id if anchor is not None else None
    while True:
        nearest = [
            n for n in (_item(connection, wanted, state, at, back=back) for state in wanted.states or STANDING) if n
        ]
        if not nearest:
            return
        at = max(nearest) if back else min(nearest)
        yield at


def _item(connection: Connection, wanted: Filter, state: State, at: int | None, *, back: bool) -> int | None:
    fits: list[ColumnElement[bool]] = conditions(replace(wanted, states=(state,)))
    if at is not None:
        fits.append(TABLE.item_id < at if back else TABLE.item_id > at)
    nearest = func.max(TABLE.item_id) if back else func.min(TABLE.item_id)
    return connection.scalar(select(nearest).where(*fits))
