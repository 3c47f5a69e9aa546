"""Words that recognition misread by an accent or a letter: ``bội chỉ`` for ``bội chi``, ``trung tương``.

In: the paragraphs and cells of a file. Out: the same, each mended word under the doubt ``ocr_word`` with the word as it
was read. The hard idea: most slips make another Vietnamese word, so no word proves one by itself. Three things must
meet: recognition was less sure of the word than it is of clean print, nobody writes it beside either neighbour, and one
other word, the same but for its accents or a letter, goes firmly together with a neighbour: in reports
(``weights/compounds.csv``), or, for a name, time and again in this file. Other words do not prove each other there: a
font in which one slip is usual has it time and again. Less proof is asked of a word in capitals (``CHÍ SỐ``), or one
that no report uses, which another tone above the same letter, marked there, makes one that they do (``tống số``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain, pairwise
from typing import NamedTuple

from extractor.domain.document import Remark
from extractor.domain.folding import TONES, fold_spelling, fold_syllable
from extractor.domain.letters import in_capitals_of, without_accents
from extractor.domain.lexicon import read_rows
from extractor.paper.sniff.misread_units import used_words
from extractor.paper.structure.flow import GridCell, Letter, Piece, put_letters

DOUBT = "ocr_word"
CLEAN = 0.96  # the confidence of a word from which it was read as well as print can be
CLEAN_CAPITALS = 0.97  # of a word in capitals, above which a tone is small
JOINED = 5  # bits from which two syllables go firmly together
SUSPECTED = 3  # bits from which a word beside others is doubted, if not mended
LONG = 5  # letters from which another letter leaves a word to be told by one neighbour
OFTEN = 3  # times that two words stand together in a file that has them so
_WORD = re.compile(r"[^\W\d_]+")


class Slip(NamedTuple):
    """Where a misread word stands, the word, and what it was."""

    start: int
    word: str
    meant: str


class Joined(NamedTuple):
    """What goes together behind each word, and before it, in bits; the word is without accents: they may be misread."""

    after: Mapping[str, Mapping[str, int]]
    ahead: Mapping[str, Mapping[str, int]]


def mend_words(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with the words mended that were recognised from a picture and misread."""
    parts: list[Piece | GridCell] = [*pieces, *(cell for piece in pieces for cell in piece.grid)]
    if not any(map(_has_unsure, parts)):
        return list(pieces)
    own = _joined_in([part.text for part in parts])
    return [_mended(piece, own) for piece in pieces]


def _has_unsure(part: Piece | GridCell) -> bool:
    return any(placement.confidence < CLEAN_CAPITALS for placement in part.placements)


def _mended(piece: Piece, own: Joined) -> Piece:
    grid = tuple(_mended_cell(cell, own) for cell in piece.grid)
    slips = list(_unsure_slips(piece, own))
    if not slips:
        return replace(piece, grid=grid) if grid != piece.grid else piece
    letters = [Letter(slip.start + at, slip.start + at + n, put) for slip in slips for at, n, put in _edits(slip)]
    remarks = [Remark(slip.start, slip.start + len(slip.word), DOUBT, slip.word) for slip in slips]
    return put_letters(replace(piece, grid=grid, remarks=(*piece.remarks, *remarks)), letters)


def _mended_cell(cell: GridCell, own: Joined) -> GridCell:
    if not _has_unsure(cell):
        return cell
    held = _mended(Piece(cell.text, placements=cell.placements, remarks=cell.remarks), own)
    return replace(cell, text=held.text, placements=held.placements, remarks=held.remarks)


def _unsure_slips(piece: Piece, own: Joined) -> Iterator[Slip]:
    """The slips of a recognised paragraph among the words that were read less surely than clean print."""
    for slip in find_slips(piece.text, own=own) if _has_unsure(piece) else ():
        least = CLEAN_CAPITALS if slip.word.isupper() else CLEAN
        end = slip.start + len(slip.word)
        if any(p.confidence < least and p.start < end and slip.start < p.end for p in piece.placements):
            yield slip


def find_slips(text: str, bits: int = JOINED, own: Joined | None = None) -> Iterator[Slip]:
    """The words of a text that were others, if it was recognised.

    Others are proved by syllables that go together by as many ``bits``, a name inside a sentence by its ``own`` file.
    """
    found = [*_WORD.finditer(text)]
    words = [fold_syllable(each.group().lower()) for each in found]
    near = [text[a.end() : b.start()] == " " for a, b in pairwise(found)]
    for n, each in enumerate(found):
        before = words[n - 1] if n and near[n - 1] else ""
        behind = words[n + 1] if n < len(near) and near[n] else ""
        joined = own if n and each.group().istitle() else _joined()
        if not joined:
            continue
        meant = meant_between(before, words[n], behind, joined, bits)
        if not meant:
            likely = meant_between(before, words[n], behind, joined, SUSPECTED)
            meant = likely if is_lost_in_print(each.group(), likely) else ""
        if meant:
            yield Slip(each.start(), each.group(), in_capitals_of(meant, each.group()))


