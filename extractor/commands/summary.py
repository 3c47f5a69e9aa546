"""What a shelf of reports yielded, as a person wants to read it: the reports, the main figures, what needs a look.

Values are shown as printed in the report; this module chooses and lays out, and computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.commands.console import Console, clip
from extractor.lexicon import messages, say
from extractor.records import Base, Comparison, Extraction, Figure, Level, Measure, Status

if TYPE_CHECKING:
    from pathlib import Path

MAIN_FIGURES = 15
"""Rows of one report's table: what fits on a screen with the rest."""

LOOKS = 8  # things to look at first, over all reports

_NUMBERS = str.maketrans(",.", ".,")


def show_reports(shelf: Sequence[tuple[Path, Extraction]], copies: Mapping[Path, int], console: Console) -> None:
    """One row a report: what it is, in how many files it came (``copies`` of its first), how much was found in it."""
    keys = ("report", "area", "period", "copies", "sections", "notes", "figures", "unexplained", "slips")
    rows = []
    for path, extraction in shelf:
        if path not in copies:
            continue
        report = extraction.report
        rows.append(
            (
                clip(path.stem, 34),
                clip(report.area or "–", 22),
                period_name(report.period, console.language),
                str(copies[path]),
                str(len(extraction.sections)),
                str(len(extraction.footnotes)),
                str(len(extraction.figures)),
                str(sum(digit.label == "unexplained" for digit in extraction.digits)),
                str(sum(finding.level is Level.FAIL for finding in extraction.findings)),
            )
        )
    console.table([console.sentence(f"column.{key}") for key in keys], rows, right=range(3, len(keys)))


def show_figures(extraction: Extraction, console: Console, *, most: int = MAIN_FIGURES) -> None:
    """The figures that are compared with something, in the order of the report, at most ``most`` of them."""
    compared = [figure for figure in extraction.figures if figure.comparisons and figure.value is not None]
    chosen = (compared or list(extraction.figures))[:most]
    keys = ("indicator", "period", "status", "value", "of_plan", "of_last_year")
    rows = [_figure_row(figure, console) for figure in chosen]
    console.table([console.sentence(f"column.{key}") for key in keys], rows, right=(3, 4, 5))
    if len(extraction.figures) > len(chosen):
        console.write("  " + console.sentence("more_figures", count=len(extraction.figures) - len(chosen)))


def show_looks(shelf: Sequence[tuple[Path, Extraction]], console: Console, *, most: int = LOOKS) -> None:
    """What the reports' own arithmetic contradicts, gravest first; then the figures read with least confidence."""
    findings: dict[str, str] = {}  # what several files of one report share is said once
    for path, extraction in shelf:
        for finding in extraction.findings:
            if finding.level is Level.FAIL:
                findings.setdefault(finding.message, path.name)
    for message, name in list(findings.items())[:most]:
        console.write(f"  • {name}: {message}")
    doubted = [(path, figure) for path, extraction in shelf for figure in extraction.figures if figure.doubts]
    doubted.sort(key=lambda one: one[1].confidence)
    for path, figure in doubted[: max(0, most - len(findings))]:
        told = console.sentence(
            "doubtful",
            name=path.name,
            quote=clip(figure.quote, 40),
            indicator=clip(figure.indicator or "?", 48),
            percent=round(100 * figure.confidence),
            doubts=", ".join(doubt_words(code, console.language) for code in figure.doubts),
        )
        console.write(f"  • {told}")
    if not findings and not doubted:
        console.write("  " + console.sentence("nothing_to_look_at"))


def last_day(extraction: Extraction) -> date:
    """The end of the report's period; a report that states none counts as the oldest."""
    from extractor.statistics.periods import read_period

    period = read_period(extraction.report.period)
    return period.end if period else date.min


def period_name(label: str | None, language: str) -> str:
    """``2023-Q1`` as ``quý I/2023``; a dash where there is none."""
    from extractor.statistics.periods import read_period

    period = read_period(label)
    return period.name(language) if period else label or "–"


def doubt_words(code: str, language: str) -> str:
    """A doubt as the review screen words it; a code that has no words yet is shown as it is."""
    key = f"doubt.{code}"
    return say("screens.csv", key, language) if key in messages("screens.csv") else code.replace("_", " ")


def number_text(value: Decimal, language: str) -> str:
    """``value`` with the separators of ``language``, all its decimals kept.

    >>> number_text(Decimal("2774696.50"), "vi"), number_text(Decimal("2774696.50"), "en")
    ('2.774.696,50', '2,774,696.50')
    """
    english = format(value, ",f")
    return english if language == "en" else english.translate(_NUMBERS)


def _figure_row(figure: Figure, console: Console) -> tuple[str, ...]:
    name = figure.indicator or "?"
    value = clip(figure.quote, 30)
    status = console.sentence(f"status.{figure.status}") if figure.status is not Status.ACTUAL else ""
    plan = _comparison(figure.comparisons, Base.PLAN, console.language)
    last_year = _comparison(figure.comparisons, Base.SAME_PERIOD, console.language)
    return clip(name, 44), period_name(figure.period, console.language), status, value, plan, last_year


def _comparison(comparisons: Sequence[Comparison], base: Base, language: str) -> str:
    """The first comparison with ``base``: a ratio bare, a change with its sign."""
    for comparison in comparisons:
        if comparison.base is base:
            value = number_text(comparison.value, language)
            signed = (
                value if comparison.kind in {Measure.RATIO, Measure.MULTIPLE} or comparison.value < 0 else f"+{value}"
            )
            return f"{signed} {comparison.unit}"
    return ""
