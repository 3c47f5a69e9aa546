"""The reference period, one for all rooms: labels are read, moved, compared and printed here and nowhere else.

Labels are those of ``Figure.period``: ``2023-03``, ``2023-Q1``, ``2023-H1``, ``2023-M01/M09`` (cumulative), ``2023``,
``2022/2023`` (years), ``2023-03-08``, ``2023-01-01/2023-03-08``, ``../2023-03-08`` (up to a day). Month, quarter,
half-year, year and cumulative periods are different frequencies even where their days are the same: ``2023-Q1`` and
``2023-M01/M03`` never join. A ``Period`` has possible days; what only months are asked of (``months_of``, ``year_of``,
``relation``) also holds for a printed ``2023-06-31``. Calendar arithmetic only: no clock, no words of a report.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from extractor.domain.lexicon import read_rows

NAMES = "vocabulary/period_names.csv"

_WHOLE = re.compile(r"(\d{4})(?:-(?:Q([1-4])|[HS]([12])|M(\d\d)/M(\d\d)|(\d\d)(?:-(\d\d))?))?")
_YEAR, _DATED = 1, (6, 7)  # groups of it: what a label ends with that is a year, a month or a day
_ANY_YEAR = re.compile(r"\d{4}")

SCHOOL_YEAR = ((9, 1), (5, 31))
"""A school year or winter crop runs over the turn of one year: September to May, in reports and in law."""

ROMANS = ("I", "II", "III", "IV")
LENGTHS = {"M": 1, "Q": 3, "S": 6, "A": 12}
"""Frequencies of whole months → how many months one period has."""
FREQUENCIES = (*LENGTHS, "YTD", "RANGE", "POINT")

_Day = tuple[int, int, int]
"""Year, month and day; the day is 0 where the label does not say it."""


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, inclusive; ``start`` is None for "up to a day". ``freq``: M, Q, S, A, YTD, RANGE, POINT."""

    label: str
    start: date | None
    end: date
    freq: str

    @property
    def year(self) -> int:
        """The year that plans and "cùng kỳ" refer to: that of the last day."""
        return self.end.year

    @property
    def months(self) -> tuple[int, int] | None:
        """First and last month where the period is made of whole months of one year."""
        if self.freq in {"RANGE", "POINT"} or self.start is None or self.start.year != self.end.year:
            return None
        return self.start.month, self.end.month

    @property
    def months_to_date(self) -> int | None:
        """How many whole months from January on the period is; None for any other."""
        return self.months[1] if self.months and self.months[0] == 1 else None

    @property
    def length(self) -> int:
        """How many whole months of one year the period has, 0 for any other."""
        return self.months[1] - self.months[0] + 1 if self.months else 0

    @property
    def backwards(self) -> bool:
        """Starts after it ends: a slip of the report, kept as printed."""
        return self.start is not None and self.start > self.end

    def contains(self, other: Period) -> bool:
        """Whether ``other`` lies in this period and is not all of it; only whole months of one year are compared.

        >>> read_period("2023-H1").contains(read_period("2023-Q2"))
        True
        """
        if self.months is None or other.months is None or self.year != other.year:
            return False
        (a, b), (c, d) = other.months, self.months
        return c <= a and b <= d and (a, b) != (c, d)

    def shift(self, years: int) -> Period | None:
        """The same period so many years later; None where it has no such days: 29 February."""
        return read_period(shift_years(self.label, years))

    def sdmx(self) -> str:
        """The SDMX time period: cumulative ones as start and duration, so that Q1 and three months do not collide.

        >>> read_period("2023-M01/M09").sdmx(), read_period("2023-H1").sdmx(), read_period("2022/2023").sdmx()
        ('2023-01-01/P9M', '2023-S1', '2022-09-01/P273D')
        """
        if self.freq == "YTD" and self.start:
            return f"{self.start.isoformat()}/P{self.end.month}M"
        if self.freq == "S":
            return f"{self.year}-S{self.end.month // 6}"
        if self.freq in {"RANGE", "POINT"}:
            if self.start is None or self.start == self.end or self.backwards:
                return self.end.isoformat()
            return f"{self.start.isoformat()}/P{(self.end - self.start).days + 1}D"
        return self.label

    def name(self, language: str = "vi") -> str:
        """How a person writes it: ``quý I/2023``, ``9 tháng 2023``.

        >>> read_period("2023-Q3").name(), read_period("2023-M01/M09").name(), read_period("2023-03").name("en")
        ('quý III/2023', '9 tháng 2023', 'March 2023')
        """
        form, quarter = self.freq, (self.end.month + 2) // 3
        if form == "S":
            form = f"S{self.end.month // 6}"
        elif form in {"RANGE", "POINT"}:
            form = "TO" if self.start is None else "DAY" if self.start == self.end else "RANGE"
        written = {"start": self.start, "end": self.end, "quarter": quarter, "roman": ROMANS[quarter - 1]}
        return _names()[form][language == "en"].format_map(written)


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Form of a period → how it is written in Vietnamese and in English."""
    return {row["form"]: (row["vi"], row["en"]) for row in read_rows(NAMES)}


def spell_period(label: str | None, language: str = "vi") -> str:
    """A label's period as a person writes it; what cannot be read is shown as it is."""
    period = read_period(label)
    return period.name(language) if period is not None else label or ""


