"""Observations of one series straight from the records: what a question needs, without opening whole reports.

A series touches a few records of many reports. So records are looked up by indicator and place, and of each report's
text only the stretch around a figure is fetched: enough for its sentence. Names that the catalogue does not hold have
no index; they are looked up in a list of all such names, which the caller keeps until the journal moves on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msgspec import convert
from sqlalchemy import Connection, RowMapping, Select, and_, case, func, select

from extractor.archive import schema
from extractor.archive.row_types import RIGHT, State
from extractor.archive.rows import TABLE, to_record
from extractor.archive.to_extraction import LEFT_OUT, to_figure, to_report
from extractor.domain.document import Document, Report, Section, Source, Stage
from extractor.domain.faults import Faults

if TYPE_CHECKING:
    from extractor.statistics import Observation

COLUMNS = tuple(TABLE.keys())
AROUND = 700
"""Letters fetched on each side of a figure: a little more than the longest sentence that is shown."""

Own = Mapping[str, Sequence[int]]
"""Series id → its records, for names that no alias has decided."""

MOST_IDS = 10_000
"""How many ids one query names; databases set a limit."""


def own_names(connection: Connection) -> Own:
    """The records of all names that no alias has decided, by series."""
    from extractor.statistics.observations import own_series

    found: dict[str, list[int]] = {}
    faults = Faults()
    for row in connection.execute(select(TABLE.id, TABLE.indicator, TABLE.parent).where(TABLE.match != "alias")):
        with faults.contain(Stage.INDEX, f"record {row.id}"):
            found.setdefault(own_series(row.indicator, row.parent), []).append(row.id)
    faults.log("store")
    return found


def printed_areas(connection: Connection) -> tuple[str, ...]:
    """Every place that a record names."""
    return tuple(connection.scalars(select(TABLE.area).where(TABLE.area.is_not(None)).distinct()))


@dataclass(frozen=True, slots=True)
class WantedSeries:
    """What is looked for: catalogue entries, records of names of their own, and printed places (None: all places)."""

    indicators: Sequence[str]
    records: Sequence[int] = ()
    areas: Sequence[str] | None = None
    judged_only: bool = True


def find_observations(connection: Connection, wanted: WantedSeries) -> tuple[Observation, ...]:
    """What the records that ``wanted`` describes say, by report and place in it."""
    from extractor.statistics.observations import Provenance, observe_figure
    from extractor.statistics.source_sentence import sentence_of

    rows = list(_rows(connection, wanted))
    headings = _headings(connection, {row["reading_id"] for row in rows})
    reports: dict[int, Report] = {}
    found: list[Observation] = []
    faults = Faults()
    for row in rows:
        with faults.contain(Stage.SERIES, f"record {row['id']}"):
            record = to_record({name: row[name] for name in COLUMNS})
            if record.item_id not in reports:
                reports[record.item_id] = to_report(row["front"], row["description"])
            first = max(0, record.start - AROUND)
            sentence = sentence_of(Document(row["around"]), record.start - first, record.end - first)
            source = Source(row["name"], row["sha256"], row["format"], row["size"], pages=row["pages"])
            heading = headings[record.reading_id].get(record.section or "", "")
            place = Provenance(reports[record.item_id], source, sentence, heading, reviewed=record.state in RIGHT)
            found.extend(observe_figure(to_figure(record), place))
    faults.log("store")
    return tuple(found)


def _headings(connection: Connection, readings: Collection[int]) -> Mapping[int, Mapping[str, str]]:
    """The titles of the sections of ``readings``, by path."""
    from extractor.statistics.scopes import titles_of

    ids, reading = sorted(readings), schema.reading.c
    asked = (select(reading.id, reading.sections).where(reading.id.in_(part)) for part in _portions(ids))
    answers = (row for query in asked for row in connection.execute(query))
    return {row.id: titles_of(convert(row.sections, tuple[Section, ...])) for row in answers}


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[at : at + MOST_IDS] for at in range(0, len(ids), MOST_IDS))


def _rows(connection: Connection, wanted: WantedSeries) -> Iterator[RowMapping]:
    decided = and_(TABLE.match == "alias", TABLE.indicator_id.in_(wanted.indicators))
    named = [TABLE.id.in_(part) for part in _portions(wanted.records)]
    for condition in ([decided] if wanted.indicators else []) + named:
        query = _query(wanted).where(condition).order_by(TABLE.item_id, TABLE.start, TABLE.id)
        yield from connection.execute(query).mappings()


def _query(wanted: WantedSeries) -> Select[Any]:
    file, reading = schema.instantiation.c, schema.reading.c
    first = case((TABLE.start > AROUND, TABLE.start - AROUND), else_=0)
    around = func.substr(reading.text, first + 1, 2 * AROUND + TABLE.end - TABLE.start)
    states = RIGHT if wanted.judged_only else [s for s in State if s not in LEFT_OUT]
    query = (
        select(schema.record, schema.item.c.front, schema.item.c.description, around.label("around"))
        .add_columns(file.name, file.sha256, file.format, file.size, file.pages)
        .join(schema.item, schema.item.c.id == TABLE.item_id)
        .join(schema.reading, reading.id == TABLE.reading_id)
        .join(schema.instantiation, file.sha256 == reading.sha256)
        .where(TABLE.state.in_([s.value for s in states]))
    )
    return query if wanted.areas is None else query.where(TABLE.area.in_(wanted.areas))
