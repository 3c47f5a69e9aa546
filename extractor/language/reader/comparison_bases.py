"""What a comparison compares with: bases found beside it, and those that it borrows.

A base stands right after its comparison (``tăng 9,7% so cùng kỳ``), before it (``so với tháng trước giảm 11,6%``),
once at the end of a list, only in the head item (``bằng 6,6% và tăng 7,8%`` carries both over in order) or only in
the heading. ``resolve`` applies these sources in that order and writes down, as a doubt, every base that was not
printed beside its comparison. A named period as base (``so với quý IV/2023``) is related to the figure's own
period.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import regex

from extractor.domain.figure import Base, Measure, Status
from extractor.domain.period import relation, year_of
from extractor.language.lexer.items import Item
from extractor.language.lexer.tokens import openings_of
from extractor.language.reader.drafts import ComparisonDraft, Draft

BASES = {
    "plan": Base.PLAN,
    "same": Base.SAME_PERIOD,
    "previous": Base.PREVIOUS,
    "total": Base.TOTAL,
    "other": Base.OTHER,
}
NEAR_WHOLE = 80
"""A percentage from which a number under "so với cùng kỳ" is an index and no share."""
ENOUGH = 20
"""A number from which a share that fits to the digit is no accident."""


class FoundBase(NamedTuple):
    """A base as printed: ``next`` is the index of the first item after it."""

    base: Base
    text: str
    next: int
    period: str | None = None


def base_at(items: Sequence[Item], index: int, text: str, period: str | None, *, led: bool = False) -> FoundBase | None:
    """The base that begins at ``index`` ("so với cùng kỳ năm 2017", "kế hoạch năm", "so tháng 5/2019"), or None.

    ``period`` is that of the figure: a named period counts as the same or the previous one by its distance from it.
    ``led``: a change stands right before, so that a bare period is its base ("cao hơn năm 2019 là").
    """
    start = index
    cut = led
    while index < len(items) and (
        items[index].kind == "cut"
        or items[index].value in ("của", "với", "mức", "hơn")
        or (led and items[index].kind == "bound")
    ):
        cut = cut or items[index].kind == "cut"
        index += 1
    if index >= len(items):
        return None
    item = items[index]
    if item.kind == "compare":
        base, end = BASES[item.value], index + 1
        stated = None
        if end < len(items) and items[end].kind == "period":
            stated, end = items[end].value, end + 1
            base = _dated(base, stated, period)
        elif base in (Base.PLAN, Base.TOTAL):
            end = _tail(items, end)
        return FoundBase(base, text[items[start].start : items[end - 1].end], end, stated)
    if item.kind == "status" and item.value == "plan" and text[item.start : item.end].lower().endswith("là"):
        return None
    if item.kind == "status" and item.value == "plan" and cut:
        return FoundBase(Base.PLAN, text[items[start].start : item.end], index + 1)
    dated = index + 1 < len(items) and items[index + 1].kind == "period"
    if not cut and not (item.kind == "status" and item.value in ("estimate", "actual") and dated):
        return None
    if item.kind == "status":  # "so với ước thực hiện năm 2024"
        index += 1
        if index >= len(items):
            return None
        item = items[index]
    if item.kind == "period":
        found = {"same": Base.SAME_PERIOD, "previous": Base.PREVIOUS}.get(relation(period, item.value), Base.OTHER)
        yearly = item.period is not None and item.period.form == "year"
        if yearly and text[item.start : item.end].lower().startswith(("cuối", "đầu")):
            found = Base.OTHER
        elif yearly and year_of(item.value) == (year_of(period) or 0) - 1:
            found = Base.SAME_PERIOD
        seasonal = item.period is not None and item.period.form == "season"
        if seasonal and year_of(item.value) == (year_of(period) or 0) - 1:
            found = Base.SAME_PERIOD
        if index + 1 < len(items) and items[index + 1].kind == "compare" and items[index + 1].value == "same":
            index, found = index + 1, Base.SAME_PERIOD
        return FoundBase(found, text[items[start].start : items[index].end], index + 1, item.value)
    if item.kind == "reference" and item.value == "date":  # "so với 31/12/2020", "so 1994"
        year = text[item.start : item.end]
        last = year.isdigit() and len(year) == 4 and int(year) == (year_of(period) or 0) - 1
        found = Base.SAME_PERIOD if last else Base.OTHER
        return FoundBase(found, text[items[start].start : item.end], index + 1)
    end = _tail(items, index, most=8)
    if end == index:
        return None
    stated = None
    if end < len(items) and items[end].kind == "period":
        stated, end = items[end].value, end + 1
    words = text[item.start : items[end - 1].end].lower()
    plan = any(word in words for word in ("giao", "kế hoạch", "đề ra", "nghị quyết", "phấn đấu", "kịch bản"))
    base = Base.PLAN if plan else Base.OTHER
    if stated and base is Base.OTHER:
        base = {"same": Base.SAME_PERIOD, "previous": Base.PREVIOUS}.get(relation(period, stated), Base.OTHER)
    if base is Base.OTHER and words.startswith(openings_of("occasion")):  # "so với mùa lễ hội năm 2012"
        before = (year_of(period) or 0) - 1
        last = words.endswith(("năm trước", "năm ngoái")) or (stated is not None and year_of(stated) == before)
        base = Base.SAME_PERIOD if last else base
    return FoundBase(base, text[items[start].start : items[end - 1].end], end, stated)


def _dated(base: Base, stated: str | None, period: str | None) -> Base:
    """A base with a printed year: "cùng kỳ năm 2019" in a report of 2022 is another base than last year's."""
    if base is not Base.SAME_PERIOD or not stated or not period:
        return base
    mine, theirs = year_of(period), year_of(stated)
    return base if mine is None or theirs is None or mine - theirs in (0, 1) else Base.OTHER


