"""The grammar of figures: the items of one block → drafts of figures with their comparisons.

The block is read once, left to right, sentence by sentence. Each quantity plays one of four parts, decided by the cue
before it, the base behind it and its own unit: the *value* of a figure; a *comparison* of the figure before it; the value
of the same indicator at another time or of its plan (*sibling*); or an *echo* that repeats an amount. The hard idea is
that a percentage is a comparison unless its subject is itself a rate. What the part cannot tell is inherited: subject,
period and status from the sentence and from above; bases are settled at the end of the sentence (``bases``).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from extractor.folding import fold
from extractor.language.bases import FoundBase, base_at, resolve
from extractor.language.drafts import ComparisonDraft, Context, Draft, Subject
from extractor.language.mentions import Item, Reading
from extractor.language.periods import month_before, school_year_before, year_before, year_of
from extractor.language.quantities import COMPARATIVE, MEASURES, Quantity
from extractor.language.subjects import ACTORS, FILLERS, Phrase, counted_phrase, find_phrase, is_measured, subject_of
from extractor.records import Base, Bound, Measure, Status

DOWN = frozenset({"down", "lack", "contribute_down"})
CHANGES = frozenset({"up", "down", "exceed", "lack"})
PASSED_OVER = frozenset({"bound", "period", "status", "each", "bound_after"})
FLOWS = ("giải ngân", "tổng thu ngân sách", "thu ngân sách", "chi ngân sách", "tổng chi ngân sách", "thu cân đối", "thực hiện vốn")
"""Names of what runs against a yearly plan: "Giải ngân vốn đầu tư công đạt 45%" is a share of that plan."""


@dataclass(frozen=True, slots=True)
class Left:
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
    comparisons: list[ComparisonDraft] = field(default_factory=list)
    drafts: int = 0


class BlockReader:
    """Reads one block; ``read`` gives its drafts in order. One reader a block, no state beyond it."""

    def __init__(self, reading: Reading, context: Context) -> None:
        self.text = reading.text
        self.items = reading.items
        self.context = context
        self.drafts: list[Draft] = []
        self.echoes: list[Quantity] = []
        self.sentence = 0
        self.left = 0
        self.current: Draft | None = None
        self.subject: Subject | None = context.subject
        self.head: Subject | None = context.subject  # what "trong đó" and brackets detail
        self.parent: str | None = context.parent
        self.period: str | None = context.period
        self.report = context.report
        self.period_from: str | None = "inherited" if context.period else None
        self.lead_period: str | None = None
        self.status: Status | None = context.status
        self.sentence_base: FoundBase | None = None
        self.after_value = False
        self.names: list[Quantity] = []
        self.frames: list[Frame] = []
        self.listed: Draft | None = None  # what a "trong đó" of this sentence lists the parts of
        self.mate: Draft | None = None
        self.spread: list[Draft] = []
        self.spread_left = 0

    # ------------------------------------------------------------------------------------------------- the pass

    def read(self) -> list[Draft]:
        """All drafts of the block."""
        for index, item in enumerate(self.items):
            if item.kind == "quantity":
                if index >= self.left:
                    self._quantity(index)
            elif item.kind == "mark":
                self._mark(index, item.value)
        self._end_sentence()
        return self.drafts

    def _mark(self, index: int, mark: str) -> None:
        if mark == "(":
            self.frames.append(Frame(self.current, self.left, self.period, self.period_from))
            self.left = index + 1
        elif mark == ")" and self.frames:
            frame = self.frames.pop()
            opening = frame_open(self.items, index)
            pending = any(i.kind in ("word", "rate") for i in self.items[frame.left : opening])
            if pending:
                self.left = frame.left
                self.period, self.period_from = frame.period, frame.period_from
            elif frame.drafts or frame.comparisons or self.left > index:
                self.left = max(self.left, index + 1)
                self._bracket_base(index, frame)
                self.period, self.period_from = frame.period, frame.period_from
            else:
                self.left = frame.left
            self.current = frame.head
        elif mark == "." and self._is_stop(index):
            self._end_sentence()
            self.left = index + 1

    def _is_stop(self, index: int) -> bool:
        """Whether the full stop at ``index`` ends a sentence rather than an abbreviation."""
        if index + 1 >= len(self.items):
            return True
        item, following = self.items[index], self.items[index + 1]
        before = self.items[index - 1] if index else None
        if before is not None and before.kind == "word" and before.end - before.start == 1 and self.text[before.start].isupper():
            return False
        return following.start > item.end and (self.text[following.start].isupper() or not self.text[following.start].isalpha())

    def _end_sentence(self) -> None:
        mine = [d for d in self.drafts if d.sentence == self.sentence]
        resolve(self._settling(mine), self.context.base)
        self.sentence += 1
        self.frames.clear()
        self.sentence_base = None
        self.listed = None
        self.after_value = False
        self.parent = self.context.parent
        self.status = self.context.status
        if self.lead_period is not None:
            self.period, self.period_from = self.lead_period, "inherited"
        else:
            self.period, self.period_from = self.context.period, "inherited" if self.context.period else None

    def _settling(self, mine: list[Draft]) -> list[Draft]:
        """The drafts whose comparisons this sentence may have added: its own, and earlier ones with open bases."""
        earlier = [d for d in self.drafts if d.sentence < self.sentence and any(c.base is None for c in d.comparisons)]
        return earlier + mine

    # ------------------------------------------------------------------------------------------- the left context

    def _look_left(self, index: int) -> Left:
        """Read the items between the figure before and the quantity at ``index``."""
        items, low = self.items, self.left
        verb_at, at = None, index
        between: int | None = None
        each = False
        while at > low:
            item = items[at - 1]
            if item.kind == "verb":
                if item.value != "none" and verb_at is None:
                    verb_at = at - 1
                break
            if item.kind == "compare" and item.value != "total" and at - 1 > low and items[at - 2].kind in ("verb", "cut"):
                between = at - 1
                at -= 1 if items[at - 2].kind == "verb" else 2
                continue
            if item.kind in PASSED_OVER or (item.kind == "mark" and item.value in ",:") or (item.kind == "word" and item.value in FILLERS):
                each = each or item.kind == "each"
                at -= 1
                continue
            break
        verb = items[verb_at] if verb_at is not None else None
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
            if item.kind == "mark" and item.value in ";(":
                stretch, boundary = position + 1, True
            elif item.kind == "mark" and item.value == "." and self._is_stop(position):
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
            comma_at = next((i for i in range(low, index) if self.items[i].kind == "mark" and self.items[i].value in ",;"), None)
            if comma_at is not None and comma_at > low and all(i.kind in ("word", "about", "reference", "rate") or (i.kind == "verb" and i.value not in CHANGES) for i in self.items[low:comma_at]):
                stretch = max(stretch, comma_at + 1)
        boundary = boundary or low == 0 or (low > 0 and items[low - 1].kind == "mark" and items[low - 1].value in ".;(")
        base = self._base_left(stretch, index, verb_at)
        limit = self._base_start(stretch, index) if base is not None else None
        if base is None and between is not None and verb_at is not None and verb_at < between:
            base = base_at(items, between, self.text, self.period or self.report)
            phrase = find_phrase(items, stretch, verb_at, self.text)
            period = self._period_left(stretch, verb_at, base)
            return Left(verb, base, period, self._status_left(stretch, verb_at), phrase, part, each, colon, boundary, comma, stretch)
        phrase = self._phrase(stretch, index, base, limit)
        period = self._period_left(stretch, index, base)
        status = self._status_left(stretch, index)
        return Left(verb, base, period, status, phrase, part, each, colon, boundary, comma, stretch)

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
        return next((i for i in range(index - 1, low - 1, -1) if self.items[i].kind == "cut"), None)

    def _base_left(self, low: int, index: int, verb_at: int | None) -> FoundBase | None:
        """The base printed before the comparison: "so với tháng trước giảm 11,6%"."""
        start = self._base_start(low, index)
        if start is None:
            return None
        found = base_at(self.items, start, self.text, self.period or self.report)
        return found if found is not None and found.next <= (verb_at if verb_at is not None else index) else None

    def _phrase(self, low: int, index: int, base: FoundBase | None, limit: int | None) -> Phrase | None:
        """The name within the stretch: after a base that comes first, else before it."""
        colon = next((i for i in range(index - 1, low - 1, -1) if self.items[i].kind == "mark" and self.items[i].value == ":"), None)
        if colon is not None and colon + 1 < index:
            inner = find_phrase(self.items, colon + 1, index, self.text) if base is None else None
            bare = inner is not None and all("action" in i.role or i.role & {"link"} for i in self.items[inner.first : inner.last])
            measured = self.items[index].quantity is not None and is_measured(self.items[index].quantity)
            if inner is not None and not inner.total and not (bare and measured):
                return inner
        if colon is not None and base is None:
            return find_phrase(self.items, low, colon, self.text, lead=True)
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
                before = self.items[position - 1] if position else None
                if before is not None and (before.kind == "cut" or (before.kind == "compare" and position > 1 and self.items[position - 2].kind == "cut")):
                    continue
                earlier = self.items[position - 2] if position > 1 else None
                if before is not None and before.kind == "compare" and earlier is not None and earlier.value in ("thuộc", "theo", "trong"):
                    continue
                if base is not None and base.period == item.value and before is not None and before.kind == "status":
                    continue
                return item
        return None

    def _names_programme(self, item: Item) -> bool:
        """Whether a phase belongs to the name of a programme or a standard: "chuẩn nghèo giai đoạn 2011-2015"."""
        before = self.text[max(0, item.start - 36) : item.start].lower()
        return any(w in before for w in ("chuẩn nghèo", "chương trình", "đề án", "kế hoạch", "quy hoạch", "chiến lược", "chuẩn"))

    def _status_left(self, low: int, index: int) -> Status | None:
        """The status that the words before the quantity state."""
        for position in range(index - 1, low - 1, -1):
            item = self.items[position]
            before = self.items[position - 1] if position > low else None
            told = item.value == "plan" and self.text[item.start : item.end].lower().endswith("là")
            if item.kind == "status" and (told or not (before is not None and before.kind == "cut")):
                if item.value == "actual" and position + 1 < index and self.items[position + 1].kind in ("word", "rate"):
                    continue
                return Status(item.value)
        return None

    # --------------------------------------------------------------------------------------------- the four parts

    def _quantity(self, index: int) -> None:
        """Decide the part of the quantity at ``index`` and act on it."""
        quantity = self.items[index].quantity
        assert quantity is not None
        head = self.frames[-1].head if self.frames else None
        if head is not None and head.quantity is not None and head.quantity.family == "award" and fold(quantity.unit or "") == "đồng":
            quantity = replace(quantity, family="noun")  # huy chương đồng
        left = self._look_left(index)
        verb = left.verb.value if left.verb is not None else ""
        self._take_period(left)
        right = base_at(self.items, index + 1, self.text, self.period or self.report) if index + 1 < len(self.items) else None
        if quantity.total is not None and quantity.unit is None and quantity.total <= 10 and (verb in CHANGES or (verb == "equal" and right is not None)):
            self.names.append(quantity)
            self.left = right.next if right is not None else index + 1
            return
        if self.frames and self._in_bracket(index, quantity, left, verb, right):
            return
        if quantity.family in COMPARATIVE or (quantity.family == "" and self._lost_percent(quantity, verb)):
            if self._is_comparison(quantity, left, verb, right):
                self._compare(index, quantity, left, verb, right)
                return
        elif verb == "from" and quantity.value_max is not None:
            self._compare(index, quantity, left, "down" if self._falls(left) else "up", right)
            return
        elif verb in CHANGES and not self._is_level(left):
            self._compare(index, quantity, left, verb, right)
            return
        led = self._led_by(left)
        if led is not None and quantity.family in COMPARATIVE and verb == "":
            self._compare(index, quantity, replace(left, verb=led), led.value, right)
            return
        self._value(index, quantity, left, verb, right)

    def _led_by(self, left: Left) -> Item | None:
        """The tăng/giảm that stands before the name of a rate: "giảm tỷ lệ hộ nghèo từ 1 - 1,5%"."""
        if left.phrase is None or left.phrase.first == 0 or self.items[left.phrase.first].kind != "rate":
            return None
        before = self.items[left.phrase.first - 1]
        return before if before.kind == "verb" and before.value in CHANGES else None

    def _at_level(self, quantity: Quantity) -> bool:
        """Whether "mức" right before makes a level of a percentage: "thấp hơn mức 13,4% của năm 1995"."""
        before = self.text[: quantity.bound_start or quantity.start].rstrip()
        return before.endswith("mức") and not before.endswith(("đạt mức", "ở mức"))

    def _lost_percent(self, quantity: Quantity, verb: str) -> bool:
        """A number with decimals and no unit after tăng/giảm has lost its % sign."""
        return verb in CHANGES and quantity.decimals > 0

    def _falls(self, left: Left) -> bool:
        """Whether the verb of "giảm từ … đến …" is giảm."""
        return left.verb is not None and fold(self.text[left.verb.start : left.verb.end]).startswith("giảm")

    def _is_level(self, left: Left) -> bool:
        """Whether "từ" makes a level of the number after tăng/giảm: "tăng từ 41.250 người lên …"."""
        return left.verb is not None and left.verb.value == "from"

    def _is_comparison(self, quantity: Quantity, left: Left, verb: str, right: FoundBase | None) -> bool:
        """Whether a percentage, points or times compares rather than measures."""
        fresh = self._fresh(left)
        if verb == "from" and quantity.value_max is not None:
            return True
        if verb in ("from", "level") or self._at_level(quantity) or (left.status is Status.PLAN and verb == ""):
            return False
        if quantity.family == "times":
            return verb in CHANGES or verb == "times" or (verb in ("equal", "reach") and right is not None)
        if quantity.family == "points":
            return self._points(quantity, verb, right) and not (verb in ("contribute", "contribute_down") and fresh)
        if verb in ("contribute", "contribute_down"):
            return not fresh
        if verb in CHANGES or verb == "times":
            return True
        if quantity.sign:
            return True
        subject = self._named(left) if fresh else self.current.subject if self.current else self.subject
        later = left.period is not None and self.current is not None and self.current.period not in (None, left.period.value)
        if later and verb in ("is", "") and self.current is not None and self.current.quantity is not None and self.current.quantity.family == "share":
            return False
        if fresh and subject is not None and fold(subject.text) in ("tỷ lệ", "tỷ trọng", "chiếm tỷ lệ") and self.current is not None and right is None:
            return self.current.sentence == self.sentence and self.current.quantity is not None
        if subject is not None and subject.rate and (fresh or self.current is None or self.current.quantity is None):
            return False
        if (right is not None and right.base is not Base.TOTAL) or (left.base is not None and left.base.base is not Base.TOTAL):
            return True
        opens = left.boundary or left.part
        if verb == "" and right is None and left.phrase is None and opens and not self.frames and self._noun_follows(quantity):
            return False
        if verb == "share":
            return not fresh and self.current is not None
        if right is not None:
            return self.current is not None and not fresh
        if fresh and subject is not None and verb in ("reach", "equal") and fold(subject.text).startswith(FLOWS):
            return True
        if fresh:
            return verb == "equal" and not (subject is not None and subject.rate)
        return self.current is not None and self.current.sentence == self.sentence

    def _noun_follows(self, quantity: Quantity) -> bool:
        """Whether a noun comes right behind a percentage that opens a clause: "96,2% trẻ được tiêm chủng"."""
        after = next((i for i in self.items if i.start >= quantity.end), None)
        return after is not None and after.kind == "word" and (after.value == "số" or not after.role & {"link", "stop"})

    def _points(self, quantity: Quantity, verb: str, right: FoundBase | None) -> bool:
        """"điểm" alone is a score unless a change verb stands before it."""
        if fold(quantity.unit or "") == "điểm":
            return verb in CHANGES
        return True

    def _fresh(self, left: Left) -> bool:
        """Whether the words before the quantity name a new subject."""
        return left.phrase is not None and not left.phrase.total

    def _named(self, left: Left) -> Subject | None:
        """The subject that the left context names."""
        return subject_of(self.items, left.phrase, self.text) if left.phrase is not None else None

    def _take_period(self, left: Left) -> None:
        """A period before the quantity holds from here to the end of the sentence; before a lead's colon, of the block."""
        if left.period is None:
            return
        self.period, self.period_from = left.period.value or None, "stated"
        if left.period.period is not None and left.period.value == "" and left.period.period.form == "season":
            self.period = None
        if left.colon and self.sentence == 0 and not self.drafts and left.phrase is None:
            self.lead_period = self.period

    # -------------------------------------------------------------------------------------------------- comparisons

    def _compare(self, index: int, quantity: Quantity, left: Left, verb: str, right: FoundBase | None) -> None:
        """Attach a comparison to the figure it belongs to, or open a growth rate that stands alone."""
        if right is not None and right.base is Base.PLAN and (self._opens_share(left) or (self._nameless(left) and verb in ("reach", ""))):
            self._share_first(index, quantity, left, right)
            return
        base = right or left.base
        self.after_value = False
        comparison = self._comparison(index, quantity, left, verb, base)
        self.left = index + 1
        if right is not None:
            self.left = right.next
        if left.base is not None and right is None:
            self.sentence_base = left.base
        about = self._about(index)
        if about is not None:
            comparison.about, self.left = about, self._after_about(index)
            later = base_at(self.items, self.left, self.text, self.period or self.report) if self.left < len(self.items) else None
            if later is not None and comparison.base is None:
                comparison.base, comparison.base_text, self.left = later.base, later.text, later.next
        if left.each and self._spread_over(comparison, quantity, left):
            return
        if self._level_of_growth(comparison, left, index):
            return
        target = self._target(comparison, quantity, left, verb, index)
        target.comparisons.append(comparison)
        if target.subject is not None and target.subject.rate and comparison.kind is Measure.CHANGE and comparison.unit in ("%", "‰"):
            comparison.kind = Measure.POINTS
        elif comparison.kind is Measure.CHANGE and comparison.unit == "‰":
            comparison.kind = Measure.POINTS
        if target.quantity is not None and target.quantity.family == "share" and comparison.kind is Measure.CHANGE and comparison.unit == "%" and target.subject is not None:
            comparison.kind = Measure.POINTS
        self.current = target

    def _opens_share(self, left: Left) -> bool:
        """Whether "hoàn thành" opens the sentence: the share that follows is itself what is reported."""
        opens = left.verb is not None and fold(self.text[left.verb.start : left.verb.end]) == "hoàn thành"
        return opens and not self._fresh(left) and (self.current is None or self.current.sentence != self.sentence)

    def _nameless(self, left: Left) -> bool:
        """Whether nothing so far says whose share it is."""
        current = self.current is not None and self.current.sentence == self.sentence
        return not self._fresh(left) and not current and (self.subject is None or not self.drafts) and left.base is None and self.context.subject is self.subject

    def _share_first(self, index: int, quantity: Quantity, left: Left, right: FoundBase) -> None:
        """"hoàn thành 100% chỉ tiêu giao quân": the share is the value and the plan its name."""
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
        if quantity.family == "points":
            kind = Measure.POINTS
        elif quantity.family == "times":
            ratio = verb in ("times", "equal", "reach") or (verb == "up" and quantity.value >= 2)
            kind = Measure.MULTIPLE if ratio else Measure.CHANGE
        elif quantity.family not in ("share", ""):
            kind = Measure.ABSOLUTE
        elif verb in ("contribute", "contribute_down"):
            kind = Measure.POINTS
            base = base or FoundBase(Base.OTHER, "tăng trưởng", index + 1)
        elif verb not in CHANGES and not quantity.sign:
            kind, sign = Measure.RATIO, 1
        if verb in CHANGES and quantity.sign < 0 and verb == "up":
            sign = -1
        value = quantity.value * sign
        if base is None and kind is Measure.RATIO and verb in ("reach", "equal", "share") and self._noun_follows(quantity):
            words, end, _ = counted_phrase(self.items, index, quantity, self.text)
            base = FoundBase(Base.TOTAL, words[len(unit) :].strip(), index + 1)
        found = base or (self.sentence_base if kind is not Measure.RATIO else None)
        start = left.verb.start if left.verb is not None else quantity.start
        comparison = ComparisonDraft(
            kind, value, unit, start, quantity.end, self.sentence, verb or "none",
            value_max=quantity.value_max * sign if quantity.value_max is not None else None,
            bound=quantity.bound, decimals=quantity.decimals,
        )  # fmt: skip
        if found is not None:
            comparison.base, comparison.base_text = found.base, found.text
        return comparison

    def _level_of_growth(self, comparison: ComparisonDraft, left: Left, index: int) -> bool:
        """"thấp hơn mức tăng 10,4% của cùng kỳ năm 2018": the growth of another time, a figure of its own."""
        if left.verb is None or self.current is None or not self.text[: left.verb.start].rstrip().endswith("mức"):
            return False
        at = index + 1
        if at < len(self.items) and self.items[at].value == "của":
            at += 1
        if at >= len(self.items) or self.items[at].kind not in ("compare", "period"):
            return False
        item = self.items[at]
        period = item.value if item.kind == "period" else year_before(self.current.period or self.report)
        draft = self._draft(self.current.subject, None, comparison.start, comparison.end, left)
        draft.period, draft.period_from, draft.status = period, "stated", Status.ACTUAL
        comparison.base, comparison.base_text = Base.SAME_PERIOD, None
        draft.comparisons.append(comparison)
        self.left = at + 1
        if self.left < len(self.items) and self.items[self.left].kind == "period":
            self.left += 1
        return True

    def _about(self, index: int) -> str | None:
        """The words of "về vốn đăng ký" right behind a comparison."""
        end = self._after_about(index)
        if end == index + 1:
            return None
        return fold(self.text[self.items[index + 2].start : self.items[end - 1].end])

    def _after_about(self, index: int) -> int:
        """Index behind "về …"; ``index + 1`` where there is none."""
        items = self.items
        if index + 1 >= len(items) or items[index + 1].kind != "about":
            return index + 1
        end = index + 2
        while end < len(items) and end - index < 10 and items[end].kind in ("word", "rate", "mark") and items[end].value not in (",", ";", ".", "(", ")", "và") and not (items[end].role & {"link"} and items[end].value != "số"):
            end += 1
            if end < len(items) and items[end - 1].kind == "mark" and items[end - 1].value != ".":
                break
        while end < len(items) and items[end].kind == "mark" and items[end].value == "." and items[end].start == items[end - 1].end and end + 1 < len(items) and items[end + 1].start == items[end].end:
            end += 2
        return max(end, index + 2) if end > index + 2 else index + 1

    def _target(self, comparison: ComparisonDraft, quantity: Quantity, left: Left, verb: str, index: int) -> Draft:
        """The figure that the comparison belongs to; a new one without a value where its subject is new."""
        if comparison.about is not None:
            matched = self._matching(comparison.about) or self._nth_about()
            if matched is not None:
                return matched
        subject = self._named(left) if self._fresh(left) else None
        if subject is not None and fold(subject.text) in ("tỷ lệ", "tỷ trọng") and self.current is not None:
            comparison.verb, subject = "share", None
        noun = self._words_behind(index) if comparison.kind is Measure.ABSOLUTE else ""
        if subject is None and comparison.kind is Measure.CHANGE and left.base is None and comparison.base is None and (left.comma or left.boundary):
            behind = self._named_behind(index, quantity)
            if behind is not None:
                return self._growth(behind, comparison, left)
        if subject is not None:
            matched = self._matching(subject.text) if self._earlier_sentence() or comparison.kind is Measure.ABSOLUTE else None
            if matched is None and comparison.kind is Measure.ABSOLUTE and self.current is not None and left.verb is not None and not left.boundary and left.phrase is not None and self.items[left.phrase.first].role & {"link"}:
                matched = self.current
            return matched or self._growth(subject, comparison, left)
        if comparison.kind is Measure.ABSOLUTE and noun:
            by_noun = self._by_noun(noun, quantity)
            if by_noun is not None:
                return by_noun
        new_period = left.period is not None and self.current is not None and self.current.period != self.period
        if self.current is not None and not new_period and (self.current.sentence == self.sentence or comparison.kind is Measure.ABSOLUTE or left.base is not None):
            return self._head_by_unit(comparison, quantity) or self.current
        return self._growth(self.subject, comparison, left)

    def _words_behind(self, index: int) -> str:
        """The unit of the quantity at ``index`` and up to four words after it."""
        end = self.items[index].end
        for item in self.items[index + 1 : index + 5]:
            if item.kind not in ("word", "verb"):
                break
            end = item.end
        quantity = self.items[index].quantity
        return self.text[quantity.number_end if quantity is not None else end : end]

    def _named_behind(self, index: int, quantity: Quantity) -> Subject | None:
        """The name behind a change that opens a clause: "giảm 4% hộ nghèo"."""
        if not quantity.unit or index + 1 >= len(self.items) or self.items[index + 1].kind != "word":
            return None
        words, end, extra = counted_phrase(self.items, index, quantity, self.text)
        name = words[len(quantity.unit) :].strip()
        if not extra or not name or self.items[index + 1].role & {"link", "stop", "scope"}:
            return None
        self.left = self._behind_noun(index, quantity)
        return Subject(name, end - len(name), end)

    def _nth_about(self) -> Draft | None:
        """The value that stands in the same place as this "về …" among its like, where the words match none."""
        given = sum(c.about is not None for d in self.drafts for c in d.comparisons if c.sentence == self.sentence)
        values = [d for d in self.drafts if d.sentence == self.sentence and d.quantity is not None]
        return values[given] if given < len(values) else None

    def _earlier_sentence(self) -> bool:
        return bool(self.drafts) and self.drafts[-1].sentence < self.sentence

    def _matching(self, words: str) -> Draft | None:
        """The latest draft whose unit or name shares most words with ``words``."""
        wanted = set(fold(words).split()) - {"số", "tổng"}
        exact = [d for d in self.drafts if self.sentence - d.sentence <= 1 and d.unit and _base_unit(d.unit) == fold(words)]
        if exact:
            return exact[-1]
        best, score = None, 0.0
        for draft in reversed(self.drafts):
            if self.sentence - draft.sentence > 1:
                break
            names = set(fold(f"{draft.subject.text if draft.subject else ''} {draft.noun} {draft.unit or ''}").split())
            if not wanted or not names:
                continue
            shared = len(wanted & names) / len(wanted)
            if shared > score:
                best, score = draft, shared
        return best if score >= 0.75 else None

    def _by_noun(self, noun: str, quantity: Quantity) -> Draft | None:
        """The earlier figure that counts the same noun: "giảm 2 người chết" after "làm chết 11 người"."""
        wanted = set(fold(noun).split())
        unit = fold(quantity.unit or "")
        best, score = None, 0
        for draft in reversed(self.drafts):
            if self.sentence - draft.sentence > 1 or draft.quantity is None:
                continue
            other = fold(draft.unit or "")
            if not (other == unit or other.startswith(f"{unit} ") or unit.startswith(f"{other} ")):
                continue
            names = set(fold(f"{draft.subject.text if draft.subject else ''} {draft.noun}").split())
            shared = 1 + len(wanted & names)
            if shared > score:
                best, score = draft, shared
        return best

    def _head_by_unit(self, comparison: ComparisonDraft, quantity: Quantity) -> Draft | None:
        """An absolute change belongs to the figure of its own unit family, not to the nearest count."""
        if comparison.kind is not Measure.ABSOLUTE or self.current is None or self.current.quantity is None:
            return None
        if self.current.quantity.family == quantity.family:
            return self.current
        alike = [d for d in self.drafts if d.sentence == self.sentence and d.quantity is not None and d.quantity.family == quantity.family]
        return alike[-1] if alike else None

    def _growth(self, subject: Subject | None, comparison: ComparisonDraft, left: Left) -> Draft:
        """A growth rate that stands alone: a figure without a value."""
        draft = self._draft(subject, None, comparison.start, comparison.end, left)
        if subject is not None:
            self.subject = subject
        return draft

    def _spread_over(self, comparison: ComparisonDraft, quantity: Quantity, left: Left) -> bool:
        """"lần lượt": deal the comparisons out to the figures or names before, in order."""
        if left.phrase is not None and not left.phrase.total:
            names = self._split_names(left.phrase)
            if len(names) > 1:
                self.spread = [self._growth_of(name, left) for name in names]
                self.spread_left = 0
        else:
            values = [d for d in self.drafts if d.sentence == self.sentence and d.quantity is not None and not d.bracket]
            self.spread, self.spread_left = values[-self._row(self.left - 1) :], 0
        if self.spread_left >= len(self.spread):
            return False
        self._deal(comparison)
        self._deal_rest(comparison)
        return True

    def _deal_values(self, index: int, quantity: Quantity, left: Left) -> bool:
        """"A, B và C lần lượt là x, y và z": one value to each name, the unit that only the last carries to all."""
        count = self._row(index)
        if count < 2:
            return False
        names = self._names_for(count, index, left)
        if len(names) != count:
            return False
        row = [i for i in self.items[index:] if i.kind == "quantity"][:count]
        unit = next((i.quantity.unit for i in reversed(row) if i.quantity is not None and i.quantity.unit), None)
        for name, item in zip(names, row, strict=True):
            assert item.quantity is not None
            draft = self._draft(name, item.quantity, item.start, item.end, left)
            draft.unit = item.quantity.unit or unit
            self.current = draft
        self.left = self.items.index(row[-1]) + 1
        self.spread = []
        return True

    def _names_for(self, count: int, index: int, left: Left) -> list[Subject]:
        """The ``count`` names that a row of values belongs to: listed before it, else those of the figures before."""
        low = next((i + 1 for i in range(index - 1, -1, -1) if self.items[i].kind == "mark" and self.items[i].value == "." and self._is_stop(i)), 0)
        for separators in ((";",), (",", "và"), (",", ";", "và")):
            names = self._split_between(low, index, separators)
            if len(names) == count:
                return names
        earlier = [d for d in self.drafts if d.quantity is not None and self.sentence - d.sentence <= 1 and d.subject is not None and not d.bracket]
        return [d.subject for d in earlier[-count:] if d.subject is not None]

    def _split_between(self, low: int, high: int, separators: tuple[str, ...]) -> list[Subject]:
        """The names between separators within ``items[low:high]``, cues at their edges dropped."""
        names: list[Subject] = []
        first = low
        for index in range(low, high + 1):
            if index == high or self.items[index].value in separators:
                phrase = find_phrase(self.items, first, index, self.text, lead=True)
                if phrase is not None:
                    names.append(subject_of(self.items, phrase, self.text))
                first = index + 1
        return names

    def _row(self, index: int) -> int:
        """How many quantities stand in a row from ``index`` on, joined by commas, semicolons, dashes and "và"."""
        count = 0
        for item in self.items[index:]:
            if item.kind == "quantity":
                count += 1
            elif not (item.value in ("và", ",", ";", "-", "–", "/") or item.kind == "bound"):
                break
        return count

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
        index = self.left
        while index < len(self.items) and self.spread_left < len(self.spread):
            item = self.items[index]
            if item.kind == "quantity" and item.quantity is not None:
                sign = -1 if first.value < 0 else 1
                nxt = replace(first, value=item.quantity.value * sign, start=item.start, end=item.end, decimals=item.quantity.decimals)
                found = base_at(self.items, index + 1, self.text, self.period or self.report) if index + 1 < len(self.items) else None
                if found is not None:
                    nxt.base, nxt.base_text = found.base, found.text
                self._deal(nxt)
                self.left = index + 1 if found is None else found.next
                index = self.left
            elif item.kind == "mark" and item.value == "," or item.value == "và":
                index += 1
            else:
                break

    def _split_names(self, phrase: Phrase) -> list[Subject]:
        """The names of a list "số vụ, số người chết và số người bị thương"."""
        names, first = [], phrase.first
        for index in range(phrase.first, phrase.last + 1):
            ends = index == phrase.last or (self.items[index].kind == "mark" and self.items[index].value == ",") or self.items[index].value == "và"
            if ends and index > first:
                names.append(subject_of(self.items, Phrase(first, index), self.text))
                first = index + 1
        return names

    # -------------------------------------------------------------------------------------------------------- values

    def _value(self, index: int, quantity: Quantity, left: Left, verb: str, right: FoundBase | None) -> None:
        """A figure with a value: its subject, unit, period and status."""
        if quantity.value_max is None and verb == "up" and quantity.family == "":
            return
        if left.part:
            self.head = self._head_subject()
            self.parent = self.head.text if self.head is not None else self.parent
        if self._repeats_rate(index, quantity):
            self.echoes.append(quantity)
            self.left = index + 1
            return
        if left.each and self._deal_values(index, quantity, left):
            return
        if self._at_level(quantity) and self.current is not None:
            left = replace(left, phrase=None)
        if self._is_name(index, quantity, left, verb):
            self.names.append(quantity)
            self.left = index + 1
            return
        subject, doubts = self._subject(index, quantity, left, verb)
        if left.verb is not None and self.text[left.verb.start : left.verb.end] == "=" and self.current is not None:
            subject = self.current.subject
        if subject is None and quantity.unit is None:
            return
        quantity = self._below_zero(index, quantity, left)
        if verb in ("contribute", "contribute_down") and subject is not None:
            subject = replace(subject, qualifier="đóng góp")
            quantity = replace(quantity, sign=-1) if verb == "contribute_down" else quantity
        draft = self._draft(subject, quantity, quantity.start, quantity.end, left)
        draft.doubts += doubts
        draft.noun = counted_phrase(self.items, index, quantity, self.text)[0] if quantity.unit else ""
        draft.unit = quantity.unit
        whole = self._whole(left)
        if quantity.family == "noun" and whole is not None and whole.quantity is not None and whole.quantity.family in ("count", "person", "award", "noun"):
            draft.unit = whole.unit
        elif quantity.unit is None and self.frames and self.frames[-1].head is not None:
            draft.unit = self.frames[-1].head.unit
            draft.doubts.append("unit_inherited")
        elif quantity.unit is None and self.context.unit is not None:
            draft.unit = self.context.unit
            draft.doubts.append("unit_inherited")
        self.left = self._behind_noun(index, quantity)
        self.after_value = True
        self._late_period(draft, self.left - 1)
        self._mated(draft)
        self.mate = None
        self._slash_plan(draft, index)
        self.current = self.mate or draft
        if subject is not None and not self.frames:
            self.subject = subject

    def _below_zero(self, index: int, quantity: Quantity, left: Left) -> Quantity:
        """A detached dash is a minus where a balance is spoken of: "cân đối thương mại - 4 475 triệu USD"."""
        before = self.items[index - 1] if index else None
        if before is None or before.value not in ("-", "−", "–") or left.phrase is None or quantity.sign:
            return quantity
        balance = any("balance" in i.role for i in self.items[left.phrase.first : left.phrase.last])
        return replace(quantity, start=before.start, sign=-1) if balance else quantity

    def _is_name(self, index: int, quantity: Quantity, left: Left, verb: str) -> bool:
        """Whether the number belongs to a name after all: "tổ dân phố Đẩu Sơn 1", "Kế hoạch sử dụng đất 5 năm"."""
        unit = fold(quantity.unit or "")
        if unit in ("năm", "tháng") and verb == "" and not left.colon and quantity.decimals == 0:
            rate = left.phrase is not None and any(w in fold(self._named_text(left)) for w in ("tuổi", "thời gian", "bình quân", "thời hạn"))
            return not rate
        follows = self.items[index + 1].value if index + 1 < len(self.items) else ""
        if quantity.total is not None and quantity.family in ("noun", "") and verb == "" and follows not in ("equal", "reach"):
            return quantity.value <= 31 and quantity.total <= 12
        if quantity.unit is None and not self.frames and quantity.value <= 20 and quantity.decimals == 0 and verb == "":
            word = self.text[: quantity.start].rstrip().rsplit(" ", 1)[-1]
            zero = self.text[quantity.start] == "0"
            return word[:1].isupper() and not zero and index > 1
        return False

    def _named_text(self, left: Left) -> str:
        named = self._named(left)
        return named.text if named is not None else ""

    def _repeats_rate(self, index: int, quantity: Quantity) -> bool:
        """Whether a rate only quotes one already given: "Trong 6,8% tăng trưởng thì …"."""
        after = self.items[index + 1] if index + 1 < len(self.items) else None
        names = after is not None and fold(self.text[after.start : after.end]).startswith("tăng trưởng")
        return names and any(c.value == quantity.value and c.unit == quantity.unit for d in self.drafts for c in d.comparisons)

    def _whole(self, left: Left) -> Draft | None:
        """The figure whose parts are being listed: the head of the bracket, or that of a "trong đó"."""
        if self.frames:
            return self.frames[-1].head
        if left.part:
            self.listed = self.current
        return self.listed if self.listed is not None and self.listed.sentence == self.sentence else None

    def _behind_noun(self, index: int, quantity: Quantity) -> int:
        """Index of the first item behind the counted noun phrase of the quantity at ``index``."""
        if not quantity.unit:
            return index + 1
        end = counted_phrase(self.items, index, quantity, self.text)[1]
        behind = index + 1
        while behind < len(self.items) and self.items[behind].start < end:
            behind += 1
        return behind

    def _head_subject(self) -> Subject | None:
        """What a "trong đó" details: the last subject outside brackets."""
        return self.subject

    def _subject(self, index: int, quantity: Quantity, left: Left, verb: str) -> tuple[Subject | None, list[str]]:
        """Label before the value, else the counted noun after it, else what is inherited."""
        named = self._named(left)
        phrase = left.phrase
        counted, end, extra = counted_phrase(self.items, index, quantity, self.text) if quantity.unit else ("", 0, 0)
        begin = end - len(counted)
        if phrase is not None and phrase.long:
            doubts = ["indicator_uncertain"]
        else:
            doubts = []
        if is_measured(quantity):
            return self._measured_subject(named, phrase, counted, quantity, extra, doubts)
        if phrase is None or phrase.total or named is None:
            remains = left.verb is not None and fold(self.text[left.verb.start : left.verb.end]) in ("còn", "còn lại", "chỉ còn")
            if verb and not remains and self._same_counted(quantity, extra) or (self.subject is not None and not self._existential(left) and self._labels(left, verb, extra)):
                return self.subject, [*doubts, "indicator_inherited"]
            return Subject(counted, begin, end), doubts
        if quantity.family == "award":
            return Subject(counted, begin, end), doubts
        existential = self._existential(left)
        if self._prepositional(index):
            return Subject(counted, begin, end), doubts
        bare = not extra and self._generic(quantity) and quantity.family != "person" and not phrase.verbal
        bare = bare and not (left.verb is not None and left.verb.value == "event" and phrase.long)
        if existential and not left.colon and not (bare and not _is_place(self.items[phrase.first])):
            return Subject(counted, begin, end), doubts
        if not verb and not left.colon and extra and quantity.family == "count" and not self._generic(quantity):
            return Subject(counted, begin, end), doubts
        if phrase.verbal:
            if extra or (quantity.family in ("count", "noun") and not self._generic(quantity)):
                return Subject(counted, begin, end), doubts
            if self._unit_seen(quantity):
                return named, doubts
            words = f"{named.text} {quantity.unit}"
            contiguous = self.text[named.start : quantity.start].strip()
            keep = Subject(words, named.start, named.end, named.qualifier)
            return (keep if contiguous else named), doubts
        if left.colon and extra and self._colon_before(index):
            return Subject(counted, begin, end), doubts
        return named, doubts

    def _measured_subject(
        self, named: Subject | None, phrase: Phrase | None, counted: str, quantity: Quantity, extra: int, doubts: list[str]
    ) -> tuple[Subject | None, list[str]]:
        """A unit that only measures cannot name: the label before it does, with the noun after it where a verb leads."""
        noun = counted[len(quantity.unit or "") :].strip()
        if named is not None and phrase is not None and not (phrase.total and self.subject is not None and False):
            if phrase.verbal and noun and extra:
                return Subject(f"{named.text} {noun}", named.start, named.end, named.qualifier), doubts
            return named, doubts
        if self.frames and self.frames[-1].drafts and self.current is not None and self.current is not self.frames[-1].head:
            return self.current.subject, doubts
        if noun and extra and (self.subject is None or quantity.family != "money"):
            start = quantity.end + (len(counted) - len(quantity.unit or "") - len(noun))
            return Subject(noun, start, start + len(noun)), doubts
        if self.subject is None:
            return None, [*doubts, "indicator_missing"]
        return self.subject, doubts if self.current is not None else [*doubts, "indicator_inherited"]

    def _existential(self, left: Left) -> bool:
        """Whether "có" introduces the number: what exists is what is counted."""
        if left.verb is None:
            return False
        return left.verb.value == "event" or fold(self.text[left.verb.start : left.verb.end]).split()[-1] in ("có", "số")

    def _prepositional(self, index: int) -> bool:
        """Whether a preposition right before the number makes its noun an object of its own: "tại 06 đình, đền"."""
        return self.items[index - 1].value in ("tại", "ở", "của", "trong", "đối với") if index else False

    def _colon_before(self, index: int) -> bool:
        """Whether a colon stands right before the number: what follows it is a list of its own."""
        before = self.items[index - 1]
        return before.kind == "mark" and before.value == ":"

    def _same_counted(self, quantity: Quantity, extra: int) -> bool:
        """Whether the bare unit is that of the running subject: "… quý 1 đạt 34 xã"."""
        return extra == 0 and self.current is not None and self.current.unit == quantity.unit and self.current.sentence == self.sentence

    def _labels(self, left: Left, verb: str, extra: int) -> bool:
        """Whether the subject above labels this count: a lead with a colon, or a period, and a bare unit."""
        return extra == 0 and (verb in ("reach", "is") or left.period is not None or left.status is not None) and self.current is None

    GENERIC = frozenset(
        "hồ sơ|đơn|đơn thư|lượt|vụ|vụ việc|việc|trường hợp|ca|cas|cuộc|buổi|đợt|cơ sở|hộ|lượt hộ|suất|con|cái|chiếc|lớp".split("|")
    )

    def _generic(self, quantity: Quantity) -> bool:
        """Whether the unit is a classifier that says little by itself."""
        return quantity.family == "person" or _base_unit(quantity.unit or "") in self.GENERIC

    def _unit_seen(self, quantity: Quantity) -> bool:
        """Whether an earlier figure of this block counts the same thing, so that only the verb tells them apart."""
        return any(fold(d.unit or "") == fold(quantity.unit or "") for d in self.drafts)

    def _draft(self, subject: Subject | None, quantity: Quantity | None, start: int, end: int, left: Left) -> Draft:
        """A new figure that inherits what the sentence has said so far."""
        if left.status is not None:
            self.status = left.status
        status = self.status or (Status.PLAN if self.context.plan_section else Status.ACTUAL)
        if subject is not None and subject.plan and left.status is None:
            status = Status.PLAN
        parent = self.parent
        if self.frames and self.frames[-1].head is not None:
            head = self.frames[-1].head.subject
            parent = head.text if head is not None else parent
            self.frames[-1].drafts += 1
        draft = Draft(
            subject, quantity, start, end, self.sentence,
            period=self.period, period_from=self.period_from, status=status,
            parent=parent if subject is None or parent != subject.text else None,
            doubts=list(quantity.doubts) if quantity is not None else [], bracket=len(self.frames),
        )  # fmt: skip
        self.drafts.append(draft)
        return draft

    def _late_period(self, draft: Draft, index: int) -> None:
        """A period right behind the value: "đạt 361 nghìn lượt trong tháng 7", "13,4% của năm 1995"."""
        at = index + 1
        while at < len(self.items) and self.items[at].value in ("của", "trong", "vào"):
            at += 1
        if at < len(self.items) and self.items[at].kind == "period" and (at > index + 1 or self.period_from != "stated"):
            item = self.items[at]
            if item.value:
                draft.period, draft.period_from = item.value, "stated"
                self.left = at + 1
            return
        if self.period_from == "stated":
            return
        for position in range(index + 1, min(len(self.items), index + 16)):
            item = self.items[position]
            if item.kind in ("quantity", "verb", "cut", "part") or (item.kind == "mark" and item.value in ",;:()."):
                return
            if item.kind == "period" and item.value and self.items[position - 1].value in ("trong", "vào"):
                draft.period, draft.period_from = item.value, "stated"
                return

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

    def _slash_plan(self, draft: Draft, index: int) -> None:
        """A denominator that is labelled as plan is a figure of its own: "3.118/4.500 ha KH", "… /14.000 tấn KH"."""
        quantity = draft.quantity
        if quantity is None:
            return
        before = self.items[index - 2 : index]
        if len(before) == 2 and before[0].value == "/" and before[1].kind == "compare" and before[1].value == "plan" and self.current is not None:
            draft.subject, draft.status, draft.parent = self.current.subject, Status.PLAN, self.current.parent
            self.mate, self.current.planned = self.current, True
            return
        after = self.items[index + 1] if index + 1 < len(self.items) else None
        planned = after is not None and (
            (after.kind == "compare" and after.value == "plan") or (after.kind == "status" and after.value == "plan")
        )
        if quantity.total is not None and planned:
            draft.quantity, draft.planned = replace(quantity, total=None), True
            twin = replace(quantity, start=quantity.total_start, value=quantity.total, total=None, doubts=())
            self._plan_twin(draft, twin, index + 2)
            return
        if index and self.items[index - 1].value == "/" and planned and self.current is not None and self.current is not draft:
            draft.subject, draft.status, draft.parent = self.current.subject, Status.PLAN, self.current.parent
            self.left = index + 2
            self.mate, self.current.planned = self.current, True

    def _plan_twin(self, draft: Draft, quantity: Quantity, after: int) -> None:
        twin = Draft(
            draft.subject, quantity, quantity.start, quantity.end, self.sentence,
            period=draft.period, period_from=draft.period_from, status=Status.PLAN, parent=draft.parent, unit=draft.unit,
        )  # fmt: skip
        self.drafts.append(twin)
        self.left = after

    # ------------------------------------------------------------------------------------------------------ brackets

    def _in_bracket(self, index: int, quantity: Quantity, left: Left, verb: str, right: FoundBase | None) -> bool:
        """What only a bracket does: echoes, siblings, positional comparisons. False where the plain rules hold."""
        frame = self.frames[-1]
        head = frame.head
        if head is None:
            return False
        if self._this_and_last(index, quantity, head):
            return True
        opened = self.items[self.left : index]
        if self._echoes(opened, quantity, head):
            self.echoes.append(quantity)
            self.left = index + 1
            return True
        sibling = self._sibling(opened, quantity, head, verb)
        if sibling:
            self._add_sibling(index, quantity, left, verb, head, sibling)
            return True
        if self.current is not None and self.current is not head and self.current in self.drafts[-frame.drafts or len(self.drafts) :]:
            head = self.current
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

    def _this_and_last(self, index: int, quantity: Quantity, head: Draft) -> bool:
        """"tăng 88 vụ (211/123 vụ)": this year's value over last year's, proved by their difference."""
        change = next((c for c in reversed(head.comparisons) if c.kind is Measure.ABSOLUTE), None)
        if change is None or quantity.total is None or abs(quantity.value - quantity.total) != abs(change.value):
            return False
        now = replace(quantity, total=None, end=quantity.number_end)
        last = replace(quantity, start=quantity.total_start, value=quantity.total, total=None)
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

    def _sibling(self, opened: tuple[Item, ...], quantity: Quantity, head: Draft, verb: str) -> str | None:
        """What other time or status a bracket speaks of: plan, same, previous, or a period label; None for neither."""
        cues = [i for i in opened if i.kind not in ("mark", "bound")]
        if not cues or any(i.kind == "cut" for i in opened):
            return None if not self._repeats_base(head, quantity, opened) else "base"
        first = cues[0]
        if first.kind == "compare" and first.value in ("plan", "same", "previous"):
            return first.value
        if first.kind == "status" and first.value == "plan":
            return "plan"
        if first.kind == "period" and not any(i.kind in ("word", "rate") and not i.role & {"link"} for i in cues):
            return first.value or None
        return "base" if self._repeats_base(head, quantity, opened) else None

    def _repeats_base(self, head: Draft, quantity: Quantity, opened: tuple[Item, ...]) -> bool:
        """Whether a bare amount in a bracket is the value of the base: "so với tháng trước (2,64 tỷ USD)"."""
        if opened or quantity.family in ("share", "points", "times") or head.quantity is None or quantity.sign:
            return False
        return fold(quantity.unit or "") == fold(head.unit or "") and self._base_before_bracket() is not None

    def _base_before_bracket(self) -> str | None:
        """The base cue right before the open bracket."""
        opening = next((i for i in range(len(self.items) - 1, -1, -1) if i < self.left and self.items[i].value == "("), None)
        if opening is None or opening == 0:
            return None
        before = self.items[opening - 1]
        return before.value if before.kind == "compare" and before.value in ("same", "previous", "plan") else None

    def _add_sibling(self, index: int, quantity: Quantity, left: Left, verb: str, head: Draft, other: str) -> None:
        """A figure of the same subject at another time or with the status of a plan."""
        if other == "base":
            other = self._base_before_bracket() or "other"
        period, status = head.period or self._report_period(), head.status
        if other == "plan":
            status = Status.PLAN
            yearly = any(c.base is Base.PLAN and "năm" in (c.base_text or "") for c in head.comparisons)
            period = str(year_of(period)) if yearly and year_of(period) else period
        elif other == "same" and "năm học" in self.text[self.items[self.left].start : quantity.start].lower():
            period, status = school_year_before(period), Status.ACTUAL
        elif other == "same":
            period, status = year_before(period.removeprefix("../")) if period else None, Status.ACTUAL
        elif other == "previous":
            period, status = month_before(period), Status.ACTUAL
        else:
            period, status = other, Status.ACTUAL
        growing = quantity.family in COMPARATIVE and verb in CHANGES
        if not growing and quantity.family == "share" and head.quantity is not None and head.quantity.family != "share":
            growing = False
        draft = self._draft(head.subject, None if growing else quantity, quantity.start, quantity.end, left)
        draft.period, draft.status, draft.parent = period, status, head.parent
        draft.period_from = "stated" if other != "plan" else head.period_from
        if growing:
            comparison = self._comparison(index, quantity, left, verb, None)
            comparison.base = next((c.base for c in head.comparisons if c.kind is comparison.kind), None)
            draft.start = comparison.start
            draft.comparisons.append(comparison)
        else:
            draft.unit = quantity.unit or head.unit
        self.left = index + 1
        self.current = draft

    def _report_period(self) -> str | None:
        return self.period or self.report

    def _bracket_comparison(
        self, index: int, quantity: Quantity, left: Left, verb: str, right: FoundBase | None, head: Draft
    ) -> None:
        """A comparison in brackets; one that only repeats a change as a percentage takes that change's sign and base."""
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
            pair = [c for c in frame.comparisons]
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


def _is_place(item: Item) -> bool:
    """Whether a phrase begins with an administrative unit or a body: it owns what is counted, it does not name it."""
    return item.value.split()[0] in ACTORS


def _base_unit(unit: str) -> str:
    """The unit without its multipliers, folded: "triệu tấn.km" → "tấn km"."""
    return " ".join(w for w in fold(unit).split() if w not in ("nghìn", "ngàn", "triệu", "tỷ", "vạn"))


def frame_open(items: tuple[Item, ...], index: int) -> int:
    """Index of the bracket that encloses the item at ``index``."""
    depth = 0
    for position in range(index - 1, -1, -1):
        if items[position].kind == "mark":
            depth += {")": 1, "(": -1}.get(items[position].value, 0)
            if depth < 0:
                return position
    return 0