@lru_cache(maxsize=4096)
def read_period(label: str | None) -> Period | None:
    """The period that ``label`` stands for; None where there is none or the label names no possible days.

    >>> read_period("2023-M01/M03").freq, read_period("2023-Q1").freq
    ('YTD', 'Q')
    >>> read_period("2023-12-16/2023-03-15").backwards
    True
    """
    text = (label or "").strip()
    ends = _ends(text)
    if ends is None:
        return None
    freq, first, last = ends
    if freq == "YEARS" and first:
        if first[0] == last[0]:
            return None
        if first[0] + 1 == last[0]:
            first, last = (first[0], *SCHOOL_YEAR[0]), (last[0], *SCHOOL_YEAR[1])
    if first and first > last and not last[2]:
        return None  # only days are printed backwards
    try:
        start = date(first[0], first[1], first[2] or 1) if first else None
        end = date(*last) if last[2] else last_day(last[0], last[1])
    except ValueError:  # 2023-02-30, 2023-13
        return None
    return Period(text, start, end, "RANGE" if freq == "YEARS" else freq)


@lru_cache(maxsize=512)
def _ends(label: str) -> tuple[str, _Day | None, _Day] | None:
    """Frequency, or ``YEARS``, and both ends of a label; no calendar is asked whether they are possible."""
    if whole := _WHOLE.fullmatch(label):
        return _whole(whole)
    left, _, right = label.partition("/")
    first, last = _WHOLE.fullmatch(left), _WHOLE.fullmatch(right)
    if last and last.lastindex in _DATED and left == "..":
        return "POINT", None, _whole(last)[2]
    if not first or not last:
        return None
    if first.lastindex == last.lastindex == _YEAR:
        return "YEARS", _whole(first)[1], _whole(last)[2]
    dated = first.lastindex in _DATED and last.lastindex in _DATED
    return ("RANGE", _whole(first)[1], _whole(last)[2]) if dated else None


def _whole(label: re.Match[str]) -> tuple[str, _Day, _Day]:
    """The same of a label that is no range of two others, by the group of ``_WHOLE`` that it ends with."""
    year, quarter, half, first, last, month, day = (int(part or 0) for part in label.groups())
    return {
        1: ("A", (year, 1, 0), (year, 12, 0)),
        2: ("Q", (year, 3 * quarter - 2, 0), (year, 3 * quarter, 0)),
        3: ("S", (year, 6 * half - 5, 0), (year, 6 * half, 0)),
        5: ("YTD" if first == 1 else "RANGE", (year, first, 0), (year, last, 0)),
        6: ("M", (year, month, 0), (year, month, 0)),
        7: ("POINT", (year, month, day), (year, month, day)),
    }[label.lastindex or 1]


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def issue_bounds(printed: str | None) -> tuple[date, date] | None:
    """The first and last day that a report's printed date leaves open: one day, or the month where the day is blank."""
    period = read_period(printed)
    return (period.start, period.end) if period and period.start else None


# ------------------------------------------------------------------------------------------------------------ labels


@lru_cache(maxsize=512)
def months_of(label: str | None) -> tuple[int, int] | None:
    """First and last month of a label, counted from year 0, both inclusive; None for what is no period.

    Years joined by a slash are whole here: whether a school or a plan runs through them the label does not say.

    >>> months_of("2023-Q1"), months_of("../2023-06-31")
    ((24276, 24278), (24281, 24281))
    """
    ends = _ends(label) if label else None
    if ends is None:
        return None
    last = ends[2]
    first = ends[1] or last
    return first[0] * 12 + first[1] - 1, last[0] * 12 + last[1] - 1


@lru_cache(maxsize=512)
def year_of(label: str | None) -> int | None:
    """The year in which a period ends."""
    span = months_of(label)
    return span[1] // 12 if span else None


def is_day(label: str | None) -> bool:
    """Whether a period is a single day, as of which a stock is counted.

    >>> is_day("2012-10-01"), is_day("../2012-10-01"), is_day("2012-10"), is_day(None)
    (True, False, False, False)
    """
    return label is not None and len(label) == len("2012-10-01") and label.count("-") == 2


