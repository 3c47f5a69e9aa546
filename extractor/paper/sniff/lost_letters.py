"""Text that lost letters in printing: another font did not draw them, and every word is short of them.

In: the paragraphs and cells of a file. Out: the same with the letters put back, each paragraph that needed one under a
doubt. The hard idea: a font that is gone loses a letter everywhere. TCVN3 keeps the plain u with a horn at a place
where other fonts have an invisible hyphen; others leave out the d with a stroke, or a space where a vowel stood. So a
letter is lost where the text hardly has it, but several words that nobody writes, each of which is a word of
``models/`` by that letter alone. Only such letters are put back, and only where one reading is certain; a word that is
one without its letter is mended where ``models/paper/words.csv`` names it. A text that has the letter is never
touched, whatever slips it holds. What is missing, mended or not, is told of the file (``find_losses``): it counts as
read in part.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from extractor.domain.document import Document, Remark
from extractor.domain.lexicon import read_rows
from extractor.domain.messages import Message
from extractor.paper.sniff.legacy_encoding import LOST_SIGN
from extractor.paper.sniff.syllables import is_syllable, vietnamese_share
from extractor.paper.structure.flow import GridCell, Letter, Piece, put_letters
from extractor.paper.structure.part_words import words

PROVED = 4  # how much proof a loss needs: a word counts two, one without a vowel, maybe an abbreviation, counts one
CERTAIN = 15  # times as usual as all other readings of a word must be the one that is taken
SELDOM = 5  # times as many words must have lost the letter as have it
DOUBT = "lost_letter"
SHOWN, SHARE = 3, 0.008  # different words, and the share of such words; whole reports lie at 2 and below 0.005
VIETNAMESE = 0.3  # below this a text is another language
EXAMPLES = 5  # words that are told
LONGEST = 7
"""Letters of the longest syllable, "nghiêng": no longer word lacks one letter of it."""
_VOWELS = tuple(map(chr, (0x103, 0xE2, 0xEA, 0xF4, 0x1A1, 0x1B0)))  # of Vietnamese alone; a tone changes no syllable
_WORD = re.compile(r"(?<![\w/.])[^\W\d_]+(?![\w/.)]*\w|[/)])")
_LETTER_RUN = re.compile(r"[^\W\d_]+")
_AFTER_NUMBER = re.compile(r"\d\s?$")
_TABLES = {
    "vocabulary/words.csv": ("word", "example"),
    "vocabulary/phrases.csv": ("phrase", "example"),
    "vocabulary/groups.csv": ("word", "example"),
    "vocabulary/units.csv": ("unit", "example"),
    "catalogue/indicators.csv": ("name_vi",),
    "catalogue/aliases.csv": ("alias", "example"),
    "catalogue/counted_nouns.csv": ("noun", "example"),
    "paper/words.csv": ("word",),
}
"""Where the words stand that reports are made of, and in which columns."""


class Loss(NamedTuple):
    """What a text has lost: ``letters`` for sure, ``rare`` ones perhaps, ``gapped`` where spaces stand for them."""

    letters: frozenset[str]
    rare: frozenset[str]
    gapped: bool


def mend_lost_letters(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with the letters put back that the whole text has lost, else as they are."""
    loss = _find_loss([text for piece in pieces for text in (piece.text, *(cell.text for cell in piece.grid))])
    return [_mended(piece, loss) for piece in pieces] if loss.letters else list(pieces)


def _find_loss(texts: Sequence[str]) -> Loss:
    """What the texts have lost: the letter that explains most words first, so that no word proves two."""
    had = Counter(letter for text in texts for letter in text)  # capitals are other letters of a font
    short = Counter(word for text in texts for _, word in _gaps(text) if len(word) > 1 and word not in _abbreviations())
    rare = frozenset(_proofs(short, had))
    loss, proved = Loss(frozenset(), rare, gapped=False), set[str]()
    while proofs := {letter: found for letter, found in _proofs(short, had).items() if _is_proof(found)}:
        best = max(proofs, key=lambda letter: (proofs[letter].total(), letter))
        loss = loss._replace(letters=loss.letters | {best})
        explained = {word for word in proofs[best] if _certain(word, loss)} or set(proofs[best])
        short = Counter({word: count for word, count in short.items() if word not in explained})
        proved |= explained
    if loss.letters and vietnamese_share(" ".join(texts)) < VIETNAMESE:
        return Loss(frozenset(), rare, gapped=False)
    return loss._replace(gapped=sum(" " in word for word in proved) * SELDOM > len(proved))


