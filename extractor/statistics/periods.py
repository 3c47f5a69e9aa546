"""Reference periods: a printed period's label becomes days, a frequency and whether it runs up from January.

Labels are those of ``Figure.period``. Month, quarter, half-year, year and cumulative periods are different frequencies
even where their days are the same: ``2023-Q1`` and ``2023-M01/M03`` never join.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])\Z")
_HALF = re.compile(r"(\d{4})-[HS]([12])\Z")
_CUMULATIVE = re.compile(r"(\d{4})-M(\d{2})/M(\d{2})\Z")
_YEAR = re.compile(r"(\d{4})\Z")
_YEARS = re.compile(r"(\d{4})/(\d{4})\Z")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")

SCHOOL_YEAR = ((9, 1), (5, 31))
"""A school year or winter crop runs over the turn of one year: September to May, in reports and in law."""

ROMAN = ("", "I", "II", "III", "IV")


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
    def backwards(self) -> bool:
        """Starts after it ends: a slip of the report, kept as printed."""
        return self.start is not None and self.start > self.end

    def sdmx(self) -> str:
        """The SDMX time period: cumulative ones as start and duration, so that Q1 and three months do not collide.

        >>> read_period("2023-M01/M09").sdmx(), read_period("2023-H1").sdmx(), read_period("2022/2023").sdmx()
        ('2023-01-01/P9M', '2023-S1', '2022-09-01/P273D')
        """
        if self.freq == "YTD" and self.start:
            return f"{self.start.isoformat()}/P{self.end.month}M"
        if self.freq == "S" and self.start:
            return f"{self.year}-S{1 if self.start.month == 1 else 2}"
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
        return _name_en(self) if language == "en" else _name_vi(self)


@lru_cache(maxsize=4096)
def read_period(label: str | None) -> Period | None:
    """The period that ``label`` stands for; None where there is none or the label names no possible days.

    >>> read_period("2023-M01/M03").freq, read_period("2023-Q1").freq
    ('YTD', 'Q')
    >>> read_period("2023-12-16/2023-03-15").backwards
    True
    """
    if not label:
        return None
    text = label.strip()
    try:
        return _read(text)
    except ValueError:  # 2023-02-30, 2023-13
        return None


def _read(text: str) -> Period | None:
    if m := _MONTH.match(text):
        return _whole(text, int(m[1]), int(m[2]), int(m[2]), "M")
    if m := _QUARTER.match(text):
        return _whole(text, int(m[1]), 3 * int(m[2]) - 2, 3 * int(m[2]), "Q")
    if m := _HALF.match(text):
        return _whole(text, int(m[1]), 6 * int(m[2]) - 5, 6 * int(m[2]), "S")
    if m := _CUMULATIVE.match(text):
        first, last = int(m[2]), int(m[3])
        if first > last:
            return None
        return _whole(text, int(m[1]), first, last, "YTD" if first == 1 else "RANGE")
    if m := _YEAR.match(text):
        return _whole(text, int(m[1]), 1, 12, "A")
    if m := _YEARS.match(text):
        first, last = int(m[1]), int(m[2])
        if last == first + 1:
            (m0, d0), (m1, d1) = SCHOOL_YEAR
            return Period(text, date(first, m0, d0), date(last, m1, d1), "RANGE")
        return Period(text, date(first, 1, 1), date(last, 12, 31), "RANGE") if last > first else None
    left, slash, right = text.partition("/")
    if slash:
        return Period(text, None if left == ".." else _day(left), _day(right), "POINT" if left == ".." else "RANGE")
    return Period(text, _day(text), _day(text), "POINT") if _DAY.match(text) else None


def _whole(label: str, year: int, first: int, last: int, freq: str) -> Period:
    return Period(label, date(year, first, 1), last_day(year, last), freq)


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(text: str) -> date:
    """Read a day; a bare month or year at the end of a range is its last day."""
    if m := _DAY.match(text):
        return date(int(m[1]), int(m[2]), int(m[3]))
    if m := _MONTH.match(text):
        return last_day(int(m[1]), int(m[2]))
    raise ValueError(text)


def shift_label(label: str, years: int) -> str | None:
    """``label`` moved by whole years; None for labels without a year in front."""
    parts = label.split("/")
    moved = []
    for part in parts:
        if part[:4].isdigit():
            moved.append(f"{int(part[:4]) + years:04d}{part[4:]}")
        elif part == ".." or part.startswith("M"):
            moved.append(part)
        else:
            return None
    return "/".join(moved)


def issue_bounds(printed: str | None) -> tuple[date, date] | None:
    """The first and last day that a report's printed date leaves open: one day, or the month where the day is blank."""
    if not printed:
        return None
    if _DAY.match(printed):
        try:
            day = date.fromisoformat(printed)
        except ValueError:
            return None
        return day, day
    period = read_period(printed)
    return (period.start, period.end) if period and period.start else None


def label_ending(year: int, month: int, freq: str) -> str:
    """The label of the month, quarter, half-year or year that ends with ``month``.

    >>> label_ending(2023, 9, "Q"), label_ending(2023, 6, "S"), label_ending(2023, 12, "A")
    ('2023-Q3', '2023-H1', '2023')
    """
    if freq == "M":
        return f"{year}-{month:02d}"
    if freq == "Q":
        return f"{year}-Q{month // 3}"
    return f"{year}-H{month // 6}" if freq == "S" else str(year)


def _days(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def _name_vi(p: Period) -> str:
    if p.freq == "M":
        return f"tháng {p.end.month}/{p.year}"
    if p.freq == "Q":
        return f"quý {ROMAN[p.end.month // 3]}/{p.year}"
    if p.freq == "S":
        return f"6 tháng {'đầu' if p.end.month == 6 else 'cuối'} năm {p.year}"
    if p.freq == "YTD":
        return f"{p.end.month} tháng {p.year}"
    if p.freq == "A":
        return f"năm {p.year}"
    if p.start is None or p.start == p.end:
        return f"đến {_days(p.end)}" if p.start is None else _days(p.end)
    return f"{_days(p.start)} – {_days(p.end)}"


def _name_en(p: Period) -> str:
    if p.freq == "M":
        return f"{calendar.month_name[p.end.month]} {p.year}"
    if p.freq == "Q":
        return f"Q{p.end.month // 3} {p.year}"
    if p.freq == "S":
        return f"{'first' if p.end.month == 6 else 'second'} half of {p.year}"
    if p.freq == "YTD":
        return f"{p.end.month} months {p.year}"
    if p.freq == "A":
        return str(p.year)
    if p.start is None or p.start == p.end:
        return f"up to {p.end.isoformat()}" if p.start is None else p.end.isoformat()
    return f"{p.start.isoformat()} – {p.end.isoformat()}"