def is_lost_in_print(word: str, other: str) -> bool:
    """Whether a word differs from another one in the tone alone, where tones are small on paper.

    They are above capitals, and above a letter that bears a mark already; such a word counts if no report uses it.

    >>> is_lost_in_print("tống", "tổng"), is_lost_in_print("tóc", "tốc"), is_lost_in_print("mổ", "mở")
    (True, False, False)
    >>> is_lost_in_print("nắm", "năm"), is_lost_in_print("kẻ", "kế"), is_lost_in_print("kẻ", "ké")
    (False, False, False)
    >>> is_lost_in_print("CHÍ", "chỉ"), is_lost_in_print("chí", "chỉ"), is_lost_in_print("QUA", "quả")
    (True, False, False)
    """
    (tone, bare), (other_tone, other_bare) = map(_without_tone, (fold_syllable(word.lower()), other))
    is_small = word.isupper() or (bare != without_accents(bare) and word.lower() not in used_words())
    return bare == other_bare and bool(tone and other_tone) and is_small


def _without_tone(word: str) -> tuple[str, str]:
    """The tone of a word, and the word without it."""
    letters = unicodedata.normalize("NFD", word)
    tone = "".join(letter for letter in letters if letter in TONES)
    return tone, unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in TONES))


def meant_between(before: str, word: str, behind: str, joined: Joined, bits: int = JOINED) -> str:
    """The word that ``word`` between two others was (all folded, empty for none); empty where it stands.

    >>> places = Joined({"huyen": {"đại": JOINED}}, {"khe": {"đại": JOINED, "tân": JOINED}})
    >>> meant_between("huyện", "đai", "khê", places), meant_between("huyện", "tân", "khê", places)
    ('đại', '')
    """
    beside = joined.after.get(without_accents(before), {}), joined.ahead.get(without_accents(behind), {})
    if any(word in others for others in beside):
        return ""
    left, right = ({other for other, n in others.items() if n >= bits and _is_near(word, other)} for others in beside)
    either = left | right
    if len(either) != 1:
        return ""
    [meant] = either
    is_accent = without_accents(meant) == without_accents(word)
    return meant if is_accent or len(word) >= LONG or (left and right) else ""


@cache
def _joined() -> Joined:
    """What goes together in reports; syllables of one word stand beside each other and prove no other."""
    rows = ((row["first"], row["second"], int(row["bits"])) for row in read_rows("weights/compounds.csv"))
    spelt = (fold_spelling(row["word"]).split() for row in read_rows("vocabulary/word_classes.csv"))
    return _joined_by(chain(rows, ((a, b, 0) for word in spelt for a, b in pairwise(word))))


def _joined_in(texts: Iterable[str]) -> Joined:
    """What stands together time and again in a file."""
    counts = Counter(
        (fold_syllable(a.group().lower()), fold_syllable(b.group().lower()))
        for text in texts
        for a, b in pairwise(_WORD.finditer(text))
        if text[a.end() : b.start()] == " "
    )
    return _joined_by((first, second, JOINED) for (first, second), count in counts.items() if count >= OFTEN)


def _joined_by(pairs: Iterable[tuple[str, str, int]]) -> Joined:
    after: defaultdict[str, dict[str, int]] = defaultdict(dict)
    ahead: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for first, second, bits in pairs:
        for others, word, other in (after, first, second), (ahead, second, first):
            bare = without_accents(word)
            others[bare][other] = max(bits, others[bare].get(other, 0))
    return Joined(after, ahead)


def _is_near(word: str, other: str) -> bool:
    """Whether two words are one but for their accents, or for one letter more, less or other."""
    if without_accents(word) == without_accents(other):
        return True
    if abs(len(word) - len(other)) > 1:
        return False
    head, tail = _shared(word, other)
    return max(len(word), len(other)) - head - tail <= 1


def _shared(word: str, other: str) -> tuple[int, int]:
    """How many letters two words share at their beginning, and of the rest at their end."""
    least = min(len(word), len(other))
    head = next((n for n in range(least) if word[n] != other[n]), least)
    tail = next((n for n in range(least - head) if word[-1 - n] != other[-1 - n]), least - head)
    return head, tail


def _edits(slip: Slip) -> Iterator[tuple[int, int, str]]:
    """Where which letters of a slip are replaced, left out or put in."""
    head, tail = _shared(slip.word, slip.meant)
    old, new = slip.word[head : len(slip.word) - tail], slip.meant[head : len(slip.meant) - tail]
    if len(old) == len(new):
        yield from ((head + n, 1, b) for n, (a, b) in enumerate(zip(old, new, strict=True)) if a != b)
    else:
        yield head, len(old), new
