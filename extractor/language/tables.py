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

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import NamedTuple

import regex

from extractor.domain.document import Cell, Document, Table
from extractor.domain.figure import Base, Bound, Measure, Status
from extractor.domain.letters import ONE_CAPITAL
from extractor.domain.period import year_of
from extractor.language.lexer.numerals import Style, read_number
from extractor.language.lexer.quantities import Quantity, family_of, unit_of
from extractor.language.reader.drafts import ComparisonDraft, Draft, Subject
from extractor.language.table_doubts import Leaning, leaning_of
from extractor.language.table_headers import (
    BESIDE,
    Column,
    base_in_time,
    period_of_caption,
    read_column,
    says,
    unit_of_caption,
    words_for,
)
from extractor.language.table_layouts import counts_rows, time_of_row, unfolded
from extractor.paper.tables.headers import heads_with_years, numbers_most

_BARE = r"(?P<sign>[-+−–]?)\s*(?P<number>\d[\d.,\s]*\d|\d)\s*(?P<percent>%?)"
_NOTED = r"(?:\s*(?P<mark>\(\d{1,2}\)|\*{1,3}))?"
NUMBER = regex.compile(
    rf"^(?P<bound>[<>≤≥]?)\s*(?:{_BARE}{_NOTED}|(?P<open>\()\s*{_BARE.replace('<sign>', '<minus>')}\s*\))$"
)
_TOLD = regex.compile(r"^(?P<number>[<>≤≥]?\s*[-+−–]?\s*\d[\d.,]*)\s*(?P<unit>[^\d\s.,(%].*)$")
"""A number with a unit of its own: "123,4 tỷ đồng"."""
COLUMN_LABEL = regex.compile(rf"\(?(?:[{ONE_CAPITAL}]|\d{{1,2}})\)?(?:\s*=\s*[\d()/x*+:,\s%-]+)?")
BOUNDS = {"<": Bound.MAX, "≤": Bound.MAX, ">": Bound.MIN, "≥": Bound.MIN}
DITTO = "\"'”“„’‘´`»«″〃, "
MEASURED = ("value", "ratio", "measure")
"""The roles of columns that hold numbers."""


@dataclass(frozen=True, slots=True)
class TableReading:
    """Drafts with offsets of the whole text, and the spans of digits that are no figures with their labels.

    ``sentences`` are the cells that hold a text with numbers instead of one, each with the name of its row.
    """

    drafts: tuple[Draft, ...]
    labels: tuple[tuple[int, int, str], ...]
    sentences: tuple[tuple[Cell, Subject | None], ...] = ()


class Setting(NamedTuple):
    """What holds for every row of a table."""

    text: str
    style: Style
    columns: list[Column]
    unit: str | None  # of the caption
    period: str | None  # of the table: its caption's, else the report's
    dated: str | None  # the period that its caption gives
    names_indicators: bool  # the rows are indicators, the columns parts of them
    timed: str | None  # the header above rows that are times
    notes: frozenset[str]  # the marks of the document's notes
    leaning: Leaning  # the words that were not read surely
    caption: tuple[int, int]  # where the caption stands


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
    leaning = leaning_of(document, table)
    columns, unit = _columns(table, text, body, width, period)
    number = next((n for n, column in enumerate(columns) if column.role == "name"), width)
    header = _header_of(columns, number)
    is_timed = _names_times(_words_in(table, text, number, body), header, period)
    if is_timed:
        columns, unit = _columns(table, text, body, width, None)
    columns = _doubted(columns, leaning, table, text, body)
    grid = _covered(table.cells, columns)
    indicators = _names_indicators(columns, _words_in(table, text, number, body), header)
    notes = frozenset(note.mark for note in document.footnotes)
    unit = unit or unit_of_caption(caption)
    setting = Setting(
        text,
        style,
        columns,
        unit,
        period,
        dated,
        indicators,
        header if is_timed else None,
        notes,
        leaning,
        table.caption or (0, 0),
    )
    rows = [[grid.get((row, n)) for n in range(width)] for row in range(body, height)]
    return _read_rows(rows, setting, body, labels)


