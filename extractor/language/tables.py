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
from typing import NamedTuple

import regex

from extractor.domain.document import Cell, Document, Table
from extractor.domain.figure import Base, Bound, Measure, Status
from extractor.language.lexer.numerals import Style, read_number
from extractor.language.lexer.periods import find_periods, year_before, year_of
from extractor.language.lexer.quantities import Quantity, match_unit
from extractor.language.lexer.tokens import tokenize
from extractor.language.reader.drafts import ComparisonDraft, Draft, Subject

INDEX = regex.compile(r"^(?:S?TT|Số TT|Số thứ tự|No\.?|#)$", regex.IGNORECASE)
NAME = regex.compile(
    r"chỉ tiêu|nội dung|tên|danh mục|hạng mục|khoản mục|lĩnh vực|ngành|sản phẩm|địa phương|đơn vị(?! tính)",
    regex.IGNORECASE,
)
UNIT = regex.compile(r"^(?:ĐVT|Đvt|Đơn vị tính|Đơn vị|Đ\.?v\.?t\.?)\b", regex.IGNORECASE)
NOTE = regex.compile(r"ghi chú|nguồn", regex.IGNORECASE)
RATIO = regex.compile(r"%|so sánh|so với|tỷ lệ|cơ cấu|tỷ trọng|đạt \(", regex.IGNORECASE)
PLAN = regex.compile(
    r"(?<!\p{L})(?:KH|KHN|kế hoạch|DT|dự toán|chỉ tiêu giao|giao|NQ|nghị quyết|mục tiêu)(?!\p{L})", regex.IGNORECASE
)
SAME = regex.compile(r"(?<!\p{L})(?:CK|CKNT|cùng kỳ|năm trước|năm ngoái)(?!\p{L})", regex.IGNORECASE)
PREVIOUS = regex.compile(r"tháng trước|quý trước|kỳ trước", regex.IGNORECASE)
SHARE = regex.compile(r"cơ cấu|tỷ trọng|tổng số", regex.IGNORECASE)
GROWTH = regex.compile(r"tăng|giảm|\+/-|\+,\s?-|±", regex.IGNORECASE)
ESTIMATE = regex.compile(r"(?<!\p{L})(?:ước|ƯTH|ƯớcTH|sơ bộ|dự ước)(?!\p{L})", regex.IGNORECASE)
PERFORMED = regex.compile(
    r"(?<!\p{L})(?:TH|thực hiện|kết quả|đạt|lũy kế|LK|ước|ƯTH|chính thức)(?!\p{L})", regex.IGNORECASE
)
CAPTION_UNIT = regex.compile(r"(?:ĐVT|Đvt|[Đđ]ơn vị(?: tính)?)\s*:?\s*(?P<unit>[^();\n]+)")
NUMBER = regex.compile(r"^(?P<bound>[<>≤≥]?)\s*(?P<sign>[-+−–]?)\s*(?P<number>\d[\d.,\s]*\d|\d)\s*(?P<percent>%?)$")
COLUMN_LABEL = regex.compile(r"\(?(?:[A-ZĐ]|\d{1,2})\)?(?:\s*=\s*[\d()/x*+:,\s%-]+)?")
BOUNDS = {"<": Bound.MAX, "≤": Bound.MAX, ">": Bound.MIN, "≥": Bound.MIN}
DITTO = "\"'”“„’‘´`»«″〃 "
DETAIL = regex.compile(r"^(?:\s*(?:[-–+*•]|trong đó|bao gồm|gồm)\s*:?)+\s*", regex.IGNORECASE)


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
    flagged = [c.row for c in table.cells if c.header]
    row = max(flagged) + 1 if flagged else 0
    while row < height:
        values = [text[c.start : c.end].strip() for c in table.cells if c.row == row]
        numbers = [v for v in values if NUMBER.match(v)]
        numbered = [v for v in values if v] and all(
            regex.fullmatch(r"[A-Z]|\d{1,2}|\d=\d[-+/:x]\d.*", v) for v in values if v
        )
        if flagged and row == max(flagged) + 1 and numbered:
            return row + 1  # the row that numbers the columns: A, B, 1, 2, 3=2/1
        if flagged or (len(numbers) >= 1 and any(len(v) > 3 and not NUMBER.match(v) for v in values) and not numbered):
            return row
        row += 1
    return row if flagged else 0


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
    if INDEX.match(header):
        return Column("index", header)
    if NOTE.search(header):
        return Column("note", header)
    if UNIT.match(header):
        return Column("unit", header)
    periods = [p for p in find_periods(header, report) if p.label]
    if RATIO.search(header) and not (PERFORMED.search(header) and "%" not in header):
        base = (
            Base.PREVIOUS if PREVIOUS.search(header)
            else Base.SAME_PERIOD if SAME.search(header)
            else Base.PLAN if PLAN.search(header)
            else Base.TOTAL if SHARE.search(header)
            else Base.SAME_PERIOD if periods and year_of(periods[-1].label) != year_of(report)
            else Base.OTHER
        )  # fmt: skip
        return Column("ratio", header, base=base, growth=bool(GROWTH.search(header)))
    if NAME.search(header) and not periods and not PERFORMED.search(header):
        return Column("name", header)
    label = periods[-1].label if periods else None
    if SAME.search(header) and label is None:
        label = year_before(report)
    if PLAN.search(header):
        year = year_of(report)
        return Column("value", header, label or (str(year) if year else None), Status.PLAN)
    if periods or PERFORMED.search(header) or label:
        status = Status.ESTIMATE if ESTIMATE.search(header) else Status.ACTUAL
        return Column("value", header, label or report, status)
    return Column("measure" if header else "note", header)


