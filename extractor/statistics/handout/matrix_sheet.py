"""The sheet of what is there and what is missing: a row an indicator of a place, a column a period, a mark a cell.

In: the tables of ``coverage.py``. Out: one sheet that is filtered by place, with the periods of each frequency side by
side. In print, heads and names come again on each page of A4, and a frequency that fits on a page is not cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from extractor.domain.messages import say
from extractor.statistics.handout.coverage import Mark, Table
from extractor.statistics.workbook import HEAD, LINE, TOP, WORDS, lines_of, set_wide_page, write_text

NAMES = (("area", 24), ("indicator", 40), ("missing", 7))
"""Columns before the periods, and their widths."""

PERIOD_WIDTH, ON_A_PAGE = 3.2, 20  # width, and how many periods a page of print has
MOST_ROWS = 20_000
"""Indicators of places that the sheet shows; more are turned over by nobody."""

LETTER = 7  # points that a letter of an upright head takes
LOW = {**HEAD, "valign": "bottom"}
LINES = {"border": 1, "border_color": "#D5DBE1", "valign": "top"}
LOOKS: dict[Mark, dict[str, Any]] = {
    Mark.PRINTED: {"bg_color": "#DDEBDD", "font_color": "#1E5A2B"},
    Mark.MADE: {"bg_color": "#E3ECF7", "font_color": "#1F5FA8"},
    Mark.IMPLIED: {"font_color": "#7A7A7A"},
    Mark.MISSING: {"bg_color": "#FFE59E", "bold": True},
    Mark.NO_REPORT: {},
}


def add_matrix(book: Any, tables: Sequence[Table], language: str) -> None:
    """Add the sheet to ``book``; nothing where no table has a row."""
    marked = _by_indicator(tables)
    if not marked:
        return
    sheet = book.add_worksheet(say(WORDS, "sheet.matrix", language))
    looks = {mark: book.add_format({**LINES, "align": "center", **look}) for mark, look in LOOKS.items()}
    text = book.add_format({**LINES, "text_wrap": True})
    starts = list(_starts(tables))
    _head(book, sheet, tables, starts, language)
    for at, ((place, name), by_freq) in enumerate(islice(marked.items(), MOST_ROWS), start=TOP):
        write_text(sheet, at, 0, place, text)
        write_text(sheet, at, 1, name, text)
        missing = sum(marks.count(Mark.MISSING) for marks in by_freq.values())
        sheet.write(at, 2, missing or None, looks[Mark.MISSING if missing else Mark.NO_REPORT])
        for table, start in zip(tables, starts, strict=True):
            for column, mark in enumerate(by_freq.get(table.freq, [Mark.NO_REPORT] * len(table.periods)), start):
                sheet.write(at, column, mark.value or None, looks[mark])
        longest = max(lines_of(len(words), width) for words, (_, width) in zip((place, name), NAMES, strict=False))
        sheet.set_row(at, LINE * longest)
    sheet.autofilter(TOP - 1, 0, TOP + min(len(marked), MOST_ROWS) - 1, len(NAMES) - 1)


def _by_indicator(tables: Sequence[Table]) -> dict[tuple[str, str], dict[str, Sequence[Mark]]]:
    """Place and indicator → the marks of each frequency, by name."""
    found: dict[tuple[str, str], dict[str, Sequence[Mark]]] = {}
    for table in tables:
        for row in table.rows:
            found.setdefault((row.place, row.indicator), {})[table.freq] = row.marks
    return dict(sorted(found.items()))


def _starts(tables: Sequence[Table]) -> Iterator[int]:
    column = len(NAMES)
    for table in tables:
        yield column
        column += len(table.periods)


def _head(book: Any, sheet: Any, tables: Sequence[Table], starts: Sequence[int], language: str) -> None:
    """Title, key, frequencies and periods; frozen, and repeated in print."""
    head, group = book.add_format(LOW), book.add_format({**LOW, "bottom": 0})
    upright = book.add_format({**LOW, "rotation": 90, "align": "center"})
    key = say("commands.csv", "series.coverage_key", language)
    sheet.write_string(0, 0, say(WORDS, "sheet.matrix", language), book.add_format({"bold": True, "font_size": 14}))
    sheet.merge_range(1, 0, 1, len(NAMES) - 1, key, book.add_format({"text_wrap": True, "valign": "top"}))
    sheet.set_row(1, LINE * lines_of(len(key), sum(width for _, width in NAMES)))
    for column, (name, width) in enumerate(NAMES):
        sheet.set_column(column, column, width)
        sheet.write_blank(TOP - 2, column, None, group)
        sheet.write_string(TOP - 1, column, say(WORDS, name, language), head)
    for table, start in zip(tables, starts, strict=True):
        sheet.set_column(start, start + len(table.periods) - 1, PERIOD_WIDTH)
        for at, period in enumerate(table.periods):
            sheet.write_string(TOP - 1, start + at, period.name(language), upright)
            sheet.write_blank(TOP - 2, start + at, None, group)
        sheet.write_string(TOP - 2, start, say(WORDS, f"freq.{table.freq}", language), group)
    sheet.set_row(TOP - 1, LETTER * max(len(p.name(language)) for table in tables for p in table.periods) + LINE)
    set_wide_page(sheet, len(NAMES), _page_breaks([len(table.periods) for table in tables]))


def _page_breaks(lengths: Sequence[int]) -> Iterator[int]:
    """The columns before which a page of print ends: between frequencies where that is possible.

    >>> list(_page_breaks([4, 10, 30]))
    [17, 37]
    """
    column, room = len(NAMES), ON_A_PAGE
    for length in lengths:
        if length > room and room < ON_A_PAGE:
            yield column
            room = ON_A_PAGE
        for at in range(column + room, column + length, ON_A_PAGE):
            yield at
            room += ON_A_PAGE
        column, room = column + length, room - length
