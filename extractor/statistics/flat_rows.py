"""Figures as flat rows: the one table that CSV, workbook and Parquet are written from.

A column is a name, what it holds and how a row gets it; the same list serves every format, so that none of them drifts.
Comparisons are spread over one column group a base (the first of each base; all of them in ``comparisons`` as JSON).
Names of private persons are masked on the way unless they are asked for: see ``source_sentence``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from extractor.domain.extraction import Extraction
from extractor.domain.extras import optional
from extractor.domain.figure import Base, Comparison, Figure
from extractor.domain.plain import as_plain
from extractor.statistics.catalogue import indicators
from extractor.statistics.source_sentence import context_of, mask_names, sentence_of
from extractor.statistics.table_files import Holds

if TYPE_CHECKING:
    import pandas

Value = str | int | float | Decimal | None
Row = dict[str, Value]


class Names(StrEnum):
    """What becomes of the names of private persons in an export."""

    MASKED = "masked"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``name`` is its header in data formats and the key of its header on screens."""

    name: str
    holds: Holds
    cell: Callable[[Figure, Extraction], Value]
    prose: bool = False  # words from the report, in which a person may be named


def _text(name: str, cell: Callable[[Figure, Extraction], Value] | None = None, *, prose: bool = False) -> Column:
    return Column(name, Holds.TEXT, cell or partial(_field, name), prose)


def _number(name: str, holds: Holds = Holds.DECIMAL) -> Column:
    return Column(name, holds, partial(_field, name))


def _field(name: str, figure: Figure, _extraction: Extraction) -> Value:
    value = getattr(figure, name)
    return value.value if isinstance(value, StrEnum) else value


def _front(name: str, _figure: Figure, extraction: Extraction) -> Value:
    value: Value = getattr(extraction.report, name)
    return value


def _source(name: str, _figure: Figure, extraction: Extraction) -> Value:
    source = extraction.document.source
    value: Value = getattr(source, name) if source else None
    return value


def _catalogue_name(figure: Figure, _extraction: Extraction) -> Value:
    entry = indicators().get(figure.indicator_id or "")
    return entry.name_vi if entry and figure.match == "alias" else None


def _first(base: Base, figure: Figure) -> Comparison | None:
    return next((c for c in figure.comparisons if c.base is base), None)


def _compared(base: Base, part: str, figure: Figure, _extraction: Extraction) -> Value:
    found = _first(base, figure)
    value = getattr(found, part) if found else None
    return value.value if isinstance(value, StrEnum) else value


def _all_comparisons(figure: Figure, _extraction: Extraction) -> Value:
    if not figure.comparisons:
        return None
    return json.dumps(as_plain(figure.comparisons), ensure_ascii=False)


def _sentence(figure: Figure, extraction: Extraction) -> Value:
    return sentence_of(extraction.document, figure.start, figure.end)


def _doubts(figure: Figure, _extraction: Extraction) -> Value:
    return " ".join(figure.doubts) or None


GROUPS = ((Base.PLAN, "plan"), (Base.SAME_PERIOD, "same_period"), (Base.PREVIOUS, "previous"), (Base.TOTAL, "total"))


def _groups() -> Iterator[Column]:
    for base, name in GROUPS:
        yield Column(f"{name}_kind", Holds.TEXT, partial(_compared, base, "kind"))
        yield Column(f"{name}_value", Holds.DECIMAL, partial(_compared, base, "value"))
        yield Column(f"{name}_unit", Holds.TEXT, partial(_compared, base, "unit"))


COLUMNS: tuple[Column, ...] = (
    _text("file", partial(_source, "name")),
    _text("report", partial(_front, "number")),
    _text("report_date", partial(_front, "date")),
    _text("issuer", partial(_front, "issuer")),
    _text("section"),
    _text("footnote"),
    _text("indicator", prose=True),
    _text("qualifier", prose=True),
    _text("parent", prose=True),
    _text("indicator_id"),
    _text("indicator_name", _catalogue_name),
    _text("match"),
    _number("score", Holds.SHARE),
    _text("area"),
    _text("period"),
    _text("period_from"),
    _text("status"),
    _text("kind"),
    _number("value"),
    _number("value_max"),
    _text("bound"),
    _number("total"),
    _text("unit"),
    _number("amount"),
    _text("amount_unit"),
    _number("decimals", Holds.COUNT),
    *_groups(),
    _text("comparisons", _all_comparisons, prose=True),
    _text("quote", prose=True),
    _text("sentence", _sentence, prose=True),
    _number("page", Holds.COUNT),
    _number("start", Holds.COUNT),
    _number("end", Holds.COUNT),
    Column("confidence", Holds.SHARE, partial(_field, "confidence")),
    _text("doubts", _doubts),
    _text("id"),
    _text("sha256", partial(_source, "sha256")),
)


def figure_rows(extractions: Iterable[Extraction], *, names: Names = Names.MASKED) -> Iterator[Row]:
    """One row a figure, in the order of the reports and of the text, with the cells of ``COLUMNS``."""
    for extraction in extractions:
        for figure in extraction.figures:
            row = {column.name: column.cell(figure, extraction) for column in COLUMNS}
            if names is Names.MASKED:
                _mask(row)
            yield row


def _mask(row: Row) -> None:
    context = context_of(str(row["indicator"] or ""), str(row["sentence"] or ""))
    for column in COLUMNS:
        if column.prose and isinstance(row[column.name], str):
            row[column.name] = mask_names(str(row[column.name]), context=context)


def figures_frame(extractions: Extraction | Iterable[Extraction], *, names: Names = Names.MASKED) -> pandas.DataFrame:
    """One row a figure of one or many reports, the columns of the CSV export; numbers stay ``Decimal``.

    Names of private persons are masked unless ``names=Names.KEPT``.
    """
    with optional():
        import pandas

    given = [extractions] if isinstance(extractions, Extraction) else extractions
    return pandas.DataFrame(list(figure_rows(given, names=names)), columns=[c.name for c in COLUMNS])
