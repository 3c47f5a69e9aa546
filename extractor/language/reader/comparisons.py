"""Comparisons: whether a number compares, and how.

A percentage is a comparison unless its subject is itself a rate; tăng and giảm change, đạt and bằng relate, vượt
and thiếu measure the gap to a plan. Which figure a comparison belongs to stands in ``attachment``.
"""

from __future__ import annotations

import dataclasses

from extractor.domain.figure import Base, Bound, Measure, Status
from extractor.domain.folding import fold
from extractor.domain.period import in_year, year_before, year_of
from extractor.language.lexer.items import Item
from extractor.language.lexer.quantities import Quantity
from extractor.language.lexer.tokens import openings_of, words_of
from extractor.language.reader.attachment import Targets
from extractor.language.reader.comparison_bases import FoundBase, base_at
from extractor.language.reader.drafts import ComparisonDraft, Subject
from extractor.language.reader.left_context import CHANGES, DOWN, Left
from extractor.language.reader.name_spans import counted_phrase


class Comparing(Targets):
    """Reads comparisons."""

    def _is_comparison(self, index: int, quantity: Quantity, left: Left, verb: str, right: FoundBase | None) -> bool:
        """Whether a percentage, points or times compares rather than measures."""
        fresh = self._fresh(left)
        if verb == "from" and (quantity.value_max is not None or quantity.bound is Bound.MIN):
            return True  # "tăng từ 9,5% trở lên"
        if verb in ("from", "level") or self._at_level(quantity):
            return False
        if "/" in (quantity.unit or "") and verb not in CHANGES:
            return False  # "3,2 - 3,9%/năm" is a level
        if left.status is Status.PLAN and (verb == "" or (verb == "reach" and right is None)):
            return False
        if quantity.family == "times":
            return verb in CHANGES or verb == "times" or (verb in ("equal", "reach") and right is not None)
        if quantity.family == "points":
            return self._points(quantity, verb) and not (verb in ("contribute", "contribute_down") and fresh)
        if verb in ("contribute", "contribute_down"):
            return bool(self.frames)  # "tăng 2,99%, đóng góp 4,04%": a share of the growth of all
        if verb in CHANGES or verb == "times":
            return True
        if quantity.sign:
            return True
        subject = self._named(left) if fresh else self.current.subject if self.current else self.subject
        later = (
            left.period is not None
            and self.current is not None
            and self.current.period not in (None, left.period.value)
        )
        if (
            later
            and verb in ("is", "")
            and self.current is not None
            and self.current.quantity is not None
            and self.current.quantity.family == "share"
        ):
            return False
        if (
            fresh
            and subject is not None
            and fold(subject.text) in ("tỷ lệ", "tỷ trọng", "chiếm tỷ lệ")
            and self.current is not None
            and right is None
        ):
            return self.current.sentence == self.sentence and self.current.quantity is not None
        if self._index_under_base(fresh):
            return True
        if subject is not None and subject.rate and (fresh or self.current is None or self.current.quantity is None):
            return False
        counted = self.current.quantity if self.current is not None else None
        shares = counted is not None and counted.family == "share"
        own_noun = self._parted(index, last=shares) and self._noun_follows(index)
        told_before = left.base is not None and left.base.base is not Base.TOTAL
        exists = self._existential(left) and self._noun_follows(index)
        if exists and (left.boundary or (told_before and right is None)):
            return False  # "; có ít nhất 50% số xã đạt chuẩn", "so với quý trước, có 45% số doanh nghiệp"
        if told_before and right is None and verb == "" and own_noun:
            told_before = not shares  # "46% tốt lên so với quý III, 37% giữ ổn định": one more share
        if (right is not None and right.base is not Base.TOTAL) or told_before:
            return True
        listed = own_noun and (right is None or shares)
        if verb == "" and not self.frames and left.phrase is None and listed:
            return False
        opens = left.boundary or left.part
        opening = right is None or (right.base is Base.TOTAL and left.boundary)
        if verb == "" and opening and left.phrase is None and opens and not self.frames and self._noun_follows(index):
            return False
        if verb == "share":
            return not fresh and self.current is not None
        if right is not None:
            return self.current is not None and not fresh
        planned = self.sentence_base is not None and self.sentence_base.base is Base.PLAN
        running = [subject, self.head if left.part or self.listed is not None else None]
        flows = any(s is not None and fold(s.text).startswith(tuple(words_of("flow"))) for s in running)
        if fresh and verb in ("reach", "equal") and (flows or planned or (left.part and self._told_plan())):
            return True
        if fresh:
            return verb == "equal" and not (subject is not None and subject.rate)
        return self.current is not None and self.current.sentence == self.sentence

    def _told_plan(self) -> bool:
        """Whether this sentence has told a share of a plan: its parts tell theirs."""
        mine = (d for d in self.drafts if d.sentence == self.sentence)
        return any(c.base is Base.PLAN for d in mine for c in d.comparisons)

    def _open_with_base(self) -> None:
        """A base that opens the sentence, before a comma, holds for its changes: "So với tháng trước, nhóm …"."""
        if self.sentence_base is not None or self.left != self.sentence_start or self.items[self.left].kind != "cut":
            return
        found = base_at(self.items, self.left, self.text, self.period or self.report)
        if found is not None and found.next < len(self.items) and self.items[found.next].value == ",":
            self.sentence_base, self.left = found, found.next + 1

    def _lead_with_base(self, colon: int) -> None:
        """A base in the words before a colon holds for what they lead: "Các khoản thu đạt thấp so với dự toán: …"."""
        lead = self.items[self.sentence_start : colon]
        cut = next((n for n, i in enumerate(lead) if i.kind == "cut"), None)
        if self.sentence_base is not None or cut is None or any(i.kind == "quantity" for i in lead):
            return
        self.sentence_base = base_at(self.items, self.sentence_start + cut, self.text, self.period or self.report)
        if self.sentence_base is not None and colon + 1 == len(self.items):
            self.left_base = self.sentence_base.base

    def _index_under_base(self, fresh: bool) -> bool:
        """Whether the heading gives an index and its base: "Chỉ số sản xuất công nghiệp … so với cùng kỳ năm trước"."""
        above = self.context.subject
        index = above is not None and fold(above.text).startswith("chỉ số")
        return (
            index
            and bool(self.context.bases)
            and self.context.bases[0] is not Base.PLAN
            and (fresh or self.current is None)
        )

    def _carried(self, index: int) -> str:
        """The verb that a second change shares with the one before it.

        As in "tăng 8,3% về số doanh nghiệp và 9,7% về số vốn", "giảm 8,3% so với tháng trước và 10% so với cùng kỳ".
        """
        told = [c for d in self.drafts if self.sentence - d.sentence <= 1 for c in d.comparisons]
        told = [c for c in told if c.sentence == self.sentence]
        if self._second_absolute(index, told):
            return "down" if told[-1].value < 0 else "up"
        if index == 0 or self.items[index - 1].value != "và":
            return ""
        paired = told and self.left == index - 1 and told[-1].end == self.items[index - 2].end and self._pairs()
        if self._after_about(index) > index + 1:
            told = [c for c in told if c.about is not None]
        elif not paired:
            based = self.left == index - 1 and self.items[self.left - 1].kind in ("compare", "period")
            if not based or index + 1 >= len(self.items) or self.items[index + 1].kind != "cut":
                return ""
        last = max(told, key=lambda c: c.end, default=None)
        if last is None or last.kind is not Measure.CHANGE:
            return ""
        return "down" if last.value < 0 else "up"

    def _pairs(self) -> bool:
        """Whether this sentence or the one before gives figures two changes each: of last month and of last year."""
        recent = [d for d in self.drafts if self.sentence - d.sentence <= 1]
        return any(sum(c.kind is Measure.CHANGE for c in d.comparisons) == 2 for d in recent)

    def _second_absolute(self, index: int, told: list[ComparisonDraft]) -> bool:
        """As in "56 vụ/81 đối tượng …; so với cùng kỳ tăng 9 vụ, 17 đối tượng": the change of another count."""
        quantity = self.items[index].quantity
        if quantity is None or not told or not self._comma_before(index) or self.left != index - 1:
            return False
        last = max(told, key=lambda c: c.end)
        counts = [d for d in self.drafts if d.unit == quantity.unit and d.quantity is not None and not d.comparisons]
        ends = index + 1 >= len(self.items) or self.items[index + 1].kind == "mark"
        return last.kind is Measure.ABSOLUTE and last.unit != quantity.unit and bool(counts) and ends

    def _comma_before(self, index: int) -> bool:
        """Whether a comma stands right before the number."""
        return index > 0 and self.items[index - 1].value == ","

    def _parted(self, index: int, *, last: bool) -> bool:
        """Whether a comma stands right before the number; before the ``last`` of a list "và" does."""
        return self._comma_before(index) or (last and index > 0 and self.items[index - 1].value == "và")

    def _lost_percent(self, quantity: Quantity, verb: str) -> bool:
        """A number with decimals and no unit after tăng/giảm has lost its % sign."""
        return verb in CHANGES and quantity.decimals > 0

    def _falls(self, left: Left) -> bool:
        """Whether the verb of "giảm từ … đến …" is giảm."""
        return self._verb_words(left).startswith("giảm")

    def _is_level(self, left: Left) -> bool:
        """Whether "từ" makes a level of the number after tăng/giảm: "tăng từ 41.250 người lên …"."""
        return left.verb is not None and left.verb.value == "from"

    def _is_shortage(self, quantity: Quantity, left: Left) -> bool:
        """As in "…; thiếu 32.400 giáo viên": what is lacking opens a clause; no gap to the plan before it."""
        lacking = left.verb is not None and left.verb.value == "lack" and left.boundary and left.phrase is None
        counted = self.current.unit if self.current is not None else None
        return lacking and bool(quantity.unit) and fold(quantity.unit or "") != fold(counted or "")

    def _points(self, quantity: Quantity, verb: str) -> bool:
        """As in "điểm" alone is a score unless a change verb stands before it."""
        if fold(quantity.unit or "") == "điểm":
            return verb in CHANGES
        return True

    def _led_by(self, left: Left) -> Item | None:
        """The tăng/giảm that stands before the name of a rate: "giảm tỷ lệ hộ nghèo từ 1 - 1,5%"."""
        if left.phrase is None or left.phrase.first == 0 or self.items[left.phrase.first].kind != "rate":
            return None
        before = self.items[left.phrase.first - 1]
        return before if before.kind == "verb" and before.value in CHANGES else None

    def _grown(self, index: int, left: Left) -> str:
        """The change that the name itself tells, where a base follows: "phấn đấu tăng thu 5% so với dự toán"."""
        based = index + 1 < len(self.items) and self.items[index + 1].kind == "cut"
        first = self.items[left.phrase.first].value if based and left.phrase is not None else ""
        return {"tăng": "up", "giảm": "down"}.get(first.partition(" ")[0], "")

    def _compare(self, index: int, quantity: Quantity, left: Left, verb: str, right: FoundBase | None) -> None:
        """Attach a comparison to the figure it belongs to, or open a growth rate that stands alone."""
        if (
            right is not None
            and right.base is Base.PLAN
            and (self._opens_share(left) or (self._nameless(left) and verb in ("reach", "")))
        ):
            self._share_first(index, quantity, left, right)
            return
        base = right or left.base
        self.after_value = False
        comparison = self._comparison(index, quantity, left, verb, base)
        self.left = index + 1
        if right is not None:
            self.left = right.next
        elif comparison.kind is Measure.ABSOLUTE:
            self.left = self._behind_words(index)
        elif comparison.verb == "share" and comparison.kind is Measure.RATIO and self._noun_follows(index):
            self.left = self._behind_noun(index, quantity)
        if left.base is not None and right is None:
            self.sentence_base = left.base
        about = self._about(index)
        if about is not None:
            comparison.about, self.left = about, self._after_about(index)
            later = (
                base_at(self.items, self.left, self.text, self.period or self.report)
                if self.left < len(self.items)
                else None
            )
            if later is not None and comparison.base is None:
                comparison.base, comparison.base_text, self.left = later.base, later.text, later.next
        if self._shared(comparison, left):
            return
        if (left.each or self._spreads_again(left)) and self._spread_over(comparison, left):
            return
        if self._level_of_growth(comparison, quantity, left, index):
            return
        target = self._target(comparison, quantity, left, index)
        target.comparisons.append(comparison)
        bare = target.quantity is not None and target.unit is None
        if bare and comparison.kind is Measure.ABSOLUTE and quantity.unit:
            target.unit = quantity.unit  # "số doanh nghiệp giải thể là 158, tăng 22 doanh nghiệp"
            target.doubts.append("unit_inherited")
        if (
            target.subject is not None
            and target.subject.rate
            and not f"{fold(target.subject.text)} ".startswith(openings_of("price"))
            and comparison.kind is Measure.CHANGE
            and comparison.unit in ("%", "‰")
        ) or (comparison.kind is Measure.CHANGE and comparison.unit == "‰"):
            comparison.kind = Measure.POINTS
        if (
            target.quantity is not None
            and target.quantity.family == "share"
            and comparison.kind is Measure.CHANGE
            and comparison.unit == "%"
            and target.subject is not None
        ):
            comparison.kind = Measure.POINTS
        self.current = target

    def _shared(self, comparison: ComparisonDraft, left: Left) -> bool:
        """As in "cả hai chỉ tiêu đều tăng hơn 10%": one change for each of the figures before."""
        if not self._verb_words(left).startswith(("đều ", "cùng ")):
            return False
        words = fold(self._named_text(left))
        if words and not words.startswith(("cả ", "hai ", "ba ", "các chỉ tiêu", "chỉ tiêu")):
            return False
        count = 3 if "ba" in words.split() else 2
        recent = [d for d in self.drafts if self.sentence - d.sentence <= 1]
        values = [d for d in recent if d.quantity is not None and not d.bracket]
        if len(values) < count:
            return False
        for draft in values[-count:]:
            draft.comparisons.append(dataclasses.replace(comparison))
        self.current = values[-1]
        return True

    def _opens_share(self, left: Left) -> bool:
        """Whether "hoàn thành" opens the sentence: the share that follows is itself what is reported."""
        opens = self._verb_words(left) == "hoàn thành"
        return opens and not self._fresh(left) and (self.current is None or self.current.sentence != self.sentence)

    def _nameless(self, left: Left) -> bool:
        """Whether nothing so far says whose share it is."""
        current = self.current is not None and self.current.sentence == self.sentence
        return (
            not self._fresh(left)
            and not current
            and (self.subject is None or not self.drafts)
            and left.base is None
            and self.context.subject is self.subject
        )

    def _share_first(self, index: int, quantity: Quantity, left: Left, right: FoundBase) -> None:
        """As in "hoàn thành 100% chỉ tiêu giao quân": the share is the value and the plan its name."""
        first = self.items[index + 1]
        last = self.items[right.next - 1]
        while last.kind == "period" and right.next - 2 > index:
            last = self.items[right.next - 2]
            break
        name = Subject(self.text[first.start : last.end], first.start, last.end)
        if self.context.subject is not None and len(name.text.split()) < 3:
            name = self.context.subject
        draft = self._draft(name, quantity, quantity.start, quantity.end, left)
        draft.unit = quantity.unit
        self.left = right.next
        self.current = draft

    def _comparison(
        self, index: int, quantity: Quantity, left: Left, verb: str, base: FoundBase | None
    ) -> ComparisonDraft:
        """The comparison that the quantity states, its base as printed beside it or still open."""
        if verb == "from":
            verb = "down" if self._falls(left) else "up"
        sign = -1 if verb in DOWN or (quantity.sign < 0 and verb not in CHANGES) else 1
        unit = quantity.unit or "%"
        kind = Measure.CHANGE
        counted = self.current.quantity if self.current is not None else None
        elided = quantity.unit is None and quantity.decimals == 0 and verb in CHANGES and counted is not None
        if elided and counted is not None and counted.family not in ("share", "points"):
            unit = self._elided_unit(index)
            kind = Measure.ABSOLUTE if unit != "%" else kind
        if quantity.family == "points":
            kind = Measure.POINTS
            if verb in ("contribute", "contribute_down"):
                base = base or FoundBase(Base.OTHER, "tăng trưởng", index + 1)
        elif quantity.family == "times":
            ratio = verb in ("times", "equal", "reach") or (verb == "up" and quantity.value >= 2)
            kind = Measure.MULTIPLE if ratio else Measure.CHANGE
        elif quantity.family not in ("share", "") or kind is Measure.ABSOLUTE:
            kind = Measure.ABSOLUTE
        elif verb in ("contribute", "contribute_down"):
            kind = Measure.POINTS
            base = base or FoundBase(Base.OTHER, "tăng trưởng", index + 1)
        elif verb not in CHANGES and not quantity.sign:
            kind, sign = Measure.RATIO, 1
        if verb in CHANGES and quantity.sign < 0 and verb == "up":
            sign = -1
        value = quantity.value * sign
        if base is None and kind is Measure.RATIO and verb in ("reach", "equal", "share") and self._noun_follows(index):
            words, _, _ = counted_phrase(self.items, index, quantity, self.text)
            base = FoundBase(Base.TOTAL, words[len(unit) :].strip(), index + 1)
        planned = self.sentence_base is not None and self.sentence_base.base is Base.PLAN
        fits = (kind is Measure.RATIO) == planned or verb == "equal"
        found = base or (self.sentence_base if fits else None)
        start = left.verb.start if left.verb is not None else quantity.start
        comparison = ComparisonDraft(
            kind, value, unit, start, quantity.end, self.sentence, verb or "none",
            value_max=quantity.value_max * sign if quantity.value_max is not None else None,
            bound=quantity.bound, decimals=quantity.decimals, doubts=quantity.doubts,
        )  # fmt: skip
        if found is not None:
            comparison.base, comparison.base_text = found.base, found.text
        return comparison

    def _elided_unit(self, index: int) -> str:
        """The unit that a bare change leaves out: that of its figure, the noun counted, or the % at the row's end."""
        last = index + max(self._row(index), 1) - 1
        ahead = [i.quantity for i in self.items[index : index + 6] if i.quantity is not None] if last > index else []
        if any(q.family == "share" for q in ahead) or self.current is None:
            return "%"
        named = self.current.subject.text if self.current.subject is not None else None
        return self.current.unit or named or "%"

    def _over_a_rate(self, left: Left, index: int) -> bool:
        """Whether nothing but "tốc độ tăng" stands between "cao hơn" and the number."""
        if left.verb is None or left.verb.value not in CHANGES:
            return False
        between = self.items[self._place(left.verb) + 1 : index]
        return bool(between) and all(i.kind == "rate" for i in between)

    def _level_of_growth(self, comparison: ComparisonDraft, quantity: Quantity, left: Left, index: int) -> bool:
        """The growth or the rate of another time, a figure of its own.

        As in "thấp hơn mức tăng 10,4% của cùng kỳ năm 2018", "5,2% so với 17,5% của năm 1992".
        """
        if self.current is None:
            return False
        growth = next((c for c in self.current.comparisons if c.kind is Measure.CHANGE), None)
        rated = self.current.quantity is not None and self.current.quantity.family == quantity.family
        quoted = left.verb is None and self.items[index - 1].kind == "cut" and (growth is not None or rated)
        level = left.verb is not None and self._before(left.verb.start).endswith("mức")
        if not (quoted or level or self._over_a_rate(left, index)):
            return False
        at = index + 1
        if at < len(self.items) and self.items[at].value == "của":
            at += 1
        if at >= len(self.items) or self.items[at].kind not in ("compare", "period"):
            return False
        item = self.items[at]
        period = item.value if item.kind == "period" else year_before(self.current.period or self.report)
        other = quantity if quoted and rated else None
        draft = self._draft(self.current.subject, other, comparison.start, comparison.end, left)
        draft.period, draft.period_from, draft.status = period, "stated", Status.ACTUAL
        draft.unit = other.unit if other is not None else None
        self.left = at + 1
        if self.left < len(self.items) and self.items[self.left].kind == "period":
            draft.period = in_year(draft.period, year_of(self.items[self.left].value))  # "cùng kỳ năm 2016"
            self.left += 1
        if other is not None:
            return True
        if quoted and growth is not None:
            comparison.kind = growth.kind
            comparison.value = comparison.value.copy_sign(growth.value)
        comparison.base, comparison.base_text = Base.SAME_PERIOD, None
        draft.comparisons.append(comparison)
        return True
