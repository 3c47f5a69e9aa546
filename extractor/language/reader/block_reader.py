"""One block is read from left to right: for each number the part that it plays, and what goes with that part.

In: the items of a block and its context. Out: drafts of figures with their comparisons. Each step asks ``Decide`` for
the best of its candidates; bases are settled at the end of a sentence, when all that it prints is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from mypy_extensions import mypyc_attr

from extractor.domain.figure import Base, Bound, Measure, Status
from extractor.domain.period import in_year, just_before, year_before, year_of
from extractor.language.lexer.items import Reading
from extractor.language.lexer.quantities import Quantity
from extractor.language.lexer.tokens import words_of
from extractor.language.reader import comparison_evidence as comparing
from extractor.language.reader import name_evidence as naming
from extractor.language.reader import time_evidence as timing
from extractor.language.reader import unit_evidence as measuring
from extractor.language.reader.bare_names import what_about
from extractor.language.reader.choosing import GROWS, Chooser
from extractor.language.reader.drafts import ComparisonDraft, Context, Draft, Subject, figures_of
from extractor.language.reader.namer import REMEMBERED, Namer
from extractor.language.reader.part_evidence import (
    SOFT,
    nouns_behind,
    part_evidence,
    sequence_evidence,
    shape_of,
)
from extractor.language.reader.printed_bases import PrintedBase, base_at
from extractor.language.reader.rows import listed_counts, row_at
from extractor.language.reader.spots import COMPARING, MEASURING, Spot, group_of, is_part, last_verb, sort_of
from extractor.language.reader.surroundings import (
    BASES,
    Printed,
    changed_by,
    part_of_last,
    proved,
    repeats,
    told_again,
    whole_of,
)
from extractor.language.reader.view import View
from extractor.language.reader.weights import CHOICES, Decide, Weighted

GROWING = frozenset({"grow_left", "grow_right"})
"""The parts of a change that a name of its own stands with."""

MEASURES = {
    "ratio": Measure.RATIO,
    "up": Measure.CHANGE,
    "down": Measure.CHANGE,
    "points_up": Measure.POINTS,
    "points_down": Measure.POINTS,
    "multiple": Measure.MULTIPLE,
    "abs_up": Measure.ABSOLUTE,
    "abs_down": Measure.ABSOLUTE,
}

ONE_CHANGE = {Measure.ABSOLUTE, Measure.CHANGE}
"""How the two numbers compare that tell one change, as an amount and as a per cent."""

Compared = tuple[int, ComparisonDraft, Draft]
"""The item of a comparison, the comparison, and whose it is."""

RECENT = 10
"""Figures among which a comparison finds its own."""


@mypyc_attr(allow_interpreted_subclasses=True)
class BlockReader:
    """Reads one block; ``read`` gives its drafts in order."""

    def __init__(
        self, reading: Reading, context: Context, decide: Decide | None = None, weights: Weighted | None = None
    ) -> None:
        self.view = View(reading)
        self.items = self.view.items
        self.context = context
        self._weights = weights or Weighted()
        self.choose = Chooser(decide or self._weights, self.view)
        self.drafts: list[Draft] = []
        self.names: list[Quantity] = []  # numbers that measure nothing
        self.echoes: list[Quantity] = []
        self.places: dict[int, int] = {}  # id of a draft → item of its number
        self.namer = Namer(self.view, context, self.choose, self.drafts, self.places)
        self.parts: dict[int, str] = {}  # item → part of its number
        self.compared: dict[int, tuple[ComparisonDraft, Draft]] = {}  # item → what it compares, of which figure
        self._last = -1
        self._told_until = -1  # the last number that is told, and does not stand in a name
        self._deals = any(item.kind == "each" for item in self.items)
        self._listed = listed_counts(self.view)
        self._shapes: dict[tuple[str, ...], str] = {}  # how numbers stand → the part of the last that stood so
        self._last_two = "- -"  # parts of the last two numbers
        self._borrowed = "-"  # where the last unit came from
        self._last_twin = "-"  # what the last fraction was
        self._then: dict[int, Draft] = {}  # item of a change → the level that it is counted from
        self._bases: dict[tuple[int, str | None], PrintedBase | None] = {}  # item, the period it is held against

    def read(self) -> list[Draft]:
        """All drafts of the block."""
        sentence = 0
        for index, item in enumerate(self.items):
            if self.view.sentences[index] != sentence:
                self._settle_bases(sentence)
                sentence = self.view.sentences[index]
            if item.quantity is not None:
                self._read_number(index, item.quantity)
                self._last = index
                self._told_until = self._told_until if self.parts[index] == "none" else index
        self._settle_bases(sentence)
        return self.drafts

    @property
    def left_base(self) -> Base | None:
        """The base printed behind the last number, if a colon closes the block: "So với cùng kỳ năm trước:"."""
        if not self.items or self.items[-1].value != ":":
            return None
        printed = next(filter(None, map(self._base, range(self._last + 1, len(self.items)))), None)
        return BASES.get(printed.sort) if printed is not None else None

    # ------------------------------------------------------------------------------------------------- the part

    def _read_number(self, index: int, quantity: Quantity) -> None:
        spot = self.spot(index, quantity)
        mine = self._mine(index)
        last = self._last_part(index)
        shape = shape_of(self.view, spot)
        alike = self._shapes.get(shape, "-"), self._shapes.get(shape[:2], "-")
        evidence = part_evidence(self.view, spot, self.context, last, mine, self.drafts[-REMEMBERED:])
        evidence += sequence_evidence(spot, last, self._last_two, alike)
        self.choose.begin()
        part, sources = self.choose.part(index, evidence, self._allowed(spot, mine))
        subject = None
        if sources:
            grows = part.startswith(GROWS)
            subject, source = self.namer.name(spot, sources, grows=grows)
            part = f"{GROWS}{source}" if grows else source
        self.parts[index] = part
        self._shapes[shape] = self._shapes[shape[:2]] = part
        self._last_two = f"{self._last_two.rpartition(' ')[2]} {part}"
        if part == "none":
            (self.echoes if repeats(self.view, spot) else self.names).append(quantity)
        elif part == "compare":
            comparison = self._comparison(spot)
            target = self._target(spot, comparison)
            self._attach(index, comparison, target)
            self.choose.give(target, "comparisons")
        elif part == "fill":
            self._fill(spot, mine)
        elif part.startswith(GROWS):
            draft = self._add(spot, subject, None)
            growth = self._comparison(spot)
            draft.start = growth.start
            self._attach(index, growth, draft)
            self.choose.give(draft)
        else:
            self._value(spot, part, subject)

    def _allowed(self, spot: Spot, mine: Sequence[Draft]) -> list[bool]:
        """The parts that a number may play at all: a constraint each."""
        above = self.context.subject is not None or bool(self.context.parent)
        has_names = bool(self.drafts) or above
        places = range(spot.low, spot.at)
        words = any(self.view.may_name(place) and not naming.is_motion(self.view, place) for place in places)
        behind = bool(spot.quantity.unit) and not self._is_joined_behind(spot)
        free = {
            "left": words,
            "right": behind,
            "same": has_names,
            "compare": bool(self.drafts) and self._change_proved(spot) < 0,
            "grow_left": words,
            "grow_right": behind,
            "grow_same": has_names,
            "fill": any(draft.quantity is None for draft in mine),
            "none": not self._is_surely_told(spot),
        }
        forced = self._forced(spot) or self._left_over(spot, {part for part, can in free.items() if can})
        return [part in forced if forced else free[part] for part in CHOICES["part"]]

    def _forced(self, spot: Spot) -> frozenset[str]:
        """The parts of a number that is surely one of them; none where it may be any."""
        if spot.row is not None and spot.row.name is not None:  # dealt out one to one
            if spot.row.grows or spot.verb in ("up", "down"):
                return frozenset({"grow_left"} if spot.group in COMPARING else {"left", "grow_left"})
            return frozenset({"left"})
        is_change = bool(self.drafts) and (self._is_aside(spot) or self._told_again(spot) is not None)
        return frozenset({"compare"} if is_change else ())

    def _left_over(self, spot: Spot, free: set[str]) -> frozenset[str]:
        """Of the parts that are ``free``, those that the number leaves; none where it leaves them all.

        What measures is a figure, though nothing names it; a change that opens a pair is the growth of a figure.
        """
        if free.isdisjoint(("left", "same")) and self._is_told(spot):
            return frozenset({"same"})
        return frozenset(free & GROWING if free & GROWING and self._opens_pair(spot) else ())

    def _told_again(self, spot: Spot) -> Draft | None:
        """The figure of this sentence or the two before that a change surely names again, or is proved to be of."""
        near = figures_of(self.drafts, self.view.sentences[spot.at], 2)
        return proved(self.view, spot, near) or told_again(self.view, spot, near, self.places)

    def _is_joined_behind(self, spot: Spot) -> bool:
        """Whether "và" stands behind an amount, which nothing behind it then names: "20 triệu đồng và chi phí khác"."""
        return spot.group in MEASURING and self.view.words(spot.at + 1, spot.at) in words_of("and")

    def _is_aside(self, spot: Spot) -> bool:
        """Whether a number opens a bracket right behind another, which it is told of: "05 người (-02 người)".

        It bears a sign, or is a share alone in its bracket behind what is none: "1.742 hộ (4,83%)" (154 of 155).
        """
        at, before = spot.at, spot.at - 2
        if self.view.brackets[at] != at - 1 or before not in self.parts:
            return False
        return bool(spot.quantity.sign) or (
            spot.group == "share" and self._is_alone(at) and group_of(self._quantity(before)) != "share"
        )

    def _is_alone(self, at: int) -> bool:
        """Whether a number is all that its bracket holds."""
        before, behind = (self.items[place].value if 0 <= place < len(self.items) else "" for place in (at - 1, at + 1))
        return before == "(" and behind == ")"

    def _is_surely_told(self, spot: Spot) -> bool:
        """Whether a number says something for sure, of a figure or as one; each form with how often the gold agrees.

        A count of a list (147 of 147), money behind a colon (102 of 102), a share or a rate alone in its bracket, "(3
        triệu đồng/phần)" (384 of 385), a fraction that opens its sentence, "13/22 quận huyện" (18 of 18), or that was
        reached, "đạt 11/16 tiêu chí" (254 of 258).
        """
        q, view, at = spot.quantity, self.view, spot.at
        before = self.items[at - 1].value if at > 0 else ""
        is_rate = spot.group == "share" or (q.unit is not None and "/" in q.unit)
        is_first = at == view.starts[at] or self.items[at - 1].kind == "verb"
        return (
            at in self._listed
            or (before == ":" and spot.group == "money")
            or (is_rate and self._is_alone(at))
            or (is_first and q.unit is not None and q.total is not None and "/" in view.text[q.start : q.end])
        )

    def _is_told(self, spot: Spot) -> bool:
        """Whether a cue alone stands before a number that measures, and says that it was reached: "ước đạt 162 tỷ"."""
        kinds = {item.kind for item in self.items[spot.low : spot.at]}
        return not kinds.isdisjoint(("verb", "status")) and "word" not in kinds and spot.group in ("money", "measure")

    def spot(self, index: int, quantity: Quantity) -> Spot:
        """What stands around a number."""
        view = self.view
        low = max(view.starts[index], self._told_until + 1)
        clause, verb, verb_at = last_verb(view, low, index)
        content = tuple(place for place in range(clause, index) if view.names_something(place))
        mine = self._mine(index)
        right = self._base_behind(index, quantity)
        left = self._base_before(low, index)
        current = mine[-1] if mine else None
        row = row_at(view, index) if self._deals else None
        scope = self._scope(index)
        return Spot(
            index, quantity, group_of(quantity), low, clause, verb, verb_at, right, left, scope, content, current, row
        )

    def _mine(self, index: int) -> list[Draft]:
        return figures_of(self.drafts, self.view.sentences[index])

    def _told(self, sentence: int) -> list[Compared]:
        """The comparisons so far of a sentence, in order: item, comparison, figure."""
        told = ((at, *self.compared[at]) for at in reversed(self.compared))
        return list(takewhile(lambda one: one[1].sentence == sentence, told))[::-1]

    def _last_part(self, index: int) -> str:
        return self.parts.get(self._last, "-") if self._last >= self.view.starts[index] else "-"

    def _base(self, index: int, own: str | None = None) -> PrintedBase | None:
        """The base that begins at an item, held against a figure's own period, or else against the report's."""
        key = index, own or self.context.period or self.context.report
        if key not in self._bases:
            self._bases[key] = base_at(self.view, *key)
        return self._bases[key]

    def _base_behind(self, index: int, quantity: Quantity, own: str | None = None) -> PrintedBase | None:
        """The base right behind a number, or behind what it is told of.

        "giảm 2 người chết so với cùng kỳ", "giảm 3,1% về trị giá so với tháng trước".
        """
        found = self._base(index + 1, own)
        is_about = index + 1 < len(self.items) and self.items[index + 1].kind == "about"
        if found is None and (is_about or quantity.family not in COMPARING):
            behind = index + 1 + is_about
            while behind < len(self.items) and behind - index < 6 and self.items[behind].kind == "word":
                behind += 1
            if behind < len(self.items) and self.items[behind].kind == "cut":
                found = self._base(behind, own)
        return found

    def _base_before(self, low: int, index: int) -> PrintedBase | None:
        """The base that "so với" opens before a number, not behind a bracket."""
        for place in range(index - 1, low - 1, -1):
            if self.items[place].kind == "cut":
                return self._base(place)
            if self.items[place].value == ")":
                break
        return None

    # ------------------------------------------------------------------------------------------------- figures

    def _add(self, spot: Spot, subject: Subject | None, quantity: Quantity | None) -> Draft:
        """A new figure with its period and status."""
        q = spot.quantity
        draft = Draft(subject, quantity, q.start, q.end, self.view.sentences[spot.at])
        draft.bracket = self.view.brackets[spot.at] >= 0
        draft.parent = self._parent(spot, subject)
        draft.doubts = list(q.doubts)
        previous = self.drafts[-1] if self.drafts else None
        self._time(spot, draft)
        evidence = timing.status_evidence(self.view, spot, self.context, previous, self._last_part(spot.at), subject)
        draft.status = Status(self.choose.fixed("status", "status", spot.at, evidence))
        self.places[id(draft)] = spot.at
        self.drafts.append(draft)
        return draft

    def _parent(self, spot: Spot, subject: Subject | None) -> str | None:
        """What the figure is a part of: what a cue of parts or a bracket follows, else what stands above the block."""
        whole = self._whole(spot, subject.text if subject is not None else "")
        parent = whole.subject.text if whole is not None and whole.subject is not None else self.context.parent
        return parent if subject is None or parent != subject.text else None

    def _whole(self, spot: Spot, name: str = "") -> Draft | None:
        """The figure of this sentence or the one before that the number is a part of."""
        near = figures_of(self.drafts, self.view.sentences[spot.at], 1)
        return whole_of(self.view, spot, near, self.places, name)

    def _time(self, spot: Spot, draft: Draft) -> None:
        drafts = reversed(self.drafts)
        previous = next((known for known in drafts if not self.view.is_aside(self.places[id(known)], spot.at)), None)
        shared = self._carried_period(spot)
        if shared is not None:
            draft.period, draft.period_from = shared, "inherited"
            return
        told = timing.certain(self.view, spot, self.context, previous)
        if told is not None:
            draft.period, draft.period_from = told.label, "stated" if told.at >= 0 else None
            return
        candidates = timing.periods(self.view, spot, self.context, previous)
        rows = [
            timing.period_evidence(self.view, spot, self.context, candidates, rank, previous)
            for rank in range(len(candidates))
        ]
        labels = [candidate.label for candidate in candidates]
        source, _, draft.period = self.choose.among("period", "period", spot.at, rows, candidates, labels)
        if draft.period is not None:
            draft.period_from = "stated" if source in ("left", "right", "last_year") else "inherited"

    def _carried_period(self, spot: Spot) -> str | None:
        """The period of a figure before that holds on, where no other is printed since: a constraint.

        That of the first in a bracket which opens with a time, "(cùng kỳ 11 vụ, 30,2 ha)" (34 of 34 of the gold); and
        that of the figure that a cue of parts goes back to. A cue that opens a sentence speaks for all of it:
        "Trong đó: thu nội địa 90 tỷ đồng, thu hải quan 30 tỷ đồng".
        """
        told = self._first_inside(spot)
        if told is None or not timing.opens_with_time(self.view, spot, self.places[id(told)]):
            start = self.view.starts[spot.at]
            is_of_whole = is_part(self.view, spot) or self.view.items[start].kind == "part"
            told = self._whole(spot) if is_of_whole else None
        if told is None or not timing.none_since(self.view, self.places[id(told)], spot):
            return None
        return told.period

    def _first_inside(self, spot: Spot) -> Draft | None:
        """The first figure of the number's bracket."""
        view, places = self.view, self.places
        bracket = view.brackets[spot.at]
        mine = figures_of(self.drafts, view.sentences[spot.at]) if bracket >= 0 else []
        return next((draft for draft in mine if view.brackets[places[id(draft)]] == bracket), None)

    def _value(self, spot: Spot, source: str, subject: Subject | None) -> None:
        q = spot.quantity._replace(bound=self._bound(spot))
        unit = self._unit(spot, source, subject)
        draft = self._add(spot, subject, q)
        draft.unit = unit.unit
        if subject is not None:
            earlier = self.drafts[:-1][-REMEMBERED:]
            draft.about = what_about(self.view, spot, subject, unit.unit, earlier, self.context.subject)
        if unit.source not in ("own", "bracket"):
            draft.doubts.append("unit_inherited")
        if q.total is not None:
            self._read_fraction(spot, draft)
        self.choose.give(draft)

    def _bound(self, spot: Spot) -> Bound | None:
        """The bound of a value: an amount that surpasses a mark is more than it, "vượt 32 tỷ đồng" (14 of 14)."""
        surpasses = self.view.words(spot.at - 1, spot.at) in words_of("surpassing")
        is_mark = surpasses and spot.group in ("money", "measure") and spot.quantity.bound is None
        return Bound.MIN if is_mark else spot.quantity.bound

    def _unit(self, spot: Spot, source: str, subject: Subject | None) -> measuring.UnitCandidate:
        """The number's own unit, or the one that is lent to it."""
        sentence = self.view.sentences[spot.at]
        near = figures_of(self.drafts, sentence, 1)
        candidates = measuring.units(self.view, spot, subject, near, self._whole(spot), self.context.unit)
        chosen = measuring.certain_of(spot, source, candidates)
        if chosen is None:
            rows = [
                measuring.unit_evidence(self.view, spot, candidate, source, self._borrowed, candidates)
                for candidate in candidates
            ]
            names = [candidate.unit for candidate in candidates]
            chosen = self.choose.among("unit", "unit", spot.at, rows, candidates, names)
        self._borrowed = chosen.source
        return chosen

    def _read_fraction(self, spot: Spot, draft: Draft) -> None:
        """The lower number of a fraction as a figure of its own where it is no whole.

        A plan: "985/1.900 lao động KH". Another count, as where units were printed before: "294 hộ/1.120 người, trong
        đó Hòa Bình 81/305". The level that a change is counted from: "tăng 76 vụ (184/108 vụ)".
        """
        q = spot.quantity
        change = self._change_proved(spot)
        right = sort_of(spot.right)
        above = bool(self.context.bases) and self.context.bases[0] is Base.PLAN
        evidence = comparing.twin_evidence(self.view, spot, right, above, draft.status, self._last_twin)
        all_of_all = q.value == q.total and q.unit is not None  # "19/19 tiêu chí": so it is for all 214 of the gold
        only = "pair" if change >= 0 else "whole" if all_of_all else None
        allowed = [only in (None, name) for name in CHOICES["twin"]]
        self._last_twin = self.choose.fixed("total", "twin", spot.at, evidence, allowed)
        if self._last_twin == "whole":
            return
        assert q.total is not None
        is_plan = self._last_twin == "plan"
        lower = q._replace(value=q.total, total=None, start=q.total_start or q.start, doubts=())
        status = Status.PLAN if is_plan else draft.status
        twin = Draft(draft.subject, lower, lower.start, q.end, draft.sentence, draft.period, draft.period_from, status)
        twin.unit = draft.unit
        draft.quantity, draft.planned = q._replace(total=None), is_plan
        self.places[id(twin)] = spot.at
        if is_plan:
            self.drafts.insert(-1, twin)
            return
        lenders = measuring.pair_before(self.drafts[-RECENT:-1])
        if change >= 0:
            self._then[change] = twin
        elif lenders is not None:
            draft.unit, twin.unit = lenders[0], q.unit or lenders[1]
        self.drafts.insert(-1, twin)

    def _change_proved(self, spot: Spot) -> int:
        """The item of the change before the bracket of a fraction whose two numbers differ by it; -1 for none.

        The change in per cent may stand between: "giảm 14 vụ (-25%, 42/56 vụ)".
        """
        q, opening = spot.quantity, self.view.brackets[spot.at]
        change = next((at for at in reversed(self.compared) if at < opening), -1)
        if q.total is None or change < self.view.starts[spot.at]:
            return -1
        told, _ = self.compared[change]
        return change if told.kind is Measure.ABSOLUTE and told.value == q.value - q.total else -1

    def _opens_pair(self, spot: Spot) -> bool:
        """Whether a change is of what is told in the bracket behind it: "tăng 05 vụ nổ (+17,9%, 33/28 vụ)".

        Two numbers there differ by it, and no figure of the sentence is the first of them.
        """
        opening = next((at for at in range(spot.at + 1, len(self.items)) if self.items[at].kind != "word"), spot.at)
        if spot.verb not in ("up", "down") or self.items[opening].value != "(":
            return False
        change = spot.quantity.value if spot.verb == "up" else -spot.quantity.value
        told = {draft.quantity.value for draft in self._mine(spot.at) if draft.quantity is not None}
        inside = takewhile(lambda at: self.view.brackets[at] == opening, range(opening + 1, len(self.items)))
        pairs = (self._quantity(at) for at in inside if self.items[at].kind == "quantity")
        return any(q.total is not None and q.value - q.total == change and q.value not in told for q in pairs)

    def _fill(self, spot: Spot, mine: Sequence[Draft]) -> None:
        """The level of a growth told before it: "tỷ lệ sinh giảm 0,6‰, còn 17,8‰"."""
        draft = next(draft for draft in reversed(mine) if draft.quantity is None)
        draft.quantity, draft.unit = spot.quantity, spot.quantity.unit
        draft.start, draft.end = spot.quantity.start, spot.quantity.end
        self.drafts.remove(draft)
        self.drafts.append(draft)
        self.places[id(draft)] = spot.at
        if self._change_proved(spot) >= 0:
            self._read_fraction(spot, draft)
        self.choose.give(draft)

    # --------------------------------------------------------------------------------------------- comparisons

    def _comparison(self, spot: Spot) -> ComparisonDraft:
        """What the number says of a figure: how it compares, and its sign."""
        q, view = spot.quantity, self.view
        last = next(reversed(self.compared.values()), None)
        evidence = comparing.kind_evidence(view, spot, last[0] if last else None)
        free = comparing.kinds_of(spot)
        if not q.sign and self._is_aside(spot) and spot.at - 2 not in self.compared:
            free = frozenset({"ratio"})
        kind = self.choose.fixed("kind", "kind", spot.at, evidence, [kind in free for kind in CHOICES["kind"]])
        falls = kind.endswith("down") or (kind == "multiple" and spot.verb == "down")  # "giảm 2,5 lần"
        sign = -1 if falls else 1
        return ComparisonDraft(
            kind=MEASURES[kind],
            value=q.value * sign,
            unit=q.unit or "%",
            start=self._opening(spot),
            end=q.end,
            sentence=view.sentences[spot.at],
            verb=spot.verb,
            value_max=q.value_max * sign if q.value_max is not None else None,
            bound=q.bound,
            decimals=q.decimals,
            bracket=view.brackets[spot.at] >= 0,
            doubts=q.doubts,
        )

    def _opening(self, spot: Spot) -> int:
        """Where a comparison begins to be told: with its verb where that stands right before the number."""
        between = self.items[spot.verb_at + 1 : spot.at]
        is_near = spot.verb_at >= 0 and all(item.kind in SOFT for item in between)
        return self.items[spot.verb_at].start if is_near else spot.quantity.start

    def _attach(self, index: int, comparison: ComparisonDraft, draft: Draft) -> None:
        if comparison.kind is Measure.ABSOLUTE and not self._quantity(index).unit:
            comparison.unit = draft.unit or comparison.unit  # "12 người (+3)"
        draft.comparisons.append(comparison)
        self.compared[index] = (comparison, draft)

    def _target(self, spot: Spot, comparison: ComparisonDraft) -> Draft:
        """The figure that a comparison belongs to, among those of this sentence and the one before."""
        sentence = self.view.sentences[spot.at]
        near = figures_of(self.drafts, sentence, 1)[-RECENT:] or self.drafts[-1:]
        candidates = near[::-1]
        around = comparing.behind(self.view, spot)
        first = spot.row.numbers[0] if spot.row is not None else spot.at
        dealt = [place for draft in near if (place := self.places[id(draft)]) < first and draft.quantity is not None]
        owner = self._owner(spot, near, dealt) or part_of_last(comparison, near)
        if owner is not None:
            return owner
        told = sum(other.kind is comparison.kind for _, other, _ in self._told(sentence))
        most = comparing.named_most(self.view, around, candidates, [self.places[id(draft)] for draft in candidates])
        rows = [
            comparing.target_evidence(self.view, spot, comparison, draft, self.places[id(draft)], rank, around, dealt)
            + comparing.order_evidence(comparison, draft, near, told)
            + named
            for rank, (draft, named) in enumerate(zip(candidates, most, strict=True))
        ]
        return self.choose.among("target", "target", spot.at, rows, candidates)

    def _owner(self, spot: Spot, near: Sequence[Draft], dealt: Sequence[int]) -> Draft | None:
        """The figure that a number surely belongs to.

        The one that it names again, or whose change it tells once more; that of the number whose bracket it opens with
        a sign; or the one to which a row deals it out, one to one, None where there are not as many before it.
        """
        row, before = spot.row, spot.at - 2
        again = self._told_in_other_terms(spot) or self._told_again(spot)
        if again is not None:
            return again
        if self._is_aside(spot):
            told = self.compared.get(before)
            return told[1] if told is not None else next((d for d in near if self.places[id(d)] == before), None)
        if row is None or len(dealt) < row.of or spot.group not in COMPARING:
            return None
        at = dealt[-row.of :][row.place]
        return next(draft for draft in near if self.places[id(draft)] == at)

    def _told_in_other_terms(self, spot: Spot) -> Draft | None:
        """The figure whose change of amount a per cent right behind it tells again: "giảm 14 vụ (giảm 47%)".

        Where no word before or behind the per cent names another, as "giảm 6 dự án, tăng 21% về vốn" does: 354 of 357.
        """
        told = self._told(self.view.sentences[spot.at])
        is_named = bool(spot.content) or self.view.kind(spot.at + 1, spot.at) == "about"
        if not told or spot.group != "share" or is_named or nouns_behind(self.view, spot.at):
            return None
        at, change, draft = told[-1]
        return draft if at == self._last and change.kind is Measure.ABSOLUTE else None

    def _settle_bases(self, sentence: int) -> None:
        """A base for each comparison of a sentence, in order, from what is printed there and settled before."""
        told = self._told(sentence)
        printed = [self._own_base(*one) for one in told]
        for place in range(len(told) - 1, 0, -1):
            printed[place - 1] = printed[place - 1] or self._shared_base(told[place - 1], told[place], printed[place])
        led: str | None = None
        parts = comparing.parts_of_all([comparison for _, comparison, _ in told], printed)
        for place, (at, comparison, draft) in enumerate(told):
            facts = self._base_facts(told, printed, place)
            evidence = comparing.base_evidence(self.view, at, comparison, draft, facts)
            self.choose.begin()
            is_led = comparing.is_led(facts, comparison)
            ruled = comparing.led_by(facts, led) if is_led else "total" if place in parts else None
            possible = comparing.bases_of(ruled, facts, comparison)
            allowed = [base in possible for base in CHOICES["base"]]
            comparison.base = Base(self.choose.fixed("base", "base", at, evidence, allowed))
            self.choose.give(draft, "base")
            led = comparison.base.value if is_led else led
            base = self._scope(at) if is_led else printed[place]
            if at in self._then:
                self._then[at].period = self._period_then(comparison.base, draft, base or self._scope(at))
            if base is not None:
                comparison.base_text = self.view.written(base.first, base.end)
            else:
                draft.doubts.append("base_assumed")

    def _period_then(self, base: Base, now: Draft, printed: PrintedBase | None) -> str | None:
        """The period of the level that a change is counted from."""
        own = now.period or self.context.period or self.context.report
        if base is Base.SAME_PERIOD or (printed is not None and printed.sort == "same:far"):
            year = year_of(printed.period) if printed is not None else None
            return in_year(own, year) if year is not None else year_before(own)
        told = printed.period if printed is not None else None
        return told or (just_before(own) if base is Base.PREVIOUS else now.period)

    def _own_base(self, at: int, comparison: ComparisonDraft, draft: Draft) -> PrintedBase | None:
        """The base printed behind a comparison, where it can be its own."""
        base = self._base_behind(at, self._quantity(at), draft.period)
        return None if base is not None and base.is_time and comparing.is_share(comparison) else base

    def _shared_base(self, first: Compared, second: Compared, printed: PrintedBase | None) -> PrintedBase | None:
        """The base printed behind the second of two numbers that tell one change: "tăng 48 hộ (4%) so với tháng 4"."""
        (at, change, draft), (behind, again, other) = first, second
        if draft is not other or {change.kind, again.kind} != ONE_CHANGE:
            return None
        opening = self.view.brackets[behind]
        if opening > at:
            return printed or self._base(self.view.closing(opening, len(self.items)) + 1, draft.period)
        amount, share = (change, again) if again.kind is Measure.CHANGE else (again, change)
        numbers = (Printed(told.value, told.unit, told.decimals) for told in (amount, share))
        return printed if changed_by(draft, *numbers) else None

    def _quantity(self, at: int) -> Quantity:
        quantity = self.items[at].quantity
        assert quantity is not None
        return quantity

    def _base_facts(
        self, told: Sequence[Compared], bases: Sequence[PrintedBase | None], place: int
    ) -> comparing.BaseFacts:
        at, comparison, draft = told[place]
        left, lead, scope = self._sorts_before(at, draft.period)
        printed = [*map(sort_of, bases)]
        alike = [n for n, (_, other, _) in enumerate(told) if other.kind is comparison.kind]
        earlier = next((told[n][1].base for n in reversed(alike) if n < place), None)
        before = told[place - 1][1].base if place else None
        own = [other for _, other, of in told if of is draft]
        return comparing.BaseFacts(
            printed=printed[place],
            left=left,
            lead=lead,
            scope=scope,
            next=printed[place + 1] if place + 1 < len(printed) else "END",
            later=next((printed[n] for n in alike if n > place and printed[n] != "-"), "-"),
            earlier=earlier.value if earlier else "-",
            before=before.value if before else "-",
            pattern=self._pattern(told, place, own.index(comparison)),
            heading=self.context.bases[0].value if self.context.bases else "-",
            place=own.index(comparison),
            number_of=len(own),
            report=comparing.length_of(self.context.report),
            words=self._words_of(bases[place]),
            whole=comparing.share_of(draft, comparison, self.drafts[-REMEMBERED:]),
        )

    def _words_of(self, base: PrintedBase | None) -> str:
        """The first words of a base, but for those that lead it: "so với trung bình 5 năm" says "trung bình"."""
        places = range(base.first, base.end) if base is not None else ()
        said = (self.view.words(place) for place in places if self.items[place].kind in ("compare", "rate", "word"))
        return " ".join([word for words in said for word in words.split() if words not in words_of("base_lead")][:2])

    def _sorts_before(self, at: int, own: str | None) -> tuple[str, str, str]:
        """What is printed since the number before, what opens the sentence, and what opens the last clause."""
        start = self.view.starts[at]
        numbers = [place for place in range(start, at) if self.items[place].quantity is not None]
        since = numbers[-1] + 1 if numbers else start
        lefts = [self._base(place, own) for place in range(since, at) if self.items[place].kind in ("cut", "compare")]
        opening = range(start, numbers[0] if numbers else at)
        leads = [self._base(place, own) for place in opening if self.items[place].kind == "cut"]
        left, lead = (next(filter(None, found), None) for found in (lefts, leads))
        return sort_of(left), sort_of(lead), sort_of(self._scope(at, own))

    def _scope(self, at: int, own: str | None = None) -> PrintedBase | None:
        """The last base before a number that opens a clause of its sentence."""
        start = self.view.starts[at]
        cuts = [place for place in range(start, at) if self.items[place].kind == "cut"]
        opening = (self._base(p, own) for p in reversed(cuts) if p == start or self.items[p - 1].kind == "mark")
        return next(filter(None, opening), None)

    def _pattern(self, told: Sequence[Compared], place: int, number: int) -> str:
        """The base in the same place of an earlier figure, of this sentence or the one before."""
        _, comparison, draft = told[place]
        earlier = [of for _, _, of in reversed(told[:place]) if of is not draft]
        older = [
            d for d in reversed(figures_of(self.drafts, comparison.sentence, 1)) if d.sentence < comparison.sentence
        ]
        for prefix, drafts in (("", earlier), ("before:", older)):
            for known in drafts:
                if len(known.comparisons) > number and known.comparisons[number].kind is comparison.kind:
                    base = known.comparisons[number].base
                    if base is not None:
                        return f"{prefix}{base.value}"
        return "-"
