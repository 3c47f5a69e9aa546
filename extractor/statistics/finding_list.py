"""What the checks say of one report, a folder or a store, as one list that a person can work off from the top.

In: extractions, one after the other (their texts are not kept). Out: ``Line``s, the worst first: within each report and
between the reports, each with its sentence, its place, what is printed, the two values that were held together and what
to do about it. The hard idea: a slip that two checks tell, or that two copies of one report show, is one line; the
other sentences stand beside it. No figure is changed, and nothing is decided here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor.domain.document import Document
from extractor.domain.errors import InvalidInput
from extractor.domain.extraction import Extraction
from extractor.domain.finding import Finding, Level
from extractor.domain.messages import say, spell_short
from extractor.paper.structure.placements import boxes_of
from extractor.statistics.checks import SEVERITY
from extractor.statistics.checks.duplicates import LOUD, rule_of
from extractor.statistics.cross_report import check_series
from extractor.statistics.flat_rows import Names
from extractor.statistics.observations import Observation, observe
from extractor.statistics.series import build_series
from extractor.statistics.source_sentence import mask_names
from extractor.statistics.table_files import Holds, write_csv
from extractor.statistics.workbook import Sheets, message_of, open_workbook

LIST_FORMATS = ("xlsx", "csv", "json")

MOST_QUOTED = 3
"""Figures whose printed words a line shows; a sum of twenty shows its total and the first parts."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to look at; ``start`` and ``end`` are offsets in the text of ``file``, empty across reports."""

    level: str
    report: str
    file: str
    page: str
    message: str
    advice: str
    quotes: str
    left: str
    right: str
    gap: Decimal | None
    also: str
    code: str
    rule: str
    start: int | None
    end: int | None
    figures: tuple[str, ...]


class FindingList:
    """Collects what is said of each report; ``lines`` adds what the reports say of each other."""

    def __init__(self, *, language: str = "vi", names: Names = Names.MASKED) -> None:
        self.reports = 0
        self._language = language
        self._names = names
        self._within: list[Line] = []
        self._observed: list[Observation] = []

    def add(self, extraction: Extraction, findings: Sequence[Finding] | None = None) -> None:
        """One report, with ``findings`` in place of its own where they were made anew over corrected figures."""
        self.reports += 1
        told = extraction.findings if findings is None else findings
        quotes = {f.id: f.quote for f in extraction.figures}
        self._within += [self._within_report(f, extraction, quotes) for f in told]
        self._observed += observe(extraction)

    def lines(self, least: Level = Level.WARN) -> tuple[Line, ...]:
        """Everything from ``least`` on, the worst first, then by report and place; one slip is one line."""
        across = [self._across_reports(f) for f in check_series(build_series(self._observed))]
        said = [line for line in (*self._within, *across) if SEVERITY[Level(line.level)] <= SEVERITY[least]]
        said.sort(key=lambda line: (SEVERITY[Level(line.level)], line.report, line.file, line.start or 0, line.code))
        kept: list[Line] = []
        places: dict[object, int] = {}  # what a line is known by → where it stands in ``kept``
        for line in said:
            marks = _marks(line)
            at = next((places[mark] for mark in marks if mark in places), None)
            if at is None:
                places |= dict.fromkeys(marks, len(kept))
                kept.append(line)
            elif line.message not in (kept[at].message, *kept[at].also.split("\n")):
                kept[at] = replace(kept[at], also="\n".join(filter(None, (kept[at].also, line.message))))
        return tuple(kept)

    def _within_report(self, finding: Finding, extraction: Extraction, quotes: dict[str, str]) -> Line:
        report, source = extraction.report, extraction.document.source
        quoted = [quotes[identity] for identity in finding.figures if identity in quotes]
        page = _page_of(extraction.document, finding)
        return self._line(
            finding,
            report=report.number or report.title or "",
            file=source.name if source else "",
            page=str(page) if page else "",
            quotes=quoted,
        )

    def _across_reports(self, finding: Finding) -> Line:
        known = {o.figure: o for o in self._observed if o.figure in finding.figures}
        seen = [known[identity] for identity in finding.figures]
        return self._line(
            replace(finding, start=None, end=None),
            report=_joined(o.report for o in seen),
            file=_joined(o.file for o in seen),
            page=_joined(str(o.page or "–") for o in seen) if any(o.page for o in seen) else "",
            quotes=[f"{o.quote} ({o.report_called})" for o in seen],
        )

    def _line(self, finding: Finding, *, report: str, file: str, page: str, quotes: Sequence[str]) -> Line:
        rule = rule_of(finding)
        advised = finding.level in LOUD
        return Line(
            level=finding.level.value,
            report=report,
            file=file,
            page=page,
            message=message_of(finding, self._names, self._language),
            advice=say("checks.csv", f"advice.{rule}", self._language) if advised else "",
            quotes="; ".join(map(self._masked, quotes[:MOST_QUOTED])),
            left=self._ends(finding.left),
            right=self._ends(finding.right),
            gap=finding.gap,
            also="",
            code=finding.code,
            rule=rule,
            start=finding.start,
            end=finding.end,
            figures=finding.figures,
        )

    def _masked(self, words: str) -> str:
        return mask_names(words) if self._names is Names.MASKED else words

    def _ends(self, pair: tuple[Decimal, Decimal] | None) -> str:
        """One of the two values held together, an interval from end to end."""
        ends = dict.fromkeys(spell_short(end, self._language) for end in pair or ())
        return " – ".join(ends)


def _joined(words: Iterable[str]) -> str:
    return " · ".join(dict.fromkeys(words))


def _page_of(document: Document, finding: Finding) -> int | None:
    if finding.start is None or finding.end is None:
        return None
    return boxes_of(document, finding.start, max(finding.end, finding.start + 1))[0]


def _marks(line: Line) -> tuple[object, ...]:
    """What another line tells the same slip by: a figure, or the same words in another copy of the report."""
    if line.level not in LOUD:
        return ()
    return (*line.figures, (line.report, line.message)) if line.report else line.figures


def write_findings(lines: Sequence[Line], path: Path, format: str, *, language: str = "vi") -> None:  # noqa: A002
    """Write the list to ``path`` as one of ``LIST_FORMATS``; raises InvalidInput for another format."""
    if format == "json":
        records = [{**asdict(line), "gap": None if line.gap is None else str(line.gap)} for line in lines]
        path.write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    elif format == "csv":
        write_csv(path, COLUMNS, (_joined_figures(asdict(line), " ") for line in lines))
    elif format == "xlsx":
        with open_workbook(path) as book:
            Sheets(book, language).add("sheet.findings", _columns(), [_cells(line, language) for line in lines])
    else:
        raise InvalidInput("export.no_format", format=format, known=", ".join(LIST_FORMATS))


COLUMNS = (
    *("level", "report", "file", "page", "message", "advice", "quotes", "left", "right", "gap", "also"),
    *("code", "rule", "start", "end", "figures"),
)
"""The fields of a line, in the order of the table."""


def _columns() -> list[tuple[str, Holds]]:
    special = {"gap": Holds.DECIMAL, "start": Holds.COUNT, "end": Holds.COUNT}
    return [(name, special.get(name, Holds.TEXT)) for name in COLUMNS]


def _cells(line: Line, language: str) -> list[Any]:
    """The cells of a line in the workbook, the level in the reader's words."""
    shown = {**asdict(line), "level": say("exports.csv", f"level.{line.level}", language)}
    return _joined_figures(shown, ", ")


def _joined_figures(line: dict[str, Any], mark: str) -> list[Any]:
    return [mark.join(value) if isinstance(value, tuple) else value for value in line.values()]
