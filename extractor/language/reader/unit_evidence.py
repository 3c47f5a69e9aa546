"""Candidates for the unit of a number, and the evidence for each.

A number has a unit of its own, or one in a bracket behind its name ("Sản lượng (tấn): 412"), lent by the figures
before it, the whole first ("45 đơn, trong đó khiếu nại 7, tố cáo 2"), by what stands above the block ("ĐVT: triệu
đồng"), or by its name ("Số ca mắc mới: 12").
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, takewhile
from typing import NamedTuple

from extractor.domain.folding import fold
from extractor.domain.unit import MULTIPLIER
from extractor.language.lexer.quantities import count_noun, counting_at, family_of, match_unit, unit_of
from extractor.language.lexer.tokens import tokenize
from extractor.language.reader.drafts import Draft, Subject
from extractor.language.reader.spots import OWN_GROUPS, Spot
from extractor.language.reader.view import View

LENDERS = 4
"""Figures whose units may be lent."""


class UnitCandidate(NamedTuple):
    """A unit and where it comes from.

    own, bracket (behind the name), name (known as a unit), noun (counted in the name), row, whole (the figure that this
    one is a part of), last, inner (of the same bracket), earlier, above, none.
    """

    source: str
    unit: str | None
    lender: Draft | None = None


def certain_of(spot: Spot, source: str, candidates: Sequence[UnitCandidate]) -> UnitCandidate | None:
    """The candidate that needs no weighing: the only one, or a unit that is printed with its number.

    What measures is always the number's own unit, what counts unless it names as well (``source`` "right").
    """
    first = candidates[0]
    if first.source == "own" and not (source != "right" or spot.group in OWN_GROUPS or spot.group == "measure"):
        return None
    return first if first.source in ("own", "bracket") or len(candidates) == 1 else None


def units(
    view: View, spot: Spot, subject: Subject | None, drafts: Sequence[Draft], whole: Draft | None, above: str | None
) -> list[UnitCandidate]:
    """The units that may be meant, each once: the number's own first, none at all last.

    ``drafts`` are the figures before, the last at the end, ``whole`` the one that the number is a part of; ``above`` is
    the unit over the block.
    """
    row = view.items[spot.row.numbers[-1]].quantity if spot.row is not None else None
    near = [UnitCandidate(_lends_as(view, spot, draft, drafts[-1]), draft.unit, draft) for draft in drafts[-LENDERS:]]
    told = [
        UnitCandidate("own", spot.quantity.unit),
        UnitCandidate("bracket", _in_bracket(view, spot)),
        _of_name(subject),
        UnitCandidate("row", row.unit if row is not None else None),
        UnitCandidate("whole", whole.unit if whole is not None else None, whole),
        *reversed(near),
        UnitCandidate("above", above),
    ]
    found: dict[str, UnitCandidate] = {}
    for candidate in told:
        if candidate.unit:
            found.setdefault(fold(candidate.unit), candidate)
    return [*found.values(), UnitCandidate("none", None)]


def _lends_as(view: View, spot: Spot, draft: Draft, last: Draft) -> str:
    if draft is last:
        return "last"
    return "inner" if view.brackets[spot.at] >= 0 and draft.bracket else "earlier"


def _in_bracket(view: View, spot: Spot) -> str | None:
    """The unit that stands alone in the last bracket before the number: "Sản lượng (tấn): 412".

    A fraction is no percentage, whatever its name says: "Tỷ lệ biên chế (%): 25/27".
    """
    items = view.items
    close = next((place for place in range(spot.at - 1, spot.low, -1) if items[place].value == ")"), -1)
    opens = next((place for place in range(close - 1, spot.low - 1, -1) if items[place].value == "("), -1)
    unit = unit_of(view.text[items[opens].end : items[close].start]) if opens >= 0 else None
    return None if spot.quantity.total is not None and family_of(unit) == "share" else unit


def _of_name(subject: Subject | None) -> UnitCandidate:
    """The unit that a name begins with, behind words of counting: "Số ca mắc", "đảng viên dự bị", "Số thư viện"."""
    tokens = tokenize(subject.text) if subject is not None and not subject.rate else []
    index = counting_at(tokens)
    found = match_unit(tokens, index) if index < len(tokens) else None
    source, count = "name", 0 if found is None or found[1] == MULTIPLIER else found[0]
    if found is None and index:
        source, count = "noun", count_noun(tokens, index)
    if subject is None or not count:
        return UnitCandidate(source, None)
    return UnitCandidate(source, subject.text[tokens[index].start : tokens[index + count - 1].end])


def unit_evidence(
    view: View, spot: Spot, candidate: UnitCandidate, source: str, borrowed: str, candidates: Sequence[UnitCandidate]
) -> list[str]:
    """What speaks for one candidate; ``source`` is where the name stands, ``borrowed`` whence the last unit came."""
    i, lender = spot.at, candidate.lender
    w = f"w={candidate.source}"
    is_same = lender is not None and lender.sentence == view.sentences[i]
    is_open = view.brackets[i] >= 0
    lent, family = fold(candidate.unit or "-"), family_of(candidate.unit)
    others = "+".join(other.source for other in candidates)
    value = lender.quantity.value if lender is not None and lender.quantity is not None else None
    size = "-" if value is None else "under" if spot.quantity.value <= value else "over"
    return [
        w,
        f"{w}&part={source}&same={is_same}",
        f"{w}&last={borrowed}&part={source}",
        f"{w}&open={is_open}&part={source}",
        f"{w}&of={others}",
        f"{w}&own={fold(spot.quantity.unit or '-')}",
        f"{w}&n1={view.kind(i + 1, i)}&part={source}",
        f"{w}&p1={view.kind(i - 1, i)}",
        f"{w}&size={size}&same={is_same}",
        f"{w}&sums={_adds_up(view, i, value)}&open={is_open}",
        f"{w}&c={min(len(spot.content), 3)}",
        f"{w}&dec={min(spot.quantity.decimals, 2)}",
        f"{w}&part={view.count('part', spot.low, i) > 0}",
        f"{w}&family={family}&dec={min(spot.quantity.decimals, 2)}",
        f"{w}&family={family}&total={spot.quantity.total is not None}",
        f"u={lent}",
        f"u={lent}&{w}",
    ]


def _adds_up(view: View, at: int, whole: Decimal | None) -> bool:
    """Whether the numbers of the bracket at ``at`` add up to the lender's: "37 đơn (5 khiếu nại, 2 tố cáo, 30 …)"."""
    bracket = view.brackets[at]
    if bracket < 0 or whole is None:
        return False
    inside = takewhile(lambda p: view.sentences[p] == view.sentences[at], range(bracket, len(view.items)))
    values = [q.value for p in inside if view.brackets[p] == bracket and (q := view.items[p].quantity) is not None]
    return len(values) > 1 and sum(values) == whole


def pair_before(drafts: Sequence[Draft]) -> tuple[str, str] | None:
    """The units of the last two figures before that stand joined and differ: "294 hộ/1.120 người"."""
    told = sorted(drafts, key=lambda draft: -draft.start)
    for second, first in pairwise(told):
        if first.unit and second.unit and fold(first.unit) != fold(second.unit) and second.start - first.end <= 3:
            return first.unit, second.unit
    return None
