"""A table of an annex → drafts of figures: a row's plan, performance, shares and growth read together.

The header says what each column holds: the plan, a value of some period and status, or a comparison (``% so KH``,
``% so CK``: index columns are ratios, 109,7 means +9,7 %; a column headed tăng/giảm holds changes). A row names the
indicator, its unit stands in a column of its own, in brackets behind the name, in the caption, or in the row above.
A dash or a blank is no number and is never read as zero. A column whose header names neither time nor plan names
the measure itself, and the row is what it is measured of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import regex

from extractor.domain.document import Cell, Document, Table
from extractor.domain.figure import Base, Bound, Measure, Status
from extractor.domain.period import year_before, year_of
from extractor.language.lexer.numerals import Style, read_number
from extractor.language.lexer.periods import find_periods
from extractor.language.lexer.quantities import Quantity, match_unit
from extractor.language.lexer.tokens import compiled, heading_words, tokenize
from extractor.language.reader.drafts import ComparisonDraft, Draft, Subject

NUMBER = regex.compile(r"^(?P<bound>[<>≤≥]?)\s*(?P<sign>[-+−–]?)\s*(?P<number>\d[\d.,\s]*\d|\d)\s*(?P<percent>%?)$")
COLUMN_LABEL = regex.compile(r"\(?(?:[A-ZĐ]|\d{1,2})\)?(?:\s*=\s*[\d()/x*+:,\s%-]+)?")
BOUNDS = {"<": Bound.MAX, "≤": Bound.MAX, ">": Bound.MIN, "≥": Bound.MIN}
DITTO = "\"'”“„’‘´`»«″〃 "
CAPTION_UNIT = r"{unit_label}\s*:?\s*(?P<unit>[^();\n]+)"
WHOLE = r"(?<!\p{{L}}){}(?!\p{{L}})"
FRAMES = {
    "index": "^{}$", "unit": r"^{}\b", "plan": WHOLE, "same": WHOLE, "estimate": WHOLE, "performed": WHOLE,
    "name": "(?!{no_name}){}", "detail": r"^(?:\s*(?:[-–+*•]|{})\s*:?)+\s*",
}  # fmt: skip
"""Where in a header, or at the head of a row's name, the words of a role stand; those of others stand anywhere."""


@cache
def words_for(role: str) -> regex.Pattern[str]:
    """What finds the words of a role of ``vocabulary/headings.csv``, in any case."""
    shape = FRAMES.get(role, "{}").format(heading_words(role), no_name=heading_words("no_name"))
    return regex.compile(shape, regex.IGNORECASE)


def _says(header: str, role: str) -> bool:
    """Whether a header has a word of a role.

    >>> [role for role in ("plan", "estimate", "ratio", "share") if _says("Ước TH so KH năm (%)", role)]
    ['plan', 'estimate', 'ratio']
    """
    return words_for(role).search(header) is not None


class Column(NamedTuple):
    """What a column holds: ``role`` is index, name, unit, note, value, ratio or measure."""

    role: str
    header: str
    period: str | None = None
    status: Status = Status.ACTUAL
    base: Base = Base.OTHER
    growth: bool = False


@dataclass(frozen=True, slots=True)
class TableReading:
    """Drafts with offsets of the whole text, and the spans of digits that are no figures with their labels."""

    drafts: tuple[Draft, ...]
    labels: tuple[tuple[int, int, str], ...]


def read_table(document: Document, table: Table, style: Style, period: str | None) -> TableReading:
    """All figures of one table, row by row."""
    text = document.text
    grid: dict[tuple[int, int], Cell] = {(c.row, c.column): c for c in table.cells}
    height = 1 + max((c.row for c in table.cells), default=-1)
    width = 1 + max((c.column + c.columns - 1 for c in table.cells), default=-1)
    body = _first_body_row(table, text, height)
    named = [c for c in table.cells if c.row < body and c.row != _numbering_row(table, text, body)]
    columns = [_column(_header(named, text, n), period) for n in range(width)]
    columns = _with_name(columns, table, text, body)
    labels = [(c.start, c.end, "table_header") for c in table.cells if c.row < body]
    drafts: list[Draft] = []
    unit = _caption_unit(table, text)
    parent: str | None = None
    for row in range(body, height):
        cells = [grid.get((row, n)) for n in range(width)]
        labels += [
            (c.start, c.end, "list_mark") for c, col in zip(cells, columns, strict=True) if c and col.role == "index"
        ]
        read = _row(cells, columns, text, style, unit, parent, row)
        drafts += read.drafts
        unit = read.unit
        parent = read.parent
        labels += read.labels
    return TableReading(tuple(drafts), tuple(labels))


