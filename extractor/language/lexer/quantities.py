"""Numerals and the words around them → quantities: value, range, fraction, bound, sign and unit.

A quantity is what one figure or one comparison is made of. Its unit keeps its multiplier words (``nghìn tỷ đồng``) and
is spelt as meant where a slip is known (``trlệu đồng``), which leaves a doubt; the counted noun after a bare number
(``65 băng rôn``) is its unit too. Compound amounts (``6 triệu 340 nghìn con``) are one quantity. Whether it is a
figure or a comparison is not decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import regex

from extractor.domain.figure import Bound
from extractor.domain.lexicon import kept_until_rows_change, number_words, read_rows
from extractor.domain.unit import COUNT, MEASURES, MULTIPLIER, Unit, unit_words, without_power
from extractor.language.lexer.compounds import compounds
from extractor.language.lexer.cues import is_cue
from extractor.language.lexer.numerals import Numeral
from extractor.language.lexer.phrase_matcher import norm, spellings
from extractor.language.lexer.tokens import (
    Token,
    WordTable,
    any_of,
    compiled,
    endings_of,
    openings_in_either_case,
    openings_of,
    token_at,
    tokenize,
    words_of,
)
from extractor.language.lexer.word_classes import word_classes

THOUSAND = 1000
PERSON = "person"
COUNTED = frozenset({"thing", "person", "counter", "paper", "place", "body"})
"""Classes of words that numbers count."""

WHOLE = frozenset({PERSON, COUNT, "award"})
"""The families of units that count what is whole."""

SIGNS = {"+": 1, "↑": 1, "-": -1, "−": -1, "–": -1, "↓": -1}
DASHES = frozenset("-–−—")


class UnitMention(NamedTuple):
    """A unit as written.

    ``family`` is the kind of its base (money, share, count, person, …), ``noun`` for a counted noun that the vocabulary
    does not know, ``multiplier`` where only a multiplier stands; ``factor`` is that of its multiplier words.
    """

    start: int
    end: int
    text: str
    family: str
    factor: int = 1


class Quantity(NamedTuple):
    """A number with its unit; ``start:end`` runs from the first digit or written sign to the end of the unit."""

    start: int
    end: int
    value: Decimal
    decimals: int = 0
    value_max: Decimal | None = None
    total: Decimal | None = None
    unit: str | None = None
    family: str = ""
    bound: Bound | None = None
    sign: int = 0  # +1 or -1 where a sign is written
    doubts: tuple[str, ...] = ()
    number_end: int = 0
    total_start: int = 0


@kept_until_rows_change()
def _units() -> WordTable[tuple[str, int]]:
    """UnitMention words → kind and factor (the factor only of multipliers and of abbreviated amounts)."""
    return WordTable((word, (unit.kind, int(unit.factor))) for word, unit in unit_words().items())


@kept_until_rows_change()
def _longer_words() -> WordTable[bool]:
    """Words that begin like a unit and are none → whether they are counted: "45 công nhân", not "10 công lập"."""
    classes = ("action", "total")
    longer = [row["word"] for row in read_rows("vocabulary/words.csv") if row["class"] in classes]
    units = unit_words()
    measures = {word for word, unit in units.items() if unit.kind in MEASURES and unit.family != "time"}
    measures -= words_of("dong")  # behind it a word of its own often begins: "500.000 đồng tiền mặt"
    classes_of = word_classes()
    known = {
        word: found in COUNTED
        for word, found in classes_of.items()
        if word not in units
        and (word.partition(" ")[0] in measures or (found == PERSON and _opens_like_a_thing(word, units, classes_of)))
    }
    known |= dict.fromkeys(words_of("counted"), True) | dict.fromkeys([*longer, *words_of("compound")], False)
    return WordTable(known.items())


def _opens_like_a_thing(word: str, units: Mapping[str, Unit], classes_of: Mapping[str, str]) -> bool:
    """Whether a word of people begins with a unit of one syllable that counts none: "5 nhà báo", "12 thuyền viên"."""
    syllables = word.split()
    openings = {" ".join(syllables[:size]) for size in range(1, len(syllables))} & units.keys()
    first = syllables[0]
    return openings == {first} and units[first].kind == COUNT and classes_of.get(first) != PERSON


@cache
def _stops() -> frozenset[str]:
    """First words that end a counted noun phrase."""
    rows = read_rows("vocabulary/words.csv")
    return frozenset(row["word"] for row in rows if row["class"] == "stop")


def match_unit(tokens: list[Token], index: int, *, gap: bool = True) -> tuple[int, str, int] | None:
    """Count of tokens, family and factor of the unit that begins at ``index``: multipliers, base, ``/`` parts."""
    count, family, factor = _measure(tokens, index)
    if not count:
        return None
    end = index + count
    while _has_part(tokens, end, family, gap=gap):
        size, found = _units().match(tokens, end + 1)
        if found is None and (per := _per(tokens, end + 1, family)):
            end += 1 + per
            break
        size = size or _new_part(tokens, end + 1)
        if not size or is_cue(tokens, end + 1):
            break
        end += 1 + size
        if found is not None and found[0] == MULTIPLIER:  # bác sĩ/vạn dân
            end += _units().match(tokens, end)[0] or int(end < len(tokens) and tokens[end].is_word)
    return end - index, family, factor


def unit_of(words: str | None) -> str | None:
    """The unit that the words of a bracket are: "nghìn tấn"; None where they are anything else.

    >>> unit_of("nghìn tấn"), unit_of("1000 tấn"), unit_of("giá so sánh 2010")
    ('nghìn tấn', '1000 tấn', None)
    """
    if not words:
        return None
    tokens = tokenize(without_power(words)[1])
    found = match_unit(tokens, 0) if tokens else None
    return words.strip() if found is not None and found[0] >= len(tokens) else None


def counted_in(name: str) -> str | None:
    """The noun that a name counts behind its word of counting, as written; None where it counts nothing.

    >>> counted_in("Số hộ nghèo"), counted_in("Tổng số học sinh"), counted_in("Học sinh"), counted_in("Số tiền")
    ('hộ nghèo', 'học sinh', None, None)
    >>> counted_in("Số đàn ong"), counted_in("Tổng đàn lợn")
    ('đàn', None)
    """
    tokens = tokenize(name)
    index = 0 if " ".join(token.norm for token in tokens[:2]) in words_of("herd") else counting_at(tokens)
    found = match_unit(tokens, index) if 0 < index < len(tokens) else None
    if found is None or found[1] not in WHOLE:
        return None
    return name[tokens[index].start : tokens[index + found[0] - 1].end]


def counting_at(tokens: list[Token]) -> int:
    """How many tokens at the beginning only count what follows: "số", "tổng số lượng"."""
    opening = [" ".join(token.norm for token in tokens[:count]) for count in range(COUNT_WORDS + 1)]
    return max((count for count, words in enumerate(opening) if words in words_of("count_word")), default=0)


COUNT_WORDS = 3
"""Syllables of "tổng số lượng", the longest words of counting."""


def family_of(unit: str | None) -> str:
    """What a unit measures: area, mass, money; empty for counted things and where there is none."""
    tokens = tokenize(without_power(unit or "")[1])
    found = match_unit(tokens, 0) if tokens else None
    return found[1] if found else ""


def _measure(tokens: list[Token], index: int) -> tuple[int, str, int]:
    """The multipliers that begin at ``index`` and the base behind them, as ``match_unit`` gives them."""
    count, factor, family = 0, 1, ""
    size, found = _units().match(tokens, index)
    while found is not None and found[0] == MULTIPLIER:
        count, factor, family = count + size, factor * found[1], found[0]
        size, found = _units().match(tokens, index + count)
    if found is None or (found[0] != "award" and _longer_words().match(tokens, index + count)[0] > size):
        return count, family, factor  # "14 giải thể thao" are prizes, whatever "giải thể" means
    return count + size, found[0], factor


def _has_part(tokens: list[Token], end: int, family: str, *, gap: bool) -> bool:
    """Whether a slash at ``end`` goes on with the unit: in "0,13%/tổng dư nợ" stands what it is a share of."""
    if end + 1 >= len(tokens) or tokens[end].norm != "/":
        return False
    is_whole = family == "share" and tokens[end + 1].norm in words_of("whole")
    return not is_whole and (gap or tokens[end].start == tokens[end - 1].end)


def _new_part(tokens: list[Token], index: int) -> int:
    """1 where a word unknown to the vocabulary goes with the slash before it, "kg/khẩu", "đồng/ lượng"; else 0."""
    is_glued = tokens[index - 1].start == tokens[index - 2].end
    gap = tokens[index].start - tokens[index - 1].end
    return int(tokens[index].is_word and gap <= is_glued)


def _per(tokens: list[Token], index: int, family: str) -> int:
    """Tokens of "100 dân", "100 bé gái", "1ha" at ``index``: the second half of a rate's unit; 0 where none."""
    end = index
    while end < len(tokens) and (tokens[end].norm.isdigit() or tokens[end].norm == "."):
        end += 1
    digits = "".join(t.norm for t in tokens[index:end] if t.norm.isdigit())
    if end >= len(tokens) or not tokens[end].is_word:
        return 0
    size = _per_one(tokens, end, family) if digits in ONE else _per_round(tokens, end) if digits in ROUND else 0
    return end - index + size if size else 0


