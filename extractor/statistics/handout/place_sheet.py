"""Wide sheets, one a place: a row an indicator, a column a period, growth under each value, charts below.

In: series and findings. Out: sheets of a workbook, and where each figure came to stand, for links. Periods of one
frequency stand together (years, quarters, …), each frequency begins a page of print. A cell says by its look what it
is: a value of a report, an estimate, what was derived, what percentages imply, what no report gives, and what a check
found wrong; its remark carries the sentence of that check. Nothing is computed here but growth on the year before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from extractor.domain.finding import Finding, Level
from extractor.domain.messages import say
from extractor.domain.period import Period, read_period
from extractor.statistics.catalogue import indicators
from extractor.statistics.flat_rows import Names
from extractor.statistics.handout.rows import shown_name
from extractor.statistics.series import DERIVED, Point, Series
from extractor.statistics.workbook import (
    LINE,
    TOP,
    WORDS,
    decimals_of,
    is_exact,
    lines_of,
    link_to,
    message_of,
    number_pattern,
    set_wide_page,
    write_text,
)

WIDE = ("A", "S", "Q", "YTD", "M", "POINT")
"""Frequencies that make columns, in their order; odd ranges of days stand in the long table alone."""

MOST_PLACES = 64
"""Sheets of places at most: the provinces and the nation; a workbook of more is turned over by nobody."""

MOST_ROWS = 150
"""From so many rows on, names of a report's own that have one value stand in the long table alone."""

MOST_CHARTS, CHARTED, MOST_CHARTED = 2, 3, 60  # charts of a place, points that make one, periods that one shows
MOST_REMARKS = 3
DECIMALS = 3
NAME_WIDTH, UNIT_WIDTH, NARROWEST = 62, 13, 11
CHART_HEIGHT, CHART_WIDTH = 13, 510  # rows that a chart covers, and its pixels
ROWS_ON_A_PAGE = 49
ON_A_PAGE, MOST_ON_A_PAGE = 7, 10
"""Columns that a page of print has before the next frequency begins another, and those that it is made smaller for."""

COLUMN_WIDTH = 73
"""Pixels that a chart has for each column of its page."""

PLAIN, ESTIMATE, MADE, IMPLIED, MISSING = "plain", "estimate", "derived", "implied", "missing"
LOOKS: dict[str, dict[str, Any]] = {
    PLAIN: {},
    ESTIMATE: {"italic": True},
    MADE: {"italic": True, "font_color": "#1F5FA8"},
    IMPLIED: {"italic": True, "font_color": "#7A7A7A"},
    MISSING: {"italic": True, "font_color": "#9A6A00", "bg_color": "#F1F1F1", "align": "right"},
    Level.FAIL: {"bg_color": "#F6B8B1"},
    Level.WARN: {"bg_color": "#FFE59E"},
}
"""How a cell looks, and what a check adds to that."""

RowKey = tuple[str, str, str, str, str]
"""Indicator, scope, price basis, measure and canonical unit: a series without its place and frequency."""


