"""Words that say when → labels of periods.

In comes text and the period of the report; out come ``PeriodMention`` spans. A mention without a year takes the
year of the report or of the heading above it. What labels mean and how they are moved is ``domain.period``'s to say;
here is no clock, and no guess beyond the report's own year.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

import regex

from extractor.domain.lexicon import number_words, read_rows
from extractor.domain.period import (
    ROMANS,
    end_day,
    label_around,
    last_day,
    months_label,
    months_of,
    shift_years,
    span_label,
    year_of,
)
from extractor.language.lexer.phrase_matcher import norm
from extractor.language.lexer.quantities import match_unit
from extractor.language.lexer.references import quotes
from extractor.language.lexer.tokens import Token, check_shape, compiled, tokenize, words_of

FORMS = "patterns/periods.csv"


class PeriodMention(NamedTuple):
    """Where a text says when. ``label`` is None where the form is known but no year can be found.

    ``form``: month, quarter, months (cumulative), half, year, day, to_day, range, season, plan, deictic. ``stated_year``
    tells whether the year is printed.
    """

    start: int
    end: int
    label: str | None
    form: str
    stated_year: bool = True


_Y = r"(?:19|20)\d{2}"
_D = r"\d{1,2}\s?(?:[/.]|-(?!\s?\d{1,2}\s?/))\s?\d{1,2}(?!\d)(?:\s?[/.-]\s?(?:19|20)\d{2})?"
_DAY = rf"(?:{_D}|\d{{1,2}}\s+{{month}}\s+\d{{1,2}}(?:\s+{{year}}\s+{_Y})?)"
_TAIL = (
    rf"(?:(?:\s*(?:/|-|\.|,?\s*(?:{{year_lead}}\s+)?{{year}})\s*|(?<={{year}})\s+)(?P<y>{_Y})"
    rf"|\s+(?P<y>(?P<bare>{_Y}))(?![.,\s]?\d|\s?[-–/]\s?\d)"
    r"|\s+(?:{year_lead}\s+)?{year}\s+(?:(?P<this>{this_year})|(?P<last>{last_year})))?"
)
"""The year after a month, quarter or count of months: "/2023", "-2007", ".2019", "của năm 2023", "năm trước", "2011"."""

DURATION_BEFORE = r"{lasting_before}\s+$"
DURATION_AFTER = r"^\s*(?:{lasting_after}|/)"
_LENT = r"{lent}\s+$"  # "Doanh số cho vay 6 tháng đạt"
_TOLD_AFTER = r"\s+{told}(?!\p{L})"
_FROM = r"(?i)(?<!\p{L}){from}\s+$"
_TO = r"\s+{range_joint}\s+(?:{year_edge}\s+)?"
_TO_NOW = r"\s+{range_joint}\s+{until_now}(?!\p{L})"
LONGEST_LEAD = 8
"""Letters before a mention among which "từ" is looked for."""

BEGINNING = frozenset({"year", "month", "quarter", "day"})
ENDING = BEGINNING | {"to_day", "to_month", "half"}
"""Forms of the mentions that "từ … đến …" makes one."""

_PRINTED_YEAR = regex.compile(_Y)
_NUMBERS = regex.compile(r"\d+")
_ROMAN_OR_WORD = regex.compile(r"\p{L}+")


def find_periods(
    text: str, report_period: str | None, year: int | None = None, *, tokens: list[Token] | None = None
) -> list[PeriodMention]:
    """All mentions in reading order; ``year`` (of a heading above) goes before the report's own.

    ``tokens`` are those of ``text``, where they are at hand.
    """
    frame = _Frame(year or year_of(report_period), report_period)
    found: list[PeriodMention] = []
    if text.isupper():
        text, tokens = _ROMAN_OR_WORD.sub(lambda m: m[0] if m[0] in ROMANS else m[0].lower(), text), None
    for match in forms_in(text, tokenize(text) if tokens is None else tokens):
        start, end = match.span()
        within = _within_year(text, start, found, frame)
        meaning = None if _cuts_word(text, start, end) else READERS[str(match.lastgroup)](match, within)
        if meaning is not None:
            _join(text, found, PeriodMention(start, end, *meaning), frame)
    titles = [(first, last) for first, last in quotes(text) if found]
    return [m._replace(label=None) if any(_entitles(text, m, *title) for title in titles) else m for m in found]


def _entitles(text: str, mention: PeriodMention, first: int, last: int) -> bool:
    """Whether quoted words are a title that a time is part of: Đề án “Khởi nghiệp giai đoạn 2017 - 2025”.

    No number follows it there: it says when nothing was counted.
    """
    return first < mention.start and mention.end < last and not any(map(str.isdigit, text[mention.end : last]))


def _join(text: str, found: list[PeriodMention], mention: PeriodMention, frame: _Frame) -> None:
    """Add a mention to those before it, as one with the last where "từ … đến …" joins them.

    "Từ quý II/2020 đến quý I/2021" runs from the first day of the one to the last of the other, "từ tháng 8/2022 đến
    nay" to the end of the report. The year that only one of the two prints is that of both.
    """
    begun = found[-1] if found else None
    if begun is not None and begun.form in BEGINNING and mention.form in ENDING:
        joined = _span(_opening(text, begun, mention.start), *_dated_alike(text, begun, mention))
        if joined is not None:
            found[-1] = joined
            return
    found.append(mention)
    until, year = compiled(_TO_NOW).match(text, mention.end), year_of(frame.report)
    if until is not None and year is not None and mention.form in BEGINNING:
        is_of_years = mention.form == "year" and mention.label != str(year)
        last = mention._replace(end=until.end(), label=str(year) if is_of_years else f"../{end_day(frame.report)}")
        found[-1] = _span(_opening(text, mention, mention.end), mention, last) or mention


def _opening(text: str, begun: PeriodMention, place: int) -> int:
    """Where the "từ" right before a mention stands, if up to a place behind it there is nothing but "đến"; else -1."""
    before, to = text[max(0, begun.start - LONGEST_LEAD) : begun.start], compiled(_TO).match(text, begun.end)
    led = compiled(_FROM).search(before) if to is not None and place <= to.end() else None
    return begun.start - len(before) + led.start() if led is not None else -1


def _dated_alike(text: str, begun: PeriodMention, mention: PeriodMention) -> tuple[PeriodMention, PeriodMention]:
    """Both mentions, in the one year that only one of them prints."""
    dated, ends_dated = (_PRINTED_YEAR.search(text, one.start, one.end) is not None for one in (begun, mention))
    first, last = year_of(begun.label), year_of(mention.label)
    if first and last and dated != ends_dated:
        if ends_dated:
            begun = begun._replace(label=shift_years(begun.label, last - first))
        else:
            mention = mention._replace(label=shift_years(mention.label, first - last))
    return begun, mention


def _span(opening: int, begun: PeriodMention, mention: PeriodMention) -> PeriodMention | None:
    """The period from the first day of one mention to the last of another; None where they are not in that order."""
    label = span_label(begun.label, mention.label) if opening >= 0 else None
    if label is None:
        return None
    form = "since" if begun.form == mention.form == "year" else "range" if label.count("-") > 1 else "months"
    return PeriodMention(opening, mention.end, label, form, begun.stated_year or mention.stated_year)


def _within_year(text: str, start: int, found: Sequence[PeriodMention], frame: _Frame) -> _Frame:
    """The frame of a mention: a year that stands right before it completes it: "Năm 2008, cả năm có 18 vụ"."""
    last = found[-1] if found else None
    if last is None or last.form != "year" or not last.stated_year or text[last.end : start].strip(" ,:"):
        return frame
    year = year_of(last.label)
    return frame if year is None else _Frame(year, str(year))


def forms_in(text: str, tokens: list[Token]) -> Iterator[regex.Match[str]]:
    """The forms in ``text``, each tried only where its own opening stands; they do not overlap."""
    position = 0
    behind = _forms_behind()
    openings = [
        n for n, (_, _, word, is_word) in enumerate(tokens) if (word in behind if is_word else word.isdecimal())
    ]
    for index in openings:
        start, _, word, is_word = tokens[index]
        if start < position or not (is_word or _opens(word, tokens, index)):
            continue
        for form in behind[word if is_word else "#"]:
            match = form.match(text, start)
            if match and _counts(match, tokens, index):
                match = form.match(text, start, match.start("bare"))
            if match:
                position = match.end()
                yield match
                break


def _counts(match: regex.Match[str], tokens: list[Token], index: int) -> bool:
    """Whether the bare year that ends a form is the number of something: "trong 6 tháng 2011 hộ được vay"."""
    if not match.groupdict().get("bare"):
        return False
    behind = bisect_left(tokens, match.end(), index, key=itemgetter(0))
    return match_unit(tokens, behind) is not None


def _opens(number: str, tokens: list[Token], index: int) -> bool:
    """Whether a number may begin a form: a year, a day or a month before its slash, a count of months or years."""
    if len(number) > 2:
        return len(number) == 4 and number.startswith(("19", "20"))
    return index + 1 < len(tokens) and (
        tokens[index + 1].norm == "/" or tokens[index + 1].norm in words_of("counted_time")
    )


class Form(NamedTuple):
    """A row of ``patterns/periods.csv``: what it begins with, words or a number (``#``), and its shape."""

    row: str
    openings: str
    shape: str


@cache
def forms() -> list[Form]:
    """The forms of periods; where two fit the first counts.

    A shape writes ``{year}``, ``{date}``, ``{day}``, ``{month}``, ``{count}`` and ``{tail}`` short.
    """
    month = rf"(?:\d{{1,2}}(?![\d%])(?![.,]\d{{1,2}}(?!\d))|{_spelt('month')})"
    short = {"month": month, "count": rf"(?:\d{{1,2}}|{_spelt('months')})", "year": _Y, "date": _D}
    short |= {"day": compiled(_DAY).pattern, "tail": compiled(_TAIL).pattern}
    found = []
    for row in read_rows(FORMS):
        shape = row["shape"]
        for name, part in short.items():
            shape = shape.replace(f"{{{name}}}", part)
        shape = check_shape(FORMS, row["#"], rf"\b(?P<{row['form']}>{shape})")
        found.append(Form(row["#"], row["opening"], shape))
    return found


def _spelt(kind: str) -> str:
    """The numbers in words of one class; what the table has in small letters also counts with capitals."""
    words = sorted(number_words(kind), key=len, reverse=True)
    return "|".join(regex.sub(r"\b\p{Ll}", lambda letter: f"[{letter[0].upper()}{letter[0]}]", word) for word in words)


@cache
def _number(kind: str, word: str) -> int:
    """What a number of one class in words or digits is worth; 0 for none that is known."""
    known = {spelt.lower(): value for spelt, value in number_words(kind).items()}
    return int(word) if word.isdigit() else int(known.get(word.lower(), 0))


@cache
def _forms_behind() -> dict[str, list[regex.Pattern[str]]]:
    """What a form begins with, folded, → the forms that may begin so."""
    behind: dict[str, list[regex.Pattern[str]]] = {}
    for form in forms():
        shape = regex.compile(form.shape)
        for opening in sorted({norm(opening) for opening in form.openings.split()}):
            behind.setdefault(opening, []).append(shape)
    return behind


def _cuts_word(text: str, start: int, end: int) -> bool:
    """Whether a span begins or ends within a run of letters or of digits."""
    joints = [text[at - 1 : at + 1] for at in (start, end) if 0 < at < len(text)]
    return any(joint.isalpha() or joint.isdecimal() for joint in joints)


class _Frame(NamedTuple):
    """What completes a mention: the year of one that prints none, and the period of the report."""

    year: int | None
    report: str | None


Meaning = tuple[str | None, str, bool]
"""Label and form of a mention, and whether its year is printed."""


def _range(match: regex.Match[str], frame: _Frame) -> Meaning | None:
    """From one day to another or to the end of the report: "từ ngày 09 đến ngày 12/10".

    Two bare days that lie years apart are an anniversary or a life, no period: "(27/02/1955-27/02/2023)".
    """
    to = _day(match["to"], frame.year) if match["to"] else end_day(frame.report)
    begun = match["from"]
    if to and begun.isdigit():
        begun = f"{begun}/{to[5:7]}"
    first = _day(begun, int(to[:4]) if to else frame.year)
    if first and to and first > to and len(_NUMBERS.findall(begun)) == 2:  # "từ 15/12 đến 14/6/2019": the year before
        first = _day(begun, int(to[:4]) - 1)
    if first and to and match[0][0].isdecimal() and int(to[:4]) - int(first[:4]) > 1:
        return None
    return f"{first}/{to}" if first and to else None, "range", True


def _season(match: regex.Match[str], _: _Frame) -> Meaning:
    """A year or two of a school, a crop or a trade: "năm học 2022-2023", "vụ muối 2003-2004"."""
    return f"{match['s1']}/{match['s2']}" if match["s2"] else match["s1"], "season", True


def _plan(match: regex.Match[str], _: _Frame) -> Meaning | None:
    """The years of a plan, none where they run backwards: "giai đoạn 2021-2025"."""
    first, last = match["p1"], match["p2"]
    return (f"{first}/{last}", "plan", True) if int(first) < int(last) else None


def _to_day(match: regex.Match[str], frame: _Frame) -> Meaning:
    """All that came before a day: "tính đến hết ngày 20/9"."""
    day = _day(match["at"], frame.year)
    return day and f"../{day}", "to_day", True


def _as_of(match: regex.Match[str], frame: _Frame) -> Meaning:
    """The state of one day: "tại thời điểm 1/4/2019"."""
    return _day(match["at"], frame.year), "to_day", True


def _to_now(_: regex.Match[str], frame: _Frame) -> Meaning:
    """The months of the year up to the end of the report: "lũy kế đạt"."""
    year, report = frame
    span = months_of(report)
    return months_label(year, 1, span[1] % 12 + 1 if span else 12) if year and report else None, "months", False


def _since(match: regex.Match[str], _: _Frame) -> Meaning:
    """Years up to a later one: "từ năm 2015 đến 2019"."""
    begun, until = int(match["sy"]), int(match["ey"])
    return f"{begun}/{until}" if until > begun else None, "since", True


def _to_month(match: regex.Match[str], frame: _Frame) -> Meaning:
    """The first months of a year; what there is at the end of one is a stock: "đến cuối tháng 8"."""
    month, (year, stated) = _month(match["m"]), _tail(match, frame)
    label = months_label(year, 1, month) if year and month else None
    if label and match["by_end"] and not match["begin"]:
        return f"../{end_day(label)}", "to_day", stated
    return label, "months" if match["begin"] else "to_month", stated


MIDDLE = 15
"""The day that parts a month in two."""


def _to_mid_month(match: regex.Match[str], frame: _Frame) -> Meaning:
    """All that came before the middle of a month: "từ đầu năm đến giữa tháng 6/2018"."""
    month, (year, stated) = _month(match["m"]), _tail(match, frame)
    if not (month and year):
        return None, "to_day", stated
    last = f"{year}-{month:02d}-{MIDDLE}"
    return (f"{year}-01-01/{last}", "range", stated) if match["begin"] else (f"../{last}", "to_day", stated)


def _part_of_month(match: regex.Match[str], frame: _Frame) -> Meaning | None:
    """The first days of a month, or a half: "20 ngày đầu tháng 3/2010", "nửa cuối tháng 7"."""
    month, (year, stated) = _month(match["m"]), _tail(match, frame)
    days = int(match["days"] or MIDDLE)
    if not (month and year and 1 <= days <= last_day(year, month).day):
        return None
    if match["late"]:
        return f"{year}-{month:02d}-{MIDDLE + 1}/{last_day(year, month)}", "range", stated
    return f"{year}-{month:02d}-01/{year}-{month:02d}-{days:02d}", "range", stated


def _to_quarter(match: regex.Match[str], frame: _Frame) -> Meaning:
    """All that came before the end of a quarter: "đến hết quý III/2007"."""
    label, _, stated = _quarter(match, frame)
    return f"../{end_day(label)}" if label else None, "to_day", stated


def _months(match: regex.Match[str], frame: _Frame) -> Meaning | None:
    """The first months of a year, or the last: "6 tháng đầu năm 2023", "4 tháng cuối năm"."""
    count = _number("months", match["n"])
    if not 2 <= count <= 12 or _is_duration(match):
        return None
    year, stated = _tail(match, frame)
    first, last = (13 - count, 12) if match["late"] else (1, count)
    return months_label(year, first, last) if year else None, "months", stated


def _months_from(match: regex.Match[str], frame: _Frame) -> Meaning | None:
    """Months of one year, from one to another: "tháng 4 - 5/2018", "tháng 10 và 11"."""
    first, last, (year, stated) = _month(match["fm"]), _month(match["m"]), _tail(match, frame)
    if not (first and last and first < last):
        return None
    return months_label(year, first, last) if year else None, "months", stated


def _quarters(match: regex.Match[str], frame: _Frame) -> Meaning:
    """The first quarter of a year, or more of them: "quý đầu năm", "hai quý đầu năm 2024"."""
    count = _number("months", match["n"]) if match["n"] else 1
    year, stated = _year_told(match, frame)
    return months_label(year, 1, 3 * count) if year else None, "months", stated


def _first_month(match: regex.Match[str], frame: _Frame) -> Meaning:
    """January: "tháng đầu năm 2012"."""
    year, stated = _year_told(match, frame)
    return months_label(year, 1, 1) if year else None, "month", stated


def _is_duration(match: regex.Match[str]) -> bool:
    """Whether months tell how long something lasts: "trong vòng 6 tháng", "6 tháng tuổi"; a loan's are a period."""
    text, (start, end) = match.string, match.span()
    if compiled(DURATION_AFTER).match(text[end : end + 14]):
        return True
    if not compiled(DURATION_BEFORE).search(text[max(0, start - 24) : start]):
        return False
    if match["half"] or match["y"]:  # "trong vòng 5 tháng đầu năm"
        return False
    told = compiled(_TOLD_AFTER).match(text, end)
    return not (told and compiled(_LENT).search(text[max(0, start - 14) : start]))


def _half_year(match: regex.Match[str], frame: _Frame) -> Meaning:
    """Half a year: "nửa đầu năm 2016"."""
    year, stated = _tail(match, frame)
    return f"{year}-H{2 if match['late'] else 1}" if year else None, "half", stated


def _month_of(match: regex.Match[str], frame: _Frame) -> Meaning | None:
    """One month: "tháng 3/2023", "tháng Chín năm trước"."""
    month, (year, stated) = _month(match["m"]), _tail(match, frame)
    return (months_label(year, month, month) if year else None, "month", stated) if month else None


def _quarter(match: regex.Match[str], frame: _Frame) -> Meaning:
    """One quarter: "quý I/2023", "quí 3"."""
    year, stated = _tail(match, frame)
    quarter = int(match["q"]) if match["q"].isdigit() else ROMANS.index(match["q"].upper()) + 1
    return f"{year}-Q{quarter}" if year else None, "quarter", stated


def _of_year(match: regex.Match[str], _: _Frame) -> Meaning:
    """A year that is printed: "cả năm 2023", "(2019)"."""
    return match["y"], "year", True


def _last_year(_: regex.Match[str], frame: _Frame) -> Meaning:
    """The year before that of the report: "Năm ngoái"."""
    return str(frame.year - 1) if frame.year else None, "year", False


def _whole_year(_: regex.Match[str], frame: _Frame) -> Meaning:
    """The year of the report: "cả năm", "năm nay"."""
    return str(frame.year) if frame.year else None, "year", False


def _day_of(match: regex.Match[str], frame: _Frame) -> Meaning:
    """One day: "ngày 19/02/2023"."""
    return _day(match["d"], frame.year), "day", True


def _deictic(match: regex.Match[str], frame: _Frame) -> Meaning:
    """What the report says of its own period: "trong quý", "trong năm"."""
    if match["what"] in words_of("year"):
        return _whole_year(match, frame)[0], "deictic", False
    return deictic(match["what"], frame.report), "deictic", False


READERS: dict[str, Callable[[regex.Match[str], _Frame], Meaning | None]] = {
    "range": _range, "season": _season, "plan": _plan, "to_day": _to_day, "as_of": _as_of, "to_now": _to_now,
    "since": _since, "half_year": _half_year, "to_month": _to_month, "to_quarter": _to_quarter, "to_mid_month": _to_mid_month, "part_of_month": _part_of_month, "months_from": _months_from,
    "months": _months, "first_month": _first_month, "month": _month_of, "quarters": _quarters, "quarter": _quarter,
    "year": _of_year, "last_year": _last_year, "whole_year": _whole_year, "day": _day_of, "deictic": _deictic,
}  # fmt: skip
"""The outermost group of a form → what reads a match of it; None where that is a duration or no period at all."""


def _tail(match: regex.Match[str], frame: _Frame) -> tuple[int | None, bool]:
    """Year of a mention and whether it is printed: "/2023", "năm 2023", "năm trước"."""
    if match["y"]:
        return int(match["y"]), True
    if frame.year and (match["this"] or match["last"]):
        return frame.year - bool(match["last"]), True
    return frame.year, False


def _year_told(match: regex.Match[str], frame: _Frame) -> tuple[int | None, bool]:
    """The year that a mention prints, or that of the report."""
    return (int(match["y"]), True) if match["y"] else (frame.year, False)


def _month(word: str) -> int | None:
    month = _number("month", word)
    return month if 1 <= month <= 12 else None


def _day(text: str, default: int | None) -> str | None:
    """ISO date of "8/3/2023", "20/9" (with the year that is given) or "05 tháng 01 năm 2020"; None for no date."""
    numbers = [int(n) for n in _NUMBERS.findall(text)]
    if len(numbers) == 2 and default:
        numbers.append(default)
    if len(numbers) != 3:
        return None
    day, month, year = numbers
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


DEICTIC = {"month": 1, "quarter": 3, "year": 12}
"""Groups of words for a part of time → how many months it has."""


def deictic(what: str, report: str | None) -> str | None:
    """What "trong tháng", "trong quý", "trong năm", "trong kỳ" mean in a report of that period."""
    span = months_of(report)
    length = next((months for group, months in DEICTIC.items() if what in words_of(group)), 0)
    return label_around(span[1], length) if span and length else report
