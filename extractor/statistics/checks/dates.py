"""Days: ranges run forwards, what is done is dated before the report, anniversaries and lunar equivalents reckon right.

Ranges are read from the text as well as from the figures' periods, so that a slip is found even where no figure stands
beside it. A likely reading is offered in the sentence and never applied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from extractor.domain.document import BlockKind, Document
from extractor.domain.figure import Figure, Status
from extractor.domain.finding import Finding, Level
from extractor.domain.folding import fold
from extractor.domain.lexicon import read_rows, worth
from extractor.domain.period import issue_bounds, read_period, spell_period
from extractor.statistics.catalogue import compiled, has_syllable
from extractor.statistics.checks.lunar import lunar_day
from extractor.statistics.checks.parts import Layout
from extractor.statistics.checks.wording import Words, finding, named

DAY = r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)"
RANGE = rf"{{day_from}}(?<!\d){DAY} {{day_until}}{DAY}"
# shapes that begin with a digit look back from it: the engine then goes from digit to digit, not letter to letter
YEARS = r"(\d(?<!\d\d)\d{0,2}) {year} "
OF_A_DAY = "{day_opening} "
ANNIVERSARY = rf"{YEARS}([^.;:\d\n]{{0,80}})\(?\s*(?:{DAY}\s*[-–]\s*{DAY}|(\d{{1,2}}/\d{{1,2}})(?![/\d]))"
YEARS_BETWEEN = rf"{YEARS}{OF_A_DAY}[^.;:()\d\n]{{0,80}}\(\s*(\d{{4}})\s*[-–]\s*(\d{{4}})\s*\)"
YEAR = re.compile(r"((?:19|20)(?<!\d\d\d)\d\d)(?!\d)")
DONE_ON = rf"(?m)(?:^|[.;:]\s)\W*(?:{{within}} )?{OF_A_DAY}{DAY},?([^.;:\n]{{1,40}})"
ITEM_DAY = rf"\W*{OF_A_DAY}{DAY}"
LUNAR_WORD = "{lunar_month}|{tet}"
"""No day of the lunar calendar is read where none of these stands."""
LUNAR_AFTER = rf"{DAY}\s*\(\W*{{lunar_lead}}{{lunar_count}}(\d{{1,2}}) (?:{{month}} )?({LUNAR_WORD})"
LUNAR_RANGE = (
    rf"{{day_from}}{DAY} {{until_word}} (?:\d{{1,2}}h\d{{0,2}}'? )?(?:{{date_word}} )?{DAY}\s*\(\W*{{lunar_range_lead}}"
    r"(\d{1,2}) {until_word} (?:{date_word} )?(\d{1,2}) {month} ({lunar_month})"
)
LUNAR_BEFORE = rf"(\d(?<!\d\d)\d?) {{tet}} \(\W*{{lunar_lead}}{DAY}"


def check_dates(figures: Sequence[Figure], document: Document) -> Iterable[Finding]:
    """D1, D2, D5, D6, the bound on a blank day of issue, and the order of dated items."""
    yield from _ranges(figures, document)
    yield from _done_later(document)
    yield from _issue_bound(figures, document)
    yield from _order(document)
    yield from _anniversaries(document)
    yield from _lunar(document)


def read_day(d: str, m: str, y: str) -> date | None:
    """A day from its printed parts; None where there is no such day."""
    try:
        return date(int(y), int(m), int(d))
    except ValueError:
        return None


def _ranges(figures: Sequence[Figure], document: Document) -> Iterator[Finding]:
    """D1 and D2 for every range in the text, with the figures of its block, and for periods that no range explains."""
    issued = issue_bounds(document.report.date)
    told: set[tuple[date, date]] = set()
    layout = Layout(document)
    by_days: dict[tuple[date | None, date], list[Figure]] = {}
    for f in figures:
        if period := read_period(f.period):
            by_days.setdefault((period.start, period.end), []).append(f)
    for first, last, span in _printed_ranges(document.text):
        here = layout.block(span[0])
        concerned = [f for f in by_days.get((first, last), ()) if layout.block(f.start) == here]
        told.add((first, last))
        yield from _range(first, last, concerned, span, issued, layout.in_plans(span[0]), printed=True)
    for (start, end), sharing in by_days.items():
        left = [f for f in sharing if _dated(f) and not layout.in_plans(f.start)]
        if start is None or not left or (start, end) in told:
            continue
        if start > end or any(f.status is Status.ACTUAL for f in left):
            yield from _range(start, end, left, (left[0].start, left[0].end), issued, False, printed=False)


def _done_later(document: Document) -> Iterator[Finding]:
    """D2 for a sentence that opens with a day after the report and says that something was done."""
    issued, layout = issue_bounds(document.report.date), Layout(document)
    for m in compiled(DONE_ON).finditer(document.text) if issued else ():
        day = read_day(*m.groups()[:3])
        done = has_syllable(fold(m[4]), "done")
        if issued and day and day > issued[1] and done and not layout.in_plans(m.start()):
            words = {"day": day, "issued": _issue_words(issued)}
            yield finding("DATE_AFTER_ISSUE", "D2", Level.FAIL, span=m.span(1)[:1] + m.span(3)[1:], words=words)


def _printed_ranges(text: str) -> Iterator[tuple[date, date, tuple[int, int]]]:
    """First and last day of every range in the text, with its place."""
    for m in compiled(RANGE).finditer(text):
        first, last = read_day(*m.groups()[:3]), read_day(*m.groups()[3:6])
        if first and last:
            yield first, last, m.span()


def _dated(figure: Figure) -> bool:
    """Whether the figure's period is of printed days: no month or year, and no school year or season either."""
    days = (figure.period or "").count("-") // 2
    return days == 2 or (days == 1 and "/" not in (figure.period or "") and figure.period_from == "stated")


