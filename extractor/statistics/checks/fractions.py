"""Fractions: a printed percentage follows from its a/b, and a part is no more than its whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extractor.domain.document import Document
from extractor.domain.figure import Base, Comparison, Figure, Measure
from extractor.domain.finding import Finding, Level
from extractor.domain.folding import fold
from extractor.domain.messages import spell_short
from extractor.domain.unit import read_unit
from extractor.statistics.catalogue import has_syllable, orders
from extractor.statistics.checks.grouping import grouped
from extractor.statistics.checks.parts import Split
from extractor.statistics.checks.wording import Held, finding, name_of, rounded, value_shown
from extractor.statistics.intervals import (
    HUNDRED,
    LOOSE,
    Interval,
    around,
    comparison_interval,
    printed_interval,
    relative_width,
    total,
)

BEFORE = 24
"""Letters before a fraction in brackets in which the difference stands that it explains."""

SENTENCE_END = re.compile(r"[.!?]\s|\n")
NEXT_TO = 4
"""How many characters may part a rate from the fraction in brackets that explains it: ``98,9% (1871/1891``."""


def check_fractions(figures: Sequence[Figure], splits: Iterable[Split], document: Document) -> Iterable[Finding]:
    """Q1, Q2 and the orders of the catalogue."""
    for split in splits:
        yield from _shares_of(split)
    ordered = sorted(figures, key=lambda f: f.start)
    for i, f in enumerate(ordered):
        if f.total is not None and f.value is not None:
            yield from _part(f, document)
            if not _is_of_another_whole(f, ordered):
                yield from _own_shares(f, document)
            rate = ordered[i - 1] if i else None
            if rate is not None and _explains(rate, f, document) and rate.value is not None:
                half = Decimal(1).scaleb(-rate.decimals)
                strict, loose = around(rate.value, half / 2, rate.bound), around(rate.value, half, rate.bound)
                yield from _percent((rate, f), f, strict, loose, rate.value)
    yield from _of_the_same_whole(ordered, document)
    yield from _orders(ordered)


def _own_shares(f: Figure, document: Document) -> Iterable[Finding]:
    """Q1 for the percentages of a fraction; where one is its own, another is of something else."""
    whole = replace(f, value=f.total, total=None)
    shares = [c for c in shares_of(f) if _is_beside(f, c, document)]
    for share in [c for c in shares if _fits(c, f, whole)] or shares:
        yield from percent_of(share, f, whole)


def _is_of_another_whole(f: Figure, figures: Iterable[Figure]) -> bool:
    """Whether a fraction and another make up their total, and so do their shares, which are not theirs.

    ``12/17 khoản đạt dự toán, chiếm 90,43%; 5/17 khoản không đạt, chiếm 9,57%``: shares of the money.
    """
    assert f.value is not None
    assert f.total is not None
    for other in figures:
        if other.value is not None and (other.total, other.unit) == (f.total, f.unit) and other.section == f.section:
            made = total(comparison_interval(c, LOOSE) for one in (f, other) for c in shares_of(one)[:1])
            if f.value + other.value == f.total and made.agrees(Interval(HUNDRED, HUNDRED)):
                return not any(
                    _fits(c, one, replace(f, value=f.total, total=None)) for one in (f, other) for c in shares_of(one)
                )
    return False


def shares_of(f: Figure) -> list[Comparison]:
    """What shares of a whole a figure is printed to be."""
    return [c for c in f.comparisons if _of_total(c) and c.bound is None]


def _of_the_same_whole(ordered: Sequence[Figure], document: Document) -> Iterable[Finding]:
    """Q1 for a share whose whole stands in a clause before, where its own share shows that it is the whole.

    ``62 hộ nghèo/1.240 hộ, chiếm 5,0%; hộ cận nghèo 74 hộ, chiếm 6,7%``. A share that fits another number of the
    sentence is one of that; one that fits none is only warned of, and several are of wholes of their own: ``46/92
    trường, đạt 50% (mầm non 11 trường, đạt 32,4%; tiểu học 24 trường, đạt 72,7%)``.
    """
    for sentence in _sentences(ordered, document):
        whole: Figure | None = None
        strange: list[Finding] = []
        for at, f in enumerate(sentence):
            share = next(iter(shares_of(f)), None)
            found = _whole_of(f, [*pairwise(sentence[max(at - 1, 0) : at + 2])], share, document) if share else None
            if whole and share and not found and _is_of_none(f, share, whole, sentence[:at]):
                strange += (one for one in percent_of(share, f, whole) if one.level is Level.FAIL)
            whole = found or whole
        if len(strange) == 1:
            yield replace(strange[0], level=Level.WARN)


def _sentences(ordered: Sequence[Figure], document: Document) -> Iterable[list[Figure]]:
    """The figures with a value, sentence by sentence."""
    sentence: list[Figure] = []
    for f in ordered:
        if sentence and SENTENCE_END.search(document.text, sentence[-1].end, f.start):
            yield sentence
            sentence = []
        if f.value is not None:
            sentence.append(f)
    yield sentence


def _is_of_none(f: Figure, share: Comparison, whole: Figure, said: Iterable[Figure]) -> bool:
    """Whether a share of things like those of the whole fits neither it nor anything else that was said."""
    assert f.value is not None
    assert whole.value is not None
    if f.total is not None or not f.unit or f.unit != whole.unit or f.value > whole.value:
        return False
    return not any(_fits(share, f, other) for other in (whole, *said) if (other.unit or "").startswith(f.unit))


def _whole_of(
    f: Figure, pairs: Iterable[tuple[Figure, Figure]], share: Comparison, document: Document
) -> Figure | None:
    """The whole of a fraction that its share fits, as a figure: of ``62/1.240 hộ`` and of ``62 hộ nghèo/1.240 hộ``.

    ``pairs`` are the figure with those beside it; the share may be told of either.
    """
    if f.total is not None:
        whole = replace(f, value=f.total, total=None)
        return whole if _fits(share, f, whole) else None
    joined = ((part, whole) for part, whole in pairs if document.text[part.end : whole.start].strip() == "/")
    alike = (pair for pair in joined if pair[1].unit and (pair[0].unit or "").startswith(pair[1].unit))
    return next((whole for part, whole in alike if _fits(share, part, whole)), None)


def _shares_of(split: Split) -> Iterable[Finding]:
    """Q1 for parts with the share that each has of its total: one does not fit, where another does.

    That another one fits shows that it is this total of which the shares are. A share of a part before it is another
    thing (``trả kết quả 2.397 hồ sơ, đúng hạn 2.391 hồ sơ, đạt 99,7%``), and so is the second share of one part.
    """
    same = [p for p in split.parts if p.total is None and p.unit == split.total.unit]
    of_total = {p.id: [c for c in shares_of(p) if _fits(c, p, split.total)] for p in same}
    for part in same if any(of_total.values()) else ():
        for share in of_total[part.id] or shares_of(part):
            if share in of_total[part.id] or not is_of_a_part(share, part, same):
                yield from percent_of(share, part, split.total)


def is_of_a_part(share: Comparison, part: Figure, parts: Iterable[Figure]) -> bool:
    """Whether a share of ``part`` is what it is of another one of the parts."""
    return any(_fits(share, part, other) for other in parts if other is not part)


def percent_of(share: Comparison, part: Figure, whole: Figure) -> Iterable[Finding]:
    """Q1: whether a printed share is what ``part`` is of ``whole``."""
    strict, loose = comparison_interval(share), comparison_interval(share, LOOSE)
    return _percent((part,), replace(part, total=whole.value), strict, loose, share.value)


def _fits(share: Comparison, part: Figure, whole: Figure) -> bool:
    return any(f.level is Level.PASS for f in percent_of(share, part, whole))


def _of_total(comparison: Comparison) -> bool:
    return comparison.kind is Measure.RATIO and (
        comparison.base is Base.TOTAL or (comparison.base is Base.OTHER and not comparison.base_text)
    )


def _is_beside(f: Figure, comparison: Comparison, document: Document) -> bool:
    """Whether a percentage is that of the fraction before it: behind a semicolon or a stop it is another thing's."""
    return ";" not in document.text[f.end : comparison.start] and not SENTENCE_END.search(
        document.text, f.end, comparison.start
    )


def _grouped(number: Decimal) -> Decimal:
    """A number of whole things that was read with three decimals, its stop taken for what it is: 1.912 pupils."""
    exponent = number.as_tuple().exponent
    return number.scaleb(3) if exponent == -3 else number


def _is_misread(f: Figure, loose: Interval) -> bool:
    """Whether the percentage fits once stops group thousands: 684/1.912 pupils beside a rate written ``35.8%``."""
    assert f.value is not None
    assert f.total is not None
    unit = read_unit(f.unit)
    value, total = _grouped(f.value), _grouped(f.total)
    if (value, total) == (f.value, f.total) or (unit is not None and not unit.is_counted):
        return False
    share = Interval(value, value).scaled(Decimal(100)).over(Interval(total, total))
    return share is not None and share.agrees(loose)


def _explains(rate: Figure, fraction: Figure, document: Document) -> bool:
    between = document.text[rate.end : fraction.start]
    return rate.unit == "%" and 0 <= fraction.start - rate.end <= NEXT_TO and set(between) <= set(" (=")


def _percent(
    involved: Sequence[Figure], f: Figure, strict: Interval, loose: Interval, printed: Decimal
) -> Iterable[Finding]:
    """Q1: 100·a/b lies in what the printed percentage leaves open."""
    assert f.value is not None
    assert f.total is not None
    if f.total <= 0:
        return
    exact = Interval(f.value, f.value).scaled(Decimal(100)).over(Interval(f.total, f.total))
    if exact is None:
        return
    words = {
        "value": f.value,
        "total": f.total,
        "computed": rounded(exact.middle, 3),
        "printed": printed,
    }
    held = Held(exact, strict, power=relative_width(strict))
    if exact.agrees(strict):
        yield finding("PERCENT_MATCH", "Q1", Level.PASS, involved, held, words=words)
    elif exact.agrees(loose):
        yield finding("PERCENT_CUT", "Q1", Level.INFO, involved, held.off(exact.gap(strict)), words=words)
    elif _is_misread(f, loose):
        words |= {"meant_value": _grouped(f.value), "meant_total": _grouped(f.total)}
        yield finding("STOP_MISREAD", "Q1", Level.WARN, involved, held.off(exact.gap(strict)), words=words)
    else:
        yield finding("PERCENT_MISMATCH", "Q1", Level.FAIL, involved, held.off(exact.gap(strict)), words=words)


def _part(f: Figure, document: Document) -> Iterable[Finding]:
    """Q2: in a/b of things whose number is given a is no more than b; of others it may be (done against assigned)."""
    assert f.value is not None
    assert f.total is not None
    unit = read_unit(f.unit)
    counted = unit is None or unit.is_counted
    after = fold(document.text[f.end : f.end + 24])
    planned = any(c.base is Base.PLAN for c in f.comparisons) or has_syllable(after, "plan_syllable")
    compared = _compares(f, document)
    words = {"value": value_shown(f), "total": f.total}
    if f.value <= f.total:
        yield finding("PART_WITHIN_WHOLE", "Q2", Level.PASS, (f,), words=words)
    elif not planned and not compared:
        level = Level.FAIL if counted and _is_closed(f.unit or "") else Level.INFO
        yield finding("PART_EXCEEDS_WHOLE", "Q2", level, (f,), Held(gap=f.value - f.total), words=words)


def _compares(f: Figure, document: Document) -> bool:
    """Whether a fraction in brackets explains the difference before it: ``tăng 38 vụ (171/133 vụ)`` is now and then."""
    assert f.value is not None
    assert f.total is not None
    opening, bracket, _ = document.text[max(0, f.start - BEFORE) : f.start].rpartition("(")
    return bool(bracket) and spell_short(abs(f.value - f.total)) in opening.split()


def _is_closed(unit: str) -> bool:
    """Whether the number of such things is given: there are no more wards than there are.

    Of jobs, hectares and money more than was assigned can be done, and such a fraction is printed the same way
    (``1850/1800 lao động``).
    """
    return has_syllable(fold(unit), "closed")


def _orders(figures: Sequence[Figure]) -> Iterable[Finding]:
    """Pairs of indicators of which one is rarely more than the other, in one place of the report."""
    known = (f for f in figures if f.match == "alias" and f.indicator_id and f.value is not None)
    for same_place in grouped(known, lambda f: (f.section, f.footnote, f.period, f.area)).values():
        found = grouped(same_place, lambda f: f.indicator_id)
        for order in orders():
            small, large = found.get(order.small, []), found.get(order.large, [])
            if not small or not large:
                continue
            a, b = small[0], large[0]
            left, right = printed_interval(a), printed_interval(b)
            if left and right and left.low > right.high:
                yield finding(
                    "ORDER_UNUSUAL",
                    "Q2",
                    Level.INFO,
                    (a, b),
                    Held(left, right, left.gap(right)),
                    words={
                        "small": name_of(a),
                        "value": value_shown(a),
                        "large": name_of(b),
                        "other": value_shown(b),
                        "note": order.note,
                    },
                )
