"""``solieu series``: one indicator through time or over places, from reports or a store: a table, a file, a picture."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import SENTENCES, Console
from extractor.commands.terminal.input_files import ReportFiles
from extractor.commands.terminal.output_file import add_output, ending_of, fresh_file, known_format, names_in
from extractor.commands.terminal.parser import Parser
from extractor.commands.terminal.store_option import add_store, existing_store
from extractor.domain.errors import InvalidInput
from extractor.domain.finding import Finding, Level
from extractor.domain.messages import say, spell_short
from extractor.domain.period import FREQUENCIES, read_period, spell_period

if TYPE_CHECKING:
    from extractor.statistics import Correction, Observation, Series

FORMATS = ("xlsx", "csv", "parquet", "sdmx", "sdmx-structure", "datapackage")
ENDINGS = {"zip": "datapackage"}
LISTED = 40
"""Series that are named where nobody asked for one: the longest first."""

LOGGED = 10_000
"""Corrections that a workbook lists: as many as the store hands out at a time."""


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("files", nargs="*", metavar="FILE", help=parser.describe("files"))
    parser.add_argument("--indicator", metavar="NAME", help=parser.describe("indicator"))
    parser.add_argument("--area", metavar="NAME", help=parser.describe("area"))
    parser.add_argument("--scope", metavar="NAME", help=parser.describe("scope"))
    parser.add_argument("--freq", choices=FREQUENCIES, metavar="|".join(FREQUENCIES), help=parser.describe("freq"))
    parser.add_argument("--period", metavar="2023-Q3", help=parser.describe("period"))
    add_output(parser, FORMATS)
    parser.add_argument("--plot", metavar="PNG|SVG", help=parser.describe("plot"))
    add_store(parser)
    parser.add_argument("--former", action="store_true", help=parser.describe("former"))
    parser.add_argument("--all", action="store_true", help=parser.describe("all"))
    parser.add_argument("--coverage", action="store_true", help=parser.describe("coverage"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Join what was asked for, from the files that are named or from the store; show it, write it, draw it."""
    from extractor.statistics import (
        build_series,
        check_series,
        cross_section,
        likest_names,
        select_observations,
        with_derived,
        with_former_units,
    )

    _refuse(options)
    found = _Found(options, console)
    if found.exit_code == exit_codes.NOTHING_READ:
        return found.exit_code
    asked = select_observations(found.observations, indicator=options.indicator, area=options.area, scope=options.scope)
    printed = build_series(asked)
    joined = with_former_units(printed) if options.former else printed
    series: Sequence[Series] = [s for s in with_derived(joined) if options.freq in {None, s.freq}]
    findings = _about(series, (*check_series(printed), *(found.findings if options.output else ())))
    if options.period:
        series = cross_section(series, options.period)
    if not series:
        console.warn("series.held" if found.held else "series.none", count=found.held)
        held = {o.indicator for o in found.observations}
        meant = likest_names(options.indicator, held) if options.indicator and not asked else ()
        if meant:
            console.warn("series.meant", names="; ".join(meant))
        return exit_codes.SOME_FAILED
    if (nameless := _nameless(series)) > 1:
        console.warn("series.nameless", count=nameless)
    _hand_over(options, SeriesAnswer(series, findings, found.corrections), console)
    return found.exit_code


class SeriesAnswer(NamedTuple):
    """The series that were asked for, what the reports say of them, and what people corrected."""

    series: Sequence[Series]
    findings: Sequence[Finding]
    corrections: Sequence[Correction]


def _hand_over(options: argparse.Namespace, answer: SeriesAnswer, console: Console) -> None:
    """Show or write the series as was asked."""
    series = answer.series
    if options.coverage:
        _show_coverage(series, console)
    elif options.output or options.plot:
        _write(options, answer, console)
    elif options.period:
        _show_section(series, options.period, console)
    elif options.indicator:
        _show(series, answer.findings, console)
    else:
        _list(series, console)


