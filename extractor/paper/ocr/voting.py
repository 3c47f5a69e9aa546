"""Several readings of one number are held together: where readers agree it is believed, else it says so.

In: the words that Tesseract found on a picture. Out: the same words; numbers settled, each with what another reader
read (``Word.other``) where they differ. The hard idea: a wrong digit looks as sure as a right one, so confidence alone
finds few of them. A second reader looks at every number; where it disagrees, Tesseract looks again, at the number
alone and enlarged, and two readings of three stand. Letters are never taken from another reader.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.domain.lexicon import group_words
from extractor.paper.layout.lines import SUPERSCRIPTS
from extractor.paper.ocr.tesseract import LINE, ScanLine, Tesseract, Word, read_pictures
from extractor.paper.sniff.syllables import is_syllable

if TYPE_CHECKING:
    from PIL.Image import Image

    from extractor.paper.ocr.second_engine import SecondReader

ENLARGED = 2  # times, softened by as much: specks lose their edge, strokes keep theirs
BORDER = 20  # pixels of white around a word that is read alone
AROUND = 0.15  # of a word's height: what is cut out with it above and below
BESIDE = 0.3  # of its height, left and right, but never more than half of the gap to the next word
SURE = 0.99  # no reading is surer than this, however many agree
SPLIT = 0.5  # the confidence of a number that only one of the readers read
CLEAR = 0.95  # the second reader's confidence from which its Roman numeral stands
FIRM = 0.9  # likewise where Tesseract is unsure; and Tesseract's own from which a numeral is not asked about
SHORT = 10  # letters that a number in a cell may have been taken for
ROMAN = 5  # letters of a numeral at most, as it is misread too
NEXT = 1.6  # in sizes: the next line of a cell begins no further down
NOTHING = "–"  # where the other reader saw no number
TORN = 0.55  # of a number that was put together again, or whose point is doubtful
GAP = 0.4  # in sizes: digits closer than this behind a point belong to the number before it

_NUMBER = re.compile(r"\d(?:[\d.,:;'’]*\d)?")
_VALUE = re.compile(r"[-+(]?\d[\d.,]*%?\)?")
_SPAN = re.compile(r"\d(?:.*\d)?")
_GLUED = re.compile(r"(?<=[^\W\d_])(?=\d)")  # lượt31: a stroke between a counted noun and a number was lost
_BAR = re.compile(r"(?<=\d)[\[\]|{}\\](?=\d)")  # 7[7: a stroke between two numbers that was taken for another
_ROMAN = re.compile(r"[IVX]{1,5}(?:/(?:19|20)\d\d)?")
_ROMAN_LIKE = re.compile(r"(?=.*[IVXH])[IVXHTLJl1|!]{1,5}|[IVXl1|!]{0,4}[/⁄]?(?:19|20)\d\d")
_STROKES = re.compile("(?=.*[\u0300-\u0308])(?:[Iil1|!][\u0300-\u0308]?){2,4}")  # II, one stroke with an accent
_SHAPED = re.compile(r"[\dlI|Oo]*\d[\dlI|Oo]*[.,;:]?")  # l1: digits and what has their shape
_SHAPES = str.maketrans("lI|Oo", "11100")
_HALF = re.compile(r"\d[.,]$")
_SMUDGED = re.compile(r"(?<!\d)[.,'’*^~·]\d|[^\W\d_]\d+%|\d.*[€£¥©®@#]|[€£¥©®@#].*\d")
"""``.150``, ``Q022%``: a digit or bracket may be lost before; ``15/€/2021``: a sign that stands in no number."""
_HEADING = re.compile(r"([^\w\s(]*)(\d{1,2}(?:\.\d{1,2})+\.?)")
_SLIP = re.compile(r"\d[:;'’]\d{3}")  # 3:694: a point or comma that was taken for another sign


def mend_torn(lines: Iterable[ScanLine]) -> None:
    """Puts numbers together that were torn behind their point or comma (``3. 694``)."""
    for line in lines:
        words: list[Word] = []
        for word in line.words:
            last = words[-1] if words else None
            if last and _HALF.search(last.text) and word.text[:1].isdigit() and word.x0 - last.x1 < GAP * line.size:
                last.text += word.text
                last.x1, last.top, last.bottom = word.x1, min(last.top, word.top), max(last.bottom, word.bottom)
                last.confidence = min(last.confidence, word.confidence, TORN)
                continue
            if _SLIP.search(word.text):
                word.confidence = min(word.confidence, TORN)
            words.append(word)
        line.words = words


def bare_headings(lines: Iterable[ScanLine]) -> None:
    """Takes the speck from before the number of a heading (``'1.3 Lâm nghiệp``, ``- 4.1. Giáo dục``), under a doubt.

    No value is written so: its decimals stand behind a comma, and no capital follows it.
    """
    for line in lines:
        at = 0 if len(line.words) < 3 or any(map(str.isalnum, line.words[0].text)) else 1
        speck, follower = line.words[:at], line.words[at + 1 : at + 2]
        found = _HEADING.fullmatch(line.words[at].text)
        if found and (speck or found[1]) and follower and follower[0].text[:1].isupper():
            word = line.words[at]
            word.text, word.other = found[2], "".join(mark.text for mark in speck) + word.text
            word.confidence = min(word.confidence, TORN)
            line.words = line.words[at:]


def settle_numbers(
    picture: Image, lines: Sequence[ScanLine], program: Tesseract, second: SecondReader | None, dpi: int
) -> None:
    """Has every number of ``lines`` read again, and settles it in place.

    One that begins behind a smudge is never sure, however its readers agree on the rest of it.
    """
    _settle_all(picture, lines, program, second, dpi)
    for line in lines:
        for before, word in pairwise([None, *line.words]):
            if word and (_SMUDGED.search(word.text) or (before and _lost_its_bracket(before.text, word.text))):
                word.confidence = min(word.confidence, TORN)


def _lost_its_bracket(before: str, text: str) -> bool:
    """Whether a number in brackets begins in the letter before it, which was its bracket and more: ``Q 22%)``.

    >>> _lost_its_bracket("Q", "22%),"), _lost_its_bracket("đợt", "2)"), _lost_its_bracket("(", "22%)")
    (True, False, False)
    """
    is_closed = text.rstrip(".,;:").endswith(")") and "(" not in text
    return len(before) == 1 and before.isalpha() and is_closed and _is_number(text)


def _settle_all(
    picture: Image, lines: Sequence[ScanLine], program: Tesseract, second: SecondReader | None, dpi: int
) -> None:
    asked = [(word, cut_out(picture, line, word)) for line in lines for word in line.words if _is_number(word.text)]
    if second is None:
        for (word, _), (text, sure) in zip(asked, _again(program, [cut for _, cut in asked], dpi), strict=True):
            if not _agree(word, text):
                _settle(word, text, sure, ("", 0.0))
        return
    open_ones: list[tuple[Word, Image, str, float]] = []
    for word, cut in asked:
        text, sure = second.read(cut)
        word.text = with_strokes(word.text, text)
        if _agree(word, text):
            word.confidence = max(word.confidence, min(SURE, 1 - (1 - word.confidence) * (1 - sure)))
        else:
            open_ones.append((word, cut, text, sure))
    thirds = _again(program, [cut for _, cut, _, _ in open_ones], dpi)
    for (word, _, text, sure), third in zip(open_ones, thirds, strict=True):
        _settle(word, text, sure, third)


def settle_letters(picture: Image, cells: Sequence[ScanLine], second: SecondReader) -> None:
    """A cell of a table that Tesseract read with letters, and is no word, is the number that the second reader sees.

    ``S.127`` too. It is never sure: ``72,9`` came out as letters at every resolution, and was lost without a doubt.
    """
    for line in cells:
        word = line.words[0]
        is_word = is_syllable(word.text.lower()) and word.confidence >= SPLIT
        if len(line.words) > 1 or len(word.text) > SHORT or is_value(word.text) or is_word:
            continue
        text, sure = second.read(cut_out(picture, line, word))
        if sure >= CLEAR and _VALUE.fullmatch(text):
            word.text, word.other = text, word.text
            word.confidence = min(word.confidence, SPLIT)


def number_in(cut: Image, second: SecondReader) -> str | None:
    """The number that the second reader is sure to see where Tesseract saw nothing; None for anything else."""
    text, sure = second.read(cut)
    return text if sure >= CLEAR and _VALUE.fullmatch(text) else None


def is_value(text: str) -> bool:
    """Whether a word is a number and nothing else."""
    return _VALUE.fullmatch(text) is not None


def doubt_numbers(lines: Iterable[ScanLine]) -> None:
    """Lets no number seem surer than one reading makes it, where nobody could look again."""
    for line in lines:
        for word in line.words:
            if _is_number(word.text):
                word.confidence = min(word.confidence, SPLIT)


def numbers_in(text: str) -> list[str]:
    """The numbers that a reading shows, with the signs inside them.

    >>> numbers_in("(18/01/1960 - 3.694,5%).")
    ['18', '01', '1960', '3.694,5']
    """
    return _NUMBER.findall(text)


def _level(text: str) -> str:
    """The text with raised marks on the line, where the second reader has them."""
    return text.translate(SUPERSCRIPTS)


def _agree(word: Word, text: str) -> bool:
    return numbers_in(_level(word.text)) == numbers_in(_level(text))


def _digits(numbers: list[str]) -> int:
    return sum(map(str.isdigit, "".join(numbers)))


def _settle(word: Word, text: str, sure: float, third: tuple[str, float]) -> None:
    """Lets ``word`` stand, or gives it the number that another reader read; either way the difference stays on it.

    Two readings of Tesseract are one voice: against them another number stands where its reader is the surer one and
    it has as many digits. A word that bears a raised mark is left as it is.
    """
    first, second = numbers_in(word.text), numbers_in(text)
    agreed = numbers_in(third[0]) == second
    surer = sure > max(word.confidence, third[1]) and _digits(first) == _digits(second)
    settled = word.text
    shaped = word.text.translate(_SHAPES) if _SHAPED.fullmatch(word.text) else word.text
    if shaped != word.text and numbers_in(shaped) == second:
        settled, agreed = shaped, True
    elif (agreed or surer) and _level(word.text) == word.text:
        settled = text if word.confidence < SPLIT and _VALUE.fullmatch(text) else with_numbers(word.text, text)
    if settled != word.text:
        word.other, word.text = word.text, settled
        word.confidence = sure if agreed else SPLIT
    else:
        word.other = text or NOTHING
        word.confidence = min(word.confidence, SPLIT) if numbers_in(third[0]) != first else word.confidence


def with_strokes(text: str, other: str) -> str:
    """``text`` with the stroke before or between numbers that only ``other`` shows.

    >>> with_strokes("lượt31", "luot/31"), with_strokes("m3", "m3")
    ('lượt/31', 'm3')
    >>> with_strokes("7[7", "7/7"), with_strokes("7[7", "77")
    ('7/7', '7[7')
    """
    stroked = _BAR.sub("/", text)
    if stroked != text and stroked.rstrip(".,;:") in other:
        return stroked
    glued = _GLUED.search(text)
    if glued is None or "/" + text[glued.end() :].rstrip(".,;:") not in other:
        return text
    return text[: glued.start()] + "/" + text[glued.start() :]


def settle_romans(picture: Image, lines: Sequence[ScanLine], second: SecondReader, *, every: bool = False) -> None:
    """Roman numerals that Tesseract took for capitals and digits (quý IH, quý 12023), as the second reader has them.

    One that begins a line and is not sure (II. for III.) is asked about as well: a whole section hangs on its strokes.
    So is one behind the word for a quarter, and ``every`` one of a table's cells: a column hangs on its quarter.
    """
    quarters = group_words("quarter")
    for line in lines:
        for before, word in zip([_above(line, lines) if every else None, *line.words[:-1]], line.words, strict=True):
            bare = word.text.rstrip(".,;:")
            is_roman = _ROMAN.fullmatch(bare) is not None
            opens = before is None and word.confidence < FIRM and bare != word.text
            dates = before is not None and before.text.lower() in quarters
            if every or opens or dates if is_roman else dates or _is_like_roman(bare):
                read = second.read(cut_out(picture, line, word))
                _settle_roman(word, *read, is_dating=dates and not is_roman)


def _settle_roman(word: Word, text: str, sure: float, *, is_dating: bool) -> None:
    """Gives a word the numeral that the second reader is sure of; one that should be dating and is none is doubted."""
    bare, read = word.text.rstrip(".,;:"), text.rstrip(".,;:")
    is_sure = sure >= (FIRM if word.confidence < SPLIT else CLEAR)
    if is_sure and _ROMAN.fullmatch(read) and read != bare:
        word.text, word.other = read + word.text[len(bare) :], word.text
    elif is_dating and word.text == bare and not bare.isdigit():
        word.confidence = min(word.confidence, SPLIT)


def _above(line: ScanLine, lines: Sequence[ScanLine]) -> Word | None:
    """The last word of the line right above a short one, in a cell that breaks its head: "Quý", below it "II"."""
    if len(line.words) > 1 or len(line.words[0].text) > ROMAN:
        return None
    word = line.words[0]
    over = [
        other.words[-1]
        for other in lines
        if 0 < line.baseline - other.baseline < NEXT * line.size
        and other.words[0].x0 < word.x1
        and word.x0 < other.words[-1].x1
    ]
    return max(over, key=lambda other: other.bottom, default=None)


def _is_like_roman(text: str) -> bool:
    """Whether a word may be a Roman numeral misread: strokes taken for other letters, or as many with an accent."""
    return _ROMAN_LIKE.fullmatch(text) is not None or _STROKES.fullmatch(unicodedata.normalize("NFD", text)) is not None


def with_numbers(text: str, other: str) -> str:
    """``text`` with the numbers of ``other``, or as it is where they cannot be told to be the same places.

    >>> with_numbers("33.344.915", "33.344,915"), with_numbers("3757/QĐ-UBND,", "3767/QD-UBND")
    ('33.344,915', '3767/QĐ-UBND,')
    >>> with_numbers("1O,9%", "10,9%")
    '10,9%'
    """
    mine, theirs = numbers_in(text), numbers_in(other)
    if len(mine) == len(theirs):
        found = iter(theirs)
        return _NUMBER.sub(lambda _: next(found), text)
    span, others = _SPAN.search(text), _SPAN.search(other)
    if span is None or others is None or sum(map(str.isalpha, span.group())) > 1:
        return text
    return text[: span.start()] + others.group() + text[span.end() :]


def _is_number(text: str) -> bool:
    return _NUMBER.search(text) is not None


def cut_out(picture: Image, line: ScanLine, word: Word) -> Image:
    """The word alone, with a little white around it and nothing of its neighbours."""
    height = word.bottom - word.top
    before = [other.x1 for other in line.words if other.x1 <= word.x0]
    behind = [other.x0 for other in line.words if other.x0 >= word.x1]
    left = min(BESIDE * height, (word.x0 - max(before)) / 2) if before else BESIDE * height
    right = min(BESIDE * height, (min(behind) - word.x1) / 2) if behind else BESIDE * height
    box = (word.x0 - left, word.top - AROUND * height, word.x1 + right, word.bottom + AROUND * height)
    x0, top, x1, bottom = (round(part) for part in box)
    return picture.crop((max(x0, 0), max(top, 0), min(x1, picture.width), min(bottom, picture.height)))


def _again(program: Tesseract, cuts: Sequence[Image], dpi: int) -> list[tuple[str, float]]:
    """Tesseract's reading of each cut-out, enlarged and softened, and its confidence."""
    lines = read_pictures(program, [enlarge(cut) for cut in cuts], ENLARGED * dpi, LINE)
    out = []
    for found in lines:
        words = [word for line in found for word in line.words]
        out.append((" ".join(word.text for word in words), min((word.confidence for word in words), default=0.0)))
    return out


def enlarge(cut: Image) -> Image:
    """A small picture as Tesseract reads it best: larger, softer, with white around it."""
    from PIL import ImageFilter, ImageOps
    from PIL.Image import Resampling

    wide, high = max(1, cut.width), max(1, cut.height)
    larger = cut.resize((ENLARGED * wide, ENLARGED * high), Resampling.LANCZOS)
    return ImageOps.expand(larger.filter(ImageFilter.GaussianBlur(ENLARGED / 2)), BORDER, 255)
