"""Checks across reports: one place's reports held against each other, and one series against itself.

What one report implies, another states: the plan behind shares of plan, the value behind growth rates, the month
between two cumulative values. Estimates are revised, so a small difference is a revision and a large one a conflict;
the line is two per cent or three of the last printed digits. The findings name figures of several reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median

from extractor.domain.finding import Finding, Level
from extractor.domain.unit import read_unit
from extractor.statistics.catalogue import indicators
from extractor.statistics.checks.consistency import power_of_ten
from extractor.statistics.checks.near_misses import are_swapped
from extractor.statistics.checks.wording import Held, Words, finding_across, joined, measured, named, rounded
from extractor.statistics.intervals import Interval, relative_width, total
from extractor.statistics.observations import Observation, own_series
from extractor.statistics.series import STATUS_RANK, Key, Point, Series, as_printed

REVISION = Decimal("0.02")
STEPS_OFF = 3
"""A revision moves a value by at most two per cent or three of its last printed digits; more is a conflict."""

ENOUGH = 4
"""From so many values on, a median says what size is usual."""

RUNNING = ("YTD", "Q", "S", "A")
"""Frequencies of values from January on, the finest first."""

ADDITIVE = {"Q": ("M", 3), "S": ("Q", 2), "A": ("Q", 4)}
"""A quarter is its three months, a half-year its two quarters, a year its four."""


def check_series(series: Sequence[Series]) -> tuple[Finding, ...]:
    """P2, Y2, C2 to C4, U2, the conflicts and the revisions of every series and its neighbours; worst first.

    A name that is only the counted noun (``34 hộ``) may mean another thing in each report: nothing is held against it.
    What a slipped unit puts out of joint further on is not told again, and what was derived is held against nothing.
    """
    series = as_printed(series)
    by_key = {s.key: s for s in series}
    found: list[Finding] = []
    joined: list[Finding] = []
    for one in series:
        if one.indicator == own_series(one.unit, None):
            continue
        if one.measure == "TARGET":
            found.extend(_plans(one))
            continue
        found.extend(_conflicts(one))
        found.extend(_revisions(one))
        found.extend(_last_year(one))
        if one.measure == "VALUE":
            found.extend(_sizes(one, by_key))
        if one.measure == "VALUE" and _is_flow(one):
            joined.extend((*_chain(one, by_key), *_falls(one, by_key), *_additive(one, by_key)))
    slipped = {identity for f in found if f.code == "UNIT_SLIP" for identity in f.figures}
    found.extend(f for f in joined if not slipped.intersection(f.figures))
    order = {Level.FAIL: 0, Level.WARN: 1, Level.INFO: 2, Level.PASS: 3}
    return tuple(sorted(found, key=lambda f: (order[f.level], f.code, f.message)))


def _is_flow(one: Series) -> bool:
    entry = indicators().get(one.indicator)
    return one.unit != "%" and (entry is None or entry.nature == "flow")


def _name(one: Series) -> Words:
    return joined((one.title, one.area_name) if one.area_name else (one.title,), ", ")


def _shown(value: Decimal, o: Observation) -> Words:
    """An amount written in the unit that ``o`` was printed in."""
    printed = rounded(value.scaleb(-o.unit_mult), max(o.decimals, 1 if o.unit_mult else 0))
    return measured(printed, o.printed_unit)


def _value(o: Observation) -> Words:
    return _shown(o.value if o.value is not None else (o.low + o.high) / 2, o)


def _interval(o: Observation) -> Interval:
    return Interval(o.low, o.high)


def _apart(one: Observation, other: Observation) -> Decimal:
    """How far two values lie apart, as a reader reckons it: from middle to middle."""
    return abs(_interval(one).middle - _interval(other).middle)


def _revised(gap: Decimal, o: Observation) -> bool:
    """Whether a difference is as small as revisions are."""
    value = abs(o.value) if o.value is not None else abs(o.high)
    step = Decimal(1).scaleb(o.unit_mult - o.decimals)
    return gap <= max(REVISION * value, STEPS_OFF * step)


def _is_revision(one: Observation, other: Observation, gap: Decimal) -> bool:
    """Whether a difference is as small as revisions are, and no two digits that have changed places."""
    return _revised(gap, one) and not are_swapped(one.value, other.value)


def _plans(one: Series) -> Iterator[Finding]:
    """P2: the plans of one year that reports imply have a value in common; P3: a stated one lies in it."""
    for point in one.points:
        year = point.period.year
        if len(point.implied) > 1:
            low, high = max(o.low for o in point.implied), min(o.high for o in point.implied)
            ids = [o.figure for o in point.implied]
            first = point.implied[0]
            if low <= high:
                words = {
                    "name": _name(one),
                    "year": year,
                    "count": len({o.report or o.source for o in point.implied}),
                    "low": _shown(low, first),
                    "high": _shown(high, first),
                }
                held = Held(Interval(low, high), power=relative_width(Interval(low, high)))
                yield finding_across("PLAN_STABLE", "P2", Level.PASS, ids, held, words=words)
            else:
                a = max(point.implied, key=lambda o: o.low)
                b = min(point.implied, key=lambda o: o.high)
                words = {"name": _name(one), "year": year, "one": _range(b), "other": _range(a)}
                held = Held(_interval(b), _interval(a), low - high, relative_width(_interval(a)))
                yield finding_across("PLAN_MOVED", "P2", Level.WARN, [b.figure, a.figure], held, words=words)
        if point.chosen and point.chosen.status != "F":  # an aim is not the plan that percentages are of
            yield from _pair(one, point, "P3")


def _range(o: Observation) -> Words:
    return joined((_shown(o.low, o), _shown(o.high, o)), " – ")


def _last_year(one: Series) -> Iterator[Finding]:
    """Y2: what a report of this year implies for last year against what was reported then."""
    for point in one.points:
        yield from _pair(one, point, "Y2")


def _pair(one: Series, point: Point, rule: str) -> Iterator[Finding]:
    """The stated value of a point against each implied interval of another report."""
    stated = point.chosen
    if stated is None:
        return
    for implied in point.implied:
        if implied.source == stated.source and implied.report == stated.report:
            continue  # within one report the checks of the report have said it
        gap = _interval(stated).gap(_interval(implied))
        held = Held(_interval(implied), _interval(stated), gap or None, relative_width(_interval(implied)))
        words = {
            "name": _name(one),
            "period": point.period.name,
            "value": _value(stated),
            "low": _shown(implied.low, implied),
            "high": _shown(implied.high, implied),
            "gap": _shown(gap, implied),
        }
        ids = [stated.figure, implied.figure]
        if gap == 0:
            yield finding_across("LAST_YEAR_MATCH", rule, Level.PASS, ids, held, words=words)
        elif _revised(gap, stated):
            yield finding_across("LAST_YEAR_REVISED", rule, Level.WARN, ids, held, words=words)
        else:
            yield finding_across("LAST_YEAR_CONFLICT", rule, Level.FAIL, ids, held, words=words)


def _conflicts(one: Series) -> Iterator[Finding]:
    """U1: one period, one status, two values: estimates are revised, final values should stand."""
    for point in one.points:
        for first, other in point.rivals:
            gap = _interval(first).gap(_interval(other))
            small, final = _is_revision(first, other, gap), first.reported == "A"
            level = (Level.WARN if small else Level.FAIL) if final else (Level.INFO if small else Level.WARN)
            words = {
                "name": _name(one),
                "period": point.period.name,
                "one": _value(first),
                "other": _value(other),
            }
            held = Held(_interval(first), _interval(other), gap)
            yield finding_across("CONFLICT", "U1", level, [first.figure, other.figure], held, words=words)


def _revisions(one: Series) -> Iterator[Finding]:
    """An estimate against the final value of a later report: a revision, and a warning where it is a large one."""
    for point in one.points:
        final = point.chosen
        before = [v for v in point.vintages if final and 0 < STATUS_RANK[v.reported] < STATUS_RANK[final.reported]]
        if final is None or not before:
            continue
        first = before[0]
        gap = _interval(first).gap(_interval(final))
        if gap == 0 or first.source == final.source:
            continue
        words = {
            "name": _name(one),
            "period": point.period.name,
            "one": _value(first),
            "word": first.status_word,
            "other": _value(final),
            "gap": _shown(_apart(first, final), final),
        }
        level = Level.INFO if _is_revision(first, final, gap) else Level.WARN
        held = Held(_interval(first), _interval(final), gap)
        yield finding_across("REVISED", "U1", level, [first.figure, final.figure], held, words=words)


def _sizes(one: Series, by_key: dict[Key, Series]) -> Iterator[Finding]:
    """U2: each stated value against what another report implies for it, the running total before it, or the median."""
    sized = [(p, o, o.value) for p in one.points if (o := p.chosen) and o.value and o.value > 0]
    usual = Decimal(median(value for _, _, value in sized)) if len(sized) >= ENOUGH else None
    running = _cumulative(one, by_key) if _is_flow(one) else {}
    for point, o, value in sized:
        outside = next((i for i in point.implied if i.source != o.source), None)
        reference = _interval(outside).middle if outside else (_paced(o, running) or usual)
        if reference is None or reference <= 0:
            continue
        _, near = power_of_ten(value, reference)
        if near:
            times = named(f"word.times_{near}")
            words = {"name": _name(one), "value": _value(o), "reference": _shown(reference, o), "times": times}
            held = Held(_interval(o), Interval(reference, reference))
            yield finding_across("UNIT_SLIP", "U2", Level.WARN, [o.figure], held, words=words)


def _paced(o: Observation, running: dict[tuple[int, int], Observation]) -> Decimal | None:
    """What the last running total of the year before ``o`` would have come to by its month, at the same pace."""
    year, month = o.period.year, o.period.months_to_date
    if month is None:
        return None
    before = max((m for y, m in running if y == year and m < month), default=None)
    value = running[(year, before)].value if before else None
    return value * month / before if value and before else None


def _sibling(one: Series, by_key: dict[Key, Series], freq: str) -> dict[tuple[int, int], Observation]:
    """The chosen values of the same key at another frequency, by year and last month."""
    key = (*one.key[:5], freq, one.key[6])
    other = by_key.get(key)
    points = other.points if other else ()
    return {(p.period.year, p.period.end.month): p.chosen for p in points if p.chosen}


def _cumulative(one: Series, by_key: dict[Key, Series]) -> dict[tuple[int, int], Observation]:
    """Values from January on, whatever they are called: first quarter, first half-year, cumulative, year."""
    found: dict[tuple[int, int], Observation] = {}
    for freq in reversed(RUNNING):
        values = _sibling(one, by_key, freq)
        found |= {at: o for at, o in values.items() if o.period.months_to_date}
    return found


def _chain(one: Series, by_key: dict[Key, Series]) -> Iterator[Finding]:
    """C2 along the months of one year; asked once, from the monthly series."""
    if one.freq not in {"M", "Q"}:
        return
    step = 1 if one.freq == "M" else 3
    running = _cumulative(one, by_key)
    own = _sibling(one, by_key, one.freq)
    for (year, month), now in sorted(running.items()):
        before, part = running.get((year, month - step)), own.get((year, month))
        if before is None or part is None or part.period.months_to_date == month:
            continue
        rest = _interval(now) - _interval(part)
        gap = rest.gap(_interval(before))
        words = {
            "name": _name(one),
            "now": _value(now),
            "month": _value(part),
            "before": _value(before),
            "rest": _shown(rest.middle, now),
            "gap": _shown(abs(rest.middle - _interval(before).middle), now),
        }
        ids = [now.figure, part.figure, before.figure]
        held = Held(rest, _interval(before), gap or None, relative_width(rest))
        if gap == 0:
            yield finding_across("CHAIN_MATCH", "C2", Level.PASS, ids, held, words=words)
        else:
            level = Level.WARN if gap > REVISION * abs(now.high) else Level.INFO
            yield finding_across("CHAIN_REVISION", "C2", level, ids, held, words=words)


def _falls(one: Series, by_key: dict[Key, Series]) -> Iterator[Finding]:
    """C3: what has been done since January is never less than it was; asked once, from the finest running series.

    Of measured things alone: two reports count two contests under one name.
    """
    unit = read_unit(one.unit)
    if unit is None or unit.is_counted:
        return
    if next((freq for freq in RUNNING if _sibling(one, by_key, freq)), None) != one.freq:
        return
    running = sorted(_cumulative(one, by_key).items())
    for ((year, _), before), ((later, _), now) in pairwise(running):
        if year == later and now.high < before.low:
            held = Held(_interval(now), _interval(before), before.low - now.high)
            words = {
                "name": _name(one),
                "now": _value(now),
                "before": _value(before),
                "before_period": before.period.name,
                "period": now.period.name,
            }
            yield finding_across("CUMULATIVE_FALLS", "C3", Level.WARN, [now.figure, before.figure], held, words=words)


def _additive(one: Series, by_key: dict[Key, Series]) -> Iterator[Finding]:
    """C4: a quarter is its months, a half-year its quarters, a year its quarters, where all are there."""
    if one.freq not in ADDITIVE:
        return
    freq, count = ADDITIVE[one.freq]
    parts_of = _sibling(one, by_key, freq)
    length = 12 // {"M": 12, "Q": 4}[freq]
    for point in one.points:
        whole = point.chosen
        if whole is None:
            continue
        last = point.period.end.month
        parts = [parts_of.get((point.period.year, last - length * i)) for i in reversed(range(count))]
        known = [p for p in parts if p]
        if len(known) != count:
            continue
        yield _sum_of_periods(one, whole, known)


def _sum_of_periods(one: Series, whole: Observation, parts: Sequence[Observation]) -> Finding:
    found = total(_interval(p) for p in parts)
    gap = found.gap(_interval(whole))
    words = {
        "name": _name(one),
        "parts": joined(map(_value, parts), " + "),
        "found": _shown(found.middle, whole),
        "whole": _value(whole),
        "period": whole.period.name,
    }
    ids = [whole.figure, *(p.figure for p in parts)]
    held = Held(_interval(whole), found, gap or None, relative_width(found))
    if gap == 0:
        return finding_across("PERIODS_ADD_UP", "C4", Level.PASS, ids, held, words=words)
    level = Level.INFO if _revised(gap, whole) else Level.WARN
    return finding_across("PERIODS_DIFFER", "C4", level, ids, held, words=words)
