"""What stands around a number: the words, cues and brackets to its left, and what the block has said so far.

``Surroundings`` holds the state of one block while it is read and answers questions about it; it decides nothing. The
layers above it read: ``drafting``, ``respectively`` (lần lượt), ``attachment``, ``comparisons``, ``values``,
``brackets``, and ``block_reader`` runs the pass.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from extractor.domain.figure import Base, Status
from extractor.domain.folding import fold
from extractor.domain.period import relation, year_of
from extractor.domain.unit import multipliers
from extractor.language.lexer.items import Item, Reading
from extractor.language.lexer.quantities import Quantity
from extractor.language.lexer.tokens import words_of
from extractor.language.reader.comparison_bases import FoundBase, base_at
from extractor.language.reader.drafts import ComparisonDraft, Context, Draft, Subject
from extractor.language.reader.name_spans import Phrase, find_phrase, is_measured, subject_of

DOWN = frozenset({"down", "lack", "contribute_down"})
CHANGES = frozenset({"up", "down", "exceed", "lack"})
REACH = 60
"""Letters that hold any words which are asked for right before something."""
_CLAUSE = re.compile(r"[,;.:()]")
BASE_WORDS = frozenset({"cut", "compare", "period", "word", "bound", "status", "rate", "reference"})
"""Kinds of items that a base may be made of."""
PASSED_OVER = frozenset({"bound", "period", "status", "each", "bound_after"})


class Left(NamedTuple):
    """What stands between the figure before and a quantity: the verb next to it, its base, periods, status, name."""

    verb: Item | None
    base: FoundBase | None
    period: Item | None
    status: Status | None
    phrase: Phrase | None
    part: bool
    each: bool
    colon: bool
    boundary: bool  # ";" "." "(" or the start of the sentence stands in it
    comma: bool
    cut_at: int  # index of the first item of the phrase's stretch


@dataclass(slots=True)
class Frame:
    """An open bracket: the figure that it hangs on, and what it holds."""

    head: Draft | None
    left: int
    period: str | None = None
    period_from: str | None = None
    status: Status | None = None
    comparisons: list[ComparisonDraft] = field(default_factory=list)
    drafts: int = 0


class Surroundings:
    """The state of one block while it is read, and what it knows of a number's surroundings."""

    def __init__(self, reading: Reading, context: Context) -> None:
        self.text = reading.text
        self.items = reading.items
        self.context = context
        self.drafts: list[Draft] = []
        self.echoes: list[Quantity] = []
        self.sentence = 0
        self.sentence_start = 0
        self.left = 0
        self.current: Draft | None = None
        self.subject: Subject | None = context.subject
        self.head: Subject | None = context.subject  # what "trong đó" and brackets detail
        self.parent: str | None = context.parent
        self.period: str | None = context.period
        self.report = context.report
        self.period_from: str | None = "inherited" if context.period else None
        self.lead_period: str | None = None
        self.outer: tuple[str | None, str | None] | None = None  # the period that an as-of day interrupts
        self.lapsing = False  # a clause has ended since that day was named
        self.status: Status | None = context.status
        self.sentence_base: FoundBase | None = None
        self.pair: tuple[Base, ...] = ()  # the two bases that the sentence before printed, in order
        self.left_base: Base | None = None  # what a lead-in leaves to the bullets below it
        self.customs: dict[str | None, Base] = {}  # what a change without a base compares with, by period
        self.after_value = False
        self.names: list[Quantity] = []
        self.frames: list[Frame] = []
        self.sibling: tuple[int, str] | None = None  # the sentence whose brackets give another period, and which
        self.aside: tuple[str | None, str | None] | None = None  # the period that a clause with "trong khi" interrupts
        self.listed: Draft | None = None  # what a "trong đó" of this sentence lists the parts of
        self.mate: Draft | None = None
        self.spread: list[Draft] = []
        self.spread_left = 0

    def _is_stop(self, index: int) -> bool:
        """Whether the full stop at ``index`` ends a sentence rather than an abbreviation."""
        if index + 1 >= len(self.items):
            return True
        item, following = self.items[index], self.items[index + 1]
        before = self.items[index - 1] if index else None
        if (
            before is not None
            and before.kind == "word"
            and before.end - before.start == 1
            and self.text[before.start].isupper()
        ):
            return False
        return following.start > item.end and (
            self.text[following.start].isupper() or not self.text[following.start].isalpha()
        )

    def _before(self, offset: int) -> str:
        """The words right before an offset, without the white space behind them."""
        return self.text[max(0, offset - REACH) : offset].rstrip()

    def _place(self, item: Item) -> int:
        """Index of an item of the block."""
        return bisect_left(self.items, item.start, key=attrgetter("start"))

    def _look_left(self, index: int) -> Left:
        """Read the items between the figure before and the quantity at ``index``."""
        items, low = self.items, self.left
        verb_at, at = None, index
        between: int | None = None
        each = False
        while at > low:
            item = items[at - 1]
            if item.kind == "verb":
                parted = at == index - 1 and items[at].value == "," and item.value == "exceed"
                if item.value != "none" and verb_at is None and not parted:  # "05 chỉ tiêu vượt, 11 chỉ tiêu đạt"
                    verb_at = at - 1
                break
            if (
                item.kind == "compare"
                and item.value != "total"
                and at - 1 > low
                and items[at - 2].kind in ("verb", "cut")
            ):
                between = at - 1
                at -= 1 if items[at - 2].kind == "verb" else 2
                continue
            if (
                item.kind in PASSED_OVER
                or (item.kind == "mark" and item.value in ",:")
                or (item.kind == "word" and item.value in words_of("filler"))
            ):
                each = each or item.kind == "each"
                at -= 1
                continue
            break
        if (changed := self._change_told(low, index)) is not None:
            verb_at, between = changed, changed + 1
        elif verb_at is None:
            verb_at, between = self._verb_over_base(low, index)
        verb = items[verb_at] if verb_at is not None else None
        contributes = items[index - 1] if index > low else None
        quantity = items[index].quantity
        relative = quantity is not None and quantity.family in ("share", "points")
        if contributes is not None and contributes.value in ("đóng góp", "góp") and relative:
            verb, verb_at = contributes._replace(kind="verb", value="contribute"), index - 1
        stretch = low
        part = colon = boundary = comma = False
        closed_until = 0
        for position in range(low, index):
            item = items[position]
            if position < closed_until:
                continue
            if item.kind == "mark" and item.value == "(":
                closed_until = self._closing(position, index)
                if closed_until:
                    continue
            if (item.kind == "mark" and item.value in ";(") or (
                item.kind == "mark" and item.value == "." and self._is_stop(position)
            ):
                stretch, boundary = position + 1, True
            elif item.kind == "mark" and item.value == ":":
                colon = True
            elif item.kind == "mark" and item.value == ",":
                comma = True
            elif item.kind == "part":
                part = True
            elif item.kind == "each":
                each = True
        if 0 < low < index and self.after_value:
            commas = [i for i in range(low, index) if items[i].kind == "mark" and items[i].value in ",;"]
            comma_at = commas[0] if commas else None
            ends = bool(commas) and verb_at == commas[-1] + 1  # "người kê khai tài sản, thu nhập, đạt 99,8%"
            acts = bool(commas) and commas[-1] + 1 < index and "action" in items[commas[-1] + 1].role
            if commas and (ends or acts or any(i.kind == "verb" for i in items[low : commas[-1]])):
                comma_at = commas[
                    -1
                ]  # the clause says what the counted ones have done: "21 xã đạt bộ tiêu chí, đạt 91,3%"
            if (
                comma_at is not None
                and comma_at > low
                and all(
                    i.kind in ("word", "about", "reference", "rate", "period", "bound_after")
                    or (i.kind == "verb" and i.value not in CHANGES)
                    or (i.value == "," and comma_at != commas[0])
                    for i in self.items[low:comma_at]
                )
            ):
                stretch = max(stretch, comma_at + 1)
        boundary = boundary or low == 0 or (low > 0 and items[low - 1].kind == "mark" and items[low - 1].value in ".;(")
        base = self._base_left(stretch, index, verb_at)
        limit = self._base_start(stretch, index) if base is not None else None
        if base is None and between is not None and verb_at is not None and verb_at < between:
            base = base_at(items, between, self.text, self.period or self.report, led=True)
            tail = items[stretch : verb_at - 1]  # what is told of the number before, up to a comma
            behind = stretch == low > 0 and (self.after_value or items[low - 1].kind == "quantity")
            behind = behind and all(i.value != "," for i in tail)
            told = items[verb_at - 1].value == "," and (behind or any(i.kind == "verb" for i in tail))
            phrase = find_phrase(items, stretch, verb_at, self.text) if not told else None
            period = self._period_left(stretch, verb_at, base)
            return Left(
                verb,
                base,
                period,
                self._status_left(stretch, verb_at),
                phrase,
                part,
                each,
                colon,
                boundary,
                comma,
                stretch,
            )
        if verb is not None and verb.value == "contribute" and verb_at is not None:
            phrase = find_phrase(items, stretch, verb_at, self.text)
        else:
            phrase = self._phrase(stretch, index, base, limit)
        period = self._period_left(stretch, index, base)
        status = self._status_left(stretch, index)
        return Left(verb, base, period, status, phrase, part, each, colon, boundary, comma, stretch)

    def _verb_over_base(self, low: int, index: int) -> tuple[int | None, int | None]:
        """The verb and the base of "cao hơn bình quân chung của tỉnh 6,2 điểm": words of the base before the number."""
        at = index - 1
        while at > low and index - at < 6 and self.items[at].kind == "word":
            at -= 1
        base = self.items[at]
        led = low < at < index - 1 and base.kind == "compare" and base.value != "total"
        led = led and self.items[at - 1].kind == "verb"
        return (at - 1, at) if led and self.items[at - 1].value in CHANGES else (None, None)

    def _change_told(self, low: int, index: int) -> int | None:
        """The change whose base stands between it and its size.

        As in "tăng so với năm 2019 là 12%", "thấp hơn năm 2017 khoảng 1,2 điểm", "cao hơn mức báo động là 0,6 m".
        """
        at = index - 1
        while at > low and (self.items[at].kind == "bound" or self._leads_size(self.items[at])):
            at -= 1
        sized = at < index - 1
        behind = at + 1
        while at > low and behind - at < 12 and self.items[at].kind in BASE_WORDS:
            at -= 1
        told = self.items[at]
        if at < low or at + 1 >= behind or told.kind != "verb" or told.value not in CHANGES:
            return None
        base, after = self.items[at + 1], self.items[at + 2]
        if base.kind in ("cut", "period") or (base.kind == "compare" and base.value != "total"):
            return at if sized or base.kind == "period" else None
        if base.kind == "bound" or (base.kind == "status" and after.kind == "period"):
            return at if after.kind == "period" else None
        over = self.text[told.start : told.end].lower().endswith("hơn")
        sized = sized or (at > low and self.items[at - 1].value == "," and behind - at < 6)
        return at if over and sized and base.kind in ("word", "status", "rate") else None

    def _opens_span(self, index: int) -> bool:
        """Whether the number is where a change begins: "giảm tỷ lệ hộ nghèo từ 16,2% năm 2003 xuống còn 13%"."""
        after = index + 1
        if after < len(self.items) and self.items[after].kind == "period":
            after += 1
        reaches = after < len(self.items) and self.items[after].kind == "verb" and self.items[after].value == "level"
        return reaches and self._before(self.items[index].start).endswith(" từ")

    def _leads_size(self, item: Item) -> bool:
        """Whether "là" or "từ" leads to the size of a change: "cao hơn năm 2013 từ 0,7 - 1,2 điểm"."""
        return item.kind in ("verb", "word") and self.text[item.start : item.end].lower() in ("là", "từ")

    def _closing(self, opening: int, high: int) -> int:
        """Index behind the bracket that opens at ``opening`` where it closes before ``high``; 0 where it does not."""
        depth = 0
        for position in range(opening, high):
            if self.items[position].kind == "mark":
                depth += {"(": 1, ")": -1}.get(self.items[position].value, 0)
                if depth == 0:
                    return position + 1
        return 0

    def _base_start(self, low: int, index: int) -> int | None:
        """Index of the "so (với)" that opens the base before a comparison."""
        for position in range(index - 1, low - 1, -1):
            if self.items[position].kind == "cut":
                return position
            if self.items[position].value == ")":
                return None
        return None

    def _base_left(self, low: int, index: int, verb_at: int | None) -> FoundBase | None:
        """The base printed before the comparison: "so với tháng trước giảm 11,6%"."""
        start = self._base_start(low, index)
        if start is None:
            return None
        found = base_at(self.items, start, self.text, self.period or self.report)
        return found if found is not None and found.next <= (verb_at if verb_at is not None else index) else None

    def _base_right(self, index: int, quantity: Quantity) -> FoundBase | None:
        """The base printed behind the quantity.

        Or behind the noun that it counts ("giảm 2 người chết so với cùng kỳ").
        """
        found = base_at(self.items, index + 1, self.text, self.period or self.report)
        after = self.items[index + 1] if index + 1 < len(self.items) else None
        if quantity.family == "times" and after is not None and after.kind == "period":
            known = {"same": Base.SAME_PERIOD, "previous": Base.PREVIOUS}
            base = known.get(relation(self.period or self.report, after.value), Base.OTHER)
            return FoundBase(base, self.text[after.start : after.end], index + 2, after.value)
        if found is None and quantity.family == "share" and after is not None and self._equals_past(index, after):
            found = base_at(self.items, index + 1, self.text, self.period or self.report, led=True)
        if found is None and quantity.family not in ("share", "points", "times"):
            behind = index + 1
            while behind < len(self.items) and behind - index < 5 and self.items[behind].kind == "word":
                behind += 1
            cut = behind < len(self.items) and self.items[behind].kind == "cut"
            found = base_at(self.items, behind, self.text, self.period or self.report) if cut else None
        return found

    def _equals_past(self, index: int, after: Item) -> bool:
        """Whether "bằng" leads a percentage of an earlier year that follows bare: "bằng 112% năm 2003"."""
        told = self.items[index - 1] if index else None
        equal = told is not None and told.kind == "verb" and told.value == "equal"
        mine, theirs = year_of(self.period or self.report), year_of(after.value) if after.kind == "period" else None
        return equal and mine is not None and theirs is not None and theirs < mine

    def _phrase(self, low: int, index: int, base: FoundBase | None, limit: int | None) -> Phrase | None:
        """The name within the stretch: after a base that comes first, else before it."""
        colon = next(
            (i for i in range(index - 1, low - 1, -1) if self.items[i].kind == "mark" and self.items[i].value == ":"),
            None,
        )
        if colon is not None and colon + 1 < index:
            inner = find_phrase(self.items, colon + 1, index, self.text) if base is None else None
            bare = inner is not None and all(
                i.value in words_of("light") or i.role & {"link"} for i in self.items[inner.first : inner.last]
            )
            quantity = self.items[index].quantity
            measured = quantity is not None and is_measured(quantity)
            timed = inner is not None and any(
                i.kind in ("period", "status") for i in self.items[colon + 1 : inner.first]
            )
            measured = measured or (timed and quantity is not None and self._generic(quantity))
            if inner is not None and not inner.total and not (bare and measured):
                return inner
        if colon is not None and base is None:
            return find_phrase(self.items, low, colon, self.text, lead=True)
        if colon is None and base is None and self.items[index - 1].value == "," and index > low:
            return None  # a comma right before the number parts it from what came before
        if base is not None and limit is not None:
            after = find_phrase(self.items, base.next, index, self.text)
            return after if after is not None else find_phrase(self.items, low, limit, self.text)
        return find_phrase(self.items, low, index, self.text)

    def _period_left(self, low: int, index: int, base: FoundBase | None) -> Item | None:
        """The last period before the quantity that is not part of a base."""
        for position in range(index - 1, low - 1, -1):
            item = self.items[position]
            if item.kind == "period":
                if item.period is not None and item.period.form == "plan" and self._names_programme(item):
                    continue
                if self._names_term(position):
                    continue
                before = self.items[position - 1] if position else None
                if before is not None and (
                    before.kind == "cut"
                    or (before.kind == "compare" and position > 1 and self.items[position - 2].kind == "cut")
                ):
                    continue
                earlier = self.items[position - 2] if position > 1 else None
                if (
                    before is not None
                    and before.kind == "compare"
                    and earlier is not None
                    and earlier.value in ("thuộc", "theo", "trong")
                ):
                    continue
                if base is not None and base.period == item.value and before is not None and before.kind == "status":
                    continue
                return item
        return None

    def _names_term(self, position: int) -> bool:
        """Whether a term of office belongs to a name, "đại biểu HĐND nhiệm kỳ 2021-2026", and does not say when."""
        item, before = self.items[position], self.items[position - 1].value if position else ""
        term = self.text[item.start : item.end].lower().startswith("nhiệm kỳ")
        return term and before not in ("trong", "cả", "của", "qua") and not self._opens(item)

    def _names_programme(self, item: Item) -> bool:
        """Whether a phase belongs to the name of a programme or a standard: "chuẩn nghèo giai đoạn 2011-2015"."""
        before = _CLAUSE.split(self.text[max(0, item.start - 72) : item.start].lower())[-1]
        return any(words in before for words in words_of("programme"))

    def _status_left(self, low: int, index: int) -> Status | None:
        """The status that the words before the quantity state."""
        for position in range(index - 1, low - 1, -1):
            item = self.items[position]
            before = self.items[position - 1] if position > low else None
            words = self.text[item.start : item.end].lower() if item.kind == "status" else ""
            told = item.value == "plan" and words.endswith("là")
            if position == self.left and self.after_value and words.startswith("theo "):
                continue  # "124 cuộc theo kế hoạch, 62 cuộc đột xuất": it tells which ones were counted
            if item.kind == "status" and (told or not (before is not None and before.kind == "cut")):
                if (
                    item.value == "actual"
                    and position + 1 < index
                    and self.items[position + 1].kind in ("word", "rate")
                ):
                    continue
                return Status(item.value)
        return None

    def _verb_words(self, left: Left) -> str:
        """The verb before the quantity, folded; empty where there is none."""
        return fold(self.text[left.verb.start : left.verb.end]) if left.verb is not None else ""

    def _existential(self, left: Left) -> bool:
        """Whether "có" introduces the number: what exists is what is counted."""
        if left.verb is None:
            return False
        return left.verb.value == "event" or f" {self._verb_words(left)}".endswith((" có", " số"))

    def _fresh(self, left: Left) -> bool:
        """Whether the words before the quantity name a new subject."""
        return left.phrase is not None and not left.phrase.total

    def _named(self, left: Left) -> Subject | None:
        """The subject that the left context names."""
        return subject_of(self.items, left.phrase, self.text) if left.phrase is not None else None

    def _named_text(self, left: Left) -> str:
        named = self._named(left)
        return named.text if named is not None else ""

    def _opens(self, item: Item) -> bool:
        """Whether nothing but marks and linking words stands before an item in its sentence."""
        before = self.items[self.sentence_start : self._place(item)]
        return all((i.kind == "mark" and i.value != "(") or i.role & {"link"} for i in before)

    def _generic(self, quantity: Quantity) -> bool:
        """Whether the unit is a classifier that says little by itself."""
        return quantity.family == "person" or bare_unit(quantity.unit or "") in words_of("classifier")