def _doubted(columns: list[Column], leaning: Leaning, table: Table, text: str, body: int) -> list[Column]:
    """The columns with the doubts of what their headers tell."""
    heads = [_heads(table, n, body) for n in range(len(columns))]
    return [c._replace(doubts=leaning.of_head(c, text, head)) for c, head in zip(columns, heads, strict=True)]


def _heads(table: Table, column: int, body: int) -> list[tuple[int, int]]:
    """Where the cells above a column stand."""
    over = (c for c in table.cells if c.row < body and c.column <= column < c.column + c.columns)
    return [(c.start, c.end) for c in over]


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
    if not any(NUMBER.match(_told(value)[0]) for value in values) or not any(map(_is_name, values)):
        return False
    return not _numbers_columns(values) and not heads_with_years(values)


def _is_name(value: str) -> bool:
    return len(value) > 3 and not NUMBER.match(_told(value)[0])


def _numbering_row(table: Table, text: str, body: int) -> int | None:
    """The header row that only numbers the columns: A, B, 1, 2, 3=2/1, (1), (2), (3)=(2)/(1)."""
    last = [words for c in table.cells if c.row == body - 1 and (words := text[c.start : c.end].strip())]
    is_numbered = len(last) > 2 and (all(COLUMN_LABEL.fullmatch(words) for words in last) or numbers_most(last))
    return body - 1 if is_numbered else None


def _covered(cells: Sequence[Cell], columns: Sequence[Column]) -> dict[tuple[int, int], Cell]:
    """The cell at each place; names, groups and units that span rows stand in all of them, numbers in their first.

    A cell beside the names that reaches over them is one: "TỔNG SỐ" from the number of the row on.
    """
    grid = {(c.row, c.column): c for c in cells}
    names = [n for n, column in enumerate(columns) if column.role == "name"]
    for cell in cells:
        if columns[cell.column].role in BESIDE and cell.column < (names or [0])[0] < cell.column + cell.columns:
            grid[cell.row, names[0]] = grid.pop((cell.row, cell.column))
        if cell.rows > 1 and columns[cell.column].role in ("group", "name", "unit"):
            for row in range(cell.row + 1, cell.row + cell.rows):
                grid.setdefault((row, cell.column), cell)
    return grid


def _columns(table: Table, text: str, body: int, width: int, period: str | None) -> tuple[list[Column], str | None]:
    """What the columns hold, and the unit that a line of the header gives them all."""
    numbering = _numbering_row(table, text, body)
    named = [c for c in sorted(table.cells, key=lambda c: c.row) if c.row < body and c.row != numbering]
    over_all = [c for c in named if c.columns == width]
    line = " ".join(text[c.start : c.end] for c in over_all)
    headed = [c for c in named if c not in over_all or (width == 1)]
    told = (_with_sign(_parts(headed, text, n), _words_in(table, text, n, body)) for n in range(width))
    columns = [read_column(parts, period) for parts in told]
    if not body:
        columns = [_by_content(_words_in(table, text, n, body)) for n in range(width)]
    columns = [_mended(column, n, table, text, body) for n, column in enumerate(columns)]
    _hold_together(columns)
    return _with_name(columns, table, text, body), unit_of_caption(line)


def _hold_together(columns: list[Column]) -> None:
    """Gives columns what those beside them tell: that they measure, what a share or comparison is held against."""
    if any(map(_has_unit, columns)):
        columns[:] = map(_valued, columns)
    for n, column in enumerate(columns[1:], 1):
        before = columns[n - 1]
        if column.is_share and before.role == "measure":
            columns[n] = column._replace(base=Base.TOTAL)
        elif column.is_share and before.role == "ratio" and "%" not in before.header:  # the difference, and its rate
            columns[n - 1] = before._replace(absolute=True)
            columns[n] = column._replace(period=before.period, base=before.base, growth=True)
        elif column.role == "ratio" and column.base is Base.OTHER and not says(column.header, "against"):
            columns[n] = _held_against(column, columns[:n])
    for n, (before, column) in enumerate(pairwise(columns)):
        if _are_difference_and_rate(before, column):
            columns[n : n + 2] = [each._replace(absolute="%" not in each.header) for each in (before, column)]


