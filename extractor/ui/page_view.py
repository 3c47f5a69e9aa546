"""One page of a report as the viewer draws it: its image, and a box for each figure that stands there.

In: a record, the copy that shows paper, and what stands on the page. Out: the viewer's data. The hard idea: a reading
of 400 pages has tens of thousands of placements, so they are sorted by page once a reading, and a key press asks for
those of one page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractor.archive.row_types import Reading, Record, Standing
from extractor.archive.to_extraction import placements_of
from extractor.domain.document import Box, Document
from extractor.paper.structure.placements import boxes_of
from extractor.ui.page_images import SCALE
from extractor.ui.text_viewer import LOOKS, compared_with, named_at, stamp

APART = 400  # characters: what stands on a page in one stretch of the text may have gaps up to this


@dataclass(frozen=True, slots=True)
class Named:
    """A reading as a key of a cache: the same name is the same reading, and its text is not hashed for it."""

    name: tuple[int, str, str]
    reading: Reading

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Named) and self.name == other.name


def named_reading(reading: Reading) -> Named:
    """``reading`` under its name."""
    return Named((reading.id, reading.sha256, reading.made), reading)


@lru_cache(maxsize=16)
def _on_paper(key: Named) -> Document:
    return Document(key.reading.text, placements=placements_of(key.reading))


@lru_cache(maxsize=16)
def _by_page(key: Named) -> dict[int, tuple[tuple[int, int], ...]]:
    """Page → the stretches of text that stand on it: its paragraphs, and the notes at the end of the whole text."""
    found: dict[int, list[tuple[int, int]]] = {}
    for placement in _on_paper(key).placements:
        stretches = found.setdefault(placement.box.page, [])
        if stretches and 0 <= placement.start - stretches[-1][1] < APART:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], placement.end))
        else:
            stretches.append((placement.start, placement.end))
    return {page: tuple(stretches) for page, stretches in found.items()}


def place_of(reading: Reading, start: int, end: int) -> tuple[Box, ...]:
    """The boxes on paper of a stretch of text; none where the file has no pages."""
    return boxes_of(_on_paper(named_reading(reading)), start, end)[1]


def stretches_of_page(reading: Reading, page: int) -> tuple[tuple[int, int], ...]:
    """From where to where the text of a page runs, in as many stretches as it is torn into."""
    return _by_page(named_reading(reading)).get(page, ())


def pages_of(reading: Reading) -> int:
    """The number of the last page on which anything stands."""
    return max(_by_page(named_reading(reading)), default=0)


@lru_cache(maxsize=64)
def _letters(key: Named, page: int) -> list[list[Any]]:
    """The lines of a page as ``[text, x0, top, x1, bottom, start, space]``: what is found and clicked on its image."""
    text = key.reading.text
    there = (one for one in _on_paper(key).placements if one.box.page == page)
    return [[text[p.start : p.end], p.box.x0, p.box.top, p.box.x1, p.box.bottom, p.start, p.space] for p in there]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as it is asked for: its number, the address of its image, and what is said of it."""

    page: int
    url: str
    words: dict[str, str]


def lay_page(
    record: Record, standing: Iterable[Standing], reading: Reading, *, leaf: Leaf, summed: Collection[str] = ()
) -> dict[str, Any]:
    """The viewer's data for one page image: a box for every figure on it, and for all that the one at hand is made of.

    ``record`` has the offsets of ``reading``; ``summed`` are the figures that a failing check holds against it.
    """
    marks: list[tuple[int | None, str, str, int, int]] = [
        (r.id, "summed" if r.figure_id in summed else LOOKS[r.state], r.indicator or "–", r.start, r.end)
        for r in standing
        if r.reading_id == reading.id and r.found and r.id != record.id
    ]
    name = named_at(reading.text, record)
    marks += [(None, "named", record.indicator or "", *name)] if name else []
    marks += [(None, mark.look, mark.title, mark.start, mark.end) for mark in compared_with(record)]
    marks.append((record.id, LOOKS[record.state], record.indicator or "–", record.start, record.end))
    boxes = [
        {"id": id_, "look": look, "title": title, "box": [b.x0, b.top, b.x1, b.bottom]}
        for id_, look, title, start, end in marks
        for b in place_of(reading, start, end)
        if b.page == leaf.page
    ]
    shown = {
        "url": leaf.url,
        "scale": SCALE,
        "boxes": boxes,
        "number": leaf.page,
        "count": pages_of(reading),
        **leaf.words,
    }
    shown["lines"] = _letters(named_reading(reading), leaf.page)
    data = {"page": shown, "focus": record.id, "frame": f"{reading.id}:page:{leaf.page}"}
    return data | {"stamp": f"{data['frame']}:{stamp({'boxes': boxes, 'focus': record.id})}"}