@dataclass(frozen=True, slots=True)
class Block:
    """The columns of one frequency: its periods, and the first column."""

    freq: str
    periods: tuple[Period, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Placed:
    """One sheet: its name, the place, its blocks and how many indicators stand there and how many do not."""

    sheet: str
    place: str
    blocks: tuple[Block, ...]
    rows: int
    left_out: int


@dataclass(slots=True)
class _Row:
    """The series of one row by frequency, and what they are shown in."""

    key: RowKey
    by_freq: dict[str, Series] = field(default_factory=dict)

    @property
    def whole(self) -> Series:
        """All points as one series, for its name and its unit."""
        series = list(self.by_freq.values())
        return replace(series[0], points=tuple(p for one in series for p in one.points))

    @property
    def points(self) -> int:
        """How many periods have a value."""
        return sum(1 for p in self.whole.points if p.chosen)


class PlaceSheets:
    """Adds the sheets to ``book``; ``cells`` says where a figure stands, ``places`` which sheets there are."""

    def __init__(self, book: Any, findings: Iterable[Finding], names: Names, language: str) -> None:
        self.places: list[Placed] = []
        self.cells: dict[str, str] = {}
        self.left_out: list[str] = []
        self._book = book
        self._names = names
        self._language = language
        self._formats: dict[object, Any] = {}
        self._told: dict[str, list[Finding]] = {}
        for finding in findings:
            if finding.level in {Level.FAIL, Level.WARN}:
                for figure in finding.figures:
                    self._told.setdefault(figure, []).append(finding)

    def add(self, series: Iterable[Series]) -> None:
        """A sheet for each place, those with most points first."""
        by_place: dict[str, list[Series]] = {}
        for one in series:
            by_place.setdefault(one.key[1], []).append(one)
        ranked = sorted(by_place.values(), key=lambda same: (-sum(len(s.points) for s in same), same[0].area_name))
        for same in ranked[:MOST_PLACES]:
            self._add(same)
        self.left_out = [same[0].area_name for same in ranked[MOST_PLACES:]]

    def _add(self, series: Sequence[Series]) -> None:
        every = _rows_of(series)
        rows = _worth_showing(every)
        blocks = tuple(_blocks(rows))
        if not blocks:
            return
        place = series[0].area_name or say(WORDS, "place.unknown", self._language)
        sheet = self._book.add_worksheet(self._sheet_name(place))
        self.places.append(Placed(sheet.name, place, blocks, len(rows), len(every) - len(rows)))
        self._head(sheet, place, blocks)
        widths = {b.column + at: NARROWEST for b in blocks for at in range(len(b.periods))}
        at, sector, places = TOP, None, {}
        for row in rows:
            entry = indicators().get(row.key[0])
            heading = entry.sector if entry else say(WORDS, "place.own_names", self._language)
            if heading != sector and (not entry or self._language == "vi"):
                last = blocks[-1].column + len(blocks[-1].periods)
                for column in range(last):
                    sheet.write_blank(at, column, None, self._format("sector"))
                sheet.write_string(at, 0, heading, self._format("sector"))
                sector, at = heading, at + 1
            places[row.key] = at
            at += self._write_row(sheet, at, row, blocks, widths)
        for column, width in widths.items():
            sheet.set_column(column, column, width)
        foot = "&L" + place.replace("&", "&&")[:100]
        set_wide_page(sheet, 2, _page_breaks(blocks), foot=foot, scale=_scale(blocks, widths))
        self._charts(sheet, rows, places, blocks, at + 1)

    def _sheet_name(self, place: str) -> str:
        """The place as the name of a sheet: none of the marks that Excel refuses, at most 31 letters, never twice."""
        bare = re.sub(r"[\[\]:*?/\\'\s\x00-\x1f]+", " ", place).strip()[:31].strip() or "?"
        taken = {sheet.name.casefold() for sheet in self._book.worksheets()}
        name, number = bare, 1
        while name.casefold() in taken:
            number += 1
            name = f"{bare[:27]} {number}"
        return name

    # --------------------------------------------------------------------------------------------------- the table

    def _head(self, sheet: Any, place: str, blocks: Sequence[Block]) -> None:
        """Title, key of the colours, the frequencies and their periods; frozen, and repeated on each page of print."""
        write_text(sheet, 0, 0, place, self._format("title"))
        sheet.write_string(1, 0, say(WORDS, "place.key", self._language), self._format("small"))
        for at, look in enumerate((Level.FAIL, Level.WARN, MISSING, ESTIMATE, MADE, IMPLIED)):
            sheet.write_string(1, 1 + at, say(WORDS, f"look.{look}", self._language), self._format("key", look))
        for column, key in enumerate(("indicator", "unit")):
            sheet.write_blank(TOP - 2, column, None, self._format("head"))
            sheet.write_string(TOP - 1, column, say(WORDS, key, self._language), self._format("head"))
        for block in blocks:
            for at, period in enumerate(block.periods):
                column = block.column + at
                words = say(WORDS, f"freq.{block.freq}", self._language) if at == 0 else None
                sheet.write(TOP - 2, column, words, self._format("group", at == 0))
                sheet.write_string(TOP - 1, column, period.name(self._language), self._format("period", at == 0))
        sheet.set_column(0, 0, NAME_WIDTH)
        sheet.set_column(1, 1, UNIT_WIDTH)
        sheet.set_row(TOP - 1, 2 * LINE)
        sheet.set_zoom(90)

    def _write_row(self, sheet: Any, at: int, row: _Row, blocks: Sequence[Block], widths: dict[int, int]) -> int:
        """One indicator, and growth under it; returns how many rows that took."""
        unit, factor = row.whole.printed_unit
        name = self._name_of(row)
        places = _decimals(row.whole, factor)
        write_text(sheet, at, 0, name, self._format("name", _depth(row.key[0])))
        write_text(sheet, at, 1, unit, self._format("unit"))
        sheet.set_row(at, LINE * lines_of(len(name) + 2 * _depth(row.key[0]), NAME_WIDTH))
        grown = False
        for block in blocks:
            one = row.by_freq.get(block.freq)
            if one is None:
                continue
            columns = {p.label: block.column + n for n, p in enumerate(block.periods)}
            for label in one.gaps:
                if label in columns:
                    words = say(WORDS, f"look.{MISSING}", self._language)
                    sheet.write_string(at, columns[label], words, self._format("cell", MISSING, 0, None))
            for point in one.points:
                column = columns[point.period.label]
                length = self._write_cell(sheet, at, column, point, factor, places)
                widths[column] = max(widths[column], length + 2)
            for label, (growth, printed) in _growth_of(one):
                sheet.write_number(at + 1, columns[label], float(growth), self._format("growth", printed))
                grown = True
        if grown:
            sheet.write_string(at + 1, 0, say(WORDS, "place.growth", self._language), self._format("growth_name"))
        return 2 if grown else 1

    def _name_of(self, row: _Row) -> str:
        measure = row.key[3]
        told = (row.key[1], row.key[2], "" if measure == "VALUE" else say(WORDS, f"measure.{measure}", self._language))
        beside = " · ".join(x for x in told if x)
        name = shown_name(row.whole, self._names, self._language)
        return f"{name} ({beside})" if beside else name

    def _write_cell(self, sheet: Any, at: int, column: int, point: Point, factor: Decimal, places: int) -> int:
        """One value as it is printed, or about what percentages imply; returns how many characters it takes."""
        value, look = _value_of(point)
        if value is None:
            return 0
        shown = value / factor
        if look in {IMPLIED, MADE}:
            shown = round(shown, places)
        findings = self._findings_of(point)
        worst = findings[0].level if findings else None
        written = self._format("cell", look, places, worst)
        if is_exact(shown.normalize()):
            sheet.write_number(at, column, float(shown), written)
        else:
            sheet.write_string(at, column, format(shown, "f"), written)
        if findings:
            sentences = dict.fromkeys(message_of(f, self._names, self._language) for f in findings)
            sheet.write_comment(at, column, "\n".join([*sentences][:MOST_REMARKS]), {"x_scale": 2.5, "author": ""})
        for o in (*point.vintages, *((point.chosen,) if point.chosen else ())):
            self.cells.setdefault(o.figure, link_to(sheet.name, at, column))
        return len(f"{shown:,.{places}f}") + 2 * (look == IMPLIED)

    def _findings_of(self, point: Point) -> list[Finding]:
        """What is wrong with a point, failures first."""
        if point.chosen is None:
            return []
        told = (f for o in point.vintages for f in self._told.get(o.figure, ()))
        once = {id(f): f for f in told}
        return sorted(once.values(), key=lambda f: f.level is not Level.FAIL)

    # -------------------------------------------------------------------------------------------------- the charts

    def _charts(
        self, sheet: Any, rows: Sequence[_Row], places: dict[RowKey, int], blocks: Sequence[Block], at: int
    ) -> None:
        """The longest series as charts of the program that opens the book; clear of the columns that print repeats."""
        by_freq = {block.freq: block for block in blocks}
        long = sorted(rows, key=lambda row: -row.points)
        drawn, page = 0, next(_page_breaks(blocks), blocks[-1].column + ON_A_PAGE) - blocks[0].column
        if at + MOST_CHARTS * CHART_HEIGHT > ROWS_ON_A_PAGE:
            sheet.set_h_pagebreaks([at])
        for row in long:
            freq = max(row.by_freq, key=lambda f: (_stated(row.by_freq[f]), f in {"Q", "A"}))
            block = by_freq.get(freq)
            if drawn == MOST_CHARTS or block is None or _stated(row.by_freq[freq]) < CHARTED:
                continue
            own = [
                n for n, p in enumerate(block.periods) if p.label in {q.period.label for q in row.by_freq[freq].points}
            ]
            first, last = block.column + own[-MOST_CHARTED:][0], block.column + own[-1]
            line = places[row.key]
            chart = self._book.add_chart({"type": "column"})
            chart.add_series(
                {
                    "name": [sheet.name, line, 0],
                    "categories": [sheet.name, TOP - 1, first, TOP - 1, last],
                    "values": [sheet.name, line, first, line, last],
                    "fill": {"color": "#3B6EA5"},
                    "gap": 60,
                }
            )
            chart.set_title({"name": self._name_of(row)[:200], "name_font": {"size": 11}, "overlay": False})
            chart.set_legend({"none": True})
            unit = row.whole.printed_unit[0]
            chart.set_y_axis({"name": unit, "num_format": "#,##0.###", "major_gridlines": {"visible": True}})
            chart.set_size({"width": min(CHART_WIDTH, COLUMN_WIDTH * page), "height": (CHART_HEIGHT - 1) * 20})
            sheet.insert_chart(at + drawn * CHART_HEIGHT, 2, chart, {"x_offset": 4, "object_position": 3})
            drawn += 1

    # ------------------------------------------------------------------------------------------------------- looks

    def _format(self, kind: str, *more: Any) -> Any:
        key = (kind, *more)
        if key not in self._formats:
            self._formats[key] = self._book.add_format(_format_of(kind, *more))
        return self._formats[key]


def _format_of(kind: str, *more: Any) -> dict[str, Any]:
    head = {"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
    made: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 14},
        "small": {"font_color": "#555555", "font_size": 9, "align": "right"},
        "sector": {"bold": True, "bg_color": "#F0F4F8", "top": 1, "top_color": "#B8C4D0"},
        "head": {**head, "align": "left", "valign": "bottom"},
        "unit": {"font_color": "#555555", "valign": "top", "text_wrap": True},
        "growth_name": {"italic": True, "font_color": "#666666", "font_size": 9, "align": "right"},
    }
    if kind in made:
        return made[kind]
    if kind == "key":
        return {"font_size": 9, "border": 1, "border_color": "#C8C8C8", **LOOKS[more[0]], "align": "center"}
    if kind in {"group", "period"}:
        side = {"left": 2, "left_color": "#8096AC"} if more[0] else {}
        return {**head, **side, "align": "left" if kind == "group" else "right", "text_wrap": kind == "period"}
    if kind == "name":
        return {"text_wrap": True, "valign": "top", "indent": more[0]}
    if kind == "growth":
        font = "#7A7A7A" if more[0] else "#2F6B3A"
        return {"num_format": "+0.0;-0.0;0.0", "font_size": 9, "font_color": font, "italic": more[0], "valign": "top"}
    look, places, worst = more
    pattern = number_pattern(places)
    about = f'"≈ "{pattern}' if look == IMPLIED else pattern
    return {"num_format": about, "valign": "top", **LOOKS[look], **(LOOKS[worst] if worst else {})}


