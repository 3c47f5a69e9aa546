"""Finds where two texts stand side by side: letterhead and motto, recipients and signature.

In: the lines of a page, in order. Out: bands, each either a stretch of plain lines or a left and a right column. The
hard idea: columns are proved by white space that runs down several lines, not by one wide gap, for drafts leave
blanks in the middle of a line (``Số: /BC-UBND``, ``ngày tháng 3``). A centred title under a letterhead belongs to
neither column. More than two columns are a table and not this module's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.paper.layout.lines import Line, find_lines
from extractor.paper.pdf.page_model import Run

GUTTER = 9.0  # points of white that two columns keep between them
WIDE = 1.8  # a gap this wide, in sizes, may part two columns
APART = (
    3.2  # lines further apart than this, in sizes, end a band: room for a signature and a seal is left to the column
)
FAR = 4.5  # in sizes: the white that proves columns where one of them has a single line
SEAL = 9.0  # in sizes: the room for seal and signature inside a right-hand column


@dataclass(slots=True)
class Band:
    """Lines that are read one after another, or two columns that are read left then right."""

    lines: list[Line] = field(default_factory=list)
    left: list[Line] = field(default_factory=list)
    right: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Zone:
    """Lines ``first:last`` that leave the strip from ``a`` to ``b`` white."""

    first: int
    last: int
    a: float
    b: float


def find_bands(lines: Sequence[Line], left: float, right: float) -> list[Band]:
    """The bands of a page whose text runs from ``left`` to ``right``."""
    bands: list[Band] = []
    done = 0
    index = 0
    while index < len(lines):
        zone = _grow(lines, index, done, (left, right)) if _beside(lines, index) else None
        if zone is None:
            index += 1
            continue
        if zone.first > done:
            bands.append(Band(list(lines[done : zone.first])))
        bands.append(_part(lines[zone.first : zone.last], (zone.a + zone.b) / 2))
        done = index = zone.last
    if done < len(lines):
        bands.append(Band(list(lines[done:])))
    return bands


def _parts(line: Line) -> list[tuple[float, float]]:
    """The stretches of a line that no wide white gap parts."""
    if len(line.runs) == 1:
        return [(line.runs[0].x0, line.runs[0].x1)]
    parts: list[tuple[float, float]] = []
    for run in sorted(line.runs, key=lambda run: run.x0):
        if parts and run.x0 - parts[-1][1] < WIDE * 0.6 * line.size:
            parts[-1] = (parts[-1][0], max(parts[-1][1], run.x1))
        else:
            parts.append((run.x0, run.x1))
    return parts


def _gaps(line: Line) -> list[tuple[float, float]]:
    """The wide white gaps inside a line."""
    return [(a[1], b[0]) for a, b in pairwise(_parts(line))]


def _beside(lines: Sequence[Line], index: int) -> bool:
    """Whether two texts stand side by side here: a wide gap in the line, or a next line that starts level with it."""
    line = lines[index]
    if any(b - a >= WIDE * line.size for a, b in _gaps(line)):
        return True
    if index + 1 == len(lines):
        return False
    other = lines[index + 1]
    apart = other.x0 - line.x1 > GUTTER or line.x0 - other.x1 > GUTTER
    return apart and other.baseline - line.baseline < 0.8 * max(line.size, other.size)


def _grow(lines: Sequence[Line], seed: int, floor: int, text: tuple[float, float]) -> _Zone | None:
    """The band around ``seed`` that keeps a white strip, or None where the strip does not prove columns."""
    line = lines[seed]
    strips = [gap for gap in _gaps(line) if gap[1] - gap[0] >= WIDE * line.size]
    if seed + 1 < len(lines):
        other = lines[seed + 1]
        strips += [(min(line.x1, other.x1), max(line.x0, other.x0))]
    best: _Zone | None = None
    for a, b in strips:
        zone = _stretch(lines, seed, floor, (a, b), text) if b - a >= GUTTER else None
        if zone and (best is None or zone.last - zone.first > best.last - best.first):
            best = zone
    return best


def _stretch(
    lines: Sequence[Line], seed: int, floor: int, strip: tuple[float, float], text: tuple[float, float]
) -> _Zone | None:
    a, b = strip
    first, last = seed, seed
    while last < len(lines):
        narrower = _white(lines[last], a, b)
        if narrower is None or (
            last > first and _too_far(lines[last - 1], lines[last], (a + b) / 2, lines[first:last])
        ):
            break
        a, b = narrower
        last += 1
    while first > floor:
        narrower = _white(lines[first - 1], a, b)
        if narrower is None or lines[first].baseline - lines[first - 1].baseline > APART * lines[first].size:
            break
        a, b = narrower
        first -= 1
    middle = (a + b) / 2
    first = _level_start(lines, first, last, middle)
    while first < last and _stray(lines[first], lines[first:last], middle, text):
        first += 1
    while last > first and _stray(lines[last - 1], lines[first:last], middle, text):
        last -= 1
    return _Zone(first, last, a, b) if _proved(lines[first:last], middle) else None


def _level_start(lines: Sequence[Line], first: int, last: int, middle: float) -> int:
    """The first line from which both columns run: what stands above one of them alone is not of the band."""
    for index in range(first, last):
        line = lines[index]
        if all(_side(line, middle, left=left) for left in (True, False)):
            return index
        if index + 1 < last:
            other = lines[index + 1]
            level = other.baseline - line.baseline < 0.8 * max(line.size, other.size)
            if level and (line.x0 < middle) != (other.x0 < middle):
                return index
    return first


def _white(line: Line, a: float, b: float) -> tuple[float, float] | None:
    """What ``line`` leaves white of the strip, or None where it crosses it."""
    for x0, x1 in _parts(line):
        if x1 <= a or x0 >= b:
            continue
        if x1 < b and b - x1 >= GUTTER and x0 < a:
            a = x1
        elif x0 > a and x0 - a >= GUTTER and x1 > b:
            b = x0
        else:
            return None
    return (a, b) if b - a >= GUTTER else None


def _too_far(before: Line, line: Line, middle: float, band: Sequence[Line]) -> bool:
    """Whether the step down leaves the band; the right-hand column may leave room for a seal."""
    room = SEAL if line.x0 > middle and any(other.x0 > middle for other in band) else APART
    return line.baseline - before.baseline > room * max(line.size, before.size)


def _stray(line: Line, band: Sequence[Line], middle: float, text: tuple[float, float]) -> bool:
    """Whether a line at the edge of a band belongs to no column but stands in the middle of the page."""
    if line.x0 < middle < line.x1:
        return False
    on_left = line.x1 <= middle
    others = [_side(other, middle, left=on_left) for other in band if other is not line]
    ends = [end for end in others if end]
    if not ends:
        return True
    centre = (line.x0 + line.x1) / 2
    of_page = abs(centre - (text[0] + text[1]) / 2) < 12
    like = any(_alike((line.x0, line.x1), end) for end in ends)
    return of_page or not like


def _alike(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Whether two lines share their middle or their left edge."""
    return abs(a[0] + a[1] - b[0] - b[1]) < 24 or abs(a[0] - b[0]) < 4


