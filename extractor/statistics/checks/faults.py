"""What a fault of the program cost, told like any other finding: the place, what is missing, what to do."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.domain.document import Fault
from extractor.domain.finding import Finding, Level
from extractor.statistics.checks.wording import finding, named

RULE = "F1"


def tell_faults(faults: Iterable[Fault]) -> Iterable[Finding]:
    """A warning a fault; the span is the text that it cost, where that is known."""
    for fault in faults:
        span = (fault.start, fault.end) if fault.start is not None and fault.end is not None else None
        words = {"page": fault.page or "–", "what": named(f"part.{fault.what}"), "why": named(f"why.{fault.kind}")}
        words["place"] = f"{fault.kind}, {fault.place}"
        yield finding(f"FAULT_{fault.stage.upper()}", RULE, Level.WARN, span=span, words=words)
