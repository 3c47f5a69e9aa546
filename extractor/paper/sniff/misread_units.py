"""Units and words of time beside numbers of which recognition misread a letter: ``645 ughìn con``, ``THẮNG 9``.

In: the paragraphs and cells of a file. Out: the same, each mended word under the doubt ``ocr_unit`` or ``ocr_period``
with the word as it was read. The hard idea: a slip makes another word, so only what stands beside a number that was
recognised from a picture is asked, and only where one unit or word of time of ``models/`` is certain. Two syllables
that make a unit prove a slip in either of them; alone only what is no Vietnamese syllable is one, and what reports use
is left as it is, unless it is a word of time but for an accent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from extractor.domain.document import Remark
from extractor.domain.letters import without_accents
from extractor.domain.lexicon import group_words, read_rows
from extractor.paper.sniff.lost_letters import known_words
from extractor.paper.sniff.syllables import is_syllable
from extractor.paper.structure.flow import GridCell, Letter, Piece, put_letters

DOUBT, TIME_DOUBT = "ocr_unit", "ocr_period"
LONG = 3  # letters from which one that is another letter altogether still leaves a word to be told
_TIME = re.compile(
    r"(?<!\w)(?P<quarter>[^\W\d_]{3})(?=\s(?:IV|I{1,3})(?!\w))|(?<!\w)(?P<year>[^\W\d_]{3})(?=\s(?:19|20)\d\d(?!\d|[.,]\d))"
    r"|(?<!\w)(?P<month>[^\W\d_]{5})(?=\s(?:1[0-2]|0?[1-9])(?!\d|[.,]\d))"
    r"|^(?P<estimate>[^\W\d_]{3})(?=\s[^\W\d_])"
    r"|(?<=\d\s)(?P<months>[^\W\d_]{5})(?=\s[^\W\d_]+(?:\s[^\W\d_]{3})?\s(?:19|20)\d\d)"
)
"""Where a word of time stands: by the number beside it, and by how long it is; that of an estimate opens a head."""
_SHORT = re.compile(
    r"(?<![\w/.,-])(?:(?:[2-9]|1[0-2])T?(?P<behind>1)|(?P<before>1)[3-9])(?=\s?/\s?(?:19|20)\d\d(?![\d/]))"
)
"""``T`` was taken for ``1`` in the head of a column: ``61/2022`` and ``6T1/2022`` for ``6T/2022``, ``14/2023``."""
_TAKEN = re.compile(r"(?<![^\s])\u0111([^\W\d_]+)\)")
"""``(l`` was taken for ``đ``: ``điều)`` for ``(liều)``."""
_UNIT = re.compile(r"(?<=\d)\s?(?P<first>[^\W\d_]{2,})(?: (?P<second>[^\W\d_]{2,}))?(?!\w)")


def mend_misread(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with the units and words of time mended that were recognised from a picture and misread."""
    return [_mended(piece) if _is_recognised(piece) else piece for piece in pieces]


def _is_recognised(piece: Piece | GridCell) -> bool:
    cells = piece.grid if isinstance(piece, Piece) else ()
    return any(placement.confidence < 1 for placement in piece.placements) or any(map(_is_recognised, cells))


def _mended(piece: Piece) -> Piece:
    slips, brackets = list(_slips(piece.text)), list(_lost_brackets(piece.text))
    quarters = list(_misread_quarters(piece.text))
    grid = tuple(_mended_cell(_with_short_months(cell) if cell.header else cell) for cell in piece.grid)
    if not slips and not brackets and not quarters:
        return replace(piece, grid=grid) if grid != piece.grid else piece
    letters = [
        Letter(start + at, start + at + 1, meant[at])
        for start, word, meant, _ in slips
        for at in _differing(word, meant)
    ]
    for at in brackets:
        letters += [Letter(at, at, "("), Letter(at, at + 1, "l")]
    letters += quarters
    remarks = [Remark(start, start + len(word), doubt, word) for start, word, _, doubt in slips]
    remarks += [Remark(at, at + 1, DOUBT, piece.text[at]) for at in brackets]
    remarks += [Remark(put.start, put.end, TIME_DOUBT, piece.text[put.start : put.end]) for put in quarters]
    return put_letters(replace(piece, grid=grid, remarks=(*piece.remarks, *remarks)), sorted(letters))


def _mended_cell(cell: GridCell) -> GridCell:
    held = _mended(Piece(cell.text, placements=cell.placements, remarks=cell.remarks))
    return replace(cell, text=held.text, placements=held.placements, remarks=held.remarks)


def _with_short_months(cell: GridCell) -> GridCell:
    """The head of a column with the ``T`` of months written short that was taken for the 1 of a month that is none."""
    sign = group_words("month")[0][0].upper()
    letters, remarks = [], list(cell.remarks)
    for found in _SHORT.finditer(cell.text):
        at, end = found.span("behind" if found["behind"] else "before")
        letters.append(Letter(at, end, "" if cell.text[at - 1 : at] == sign else sign))
        remarks.append(Remark(found.start(), found.end(), TIME_DOUBT, found[0]))
    if not letters:
        return cell
    held = put_letters(Piece(cell.text, placements=cell.placements, remarks=tuple(remarks)), letters)
    return replace(cell, text=held.text, placements=held.placements, remarks=held.remarks)


