"""Plans: what "đạt p % kế hoạch" implies, held against printed plans, the parts of a total, and the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from heapq import nsmallest
from typing import Any

from extractor.domain.document import Document
from extractor.domain.figure import Base, Figure, Status
from extractor.domain.finding import Finding, Level
from extractor.domain.folding import fold
from extractor.domain.period import Period, read_period
from extractor.domain.unit import broad_family, read_unit
from extractor.statistics.catalogue import has_syllable, holds_word, name_key, words_of
from extractor.statistics.checks.grouping import grouped
from extractor.statistics.checks.parts import Layout, Split
from extractor.statistics.checks.wording import (
    Held,
    Words,
    amount_shown,
    ends_shown,
    finding,
    joined,
    name_of,
    parts_shown,
    phrase,
    rounded,
    value_shown,
)
from extractor.statistics.intervals import (
    LOOSE,
    Interval,
    all_known,
    compared,
    implied_plan,
    printed_interval,
    ratio_interval,
    relative_width,
    tolerated,
    total,
)
from extractor.statistics.observations import series_id
from extractor.statistics.scopes import Scopes

SLOW, FAST = Decimal("0.3"), Decimal(2)
"""Progress outside these multiples of the time passed is worth a look: a quarter's 25 % is usual from 7.5 to 50 %."""

HELD_BACK = Decimal("0.5")
"""A total below half of the time passed is named with the part that holds it back."""

STATED = 3
"""How often a report states one plan: in its text, among what is to be done, in an annex."""

ANOTHER, THOUSAND = 5, 500
"""A plan so many times another one is that of something else; from so many times on it is in the wrong unit."""

PLAN_OF = {"pubinv_disbursed": "pubinv_plan"}
"""Indicators whose plan is an indicator of its own."""


def check_plans(figures: Sequence[Figure], splits: Sequence[Split], document: Document) -> Iterable[Finding]:
    """P2 to P4, the scope of project plans, plans exceeded, and U4."""
    of_plans = [f for f in figures if compared(f, Base.PLAN)]  # the few that give a plan away
    scopes = Scopes(document)
    yield from _one_plan(of_plans, scopes)
    yield from _stated_plans(figures, of_plans, document, scopes)
    for split in splits:
        yield from _plan_parts(split)
    yield from _project_plans(figures, of_plans)
    yield from _over_plan(figures)
    yield from _progress(of_plans, splits)


def _of_year(figure: Figure) -> bool:
    """Whether the figure's share is one of the year's plan; a plan "of the quarter" is none."""
    comparison = compared(figure, Base.PLAN)
    words = name_key(comparison.base_text or "") if comparison else ""
    return comparison is not None and not has_syllable(words, "part_of_year")


def _one_plan(figures: Sequence[Figure], scope_of: Scopes) -> Iterable[Finding]:
    """P2: month, quarter and cumulative value of one report give away one and the same plan of the year."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for f in figures:
        period = read_period(f.period)
        if period and period.months and f.indicator and _gives_plan_of_year(f):
            key = (series_id(f), scope_of(f), name_key(f.qualifier or ""), f.area, period.year, f.amount_unit)
            groups.setdefault(key, []).append(f)
    for (*_, year, _), (first, *others) in groups.items():
        for other in others:
            a, b = tolerated(implied_plan, first), tolerated(implied_plan, other)
            if a is None or b is None or first.period == other.period or a.loose.agrees(b.loose):
                continue  # the same plan, or a digit cut off: P3 and P4 speak of what it is
            one, two = a.strict, b.strict
            yield finding(
                "PLAN_MOVED",
                "P2",
                Level.WARN,
                (first, other),
                Held(one, two, one.gap(two), relative_width(one)),
                words={"name": name_of(first), "year": year, "one": _range(one, first), "other": _range(two, other)},
            )


def _gives_plan_of_year(figure: Figure) -> bool:
    """Whether a value and its share of the year's plan give this plan away; a plan's own share does not."""
    return figure.status is not Status.PLAN and implied_plan(figure) is not None and _of_year(figure)


def _range(interval: Interval, like: Figure) -> Words:
    return joined(ends_shown(interval, like).values(), " – ")


def _stated_plans(
    figures: Sequence[Figure], of_plans: Sequence[Figure], document: Document, scopes: Scopes
) -> Iterable[Finding]:
    """P3: a plan that is printed lies inside the plan that value and share imply; an aim is no plan.

    A value is held against the ``STATED`` nearest plans: that they differ among themselves is U1's to say.
    """
    plans = _printed_plans(figures, Layout(document), scopes)
    for f in filter(_gives_plan_of_year, of_plans if plans else ()):
        period = read_period(f.period)
        asked = (_kept_for(f, period, label, scopes) for label in ("A", period.label)) if period else ()
        stated = [p for key in asked for p in plans.get(key, ())]
        same = (p for p in stated if not _is_given_by_another(p, f, scopes))
        for _, _, plan in nsmallest(STATED, ((abs(p.start - f.start), p.id, p) for p in same)):
            yield from _held_to_plan(f, plan)


def _is_given_by_another(plan: Figure, f: Figure, scopes: Scopes) -> bool:
    """Whether a plan and the one that a share is of are given by two offices: ``dự toán Trung ương giao``."""
    compared_with = fold(next((c.base_text or "" for c in f.comparisons if c.base is Base.PLAN), ""))
    told = scopes.words_before(plan)
    return has_syllable(compared_with, "given") and has_syllable(told, "given") and compared_with not in told


def _printed_plans(figures: Iterable[Figure], layout: Layout, scopes: Scopes) -> dict[tuple[object, ...], list[Figure]]:
    """Plans by what they are kept for; under what is to be done, one without a period is next year's, more likely."""
    plans: dict[tuple[object, ...], list[Figure]] = {}
    for f in figures:
        whole = f.value is not None and f.total is None  # of 23.450/25.000 the value is what was done
        period = read_period(f.period) if f.status is Status.PLAN and whole else None
        if period and not (f.period_from == "report" and layout.in_plans(f.start)) and not scopes.is_aim(f):
            label = period.freq if period.freq == "A" else period.label
            plans.setdefault(_kept_for(f, period, label, scopes), []).append(f)
    return plans


