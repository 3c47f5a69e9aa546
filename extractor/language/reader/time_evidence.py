"""Candidates for the period of a figure, and the evidence for them and for its status."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from extractor.domain.folding import fold
from extractor.domain.period import end_day, in_year, is_day, year_before, year_of
from extractor.language.lexer.quantities import DASHES
from extractor.language.lexer.tokens import words_of
from extractor.language.reader.drafts import Context, Draft, Subject
from extractor.language.reader.spots import Spot, is_part
from extractor.language.reader.view import OUTSIDE, STRONG, View, size

MOST_LEFT = 4
FURTHEST_RIGHT = 14
"""Items behind a number within which its period may follow."""

NEAR_RIGHT = 5
"""Items behind a number within which "cùng kỳ" may say whose it is."""


class PeriodCandidate(NamedTuple):
    """A label and where it comes from: left, right, stock, previous (figure), context, last_year, same_in or none."""

    source: str
    at: int
    label: str | None


def periods(view: View, spot: Spot, context: Context, previous: Draft | None) -> list[PeriodCandidate]:
    """The periods that may be meant, each once, the nearest before the number first; none is the report's own."""
    found = [*_before(view, spot.at), *_behind(view, spot.at)]
    found += [_at_the_end(told) for told in found if _is_until(view, told.at)]
    told = previous.period if previous is not None else None
    if told:
        found.append(PeriodCandidate("previous", -1, told))
    if context.period:
        found.append(PeriodCandidate("context", -1, context.period))
    label = _in_force(context, previous)
    found += filter(None, (_same_before(view, spot, label), _same_behind(view, spot.at, label)))
    told_once: dict[str | None, PeriodCandidate] = {}
    for candidate in (*found, PeriodCandidate("none", -1, None)):
        told_once.setdefault(candidate.label or context.report, candidate)
    return list(told_once.values())


def _is_until(view: View, at: int) -> bool:
    """Whether an item says up to which month: "đến hết tháng 5"."""
    mention = view.items[at].period
    return mention is not None and mention.form == "to_month"


def _at_the_end(candidate: PeriodCandidate) -> PeriodCandidate:
    """The same months as the day that they end with, which a stock is told of: "đến hết tháng 5 có 1.200 hộ"."""
    return PeriodCandidate("stock", candidate.at, f"../{end_day(candidate.label)}")


def _same_before(view: View, spot: Spot, label: str | None) -> PeriodCandidate | None:
    """What "cùng kỳ" before a number means: the same period of the year before, or of the year behind it."""
    stretch = range(spot.at - 1, spot.low - 1, -1)
    same = next((p for p in stretch if view.items[p].kind == "compare" and view.items[p].value == "same"), -1)
    if view.kind(same - 1, spot.at) == "cut" and view.brackets[same] == view.brackets[spot.at]:
        return None  # "so với cùng kỳ năm 2022, số vụ cháy tăng 337 vụ": a base
    last_year = _same_as(view, same, label) if same >= 0 else None
    return PeriodCandidate("last_year", same, last_year) if last_year else None


def _same_as(view: View, place: int, label: str | None) -> str | None:
    """What "cùng kỳ" at an item means: ``label`` in the year that is printed behind it, or else in the year before."""
    year = view.items[place + 1].period if view.kind(place + 1, place) != OUTSIDE else None
    return in_year(label, year_of(year.label)) if year is not None else year_before(label)


def _same_behind(view: View, at: int, label: str | None) -> PeriodCandidate | None:
    """The period that "cùng kỳ" behind a number means, in the year behind it: "mức tăng 9,9% của cùng kỳ năm 2015"."""
    for place in range(at + 1, min(len(view.items), at + NEAR_RIGHT)):
        item = view.items[place]
        if item.quantity is not None or item.kind in ("cut", "mark") or view.sentences[place] != view.sentences[at]:
            break
        if item.kind == "compare" and item.value == "same":
            told = _same_as(view, place, label)
            return PeriodCandidate("same_in", place, told) if told else None
    return None