def _first_body_row(table: Table, text: str, height: int) -> int:
    """The first row below the header: by the reader's flags, else the first row with numbers beside a name."""
    rows: list[list[str]] = [[] for _ in range(height)]
    for cell in table.cells:
        rows[cell.row] += [words] if (words := text[cell.start : cell.end].strip()) else []
    flagged = [c.row for c in table.cells if c.header]
    if flagged:
        first = max(flagged) + 1
        return first + 1 if first < height and _numbers_columns(rows[first]) else first
    return next((row for row, values in enumerate(rows) if _counts_named(values)), 0)


def _numbers_columns(values: list[str]) -> bool:
    """Whether a row only numbers the columns: A, B, 1, 2, 3=2/1."""
    return bool(values) and all(regex.fullmatch(r"[A-Z]|\d{1,2}|\d=\d[-+/:x]\d.*", value) for value in values)


def _counts_named(values: list[str]) -> bool:
    """Whether a row has a number beside a name."""
    has_number = any(NUMBER.match(value) for value in values)
    return has_number and any(_is_name(value) for value in values) and not _numbers_columns(values)


def _is_name(value: str) -> bool:
    return len(value) > 3 and not NUMBER.match(value)


def _numbering_row(table: Table, text: str, body: int) -> int | None:
    """The header row that only numbers the columns: A, B, 1, 2, 3=2/1, (1), (2), (3)=(2)/(1)."""
    last = [words for c in table.cells if c.row == body - 1 and (words := text[c.start : c.end].strip())]
    return body - 1 if len(last) > 2 and all(COLUMN_LABEL.fullmatch(words) for words in last) else None


def _header(cells: Sequence[Cell], text: str, column: int) -> str:
    """The words above a column, spanning cells included, from the top down."""
    parts = []
    for cell in sorted(cells, key=lambda c: c.row):
        if cell.column <= column < cell.column + cell.columns:
            words = " ".join(text[cell.start : cell.end].split())
            if words and words not in parts:
                parts.append(words)
    return " ".join(parts)


def _column(header: str, report: str | None) -> Column:
    """The role that a header gives its column."""
    beside = next((role for role in BESIDE if _says(header, role)), None)
    if beside is not None:
        return Column(beside, header)
    labels = [p.label for p in find_periods(header, report) if p.label]
    label = labels[-1] if labels else None
    is_performed = _says(header, "performed")
    if _says(header, "ratio") and ("%" in header or not is_performed):
        return Column("ratio", header, base=_base(header, label, report), growth=_says(header, "growth"))
    if _says(header, "name") and not label and not is_performed:
        return Column("name", header)
    return _value_column(header, label or (year_before(report) if _says(header, "same") else None), report)


def _value_column(header: str, label: str | None, report: str | None) -> Column:
    """What a column of values holds by its period, or by the words of a plan or a performance."""
    if _says(header, "plan"):
        year = year_of(report)
        return Column("value", header, label or (str(year) if year else None), Status.PLAN)
    if label or _says(header, "performed"):
        status = Status.ESTIMATE if _says(header, "estimate") else Status.ACTUAL
        return Column("value", header, label or report, status)
    return Column("measure" if header else "note", header)


BESIDE = ("index", "note", "unit")
"""The roles of columns that stand beside the figures."""
COMPARED = {"previous": Base.PREVIOUS, "same": Base.SAME_PERIOD, "plan": Base.PLAN, "share": Base.TOTAL}
"""The words that tell what a column compares with; the first that a header holds count."""


def _base(header: str, label: str | None, report: str | None) -> Base:
    """What a column compares with, by its words, else by a year that is not the report's."""
    told = next((base for role, base in COMPARED.items() if _says(header, role)), None)
    another_year = label is not None and year_of(label) != year_of(report)
    return told or (Base.SAME_PERIOD if another_year else Base.OTHER)


def _with_name(columns: list[Column], table: Table, text: str, body: int) -> list[Column]:
    """Exactly one column names the rows: the first so headed, else the first that holds words."""
    named = [n for n, c in enumerate(columns) if c.role == "name"]
    if not named:
        for n in range(len(columns)):
            words = [text[c.start : c.end].strip() for c in table.cells if c.column == n and c.row >= body]
            if sum(map(_is_name, words)) * 2 > len(words):
                named = [n]
                break
    first = named[0] if named else -1
    return [
        Column("name", c.header) if n == first else c if c.role != "name" else Column("measure", c.header)
        for n, c in enumerate(columns)
    ]


def _caption_unit(table: Table, text: str) -> str | None:
    """The unit that the caption gives the whole table."""
    if table.caption is None:
        return None
    match = compiled(CAPTION_UNIT).search(text[table.caption[0] : table.caption[1]])
    return match.group("unit").strip(" .") if match else None


class Row(NamedTuple):
    """What one row yields, and the unit and parent that the next ones inherit."""

    drafts: list[Draft]
    labels: list[tuple[int, int, str]]
    unit: str | None
    parent: str | None


