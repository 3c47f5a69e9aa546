"""A reading becomes what the viewer draws: paragraphs cut into runs, each run plain or marked, with its offset.

The cut is by offsets alone, so the runs of a paragraph spell the paragraph again, character for character.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.archive.canonical_json import canonical
from extractor.archive.row_types import OPEN, Reading, Record, Standing, State
from extractor.ui.messages import name_of

NEAR = 1800  # characters on each side of the figure: more than a screen shows, few enough to be instant

FAR = 600  # characters before a number in which its name is looked for

LOOKS = {
    **dict.fromkeys(OPEN, "open"),
    State.ACCEPTED: "done",
    State.CORRECTED: "done",
    State.ADDED: "done",
    State.REJECTED: "rejected",
    State.SKIPPED: "skipped",
    State.WITHDRAWN: "rejected",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A marked stretch of the text; ``id`` is the record that a click opens, None for what cannot be opened."""

    start: int
    end: int
    look: str
    title: str
    id: int | None = None


def stretches_of(standing: Iterable[Standing], reading: Reading, *, summed: Collection[str] = ()) -> list[Stretch]:
    """The figures of one reading as marks; what stands nowhere in it any more has no mark.

    ``summed`` are the figures that a failing check holds against the one at hand.
    """
    names = {state: name_of("state", state.value) for state in State}
    return [
        Stretch(
            r.start,
            r.end,
            "summed" if r.figure_id in summed else LOOKS[r.state],
            f"{r.indicator or '–'} · {names[r.state]}",
            r.id,
        )
        for r in standing
        if r.reading_id == reading.id and r.found and r.state is not State.WITHDRAWN
    ]


def summed_with(record: Record, reading: Reading) -> frozenset[str]:
    """The other figures of the checks that speak against a record."""
    against = [f for f in reading.findings if f["level"] != "pass" and record.figure_id in f["figures"]]
    return frozenset(figure for finding in against for figure in finding["figures"]) - {str(record.figure_id)}


def named_at(text: str, record: Record) -> tuple[int, int] | None:
    """Where the record's name stands: the nearest place before its number that spells it, in the text of any copy.

    Nowhere for a name that the number carries with it: ``05 Đoàn`` is not called by a ``Đoàn`` some lines above.
    """
    if not record.indicator or record.indicator.casefold() in text[record.start : record.end].casefold():
        return None
    begin = max(0, record.start - FAR)
    at = text[begin : record.start].casefold().rfind(record.indicator.casefold())
    return (begin + at, begin + at + len(record.indicator)) if at >= 0 else None


def named(record: Record, reading: Reading) -> list[Stretch]:
    """The name of a record as a mark."""
    place = named_at(reading.text, record)
    return [Stretch(*place, "named", record.indicator or "")] if place else []


def compared_with(record: Record) -> list[Stretch]:
    """The comparisons that belong to a figure, as marks."""
    return [
        Stretch(c["start"], c["end"], "compared", name_of("base", c["base"]))
        for c in record.comparisons
        if isinstance(c.get("start"), int) and isinstance(c.get("end"), int)
    ]


def unexplained(reading: Reading) -> list[Stretch]:
    """The digits that no figure took and nothing else explains."""
    return [
        Stretch(d["start"], d["end"], "unexplained", name_of("digit", "unexplained"))
        for d in reading.digits
        if d["label"] == "unexplained"
    ]


def lay_out(
    reading: Reading, marks: Sequence[Stretch], *, focus: int | None = None, around: int | None = None
) -> dict[str, Any]:
    """The viewer's data: all paragraphs, or those near the offset ``around``; ``focus`` is the record to show first."""
    paragraphs = paragraphs_of(reading)
    if around is not None:
        shown = [p for p in paragraphs if p["end"] > around - NEAR and p["start"] < around + NEAR]
    else:
        shown = paragraphs
    clear = _without_overlaps(marks, focus)
    blocks = [
        {"kind": p["kind"], "runs": cut(reading.text, p["start"], p["end"], clear)}
        for p in shown
        if reading.text[p["start"] : p["end"]].strip()
    ]
    gap = {"kind": "gap", "runs": [["…", 0, None]]}
    if shown and shown[0] is not paragraphs[0]:
        blocks.insert(0, gap)
    if shown and shown[-1] is not paragraphs[-1]:
        blocks.append(gap)
    data = {"blocks": blocks, "focus": focus, "frame": f"{reading.id}:{shown[0]['start'] if shown else 0}"}
    return data | {"stamp": stamp(data)}


def paragraphs_of(reading: Reading) -> list[dict[str, Any]]:
    """The blocks of a reading, or its lines where the reader gave no blocks."""
    if reading.blocks:
        return reading.blocks
    lines, position = [], 0
    for line in reading.text.splitlines(keepends=True):
        lines.append({"start": position, "end": position + len(line.rstrip("\r\n")), "kind": "paragraph"})
        position += len(line)
    return lines


def cut(text: str, start: int, end: int, marks: Sequence[Stretch]) -> list[list[Any]]:
    """``text[start:end]`` as runs ``[characters, offset, mark or None]``; ``marks`` do not overlap and are sorted."""
    runs: list[list[Any]] = []
    position = start
    for n in range(bisect_right(marks, start, key=_end), len(marks)):  # those before the stretch are many
        mark = marks[n]
        if mark.start >= end:
            break
        left, right = max(mark.start, start), min(mark.end, end)
        if left >= right or left < position:
            continue
        if left > position:
            runs.append([text[position:left], position, None])
        runs.append([text[left:right], left, {"id": mark.id, "look": mark.look, "title": mark.title}])
        position = right
    if position < end:
        runs.append([text[position:end], position, None])
    return runs


def stamp(data: dict[str, Any]) -> str:
    """A short name for what is shown: the viewer redraws only when it changes."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()[:16]


def _end(mark: Stretch) -> int:
    return mark.end


def _without_overlaps(marks: Sequence[Stretch], focus: int | None) -> list[Stretch]:
    """Sorted marks of which none covers another; the one in focus goes first, then the longer one."""
    kept: list[Stretch] = []
    some = [mark for mark in marks if mark.start < mark.end]
    for mark in sorted(some, key=lambda m: (m.id != focus or m.id is None, m.start - m.end)):
        n = bisect_right(kept, mark.start, key=_end)  # the first that ends behind its start
        if n == len(kept) or kept[n].start >= mark.end:
            kept.insert(n, mark)
    return kept
