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
import signal
import subprocess
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from extractor.paper.sandbox.limits import PATIENCE, SHELL
from extractor.paper.word.package import Element

if TYPE_CHECKING:
    from PIL.Image import Image

_log = logging.getLogger(__name__)

PROSE, BLOCK, LINE, SPARSE = "3", "6", "7", "11"
"""How it looks at a picture: a page of paragraphs, one block, one line, words wherever they stand."""
SECONDS = 60.0  # of processor time for one call; a dense A4 page takes one and a half to three
_HELD = 'ulimit -S -t "$0"; exec "$@"'  # the soft limit alone: its signal tells it from a program ended from outside
_OUT_OF_TIME = frozenset({-signal.SIGXCPU, 128 + signal.SIGXCPU} if hasattr(signal, "SIGXCPU") else ())
_NOT_STARTED = frozenset({126, 127})  # how a shell ends that may not run, or does not find, the program
LETTERS = 40.0  # pixels: the height of a line that says nothing of its own

_LINE_KINDS = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat")
_WORD = re.compile(r"bbox (\d+) (\d+) (\d+) (\d+); x_wconf (\d+)")
_BOX = re.compile(r"bbox (\d+) (\d+) (\d+) (\d+)")
_BASE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"x_size ([\d.]+)")
_STROKE = re.compile(r"/?⁄|(?<=\d)ƒ(?=\d)")  # signs that no report holds: a stroke of another slant
_PER_CENT = re.compile(r"\(?[@©]?®%?\)")  # a sign in a ring, which no report holds either: "(%)" in bold
_PER_MILLE = re.compile(r"(?<![^\W\d])%[oO0](?![\w%])")


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
    turned: bool = False  # the writing stands on its side, read from the bottom up


@cache
def find_tesseract() -> Tesseract | None:
    """The Tesseract of this machine, or None."""
    path = shutil.which("tesseract")
    if path is None:
        return None
    try:
        listed = subprocess.run(  # noqa: S603 - a fixed program, no shell
            [path, "--list-langs"], capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return Tesseract(path, "vie" in (listed.stdout + listed.stderr).split())


class TesseractFault(Exception):  # noqa: N818 - becomes a ``Fault`` with this name
    """Tesseract gave no answer; the subclasses say why."""


class TesseractMissing(TesseractFault):
    """The program does not start: it is gone, or may not be run."""


class TesseractTimedOut(TesseractFault):
    """It took ``SECONDS`` of processor time, or ``PATIENCE`` times as long by the clock."""


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
    pages = read_hocr(hocr)
    return pages if len(pages) == len(pictures) else [*pages, *([] for _ in pictures)][: len(pictures)]


def ask_direction(program: Tesseract, picture: Image) -> bytes:
    """What Tesseract's detector of direction prints of a page; raises ``TesseractFault`` where it prints nothing."""
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return _run(program, out.getvalue(), "-l", "osd", "--psm", "0")


def _run(program: Tesseract, picture: bytes, *options: str) -> bytes:
    command = [program.path, "stdin", "stdout", *options]
    if Path(SHELL).exists():
        command = [SHELL, "-c", _HELD, str(round(SECONDS)), *command]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program and script; the picture goes in by a pipe
            command,
            input=picture,
            capture_output=True,
            timeout=PATIENCE * SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except OSError as error:
        _log.warning("tesseract does not start: %s", type(error).__name__)
        raise TesseractMissing from error
    except subprocess.TimeoutExpired as error:
        _log.warning("tesseract took longer than %d s", PATIENCE * SECONDS)
        raise TesseractTimedOut from error
    if done.returncode in _OUT_OF_TIME:
        _log.warning("tesseract took %d s of processor time", SECONDS)
        raise TesseractTimedOut(done.returncode)
    if done.returncode in _NOT_STARTED:
        _log.warning("tesseract does not start: code %d", done.returncode)
        raise TesseractMissing(done.returncode)
    if done.returncode:
        _log.warning("tesseract ended with code %d", done.returncode)
        raise TesseractDied(done.returncode)
    return done.stdout


def read_hocr(hocr: bytes) -> list[list[ScanLine]]:
    """The lines of each page that Tesseract prints as hOCR (HTML whose titles say where things stand)."""
    if b"'ocr_page'" not in hocr:
        return []
    whole = hocr[: hocr.rfind(b"</")]  # a program that dies leaves half a word
    text = whole.decode("utf-8", "replace").encode()
    root = etree.fromstring(text, etree.HTMLParser(encoding="utf-8", no_network=True))
    return [_lines(page) for page in root.iter("div") if page.get("class") == "ocr_page"]


def _lines(page: Element) -> list[ScanLine]:
    lines = []
    for span in page.iter("span"):
        if span.get("class") not in _LINE_KINDS:
            continue
        title = span.get("title", "")
        box, base, size = (pattern.search(title) for pattern in (_BOX, _BASE, _SIZE))
        words = [
            _word(word, *map(int, found.groups()))
            for word in span.iter("span")
            if word.get("class") == "ocrx_word" and (found := _WORD.fullmatch(word.get("title", "")))
        ]
        if box and words:
            slope, offset = map(float, base.groups()) if base else (0.0, 0.0)
            height = float(size.group(1)) if size else LETTERS
            lines.append(ScanLine(int(box.group(1)), int(box.group(4)) + offset, slope, height, words))
    return lines


def _word(span: Element, left: int, top: int, right: int, bottom: int, confidence: int) -> Word:
    text = etree.tostring(span, method="text", encoding="unicode", with_tail=False)
    text = unicodedata.normalize("NFC", text).strip()
    text = _PER_MILLE.sub("‰", _PER_CENT.sub("(%)", _STROKE.sub("/", text)))
    return Word(text, left, top, right, bottom, confidence / 100)