def _slips(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Where a misread syllable stands, the syllable, what it was and under which doubt; no two overlap."""
    for found in _UNIT.finditer(text):
        first, second = found["first"], found["second"] or ""
        if meant := _meant(first, second):
            yield found.start("first"), first, meant, DOUBT
        if second and (behind := _meant_behind(meant or first, second)):
            yield found.start("second"), second, behind, DOUBT
    for found in _TIME.finditer(text):
        role = str(found.lastgroup)
        if meant := _meant_in_time(found[0], role.removesuffix("s"), opens=not found.start()):
            yield found.start(), found[0], meant, TIME_DOUBT


def _misread_quarters(text: str) -> Iterator[Letter]:
    """The numerals of quarters whose strokes were taken for other letters: ``quý H`` and ``quý lI`` for ``quý II``.

    >>> [put.letter for put in _misread_quarters("Quý I, quý H, quý lll và quý lV; hộ H, quý IV")]
    ['II', 'III', 'IV']
    """
    [word] = group_words("quarter")
    for found in re.finditer(rf"(?<!\w)(?i:{word})\s(?P<numeral>H|[Il|]{{1,3}}|[l|]V)(?!\w)", text):
        meant = re.sub("[l|]", "I", found["numeral"].replace("H", "II"))
        if meant != found["numeral"]:
            yield Letter(*found.span("numeral"), meant)


def _lost_brackets(text: str) -> Iterator[int]:
    """Where a bracket and the first letter of the unit in it were taken for one letter, in the head of a column.

    >>> list(_lost_brackets("Lở mồm long móng điều)")), list(_lost_brackets("Số xã (đã điều)"))
    ([17], [])
    """
    for found in _TAKEN.finditer(text):
        is_open = text.rfind("(", 0, found.start()) > text.rfind(")", 0, found.start())
        if not is_open and f"l{found[1]}" in _units()[0]:
            yield found.start()


def _meant_in_time(word: str, role: str, *, opens: bool) -> str:
    """The word of time that ``word`` beside a number was; empty where it is that, another, or a name (Việt Nam 2023).

    >>> _meant_in_time("THẮNG", "month", opens=False), _meant_in_time("Năn", "year", opens=True)
    ('THÁNG', 'Năm')
    >>> _meant_in_time("Nam", "year", opens=False), _meant_in_time("quí", "quarter", opens=False)
    ('', '')
    >>> _meant_in_time("Uốc", "estimate", opens=True), _meant_in_time("Các", "estimate", opens=True)
    ('Ước', '')
    """
    if word.istitle() and not opens:
        return ""
    [meant] = group_words(role)
    low = word.lower()
    is_accent = without_accents(low) == without_accents(meant) and not low.isascii()
    differing = _differing(low, meant)
    is_slip = len(differing) == 1 and role not in ("quarter", "estimate") and low not in used_words()
    if not differing or not (is_accent or is_slip):
        return ""
    return "".join(b.upper() if a.isupper() else b for a, b in zip(word, meant, strict=True))


def _meant(word: str, behind: str) -> str:
    """The first syllable of a unit that ``word`` was, with ``behind`` next to it; empty where that is not certain.

    >>> _meant("triện", "đồng"), _meant("đơi", "vị"), _meant("thể", "BHYT"), _meant("ughìn", "con")
    ('triệu', 'đơn', 'thẻ', 'nghìn')
    >>> _meant("thể", "loại"), _meant("đồ", "án"), _meant("loài", "")
    ('', '', '')
    """
    firsts, pairs, _ = _units()
    if not word.islower() or word in firsts or (word in used_words() and behind.islower()):
        return ""
    likely = [first for first, second in pairs if second == behind and len(_differing(word, first)) == 1]
    if not likely and not is_syllable(word) and len(word) >= LONG:
        likely = [first for first in firsts if len(_differing(word, first)) == 1 and is_syllable(first)]
    return likely[0] if len(likely) == 1 else ""


def _meant_behind(first: str, word: str) -> str:
    """The second syllable of the unit that begins with ``first``, which ``word`` was; empty where that is not certain.

    >>> _meant_behind("tài", "khoải"), _meant_behind("triệu", "đông"), _meant_behind("nghìn", "đảng")
    ('khoản', 'đồng', '')
    """
    _, pairs, multipliers = _units()
    if not word.islower() or (first, word) in pairs or (word in used_words() and first not in multipliers):
        return ""
    likely = [second for before, second in pairs if before == first and len(_differing(word, second)) == 1]
    likely = [
        second for second in likely if word not in used_words() or without_accents(second) == without_accents(word)
    ]
    return likely[0] if len(likely) == 1 else ""


def _differing(word: str, other: str) -> list[int]:
    """Where two words of one length differ; everywhere where one is longer."""
    if len(word) != len(other):
        return list(range(max(len(word), len(other))))
    return [at for at, (a, b) in enumerate(zip(word, other, strict=True)) if a != b]


@cache
def used_words() -> frozenset[str]:
    """The syllables that reports use, with those that go together with another (``weights/compounds.csv``)."""
    return frozenset(
        [*known_words(), *(row[part] for row in read_rows("weights/compounds.csv") for part in ("first", "second"))]
    )


@cache
def _units() -> tuple[frozenset[str], frozenset[tuple[str, str]], frozenset[str]]:
    """The first syllables of units in small letters, the first two of those that have more, and the multipliers."""
    rows = [(row["unit"].split(), row["kind"]) for row in read_rows("vocabulary/units.csv")]
    rows += [(row["noun"].split(), "") for row in read_rows("catalogue/counted_nouns.csv")]
    spelt = [(unit, kind) for unit, kind in rows if len(unit[0]) > 1 and unit[0].isalpha() and unit[0].islower()]
    multipliers = frozenset(unit[0] for unit, kind in spelt if kind == "multiplier")
    pairs = {(unit[0], unit[1]) for unit, _ in spelt if unit[1:]}
    money = {unit[0] for unit, kind in spelt if kind == "money" and not unit[1:]}
    pairs |= {(multiplier, currency) for multiplier in multipliers for currency in money}
    return frozenset(unit[0] for unit, _ in spelt), frozenset(pairs), multipliers