def end_day(label: str | None) -> str | None:
    """The last day of a period's last month as a label; a day is its own, as printed.

    >>> end_day("2023-Q1"), end_day("2023-06-31")
    ('2023-03-31', '2023-06-31')
    """
    ends, span = _ends(label) if label else None, months_of(label)
    if ends is None or span is None or (ends[0] == "POINT" and ends[1]):
        return label if ends else None
    year, month = divmod(span[1], 12)
    return last_day(year, month + 1).isoformat()


def months_label(year: int, first: int, last: int) -> str:
    """The label of whole months of one year: the month, quarter, half-year or year that they are, else both ends.

    >>> months_label(2023, 1, 3), months_label(2023, 7, 12), months_label(2023, 1, 9), months_label(2023, 1, 12)
    ('2023-Q1', '2023-H2', '2023-M01/M09', '2023')
    """
    length = last - first + 1
    if length not in LENGTHS.values() or last % length:
        return f"{year}-M{first:02d}/M{last:02d}"
    form = {1: f"-{last:02d}", 3: f"-Q{last // 3}", 6: f"-H{last // 6}", 12: ""}[length]
    return f"{year}{form}"


def span_label(first: str | None, last: str | None) -> str | None:
    """The label of all days from the first of one period to the last of another; None where they lie the other way.

    >>> span_label("2020-Q2", "2021-Q1"), span_label("2021-01", "../2021-09-30"), span_label("2015", "2019")
    ('2020-04-01/2021-03-31', '2021-M01/M09', '2015/2019')
    """
    begun, ended = read_period(first), read_period(last)
    if begun is None or ended is None or begun.start is None or begun.start > ended.end:
        return None
    start, end = begun.start, ended.end
    if begun.freq == ended.freq == "A" and start.year < end.year:
        return f"{start.year}/{end.year}"
    if start.year == end.year and start.day == 1 and end == last_day(end.year, end.month):
        return months_label(start.year, start.month, end.month)
    return f"{start.isoformat()}/{end.isoformat()}"


def label_around(month: int, length: int) -> str:
    """The label of the month, quarter, half-year or year in which a month lies that is counted from year 0.

    >>> label_around(24278, 3), label_around(24278, 6), label_around(24278, 12)
    ('2023-Q1', '2023-H1', '2023')
    """
    year, place = divmod(month, 12)
    first = place - place % length + 1
    return months_label(year, first, first + length - 1)


def shift_years(label: str | None, years: int) -> str | None:
    """The label of the same period so many years later.

    >>> shift_years("2023-Q1", -1), shift_years("../2023-06-20", 2), shift_years("2022/2023", -1)
    ('2022-Q1', '../2025-06-20', '2021/2022')
    """
    return _ANY_YEAR.sub(lambda year: f"{int(year[0]) + years:04d}", label) if label else None


def year_before(label: str | None) -> str | None:
    """The same period of last year, what "cùng kỳ" means."""
    return shift_years(label, -1)


def in_year(label: str | None, year: int | None) -> str | None:
    """The same stretch of an earlier year; ``label`` itself where either is unknown or the year no earlier one.

    >>> in_year("2018-M01/M04", 2016), in_year("2018", None)
    ('2016-M01/M04', '2018')
    """
    last = year_of(label)
    return shift_years(label, year - last) if last and year and year < last else label


def just_before(label: str | None) -> str | None:
    """The month, quarter, half-year or year right before one of these; None before any other period.

    >>> just_before("2023-Q1"), just_before("2023-03"), just_before("2023-M01/M09")
    ('2022-Q4', '2023-02', None)
    """
    span = months_of(label)
    length = span[1] - span[0] + 1 if span else 0
    is_whole = span is not None and length in LENGTHS.values() and label_around(span[1], length) == label
    return label_around(span[0] - 1, length) if span and is_whole else None


def relation(period: str | None, base: str | None) -> str:
    """How ``base`` stands to ``period``: ``same`` (a year earlier), ``previous`` (just before it) or ``other``.

    >>> relation("2024-Q1", "2023-Q4"), relation("2024-Q1", "2023-Q1"), relation("2020", "2015")
    ('previous', 'same', 'other')
    """
    mine, other = months_of(period), months_of(base)
    if not mine or not other:
        return "other"
    if other[0] == mine[0] - 12 and other[1] == mine[1] - 12:
        return "same"
    if other[1] - other[0] == mine[1] - mine[0] and other[1] == mine[0] - 1:
        return "previous"
    if other[1] == mine[1] - 12 and other[1] - other[0] == 11 and mine[1] % 12 == 11:
        return "same"
    return "other"
