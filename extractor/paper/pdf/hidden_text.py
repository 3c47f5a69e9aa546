"""What one walk over a page's drawing operations brings together, laid out as a sheet in its reading direction.

In: letters, fills and rulings in the order in which they were drawn. Out: a ``Sheet``. The hard idea is what a reader
must not be shown as text: letters outside the page, in the colour of the paper, too small to see, or under something
drawn later; their runs are kept and say why they are hidden. No engine is known here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from extractor.paper.pdf.glyph_widths import Stretches
from extractor.paper.pdf.matrix import Matrix
from extractor.paper.pdf.page_model import Rule, Run, Sheet

SMALLEST = 4.0  # points; smaller letters are not meant to be read
LIGHT, DARK = 242, 160  # of 255: paper's colour, and what paper-coloured letters can be read on
WHOLE_PAGE = 0.7  # an image this large is a scan: writing under it or drawn without ink is its text layer


@dataclass(slots=True)
class Font:
    """What a font's name and flags say of its letters."""

    name: str
    bold: bool
    italic: bool


@dataclass(slots=True)
class Fill:
    """A filled shape or an image: it may lie under letters, or over them. ``order`` is when it was drawn."""

    order: int
    box: tuple[float, float, float, float]
    shade: int  # the darkest channel, 0..255
    opaque: bool


@dataclass(slots=True)
class Letters:
    """A text object before its page's reading direction is known."""

    order: int
    text: str
    matrix: Matrix
    box: tuple[float, float, float, float]  # on the shown page
    size: float
    font: Font
    shade: int  # the darkest channel of its colour
    unseen: bool  # drawn without ink
    handle: int = 0  # pdfium's address of the object
    ends: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)  # what its letters take up, on the shown page
    words: Stretches = ()  # measured from the first letter on


@dataclass(slots=True)
class Found:
    """What one walk over a page's objects brings together."""

    letters: list[Letters] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    picture: float = 0.0
    dpi: float = 0.0
    order: int = 0


def lay_out(found: Found, sheet: Sheet) -> Sheet:
    """The sheet in its reading direction, with runs and rulings in place."""
    quarters = _direction(found.letters)
    wide, high = sheet.width, sheet.height
    turning = (
        Matrix(),
        Matrix(0, 1, -1, 0, high, 0),  # shown page turned clockwise by one, two, three quarters
        Matrix(-1, 0, 0, -1, wide, high),
        Matrix(0, -1, 1, 0, 0, wide),
    )[quarters]
    if quarters % 2:
        sheet.width, sheet.height = high, wide
    sheet.turn = quarters
    for letters in found.letters:
        matrix = letters.matrix.then(turning) if quarters else letters.matrix
        x0, top, x1, bottom = turning.frame(*letters.box) if quarters else letters.box
        hidden = _why_hidden(letters, matrix, found, (wide, high))
        left = (turning.frame(*letters.ends) if quarters else letters.ends)[0]
        words = () if hidden else tuple((count, left + a, left + b, space) for count, a, b, space in letters.words)
        sheet.runs.append(
            Run(
                letters.text,
                x0,
                x1,
                top,
                bottom,
                matrix.f,
                letters.size,
                letters.font.bold,
                letters.font.italic,
                letters.font.name,
                hidden,
                words=words,
            )
        )
    for rule in found.rules:
        x0, top, x1, bottom = turning.frame(*rule) if quarters else rule
        if x1 - x0 > bottom - top:
            sheet.across.append(Rule(x0, x1, (top + bottom) / 2))
        else:
            sheet.down.append(Rule(top, bottom, (x0 + x1) / 2))
    return sheet


def _direction(letters: list[Letters]) -> int:
    """The quarter turns that make most of the writing run from left to right."""
    votes: Counter[int] = Counter()
    for item in letters:
        a, b = item.matrix.a, item.matrix.b
        if abs(a) >= abs(b):
            votes[0 if a >= 0 else 2] += len(item.text)
        else:
            votes[3 if b > 0 else 1] += len(item.text)
    return max(votes, key=lambda q: (votes[q], -q)) if votes else 0


def _why_hidden(letters: Letters, matrix: Matrix, found: Found, size: tuple[float, float]) -> str:
    x0, top, x1, bottom = letters.box
    if x1 <= 0 or bottom <= 0 or x0 >= size[0] or top >= size[1]:
        return "outside"
    if letters.size < SMALLEST:
        return "tiny"
    if found.picture >= WHOLE_PAGE:
        return ""  # the text layer of a scan
    if letters.unseen:
        return "paper"
    if abs(matrix.b) > 0.1 * abs(matrix.a) or matrix.a < 0:
        return "turned"
    return _hidden_among(found.fills, letters) if found.fills or letters.shade >= LIGHT else ""


def _hidden_among(fills: list[Fill], letters: Letters) -> str:
    """Whether a later fill covers the letters, or their colour is that of the paper and no dark fill lies below."""
    x0, top, x1, bottom = letters.box
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    on_dark = False
    for fill in fills:
        left, upper, right, lower = fill.box
        if not (left <= x <= right and upper <= y <= lower and fill.opaque):
            continue
        if fill.order < letters.order:
            on_dark = fill.shade <= DARK
        elif left <= x0 + 1 and x1 - 1 <= right and upper <= top + 1 and bottom - 1 <= lower:
            return "covered"
    return "paper" if letters.shade >= LIGHT and not on_dark else ""