def _per_one(tokens: list[Token], index: int, family: str) -> int:
    """Tokens of what a rate by one counts: "ha", "vạn dân"; what is counted of one case stands beside it."""
    if tokens[index].norm in words_of("round"):
        return 1 + (index + 1 < len(tokens))
    size, unit = _units().match(tokens, index)
    is_counted = tokens[index].norm in words_of("case") or (unit is not None and unit[0] == PERSON)
    return 0 if is_counted and family not in MEASURES else size


def _per_round(tokens: list[Token], index: int) -> int:
    """Tokens of what a rate by a hundred or a thousand counts: "dân", "bé gái"."""
    named = index + 1 < len(tokens) and tokens[index].norm in words_of("child")
    return _units().match(tokens, index)[0] or 1 + named


ONE = ("1", "01")
ROUND = ("100", "1000", "10000", "100000")
"""What rates are counted by."""


def find_quantities(
    text: str,
    tokens: list[Token],
    numerals: list[Numeral],
    words: list[tuple[int, int, int]],
    bounds: list[tuple[int, int, str, str]],
) -> list[Quantity]:
    """All quantities of a block in order. ``words`` are numbers spelt out, ``bounds`` the spans of bound words."""
    quantities: list[Quantity] = []
    spelt = [Numeral(a, b, Decimal(v), doubts=("number_words",)) for a, b, v in words]
    queue = sorted([n for n in numerals if n.value is not None] + spelt, key=lambda n: n.start)
    index = 0
    while index < len(queue):
        if quantities and queue[index].start < quantities[-1].end:
            index += 1  # a number inside the unit: "máy/100 dân"
            continue
        quantity, used = _read_quantity(text, tokens, queue, index)
        index += used
        if quantity is not None and not (quantity.doubts == ("number_words",) and not quantity.unit):
            quantities.append(_bounded(text, quantity, bounds))
    multiples = _multiples(text) if any(words in text for words in openings_in_either_case("multiplied")) else []
    return sorted([*quantities, *multiples], key=lambda q: q.start)


