"""Rows of values and changes dealt out in order: "lần lượt", "tương ứng".

``A, B và C lần lượt là x, y và z`` gives one value to each name; ``giảm lần lượt 8,3% và 5%`` one change to each
figure before it. A unit printed once at the end holds for the whole row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.domain.folding import fold
from extractor.language.reader.comparison_bases import base_at
from extractor.language.reader.drafting import Drafting
from extractor.language.reader.drafts import ComparisonDraft, Draft, Subject
from extractor.language.reader.left_context import CHANGES, DOWN, Left
from extractor.language.reader.name_spans import Phrase, find_phrase, subject_of


class Rows(Drafting):
    """Deals rows of numbers out to names or figures."""

    def _growth(self, subject: Subject | None, comparison: ComparisonDraft, left: Left) -> Draft:
        """A growth rate that stands alone: a figure without a value."""
        draft = self._draft(subject, None, comparison.start, comparison.end, left)
        if subject is not None:
            self.subject = subject
        return draft

    def _spread_over(self, comparison: ComparisonDraft, left: Left) -> bool:
        """As in "lần lượt": deal the comparisons out to the figures or names before, in order."""
        if not left.each:
            self.spread_left = 0
        elif left.phrase is not None and not left.phrase.total:
            names = self._split_names(left.phrase)
            count = self._row(self.left - 1, changes=True)
            if len(names) != count and len(wider := self._split_names(left.phrase, (",",))) == count:
                names = wider  # "khai khoáng, chế biến, sản xuất và phân phối điện lần lượt tăng …"
            if len(headed := self._headed_alike(left.phrase)) == count:
                names = headed
            if len(names) > 1:
                self.spread = [self._growth_of(name, left) for name in names]
                self.spread_left = 0
        else:
            row = self._row(self.left - 1, changes=True)
            values = [
                d for d in self.drafts if d.sentence == self.sentence and d.quantity is not None and not d.bracket
            ]
            if row == 2 and len(values) > 1 and self._twice_changed(values):
                self.spread, self.spread_left = [values[-1], values[-1]], 0
                self._deal(comparison)
                self._deal_rest(comparison)
                return True
            again = len(self.spread) == row == self.spread_left > 0  # a second row for the same ones
            again = again and (not values or values[-1] is self.spread[-1] or self.spread[-1].quantity is None)
            self.spread, self.spread_left = self.spread if again else values[-row:], 0
        if self.spread_left >= len(self.spread):
            return False
        self._deal(comparison)
        self._deal_rest(comparison)
        dealt = [d.comparisons[-1] for d in self.spread[: self.spread_left]]
        for earlier in dealt:  # the base behind the last holds for the row
            if earlier.base is None:
                earlier.base, earlier.base_text = dealt[-1].base, dealt[-1].base_text
        return True

    def _twice_changed(self, values: list[Draft]) -> bool:
        """Two bases, one figure: "tăng 12% so với quý II và 18% so với cùng kỳ; trong đó B tăng lần lượt 9% và 24%"."""
        return not values[-1].comparisons and any(
            len({c.base for c in d.comparisons if c.base is not None}) == 2 for d in values[:-1]
        )

    def _spreads_again(self, left: Left) -> bool:
        """As in "lần lượt tăng 2,8% và 4,1% so với …, tăng 9,5% và giảm 6,4% so với …": a second row."""
        dealt = len(self.spread) > 1 and self.spread_left == len(self.spread) and self.current is self.spread[-1]
        return dealt and left.phrase is None and self._row(self.left - 1, changes=True) == len(self.spread)

    def _growth_of(self, name: Subject, left: Left) -> Draft:
        draft = self._draft(name, None, name.start, name.end, left)
        draft.spread = True
        return draft

    def _deal(self, comparison: ComparisonDraft) -> None:
        draft = self.spread[self.spread_left]
        draft.comparisons.append(comparison)
        if draft.quantity is None:
            draft.start, draft.end = comparison.start, comparison.end
        self.spread_left += 1
        self.current = draft

    def _deal_rest(self, first: ComparisonDraft) -> None:
        """The quantities that follow the first, joined by commas and "và", go to the next in the row."""
        index, sign, begin = self.left, -1 if first.value < 0 else 1, None
        while index < len(self.items) and self.spread_left < len(self.spread):
            item = self.items[index]
            if item.kind == "quantity" and item.quantity is not None:
                nxt = replace(
                    first,
                    value=item.quantity.value * sign,
                    start=item.start if begin is None else begin,
                    end=item.end,
                    decimals=item.quantity.decimals,
                )
                found = base_at(self.items, index + 1, self.text, self.period or self.report)
                if found is not None:
                    nxt.base, nxt.base_text = found.base, found.text
                self._deal(nxt)
                self.left = index + 1 if found is None else found.next
                index, begin = self.left, None
            elif item.kind == "verb" and item.value in CHANGES:
                sign, begin = -1 if item.value in DOWN else 1, item.start
                index += 1
            elif item.value in (",", "và"):
                index += 1
            else:
                break

    def _split_names(self, phrase: Phrase, marks: Sequence[str] = (",", "và")) -> list[Subject]:
        """The names of a list "số vụ, số người chết và số người bị thương", cut at ``marks``."""
        names, first = [], phrase.first
        for index in range(phrase.first, phrase.last + 1):
            ends = index == phrase.last or self.items[index].value in marks
            if ends and index > first:
                names.append(subject_of(self.items, Phrase(first, index), self.text))
                first = index + 1
        return names

    def _headed_alike(self, last: Phrase) -> list[Subject]:
        """The names that begin with the same two words as the last: "khu vực nông, lâm nghiệp, khu vực dịch vụ"."""
        head = [i.value for i in self.items[last.first : last.first + 2]]
        places = range(self.sentence_start, last.first + 1)
        starts = [n for n in places if [i.value for i in self.items[n : n + 2]] == head]
        found = []
        for start, end in zip(starts, [*starts[1:], last.last], strict=True):
            while end > start and self.items[end - 1].value in (",", "và"):
                end -= 1
            if end > start:
                found.append(subject_of(self.items, Phrase(start, end), self.text))
        return found

    def _deal_values(self, index: int, left: Left) -> bool:
        """As in "A, B và C lần lượt là x, y và z".

        One value to each name, the unit that only the last carries to all.
        """
        count = self._row(index)
        if count < 2:
            return False
        if self._deal_periods(count, index, left):
            return True
        names = self._names_for(count, index)
        if len(names) != count:
            return False
        row = [i for i in self.items[index:] if i.kind == "quantity"][:count]
        unit = next((i.quantity.unit for i in reversed(row) if i.quantity is not None and i.quantity.unit), None)
        dealt: list[Draft] = []
        for name, item in zip(names, row, strict=True):
            assert item.quantity is not None
            draft = self._draft(name, item.quantity, item.start, item.end, left)
            draft.unit = item.quantity.unit or unit
            self.current = draft
            dealt.append(draft)
        self.left = self._place(row[-1]) + 1
        self.spread, self.spread_left = dealt, count
        return True

    def _deal_periods(self, count: int, index: int, left: Left) -> bool:
        """As in "tỷ lệ thất nghiệp quý I và quý II lần lượt là 2,3% và 2,26%": one value to each period."""
        low = self.sentence_start
        when = [i for i in range(low, index) if self.items[i].kind == "period" and self.items[i].value]
        phrase = find_phrase(self.items, low, when[0], self.text) if len(when) == count > 1 else None
        if phrase is None:
            return False
        subject = subject_of(self.items, phrase, self.text)
        row = [n for n in range(index, len(self.items)) if self.items[n].kind == "quantity"][:count]
        unit = next((q.unit for n in reversed(row) if (q := self.items[n].quantity) is not None and q.unit), None)
        for at, number in zip(when, row, strict=True):
            item = self.items[number]
            draft = self._draft(subject, item.quantity, item.start, item.end, left)
            draft.period, draft.period_from = self.items[at].value, "stated"
            draft.unit = (item.quantity.unit if item.quantity is not None else None) or unit
            self.current = draft
        self.subject, self.left = subject, row[-1] + 1
        return True

    def _names_for(self, count: int, index: int) -> list[Subject]:
        """The ``count`` names that a row of values belongs to: listed before it, else those of the figures before."""
        low = next(
            (
                i + 1
                for i in range(index - 1, -1, -1)
                if self.items[i].kind == "mark" and self.items[i].value == "." and self._is_stop(i)
            ),
            0,
        )
        comma = max((i for i in range(low, index) if self.items[i].value == ","), default=low)
        for high in (index, comma):  # "…: A, B và C, chiếm thị phần lần lượt": the clause of the verb names none
            for separators in ((";",), (",", "và"), (",", ";", "và")):
                names = self._split_between(low, high, separators)
                if len(names) == count:
                    return names
        earlier = [
            d
            for d in self.drafts
            if d.quantity is not None and self.sentence - d.sentence <= 1 and d.subject is not None and not d.bracket
        ]
        return [d.subject for d in earlier[-count:] if d.subject is not None]

    def _split_between(self, low: int, high: int, separators: tuple[str, ...]) -> list[Subject]:
        """The names between separators within ``items[low:high]``, cues at their edges dropped."""
        names: list[Subject] = []
        first = low
        for index in range(low, high + 1):
            if index == high or self.items[index].value in separators:
                told = [i for i in range(first, index) if self.items[i].kind == "verb" and self.items[i].value == "is"]
                phrase = find_phrase(self.items, told[-1] + 1 if told else first, index, self.text, lead=True)
                if phrase is not None:
                    names.append(subject_of(self.items, phrase, self.text))
                first = index + 1
        return names

    def _row(self, index: int, *, changes: bool = False) -> int:
        """How many quantities stand in a row from ``index`` on, joined by commas, semicolons, dashes and "và".

        ``changes``: each may have its own tăng or giảm.
        """
        count = 0
        for item in self.items[index:]:
            if item.kind == "quantity":
                count += 1
            elif changes and item.kind == "verb" and item.value in CHANGES:
                continue
            elif not (item.value in ("và", ",", ";", "-", "–", "/") or item.kind == "bound"):
                break
        return count

    def _mated(self, draft: Draft) -> None:
        """A level that follows its own "lần lượt" change takes that change over."""
        for earlier in self.spread:
            if earlier.quantity is None and earlier in self.drafts and earlier.subject is not None:
                names = set(fold(earlier.subject.text).split()) - {"số"}
                mine = set(fold(f"{draft.noun} {draft.unit or ''}").split())
                if names and names <= mine:
                    draft.comparisons = earlier.comparisons + draft.comparisons
                    draft.subject = earlier.subject
                    self.drafts.remove(earlier)
                    return