def _are_difference_and_rate(column: Column, other: Column) -> bool:
    """Whether two columns compare the same, and only one of them in per cent: the other one is the difference."""
    same = column.role == other.role == "ratio" and (column.base, column.period) == (other.base, other.period)
    return same and ("%" in column.header) is not ("%" in other.header)


def _valued(column: Column) -> Column:
    """A column beside others that name measures names one too, be it but "Giá trị (triệu đồng)"."""
    is_bare = column.role == "measure" and column.unit and not column.measure
    return column._replace(measure=column.header.partition("(")[0].strip()) if is_bare else column


def _held_against(column: Column, before: Sequence[Column]) -> Column:
    """A comparison whose header does not say with what, where the table does: with the other of two columns of values.

    That is the plan beside a performance, or the earlier time: "Năm 2022 | Năm 2023 | Tăng, giảm (%)".
    """
    own = [*takewhile(lambda other: other.role != "ratio", reversed(before))][::-1]
    values = next((found for each in (own, before) if len(found := _values_for(column, each)) > 1), [])
    plans = [other for other in values if other.status is Status.PLAN]
    if len(values) != 2 or len(plans) > 1:
        return column
    if plans:
        return column._replace(base=Base.PLAN)
    earlier, later = sorted(str(other.period) for other in values)
    return column._replace(base=base_in_time(later, earlier), period=later)


def _values_for(column: Column, before: Sequence[Column]) -> list[Column]:
    """The columns of values that a comparison may hold against each other: of what it measures, if it says so."""
    values = [other for other in before if other.role == "value"]
    return [other for other in values if other.measure == column.measure] if column.measure else values


_YEAR_CUT = regex.compile(r"/\s?(?:2 ?0 ?\d ?\d|1 ?9 ?\d ?\d)(?!\d)")
"""A year behind a slash, which a narrow cell may have broken: "2023/2 022"."""


def _parts(cells: Sequence[Cell], text: str, column: int) -> list[str]:
    """The words above a column, spanning cells included, from the top down."""
    parts: list[str] = []
    for cell in cells:
        if cell.column <= column < cell.column + cell.columns:
            words = _YEAR_CUT.sub(lambda year: year[0].replace(" ", ""), " ".join(text[cell.start : cell.end].split()))
            if words and words not in parts:
                parts.append(words)
    return parts


def _with_sign(parts: list[str], words: list[str]) -> list[str]:
    """The header of a column, with the sign that stands in all its cells and not in it: "TH/DT" over "55,6%"."""
    is_signed = words and parts and all(word.endswith("%") for word in words) and not any("%" in part for part in parts)
    return [*parts, "(%)"] if is_signed else parts


def _words_in(table: Table, text: str, column: int, body: int) -> list[str]:
    """What the filled cells of a column say."""
    own = (c for c in table.cells if c.column == column and c.row >= body)
    return [words for c in own if (words := text[c.start : c.end].strip())]


def _by_content(words: Sequence[str]) -> Column:
    """A column of a table that has no header, by what its cells hold: units, numbers, or neither."""
    if words and all(map(unit_of, words)):
        return Column("unit", "")
    numbers = sum(NUMBER.match(_told(each)[0]) is not None for each in words)
    return Column("value" if words and numbers * 2 > len(words) else "note", "")


def _mended(column: Column, number: int, table: Table, text: str, body: int) -> Column:
    """A column headed as units that holds no unit but names is one of names: "Đơn vị" above districts."""
    if column.role != "unit":
        return column
    words = _words_in(table, text, number, body)
    is_named = words and not any(map(unit_of, words)) and sum(len(w.split()) > 1 for w in words) * 2 > len(words)
    return column._replace(role="name") if is_named else column


