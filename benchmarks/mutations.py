"""How many misreadings the checks notice: one figure of a report is spoilt at a time, and the report is checked again.

    python -m benchmarks.mutations [--each 120] [REPORT…]

Prints, for each kind of error, how many were planted, how many made a check fail or warn that had not before, and how
many were at least remarked: by the report's own arithmetic, and with the other reports of its place beside it. The
samples' own slips stay in; only what is new counts. Chance is seeded: the same reports give the same numbers.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import extractor
from extractor.domain.extraction import Extraction
from extractor.domain.figure import Base, Figure
from extractor.domain.finding import Finding, Level
from extractor.domain.unit import broad_family, read_unit
from extractor.statistics import Observation, build_series, check, check_series, normalise, observe
from extractor.statistics.intervals import compared

LOUD = frozenset({Level.FAIL, Level.WARN})
ANY = LOUD | {Level.INFO}
SEED = 20230331

Mutation = Callable[[Figure, random.Random], Figure | None]
"""A figure as somebody might misread it, or None where this kind of error cannot befall it."""


def drop_digit(figure: Figure, chance: random.Random) -> Figure | None:
    """A digit lost: 162.409 read as 16.409."""
    digits = str(figure.value)
    at = chance.randrange(len(digits))
    left = digits[:at] + digits[at + 1 :]
    return replace(figure, value=Decimal(left)) if left.strip(".") and Decimal(left) != figure.value else None


def wrong_digit(figure: Figure, chance: random.Random) -> Figure | None:
    """A digit misread: 162.409 read as 152.409."""
    digits = str(figure.value)
    at = chance.randrange(len(digits))
    if not digits[at].isdigit():
        return None
    other = chance.choice([d for d in "0123456789" if d != digits[at]])
    return replace(figure, value=Decimal(digits[:at] + other + digits[at + 1 :]))


def shift_unit(figure: Figure, chance: random.Random) -> Figure | None:
    """The multiplier of money misread: tỷ for triệu, nghìn for triệu."""
    unit = read_unit(figure.unit)
    if unit is None or broad_family(unit.family) != "money" or unit.power not in {6, 9}:
        return None
    return replace(figure, unit=chance.choice(["nghìn đồng", "tỷ đồng" if unit.power == 6 else "triệu đồng"]))


def swap_marks(figure: Figure, _chance: random.Random) -> Figure | None:
    """The mark of thousands read as that of decimals: 162.409 as 162,409."""
    if figure.value is None or figure.value < 1000:
        return None
    return replace(figure, value=figure.value / 1000, decimals=3)


def spoil_percent(figure: Figure, chance: random.Random) -> Figure | None:
    """A share of plan or of a total off by a point, or ten times too large."""
    comparison = compared(figure, Base.PLAN) or compared(figure, Base.TOTAL)
    if comparison is None:
        return None
    wrong = replace(comparison, value=comparison.value * 10 if chance.random() < 0.5 else comparison.value + 1)
    return replace(figure, comparisons=tuple(wrong if c is comparison else c for c in figure.comparisons))


MUTATIONS: dict[str, Mutation] = {
    "a digit dropped": drop_digit,
    "a digit misread": wrong_digit,
    "a unit shifted by a thousand": shift_unit,
    "point and comma swapped": swap_marks,
    "a percentage spoilt": spoil_percent,
}


def told(findings: Iterable[Finding], least: Collection[Level]) -> set[tuple[str, tuple[str, ...]]]:
    """What was said of which figures, at one of the levels."""
    return {(f.code, f.figures) for f in findings if f.level in least}


def plant(read: Extraction, mutate: Mutation, chance: random.Random) -> Extraction | None:
    """``read`` with one figure spoilt and everything that follows from it anew; None where it could not be spoilt."""
    at = chance.randrange(len(read.figures))
    figure = read.figures[at]
    spoilt = mutate(figure, chance) if figure.value is not None else None
    if spoilt is None:
        return None
    figures = normalise([*read.figures[:at], spoilt, *read.figures[at + 1 :]], read.report)
    return replace(read, figures=figures, findings=check(figures, read.document))


def across(read: Extraction, others: Iterable[Observation]) -> tuple[Finding, ...]:
    """What the report and the other reports of its place say of each other."""
    return check_series(build_series([*observe(read), *others]))


def main(reports: list[Path], each: int) -> None:
    chance = random.Random(SEED)
    read = [extraction for extraction in map(extractor.extract, reports) if extraction.figures]
    seen = [observe(one) for one in read]
    others = [
        [
            o
            for other, found in zip(read, seen, strict=True)
            if other is not one
            for o in found
            if other.report.area == one.report.area
        ]
        for one in read
    ]
    before = [across(one, beside) for one, beside in zip(read, others, strict=True)]
    noticed: dict[str, Counter[str]] = {name: Counter() for name in MUTATIONS}
    for name, mutate in MUTATIONS.items():
        count = noticed[name]
        while count["planted"] < each:
            [at] = chance.choices(range(len(read)), [len(one.figures) for one in read])
            spoilt = plant(read[at], mutate, chance)
            if spoilt is None:
                continue
            count["planted"] += 1
            alone = [told(spoilt.findings, least) - told(read[at].findings, least) for least in (LOUD, ANY)]
            beside = across(spoilt, others[at])
            joined = [told(beside, least) - told(before[at], least) for least in (LOUD, ANY)]
            count["loud"] += bool(alone[0])
            count["remarked"] += bool(alone[1])
            count["loud, with others"] += bool(alone[0] or joined[0])
            count["remarked, with others"] += bool(alone[1] or joined[1])
        print(f"{name:30}", "   ".join(f"{what} {n}" for what, n in count.items()))
    total = sum(noticed.values(), Counter[str]())
    shares = (f"{what} {n / total['planted']:.0%}" for what, n in total.items() if what != "planted")
    print(f"{'all':30}", "   ".join(shares))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", nargs="*", type=Path)
    parser.add_argument("--each", type=int, default=120)
    options = parser.parse_args()
    samples = sorted(p for p in (Path(__file__).parent.parent / "corpus").glob("*.md") if p.stem != "README")
    main(options.reports or samples, options.each)
