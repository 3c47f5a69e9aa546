"""What a reviewer has before them: filtered lists, the next one to judge, leases, and how far the work has come.

Lists run by doubt (most doubtful first) or as the report runs. ``step`` walks them by key, never by page number, and a
list over all reports is put together from one walk of an index for each state: a list of any length costs the same.
A lease keeps two people off one record for ``LEASE`` minutes; an expired one is air.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    type_coerce,
    union_all,
)

from extractor.archive import schema
from extractor.archive.canonical_json import canonical
from extractor.archive.journal import now
from extractor.archive.review.decisions import is_open_remark
from extractor.archive.row_types import OPEN, Filter, Progress, Record, Standing, State
from extractor.archive.rows import TABLE, records_where, to_record
from extractor.archive.search import says_of_many

LEASE = 5  # minutes: longer than anybody looks at one figure, short enough that a closed laptop blocks nobody

STANDING = tuple(state for state in State if state is not State.WITHDRAWN)
"""What a list shows that asks for no state."""

RECENT = 20_000
"""Records of which a list of choices over all reports is counted, the newest: one that counted all would grow."""

FEW = 1_000
"""Records with the words of a search up to which their ids are looked up first; more are soon met on any walk."""

VOTED_ON = (State.VOTED.value, State.DISPUTED.value)


def conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """The WHERE of a filter; every value is a bound parameter."""
    found: list[ColumnElement[bool]] = []
    if wanted.item is not None:
        found.append(TABLE.item_id == wanted.item)
    if wanted.section is not None:
        found.append(
            or_(TABLE.section == wanted.section, TABLE.section.startswith(wanted.section + ".", autoescape=True))
        )
    if wanted.indicator is not None:
        found.append(or_(TABLE.indicator == wanted.indicator, TABLE.indicator_id == wanted.indicator))
    if wanted.doubt is not None:
        found.append(type_coerce(TABLE.doubts, Text).contains(canonical(wanted.doubt), autoescape=True))
    if wanted.reviewer is not None:
        found.append(TABLE.decided_by == wanted.reviewer)
    if wanted.states:
        found.append(TABLE.state.in_([state.value for state in wanted.states]))
    else:
        found.append(TABLE.state != State.WITHDRAWN.value)
    if wanted.remarked:
        remarks = select(schema.event.c.record_id).where(is_open_remark(), schema.event.c.record_id.is_not(None))
        found.append(TABLE.id.in_(remarks))
    if wanted.words:
        found.append(_says(wanted.words))
    if wanted.among is not None:
        found.append(TABLE.id.in_(wanted.among) if wanted.among else false())
    return found


def _says(words: str) -> ColumnElement[bool]:
    return says_of_many(words, (TABLE.indicator, TABLE.quote, TABLE.unit))


def few_that_say(connection: Connection, words: str) -> tuple[int, ...] | None:
    """The ids of all records, of any report and state, that hold ``words``; None where they are more than ``FEW``.

    One pass over the table as it lies: a walk in the order of a list would look up a million rows to find none.
    """
    found = connection.scalars(select(TABLE.id).where(_says(words)).limit(FEW + 1)).all()
    return tuple(found) if len(found) <= FEW else None


def listed(connection: Connection, wanted: Filter, *, limit: int = 200, offset: int = 0) -> list[Record]:
    """The records of a list, in its order."""
    rows = connection.execute(_list(select(schema.record), wanted, limit, offset)).mappings()
    return [to_record(row) for row in rows]


def sure(connection: Connection, wanted: Filter, least: float, *, limit: int) -> dict[int, int]:
    """Of the first records of a list those that nothing speaks against, with their versions, in its order."""
    looked_at = ("id", "version", "confidence", "rank", "doubts", "value")
    rows = connection.execute(_list(select(*(TABLE[name] for name in looked_at)), wanted, limit, 0))
    return {
        row.id: row.version
        for row in rows
        if row.confidence >= least and not row.doubts and row.rank > least - 0.01 and row.value is not None
    }


def _list(query: Select[Any], wanted: Filter, limit: int, offset: int) -> Select[Any]:
    if wanted.item is not None:  # one report's records are few: sorting them is nothing
        return _ordered(query.where(*conditions(wanted)), wanted).limit(limit).offset(offset)
    page = _page(wanted, limit, offset).subquery()
    return _ordered(query.join(page, page.c.id == TABLE.id), wanted)


def _page(wanted: Filter, limit: int, offset: int) -> Select[Any]:
    """The ids of a page of a list over all reports: the first of each state, merged."""
    names = [key.name for key in _keys(wanted)]
    firsts = []
    for state in wanted.states or STANDING:
        of_state = select(*_keys(wanted)).where(*conditions(replace(wanted, states=(state,))))
        firsts.append(select(_ordered(of_state, wanted).limit(limit + offset).subquery()))
    merged = union_all(*firsts).subquery()
    return select(merged.c.id).order_by(*(merged.c[name] for name in names)).limit(limit).offset(offset)


def records_between(connection: Connection, item_id: int, start: int, end: int) -> list[Record]:
    """The records of a report that begin in a stretch of its text, in their order."""
    inside = (TABLE.start >= start, TABLE.start < end)
    return records_where(connection, TABLE.item_id == item_id, *inside, TABLE.state != State.WITHDRAWN.value)


def near(connection: Connection, item_id: int, *stretches: tuple[int, int]) -> list[Standing]:
    """The records of a report that stand in stretches of its text, in their order."""
    inside = or_(*(and_(TABLE.start < end, TABLE.end > start) for start, end in stretches))
    return _standing(connection, and_(TABLE.item_id == item_id, inside))


def standing(connection: Connection, record_ids: Sequence[int]) -> list[Standing]:
    """The records of these ids, in the order of the text."""
    return _standing(connection, TABLE.id.in_(record_ids))


def _standing(connection: Connection, condition: ColumnElement[bool]) -> list[Standing]:
    found = or_(TABLE.figure_id.is_not(None), TABLE.origin_figure.is_(None)).label("found")
    columns = (
        *(TABLE[name] for name in ("id", "state", "indicator", "start", "end", "reading_id", "figure_id")),
        found,
    )
    rows = connection.execute(select(*columns).where(condition).order_by(TABLE.start, TABLE.id)).mappings()
    return [Standing(**{**row, "state": State(row["state"]), "found": bool(row["found"])}) for row in rows]


def count(connection: Connection, wanted: Filter) -> int:
    """How many records the list holds."""
    return connection.scalar(select(func.count()).select_from(schema.record).where(*conditions(wanted))) or 0


def step(
    connection: Connection,
    wanted: Filter,
    *,
    after: Record | None = None,
    before: Record | None = None,
    free_for: str | None = None,
) -> int | None:
    """The id of the first record of the list, the one ``after`` a record, or the one ``before`` it; None at the end.

    ``free_for`` leaves out what others hold a lease on, and what that person has voted on.
    """
    query = select(*_keys(wanted))
    if free_for is not None:
        query = query.where(~not_free_for(free_for))
    forward = before is None
    walks = [wanted]
    if wanted.order != "place" or (wanted.item is None and wanted.states):
        # one state at a time: each is one seek in an index, where all together would be sorted anew for every step
        walks = [replace(wanted, states=(state,)) for state in wanted.states or STANDING]
    nearest = []
    for walk in walks:
        walked = query.where(*conditions(walk))
        for beyond in _stages(after or before, wanted, forward=forward):
            found = connection.execute(_ordered(walked.where(*beyond), wanted, forward=forward).limit(1)).first()
            if found is not None:
                nearest.append(found)
                break
    return int((min if forward else max)(nearest, key=tuple).id) if nearest else None


def _stages(anchor: Record | None, wanted: Filter, *, forward: bool) -> list[list[ColumnElement[bool]]]:
    """What lies beyond ``anchor``, nearest stage first: each stage is a range that an index can seek."""
    if anchor is None:
        return [[]]
    places = [(key, getattr(anchor, key.name)) for key in _keys(wanted)]
    stages = []
    for n, (key, value) in reversed([*enumerate(places)]):
        stages.append([*(column == at for column, at in places[:n]), key > value if forward else key < value])
    return stages


def _keys(wanted: Filter) -> tuple[Column[Any], ...]:
    """The columns by which a list runs; the last one tells any two records apart."""
    return (TABLE.item_id, TABLE.start, TABLE.id) if wanted.order == "place" else (TABLE.rank, TABLE.id)


def _ordered(query: Select[Any], wanted: Filter, *, forward: bool = True) -> Select[Any]:
    keys = _keys(wanted)
    return query.order_by(*(keys if forward else [key.desc() for key in keys]))


def not_free_for(person: str) -> ColumnElement[bool]:
    """Whether a record is not a person's to judge now: somebody else has it before them, or their vote is in."""
    held = schema.lease.c
    by_others = exists().where(held.record_id == TABLE.id, held.person != person, held.until > now())
    return or_(by_others, and_(TABLE.state.in_(VOTED_ON), TABLE.decided_by == person))


