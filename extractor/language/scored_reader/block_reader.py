"""One block is read from left to right: for each number the part that it plays, and what goes with that part.

In: the items of a block and its context. Out: drafts of figures with their comparisons. Each step asks ``Decide`` for
the best of its candidates; bases are settled at the end of a sentence, when all that it prints is known.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.domain.figure import Base, Measure, Status
from extractor.domain.folding import fold
from extractor.domain.unit import multipliers
from extractor.language.lexer.items import Reading
from extractor.language.lexer.quantities import Quantity
from extractor.language.reader.drafts import ComparisonDraft, Context, Draft, Subject
from extractor.language.scored_reader import comparison_evidence as comparing
from extractor.language.scored_reader import name_evidence as naming
from extractor.language.scored_reader import time_evidence as timing
from extractor.language.scored_reader.part_evidence import part_evidence
from extractor.language.scored_reader.printed_bases import PrintedBase, base_at
from extractor.language.scored_reader.spots import COMPARING, Spot, group_of, last_verb, sort_of
from extractor.language.scored_reader.view import View
from extractor.language.scored_reader.weights import CHOICES, Decide, Weighted

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

RECENT = 10
"""Figures among which a comparison finds its own."""

REMEMBERED = 8
"""Figures whose names may be meant again."""

MOST_NAMES = 6


class ScoredReader:
    """Reads one block; ``read`` gives its drafts in order."""

    def __init__(self, reading: Reading, context: Context, decide: Decide | None = None) -> None:
        self.view = View(reading)
        self.items = self.view.items
        self.context = context
        self.decide: Decide = decide or Weighted()
        self.drafts: list[Draft] = []
        self.names: list[Quantity] = []  # numbers that measure nothing
        self.echoes: list[Quantity] = []
        self.left_base: Base | None = None
        self.places: dict[int, int] = {}  # id of a draft → item of its number
        self.parts: dict[int, str] = {}  # item → part of its number
        self.compared: dict[int, tuple[ComparisonDraft, Draft]] = {}  # item → what it compares, of which figure
        self._last = -1
        self._bases: dict[int, PrintedBase | None] = {}

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
        self._settle_bases(sentence)
        return self.drafts

    # ------------------------------------------------------------------------------------------------- the part

    def _read_number(self, index: int, quantity: Quantity) -> None:
        spot = self.spot(index, quantity)
        mine = self._mine(index)
        last = self._last_part(index)
        evidence = part_evidence(self.view, spot, self.context, last, mine)
        part = CHOICES["part"][self.decide.classify("part", index, evidence, self._allowed(spot, mine)).best]
        self.parts[index] = part
        if part == "none":
            self.names.append(quantity)
        elif part == "compare":
            comparison = self._comparison(spot)
            self._attach(index, comparison, self._target(spot, comparison))
        elif part == "fill":
            self._fill(spot, mine)
        elif part.startswith("grow"):
            draft = self._add(spot, self._name(spot, part.removeprefix("grow_")), None)
            self._attach(index, self._comparison(spot), draft)
        else:
            self._value(spot, part)

    def _allowed(self, spot: Spot, mine: Sequence[Draft]) -> list[bool]:
        """The parts that a number may play at all: a constraint each."""
        above = self.context.subject is not None or bool(self.context.parent)
        has_names = bool(self.drafts) or above
        words = any(item.kind in ("word", "rate", "reference") for item in self.items[spot.low : spot.at])
        free = {
            "left": words,
            "right": bool(spot.quantity.unit),
            "same": has_names,
            "compare": bool(self.drafts),
            "grow_left": words,
            "grow_right": bool(spot.quantity.unit),
            "grow_same": has_names,
            "fill": any(draft.quantity is None for draft in mine),
            "none": True,
        }
        return [free[part] for part in CHOICES["part"]]

    def spot(self, index: int, quantity: Quantity) -> Spot:
        """What stands around a number."""
        view = self.view
        low = max(view.starts[index], self._last + 1)
        clause, verb, verb_at = last_verb(view, low, index)
        content = tuple(place for place in range(clause, index) if view.names_something(place))
        mine = self._mine(index)
        right = self._base_behind(index, quantity)
        left = self._base_before(low, index)
        current = mine[-1] if mine else None
        return Spot(index, quantity, group_of(quantity), low, clause, verb, verb_at, right, left, content, current)

    def _mine(self, index: int) -> list[Draft]:
        sentence = self.view.sentences[index]
        return [draft for draft in self.drafts if draft.sentence == sentence]

    def _last_part(self, index: int) -> str:
        return self.parts.get(self._last, "-") if self._last >= self.view.starts[index] else "-"

    def _base(self, index: int) -> PrintedBase | None:
        if index not in self._bases:
            self._bases[index] = base_at(self.view, index, self.context.period or self.context.report)
        return self._bases[index]

    def _base_behind(self, index: int, quantity: Quantity) -> PrintedBase | None:
        """The base right behind a number, or behind the noun that it counts: "giảm 2 người chết so với cùng kỳ"."""
        found = self._base(index + 1)
        if found is None and quantity.family not in COMPARING:
            behind = index + 1
            while behind < len(self.items) and behind - index < 6 and self.items[behind].kind == "word":
                behind += 1
            if behind < len(self.items) and self.items[behind].kind == "cut":
                found = self._base(behind)
        return found

    def _base_before(self, low: int, index: int) -> PrintedBase | None:
        """The base that "so với" opens before a number, not behind a bracket."""
        for place in range(index - 1, low - 1, -1):
            if self.items[place].kind == "cut":
                return self._base(place)
            if self.items[place].value == ")":
                break
        return None

    # ------------------------------------------------------------------------------------------------ its name

    def _name(self, spot: Spot, source: str) -> Subject | None:
        if source == "left":
            return self._name_before(spot)
        return self._name_behind(spot) if source == "right" else self._name_again(spot)

    def _name_before(self, spot: Spot) -> Subject:
        view, i = self.view, spot.at
        ends = naming.ends(view, spot.low, i)
        end = ends[self.decide.rank("end", i, [naming.end_evidence(view, e, i, spot.group) for e in ends], ends).best]
        starts = naming.starts(view, spot.low, end)
        rows = [naming.start_evidence(view, start, end, spot.low) for start in starts]
        start = starts[self.decide.rank("start", i, rows, [(start, end) for start in starts]).best]
        return naming.subject_of(view, start, end)

    def _name_behind(self, spot: Spot) -> Subject:
        view, i, q = self.view, spot.at, spot.quantity
        ends, unit = naming.noun_ends(view, i), fold(q.unit or "")
        rows = [naming.noun_evidence(view, i, end, q.family, unit) for end in ends]
        return self.counted(spot, ends[self.decide.rank("noun", i, rows, ends).best])

    def counted(self, spot: Spot, end: int) -> Subject:
        """The counted noun phrase from the unit to item ``end``, without its multipliers."""
        q = spot.quantity
        begin = q.end - len(q.unit or "")
        text = self.view.text[begin : max(self.items[end - 1].end, q.end)].strip(naming.EDGES)
        first, _, rest = text.partition(" ")
        while rest and fold(first) in multipliers():
            text = rest
            first, _, rest = text.partition(" ")
        return Subject(text, begin, begin + len(text))

    def remembered(self) -> list[tuple[Subject, Draft | None]]:
        """The names that may be meant again, each once, the last first; those above the block at the end."""
        found: dict[str, tuple[Subject, Draft | None]] = {}
        for draft in reversed(self.drafts[-REMEMBERED:]):
            if draft.subject is not None:
                found.setdefault(draft.subject.text, (draft.subject, draft))
        if self.context.subject is not None:
            found.setdefault(self.context.subject.text, (self.context.subject, None))
        if self.context.parent:
            found.setdefault(self.context.parent, (Subject(self.context.parent), None))
        return list(found.values())[:MOST_NAMES]

    def _name_again(self, spot: Spot) -> Subject | None:
        known = self.remembered()
        if not known:
            return None
        mine, bracket = self._mine(spot.at), self.view.brackets[spot.at]
        heads = [draft for draft in self.drafts if self.places[id(draft)] < bracket]
        last, above = known[-1], self.context.parent
        facts = naming.InheritFacts(
            len(known),
            mine[0] if mine else None,
            heads[-1] if heads else None,
            min(len(self.drafts), 2),
            last[1] is None and last[0].text == above,
        )
        rows = [
            naming.inherit_evidence(self.view, spot, rank, draft, subject, facts)
            for rank, (subject, draft) in enumerate(known)
        ]
        return known[self.decide.rank("inherit", spot.at, rows, [subject.text for subject, _ in known]).best][0]

    # ------------------------------------------------------------------------------------------------- figures

    def _add(self, spot: Spot, subject: Subject | None, quantity: Quantity | None) -> Draft:
        """A new figure with its period and status."""
        q = spot.quantity
        draft = Draft(subject, quantity, q.start, q.end, self.view.sentences[spot.at])
        draft.bracket = int(self.view.brackets[spot.at] >= 0)
        previous = self.drafts[-1] if self.drafts else None
        self._time(spot, draft, previous)
        evidence = timing.status_evidence(self.view, spot, self.context, previous, self._last_part(spot.at))
        chosen = self.decide.classify("status", spot.at, evidence, [True] * len(CHOICES["status"]))
        draft.status = Status(CHOICES["status"][chosen.best])
        self.places[id(draft)] = spot.at
        self.drafts.append(draft)
        return draft

    def _time(self, spot: Spot, draft: Draft, previous: Draft | None) -> None:
        candidates = timing.periods(self.view, spot, self.context, previous)
        rows = [
            timing.period_evidence(self.view, spot, self.context, candidate, rank, len(candidates))
            for rank, candidate in enumerate(candidates)
        ]
        labels = [candidate.label for candidate in candidates]
        source, _, draft.period = candidates[self.decide.rank("period", spot.at, rows, labels).best]
        if draft.period is not None:
            draft.period_from = "stated" if source in ("left", "right", "last_year") else "inherited"

    def _value(self, spot: Spot, source: str) -> None:
        q = spot.quantity
        draft = self._add(spot, self._name(spot, source), q)
        draft.unit = q.unit
        if q.unit is None:
            lender = next((d for d in reversed(self.drafts[:-1]) if d.unit and draft.sentence - d.sentence <= 1), None)
            draft.unit = lender.unit if lender is not None else self.context.unit
            draft.doubts.append("unit_inherited")
        if q.total is not None:
            self._part_from_plan(spot, draft)

    def _part_from_plan(self, spot: Spot, draft: Draft) -> None:
        """The lower number of a fraction as a figure of its own where it is the plan: "985/1.900 lao động KH"."""
        q = spot.quantity
        right = sort_of(spot.right)
        above = bool(self.context.bases) and self.context.bases[0] is Base.PLAN
        evidence = comparing.twin_evidence(self.view, spot, right, above, draft.status)
        if CHOICES["twin"][self.decide.classify("twin", spot.at, evidence, [True, True]).best] != "plan":
            return
        assert q.total is not None
        lower = q._replace(value=q.total, total=None, start=q.total_start or q.start, doubts=())
        twin = Draft(
            draft.subject, lower, lower.start, q.end, draft.sentence, draft.period, draft.period_from, Status.PLAN
        )
        twin.unit = draft.unit
        draft.quantity, draft.planned = q._replace(total=None), True
        self.places[id(twin)] = spot.at
        self.drafts.insert(-1, twin)

    def _fill(self, spot: Spot, mine: Sequence[Draft]) -> None:
        """The level of a growth told before it: "tỷ lệ sinh giảm 0,6‰, còn 17,8‰"."""
        draft = next(draft for draft in reversed(mine) if draft.quantity is None)
        draft.quantity, draft.unit = spot.quantity, spot.quantity.unit
        draft.start, draft.end = spot.quantity.start, spot.quantity.end
        self.drafts.remove(draft)
        self.drafts.append(draft)
        self.places[id(draft)] = spot.at

    # --------------------------------------------------------------------------------------------- comparisons

    def _comparison(self, spot: Spot) -> ComparisonDraft:
        """What the number says of a figure: how it compares, and its sign."""
        q, view = spot.quantity, self.view
        last = next(reversed(self.compared.values()), None)
        evidence = comparing.kind_evidence(view, spot, last[0] if last else None)
        free = (
            frozenset(CHOICES["kind"])
            if spot.group == "bare"
            else comparing.ALLOWED.get(spot.group, comparing.DIFFERENCES)
        )
        chosen = self.decide.classify("kind", spot.at, evidence, [kind in free for kind in CHOICES["kind"]])
        kind = CHOICES["kind"][chosen.best]
        sign = -1 if kind.endswith("down") else 1
        return ComparisonDraft(
            kind=MEASURES[kind],
            value=q.value * sign,
            unit=q.unit or "%",
            start=q.start,
            end=q.end,
            sentence=view.sentences[spot.at],
            verb=spot.verb,
            value_max=q.value_max * sign if q.value_max is not None else None,
            bound=q.bound,
            decimals=q.decimals,
            bracket=view.brackets[spot.at] >= 0,
            doubts=q.doubts,
        )

    def _attach(self, index: int, comparison: ComparisonDraft, draft: Draft) -> None:
        draft.comparisons.append(comparison)
        self.compared[index] = (comparison, draft)

    def _target(self, spot: Spot, comparison: ComparisonDraft) -> Draft:
        """The figure that a comparison belongs to, among those of this sentence and the one before."""
        sentence = self.view.sentences[spot.at]
        near = [draft for draft in self.drafts if sentence - draft.sentence <= 1][-RECENT:] or self.drafts[-1:]
        candidates = near[::-1]
        around = comparing.behind(self.view, spot)
        told = sum(other.sentence == sentence and other.kind is comparison.kind for other, _ in self.compared.values())
        rows = [
            comparing.target_evidence(self.view, spot, comparison, draft, self.places[id(draft)], rank, around)
            + comparing.order_evidence(comparison, draft, near, told)
            for rank, draft in enumerate(candidates)
        ]
        return candidates[self.decide.rank("target", spot.at, rows, candidates).best]

    def _settle_bases(self, sentence: int) -> None:
        """A base for each comparison of a sentence, in order, from what is printed there and settled before."""
        told = [(at, *pair) for at, pair in self.compared.items() if pair[0].sentence == sentence]
        printed = [sort_of(self._base_behind(at, self._quantity(at))) for at, _, _ in told]
        for place, (at, comparison, draft) in enumerate(told):
            facts = self._base_facts(told, printed, place)
            evidence = comparing.base_evidence(self.view, at, comparison, draft, facts)
            chosen = self.decide.classify("base", at, evidence, [True] * len(CHOICES["base"]))
            comparison.base = Base(CHOICES["base"][chosen.best])
            base = self._base_behind(at, self._quantity(at))
            if base is not None:
                comparison.base_text = self.view.written(base.first, base.end)
            else:
                draft.doubts.append("base_assumed")

    def _quantity(self, at: int) -> Quantity:
        quantity = self.items[at].quantity
        assert quantity is not None
        return quantity

    def _base_facts(
        self, told: Sequence[tuple[int, ComparisonDraft, Draft]], printed: Sequence[str], place: int
    ) -> comparing.BaseFacts:
        at, comparison, draft = told[place]
        left, lead = self._sorts_before(at)
        alike = [n for n, (_, other, _) in enumerate(told) if other.kind is comparison.kind]
        earlier = next((told[n][1].base for n in reversed(alike) if n < place), None)
        before = told[place - 1][1].base if place else None
        own = [other for _, other, of in told if of is draft]
        return comparing.BaseFacts(
            printed=printed[place],
            left=left,
            lead=lead,
            next=printed[place + 1] if place + 1 < len(printed) else "END",
            later=next((printed[n] for n in alike if n > place and printed[n] != "-"), "-"),
            earlier=earlier.value if earlier else "-",
            before=before.value if before else "-",
            pattern=self._pattern(told, place, own.index(comparison)),
            heading=self.context.bases[0].value if self.context.bases else "-",
            place=own.index(comparison),
            number_of=len(own),
            whole=comparing.share_of(draft, comparison, self.drafts),
        )

    def _sorts_before(self, at: int) -> tuple[str, str]:
        """The base printed before a comparison since the number before it, and the one that opens its sentence."""
        start = self.view.starts[at]
        numbers = [place for place in range(start, at) if self.items[place].quantity is not None]
        since = numbers[-1] + 1 if numbers else start
        lefts = [self._base(place) for place in range(since, at) if self.items[place].kind in ("cut", "compare")]
        opening = range(start, numbers[0] if numbers else at)
        leads = [self._base(place) for place in opening if self.items[place].kind == "cut"]
        return sort_of(next(filter(None, lefts), None)), sort_of(next(filter(None, leads), None))

    def _pattern(self, told: Sequence[tuple[int, ComparisonDraft, Draft]], place: int, number: int) -> str:
        """The base in the same place of an earlier figure, of this sentence or the one before."""
        _, comparison, draft = told[place]
        earlier = [of for _, _, of in reversed(told[:place]) if of is not draft]
        older = [d for d in reversed(self.drafts) if d.sentence == comparison.sentence - 1]
        for prefix, drafts in (("", earlier), ("before:", older)):
            for known in drafts:
                if len(known.comparisons) > number and known.comparisons[number].kind is comparison.kind:
                    base = known.comparisons[number].base
                    if base is not None:
                        return f"{prefix}{base.value}"
        return "-"