def _with_name(columns: list[Column], table: Table, text: str, body: int) -> list[Column]:
    """Exactly one column names the rows: the first so headed, else the first that holds words.

    A column of words before another one is a group where its cells span rows, or are blank below their first.
    """
    wordy = [n for n, column in enumerate(columns) if _is_wordy(column, _words_in(table, text, n, body))]
    noted = [n for n, column in enumerate(columns) if column.role == "note" and _words_in(table, text, n, body)][:1]
    named = [n for n, column in enumerate(columns) if column.role == "name"] or wordy or noted  # "Nguồn vốn"
    first, group = named[0] if named else -1, -1
    for n, after in pairwise(wordy):
        if n <= first and _groups(table, text, n, after, body):
            group, first = n, after
    roles = {**{n: "measure" for n in named if columns[n].role == "name"}, group: "group", first: "name"}
    roles |= {n: "index" for n in range(first) if counts_rows(_words_in(table, text, n, body))}
    return [column._replace(role=roles.get(n, column.role)) for n, column in enumerate(columns)]


def _is_wordy(column: Column, words: Sequence[str]) -> bool:
    """Whether most of what a column holds is words, and its header lets it name rows."""
    may_name = column.role in ("name", "value", "measure") or not column.header
    wordy = sum(any(map(str.isalpha, each)) for each in words) * 2 > len(words)
    return may_name and (wordy or _names_times(words, column.header, None))


def _groups(table: Table, text: str, column: int, after: int, body: int) -> bool:
    """Whether the words of a column each head several rows of the column after it."""
    cells = [c for c in table.cells if c.column == column and c.row >= body]
    filled = {c.row for c in cells if text[c.start : c.end].strip()}
    beside = {c.row for c in table.cells if c.column == after and c.row >= body and text[c.start : c.end].strip()}
    spanning = any(c.rows > 1 for c in cells if c.row in filled)
    return spanning or 0 < len(filled & beside) * 2 <= len(beside)


def _names_times(names: Sequence[str], header: str, period: str | None) -> bool:
    """Whether rows are times and columns what is measured then."""
    return len(names) > 1 and all(time_of_row(header, name, period) for name in names)


def _names_indicators(columns: Sequence[Column], names: Sequence[str], header: str) -> bool:
    """Whether rows are indicators and columns parts of them, and not rows places and columns what is measured there."""
    of_places = says(header, "place") or sum(says(name, "place") for name in names) * 2 > len(names)
    if of_places or any(map(_has_unit, columns)):
        return False
    told = says(header, "name") or any(column.role == "unit" for column in columns)
    return told or any(unit_of(_inner(name)) for name in names)


def _has_unit(column: Column) -> bool:
    """Whether a column names a measure with a unit of its own: "Diện tích (ha)", "Tỷ lệ hộ nghèo (%)"."""
    if column.role == "ratio" or column.unit is None:
        return False
    return column.unit == "%" or bool(column.measure and not says(column.measure, "price"))


# ------------------------------------------------------------------------------------------------- the rows


class Details(NamedTuple):
    """Parts that a line of its own announced: of what, how that is marked, how they are (None: not seen yet)."""

    parent: str | None
    over: str
    kind: str | None


class Above(NamedTuple):
    """What a row leaves to those below it."""

    unit: str | None = None
    parent: str | None = None
    group: str | None = None
    kind: str = ""  # how the row that may be a parent is marked
    details: Details | None = None


class Row(NamedTuple):
    """What one row yields, and what it leaves."""

    drafts: list[Draft]
    labels: list[tuple[int, int, str]]
    sentences: list[tuple[Cell, Subject | None]]
    leaves: Above