@cache
def _multiple() -> regex.Pattern[str]:
    before = "|".join(openings_in_either_case("multiplied"))
    return regex.compile(rf"(?<={before}){any_of(number_words('multiple'))}(?!\p{{L}})")


@kept_until_rows_change()
def _times() -> str:
    """The unit of what is so many times another."""
    return next(word for word, unit in unit_words().items() if unit.kind == "times")


def _multiples(text: str) -> list[Quantity]:
    """Multiples that a word spells: "gấp đôi", "gấp rưỡi"."""
    return [
        Quantity(m.start(), m.end(), number_words("multiple")[m[0]], 0, unit=_times(), family="times",
                 doubts=("number_words",), number_end=m.end())
        for m in _multiple().finditer(text)
    ]  # fmt: skip


def _read_quantity(text: str, tokens: list[Token], queue: list[Numeral], index: int) -> tuple[Quantity | None, int]:
    """The quantity that begins with numeral ``index`` and how many numerals it takes."""
    first = queue[index]
    assert first.value is not None
    if text[first.start - 1 : first.start] == "/" and text[first.start - 2 : first.start - 1].isdecimal():
        return None, 1  # the end of a chain, "12/211/123": a fraction has two parts
    start, sign = _signed(text, first.start)
    unit = _unit_at(text, tokens, token_at(tokens, first.end))
    base = Quantity(start, first.end, first.value, first.decimals, sign=sign, doubts=first.doubts, number_end=first.end)
    joined = _joined(text, tokens, queue, index, base, unit) if index + 1 < len(queue) else None
    if joined is not None:
        return _with_lower_ranks(text, tokens, queue, index, joined)
    return base if unit is None else _with_unit(text, base, unit), 1