def _proofs(short: Mapping[str, int], had: Mapping[str, int]) -> dict[str, Counter[str]]:
    """The letters that the text seldom has, each with the ``short`` words (and their counts) that it makes known."""
    proofs: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, count in short.items():
        for _, letter in _shortened().get(word, ()):
            proofs[letter][word] = count
    return {letter: found for letter, found in proofs.items() if had.get(letter, 0) * SELDOM <= _weight(found)}


def _weight(found: Mapping[str, int]) -> int:
    """How many words lack a letter; what may be an abbreviation counts once, however often it stands."""
    return sum(1 if _is_bare(word) else count for word, count in found.items())


def _is_proof(found: Collection[str]) -> bool:
    return sum(1 if _is_bare(word) else 2 for word in found) >= PROVED


def _mended(piece: Piece, loss: Loss) -> Piece:
    if piece.grid:
        return replace(piece, grid=tuple(_mended_cell(cell, loss) for cell in piece.grid))
    letters = list(_letters_of(piece.text, loss))
    if not letters:
        return piece
    mended = put_letters(piece, letters)
    return replace(mended, remarks=(*mended.remarks, Remark(0, len(mended.text), DOUBT)))


def _mended_cell(cell: GridCell, loss: Loss) -> GridCell:
    held = _mended(Piece(cell.text, placements=cell.placements, remarks=cell.remarks), loss)
    return replace(cell, text=held.text, placements=held.placements, remarks=held.remarks)


def _letters_of(text: str, loss: Loss) -> Iterator[Letter]:
    """The letters that go back into ``text``, in order, where a word or two halves of one have a certain reading."""
    done = -1
    for start, word in sorted(_gaps(text, loss), key=lambda gap: (gap[0], -len(gap[1]))):
        reading = _reading(word, loss) if start > done else None
        if reading and (reading[0] or text[start].islower()):  # a capital is another letter of the font, and stays
            at, letter = reading
            done = start + len(word)
            yield Letter(start + at, start + at + (word[at : at + 1] == " "), letter)


def _gaps(text: str, loss: Loss | None = None) -> Iterator[tuple[int, str]]:
    """Where a word starts that may lack a letter, and the word in lower case; two halves with a space between too."""
    every = [*_WORD.finditer(text)]
    spoken = {found.start(): found for found in every if _may_lack(text, *found.span())}
    named = _named(loss.letters) if loss else frozenset()
    for found in spoken.values():
        word = found.group().lower()
        if word not in known_words() or word in named:
            yield found.start(), word
    for left, right in pairwise(every):  # "142 ng ời": what stands behind a number is no unit if it is half a word
        halves = left.group().lower(), right.group()
        near = right.start() in spoken and right.start() == left.end() + 1 and right.group().islower()
        if (
            near
            and known_words().keys().isdisjoint(halves)
            and (left.start() in spoken or " ".join(halves) in _shortened())
        ):
            yield left.start(), " ".join(halves)


def _may_lack(text: str, start: int, end: int) -> bool:
    """Whether letters may be a word that lost one: no capitals, and without a vowel no unit, initial (V.) or times."""
    word = text[start:end]
    if word.isupper() and len(word) > 1:
        return False
    if not _is_bare(word.lower()):
        return True
    marked = text[end : end + 1] in (".", "'") or text[start - 1 : start] in ("'", "’")
    return word.islower() and not marked and word != "x" and not _AFTER_NUMBER.search(text, max(0, start - 2), start)


