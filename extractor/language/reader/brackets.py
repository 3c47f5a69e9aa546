"""Brackets: what a number means only because it stands in one.

``(KH: 11,5%)`` is the plan of the figure before it, ``(cùng kỳ 9,1 tỷ đồng)`` its value a year ago, ``(khoảng 1,09
tỷ USD)`` an echo, ``(bằng 71,5%; +8,2%)`` a share of plan and a change by position, ``tăng 97 vụ (16,1%)`` the same
change as a percentage, ``(211/123 vụ)`` this year's value over last year's.
"""

from __future__ import annotations

from extractor.domain.figure import Base, Measure, Status
from extractor.domain.folding import fold
from extractor.domain.period import label_before, school_year_before, year_before, year_of
from extractor.domain.unit import COMPARATIVE
from extractor.language.lexer.items import Item
from extractor.language.lexer.quantities import Quantity
from extractor.language.reader.comparison_bases import FoundBase, base_at
from extractor.language.reader.drafts import ComparisonDraft, Draft, Subject
from extractor.language.reader.left_context import CHANGES, Frame, Left, bare_unit, frame_open
from extractor.language.reader.name_spans import find_phrase, subject_of
from extractor.language.reader.values import Valuing


class Brackets(Valuing):
    """Reads what stands in brackets."""

    def _in_bracket(self, index: int, quantity: Quantity, left: Left, verb: str, right: FoundBase | None) -> bool:
        """What only a bracket does: echoes, siblings, positional comparisons. False where the plain rules hold."""
        frame = self.frames[-1]
        head = frame.head
        if self._names_growth(index, quantity, left, verb, right):
            return True
        if head is None:
            return False
        if self._this_and_last(index, quantity, head):
            return True
        opened = self.items[self.left : index]
        if self._echoes(opened, quantity, head):
            self.echoes.append(quantity)
            self.left = index + 1
            return True
        sibling = self._sibling(opened, quantity, head)
        if sibling and (left.each or self._row(index) > 1) and self._deal_siblings(index, left, verb, sibling):
            return True
        if sibling:
            self.sibling = (self.sentence, sibling) if sibling[0].isdigit() else self.sibling
            head = self._same_unit(head, quantity)
            self._add_sibling(index, quantity, left, verb, head, sibling)
            return True
        if (
            self.current is not None
            and self.current is not head
            and self.current in self.drafts[-frame.drafts or len(self.drafts) :]
        ):
            head = self.current
        if self._lists_growth(index, quantity, left, verb, right, head):
            return True
        named = left.phrase is not None and not left.phrase.total
        if named or left.period is not None:
            return False
        if quantity.family == "share" and not (verb in CHANGES or verb in ("share", "contribute")):
            self._bracket_comparison(index, quantity, left, verb or "bracket", right, head)
            return True
        if quantity.sign and quantity.family != "share":
            self._bracket_comparison(index, quantity, left, "bracket", right, head)
            return True
        return False

    def _names_growth(self, index: int, quantity: Quantity, left: Left, verb: str, right: FoundBase | None) -> bool:
        """As in "…; khai khoáng (-6,8%); dệt (+3,4%)": the growth of what stands before the bracket."""
        frame, opening = self.frames[-1], frame_open(self.items, index)
        changes = quantity.family == "share" and (quantity.sign or verb in CHANGES) and not self._fresh(left)
        if not changes or self.left != opening + 1:
            return False
        marks = [i for i in range(frame.left, opening) if self.items[i].value in (",", ";", ":")]
        follows = frame.head is not None and frame.head.sentence == self.sentence
        if follows and not marks:
            return False
        low = marks[0] + 1 if follows else max([i + 1 for i in marks if self.items[i].value == ";"], default=frame.left)
        phrase = find_phrase(self.items, low, opening, self.text, lead=True)
        if phrase is None or phrase.total:
            return False
        comparison = self._comparison(index, quantity, left, verb, right)
        draft = self._growth(subject_of(self.items, phrase, self.text), comparison, left)
        draft.comparisons.append(comparison)
        self.left = frame.left = right.next if right is not None else index + 1
        frame.drafts += 1
        return True

    def _lists_growth(
        self, index: int, quantity: Quantity, left: Left, verb: str, right: FoundBase | None, head: Draft
    ) -> bool:
        """As in "tăng 10,2% (trung ương 11,4%, địa phương 8,1%)": the parts of a growth share its verb."""
        growth = head.comparisons[-1] if head.quantity is None and head.comparisons else None
        name = self.items[self.left : index]
        while name and name[0].kind == "mark":
            name = name[1:]
        grows = growth is not None and growth.kind is Measure.CHANGE and quantity.family == "share" and verb == ""
        if growth is None or not grows or not name or any(i.kind != "word" for i in name):
            return False
        comparison = self._comparison(index, quantity, left, "down" if growth.value < 0 else "up", right)
        start, end = name[0].start, name[-1].end
        draft = self._growth(Subject(self.text[start:end], start, end), comparison, left)
        draft.comparisons.append(comparison)
        self.left = right.next if right is not None else index + 1
        self.current = draft
        return True

    def _same_unit(self, head: Draft, quantity: Quantity) -> Draft:
        """The figure of this sentence that counts what the sibling counts, else the head of the bracket."""
        if not quantity.unit or fold(head.unit or "") == fold(quantity.unit):
            return head
        alike = [
            d
            for d in self.drafts
            if d.sentence == self.sentence
            and d.quantity is not None
            and bare_unit(d.unit or "") == bare_unit(quantity.unit)
        ]
        return alike[-1] if alike else head

    def _deal_siblings(self, index: int, left: Left, verb: str, other: str) -> bool:
        """As in "(cùng kỳ tương ứng 19,3%; 41,2% và 34,3%)": one sibling to each of the figures before."""
        count = self._row(index)
        heads = [d for d in self.drafts if self.sentence - d.sentence <= 1 and d.quantity is not None and not d.bracket]
        row = [n for n in range(index, len(self.items)) if self.items[n].kind == "quantity"][:count]
        if count < 2 or len(heads) < count or len(row) < count:
            return False
        for head, position in zip(heads[-count:], row, strict=True):
            value = self.items[position].quantity
            assert value is not None
            self._add_sibling(position, value, left, verb if position == index else "", head, other)
        return True

    def _this_and_last(self, index: int, quantity: Quantity, head: Draft) -> bool:
        """As in "tăng 88 vụ (211/123 vụ)": this year's value over last year's, proved by their difference."""
        change = next((c for c in reversed(head.comparisons) if c.kind is Measure.ABSOLUTE), None)
        if change is None or quantity.total is None or abs(quantity.value - quantity.total) != abs(change.value):
            return False
        now = quantity._replace(total=None, end=quantity.number_end)
        last = quantity._replace(start=quantity.total_start, value=quantity.total, total=None)
        unit = quantity.unit or change.unit
        if head.quantity is None:
            head.quantity, head.unit, head.start, head.end = now, unit, now.start, now.end
        draft = Draft(
            head.subject, last, last.start, last.end, self.sentence,
            period=year_before(head.period or self.report), period_from="stated", parent=head.parent, unit=unit,
        )  # fmt: skip
        self.drafts.append(draft)
        self.frames[-1].drafts += 1
        self.left = index + 1
        return True

    def _echoes(self, opened: tuple[Item, ...], quantity: Quantity, head: Draft) -> bool:
        """Whether the bracket repeats the amount in another currency or in words."""
        if "number_words" in quantity.doubts:
            return True
        if head.quantity is None or quantity.family != "money" or head.quantity.family != "money":
            return False
        if any(i.kind == "echo" for i in opened):
            return True
        foreign = ("USD" in (quantity.unit or "")) != ("USD" in (head.quantity.unit or ""))
        return foreign and not any(i.kind == "word" for i in opened)

    def _sibling(self, opened: tuple[Item, ...], quantity: Quantity, head: Draft) -> str | None:
        """What other time or status a bracket speaks of: plan, same, previous, or a period label; None for neither."""
        again = self.sibling if self.sibling is not None and self.sibling[0] == self.sentence else None
        if again is not None and not opened and head.quantity is not None and head.quantity.family == quantity.family:
            return again[1]  # "56,2% (năm 2011: 58,1%); công nghiệp 18,9% (17,8%)"
        cues = [i for i in opened if i.kind not in ("mark", "bound")]
        if not cues or any(i.kind == "cut" for i in opened):
            return None if not self._repeats_base(head, quantity, opened) else "base"
        first = cues[0]
        if first.kind == "compare" and first.value in ("plan", "same", "previous"):
            return first.value
        if first.kind == "status" and first.value == "plan" and not self.frames[-1].drafts:
            return "plan"
        if first.kind == "period" and not any(i.kind in ("word", "rate") and not i.role & {"link"} for i in cues):
            return first.value or None
        return "base" if self._repeats_base(head, quantity, opened) else None

    def _repeats_base(self, head: Draft, quantity: Quantity, opened: tuple[Item, ...]) -> bool:
        """Whether a bare amount in a bracket is the value of the base: "so với tháng trước (2,64 tỷ USD)"."""
        if not opened and quantity.family == "share" and (head.quantity is None or head.quantity.family == "share"):
            return self._base_before_bracket() is not None
        if opened or quantity.family in ("share", "points", "times") or head.quantity is None or quantity.sign:
            return False
        alike = f"{fold(head.unit or '')} ".startswith(f"{fold(quantity.unit or '')} ")
        return alike and self._base_before_bracket() is not None

    def _base_before_bracket(self) -> str | None:
        """The base cue right before the open bracket."""
        opening = next(
            (i for i in range(len(self.items) - 1, -1, -1) if i < self.left and self.items[i].value == "("), None
        )
        if opening is None or opening == 0:
            return None
        before = self.items[opening - 1]
        if before.kind == "period" and self.items[opening - 2].kind == "compare":
            before = self.items[opening - 2]  # "chỉ tiêu năm 2025 (3.000 căn)"
        if before.kind == "period" and self.items[opening - 2].kind == "cut":
            return before.value or None  # "so với năm 2018 (154.372 triệu đồng)"
        return before.value if before.kind == "compare" and before.value in ("same", "previous", "plan") else None

    def _add_sibling(self, index: int, quantity: Quantity, left: Left, verb: str, head: Draft, other: str) -> None:
        """A figure of the same subject at another time or with the status of a plan."""
        if other == "base":
            other = self._base_before_bracket() or "other"
            cut = frame_open(self.items, index) - 2
            self.sentence_base = base_at(self.items, max(cut, 0), self.text, self.period or self.report)
        period, status = head.period or self.frames[-1].period or self.report, head.status
        if other == "plan":
            status = Status.PLAN
            yearly = any(c.base is Base.PLAN and "năm" in (c.base_text or "") for c in head.comparisons)
            period = str(year_of(period)) if yearly and year_of(period) else period
            dated = self.items[frame_open(self.items, index) - 1]
            period = (
                dated.value if dated.kind == "period" and dated.value else period
            )  # "chỉ tiêu năm 2025 (3.000 căn)"
            period = left.period.value if left.period is not None and left.period.value else period
        elif other == "same" and "năm học" in self.text[self.items[self.left].start : quantity.start].lower():
            period, status = school_year_before(period), Status.ACTUAL
        elif other == "same":
            period, status = year_before(period.removeprefix("../")) if period else None, Status.ACTUAL
        elif other == "previous":
            period, status = label_before(period), Status.ACTUAL
        else:
            period, status = other, Status.ACTUAL
        growing = quantity.family in COMPARATIVE and (verb in CHANGES or (head.quantity is None and verb == ""))
        planned = head.comparisons and head.comparisons[-1].kind is Measure.RATIO and quantity.family == "share"
        shared = planned and head.quantity is not None and head.quantity.family != "share" and other != "plan"
        growing = growing or bool(shared)
        subject = self._own_name(left, other) or head.subject
        draft = self._draft(subject, None if growing else quantity, quantity.start, quantity.end, left)
        draft.period, draft.status, draft.parent = period, status, head.parent
        draft.period_from = "stated" if other != "plan" else head.period_from
        if growing:
            comparison = self._comparison(index, quantity, left, verb or ("reach" if shared else "up"), None)
            comparison.base = next((c.base for c in head.comparisons if c.kind is comparison.kind), None)
            draft.start = comparison.start
            draft.comparisons.append(comparison)
        else:
            draft.unit = quantity.unit or head.unit
        self.left = index + 1
        self.current = draft
        self.period, self.period_from = draft.period, draft.period_from

    def _own_name(self, left: Left, other: str) -> Subject | None:
        """What a sibling names itself: "nhập siêu 96 triệu USD (cùng kỳ xuất siêu 42 triệu USD)"."""
        phrase = left.phrase
        if phrase is None or phrase.verbal or other == "plan":
            return None
        first = next((n for n in range(phrase.first, phrase.last) if self.items[n].kind == "word"), phrase.last)
        return subject_of(self.items, phrase._replace(first=first), self.text) if first < phrase.last else None

    def _bracket_comparison(
        self, index: int, quantity: Quantity, left: Left, verb: str, right: FoundBase | None, head: Draft
    ) -> None:
        """A comparison in brackets; one that repeats a change as a percentage takes its sign and base."""
        comparison = self._comparison(index, quantity, left, verb, right)
        comparison.bracket = True
        comparison.start = quantity.start
        frame = self.frames[-1]
        before = head.comparisons[-1] if head.comparisons else None
        opening = self.items[frame_open(self.items, index)]
        close = before is not None and opening.start - before.end <= 2 + len(self._noun_after(before, opening))
        if before is not None and close and before.kind is Measure.ABSOLUTE and quantity.family == "share":
            comparison.kind = Measure.CHANGE
            comparison.value = abs(quantity.value) * (-1 if before.value < 0 else 1)
            comparison.base, comparison.base_text = before.base, before.base_text
        elif head.subject is not None and head.subject.rate and quantity.sign:
            comparison.kind = Measure.POINTS
        if head.quantity is not None and quantity.sign and quantity.family not in ("share", "points"):
            comparison.kind = Measure.ABSOLUTE
            comparison.unit = quantity.unit or head.unit or ""
        if comparison.base is None and right is None:
            pair = list(frame.comparisons)
            if comparison.kind is Measure.RATIO and self._pair_follows(index):
                comparison.base = Base.PLAN
            elif comparison.kind is not Measure.RATIO and any(c.base is Base.PLAN for c in pair):
                comparison.base = Base.SAME_PERIOD
        head.comparisons.append(comparison)
        frame.comparisons.append(comparison)
        self.left = right.next if right is not None else index + 1

    def _noun_after(self, before: ComparisonDraft, opening: Item) -> str:
        """The counted noun between an absolute change and its bracket: "giảm 2 người chết (-15,38%)"."""
        between = self.text[before.end : opening.start]
        return between if not any(c in between for c in ",;.") else ""

    def _pair_follows(self, index: int) -> bool:
        """Whether a second percentage follows in the same bracket: such pairs are share of plan and change."""
        for item in self.items[index + 1 :]:
            if item.kind == "mark" and item.value == ")":
                return False
            if item.kind == "quantity":
                return item.quantity is not None and item.quantity.family == "share" and bool(item.quantity.sign)
            if item.kind in ("word", "verb", "compare"):
                return False
        return False

    def _bracket_base(self, index: int, frame: Frame) -> None:
        """A base behind a closing bracket holds for the change before it and its repetition inside."""
        if index + 1 >= len(self.items) or frame.head is None:
            return
        found = base_at(self.items, index + 1, self.text, self.period or self.report)
        if found is None:
            return
        for comparison in frame.head.comparisons:
            if comparison.base is None:
                comparison.base, comparison.base_text = found.base, found.text
        if self.items[index + 1].kind == "cut":
            self.left = found.next