def _with_lower_ranks(
    text: str, tokens: list[Token], queue: list[Numeral], index: int, amount: Quantity
) -> tuple[Quantity, int]:
    """An amount of two ranks with those that follow: ``486 tỷ 327 triệu 058 nghìn đồng``; and how many numerals."""
    taken = 2
    while index + taken < len(queue):
        unit = _unit_at(text, tokens, token_at(tokens, queue[index + taken - 1].end))
        if unit is None or amount.value_max is not None or amount.total is not None:
            break
        longer = _compound(text, tokens, amount, unit, queue[index + taken])
        if longer is None:
            break
        amount, taken = longer, taken + 1
    return amount, taken


def _joined(
    text: str, tokens: list[Token], queue: list[Numeral], index: int, base: Quantity, unit: UnitMention | None
) -> Quantity | None:
    """The quantity that two numerals make: a fraction, a range, an amount in two units; None where they make none."""
    first, following = queue[index], queue[index + 1]
    between = text[first.end : following.start]
    joint = between.strip()
    if _is_part_of(first, following, between):
        return _fraction(text, tokens, base, following)
    ranged = None
    if (joint in DASHES and len(between) <= 4) or joint in words_of("range_joint"):
        ranged = _range(text, tokens, base, following, following_used=joint)
    if ranged is not None or unit is None or unit.start < first.end or following.start < unit.end:
        return ranged
    if _has_unit_twice(text, tokens, unit, following):
        return _fraction(text, tokens, base, following)
    if not _dashed(text, queue, index):
        ranged = _range_of_units(text, tokens, base, unit, following)
    return ranged or _compound(text, tokens, base, unit, following) or _mixed(text, tokens, base, unit, following)


def _is_part_of(first: Numeral, second: Numeral, between: str) -> bool:
    """Whether a number is told as part of the one behind it: "524/760", "14 trong số 48"."""
    assert first.value is not None and second.value is not None
    joint = between.strip()
    return (joint == "/" and len(between) <= 3) or (joint in words_of("out_of") and first.value <= second.value)


def _has_unit_twice(text: str, tokens: list[Token], unit: UnitMention, second: Numeral) -> bool:
    """Whether a fraction has its unit behind both its numbers: "310 việc/402 việc", not "11 hộ/10.000 hộ", a rate."""
    if text[unit.end : second.start].strip() != "/" or str(second.value) in ROUND:
        return False
    other = _unit_at(text, tokens, token_at(tokens, second.end))
    return other is not None and norm(other.text) == norm(unit.text)


def _range_of_units(
    text: str, tokens: list[Token], base: Quantity, unit: UnitMention, second: Numeral
) -> Quantity | None:
    """``từ 5 triệu đến 8 triệu đồng/ha``: a range that has its unit twice."""
    joint = text[unit.end : second.start].strip()
    joins = joint in ("-", "–") or joint in words_of("range_joint")
    if not joins or not _starts_range(text, base.start, joint):
        return None
    other = _unit_at(text, tokens, token_at(tokens, second.end))
    alike = other is not None and (other.family == unit.family or other.text.startswith(unit.text))
    return _range(text, tokens, base, second, following_used=joint) if alike else None


