"""Decisions become gold: each stretch of a report of which people judged all that the machine had seen.

In: the store. Out: passages with the figures as they were decided, in an order that does not depend on who decided what
first. A stretch is a block, or what is left of it without the sentences that somebody has still to read; a bullet takes
its lead-in along. What was accepted with many others and unread teaches nothing, nor does a place that a newer reading
has lost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from extractor.archive.canonical_json import canonical
from extractor.archive.row_types import REVIEWED, RIGHT, Filter, Item, Record, State
from extractor.archive.to_extraction import to_document
from extractor.domain.document import Block, BlockKind, Document
from extractor.statistics.source_sentence import sentence_span

if TYPE_CHECKING:
    from extractor.archive.queries import ReadingRoom

TEACHING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
"""Kinds of blocks that can be read by themselves: a note speaks of its anchor, a table of its heads."""

MOST = 10_000

FIELDS = (
    *("indicator", "qualifier", "parent", "period", "status", "kind"),
    *("value", "value_max", "bound", "total", "unit", "quote"),
)
"""What a gold figure says, beside its comparisons."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a report: the report's hash, and its gold as ``training.lessons`` reads it.

    It holds so many ``decisions``, of which so many changed what the machine had read (``corrections``). What the store
    calls the report and the records that were decided says nothing about the passage.
    """

    report: str
    gold: Mapping[str, Any]
    decisions: int
    corrections: int
    item_id: int = field(default=0, compare=False)
    record_ids: frozenset[int] = field(default=frozenset(), compare=False)

    @property
    def name(self) -> str:
        """What the passage is called: a hash of what it says."""
        return str(self.gold["id"])


def decided_passages(store: ReadingRoom) -> list[Passage]:
    """All passages that the decisions of a store give, in the order of their names."""
    found: dict[str, Passage] = {}
    progress = store.progress_by_item()
    for item_id in store.item_ids():
        if item_id in progress and progress[item_id].reviewed:
            found |= {passage.name: passage for passage in _of_report(store, item_id)}
    return [found[name] for name in sorted(found)]


def _of_report(store: ReadingRoom, item_id: int) -> Iterator[Passage]:
    item, document = store.item(item_id), to_document(store.item(item_id), store.reading_of(item_id))
    records = store.queue(Filter(item=item_id, order="place"), limit=MOST)
    unread = store.unread_of(item_id)
    lost = {record.quote for record in records if record.lost}
    standing = [record for record in records if not record.lost]
    for text, inside in _stretches(document, standing, unread):
        if not any(quote in text for quote in lost):
            yield _passage(item, text, _heading(document, inside[0]), document.report.period, inside)


def _stretches(
    document: Document, records: Sequence[Record], unread: frozenset[int]
) -> Iterator[tuple[str, list[Record]]]:
    """The text of each stretch and its records, all of them judged by somebody who read them."""
    for place, block in enumerate(document.blocks):
        if block.kind not in TEACHING:
            continue
        here = _within(records, block.start, block.end)
        waiting = [record for record in here if not _is_judged(record, unread)]
        for start, end in _left(document, block, waiting):
            inside = _within(here, start, end)
            if not inside:
                continue
            lead = _lead(document, place) if start == block.start else None
            above = _within(records, lead.start, lead.end) if lead is not None else []
            text = document.text[start:end].strip()
            if lead is not None and all(_is_judged(record, unread) for record in above):
                text, inside = f"{document.text[lead.start : lead.end].strip()}\n{text}", above + inside
            yield text, inside


def _is_judged(record: Record, unread: frozenset[int]) -> bool:
    return record.state in REVIEWED and record.id not in unread


def _within(records: Sequence[Record], start: int, end: int) -> list[Record]:
    return [record for record in records if start <= record.start < end]


def _left(document: Document, block: Block, waiting: Sequence[Record]) -> Iterator[tuple[int, int]]:
    """The stretches of a block without the sentences of records that wait for a decision."""
    at = block.start
    for record in waiting:
        first, last = sentence_span(document, record.start, record.end)
        if first > at:
            yield at, first
        at = max(at, last)
    if at < block.end:
        yield at, block.end


def _lead(document: Document, place: int) -> Block | None:
    """The lead-in with a colon that a bullet hangs on; None for a paragraph, or a bullet without one."""
    own = document.blocks[place]
    for block in reversed(document.blocks[:place]):
        if own.depth == 0 or block.section != own.section or block.kind not in TEACHING:
            return None
        if block.depth < own.depth:
            return block if document.text[block.start : block.end].rstrip().endswith(":") else None
    return None


def _heading(document: Document, record: Record) -> str | None:
    """The title of the section that a record stands in."""
    section = next((one for one in document.sections if one.path == record.section), None)
    return f"{section.label} {section.title}".strip() if section is not None and section.title else None


def _passage(item: Item, text: str, heading: str | None, period: str | None, records: Sequence[Record]) -> Passage:
    figures = [_gold(record) for record in records if record.state in RIGHT]
    said = {"text": text, "heading": heading, "report_period": period}
    name = hashlib.sha256(canonical([item.leading, *said.values()]).encode()).hexdigest()[:16]
    changed = sum(record.state is not State.ACCEPTED for record in records)
    gold, decided = {"id": name, **said, "figures": figures}, frozenset(record.id for record in records)
    return Passage(item.leading, gold, len(records), changed, item.id, decided)


def _gold(record: Record) -> dict[str, Any]:
    """A record as gold is written by hand."""
    comparisons = [{**one, "value": Decimal(str(one["value"]))} for one in record.comparisons]
    return {**{name: getattr(record, name) for name in FIELDS}, "comparisons": comparisons}
