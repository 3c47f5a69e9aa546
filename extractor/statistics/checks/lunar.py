"""The Vietnamese lunar calendar, reckoned for UTC+7: a day of ours becomes day, month and leap mark of the lunar year.

A month begins on the day of the new moon; month 11 holds the winter solstice; a year of thirteen months has its leap
month where the sun enters no new sign. New moons and the sun's longitude follow the usual truncated series, good to a
minute or two in the centuries around 2000.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

UTC_OFFSET = 7 / 24
"""Hà Nội's clock, as a part of a day. Before 1968 calendars were reckoned for UTC+8 and may differ by a day."""

EPOCH = 2415021.076998695
"""Julian day of the new moon of January 1900, from which moons are counted."""

SYNODIC_MONTH = 29.530588853
JULIAN_OFFSET = 1721424.5
"""From date.toordinal to the Julian day at midnight."""


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the lunar calendar; ``leap`` marks the second of two months of one number."""

    day: int
    month: int
    leap: bool


def lunar_day(day: date) -> LunarDay:
    """The lunar date of ``day``.

    >>> lunar_day(date(2023, 1, 22))
    LunarDay(day=1, month=1, leap=False)
    >>> lunar_day(date(2023, 3, 22))
    LunarDay(day=1, month=2, leap=True)
    """
    number = day.toordinal()
    k = int((number + JULIAN_OFFSET - EPOCH) / SYNODIC_MONTH)
    start = _new_moon(k + 1)
    if start > number:
        start = _new_moon(k)
    eleventh = _month_eleven(day.year)
    following = _month_eleven(day.year + 1)
    if eleventh >= start:
        following, eleventh = eleventh, _month_eleven(day.year - 1)
    passed = round((start - eleventh) / SYNODIC_MONTH)
    month, leap = passed + 11, False
    if following - eleventh > 365:
        at = _leap_offset(eleventh)
        if passed >= at:
            month -= 1
            leap = passed == at
    return LunarDay(number - start + 1, (month - 1) % 12 + 1, leap)


@lru_cache(maxsize=512)
def _new_moon(k: int) -> int:
    """The ordinal of the local day on which the k-th new moon after January 1900 falls."""
    t = k / 1236.85
    rad = math.pi / 180
    mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t * t - 0.000000155 * t**3
    mean += 0.00033 * math.sin((166.56 + 132.87 * t - 0.009173 * t * t) * rad)
    sun = 359.2242 + 29.10535608 * k - 0.0000333 * t * t - 0.00000347 * t**3
    moon = 306.0253 + 385.81691806 * k + 0.0107306 * t * t + 0.00001236 * t**3
    latitude = 21.2964 + 390.67050646 * k - 0.0016528 * t * t - 0.00000239 * t**3
    s, m, f = sun * rad, moon * rad, latitude * rad
    shift = (0.1734 - 0.000393 * t) * math.sin(s) + 0.0021 * math.sin(2 * s)
    shift += -0.4068 * math.sin(m) + 0.0161 * math.sin(2 * m) - 0.0004 * math.sin(3 * m)
    shift += 0.0104 * math.sin(2 * f) - 0.0051 * math.sin(s + m) - 0.0074 * math.sin(s - m)
    shift += 0.0004 * math.sin(2 * f + s) - 0.0004 * math.sin(2 * f - s)
    shift += -0.0006 * math.sin(2 * f + m) + 0.0010 * math.sin(2 * f - m) + 0.0005 * math.sin(2 * m + s)
    if t < -11:
        delta = 0.001 + 0.000839 * t + 0.0002261 * t * t - 0.00000845 * t**3 - 0.000000081 * t**4
    else:
        delta = -0.000278 + 0.000265 * t + 0.000262 * t * t
    return math.floor(mean + shift - delta + UTC_OFFSET - JULIAN_OFFSET)


def _sign(ordinal: int) -> int:
    """Which twelfth of its way from the spring equinox the sun is in when the local day begins."""
    t = (ordinal + JULIAN_OFFSET - UTC_OFFSET - 2451545.0) / 36525
    rad = math.pi / 180
    anomaly = (357.52910 + 35999.05030 * t - 0.0001559 * t * t - 0.00000048 * t**3) * rad
    mean = 280.46645 + 36000.76983 * t + 0.0003032 * t * t
    centre = (1.914600 - 0.004817 * t - 0.000014 * t * t) * math.sin(anomaly)
    centre += (0.019993 - 0.000101 * t) * math.sin(2 * anomaly) + 0.000290 * math.sin(3 * anomaly)
    return int((mean + centre) % 360 / 30)


@lru_cache(maxsize=512)
def _month_eleven(year: int) -> int:
    """The ordinal of the first day of the month that holds the winter solstice of ``year``."""
    k = math.floor((date(year, 12, 31).toordinal() + JULIAN_OFFSET - EPOCH) / SYNODIC_MONTH)
    start = _new_moon(k)
    return _new_moon(k - 1) if _sign(start) >= 9 else start


def _leap_offset(eleventh: int) -> int:
    """How many months after month 11 the leap month comes: the first in which the sun enters no sign."""
    k = math.floor(0.5 + (eleventh + JULIAN_OFFSET - EPOCH) / SYNODIC_MONTH)
    last, i = _sign(_new_moon(k + 1)), 1
    while i < 14:
        i += 1
        sign = _sign(_new_moon(k + i))
        if sign == last:
            break
        last = sign
    return i - 1
