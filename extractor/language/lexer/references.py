"""Digits that measure nothing: what they are instead.

In comes the text of one block; out come labelled spans: dates, times, document numbers, articles, scales, ranks,
anniversaries, addresses, names with numbers in them. Shapes over characters are rows of
``models/patterns/references.csv``, the words that stand before or after such a number rows of
``models/vocabulary/references.csv``. A span is labelled whole, so no later rule finds a figure inside it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import regex

from extractor.domain.letters import ONE_SMALL
from extractor.domain.lexicon import read_rows
from extractor.language.lexer.phrase_matcher import norm
from extractor.language.lexer.tokens import check_shape, compiled, words_of
from extractor.language.lexer.word_classes import word_classes


class Reference(NamedTuple):
    """A span whose digits are no figure, and the label that says what they are."""

    start: int
    end: int
    label: str


SHAPES = "patterns/references.csv"
NOTHING = "none"
"""The label of longer words whose last or first would make a name: "kỷ luật 86 tổ chức" cites no law."""
_YEAR = r"(?:19|20)\d{2}"
_PARTS = {"{year}": _YEAR, "{code}": r"\p{Lu}[\p{Lu}\p{Ll}&]{0,11}\d{0,2}"}
"""What the shapes write short: a year, and one part of a document's number ("UBND", "NQ", "CT17")."""
_LIST = (
    r"\d+(?:\.\d{1,2}(?![\d.]))?(?!\d)(?:[a-z](?=\s*[,;]\s*\d))?(?:\s*(?:,|;|{and}|-|–|\+|&)\s*\d+(?!\d|\s*(?:%|‰|{unitish})))*(?:/\d+)*"
    rf"[{ONE_SMALL}A-Z]?"
    r"(?!\p{L})(?!\s?%|[.,]\d)"
)
_DIGITS = regex.compile(r"\d+")
_LETTERS = regex.compile(r"\p{L}+")
_NUMBER = regex.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?")
_CASES = regex.compile(r"\[(\p{Lu})\p{Ll}\]")  # the two cases of a first letter, as the shapes write them
_LENGTH = regex.compile(r"\s(?:km|m)(?!\p{L})(?!\s?\d)")
_CITED = (
    r"\s(?:{clause}\s\d|{act}\s(?:{number}\s)?\d|{year}\s(?:19|20)\d\d(?![\d.,]*\d)|{month}\s\d|{term}\s(?:[ivx]+|\d))"
)
_TITLE = regex.compile(r"\s\p{Lu}\p{Ll}")
LONG = 2000
"""Characters of a text in which a shape may take long; in shorter ones looking at the clock costs more than looking."""
_GLUE = " \n\t\u00a0:/.…+"
"""What may stand between a word and the digits that it leads."""
_MEASURED = r"(?=[\d.,]+(?:\s?[-–]\s?[\d.,]+)?(?:\s?[%‰]|\s{sum}(?!\p{L})))(?<!{named_share} )(?!0?1 ha|100\s?%\s*:)"
"""A number that measures whatever stands around it."""
_PLAIN = r"(?!0\d\d|1[89]00)(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)? (?!{named_behind}(?!\p{L}))\p{L}"
"""A number that only a shape which needs a word can name, where ``_AMONG_WORDS`` stands before it."""
_YEAR_ALONE = rf"{_YEAR}(?=[,.;:)]*(?:\s+\p{{L}}|\s*$))(?<=(?:{{told_year}} |/)\d{{4}})"
"""A year that is told as one, or that stands behind the slash of a month or quarter; only a word can name it."""
_AMONG_WORDS = regex.compile(r"(?<=(?<!\p{L})\p{Ll}+ |^[^“\"]{0,28}[,;] |[^“\"]{28}[,;] )")
_WORDS_BEFORE = r"(?r)(?:[\p{L}-]+\s+){0,3}[\p{L}-]+(?:\s*$|(?<={number}):\s*$)"
_WEB = regex.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.-])[\w.-]+\.(?:vn|com|net|org|gov|edu)(?:/\S*)?|(?<![\w.])[\w.]+@[\w.]+"
)
_QUOTED = regex.compile(r"“[^“”\n]{1,60}”|\"[^\"\n]{1,60}\"")
_DOSE = regex.compile(
    r"(?<=\p{Lu}\p{Ll}{3,24}\s)\d+(?:[.,]\d+)?\s?(?:mcg|mg|ml|g|%)(?:\s+\d+(?:[.,]\d+)?\s?(?:mcg|mg|ml|g))*(?=\s*:\s*\d)"
)
_AGE = r"\d{1,3}\s+{age}(?!\p{L}|\s+{age_of})"
_DOSED = frozenset({" t", "mc", "mg", " m", "ml", "g ", "g:", " g", "% ", "%:", " %"})
"""How what stands behind the number of a dose or an age begins."""
_MEAN = "{mean_age}"
"""What makes years of age a measure: those of many."""
_WORD_BEHIND = regex.compile(r"\s\p{Ll}")
_WEB_MARKS = ("http", "www.", "@", ".vn", ".com", ".net", ".org", ".gov", ".edu")
"""What every address of the web holds one of."""


