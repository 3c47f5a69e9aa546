"""What the units that a merged one was made of came to together: only on request, and marked.

In: series as reports give them. Out: the same, and for each unit that a merger made the sums of its former units, where
every one of them has a value for the same period. Each sum is an interval, names its parts and bears the mark of what
was derived; checks never use it. It stands in the new unit's series before the day of the merger, and the series breaks
there: what a merger redraws besides, the sum does not know. Rates, shares and indices are never added.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.domain.messages import say
from extractor.statistics.catalogue import indicators
from extractor.statistics.intervals import Interval, total
from extractor.statistics.observations import Observation
from extractor.statistics.places.registry import Area, area_of, former_units, successors
from extractor.statistics.series import DERIVED, STATUS_RANK, Key, Point, Series, rebuilt

ADDED = frozenset({"flow", "stock"})


def with_former_units(series: Sequence[Series]) -> tuple[Series, ...]:
    """The series, with the sums of former units in those of the unit that they were merged into."""
    by_key = {one.key: one for one in series}
    became = {new for place in {one.key[1] for one in series} for new in successors(place)}
    for area in filter(None, map(area_of, sorted(became))):
        by_key |= {one.key: one for one in _summed(area, former_units(area.id), by_key)}
    return tuple(sorted(by_key.values(), key=lambda s: (s.name, s.area_name, s.key)))


def _summed(area: Area, members: Sequence[str], by_key: dict[Key, Series]) -> Iterator[Series]:
    for key in [key for key in by_key if key[1] in members[:1] and _adds(by_key[key])]:
        parts = [by_key.get((key[0], member, *key[2:])) for member in members]
        points = [{p.period.label: p.chosen for p in part.points if p.chosen} if part else {} for part in parts]
        shared = set.intersection(*(set(known) for known in points))
        if not shared:
            continue
        sums = [_sum(area, [known[label] for known in points]) for label in sorted(shared)]
        new = (key[0], area.id, *key[2:])
        own = by_key.get(new) or Series(new, by_key[key].name, area.name, ())
        have = {p.period.label for p in own.points}
        added = [Point(o.period, o) for o in sums if o.period.label not in have]
        yield rebuilt(own, tuple(sorted((*own.points, *added), key=lambda p: (p.period.end, p.period.label))))


def _adds(one: Series) -> bool:
    entry = indicators().get(one.indicator)
    return one.measure in {"VALUE", "TARGET"} and entry is not None and entry.nature in ADDED


def _sum(area: Area, parts: Sequence[Observation]) -> Observation:
    bounds = total(Interval(o.low, o.high) for o in parts)
    least = min(parts, key=lambda o: STATUS_RANK[o.status])
    units = " + ".join(o.area_name for o in parts)
    return replace(
        least,
        area=area.id,
        area_name=area.name,
        value=sum((o.value or Decimal(0) for o in parts), Decimal(0)),
        low=bounds.low,
        high=bounds.high,
        status_word=say("exports.csv", "derived.former", units=units),
        report=" + ".join(dict.fromkeys(o.report for o in parts)),
        file=" + ".join(dict.fromkeys(o.file for o in parts)),
        quote=" + ".join(o.quote for o in parts),
        sentence=" ".join(o.sentence for o in parts),
        confidence=min(o.confidence for o in parts),
        reviewed=all(o.reviewed for o in parts),
        origin=DERIVED,
        claimed="",
    )
