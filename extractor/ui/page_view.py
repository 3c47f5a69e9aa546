"""One page of a report as the viewer draws it: its image, and a box for each figure that stands there.

In: a record, the copy that shows paper, and what stands on the page. Out: the viewer's data. The hard idea: a reading
of 400 pages has tens of thousands of placements, so they are sorted by page once a reading, and a key press asks for
those of one page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractor.archive.row_types import Reading, Record, Standing
from extractor.domain.document import Box, Document, Placement
from extractor.paper.structure.placements import boxes_of
from extractor.ui.page_images import SCALE
from extractor.ui.text_viewer import LOOKS, stamp

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


def named(reading: Reading) -> Named:
    """``reading`` under its name."""
    return Named((reading.id, reading.sha256, reading.made), reading)


@lru_cache(maxsize=16)
def _on_paper(key: Named) -> Document:
    placed = (Placement(int(p[0]), int(p[1]), Box(int(p[2]), p[3], p[4], p[5], p[6])) for p in key.reading.placements)
    return Document(key.reading.text, placements=tuple(placed))


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
    return boxes_of(_on_paper(named(reading)), start, end)[1]


def stretches_of_page(reading: Reading, page: int) -> tuple[tuple[int, int], ...]:
    """From where to where the text of a page runs, in as many stretches as it is torn into."""
    return _by_page(named(reading)).get(page, ())


def lay_page(
    record: Record, standing: Iterable[Standing], reading: Reading, *, page: int, url: str, words: tuple[str, str]
) -> dict[str, Any]:
    """The viewer's data for one page image: the boxes of every figure on it; ``words`` are its name and an excuse."""
    boxes = [
        {"id": r.id, "look": LOOKS[r.state], "title": r.indicator or "–", "box": [b.x0, b.top, b.x1, b.bottom]}
        for r in standing
        if r.reading_id == reading.id and r.found
        for b in place_of(reading, r.start, r.end)
        if b.page == page
    ]
    boxes.sort(key=lambda found: found["id"] == record.id)  # the one in focus is drawn last, on top
    title, failed = words
    shown = {"url": url, "scale": SCALE, "boxes": boxes, "title": title, "failed": failed}
    data = {"page": shown, "focus": record.id, "frame": f"{reading.id}:page:{page}"}
    return data | {"stamp": stamp(data)}
