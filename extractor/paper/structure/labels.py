"""The labels that open a section or a list item: ``II.``, ``2.1.``, ``3.1``, ``1/``, ``a)``, ``*``, ``-``, ``+``.

In comes the text of a paragraph, out comes every reading that its first characters allow; ``I.`` may be the Roman one
or the letter after ``H.``. Which reading holds depends on what stood before and is the outline's business, so a number
that merely begins a sentence (``06 Đình``, ``100% chỉ tiêu``, ``2023 là năm``) may still be offered here as a weak one.
All patterns are anchored and free of nested quantifiers: reading a label takes constant time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from extractor.domain.letters import ALPHABET, CAPITALS, ONE_CAPITAL, ONE_SMALL
from extractor.domain.lexicon import worth
from extractor.paper.structure.part_words import compiled

LATIN = "abcdefghijklmnopqrstuvwxyz"  # the order that some writers count by


class Style(IntEnum):
    """How a label counts; the smaller one is the outer one where the document itself does not say otherwise."""

    ANNEX = 0  # Phụ lục I, Biểu số 02
    PART = 1  # Phần I, PHẦN THỨ NHẤT
    CHAPTER = 2  # Chương II, Mục 1
    UPPER = 3  # A.
    ROMAN = 4  # II.
    ARABIC = 5  # 1.  1/  1-
    DOTTED = 6  # 2.1.  3.1  5.2.1.
    LOWER = 7  # a)  đ.
    PAREN = 8  # 1)  (1)
    STAR = 9  # *


@dataclass(frozen=True, slots=True)
class Label:
    """One reading of the label at the head of a paragraph."""

    style: Style
    numbers: tuple[int, ...]  # (2, 1) for "2.1."; for letters the places they may have, in either order of letters
    text: str  # as printed, without the space after it
    end: int  # offset of the first character after label and space
    weak: bool = False  # only a document that counts this way makes it a label: "3 Tổ chức", "b. Về …"
    under: str = ""  # the outer label that is printed with it: "II" of "II.2.1.", "a" of "a.1)"


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_PART = (
    r"(?i)(?P<label>(?P<word>(?P<part>{part_word})|{chapter_word})\s+"
    r"(?:(?P<ordinal>{ordinal}\s+\w{2,5})|(?P<roman>[IVXLC]{1,6})|(?P<number>\d{1,2}))\b)"
    r"(?P<stop>\s*[.:\-–])?\s*"
)
_ANNEX = (
    r"(?i)(?P<label>{annex}(?:\s+{number})?"
    r"(?:\s*[:.]?\s*(?:(?P<roman>[IVXLC]{1,6})|(?P<number>\d{1,2}))(?![\w/]))?)"
    r"(?P<stop>\s*[.:\-–])?\s*"
)
_COMPOUND = re.compile(
    r"(?P<roman>[IVX]{1,5})\.(?P<rest>\d{1,2}(?:\.\d{1,2}){0,3})(?P<stop>[.:)]?)(?:\s+|(?=[^\W\d_]))"
)
_ROMAN_LABEL = re.compile(r"(?P<roman>[IVXLC]{1,6})\s?(?P<stop>[.\-–/):]|\.\s?-)?(?:\s+|(?<=[.\-–/):])(?=[^\W\d_]))")
_UPPER = re.compile(rf"(?P<letter>[{ONE_CAPITAL}])\s?(?P<stop>[.\-–/):])(?:\s+|(?=[{CAPITALS}]{{2}}))")
_DOTTED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,4})(?P<stop>[./):\-–])?(?:\s+|(?<=[./):])(?=[^\W\d_]))")
_ARABIC = re.compile(r"(?P<number>\d{1,2})(?P<stop>\s?[./\-–:])?(?:\s+|(?<=[./\-–])(?=[^\W\d_]))")
_PAREN = re.compile(r"(?:\((?P<inner>\d{1,2})\)|(?P<number>\d{1,2})\s?\))\s*(?=\S)")
_LOWER = re.compile(rf"(?P<letter>[{ONE_SMALL}])(?P<sub>\.?\d{{1,2}})?\s?(?P<stop>[)./\-–])(?:\s+|(?<=\))(?=\S))")
_STAR = re.compile(r"[*∗＊]{1,3}\s*(?=\S)")
_ITEM = re.compile(
    r"(?P<mark>[-–—−]|[+•●▪◦■□○◆➢✓\uf0b7\uf0a7\uf0d8\uf02d\uf0fc])\s*(?=[^\s\d])|(?P<spaced>[-–—−+])\s+(?=\S)"
)


def item_mark(text: str) -> tuple[str, int] | None:
    """The mark of a list item at the head of ``text`` (every dash is "-") and the offset after it, or None.

    >>> item_mark("- Kế hoạch vốn năm 2023"), item_mark("-5,2% so cùng kỳ")
    (('-', 2), None)
    """
    found = _ITEM.match(text)
    if not found:
        return None
    mark = found["mark"] or found["spaced"]
    return ("-" if mark in "–—−" else mark), found.end()


def star_mark(text: str) -> int:
    """The offset after the star(s) at the head of ``text``, 0 where there are none."""
    found = _STAR.match(text)
    return found.end() if found else 0


def roman_value(text: str) -> int:
    """The value of a Roman number in its one right spelling, 0 for anything else (``IIII``, ``VX``)."""
    total = 0
    for at, letter in enumerate(text):
        value = _ROMAN.get(letter, 0)
        if not value:
            return 0
        total += -value if _ROMAN.get(text[at + 1 : at + 2], 0) > value else value
    return total if _roman(total) == text else 0


def _roman(value: int) -> str:
    written = ""
    for text, size in (
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ):
        while value >= size:
            written += text
            value -= size
    return written


def letter_places(letter: str) -> tuple[int, ...]:
    """The places of ``letter`` in the two orders of letters: đ is 5 or none, e is 6 or 5."""
    return tuple(dict.fromkeys(order.index(letter) + 1 for order in (ALPHABET, LATIN) if letter in order))


def read_labels(text: str) -> list[Label]:
    """Every reading of the label that opens ``text``, the likeliest first; empty where it opens with none.

    >>> [(label.text, label.style.name, label.numbers) for label in read_labels("3.1 Tổ chức các hoạt động")]
    [('3.1', 'DOTTED', (3, 1))]
    >>> read_labels("06 Đình, Đền"), read_labels("9/10 phường"), read_labels("2023 là năm")
    ([], [], [])
    """
    if not text:
        return []
    first = text[0]
    if first.isdigit() or first == "(":
        return _numbered(text)
    if first == "*":
        end = star_mark(text)
        return [Label(Style.STAR, (), text[:end].strip(), end)] if end else []
    return _lettered(text) if first.isalpha() else []


def _numbered(text: str) -> list[Label]:
    if found := _PAREN.match(text):
        return [_label(Style.PAREN, (int(found["inner"] or found["number"]),), found)]
    if found := _DOTTED.match(text):
        return _dotted(found, text[found.end() : found.end() + 1])
    if found := _ARABIC.match(text):
        return _arabic(found, text[found.end() : found.end() + 1])
    return []


def _label(
    style: Style, numbers: tuple[int, ...], found: re.Match[str], *, weak: bool = False, under: str = ""
) -> Label:
    return Label(style, numbers, found[0].strip(), found.end(), weak, under)


def _dotted(found: re.Match[str], follows: str) -> list[Label]:
    """``3.1 Tổ chức`` and ``3.1. tổ chức``, neither ``3.1 tổ`` nor ``3.01``; ``follows`` is the letter behind it."""
    parts = found["number"].split(".")
    weak = not found["stop"]
    if not follows or (weak and not follows.isupper()) or any(part.startswith("0") for part in parts):
        return []
    return [_label(Style.DOTTED, tuple(map(int, parts)), found, weak=weak)]


def _arabic(found: re.Match[str], follows: str) -> list[Label]:
    """``3. Tổ chức``, ``3 Tổ chức``; neither ``03.`` nor ``9/10``; ``follows`` is the letter behind it."""
    number, stop = found["number"], (found["stop"] or "").strip()
    if number.startswith("0") or not follows or (not stop and not follows.isupper()):
        return []
    if follows.isdigit() and stop != ".":
        return []
    return [_label(Style.ARABIC, (int(number),), found, weak=stop not in (".", "/"))]


def _lettered(text: str) -> list[Label]:
    found = compiled(_PART).match(text) or compiled(_ANNEX).match(text)
    if found:
        return _worded(text, found)
    labels: list[Label] = []
    if (found := _COMPOUND.match(text)) and roman_value(found["roman"]):
        return [_label(Style.DOTTED, tuple(map(int, found["rest"].split("."))), found, under=found["roman"])]
    if (found := _ROMAN_LABEL.match(text)) and (value := roman_value(found["roman"])):
        labels.append(_label(Style.ROMAN, (value,), found, weak=not found["stop"]))
    if found := _UPPER.match(text):
        labels.append(_label(Style.UPPER, letter_places(found["letter"].lower()), found))
    if found := _LOWER.match(text):
        if found["sub"]:
            return [_label(Style.DOTTED, (int(found["sub"].lstrip(".")),), found, under=found["letter"])]
        labels.append(_label(Style.LOWER, letter_places(found["letter"]), found, weak=found["stop"] != ")"))
    return labels


def _worded(text: str, found: re.Match[str]) -> list[Label]:
    """``Phần I``, ``Phụ lục 02``: a label only where a stop, the end of the line or a capital follows it."""
    groups = found.groupdict()
    rest = text[found.end() :]
    spelt = groups.get("ordinal")
    value = (
        worth(spelt.split()[-1], "ordinal", "digit", "ten")
        if spelt
        else roman_value(groups["roman"].upper())
        if groups["roman"]
        else int(groups["number"] or 0)
    )
    word = (groups.get("word") or "").lower()
    annexed = text[:1].upper() == "P"  # "Phụ lục" may stand without a number, "Biểu" then is a word like any other
    if not value and (word or not annexed):
        return []
    if rest and not found["stop"] and not rest[:1].isupper() and not rest.startswith("("):
        return []
    style = Style.ANNEX if not word else Style.PART if groups["part"] else Style.CHAPTER
    return [Label(style, (value,), found["label"].strip(), found.end())]
