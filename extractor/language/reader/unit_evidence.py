"""Candidates for the unit of a number, and the evidence for each.

A number has a unit of its own, or one lent by the figures before it ("45 đơn, trong đó khiếu nại 7, tố cáo 2"), by what
stands above the block ("ĐVT: triệu đồng"), or by its name ("Số ca mắc mới: 12").
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from extractor.domain.folding import fold
from extractor.domain.unit import MULTIPLIER
from extractor.language.lexer.quantities import match_unit
from extractor.language.lexer.tokens import tokenize, words_of
from extractor.language.reader.drafts import Draft, Subject
from extractor.language.reader.spots import OWN_GROUPS, Spot
from extractor.language.reader.view import View

LENDERS = 4
"""Figures whose units may be lent."""


class UnitCandidate(NamedTuple):
    """A unit and where it comes from: own, name, last, head (of the bracket), first (of the sentence), above, none."""

    source: str
    unit: str | None
    lender: Draft | None = None


def is_certain(spot: Spot, source: str) -> bool:
    """Whether the printed unit is the number's own: what measures always is, what counts unless it names as well."""
    return bool(spot.quantity.unit) and (source != "right" or spot.group in OWN_GROUPS or spot.group == "measure")


def units(
    view: View, spot: Spot, subject: Subject | None, drafts: Sequence[Draft], above: str | None
) -> list[UnitCandidate]:
    """The units that may be meant, each once: the number's own first, none at all last.

    ``drafts`` are the figures before, the last at the end; ``above`` is the unit over the block.
    """
    found: dict[str, UnitCandidate] = {}
    if spot.quantity.unit:
        found[fold(spot.quantity.unit)] = UnitCandidate("own", spot.quantity.unit)
    named = _of_name(subject)
    if named is not None:
        found.setdefault(fold(named), UnitCandidate("name", named))
    if spot.row is not None:
        lent = view.items[spot.row.numbers[-1]].quantity
        if lent is not None and lent.unit:
            found.setdefault(fold(lent.unit), UnitCandidate("row", lent.unit))
    bracket = view.brackets[spot.at]
    for draft in list(reversed(drafts))[:LENDERS]:
        if draft.unit:
            source = "last" if draft is drafts[-1] else "inner" if bracket >= 0 and draft.bracket else "earlier"
            found.setdefault(fold(draft.unit), UnitCandidate(source, draft.unit, draft))
    if above:
        found.setdefault(fold(above), UnitCandidate("above", above))
    return [*found.values(), UnitCandidate("none", None)]


def _of_name(subject: Subject | None) -> str | None:
    """The unit that a name begins with, behind words of counting: "Số ca mắc", "đảng viên dự bị"."""
    if subject is None:
        return None
    tokens = tokenize(subject.text)
    index = 0
    while index < len(tokens) and tokens[index].norm in words_of("count_word"):
        index += 1
    found = match_unit(tokens, index) if index < len(tokens) and not subject.rate else None
    if found is None or not found[0] or found[1] == MULTIPLIER:
        return None
    return subject.text[tokens[index].start : tokens[index + found[0] - 1].end]


def unit_evidence(
    view: View, spot: Spot, candidate: UnitCandidate, source: str, borrowed: str, candidates: Sequence[UnitCandidate]
) -> list[str]:
    """What speaks for one candidate; ``source`` is where the name stands, ``borrowed`` whence the last unit came."""
    i, lender = spot.at, candidate.lender
    w = f"w={candidate.source}"
    is_same = lender is not None and lender.sentence == view.sentences[i]
    is_open = view.brackets[i] >= 0
    lent = fold(candidate.unit or "-")
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
    for first, second in zip(drafts[-2::-1], drafts[:0:-1], strict=False):
        if first.unit and second.unit and fold(first.unit) != fold(second.unit) and second.start - first.end <= 3:
            return first.unit, second.unit
    return None
