"""Months, quarters and half-years that no report prints, derived from the cumulative values that reports do print.

In: series as reports give them. Out: the same with the missing points filled in where one cumulative value less an
earlier one is that period: the second quarter is the half-year less the first quarter, the fourth the year less nine
months, June six months less five, the first quarter what three months came to. Each derived point is an interval from
the printed digits, names both sources and bears a mark of its own; it is no vintage, checks never use it, and what a
report prints always stands before it. Only amounts that add up over time are taken apart. Where a source was revised
the point says so, and a difference below zero is no value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.domain.messages import say
from extractor.domain.period import LENGTHS, label_around, read_period
from extractor.statistics.catalogue import indicators
from extractor.statistics.intervals import Interval
from extractor.statistics.observations import Observation
from extractor.statistics.series import DERIVED, STATUS_RANK, Key, Point, Series, preference, rebuilt

ACROSS_REVISION = "derived_across_revision"
"""The doubt of a point one of whose sources gave another value before."""

Months = tuple[int, int]
"""A year and how many months of it."""


def with_derived(series: Sequence[Series], language: str = "vi") -> tuple[Series, ...]:
    """The series and those that only derived points make, each with what can be derived; sorted as they were built.

    ``language`` is that of the words which say what a point is derived from.
    """
    families: dict[tuple[object, ...], list[Series]] = {}
    for one in series:
        families.setdefault(_family(one.key), []).append(one)
    found = [s for family in families.values() for s in (_filled(family, language) if adds_up(family[0]) else family)]
    return tuple(sorted(found, key=lambda s: (s.name, s.area_name, s.key)))


def adds_up(one: Series) -> bool:
    """Whether the catalogue knows a series as a flow; of a name of its own nobody knows whether it adds up."""
    entry = indicators().get(one.indicator)
    return one.measure == "VALUE" and one.unit != "%" and entry is not None and entry.nature == "flow"


def _family(key: Key) -> tuple[object, ...]:
    """The key without its frequency."""
    return (*key[:5], key[6])


def _filled(family: Sequence[Series], language: str) -> Iterator[Series]:
    running = _running(family)
    by_freq = {one.freq: one for one in family}
    for freq, length in LENGTHS.items():
        own = by_freq.get(freq)
        known = {p.period.label for p in own.points if p.chosen} if own else set()
        new = [o for o in _differences(running, length, language) if o.period.label not in known]
        if new:
            shown = own or replace(family[0], key=(*family[0].key[:5], freq, family[0].key[6]), points=())
            by_freq[freq] = rebuilt(shown, _joined(shown.points, new))
    yield from by_freq.values()


@dataclass(frozen=True, slots=True)
class Total:
    """What a year had come to by a month: the value of choice, and whether another one was reported before."""

    value: Observation
    revised: bool


def _running(family: Iterable[Series]) -> Mapping[Months, Total]:
    """Values from January on, whatever they are called: first quarter, half-year, cumulative, year."""
    found: dict[Months, Total] = {}
    for one in family:
        for point in one.points:
            o, months = point.chosen, point.period.months_to_date
            if o is None or o.value is None or months is None:
                continue
            place = point.period.year, months
            if place not in found or preference(o) > preference(found[place].value):
                found[place] = Total(o, point.conflict or point.revision is not None)
    return found


def _differences(running: Mapping[Months, Total], length: int, language: str) -> Iterator[Observation]:
    """The last ``length`` months of each running total that has one so many months earlier, or begins the year."""
    for (year, months), total in running.items():
        if months % length:
            continue
        before = running.get((year, months - length)) if months > length else None
        period = read_period(label_around(year * 12 + months - 1, length))
        if period is None or (months > length and before is None) or period == total.value.period:
            continue
        less = _less(total, before, language)
        if less:
            yield replace(less, period=period)


def _less(total: Total, before: Total | None, language: str) -> Observation | None:
    """One running total less another, with both sources; None where that is below zero."""
    later, earlier = total.value, before.value if before else None
    if earlier is None:
        return _marked(later, later.value, Interval(later.low, later.high), (total,), language)
    assert later.value is not None
    assert earlier.value is not None
    rest = Interval(later.low, later.high) - Interval(earlier.low, earlier.high)
    if rest.high < 0 or before is None:
        return None
    least = min(later, earlier, key=lambda o: STATUS_RANK[o.status])
    joined = replace(
        later,
        status=least.status,
        report=_both(later.report, earlier.report),
        file=_both(later.file, earlier.file),
        quote=_both(later.quote, earlier.quote),
        sentence=f"{later.sentence} {earlier.sentence}",
        decimals=max(later.decimals, earlier.decimals + later.unit_mult - earlier.unit_mult, 0),
        confidence=min(later.confidence, earlier.confidence),
        reviewed=later.reviewed and earlier.reviewed,
    )
    return _marked(joined, later.value - earlier.value, rest, (total, before), language)


def _both(one: str, other: str) -> str:
    """Two sources of a difference; one name where it is the same."""
    return one if one == other else f"{one} − {other}"


def _marked(
    o: Observation, value: Decimal | None, bounds: Interval, sources: Sequence[Total], language: str
) -> Observation:
    names = {"whole": sources[0].value.period.name(language)}
    if len(sources) > 1:
        names["part"] = sources[1].value.period.name(language)
    doubts = (ACROSS_REVISION,) if any(total.revised for total in sources) else ()
    key = "derived.difference" if len(sources) > 1 else "derived.whole"
    revised = say("exports.csv", "derived.revised", language) if doubts else ""
    return replace(
        o,
        value=value,
        low=bounds.low,
        high=bounds.high,
        status_word=say("exports.csv", key, language, **names) + revised,
        origin=DERIVED,
        claimed="",
        doubts=doubts,
    )


def _joined(points: Sequence[Point], new: Iterable[Observation]) -> tuple[Point, ...]:
    """The points with derived ones where a period has no value; what is implied for a period stays beside it."""
    by_label = {p.period.label: p for p in points}
    for o in new:
        before = by_label.get(o.period.label)
        by_label[o.period.label] = replace(before, chosen=o) if before else Point(o.period, o)
    return tuple(sorted(by_label.values(), key=lambda p: (p.period.end, p.period.label)))
