"""Intervals: the values that a printed figure leaves open, and what follows from them.

A figure printed with ``d`` decimals stands for every value that rounds to it. Sums, differences and quotients of such
intervals are exact in Decimal, rounded outwards where a quotient has no end, so that true figures never disagree. Two
tolerances: *strict*, half a unit of the last printed digit, and *loose*, a whole one, because offices sometimes cut
instead of rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import NamedTuple

from extractor.domain.figure import Base, Bound, Comparison, Figure, Measure
from extractor.domain.unit import SHARES, read_unit

STRICT = Decimal("0.5")
LOOSE = Decimal(1)
"""Tolerances in units of the last printed digit: rounded, or cut off."""

HUNDRED = Decimal(100)
RATIOS = frozenset({Measure.RATIO, Measure.CHANGE, Measure.MULTIPLE})
_DOWN = Context(prec=40, rounding=ROUND_FLOOR)
_UP = Context(prec=40, rounding=ROUND_CEILING)
_DOWN16 = Context(prec=16, rounding=ROUND_FLOOR)
_UP16 = Context(prec=16, rounding=ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from ``low`` to ``high``, both included."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:
        return Interval(_DOWN.add(self.low, other.low), _UP.add(self.high, other.high))

    def __sub__(self, other: Interval) -> Interval:
        return Interval(_DOWN.subtract(self.low, other.high), _UP.subtract(self.high, other.low))

    def scaled(self, factor: Decimal) -> Interval:
        """Both ends times a positive factor."""
        return Interval(_DOWN.multiply(self.low, factor), _UP.multiply(self.high, factor))

    def over(self, other: Interval) -> Interval | None:
        """The quotient; None where the divisor is not surely positive."""
        if other.low <= 0:
            return None
        below = other.high if self.low >= 0 else other.low
        above = other.low if self.high >= 0 else other.high
        return Interval(_DOWN.divide(self.low, below), _UP.divide(self.high, above))

    def outward(self) -> Interval:
        """The same, widened to sixteen digits: what a quotient is worth, without a tail that nobody can read."""
        return Interval(_DOWN16.plus(self.low), _UP16.plus(self.high))

    def gap(self, other: Interval) -> Decimal:
        """The distance between the two; 0 where they share a value."""
        return max(Decimal(0), self.low - other.high, other.low - self.high)

    def agrees(self, other: Interval) -> bool:
        """Whether one value fits both."""
        return self.gap(other) == 0

    @property
    def middle(self) -> Decimal:
        """Halfway: for display and for ratios of size, never as a value."""
        return (self.low + self.high) / 2

    @property
    def width(self) -> Decimal:
        """How far apart the ends are."""
        return self.high - self.low

    @property
    def pair(self) -> tuple[Decimal, Decimal]:
        """The two ends."""
        return self.low, self.high


ZERO = Interval(Decimal(0), Decimal(0))


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of all."""
    result = ZERO
    for interval in intervals:
        result = result + interval
    return result


def all_known(intervals: Iterable[Interval | None]) -> list[Interval]:
    """All of them; none where one is not known."""
    found = list(intervals)
    known = [interval for interval in found if interval]
    return known if len(known) == len(found) else []


def relative_width(interval: Interval) -> Decimal | None:
    """What an error must exceed, relative to the value, before it can be seen; None around zero."""
    middle = abs(interval.middle)
    return (interval.width / middle).quantize(Decimal("0.000001")) if middle else None


def around(value: Decimal, half: Decimal, bound: Bound | None = None) -> Interval:
    """The interval of a printed number, one-sided after a word: hơn x → [x; 1,1x], khoảng, gần x → [0,9x; 1,05x]."""
    if bound is Bound.MIN:
        return Interval(value - half, max(value * Decimal("1.1"), value + half))
    if bound is Bound.MAX:
        return Interval(min(Decimal(0), value), value + half)
    if bound is Bound.APPROX:
        ends = (value * Decimal("0.9"), value * Decimal("1.05"))
        return Interval(min(*ends, value - half), max(*ends, value + half))
    return Interval(value - half, value + half)


