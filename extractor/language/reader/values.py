"""Values: what a number measures, and what else it may be.

The label before it names it, else the counted noun after it, else what the sentence is about. Denominators labelled
as plan, amounts that repeat, durations and numbers in names are told apart here.
"""

from __future__ import annotations

from extractor.domain.figure import Status
from extractor.domain.folding import fold
from extractor.language.lexer.quantities import Quantity
from extractor.language.lexer.tokens import words_of
from extractor.language.reader.comparisons import Comparing
from extractor.language.reader.drafts import Draft, Subject
from extractor.language.reader.left_context import Left, bare_unit, is_place, without_scale
from extractor.language.reader.name_spans import Phrase, counted_phrase, is_measured


class Valuing(Comparing):
    """Reads values."""

    def _value(self, index: int, quantity: Quantity, left: Left, verb: str) -> None:
        """A figure with a value: its subject, unit, period and status."""
        if quantity.value_max is None and verb == "up" and quantity.family == "":
            self.left = index + 1
            return
        if left.part:
            self.head = self._head_subject()
            self.parent = self.head.text if self.head is not None else self.parent
            if left.phrase is None and left.period is not None and self.listed is not None:
                self.subject, self.parent = self.listed.subject, self.context.parent  # "…; riêng tháng 12 đạt"
        if self._repeats_rate(index, quantity):
            self.echoes.append(quantity)
            self.left = index + 1
            return
        if left.each and self._deal_values(index, left):
            return
        if self._at_level(quantity) and self.current is not None:
            left = left._replace(phrase=None)
        if self._is_name(index, quantity, left, verb):
            if self._fresh(left) and quantity.family in ("time", "mass", "volume") and not self.frames:
                self.subject = self._named(left)  # "tổng vốn đầu tư toàn xã hội 5 năm khoảng 215 nghìn tỷ đồng"
            self.names.append(quantity)
            self.left = index + 1
            return
        if self._levels_growth(index, quantity, left) or self._divides(index, quantity):
            return
        subject, doubts = self._predicated(index, quantity) or self._subject(index, quantity, left, verb)
        equated = left.verb is not None and self.text[left.verb.start : left.verb.end] == "=" and left.phrase is None
        if equated and self.current is not None:
            subject = self.current.subject
        if subject is None and quantity.unit is None:
            self.left = index + 1
            return
        quantity = self._below_zero(index, quantity, left)
        if verb in ("contribute", "contribute_down") and subject is not None:
            subject = subject._replace(qualifier="đóng góp")
            quantity = quantity._replace(sign=-1) if verb == "contribute_down" else quantity
        draft = self._draft(subject, quantity, quantity.start, quantity.end, left)
        draft.doubts += doubts
        draft.noun = self._words_behind(index) if quantity.unit else ""
        draft.unit = quantity.unit
        draft.exists = self._existential(left)
        draft.cases = self._cases_before(index, quantity, left)
        draft.led = self._named_text(left) if left.phrase is not None and left.phrase.verbal else ""
        whole = self._whole(left)
        if (
            quantity.family == "noun"
            and not (left.boundary and left.phrase is not None and left.phrase.verbal)
            and whole is not None
            and whole.quantity is not None
            and whole.quantity.family in ("count", "person", "award", "noun")
        ):
            draft.unit = whole.unit
        elif quantity.unit is None and self.frames and self.frames[-1].head is not None:
            draft.unit = self.frames[-1].head.unit
            draft.doubts.append("unit_inherited")
        elif quantity.unit is None and whole is not None and whole.unit and self.context.unit is None:
            draft.unit = whole.unit
            draft.doubts.append("unit_inherited")
        elif quantity.unit is None and self.context.unit is not None:
            draft.unit = self.context.unit
            draft.doubts.append("unit_inherited")
        elif self._counts_same(quantity, left):
            assert self.current is not None
            draft.unit = self.current.unit
            draft.doubts.append("unit_inherited")
        self.left = self._behind_noun(index, quantity)
        if quantity.family == "share" and self.left < len(self.items) and self.items[self.left].value == "/":
            self.left = self._behind_words(self.left)  # "0,21%/tổng dư nợ, giảm 0,05%"
        self.after_value = True
        self._late_period(draft, self.left - 1)
        self._mated(draft)
        self.mate = None
        self._slash_plan(draft, index)
        self.current = self.mate or draft
        if self._before(quantity.start).lower().endswith("trên tổng số") and self.drafts[:-1]:
            self.current = self.drafts[-2]  # "412 nhà trên tổng số 460 nhà, đạt 89,6%"
        if subject is not None and not self.frames:
            self.subject = subject

    def _counts_same(self, quantity: Quantity, left: Left) -> bool:
        """Whether a bare number tells how many of the persons just counted: "gọi 74 thanh niên, có mặt 68"."""
        counted = self.current.quantity if self.current is not None else None
        bare = quantity.unit is None and quantity.decimals == 0 and quantity.total is None
        if not bare or counted is None or self.current is None or self.current.sentence != self.sentence:
            return False
        persons = counted.family == "person" and quantity.value <= counted.value
        return persons and left.comma and not left.boundary and not left.colon

    def _cases_before(self, index: int, quantity: Quantity, left: Left) -> Draft | None:
        """The cases that stand right before the persons in them; a share behind both is of the cases."""
        paired = self._comma_before(index) and left.phrase is None and left.verb is None and quantity.family == "person"
        counted = bare_unit(self.current.unit or "") if self.current is not None else ""
        return self.current if paired and counted in words_of("case") else None

    def _levels_growth(self, index: int, quantity: Quantity, left: Left) -> bool:
        """As in "tỷ lệ sinh giảm 0,6‰, còn 17,8‰": the level of the growth rate just stated, one figure with it."""
        current = self.current
        if (
            current is None
            or current.spread
            or current.quantity is not None
            or current.sentence != self.sentence
            or left.phrase is not None
        ):
            return False
        told = self._verb_words(left) in ("còn", "chỉ còn", "xuống còn", "đạt", "lên", "lên mức")
        if left.period is not None or not (told or self.items[index - 1].value == "tới"):
            return False
        current.quantity, current.unit = quantity, quantity.unit
        current.start, current.end = quantity.start, quantity.end
        self.left = index + 1
        return True

    def _divides(self, index: int, quantity: Quantity) -> bool:
        """As in "6.415 việc/7.862 việc": the whole of which the figure before is a part, or its plan."""
        current, before = self.current, self.items[index - 1]
        if current is None or current.quantity is None or before.value != "/" or current.end != before.start:
            return False
        if before.end != quantity.start or fold(current.unit or "") != fold(quantity.unit or ""):
            return False
        behind = self.items[index + 1 : index + 8]
        clause = next((n for n, item in enumerate(behind) if item.value in (";", ".", "(")), len(behind))
        planned = [n for n, i in enumerate(behind[:clause]) if i.kind in ("compare", "status") and i.value == "plan"]
        if planned and planned[0] < 2:
            self._plan_twin(current, quantity._replace(doubts=()), index + 2 if planned[0] == 0 else index + 1)
            current.planned = True
        else:
            whole = current.quantity._replace(total=quantity.value, total_start=quantity.start)
            current.quantity = whole._replace(end=quantity.end, number_end=quantity.number_end)
            current.end, self.left = quantity.end, index + 1
        return True

    def _is_name(self, index: int, quantity: Quantity, left: Left, verb: str) -> bool:
        """Whether the number belongs to a name after all: "tổ dân phố Đẩu Sơn 1", "Kế hoạch sử dụng đất 5 năm"."""
        unit = fold(quantity.unit or "")
        if unit in ("năm", "tháng") and verb == "" and not left.colon and quantity.decimals == 0:
            rate = left.phrase is not None and any(
                w in fold(self._named_text(left)) for w in ("tuổi", "thời gian", "bình quân", "thời hạn")
            )
            return not rate
        behind = self.items[index + 1].quantity if index + 1 < len(self.items) else None
        if behind is None and quantity.bound_start and self._copula(index + 1) and index + 2 < len(self.items):
            behind = self.items[index + 2].quantity  # "tàu trên 90 CV là 1.112 chiếc"
        if behind is not None and quantity.family in ("mass", "volume") and behind.family == "money" and not left.colon:
            return True  # "gas Petro 12kg 386.000 đ/bình"
        if behind is not None and quantity.bound_start and quantity.unit and behind.family not in ("share", "points"):
            return verb == "" and behind.bound_start is None  # "tàu dưới 20 CV 1.846 chiếc"
        follows = self.items[index + 1].value if index + 1 < len(self.items) else ""
        if (
            quantity.total is not None
            and quantity.family in ("noun", "")
            and verb == ""
            and follows not in ("equal", "reach")
        ):
            return quantity.value <= 31 and quantity.total <= 12
        if quantity.unit is None and not self.frames and quantity.value <= 20 and quantity.decimals == 0 and verb == "":
            word = self._before(quantity.start).rpartition(" ")[2]
            zero = self.text[quantity.start] == "0"
            return word[:1].isupper() and not zero and index > 1 and not self._among_places(index)
        return False

    def _copula(self, index: int) -> bool:
        """Whether "là" stands at ``index``."""
        item = self.items[index] if index < len(self.items) else None
        return item is not None and item.kind == "verb" and self.text[item.start : item.end] == "là"

    def _among_places(self, index: int) -> bool:
        """Whether a list gives each of several places its number: "thôn Thượng 21, thôn Trung 17, thôn Hạ 14"."""
        bare = []
        for item, before in zip(self.items[self.sentence_start + 1 :], self.items[self.sentence_start :], strict=False):
            if item.value == "." and item.start > self.items[index].start:
                break
            if item.quantity is not None and item.quantity.unit is None and before.proper:
                bare.append(item.quantity.value)
        return len(bare) > 2 and max(bare) > 20

    def _below_zero(self, index: int, quantity: Quantity, left: Left) -> Quantity:
        """A detached dash is a minus where a balance is spoken of: "cân đối thương mại - 4 475 triệu USD"."""
        before = self.items[index - 1] if index else None
        if before is None or before.value not in ("-", "−", "–") or left.phrase is None or quantity.sign:
            return quantity
        balance = any("balance" in i.role for i in self.items[left.phrase.first : left.phrase.last])
        return quantity._replace(start=before.start, sign=-1) if balance else quantity

    def _repeats_rate(self, index: int, quantity: Quantity) -> bool:
        """Whether a rate only quotes one already given: "Trong 6,8% tăng trưởng thì …"."""
        if quantity.family != "share":
            return False
        after = self.items[index + 1] if index + 1 < len(self.items) else None
        names = after is not None and fold(self.text[after.start : after.end]).startswith("tăng trưởng")
        begin = self.items[self.sentence_start].start
        opening = self.text[begin : begin + len("trong tốc độ tăng")].lower()
        names = names or opening.startswith(("trong mức tăng", "trong tốc độ tăng"))
        return names and any(
            c.value == quantity.value and c.unit == quantity.unit for d in self.drafts for c in d.comparisons
        )

    def _head_subject(self) -> Subject | None:
        """What a "trong đó" details: the last subject outside brackets."""
        return self.subject

    def _subject(self, index: int, quantity: Quantity, left: Left, verb: str) -> tuple[Subject | None, list[str]]:
        """Label before the value, else the counted noun after it, else what is inherited."""
        named = self._named(left)
        phrase = left.phrase
        counted, end, extra = counted_phrase(self.items, index, quantity, self.text) if quantity.unit else ("", 0, 0)
        doubts = ["indicator_uncertain"] if phrase is not None and phrase.long else []
        if is_measured(quantity):
            return self._measured_subject(index, named, phrase, counted, quantity, extra, doubts)
        counted = without_scale(counted)
        begin = end - len(counted)
        if phrase is None or phrase.total or named is None:
            remains = self._verb_words(left) in ("còn", "còn lại", "chỉ còn")
            earlier = self._counted_before(quantity, left) if extra == 0 else None
            if earlier is not None:
                return earlier, [*doubts, "indicator_inherited"]
            if (verb and not remains and self._same_counted(quantity, extra)) or (
                self.subject is not None and not self._existential(left) and self._labels(left, verb, extra)
            ):
                return self.subject, [*doubts, "indicator_inherited"]
            return Subject(counted, begin, end), doubts
        if quantity.family == "award":
            return Subject(counted, begin, end), doubts
        existential = self._existential(left)
        acting = extra > 0 and phrase.last - phrase.first <= 2 and is_place(self.items, phrase)
        if self._prepositional(index) or acting:
            return Subject(counted, begin, end), doubts
        bare = not extra and self._generic(quantity) and quantity.family != "person" and not phrase.verbal
        bare = bare and not (left.verb is not None and left.verb.value == "event" and phrase.long)
        divided = quantity.total is not None
        if existential and (divided or not bare or is_place(self.items, phrase)):
            return Subject(counted, begin, end), doubts
        if (
            not verb
            and not self._colon_before(index)
            and extra
            and quantity.family == "count"
            and not self._generic(quantity)
        ):
            return Subject(counted, begin, end), doubts
        more = len(self._words_behind(index).split()) > len((quantity.unit or "").split())
        if self._colon_before(index):
            labelled = named if not extra and not more else Subject(counted, begin, end)
            return labelled, doubts
        if phrase.verbal:
            if extra or (quantity.family in ("count", "noun") and not self._generic(quantity)):
                return Subject(counted, begin, end), doubts
            led = self.items[phrase.first : phrase.last]
            bare = all("action" in i.role for i in led) and sum(i.value.count(" ") + 1 for i in led) < 3
            if not bare or self._unit_seen(quantity):
                return named, doubts
            classifier = without_scale(quantity.unit or "")
            lately = "mới " if self.items[index - 1].value == "mới" else ""
            return Subject(f"{named.text} {lately}{classifier}", named.start, named.end, named.qualifier), doubts
        return named, doubts

    def _predicated(self, index: int, quantity: Quantity) -> tuple[Subject, list[str]] | None:
        """What a bare number in a bracket is said to have reached: "(07 đạt loại khá trở lên, 01 đạt …)"."""
        behind = self.items[index + 1 : index + 8]
        if not self.frames or quantity.unit is not None or len(behind) < 2:
            return None
        if behind[0].kind != "verb" or behind[0].value not in ("none", "reach") or behind[1].kind != "word":
            return None
        end = next((n for n, i in enumerate(behind) if i.kind in ("mark", "quantity")), len(behind))
        start, stop = behind[0].start, behind[end - 1].end
        return Subject(self.text[start:stop], start, stop), []

    def _rated(self, index: int) -> Subject | None:
        """What a percentage that opens a clause is a share of: "98% số hộ được dùng điện lưới"."""
        end = index + 1
        ends = ("mark", "quantity", "period", "cut")
        while end < len(self.items) and end - index < 12 and self.items[end].kind not in ends:
            end += 1
        begin = index + 1
        if begin < len(self.items) and self.items[begin].kind == "verb" and self.items[begin].value == "is":
            begin += 1  # "trong đó 98,4% là thuê bao di động"
            while end < len(self.items) and end - index < 12 and self.items[end].kind in ("word", "rate", "verb"):
                end += 1
        while end > begin and self.items[end - 1].value in ("và", "nhưng"):
            end -= 1
        first = self.items[begin] if end > begin else None
        if first is None or first.kind not in ("word", "compare", "rate"):
            return None
        if first.role & {"link", "stop"} and first.value != "số":
            return None
        start, stop = self.items[begin].start, self.items[end - 1].end
        return Subject(self.text[start:stop], start, stop)

    def _measured_subject(
        self,
        index: int,
        named: Subject | None,
        phrase: Phrase | None,
        counted: str,
        quantity: Quantity,
        extra: int,
        doubts: list[str],
    ) -> tuple[Subject | None, list[str]]:
        """A unit that only measures cannot name.

        The label before it does, with the noun after it where a verb leads.
        """
        noun = counted[len(quantity.unit or "") :].strip()
        if quantity.family == "share" and (named is None or self._colon_before(index) or self._shares_again(index)):
            behind = self._rated(index)
            if behind is not None:
                return behind, doubts
        if named is not None and phrase is not None:
            if phrase.verbal and noun and extra and "action" not in self.items[index + 1].role:
                return Subject(f"{named.text} {noun}", named.start, named.end, named.qualifier), doubts
            return named, doubts
        if (
            self.frames
            and self.frames[-1].drafts
            and self.current is not None
            and self.current is not self.frames[-1].head
        ):
            return self.current.subject, doubts
        if noun and extra and (self.subject is None or quantity.family != "money"):
            start = quantity.end + (len(counted) - len(quantity.unit or "") - len(noun))
            return Subject(noun, start, start + len(noun)), doubts
        if self.subject is None:
            return None, [*doubts, "indicator_missing"]
        return self.subject, doubts if self.current is not None else [*doubts, "indicator_inherited"]

    def _shares_again(self, index: int) -> bool:
        """As in "100% số xã và 97,8% số hộ sử dụng điện", "cho thấy 41% số …": the whole stands behind a percentage."""
        joined = self.items[index - 1].value in ("và", ",", ";", "thấy") if index else False
        return joined and index + 1 < len(self.items) and self.items[index + 1].value == "số"

    def _prepositional(self, index: int) -> bool:
        """Whether a preposition right before the number makes its noun an object of its own: "tại 06 đình, đền"."""
        return index > 0 and self.items[index - 1].value in words_of("preposition")

    def _colon_before(self, index: int) -> bool:
        """Whether a colon stands right before the number: what follows it is a list of its own."""
        before = self.items[index - 1]
        return before.kind == "mark" and before.value == ":"

    def _same_counted(self, quantity: Quantity, extra: int) -> bool:
        """Whether the bare unit is that of the running subject: "… quý 1 đạt 34 xã"."""
        return (
            extra == 0
            and self.current is not None
            and bare_unit(self.current.unit or "") == bare_unit(quantity.unit or "")
            and self.current.sentence == self.sentence
        )

    def _counted_before(self, quantity: Quantity, left: Left) -> Subject | None:
        """What an earlier figure of the sentence counts in this unit, where a period leads: "tính chung 4 tháng"."""
        if left.period is None:
            return None
        place = self._place(left.period)
        before = self.items[place - 1] if place else None
        if before is not None and before.kind == "word" and not before.role & {"link", "total", "scope"}:
            return None  # "tuyên truyền về trật tự đường hè năm 2023 tổng 34 tin": the year belongs to a name
        alike = [d for d in self.drafts if d.sentence == self.sentence and d.quantity is not None and not d.bracket]
        return next((d.subject for d in alike if bare_unit(d.unit or "") == bare_unit(quantity.unit or "")), None)

    def _labels(self, left: Left, verb: str, extra: int) -> bool:
        """Whether the subject above labels this count: a lead with a colon, or a period, and a bare unit."""
        return (
            extra == 0
            and (verb in ("reach", "is") or left.period is not None or left.status is not None)
            and self.current is None
        )

    def _late_period(self, draft: Draft, index: int) -> None:
        """A period right behind the value: "đạt 361 nghìn lượt trong tháng 7", "13,4% của năm 1995"."""
        at = index + 1
        while at < len(self.items) and self.items[at].value in ("của", "trong", "vào"):
            at += 1
        if (
            at < len(self.items)
            and self.items[at].kind == "period"
            and (at > index + 1 or self.period_from != "stated")
        ):
            item = self.items[at]
            if item.value and not self._names_term(at):
                draft.period, draft.period_from = item.value, "stated"
                self.left = at + 1
            return
        if self.period_from != "stated":
            self._led_period(draft, index)

    def _led_period(self, draft: Draft, index: int) -> None:
        """A period that a preposition leads in further on in the clause."""
        for position in range(index + 1, min(len(self.items), index + 16)):
            item = self.items[position]
            if item.kind in ("quantity", "verb", "cut", "part") or (item.kind == "mark" and item.value in ",;:()."):
                return
            if item.kind == "period" and item.value and self.items[position - 1].value in ("trong", "vào"):
                draft.period, draft.period_from = item.value, "stated"
                return

    def _slash_plan(self, draft: Draft, index: int) -> None:
        """A denominator that is labelled as plan is a figure of its own: "3.118/4.500 ha KH", "… /14.000 tấn KH"."""
        quantity = draft.quantity
        if quantity is None:
            return
        before = self.items[index - 2 : index]
        if (
            len(before) == 2
            and before[0].value == "/"
            and before[1].kind == "compare"
            and before[1].value == "plan"
            and self.current is not None
        ):
            draft.subject, draft.status, draft.parent = self.current.subject, Status.PLAN, self.current.parent
            self.mate, self.current.planned = self.current, True
            return
        behind = index + 1 + (index + 1 < len(self.items) and self.items[index + 1].value == "theo")
        after = self.items[behind] if behind < len(self.items) else None
        planned = after is not None and (
            (after.kind == "compare" and after.value == "plan") or (after.kind == "status" and after.value == "plan")
        )
        if quantity.total is not None and planned:
            draft.quantity, draft.planned = quantity._replace(total=None), True
            twin = quantity._replace(start=quantity.total_start, value=quantity.total, total=None, doubts=())
            self._plan_twin(draft, twin, behind + 1)
            return
        if (
            index
            and self.items[index - 1].value == "/"
            and planned
            and self.current is not None
            and self.current is not draft
        ):
            draft.subject, draft.status, draft.parent = self.current.subject, Status.PLAN, self.current.parent
            self.left = index + 2
            self.mate, self.current.planned = self.current, True

    def _plan_twin(self, draft: Draft, quantity: Quantity, after: int) -> None:
        twin = Draft(
            draft.subject, quantity, quantity.start, quantity.end, self.sentence,
            period=draft.period, period_from=draft.period_from, status=Status.PLAN,
            parent=draft.parent, unit=draft.unit,
        )  # fmt: skip
        self.drafts.append(twin)
        self.left = after
