"""What a comparison that names no base is held against, proved by the numbers of its table.

In: the columns of a table and its rows. Out: the columns, those of bare comparisons ("So sánh (%)") with the base that
the rows prove, or under a doubt; values that are all quotients ("Đạt" without its sign) become comparisons, and changes
that are all differences become absolute ("Tăng, giảm so với cùng kỳ" without its sign). The hard idea: nobody has to
guess. Where every row's percentage is the nearest performance over one other column, and over no third one, that column
is the base.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from extractor.domain.document import Cell
from extractor.domain.figure import Base, Status
from extractor.language.lexer.numerals import Style
from extractor.language.lexer.quantities import Quantity
from extractor.language.table_cells import read_cell
from extractor.language.table_doubts import BASE
from extractor.language.table_headers import Column, base_in_time, says

PROOFS = 2  # rows at least
MORE_PROOFS = 3  # where the head tells of no comparison
HUNDRED = Decimal(100)
Values = Sequence[Quantity | None]


def with_proved_bases(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell | None]], text: str, style: Style, period: str | None
) -> list[Column]:
    """The columns, bare comparisons among them held against what their numbers prove."""
    bare = {n for n, column in enumerate(columns) if _is_bare(column)}
    unsaid = {n for n, column in enumerate(columns) if column.role == "value" and says(column.header, "performed")}
    unsigned = {n for n, column in enumerate(columns) if _is_unsigned(column)}
    if not bare and not unsigned and len(unsaid) < PROOFS:
        return list(columns)
    values = [[_value(row[n], text, style) for row in rows] for n in range(len(columns))]
    proved: list[Column] = []
    for n, column in enumerate(columns):
        if n in unsigned:
            proved.append(column._replace(absolute=_is_difference(n, columns, values, period)))
            continue
        base = _base_of(n, [*proved, column], values, period) if n in bare | unsaid else None
        proved.append(_with_base(column, base, is_bare=n in bare))
    return proved


def _with_base(column: Column, base: Base | None, *, is_bare: bool) -> Column:
    """A column with the base that its rows prove; one that compares by its head is in doubt without."""
    if is_bare:
        return column._replace(doubts=(*column.doubts, BASE)) if base is None else column._replace(base=base)
    return column if base is None else column._replace(role="ratio", base=base, period=None, unit=None)


def _is_bare(column: Column) -> bool:
    """Whether a column compares by its head, which does not say with what."""
    return column.role == "ratio" and column.base is Base.OTHER and not says(column.header, "against")


def _is_unsigned(column: Column) -> bool:
    """Whether a column tells a change, and not whether in per cent."""
    known = column.role == "ratio" and column.base is not Base.OTHER
    return known and column.growth and not column.absolute and "%" not in column.header


def _is_difference(change: int, columns: Sequence[Column], values: Sequence[Values], period: str | None) -> bool:
    """Whether the changes of a column are all by how much a performance is more than what its head compares with."""
    column = columns[change]
    told = [n for n, other in enumerate(columns) if other.role == "value" and other.measure == column.measure]
    meant = column.period or period
    now = [n for n in told if columns[n].status is not Status.PLAN and (columns[n].period or period) == meant]
    bases = [n for n in told if n not in now and _is_base(columns[n], column.base, meant, period)]
    return any(_holds(values[change], values[a], values[b], PROOFS, _differs) for a in now for b in bases)


def _is_base(column: Column, base: Base, now: str | None, period: str | None) -> bool:
    """Whether a column of values is what one of the period ``now`` is compared with."""
    is_plan = column.status is Status.PLAN
    return is_plan if base is Base.PLAN else not is_plan and base_in_time(now, column.period or period) is base


def _differs(change: Quantity, now: Quantity, base: Quantity) -> bool:
    """Whether a number is by how much one is more than another."""
    return change.value * (change.sign or 1) == now.value * (now.sign or 1) - base.value * (base.sign or 1)


def _value(cell: Cell | None, text: str, style: Style) -> Quantity | None:
    held = read_cell(text, cell, style) if cell is not None else None
    return held.quantity if held is not None else None


def _base_of(ratio: int, columns: Sequence[Column], values: Sequence[Values], period: str | None) -> Base | None:
    """The base that the rows of a column prove; None where they prove none, or several."""
    column = columns[ratio]
    told = [n for n in range(ratio) if columns[n].role == "value" and columns[n].measure == column.measure]
    now = next((n for n in reversed(told) if columns[n].status is not Status.PLAN), None)
    if now is None:
        return None
    least = PROOFS if column.role == "ratio" else MORE_PROOFS
    quotient = partial(_is_quotient, growth=column.growth)
    found = [n for n in told if n != now and _holds(values[ratio], values[now], values[n], least, quotient)]
    if len(found) != 1:
        return None
    base = columns[found[0]]
    is_plan = base.status is Status.PLAN
    return Base.PLAN if is_plan else base_in_time(columns[now].period or period, base.period or period)


def _holds(
    compared: Values, now: Values, base: Values, least: int, proves: Callable[[Quantity, Quantity, Quantity], bool]
) -> bool:
    """Whether each row's comparison is what its value and that of the base make it."""
    rows = [(c, a, b) for c, a, b in zip(compared, now, base, strict=True) if c and a and b and b.value]
    return len(rows) >= least and all(proves(*row) for row in rows)


def _is_quotient(ratio: Quantity, now: Quantity, base: Quantity, *, growth: bool) -> bool:
    """Whether a percentage is one number over another, or by how much it is more, to within its last printed place."""
    printed = ratio.value * (ratio.sign or 1)
    reckoned = now.value / base.value * HUNDRED - (HUNDRED if growth or ratio.sign else 0)
    return abs(reckoned - printed) <= Decimal(1).scaleb(-ratio.decimals)
