"""Text that lost one letter in printing: another font did not draw it, and every word is short of it.

In: the paragraphs and cells of a file. Out: the same with the letter put back, each paragraph that needed it under a
doubt. The hard idea: TCVN3 keeps the plain u with a horn at a place where other fonts have an invisible hyphen, so
that one letter is missing from the whole text and no other. A text that hardly has it, but words that are no
syllables and become one by it alone, has lost it. Words that are syllables without it are mended only where
``models/paper/words.csv`` names them. A text that has the letter is never touched, whatever slips it holds. What is
missing, mended or not, is told of the file (``find_losses``): it counts as read in part.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from extractor.domain.document import Document, Remark
from extractor.domain.lexicon import read_rows
from extractor.domain.messages import Message
from extractor.paper.sniff.legacy_encoding import LOST_SIGN
from extractor.paper.sniff.syllables import is_syllable, vietnamese_share
from extractor.paper.structure.flow import GridCell, Piece, insert_letters
from extractor.paper.structure.part_words import words

LOST = chr(0x1B0)  # u with a horn, no tone
PROVED = 2  # different words that must show the loss
SELDOM = 5  # times as many words must have lost the letter as have it
DOUBT = "lost_letter"
SHOWN, SHARE = 3, 0.008  # different words, and the share of such words; whole reports lie at 2 and below 0.005
VIETNAMESE = 0.3  # below this a text is another language
EXAMPLES = 5  # words that are told
_LETTERS = tuple(
    map(chr, (0x103, 0xE2, 0xEA, 0xF4, 0x1A1, 0x1B0))
)  # vowels of Vietnamese alone; a tone changes no syllable
_WORD = re.compile(r"(?<![\w/.])[^\W\d_]+(?![\w/.)]*\w|[/)])")
_AFTER_NUMBER = re.compile(r"\d\s?$")


def mend_lost_letters(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with the letter put back where the whole text has lost it, else as they are."""
    texts = [text for piece in pieces for text in (piece.text, *(cell.text for cell in piece.grid))]
    shown = {word for text in texts for _, word in _lost_in(text) if not _is_bare(word)}
    count = sum(1 for text in texts for _, word in _lost_in(text) if not _is_bare(word))
    having = sum(text.count(LOST) for text in texts)
    if len(shown) < PROVED or having * SELDOM > count:
        return list(pieces)
    return [_mended(piece) for piece in pieces]


def _mended(piece: Piece) -> Piece:
    if piece.grid:
        return replace(piece, grid=tuple(map(_mended_cell, piece.grid)))
    places = _places(piece.text)
    if not places:
        return piece
    mended = insert_letters(piece, places, LOST)
    return replace(mended, remarks=(*mended.remarks, Remark(0, len(mended.text), DOUBT)))


def _mended_cell(cell: GridCell) -> GridCell:
    places = _places(cell.text)
    if not places:
        return cell
    held = insert_letters(Piece(cell.text, placements=cell.placements, remarks=cell.remarks), places, LOST)
    doubt = Remark(0, len(held.text), DOUBT)
    return replace(cell, text=held.text, placements=held.placements, remarks=(*held.remarks, doubt))


def _places(text: str) -> list[int]:
    """Where the letter goes back, words that are syllables without it included where they are known."""
    return [at for at, _ in _lost_in(text, known=True)]


def _lost_in(text: str, *, known: bool = False) -> Iterator[tuple[int, str]]:
    """Where the letter is missing in ``text``, and the word that lacks it."""
    for found in _WORD.finditer(text):
        word = found.group().lower()
        if found.group().isupper() and len(word) > 1:
            continue
        if _is_bare(word) and not _may_lack(text, *found.span()):
            continue
        at = _known().get(word) if known else None
        at = _missing_at(word) if at is None else at
        if at is not None and (at or found.group().islower()):  # a capital is another letter of the font, and stays
            yield found.start() + at, word


