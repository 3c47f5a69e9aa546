"""Evidence for what a comparison is: how it compares, with what, and which figure it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from extractor.domain.figure import Measure, Status
from extractor.domain.folding import fold
from extractor.language.lexer.quantities import Quantity
from extractor.language.reader.drafts import ComparisonDraft, Draft
from extractor.language.reader.printed_bases import PrintedBase
from extractor.language.reader.spots import Spot, group_of, sort_of
from extractor.language.reader.view import View, size
from extractor.language.reader.weights import CHOICES

ALLOWED = {
    "share": frozenset({"ratio", "up", "down", "points_up", "points_down"}),
    "points": frozenset({"points_up", "points_down", "ratio"}),
    "times": frozenset({"multiple"}),
}
"""How a number of each group may compare; others tell differences or multiples."""

DIFFERENCES = frozenset({"abs_up", "abs_down", "multiple"})


def kinds_of(spot: Spot) -> frozenset[str]:
    """The kinds of comparison that a number may be at all, by its unit and by a sign that is written: a constraint."""
    every = frozenset(CHOICES["kind"])
    free = every if spot.group == "bare" else ALLOWED.get(spot.group, DIFFERENCES)
    sign = {1: "up", -1: "down"}.get(spot.quantity.sign, "")
    return frozenset(kind for kind in free if kind.endswith(sign)) or free


def kind_evidence(view: View, spot: Spot, last: ComparisonDraft | None) -> list[str]:
    """What speaks for a kind of comparison and its sign; ``last`` is the comparison read before."""
    q, i, current = spot.quantity, spot.at, spot.current
    g = f"g={spot.group if spot.group in ('share', 'points', 'times', 'bare') else 'abs'}"
    v = f"v={spot.verb}"
    before = "-" if last is None else f"{last.kind.value}{'-' if last.value < 0 else '+'}"
    sort = sort_of(spot.right or spot.left)
    first_verb = _first_verb(view, spot)
    is_rate = current is not None and current.subject is not None and current.subject.rate
    large = next((f">{limit}" for limit in (100, 50, 1) if q.value > limit), "<1")
    words = [view.words(place) for place in range(spot.clause, i) if view.items[place].kind in ("word", "verb")][-3:]
    verb = view.words(spot.verb_at) if spot.verb_at >= 0 else "-"
    return [
        g,
        f"{g}&{v}&sign={q.sign}",
        f"{g}&sign={q.sign}&dec={min(q.decimals, 1)}&cur={group_of(current.quantity) if current else 'no'}",
        f"{g}&vw={verb}",
        f"{g}&{v}&bR={sort}",
        f"{g}&{v}&bR={sort}&size={large}",
        f"{g}&last={before}&{v}",
        f"{g}&fv={first_verb}&{v}",
        f"{g}&{v}&rate={is_rate}&cur={group_of(current.quantity) if current else 'no'}",
        f"{g}&b={view.brackets[i] >= 0}&{v}&last={before}",
        f"{g}&{v}&p1={view.kind(i - 1, i)}",
        f"{g}&{v}&n1={view.kind(i + 1, i)}",
        f"u={fold(q.unit or '')}&{v}",
        *(f"{g}&lw={word}" for word in words),
    ]


def _first_verb(view: View, spot: Spot) -> str:
    """The first verb of the number's clause."""
    clause = view.items[spot.clause : spot.at]
    return next((item.value for item in clause if item.kind == "verb" and item.value != "none"), "-")


class Behind(NamedTuple):
    """What stands behind a comparison and before it, as words, for finding the figure that it speaks of."""

    right: frozenset[str]
    left: frozenset[str]
    about: bool


def behind(view: View, spot: Spot) -> Behind:
    """The words around the comparison at ``spot``."""
    place, right = spot.at + 1, fold(spot.quantity.unit or "").split()
    while place < len(view.items) and place - spot.at < 8 and view.items[place].kind in ("word", "about", "rate"):
        right += view.words(place).split()
        place += 1
    left = {word for place in spot.content for word in view.words(place).split()}
    return Behind(frozenset(right), frozenset(left), view.kind(spot.at + 1, spot.at) == "about")


