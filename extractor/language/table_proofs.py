"""What a comparison that names no base is held against, proved by the numbers of its table.

In: the columns of a table and its rows. Out: the columns, those of bare comparisons ("So sánh (%)") with the base that
the rows prove, or under a doubt. The hard idea: nobody has to guess. Where every row's percentage is the nearest
performance over one other column, and over no third one, that column is the base.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor.domain.document import Cell
from extractor.domain.figure import Base, Status
from extractor.language.lexer.numerals import Style
from extractor.language.lexer.quantities import Quantity
from extractor.language.table_cells import read_cell
from extractor.language.table_doubts import BASE
from extractor.language.table_headers import Column, base_in_time, says

PROOFS = 2  # rows at least
HUNDRED = Decimal(100)
Values = Sequence[Quantity | None]


def with_proved_bases(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell | None]], text: str, style: Style, period: str | None
) -> list[Column]:
    """The columns, bare comparisons among them held against what their numbers prove."""
    bare = {n for n, column in enumerate(columns) if _is_bare(column)}
    if not bare:
        return list(columns)
    values = [[_value(row[n], text, style) for row in rows] for n in range(len(columns))]
    return [_proved(n, columns, values, period) if n in bare else column for n, column in enumerate(columns)]


def _is_bare(column: Column) -> bool:
    """Whether a column compares by its head, which does not say with what."""
    return column.role == "ratio" and column.base is Base.OTHER and not says(column.header, "against")


def _value(cell: Cell | None, text: str, style: Style) -> Quantity | None:
    held = read_cell(text, cell, style) if cell is not None else None
    return held.quantity if held is not None else None


def _proved(ratio: int, columns: Sequence[Column], values: Sequence[Values], period: str | None) -> Column:
    """A bare comparison with the base that its rows prove; without one its base is doubted."""
    column = columns[ratio]
    told = [n for n in range(ratio) if columns[n].role == "value" and columns[n].measure == column.measure]
    now = next((n for n in reversed(told) if columns[n].status is not Status.PLAN), None)
    if now is not None:
        found = [n for n in told if n != now and _holds(values[ratio], values[now], values[n], growth=column.growth)]
        if len(found) == 1:
            base = columns[found[0]]
            is_plan = base.status is Status.PLAN
            compared = columns[now].period or period
            return column._replace(base=Base.PLAN if is_plan else base_in_time(compared, base.period or period))
    return column._replace(doubts=(*column.doubts, BASE))


def _holds(ratios: Values, now: Values, base: Values, *, growth: bool) -> bool:
    """Whether each row's comparison is its value over that of the base, as far as it is printed."""
    rows = [(r, a, b) for r, a, b in zip(ratios, now, base, strict=True) if r and a and b and b.value]
    return len(rows) >= PROOFS and all(_is_quotient(r, a, b, growth=growth) for r, a, b in rows)


def _is_quotient(ratio: Quantity, now: Quantity, base: Quantity, *, growth: bool) -> bool:
    """Whether a percentage is one number over another, or by how much it is more, to within its last printed place."""
    printed = ratio.value * (ratio.sign or 1)
    reckoned = now.value / base.value * HUNDRED - (HUNDRED if growth or ratio.sign else 0)
    return abs(reckoned - printed) <= Decimal(1).scaleb(-ratio.decimals)