def _dashed(text: str, queue: list[Numeral], index: int) -> bool:
    """Whether a dash joins the number at ``index`` to more than the next one: "31,2% - 38,4% - 30,4%" lists."""

    def joined(first: int) -> bool:
        if first < 0 or first + 1 >= len(queue):
            return False
        between = text[queue[first].end : queue[first + 1].start].strip(" %")
        return between in DASHES and between != ""

    return joined(index + 1) or joined(index - 1)


def _starts_range(text: str, start: int, joint: str) -> bool:
    """Whether "từ" stands before the first bound of a range with its unit twice."""
    before = text[max(0, start - 14) : start].lower().rstrip()
    return joint in DASHES or before.endswith(endings_of("range_opening"))


def _signed(text: str, start: int) -> tuple[int, int]:
    """Start with a written sign included, and the sign; a dash glued to a word or between numbers is no sign."""
    before = text[start - 1 : start] if start else ""
    if before not in SIGNS or not before:
        return start, 0
    earlier = text[start - 2 : start - 1] if start > 1 else ""
    if before in DASHES and earlier and (earlier.isalnum() or earlier in "%)"):
        return start, 0
    if before in DASHES and start - 2 < 0:
        return start, 0
    if before in DASHES and earlier.isspace() and text[: start - 1].rstrip()[-1:] in ("%", ""):
        return start, 0
    return start - 1, SIGNS[before]


def _unit_at(text: str, tokens: list[Token], index: int) -> UnitMention | None:
    """The unit whose first token is ``index``, or the counted noun that stands there."""
    if index >= len(tokens):
        return None
    found = match_unit(tokens, index)
    if found is None:
        return _quoted(text, tokens, index) or _counted(text, tokens, index)
    count, family, factor = found
    if tokens[index].norm in words_of("calendar") and _is_calendar(text, tokens, index):
        return None
    noun = count_noun(tokens, index + count) if family == MULTIPLIER else 0
    start, end = tokens[index].start, tokens[index + count + noun - 1].end
    if noun and tokens[index + count].norm in words_of("misread_money"):
        slip = tokens[index + count]
        meant = f"{text[start : slip.start]}{_money()}"
        return UnitMention(start, slip.end, _as_meant(meant), "money", factor)
    return UnitMention(start, end, _as_meant(text[start:end]), "noun" if noun else family, factor)


@kept_until_rows_change()
def _money() -> str:
    """The word of the currency, for where accents were misread behind a multiplier: "650 triệu đông"."""
    return next(word for word, unit in unit_words().items() if unit.canonical == "VND" and unit.factor == 1)


def _counted(text: str, tokens: list[Token], index: int) -> UnitMention | None:
    """The counted noun, unknown to the vocabulary, that begins at ``index``."""
    size, is_counted = _longer_words().match(tokens, index)
    count = count_noun(tokens, index) if _units().match(tokens, index)[1] is None else size * bool(is_counted)
    if not count or (_ends_name(text, tokens, index - 1) and size and not is_counted):
        return None  # "Khu công nghiệp Phú An 2 thu hút được"
    if _names_next(text, tokens, index, count):
        return None
    if index + count < len(tokens) and tokens[index + count].norm == "/":
        per = _per(tokens, index + count + 1, "noun")
        count += 1 + per if per else 0
    end = tokens[index + count - 1].end
    return UnitMention(tokens[index].start, end, text[tokens[index].start : end], "noun")


def _names_next(text: str, tokens: list[Token], index: int, count: int) -> bool:
    """Whether words in capitals go with the number behind them: "Bảo Yên 61 Mường Khương 42"."""
    behind = index + count
    capitals = all(text[token.start].isupper() for token in tokens[index:behind])
    return capitals and behind < len(tokens) and tokens[behind].norm.isdecimal()


def _as_meant(unit: str) -> str:
    """A unit with the slips of ``spellings.csv`` mended, if no letter moves: whoever adds up needs it as meant."""
    words = unit.split(" ")
    meant = [spellings().get(word.lower(), word) for word in words]
    return " ".join(b if len(a) == len(b) else a for a, b in zip(words, meant, strict=True))