NOTHING, ONE = Decimal(0), Decimal(1)


def printed_interval(figure: Figure, tolerance: Decimal = STRICT) -> Interval | None:
    """What the figure's value may be, in its canonical unit; None where it has no value.

    Print leaves half a unit of the last digit open; counts and amounts to the đồng are as they stand.
    """
    if figure.value is None:
        return None
    unit = read_unit(figure.unit)
    factor = unit.factor if unit else ONE
    counted = unit is None or unit.is_counted or unit.family == "money"
    exact = counted and figure.decimals == 0 and factor == 1
    half = NOTHING if exact else tolerance * ONE.scaleb(-figure.decimals) * factor
    first = around(figure.value * factor, half, figure.bound)
    if figure.value_max is None:
        return first
    return Interval(first.low, max(first.high, figure.value_max * factor + half))


class Tolerated(NamedTuple):
    """One interval at both tolerances."""

    strict: Interval
    loose: Interval


def tolerated(read: Callable[[Figure, Decimal], Interval | None], figure: Figure) -> Tolerated | None:
    """What ``read`` makes of a figure at both tolerances; None where it makes nothing of it at one of them."""
    strict, loose = read(figure, STRICT), read(figure, LOOSE)
    return Tolerated(strict, loose) if strict and loose else None


def comparison_interval(comparison: Comparison, tolerance: Decimal = STRICT) -> Interval:
    """What the printed percentage, difference or multiple may be."""
    half = tolerance * Decimal(1).scaleb(-comparison.decimals)
    interval = around(comparison.value, half, comparison.bound)
    if comparison.value_max is not None:
        interval = Interval(interval.low, max(interval.high, comparison.value_max + half))
    return interval


def ratio_interval(comparison: Comparison, tolerance: Decimal = STRICT) -> Interval | None:
    """The comparison as value over base, in per cent: tăng 9,7 % → 109,7; None for points and absolute changes."""
    interval = comparison_interval(comparison, tolerance)
    if comparison.kind is Measure.RATIO:
        return interval
    if comparison.kind is Measure.CHANGE:
        return Interval(HUNDRED + interval.low, HUNDRED + interval.high)
    if comparison.kind is Measure.MULTIPLE:
        return interval.scaled(HUNDRED)
    return None


def compared(figure: Figure, base: Base) -> Comparison | None:
    """The figure's one comparison with ``base`` that gives a ratio; None where there are two (two plans)."""
    found = [c for c in figure.comparisons if c.base is base and c.kind in RATIOS]
    return found[0] if len(found) == 1 else None


def implied_base(figure: Figure, base: Base, tolerance: Decimal = STRICT) -> Interval | None:
    """The value that the figure was compared with, from value and percentage: ``100·Y/p``."""
    comparison = compared(figure, base)
    if comparison is None:
        return None
    unit = read_unit(figure.unit)
    if comparison.kind is Measure.CHANGE and unit and unit.family in SHARES:
        return None  # "tỷ lệ hộ nghèo giảm 1,7%" is in points more often than not
    value = printed_interval(figure, tolerance)
    ratio = ratio_interval(comparison, tolerance)
    if value is None or ratio is None or value.low < 0:
        return None
    quotient = value.over(ratio)
    return quotient.scaled(HUNDRED).outward() if quotient else None


def implied_plan(figure: Figure, tolerance: Decimal = STRICT) -> Interval | None:
    """The plan of the year that "đạt p % kế hoạch" gives away."""
    return implied_base(figure, Base.PLAN, tolerance)


def implied_last_year(figure: Figure, tolerance: Decimal = STRICT) -> Interval | None:
    """The value of the same period last year that "tăng g % so cùng kỳ" gives away."""
    return implied_base(figure, Base.SAME_PERIOD, tolerance)
