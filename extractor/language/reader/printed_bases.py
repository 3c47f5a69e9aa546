"""Bases as they are printed: what a comparison says it compares with, by its words and by the calendar.

"so với cùng kỳ năm 2017", "kế hoạch năm", "so tháng 5/2019", "so với bình quân chung". What a printed base means for a
comparison is evidence, not a verdict: ``PrintedBase.sort`` names what is seen.
"""

from __future__ import annotations

from typing import NamedTuple

from extractor.domain.folding import fold
from extractor.domain.period import end_day, relation, year_of
from extractor.language.lexer.tokens import words_of
from extractor.language.reader.view import View

LONGEST = 6
"""Words that go with a base: "kế hoạch HĐND huyện giao"."""


class PrintedBase(NamedTuple):
    """A base in the items ``first:end``; ``sort`` is same, previous, plan, total, other, or one with a colon."""

    sort: str
    first: int
    end: int
    period: str | None = None

    @property
    def is_time(self) -> bool:
        """Whether it is a time and no plan, whole or other words."""
        return self.sort.partition(":")[0] in ("same", "previous", "period")


def base_at(view: View, index: int, own: str | None) -> PrintedBase | None:
    """The base that begins at ``index``; ``own`` is the period that a named one is held against."""
    items, first = view.items, index
    index, is_cut = _behind_lead(view, index)
    if index >= len(items):
        return None
    item = items[index]
    if item.kind == "compare":
        return _compared(view, first, index, own)
    if not is_cut:
        return None
    if item.kind == "status":
        if item.value == "plan":
            return PrintedBase("plan", first, index + 1)
        index += 1
        item = items[index] if index < len(items) else item
    if item.kind == "period":
        return PrintedBase(f"period:{_distance(view, index, own)}", first, index + 1, item.value)
    if item.kind == "reference":
        return PrintedBase(f"reference:{item.value}", first, index + 1)
    return _worded(view, first, index, own)


def _behind_lead(view: View, index: int) -> tuple[int, bool]:
    """The item behind the words that lead a base, and whether one of them cuts ("so với").

    Months before "cùng kỳ" say how long it is: "so với 6 tháng cùng kỳ năm 2023".
    """
    items, is_cut = view.items, False
    while index < len(items) and (items[index].kind == "cut" or items[index].value in words_of("base_lead")):
        is_cut = is_cut or items[index].kind == "cut"
        index += 1
    has_length = is_cut and view.kinds[index : index + 2] == ["period", "compare.same"]
    return index + has_length, is_cut


def _compared(view: View, first: int, index: int, own: str | None) -> PrintedBase:
    """A base of the vocabulary, with the period behind it or the words that go with a plan or a whole."""
    items = view.items
    sort, end = items[index].value, index + 1
    if end < len(items) and items[end].kind == "period":
        mine, theirs = year_of(own), year_of(items[end].value)
        is_far = sort == "same" and mine is not None and theirs is not None and mine - theirs not in (0, 1)
        if sort == "same" and relation(own, items[end].value) == "previous":  # "cùng kỳ tháng 5" of a June
            sort = "previous"
        return PrintedBase("same:far" if is_far else sort, first, end + 1, items[end].value)
    if sort == "same" and view.kinds[end : end + 1] == ["compare.previous"]:  # "cùng kỳ tháng trước"
        return PrintedBase("previous", first, end + 1)
    if sort in ("plan", "total"):
        end = _words_end(view, end)
    return PrintedBase(sort, first, end)


def _worded(view: View, first: int, index: int, own: str | None) -> PrintedBase | None:
    """A base in words of its own: "so với bình quân chung của tỉnh", "so với mục tiêu đề ra".

    What closes with the year before is of last year: "so với dịp Tết năm ngoái" (33 of 33 in the gold). What opens with
    a mean is no time: "so với mức chung của tỉnh".
    """
    end = _words_end(view, index)
    if end == index:
        return None
    words = f" {' '.join(view.words(place) for place in range(index, end))} "
    if view.kinds[end - 1] == "compare.same" and words.split()[0] not in words_of("several"):
        return PrintedBase("same", first, end)
    is_mean = any(words.startswith(f" {mean} ") for mean in words_of("mean"))
    if is_mean and not any(view.items[place].kind == "compare" for place in range(index, end)):
        return PrintedBase("other", first, end)
    sort = "words:plan" if any(f" {giver} " in words for giver in words_of("plan_giver")) else "words"
    if end < len(view.items) and view.items[end].kind == "period":
        return PrintedBase(f"{sort}:{_distance(view, end, own)}", first, end + 1, view.items[end].value)
    return PrintedBase(sort, first, end)


def _words_end(view: View, index: int) -> int:
    """The end of the plain words that go with a base."""
    end = index
    while end < len(view.items) and end - index < LONGEST:
        item = view.items[end]
        if item.kind not in ("word", "rate") and not (item.kind == "compare" and end > index):
            break
        if item.kind == "word" and item.value in words_of("base_end"):
            break
        end += 1
    return end


def _distance(view: View, index: int, own: str | None) -> str:
    """How far a named period lies before the figure's own: same (a year), previous, last_year, edge, far."""
    item = view.items[index]
    form = item.period.form if item.period is not None else ""
    if form == "year" and fold(view.text[item.start : item.end]).startswith(tuple(words_of("year_edge"))):
        return "edge"  # "cuối năm 2022": a day
    told = relation(own, item.value)
    if told in ("same", "previous"):
        return told
    mine, theirs = year_of(own), year_of(item.value)
    is_last = mine is not None and theirs == mine - 1
    if form in ("day", "to_day"):
        return "same" if is_last and (end_day(own) or "")[5:] == (end_day(item.value) or "")[5:] else "edge"
    return "last_year" if is_last else "far"