def _rows_of(series: Iterable[Series]) -> list[_Row]:
    """The rows of a place, in the order of the catalogue, names of a report's own last."""
    rows: dict[RowKey, _Row] = {}
    for one in series:
        if one.freq in WIDE and any(p.chosen or p.implied for p in one.points):
            key = (one.key[0], one.key[2], one.key[3], one.key[4], one.key[6])
            rows.setdefault(key, _Row(key)).by_freq[one.freq] = one
    order = {identity: n for n, identity in enumerate(indicators())}
    return sorted(rows.values(), key=lambda r: (order.get(r.key[0], len(order)), r.whole.name, r.key))


def _worth_showing(rows: Sequence[_Row]) -> list[_Row]:
    """All rows of a short sheet; of a long one those of the catalogue and those with values to hold side by side."""
    if len(rows) <= MOST_ROWS:
        return list(rows)
    return [row for row in rows if row.key[0] in indicators() or row.points > 1]


def _blocks(rows: Iterable[_Row]) -> Iterator[Block]:
    """The columns of each frequency: every period that a row has, and every one that it lacks in between."""
    column = 2
    every = list(rows)
    for freq in WIDE:
        found: dict[str, Period] = {}
        for row in every:
            one = row.by_freq.get(freq)
            if one:
                missing = (read_period(label) for label in one.gaps)
                found |= {p.label: p for p in (*(q.period for q in one.points), *missing) if p}
        if found:
            periods = tuple(sorted(found.values(), key=lambda p: (p.end, p.label)))
            yield Block(freq, periods, column)
            column += len(periods)