def take(connection: Connection, record_ids: Sequence[int], person: str) -> dict[int, str]:
    """Leases records to ``person`` and drops their other leases; returns who else holds which, where anybody does."""
    held = schema.lease.c
    query = select(held.record_id, held.person).where(
        held.record_id.in_(record_ids), held.person != person, held.until > now()
    )
    holders = {row.record_id: row.person for row in connection.execute(query)}
    connection.execute(delete(schema.lease).where(or_(held.person == person, held.until <= now())))
    until = now(LEASE)
    free = [record_id for record_id in sorted(record_ids) if record_id not in holders]
    rows = [{"record_id": record_id, "person": person, "until": until} for record_id in free]
    if rows:
        connection.execute(schema.lease.insert(), rows)
    return holders


def progress_by_item(connection: Connection) -> dict[int, Progress]:
    """The progress of every report."""
    counts: dict[int, dict[State, int]] = {}
    query = select(TABLE.item_id, TABLE.state, func.count()).group_by(TABLE.item_id, TABLE.state)
    for item_id, state, n in connection.execute(query):
        counts.setdefault(item_id, {})[State(state)] = n
    return {item_id: Progress(states) for item_id, states in counts.items()}


def choices(connection: Connection, column: str, item_id: int | None = None, *, limit: int = 500) -> list[str]:
    """The values of a text column, most frequent first: what pick-or-type offers."""
    allowed = {name: TABLE[name] for name in ("indicator", "unit", "period", "section", "area", "parent")}
    chosen = allowed[column]
    query = select(chosen).where(_counted(item_id), chosen.is_not(None)).group_by(chosen)
    return [str(value) for value in connection.scalars(query.order_by(func.count().desc(), chosen).limit(limit))]


def doubt_codes(connection: Connection, item_id: int | None = None) -> list[str]:
    """The doubt codes that open records carry, most frequent first."""
    waiting = TABLE.state.in_([s.value for s in OPEN])
    query = select(TABLE.doubts, func.count()).where(_counted(item_id), waiting, TABLE.doubts != [])
    counts: dict[str, int] = {}
    for codes, n in connection.execute(query.group_by(TABLE.doubts)):
        for code in codes:
            counts[code] = counts.get(code, 0) + n
    return sorted(counts, key=lambda code: (-counts[code], code))


def _counted(item_id: int | None) -> ColumnElement[bool]:
    """The records of which choices are counted: those of a report, or the newest of all."""
    if item_id is not None:
        return TABLE.item_id == item_id
    return TABLE.id > select(func.max(TABLE.id) - RECENT).scalar_subquery()


def judges(connection: Connection) -> list[str]:
    """Everybody whom the journal names, by name: one seek in its index each."""
    actor, found = schema.event.c.actor, [""]
    while (after := connection.scalar(select(func.min(actor)).where(actor > found[-1]))) is not None:
        found.append(after)
    return found[1:]
