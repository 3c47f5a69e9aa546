"""What a shelf of reports yielded, as a person wants to read it: the reports, the main figures, what needs a look.

Values are shown as printed in the report; this module chooses and lays out, and computes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from extractor.commands.terminal.console import Console, clip, on_a_line
from extractor.domain.figure import Base, Measure, Status
from extractor.domain.messages import in_language, say_known, spell_number
from extractor.domain.period import read_period, spell_period

if TYPE_CHECKING:
    from extractor.archive.batch.ledger import Glance

    Named = Sequence[tuple[str, Glance]]  # the files of a shelf by their names

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
    """The first few things that need a look, the gravest first."""
    named = [(on_a_line(PurePath(name).name), glance) for name, glance in shelf.items()]
    looks = list(islice(chain(_slips(named, console), _bare(named, console), _doubted(named, console)), LOOKS))
    for look in looks:
        console.write(f"  • {look}")
    if not looks:
        console.write("  " + console.sentence("nothing_to_look_at"))


def _slips(named: Named, console: Console) -> Iterator[str]:
    """What the reports' own arithmetic contradicts; what several files of one report share is said once."""
    slips: dict[tuple[str, str], str] = {}
    for name, glance in named:
        for said in glance.slips:
            slips.setdefault(said, name)
    return (f"{name}: {in_language(console.language, *said)}" for said, name in slips.items())


def _bare(named: Named, console: Console) -> Iterator[str]:
    """The files that were read and hold no figure: no check speaks of them, which is not that all is well."""
    for name, glance in named:
        if not glance.figures:
            yield console.sentence("no_figures", name=name, sections=glance.sections, numbers=glance.numbers)


def _doubted(named: Named, console: Console) -> Iterator[str]:
    """The figures that bear doubts, those read with least confidence first."""
    doubted = [(name, figure) for name, glance in named for figure in glance.figures if figure["doubts"]]
    for name, figure in sorted(doubted, key=lambda one: float(one[1]["confidence"])):
        yield console.sentence(
            "doubtful",
            name=name,
            quote=clip(figure["quote"], 40),
            indicator=clip(figure["indicator"] or "?", 48),
            percent=round(100 * figure["confidence"]),
            doubts=", ".join(doubt_words(code, console.language) for code in figure["doubts"]),
        )


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
