"""Where the seals of a scanned page stand.

In: the mask of red ink of a straightened page. Out: a rectangle for each seal, in points. Red strokes near each other
are one seal; a line or a letter in red is none, for a seal is wide and high. What the ink covers is not asked here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

CELL = 12.0  # points: red ink this near is of one seal
LEAST = 40.0  # points: a seal is 25 mm or more each way, part of one at an edge a little less
FILLED = 6  # of 255: the mean of a cell that bears red ink

Rectangle = tuple[float, float, float, float]


def find_stamps(red: Image | None, scale: float) -> list[Rectangle]:
    """The rectangles (x0, top, x1, bottom) of seals, in points; ``scale`` is points a pixel."""
    if red is None:
        return []
    step = max(1, round(CELL / scale))
    coarse = red.convert("L").reduce(step)
    wide, shades = coarse.width, coarse.tobytes()
    inked = {(at % wide, at // wide) for at, shade in enumerate(shades) if shade >= FILLED}
    found = []
    while inked:
        seal = _grown({inked.pop()}, inked)
        columns, rows = [x for x, _ in seal], [y for _, y in seal]
        size = step * scale
        box = (min(columns) * size, min(rows) * size, (max(columns) + 1) * size, (max(rows) + 1) * size)
        if box[2] - box[0] >= LEAST and box[3] - box[1] >= LEAST:
            found.append(box)
    return sorted(found, key=lambda box: box[1])


def _grown(seal: set[tuple[int, int]], inked: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """All cells of ``inked`` that hang together with ``seal``; they are taken out of ``inked``."""
    edge = list(seal)
    while edge:
        x, y = edge.pop()
        beside = {(x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} & inked
        inked -= beside
        seal |= beside
        edge += beside
    return seal