def _ends_name(text: str, tokens: list[Token], number: int) -> bool:
    """Whether the token ``number`` is a small number behind a word in capitals: "Phú An 2"."""
    before = tokens[number - 1] if number > 1 else None
    small = len(tokens[number].norm) < 3 and not tokens[number].norm.startswith("0")
    return before is not None and before.is_word and small and text[before.start].isupper()


def _quoted(text: str, tokens: list[Token], index: int) -> UnitMention | None:
    """The name in quotes that a number counts: ``03 “Mái ấm tình thương”``."""
    if tokens[index].norm not in ("“", '"'):
        return None
    closing = next((i for i in range(index + 1, min(len(tokens), index + 10)) if tokens[i].norm in ("”", '"')), None)
    if closing is None or closing == index + 1:
        return None
    start, end = tokens[index + 1].start, tokens[closing - 1].end
    return UnitMention(start, end, text[start:end], "noun")


def _is_calendar(text: str, tokens: list[Token], index: int) -> bool:
    """Whether "năm", "tháng" or "ngày" after a number begins a date rather than names the unit."""
    if index + 1 >= len(tokens) or text[tokens[index].start : tokens[index].end] in words_of("workday"):
        return False
    following = tokens[index + 1]
    grouped = _GROUPED.match(text, following.end)  # "5 năm 8.640 tỷ đồng"
    return following.norm.isdigit() and not (grouped and tokens[index].norm in words_of("year"))


def count_noun(tokens: list[Token], index: int, most: int = 2) -> int:
    """How many tokens of a counted noun, unknown to the vocabulary, begin at ``index`` (0 where none does)."""
    count = 0
    while count < most and index + count < len(tokens):
        token = tokens[index + count]
        if not token.is_word or token.norm in _stops() or is_cue(tokens, index + count):
            break
        if token.norm in words_of("owning"):
            break
        if count and token.start > tokens[index + count - 1].end + 1:
            break
        count += 1
    return 1 if count == 2 and _belongs_behind(tokens, index + 1) else count


def _belongs_behind(tokens: list[Token], index: int) -> bool:
    """Whether a syllable goes with the next rather than with the one before: "3 khâu đột phá"."""
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    if behind is None or not behind.is_word:
        return False
    joined = compounds().get
    return joined((tokens[index].norm, behind.norm), 0) > joined((tokens[index - 1].norm, tokens[index].norm), 0)


def _with_unit(text: str, quantity: Quantity, unit: UnitMention) -> Quantity:
    """The quantity with its unit; a plan that follows a decimal is what it is a share of, the per cent was left out."""
    if quantity.decimals and norm(unit.text) in words_of("plan"):
        return quantity
    if _groups_by_comma(text, quantity, unit):
        whole = Decimal(int(quantity.value * THOUSAND))
        quantity = quantity._replace(value=whole, decimals=0, doubts=(*quantity.doubts, "number_style"))
    if (
        unit.family == "points"
        and unit.text.lower() in words_of("point")
        and compiled(_NOUN_BEHIND).match(text, unit.end)
    ):
        unit = unit._replace(family="count")  # điểm tập kết, điểm trường
    doubts = quantity.doubts if text.startswith(unit.text, unit.start) else (*quantity.doubts, "ocr_unit")
    return quantity._replace(end=unit.end, unit=unit.text, family=unit.family, doubts=doubts)


def _groups_by_comma(text: str, quantity: Quantity, unit: UnitMention) -> bool:
    """Whether the comma of a number groups thousands in a text that groups them by points: people and đồng are whole.

    "8,352 người", "12,450.000 đồng"; not "8,352 nghìn người", nor "2,125 người/hộ".
    """
    is_whole = (unit.family in WHOLE or norm(unit.text) in words_of("dong")) and unit.factor == 1
    groups = quantity.decimals == 3 and quantity.value >= 1 and "," in text[quantity.start : quantity.number_end]
    return is_whole and groups and "/" not in unit.text


def _fraction(text: str, tokens: list[Token], first: Quantity, second: Numeral) -> Quantity:
    """``524/760 hồ sơ``: value, total and the unit after both."""
    assert second.value is not None
    doubts = (*first.doubts, *second.doubts)
    quantity = first._replace(
        end=second.end, total=second.value, doubts=doubts, number_end=second.end, total_start=second.start
    )
    unit = _unit_at(text, tokens, token_at(tokens, second.end))
    return quantity if unit is None else _with_unit(text, quantity, unit)