class Named(NamedTuple):
    """Who a row is: its name, what it hangs on, its unit and whether that was handed down."""

    subject: Subject | None
    parent: str | None
    unit: str | None
    is_inherited: bool
    row: int
    doubts: tuple[str, ...]
    period: str | None = None
    status: Status | None = None


def _read_rows(
    rows: Iterable[list[Cell | None]], setting: Setting, first: int, labels: list[tuple[int, int, str]]
) -> TableReading:
    """The rows of a body from the top down; each hears what the one above it leaves."""
    drafts: list[Draft] = []
    sentences: list[tuple[Cell, Subject | None]] = []
    above = Above()
    for number, cells in enumerate(rows, first):
        read = _row(cells, setting, above, number)
        above = read.leaves
        drafts += read.drafts
        labels += read.labels
        sentences += read.sentences
    return TableReading(tuple(drafts), tuple(labels), tuple(sentences))


LABELS = {"index": "list_mark", "name": "name", "group": "name", "note": "note", "unit": "unit"}
"""What the digits of columns beside the figures are."""


def _row(cells: list[Cell | None], setting: Setting, above: Above, row: int) -> Row:
    """The figures of one row: a value a value column, each with the comparisons of the columns behind it."""
    text, columns = setting.text, setting.columns
    held = [(cell, n) for n, cell in enumerate(cells) if cell]
    of_role: dict[str, list[Cell]] = {role: [] for role in LABELS}
    for cell, n in held:
        of_role.setdefault(columns[n].role, []).append(cell)
    name = _written(of_role["name"], text)
    mark = words_for("detail").match(name)
    time = time_of_row(setting.timed, name, setting.period) if setting.timed is not None else None
    subject = None if time else _subject(name, of_role["name"], mark.end() if mark else 0)
    unit, is_inherited = _unit(of_role["unit"], setting, subject, above, is_detail=mark is not None)
    place = _placed(of_role, setting, above, is_detail=mark is not None, is_named=subject is not None)
    doubts = _doubts_of(of_role, unit, setting)
    who = Named(subject, place.parent, unit, is_inherited, row, doubts, *(time or ()))
    values = [(n, value) for cell, n in held if columns[n].role in MEASURED and (value := _quantity(cell, setting))]
    drafts = _figures(values, setting, who)
    labels = [(c.start, c.end, LABELS[role]) for role, found in of_role.items() if role in LABELS for c in found]
    labels += _notes(values, cells, setting)
    if subject is not None and not (drafts and mark):
        leaves = place._replace(unit=unit, parent=subject.text)
    else:
        leaves = place._replace(unit=unit, parent=above.parent, kind=above.kind)
    return Row(drafts, labels, _sentences(of_role, subject, text), leaves)


def _placed(
    of_role: dict[str, list[Cell]], setting: Setting, above: Above, *, is_detail: bool, is_named: bool
) -> Above:
    """Where a row stands: in which group, how it is marked, among which parts, and what it is a part of."""
    group = " ".join(_written(of_role["group"], setting.text).split()) or above.group
    kind = _kind_of_mark(_written(of_role["index"], setting.text), _written(of_role["name"], setting.text))
    details = _details(above, kind, is_lone=is_detail and not is_named)
    belongs = details.parent if details and details.kind == kind else group
    return Above(None, above.parent if is_detail else belongs, group, kind, details)


def _kind_of_mark(label: str, name: str) -> str:
    """How a row is marked: by a number, a Roman numeral, a letter, a dash, or by nothing.

    >>> [_kind_of_mark(*row) for row in (("12", "Thu"), ("IV", "Thu"), ("a)", "Thu"), ("", "- Thu"), ("", "Thu"))]
    ['number', 'roman', 'letter', 'dash', '']
    """
    written = label.strip(" .)") or name.strip()
    return (
        next((kind for kind, shape in _MARKS.items() if shape.match(written)), "") if label.strip() or written else ""
    )


