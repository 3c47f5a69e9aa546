"""Parts and totals: exhaustive parts add up, other parts stay within, shares of one whole make a hundred.

A list counts as exhaustive where the catalogue knows the whole partition, or where its sum meets the total by itself.
Only then may too little be wrong; too much is wrong for money and measures, and only remarkable for counted things,
which overlap (33 teachers took part, 33 were recognised, 6 of them were praised).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from extractor.domain.document import Document
from extractor.domain.figure import Base, Figure
from extractor.domain.finding import Finding, Level
from extractor.domain.folding import fold
from extractor.statistics.catalogue import indicators
from extractor.statistics.checks.consistency import size_finding
from extractor.statistics.checks.parts import Split
from extractor.statistics.checks.wording import (
    Held,
    Shown,
    amount_shown,
    finding,
    name_of,
    number,
    period_of,
    sum_shown,
    value_shown,
)
from extractor.statistics.intervals import (
    LOOSE,
    STRICT,
    Interval,
    comparison_interval,
    printed_interval,
    relative_width,
    total,
)
from extractor.statistics.units import EXACT_FAMILIES, read_unit

STRUCTURES = ("cơ cấu", "tỷ trọng")
FAR_APART = 80
"""How many letters two shares of one row may stand apart."""

SHARES_NEAR = Decimal(3)
"""Shares that make 97 to 103 % are meant to make 100; others are a selection."""


def check_sums(figures: Sequence[Figure], splits: Iterable[Split], document: Document) -> Iterable[Finding]:
    """S1 to S3 and Q3 for every total and list of parts."""
    for split in splits:
        yield from _check_split(split)
        yield from _check_shares(split)
    yield from _structures(figures, document)


def _sum(parts: Sequence[Figure], tolerance: Decimal) -> Interval:
    return total(i for i in (printed_interval(p, tolerance) for p in parts) if i)


def _check_split(split: Split) -> Iterable[Finding]:
    whole, parts = split.total, split.parts
    strict, loose = printed_interval(whole, STRICT), printed_interval(whole, LOOSE)
    if strict is None or loose is None or not _addable(whole):
        return
    found, loosely = _sum(parts, STRICT), _sum(parts, LOOSE)
    rest = strict - found
    facts: dict[str, Any] = {
        "name": name_of(whole),
        "period": period_of(whole),
        "sum": sum_shown(parts),
        "found": amount_shown(found.middle, whole),
        "total": value_shown(whole),
        "rest": amount_shown(rest.middle, whole),
        "gap": amount_shown(abs(rest.middle), whole),
        "missing": _names(split.missing),
    }
    held = Held(strict, found, power=relative_width(strict + found))
    involved = (whole, *parts)
    exhaustive = bool(split.complete) and not split.missing
    if strict.agrees(found) and (len(parts) > 1 or exhaustive):
        if split.complete and split.missing:
            yield finding("PART_ABSENT_ZERO", "S3", Level.PASS, involved, held, words=facts)
        else:
            yield finding("SUM_MATCH", "S1", Level.PASS, involved, held, words=facts)
    elif loose.agrees(loosely) and len(parts) > 1 and (split.complete or found.low > strict.high):
        yield finding("SUM_CUT", "S1", Level.INFO, involved, held.off(strict.gap(found)), words=facts)
    elif found.low > strict.high:
        yield from _over(split, involved, held.off(strict.gap(found)), facts)
    elif exhaustive:
        yield finding("SUM_MISMATCH", "S1", Level.FAIL, involved, held.off(abs(rest.middle)), words=facts)
    elif split.announced and len(parts) > 1:
        yield finding("SUM_MISMATCH", "S1", Level.WARN, involved, held.off(abs(rest.middle)), words=facts)
    elif split.complete and len(split.missing) == 1:
        yield finding("PART_ABSENT", "S3", Level.INFO, involved, held.off(abs(rest.middle)), words=facts)
    else:
        yield finding("PARTS_WITHIN", "S2", Level.PASS, involved, held, words=facts)


def _over(split: Split, involved: Sequence[Figure], held: Held, facts: dict[str, Any]) -> Iterable[Finding]:
    """Parts that make more than their total: wrong, unless they are counted things, which may overlap."""
    unit = read_unit(split.total.unit)
    counted = unit is None or unit.family in EXACT_FAMILIES
    if counted and not split.complete and not split.subset:
        return
    if split.complete or split.from_note:
        yield finding("SUM_MISMATCH", "S1", Level.FAIL, involved, held, words=facts)
        return
    yield finding("PARTS_EXCEED", "S2", Level.FAIL, involved, held, words=facts)
    whole = printed_interval(split.total)
    if len(split.parts) == 1 and whole:
        slip = size_finding(split.parts[0], whole, value_shown(split.total))
        if slip and slip.code == "UNIT_SLIP":
            yield slip


def _addable(figure: Figure) -> bool:
    """Rates, shares and indices are not added."""
    unit = read_unit(figure.unit)
    entry = indicators().get(figure.indicator_id or "") if figure.match == "alias" else None
    if unit and (unit.family in {"percent", "permille", "points", "score"} or "/" in unit.family):
        return False
    return entry is None or entry.nature in {"flow", "stock"}


def _names(ids: Sequence[str]) -> Shown:
    known = indicators()
    return Shown(
        ", ".join(known[i].name_vi for i in ids),
        ", ".join(known[i].name_en for i in ids),
    )


def _check_shares(split: Split) -> Iterable[Finding]:
    """Q3: the shares that the parts of one list have of their whole make 100 %."""
    shares = [next((c for c in p.comparisons if c.base is Base.TOTAL), None) for p in split.parts]
    if len(shares) < 2 or any(s is None for s in shares):
        return
    strict = total(comparison_interval(s) for s in shares if s)
    loose = total(comparison_interval(s, LOOSE) for s in shares if s)
    yield from _hundred(split.parts, name_of(split.total), strict, loose)


def _structures(figures: Sequence[Figure], document: Document) -> Iterable[Finding]:
    """Q3: shares that stand in a row after "cơ cấu" or "tỷ trọng" make 100 %."""
    rates = sorted((f for f in figures if f.unit == "%" and f.value is not None), key=lambda f: f.start)
    row: list[Figure] = []
    for f in [*rates, None]:
        between = document.text[row[-1].end : f.start] if row and f else ""
        if f and row and len(between) < FAR_APART and not any(c.isdigit() or c in ".\n" for c in between):
            row.append(f)
            continue
        if len(row) > 1:
            before = document.text[max(0, row[0].start - FAR_APART) : row[0].start].rpartition(". ")[2]
            if any(word in fold(before) for word in STRUCTURES):
                strict = total(i for i in (printed_interval(r) for r in row) if i)
                loose = total(i for i in (printed_interval(r, LOOSE) for r in row) if i)
                yield from _hundred(row, Shown("cơ cấu", "structure"), strict, loose)
        row = [f] if f else []


def _hundred(shares: Sequence[Figure], name: str | Shown, strict: Interval, loose: Interval) -> Iterable[Finding]:
    hundred = Interval(Decimal(100), Decimal(100))
    facts = {"name": name, "found": Shown(number(strict.middle), number(strict.middle, "en"))}
    held = Held(hundred, strict, power=relative_width(strict))
    if hundred.agrees(strict):
        yield finding("SHARES_MATCH", "Q3", Level.PASS, shares, held, words=facts)
    elif abs(strict.middle - 100) < SHARES_NEAR:
        yield finding(
            "SHARES_MISMATCH",
            "Q3",
            Level.INFO if hundred.agrees(loose) else Level.FAIL,
            shares,
            held.off(hundred.gap(strict)),
            words=facts,
        )
