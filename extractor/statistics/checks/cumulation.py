"""Periods in periods: March is no more than the quarter that holds it, nor a thousand times less than its share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from extractor.records import Figure, Finding, Level
from extractor.statistics.catalogue import indicators, name_key
from extractor.statistics.checks.consistency import size_finding
from extractor.statistics.checks.parts import is_target
from extractor.statistics.checks.wording import Held, amount_shown, finding, name_of, period_of, value_shown
from extractor.statistics.intervals import LOOSE, printed_interval, relative_width
from extractor.statistics.periods import Period, read_period
from extractor.statistics.units import read_unit

RATE_FAMILIES = frozenset({"percent", "permille", "points", "score", "multiple", "time"})


def check_cumulation(figures: Sequence[Figure]) -> Iterable[Finding]:
    """C1, and the slip of a thousand (U2), for every pair of nested periods of one indicator."""
    groups: dict[tuple[str | None, ...], list[Figure]] = {}
    for f in figures:
        if f.value is not None and f.indicator and is_flow(f) and not is_target(f) and f.bound is None and not _bare(f):
            key = (name_key(f.indicator), name_key(f.qualifier or ""), name_key(f.parent or ""), f.area, f.amount_unit)
            groups.setdefault((*key, f.footnote), []).append(f)
    for group in groups.values():
        yield from _nested(group)


def _bare(figure: Figure) -> bool:
    """Whether the name is only the counted noun (``34 tin``): two such figures need not count the same thing."""
    return name_key(figure.indicator or "") == name_key(figure.unit or "")


def is_flow(figure: Figure) -> bool:
    """Whether the figure adds up over time: no stock, no rate, no share."""
    entry = indicators().get(figure.indicator_id or "") if figure.match == "alias" else None
    unit = read_unit(figure.unit)
    if unit and (unit.family in RATE_FAMILIES or "/" in unit.family):
        return False
    return entry is None or entry.nature == "flow"


def inside(inner: Period, outer: Period) -> bool:
    """Whether all of ``inner`` lies in ``outer`` and is not all of it; only whole months of one year are compared."""
    if inner.months is None or outer.months is None or inner.year != outer.year:
        return False
    (a, b), (c, d) = inner.months, outer.months
    return c <= a and b <= d and (a, b) != (c, d)


def _slip(small: Figure, inner: Period, large: Figure, outer: Period) -> Finding | None:
    """U2: a part of the period that is about a thousandth of its usual share was printed in another unit, perhaps."""
    whole = printed_interval(large)
    if whole is None or inner.months is None or outer.months is None:
        return None
    length = inner.months[1] - inner.months[0] + 1
    share = whole.scaled(Decimal(length) / (outer.months[1] - outer.months[0] + 1))
    found = size_finding(small, share, amount_shown(share.middle, large))
    return found if found and found.code == "UNIT_SLIP" else None


def _nested(group: Sequence[Figure]) -> Iterable[Finding]:
    largest: dict[str | None, Figure] = {}
    for f in group:  # a period given twice holds at least the larger value
        if f.period not in largest or (f.amount or 0) > (largest[f.period].amount or 0):
            largest[f.period] = f
    for small in group:
        for large in largest.values():
            p, q = read_period(small.period), read_period(large.period)
            if p is None or q is None or not inside(p, q):
                continue
            a, b = printed_interval(small), printed_interval(large)
            loose_a, loose_b = printed_interval(small, LOOSE), printed_interval(large, LOOSE)
            if a is None or b is None or loose_a is None or loose_b is None or a.low < 0 or b.low < 0:
                continue
            wrong = loose_a.low > loose_b.high
            slip = None if wrong else _slip(small, p, large, q)
            if slip:
                yield slip
            yield finding(
                "MONTH_EXCEEDS" if wrong else "MONTH_INSIDE",
                "C1",
                Level.FAIL if wrong else Level.PASS,
                (small, large),
                Held(a, b, a.low - b.high if wrong else None, relative_width(b)),
                words={
                    "name": name_of(large),
                    "inner": value_shown(small),
                    "inner_period": period_of(small),
                    "outer": value_shown(large),
                    "outer_period": period_of(large),
                },
            )