def _reading(word: str, loss: Loss) -> tuple[int, str] | None:
    """Where which lost letter makes a word (lower case) whole again; None where that is not certain.

    >>> horned = Loss(frozenset("ư"), frozenset("ư"), gapped=False)
    >>> _reading("nhng", horned), _reading("kinh", horned), _reading("robot", horned)
    ((2, 'ư'), None, None)
    """
    if len(word) == 1 and len(loss.letters) > 1:
        return None
    reading = _certain(word, loss)
    if reading is None and len(loss.letters) == 1 and " " not in word and word not in _shortened():
        reading = _as_a_syllable(word, *loss.letters)
    if reading is None or reading[1] not in loss.letters:
        return None
    at, letter = reading
    if loss.gapped and " " not in word:  # it may be half a word, if it lost a vowel
        return reading if _is_bare(letter) else None
    is_sure = len(loss.letters) == 1 or not _is_bare(word) or 0 < at < len(word)
    return reading if is_sure else None


def _certain(word: str, loss: Loss) -> tuple[int, str] | None:
    """How ``word`` becomes a known one by a letter that the text seldom has, if all other ways are unusual."""
    readings = {
        (at, letter): count for (at, letter), count in _shortened().get(word, {}).items() if letter in loss.rare
    }
    usual = max(readings, key=lambda reading: (readings[reading], reading), default=None)
    return usual if usual and readings[usual] >= CERTAIN * (sum(readings.values()) - readings[usual]) else None


def _as_a_syllable(word: str, letter: str) -> tuple[int, str] | None:
    """Where ``letter`` makes a syllable of a word that is none; None where it does not, or in several ways."""
    if len(word) >= LONGEST or is_syllable(word):
        return None
    fitting = [at for at in range(len(word) + 1) if is_syllable(word[:at] + letter + word[at:])]
    return (fitting[0], letter) if len(fitting) == 1 else None


@cache
def known_words() -> Mapping[str, int]:
    """The words that reports are made of, in lower case, and how often they stand in ``models/``.

    However many spellings an indicator has, a word of theirs counts once.
    """
    told: defaultdict[str, set[str]] = defaultdict(set)
    for file, columns in _TABLES.items():
        for number, row in enumerate(read_rows(file)):
            cells = " ".join(row[column] for column in columns)
            told[row.get("indicator") or f"{file}:{number}"].update(_LETTER_RUN.findall(cells))
    spoken = Counter(word for words_of_one in told.values() for word in words_of_one if word.islower())
    return {word: count for word, count in spoken.items() if is_syllable(word) and not _is_bare(word)}


@cache
def _shortened() -> Mapping[str, Mapping[tuple[int, str], int]]:
    """What is left of each known word without one of its letters, or with a space there → where which letter goes."""
    short: defaultdict[str, dict[tuple[int, str], int]] = defaultdict(dict)
    for word, count in known_words().items():
        for at, letter in enumerate(word):
            if not letter.isascii():
                short[word[:at] + word[at + 1 :]][at, letter] = count
                if 0 < at < len(word) - 1:
                    short[word[:at] + " " + word[at + 1 :]][at, letter] = count
    return short


def _named(lost: Collection[str]) -> frozenset[str]:
    """The words that are syllables without their lost letter too, and are mended all the same."""
    named = ((word, letter) for word in words("lost_letter") for letter in lost if letter in word)
    return frozenset(word.replace(letter, "", 1) for word, letter in named)


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
    unlike = [
        word for word in spoken if not is_syllable(word) and word not in _abbreviations() and _becomes_a_syllable(word)
    ]
    short = list(dict.fromkeys(unlike))
    is_loss = len(short) >= SHOWN and len(unlike) >= SHARE * len(spoken) and vietnamese_share(text) >= VIETNAMESE
    return short if is_loss else []


@lru_cache(maxsize=4096)
def _becomes_a_syllable(word: str) -> bool:
    """Whether one vowel more makes a syllable, a vowel that other languages do not have: their words rarely pass."""
    return len(word) < LONGEST and any(
        is_syllable(word[:at] + letter + word[at:]) for at in range(len(word) + 1) for letter in _VOWELS
    )


@cache
def _abbreviations() -> frozenset[str]:
    """Units and abbreviations, which are no syllables and lack nothing."""
    units = {row["unit"].lower() for row in read_rows("vocabulary/units.csv")}
    return frozenset(units | {row["short"].lower() for row in read_rows("catalogue/abbreviations.csv")})


def _is_bare(word: str) -> bool:
    """Whether a word has no vowel: it may be an abbreviation."""
    return not any(letter in "aeiouy" for letter in unicodedata.normalize("NFD", word))
