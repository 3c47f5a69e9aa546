"""Which way up a scanned page lies, asked only where its rows do not show it or little was recognised.

In: a grey picture. Out: the quarter turns, clockwise, that set it upright. The hard idea: rows of print show as bands
of ink across the page; a page whose bands run up and down lies on its side, which costs no recognition to see. Which
of the two sides, and whether a page stands on its head, Tesseract's own detector tells (Debian's ``osd`` comes with
it).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.paper.ocr.tesseract import Tesseract, TesseractFault, ask_direction

if TYPE_CHECKING:
    from PIL.Image import Image

SMALL = 500  # pixels in which rows of print can still be told apart
SIDEWAYS = 2.0  # times that bands up and down must stand out more than bands across
TOLD = re.compile(rb"Rotate: (\d+)\s+Orientation confidence: ([\d.]+)")
TRUSTED = 1.0  # of the detector's confidence; a page of tables reaches 2, prose 8


def lies_sideways(picture: Image) -> bool:
    """Whether the rows of print run up and down."""
    from PIL.Image import Resampling

    small = picture.resize((SMALL, SMALL), Resampling.BOX)
    across = small.resize((1, SMALL), Resampling.BOX).tobytes()
    down = small.resize((SMALL, 1), Resampling.BOX).tobytes()
    return _contrast(down) > SIDEWAYS * _contrast(across)


def _contrast(bands: bytes) -> int:
    return sum((a - b) ** 2 for a, b in pairwise(bands))


def find_turn(program: Tesseract, picture: Image) -> int:
    """The quarter turns that set the page upright, 0 where nothing tells."""
    try:
        told = TOLD.search(ask_direction(program, picture))
    except TesseractFault:  # too few letters to tell is an error there
        return 0
    if told is None or float(told[2]) < TRUSTED:
        return 0
    return int(told[1]) // 90 % 4


def turn_back(picture: Image, quarters: int) -> Image:
    """The picture turned clockwise by ``quarters``."""
    from PIL.Image import Transpose

    turns = (None, Transpose.ROTATE_270, Transpose.ROTATE_180, Transpose.ROTATE_90)
    turn = turns[quarters % 4]
    return picture if turn is None else picture.transpose(turn)
