"""A statistician's checks: the figures of one report held against each other, the calendar and the catalogue.

Each rule is a plain function from figures, their parts and the document to findings, one module a subject. A finding
carries the rule, the figures, both intervals, their gap, the relative error that could have been seen, and one sentence
in each language. No rule changes a figure. Most false alarms come from comparing what differs in scope, status or price
base, so every rule compares only what agrees in these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from extractor.domain.document import Document, Stage
from extractor.domain.faults import Faults
from extractor.domain.figure import Figure
from extractor.domain.finding import Finding, Level
from extractor.statistics.checks.citations import check_citations
from extractor.statistics.checks.consistency import check_consistency
from extractor.statistics.checks.counted_parts import with_counts
from extractor.statistics.checks.cumulation import check_cumulation
from extractor.statistics.checks.dates import check_dates
from extractor.statistics.checks.duplicates import without_duplicates
from extractor.statistics.checks.fractions import check_fractions
from extractor.statistics.checks.growth import check_growth
from extractor.statistics.checks.near_misses import check_near_misses
from extractor.statistics.checks.parts import Layout, Split, find_splits
from extractor.statistics.checks.plans import check_plans
from extractor.statistics.checks.remainders import check_remainders
from extractor.statistics.checks.scanned import check_likeness, check_scanned
from extractor.statistics.checks.structure import check_structure
from extractor.statistics.checks.sums import check_sums

SEVERITY = {Level.FAIL: 0, Level.WARN: 1, Level.INFO: 2, Level.PASS: 3}

DOUBTED = {Level.FAIL: 0.5, Level.WARN: 0.8}
"""What a finding leaves of a figure's confidence: a failed sum leaves half, a warning four fifths."""

VERIFIED = 0.5
"""What a pass takes away of the remaining doubt: arithmetic that fits rarely fits by chance."""

OF_THE_FILE = frozenset({"N3"})
"""Rules that doubt every figure of a file for what the file is."""

VALUE_RULES = OF_THE_FILE | frozenset(
    {
        *("S1", "S2", "S3", "S4", "A1", "P2", "P3", "P4", "Y1", "Y2", "Y3", "Y4", "C1", "C4"),
        *("Q1", "Q2", "Q3", "U1", "U2", "D1", "D2", "V1"),
    }
)
"""Rules that speak of a figure's value or period; a list's length or a note's number says nothing about a value."""

WEAK_PASSES = frozenset({"PARTS_WITHIN", "PART_WITHIN_WHOLE", "MONTH_INSIDE", "PLAN_PARTS_MATCH"})
"""Passes that almost any value would get: they are shown, and verify nothing."""


Rule = Callable[[Sequence[Figure], Sequence[Split], Document], Iterable[Finding]]

RULES: dict[str, Rule] = {
    "sums": check_sums,
    "plans": check_plans,
    "growth": check_growth,
    "cumulation": lambda figures, _splits, _document: check_cumulation(figures),
    "fractions": check_fractions,
    "remainders": lambda figures, _splits, document: check_remainders(figures, document),
    "near_misses": check_near_misses,
    "dates": lambda figures, _splits, document: check_dates(figures, document),
    "citations": lambda _figures, _splits, document: check_citations(document),
    "consistency": check_consistency,
    "structure": lambda figures, _splits, document: check_structure(figures, document),
    "likeness": lambda figures, _splits, document: check_likeness(figures, document),
    "scanned": lambda _figures, _splits, document: check_scanned(document),
}


def check(figures: Sequence[Figure], document: Document, faults: Faults | None = None) -> tuple[Finding, ...]:
    """Everything that the report's own arithmetic says, worst first, then in text order.

    A check that meets a fault of ours goes to ``faults`` and says nothing more; the others go on.
    """
    faults = Faults() if faults is None else faults
    found: list[Finding] = []
    splits: Sequence[Split] = ()
    with faults.contain(Stage.CHECK, "parts"):
        splits = with_counts(find_splits(figures, document), figures, Layout(document))
    for name, rule in RULES.items():
        with faults.contain(Stage.CHECK, name):
            found.extend(rule(figures, splits, document))
    return ordered(without_duplicates(found))


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings worst first, then in text order."""
    return tuple(sorted(findings, key=lambda f: (SEVERITY[f.level], f.start if f.start is not None else -1, f.code)))


def weigh(figures: Iterable[Figure], findings: Iterable[Finding]) -> tuple[Figure, ...]:
    """The figures with the doubts that findings raise and the confidence that passes give; nothing else changes."""
    about: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.rule.partition("/")[0] in VALUE_RULES:
            for identity in finding.figures:
                about.setdefault(identity, []).append(finding)
    return tuple(_weigh(f, about.get(f.id, [])) for f in figures)


def _weigh(figure: Figure, findings: Sequence[Finding]) -> Figure:
    against = [f for f in findings if f.level in DOUBTED]
    confidence = figure.confidence
    if against:
        worst = min(DOUBTED[f.level] for f in against)
        codes = (f.code.lower() for f in against)
        doubts = tuple(dict.fromkeys((*figure.doubts, *codes)))
        return figure.changed(confidence=round(confidence * worst, 4), doubts=doubts)
    if any(f.level is Level.PASS and f.code not in WEAK_PASSES for f in findings):
        return figure.changed(confidence=round(1 - (1 - confidence) * VERIFIED, 4))
    return figure


__all__ = ["check", "weigh"]
