"""Whether the figures stand in a report at all: what reads like something else is told of at every figure.

In: figures and the document. Out: one warning over all figures of a file without letterhead that does not speak as
reports do. Nothing that is turned away comes here, and nothing is left out: an odd report loses no figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.domain.document import Document
from extractor.domain.figure import Figure
from extractor.domain.finding import Finding, Level
from extractor.paper.structure.is_report import is_unlike_a_report
from extractor.statistics.checks.wording import finding


def check_likeness(figures: Sequence[Figure], document: Document) -> Iterator[Finding]:
    """N3."""
    if figures and is_unlike_a_report(document):
        yield finding("UNLIKE_A_REPORT", "N3", Level.WARN, figures, words={"count": len(figures)})
