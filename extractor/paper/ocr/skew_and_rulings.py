"""The straight things of a scanned page: the angle at which it lies, and the rulings drawn on it.

In: a grey picture. Out: degrees, and rules in points. The hard idea: a ruling that scanning broke is proved a cell at
a time. Where strokes long enough have shown a lattice, each side of each of its cells is looked at in short windows,
for a thin line may drift by a pixel or two over a page, and letters never fill a row of pixels as a line does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.paper.ocr.preparation import brightest
from extractor.paper.pdf.page_model import Rule
from extractor.paper.tables.ruled import Frame, find_frames

if TYPE_CHECKING:
    from PIL.Image import Image

STEEPEST = 8.0  # degrees; a page laid on the glass by hand is rarely off by more than one, one held to a camera is
SMALL_WIDTH = 500  # pixels in which rows of print can still be told apart
LEAST_WIDTH = 250  # pixels in which they can to half a degree
RULE_DPI = 144  # at which a ruling is a pixel thick
INK = 170  # of 255: darker is ink on the small picture
PALE = 24  # of 255: a ruling in grey is this much darker than the paper beside it
BESIDE = 2  # steps of ``brightest``: within three pixels of the small picture
RULE_SHARE = 0.08  # of the page's width: a shorter stroke is a dash or a letter
SPREAD = 2.5  # points over which one ruling may be smeared or lean
BREAK = 30.0  # points: what a speck or a fold may take out of a ruling
WINDOW = 36  # pixels along a ruling, at least, that are looked at together: more than a letter is high
FULL = 0.7  # of such a window, on one row of pixels
WHITE = 0.5  # of it, at least, is white again close above and below: letters in bold fill one row and the next
CLOSE_BY = 5  # pixels: how close; small letters are twice as high
PROVED = 0.6  # of a cell's side whose windows must show the line
DRIFT = 5.0  # points that a fold may lie beside its middle at its ends
THICK = 0.7  # points to either side of a fold's middle that are dark
SHADED = 64  # pixels along a fold whose shadow is even; at least a quarter of them are paper
EDGE = 0.03  # of a page's side: printed rules end before
CLOSED = 0.6  # of a frame's side that rules must cover
WALL = 1.4  # points to either side of a ruling that belong to it


def find_tilt(picture: Image) -> float:
    """The degrees by which the picture must be turned (counter-clockwise) for its rows to lie level."""
    from PIL.Image import Resampling

    small = picture.convert("L").resize((SMALL_WIDTH, max(1, picture.height * SMALL_WIDTH // picture.width)))
    least = small.resize((LEAST_WIDTH, max(1, small.height * LEAST_WIDTH // SMALL_WIDTH)), Resampling.BOX)

    def contrast(angle: float, page: Image = small) -> int:
        turned = page.rotate(angle, Resampling.BILINEAR, fillcolor=255)
        rows = turned.resize((1, page.height), Resampling.BOX).tobytes()
        return sum((a - b) ** 2 for a, b in pairwise(rows))

    rough = max(
        (step * 0.5 for step in range(-int(2 * STEEPEST), int(2 * STEEPEST) + 1)), key=lambda at: contrast(at, least)
    )
    coarse = max((rough + step * 0.25 for step in range(-2, 3)), key=contrast)
    fine = max((coarse + step * 0.05 for step in range(-5, 6)), key=contrast)
    return 0.0 if contrast(fine) <= 1.02 * contrast(0.0) else round(fine, 2)


def find_rulings(picture: Image, width: float, height: float) -> tuple[list[Rule], list[Rule]]:
    """The level and the upright rulings of a straightened picture of ``width`` × ``height`` points.

    Rules in grey count only where they close a frame: the edge of a fold's shadow is as pale.
    """
    grey = _reduced(picture, width, height)
    across, down = _rulings_of(_ink(grey), width, height)
    pale = _rulings_of(_lined(grey), width, height)
    frames = [frame for frame in find_frames(*pale) if is_closed(frame)]
    for frame in frames:
        across = [rule for rule in across if not frame.holds_across(rule)]
        across += [rule for rule in pale[0] if frame.holds_across(rule)]
        down = [rule for rule in down if not frame.holds_down(rule)]
        down += [rule for rule in pale[1] if frame.holds_down(rule)]
    return sorted(across, key=lambda rule: rule.at), sorted(down, key=lambda rule: rule.at)


def _rulings_of(small: Image, width: float, height: float) -> tuple[list[Rule], list[Rule]]:
    """The level and the upright rulings of a page in black and white of ``RULE_DPI``."""
    from PIL.Image import Transpose

    turned = small.transpose(Transpose.TRANSPOSE)
    across, down = _on_paper(_strokes(small), width), _on_paper(_strokes(turned), height)
    frames = list(find_frames(across, down))
    level = [rule for rule in across if not any(frame.holds_across(rule) for frame in frames)]
    upright = [rule for rule in down if not any(frame.holds_down(rule) for frame in frames)]
    for frame in frames:
        level += _proved(small, frame.ys, frame.xs)
        upright += _proved(turned, frame.xs, frame.ys)
    return level, upright


def smooth_folds(picture: Image, width: float, height: float) -> Image:
    """The picture without the lines that run from edge to edge, the letters that they cross put together again."""
    from PIL.Image import Transpose

    ink = _ink(_reduced(picture, width, height))
    upright = _folds(ink.transpose(Transpose.TRANSPOSE), height)
    level = _folds(ink, width)
    if not upright and not level:
        return picture
    whole = picture.copy()
    _bridge(whole, level, whole.width / width)
    turned = whole.transpose(Transpose.TRANSPOSE)
    _bridge(turned, upright, whole.height / height)
    return turned.transpose(Transpose.TRANSPOSE)


def _folds(ink: Image, length: float) -> list[Rule]:
    """The level strokes that make up lines from edge to edge: a fold drifts over several rows."""
    strokes = _raw_strokes(ink)
    lines = mend(strokes)
    folds = [rule for rule in lines if rule not in _on_paper(lines, length)]
    return [stroke for stroke in strokes if any(abs(stroke.at - fold.at) <= DRIFT for fold in folds)]


def _bridge(picture: Image, strokes: Sequence[Rule], scale: float) -> None:
    """Paints each stroke with what its shadow leaves to see and what stands both above and below it."""
    from PIL.ImageChops import darker, lighter

    half = max(2, round(THICK * scale))
    for stroke in strokes:
        x0, x1, y = round(stroke.start * scale), round(stroke.end * scale), round(stroke.at * scale)
        above, below = y - half - 1, y + half + 1
        if above < 0 or below >= picture.height or x1 <= x0:
            continue
        rows = [picture.crop((x0, row, x1, row + 1)) for row in (above, below)]
        bridge = lighter(*rows).resize((x1 - x0, below - above - 1))
        _lighten(picture, (x0, above + 1, x1, below))
        picture.paste(darker(bridge, picture.crop((x0, above + 1, x1, below))), (x0, above + 1))


def _lighten(picture: Image, box: tuple[int, int, int, int]) -> None:
    """Divides each row of a shadow by its paper, a piece at a time: what is darker than the shadow is a letter."""
    x0, top, x1, bottom = box
    for y in range(top, bottom):
        for x in range(x0, x1, SHADED):
            piece = picture.crop((x, y, min(x + SHADED, x1), y + 1))
            paper = max(sorted(piece.tobytes())[-1 - piece.width // 4], 1)
            picture.paste(piece.point([min(255, shade * 255 // paper) for shade in range(256)]), (x, y))


def _on_paper(rules: Sequence[Rule], length: float) -> list[Rule]:
    """The rules that were printed: what runs from edge to edge is a fold, or the edge of the glass."""
    return [rule for rule in rules if rule.start > EDGE * length or rule.end < (1 - EDGE) * length]


def is_closed(frame: Frame) -> bool:
    """Whether rules run along all four sides of a frame; folds and strokes that cross by chance leave some open."""
    wide, high = (frame.xs[0], frame.xs[-1]), (frame.ys[0], frame.ys[-1])
    sides = [*((frame.across, at, wide) for at in high), *((frame.down, at, high) for at in wide)]
    return all(
        sum(
            min(rule.end, end) - max(rule.start, start)
            for rule in rules
            if abs(rule.at - at) <= 2 * SPREAD and rule.end > start and rule.start < end
        )
        >= CLOSED * (end - start)
        for rules, at, (start, end) in sides
    )


def erase(picture: Image, box: tuple[float, float, float, float]) -> None:
    """Paints ``box`` (in pixels) white."""
    from PIL.ImageDraw import Draw

    Draw(picture).rectangle(box, fill=255)


def _ink(grey: Image) -> Image:
    """A reduced page in black and white."""
    return grey.point(lambda shade: 0 if shade < INK else 255)


def _lined(grey: Image) -> Image:
    """A reduced page in black and white; what is darker than the paper beside it is black too."""
    from PIL.ImageChops import darker, subtract

    pale = subtract(brightest(grey, BESIDE), grey).point(lambda depth: 0 if depth >= PALE else 255)
    return darker(pale, _ink(grey))


def _reduced(picture: Image, width: float, height: float) -> Image:
    """The page in grey, of ``RULE_DPI``: small enough that a ruling is a pixel or two thick.

    A hairline that falls between two rows would be pale on both, so the page is also looked at half a pixel further on.
    """
    from PIL.Image import Resampling
    from PIL.ImageChops import darker

    wide, high = max(2, round(width / 72 * RULE_DPI)), max(2, round(height / 72 * RULE_DPI))
    grey = picture.convert("L")
    small = grey.resize((wide, high), Resampling.BOX)
    x, y = grey.width / wide / 2, grey.height / high / 2
    between = grey.resize((wide - 1, high - 1), Resampling.BOX, (x, y, grey.width - x, grey.height - y))
    small.paste(darker(small.crop((0, 0, wide - 1, high - 1)), between))
    return small


def _strokes(ink: Image) -> list[Rule]:
    """The level rulings of a picture in black and white of ``RULE_DPI``."""
    return mend(_raw_strokes(ink))


def _raw_strokes(ink: Image) -> list[Rule]:
    """The rows of dark pixels that are long enough to be rulings, each row for itself."""
    wide, scale = ink.width, 72 / RULE_DPI
    least = bytes(max(8, int(RULE_SHARE * wide)))
    stroke = re.compile(rb"\x00{%d,}" % len(least))
    dots = ink.tobytes()
    return [
        Rule((found.start() - y * wide) * scale, (found.end() - y * wide) * scale, (y + 0.5) * scale)
        for y in range(ink.height)
        if dots.find(least, y * wide, (y + 1) * wide) >= 0  # faster than the pattern, and hardly a row has one
        for found in stroke.finditer(dots, y * wide, (y + 1) * wide)
    ]


def mend(strokes: list[Rule]) -> list[Rule]:
    """Strokes that scanning broke or spread over several rows, as the rules that they were."""
    rules: list[list[Rule]] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.start):
        for rule in rules:
            near = [part for part in rule if abs(part.at - stroke.at) <= SPREAD]
            if near and stroke.start - max(part.end for part in near) < BREAK:
                rule.append(stroke)
                break
        else:
            rules.append([stroke])
    return sorted(
        (
            Rule(min(p.start for p in rule), max(p.end for p in rule), sum(p.at for p in rule) / len(rule))
            for rule in rules
        ),
        key=lambda rule: rule.at,
    )


def _proved(ink: Image, lines: Sequence[float], crossings: Sequence[float]) -> Iterator[Rule]:
    """The rules that the picture shows along ``lines``, from crossing to crossing."""
    for at in lines:
        start: float | None = None
        for left, right in pairwise(crossings):
            if _is_ruled(ink, at, left, right):
                start = left if start is None else start
            elif start is not None:
                yield Rule(start, left, at)
                start = None
        if start is not None:
            yield Rule(start, crossings[-1], at)


def _is_ruled(ink: Image, at: float, left: float, right: float) -> bool:
    """Whether a level line runs at ``at`` from ``left`` to ``right`` (points), give or take its drift."""
    from PIL.Image import Resampling

    scale = RULE_DPI / 72
    top, bottom = round((at - SPREAD) * scale) - CLOSE_BY, round((at + SPREAD) * scale) + 1 + CLOSE_BY
    first, last = round(left * scale), round(right * scale)
    count = max(1, (last - first) // WINDOW)
    edges = [first + (last - first) * n // count for n in range(count + 1)]
    ruled = 0
    for x0, x1 in pairwise(edges):
        band = ink.crop((x0, max(top, 0), max(x1, x0 + 1), min(bottom, ink.height)))
        ruled += _has_rule(band.resize((1, band.height), Resampling.BOX).tobytes())
    return ruled >= PROVED * count


def _has_rule(shades: bytes) -> bool:
    """Whether one of the rows of pixels with these mean shades, but for those at the rim, is that of a ruling."""
    return any(
        shades[row] <= 255 * (1 - FULL)
        and max(shades[row - CLOSE_BY : row]) - shades[row] >= 255 * WHITE
        and max(shades[row + 1 : row + 1 + CLOSE_BY]) - shades[row] >= 255 * WHITE
        for row in range(CLOSE_BY, len(shades) - CLOSE_BY)
    )
