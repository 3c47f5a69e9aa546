"""One figure in two places, figures of the wrong size, and the price of one: what the catalogue says is usual."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from extractor.domain.document import BlockKind, Document
from extractor.domain.figure import Figure
from extractor.domain.finding import Finding, Level
from extractor.domain.folding import fold
from extractor.domain.unit import is_unit, read_unit
from extractor.statistics.catalogue import holds_word, indicators, name_key, unit_costs, words_of
from extractor.statistics.checks.grouping import grouped, is_measured
from extractor.statistics.checks.near_misses import are_swapped
from extractor.statistics.checks.parts import Layout, Split, is_target
from extractor.statistics.checks.wording import (
    Held,
    Words,
    finding,
    name_of,
    named,
    period_of,
    phrase,
    rounded,
    value_shown,
)
from extractor.statistics.intervals import Interval, printed_interval, relative_width, tolerated
from extractor.statistics.scopes import Scopes

PARTED = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)")
"""A number whose thousands a comma parts."""


def check_consistency(figures: Sequence[Figure], splits: Iterable[Split], document: Document) -> Iterable[Finding]:
    """U1, U3 and counts with a fraction; the rest of U2 needs a reference and is asked by periods and series."""
    parts = frozenset(p.id for s in splits for p in s.parts)
    yield from _two_places([f for f in figures if f.id not in parts], document)
    yield from _restated(figures, document)
    yield from _unit_costs(figures)
    yield from _fractions_of_counts(figures)


def _fractions_of_counts(figures: Iterable[Figure]) -> Iterable[Finding]:
    """U2: ``162,409 hộ`` are 162.409: nobody counts thousandths, unless of a thousand or on average.

    Where the reader already took the comma for a stop, its doubt says so.
    """
    for f in figures:
        unit, entry = read_unit(f.unit), indicators().get(f.indicator_id or "")
        if f.value is None or unit is None or not unit.is_counted or unit.factor != 1 or not is_unit(unit.canonical):
            continue
        averaged = holds_word(fold(f"{f.indicator} {f.parent} {f.qualifier}"), "average")
        stop = "number_style" in f.doubts and PARTED.match(f.quote)
        if (
            (stop or (f.decimals == THOUSANDTHS and f.value % 1))
            and not averaged
            and (entry is None or entry.nature != "ratio")
        ):
            words = {"name": name_of(f), "value": f.quote}
            yield finding("COUNT_FRACTION", "U2", Level.WARN, (f,), words=words)


def _two_places(figures: Sequence[Figure], document: Document) -> Iterable[Finding]:
    """U1: the same indicator, period, scope and kind of status, in two paragraphs.

    What one place estimates another may call done (text and annex): that is only worth a warning. Counted things are
    left out: one report counts several events under one name. So are parts of a total, and figures of neighbouring
    sections: a source of money appears once for each project.
    """
    layout, scopes = Layout(document), Scopes(document)
    for first, *others in grouped(filter(is_measured, figures), lambda f: _entry_and_period(f, scopes)).values():
        for other in others:
            a, b = tolerated(printed_interval, first), tolerated(printed_interval, other)
            if a is None or b is None or not _told_twice(first, other, layout):
                continue
            agree = a.loose.agrees(b.loose)
            sure = first.status == other.status and _period_is_sure(first, other, layout)
            wrong = Level.FAIL if sure else Level.WARN
            yield finding(
                "TWO_PLACES_AGREE" if agree else "TWO_PLACES_DIFFER",
                "U1",
                Level.PASS if agree else wrong,
                (first, other),
                Held(a.strict, b.strict, None if agree else a.strict.gap(b.strict), relative_width(a.strict)),
                words={
                    "name": name_of(first),
                    "period": period_of(first),
                    "one": value_shown(first),
                    "other": value_shown(other),
                },
            )


def _restated(figures: Sequence[Figure], document: Document) -> Iterable[Finding]:
    """U1: "… có 06 nhóm tăng giá, 03 nhóm giảm giá. Trong 7 nhóm hàng tăng giá, …": a number that is taken up again.

    The next sentence begins with a word that says so and has every word of the name; nothing else is that number.
    """
    openings = "|".join(re.escape(word) for word in words_of("taken_up"))
    next_sentence = re.compile(rf"{SENTENCE}(?:{openings})\s+(\d+)\s+([^\d,.;:()]+)[,.;:]", re.IGNORECASE)
    for f in figures:
        name, unit = fold(f.indicator or "").split(), read_unit(f.unit)
        if f.value is None or f.decimals or len(name) < 2 or unit is None or not unit.is_counted:
            continue
        again = next_sentence.match(document.text, f.end)
        if again is None:
            continue
        words, number_again = fold(again[2]).split(), Decimal(again[1])
        known = number_again in {o.value for o in figures if o.unit == f.unit and o.start < again.start(1)}
        if not known and len(words) <= len(name) + MORE_WORDS and _follows(name, words):
            yield finding(
                "TWO_PLACES_DIFFER",
                "U1",
                Level.WARN,
                (f,),
                span=again.span(1),
                words={
                    "name": name_of(f),
                    "period": period_of(f),
                    "one": value_shown(f),
                    "other": f"{again[1]} {f.unit}",
                },
            )


def _follows(name: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a text begins and ends as a name does and has its words in their order."""
    left = iter(words)
    return bool(words) and words[0] == name[0] and words[-1] == name[-1] and all(word in left for word in name)


