"""The grammar of figures: the items of one block → drafts of figures with their comparisons.

The block is read once, left to right, sentence by sentence. Each quantity plays one of four parts, decided by the
cue before it, the base behind it and its own unit: the *value* of a figure; a *comparison* of the figure before it;
the value of the same indicator at another time or of its plan (*sibling*); or an *echo* that repeats an amount. The
hard idea is that a percentage is a comparison unless its subject is itself a rate. What the part cannot tell is
inherited: subject, period and status from the sentence and from above; bases are settled at the end of the sentence
(``comparison_bases``).
"""

from __future__ import annotations

from extractor.domain.figure import Base
from extractor.domain.folding import fold
from extractor.domain.unit import COMPARATIVE
from extractor.language.lexer.tokens import openings_of
from extractor.language.reader.brackets import Brackets
from extractor.language.reader.comparison_bases import pair_of, resolve
from extractor.language.reader.drafts import Draft
from extractor.language.reader.left_context import CHANGES, Frame, frame_open


class BlockReader(Brackets):
    """Reads one block; ``read`` gives its drafts in order. One reader a block, no state beyond it."""

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
            self.frames.append(Frame(self.current, self.left, self.period, self.period_from, self.status))
            self.left = index + 1
        elif mark == ")" and self.frames:
            self._close_bracket(index, self.frames.pop())
        elif mark == ";" and not self.frames and self.outer is not None and index >= self.left:
            self.lapsing = True
        elif mark == ":" and not self.frames:
            self._lead_with_base(index)
        elif mark == "." and self._is_stop(index):
            self._end_sentence()
            self.left = self.sentence_start = index + 1

    def _close_bracket(self, index: int, frame: Frame) -> None:
        """Go on as before the bracket; what it told of a period ends with it where it told a figure."""
        opening = frame_open(self.items, index)
        is_pending = any(item.kind in ("word", "rate") for item in self.items[frame.left : opening])
        told = bool(frame.drafts or frame.comparisons) or self.left >= index
        if is_pending or not told:
            self.left = frame.left
        else:
            self.left = max(self.left, index + 1)
            self._bracket_base(index, frame)
        if is_pending or told:
            self.period, self.period_from = frame.period, frame.period_from
        self.current = frame.head
        self.status = frame.status

    def _end_sentence(self) -> None:
        mine = [d for d in self.drafts if d.sentence == self.sentence]
        resolve(self._settling(mine), self.context.bases, self.customs, self.pair)
        self.pair = pair_of(mine) or (self.pair if mine and any(len(d.comparisons) > 1 for d in mine) else ())
        self._learn_custom(mine)
        self.sentence += 1
        self.outer, self.aside, self.lapsing = None, None, False
        self.frames.clear()
        self.sentence_base = None
        if self.listed is not None and self.listed.subject is not None:
            self.subject = self.listed.subject  # behind a list the whole is spoken of again, not its last part
        self.listed = None
        self.after_value = False
        self.parent = self.context.parent
        self.status = self.context.status
        if self.lead_period is not None:
            self.period, self.period_from = self.lead_period, "inherited"
        else:
            self.period, self.period_from = self.context.period, "inherited" if self.context.period else None

    def _learn_custom(self, mine: list[Draft]) -> None:
        """A price index told against the month before sets the base of the changes that follow without one."""
        for draft in mine:
            name = f"{fold(draft.subject.text)} " if draft.subject is not None else ""
            price = name.startswith(openings_of("price"))
            if price and draft.comparisons and draft.comparisons[0].base is Base.PREVIOUS:
                self.customs[draft.period] = Base.PREVIOUS
                if draft.period == self.report:
                    self.customs[None] = Base.PREVIOUS

    def _settling(self, mine: list[Draft]) -> list[Draft]:
        """The drafts whose comparisons this sentence may have added: its own, and earlier ones with open bases."""
        earlier = [d for d in self.drafts if d.sentence < self.sentence and any(c.base is None for c in d.comparisons)]
        return earlier + mine

    def _quantity(self, index: int) -> None:
        """Decide the part of the quantity at ``index`` and act on it."""
        quantity = self.items[index].quantity
        assert quantity is not None
        head = self.frames[-1].head if self.frames else None
        if (
            head is not None
            and head.quantity is not None
            and head.quantity.family == "award"
            and fold(quantity.unit or "") == "đồng"
        ):
            quantity = quantity._replace(family="noun")  # huy chương đồng
        self._open_with_base()
        left = self._look_left(index)
        verb = left.verb.value if left.verb is not None else self._carried(index)
        if (verb in CHANGES or verb == "") and self._opens_span(index):
            verb = "from"
        self._lapse(left)
        self._take_period(left)
        right = self._base_right(index, quantity)
        if (
            quantity.total is not None
            and (quantity.unit is None or verb in CHANGES)
            and quantity.total <= 10
            and (verb in CHANGES or (verb == "equal" and right is not None))
        ):
            self.names.append(quantity)
            self.left = right.next if right is not None else index + 1
            return
        if self._narrows(quantity, left, verb):
            self.names.append(quantity)
            self.left = right.next if right is not None else index + 1
            return
        if self.frames and self._in_bracket(index, quantity, left, verb, right):
            return
        if quantity.family in COMPARATIVE or (quantity.family == "" and self._lost_percent(quantity, verb)):
            if self._is_comparison(index, quantity, left, verb, right):
                self._compare(index, quantity, left, verb, right)
                return
        elif verb == "from" and quantity.value_max is not None:
            self._compare(index, quantity, left, "down" if self._falls(left) else "up", right)
            return
        elif verb in CHANGES and not self._is_level(left) and not self._is_shortage(quantity, left):
            self._compare(index, quantity, left, verb, right)
            return
        grown = self._grown(index, left) if quantity.family == "share" and verb == "" else ""
        if grown:
            self._compare(index, quantity, left, grown, right)
            return
        led = self._led_by(left)
        if led is not None and quantity.family in COMPARATIVE and verb == "":
            self._compare(index, quantity, left._replace(verb=led), led.value, right)
            return
        self._value(index, quantity, left, verb)
