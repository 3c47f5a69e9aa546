"""Growth: rates fit changes, totals grow between their parts, last year's values add up, and words agree with signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from extractor.domain.document import Document
from extractor.domain.figure import Base, Comparison, Figure, Measure
from extractor.domain.finding import Finding, Level
from extractor.domain.folding import fold
from extractor.domain.period import year_before, year_of
from extractor.domain.unit import read_unit
from extractor.statistics.catalogue import openings_of, words_of
from extractor.statistics.checks.grouping import subject_of
from extractor.statistics.checks.parts import SENTENCE_END, Split, find_growths, is_target
from extractor.statistics.checks.wording import (
    Held,
    ends_shown,
    finding,
    name_of,
    parts_shown,
    period_of,
    rounded,
    value_shown,
)
from extractor.statistics.intervals import (
    HUNDRED,
    LOOSE,
    Interval,
    all_known,
    compared,
    comparison_interval,
    implied_last_year,
    printed_interval,
    ratio_interval,
    relative_width,
    tolerated,
    total,
)
from extractor.statistics.said_words import sentence_to

LOW_RATIO, HIGH_RATIO = Decimal(50), Decimal(200)
"""Half or double of last year is unusual, and often true: a tax that fell due, an epidemic that ended."""

REVISION = Decimal("0.02")
"""Two per cent: what a revision between two reports may move a value by."""

BRACKET = re.compile(r"[^()\d\n.;]{0,40}\([^()\n]*\)")
NAMED = 120
"""How far before a change the name of what changed may begin."""
NEXT_WORD = re.compile(r"[^\W\d_]+")
TOLD_TWICE = (Base.SAME_PERIOD, Base.PREVIOUS, Base.PLAN)
"""Bases of which a ratio and a change tell the same."""
PAIR = re.compile(r"\s*\((\d[\d.]*)/(\d[\d.]*)[^()\d\n]{0,20}\)")
"""A bracket that says what a change is from: ``tăng 7 người (35/28)``."""
LONGEST_VERB = 2
"""Syllables between a name and its change: ``tăng thêm 142 việc``."""

YEAR = re.compile(r"(?:19|20)\d\d")
MINUS = re.compile(r"(?<![\d%])(?<![\d%]\s)[-−]\d")
BEFORE = 14
"""How far before a percentage its verb stands: ``giảm xấp xỉ``, ``đạt khoảng``."""


def check_growth(figures: Sequence[Figure], splits: Iterable[Split], document: Document) -> Iterable[Finding]:
    """Y1, Y2 where last year's value is printed too, Y3, Y4, U5 and V1."""
    yield from _stated_last_year(figures)
    yield from _from_last_year(figures, document)
    for split in splits:
        yield from _between_parts(split)
        yield from _last_year_parts(split)
    for split in find_growths(figures, document):
        yield from _between_parts(split)
    for figure in figures:
        yield from _outlier(figure)
        yield from _two_changes(figure, document)
        for comparison in figure.comparisons:
            yield from _verb(figure, comparison, document)
            yield from _own_year(figure, comparison, year_of(document.report.period))


def _own_year(figure: Figure, comparison: Comparison, reported: int | None) -> Iterable[Finding]:
    """Y5: ``tháng 9 năm 2021 … giảm 7,4% so với cùng kỳ năm 2021`` is held against itself; another year is meant.

    Of the year that the report is of alone: in ``hơn mức tăng 9,9% của cùng kỳ năm 2015`` the rate itself is of 2015.
    """
    year, told = year_of(figure.period), YEAR.findall(comparison.base_text or "")
    same_period = any(words in fold(comparison.base_text or "") for words in words_of("same_period"))
    if year is not None and year == reported and same_period and told == [str(year)]:
        words = {"name": name_of(figure), "change": comparison.quote, "base": comparison.base_text or "", "year": year}
        span = (comparison.start, comparison.end)
        yield finding("BASE_OWN_YEAR", "Y5", Level.WARN, (figure,), span=span, words=words)


def _stated_last_year(figures: Sequence[Figure]) -> Iterable[Finding]:
    """Y2: "giảm 11,1 % so cùng kỳ (cùng kỳ 161.040 triệu đồng)": value, growth and last year's value fit each other."""
    stated: dict[tuple[str | None, ...], Figure] = {}
    for f in figures:
        if f.value is not None and f.indicator and not is_target(f):
            stated.setdefault((*subject_of(f), f.period), f)
    for (*subject, period), f in stated.items():
        before = stated.get((*subject, year_before(period))) if period else None
        if before:
            yield from _held_to_last_year(f, before)


