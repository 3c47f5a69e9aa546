"""One line a figure, so that a table of sentences can be read: ``Sản lượng tôm = 310 tấn ; ratio 45 % plan``.

``read`` gives indicator, value, unit and comparisons of every figure of a passage; ``fields`` adds ``@period``,
``!status``, ``^parent`` and ``[qualifier]`` where a table is about these. A growth rate that
stands alone has ``-`` for its value.
"""

from __future__ import annotations

from decimal import Decimal

from extractor import extract_text
from extractor.domain.figure import Base, Comparison, Figure, Measure
from extractor.language.lexer.items import Reading, read_block, scan
from extractor.language.lexer.numerals import decide_style

BASES = {
    Base.PLAN: "plan",
    Base.SAME_PERIOD: "same",
    Base.PREVIOUS: "previous",
    Base.TOTAL: "total",
    Base.OTHER: "other",
}
KINDS = {
    Measure.RATIO: "ratio",
    Measure.CHANGE: "change",
    Measure.POINTS: "points",
    Measure.MULTIPLE: "multiple",
    Measure.ABSOLUTE: "abs",
}


def read(text: str, *fields: str, report_period: str | None = None, heading: str | None = None) -> list[str]:
    """The figures of a passage, each as one line."""
    figures = extract_text(text, report_period=report_period, heading=heading)
    for figure in figures:
        assert text[figure.start : figure.end] == figure.quote
        for comparison in figure.comparisons:
            assert text[comparison.start : comparison.end] == comparison.quote
    return [line(figure, fields) for figure in figures]


def line(figure: Figure, fields: tuple[str, ...] = ()) -> str:
    """One figure as a line."""
    parts = [figure.indicator or "?"]
    if "qualifier" in fields and figure.qualifier:
        parts.append(f"[{figure.qualifier}]")
    if "parent" in fields and figure.parent:
        parts.append(f"^{figure.parent}")
    if "period" in fields:
        parts.append(f"@{figure.period or '?'}")
    if "status" in fields:
        parts.append(f"!{figure.status}")
    parts += ["=", amount(figure)]
    told = [compared(c) for c in figure.comparisons]
    return " ".join(parts) + "".join(f" ; {c}" for c in told)


def amount(figure: Figure) -> str:
    """Bound, value, upper end, total and unit."""
    if figure.value is None:
        return "-"
    text = f"{figure.bound} " if figure.bound else ""
    text += plain(figure.value)
    text += f"..{plain(figure.value_max)}" if figure.value_max is not None else ""
    text += f"/{plain(figure.total)}" if figure.total is not None else ""
    return f"{text} {figure.unit}" if figure.unit else text


def compared(comparison: Comparison) -> str:
    """Kind, value, unit and base."""
    text = f"{KINDS[comparison.kind]} {f'{comparison.bound} ' if comparison.bound else ''}{plain(comparison.value)}"
    text += f"..{plain(comparison.value_max)}" if comparison.value_max is not None else ""
    return f"{text} {comparison.unit} {BASES[comparison.base]}"


def plain(value: Decimal) -> str:
    """A decimal without exponent."""
    return format(value, "f")


def items_of(text: str, report_period: str | None = "2023") -> Reading:
    """What the finders see in one block."""
    return read_block(scan([text])[0], decide_style(text), report_period=report_period)