def _entry_and_period(f: Figure, scopes: Scopes) -> tuple[object, ...]:
    """The catalogue's entry with all that tells two of its values apart."""
    qualifier, parent = name_key(f.qualifier or ""), name_key(f.parent or "")
    kind = is_target(f), scopes.is_aim(f)
    return f.indicator_id, qualifier, parent, f.area, scopes(f), f.period, *kind, f.amount_unit


def _told_twice(one: Figure, other: Figure, layout: Layout) -> bool:
    """Whether two paragraphs tell one thing: what the period is is sure, or two digits have changed places."""
    if layout.block(one.start) == layout.block(other.start) or _elsewhere(one, other, layout):
        return False
    return _period_is_sure(one, other, layout) or are_swapped(one.value, other.value)


def _period_is_sure(one: Figure, other: Figure, layout: Layout) -> bool:
    """Whether both periods are the same; one that nobody stated is known to be in tables alone."""
    return "report" not in {one.period_from, other.period_from} or _in_table(one, other, layout)


def _elsewhere(one: Figure, other: Figure, layout: Layout) -> bool:
    """Whether two figures tell of different things.

    A note or an item details the other's paragraph, or they stand in neighbouring sections of one parent (projects).
    """
    if one.footnote != other.footnote:
        places = {layout.block(layout.place(one)), layout.block(layout.place(other))}
        return len(places) == 1
    blocks = [layout.block(f.start) for f in (one, other)]
    if any(b >= 0 and layout.blocks[b].kind is BlockKind.ITEM and layout.blocks[b].depth > 1 for b in blocks):
        return True
    a, b = one.section, other.section
    if a is None or b is None or a == b:
        return False
    parents = layout.parents
    above = a.rpartition(".")[0]
    return bool(above and above == b.rpartition(".")[0]) or bool(parents.get(a) and parents[a] == parents.get(b))


def _in_table(one: Figure, other: Figure, layout: Layout) -> bool:
    blocks = [layout.block(f.start) for f in (one, other)]
    return any(b >= 0 and layout.blocks[b].kind is BlockKind.TABLE for b in blocks)


SENTENCE = r"(?:(?!\.\s)[^\n]){0,300}\.\s+"
"""The rest of a sentence, not longer than sentences are."""

MORE_WORDS = 2
"""How many words a name may gain where it is taken up again: ``nhóm hàng tăng giá`` of ``nhóm tăng giá``."""

THOUSANDTHS = 3
"""Decimals that look like a group of thousands."""

SLIPS = tuple((k, Decimal(10) ** (k - Decimal("0.3")), Decimal(10) ** (k + Decimal("0.3"))) for k in (3, 6, -3, -6))
"""The powers of ten by which a unit slips, each with the ratios that are near it: half of it to the double."""
USUAL = (Decimal(10) ** Decimal("-0.7"), Decimal(10) ** Decimal("0.7"))
"""From a fifth to five times its reference a size is nothing to speak of."""


def power_of_ten(value: Decimal, reference: Decimal) -> tuple[Decimal, int | None]:
    """``value`` over ``reference``, and the power of a thousand that it is near, if any (U2).

    >>> power_of_ten(Decimal(163000), Decimal(162))[1], power_of_ten(Decimal(163), Decimal(162))[1]
    (3, None)
    """
    ratio = value / reference
    return ratio, next((power for power, low, high in SLIPS if low < ratio < high), None)


def size_finding(figure: Figure, reference: Interval, shown: Words) -> Finding | None:
    """U2 for one figure against what it should be near: a slip of a thousand, an unusual size, or nothing."""
    interval = printed_interval(figure)
    if interval is None or interval.middle <= 0 or reference.middle <= 0:
        return None
    ratio, near = power_of_ten(interval.middle, reference.middle)
    words: dict[str, Any] = {"name": name_of(figure), "value": value_shown(figure), "reference": shown}
    if near:
        words["times"] = named(f"word.times_{near}")
        return finding("UNIT_SLIP", "U2", Level.WARN, (figure,), Held(interval, reference), words=words)
    if not USUAL[0] <= ratio <= USUAL[1]:
        words["times"] = rounded(ratio, 2)
        return finding("SIZE_UNUSUAL", "U2", Level.WARN, (figure,), Held(interval, reference), words=words)
    return None


def _unit_costs(figures: Sequence[Figure]) -> Iterable[Finding]:
    """U3: an amount over a count in the same place of the report, against the usual range."""
    priced = (f for f in figures if f.match == "alias" and f.indicator_id and f.amount is not None)
    for same_place in grouped(priced, lambda f: (f.section, f.footnote, f.period)).values():
        found = grouped(same_place, lambda f: f.indicator_id)
        for cost in unit_costs():
            amounts, counts = found.get(cost.amount, []), found.get(cost.count, [])
            if len(amounts) != 1 or len(counts) != 1 or not counts[0].amount:
                continue
            amount, count = amounts[0], counts[0]
            assert amount.amount is not None
            assert count.amount is not None
            each = amount.amount / count.amount
            if cost.low <= each <= cost.high:
                continue
            yield finding(
                "UNIT_COST_UNUSUAL",
                "U3",
                Level.INFO,
                (amount, count),
                Held(Interval(each, each), Interval(cost.low, cost.high)),
                words={
                    "name": name_of(amount),
                    "amount": value_shown(amount),
                    "count": value_shown(count),
                    "cost": phrase("word.money", value=rounded(each, 0)),
                    "per": count.unit or "",
                },
            )