def certain(view: View, spot: Spot, context: Context, previous: Draft | None) -> PeriodCandidate | None:
    """The candidate that can hardly be another: a constraint.

    A year alone behind the number, "69% (1991)", "380 ha – năm 1995" (all 61 of the gold); "cùng kỳ" that begins its
    clause, "(cùng kỳ năm 2018 tăng 3,62%)" (78 of 81), unless the clause tells what it carried over; "cùng kỳ" in whose
    bracket the number stands, "so với cùng kỳ năm 2017 (5.244 lượt)" (12 of 12); a time in a bracket of its own before
    a colon, for all that it announces, "Cơ cấu (năm 2010): nông nghiệp 33,8%; dịch vụ 36,8%" (16 of 16). "Đến nay" that
    opens a sentence is as late as the report, whatever was told before, but for what held up to a day (54 of 55).
    """
    alone = (behind for behind in _behind(view, spot.at) if _is_alone(view, spot.at, behind.at))
    announced = (before for before in _before(view, spot.at)[:1] if _announces(view, before.at))
    bracketed = next(chain(alone, announced), None)
    if bracketed is not None:
        return bracketed
    if previous is not None and _is_span(previous.period) and _opens_now(view, spot):
        return PeriodCandidate("none", -1, context.period)
    same = _same_before(view, spot, _in_force(context, previous))
    is_sure = same is not None and (_begins_clause(view, same.at, spot.at) or _opens_behind(view, same.at, spot))
    return same if is_sure else None


def _in_force(context: Context, previous: Draft | None) -> str | None:
    """The period that holds where nothing else is printed."""
    return (previous.period if previous is not None else None) or context.period or context.report


def _is_span(label: str | None) -> bool:
    """Whether a period is no day, nor all up to one."""
    return label is not None and not label.startswith("../") and not is_day(label)


def _opens_now(view: View, spot: Spot) -> bool:
    """Whether the number's sentence opens with "đến nay" and tells no other time before it."""
    start = view.starts[spot.at]
    is_now = any(view.words(place, spot.at) in words_of("until_now") for place in (start, start + 1))
    return is_now and "period" not in view.kinds[start : spot.at]


def _is_alone(view: View, at: int, place: int) -> bool:
    """Whether a year stands behind the number at ``at`` in a bracket of its own, or behind a dash."""
    mention = view.items[place].period
    if place != at + 2 or mention is None or mention.form != "year":
        return False
    joint, after = view.items[at + 1].value, view.items[place + 1 :]
    return joint in DASHES or (joint == "(" and bool(after) and after[0].value == ")")


def _announces(view: View, place: int) -> bool:
    """Whether a period stands in a bracket of its own before a colon."""
    return [view.kind(other, place) for other in (place - 1, place + 1, place + 2)] == ["mark.(", "mark.)", "mark.:"]


def _begins_clause(view: View, place: int, at: int) -> bool:
    """Whether a clause begins with the item at ``place`` and goes on, without another period, to the number."""
    opens = place == view.starts[at] or view.kind(place - 1, at).startswith(("mark", "w.link"))
    behind = place + 1 + (view.kind(place + 1, at) == "period")
    carried = any(words in view.written(place, at) for words in words_of("carried_over"))
    return opens and not carried and not any(view.items[p].kind in ("period", "mark") for p in range(behind, at))


def _opens_behind(view: View, place: int, spot: Spot) -> bool:
    """Whether the number opens a bracket right behind the item at ``place`` and its period."""
    behind = place + 1 + (view.kind(place + 1, place) == "period")
    return view.brackets[spot.at] == behind == spot.at - 1 and spot.quantity.total is None


def _before(view: View, at: int) -> list[PeriodCandidate]:
    """The last periods of the sentence before a number, but for those of numbers told aside."""
    places = [p for p in range(view.starts[at], at) if view.items[p].kind == "period" and view.items[p].value]
    places = [place for place in places if not (view.is_aside(place, at) or _is_surpassed(view, place))]
    return [PeriodCandidate("left", place, view.items[place].value) for place in places[: -MOST_LEFT - 1 : -1]]


