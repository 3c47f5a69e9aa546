"""A statistician's checks: figures of one report held against each other; see ``check`` and ``weigh``."""

from __future__ import annotations

from extractor.records import Document, Figure, Finding


def check(figures: tuple[Figure, ...], document: Document) -> tuple[Finding, ...]:
    """Everything that the report's own arithmetic says about its figures."""
    return ()


def weigh(figures: tuple[Figure, ...], findings: tuple[Finding, ...]) -> tuple[Figure, ...]:
    """The figures with the doubts that findings raise, and without those that a pass takes away."""
    return figures