def target_evidence(
    view: View,
    spot: Spot,
    comparison: ComparisonDraft,
    draft: Draft,
    at: int,
    rank: int,
    around: Behind,
    dealt: Sequence[int],
) -> list[str]:
    """What speaks for ``draft``, whose number is the item ``at``, as the figure that a comparison belongs to."""
    i, q = spot.at, spot.quantity
    names = _names(view, draft, at)
    over_right, over_left = min(len(around.right & names), 3), min(len(around.left & names), 3)
    is_same = draft.sentence == view.sentences[i]
    has_unit = fold(draft.unit or "") == fold(q.unit or "")
    bracket = view.brackets[i]
    is_inside = draft.bracket and bracket >= 0 and view.brackets[at] == bracket
    is_head = bracket >= 0 and at < bracket
    has_kind = any(known.kind is comparison.kind for known in draft.comparisons)
    k, r = f"k={comparison.kind.value}", f"r={rank}"
    family = group_of(draft.quantity)
    semicolons = min(sum(1 for item in view.items[at + 1 : i] if item.value == ";"), 2)
    return [
        f"{r}&same={is_same}",
        f"{r}&{k}&unit={has_unit}",
        f"{r}&{k}&oR={over_right}",
        f"{r}&oL={over_left}&c={size(len(spot.content))}",
        f"all={bool(around.left) and around.left <= names}&same={is_same}",
        f"row={_is_dealt(spot, at, dealt)}&{k}",
        f"head={is_head}&in={is_inside}&open={bracket >= 0}&{r}",
        f"{r}&has={has_kind}&v={spot.verb}",
        f"{r}&count={min(len(draft.comparisons), 3)}",
        f"{r}&fam={family}&{k}",
        f"fam={family}&g={spot.group}&tot={draft.quantity is not None and draft.quantity.total is not None}",
        f"proved={_proves(draft.quantity, comparison)}",
        f"about={around.about}&oR={over_right}&{r}",
        f"about={around.about}&has={has_kind}&{r}",
        f"semi={semicolons}&{r}",
        f"plan={draft.status is Status.PLAN}&{k}",
        f"p1={view.kind(i - 1, i)}&{r}",
        f"growth={draft.quantity is None}&{r}&{k}",
        f"chain={_chain(view, at)}&{r}&{k}",
        f"closed={_closed(view, at, i)}&open={bracket >= 0}",
    ]


def _closed(view: View, at: int, i: int) -> str:
    """Which bracket closed between a figure at ``at`` and a comparison at ``i``.

    ``inside``: that of the figure, which tells parts of one before it; ``lone``: that of the figure, which stands alone
    in it; ``behind``: one that opens right behind the figure; ``-``: none.
    """
    opening = view.brackets[at]
    if opening >= 0 and view.brackets[i] < opening:
        return "inside" if view.count("number", opening, view.closing(opening, i)) > 1 else "lone"
    opens = at + 1 < i and view.items[at + 1].value == "("
    return "behind" if opens and view.brackets[i] <= at else "-"


def _chain(view: View, at: int) -> str:
    """How a number stands among those that strokes join: "120 tỷ đồng/3.200 hộ/85 tổ": first, inside, last, none."""
    before, after = (place in range(len(view.items)) and view.items[place].value == "/" for place in (at - 1, at + 1))
    return ("inside" if after else "last") if before else "first" if after else "-"


def named_most(view: View, around: Behind, drafts: Sequence[Draft], places: Sequence[int]) -> list[list[str]]:
    """For each of ``drafts`` whether the words around a comparison name it more than any other."""
    shared = [_shared(view, around, draft, at) for draft, at in zip(drafts, places, strict=True)]
    best = [max((counts[side] for counts in shared), default=0) for side in (0, 1)]
    tied = [sum(counts[side] == best[side] for counts in shared) for side in (0, 1)]
    return [
        [
            f"top{side}={counts[side] == best[side] > 0}&tied={min(tied[side], 2) if best[side] else 0}"
            for side in (0, 1)
        ]
        for counts in shared
    ]


def _names(view: View, draft: Draft, at: int) -> set[str]:
    """The words that name a figure: its name, its unit and what stands right behind its number."""
    name = draft.subject.text if draft.subject is not None else ""
    return set(fold(f"{name} {draft.unit or ''} {view.written(at + 1, min(at + 4, len(view.items)))}").split())


def _shared(view: View, around: Behind, draft: Draft, at: int) -> tuple[int, int]:
    """How many words before and behind a comparison name a figure."""
    names = _names(view, draft, at)
    return len(around.left & names), len(around.right & names)