def _range(
    first: date,
    last: date,
    figures: Sequence[Figure],
    span: tuple[int, int],
    issued: tuple[date, date] | None,
    planned: bool,
    *,
    printed: bool,
) -> Iterator[Finding]:
    if first > last:
        words = {"first": first, "last": last, "guess": _guess(first, last)}
        level = Level.FAIL if printed else Level.WARN  # a year that nobody printed may be the wrong one
        yield finding("PERIOD_BACKWARDS", "D1", level, figures, span=span, words=words)
    if issued and not planned:
        late = first if first > issued[1] else None
        if late is None and last > issued[1] and any(f.status is Status.ACTUAL for f in figures):
            late = last
        if late:
            words = {"day": late, "issued": _issue_words(issued)}
            level = Level.FAIL if figures else Level.INFO  # days that count nothing may be of what is to come
            yield finding("DATE_AFTER_ISSUE", "D2", level, figures, span=span, words=words)


def _guess(first: date, last: date) -> date | Words | str:
    """The first day one year earlier, where that makes a range of at most a year."""
    try:
        return first.replace(year=last.year if first.replace(year=last.year) <= last else last.year - 1)
    except ValueError:  # 29 February
        return named("word.another_day")


def _issue_words(issued: tuple[date, date]) -> date | Words:
    first, last = issued
    if first == last:
        return first
    return lambda language: spell_period(f"{last:%Y-%m}", language)


def _issue_bound(figures: Sequence[Figure], document: Document) -> Iterator[Finding]:
    """Where the day of issue is blank: the latest day that figures run to, short of the month's last, bounds it."""
    issued = issue_bounds(document.report.date)
    if issued is None or issued[0] == issued[1]:
        return
    ends = [
        (period.end, f)
        for f in figures
        if (period := read_period(f.period))
        and period.freq in {"RANGE", "POINT"}
        and not period.backwards
        and f.status is Status.ACTUAL
        and issued[0] <= period.end < issued[1]
    ]
    if ends:
        day, figure = max(ends, key=lambda pair: pair[0])
        words = {"day": day, "last": issued[1]}
        yield finding("ISSUE_DATE_BOUND", "D2", Level.INFO, (figure,), words=words)


def _order(document: Document) -> Iterator[Finding]:
    """Neighbouring items that open with a day stand in the order of their days."""
    dated: list[tuple[date, int, int] | None] = []
    for block in document.blocks:
        m = (
            compiled(ITEM_DAY).match(document.text, block.start, block.end)
            if block.kind is not BlockKind.NOTE
            else None
        )
        day = read_day(*m.groups()) if m else None
        if block.kind is not BlockKind.NOTE:
            dated.append((day, block.start, m.end()) if day and m else None)
    for before, after in pairwise(dated):
        if before and after and before[0] > after[0]:
            words = {"later": before[0], "earlier": after[0]}
            yield finding("DATES_OUT_OF_ORDER", "D2", Level.INFO, span=(after[1], after[2]), words=words)


