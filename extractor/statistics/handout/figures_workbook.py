"""The workbook of figures: true numbers, their sources, what is there and missing, the checks, corrections and codes.

In: extractions. Out: one file, sheets named in the reader's language, what a reader looks for first in front.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from extractor.domain.extraction import Extraction
from extractor.domain.figure import Bound, Kind, Measure, Status
from extractor.domain.finding import Level
from extractor.domain.messages import say
from extractor.statistics.derived import with_derived
from extractor.statistics.flat_rows import COLUMNS, Column, Names, Row, figure_rows
from extractor.statistics.handout.coverage import cover
from extractor.statistics.handout.matrix_sheet import add_matrix
from extractor.statistics.observations import observe
from extractor.statistics.series import build_series
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

SOURCE_COLUMNS = (
    *("id", "file", "report", "report_date", "page", "section", "footnote", "start", "end", "quote", "sentence"),
    *("sha256",),
)
DATA_COLUMNS = (
    *("indicator", "qualifier", "parent", "period", "status", "value", "value_max", "bound", "total", "unit"),
    *("plan_kind", "plan_value", "same_period_kind", "same_period_value", "previous_kind", "previous_value"),
    *("total_kind", "total_value", "amount", "amount_unit", "area", "section", "footnote", "page"),
    *("indicator_id", "match", "kind", "period_from", "confidence", "doubts", "quote", "file", "report", "id"),
)
"""The first sheet, what a reader looks for first; sentences, offsets and hashes stand in the sheet of sources."""

MAY_GO = frozenset(
    {
        *("qualifier", "parent", "value_max", "bound", "total", "previous_kind", "previous_value"),
        *("total_kind", "total_value", "page", "footnote", "doubts"),
    }
)
"""Columns that are left out where no figure has anything in them."""

CODED = {n: n for n in ("status", "kind", "bound", "match", "period_from")}
FOUND = ("file", "code", "level", "message", "figures", "gap", "power")


def write_workbook(
    path: Path,
    extractions: Sequence[Extraction],
    *,
    names: Names = Names.MASKED,
    corrections: Sequence[Correction] = (),
    language: str = "vi",
) -> None:
    """Write the workbook of ``extractions`` to ``path``."""
    rows = list(figure_rows(extractions, names=names))
    by_name = {c.name: c for c in COLUMNS}
    data = [by_name[n] for n in DATA_COLUMNS if n not in MAY_GO or any(r[n] is not None for r in rows)]
    with open_workbook(path) as book:
        sheets = Sheets(book, language)
        sheets.add("sheet.data", [(c.name, c.holds) for c in data], [_coded(r, data, language) for r in rows])
        sheets.add(
            "sheet.sources",
            [(n, by_name[n].holds) for n in SOURCE_COLUMNS],
            [[r[n] for n in SOURCE_COLUMNS] for r in rows],
        )
        series = with_derived(build_series(o for extraction in extractions for o in observe(extraction)))
        add_matrix(book, cover(series, language=language), language)
        sheets.add(
            "sheet.findings",
            kinds(FOUND, {"gap": Holds.DECIMAL, "power": Holds.DECIMAL}),
            _found(extractions, names, language),
        )
        sheets.add_corrections(corrections)
        sheets.add_codes(_codes(rows, names, language))


def _coded(row: Row, columns: Sequence[Column], language: str) -> list[Any]:
    """The cells of one row, codes in the reader's words."""
    cells: list[Any] = []
    for column in columns:
        value = row[column.name]
        group = "comparison" if column.name.endswith("_kind") else CODED.get(column.name)
        cells.append(say(WORDS, f"{group}.{value}", language) if group and value else value)
    return cells


def _found(extractions: Sequence[Extraction], names: Names, language: str) -> Iterable[list[Any]]:
    for extraction in extractions:
        source = extraction.document.source
        for f in extraction.findings:
            message = message_of(f, names, language)
            level = say(WORDS, f"level.{f.level.value}", language)
            yield [source.name if source else None, f.code, level, message, " ".join(f.figures), f.gap, f.power]


def _codes(rows: Sequence[Row], names: Names, language: str) -> Iterable[list[Any]]:
    """Every code that the workbook uses, with its meaning, and the catalogue entries that its figures met."""
    lists: tuple[tuple[str, Iterable[str]], ...] = (
        ("status", [s.value for s in Status]),
        ("kind", [k.value for k in Kind]),
        ("bound", [b.value for b in Bound]),
        ("comparison", [m.value for m in Measure]),
        ("match", ["alias", "proposed", "none"]),
        ("level", [v.value for v in Level]),
    )
    for name, codes in lists:
        for code in codes:
            yield [name, code, say(WORDS, f"{name}.{code}", language), None]
    yield from indicator_codes((str(r["indicator_id"]) for r in rows if r["indicator_id"]), language)
    yield from remarks(names, language)