def _is_dealt(spot: Spot, at: int, dealt: Sequence[int]) -> str:
    """Whether a row of changes gives this one to the figure at ``at``; ``dealt`` are figures' places in their order."""
    if spot.row is None or len(dealt) < spot.row.of:
        return "-"
    return "mine" if dealt[-spot.row.of :][spot.row.place] == at else "other"


def order_evidence(comparison: ComparisonDraft, draft: Draft, near: Sequence[Draft], told: int) -> list[str]:
    """Whether changes are dealt to figures in their order, and whether arithmetic gives this one to ``draft``.

    ``told`` is how many comparisons of the kind the sentence has before it, ``near`` the figures in their order.
    """
    row = [other for other in near if other.sentence == draft.sentence]
    is_same = draft.sentence == comparison.sentence
    return [
        f"told={min(told, 4)}&place={min(row.index(draft), 4)}&same={is_same}",
        f"told={min(told, 4)}&place={min(row.index(draft), 4)}&count={min(len(row), 5)}&same={is_same}",
        f"diff={_tells_difference(draft, comparison, near)}",
        f"share={_is_share(draft, comparison, near)}",
    ]


def _is_share(draft: Draft, comparison: ComparisonDraft, near: Sequence[Draft]) -> bool:
    """Whether a percentage is, to its printed digit, what the figure is of a larger: "28 vụ/41 bị can, đạt 68,3 %"."""
    number = draft.quantity
    if comparison.kind is not Measure.RATIO or number is None or not comparison.decimals:
        return False
    half = Decimal(5).scaleb(-comparison.decimals - 1)
    others = (other.quantity.value for other in near if other is not draft and other.quantity is not None)
    return any(abs(number.value / whole * 100 - comparison.value) <= half for whole in others if whole > number.value)


def _tells_difference(draft: Draft, comparison: ComparisonDraft, near: Sequence[Draft]) -> bool:
    """Whether the change leads from another figure of the same unit, last year's, to this one."""
    number = draft.quantity
    if number is None or comparison.kind not in (Measure.ABSOLUTE, Measure.CHANGE):
        return False
    for other in near:
        past = other.quantity
        if other is draft or past is None or other.unit != draft.unit or not past.value:
            continue
        gap = number.value - past.value
        if comparison.kind is Measure.ABSOLUTE and gap == comparison.value:
            return True
        half = Decimal(5).scaleb(-comparison.decimals - 1)
        if comparison.kind is Measure.CHANGE and abs(gap / past.value * 100 - comparison.value) <= half:
            return True
    return False


def _proves(quantity: Quantity | None, comparison: ComparisonDraft) -> bool:
    """Whether a fraction gives a share to its printed digit: 16/19, 84,2 %."""
    if comparison.kind is not Measure.RATIO or quantity is None or not quantity.total or not comparison.decimals:
        return False
    half = Decimal(5).scaleb(-comparison.decimals - 1)
    return abs(quantity.value / quantity.total * 100 - comparison.value) <= half


class BaseFacts(NamedTuple):
    """What is known of the bases around one comparison of a sentence."""

    printed: str  # right behind it
    left: str  # before it, behind the number before
    lead: str  # opens the sentence
    scope: str  # opens the last clause before it that one opens
    next: str  # printed behind the comparison after it
    later: str  # printed behind a later comparison of its kind
    earlier: str  # settled for an earlier one of its kind
    before: str  # settled for the one before
    pattern: str  # settled for the one in its place of the figure before
    heading: str
    place: int
    number_of: int
    whole: str  # whether arithmetic shows a plan or a whole
    report: str  # how long the report's own period is
    words: str  # of the base right behind it


def is_led(facts: BaseFacts, comparison: ComparisonDraft) -> bool:
    """Whether a change stands under the base that opens its sentence, and no other; a ratio may be of a plan."""
    is_alone = facts.printed == "-" and facts.scope == facts.lead != "-" and facts.left in ("-", facts.lead)
    return is_alone and comparison.kind is not Measure.RATIO


def led_by(facts: BaseFacts, led: str | None) -> str | None:
    """The base that opens the sentence and holds for its changes, where it is sure: a constraint.

    "So với tuần trước giảm 49 vụ (-19,8%)": so it is for all 304 such changes of the gold. What other words mean
    ("So với tháng 12/2003, giá tăng 7,9%, lương thực tăng 13,6%") is settled for the first change under them, ``led``,
    and holds for the others: 124 of 124.
    """
    return SURE_LEADS.get(facts.lead, led)


