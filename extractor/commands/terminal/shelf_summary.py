"""What a shelf of reports yielded, as a person wants to read it: the reports, the main figures, what needs a look.

Values are shown as printed in the report; this module chooses and lays out, and computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from extractor.commands.terminal.console import Console, clip
from extractor.domain.figure import Base, Measure, Status
from extractor.domain.messages import say_known, spell_number
from extractor.domain.period import read_period, spell_period

if TYPE_CHECKING:
    from extractor.archive.batch.ledger import Glance

MAIN_FIGURES = 15
"""Rows of one report's table: what fits on a screen with the rest."""

LOOKS = 8  # things to look at first, over all reports


def show_reports(shelf: Mapping[str, Glance], console: Console) -> None:
    """One row a report: what it is, in how many files it came, how much its first file held."""
    keys = ("report", "area", "period", "copies", "sections", "notes", "figures", "unexplained", "slips")
    files: dict[int, list[str]] = {}
    for name, glance in shelf.items():
        files.setdefault(glance.item_id, []).append(name)
    rows = []
    for names in files.values():
        glance = shelf[names[0]]
        named = (clip(PurePath(names[0]).stem, 34), clip(glance.area or "–", 22))
        period = spell_period(glance.period, console.language) or "–"
        read = (glance.sections, glance.footnotes, len(glance.figures), glance.unexplained, len(glance.slips))
        rows.append((*named, period, str(len(names)), *map(str, read)))
    console.table(console.heads("column", *keys), rows, right=range(3, len(keys)))


def show_figures(glance: Glance, console: Console) -> None:
    """The figures that are compared with something, in the order of the report."""
    compared = [figure for figure in glance.figures if figure["comparisons"] and figure["value"] is not None]
    chosen = (compared or glance.figures)[:MAIN_FIGURES]
    keys = ("indicator", "period", "status", "value", "of_plan", "of_last_year")
    rows = [_figure_row(figure, console) for figure in chosen]
    console.table(console.heads("column", *keys), rows, right=(3, 4, 5))
    if len(glance.figures) > len(chosen):
        console.write("  " + console.sentence("more_figures", count=len(glance.figures) - len(chosen)))


def show_looks(shelf: Mapping[str, Glance], console: Console) -> None:
    """What the reports' own arithmetic contradicts, gravest first; then the figures read with least confidence."""
    slips: dict[str, str] = {}  # what several files of one report share is said once
    for name, glance in shelf.items():
        for message in glance.slips:
            slips.setdefault(message, PurePath(name).name)
    for message, name in list(slips.items())[:LOOKS]:
        console.write(f"  • {name}: {message}")
    doubted = [(name, figure) for name, glance in shelf.items() for figure in glance.figures if figure["doubts"]]
    doubted.sort(key=lambda one: float(one[1]["confidence"]))
    for name, figure in doubted[: max(0, LOOKS - len(slips))]:
        told = console.sentence(
            "doubtful",
            name=PurePath(name).name,
            quote=clip(figure["quote"], 40),
            indicator=clip(figure["indicator"] or "?", 48),
            percent=round(100 * figure["confidence"]),
            doubts=", ".join(doubt_words(code, console.language) for code in figure["doubts"]),
        )
        console.write(f"  • {told}")
    if not slips and not doubted:
        console.write("  " + console.sentence("nothing_to_look_at"))


def last_day(glance: Glance) -> date:
    """The end of the report's period; a report that states none counts as the oldest."""
    period = read_period(glance.period)
    return period.end if period else date.min


def doubt_words(code: str, language: str) -> str:
    """A doubt as the review screen words it; a code that has no words yet is shown as it is."""
    return say_known("screens.csv", f"doubt.{code}", language) or code.replace("_", " ")


def _figure_row(figure: Mapping[str, Any], console: Console) -> tuple[str, ...]:
    name = figure["indicator"] or "?"
    value = clip(figure["quote"], 30)
    status = console.sentence(f"status.{figure['status']}") if figure["status"] != Status.ACTUAL else ""
    plan = _comparison(figure["comparisons"], Base.PLAN, console.language)
    last_year = _comparison(figure["comparisons"], Base.SAME_PERIOD, console.language)
    return clip(name, 44), spell_period(figure["period"], console.language) or "–", status, value, plan, last_year


def _comparison(comparisons: Sequence[Mapping[str, Any]], base: Base, language: str) -> str:
    """The first comparison with ``base``: a ratio bare, a change with its sign."""
    for comparison in comparisons:
        if comparison["base"] == base:
            number = Decimal(comparison["value"])
            value = spell_number(number, language)
            bare = comparison["kind"] in {Measure.RATIO, Measure.MULTIPLE} or number < 0
            return f"{value if bare else f'+{value}'} {comparison['unit']}"
    return ""
