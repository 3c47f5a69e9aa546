"""What the columns of a table hold, told by their headers and by each other.

In: the cells of a table, where its body begins, the period of the table. Out: a ``Column`` each, exactly one of which
names the rows. The hard idea: a header says what its column holds only beside the others: a share is one of the count
before it, a difference one of the two years before it, a column of words groups the one behind it. ``table_headers``
reads a header alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

import regex

from extractor.domain.document import Cell, Table
from extractor.domain.figure import Base, Status
from extractor.domain.letters import ONE_CAPITAL
from extractor.language.lexer.quantities import unit_of
from extractor.language.lexer.tokens import compiled
from extractor.language.table_cells import is_number
from extractor.language.table_headers import (
    Column,
    base_in_time,
    is_amount,
    read_column,
    rest_of,
    says,
    unit_of_caption,
    words_for,
)
from extractor.language.table_layouts import counts_rows, time_of_row
from extractor.paper.tables.headers import numbers_most

COLUMN_LABEL = regex.compile(rf"\(?(?:[{ONE_CAPITAL}]|\d{{1,2}})\)?(?:\s*=\s*[\d()/x*+:,\s%-]+)?")
MEASURED = ("value", "ratio", "measure")
"""The roles of columns that hold numbers."""


def columns_of(table: Table, text: str, body: int, width: int, period: str | None) -> tuple[list[Column], str | None]:
    """What the columns hold, and the unit that a line of the header gives them all."""
    numbering = _numbering_row(table, text, body)
    named = [c for c in sorted(table.cells, key=lambda c: c.row) if c.row < body and c.row != numbering]
    over_all = [c for c in named if c.columns == width]
    line = " ".join(text[c.start : c.end] for c in over_all)
    headed = [c for c in named if c not in over_all or (width == 1)]
    told = (_with_sign(_parts(headed, text, n), words_in(table, text, n, body)) for n in range(width))
    columns = [read_column(parts, period)._replace(parts=tuple(parts)) for parts in told]
    if not body:
        columns = [_by_content(words_in(table, text, n, body)) for n in range(width)]
    columns = [_mended(column, n, table, text, body) for n, column in enumerate(columns)]
    _hold_together(columns)
    return _with_name(columns, table, text, body), unit_of_caption(line)


def _hold_together(columns: list[Column]) -> None:
    """Gives columns what those beside them tell: that they measure, what a share or comparison is held against."""
    if any(map(_has_unit, columns)):
        columns[:] = map(_valued, columns)
    counted = [noun for column in columns if (noun := column.counted)]
    columns[:] = [_counting(column, counted) for column in columns]
    if any(column.role == "measure" and column.measure for column in columns):
        columns[:] = map(_summed_up, columns)
    columns[:] = [_of_measure(column, columns) for column in columns]
    for n, column in enumerate(columns[1:], 1):
        if column.is_share:
            columns[n - 1 : n + 1] = _shared(columns[: n - 1], columns[n - 1], column)
        if columns[n].role == "ratio" and columns[n].base is Base.OTHER and not says(column.header, "against"):
            columns[n] = _held_against(columns[n], columns[:n])
    _part_differences(columns)


def _part_differences(columns: list[Column]) -> None:
    """Tells differences from the rates beside them."""
    for n, (before, column) in enumerate(pairwise(columns)):
        if _are_difference_and_rate(before, column):
            columns[n : n + 2] = [each._replace(absolute="%" not in each.header) for each in (before, column)]


def _of_measure(column: Column, columns: Sequence[Column]) -> Column:
    """A column that ends with what those of a plan measure is of that: what stands above says what was done with it.

    "So sánh (%)" over "Thu NSNN | Thu NSX", and "Giải ngân 9 tháng" beside "Kế hoạch" over "Vốn tỉnh | Vốn huyện"
    where no other value is of the same.
    """
    if column.role not in ("ratio", "value") or (column.role == "ratio") is bool(column.measure) or not column.over:
        return column
    last = rest_of(column.parts[-1], None)
    of_same = [c for c in columns if c.role == "value" and last and c.measure.endswith(last)]
    is_planned = any(c.status is Status.PLAN and c.measure == last for c in of_same)
    done = sum(c.status is not Status.PLAN for c in of_same)
    is_of = is_planned and column.status is not Status.PLAN and done == 1
    return column._replace(measure=last) if is_of else column


def _shared(first: Sequence[Column], before: Column, share: Column) -> tuple[Column, Column]:
    """A column headed "Tỷ lệ (%)" and the one before it.

    They are a count and its share, a performance and its rate of the plan right before, or a difference and its rate.
    """
    if before.measure and before.role in ("measure", "value"):
        is_planned = bool(first) and first[-1].status is Status.PLAN
        return before, share._replace(base=Base.PLAN if is_planned else Base.TOTAL)
    if before.role == "ratio" and "%" not in before.header:
        rate = share._replace(period=before.period, base=before.base, growth=True)
        return before._replace(absolute=True), rate
    return before, share


def _are_difference_and_rate(column: Column, other: Column) -> bool:
    """Whether two columns compare the same, and only one of them in per cent: the other one is the difference."""
    same = column.role == other.role == "ratio" and (column.base, column.period) == (other.base, other.period)
    return same and ("%" in column.header) is not ("%" in other.header)


def _counting(column: Column, counted: Sequence[str]) -> Column:
    """A column whose name begins with what another one counts counts it too: "Trong đó: hộ DTTS" beside "Số hộ"."""
    if not column.measure or column.counted or column.unit:
        return column
    last = rest_of(column.parts[-1], None).lower() + " "
    return column._replace(counted=next((noun for noun in counted if last.startswith(noun.lower() + " ")), None))


def _valued(column: Column) -> Column:
    """A column beside others that name measures names one too, be it but "Giá trị (triệu đồng)"."""
    is_bare = column.role == "measure" and column.unit and not column.measure
    return column._replace(measure=column.header.partition("(")[0].strip()) if is_bare else column


def _summed_up(column: Column) -> Column:
    """A column that only sums up or gives a value, beside others that name measures, names one: "Lũy kế", "Giá trị"."""
    if says(column.header, "accumulated"):
        return column._replace(measure=column.header)
    last = column.parts[-1].partition("(")[0].strip() if len(column.parts) > 1 else ""
    is_bare = column.role == "value" and not column.measure and column.status is Status.ACTUAL
    return column._replace(measure=last) if is_bare and is_amount(last) else column


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


_CUT = regex.compile(r"/\s?(?:(?:2 ?0 ?\d ?\d|1 ?9 ?\d ?\d)(?!\d)|\p{Lu} \p{Lu}(?!\p{L}))")
"""A year or two capitals behind a slash, which a narrow cell may have broken: "2023/2 022", "2023/K H"."""


def _parts(cells: Sequence[Cell], text: str, column: int) -> list[str]:
    """The words above a column, spanning cells included, from the top down."""
    parts: list[str] = []
    for cell in cells:
        if cell.column <= column < cell.column + cell.columns:
            words = _CUT.sub(lambda cut: cut[0].replace(" ", ""), " ".join(text[cell.start : cell.end].split()))
            if words and words not in parts:
                parts.append(words)
    return parts


def _with_sign(parts: list[str], words: list[str]) -> list[str]:
    """The header of a column, with the sign that stands in all its cells and not in it: "TH/DT" over "55,6%"."""
    is_signed = words and parts and all(word.endswith("%") for word in words) and not any("%" in part for part in parts)
    return [*parts, "(%)"] if is_signed else parts


def words_in(table: Table, text: str, column: int, body: int) -> list[str]:
    """What the filled cells of a column say."""
    own = (c for c in table.cells if c.column == column and c.row >= body)
    return [words for c in own if (words := text[c.start : c.end].strip())]


def rows_named(table: Table, text: str, column: int, body: int) -> list[str]:
    """The names of the rows with anything beside them, without those that sum up."""
    own = [c for c in table.cells if c.column == column and c.row >= body and c.columns == 1]
    told = {c.row for c in table.cells if c.column != column and text[c.start : c.end].strip()}
    return [words for c in own if c.row in told and (words := text[c.start : c.end].strip()) and not says(words, "sum")]


def _by_content(words: Sequence[str]) -> Column:
    """A column of a table that has no header, by what its cells hold: units, numbers, or neither."""
    if words and all(map(unit_of, words)):
        return Column("unit", "")
    numbers = sum(map(is_number, words))
    return Column("value" if words and numbers * 2 > len(words) else "note", "")


def _mended(column: Column, number: int, table: Table, text: str, body: int) -> Column:
    """A column by what its cells hold, where its header is mistaken for something else.

    One headed as units that holds names is one of names ("Đơn vị" above districts); years are no numbers of anything
    ("Năm hoàn thành").
    """
    words = words_in(table, text, number, body)
    if column.role in MEASURED and _dates(column.header, words):
        return column._replace(role="note")
    if column.role != "unit":
        return column
    is_named = words and not any(map(unit_of, words)) and sum(len(w.split()) > 1 for w in words) * 2 > len(words)
    return column._replace(role="name") if is_named else column


_YEARS = regex.compile(r"(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?")


def _dates(header: str, words: Sequence[str]) -> bool:
    """Whether a column tells in which year something was: its header begins so, and its cells are years.

    >>> _dates("Năm khởi công", ["2021", "2022"]), _dates("Số hộ", ["2021"]), _dates("Năm 2021", ["2020"])
    (True, False, False)
    """
    begins = compiled("^{year}").match(header.lower()) is not None
    says_what = any(map(str.isalpha, words_for("filler").sub("", header)))
    return begins and says_what and bool(words) and all(map(_YEARS.fullmatch, words))


def _with_name(columns: list[Column], table: Table, text: str, body: int) -> list[Column]:
    """Exactly one column names the rows: the first so headed, else the first that holds words.

    A column of words before another one is a group where its cells span rows, or are blank below their first.
    """
    wordy = [n for n, column in enumerate(columns) if _is_wordy(column, rows_named(table, text, n, body))]
    noted = [n for n, column in enumerate(columns) if column.role == "note" and words_in(table, text, n, body)][:1]
    named = [n for n, column in enumerate(columns) if column.role == "name"] or wordy or noted  # "Nguồn vốn"
    first, group = named[0] if named else -1, -1
    for n, after in pairwise(wordy):
        if n <= first and _groups(table, text, n, after, body):
            group, first = n, after
    roles = {**{n: "measure" for n in named if columns[n].role == "name"}, group: "group", first: "name"}
    roles |= {n: "index" for n in range(first) if counts_rows(words_in(table, text, n, body))}
    return [column._replace(role=roles.get(n, column.role)) for n, column in enumerate(columns)]


SOME_YEAR = "2000"
"""Stands for the report's where it is only asked whether a name is a time."""


