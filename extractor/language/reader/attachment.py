"""Which figure a comparison belongs to.

It goes to the nearest value before it unless "về …", a counted noun or a subject of its own says otherwise; a growth
rate without a value stands alone.
"""

from __future__ import annotations

from decimal import Decimal

from extractor.domain.figure import Bound, Measure
from extractor.domain.folding import fold
from extractor.domain.unit import COMPARATIVE
from extractor.language.lexer.quantities import Quantity
from extractor.language.lexer.tokens import words_of
from extractor.language.reader.drafts import ComparisonDraft, Draft, Subject
from extractor.language.reader.left_context import CHANGES, Left, bare_unit
from extractor.language.reader.name_spans import counted_phrase
from extractor.language.reader.respectively import Rows


class Targets(Rows):
    """Finds the figure that a comparison belongs to."""

    def _about(self, index: int) -> str | None:
        """The words of "về vốn đăng ký" right behind a comparison."""
        end = self._after_about(index)
        if end == index + 1:
            return None
        return fold(self.text[self.items[index + 2].start : self.items[end - 1].end])

    def _counts_behind(self, index: int) -> bool:
        """Whether "số …" behind a change names a figure before it: "(tăng 3,8% số vụ, tăng 4,1% số đối tượng)"."""
        told = self.items[index - 1].kind == "verb" and self.items[index - 1].value in CHANGES
        if not told or self.items[index + 1].value != "số" or index + 2 >= len(self.items):
            return False
        counted = fold(self.items[index + 2].value)
        return any(fold(d.unit or "").startswith(counted) for d in self.drafts if d.sentence == self.sentence)

    def _after_about(self, index: int) -> int:
        """Index behind "về …"; ``index + 1`` where there is none."""
        items = self.items
        if index + 1 >= len(items) or not (items[index + 1].kind == "about" or self._counts_behind(index)):
            return index + 1
        end = index + 2
        while (
            end < len(items)
            and end - index < 10
            and items[end].kind in ("word", "rate", "mark")
            and items[end].value not in (",", ";", ".", "(", ")", "và")
            and not (items[end].role & {"link"} and items[end].value != "số")
        ):
            end += 1
            if end < len(items) and items[end - 1].kind == "mark" and items[end - 1].value != ".":
                break
        while (
            end < len(items)
            and items[end].kind == "mark"
            and items[end].value == "."
            and items[end].start == items[end - 1].end
            and end + 1 < len(items)
            and items[end + 1].start == items[end].end
        ):
            end += 2
        return max(end, index + 2) if end > index + 2 else index + 1

    def _target(self, comparison: ComparisonDraft, quantity: Quantity, left: Left, index: int) -> Draft:
        """The figure that the comparison belongs to; a new one without a value where its subject is new."""
        if comparison.about is not None:
            matched = self._measured_about(comparison.about) or self._matching(comparison.about) or self._nth_about()
            if matched is not None:
                return matched
        subject = self._named(left) if self._fresh(left) else None
        if subject is not None and fold(subject.text) in ("tỷ lệ", "tỷ trọng") and self.current is not None:
            comparison.verb, subject = "share", None
        noun = self._words_behind(index) if comparison.kind is Measure.ABSOLUTE else ""
        told = {*fold(noun).split()}
        if subject is not None and left.comma and told > {*fold(quantity.unit or "").split()}:
            counted = self._by_noun(noun, quantity)  # "số người chết không tăng, giảm 02 người bị thương"
            if counted is not None and told <= {*fold(counted.noun).split()}:
                return counted
        if (
            subject is None
            and (comparison.kind is Measure.CHANGE or self._counts_other(quantity, left))
            and left.base is None
            and comparison.base is None
            and (left.comma or left.boundary)
        ):
            behind = self._named_behind(index, quantity)
            if behind is not None:
                return self._growth(behind, comparison, left)
        if subject is not None:
            matched = self._begun_by(subject, left)
            matched = matched or (
                self._matching(subject.text)
                if (self._earlier_sentence() and left.period is None) or comparison.kind is Measure.ABSOLUTE
                else None
            )
            if (
                matched is None
                and comparison.kind is Measure.ABSOLUTE
                and self.current is not None
                and left.verb is not None
                and not left.boundary
                and left.phrase is not None
                and self.items[left.phrase.first].role & {"link"}
            ):
                matched = self.current
            return matched or self._growth(subject, comparison, left)
        if comparison.kind is Measure.ABSOLUTE and noun:
            by_noun = self._telling(noun) or self._by_noun(noun, quantity)
            if by_noun is not None:
                return by_noun
        proved = self._proved(comparison)
        if proved is not None:
            return proved
        new_period = left.period is not None and self.current is not None and self.current.period != self.period
        if (
            self.current is not None
            and not new_period
            and (self.current.sentence == self.sentence or comparison.kind is Measure.ABSOLUTE or left.base is not None)
        ):
            cases = self.current.cases if comparison.kind is Measure.RATIO and comparison.base is None else None
            return cases or self._head_by_unit(comparison, quantity) or self.current
        return self._growth(self.subject, comparison, left)

    def _proved(self, comparison: ComparisonDraft) -> Draft | None:
        """The earlier fraction that a share states, to the digit: "làm rõ 16/19 vụ, bắt 27 đối tượng, đạt 84,2%"."""
        if comparison.kind is not Measure.RATIO or comparison.base is not None or self.current is None:
            return None
        half = Decimal(5).scaleb(-comparison.decimals - 1)
        for draft in reversed(self.drafts):
            quantity = draft.quantity
            if draft.sentence != self.sentence or quantity is None or not quantity.total or draft.comparisons:
                continue
            if abs(quantity.value / quantity.total * 100 - comparison.value) <= half and comparison.decimals:
                return draft
        return None

    def _counts_other(self, quantity: Quantity, left: Left) -> bool:
        """Whether a change that opens a clause counts what no figure of this sentence counts: "; giảm 120 hộ nghèo"."""
        mine = [d for d in self.drafts if d.sentence == self.sentence]
        return (
            left.boundary and bool(quantity.unit) and all(fold(d.unit or "") != fold(quantity.unit or "") for d in mine)
        )

    def _named_behind(self, index: int, quantity: Quantity) -> Subject | None:
        """The name behind a change that opens a clause: "giảm 4% hộ nghèo"."""
        if not quantity.unit or index + 1 >= len(self.items) or self.items[index + 1].kind not in ("word", "rate"):
            return None
        words, end, extra = counted_phrase(self.items, index, quantity, self.text)
        name = words[len(quantity.unit) :].strip()
        if not extra or not name or self.items[index + 1].role & {"link", "stop", "scope"}:
            return None
        self.left = self._behind_noun(index, quantity)
        return Subject(name, end - len(name), end, rate=self.items[index + 1].kind == "rate")

    def _behind_words(self, index: int) -> int:
        """Index behind the up to four words that go with an absolute change: "giảm 2 người chết"."""
        behind = index + 1
        while behind < len(self.items) and behind - index < 5 and self.items[behind].kind == "word":
            if self.items[behind].value in ("và", "nhưng"):
                break
            behind += 1
        return behind

    def _words_behind(self, index: int) -> str:
        """The unit of the quantity at ``index`` and the words that go with it."""
        quantity = self.items[index].quantity
        end = self.items[self._behind_words(index) - 1].end
        return self.text[quantity.number_end if quantity is not None else end : end]

    def _narrows(self, quantity: Quantity, left: Left, verb: str) -> bool:
        """Whether a limit belongs to the name of what is counted.

        As in "11/16 khoản thu đạt trên 25% dự toán", "412 tàu trên 90 CV".
        """
        counted = self.current.quantity if self.current is not None and self.current.sentence == self.sentence else None
        if counted is None or left.comma or left.boundary or left.colon:
            return False
        exists = self.current is not None and self.current.exists
        if left.phrase is not None:  # "Có 6 mặt hàng đạt giá trị xuất khẩu trên 2 tỷ USD", "4 sở giải ngân dưới 40%"
            reached = self.items[self.left].kind == "verb" and self.items[self.left].value == "reach"
            if left.phrase.verbal and left.phrase.first == self.left and quantity.family == "share" and verb == "":
                return quantity.bound in (Bound.MIN, Bound.MAX) and counted.family in ("count", "noun")
            return exists and reached and quantity.bound is Bound.MIN and counted.family in ("count", "noun")
        if verb == "reach" and quantity.unit in words_of("criterion") and counted.family in ("count", "noun"):
            return True  # "05 xã đạt từ 14 - 18 tiêu chí"
        if verb == "reach" and (counted.total is not None or (exists and quantity.bound in (Bound.MIN, Bound.MAX))):
            return quantity.bound is not None or quantity.family not in COMPARATIVE
        over = self.text[quantity.bound_start or quantity.start : quantity.start].strip().lower() in ("trên", "dưới")
        return over and verb == "" and counted.family in ("count", "noun", "person")

    def _measured_about(self, words: str) -> Draft | None:
        """Of an amount and its worth the one meant: "5 triệu tấn và 2 tỷ USD, tăng … về lượng, giảm … về giá trị"."""
        pair = [d for d in self.drafts if d.sentence == self.sentence and d.quantity is not None][-2:]
        money = [d for d in pair if d.quantity is not None and d.quantity.family == "money"]
        measured = [d for d in pair if d.quantity is not None and d.quantity.family in ("mass", "volume", "count")]
        if len(money) != 1 or len(measured) != 1:
            return None
        meant = {"worth": money[0], "volume": measured[0]}
        return next((draft for group, draft in meant.items() if words in words_of(group)), None)

    def _nth_about(self) -> Draft | None:
        """The value that stands in the same place as this "về …" among its like, where the words match none."""
        values = [
            d for d in self.drafts if d.sentence == self.sentence and d.quantity is not None and not d.comparisons
        ]
        return values[0] if values else None

    def _earlier_sentence(self) -> bool:
        return bool(self.drafts) and self.drafts[-1].sentence < self.sentence

    def _matching(self, words: str) -> Draft | None:
        """The latest draft whose unit or name shares most words with ``words``."""
        wanted = set(fold(words).split()) - {"số", "tổng"}
        exact = [
            d for d in self.drafts if self.sentence - d.sentence <= 1 and d.unit and bare_unit(d.unit) == fold(words)
        ]
        if exact:
            return exact[-1]
        best, score = None, 0.0
        for draft in reversed(self.drafts):
            if self.sentence - draft.sentence > 1:
                break
            named = draft.subject.text if draft.subject else ""
            names = set(fold(f"{named} {draft.noun} {draft.unit or ''} {draft.led}").split())
            if not wanted or not names:
                continue
            shared = len(wanted & names) / len(wanted)
            if shared > score:
                best, score = draft, shared
        return best if score >= 0.75 else None

    def _begun_by(self, subject: Subject, left: Left) -> Draft | None:
        """The figure of this sentence whose name begins with ``subject`` or, behind a base, holds its words.

        As in "142 vụ, trị giá hàng hóa vi phạm 21,6 tỷ đồng, giảm 11 vụ nhưng trị giá tăng gấp 2,1 lần", "tỷ trọng công
        nghiệp, dịch vụ lần lượt là 34,8% và 32,6%; so với năm 2006, khu vực công nghiệp giảm 1,9%".
        """
        words = fold(subject.text)
        core = set(words.split()) - words_of("collective")
        for draft in reversed(self.drafts):
            name = fold(draft.subject.text) if draft.subject is not None else ""
            mine = draft.sentence == self.sentence and draft.quantity is not None
            based = left.base is not None or self.sentence_base is not None
            holds = left.base is not None and len(core) > 1 and core <= {*name.split()}
            holds = holds or (based and core == {*name.split()})
            if mine and ((f"{name} ".startswith(f"{words} ") and not left.boundary) or holds):
                return draft
        return None

    def _by_noun(self, noun: str, quantity: Quantity) -> Draft | None:
        """The earlier figure that counts the same noun: "giảm 2 người chết" after "làm chết 11 người"."""
        wanted = set(fold(noun).split())
        unit = fold(quantity.unit or "")
        listed = any(draft is self.listed for draft in self.drafts[:-3])  # a list, not a single "trong đó"
        whole = self.listed if listed else None
        best, score = None, 0
        for draft in reversed(self.drafts):
            aside = draft.bracket and not self.frames
            if self.sentence - draft.sentence > 1 or draft.quantity is None or aside:
                continue
            if not _begins_alike(fold(draft.unit or ""), unit):
                continue
            names = set(fold(f"{draft.subject.text if draft.subject else ''} {draft.noun}").split())
            shared = 1 + len(wanted & names)
            if shared > score or (shared == score and draft is whole):
                best, score = draft, shared
        return best

    def _telling(self, noun: str) -> Draft | None:
        """The bare number just read, where its name says what is counted: "số hộ nghèo là 158, tăng 22 hộ"."""
        current = self.current
        if current is None or current.quantity is None or current.quantity.unit or current.subject is None:
            return None
        told = current.sentence == self.sentence and f" {fold(noun).strip()} " in f" {fold(current.subject.text)} "
        return current if told else None

    def _head_by_unit(self, comparison: ComparisonDraft, quantity: Quantity) -> Draft | None:
        """An absolute change belongs to the figure of its own unit family, not to the nearest count."""
        if comparison.kind is not Measure.ABSOLUTE or self.current is None or self.current.quantity is None:
            return None
        generic = self._generic(quantity)
        mine = [(d, d.quantity) for d in self.drafts if d.sentence == self.sentence and d.quantity is not None]
        counted = [draft for draft, _ in mine if is_count(draft)]
        if generic and counted and not is_count(self.current):
            return counted[-1]  # "146 tàu với công suất 4.280 CV, tăng 8 chiếc"
        if self.current.quantity.family == quantity.family or generic:
            return self.current
        alike = [draft for draft, own in mine if own.family == quantity.family]
        return alike[-1] if alike else None


def is_count(draft: Draft) -> bool:
    """Whether a draft counts things or persons."""
    return draft.quantity is not None and draft.quantity.family in ("count", "noun", "person")


def _begins_alike(one: str, other: str) -> bool:
    """Whether two folded units are the same, or one begins with all words of the other: "người", "người chết"."""
    return one == other or one.startswith(f"{other} ") or other.startswith(f"{one} ")
