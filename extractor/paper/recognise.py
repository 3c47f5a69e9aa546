"""Scanned pages become sheets of ink by way of Tesseract, if the machine has it: words, places, and how sure it is.

In: the picture of a page. Out: a ``Sheet`` like any other, so that lines, notes, columns and paragraphs are found by
the same hands. The hard idea: the page is set straight first, by the angle at which its rows stand out most from the
white between them; the boxes are tilted back at the end. Rulings are read off the picture. Tesseract is a program of
the machine (Debian: tesseract-ocr, tesseract-ocr-vie), never a library of ours; nothing is corrected here, and doubt
stays on the word.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from extractor.paper.ink import Rule, Run, Sheet

if TYPE_CHECKING:
    from PIL.Image import Image

LEAST_DPI, MOST_DPI = 200, 400  # a page is drawn as finely as it was scanned: blown-up specks become letters
SPECKLED = 280  # dpi from which specks are larger than a pixel and are smoothed away
SECONDS = 60.0  # for one page; a dense A4 page takes one and a half to three
STEEPEST = 3.0  # degrees; a page laid on the glass by hand is rarely off by more than one
SMALL_WIDTH = 500  # pixels in which rows of print can still be told apart
RULE_DPI = 144  # at which a ruling is a pixel thick
SPREAD = 2.5  # points over which one ruling may be smeared or lean
BREAK = 30.0  # points: what a speck or a fold may take out of a ruling
PROSE, SPARSE = "3", "11"  # how Tesseract looks at a page: paragraphs, or words wherever they stand
LATTICE = 3  # rulings each way that make a table
WALL = 1.4  # points to either side of a ruling that belong to it
RULE_SHARE = 0.08  # of the page's width: a shorter stroke is a dash or a letter
INK = 170  # of 255: darker is ink on the small picture
TORN = 0.55  # the confidence of a number that was put together again, or whose point is doubtful
NOISE = 0.25  # a word below this that holds no letter or digit is a speck

_OPEN = r"<span class='ocr_(?:line|header|caption|textfloat)'"
_LINE = re.compile(_OPEN + r"[^>]*title=\"([^\"]*)\">(.*?)(?=" + _OPEN + r"|\Z)", re.DOTALL)
_WORD = re.compile(
    r"<span class='ocrx_word'[^>]*title='bbox (\d+) (\d+) (\d+) (\d+); x_wconf (\d+)'[^>]*>(.*?)</span>", re.DOTALL
)
_SLIP = re.compile(r"\d[:;'’]\d{3}")  # 3:694: a point or comma that was taken for another sign
_HALF = re.compile(r"\d[.,]$")
_BOX = re.compile(r"bbox (\d+) (\d+) (\d+) (\d+)")
_BASE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"x_size ([\d.]+)")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program and whether it knows Vietnamese."""

    path: str
    vietnamese: bool


