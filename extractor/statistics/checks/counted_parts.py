"""Lists of money that are complete by their counts: 2 + 1 + 3 = 6 decisions, so their fines are all the fines.

In: a total in money with the list of its parts, and all figures. Out: the figure that counts what the total was spent
on or charged for, where the parts' own counts make up exactly that number. A part without a count is one: ``Công ty A:
95 triệu đồng`` is one decision of the ``05 quyết định``. Nothing is reckoned with amounts here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extractor.domain.figure import Figure
from extractor.domain.unit import read_unit
from extractor.statistics.catalogue import name_key
from extractor.statistics.checks.grouping import grouped
from extractor.statistics.checks.parts import Layout, Split

NEAR = 120
"""Letters between what was counted and its money: ``05 Quyết định xử phạt vi phạm … với tổng số tiền là 130 triệu``."""

Place = tuple[str | None, int]


def with_counts(splits: Iterable[Split], figures: Sequence[Figure], layout: Layout) -> tuple[Split, ...]:
    """The splits, those of money that their counts show to be complete with the figure that counts them."""
    counts = [f for f in figures if _is_count(f)]
    by_place = grouped(counts, lambda f: _place(f, layout))
    return tuple(
        replace(split, counted=_counted(split, by_place, layout)) if _may_be_counted(split) else split
        for split in splits
    )


def _is_count(f: Figure) -> bool:
    unit = read_unit(f.unit)
    whole = f.value is not None and f.decimals == 0 and f.bound is None
    return whole and bool(f.unit) and (unit is None or unit.is_counted)


def _place(f: Figure, layout: Layout) -> Place:
    return f.footnote, layout.block(f.start)


def _may_be_counted(split: Split) -> bool:
    unit = read_unit(split.total.unit)
    return unit is not None and unit.family == "money" and len(split.parts) > 1 and not split.complete


def _counted(split: Split, by_place: Mapping[Place, Sequence[Figure]], layout: Layout) -> Figure | None:
    """What is counted before the total, if the counts beside the parts come to it."""
    total = split.total
    before = [c for c in by_place.get(_place(total, layout), ()) if 0 <= total.start - c.end <= NEAR]
    if not before:
        return None
    whole = max(before, key=lambda c: c.start)
    noun = name_key(whole.unit or "")
    beside = [c for p in split.parts for c in by_place.get(_place(p, layout), ()) if c is not whole]
    same = {c.id: c for c in beside if name_key(c.unit or "") == noun}
    parts = sorted(split.parts, key=lambda p: p.start)
    each = max((_counts(parts, list(same.values()), behind) for behind in (False, True)), key=len)
    found = sum((c.value or Decimal(0) for c in each), Decimal(len(parts) - len(each)))
    return whole if found == whole.value else None


def _counts(parts: Sequence[Figure], counts: Sequence[Figure], behind: bool) -> list[Figure]:
    """The one count that stands between each part and the part before it, or, ``behind``, the part after it."""
    between = [(before.end, after.start) for before, after in pairwise(parts)]
    first, last = (parts[0].start - NEAR, parts[0].start), (parts[-1].end, parts[-1].end + NEAR)
    gaps = [*between, last] if behind else [first, *between]
    found = ([c for c in counts if start <= c.start and c.end <= end] for start, end in gaps)
    return [one[-1] for one in found if one]