_MARKS = {
    "dash": regex.compile(r"[-–+*•]"),
    "number": regex.compile(r"\d{1,2}(?:\.\d{1,2})*(?:[.)]\s|$)"),
    "roman": regex.compile(r"[IVXLC]{1,5}(?:[.)]\s|$)"),
    "letter": regex.compile(r"\p{L}(?:[.)]\s|$)"),
}


def _details(above: Above, kind: str, *, is_lone: bool) -> Details | None:
    """What a line "Trong đó:" of its own says of a row: the rows below it that are marked alike are parts.

    They end at a row marked as the whole is; without any mark only the first row is surely one.
    """
    if is_lone:
        return Details(above.parent, above.kind, None)
    told = above.details
    if told is None or told.kind == "" or (kind and kind == told.over):
        return None
    return told._replace(kind=kind) if told.kind is None else told


def _figures(values: Sequence[tuple[int, Quantity]], setting: Setting, who: Named) -> list[Draft]:
    """The figures of the numbers of one row, in the order of their columns."""
    columns = setting.columns
    drafts = {n: _draft(value, columns[n], setting, who) for n, value in values if columns[n].role != "ratio"}
    alone: list[Draft] = []
    for n, value in values:
        column = columns[n]
        if column.role != "ratio":
            continue
        target = _target(n, setting, drafts)
        if target is not None:
            target.comparisons.append(_comparison(value, column, target, who))
        else:
            alone.append(_draft_alone(value, n, setting, who))
    return sorted([*drafts.values(), *alone], key=lambda draft: draft.start)


def _doubts_of(of_role: dict[str, list[Cell]], unit: str | None, setting: Setting) -> tuple[str, ...]:
    """The doubts of a row's name and of its unit, which stands in its cell or in the caption."""
    named = setting.leaning.of_name(setting.text, _spans(of_role["name"]))
    return named + setting.leaning.of_unit(unit, [*_spans(of_role["unit"])] or [setting.caption])


def _spans(cells: Iterable[Cell]) -> Iterator[tuple[int, int]]:
    return ((cell.start, cell.end) for cell in cells)


def _written(cells: list[Cell], text: str) -> str:
    """The text of the first cell; empty where there is none."""
    return text[cells[0].start : cells[0].end] if cells else ""


def _unit(
    units: list[Cell], setting: Setting, subject: Subject | None, above: Above, *, is_detail: bool
) -> tuple[str | None, bool]:
    """The unit of a row, and whether nothing but the row above tells it.

    It stands in a cell of its own, in brackets behind the name, or in the caption. A ditto mark in the cell repeats the
    one above; another lone sign (``-``) says that there is none. A count of things (``người``) passes to details only.
    """
    own = _written(units, setting.text).strip()
    if own and (not own.strip(DITTO) or says(own, "ditto")):
        return above.unit, False
    if any(map(str.isalnum, own)) or "%" in own or "‰" in own:
        return own.strip(DITTO), False
    if own:
        return None, False
    told = (unit_of(subject.qualifier) if subject else None) or setting.unit
    if told is not None:
        return told, False
    passes = is_detail or _passes(above.unit, setting.columns)
    return (above.unit, True) if above.unit and passes else (None, False)


def _passes(unit: str | None, columns: Sequence[Column]) -> bool:
    """Whether the unit of a row goes on below it where nothing else is said."""
    return any(column.role == "unit" for column in columns) or (unit is not None and family_of(unit) in PASSED)


PASSED = frozenset({"area", "mass", "volume", "money"})
"""Families of units that go on for the rows below in a table without a column of units."""


def _target(ratio: int, setting: Setting, drafts: dict[int, Draft]) -> Draft | None:
    """The figure that a comparison belongs to, None where the table prints no value for it.

    It is that of the period which the header compares; without one, of the nearest performance before it, or of the
    last value where all are plans.
    """
    column = setting.columns[ratio]
    valued = [n for n, other in enumerate(setting.columns) if _is_performance(other)]
    if column.period is not None:
        return drafts.get(_column_of(column, ratio, valued, setting))
    if before := [n for n in valued if n < ratio]:
        return drafts.get(before[-1])
    plans = [n for n in drafts if n < ratio]
    return drafts[plans[-1]] if plans else None


