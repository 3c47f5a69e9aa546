"""One slip is told once: what a finding explains, another check does not tell again.

In: the findings of one report. Out: the same without those that a stronger one explains. A unit that slipped puts every
sum and every plan around it out of joint; a total that its parts do not make differs from the annex as well; a range of
days that runs backwards also starts after the report. The finding that stays takes the worse level and the figures of
those that go, so that each figure still shows it. Passes and remarks are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractor.domain.finding import Finding, Level

LOUD = (Level.FAIL, Level.WARN)

SUMS = frozenset({"S1", "S2", "S3"})
EXPLAINS = {
    "U2": frozenset({*SUMS, "C1", "C4", "P2", "P3", "P4", "U1", "U2", "Y2", "Y3", "Y4"}),
    "D1": frozenset({"D1", "D2"}),
    "Q1": frozenset({"Q1", "Q2"}),
    "S1": frozenset({*SUMS, "P4", "U1", "Y3", "Y4"}),
    "S2": frozenset({*SUMS, "P4", "U1", "Y3", "Y4"}),
    "C1": frozenset({"C1", "C4", "P2"}),
    "C4": frozenset({"C4"}),
    "P3": frozenset({"P2", "P3"}),
    "P2": frozenset({"P2"}),
    "U1": frozenset({"U1"}),
}
"""Rule → the rules whose findings it explains where they share a figure, or, without figures, a place.

The order is that of strength: of two findings that explain each other, the earlier rule's stays.
"""

STRENGTH = {rule: at for at, rule in enumerate(EXPLAINS)}


def without_duplicates(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, each slip told once by the check that says most about it."""
    found = list(findings)
    loud = sorted((f for f in found if f.level in LOUD), key=_strength)
    kept: list[Finding] = []
    for finding in loud:
        at = next((i for i, one in enumerate(kept) if _explains(one, finding)), None)
        if at is None:
            kept.append(finding)
        else:
            kept[at] = _joined(kept[at], finding)
    return [*kept, *(f for f in found if f.level not in LOUD)]


def rule_of(finding: Finding) -> str:
    """The rule without its version: S1 of ``S1/1``."""
    return finding.rule.partition("/")[0]


def _strength(finding: Finding) -> tuple[int, int, int]:
    start = finding.start if finding.start is not None else -1
    return STRENGTH.get(rule_of(finding), len(STRENGTH)), LOUD.index(finding.level), start


def _explains(one: Finding, other: Finding) -> bool:
    if one.code == other.code and one.left and (one.left, one.right) == (other.left, other.right):
        return True  # in the text and in the annex
    if rule_of(other) not in EXPLAINS.get(rule_of(one), ()) or one.code == "SIZE_UNUSUAL":
        return False
    if one.figures and other.figures:
        return not set(one.figures).isdisjoint(other.figures)
    return one.start is not None and (one.start, one.end) == (other.start, other.end)


def _joined(one: Finding, other: Finding) -> Finding:
    figures: Sequence[str] = tuple(dict.fromkeys((*one.figures, *other.figures)))
    return replace(one, figures=tuple(figures), level=min(one.level, other.level, key=LOUD.index))
