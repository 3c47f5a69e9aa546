"""From the store back to the nouns: a report with its figures as they stand now, as an ``Extraction``.

What the machine read and what people decided come out in one shape, so checks, exports and series need not know which
was which. By default only figures that somebody judged go out, and the caller is told how many stayed behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from extractor.archive.row_types import RIGHT, Event, Instantiation, Item, Reading, Record, State, standing_front
from extractor.domain.document import (
    Block,
    BlockKind,
    Box,
    Document,
    Footnote,
    Placement,
    Report,
    Result,
    Section,
    Source,
)
from extractor.domain.extraction import Extraction
from extractor.domain.figure import Base, Bound, Comparison, Digit, Figure, Kind, Measure, Status
from extractor.domain.finding import Finding, Level
from extractor.statistics.workbook import Correction

CORRECTING = ("correct", "undo")
LEFT_OUT = (State.REJECTED, State.WITHDRAWN)


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
        tuple(to_finding(f) for f in reading.findings),
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
    """A record as a figure."""
    return Figure(
        id=name_of_figure(record),
        kind=Kind(record.kind),
        indicator=record.indicator,
        value=record.value,
        unit=record.unit,
        quote=record.quote,
        start=record.start,
        end=record.end,
        qualifier=record.qualifier,
        parent=record.parent,
        indicator_id=record.indicator_id,
        match=record.match,
        score=record.score,
        area=record.area,
        period=record.period,
        period_from=record.period_from,
        status=Status(record.status),
        value_max=record.value_max,
        bound=Bound(record.bound) if record.bound else None,
        total=record.total,
        amount=record.amount,
        amount_unit=record.amount_unit,
        decimals=record.decimals,
        comparisons=tuple(to_comparison(c) for c in record.comparisons),
        section=record.section,
        footnote=record.footnote,
        page=record.page,
        boxes=tuple(Box(int(b[0]), *b[1:]) for b in record.boxes),
        confidence=record.confidence,
        doubts=tuple(record.doubts),
    )


def to_comparison(held: Mapping[str, Any]) -> Comparison:
    """A comparison as it is kept; one that a person added has no place in the text."""
    return Comparison(
        base=Base(held["base"]),
        kind=Measure(held["kind"]),
        value=Decimal(held["value"]),
        unit=held.get("unit", "%"),
        quote=held.get("quote", ""),
        start=held.get("start", 0),
        end=held.get("end", 0),
        value_max=Decimal(held["value_max"]) if held.get("value_max") is not None else None,
        bound=Bound(held["bound"]) if held.get("bound") else None,
        decimals=held.get("decimals", 0),
        base_text=held.get("base_text"),
    )


def to_document(item: Item, reading: Reading) -> Document:
    """The document behind a reading, with its front matter and file."""
    file = next((f for f in item.files if f.sha256 == reading.sha256), None)
    return Document(
        text=reading.text,
        blocks=tuple(
            Block(b["start"], b["end"], BlockKind(b["kind"]), b.get("section"), depth=b.get("depth", 0))
            for b in reading.blocks
        ),
        sections=tuple(Section(**s) for s in reading.sections),
        footnotes=tuple(Footnote(**n) for n in reading.footnotes),
        report=to_report(item.front, item.description),
        placements=tuple(
            Placement(int(p[0]), int(p[1]), Box(int(p[2]), p[3], p[4], p[5], p[6])) for p in reading.placements
        ),
        source=to_source(file) if file else None,
    )


def to_report(front: Mapping[str, Any], description: Mapping[str, Any]) -> Report:
    """The front matter of a report as it stands: as it was read, with what an archivist wrote over it."""
    held = {f.name for f in fields(Report)}
    known = {name: value for name, value in {**front, **standing_front(front, description)}.items() if name in held}
    known |= {"recipients": tuple(known.get("recipients", ())), "result": Result(known.get("result", "read"))}
    return Report(**known)


def to_source(file: Instantiation) -> Source:
    """The file as it came."""
    return Source(file.name, file.sha256, file.format, file.size, pages=file.pages)


def to_finding(held: Mapping[str, Any]) -> Finding:
    """A finding as it is kept."""
    known = {f.name for f in fields(Finding)}
    parts = {name: value for name, value in held.items() if name in known}
    for name in ("gap", "power"):
        if parts.get(name) is not None:
            parts[name] = Decimal(parts[name])
    for name in ("left", "right"):
        if parts.get(name) is not None:
            low, high = parts[name]
            parts[name] = (Decimal(low), Decimal(high))
    return Finding(**{**parts, "level": Level(parts["level"]), "figures": tuple(parts.get("figures", ()))})