def _is_wordy(column: Column, words: Sequence[str]) -> bool:
    """Whether most of what a column holds is words, and its header lets it name rows."""
    may_name = column.role in ("name", "value", "measure") or not column.header
    wordy = sum(any(map(str.isalpha, each)) for each in words) * 2 > len(words)
    return may_name and (wordy or names_times(words, column.header, SOME_YEAR))


def _groups(table: Table, text: str, column: int, after: int, body: int) -> bool:
    """Whether the words of a column each head several rows of the column after it."""
    cells = [c for c in table.cells if c.column == column and c.row >= body]
    filled = {c.row for c in cells if text[c.start : c.end].strip()}
    beside = {c.row for c in table.cells if c.column == after and c.row >= body and text[c.start : c.end].strip()}
    spanning = any(c.rows > 1 for c in cells if c.row in filled)
    return spanning or 0 < len(filled & beside) * 2 <= len(beside)


def names_times(names: Sequence[str], header: str, period: str | None) -> bool:
    """Whether rows are times and columns what is measured then."""
    return len(names) > 1 and all(time_of_row(header, name, period) for name in names)


def are_places(names: Sequence[str], header: str) -> bool:
    """Whether rows are places or bodies, by their header ("Xã, thị trấn", "Tên xã") or by most of their names."""
    named = words_for("name").sub("", header).strip()
    return says(header, "place") or says(named, "place") or sum(says(name, "place") for name in names) * 2 > len(names)


