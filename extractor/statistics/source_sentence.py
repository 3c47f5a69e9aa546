"""Where a figure comes from, as a reader wants it: the sentence around it, with the names of private persons masked.

Reports name people beside fines and allowances. Exports that travel further than the archive carry the sentence, not
the person: what follows an address (Ông, Bà, anh, chị, đồng chí …) in capitals becomes ``[tên]``, and where somebody
was masked the house address beside the name becomes ``[địa chỉ]``; a firm named beside a fine becomes ``[tên]`` too.
Offsets always point into the unmasked text, which stays in the archive.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from extractor.domain.document import Document
from extractor.domain.folding import fold
from extractor.domain.messages import say
from extractor.statistics.catalogue import compiled, holds_word, words_of

ADDRESSES = r"(?i)(?<!\w){person_address}\s+(?=\w)"
FIRMS = r"(?i)(?<!\w){firm}\s+(?:{firm_form}\s+)*(?=\w)"
STREETS = r"(?i)(?<!\w){house}\d+[\w/]*\s+{street}\s+(?=\w)"
WORDS = "exports.csv"
LONGEST_NAME = 5
LONGEST_SENTENCE = 600


def sentence_span(document: Document, start: int, end: int) -> tuple[int, int]:
    """The half-open span of the sentence that holds ``start:end``, inside its block; at most some 600 characters."""
    text = document.text
    starts = [b.start for b in document.blocks]
    at = bisect_right(starts, start) - 1
    if at >= 0 and document.blocks[at].end >= end:
        block = document.blocks[at]
        first, last = (block.content if block.start < block.content <= start else block.start), block.end
    else:
        first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        last = len(text) if last < 0 else last
    first, last = max(first, start - LONGEST_SENTENCE), min(last, end + LONGEST_SENTENCE)
    for mark in (". ", "; "):
        if last - first <= LONGEST_SENTENCE and mark == "; ":
            break
        first = max(first, text.rfind(mark, first, start) + len(mark) if text.rfind(mark, first, start) >= 0 else first)
        stop = text.find(mark, end, last)
        last = stop + 1 if stop >= 0 else last
    return first, last


def sentence_of(document: Document, start: int, end: int) -> str:
    """The sentence around ``start:end`` in one line."""
    first, last = sentence_span(document, start, end)
    return " ".join(document.text[first:last].split())


def context_of(name: str | None, sentence: str) -> str:
    """The surroundings of a figure for ``mask_names``: money under a firm's own name is a fine or a payment."""
    return f"{sentence} {words_of('fine')[0]}" if name and compiled(FIRMS).match(name) else sentence


@lru_cache(maxsize=4096)
def mask_names(text: str, *, context: str | None = None) -> str:
    """``text`` without names of private persons; ``context`` (its sentence) tells whether firms stand beside a fine.

    >>> mask_names("Ông Trần Văn Mẫu - số 12 đường Lê Lợi: 15.000.000 đồng")
    'Ông [tên] - [địa chỉ]: 15.000.000 đồng'
    >>> mask_names("đồng chí Phó Chủ tịch UBND quận tiếp 01 lượt; đường Ông Ích Khiêm")
    'đồng chí Phó Chủ tịch UBND quận tiếp 01 lượt; đường Ông Ích Khiêm'
    """
    masked, people = _mask(text, ADDRESSES, name_mask(), least=2)
    around = fold(context if context is not None else text)
    if holds_word(around, "fine"):
        masked, firms = _mask(masked, FIRMS, name_mask(), least=1)
        people += firms
    if people:
        masked, _ = _mask(masked, STREETS, say(WORDS, "mask.address"), least=1, whole=True)
    return masked


def name_mask() -> str:
    """What stands for a name that is masked, the same in every language."""
    return say(WORDS, "mask.name")


def _mask(text: str, opening: str, mask: str, *, least: int, whole: bool = False) -> tuple[str, int]:
    """Put ``mask`` for the capitalised words after ``opening`` (with ``whole``, for both), and say how often."""
    out: list[str] = []
    at = count = 0
    for found in compiled(opening).finditer(text):
        if found.start() < at or _names_a_place(text, found.start()):
            continue
        end, words = _capitals(text, found.end())
        if words < least:
            continue
        out.append(text[at : found.start() if whole else found.end()])
        out.append(mask)
        at, count = end, count + 1
    out.append(text[at:])
    return "".join(out), count


def _names_a_place(text: str, start: int) -> bool:
    """Whether a place is called after somebody: ``đường Ông Ích Khiêm``."""
    before = text[max(0, start - 12) : start].split()
    return bool(before) and before[-1].lower() in words_of("named_place")


def _capitals(text: str, start: int) -> tuple[int, int]:
    """Where the run of capitalised words from ``start`` ends, and how many there are; a title makes it empty.

    ``đồng chí Phó Chủ tịch`` names nobody.
    """
    end = at = start
    words = 0
    while words < LONGEST_NAME:
        stop = at
        while stop < len(text) and text[stop].isalpha():
            stop += 1
        word = text[at:stop]
        if not word or not word[0].isupper() or (words == 0 and word.lower() in words_of("office_title")):
            break
        words, end = words + 1, stop
        if text[stop : stop + 1] != " ":
            break
        at = stop + 1
    return end, words
