"""What a block takes from its words besides its numbers: the name that a lead-in leaves, wholes, repeats, a base.

``Tổng thu ngân sách:`` names what the bullets below it count, ``So với cùng kỳ năm trước:`` what they are held against;
behind ``trong đó`` and in brackets stand parts of the figure before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from extractor.domain.figure import Base, Measure
from extractor.domain.folding import fold
from extractor.domain.unit import Unit, read_unit
from extractor.language.lexer.items import Reading
from extractor.language.lexer.quantities import Quantity
from extractor.language.reader import name_evidence as naming
from extractor.language.reader.drafts import ComparisonDraft, Draft, Subject
from extractor.language.reader.part_evidence import nouns_behind
from extractor.language.reader.spots import COMPARING, Spot, group_of, last_verb
from extractor.language.reader.view import View
from extractor.language.reader.weights import Weighted

BASES = {
    "plan": Base.PLAN,
    "same": Base.SAME_PERIOD,
    "previous": Base.PREVIOUS,
    "total": Base.TOTAL,
    "other": Base.OTHER,
}
"""What the words of a base mean where nothing else is known."""

LEAD = "lead"
"""The group of unit of what names without a number."""


def name_in(reading: Reading, low: int, high: int, weights: Weighted) -> Subject | None:
    """The name in the items ``low:high``, which no number follows; None where nothing names."""
    view = View(reading)
    if not view.count("naming", low, high):
        return None
    ends = naming.ends(view, low, high)
    chosen = weights.rank("end", high, [naming.end_evidence(view, low, end, high, LEAD) for end in ends], ends)
    subject = name_up_to(view, low, ends[chosen.best], weights)
    return subject if subject.text else None


def name_up_to(view: View, low: int, end: int, weights: Weighted) -> Subject:
    """The likeliest name that ends before item ``end``, in a stretch from ``low``."""
    starts = naming.starts(view, low, end)
    chosen = weights.rank("start", end, [naming.start_evidence(view, start, end, low) for start in starts], starts)
    return naming.subject_of(view, starts[chosen.best], end)


def whole_of(view: View, spot: Spot, near: Sequence[Draft], places: Mapping[int, int], name: str = "") -> Draft | None:
    """The figure that the one at ``spot`` is a part of: before "trong đó", or before the bracket that it stands in.

    ``near`` are the figures of its sentence and of the one before. "Trong đó" may begin a sentence; a bracket belongs
    to its own. The last figure of the same unit goes before a nearer one of another: "34 chi bộ với 1.490 đảng viên
    (gồm 16 chi bộ thôn)", and before that one whose name shares a word with ``name``, the part's own. Behind other
    words of its sentence "trong đó" goes back to the one before for its own unit alone: "… 35.569 ha. Bảo vệ rừng được
    chú trọng; trong đó, phát hiện 21 vụ".
    """
    bracket, start = view.brackets[spot.at], view.starts[spot.at]
    cue = next((place for place in range(spot.at - 1, start - 1, -1) if view.items[place].kind == "part"), -1)
    border, first = max(bracket, cue), start if bracket > cue else 0
    before = [draft for draft in reversed(near) if first <= places[id(draft)] < border and not draft.bracket]
    alike = [draft for draft in before if draft.sentence == before[0].sentence and _counts_alike(draft, spot)]
    nearest = before[0] if before and (cue <= start or before[0].sentence == view.sentences[spot.at]) else None
    words = set(fold(name).split())
    shared = [draft for draft in alike if draft.subject is not None and words & set(fold(draft.subject.text).split())]
    return next(iter(shared or alike), nearest)


def _counts_alike(draft: Draft, spot: Spot) -> bool:
    """Whether a figure and a number are told in one unit, whatever its multiplier."""
    one, other = read_unit(draft.unit), read_unit(spot.quantity.unit)
    return one is not None and other is not None and one.canonical == other.canonical


def told_again(view: View, spot: Spot, near: Sequence[Draft], places: Mapping[int, int]) -> Draft | None:
    """The one figure that a change since another time names again; ``near`` are those before it.

    "Thụ lý 1.200 vụ, giải quyết 980 vụ. So với cùng kỳ, thụ lý giảm 58 vụ": what stands behind an amount, or else
    before it, says nothing but the name and the unit of one figure that is told in its unit before the base. A per cent
    says its whole name (16 of 16): "lượng khách tăng 8%".
    """
    scope = spot.scope
    if scope is None or not scope.is_time or spot.verb not in ("up", "down"):
        return None
    counted = range(spot.at + 1, spot.at + 1 + nouns_behind(view, spot.at))
    said = _words_in(view, counted or [place for place in spot.content if not view.sums(place)])
    before = [draft for draft in near if said and places[id(draft)] < scope.first]
    if spot.group not in COMPARING:
        named = [d for d in before if _counts_alike(d, spot) and said <= _words_of(d.subject, d.unit)]
    else:
        named = [d for d in before if _is_rate_of(view, spot, d) and not counted and said == _words_of(d.subject)]
    return named[0] if len(named) == 1 else None


def _words_in(view: View, places: Iterable[int]) -> set[str]:
    """The words of some items."""
    return {word for place in places for word in view.words(place).split()}


def _is_rate_of(view: View, spot: Spot, draft: Draft) -> bool:
    """Whether a number may say by how many per cent a value changed, and not in which respect ("tăng 8% về lượng")."""
    return spot.group == "share" and draft.quantity is not None and view.kind(spot.at + 1, spot.at) != "about"


def proved(view: View, spot: Spot, near: Sequence[Draft]) -> Draft | None:
    """The one figure of ``near`` that was as much more or less as an amount and the per cent beside it say.

    "Xảy ra 925 vụ, làm chết 485 người; giảm 106 vụ (10,28%)": 106 is 10.28 % of 925 + 106, and of no other. So it is
    for 339 of the gold's 340 amounts that have a verb of change or a sign of their own, and for 111 of 112 per cents
    before such an amount.
    """
    at = spot.at
    ahead, back = _number_beside(view, at, 1), _number_beside(view, at, -1)
    for amount_at, share_at in [(ahead, at)] if spot.group == "share" else [(at, ahead), (at, back)]:
        amount, share = view.items[amount_at].quantity, view.items[share_at].quantity
        if amount is None or share is None or group_of(amount) in COMPARING or group_of(share) != "share":
            continue
        by = _signed(amount, last_verb(view, spot.low if amount_at == at else at + 1, amount_at)[1])
        change, rate = Printed(by, amount.unit, amount.decimals), Printed(share.value, share.unit, share.decimals)
        told = [draft for draft in near if by and changed_by(draft, change, rate)]
        if len(told) == 1:
            return told[0]
    return None


def _number_beside(view: View, at: int, step: int) -> int:
    """The next number behind (``step`` 1) or before (-1) where no semicolon parts them; ``at`` where there is none."""
    place = at + step
    while 0 <= place < len(view.items) and view.sentences[place] == view.sentences[at]:
        if view.items[place].quantity is not None:
            return place
        if view.items[place].value == ";":
            break
        place += step
    return at


def _signed(amount: Quantity, verb: str) -> Decimal:
    """By how much an amount says that something changed, by its sign or its verb; 0 where it has neither."""
    way = amount.sign or {"up": 1, "down": -1}.get(verb, 0)
    return amount.value * way


class Printed(NamedTuple):
    """A number as it is printed, with its sign: it may be half a unit of its last digit more or less."""

    value: Decimal
    unit: str | None
    decimals: int

    def bounds(self, unit: Unit) -> tuple[Decimal, Decimal]:
        """The least and the most that may be meant, in the canonical unit; whole numbers of what is counted are so."""
        exact = unit.is_counted and unit.factor == 1 and not self.decimals
        half = Decimal(0) if exact else unit.amount(Decimal(5).scaleb(-self.decimals - 1))
        return unit.amount(abs(self.value)) - half, unit.amount(abs(self.value)) + half


def changed_by(draft: Draft, change: Printed, share: Printed) -> bool:
    """Whether a figure came to what it is by ``change``, and that is ``share`` per cent of what it was."""
    level = draft.quantity
    one, other = read_unit(draft.unit), read_unit(change.unit or draft.unit)
    if level is None or one is None or other is None or one.canonical != other.canonical:
        return False
    low, high = Printed(level.value, draft.unit, level.decimals).bounds(one)
    least, most = change.bounds(other)
    way = 1 if change.value > 0 else -1
    before = high - way * least, low - way * most
    half = Decimal(5).scaleb(-share.decimals - 1)
    told = abs(share.value)
    return min(before) > 0 and least / before[0] * 100 - half <= told <= most / before[1] * 100 + half


def part_of_last(comparison: ComparisonDraft, near: Sequence[Draft]) -> Draft | None:
    """The figure before the last of ``near``, where a share is that of the one in the other, to its printed digit.

    "Giải quyết 622 vụ trong tổng số 698 vụ thụ lý, đạt 89,1%": in 73 of 73 such places of the gold it is of the first.
    """
    if comparison.kind is not Measure.RATIO or len(near) < 2:
        return None
    part, whole = near[-2].quantity, near[-1].quantity
    if part is None or whole is None or near[-2].unit != near[-1].unit or not 0 < part.value < whole.value:
        return None
    half = Decimal(5).scaleb(-comparison.decimals - 1)
    return near[-2] if abs(part.value / whole.value * 100 - comparison.value) <= half else None


def _words_of(name: Subject | None, unit: str | None = None) -> set[str]:
    """The folded words of a name and a unit."""
    return set(fold(f"{name.text if name is not None else ''} {unit or ''}").split())


def repeats(view: View, spot: Spot) -> bool:
    """Whether a number that is no figure tells an amount again: "68,9 triệu đồng (tương đương 2.905 USD)"."""
    if any(view.items[place].kind == "echo" for place in range(spot.low, spot.at)):
        return True
    is_first = view.brackets[spot.at] >= max(spot.low - 1, 0)
    return (
        is_first and spot.group == "money" and spot.current is not None and group_of(spot.current.quantity) == "money"
    )
