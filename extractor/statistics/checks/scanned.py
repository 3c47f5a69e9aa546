"""What a file as a whole cannot be sure of: that it is a report, what a scan has by hand, and text under a seal.

In: figures and the document. Out: a warning that names what was recognised in the letterhead of a scan, so that
somebody compares it with the paper, one information for each seal that covers text, with its place, and one warning
over all figures of a file without letterhead that does not speak as reports do. An odd report loses no figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.domain.document import BlockKind, Document
from extractor.domain.figure import Figure
from extractor.domain.finding import Finding, Level
from extractor.paper.structure.is_report import is_unlike_a_report
from extractor.statistics.checks.wording import finding

DAYED = 10  # letters of a date that has its day
LEADING = re.compile(r"\d[\d\s]*")


def check_scanned(document: Document) -> Iterator[Finding]:
    """N1 and N2."""
    yield from _by_hand(document)
    yield from _stamps(document)


def check_likeness(figures: Sequence[Figure], document: Document) -> Iterator[Finding]:
    """N3."""
    if figures and is_unlike_a_report(document):
        yield finding("UNLIKE_A_REPORT", "N3", Level.WARN, figures, words={"count": len(figures)})


def _by_hand(document: Document) -> Iterator[Finding]:
    """N1: number and day of a scanned letterhead; confidence does not tell print from a neat hand."""
    head = [block for block in document.blocks if block.kind is BlockKind.LETTERHEAD]
    if not head or not _is_recognised(document, head[0].start, head[-1].end):
        return
    number, day = document.report.number or "", document.report.date or ""
    read = [number] if LEADING.match(number) else []
    read += [day] if len(day) == DAYED else []
    if read:
        span = (head[0].start, head[-1].end)
        yield finding("LETTERHEAD_BY_HAND", "N1", Level.WARN, span=span, words={"read": ", ".join(read)})


def _is_recognised(document: Document, start: int, end: int) -> bool:
    """Whether a stretch of text comes from a picture: what is born digital is printed with confidence 1."""
    return any(p.confidence < 1 for p in document.placements if p.start < end and start < p.end)


def _stamps(document: Document) -> Iterator[Finding]:
    """N2: each seal that stands over text, once, with page and box."""
    spans: dict[str, tuple[int, int]] = {}
    for remark in document.remarks:
        if remark.code == "under_stamp":
            first, last = spans.get(remark.detail, (remark.start, remark.end))
            spans[remark.detail] = (min(first, remark.start), max(last, remark.end))
    for detail, span in spans.items():
        page, *sides = detail.split()
        words = {"page": page, "box": " – ".join(sides)}
        yield finding("STAMP_OVER_TEXT", "N2", Level.INFO, span=span, words=words)