def _range(
    text: str,
    tokens: list[Token],
    first: Quantity,
    second: Numeral,
    *,
    following_used: str,
) -> Quantity | None:
    """``8 - 8,5%``, ``từ 1,2% đến 8,7%``: two ends and one unit; None where the second end is not the greater one."""
    assert second.value is not None
    unit = _unit_at(text, tokens, token_at(tokens, second.end))
    told = following_used in DASHES or text[max(0, first.start - 5) : first.start].lower().endswith(openings_of("from"))
    if second.value <= first.value or unit is None or (unit.family == "noun" and not told):
        return None
    decimals = max(first.decimals, second.decimals)
    quantity = first._replace(
        end=second.end,
        value_max=second.value,
        decimals=decimals,
        doubts=(*first.doubts, *second.doubts),
        number_end=second.end,
    )
    return _with_unit(text, quantity, unit)


def _compound(text: str, tokens: list[Token], first: Quantity, unit: UnitMention, second: Numeral) -> Quantity | None:
    """``6 triệu 340 nghìn con``: one amount, counted in the smaller multiplier."""
    assert second.value is not None
    if text[unit.end : second.start].strip() or unit.family not in (MULTIPLIER, "money") or unit.factor < 1000:
        return None
    smaller = _unit_at(text, tokens, token_at(tokens, second.end))
    if smaller is None:
        return None
    if unit.factor == THOUSAND < smaller.factor and first.decimals == 0 and second.value < THOUSAND:
        value = first.value * THOUSAND + second.value  # "1 ngàn 742 tỷ đồng"
        return _with_unit(text, first._replace(end=second.end, value=value, number_end=second.end), smaller)
    if smaller.factor >= unit.factor or second.value * smaller.factor >= unit.factor:
        return None
    value = (first.value * unit.factor + second.value * smaller.factor) / smaller.factor
    quantity = first._replace(end=second.end, value=value, number_end=second.end, decimals=0)
    return _with_unit(text, quantity, smaller)


@cache
def _tenths() -> dict[str, str]:
    """Old measures → their tenth parts."""
    return {row["unit"]: row["tenth"] for row in read_rows("vocabulary/tenths.csv")}


def _mixed(text: str, tokens: list[Token], first: Quantity, unit: UnitMention, second: Numeral) -> Quantity | None:
    """``186 mẫu 5 sào``: one amount in the larger unit."""
    assert second.value is not None
    tenth = _tenths().get(unit.text.lower())
    if tenth is None or text[unit.end : second.start].strip() or first.decimals or second.value >= 10:
        return None
    smaller = _unit_at(text, tokens, token_at(tokens, second.end))
    if smaller is None or smaller.text.lower() != tenth or second.decimals:
        return None
    value = first.value + second.value / 10
    mixed = _with_unit(text, first._replace(value=value, decimals=1, number_end=second.end), unit)
    return mixed._replace(end=smaller.end)


_GROUPED = regex.compile(r"[.,]\d")
_NOUN_BEHIND = r"\s(?!{points_on})\p{Ll}"
_PARTED = regex.compile(r"[,;.\d]")


def _bounded(text: str, quantity: Quantity, bounds: list[tuple[int, int, str, str]]) -> Quantity:
    """The quantity with the bound that stands right before it ("hơn") or after it ("trở lên")."""
    for start, end, label, value in bounds:
        if label == "bound" and end <= quantity.start and not text[end : quantity.start].strip(" ~"):
            if (
                value == "min"
                and text[start:end].lower() in words_of("more")
                and text[:start].rstrip().endswith(endings_of("comparative"))
            ):
                continue
            return quantity._replace(bound=Bound(value))
        between = text[quantity.end : start]
        begun = text.endswith(openings_in_either_case("from"), 0, quantity.start) and not _PARTED.search(between)
        if label == "bound_after" and start >= quantity.end and (len(between) <= 1 or begun):
            return quantity._replace(bound=Bound(value))
    return quantity
