"""Digits as printed → exact decimals.

The style is decided once a document: ``.`` groups thousands and ``,`` marks decimals, unless the document proves
the English style (``1,284.5``); what proves none is read as its office prints (``number_styles.csv``). Many reports mix
them: per cents out of a spreadsheet (``102.6%``) beside amounts typed by hand (``198.437 ha``), so a point before
decimals proves nothing about thousands as long as no comma groups any. Within a style one shape has one reading; what
has none is refused, never bent. Recognition noise is read only inside a numeric token (``l2.500.000``, ``29 ,7 %``) and
always leaves a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from operator import and_
from typing import NamedTuple

import regex

from extractor.domain.letters import MARKED, true_letters
from extractor.domain.lexicon import kept_until_rows_change, number_words, read_rows
from extractor.language.lexer.tokens import Token, any_of, compiled, tokenize, words_of

STYLES = "vocabulary/number_styles.csv"
"""How numbers are printed where a text proves nothing; an office's own row lies over the package's."""


class Style(Enum):
    """Which mark groups thousands and which marks decimals."""

    VIETNAMESE = "1.284,5"
    ENGLISH = "1,284.5"
    MIXED = "1.284 and 1.5"


class Numeral(NamedTuple):
    """A number token. ``value`` is None where the token has no strict reading; ``decimals`` are those printed."""

    start: int
    end: int
    value: Decimal | None
    decimals: int = 0
    doubts: tuple[str, ...] = ()
    whole: bool = False  # digits only: no mark of thousands or decimals
    leading_zero: bool = False


# both begin with their first digit and look back from it: the engine then goes from digit to digit
_MEASURE = r"(?=\s?(?:%|{measure}))"
ENGLISH_PROOF = rf"\d(?<![\d.,/-]\d)(?:\d{{0,2}}(?:,\d{{3}})+\.\d+|\d*\.\d{{1,2}}{_MEASURE})(?![\d.,/-]\d)"
GROUPED_BY_COMMAS = r"\d(?<![\d.,/-]\d)(?:\d{0,2}(?:,\d{3})+)(?![\d,/-])"
VIETNAMESE_PROOF = (
    rf"\d(?<![\d.,/-]\d)(?:\d{{0,2}}(?:\.\d{{3}})+,\d+|\d*,\d{{1,2}}{_MEASURE}|\d{{0,2}}(?:\.\d{{3}}){{2,}})"
    r"(?![\d.,/-]\d)"
)

NUMERAL = r"""(?: (?<![\p{L}\d])
      | (?<=\p{Ll}{2}) (?=\d{1,3}(?:\.\d{3})+(?!\d)|\d+,\d+\s?%)  # "thu6.850.000đồng"
      | (?<=[MARKED]\p{Ll}{0,3}) (?<=\p{Ll}{2}) ) (?:  # "tăng1,2%": no code ends in such letters
        (?P<noisy> (?=[lIOo\d.,]*\d) (?=[\d.,]*[lIOo]) [\dlIOo] (?:[\dlIOo.,]*[\dlIOo])?
            (?![.,]*[\dlIOo]) (?!(?<=\dl)\s{liquid})
            (?!(?<=[lo])\p{L})  # "15lít", "12oC": the letter begins a unit
            (?=\s?%|\s\p{L}|\p{L}{2}|đ|\s*[;,.)/]|$) )
      | (?P<lost> (?<={moved}\s) \d{1,2}[ ]\d{1,2} (?=\s?%) )
      | (?P<parted> (?<={moved}\s|[ (][-+]) \d{1,3},[ ]\d{1,2} (?=\s?%) )
      | (?P<spaced> \d{1,3} (?:[ \u00a0]\d{3})+ (?:,\d+)? (?![\d.,]*\d) )
      | (?P<split> \d+ (?: [ ][.,] (?=\d) | [.,][ ] (?=\d{1,2}\s+(?:%|{scale})) ) \d+ (?!\d) )
      | (?P<grouped> \d{1,3} \.[ ] \d{3} (?:\.\d{3})*
            (?=\s?(?:{currency}|{scale})
              |(?<={counting}\s\d{1,3}\.\s\d{3})\s\p{Ll}  # "với 1. 420 phòng"
              |(?<=,\s\d{1,3}\.\s\d{3})\s{grouped_unit}(?!\p{L})) )
      | (?P<hundreds> [1-9] [ ]{hundred} (?=[ ]{scale}) )  # "3 tỷ 8 trăm triệu"
      | (?P<plain> \d (?:[\d.,]*\d)? )
    )""".replace("MARKED", MARKED)
_MISREAD = "lio"
"""Letters, folded, in the place of digits; a token may begin with a run of them."""
_REST = regex.compile(r"(?<=\d)[.,]\d[\d.,]*")
NOISE = str.maketrans("lIOo", "1100")
_NOISY = regex.compile(r"(?<![\p{L}\d])(?=[lIOo\d.,]*\d)(?=[\d.,]*[lIOo])[\dlIOo]+(?:[.,][\dlIOo]+)*(?![\p{L}\d])")
"""A number with letters in it that stands alone."""

_VI_THOUSANDS = regex.compile(r"\d{1,3}(?:\.\d{3})+")
_VI_FULL = regex.compile(r"\d{1,3}(?:\.\d{3})+,\d+")
_COMMA = regex.compile(r"\d+,\d+")
_DOT = regex.compile(r"\d+\.\d+")
_EN_THOUSANDS = regex.compile(r"\d{1,3}(?:,\d{3})+")
_GROUPS_ALIKE = regex.compile(r"[1-9]\d{0,2}(?:[.,]\d{3}){3,}")
_MARKS = regex.compile(r"[.,]")
_EN_FULL = regex.compile(r"\d{1,3}(?:,\d{3})+\.\d+")


def decide_style(text: str) -> Style:
    """The style that most of the telling numbers of a text prove; the usual one where they are silent.

    >>> decide_style("đạt 1,284.5 triệu đồng, bằng 102.6%").value
    '1,284.5'
    """
    english = len(_proof(ENGLISH_PROOF).findall(text))
    if not english:
        usual = usual_style()
        return Style.VIETNAMESE if usual is not Style.VIETNAMESE and _proof(VIETNAMESE_PROOF).search(text) else usual
    if english <= len(_proof(VIETNAMESE_PROOF).findall(text)):
        return Style.VIETNAMESE
    return Style.ENGLISH if _proof(GROUPED_BY_COMMAS).search(text) else Style.MIXED


@kept_until_rows_change()
def usual_style() -> Style:
    """The style of a text that proves none: that of the last row."""
    return Style(read_rows(STYLES)[-1]["style"])


def style_of(printed: str, value: Decimal) -> Style:
    """The style in which the first number of ``printed`` is ``value``; Vietnamese where it is in that, or in none.

    >>> style_of("1,284 tấn", Decimal(1284)).value, style_of("1,284 tấn", Decimal("1.284")).value
    ('1,284.5', '1.284,5')
    """
    read = {style: find_numerals(printed, style, [])[:1] for style in (Style.VIETNAMESE, Style.ENGLISH)}
    return next((style for style, found in read.items() if found and found[0].value == value), Style.VIETNAMESE)


@cache
def _proof(shape: str) -> re.Pattern[str]:
    return re.compile(compiled(shape).pattern)  # which is faster here than the engine that knows classes of letters


@lru_cache(maxsize=1024)
def read_number(token: str, style: Style = Style.VIETNAMESE) -> tuple[Decimal, int] | None:
    """Value and printed decimals of a number token, or None where the style gives it no reading.

    >>> read_number("162.409"), read_number("20.961,454"), read_number("1.234.56")
    ((Decimal('162409'), 0), (Decimal('20961.454'), 3), None)
    """
    if token.isdigit():
        return Decimal(token), 0
    if _VI_FULL.fullmatch(token):
        return _decimal(token.replace(".", ""), ",")
    if _EN_FULL.fullmatch(token):
        return _decimal(token.replace(",", ""), ".")
    if _VI_THOUSANDS.fullmatch(token):
        one_group = token.count(".") == 1
        if one_group and (style is Style.ENGLISH or token.startswith("0")):
            return _decimal(token, ".")
        return Decimal(token.replace(".", "")), 0
    if _EN_THOUSANDS.fullmatch(token) and (style is Style.ENGLISH or token.count(",") > 1) and token[0] != "0":
        return Decimal(token.replace(",", "")), 0
    if _COMMA.fullmatch(token):
        return _decimal(token, ",")
    if _DOT.fullmatch(token):
        return _decimal(token, ".")
    return None


def _groups_alike(token: str) -> Decimal | None:
    """The whole number of a token that groups by both marks at once: "1,250.000.000"."""
    return Decimal(_MARKS.sub("", token)) if _GROUPS_ALIKE.fullmatch(token) else None


def _decimal(token: str, mark: str) -> tuple[Decimal, int]:
    whole, _, fraction = token.partition(mark)
    return Decimal(f"{whole}.{fraction}"), len(fraction)


def find_numerals(
    text: str, style: Style, taken: list[tuple[int, int]], *, tokens: Sequence[Token] | None = None
) -> list[Numeral]:
    """All number tokens of ``text`` outside the spans of ``taken`` (sorted), in order.

    ``tokens`` are those of ``text``, where they are at hand.

    A space groups thousands (``24 910``) only where every following group has three digits; it is then a doubt unless
    a decimal comma ends it.
    """
    found: list[Numeral] = []
    position, index = 0, 0
    every = tokenize(text) if tokens is None else tokens
    numeric = [t for t in every if (t[2][0] in _MISREAD and not t[2].strip(_MISREAD) if t[3] else t[2].isdecimal())]
    number = compiled(NUMERAL, regex.VERBOSE)
    for begin, *_ in numeric:
        match = number.match(text, begin) if begin >= position else None
        if match is None:
            continue
        start, end = match.span()
        while index < len(taken) and taken[index][1] <= start:
            index += 1
        if index == len(taken) or end <= taken[index][0]:
            found.append(_read_match(match, style))
            position = found[-1].end
            continue
        digits = text[start : taken[index][0]].strip(" ,.")
        if digits.isdigit():  # what stands before the span that the token runs into
            found.append(_numeral(start, start + len(digits), digits, style, ()))
        position = max(taken[index][1], start + 1)
        if rest := _REST.match(text, position):
            position = rest.end()  # the taken span ended within the number
    return found


_NOISE_BESIDE = regex.compile(r"\d[lIOo]|[lIOo]\d")


def without_noise(text: str) -> str:
    """``text``, letter for letter as long, with true letters and with digits for letters inside numbers.

    >>> without_noise("QĐ số l2/QĐ-UBND ngày O5/3/2O14, xóm l4")
    'QĐ số 12/QĐ-UBND ngày 05/3/2014, xóm 14'
    """
    text = true_letters(text)
    if not _NOISE_BESIDE.search(text):
        return text
    return _NOISY.sub(lambda token: token[0].translate(NOISE), text)


def _read_match(match: regex.Match[str], style: Style) -> Numeral:
    """The numeral of one token match, its doubts named by the shape that matched."""
    start, end = match.span()
    token, shape = match.group(), match.lastgroup
    if shape == "plain":
        return _numeral(start, end, token, style, ())
    if shape == "noisy":
        return _numeral(start, end, token.translate(NOISE), style, ("ocr_digit",))
    if shape == "spaced":
        groups = token.replace("\u00a0", "").replace(" ", "")
        return _numeral(start, end, groups, Style.VIETNAMESE, () if "," in token else ("spaced_thousands",))
    if shape == "hundreds":
        return _numeral(start, end, f"{token[0]}00", style, ())
    if shape == "lost":
        return _numeral(start, end, token.replace(" ", ","), Style.VIETNAMESE, ("ocr_spacing",))
    return _numeral(start, end, token.replace(" ", ""), style, ("ocr_spacing",))  # split, grouped, parted


def _numeral(start: int, end: int, token: str, style: Style, doubts: tuple[str, ...]) -> Numeral:
    reading = read_number(token, style)
    if reading is None and (grouped := _groups_alike(token)) is not None:
        return Numeral(start, end, grouped, doubts=(*doubts, "number_style"))
    if reading is None:
        return Numeral(start, end, None, doubts=(*doubts, "unreadable_number"))
    value, decimals = reading
    if style is not Style.VIETNAMESE and not token.isdigit() and token.count(",") + token.count(".") == 1:
        doubts = doubts if _DOT.fullmatch(token) and len(token.partition(".")[2]) != 3 else (*doubts, "number_style")
    whole = token.isdigit()
    return Numeral(start, end, value, decimals, doubts, whole, whole and len(token) > 1 and token[0] == "0")


# ----------------------------------------------------------------------------------------------------- number words


@cache
def _spelling_words() -> frozenset[str]:
    """All words that numbers are spelt with."""
    return frozenset().union(*map(number_words, ("digit", "ten", "tens", "link", "scale")))


@cache
def _spelt() -> regex.Pattern[str]:
    """At least two such words; an ordinal is no number."""
    word = any_of(_spelling_words())
    ordinal = any_of(words_of("ordinal"))
    return regex.compile(rf"(?<!\p{{L}})(?<!{ordinal}\s){word}(?:[ ,]+{word})+(?!\p{{L}})", regex.IGNORECASE)


def read_words(text: str) -> int | None:
    """The number that words spell, None where they spell none.

    >>> read_words("hai mươi ba"), read_words("mười hai tỷ bốn trăm triệu"), read_words("hai ba")
    (23, 12400000000, None)
    """
    total, part, digit, tens = 0, 0, None, False
    digits, ten, scales = number_words("digit"), number_words("ten"), number_words("scale")
    for word in regex.findall(r"\p{L}+", text.lower()):
        if word in digits:
            if digit is not None:
                return None
            digit = int(digits[word])
        elif word in ten:
            if digit is not None or tens:
                return None
            part, tens = part + 10, True
        elif word in number_words("tens"):
            if digit is None or tens:
                return None
            part, digit, tens = part + 10 * digit, None, True
        elif word in number_words("link"):
            continue
        else:
            scale = int(scales[word])
            part += digit or 0
            digit, tens = None, False
            if not part:
                return None
            if scale == 100:
                part *= 100
            else:
                total, part = total + part * scale, 0
    return total + part + (digit or 0)


def find_number_words(text: str, *, tokens: Sequence[Token] | None = None) -> list[tuple[int, int, int]]:
    """Start, end and value of each number of at least two words and at least ten that is spelt out in ``text``."""
    found: list[tuple[int, int, int]] = []
    words = [token[2] for token in (tokenize(text) if tokens is None else tokens)]
    spelling = _spelling_words()
    if spelling.isdisjoint(words):
        return found
    spelt = [word in spelling for word in words if word != ","]
    if not any(map(and_, spelt, spelt[1:])):
        return found
    for match in _spelt().finditer(text):
        value = read_words(match.group())
        if value is not None and value >= 10:
            found.append((*match.span(), value))
    return found
