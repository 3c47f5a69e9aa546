"""All figures of one sentence, as the table beside it: what stands in its cells, and what is decided with one key.

In: a record. Out: its sentence's records as ``sentence.js`` draws them; and from what that sends back, one decision a
record, each on the version that was shown. Every cell is read before anything is decided: one that has no reading
stops the whole sentence. Nothing here trusts what a browser sends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from extractor.archive.review.reading_order import sentence_starts
from extractor.archive.row_types import CORRECTABLE, OPEN, Reading, Record, State, to_columns
from extractor.domain.errors import SolieuError
from extractor.ui.messages import language, name_of, t
from extractor.ui.page_view import Named, named_reading
from extractor.ui.record_form import (
    TELLING,
    Typed,
    catalogue_names,
    doubted_field,
    read_card,
    rows_of,
    votes_of,
)
from extractor.ui.record_notes import compared_words, spell_amount
from extractor.ui.session import actor, store, token

COLUMNS = ("indicator", "value", "unit", "period", "status", "compared0")
MOST = 12  # figures side by side: a sentence that holds more is a table, and is read figure by figure


@lru_cache(maxsize=16)
def _starts(key: Named) -> tuple[int, ...]:
    return tuple(sentence_starts(key.reading.text))


def sentence_span(reading: Reading, offset: int) -> tuple[int, int]:
    """From where to where the sentence around an offset runs."""
    starts = _starts(named_reading(reading))
    n = bisect_right(starts, offset)
    return starts[n - 1], starts[n] if n < len(starts) else len(reading.text)


def sentence_of(record: Record, reading: Reading) -> list[Record]:
    """The records of the sentence that a record stands in, as they stand in it; the record alone where it is lost."""
    if record.lost or record.reading_id != reading.id:
        return [record]
    start, end = sentence_span(reading, record.start)
    return store().records_between(record.item_id, start, end) or [record]


def fits(records: Sequence[Record]) -> bool:
    """Whether a sentence is for the table: several figures wait in it, and not too many."""
    waiting = sum(record.state in (*OPEN, State.SKIPPED) for record in records)
    return len(records) <= MOST and waiting > 1


def columns(records: Sequence[Record]) -> list[dict[str, Any]]:
    """The columns of the table, each a field of the card; that of comparisons only where a figure has one."""
    fields = _fields(next((record for record in records if record.comparisons), records[0]))
    return [{key: said for key, said in fields[name].items() if key != "value"} for name in COLUMNS if name in fields]


def row_of(record: Record) -> dict[str, Any]:
    """A record as a row: what stands in its cells, and what the machine had read there."""
    values = _cells(record)
    figure = store().machine_figure(record) if record.version else None
    machine = values if figure is None else _cells(_as_read(record, figure))
    closed = record.state not in (*OPEN, State.SKIPPED)
    return {
        "id": record.id,
        "version": record.version,
        "quote": record.quote,
        "values": values,
        "machine": {**dict.fromkeys(values, ""), **machine},
        "beside": beside(record),
        "doubts": [] if closed else [name_of("doubt", code) for code in record.doubts],
        "votes": votes_of(record, rows_of(record)),
        "closed": closed,
        "state": name_of("state", record.state.value) if closed else "",
    }


def beside(record: Record) -> list[str]:
    """What is accepted with a row and stands in none of its cells, in words: nobody accepts what was not shown.

    Its name in the catalogue, what it is a part of, what narrows it, an end, whole or bound of its value, and each
    comparison with what it compares.
    """
    entry = catalogue_names(language()).get(record.indicator_id or "")
    held = {"indicator_id": entry, "parent": record.parent, "qualifier": record.qualifier}
    told = [f"{t(f'field.{name}')}: {words}" for name, words in held.items() if words]
    full = [spell_amount(record)] if any(getattr(record, name) is not None for name in TELLING) else []
    return [*full, *compared_words(record), *told]


def _cells(record: Record) -> dict[str, str]:
    return {name: field["value"] for name, field in _fields(record).items() if name in COLUMNS}


def _fields(record: Record) -> dict[str, dict[str, Any]]:
    """Name → the fields of a record's card."""
    return {field["name"]: field for row in rows_of(record) for field in row}


def _as_read(record: Record, figure: Mapping[str, Any]) -> Record:
    return replace(record, **to_columns({name: figure[name] for name in CORRECTABLE if name in figure}))


def doubted(records: Sequence[Record]) -> tuple[int, str]:
    """The row and the column that the worst doubt of the sentence is about."""
    waiting = [n for n, record in enumerate(records) if record.state in (*OPEN, State.SKIPPED)] or [0]
    worst = min(waiting, key=lambda n: (records[n].rank, n))
    field = doubted_field(records[worst])
    return worst, field if field in _cells(records[worst]) else "value"


@dataclass(frozen=True, slots=True)
class Decided:
    """What one press did: the records that were decided, as they stand, and what there is to say of the others."""

    records: tuple[Record, ...] = ()
    faults: tuple[str, ...] = ()


def accept(rows: object) -> Decided:
    """One decision on each open row: accepted, corrected to what was typed, or rejected where it was crossed out."""
    read, faults = [], []
    for row in rows if isinstance(rows, list) else []:
        seen = _seen(row)
        if seen is None:
            continue
        typed = read_card(*seen)
        faults += [f"{seen[0].quote}: {words}" for words in typed.faults.values()]
        read.append((seen[0], typed, bool(row.get("rejected"))))
    if faults:
        return Decided(faults=tuple(faults))
    kept: list[Record] = []
    with store().deciding_together():
        for record, typed, rejected in read:
            try:
                kept.append(_decide(record, typed, rejected=rejected))
            except SolieuError as fault:
                faults.append(f"{record.quote}: {fault.say(language())}")
    return Decided(tuple(kept), tuple(faults))


def skip(rows: object) -> Decided:
    """Every open row is put off."""
    kept = []
    for row in rows if isinstance(rows, list) else []:
        seen = _seen(row)
        if seen is not None and seen[0].state is not State.SKIPPED:
            request = f"{token()}:{seen[0].id}:{seen[0].version}:skip"
            try:
                kept.append(store().skip(seen[0].id, seen[0].version, actor=actor(), client_id=request))
            except SolieuError as fault:
                return Decided(tuple(kept), (fault.say(language()),))
    return Decided(tuple(kept))


def _seen(row: object) -> tuple[Record, dict[str, str]] | None:
    """The record of a row as it was shown, and what was typed there; None for a row that asks for no decision."""
    if not isinstance(row, dict) or row.get("closed"):
        return None
    record_id, version, typed = row.get("id"), row.get("version"), row.get("typed")
    if not isinstance(record_id, int) or not isinstance(version, int) or not isinstance(typed, dict):
        return None
    record = replace(store().record(record_id), version=version)
    return record, {str(name): str(value or "") for name, value in typed.items()}


def _decide(record: Record, typed: Typed, *, rejected: bool) -> Record:
    request, me = f"{token()}:{record.id}:{record.version}", actor()
    if rejected:
        return store().reject(record.id, record.version, actor=me, client_id=f"{request}:reject")
    if typed.changes:
        return store().correct(record.id, record.version, typed.changes, actor=me, client_id=f"{request}:correct")
    return store().accept(record.id, record.version, actor=me, client_id=f"{request}:accept")