def _kept_for(figure: Figure, period: Period, label: str, scope_of: Scopes) -> tuple[object, ...]:
    """What a plan and what was done of it have in common; ``label`` is the plan's period, or A for any whole year."""
    return period.year, label, series_id(figure), scope_of(figure), figure.area, figure.amount_unit


def _held_to_plan(f: Figure, plan: Figure) -> Iterable[Finding]:
    implied, given = implied_plan(f), printed_interval(plan)
    if implied is None or given is None:
        return
    loose, looser = implied_plan(f, LOOSE), printed_interval(plan, LOOSE)
    agrees = implied.agrees(given)
    if not agrees and loose and looser and loose.agrees(looser):
        return  # cut off, not rounded: nothing to say about the plan
    sure = f.match == "alias" and not _is_of_another(implied, given)  # a name alone may name two plans
    yield finding(
        "PLAN_MATCH" if agrees else "PLAN_MISMATCH",
        "P3",
        Level.PASS if agrees else Level.FAIL if sure else Level.INFO,
        (f, plan),
        Held(implied, given, implied.gap(given) or None, relative_width(implied)),
        words={
            "name": name_of(f),
            "given": value_shown(plan),
            "value": value_shown(f),
            "share": _share(f),
            **ends_shown(implied, f),
        },
    )


def _is_of_another(implied: Interval, given: Interval) -> bool:
    """Whether two plans are too far apart for a slip of a digit, and too near for one of the unit."""
    less, more = sorted((implied.middle, given.middle))
    return ANOTHER * less < more < THOUSAND * less


def _share(figure: Figure) -> Decimal | str:
    comparison = compared(figure, Base.PLAN)
    ratio = ratio_interval(comparison) if comparison else None
    return ratio.middle if ratio else "?"


def _plan_parts(split: Split) -> Iterable[Finding]:
    """P4: the implied plans of exhaustive parts add up to that of the total; of other parts, they stay within."""
    whole = implied_plan(split.total)
    parts = all_known(map(implied_plan, split.parts))
    if whole is None or len(parts) < 2 or not _of_year(split.total) or not (split.complete or split.subset):
        return
    found = total(parts)
    involved = (split.total, *split.parts)
    words = {"name": name_of(split.total), **parts_shown(whole, found, split.total)}
    held = Held(whole, found, whole.gap(found), relative_width(whole))
    if whole.agrees(found) or (split.subset and found.low <= whole.high):
        yield finding("PLAN_PARTS_MATCH", "P4", Level.PASS, involved, held, words=words)
    else:
        code = "PLAN_PARTS_MISMATCH" if split.complete else "PLAN_PARTS_EXCEED"
        level = Level.INFO if found.high < whole.low and _leave_out(split) else Level.WARN
        yield finding(code, "P4", level, involved, held, words=words)


def _leave_out(split: Split) -> bool:
    """Whether what was done is not all in the parts either: the part that is not given has a plan too."""
    done = printed_interval(split.total)
    return done is not None and total(i for i in map(printed_interval, split.parts) if i).high < done.low