def _about(series: Iterable[Series], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that name a value of ``series``: other frequencies have their say in what is shown of one."""
    shown = {o.figure for s in series for p in s.points for o in (*p.vintages, *p.implied)}
    return tuple(f for f in findings if shown.intersection(f.figures))


def _nameless(series: Iterable[Series]) -> int:
    """How many files without a place the series hold, the most of any: they may speak of different places."""
    nameless = ({o.source for p in s.points for o in (*p.vintages, *p.implied)} for s in series if not s.area_name)
    return max(map(len, nameless), default=0)


def _refuse(options: argparse.Namespace) -> None:
    """Raise InvalidInput for options that say nothing together."""
    if options.files and (options.store or options.all):
        raise InvalidInput("series.store_or_files")
    if options.period and read_period(options.period) is None:
        raise InvalidInput("series.no_period", period=options.period)


class _Found:
    """The observations behind a question, what each report says of itself, and how many figures nobody has judged."""

    def __init__(self, options: argparse.Namespace, console: Console) -> None:
        self.observations: Sequence[Observation] = ()
        self.corrections: Sequence[Correction] = ()
        self.findings: list[Finding] = []
        self.held = 0
        self.exit_code = exit_codes.DONE
        if options.files:
            reading = ReportFiles(options.files, console)
            self.observations = list(self._observe(reading))
            self.exit_code = reading.exit_code
        else:
            self._ask(options)

    def _observe(self, reading: ReportFiles) -> Iterator[Observation]:
        """The observations of each report; what its own checks say is kept beside them."""
        from extractor.statistics import observe

        for _, extraction in reading:
            self.findings += extraction.findings
            yield from observe(extraction)

    def _ask(self, options: argparse.Namespace) -> None:
        from extractor.archive.to_extraction import CORRECTING, to_corrections

        with existing_store(options.store) as store:
            judged = not options.all
            self.observations = store.find_observations(options.indicator, area=options.area, judged_only=judged)
            if judged and not self.observations:
                self.held = store.progress().left
            self.corrections = to_corrections(reversed(store.events(kinds=CORRECTING, limit=LOGGED)))


def _write(options: argparse.Namespace, answer: SeriesAnswer, console: Console) -> None:
    from extractor.statistics import write_chart, write_series

    series = answer.series
    if options.output:
        target = Path(options.output)
        ending = ending_of(target)
        chosen = known_format(target, options.format or ENDINGS.get(ending, ending), FORMATS)
        with fresh_file(target) as path:
            write_series(
                series,
                path,
                chosen,
                findings=answer.findings,
                names=names_in(options),
                corrections=answer.corrections,
                language=console.language,
            )
        if chosen == "sdmx":  # whoever reads the data needs its structure: one lies beside the other
            with fresh_file(target.with_suffix(".structure.json")) as path:
                write_series(series, path, "sdmx-structure")
        console.warn("series.written", name=target, count=len(series))
    if options.plot:
        write_chart([s for s in series if s.measure == "VALUE"], options.plot, language=console.language)
        console.warn("series.drawn", name=options.plot)


def _describe(one: Series, console: Console, *, place: bool) -> str:
    """A series in a line: name, place, scope, price basis, plan or result, frequency."""
    kind = console.sentence(f"series.measure_{one.measure}")
    freq = console.sentence(f"series.freq_{one.freq}")
    area = one.area_name if place else ""
    return " · ".join(x for x in (one.title(console.language), area, one.key[2], one.key[3], kind, freq) if x)


def _show(series: Sequence[Series], findings: Sequence[Finding], console: Console) -> None:
    """Each series as a table, then what the reports say of each other."""
    header = console.heads("series", "head_period", "head_value", "head_status", "head_implied", "head_report")
    for one in series:
        console.write(_describe(one, console, place=True))
        console.table(header, _rows(one, console.language), right=(1, 3))
        if one.gaps:
            names = (spell_period(label, console.language) for label in one.gaps)
            console.write("  " + console.sentence("series.gap", periods=", ".join(names)))
        for known in one.breaks:
            note = known.note(console.language)
            console.write("  " + console.sentence("series.break", day=known.on.isoformat(), note=note))
        console.write()
    for finding in findings:
        if finding.level is not Level.PASS:
            console.write(f"  • {finding.said(console.language)}")


def _show_section(series: Sequence[Series], period: str, console: Console) -> None:
    """One period: a table for each indicator, a row for each place."""
    groups: dict[str, list[Series]] = {}
    for one in series:
        groups.setdefault(_describe(one, console, place=False), []).append(one)
    header = console.heads("series", "head_area", "head_value", "head_status", "head_implied", "head_report")
    for name, group in groups.items():
        console.write(f"{name} · {spell_period(period, console.language)}")
        rows = [(one.area_name, *row[1:]) for one in group for row in _rows(one, console.language)]
        console.table(header, rows, right=(1, 3))
        console.write()


def _show_coverage(series: Sequence[Series], console: Console) -> None:
    """What is there and what is missing: a table a frequency, a row for each indicator of a place."""
    from extractor.statistics import cover

    heads = console.heads("series", "head_area", "head_name", "head_missing")
    for table in cover(series, language=console.language):
        console.write(console.sentence(f"series.freq_{table.freq}"))
        rows = [(row.place, row.indicator, str(row.missing or ""), *row.marks) for row in table.rows]
        console.table([*heads, *(p.name(console.language) for p in table.periods)], rows, right=(2,))
        console.write()
    console.tell("series.coverage_key")


def _rows(one: Series, language: str) -> Iterable[tuple[str, ...]]:
    from extractor.statistics.checks.wording import rounded

    name, factor = one.printed_unit
    unit = f" {name}" if name else ""
    for point in one.points:
        o, hull = point.chosen, point.implied_range
        source = o or point.implied[-1]
        value = spell_short(o.value / factor, language) + unit if o and o.value is not None else "–"
        low, high = (spell_short(rounded(v / factor), language) for v in hull.pair) if hull else ("", "")
        implied = f"{low} – {high}" if hull else ""
        status = source.status if o and o.origin == "stated" else source.origin
        word = say(SENTENCES, f"series.status_{status}", language) if language == "en" else _office_word(source)
        yield point.period.name(language), value, word, implied, f"{source.report} ({source.vintage})"


def _office_word(o: Observation) -> str:
    """The office's word; of what it calls done before its period's end, that it is an estimate."""
    if not o.claimed:
        return o.status_word
    return say(SENTENCES, "series.early", status=say(SENTENCES, f"series.status_{o.status}"), word=o.status_word)


def _list(series: Sequence[Series], console: Console) -> None:
    """Which series there are, the longest first."""
    longest = sorted(series, key=lambda s: (-len(s.points), s.name))
    header = console.heads("series", "head_name", "head_area", "head_freq", "head_points")
    rows = [
        (s.title(console.language), s.area_name, console.sentence(f"series.freq_{s.freq}"), str(len(s.points)))
        for s in longest[:LISTED]
    ]
    console.table(header, rows, right=(3,))
    if len(series) > LISTED:
        console.warn("series.more_series", count=len(series) - LISTED)
