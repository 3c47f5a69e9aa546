"""The workbook of series: a sheet to read first, a wide sheet a place, and the long tables behind them.

In: series and what the checks say of them. Out: one file that an office can open, print and pass on. Words stand in
place of codes, one unit a series, and no cell holds a formula. The hard idea: the first sheet is made first and filled
last, since its links lead to cells that are only placed when the sheets of the places are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from extractor.domain.finding import Finding, Level
from extractor.domain.messages import say, say_known
from extractor.domain.period import spell_period
from extractor.statistics.flat_rows import Names
from extractor.statistics.handout.coverage import Mark, Table, cover
from extractor.statistics.handout.first_sheet import FirstSheet
from extractor.statistics.handout.matrix_sheet import add_matrix
from extractor.statistics.handout.place_sheet import PlaceSheets
from extractor.statistics.handout.rows import NUMBERS, VINTAGE_COLUMNS, place_of, point_rows, shown_name, vintage_rows
from extractor.statistics.series import Series
from extractor.statistics.table_files import Holds
from extractor.statistics.workbook import (
    WORDS,
    Correction,
    Sheets,
    indicator_codes,
    kinds,
    message_of,
    open_workbook,
    remarks,
)

OBS_STATUSES = ("A", "P", "E", "F", "B", "V")
"""Codes of CL_OBS_STATUS that a series can carry here."""

SHEET_COLUMNS = (
    *("name", "area_name", "scope", "price_basis", "measure", "freq", "period", "value", "unit", "status_word"),
    *("implied_low", "implied_high", "checks", "revision", "conflict", "break_before", "vintage", "vintages"),
    *("report", "confidence", "reviewed", "indicator", "area", "area_level"),
)
"""The long table, what a reader looks for first; sentences and offsets stand in its sheet of sources."""

AMOUNTS = ("value", "implied_low", "implied_high", "revision")
"""Columns of that sheet that are written in the printed unit."""

MOST_LEFT_OUT = 100_000
"""Rows of what reports leave out: a sheet holds a million, and nobody reads so many."""

GRAVE = (Level.FAIL, Level.WARN, Level.INFO, Level.PASS)

ALWAYS = frozenset({"name", "area_name", "freq", "period", "value", "unit", "status_word", "vintage", "report"})
"""Columns of that sheet that are there even where they are empty."""

ONLY_YES = frozenset({"conflict", "break_before"})
OUTWARD = {"implied_low": ROUND_FLOOR, "implied_high": ROUND_CEILING}
SHOWN_DIGITS = 12
"""Digits of an implied bound that a spreadsheet is given: a true number, and still a bound."""


def write_series_workbook(
    path: Path,
    series: Sequence[Series],
    *,
    findings: Sequence[Finding] = (),
    names: Names = Names.MASKED,
    corrections: Sequence[Correction] = (),
    language: str = "vi",
) -> None:
    """Write the workbook of ``series`` to ``path``."""
    with open_workbook(path) as book:
        sheets = Sheets(book, language)
        first = FirstSheet(book, names, language)
        places = PlaceSheets(book, findings, names, language)
        places.add(series)
        tables = cover(series, language=language)
        add_matrix(book, tables, language)
        _data_sheets(sheets, series, tables, findings, names)
        _check_sheets(sheets, findings, corrections, names)
        sheets.add_codes(_codes(series, names, language))
        first.fill(series, findings, places)


def _data_sheets(
    sheets: Sheets, series: Sequence[Series], tables: Sequence[Table], findings: Sequence[Finding], names: Names
) -> None:
    told = _told(findings, sheets.language)
    judged = ({**row, "checks": told.get(row["figure"])} for one in series for row in _in_printed_unit(one, names))
    points = [[_shown(c, row[c], sheets.language) for c in SHEET_COLUMNS] for row in judged]
    used = [at for at, c in enumerate(SHEET_COLUMNS) if c in ALWAYS or any(row[at] not in {None, ""} for row in points)]
    sheets.add("sheet.series", _columns(SHEET_COLUMNS[at] for at in used), ([row[at] for at in used] for row in points))
    rows = ([_worded(c, row[c], sheets.language) for c in VINTAGE_COLUMNS] for row in vintage_rows(series, names))
    sheets.add("sheet.sources", _columns(VINTAGE_COLUMNS), rows)
    missing = kinds(("series.name", "series.area_name", "series.freq", "missing", "break"))
    sheets.add("sheet.gaps", missing, _missing(series, tables, names, sheets.language))


def _in_printed_unit(one: Series, names: Names) -> Iterator[dict[str, Any]]:
    """The points of a series in the one unit that offices print it in: tỷ đồng, not đồng with nine zeros."""
    unit, factor = one.printed_unit
    for row in point_rows([one], names):
        amounts = {c: row[c] / factor for c in AMOUNTS if row[c] is not None}
        yield {**row, **amounts, "unit": unit or row["unit"]}


def _told(findings: Iterable[Finding], language: str) -> dict[str, str]:
    """What the checks say of each figure, the worst level alone: ``cảnh báo: Có thể nhầm đơn vị``."""
    about: dict[str, dict[Level, dict[str, None]]] = {}
    for f in findings:
        for figure in f.figures:
            about.setdefault(figure, {}).setdefault(f.level, {})[word_of(f, language)] = None
    worst = {figure: next(level for level in GRAVE if level in levels) for figure, levels in about.items()}
    return {
        figure: ": ".join(
            filter(None, (say(WORDS, f"level.{level.value}", language), ", ".join(filter(None, about[figure][level]))))
        )
        for figure, level in worst.items()
    }


def word_of(finding: Finding, language: str) -> str:
    """What a finding is about in a few words, "" for one that raises no doubt."""
    return say_known("screens.csv", f"doubt.{finding.code.lower()}", language)


def _shown(column: str, value: Any, language: str) -> Any:
    """A cell of the first sheet: bounds short enough to be numbers, and only what is so, not what is not."""
    if column in OUTWARD and isinstance(value, Decimal):
        shorter = Context(prec=SHOWN_DIGITS, rounding=OUTWARD[column]).plus(value)
        return shorter.quantize(Decimal(1)) if shorter == shorter.to_integral_value() else shorter
    if column in AMOUNTS and isinstance(value, Decimal):
        return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    return None if column in ONLY_YES and not value else _worded(column, value, language)


def _check_sheets(sheets: Sheets, findings: Sequence[Finding], corrections: Sequence[Correction], names: Names) -> None:
    language = sheets.language
    found = (
        (
            say(WORDS, f"level.{f.level.value}", language),
            word_of(f, language),
            message_of(f, names, language),
            *_held(f),
        )
        for f in findings
    )
    columns = kinds(("level", "about", "message", "figures", "gap"), {"gap": Holds.DECIMAL})
    sheets.add("sheet.findings", columns, found)
    sheets.add_corrections(corrections)


def _columns(names: Iterable[str]) -> list[tuple[str, Holds]]:
    return [(f"series.{n}", NUMBERS.get(n, Holds.TEXT)) for n in names]


def _held(finding: Finding) -> tuple[str, Decimal | None]:
    return " ".join(finding.figures), finding.gap


def _worded(column: str, value: Any, language: str) -> Any:
    if isinstance(value, bool):
        return say(WORDS, "yes" if value else "no", language)
    if isinstance(value, date):
        return value.isoformat()
    if column == "period":
        return spell_period(value, language)
    if column in {"measure", "freq", "area_level"} and value:
        return say(WORDS, f"{column}.{value}", language)
    return value


def _missing(series: Sequence[Series], tables: Sequence[Table], names: Names, language: str) -> Iterator[list[Any]]:
    for one in series:
        freq = say(WORDS, f"freq.{one.freq}", language)
        name = shown_name(one, names, language)
        for gap in one.gaps:
            yield [name, one.area_name, freq, spell_period(gap, language), None]
        for known in one.breaks:
            yield [name, one.area_name, freq, None, f"{known.on.isoformat()}: {known.note(language)}"]
    yield from islice(_left_out(series, tables, language), MOST_LEFT_OUT)


def _left_out(series: Sequence[Series], tables: Sequence[Table], language: str) -> Iterator[list[Any]]:
    """What reports on a period leave out and no gap inside a series says."""
    gaps = {(one.title(language), one.area_name, one.freq, gap) for one in series for gap in one.gaps}
    for table in tables:
        freq = say(WORDS, f"freq.{table.freq}", language)
        for row in table.rows:
            for period, mark in zip(table.periods, row.marks, strict=True):
                if mark is Mark.MISSING and (row.indicator, row.place, table.freq, period.label) not in gaps:
                    yield [row.indicator, row.place, freq, period.name(language), None]


def _codes(series: Iterable[Series], names: Names, language: str) -> Iterator[list[Any]]:
    for code in OBS_STATUSES:
        yield ["obs_status", code, say(WORDS, f"obs_status.{code}", language), None]
    shown = list(series)
    for place in {s.key[1]: place_of(s) for s in shown}.values():
        level = say(WORDS, f"area_level.{place.level}", language) if place.level else ""
        days = " – ".join(day.isoformat() if day else "…" for day in (place.valid_from, place.valid_to))
        note = " · ".join(x for x in (level, days if days != "… – …" else "", place.note) if x)
        yield ["area", place.id, place.name, note]
    yield from indicator_codes((s.indicator for s in shown), language)
    yield from remarks(names, language)
