"""Tesseract, a program of the machine: pictures go in by a pipe, lines of words come out, each with its place.

In: one picture or many (Debian: tesseract-ocr, tesseract-ocr-vie). Out: for each picture its lines, in pixels of that
picture. The hard idea: starting the program costs more than reading a table's cell, so many small pictures travel as
the pages of one TIFF. Nothing is weighed here, and nothing is written to disk.
"""

from __future__ import annotations

import io
import logging
import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_log = logging.getLogger(__name__)

PROSE, BLOCK, LINE = "3", "6", "7"  # how it looks at a picture: a page of paragraphs, one block, one line
SECONDS = 60.0  # for one call; a dense A4 page takes one and a half to three
LETTERS = 40.0  # pixels: the height of a line that says nothing of its own

_PAGE = re.compile(r"<div class='ocr_page'")
_OPEN = r"<span class='ocr_(?:line|header|caption|textfloat)'"
_LINE = re.compile(_OPEN + r"[^>]*title=\"([^\"]*)\">(.*?)(?=" + _OPEN + r"|\Z)", re.DOTALL)
_WORD = re.compile(
    r"<span class='ocrx_word'[^>]*title='bbox (\d+) (\d+) (\d+) (\d+); x_wconf (\d+)'[^>]*>(.*?)</span>", re.DOTALL
)
_BOX = re.compile(r"bbox (\d+) (\d+) (\d+) (\d+)")
_BASE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"x_size ([\d.]+)")
_TAG = re.compile(r"<[^>]+>")
_STROKE = re.compile(r"/?⁄|(?<=\d)ƒ(?=\d)")  # signs that no report holds: a stroke of another slant
_PER_MILLE = re.compile(r"(?<=\d)%[oO0](?![\w%])")


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program and whether it knows Vietnamese."""

    path: str
    vietnamese: bool


@dataclass(slots=True)
class Word:
    """A word on a picture; ``other`` is what another reader made of it where the two do not agree."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float
    other: str = ""


@dataclass(slots=True)
class ScanLine:
    """A line on a picture: where its baseline starts, how it leans, the height of its type."""

    x0: float
    baseline: float
    slope: float
    size: float
    words: list[Word] = field(default_factory=list)


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


class TesseractFault(Exception):  # noqa: N818 - becomes a ``Fault`` with this name
    """Tesseract gave no answer; the subclasses say why."""


class TesseractMissing(TesseractFault):
    """The program does not start: it is gone, or may not be run."""


class TesseractTimedOut(TesseractFault):
    """It took longer than ``SECONDS``."""


class TesseractDied(TesseractFault):
    """It ended with an error, or was ended from outside."""


def read_pictures(program: Tesseract, pictures: Sequence[Image], dpi: int, layout: str) -> list[list[ScanLine]]:
    """The lines of each picture; raises ``TesseractFault`` where the program gives no answer."""
    if not pictures:
        return []
    out = io.BytesIO()
    if len(pictures) == 1:
        pictures[0].save(out, "PNG", compress_level=1)
    else:
        pictures[0].save(out, "TIFF", save_all=True, append_images=list(pictures[1:]))
    hocr = _run(program, out.getvalue(), "-l", "vie", "--psm", layout, "--dpi", str(dpi), "hocr")
    pages = [_lines(part) for part in _PAGE.split(hocr.decode("utf-8", "replace"))[1:]]
    return pages if len(pages) == len(pictures) else [*pages, *([] for _ in pictures)][: len(pictures)]


def _run(program: Tesseract, picture: bytes, *options: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no shell; the picture goes in by a pipe
            [program.path, "stdin", "stdout", *options],
            input=picture,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except OSError as error:
        _log.warning("tesseract does not start: %s", type(error).__name__)
        raise TesseractMissing from error
    except subprocess.TimeoutExpired as error:
        _log.warning("tesseract took longer than %d s", SECONDS)
        raise TesseractTimedOut from error
    if done.returncode:
        _log.warning("tesseract ended with code %d", done.returncode)
        raise TesseractDied(done.returncode)
    return done.stdout


def _lines(hocr: str) -> list[ScanLine]:
    lines = []
    for match in _LINE.finditer(hocr):
        title = match.group(1)
        box, base, size = (pattern.search(title) for pattern in (_BOX, _BASE, _SIZE))
        words = [_word(*found.groups()) for found in _WORD.finditer(match.group(2))]
        if box and words:
            slope, offset = map(float, base.groups()) if base else (0.0, 0.0)
            height = float(size.group(1)) if size else LETTERS
            lines.append(ScanLine(int(box.group(1)), int(box.group(4)) + offset, slope, height, words))
    return lines


def _word(left: str, top: str, right: str, bottom: str, confidence: str, marked: str) -> Word:
    text = unicodedata.normalize("NFC", unescape(_TAG.sub("", marked))).strip()
    text = _PER_MILLE.sub("‰", _STROKE.sub("/", text))
    return Word(text, int(left), int(top), int(right), int(bottom), int(confidence) / 100)
