"""Candidates for the period of a figure, and the evidence for them and for its status."""

from __future__ import annotations

from typing import NamedTuple

from extractor.domain.period import year_before
from extractor.language.reader.drafts import Context, Draft
from extractor.language.scored_reader.spots import Spot
from extractor.language.scored_reader.view import STRONG, View, size

MOST_LEFT = 4
FURTHEST_RIGHT = 14
"""Items behind a number within which its period may follow."""


class PeriodCandidate(NamedTuple):
    """A label and where it comes from: left, right, previous (figure), context, last_year or none."""

    source: str
    at: int
    label: str | None


def periods(view: View, spot: Spot, context: Context, previous: Draft | None) -> list[PeriodCandidate]:
    """The periods that may be meant, each once, the nearest before the number first; none is the report's own."""
    found = [*_before(view, spot.at), *_behind(view, spot.at)]
    told = previous.period if previous is not None else None
    if told:
        found.append(PeriodCandidate("previous", -1, told))
    if context.period:
        found.append(PeriodCandidate("context", -1, context.period))
    stretch = range(spot.at - 1, spot.low - 1, -1)
    same = next((p for p in stretch if view.items[p].kind == "compare" and view.items[p].value == "same"), -1)
    last_year = year_before(told or context.period or context.report)
    if same >= 0 and last_year:
        found.append(PeriodCandidate("last_year", same, last_year))
    told_once: dict[str | None, PeriodCandidate] = {}
    for candidate in (*found, PeriodCandidate("none", -1, None)):
        told_once.setdefault(candidate.label or context.report, candidate)
    return list(told_once.values())


def _before(view: View, at: int) -> list[PeriodCandidate]:
    """The last periods of the sentence before a number."""
    places = [p for p in range(view.starts[at], at) if view.items[p].kind == "period" and view.items[p].value]
    return [PeriodCandidate("left", place, view.items[place].value) for place in places[: -MOST_LEFT - 1 : -1]]


def _behind(view: View, at: int) -> list[PeriodCandidate]:
    """The first period behind a number, before the next number."""
    for place in range(at + 1, min(len(view.items), at + FURTHEST_RIGHT)):
        item = view.items[place]
        if item.quantity is not None or view.sentences[place] != view.sentences[at]:
            break
        if item.kind == "period" and item.value:
            return [PeriodCandidate("right", place, item.value)]
    return []


def period_evidence(
    view: View, spot: Spot, context: Context, candidate: PeriodCandidate, rank: int, count: int
) -> list[str]:
    """What speaks for one candidate of ``count``, the ``rank``-th."""
    items, i, at = view.items, spot.at, candidate.at
    between = items[at + 1 : i] if 0 <= at < i else items[i + 1 : at] if at > i else ()
    numbers = min(sum(1 for item in between if item.quantity is not None), 2)
    strong = min(sum(1 for item in between if item.kind == "mark" and item.value in STRONG), 2)
    semicolons = min(sum(1 for item in between if item.value == ";"), 2)
    mention = items[at].period if at >= 0 else None
    form = mention.form if mention is not None else "-"
    before, after = (view.kind(at - 1, at), view.kind(at + 1, at)) if at >= 0 else ("-", "-")
    opens = at >= 0 and at <= view.starts[i] + 1
    other_bracket = at >= 0 and view.brackets[at] != view.brackets[i]
    is_own = candidate.label == (context.period or context.report)
    w = f"w={candidate.source}"
    return [
        f"{w}&num={numbers}",
        f"{w}&strong={strong}",
        f"{w}&form={form}",
        f"{w}&b={before}&form={form}",
        f"{w}&b={before}&num={numbers}",
        f"{w}&a={after}",
        f"{w}&inbr={other_bracket}",
        f"{w}&own={is_own}",
        f"{w}&fam={spot.quantity.family}&form={form}",
        f"{w}&n={rank}",
        f"{w}&num={numbers}&opens={opens}&form={form}",
        f"{w}&semi={semicolons}&opens={opens}",
        f"{w}&bw={view.words(at - 1, at) if at > 0 else 'S'}",
        f"{w}&count={count}",
        f"{w}&open={view.brackets[i] >= 0}&num={numbers}",
        f"{w}&v={spot.verb}&num={numbers}",
        f"{w}&row={_dealt(spot, at)}",
    ]


def _dealt(spot: Spot, at: int) -> str:
    """Whether a row gives the period at item ``at`` to the number: "quý I và quý II lần lượt là 2,3% và 2,26%"."""
    if spot.row is None or not spot.row.periods:
        return "-"
    return "mine" if spot.row.periods[spot.row.place] == at else "other"


def status_evidence(view: View, spot: Spot, context: Context, previous: Draft | None, last: str) -> list[str]:
    """What speaks for a status; ``last`` is the part of the number before."""
    items, i = view.items, spot.at
    near, distance, numbers = "-", 0, 0
    for place in range(i - 1, view.starts[i] - 1, -1):
        numbers += items[place].quantity is not None
        if items[place].kind == "status":
            near, distance = items[place].value, i - place
            break
    numbers = min(numbers, 2)
    compare = next((items[p].value for p in range(i - 1, spot.low - 1, -1) if items[p].kind == "compare"), "-")
    ahead = [
        item for place, item in enumerate(items[i + 1 : i + 4], i + 1) if view.sentences[place] == view.sentences[i]
    ]
    after = next((item.value for item in ahead if item.kind in ("compare", "status")), "-")
    above = context.status.value if context.status else "-"
    current = previous.status.value if previous is not None else "-"
    verb = view.words(spot.verb_at) if spot.verb_at >= 0 else "-"
    return [
        "1",
        f"near={near}&num={numbers}",
        f"near={near}&d={size(distance)}",
        f"near={near}&v={spot.verb}",
        f"near={near}&ctx={above}",
        f"ctx={above}",
        f"ctx={above}&cur={current}&num={numbers}",
        f"cmp={compare}&v={spot.verb}&b={view.brackets[i] >= 0}",
        f"cmp={compare}&p1={view.kind(i - 1, i)}",
        f"after={after}",
        f"cur={current}&num={numbers}&near={near}",
        f"plan={context.plan_section}",
        f"last={last}&cur={current}",
        f"vw={verb}",
    ]