def _with_name(columns: list[Column], table: Table, text: str, body: int) -> list[Column]:
    """Exactly one column names the rows: the first so headed, else the first that holds words."""
    named = [n for n, c in enumerate(columns) if c.role == "name"]
    if not named:
        for n in range(len(columns)):
            words = [text[c.start : c.end].strip() for c in table.cells if c.column == n and c.row >= body]
            if sum(len(w) > 3 and not NUMBER.match(w) for w in words) * 2 > len(words):
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
    match = CAPTION_UNIT.search(text[table.caption[0] : table.caption[1]])
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
    name_cell = next((c for c, col in zip(cells, columns, strict=True) if c and col.role == "name"), None)
    name = text[name_cell.start : name_cell.end] if name_cell else ""
    own = next(
        (text[c.start : c.end].strip() for c, col in zip(cells, columns, strict=True) if c and col.role == "unit"), ""
    )
    unit = _printed_unit(own, unit)
    detail = DETAIL.match(name)
    subject = _subject(name, name_cell, detail.end() if detail else 0)
    if subject is not None and not own:
        unit = _unit_of(subject.qualifier) or unit
    drafts: list[Draft] = []
    for cell, column in zip(cells, columns, strict=True):
        if cell is None or column.role not in ("value", "ratio", "measure"):
            continue
        value = _quantity(text, cell, style)
        if value is None:
            continue
        if column.role == "ratio":
            target = next((d for d in reversed(drafts) if d.status is not Status.PLAN), drafts[-1] if drafts else None)
            if target is not None:
                target.comparisons.append(_comparison(value, column))
            continue
        named = subject
        if column.role == "measure":
            named = Subject(column.header, qualifier=subject.text if subject else None)
        drafts.append(
            Draft(
                named,
                value,
                value.start,
                value.end,
                row,
                period=column.period,
                period_from="stated" if column.period else None,
                status=column.status,
                parent=parent if detail else None,
                unit=unit,
            )
        )
    group = not drafts and subject is not None
    new_parent = subject.text if subject is not None and (group or not detail) else parent
    labels = [(name_cell.start, name_cell.end, "name")] if name_cell else []
    labels += [(c.start, c.end, "note") for c, col in zip(cells, columns, strict=True) if c and col.role == "note"]
    labels += [(c.start, c.end, "unit") for c, col in zip(cells, columns, strict=True) if c and col.role == "unit"]
    return Row(drafts, labels, unit, new_parent)


def _subject(name: str, cell: Cell | None, skip: int) -> Subject | None:
    """The row's name without its dash, its last bracket apart."""
    if cell is None or not name[skip:].strip():
        return None
    match = regex.match(r"^(?P<name>.*?)\s*(?:\((?P<inner>[^()]*)\))?\s*$", name[skip:].strip(" :;."), regex.DOTALL)
    assert match is not None
    words = " ".join((match.group("name") or name[skip:]).split())
    return Subject(words, cell.start, cell.end, match.group("inner"))


def _printed_unit(words: str, above: str | None) -> str | None:
    """The unit in a row's unit cell: a blank or ditto mark repeats the one above, another lone sign is no unit."""
    if any(map(str.isalnum, words)) or "%" in words or "‰" in words:
        return words.strip(DITTO)
    return None if words.strip(DITTO) else above


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