def names_indicators(columns: Sequence[Column], names: Sequence[str], header: str) -> bool:
    """Whether rows are indicators and columns parts of them, and not rows places and columns what is measured there."""
    measured = [column for column in columns if column.role in MEASURED]
    if are_places(names, header) or any(map(_has_unit, _beside_rates(measured))):
        return False
    if all(column.role == "ratio" for column in measured) and len({c.measure for c in measured if c.measure}) == 1:
        return True  # "Chỉ số giá tháng 9 so với" above all of them tells no row from another
    told = says(header, "name") or any(column.role == "unit" for column in columns)
    return told or any(unit_of(inner(name)) for name in names)


def _beside_rates(measured: Sequence[Column]) -> Sequence[Column]:
    """The columns without the rates, which name themselves, where all others say when: "Kế hoạch năm", "Giải ngân"."""
    others = [column for column in measured if not says(column.measure, "own_name")]
    are_timed = others and all(column.role in ("value", "ratio") for column in others)
    return others if are_timed else measured


def _has_unit(column: Column) -> bool:
    """Whether a column names a measure with a unit of its own: "Diện tích (ha)", "Tỷ lệ hộ nghèo (%)"."""
    if column.role == "ratio" or column.unit is None:
        return False
    return column.unit == "%" or bool(column.measure and not says(column.measure, "price"))


def inner(name: str) -> str | None:
    """What the last bracket of a row's name holds."""
    found = regex.search(r"\(([^()]*)\)\s*[:;.]?\s*$", name)
    return found[1] if found else None


def _numbering_row(table: Table, text: str, body: int) -> int | None:
    """The header row that only numbers the columns: A, B, 1, 2, 3=2/1, (1), (2), (3)=(2)/(1)."""
    last = [words for c in table.cells if c.row == body - 1 and (words := text[c.start : c.end].strip())]
    is_numbered = len(last) > 2 and (all(COLUMN_LABEL.fullmatch(words) for words in last) or numbers_most(last))
    return body - 1 if is_numbered else None