def _project_plans(figures: Sequence[Figure], of_plans: Sequence[Figure]) -> Iterable[Finding]:
    """Plans of single projects that make more than the implied plan of all belong to another scope: no error."""
    by_unit = grouped((f for f in figures if f.match == "alias"), lambda f: (f.indicator_id, f.amount_unit))
    for f in of_plans:
        plan_id = PLAN_OF.get(f.indicator_id or "") if f.match == "alias" else None
        implied = implied_plan(f)
        if plan_id is None or implied is None:
            continue
        plans = [p for p in by_unit.get((plan_id, f.amount_unit), ()) if p.section != f.section]
        intervals = [i for i in (printed_interval(p) for p in plans) if i]
        found = total(intervals)
        if len(plans) > 1 and found.low > implied.high:
            yield finding(
                "SCOPE_DIFFERS",
                "P3",
                Level.INFO,
                (f, *plans),
                Held(implied, found, implied.gap(found)),
                words={
                    "name": name_of(f),
                    "found": amount_shown(found.middle, plans[0], 3),
                    **ends_shown(implied, f),
                },
            )


def _is_plan(figure: Figure) -> bool:
    return figure.status is Status.PLAN or name_key(figure.parent or "").startswith(words_of("plan_name"))


def _over_plan(figures: Sequence[Figure]) -> Iterable[Finding]:
    """Money of one name twice in one section, planned and done: more done than planned is possible, worth saying."""
    money = (f for f in figures if f.amount is not None and f.indicator and broad_family(_family(f)) == "money")
    for group in grouped(money, _named_in_section).values():
        plans = [f for f in group if _is_plan(f)]
        done = [f for f in group if not _is_plan(f) and f.status in {Status.ACTUAL, Status.ESTIMATE}]
        if len(plans) == 1 and any(map(_spends, done)):  # more revenue or output than planned is only good news
            for f in done:
                yield from _more_than(plans[0], f)


def _named_in_section(f: Figure) -> tuple[str | None, ...]:
    return name_key(f.indicator or ""), f.section, f.footnote, f.amount_unit


def _more_than(plan: Figure, f: Figure) -> Iterable[Finding]:
    value, given = printed_interval(f), printed_interval(plan)
    if given and value and given.low > 0 and value.low > given.high:
        share = rounded(value.middle / given.middle * 100, 2)
        words = {"name": name_of(f), "value": value_shown(f), "plan": value_shown(plan), "share": share}
        held = Held(value, given, value.gap(given))
        yield finding("OVER_PLAN", "Q2", Level.INFO, (f, plan), held, words=words)


def _spends(figure: Figure) -> bool:
    return any(holds_word(name_key(words or ""), "spend") for words in (figure.indicator, figure.parent))


def _family(figure: Figure) -> str:
    unit = read_unit(figure.unit)
    return unit.family if unit else ""


def _progress(figures: Sequence[Figure], splits: Sequence[Split]) -> Iterable[Finding]:
    """U4: the share of the year's plan against the share of the year that has passed."""
    held_back = {p.id: s.total for s in splits for p in s.parts}
    for f in figures:
        speed = _speed(f)
        if speed is None:
            continue
        share, passed = speed
        words: dict[str, Any] = {"name": name_of(f), "share": share, "elapsed": rounded(passed, 0), "drag": ""}
        if share < SLOW * passed:
            involved = [f]
            slow = held_back.get(f.id)
            total_speed = _speed(slow) if slow else None
            if slow and total_speed and total_speed[0] < HELD_BACK * passed:
                involved.append(slow)
                words["drag"] = phrase("PROGRESS_DRAG", total=name_of(slow), share=total_speed[0])
            yield finding("PROGRESS_SLOW", "U4", Level.INFO, involved, words=words)
        elif share > FAST * passed:
            yield finding("PROGRESS_FAST", "U4", Level.INFO, [f], words=words)


def _speed(figure: Figure) -> tuple[Decimal, Decimal] | None:
    """The share of plan reached and the share of the year passed, both in per cent."""
    comparison, period = compared(figure, Base.PLAN), read_period(figure.period)
    ratio = ratio_interval(comparison) if comparison else None
    months = period.months_to_date if period else None
    if figure.value is None or read_unit(figure.unit) is None or _family(figure) == "percent":
        return None  # "hoàn thành 100% chỉ tiêu" of a task that a season ends
    if has_syllable(name_key(figure.indicator or ""), "season"):
        return None  # done when the season ends, not the year
    if ratio is None or months is None or figure.status is Status.PLAN or not _of_year(figure):
        return None
    return ratio.middle, Decimal(100) * months / 12