def _may_lack(text: str, start: int, end: int) -> bool:
    """Whether letters without a vowel may be a word that lost its only one: no unit, initial (V.) or times (x)."""
    marked = text[end : end + 1] in (".", "'") or text[start - 1 : start] in ("'", "’")
    return (
        text[start:end].islower() and not marked and text[start:end] != "x" and not _AFTER_NUMBER.search(text, 0, start)
    )


def find_losses(document: Document) -> tuple[Message, ...]:
    """What to tell of the letters that a file does not hold, so that nobody takes its text for whole.

    Signs without a letter, paragraphs that were mended, and words of a text that was not recognised from a picture
    which are no syllables and become one by a letter more: a name or a loan does so by chance, many of them do not.
    """
    told = []
    signs = len(LOST_SIGN.findall(document.text))
    if signs:
        told.append(Message("letters.signs", {"count": signs}))
    mended = len({remark.start for remark in document.remarks if remark.code == DOUBT})
    if mended:
        told.append(Message("letters.mended", {"count": mended}))
    short = words_short_of_a_letter(document.text) if not _is_recognised(document) else []
    if short:
        told.append(Message("letters.short", {"count": len(short), "words": ", ".join(short[:EXAMPLES])}))
    return tuple(told)


def _is_recognised(document: Document) -> bool:
    return any(placement.confidence < 1 for placement in document.placements)


def words_short_of_a_letter(text: str) -> list[str]:
    """The different words of a Vietnamese text that lack a letter, none where they are too few to show a loss.

    >>> words_short_of_a_letter("Thu ngân sách website đạt 5 km")
    []
    """
    spoken = [found.group() for found in _WORD.finditer(text) if found.group().islower() and len(found.group()) > 1]
    unlike = [word for word in spoken if not is_syllable(word) and word not in _units() and _becomes_a_syllable(word)]
    short = list(dict.fromkeys(unlike))
    is_loss = len(short) >= SHOWN and len(unlike) >= SHARE * len(spoken) and vietnamese_share(text) >= VIETNAMESE
    return short if is_loss else []


@lru_cache(maxsize=4096)
def _becomes_a_syllable(word: str) -> bool:
    """Whether one vowel more makes a syllable, a vowel that other languages do not have: their words rarely pass."""
    return len(word) < LONGEST and any(
        is_syllable(word[:at] + letter + word[at:]) for at in range(len(word) + 1) for letter in _LETTERS
    )


@cache
def _units() -> frozenset[str]:
    """Units and abbreviations, which are no syllables and lack nothing."""
    units = {row["unit"].lower() for row in read_rows("vocabulary/units.csv")}
    return frozenset(units | {row["short"].lower() for row in read_rows("catalogue/abbreviations.csv")})


LONGEST = 7
"""Letters of the longest syllable, "nghiêng": no longer word lacks one letter of it."""


def _missing_at(word: str) -> int | None:
    """Where the letter makes a syllable of a word that is none; None where it does not, or in several ways.

    >>> _missing_at("nhm"), _missing_at("kinh"), _missing_at("robot")
    (2, None, None)
    """
    if len(word) >= LONGEST or is_syllable(word):
        return None
    if _is_bare(word) and is_syllable(word + LOST):
        return len(word)
    made = {word[:at] + LOST + word[at:]: at for at in range(len(word) + 1)}
    fitting = [at for syllable, at in made.items() if is_syllable(syllable)]
    return fitting[0] if len(fitting) == 1 else None


def _is_bare(word: str) -> bool:
    """Whether a word has no vowel: it may be an abbreviation."""
    return not any(letter in "aeiouy" for letter in unicodedata.normalize("NFD", word))


@cache
def _known() -> dict[str, int]:
    """Word without the letter → where it goes, for words that are syllables either way."""
    return {word.replace(LOST, "", 1): word.index(LOST) for word in words("lost_letter")}
