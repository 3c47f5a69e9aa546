"""The first sheet of a workbook of series: what this is, what to look at, what is missing, from which reports.

In: series, findings and the sheets of the places. Out: one page that answers an office's first questions and leads by
links to the cells that are meant. It is added before every other sheet and filled after them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from extractor.domain.finding import Finding, Level
from extractor.domain.messages import say
from extractor.domain.period import spell_period
from extractor.statistics.checks.duplicates import rule_of
from extractor.statistics.flat_rows import Names
from extractor.statistics.handout.place_sheet import (
    ESTIMATE,
    IMPLIED,
    LOOKS,
    MADE,
    MISSING,
    PlaceSheets,
)
from extractor.statistics.handout.rows import shown_name
from extractor.statistics.observations import Observation, vintage_key
from extractor.statistics.series import Series
from extractor.statistics.table_files import guard
from extractor.statistics.workbook import (
    HEAD,
    LINE,
    PAGES,
    TOP,
    WORDS,
    lines_of,
    link_to,
    message_of,
    set_page,
    write_text,
)

WIDTHS = (26, 19, 19, 19, 19, 19, 19)
MOST_TOLD = 25
"""Findings and missing periods that the page lists; all of them stand in sheets of their own."""

MOST_REPORTS = 300
BEHIND = ("matrix", "series", "sources", "gaps", "findings", "codes")
"""The sheets behind those of the places."""


class FirstSheet:
    """The page; ``fill`` writes it from top to bottom."""

    def __init__(self, book: Any, names: Names, language: str) -> None:
        self._sheet = book.add_worksheet(say(WORDS, "sheet.first", language))
        self._names = names
        self._language = language
        self._row = 0
        text = {"valign": "top", "text_wrap": True}
        looks: dict[str, dict[str, Any]] = {
            "title": {"bold": True, "font_size": 16},
            "section": {"bold": True, "font_size": 12, "font_color": "#1F3F66", "bottom": 2, "bottom_color": "#1F3F66"},
            "head": HEAD,
            "text": text,
            "link": {**text, "font_color": "#0B57A4", "underline": 1},
            **{look: {**text, **LOOKS[look]} for look in LOOKS},
        }
        self._looks = {name: book.add_format(look) for name, look in looks.items()}

    def fill(self, series: Sequence[Series], findings: Sequence[Finding], places: PlaceSheets) -> None:
        """Write the page."""
        sheet = self._sheet
        for at, width in enumerate(WIDTHS):
            sheet.set_column(at, at, width)
        sheet.hide_gridlines(2)
        set_page(sheet)
        sheet.set_footer(PAGES)
        sheet.write_string(0, 0, self._say("first.title"), self._looks["title"])
        self._row = 1
        reports = _reports(series)
        self._lines(self._what(series, places, reports))
        self._sheets(places)
        self._key()
        self._to_look_at(findings, places, _sources(series))
        self._missing(series)
        self._reports(reports)

    def _say(self, key: str, **values: object) -> str:
        return say(WORDS, key, self._language, **values)

    # -------------------------------------------------------------------------------------------------- the pieces

    def _what(self, series: Sequence[Series], places: PlaceSheets, reports: Sequence[_Report]) -> list[str]:
        dates = sorted({r.date for r in reports if r.date}, key=vintage_key)
        points = sum(1 for one in series for p in one.points if p.chosen)
        place_count = len({one.key[1] for one in series})
        told = [self._say("first.what", series=len(series), points=points, places=place_count, reports=len(reports))]
        if dates:
            told.append(self._say("first.dates", first=dates[0], last=dates[-1]))
        told.append(self._say("first.how"))
        unread = sum(1 for one in series for p in one.points if p.chosen and not p.chosen.reviewed)
        if unread:
            told.append(self._say("first.unreviewed", count=unread))
        if self._names is Names.MASKED:
            told.append(self._say("masked"))
        if places.left_out:
            told.append(self._say("first.places_left", count=len(places.left_out)))
        return told

    def _sheets(self, places: PlaceSheets) -> None:
        """Which sheets there are, each block of each place behind a link of its own."""
        self._section("first.sheets")
        for placed in places.places:
            self._sheet.write_url(self._row, 0, link_to(placed.sheet), self._looks["link"], guard(placed.place))
            for at, block in enumerate(placed.blocks, start=1):
                years = dict.fromkeys(str(p.year) for p in (block.periods[0], block.periods[-1]))
                words = f"{self._say(f'freq.{block.freq}')} {'–'.join(years)}"
                target = link_to(placed.sheet, TOP - 1, block.column)
                self._sheet.write_url(self._row, at, target, self._looks["link"], words)
            self._row += 1
            if placed.left_out:
                self._line(self._say("first.names_left", count=placed.left_out), indent=1)
        for name in BEHIND:
            title = self._say(f"sheet.{name}")
            self._sheet.write_url(self._row, 0, link_to(title), self._looks["link"], title)
            self._line(self._say(f"first.sheet_{name}"), indent=1)

    def _key(self) -> None:
        """What the looks of a cell mean."""
        self._section("first.key")
        for look in (Level.FAIL, Level.WARN, MISSING, ESTIMATE, MADE, IMPLIED):
            self._sheet.write_string(self._row, 0, self._say(f"look.{look}"), self._looks[look])
            self._line(self._say(f"key.{look}"), indent=1)

    def _to_look_at(self, findings: Sequence[Finding], places: PlaceSheets, sources: Mapping[str, str]) -> None:
        """What the checks found, failures first: a link to the cell, the reports, the sentence and what to do."""
        loud = sorted((f for f in findings if f.level in {Level.FAIL, Level.WARN}), key=lambda f: f.level != Level.FAIL)
        self._section("first.look", count=len(loud))
        if not loud:
            self._line(self._say("first.nothing_wrong"))
        for f in loud[:MOST_TOLD]:
            level = self._say(f"level.{f.level.value}")
            target = next((places.cells[figure] for figure in f.figures if figure in places.cells), None)
            if target:
                self._sheet.write_url(self._row, 0, target, self._looks["link"], f"{level} →")
            else:
                self._sheet.write_string(self._row, 0, level, self._looks[f.level])
            reports = " · ".join(dict.fromkeys(sources[figure] for figure in f.figures if figure in sources))
            write_text(self._sheet, self._row, 1, reports, self._looks["text"])
            advice = say("checks.csv", f"advice.{rule_of(f)}", self._language)
            self._line(
                f"{message_of(f, self._names, self._language)} {advice}",
                indent=2,
                least=lines_of(len(reports), WIDTHS[1]),
            )
        self._more(len(loud), "findings")

    def _missing(self, series: Iterable[Series]) -> None:
        lacking = sorted(
            (one for one in series if one.gaps), key=lambda s: (s.indicator.startswith("~"), -len(s.points))
        )
        self._section("first.missing", count=sum(len(one.gaps) for one in lacking))
        if not lacking:
            self._line(self._say("first.nothing_missing"))
        for one in lacking[:MOST_TOLD]:
            name = shown_name(one, self._names, self._language)
            kind = "" if one.measure == "VALUE" else self._say(f"measure.{one.measure}")
            told = (name, one.key[2], kind, one.area_name, self._say(f"freq.{one.freq}"))
            where = " · ".join(x for x in told if x)
            gaps = ", ".join(spell_period(label, self._language) for label in one.gaps)
            height = lines_of(len(where), sum(WIDTHS[:3]))
            self._sheet.merge_range(self._row, 0, self._row, 2, "", self._looks["text"])
            write_text(self._sheet, self._row, 0, where, self._looks["text"])
            self._line(gaps, indent=3, least=height)
        self._more(len(lacking), "gaps")

    def _reports(self, reports: Sequence[_Report]) -> None:
        self._section("first.reports", count=len(reports))
        for at, key in enumerate(("report", "report_date", "first.values", "issuer")):
            self._sheet.write_string(self._row, at, self._say(key), self._looks["head"])
        self._row += 1
        for r in reports[:MOST_REPORTS]:
            for at, words in enumerate((r.name or r.file, r.date, str(r.values))):
                write_text(self._sheet, self._row, at, words, self._looks["text"])
            self._line(" · ".join(x for x in (r.issuer, r.file) if x), indent=3)
        self._more(len(reports), "sources", most=MOST_REPORTS)

    # --------------------------------------------------------------------------------------------------- the lines

    def _section(self, key: str, **values: object) -> None:
        self._row += 1
        for at in range(len(WIDTHS)):
            self._sheet.write_blank(self._row, at, None, self._looks["section"])
        self._sheet.write_string(self._row, 0, self._say(key, **values), self._looks["section"])
        self._row += 1

    def _more(self, count: int, sheet: str, *, most: int = MOST_TOLD) -> None:
        if count > most:
            self._line(self._say("first.more", count=count - most, sheet=self._say(f"sheet.{sheet}")), indent=1)

    def _lines(self, texts: Iterable[str]) -> None:
        for text in texts:
            self._line(text)

    def _line(self, text: str, *, indent: int = 0, least: int = 1) -> None:
        """A text over the columns from ``indent`` on, as high as it needs to be."""
        look = self._looks["text"]
        self._sheet.merge_range(self._row, indent, self._row, len(WIDTHS) - 1, "", look)
        write_text(self._sheet, self._row, indent, text, look)
        self._sheet.set_row(self._row, LINE * max(least, lines_of(len(text), sum(WIDTHS[indent:]))))
        self._row += 1


def _sources(series: Iterable[Series]) -> dict[str, str]:
    """The report of each figure that stands in the series."""
    every = (o for one in series for p in one.points for o in (*p.vintages, *p.implied))
    return {o.figure: o.report_called for o in every}


class _Report:
    """One report behind the series, and how many of its values are kept here."""

    def __init__(self, o: Observation) -> None:
        self.name, self.date, self.issuer, self.file = o.report, o.vintage, o.issuer, o.file
        self.values = 0


def _reports(series: Iterable[Series]) -> list[_Report]:
    """The reports that any value comes from, oldest first."""
    found: dict[tuple[str, str, str], _Report] = {}
    for one in series:
        for point in one.points:
            for o in point.vintages:
                found.setdefault((o.report, o.vintage, o.issuer), _Report(o)).values += 1
    return sorted(found.values(), key=lambda r: (vintage_key(r.date), r.name))