def _is_performance(column: Column) -> bool:
    """Whether a column holds values that are no plan."""
    return column.role in ("value", "measure") and column.status is not Status.PLAN


def _column_of(column: Column, ratio: int, valued: Sequence[int], setting: Setting) -> int:
    """The column of values for the period that a comparison names; -1 for none. A year stands for any part of it."""
    columns = setting.columns
    exact = [n for n in valued if (columns[n].period or setting.period) == column.period]
    alike = [n for n in exact if columns[n].measure == column.measure] or exact
    year = year_of(column.period) if column.whole else None
    same = [n for n in valued if n < ratio and year and year_of(columns[n].period) == year]
    return (alike or same or [-1])[-1]


def _draft(value: Quantity, column: Column, setting: Setting, who: Named) -> Draft:
    """The figure of one cell; a column that names a measure qualifies it by the row, or the row by its part."""
    unit = value.unit or column.unit or who.unit
    draft = Draft(
        _subject_of(column, setting, who),
        value,
        value.start,
        value.end,
        who.row,
        period=column.period or who.period or setting.dated,
        period_from="stated" if column.period or who.period else "inherited" if setting.dated else None,
        status=who.status if who.status and column.status is Status.ACTUAL else column.status,
        parent=who.parent,
        unit=unit,
    )
    draft.doubts += [*who.doubts, *column.doubts]
    if who.is_inherited and unit is not None and value.unit is None and column.unit is None:
        draft.doubts.append("unit_inherited")
    return draft


def _subject_of(column: Column, setting: Setting, who: Named) -> Subject | None:
    """What a cell measures: the row's name, or that of its column with the row beside it."""
    subject, measure = who.subject, column.measure
    if not measure:
        return subject
    if subject is not None and (setting.names_indicators or column.place or says(measure, "price")):
        inner = subject.qualifier if subject.qualifier and not unit_of(subject.qualifier) else None
        return subject._replace(qualifier=", ".join(filter(None, (inner, measure))))
    return Subject(measure, qualifier=subject.text if subject else None)


def _draft_alone(value: Quantity, ratio: int, setting: Setting, who: Named) -> Draft:
    """The figure of a comparison whose value is not printed; a share of a total is itself the value."""
    columns = setting.columns
    column = columns[ratio]
    valued = [*filter(_is_performance, columns[:ratio])]
    period = column.period or (valued[-1].period if valued else None)
    if column.base is Base.TOTAL:
        return _draft(value, column._replace(period=period, unit="%"), setting, who)
    draft = _draft(value, column._replace(period=period), setting, who)
    doubts = [code for code in draft.doubts if code not in ("unit_inherited", "unit_unsure")]
    return replace(draft, quantity=None, unit=None, doubts=doubts, comparisons=[_comparison(value, column, draft, who)])


def _inner(name: str) -> str | None:
    """What the last bracket of a row's name holds."""
    found = regex.search(r"\(([^()]*)\)\s*[:;.]?\s*$", name)
    return found[1] if found else None


_SUBJECT = regex.compile(r"^(?P<name>.*?)\s*(?:\((?P<inner>[^()]*)\))?\s*$", regex.DOTALL)
_LIST_MARK = regex.compile(r"^\s*(?:(?:\d{1,2}|[IVX]{1,4}|\p{L})[.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s+(?=\p{L})")


def _subject(name: str, cells: list[Cell], skip: int) -> Subject | None:
    """The row's name without its dash or number, its last bracket apart."""
    listed = _LIST_MARK.match(name, skip)
    skip = listed.end() if listed else skip
    if not name[skip:].strip():
        return None
    match = _SUBJECT.match(name[skip:].strip(" :;."))
    assert match is not None
    inner = match.group("inner")
    is_sign = inner is not None and not any(map(str.isalnum, inner)) and "%" not in inner
    words = " ".join((name[skip:].strip(" :;.") if is_sign else match.group("name") or name[skip:]).split())
    return Subject(words, cells[0].start, cells[0].end, None if is_sign else inner)