def _from_last_year(figures: Sequence[Figure], document: Document) -> Iterable[Finding]:
    """Y2: "tổng số việc tăng 142 việc (năm 2007 là 2.524 việc)" and this year's number, wherever the report has it."""
    ordered = sorted((f for f in figures if f.value is not None), key=lambda f: f.start)
    for owner in figures:
        for change in owner.comparisons:
            if change.kind is not Measure.ABSOLUTE:
                continue
            pair, before = _paired(owner, change, document), _bracketed(change, ordered, document)
            if pair:
                yield from _held_to_change(owner, change, pair)
            elif before:
                of_year = (f for f in ordered if f.period and year_before(f.period) == before.period)
                same = [f for f in of_year if f.unit == before.unit]
                for now in [owner] if owner in same else [f for f in same if _is_named(f, change, document)]:
                    yield from _held_to_change(now, change, before)


def _is_named(figure: Figure, change: Comparison, document: Document) -> bool:
    """Whether the name of a figure stands right before a change, but for its verb."""
    words = fold(document.text[max(0, change.start - NAMED) : change.start]).split()
    told = (" ".join(words[: len(words) - verb]) for verb in range(LONGEST_VERB + 1))
    return bool(figure.indicator) and any(text.endswith(f" {fold(figure.indicator or '')}") for text in told)


def _bracketed(change: Comparison, ordered: Sequence[Figure], document: Document) -> Figure | None:
    """The number of another period in the bracket right behind a change."""
    opening = BRACKET.match(document.text, change.end)
    if opening is None:
        return None
    before = next((f for f in ordered if opening.start() < f.start and f.end <= opening.end()), None)
    return before if before and before.unit == change.unit else None


def _paired(now: Figure, change: Comparison, document: Document) -> Figure | None:
    """The number of then, where a bracket behind a change tells both: ``35 người, tăng 7 người (35/28)``."""
    pair = PAIR.match(document.text, change.end)
    told, before = (Decimal(n.replace(".", "")) for n in pair.groups()) if pair else (None, None)
    return now.changed(value=before, period=year_before(now.period)) if told and told == now.value else None


def _held_to_change(now: Figure, change: Comparison, before: Figure) -> Iterable[Finding]:
    given, moved = printed_interval(before), _amount_of(change, now)
    value = printed_interval(now)
    if given is None or moved is None or value is None:
        return
    implied = value - moved
    agrees = implied.agrees(given)
    yield finding(
        "LAST_YEAR_MATCH" if agrees else "LAST_YEAR_DIFFERS",
        "Y2",
        Level.PASS if agrees else Level.FAIL,
        (now, before),
        Held(implied, given, None if agrees else implied.gap(given)),
        span=(change.start, max(change.end, before.end)),
        words={
            "name": name_of(now),
            "period": period_of(before),
            "value": value_shown(before),
            **ends_shown(implied, now),
        },
    )


def _held_to_last_year(f: Figure, before: Figure) -> Iterable[Finding]:
    given, implied = printed_interval(before), tolerated(implied_last_year, f)
    if given is None or implied is None:
        return
    off = implied.strict.gap(given)
    agrees = implied.loose.agrees(given)
    serious = given.middle > 0 and off > REVISION * given.middle
    yield finding(
        "LAST_YEAR_MATCH" if agrees else "LAST_YEAR_DIFFERS",
        "Y2",
        Level.PASS if agrees else Level.FAIL if serious else Level.WARN,
        (f, before),
        Held(implied.strict, given, None if agrees else off, relative_width(implied.strict)),
        words={
            "name": name_of(f),
            "period": period_of(before),
            "value": value_shown(before),
            **ends_shown(implied.strict, f),
        },
    )


