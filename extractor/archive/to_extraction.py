"""From the store back to the nouns: a report with its figures as they stand now, as an ``Extraction``.

What the machine read and what people decided come out in one shape, so checks, exports and series need not know which
was which. By default only figures that somebody judged go out, and the caller is told how many stayed behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from msgspec import convert

from extractor.archive.row_types import RIGHT, Event, Item, Reading, Record, State, standing_front
from extractor.domain.document import (
    Block,
    Box,
    Document,
    Footnote,
    Placement,
    Report,
    Section,
    Source,
)
from extractor.domain.extraction import Extraction
from extractor.domain.figure import Digit, Figure
from extractor.domain.finding import Finding
from extractor.statistics.workbook import Correction

CORRECTING = ("correct", "undo")
LEFT_OUT = (State.REJECTED, State.WITHDRAWN)

_COLUMNS = frozenset(column.name for column in fields(Record))
_KEPT = tuple(f.name for f in fields(Figure) if f.name != "id" and f.name in _COLUMNS)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A report as it goes out: ``judged`` are the ids of figures that people stand behind, ``held`` how many do not."""

    extraction: Extraction
    judged: frozenset[str]
    held: int


def send_out(item: Item, reading: Reading, records: Iterable[Record], *, judged_only: bool) -> Outgoing:
    """``records`` of one item as figures on the text of ``reading``; rejected and withdrawn ones never go out."""
    standing = [r for r in records if r.state not in LEFT_OUT]
    chosen = [r for r in standing if not judged_only or r.state in RIGHT]
    chosen.sort(key=lambda r: (r.start, r.id))
    figures = tuple(to_figure(record) for record in chosen)
    judged = frozenset(name_of_figure(r) for r in chosen if r.state in RIGHT)
    extraction = Extraction(
        to_document(item, reading),
        figures,
        convert(reading.findings, tuple[Finding, ...]),
        tuple(Digit(**d) for d in reading.digits),
    )
    return Outgoing(extraction, judged, len(standing) - len(chosen))


def to_corrections(lines: Iterable[Event]) -> list[Correction]:
    """Every correction that stands or stood among ``lines`` of the journal, one row a field, in their order."""
    return [
        Correction(
            figure=str(line.record_id),
            field=name,
            before=str(line.old.get(name)),
            after=str(line.patch.get(name)),
            by=line.actor,
            when=line.at,
            reason=line.reason or "",
        )
        for line in lines
        if line.kind in CORRECTING
        for name in line.patch
        if name not in ("state", "votes")
    ]


def name_of_figure(record: Record) -> str:
    """The figure's id: the machine's where it read the figure, else one made of the record's number."""
    return record.figure_id or record.origin_figure or f"added-{record.id}"


def to_figure(record: Record) -> Figure:
    """A record as a figure; a comparison that a person added has no place in the text."""
    held = {name: getattr(record, name) for name in _KEPT}
    comparisons = [{"unit": "%", "quote": "", "start": 0, "end": 0, **comparison} for comparison in record.comparisons]
    return convert({**held, "id": name_of_figure(record), "comparisons": comparisons}, Figure)


def to_document(item: Item, reading: Reading) -> Document:
    """The document behind a reading, with its front matter and file."""
    file = next((f for f in item.files if f.sha256 == reading.sha256), None)
    return Document(
        text=reading.text,
        blocks=convert(reading.blocks, tuple[Block, ...]),
        sections=convert(reading.sections, tuple[Section, ...]),
        footnotes=convert(reading.footnotes, tuple[Footnote, ...]),
        report=to_report(item.front, item.description),
        placements=placements_of(reading),
        source=convert(file, Source, from_attributes=True) if file else None,
    )


def placements_of(reading: Reading) -> tuple[Placement, ...]:
    """Where a reading's text stands on paper; readings of earlier versions do not tell how wide their spaces are."""
    rows = ((int(p[0]), int(p[1]), Box(int(p[2]), *p[3:7]), p[7:]) for p in reading.placements)
    return tuple(Placement(start, end, box, 1.0, *space) for start, end, box, space in rows)


def to_report(front: Mapping[str, Any], description: Mapping[str, Any]) -> Report:
    """The front matter of a report as it stands: as it was read, with what an archivist wrote over it."""
    return convert({**front, **standing_front(front, description)}, Report)
