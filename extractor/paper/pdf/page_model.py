"""What stands on a page before anybody reads it: runs of glyphs, rulings, fills. Every PDF engine hands over these.

Coordinates are PDF points from the top left corner of the page as it is *read*: where all writing runs up or down the
sheet (a landscape table on a portrait page), the sheet is turned first, and ``Sheet.box`` turns back to the page as
it is *shown*. Baselines are kept, not only boxes: engines disagree on ascents, never on where a letter stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, radians, sin
from typing import NamedTuple

from extractor.domain.document import Box
from extractor.paper.pdf.glyph_widths import Stretches


class Run(NamedTuple):
    """Glyphs drawn by one operation, in one font: the text as the font maps it, spaces at the ends included."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    size: float  # of the letters as seen, scaling included
    bold: bool = False
    italic: bool = False
    font: str = ""
    hidden: str = ""  # why nobody with the paper in hand sees it: "outside", "tiny", "paper", "covered", "turned"
    confidence: float = 1.0  # the recogniser's; 1 where born digital
    other: str = ""  # what a second recogniser read, where it read another number
    words: Stretches = ()  # where they stand, where the engine measured it
    ends_cell: bool = False  # what stands beside it on its line is another cell: recognised cell by cell


class Rule(NamedTuple):
    """A straight ruling along one axis: from ``start`` to ``end``, lying at ``at`` on the other axis."""

    start: float
    end: float
    at: float


@dataclass(slots=True)
class Sheet:
    """One page. ``turn`` is the quarter turns (clockwise) by which it was turned for reading."""

    number: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)  # horizontal rulings
    down: list[Rule] = field(default_factory=list)  # vertical rulings
    picture: float = 0.0  # the share of the page that its images cover
    dpi: float = 0.0  # in which its largest image was scanned
    turn: int = 0
    blank: bool = False  # a scan that was looked at and bears no print: the back of a sheet
    stamps: list[tuple[float, float, float, float]] = field(default_factory=list)  # where seals stand on a scan
    tilt: float = 0.0  # degrees by which a scan was turned (counter-clockwise) to lie straight

    def box(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """The rectangle on the page as it is shown, rounded to a hundredth of a point."""
        if self.tilt:
            x0, top, x1, bottom = self._tilted(x0, top, x1, bottom)
        if self.turn == 1:
            x0, top, x1, bottom = top, self.width - x1, bottom, self.width - x0
        elif self.turn == 2:
            x0, top, x1, bottom = self.width - x1, self.height - bottom, self.width - x0, self.height - top
        elif self.turn == 3:
            x0, top, x1, bottom = self.height - bottom, x0, self.height - top, x1
        return Box(self.number, round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))

    def _tilted(self, x0: float, top: float, x1: float, bottom: float) -> tuple[float, float, float, float]:
        """A rectangle of the straightened page, moved to where its middle stands on the page as it was scanned."""
        angle = radians(self.tilt)
        x, y = (x0 + x1 - self.width) / 2, (top + bottom - self.height) / 2
        right = x * cos(angle) - y * sin(angle) - x
        down = x * sin(angle) + y * cos(angle) - y
        lean = abs(sin(angle)) * (x1 - x0) / 2
        return x0 + right, top + down - lean, x1 + right, bottom + down + lean
