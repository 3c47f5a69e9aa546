"""Writing that was turned by a right angle to save room, as in the head of a narrow column, becomes lines.

In: runs that lie turned, often a letter each. Out: ``Line``s in reading order whose boxes are where the writing stands.
The hard idea: the runs are laid level, read as any others, and only their boxes are turned back. Which way they read
is told by where each begins: at its foot, from the bottom up, or at its head. Letters share no edge, since some hang
below the line, so what stands within half a size is one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extractor.paper.layout.lines import Line, Spot, find_lines
from extractor.paper.pdf.page_model import Run

HANGING = 0.5  # in sizes: how far below its line a letter reaches at most


def find_turned_lines(runs: Sequence[Run]) -> list[Line]:
    """The lines of turned writing, the first one first."""
    up = [run for run in runs if _reads_up(run)]
    down = [run for run in runs if not _reads_up(run)]
    return [*_lines(up, 1), *_lines(down, -1)]


def _reads_up(run: Run) -> bool:
    """Whether a turned run is read from the bottom up: it begins at its foot."""
    return abs(run.baseline - run.bottom) <= abs(run.baseline - run.top)


def _lines(runs: Sequence[Run], way: int) -> list[Line]:
    """The lines of runs that read one way: up (1) or down (-1)."""
    level = sorted((_laid(run, way) for run in runs), key=lambda run: run.bottom)
    rows: list[list[Run]] = []
    for run in level:
        if rows and run.bottom - rows[-1][0].bottom <= HANGING * run.size:
            rows[-1].append(run)
        else:
            rows.append([run])
    lines: list[Line] = []
    for row in rows:
        foot = median(run.bottom for run in row)
        lines += find_lines([run._replace(baseline=foot) for run in row])
    return [_turned_back(line, way) for line in lines]


def _laid(run: Run, way: int) -> Run:
    """A turned run as if it lay level."""
    x0, x1 = sorted((-run.bottom * way, -run.top * way))
    top, bottom = sorted((run.x0 * way, run.x1 * way))
    return run._replace(x0=x0, x1=x1, top=top, bottom=bottom)


def _turned_back(line: Line, way: int) -> Line:
    """The line with its boxes where the writing stands."""
    x0, x1 = sorted((line.top * way, line.bottom * way))
    top, bottom = sorted((-line.x0 * way, -line.x1 * way))
    spots = [_spot_back(spot, way) for spot in line.spots]
    return replace(line, x0=x0, x1=x1, top=top, bottom=bottom, baseline=bottom, spots=spots)


def _spot_back(spot: Spot, way: int) -> Spot:
    start, end, left, above, right, below, confidence, other, space = spot
    x0, x1 = sorted((above * way, below * way))
    top, bottom = sorted((-left * way, -right * way))
    return start, end, x0, top, x1, bottom, confidence, other, space