class _Shape(NamedTuple):
    """A row of ``SHAPES``: the words that must stand before the digits (none: ""), and what begins with them."""

    row: str
    label: str
    before: str
    shape: str


@cache
def _shapes() -> list[_Shape]:
    """The shapes, those that go before others first."""
    return [_Shape(row["#"], row["label"], _whole(row["before"]), _whole(row["shape"])) for row in read_rows(SHAPES)]


def _whole(pattern: str) -> str:
    for short, part in _PARTS.items():
        pattern = pattern.replace(short, part)
    return pattern


@cache
def _free_shapes() -> regex.Pattern[str]:
    """The shapes that need no word before their digits as one alternation, each a group with its number as its name."""
    free = {number: shape for number, shape in enumerate(_shapes()) if not shape.before}
    try:
        return regex.compile("|".join(f"(?P<r{number}>{shape.shape})" for number, shape in free.items()))
    except regex.error:
        for shape in free.values():
            _compile(shape)
        raise


@cache
def _led_by() -> dict[str, list[int]]:
    """Each word, in lower case, that may lead digits → the numbers of the shapes that it leads."""
    led: dict[str, list[int]] = {}
    for number, shape in enumerate(_shapes()):
        for word in {word.lower() for word in _LETTERS.findall(_CASES.sub(r"\1", shape.before))}:
            led.setdefault(word, []).append(number)
    return led


@cache
def _led_shape(number: int) -> regex.Pattern[str]:
    return _compile(_shapes()[number])


def _compile(shape: _Shape) -> regex.Pattern[str]:
    """The pattern of a row; raises InvalidModels where the row holds none."""
    whole = f"(?<={shape.before}){shape.shape}" if shape.before else shape.shape
    return regex.compile(check_shape(SHAPES, shape.row, whole))


@cache
def _words(shape: str) -> dict[str, str]:
    """Folded words that make a name of the number after ("before") or before them ("after") → label."""
    rows = read_rows("vocabulary/references.csv")
    return {" ".join(map(norm, row["words"].split())): row["label"] for row in rows if row["shape"] == shape}


_AFTER = regex.compile(r"\d{1,2}\s+(?P<word>\p{L}+(?:\s\p{L}+)?)(?!\p{L})")
_APART = r"\s*(?:,|{and})\s"
_GOES_ON = regex.compile(r"[.,/]\d|\s?[%‰]")
_OVER = regex.compile(r"\s?/\s?\d[\d.]*")