def _between_parts(split: Split) -> Iterable[Finding]:
    """Y3, where the parts are exhaustive or add up by themselves."""
    whole = _growth(split.total)
    parts = all_known(map(_growth, split.parts))
    if whole is None or len(parts) < 2 or not split.complete:
        return
    span = Interval(min(p.low for p in parts), max(p.high for p in parts))
    inside = whole.agrees(span)
    if not inside and split.missing:
        return  # the part that is not given may have moved it
    yield finding(
        "GROWTH_INSIDE" if inside else "GROWTH_OUTSIDE",
        "Y3",
        Level.PASS if inside else Level.FAIL,
        (split.total, *split.parts),
        Held(whole, span, whole.gap(span) or None),
        words={
            "name": name_of(split.total),
            "growth": whole.middle - HUNDRED,
            "least": min(p.middle for p in parts) - HUNDRED,
            "most": max(p.middle for p in parts) - HUNDRED,
        },
    )


def _growth(figure: Figure) -> Interval | None:
    comparison = compared(figure, Base.SAME_PERIOD)
    return ratio_interval(comparison) if comparison else None


def _last_year_parts(split: Split) -> Iterable[Finding]:
    """Y4: implied values of last year, as sums where the parts are exhaustive, as a limit where they are some."""
    whole = implied_last_year(split.total)
    parts = all_known(map(implied_last_year, split.parts))
    if whole is None or len(parts) < 2 or not (split.complete or split.subset):
        return
    found = total(parts)
    agrees = whole.agrees(found) or (split.subset and found.low <= whole.high)
    if not agrees and split.missing and found.high < whole.low:
        return
    yield finding(
        "LAST_YEAR_PARTS_MATCH" if agrees else "LAST_YEAR_PARTS_MISMATCH",
        "Y4",
        Level.PASS if agrees else Level.WARN,
        (split.total, *split.parts),
        Held(whole, found, None if agrees else whole.gap(found), relative_width(whole)),
        words={"name": name_of(split.total), **parts_shown(whole, found, split.total)},
    )


def _two_changes(figure: Figure, document: Document) -> Iterable[Finding]:
    """Y1: a change told twice: "tăng 9,9 % (+35.061 nghìn quả)", "tăng 7 người (35/28), tức tăng 25 %".

    The rate is the change over what was there before, or what a ratio makes of it: "bằng 119,4 % (tăng 19,4 %)".
    Beside a share ("chiếm 79,8%, tăng 1.214 hộ (tăng 0,8%)") the rate may be the share's: then it is only remarked.
    """
    ordered = sorted(figure.comparisons, key=lambda c: c.start)
    for first, second in pairwise(ordered):
        by_kind = {first.kind: first, second.kind: second}
        rate = by_kind.pop(Measure.CHANGE, None)
        if rate is None or rate.unit != "%" or not by_kind or not _is_restated(first, second, document):
            continue
        (other,) = by_kind.values()
        found, printed = _rate_told_by(other, rate, figure), comparison_interval(rate, LOOSE)
        if found is None:
            continue
        agrees = found.agrees(printed)
        if not agrees and _may_be_of_another(figure, first, second, document):
            continue
        yield finding(
            "CHANGES_MATCH" if agrees else "CHANGES_DIFFER",
            "Y1",
            Level.PASS if agrees else Level.INFO if compared(figure, Base.TOTAL) else Level.FAIL,
            (figure,),
            Held(found, printed, None if agrees else found.gap(printed)),
            span=(first.start, second.end),
            words={
                "name": name_of(figure),
                "change": other.quote,
                "found": rounded(found.middle, rate.decimals + 1),
                "printed": rate.value,
            },
        )


def _may_be_of_another(figure: Figure, first: Comparison, second: Comparison, document: Document) -> bool:
    """Whether two changes may not be of ``figure``, or not both of one thing.

    The next sentence may tell of something else: ``… 35 vụ. Tuy nhiên, số vụ án giảm 171 vụ``.
    """
    ratio = Measure.RATIO in {first.kind, second.kind}
    own = ratio or _paired(figure, first, document) is not None or _opens_with_base(first, document)
    elsewhere = not own and SENTENCE_END.search(document.text, figure.end, first.start)
    return bool(elsewhere) or _tells_of_what(second, document)


def _opens_with_base(change: Comparison, document: Document) -> bool:
    """Whether a sentence begins with what it compares with, and the change right behind that names nothing else.

    ``… 125 vụ, làm chết 41 người. So với tháng trước, tăng 12 vụ (10,62%)``.
    """
    ahead = sentence_to(change.start, document.text)
    return bool(change.base_text) and ahead.strip(" ,:") == change.base_text


