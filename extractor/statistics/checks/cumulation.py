"""Periods in periods: March is no more than the quarter that holds it, nor a thousand times less than its share.

Where a report gives a period and two that make it up (six months, the third quarter, nine months), they add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product

from extractor.domain.figure import Figure
from extractor.domain.finding import Finding, Level
from extractor.domain.period import Period, read_period
from extractor.domain.unit import SHARES, read_unit
from extractor.statistics.catalogue import indicators, name_key
from extractor.statistics.checks.consistency import size_finding
from extractor.statistics.checks.grouping import grouped, subject_of
from extractor.statistics.checks.parts import is_target
from extractor.statistics.checks.wording import (
    Held,
    amount_shown,
    finding,
    name_of,
    period_of,
    sum_shown,
    value_shown,
)
from extractor.statistics.intervals import printed_interval, relative_width, tolerated, total

NOT_ADDED = SHARES | {"score", "multiple", "time"}


def check_cumulation(figures: Sequence[Figure]) -> Iterable[Finding]:
    """C1 and the slip of a thousand (U2) for nested and equal periods of one indicator, C4 for periods that add up."""
    for group in grouped(filter(_adds_up, figures), lambda f: (*subject_of(f), f.footnote)).values():
        if len(group) > 1:
            yield from _nested(group)
            yield from _made_up(group)
            yield from _equally_long(group)


def _equally_long(group: Sequence[Figure]) -> Iterable[Finding]:
    """U2: a value about a thousand times that of another period as long, of one indicator that the catalogue knows."""
    sure = [f for f in group if f.match == "alias"]
    for small, large in combinations(sure, 2):
        one, other = read_period(small.period), read_period(large.period)
        if not one or not other or one.freq != other.freq or one.label == other.label:
            continue
        reference = printed_interval(small)
        found = size_finding(large, reference, value_shown(small)) if reference else None
        if found and found.code == "UNIT_SLIP":
            yield found


def _adds_up(f: Figure) -> bool:
    """Whether the figure is an exact amount of something done that has a name of its own."""
    named = f.indicator and not _bare(f)
    return bool(named and f.value is not None and f.bound is None and is_flow(f) and not is_target(f))


def _made_up(group: Sequence[Figure]) -> Iterable[Finding]:
    """C4: each period is what two others of the same report, one behind the other, come to."""
    by_months: dict[tuple[int, int, int], Figure] = {}
    twice: set[tuple[int, int, int]] = set()
    for f in group:
        period = read_period(f.period)
        if period and period.months:
            place = (period.year, *period.months)
            if place in by_months and by_months[place].amount != f.amount:
                twice.add(place)  # which of the two is meant is not known
            by_months.setdefault(place, f)
    for (year, first, last), whole in by_months.items():
        for middle in range(first, last):
            places = ((year, first, middle), (year, middle + 1, last), (year, first, last))
            parts = [by_months[place] for place in places[:2] if place in by_months]
            if len(parts) == 2 and not twice & set(places):
                yield from _sum_of_periods(whole, parts)


def _sum_of_periods(whole: Figure, parts: Sequence[Figure]) -> Iterable[Finding]:
    given = tolerated(printed_interval, whole)
    pieces = [i for i in (tolerated(printed_interval, p) for p in parts) if i]
    if given is None or len(pieces) != len(parts):
        return
    found = total(piece.strict for piece in pieces)
    agrees = given.loose.agrees(total(piece.loose for piece in pieces))
    yield finding(
        "PERIODS_ADD_UP" if agrees else "PERIODS_DIFFER",
        "C4",
        Level.PASS if agrees else Level.WARN,
        (whole, *parts),
        Held(given.strict, found, None if agrees else given.strict.gap(found), relative_width(found)),
        words={
            "name": name_of(whole),
            "parts": sum_shown(parts),
            "found": amount_shown(found.middle, whole),
            "whole": value_shown(whole),
            "period": period_of(whole),
        },
    )


def _bare(figure: Figure) -> bool:
    """Whether the name is only the counted noun (``34 tin``): two such figures need not count the same thing."""
    return name_key(figure.indicator or "") == name_key(figure.unit or "")


def is_flow(figure: Figure) -> bool:
    """Whether the figure adds up over time: no stock, no rate, no share."""
    entry = indicators().get(figure.indicator_id or "") if figure.match == "alias" else None
    unit = read_unit(figure.unit)
    if unit and (unit.family in NOT_ADDED or unit.is_rate):
        return False
    return entry is None or entry.nature == "flow"


def _slip(small: Figure, inner: Period, large: Figure, outer: Period) -> Finding | None:
    """U2: a part of the period far from its share; a thousandth is a wrong unit, a tenth may be a season or a digit."""
    whole = printed_interval(large)
    if whole is None:
        return None
    share = whole.scaled(Decimal(inner.length) / outer.length)
    found = size_finding(small, share, amount_shown(share.middle, large))
    return replace(found, level=Level.INFO) if found and found.code == "SIZE_UNUSUAL" else found


def _nested(group: Sequence[Figure]) -> Iterable[Finding]:
    """C1 for every pair of periods of which one lies in the other; one given twice holds at least the larger value."""
    by_period = grouped(group, lambda f: f.period)
    largest = [max(same, key=lambda f: f.amount or 0) for same in by_period.values()]
    for small, large in product(group, largest):
        inner, outer = read_period(small.period), read_period(large.period)
        if inner and outer and outer.contains(inner):
            yield from _held_inside(small, inner, large, outer)


def _held_inside(small: Figure, inner: Period, large: Figure, outer: Period) -> Iterable[Finding]:
    a, b = tolerated(printed_interval, small), tolerated(printed_interval, large)
    if a is None or b is None or a.strict.low < 0 or b.strict.low < 0:
        return
    wrong = a.loose.low > b.loose.high
    slip = _slip(small, inner, large, outer)
    if slip and (slip.code == "UNIT_SLIP" or not wrong):
        yield slip
    yield finding(
        "MONTH_EXCEEDS" if wrong else "MONTH_INSIDE",
        "C1",
        _level(small) if wrong else Level.PASS,
        (small, large),
        Held(a.strict, b.strict, a.strict.low - b.strict.high if wrong else None, relative_width(b.strict)),
        words={
            "name": name_of(large),
            "inner": value_shown(small),
            "inner_period": period_of(small),
            "outer": value_shown(large),
            "outer_period": period_of(large),
        },
    )


def _level(figure: Figure) -> Level:
    """A name that the catalogue does not know may be a place or a product, and each period's deed another."""
    return Level.FAIL if figure.match == "alias" else Level.INFO