def find_references(text: str, measures: Callable[[int], bool] = lambda _: False) -> list[Reference]:
    """All labelled spans of ``text`` in order; they do not overlap.

    ``measures(offset)`` tells whether a word of measure begins at an offset: ``cấp 78 giấy phép`` counts, ``bão cấp 8``
    names.

    >>> [(r.label) for r in find_references("Quyết định 239/QĐ-UBND ngày 22/02/2023, lớp 1,2,3, tỷ lệ 1/500")]
    ['document_number', 'date', 'name', 'scale']
    """
    found: list[Reference] = []
    webs, quoted = _addresses(text), quotes(text)
    position = 0
    for number in _NUMBER.finditer(text):
        start = number.start()
        if start < position or (compiled(_MEASURED).match(text, start) and not _DOSE.match(text, start)):
            continue
        lead = _word_before(text, start)
        reference = (
            _web(start, webs)
            or (_quoted(text, number, quoted, measures) if quoted else None)
            or _shaped(text, start, lead)
            or (_dose_or_age(text, start) if text[number.end() : number.end() + 2].lower() in _DOSED else None)
            or _named(text, start, lead, measures)
            or _year(text, number, measures)
        )
        if reference is not None:
            found.append(reference)
            position = reference.end
    return found


def is_priced(text: str, start: int) -> bool:
    """Whether the year at ``start`` is that of prices: "theo giá so sánh năm 2010"."""
    before = [norm(word) for word in text[max(0, start - 24) : start].split()]
    return any(_words("always").get(" ".join(before[-count:])) == "price_base" for count in (2, 3))


def _addresses(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _WEB.finditer(text)] if any(mark in text for mark in _WEB_MARKS) else []


def quotes(text: str) -> list[tuple[int, int]]:
    """Where words between quotation marks begin and end."""
    return [m.span() for m in _QUOTED.finditer(text)] if "“" in text or '"' in text else []


def _web(start: int, webs: list[tuple[int, int]]) -> Reference | None:
    """The web address that the digits belong to."""
    return next((Reference(a, b, "name") for a, b in webs if a <= start < b), None)


def _quoted(
    text: str, number: regex.Match[str], spans: list[tuple[int, int]], measures: Callable[[int], bool]
) -> Reference | None:
    """A small number that measures nothing in a name between quotation marks: “Gia đình 5 không, 3 sạch”."""
    start, end = number.span()
    if end - start > 4 or not any(a < start and end < b for a, b in spans):
        return None
    goes_on = _WORD_BEHIND.match(text, end) if end - start < 3 else None
    closes = text[end : end + 1] in ("”", '"')
    if not closes and (goes_on is None or measures(goes_on.end() - 1)):
        return None
    return Reference(start, end, "name")


def _dose_or_age(text: str, start: int) -> Reference | None:
    """What goes with a medicine's name before a colon ("Paracetamol 500mg: 412.000 viên"), and a person's age."""
    dose = _DOSE.match(text, start)
    if dose is not None:
        return Reference(start, dose.end(), "name")
    age = compiled(_AGE, regex.IGNORECASE).match(text, start)
    mean = age is not None and compiled(_MEAN, regex.IGNORECASE).search(text, max(0, start - 60), start)
    return Reference(start, age.end(), "name") if age is not None and not mean else None


def _shaped(text: str, start: int, lead: str) -> Reference | None:
    """The first of the shapes that begin with the digits at ``start``; ``lead`` is the word before them."""
    found = _shape_at(text, start, lead)
    return Reference(start, found[1], _shapes()[found[0]].label) if found is not None else None


def _shape_at(text: str, start: int, lead: str) -> tuple[int, int] | None:
    """Number and end of that shape."""
    plain = compiled(_YEAR_ALONE).match(text, start) or (
        compiled(_PLAIN).match(text, start) and _AMONG_WORDS.match(text, start)
    )
    patience = 5 if len(text) > LONG else None
    free = None if plain else _free_shapes().match(text, start, timeout=patience)
    first = int(free.lastgroup[1:]) if free is not None and free.lastgroup else len(_shapes())
    for number in _led_by().get(lead.lower(), ()):
        match = _led_shape(number).match(text, start, timeout=patience) if number < first else None
        if match is not None:
            return number, match.end()
    return (first, free.end()) if free is not None else None


