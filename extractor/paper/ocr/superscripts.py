"""Raised footnote marks on scanned pages: Tesseract turns them into quotes and circles, a second reader tells them.

In: the lines of words that Tesseract found on a picture. Out: the same lines; where the second reader sees a digit in
a scar (``kỳ”.`` that is ``kỳ³.``, a lone ``°`` before a note), the word carries that digit raised, as born-digital text
does, so that the same hands lift it out. A quotation mark that closes a quotation stays one: both readers see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import regex

from extractor.paper.layout.lines import SUPERSCRIPTS
from extractor.paper.ocr.tesseract import ScanLine, Word
from extractor.paper.ocr.voting import cut_out
from extractor.paper.structure.footnotes import TO_RAISED

if TYPE_CHECKING:
    from PIL.Image import Image

    from extractor.paper.ocr.second_engine import SecondReader

SIGNS = r"[\"'“”‘’*°º®!?^`´~ˆ¹²³Š§Ỷ]"  # what marks come out as
SURE = 0.9  # of a mark that stands alone; at the end of a word the letters around it lower the score
RAISED = 0.15  # in sizes: how far above the baseline a raised digit ends

_SCAR = regex.compile(r"(?P<head>.*(?:[\p{L}\d%)](?=" + SIGNS + r")|\d[%)]))" + SIGNS + r"{0,3}(?P<tail>[.,;:]?)")
_READ = regex.compile(r"(?P<digits>\d{1,6})[.,;:]?$")
_OPENING = regex.compile(SIGNS + r"{1,2}(?=\p{L})")
_READ_OPENING = regex.compile(r"(\d{1,2})\s?(?=\p{L})")
_LONE = regex.compile(SIGNS + r"{1,2}|\d{1,2}|\p{Lu}")


def recover_marks(picture: Image, lines: Sequence[ScanLine], second: SecondReader) -> None:
    """Turns scars in which ``second`` reads digits into raised digits, in place."""
    for line in lines:
        for index, word in enumerate(line.words):
            scar = _SCAR.fullmatch(word.text)
            if scar:
                mark = mark_in(scar["head"], second.read(cut_out(picture, line, word))[0])
                if mark:
                    word.text = scar["head"] + mark.translate(TO_RAISED) + scar["tail"]
            elif not index and len(line.words) > 1:
                _recover_label(picture, line, word, second)


def mark_in(head: str, read: str) -> str:
    """The mark that a second reading shows behind ``head``, the word that carries it, or nothing.

    >>> mark_in("kỳ", "ky1."), mark_in("2010", "20102."), mark_in("bàn", "bàn¹0."), mark_in("số", 'sô"')
    ('1', '2', '10', '')
    """
    found = _READ.search(read.translate(SUPERSCRIPTS))
    if found is None:
        return ""
    digits = found["digits"]
    own = head[len(head.rstrip("0123456789")) :]
    mark = digits[len(own) :] if digits.startswith(own) else ""
    return mark if len(mark) <= 2 and mark.lstrip("0") == mark else ""


def _recover_label(picture: Image, line: ScanLine, word: Word, second: SecondReader) -> None:
    """The mark that a note opens with, alone or before its first word."""
    if _LONE.fullmatch(word.text) and _hangs(line, word):
        read, sure = second.read(cut_out(picture, line, word))
        if sure >= SURE and read.isdigit() and len(read) <= 2 and read[0] != "0":
            word.text = read.translate(TO_RAISED)
        return
    opening = _OPENING.match(word.text)
    if opening:
        read_opening = _READ_OPENING.match(second.read(cut_out(picture, line, word))[0].translate(SUPERSCRIPTS))
        if read_opening:
            word.text = read_opening[1].translate(TO_RAISED) + word.text[opening.end() :]


def _hangs(line: ScanLine, word: Word) -> bool:
    """Whether a word stands above its line's baseline, as raised marks do and bullets and ordinals do not."""
    return word.bottom < line.baseline + line.slope * (word.x0 - line.x0) - RAISED * line.size