def _tail(items: Sequence[Item], index: int, most: int = 6) -> int:
    """End of the plain words that go with a base: "kế hoạch | huyện giao", "tổng thu | ngân sách"."""
    end = index
    while end < len(items) and end - index < most:
        item = items[end]
        plain = item.kind == "word" and item.value not in ("và", "với", "nhưng", "trong", "trong khi", "do")
        if not plain and not (item.kind == "compare" and end > index) and item.kind != "rate":
            break
        end += 1
    return end


def resolve(
    drafts: Sequence[Draft],
    headings: Sequence[Base],
    customs: Mapping[str | None, Base],
    before: Sequence[Base] = (),
) -> None:
    """Give every comparison of one sentence a base, in the order of the evidence; mutates the drafts.

    ``headings`` are the bases that the heading names, in order: two of them go to two changes by position, and so do
    those of ``before``, the pair that the sentence before printed; ``customs`` hold the base of a change for which
    nothing names one, by period, where it is not the same period last year.
    """
    heading = headings[0] if headings else None
    for draft in drafts:
        changes = [c for c in draft.comparisons if c.kind is not Measure.RATIO]
        for pair, doubt in ((headings, "base_heading"), (before, "base_carried")):
            if len(pair) > 1 and len(changes) == len(pair) and all(c.base is None for c in changes):
                for comparison, base in zip(changes, pair, strict=True):
                    comparison.base = base
                draft.doubts.append(doubt)
    open_ = [(d, c) for d in drafts for c in d.comparisons if c.base is None]
    if not open_:
        return
    _spread_back(drafts)
    pattern: list[ComparisonDraft] = []
    when: str | None = None
    for draft in drafts:
        missing = [c for c in draft.comparisons if c.base is None]
        for position, comparison in enumerate(draft.comparisons):
            if comparison.base is None and _reckoned(draft, comparison, drafts) is Base.TOTAL:
                comparison.base = Base.TOTAL
            if comparison.base is None and comparison.kind is Measure.RATIO and draft.planned:
                comparison.base = Base.PLAN
            elif (
                comparison.base is None and _lone_share(draft, comparison) and not any(p.bracket for p in pattern)
            ) or (comparison.base is None and comparison.kind is Measure.RATIO and _is_part(draft)):
                comparison.base = Base.TOTAL
            if comparison.base is None:
                carried = _carried(pattern, draft.comparisons, position)
                lapsed = carried is Base.PREVIOUS and draft.period != when and draft.period_from == "stated"
                comparison.base = None if lapsed else carried
                if comparison.base is not None:
                    draft.doubts.append("base_carried")
        stated = [c for c in draft.comparisons if c.base is not None]
        if len(stated) == len(draft.comparisons) and not missing and len(stated) >= 1:
            if len(stated) >= len(pattern):
                pattern, when = list(draft.comparisons), draft.period
        elif len(stated) >= 2:
            pattern = pattern or stated
    for draft, comparison in open_:
        if comparison.base is None:
            comparison.base = _reckoned(draft, comparison, drafts)
        if comparison.base is None:
            comparison.base = _assumed(draft, comparison, heading, customs)