def _side(line: Line, middle: float, *, left: bool) -> tuple[float, float] | None:
    runs = [run for run in line.runs if (run.x1 <= middle if left else run.x0 >= middle)]
    return (min(r.x0 for r in runs), max(r.x1 for r in runs)) if runs else None


def _proved(band: Sequence[Line], middle: float) -> bool:
    """Two columns are believed where both hold two lines, or one does and its lines are set alike, side by side."""
    left = [line for line in band if _side(line, middle, left=True)]
    right = [line for line in band if _side(line, middle, left=False)]
    if not left or not right or len(left) + len(right) < 3:
        return False
    if len(left) < 2 or len(right) < 2:
        ends = [end for line in band if (end := _side(line, middle, left=len(left) > 1))]
        far = max((b - a for line in band for a, b in _gaps(line)), default=0.0) >= FAR * band[0].size
        return far and all(_alike(ends[0], end) for end in ends[1:])
    return min(left[-1].bottom, right[-1].bottom) > max(left[0].top, right[0].top)


def _part(band: Sequence[Line], middle: float) -> Band:
    runs: list[Run] = [run for line in band for run in line.runs]
    return Band(
        left=find_lines([run for run in runs if run.x1 <= middle]),
        right=find_lines([run for run in runs if run.x1 > middle]),
    )