SURE_LEADS = {"same": "same_period_last_year", "previous": "previous_period", "same:far": "other"}
"""What opens a sentence → the base of the changes under it; "cùng kỳ" of a year before the last is no last year."""


def parts_of_all(told: Sequence[ComparisonDraft], bases: Sequence[PrintedBase | None]) -> frozenset[int]:
    """The places of shares that make all between them, three or more in a row: so for 138 of 147 of the gold.

    "Giỏi 606 = 6,4%; Khá 2.983 = 31,5%; TB 5.304 = 56,0%; Yếu, kém 579 = 6,1%"; those with a base printed, one of
    ``bases``, are none of them.
    """
    every = zip(range(len(told)), told, bases, strict=True)
    shares = [at for at, one, base in every if one.kind is Measure.RATIO and one.unit == "%" and base is None]
    found = set[int]()
    for first in range(len(shares)):
        for last in range(first + FEWEST_PARTS, min(first + MOST_PARTS, len(shares)) + 1):
            if abs(sum((told[at].value for at in shares[first:last]), Decimal(-100))) <= ROUNDING:
                found.update(shares[first:last])
    return frozenset(found)


FEWEST_PARTS, MOST_PARTS = 3, 8
ROUNDING = Decimal("0.3")

WHOLES = frozenset({"total", "plan", "other"})
"""What a number can be a share of."""


def bases_of(ruled: str | None, facts: BaseFacts, comparison: ComparisonDraft) -> frozenset[str]:
    """The bases that a comparison may have, a constraint: ``ruled``, that of a change told again.

    A share is of a whole: "chiếm 13,07%" is of no period before, for all 1,139 ratios behind such a verb in the gold.
    More than a whole is of no whole: 651 of 652 ratios over 100 % are of a plan or a time. "Cùng kỳ" of a year before
    the last is another base.
    """
    if ruled is not None:
        return frozenset({ruled})
    if _is_told_again(facts, comparison):
        return frozenset({facts.before})
    if facts.printed == "same:far":
        return frozenset({"other"})
    possible = WHOLES if is_share(comparison) else frozenset(CHOICES["base"])
    is_over = comparison.kind is Measure.RATIO and comparison.value > 100
    return possible - {"total"} if is_over else possible


TIMES = frozenset({"same_period_last_year", "previous_period", "other"})


def _is_told_again(facts: BaseFacts, comparison: ComparisonDraft) -> bool:
    """Whether a bracket tells the change before it in other terms, with no base of its own.

    "tăng 12 vụ so với tháng trước (+8,3%)": the base is the same for 508 of 510 such changes of the gold.
    """
    is_first = facts.earlier == "-"
    is_other = comparison.kind is Measure.ABSOLUTE or (comparison.kind is Measure.CHANGE and is_first)
    is_bare = facts.printed == "-" and (is_first or facts.left == "-") and facts.before in TIMES
    return is_bare and is_other and comparison.bracket and facts.place > 0


def is_share(comparison: ComparisonDraft) -> bool:
    """Whether a comparison says which part of a whole a figure is: a time printed behind it is that of what follows.

    "chiếm 13,07% so với năm 2019 tăng 2,62%": behind no such share of the gold a time is its own base.
    """
    return comparison.kind is Measure.RATIO and comparison.verb == "share"


def base_evidence(view: View, at: int, comparison: ComparisonDraft, draft: Draft, facts: BaseFacts) -> list[str]:
    """What speaks for a base of the comparison whose number is the item ``at``."""
    p, k, v = f"P={facts.printed}", f"k={comparison.kind.value}", f"v={comparison.verb}"
    pk = f"{p}&{k}"
    family = group_of(draft.quantity)
    is_rate = draft.subject is not None and draft.subject.rate
    has_total = draft.quantity is not None and draft.quantity.total is not None
    words = fold(draft.subject.text).split() if draft.subject else []
    large = ">100" if abs(comparison.value) > 100 else ">60" if abs(comparison.value) > 60 else "<60"
    return [
        p,
        f"{pk}&L={facts.left}",
        f"{pk}&{v}&fam={family}",
        f"{pk}&later={facts.later}",
        f"{pk}&earlier={facts.earlier}",
        f"{p}&lead={facts.lead}",
        f"{pk}&scope={facts.scope}",
        f"{p}&scope={facts.scope}&before={facts.before}",
        f"{pk}&pattern={facts.pattern}",
        f"{pk}&pattern={facts.pattern}&opens={view.kind(view.starts[at], at)}",
        f"{pk}&head={facts.heading}",
        f"{pk}&tot={has_total}",
        f"{p}&whole={facts.whole}",
        f"{pk}&b={comparison.bracket}&count={facts.number_of}&at={facts.place}",
        f"{pk}&size={large}&{v}",
        f"{pk}&{v}&before={facts.before}",
        f"{pk}&{v}&next={facts.next}",
        f"{pk}&planned={draft.planned}",
        f"{pk}&rate={is_rate}",
        f"{p}&w={' '.join(words[:2])}",
        f"{pk}&w={' '.join(words[:1])}&period={length_of(draft.period)}",
        *(f"{p}&has={word}" for word in words[:4]),
        f"{pk}&report={facts.report}",
        f"{pk}&report={facts.report}&fam={family}",
        f"{pk}&st={draft.status.value}",
        f"{pk}&{v}&n1={view.kind(at + 1, at)}",
        f"{pk}&n1w={view.words(at + 1, at)}",
        f"{p}&told={facts.words}",
        f"told={facts.words}&period={length_of(draft.period)}",
    ]