def shapes_in(text: str) -> dict[str, str]:
    """The rows of ``SHAPES``, by their numbers in the file, that a text holds, and what each of them takes."""
    found: dict[str, str] = {}
    for number in _NUMBER.finditer(text):
        at = _shape_at(text, number.start(), _word_before(text, number.start()))
        if at is not None:
            found.setdefault(_shapes()[at[0]].row, text[number.start() : at[1]])
    return found


def _word_before(text: str, start: int) -> str:
    """The word that leads the digits at ``start``; empty where something else does."""
    before = text[max(0, start - 16) : start].rstrip(_GLUE)
    first = len(before)
    while first and before[first - 1].isalpha():
        first -= 1
    return before[first:]


def _named(text: str, start: int, lead: str, measures: Callable[[int], bool]) -> Reference | None:
    """The name that the words before or after the digits make of them; ``lead`` is the word before them."""
    before = compiled(_WORDS_BEFORE).search(text[max(0, start - 32) : start]) if norm(lead) in _naming_words() else None
    if before is not None:
        words = [norm(word) for word in before.group().replace(":", " ").split()]
        listed = compiled(_LIST).match(text, start)
        naming = _naming(words, is_listed=listed is not None)
        alone = naming is not None and naming.label == "address" and naming.phrase == words[-1]
        if alone and _ends_proper_name(text, start):
            return None
        if naming is not None:
            end = _end_of_named(text, listed, naming, measures)
            return Reference(start, end, naming.label) if end is not None else None
        if listed is not None and _numbers_document(text, start, words) and not _counts(text, listed.end(), measures):
            return Reference(start, listed.end(), "document_number")
    return _named_after(text, start)


def _ends_proper_name(text: str, start: int) -> bool:
    """Whether the word before the digits ends a name of two words in capitals: "Sìn Hồ 9, Tam Đường 12"."""
    words = text[max(0, start - 32) : start].split()[-2:]
    return len(words) == 2 and all(word.istitle() and word.isalpha() for word in words)


class _Naming(NamedTuple):
    """What makes a name of the number behind it: the label, the phrase, whether even one that measures is a name."""

    label: str
    phrase: str
    always: bool


def _naming(words: list[str], *, is_listed: bool) -> _Naming | None:
    """The longest of the words before a number that make a name of it, with "số" behind them or without.

    A longer word that only ends like one of them makes none: "nâng cấp 01 đập", "bão cấp 8".
    """
    known, always = _words("before"), _words("always") if is_listed else {}
    for candidate in (words, words[:-1] if words[-1] in words_of("number") else []):
        for count in range(min(3, len(candidate)), 0, -1):
            phrase = " ".join(candidate[-count:])
            if known.get(phrase) == NOTHING:
                return None
            if phrase in always or phrase in known:
                return _Naming(always.get(phrase) or known[phrase], phrase, phrase in always)
            if count > 1 and phrase in word_classes():
                return None
    return None


def _end_of_named(
    text: str, listed: regex.Match[str] | None, naming: _Naming, measures: Callable[[int], bool]
) -> int | None:
    """Where the numbers that a name holds end; None where they measure something."""
    if listed is None:
        return None
    pointed = naming.label == "article" and "." in listed.group()  # "mục 3.2 Báo cáo này"
    counts = (naming.always or not pointed) and _counts(text, listed.end(), measures)
    first = _first_of(text, listed, measures) if counts else listed  # "đạt điểm 10 và 09 thí sinh": the first is named
    if naming.always:
        end = (first or listed).end()
        many = counts and naming.label == "ordinal" and _leading(text, listed.start()) > 99  # "khóa 463 tài khoản"
        return None if many or _LENGTH.match(text, end) else end  # "quốc lộ 412 km": how long they are
    high = naming.phrase.rpartition(" ")[2] in words_of("grade") and _leading(text, listed.start()) > 20
    return first.end() if first is not None and not high else None


