"""Drafts in the making: what a new figure inherits, and how far the words behind a number belong to it."""

from __future__ import annotations

import regex

from extractor.domain.figure import Status
from extractor.domain.folding import fold
from extractor.domain.period import year_of
from extractor.language.lexer.quantities import Quantity
from extractor.language.reader.drafts import Draft, Subject
from extractor.language.reader.left_context import Left, Surroundings
from extractor.language.reader.name_spans import counted_phrase

_DAY = regex.compile(r"\d{4}-\d{2}-\d{2}")


class Drafting(Surroundings):
    """Makes drafts that inherit what the sentence has said."""

    def _take_period(self, left: Left) -> None:
        """A period before the quantity holds from here to the end of the sentence.

        Before a lead's colon, of the block.
        """
        if self.aside is not None and left.boundary:
            self.period, self.period_from = self.aside
            self.aside = None
        if left.period is None:
            return
        before = self._before(left.period.start)
        since = left.period.period is not None and left.period.period.form == "since"
        if since or before.endswith("trong khi"):  # "…, trong khi 6 tháng năm 2008 tăng 16,8%; …"
            self.aside = self.period, self.period_from
        begun = before.endswith("từ đầu năm")
        as_of = left.period.period is not None and left.period.period.form == "to_day"
        passing = as_of and not begun and not self._opens(left.period)
        self.outer = (self.period, self.period_from) if passing and not left.colon else None
        self.period, self.period_from = left.period.value or None, "stated"
        if left.period.period is not None and left.period.value == "" and left.period.period.form == "season":
            self.period = None
        if left.colon and self.sentence == 0 and not self.drafts and left.phrase is None and self._opens(left.period):
            self.lead_period = self.period

    def _lapse(self, left: Left) -> None:
        """The clause behind an as-of day: what is done there runs through the period, a stock is that of the day.

        As in "đến 31/12 có mặt 2.041 người; cử 418 lượt cán bộ", "dư nợ đến 30/9 đạt 286 tỷ đồng; nợ quá hạn 4 tỷ".
        """
        if self.lapsing and self.outer is not None and left.phrase is not None and left.phrase.verbal:
            self.period, self.period_from = self.outer
            self.outer = None
        self.lapsing = False

    def _draft(self, subject: Subject | None, quantity: Quantity | None, start: int, end: int, left: Left) -> Draft:
        """A new figure that inherits what the sentence has said so far."""
        if left.status is not None:
            self.status = left.status
        if subject is not None and subject.plan and subject.text.endswith(" năm") and self.report:
            self.period, self.period_from = str(year_of(self.report)), "stated"
        status = self.status or (Status.PLAN if self.context.plan_section else Status.ACTUAL)
        if subject is not None and subject.plan and left.status is None:
            status = Status.PLAN
        if self._outlives_day(quantity):
            self.period, self.period_from = self.report, "report" if self.report else None
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

    def _outlives_day(self, quantity: Quantity | None) -> bool:
        """Whether a figure is of another sort than the stocks that a title dates: the day is not its own.

        As in "Chăn nuôi (thời điểm 01/10): đàn trâu 310 con, bò 420 con. Tiêm phòng 3.126 liều".
        """
        dated = self.period_from == "inherited" and _DAY.fullmatch(self.period or "") is not None
        if not dated or self.sentence == 0 or quantity is None:
            return False
        return all(fold(d.unit or "") != fold(quantity.unit or "") for d in self.drafts if d.sentence == 0)

    def _whole(self, left: Left) -> Draft | None:
        """The figure whose parts are being listed: the head of the bracket, or that of a "trong đó"."""
        if self.frames:
            return self.frames[-1].head
        if left.part:
            self.listed = self.current
        if self.listed is None:
            return None
        opens = self.items[self.sentence_start].kind == "part"  # "Số hộ nghèo: 96 hộ. Cụ thể: thôn Thượng 21, …"
        return self.listed if self.sentence - self.listed.sentence <= opens else None

    def _behind_noun(self, index: int, quantity: Quantity) -> int:
        """Index of the first item behind the counted noun phrase of the quantity at ``index``."""
        if not quantity.unit:
            return index + 1
        end = counted_phrase(self.items, index, quantity, self.text)[1]
        behind = index + 1
        while behind < len(self.items) and self.items[behind].start < end:
            behind += 1
        return behind

    def _noun_follows(self, index: int) -> bool:
        """Whether a noun comes right behind a percentage that opens a clause: "96,2% trẻ được tiêm chủng"."""
        after = self.items[index + 1] if index + 1 < len(self.items) else None
        if after is not None and after.kind == "verb" and self.text[after.start : after.end] == "là":
            return index + 2 < len(self.items) and self.items[index + 2].kind == "word"
        if after is not None and after.kind == "compare" and after.value == "total":
            return True
        return after is not None and after.kind == "word" and (after.value == "số" or not after.role & {"link", "stop"})

    def _at_level(self, quantity: Quantity) -> bool:
        """Whether "mức" right before makes a level of a percentage: "thấp hơn mức 13,4% của năm 1995"."""
        before = self._before(quantity.bound_start or quantity.start)
        return before.endswith("mức") and not before.endswith(("đạt mức", "ở mức"))

    def _report_period(self) -> str | None:
        return self.period or self.report

    def _unit_seen(self, quantity: Quantity) -> bool:
        """Whether an earlier figure of this block counts the same thing, so that only the verb tells them apart."""
        return any(fold(d.unit or "") == fold(quantity.unit or "") for d in self.drafts)
