"""Takes away what a page repeats around the text: page numbers and running heads.

In: the lines of every page. Out: the same without them. A lone number in the top or bottom 25 mm is a page number;
words that stand in the same margin on most pages are a running head. Nothing inside the text is ever dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from extractor.paper.layout.lines import Line

MARGIN = 71.0  # points: the 25 mm that the rules of form leave above and below the text
CLOSE = 1.6  # in sizes: what stands no further from the text is text
OFTEN = 3  # pages that a running head must stand on

_NUMBER = regex.compile(
    r"(?:trang|page)?\s*[-–—]?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*/\s*\d{1,4})?\s*[-–—]?", regex.IGNORECASE
)
_DIGITS = regex.compile(r"\d+")


def drop_running_lines(pages: Sequence[tuple[float, list[Line]]]) -> list[list[Line]]:
    """The lines of each page (given with its height) without page numbers and running heads."""
    seen: Counter[tuple[str, int]] = Counter()
    for height, lines in pages:
        seen.update({_shape(line) for line in _outer(lines, height)})
    often = max(OFTEN, len(pages) // 2)
    kept: list[list[Line]] = []
    for height, lines in pages:
        drop = {
            id(line)
            for line in _outer(lines, height)
            if _NUMBER.fullmatch(line.text)
            or (len(pages) >= OFTEN and seen[_shape(line)] >= often and not _touches_text(line, lines, height))
        }
        kept.append([line for line in lines if id(line) not in drop] if drop else lines)
    return kept


def _touches_text(line: Line, lines: Sequence[Line], height: float) -> bool:
    """Whether the text begins or ends at the usual distance from ``line``: then it is its first or last line."""
    step = 1 if line.baseline < height / 2 else -1
    index = next(i for i, other in enumerate(lines) if other is line) + step
    while 0 <= index < len(lines) and abs(lines[index].baseline - line.baseline) < 1:
        index += step
    return 0 <= index < len(lines) and abs(lines[index].baseline - line.baseline) < CLOSE * line.size


def _shape(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("0", line.text), round(line.baseline / 4)


def _outer(lines: Sequence[Line], height: float) -> list[Line]:
    """The first and last two lines, where they stand in a margin and apart from the text."""
    outer: list[Line] = []
    for part in (lines[:2], lines[::-1][:2]):
        for line in part:
            if line.bottom > MARGIN and line.top < height - MARGIN:
                break
            if all(line is not other for other in outer):
                outer.append(line)
    return outer