def length_of(period: str | None) -> str:
    """How long a period is, by the form of its label: a year, a month, a day, several months."""
    if not period:
        return "-"
    return "months" if "/" in period or not period.replace("-", "").isdigit() else str(period.count("-"))


def share_of(draft: Draft, comparison: ComparisonDraft, drafts: Sequence[Draft]) -> str:
    """Whether a share fits, to its printed digit, a larger figure of the same unit: a plan, a whole, or none."""
    number = draft.quantity
    if comparison.kind is not Measure.RATIO or number is None or not number.value or comparison.decimals < 1:
        return "-"
    half = Decimal(5).scaleb(-comparison.decimals - 1)
    for other in drafts:
        whole = other.quantity
        if other is draft or whole is None or other.unit != draft.unit or whole.value <= number.value:
            continue
        if abs(number.value / whole.value * 100 - comparison.value) <= half:
            return "plan" if other.status is Status.PLAN else "whole"
    return "-"


def twin_evidence(view: View, spot: Spot, right: str, plan_above: bool, status: Status, last: str) -> list[str]:
    """What speaks for a fraction's lower number being a plan of its own, or another count: "985/1.900 lao động KH".

    ``last`` is what the fraction before it was.
    """
    i, items = spot.at, view.items
    near = items[i + 1 : i + 5]
    planned = next(
        (n for n, item in enumerate(near) if item.kind in ("compare", "status") and item.value == "plan"), "-"
    )
    return [
        "1",
        f"plan={planned}",
        f"n1={view.kind(i + 1, i)}&bR={right}",
        f"n1w={view.words(i + 1, i)}",
        f"n2={view.kind(i + 2, i)}&plan={planned}",
        f"above={plan_above}",
        f"st={status.value}",
        f"g={spot.group}&bR={right}",
        f"vs={spot.verb}",
        f"last={last}",
        f"pair={_pairs_before(view, i)}&unit={bool(spot.quantity.unit)}",
        f"pair={_pairs_before(view, i)}&last={last}&open={view.brackets[i] >= 0}",
        f"proved={_proved_behind(view, spot)}",
        f"over={(spot.quantity.total or 0) < spot.quantity.value}&plan={planned}",
        f"p1={view.kind(i - 1, i)}&open={view.brackets[i] >= 0}",
        f"c={min(len(spot.content), 3)}&v={spot.verb}&unit={bool(spot.quantity.unit)}",
    ]


def _pairs_before(view: View, at: int) -> bool:
    """Whether two counts of different units stand joined by a stroke before: "294 hộ/1.120 người"."""
    items = view.items
    return any(
        items[place].value == "/" and items[place - 1].quantity is not None and items[place + 1].quantity is not None
        for place in range(1, at)
    )


def _proved_behind(view: View, spot: Spot) -> bool:
    """Whether the next share of the sentence is what the fraction makes, to its printed digit."""
    q = spot.quantity
    for place in range(spot.at + 1, len(view.items)):
        other = view.items[place].quantity
        if view.sentences[place] != view.sentences[spot.at]:
            break
        if other is not None:
            half = Decimal(5).scaleb(-other.decimals - 1)
            is_share = group_of(other) == "share" and bool(q.total)
            return is_share and abs(q.value / (q.total or 1) * 100 - other.value) <= half
    return False
