"""A table of an annex → drafts of figures: a row's plan, performance, shares and growth read together.

The header says what each column holds (``table_headers``): the plan, a value of some period and status, or a
comparison (``% so KH``, ``% so CK``: index columns are ratios, 109,7 means +9,7 %; a column headed tăng/giảm holds
changes). A row names the indicator; its unit stands in a column of its own, in the column's header, in brackets
behind the name, in the caption, or in the row above. What spans rows (a district, a unit) belongs to all of them. A
dash or a blank is no number and is never read as zero; a number in brackets is negative. A column whose header names
neither time nor plan names the measure itself, and the row is what it is measured of, unless the rows are indicators:
then it is the part that the row is told of. A comparison whose value the table does not print is a figure without a
value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from extractor.domain.document import Cell, Document, Table
from extractor.language.lexer.numerals import Style
from extractor.language.lexer.quantities import family_of
from extractor.language.lexer.tokens import compiled
from extractor.language.table_cells import is_number
from extractor.language.table_columns import are_places, columns_of, names_indicators, names_times, rows_named
from extractor.language.table_doubts import NAME, PERIOD, Leaning, leaning_of
from extractor.language.table_headers import (
    BESIDE,
    Column,
    in_index,
    index_base,
    period_of_caption,
    says,
    title_of_caption,
    unit_of_caption,
)
from extractor.language.table_layouts import unfolded
from extractor.language.table_proofs import with_proved_bases
from extractor.language.table_rows import Setting, TableReading, name_of, read_rows
from extractor.paper.tables.headers import heads_with_years

GOES_ON = r"(?m){goes_on_below}"


def tables_of(document: Document) -> Iterator[Table]:
    """The tables of a document; one that says that it goes on, or begins where another ends, has the caption of that.

    So a unit that stands above the first page of a table holds for all of them.
    """
    above: Table | None = None
    for table in document.tables:
        told = above if above is not None and _goes_on(document.text, above, table) else None
        above = table if told is None else replace(table, caption=told.caption)
        yield above


def _goes_on(text: str, above: Table, table: Table) -> bool:
    """Whether a table is the rest of the one before: it has as many columns, and its caption or its place says so."""
    wide, other = (max((c.column + c.columns for c in each.cells), default=0) for each in (above, table))
    if wide != other:
        return False
    if table.caption is None:
        return not text[above.end : table.start].strip()
    caption = text[slice(*table.caption)]
    return compiled(GOES_ON).search(caption) is not None and unit_of_caption(caption) is None


def read_table(document: Document, table: Table, style: Style, period: str | None) -> TableReading:
    """All figures of one table, row by row."""
    text = document.text
    height = 1 + max((c.row for c in table.cells), default=-1)
    body = _first_body_row(table, text, height)
    labels = [(c.start, c.end, "table_header") for c in table.cells if c.row < body]
    table = unfolded(table, text, body)
    height = 1 + max((c.row for c in table.cells), default=-1)
    width = 1 + max((c.column + c.columns - 1 for c in table.cells), default=-1)
    caption = text[slice(*table.caption)] if table.caption else ""
    dated = period_of_caption(caption, period)
    period = dated or period
    leaning = leaning_of(document, table.caption[0] if table.caption else table.start, table.end)
    columns, unit = columns_of(table, text, body, width, period)
    number = next((n for n, column in enumerate(columns) if column.role == "name"), width)
    header, names = _header_of(columns, number), rows_named(table, text, number, body)
    is_timed = names_times(names, header, period)
    if is_timed:
        columns, unit = columns_of(table, text, body, width, None)
    unit = unit or unit_of_caption(caption)
    columns = _in_shares(_doubted(columns, leaning, table, text, body), unit)
    rows = list(_rows(table.cells, columns, range(body, height), text))
    columns = in_index(columns, index_base(caption, period))
    columns = with_proved_bases(columns, rows, text, style, period)
    setting = Setting(
        text,
        style,
        columns,
        unit,
        period,
        dated,
        names_indicators(columns, names, header),
        header if is_timed else None,
        frozenset(note.mark for note in document.footnotes),
        leaning,
        table.caption or (0, 0),
        title_of_caption(caption),
        is_timed or are_places(names, header),
        frozenset(_headings(rows, number, text, body)),
    )
    return read_rows(rows, setting, body, labels)


VALUED = ("value", "measure")
ALIKE = (NAME, PERIOD)
"""The doubts of values that stand below the same words, or below none, as others of their row."""


def _rows(cells: Sequence[Cell], columns: Sequence[Column], rows: range, text: str) -> Iterator[list[Cell | None]]:
    """The cells of each row of the body, one a column."""
    grid = _covered(cells, columns, text)
    return ([grid.get((row, n)) for n in range(len(columns))] for row in rows)


def _headings(rows: Sequence[list[Cell | None]], number: int, text: str, first: int) -> Iterator[int]:
    """The rows of words alone that tell apart what stands below them: "Lúa" and "Ngô", each above "Diện tích".

    So does one whose number those below it carry on: "1 Cháy nổ" above "1.1 Số vụ". They are counted from ``first``;
    names stand in column ``number``.
    """
    groups: dict[int, list[str]] = {}
    carried: set[int] = set()
    heading, opened = first - 1, ""
    for row, cells in enumerate(rows, first):
        words, mark = _words_of(cells[number : number + 1], text), _mark_of(cells[: number + 1], text)
        if any(cell and is_number(text[cell.start : cell.end]) for cell in cells[number + 1 :]):
            groups.setdefault(heading, []).append(name_of(words)[0])
            carried |= {heading} if opened and mark.startswith(f"{opened}.") else set()
        elif words:
            heading, opened = row, mark
    counts = Counter(words for names in groups.values() for words in set(names))
    told = (row for row, names in groups.items() if row in carried or any(counts[words] > 1 for words in names))
    return (row for row in told if row >= first)


def _words_of(cells: Sequence[Cell | None], text: str) -> str:
    """The words of a cell; empty where there is none."""
    return "".join(text[cell.start : cell.end].strip() for cell in cells if cell)


def _mark_of(cells: Sequence[Cell | None], text: str) -> str:
    """The number that marks a row, in a cell before its name or in front of it; empty where it has none."""
    marks = (regex.match(r"\d+(?:[.,]\d+)*", text[cell.start : cell.end].strip()) for cell in cells if cell)
    return next((mark[0].replace(",", ".") for mark in marks if mark), "")


def _in_shares(columns: Sequence[Column], unit: str | None) -> list[Column]:
    """The columns; rates whose heads print no sign have that of the table: "Tỷ lệ tăng tự nhiên" below "ĐVT: ‰"."""
    is_told = family_of(unit) == family_of("%")
    return [c._replace(unit=None) if is_told and c.unit == "%" and "%" not in c.header else c for c in columns]


def _doubted(columns: list[Column], leaning: Leaning, table: Table, text: str, body: int) -> list[Column]:
    """The columns with the doubts of what their headers tell; values below the same header are not told apart."""
    heads = [_heads(table, n, body) for n in range(len(columns))]
    counts = Counter(column.header for column in columns if column.role in VALUED)
    alike = [ALIKE if c.role in VALUED and counts[c.header] > 1 else () for c in columns]
    return [
        c._replace(doubts=(*c.doubts, *(leaning.of_head(c, text, head) or same)))
        for c, head, same in zip(columns, heads, alike, strict=True)
    ]


def _heads(table: Table, column: int, body: int) -> list[Cell]:
    """The cells above a column."""
    return [c for c in table.cells if c.row < body and c.column <= column < c.column + c.columns]


def _header_of(columns: Sequence[Column], number: int) -> str:
    return columns[number].header if number < len(columns) else ""


# ------------------------------------------------------------------------------------------------- the grid


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
    if not any(map(is_number, values)) or not any(map(_is_name, values)):
        return False
    return not _numbers_columns(values) and not heads_with_years(values)


def _is_name(value: str) -> bool:
    return len(value) > 3 and not is_number(value)


def _covered(cells: Sequence[Cell], columns: Sequence[Column], text: str) -> dict[tuple[int, int], Cell]:
    """The cell at each place; names, groups and units that span rows stand in all of them, numbers in their first.

    A cell beside the names that reaches over them is one: "TỔNG SỐ" from the number of the row on; so is "Cộng" beside
    a blank one.
    """
    grid = {(c.row, c.column): c for c in cells}
    name = next((n for n, column in enumerate(columns) if column.role == "name"), 0)
    for cell in cells:
        if columns[cell.column].role in BESIDE and cell.column < name:
            is_blank = not _words_of([grid.get((cell.row, name))], text)
            if name < cell.column + cell.columns or (is_blank and says(_words_of([cell], text), "sum")):
                grid[cell.row, name] = grid.pop((cell.row, cell.column))
        if cell.rows > 1 and columns[cell.column].role in ("group", "name", "unit"):
            for row in range(cell.row + 1, cell.row + cell.rows):
                grid.setdefault((row, cell.column), cell)
    return grid
