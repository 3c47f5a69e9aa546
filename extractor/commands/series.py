"""``solieu series``: one indicator through time, from a folder of reports to a table, a file or a picture."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.commands import exits
from extractor.commands.console import SENTENCES, Console
from extractor.commands.outputs import fresh_file
from extractor.commands.parser import Parser
from extractor.commands.reading import Reading
from extractor.errors import InvalidInput
from extractor.lexicon import say
from extractor.records import Finding, Level

if TYPE_CHECKING:
    from extractor.statistics import Observation, Series

FORMATS = ("xlsx", "csv", "parquet", "sdmx", "datapackage")
ENDINGS = {"zip": "datapackage"}
FREQUENCIES = ("M", "Q", "S", "A", "YTD", "RANGE", "POINT")
LISTED = 40
"""Series that are named where nobody asked for one: the longest first."""


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("files", nargs="+", metavar="FILE", help=parser.describe("files"))
    parser.add_argument("--indicator", metavar="NAME", help=parser.describe("indicator"))
    parser.add_argument("--area", metavar="NAME", help=parser.describe("area"))
    parser.add_argument("--freq", choices=FREQUENCIES, metavar="|".join(FREQUENCIES), help=parser.describe("freq"))
    parser.add_argument("-o", "--output", metavar="OUT", help=parser.describe("output"))
    parser.add_argument("--format", choices=FORMATS, metavar="|".join(FORMATS), help=parser.describe("format"))
    parser.add_argument("--plot", metavar="PNG|SVG", help=parser.describe("plot"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Read the reports, join what was asked for, show it and write it."""
    from extractor.statistics import build_series, check_series, observe, select_observations

    reading = Reading(options.files, console)
    observations: list[Observation] = []
    for _, extraction in reading:
        observations.extend(observe(extraction))
    if not reading.read:
        return reading.exit_code
    wanted = select_observations(observations, indicator=options.indicator, area=options.area, freq=options.freq)
    series = build_series(wanted)
    if not series:
        console.warn("series.none")
        return exits.SOME_FAILED
    findings = check_series(series)
    if options.output or options.plot:
        _write(options, series, findings, console)
    elif options.indicator:
        _show(series, findings, console)
    else:
        _list(series, console)
    return reading.exit_code


def _write(
    options: argparse.Namespace, series: Sequence[Series], findings: Sequence[Finding], console: Console
) -> None:
    from extractor.statistics import write_chart, write_series

    if options.output:
        target = Path(options.output)
        suffix = target.suffix.lower().removeprefix(".")
        chosen = options.format or ENDINGS.get(suffix, suffix)
        if chosen not in FORMATS:
            raise InvalidInput(
                f"Không rõ định dạng của {target.name}: hãy thêm --format {'|'.join(FORMATS)}.",
                f"The format of {target.name} is unknown: add --format {'|'.join(FORMATS)}.",
            )
        with fresh_file(target) as path:
            write_series(series, path, chosen, findings=findings, language=console.language)
        console.warn("series.written", name=target, count=len(series))
    if options.plot:
        write_chart([s for s in series if s.measure == "VALUE"], options.plot, language=console.language)
        console.warn("series.drawn", name=options.plot)


def _show(series: Sequence[Series], findings: Sequence[Finding], console: Console) -> None:
    """Each series as a table, then what the reports say of each other."""
    from extractor.statistics.periods import read_period

    header = [console.sentence(f"series.head_{name}") for name in ("period", "value", "status", "implied", "report")]
    for one in series:
        kind = console.sentence(f"series.measure_{one.measure}")
        freq = console.sentence(f"series.freq_{one.freq}")
        console.write(
            " · ".join(x for x in (one.title(console.language), one.area_name, one.key[2], one.key[3], kind, freq) if x)
        )
        console.table(header, _rows(one, console.language), right=(1, 3))
        if one.gaps:
            names = (period.name(console.language) for period in map(read_period, one.gaps) if period)
            console.write("  " + console.sentence("series.gap", periods=", ".join(names)))
        for known in one.breaks:
            note = known.note(console.language)
            console.write("  " + console.sentence("series.break", day=known.on.isoformat(), note=note))
        console.write()
    for finding in findings:
        if finding.level is not Level.PASS:
            message = finding.message_en if console.language == "en" else finding.message
            console.write(f"  • {message}")


def _rows(one: Series, language: str) -> Iterable[tuple[str, ...]]:
    from extractor.statistics.checks.wording import number, rounded

    for point in one.points:
        o, hull = point.chosen, point.implied_range
        source = o or point.implied[-1]
        factor = Decimal(10) ** source.unit_mult
        unit = f" {source.printed_unit}" if source.printed_unit else ""
        value = number(o.value / factor, language) + unit if o and o.value is not None else "–"
        places = max(source.decimals, 1)
        low, high = (number(rounded(v / factor, places), language) for v in hull.pair) if hull else ("", "")
        implied = f"{low} – {high}" if hull else ""
        status = "implied" if o is None else source.status
        word = say(SENTENCES, f"series.status_{status}", language) if language == "en" else source.status_word
        yield point.period.name(language), value, word, implied, f"{source.report} ({source.vintage})"


def _list(series: Sequence[Series], console: Console) -> None:
    """Which series there are, the longest first."""
    longest = sorted(series, key=lambda s: (-len(s.points), s.name))
    header = [console.sentence(f"series.head_{name}") for name in ("name", "area", "freq", "points")]
    rows = [
        (s.title(console.language), s.area_name, console.sentence(f"series.freq_{s.freq}"), str(len(s.points)))
        for s in longest[:LISTED]
    ]
    console.table(header, rows, right=(3,))
    if len(series) > LISTED:
        console.warn("series.more_series", count=len(series) - LISTED)