def _anniversaries(document: Document) -> Iterator[Finding]:
    """D5: "N năm (y₀ – y₁)", and "N năm ngày …" of days whose year the table of anniversaries holds."""
    yield from _years_between(document)
    for m in compiled(ANNIVERSARY).finditer(document.text):
        first, lasts = _first_and_last(m, document) if m[3] is None else (read_day(m[3], m[4], m[5]), [])
        last = read_day(m[6], m[7], m[8]) if m[3] else None
        lasts = [last] if last else lasts
        if first is None or not lasts or (first.day, first.month) != (lasts[0].day, lasts[0].month):
            continue
        years = int(m[1])
        last = next((day for day in lasts if day.year - first.year == years), lasts[0])
        words = {"years": years, "first": first, "last": last, "computed": last.year - first.year}
        yield _anniversary(m.span(), words)


def _years_between(document: Document) -> Iterator[Finding]:
    """D5 where only years are printed: ``93 năm Ngày thành lập Đảng (1930 - 2023)``."""
    for m in compiled(YEARS_BETWEEN).finditer(document.text):
        years, first, last = (int(group) for group in m.groups())
        words = {"years": years, "first": first, "last": last, "computed": last - first}
        yield _anniversary(m.span(), words)


def _anniversary(span: tuple[int, int], words: dict[str, Any]) -> Finding:
    if words["years"] == words["computed"]:
        return finding("ANNIVERSARY_MATCH", "D5", Level.PASS, span=span, words=words)
    return finding("ANNIVERSARY_MISMATCH", "D5", Level.WARN, span=span, words=words)


def _first_and_last(m: re.Match[str], document: Document) -> tuple[date | None, list[date]]:
    """The day that a printed day and month commemorate, and the days on which that may be done.

    The years are those that the sentence names; one that names none speaks of the report's year or prepares the next.
    """
    period = read_period(document.report.period)
    day, month = m[9].split("/")
    founded = _founded(f"{int(day)}/{int(month)}", fold(m[2]))
    if founded is None or period is None:
        return None, []
    named = sorted({int(year) for year in YEAR.findall(_sentence_around(document.text, *m.span()))} - {founded})
    days = (read_day(day, month, str(year)) for year in named or (period.year, period.year + 1))
    return read_day(day, month, str(founded)), [day for day in days if day]


def _sentence_around(text: str, start: int, end: int) -> str:
    first = max(text.rfind(mark, 0, start) for mark in (". ", "\n"))
    ends = (place for mark in (". ", "\n") if (place := text.find(mark, end)) >= 0)
    return text[first + 1 : min(ends, default=len(text))]


def _founded(day: str, words: str) -> int | None:
    for row in read_rows("catalogue/anniversaries.csv"):
        if row["day"] == day and fold(row["words"]) in words:
            return int(row["year"])
    return None


def _lunar(document: Document) -> Iterator[Finding]:
    """D6: a day of the lunar calendar printed beside one of ours."""
    text, layout = document.text, Layout(document)
    told = {layout.block(word.start()) for word in compiled(LUNAR_WORD).finditer(text)}
    for index in sorted(told - {-1}):
        span = document.blocks[index].start, document.blocks[index].end
        for m in compiled(LUNAR_RANGE).finditer(text, *span):
            month = _lunar_month(m[9])
            for parts, printed in ((m.groups()[:3], m[7]), (m.groups()[3:6], m[8])):
                yield from _lunar_pair(read_day(*parts), int(printed), month, m.span())
        for m in compiled(LUNAR_AFTER).finditer(text, *span):
            yield from _lunar_pair(read_day(m[1], m[2], m[3]), int(m[4]), _lunar_month(m[5]), m.span())
        for m in compiled(LUNAR_BEFORE).finditer(text, *span):
            yield from _lunar_pair(read_day(m[2], m[3], m[4]), int(m[1]), 1, m.span())


def _lunar_month(word: str) -> int:
    """The month that a word names; Tết is in the first."""
    return worth(word, "month") or 1


def _lunar_pair(solar: date | None, day: int, month: int, span: tuple[int, int]) -> Iterator[Finding]:
    if solar is None:
        return
    found = lunar_day(solar)
    right = (found.day, found.month) == (day, month)
    yield finding(
        "LUNAR_MATCH" if right else "LUNAR_MISMATCH",
        "D6",
        Level.PASS if right else Level.WARN,
        span=span,
        words={"solar": solar, "day": found.day, "month": found.month, "printed": f"{day}/{month}"},
    )