def _quantity(cell: Cell, setting: Setting) -> Quantity | None:
    """The number of a cell, with its own unit if it has one; None for a dash or words. One in brackets is negative.

    Its span begins with its sign or bracket, "(8,7)", and ends before the mark of a note, "298,4(1)".
    """
    written = setting.text[cell.start : cell.end]
    told, unit = _told(written.strip())
    match = NUMBER.match(told)
    if match is None:
        return None
    number = next(filter(None, match.captures("number")))
    reading = read_number(regex.sub(r"\s", "", number), setting.style)
    if reading is None:
        return None
    lead = cell.start + len(written) - len(written.lstrip())
    bracketed = match.group("open") is not None
    sign = -1 if bracketed or match.group("sign") in ("-", "−", "–") else int(match.group("sign") == "+")
    start = lead + match.start("open" if bracketed else "sign" if sign else "number")
    number_end = lead + (match.end() if bracketed else match.end("percent" if match.group("percent") else "number"))
    end = cell.start + len(written.rstrip()) if unit else number_end
    unit = unit or ("%" if match.group("percent") else None)
    bound = BOUNDS.get(match.group("bound"))
    return Quantity(start, end, *reading, unit=unit, sign=sign, bound=bound, number_end=number_end)


def _told(written: str) -> tuple[str, str | None]:
    """The number of a cell and the unit behind it.

    >>> _told("123,4 tỷ đồng"), _told("9 tháng đầu năm"), _told("45,6%")
    (('123,4', 'tỷ đồng'), ('9 tháng đầu năm', None), ('45,6%', None))
    """
    match = _TOLD.match(written)
    unit = unit_of(match["unit"]) if match is not None else None
    return (match["number"], unit) if match is not None and unit is not None else (written, None)


def _sentences(of_role: dict[str, list[Cell]], subject: Subject | None, text: str) -> list[tuple[Cell, Subject | None]]:
    """The cells of values that hold a text instead of a number, with the name of their row."""
    measured = (cell for role in MEASURED for cell in of_role.get(role, ()))
    return [(cell, subject) for cell in measured if _is_sentence(text[cell.start : cell.end])]


def _is_sentence(written: str) -> bool:
    """Whether a cell of values holds a text with numbers: "Giải ngân 74.315 triệu đồng, đạt 91,7% kế hoạch".

    >>> _is_sentence("Mở 14 lớp dạy nghề"), _is_sentence("14 lớp")
    (True, False)
    """
    return any(map(str.isdigit, written)) and sum(any(map(str.isalpha, word)) for word in written.split()) >= SENTENCE


SENTENCE = 3  # words that make a text of what stands in a cell


def _notes(
    values: Sequence[tuple[int, Quantity]], cells: Sequence[Cell | None], setting: Setting
) -> Iterator[tuple[int, int, str]]:
    """The marks behind numbers with which a note of the document begins: "298,4(1)"."""
    for n, value in values:
        cell = cells[n]
        mark = setting.text[value.end : cell.end].strip() if cell else ""
        if cell and mark and (mark.strip("()") in setting.notes or f"\n{mark}" in setting.text):
            yield value.end, cell.end, "note"


def _comparison(value: Quantity, column: Column, target: Draft, who: Named) -> ComparisonDraft:
    """The comparison of a ratio or growth column."""
    signed = value.value * (value.sign or 1)
    kind = Measure.CHANGE if column.growth or value.sign else Measure.RATIO
    return ComparisonDraft(
        Measure.ABSOLUTE if column.absolute else kind,
        signed, (target.unit or who.unit or "") if column.absolute else "%", value.start, value.end, 0, "table",
        decimals=value.decimals, base=column.base, base_text=column.header,
        doubts=column.doubts,
    )  # fmt: skip