def _page_breaks(blocks: Sequence[Block]) -> Iterator[int]:
    """The columns that begin a page: those of a frequency that fills one, or that stands behind a page of others."""
    begun = blocks[0].column
    for block in blocks[1:]:
        if max(block.column - begun, len(block.periods)) >= ON_A_PAGE:
            yield block.column
            begun = block.column


def _scale(blocks: Sequence[Block], widths: dict[int, int]) -> float:
    """How far a page is made smaller, so that eight quarters and their names stand on one."""
    named, usual = NAME_WIDTH + UNIT_WIDTH, ON_A_PAGE * NARROWEST
    columns = ([widths[b.column + at] for at in range(len(b.periods))][:MOST_ON_A_PAGE] for b in blocks)
    return (named + usual) / (named + max(usual, *map(sum, columns)))


def _value_of(point: Point) -> tuple[Decimal | None, str]:
    """The value to show and the look of its kind; the middle of what is implied where no report gives a value."""
    o = point.chosen
    if o is not None:
        look = MADE if o.origin == DERIVED else ESTIMATE if o.status == "E" else PLAIN
        return o.value, look
    hull = point.implied_range
    return ((hull.low + hull.high) / 2, IMPLIED) if hull else (None, IMPLIED)


def _growth_of(one: Series) -> Iterator[tuple[str, tuple[Decimal, bool]]]:
    """Growth on the same period of the year before, of amounts; True where only the report's percentage gives it."""
    if one.measure != "VALUE" or one.unit == "%":
        return
    by_label = {p.period.label: p for p in one.points}
    for point in one.points:
        year_ago = point.period.shift(-1)
        before = by_label.get(year_ago.label) if year_ago else None
        o = point.chosen
        if o is None or o.value is None or before is None:
            continue
        if before.chosen and before.chosen.value:
            base, printed = before.chosen.value, False
        else:
            told = [i for i in before.implied if i.figure == o.figure]
            base, printed = ((told[-1].low + told[-1].high) / 2, True) if told else (Decimal(0), True)
        if base > 0:
            growth = (o.value / base - 1) * 100
            yield point.period.label, (growth.quantize(Decimal("0.1"), ROUND_HALF_EVEN), printed)


def _decimals(one: Series, factor: Decimal) -> int:
    """Decimal places of a row: as many as its values have in the unit of the row, three at most."""
    values = (p.chosen.value / factor for p in one.points if p.chosen and p.chosen.value is not None)
    return min(max((decimals_of(v.normalize()) for v in values), default=0), DECIMALS)


def _stated(one: Series) -> int:
    return sum(1 for p in one.points if p.chosen)


def _depth(indicator: str) -> int:
    """How many entries of the catalogue stand above one, two at most: the indent of its name."""
    entry, depth = indicators().get(indicator), 0
    while entry and entry.parent and depth < 2:
        entry, depth = indicators().get(entry.parent), depth + 1
    return depth