def pair_of(drafts: Sequence[Draft]) -> tuple[Base, ...]:
    """The two bases that a sentence prints beside the two changes of a figure: of last month and of last year."""
    for draft in drafts:
        changes = [c for c in draft.comparisons if c.kind is not Measure.RATIO]
        bases = tuple(c.base for c in changes if c.base is not None and c.base_text)
        if len(changes) == len(bases) == 2 and bases[0] is not bases[1]:
            return bases
    return ()


def _reckoned(draft: Draft, comparison: ComparisonDraft, drafts: Sequence[Draft]) -> Base | None:
    """What a share is a share of, where arithmetic shows it: "kiến nghị thu hồi 500 triệu, đã thu 400 triệu, đạt 80%".

    A whole of the same unit in the same sentence proves it, to the digit that is printed; small numbers prove nothing.
    """
    if comparison.kind is not Measure.RATIO or draft.quantity is None or draft.quantity.value < ENOUGH:
        return None
    for whole in drafts:
        quantity = whole.quantity
        if whole is draft or quantity is None or quantity.value <= draft.quantity.value:
            continue
        if _fits(draft, comparison, whole):
            return Base.PLAN if _is_plan(whole, drafts) else Base.TOTAL
    return None


def _is_plan(whole: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a figure is a plan: it says so, or another figure's share of the plan is its share of this one."""
    told = [(d, c) for d in drafts for c in d.comparisons if c.base is Base.PLAN and c.kind is Measure.RATIO]
    return whole.status is Status.PLAN or any(_fits(draft, share, whole) for draft, share in told)


def _fits(part: Draft, share: ComparisonDraft, whole: Draft) -> bool:
    """Whether ``share`` is, to the digit that is printed, what ``part`` is of ``whole``."""
    if part.quantity is None or not whole.quantity or part.unit != whole.unit or not whole.quantity.value:
        return False
    half = Decimal(5).scaleb(-share.decimals - 1)
    return abs(part.quantity.value / whole.quantity.value * 100 - share.value) <= half


def _class(comparison: ComparisonDraft) -> str:
    """Comparisons of one class share a base: ratios among themselves, changes among themselves."""
    if comparison.kind is Measure.RATIO:
        return "share" if comparison.verb == "share" else "ratio"
    if comparison.verb in ("contribute", "contribute_down"):
        return "contribution"
    return "gap" if comparison.verb in ("exceed", "lack") else "change"


def _spread_back(drafts: Sequence[Draft]) -> None:
    """A base printed once at the end of a list of like comparisons holds for those before it."""
    for kind in ("ratio", "change", "gap"):
        later: ComparisonDraft | None = None
        when: str | None = None
        chain = [(d, c) for d in drafts for c in d.comparisons if _class(c) == kind and not d.planned]
        seen: set[int] = set()
        for number, (draft, comparison) in enumerate(reversed(chain)):
            if comparison.base is not None:
                later = comparison if comparison.base_text and (number == 0 or later is not None) else later
                seen, when = {id(draft)}, draft.period
            elif (
                later is not None
                and draft.period == when
                and not _own_pair(draft, comparison)
                and _alike(comparison, later)
            ):
                if id(draft) in seen and comparison.kind is Measure.RATIO:
                    continue
                if draft.quantity is not None and draft.quantity.total is not None and kind == "ratio":
                    continue
                if _runs(draft) and later.base is Base.OTHER and _POINT.search(later.base_text or ""):
                    continue
                comparison.base, comparison.base_text = later.base, later.base_text
                draft.doubts.append("base_carried")
        del later


_POINT = regex.compile(r"(?:đầu|cuối) năm|31/12", regex.IGNORECASE)


def _runs(draft: Draft) -> bool:
    """Whether a figure says of itself that it ran up over months: no day is the base of its growth."""
    return draft.period_from == "stated" and "/M" in (draft.period or "")


def _alike(comparison: ComparisonDraft, later: ComparisonDraft) -> bool:
    """Whether two comparisons share a base: đạt goes with a plan, bằng with last year, growth never with a plan."""
    if comparison.kind is not Measure.RATIO and later.base is Base.PLAN and comparison.verb != later.verb:
        return False
    if (comparison.kind is Measure.ABSOLUTE) != (later.kind is Measure.ABSOLUTE):
        return False
    return comparison.kind is not Measure.RATIO or (comparison.verb == "reach") == (later.verb == "reach")


def _lone_share(draft: Draft, comparison: ComparisonDraft) -> bool:
    """Whether a bare percentage stands alone in a bracket: "EU 286 triệu USD (23,5%)"."""
    lone = comparison.bracket and comparison.verb == "bracket" and comparison.kind is Measure.RATIO
    return lone and sum(c.bracket for c in draft.comparisons) == 1


def _is_part(draft: Draft) -> bool:
    """Whether a figure carries its own total: "611/702 hồ sơ, đạt 87%"."""
    return draft.quantity is not None and draft.quantity.total is not None


def _own_pair(draft: Draft, comparison: ComparisonDraft) -> bool:
    """Whether the comparison stands in a bracket of its own figure: such pairs are positional."""
    return comparison.bracket and len([c for c in draft.comparisons if c.bracket]) > 1


def _carried(pattern: Sequence[ComparisonDraft], own: Sequence[ComparisonDraft], position: int) -> Base | None:
    """The base that the head item gave to the comparison in this place, or to the only one of this class."""
    mine = own[position]
    if not pattern or mine.unit.endswith("/năm"):  # "14,2%/năm": against each year's own last one
        return None
    there = pattern[position] if len(pattern) == len(own) else None
    if there is not None and _class(there) == _class(mine) and (there.base is not Base.PLAN or there.kind is mine.kind):
        return there.base
    alike = [p for p in pattern if _class(p) == _class(mine) and (p.base is not Base.PLAN or p.kind is mine.kind)]
    bases = {p.base for p in alike}
    return alike[0].base if len(bases) == 1 else None


def _assumed(
    draft: Draft, comparison: ComparisonDraft, heading: Base | None, customs: Mapping[str | None, Base]
) -> Base:
    """The customary base where nothing names one; always a doubt."""
    if comparison.verb == "share":
        return Base.TOTAL
    if comparison.kind is Measure.RATIO:
        counted = draft.quantity is not None and (
            draft.quantity.total is not None or draft.quantity.family in ("count", "person", "noun", "award")
        )
        pair = [c for c in draft.comparisons if c.bracket]
        if draft.planned:
            return Base.PLAN
        if heading is Base.PLAN and comparison.verb in ("reach", "equal"):
            draft.doubts.append("base_heading")
            return heading
        indexed = heading is not None and heading is not Base.PLAN and comparison.value >= NEAR_WHOLE
        lone = len(pair) < 2 and (counted or (comparison.bracket and comparison.verb == "bracket"))
        if lone and not indexed:
            return Base.TOTAL
        if heading is not None and heading is not Base.PLAN and (indexed or comparison.verb in ("equal", "none")):
            draft.doubts.append("base_heading")
            return heading
        draft.doubts.append("base_assumed")
        return Base.PLAN
    grows = heading is Base.PLAN and comparison.verb in ("up", "down")
    related = grows and any(c.kind is Measure.RATIO and c.base is Base.PLAN for c in draft.comparisons)
    if heading is not None and not related:
        draft.doubts.append("base_heading")
        return heading
    draft.doubts.append("base_assumed")
    return Base.PLAN if comparison.verb in ("exceed", "lack") else customs.get(draft.period, Base.SAME_PERIOD)