def _row(
    cells: list[Cell | None],
    columns: list[Column],
    text: str,
    style: Style,
    unit: str | None,
    parent: str | None,
    row: int,
) -> Row:
    """The figures of one row: a value a value column, each with the comparisons of the columns behind it."""
    held = [(cell, column) for cell, column in zip(cells, columns, strict=True) if cell]
    of_role: dict[str, list[Cell]] = {"name": [], "note": [], "unit": []}
    for cell, column in held:
        of_role.setdefault(column.role, []).append(cell)
    names, units = of_role["name"][:1], of_role["unit"]
    name = _written(names, text)
    mark = words_for("detail").match(name)
    subject = _subject(name, names, mark.end() if mark else 0)
    unit = _unit(_written(units, text).strip(), subject, unit)
    drafts: list[Draft] = []
    for cell, column in held:
        value = _quantity(text, cell, style) if column.role in MEASURED else None
        if value is None:
            continue
        if column.role == "ratio":
            _compare(drafts, value, column)
        else:
            drafts.append(_draft(value, column, subject, row, parent=parent if mark else None, unit=unit))
    told = (("name", names), ("note", of_role["note"]), ("unit", units))
    labels = [(cell.start, cell.end, label) for label, labelled in told for cell in labelled]
    heads = not (drafts and mark)
    return Row(drafts, labels, unit, subject.text if subject is not None and heads else parent)


def _written(cells: list[Cell], text: str) -> str:
    """The text of the first cell; empty where there is none."""
    return text[cells[0].start : cells[0].end] if cells else ""


def _unit(own: str, subject: Subject | None, above: str | None) -> str | None:
    """The unit of a row: in a cell of its own, else in brackets behind the name, else the one of the row above.

    A ditto mark in the cell repeats the one above; another lone sign (``-``) says that there is none.
    """
    if any(map(str.isalnum, own)) or "%" in own or "‰" in own:
        return own.strip(DITTO)
    if own.strip(DITTO):
        return None
    return (_unit_of(subject.qualifier) if subject and not own else None) or above


MEASURED = ("value", "ratio", "measure")
"""The roles of columns that hold numbers."""


def _compare(drafts: list[Draft], value: Quantity, column: Column) -> None:
    """Give a ratio to the last performance before it, or to the last value where all are plans."""
    target = next((d for d in reversed(drafts) if d.status is not Status.PLAN), drafts[-1] if drafts else None)
    if target is not None:
        target.comparisons.append(_comparison(value, column))


def _draft(
    value: Quantity, column: Column, subject: Subject | None, row: int, *, parent: str | None, unit: str | None
) -> Draft:
    """The figure of one cell; a column that names a measure qualifies it by the row."""
    measured = column.role == "measure"
    return Draft(
        Subject(column.header, qualifier=subject.text if subject else None) if measured else subject,
        value,
        value.start,
        value.end,
        row,
        period=column.period,
        period_from="stated" if column.period else None,
        status=column.status,
        parent=parent,
        unit=unit,
    )


def _subject(name: str, cells: list[Cell], skip: int) -> Subject | None:
    """The row's name without its dash, its last bracket apart."""
    if not name[skip:].strip():
        return None
    match = regex.match(r"^(?P<name>.*?)\s*(?:\((?P<inner>[^()]*)\))?\s*$", name[skip:].strip(" :;."), regex.DOTALL)
    assert match is not None
    words = " ".join((match.group("name") or name[skip:]).split())
    return Subject(words, cells[0].start, cells[0].end, match.group("inner"))


def _unit_of(words: str | None) -> str | None:
    """The unit that a bracket behind a name gives: "Sản lượng (nghìn tấn)"."""
    if not words:
        return None
    tokens = tokenize(words)
    found = match_unit(tokens, 0) if tokens else None
    return words.strip() if found is not None and found[0] >= len(tokens) else None


def _quantity(text: str, cell: Cell, style: Style) -> Quantity | None:
    """The number of a cell; None for a dash, a blank or words."""
    written = text[cell.start : cell.end]
    match = NUMBER.match(written.strip())
    if match is None:
        return None
    number = regex.sub(r"\s", "", match.group("number"))
    reading = read_number(number, style)
    if reading is None:
        return None
    start = cell.start + len(written) - len(written.lstrip()) + match.start("number")
    sign = -1 if match.group("sign") in ("-", "−", "–") else 0
    bound = BOUNDS.get(match.group("bound"))
    end = cell.start + len(written.rstrip())
    first = start - 1 if sign else start
    return Quantity(first, end, reading[0], reading[1], sign=sign, bound=bound, number_end=end)


def _comparison(value: Quantity, column: Column) -> ComparisonDraft:
    """The comparison of a ratio or growth column."""
    signed = value.value * (value.sign or 1)
    kind = Measure.CHANGE if column.growth or value.sign else Measure.RATIO
    return ComparisonDraft(
        kind, signed, "%", value.start, value.end, 0, "table",
        decimals=value.decimals, base=column.base, base_text=column.header,
    )  # fmt: skip