def _rate_told_by(other: Comparison, rate: Comparison, figure: Figure) -> Interval | None:
    """The rate of a change in per cent by a ratio, or by the change itself over what was there before it."""
    if other.kind is Measure.RATIO:
        ratio = comparison_interval(other, LOOSE)
        same = other.base is rate.base and other.base in TOLD_TWICE
        return Interval(ratio.low - HUNDRED, ratio.high - HUNDRED) if same else None
    change, value = _amount_of(other, figure), printed_interval(figure, LOOSE)
    share = change.over(value - change) if change and value and other.kind is Measure.ABSOLUTE else None
    return share.scaled(HUNDRED) if share else None


def _is_restated(first: Comparison, second: Comparison, document: Document) -> bool:
    """Whether a change tells the one before it once more: in a bracket, or behind ``tức``, ``tương đương``.

    A comma alone (``tăng 0,5 tạ/ha, tăng 0,86% so với vụ trước``) does between a change and its rate of one base.
    """
    pair = PAIR.match(document.text, first.end)
    between = document.text[pair.end() if pair else first.end : second.start].strip()
    between = between.removeprefix(first.base_text or "").lstrip()
    if between == ",":
        return first.base is second.base and Measure.RATIO not in {first.kind, second.kind}
    return between == "(" or fold(between) in words_of("restated")


def _tells_of_what(change: Comparison, document: Document) -> bool:
    """Whether a name stands right behind a rate: ``tăng 198 vụ/104 bị can (20,9% số vụ, 4,7% số bị can)``."""
    behind = document.text[change.end : change.end + NAMED].lstrip(" ").removeprefix(change.base_text or "").lstrip(" ")
    word = NEXT_WORD.match(behind)
    return word is not None and fold(word[0]) not in words_of("and")


def _amount_of(change: Comparison, figure: Figure) -> Interval | None:
    """An absolute change in the canonical unit of its figure; None in another unit."""
    unit, own = read_unit(change.unit), read_unit(figure.unit)
    if unit is None or own is None or unit.canonical != own.canonical:
        return None
    around_it = comparison_interval(change, LOOSE)
    return Interval(unit.amount(around_it.low), unit.amount(around_it.high))


def _outlier(figure: Figure) -> Iterable[Finding]:
    """U5: information only; such figures are often right."""
    ratio = _growth(figure)
    if ratio and (ratio.high < LOW_RATIO or ratio.low > HIGH_RATIO):
        words = {"name": name_of(figure), "ratio": rounded(ratio.middle, 1)}
        yield finding("GROWTH_OUTLIER", "U5", Level.INFO, (figure,), Held(ratio), words=words)


def _verb(figure: Figure, comparison: Comparison, document: Document) -> Iterable[Finding]:
    """V1: tăng with a fall, giảm with a rise; and "đạt 78,3 % so cùng kỳ" said to be a ratio, which others misread."""
    start = max(0, comparison.start - BEFORE)
    words = fold(document.text[start : comparison.end]).split()
    span = (comparison.start, comparison.end)
    if comparison.kind is Measure.CHANGE and comparison.value != 0:
        rising = comparison.value > 0
        right, wrong = (("rise", "exceed"), "fall") if rising else (("fall", "lack"), "rise")
        against = next((verb for verb in words_of(wrong) if verb in words), None)
        if against and not any(verb in words for group in right for verb in words_of(group)):
            facts = {"name": name_of(figure), "verb": against, "value": comparison.value}
            yield finding("VERB_AGAINST_SIGN", "V1", Level.WARN, (figure,), span=span, words=facts)  # misread, likely
        elif rising and comparison.value_max is None and MINUS.search(comparison.quote):
            facts = {"name": name_of(figure), "verb": next(iter(words_of("rise"))), "value": -comparison.value}
            yield finding("VERB_AGAINST_SIGN", "V1", Level.FAIL, (figure,), span=span, words=facts)
    elif (
        comparison.kind is Measure.RATIO
        and comparison.base is Base.SAME_PERIOD
        and fold(comparison.quote).startswith(openings_of("reach"))
    ):
        facts = {"name": name_of(figure), "ratio": comparison.value, "change": comparison.value - HUNDRED}
        yield finding("RATIO_NOT_GROWTH", "V1", Level.INFO, (figure,), span=span, words=facts)