@cache
def find_tesseract() -> Tesseract | None:
    """The Tesseract of this machine, or None."""
    path = shutil.which("tesseract")
    if path is None:
        return None
    try:
        listed = subprocess.run(  # noqa: S603 - a fixed program, no shell
            [path, "--list-langs"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return Tesseract(path, "vie" in (listed.stdout + listed.stderr).split())


def recognise_page(picture: Image, number: int, width: float, height: float) -> Sheet:
    """The sheet of a scanned page of ``width`` × ``height`` points; empty where nothing is recognised."""
    from PIL import ImageFilter
    from PIL.Image import Resampling, Transpose

    program = find_tesseract()
    sheet = Sheet(number, width, height, picture=1.0)
    if program is None or not program.vietnamese:
        return sheet
    tilt = find_tilt(picture)
    straight = picture.rotate(tilt, Resampling.BICUBIC, fillcolor=255) if tilt else picture.copy()
    scale = width / picture.width
    dpi = round(72 / scale)
    if dpi >= SPECKLED:
        straight = straight.filter(ImageFilter.MedianFilter(3))
    sheet.tilt = tilt
    sheet.across = _rules(straight, width)
    sheet.down = _rules(straight.transpose(Transpose.TRANSPOSE), height)
    layout = PROSE
    if len(sheet.across) >= LATTICE and len(sheet.down) >= LATTICE:
        layout = SPARSE
        _erase(straight, [*sheet.across], [*sheet.down], scale)
    sheet.runs = list(_runs(_hocr(program.path, straight, dpi, layout), scale))
    return sheet


def find_tilt(picture: Image) -> float:
    """The degrees by which the picture must be turned (counter-clockwise) for its rows to lie level."""
    from PIL.Image import Resampling

    small = picture.convert("L").resize((SMALL_WIDTH, max(1, picture.height * SMALL_WIDTH // picture.width)))

    def contrast(angle: float) -> int:
        turned = small.rotate(angle, Resampling.BILINEAR, fillcolor=255)
        rows = turned.resize((1, small.height), Resampling.BOX).tobytes()
        return sum((a - b) ** 2 for a, b in pairwise(rows))

    coarse = max((step * 0.25 for step in range(-int(4 * STEEPEST), int(4 * STEEPEST) + 1)), key=contrast)
    fine = max((coarse + step * 0.05 for step in range(-5, 6)), key=contrast)
    return 0.0 if contrast(fine) <= 1.02 * contrast(0.0) else round(fine, 2)


def _erase(picture: Image, across: list[Rule], down: list[Rule], scale: float) -> None:
    """Paints the rulings white, for Tesseract takes walls for letters and runs cells together across them."""
    from PIL.ImageDraw import Draw

    draw = Draw(picture)
    for rule in across:
        draw.rectangle(
            [part / scale for part in (rule.start - 1, rule.at - WALL, rule.end + 1, rule.at + WALL)], fill=255
        )
    for rule in down:
        draw.rectangle(
            [part / scale for part in (rule.at - WALL, rule.start - 1, rule.at + WALL, rule.end + 1)], fill=255
        )


def _hocr(program: str, picture: Image, dpi: int, layout: str) -> str:
    """Tesseract's reading of the picture as hOCR, or nothing where it gives up."""
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no shell; the picture goes in by a pipe
            [program, "stdin", "stdout", "-l", "vie", "--psm", layout, "--dpi", str(dpi), "hocr"],
            input=out.getvalue(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _runs(hocr: str, scale: float) -> Iterator[Run]:
    """The words of every line as runs on the line's baseline, all of one height of type per line."""
    lines: list[list[Any]] = []
    for match in _LINE.finditer(hocr):
        title = match.group(1)
        box, base, type_size = (pattern.search(title) for pattern in (_BOX, _BASE, _SIZE))
        words = [found.groups() for found in _WORD.finditer(match.group(2))]
        if box and words:
            slope, offset = map(float, base.groups()) if base else (0.0, 0.0)
            size = float(type_size.group(1)) if type_size else 40.0
            lines.append([int(box.group(1)), int(box.group(4)), slope, offset, size * scale, words])
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if abs(above[4] - below[4]) < 0.1 * above[4] and abs(line[4] - above[4]) > 0.2 * above[4]:
            line[4] = above[4]  # a raised mark makes its line look larger than its neighbours
    sizes = [line[4] for line in lines for _ in line[5]]
    usual = median(sizes) if sizes else 12.0
    for x0, bottom, slope, offset, size, words in lines:
        points = usual if 0.8 * usual < size < 1.25 * usual else size  # rows without tall letters look smaller
        middle = (int(words[0][0]) + int(words[-1][2])) / 2
        baseline = (bottom + offset + slope * (middle - x0)) * scale
        for (left, top, right, low, confidence, marked), behind in zip(words, [*words[1:], None], strict=True):
            text = unicodedata.normalize("NFC", unescape(_TAG.sub("", marked))).strip()
            sure = int(confidence) / 100
            torn = behind is not None and _is_torn(text, behind[5], (int(behind[0]) - int(right)) * scale / points)
            if not text or (sure < NOISE and not any(map(str.isalnum, text))):
                continue
            yield Run(
                text if torn else text + " ",
                int(left) * scale,
                int(right) * scale,
                int(top) * scale,
                int(low) * scale,
                baseline,
                points,
                font="ocr",
                confidence=min(sure, TORN) if torn or _SLIP.search(text) else sure,
            )


def _is_torn(text: str, behind: str, gap: float) -> bool:
    """Whether a number was torn behind its point or comma (``3. 694``): digits follow closer than a word would."""
    return bool(_HALF.search(text) and _TAG.sub("", behind)[:1].isdigit() and gap < 0.4)


def _rules(picture: Image, width: float) -> list[Rule]:
    """Level rulings of a picture that is ``width`` points wide."""
    from PIL.Image import Resampling

    wide = max(1, round(width / 72 * RULE_DPI))
    small = picture.convert("L").resize((wide, max(1, picture.height * wide // picture.width)), Resampling.BOX)
    ink = small.point(lambda shade: 0 if shade < INK else 255).tobytes()
    stroke = re.compile(rb"\x00{%d,}" % max(8, int(RULE_SHARE * wide)))
    scale = width / wide
    strokes = [
        Rule((found.start() - y * wide) * scale, (found.end() - y * wide) * scale, (y + 0.5) * scale)
        for y in range(small.height)
        for found in stroke.finditer(ink, y * wide, (y + 1) * wide)
    ]
    return _mended(strokes)


def _mended(strokes: list[Rule]) -> list[Rule]:
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
