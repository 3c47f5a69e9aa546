"""From a stretch of the canonical text back to the paper: the boxes that hold it, one a line.

In: a Document and a span. Out: the page it starts on and its boxes. A placement knows the ends of a run of letters;
where inside it a word stands follows from the letters' widths. This module draws nothing (``inspect`` does).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from extractor.domain.document import Box, Document, Placement, Remark, Stage
from extractor.domain.faults import Faults
from extractor.domain.figure import Figure
from extractor.paper.pdf.glyph_widths import places

NEAR = 0.6  # of the line's height: boxes this close on one line are one box
RECOGNISED = frozenset({"low_confidence", "readers_disagree", "under_stamp"})  # remarks that only a scan has
_START = attrgetter("start")
_END = attrgetter("end")
PAD = 0.6  # points around the ink, so that the strokes do not touch the frame


def boxes_of(document: Document, start: int, end: int) -> tuple[int | None, tuple[Box, ...]]:
    """The page on which ``start:end`` begins (None where the paper is not known) and the boxes that hold it."""
    boxes: list[Box] = []
    for placement in placed_in(document.placements, start, end):
        box = _cut(placement, document.text[placement.start : placement.end], start, end)
        if boxes and _joins(boxes[-1], box):
            last = boxes[-1]
            boxes[-1] = Box(
                last.page,
                min(last.x0, box.x0),
                min(last.top, box.top),
                max(last.x1, box.x1),
                max(last.bottom, box.bottom),
            )
        else:
            boxes.append(box)
    return (boxes[0].page if boxes else None), tuple(boxes)


def placed_in(placements: Sequence[Placement], start: int, end: int) -> list[Placement]:
    """The placements that ``start:end`` touches, in order."""
    index = bisect_right(placements, start, key=_START)
    index = max(0, index - 1)
    out: list[Placement] = []
    while index < len(placements) and placements[index].start < end:
        if placements[index].end > start:
            out.append(placements[index])
        index += 1
    return out


def confidence_of(document: Document, start: int, end: int) -> float:
    """The lowest confidence with which any part of ``start:end`` was recognised; 1 where it was born digital."""
    return min((placement.confidence for placement in placed_in(document.placements, start, end)), default=1.0)


def place_figures(figures: Sequence[Figure], document: Document, faults: Faults | None = None) -> tuple[Figure, ...]:
    """The figures with page and boxes; what was recognised with doubt, comparisons included, stays doubtful."""
    if not document.placements:
        return tuple(figures)
    remarks = [remark for remark in document.remarks if remark.code in RECOGNISED]
    doubtful = bool(remarks) or any(placement.confidence < 1.0 for placement in document.placements)
    faults = Faults() if faults is None else faults
    placed = list(figures)
    for index, figure in enumerate(figures):
        with faults.contain(Stage.PLACE, start=figure.start, end=figure.end):
            page, boxes = boxes_of(document, figure.start, figure.end)
            placed[index] = figure.changed(page=page, boxes=boxes)
            if doubtful:
                behind = _unread_behind(figure, figures[index + 1 : index + 2], document.text)
                placed[index] = _as_sure_as_recognised(placed[index], document, remarks, behind)
    return tuple(placed)


_BEHIND = re.compile(r"[\s,(]*(?:[^\s\d;.(]+\s)?(?P<number>\(?\d[^\s;]*)")
"""A number right behind a figure, or a word behind it: "(99,5%)", "tăng 4%"."""


def _unread_behind(figure: Figure, following: Sequence[Figure], text: str) -> tuple[int, int] | None:
    """Where the number stands that would be a figure's comparison, where it has none and nothing else took it."""
    found = _BEHIND.match(text, figure.end) if not figure.comparisons else None
    if found is None or any(other.start < found.end() for other in following):
        return None
    return found.span("number")


def _as_sure_as_recognised(
    figure: Figure, document: Document, remarks: Sequence[Remark], behind: tuple[int, int] | None
) -> Figure:
    """``figure`` no surer than the words that it stands on, with what its readers remarked there.

    A number ``behind`` it that was not read surely may be a comparison that is lost.
    """
    spans = [(figure.start, figure.end), *((part.start, part.end) for part in figure.comparisons)]
    sure = min(figure.confidence, *(confidence_of(document, *span) for span in spans))
    noted = [code for span in [*spans, *([behind] if behind else [])] for code in _noted(remarks, *span)]
    return figure.changed(confidence=sure, doubts=tuple(dict.fromkeys([*figure.doubts, *noted])))


def _noted(remarks: Sequence[Remark], start: int, end: int) -> Iterator[str]:
    """The codes of the ``remarks``, each on a word of its own, that touch ``start:end``."""
    for remark in remarks[bisect_right(remarks, start, key=_END) :]:
        if remark.start >= end:
            break
        yield remark.code


def _cut(placement: Placement, text: str, start: int, end: int) -> Box:
    """The part of the placement's box over which ``start:end`` stands."""
    box = placement.box
    if start <= placement.start and end >= placement.end:
        left, right = 0.0, 1.0
    else:
        at = places(text, placement.space)
        left = at[max(start - placement.start, 0)]
        right = at[min(end - placement.start, len(text))]
    wide = box.x1 - box.x0
    return Box(
        box.page,
        round(box.x0 + wide * left - PAD, 2),
        round(box.top - PAD, 2),
        round(box.x0 + wide * right + PAD, 2),
        round(box.bottom + PAD, 2),
    )


def _joins(a: Box, b: Box) -> bool:
    height = min(a.bottom - a.top, b.bottom - b.top)
    level = min(a.bottom, b.bottom) - max(a.top, b.top) > 0.3 * height
    return a.page == b.page and level and -height < b.x0 - a.x1 < max(NEAR * height, 6.0)