def is_place(items: Sequence[Item], phrase: Phrase) -> bool:
    """Whether a phrase begins with an administrative unit or a body: it owns what is counted, it does not name it.

    A word may say how many of them: "ba trường có 48 lớp".
    """
    first = phrase.first
    if items[first].value in words_of("numeral") and first + 1 < phrase.last:
        first += 1
    return items[first].value.partition(" ")[0] in words_of("actor")


def bare_unit(unit: str) -> str:
    """The unit without its multipliers, folded: "triệu tấn.km" → "tấn km"."""
    return " ".join(w for w in fold(unit).split() if w not in multipliers())


def without_scale(words: str) -> str:
    """A counted phrase as written, without the multipliers that it begins with: "triệu trẻ đến trường" is a child's.

    >>> without_scale("nghìn tỷ lượt khách"), without_scale("hộ nghèo")
    ('lượt khách', 'hộ nghèo')
    """
    first, _, rest = words.partition(" ")
    return without_scale(rest) if rest and fold(first) in multipliers() else words


def frame_open(items: tuple[Item, ...], index: int) -> int:
    """Index of the bracket that encloses the item at ``index``."""
    depth = 0
    for position in range(index - 1, -1, -1):
        if items[position].kind == "mark":
            depth += {")": 1, "(": -1}.get(items[position].value, 0)
            if depth < 0:
                return position
    return 0