def _is_surpassed(view: View, place: int) -> bool:
    """Whether a period is what something is more or less than: "cao hơn 4 tháng đầu năm 2003"."""
    return place > view.starts[place] and view.words(place - 1).rpartition(" ")[2] in words_of("more")


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
    view: View,
    spot: Spot,
    context: Context,
    candidates: Sequence[PeriodCandidate],
    rank: int,
    previous: Draft | None,
) -> list[str]:
    """What speaks for the ``rank``-th of the candidates; ``previous`` is the figure before."""
    candidate = candidates[rank]
    items, i, at = view.items, spot.at, candidate.at
    numbers, strong, semicolons, gap = _between(view, at, i)
    mention = items[at].period if at >= 0 else None
    form = mention.form if mention is not None else "-"
    before, after = (view.kind(at - 1, at), view.kind(at + 1, at)) if at >= 0 else ("-", "-")
    opens = at >= 0 and at <= view.starts[i] + 1
    other_bracket = at >= 0 and view.brackets[at] != view.brackets[i]
    opens_bracket = view.brackets[i] >= 0 and view.brackets[i] == i - 1
    is_own = candidate.label == (context.period or context.report)
    w, count = f"w={candidate.source}", len(candidates)
    back = view.sentences[i] - previous.sentence if previous is not None else 0
    sources = ",".join(sorted({other.source for other in candidates}))
    return [
        f"{w}&of={sources}",
        f"{w}&of={sources}&num={numbers}&back={min(back, 2)}",
        f"{w}&back={min(back, 2)}&from={previous.period_from if previous is not None else '-'}",
        f"{w}&back={min(back, 2)}&part={is_part(view, spot)}",
        f"{w}&inbr={other_bracket}&form={form}&num={numbers}",
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
        f"{w}&b={before}&a={after}&num={numbers}&opens={opens_bracket}",
        f"{w}&gap={size(gap)}&num={numbers}",
        f"{w}&age={_age(candidate.label, context)}&num={numbers}",
        f"{w}&age={_age(candidate.label, context)}&form={form}&b={before}",
        f"{w}&aw={view.words(at + 1, at) if at >= 0 else '-'}",
        f"{w}&now={_until_now(view, spot, at)}&num={numbers}",
    ]


def _until_now(view: View, spot: Spot, at: int) -> str:
    """Whether "đến nay" stands before a number, and on which side of the period at item ``at``."""
    now = next((p for p in range(spot.at - 1, spot.low - 1, -1) if view.words(p) in words_of("until_now")), -1)
    return "-" if now < 0 else "ahead" if at > now else "since"


def opens_with_time(view: View, spot: Spot, first: int) -> bool:
    """Whether the bracket of a number says when before its first, at item ``first``, and compares with nothing."""
    opening = view.brackets[spot.at]
    said = [view.items[place] for place in range(opening + 1, first)]
    is_told = any(item.kind == "period" or (item.kind == "compare" and item.value == "same") for item in said)
    return is_told and not any(item.kind == "cut" for item in view.items[opening + 1 : spot.at])


def none_since(view: View, place: int, spot: Spot) -> bool:
    """Whether no period stands between an item and the number, nor right behind it."""
    behind = spot.at + 1 < len(view.items) and view.items[spot.at + 1].kind == "period"
    return not behind and all(view.items[p].kind != "period" for p in range(place + 1, spot.at))


def _between(view: View, at: int, i: int) -> tuple[int, int, int, int]:
    """How many numbers, strong marks and semicolons stand between a period and a number, two at most, and all items."""
    between = view.items[at + 1 : i] if 0 <= at < i else view.items[i + 1 : at] if at > i else ()
    marks = [item.value for item in between if item.kind == "mark"]
    numbers = sum(1 for item in between if item.quantity is not None)
    return min(numbers, 2), min(sum(m in STRONG for m in marks), 2), min(marks.count(";"), 2), len(between)


def _age(label: str | None, context: Context) -> str:
    """How many years a period lies before the report's own."""
    mine, theirs = year_of(context.period or context.report), year_of(label)
    return "-" if mine is None or theirs is None else str(max(-2, min(mine - theirs, 2)))


def _dealt(spot: Spot, at: int) -> str:
    """Whether a row gives the period at item ``at`` to the number: "quý I và quý II lần lượt là 2,3% và 2,26%"."""
    if spot.row is None or not spot.row.periods:
        return "-"
    return "mine" if spot.row.periods[spot.row.place] == at else "other"


def status_evidence(
    view: View, spot: Spot, context: Context, previous: Draft | None, last: str, name: Subject | None
) -> list[str]:
    """What speaks for a status; ``last`` is the part of the number before, ``name`` what the figure is called."""
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
        f"told={_told_before(view, i)}&near={near}",
        *_named(name, near),
        f"told={_told_before(view, i)}&ctx={above}&v={spot.verb}",
    ]


def _named(name: Subject | None, near: str) -> list[str]:
    """The words that a name begins with: "Kế hoạch vốn" is a plan wherever it stands."""
    words = fold(name.text).split() if name is not None else []
    return [f"name={' '.join(words[:count])}" for count in (1, 2)] + [f"name={' '.join(words[:2])}&near={near}"]


def _told_before(view: View, at: int) -> str:
    """The last cue of a plan or status before the number's own sentence."""
    place = view.plan_cue_before(view.starts[at])
    return view.items[place].value if place >= 0 else "-"