def _numbers_document(text: str, start: int, words: list[str]) -> bool:
    """Whether "số" before a number makes it that of a document: at the head of a bracket, or behind a noun."""
    if words[-1] not in words_of("number"):
        return False
    if len(words) > 1:
        return words[-2] not in words_of("quantifier")
    return text[:start].rstrip()[:-2].rstrip()[-1:] in ("(", ",", ";")


def _named_after(text: str, start: int) -> Reference | None:
    """The name that the words behind a number make of it: "3 cùng"."""
    after = _AFTER.match(text, start)
    if after is None or text[max(0, start - 1) : start].strip(" (“\"‘'"):
        return None
    words = [norm(word) for word in after.group("word").split()]
    for count in range(len(words), 0, -1):
        phrase = " ".join(words[:count])
        label = _words("after").get(phrase) or _slogan(text, start, phrase)
        if label == NOTHING:
            return None
        if label is not None:
            return Reference(start, after.start("word") + len(phrase), label)
    return None


def _first_of(text: str, listed: regex.Match[str], measures: Callable[[int], bool]) -> regex.Match[str] | None:
    """The first number of a list whose last one measures; None where there is but one, all of "1, 2, 3"."""
    numbers = [int(number) for number in _DIGITS.findall(listed.group())]
    if len(numbers) > 2 and all(after == before + 1 for before, after in pairwise(numbers)):
        return listed
    first = _DIGITS.match(text, listed.start())
    apart = first is not None and compiled(_APART).match(text, first.end())
    return first if apart and first is not None and not _counts(text, first.end(), measures) else None


@cache
def _naming_words() -> frozenset[str]:
    """The last words of what makes a name of the number after it, folded."""
    return frozenset(words.rpartition(" ")[2] for shape in ("before", "always") for words in _words(shape)) | words_of(
        "number"
    )


def _slogan(text: str, start: int, phrase: str) -> str | None:
    """The label of a count within a slogan, where words of a campaign stand before it."""
    label = _words("slogan").get(phrase)
    if label is None:
        return None
    before = text[max(0, start - 40) : start].lower()
    quoted = before.rfind("“") > before.rfind("”")
    return label if quoted or any(words in before for words in words_of("campaign")) else None


def _year(text: str, number: regex.Match[str], measures: Callable[[int], bool]) -> Reference | None:
    """A bare year: "Lễ hội xuân 2023", "Quý Mão 2023"."""
    start, end = number.span()
    year = number[0].isdecimal() and end - start == 4 and number[0].startswith(("19", "20"))
    if not year or text[start - 1 : start] in (".", ",", "/") or _GOES_ON.match(text, end):
        return None
    return None if _counts(text, end, measures) else Reference(start, end, "date")


def _leading(text: str, start: int) -> int:
    """The run of digits at ``start`` as a number."""
    match = _DIGITS.match(text, start)
    return int(match.group()) if match is not None else 0


def _counts(text: str, end: int, measures: Callable[[int], bool]) -> bool:
    """Whether the number that ends at ``end`` measures after all: a unit follows that is no administrative one."""
    over = _OVER.match(text[end : end + 12])
    end += over.end() if over is not None else 0
    rest = text[end : end + 24]
    if compiled(_CITED, regex.IGNORECASE).match(rest) or _TITLE.match(rest):
        return False  # "điểm 3 khoản 2", "lần 2 Kế hoạch"
    word = rest.strip().split(" ")[0].strip(",;.").lower() if rest[:1] in (" ", "%") else ""
    at = end + len(rest) - len(rest.lstrip())
    return bool(word) and word not in words_of("administrative") and measures(at)
