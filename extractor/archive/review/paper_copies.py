"""The copy of a report that shows paper, also where another copy leads: a Word file came first, the signed PDF later.

In: a report. Out: a ``Paper``: the reading of a copy with pages, and where each record stands in its text. The hard
idea: records hang on one copy only, so they are matched to the figures that the machine read in the other one, by
section and quote in the order of the text, as a new reading is. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.intake.moving import match
from extractor.archive.row_types import Reading, Record, Standing, State
from extractor.archive.rows import TABLE, figures_of, records_where


@dataclass(frozen=True, slots=True)
class Paper:
    """A reading that knows its pages. ``figures``: record → what this copy reads there; None where this copy leads."""

    reading: Reading
    figures: dict[int, dict[str, Any]] | None = None

    def placed(self, record: Record) -> Record | None:
        """The record with offsets, comparisons included, in this copy's text; None where it does not stand there."""
        if self.figures is None:
            return record if record.reading_id == self.reading.id and not record.lost else None
        figure = self.figures.get(record.id)
        if figure is None:
            return None
        place = {name: figure[name] for name in ("start", "end", "comparisons", "page")}
        return replace(record, reading_id=self.reading.id, **place)

    def between(self, stretches: Sequence[tuple[int, int]]) -> list[int]:
        """The records that stand in stretches of this copy's text; of a copy that leads, the store is asked."""
        return [
            record_id
            for record_id, figure in (self.figures or {}).items()
            if any(figure["start"] < end and figure["end"] > start for start, end in stretches)
        ]

    def stand(self, standing: Standing) -> Standing:
        """``standing`` with the offsets of this copy."""
        figure = (self.figures or {})[standing.id]
        return replace(standing, start=figure["start"], end=figure["end"], reading_id=self.reading.id, found=True)


def copies_of(connection: Connection, item_id: int) -> tuple[int, ...]:
    """The newest readings of a report's files with pages: that of the leading file first, then as the files came."""
    file, item, reading = schema.instantiation.c, schema.item.c, schema.reading.c
    query = (
        select(file.sha256, item.leading, reading.id)
        .join(schema.item, item.id == file.item_id)
        .join(schema.reading, reading.sha256 == file.sha256)
        .where(file.item_id == item_id, file.pages > 0)
        .order_by(reading.id)
    )
    newest: dict[str, tuple[bool, int]] = {}
    for row in connection.execute(query):
        newest[row.sha256] = (row.sha256 != row.leading, row.id)
    return tuple(number for _, number in sorted(newest.values()))


def paper_of(
    connection: Connection, item_id: int, copies: Sequence[int], *, leading: int, read: Callable[[int], Reading]
) -> Paper | None:
    """The leading copy where it has pages, else the copy in which most records stand; None without any."""
    paged = [one for one in map(read, copies) if one.placements]
    for one in paged:
        if one.id == leading:
            return Paper(one)
    if not paged:
        return None
    records = records_where(connection, TABLE.item_id == item_id, TABLE.state != State.WITHDRAWN.value)
    found = [Paper(one, _matched(records, figures_of(connection, one.id))) for one in paged]
    best = max(found, key=lambda paper: len(paper.figures or {}))
    return best if best.figures else None


def _matched(records: list[Record], figures: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    return {record_id: figures[n] for record_id, n in match(records, figures).items()}
