"""The name of a figure, chosen whole among those that its surroundings offer.

A name may stand before the number, behind it, or be meant again. Where it stands, begins and ends is weighed one by
one, and each is a guess by itself: in "hộ nghèo giảm mạnh, xã A còn 26 %" a fine phrase stands in the wrong place.
So the likeliest few are looked at as whole names, with what is known of each, and the best of them is taken.

In: the surroundings of a number, and how likely each place is. Out: the name, and the place that it came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extractor.domain.folding import fold
from extractor.domain.unit import multipliers
from extractor.language.reader import name_evidence as naming
from extractor.language.reader.choosing import Chooser
from extractor.language.reader.drafts import Context, Draft, Subject, figures_of
from extractor.language.reader.spots import MEASURING, Spot
from extractor.language.reader.view import View
from extractor.language.reader.weights import REACH
from extractor.language.reader.whole_names import Proposal, whole_evidence

REMEMBERED = 8
"""Figures whose names may be meant again."""

MOST_NAMES = 6


class Namer:
    """Names the figures of one block: ``drafts`` are those so far, ``places`` the items of their numbers by id."""

    def __init__(
        self, view: View, context: Context, choose: Chooser, drafts: Sequence[Draft], places: Mapping[int, int]
    ) -> None:
        self._view = view
        self._context = context
        self._choose = choose
        self._drafts = drafts
        self._places = places

    def name(self, spot: Spot, sources: Mapping[str, int], *, grows: bool) -> tuple[Subject | None, str]:
        """The name of the number at ``spot`` and where it stands; ``sources``: place → its log odds.

        ``grows`` tells whether the number is a growth that stands alone.
        """
        row = spot.row
        if row is not None and row.name is not None:
            return naming.subject_of(self._view, *row.name), next(iter(sources))
        offered = self._likely([found for source, odds in sources.items() for found in self._from(source, spot, odds)])
        if not offered:
            return None, next(iter(sources))
        evidence: list[list[str]] = [[]]
        if len(offered) > 1:
            evidence = [whole_evidence(self._view, spot, proposal, grows=grows) for proposal in offered]
        names, odds = [offer.subject.text for offer in offered], [offer.odds for offer in offered]
        chosen = offered[
            self._choose.whole(spot.at, evidence, names, odds, [offer.place(spot.at) for offer in offered])
        ]
        return chosen.subject, chosen.source

    @staticmethod
    def _likely(offered: Sequence[Proposal]) -> list[Proposal]:
        """The likeliest of each wording, the best first, without those that lie too far behind it."""
        best: dict[str, Proposal] = {}
        for proposal in sorted(offered, key=lambda proposal: -proposal.odds):
            best.setdefault(proposal.subject.text, proposal)
        found = list(best.values())
        return [proposal for proposal in found if found[0].odds - proposal.odds <= REACH]

    def _from(self, source: str, spot: Spot, odds: int) -> Iterator[Proposal]:
        """The names that one place offers."""
        if source == "left":
            return self._before(spot, odds)
        return self._behind(spot, odds) if source == "right" else self._again(spot, odds)

    def _before(self, spot: Spot, odds: int) -> Iterator[Proposal]:
        view, at = self._view, spot.at
        ends = naming.ends(view, spot.low, at)
        rows = [naming.end_evidence(view, spot.low, end, at, spot.group) for end in ends]
        for end, of_end in self._choose.weigh("end", at, rows, ends):
            starts = naming.starts(view, spot.low, end)
            rows = [naming.start_evidence(view, start, end, spot.low) for start in starts]
            spans = [(start, end) for start in starts]
            for span, of_start in self._choose.weigh("start", at, rows, spans):
                yield Proposal("left", naming.subject_of(view, *span), odds + of_end + of_start, span)

    def _behind(self, spot: Spot, odds: int) -> Iterator[Proposal]:
        view, at, q = self._view, spot.at, spot.quantity
        ends, unit = naming.noun_ends(view, at), fold(q.unit or "")
        rows = [naming.noun_evidence(view, at, end, q.family, unit) for end in ends]
        for end, of_end in self._choose.weigh("noun", at, rows, ends):
            yield Proposal("right", self.counted(spot, end), odds + of_end, (at + 1, end))

    def counted(self, spot: Spot, end: int) -> Subject:
        """The counted noun phrase from the unit to item ``end``, without its multipliers."""
        q, view = spot.quantity, self._view
        begin, stop = q.end - len(q.unit or ""), max(view.items[end - 1].end, q.end)
        noun = view.text[q.end : stop].strip(naming.EDGES)
        if spot.group in MEASURING and noun:  # the unit does not name: "12 tấn rác"
            begin = view.text.index(noun, q.end)
            return Subject(noun, begin, begin + len(noun))
        text = view.text[begin:stop].strip(naming.EDGES)
        first, _, rest = text.partition(" ")
        while rest and fold(first) in multipliers():
            text = rest
            first, _, rest = text.partition(" ")
        return Subject(text, begin, begin + len(text))

    def remembered(self) -> list[tuple[Subject, Draft | None]]:
        """The names that may be meant again, each once, the last first; those above the block at the end."""
        found: dict[str, tuple[Subject, Draft | None]] = {}
        for draft in reversed(self._drafts[-REMEMBERED:]):
            if draft.subject is not None:
                found.setdefault(draft.subject.text, (draft.subject, draft))
        if self._context.subject is not None:
            found.setdefault(self._context.subject.text, (self._context.subject, None))
        if self._context.parent:
            found.setdefault(self._context.parent, (Subject(self._context.parent), None))
        return list(found.values())[:MOST_NAMES]

    def _again(self, spot: Spot, odds: int) -> Iterator[Proposal]:
        mine = figures_of(self._drafts, self._view.sentences[spot.at])
        dealt = self._dealt(spot, mine)
        if dealt is not None:
            yield Proposal("same", dealt, odds)
            return
        known, bracket = self.remembered(), self._view.brackets[spot.at]
        if not known:
            return
        head = next((draft for draft in reversed(self._drafts) if self._places[id(draft)] < bracket), None)
        last, above = known[-1], self._context.parent
        facts = naming.InheritFacts(
            len(known),
            mine[0] if mine else None,
            head,
            min(len(self._drafts), 2),
            last[1] is None and last[0].text == above,
        )
        rows = [
            naming.inherit_evidence(self._view, spot, rank, draft, subject, facts)
            for rank, (subject, draft) in enumerate(known)
        ]
        names = [subject.text for subject, _ in known]
        for place, of_name in self._choose.weigh("inherit", spot.at, rows, range(len(known)), names):
            subject, draft = known[place]
            yield Proposal("same", subject, odds + of_name, rank=place, draft=draft)

    def _dealt(self, spot: Spot, mine: Sequence[Draft]) -> Subject | None:
        """The name that a row deals to its number from the figures before: "(cùng kỳ tương ứng là 19,3%; 41,2%)"."""
        row = spot.row
        if row is None or row.names:
            return None
        before = [draft for draft in mine if self._places[id(draft)] < row.numbers[0]]
        named = [draft.subject for draft in before if draft.quantity is not None][-row.of :]
        return named[row.place] if len(named) == row.of else None
