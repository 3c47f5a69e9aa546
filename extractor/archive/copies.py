"""Which report a file is another copy of: a second scan, the signed copy of a draft, the same text in another format.

Numbers decide where both have one: the same issuer, number and date is the same report, another number never is.
Without them the texts decide, by the runs of words that they share.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.folding import fold
from extractor.records import Extraction

SHINGLE = 5  # words: long enough that two quarters' reports of one office share few, short enough to survive OCR slips
ALIKE = 0.7
"""Share of common shingles from which two texts of one issuer and one period are taken for one report."""


def find_same_report(connection: Connection, extraction: Extraction) -> int | None:
    """The item that ``extraction`` is a copy of: same issuer, number and date, or same issuer, period and text."""
    report = extraction.report
    if not report.issuer:
        return None
    items = connection.execute(
        select(schema.item.c.id, schema.item.c.number, schema.item.c.date, schema.item.c.period, schema.item.c.leading)
        .where(schema.item.c.issuer_key == fold(report.issuer))
        .order_by(schema.item.c.id)
    ).all()
    for row in items:
        if _signed(report.number) and row.number == report.number and row.date == report.date and report.date:
            return int(row.id)
    ours = shingles(extraction.text)
    for row in items:
        clash = _signed(report.number) and _signed(row.number) and report.number != row.number
        if clash or row.period != report.period:
            continue
        theirs = connection.scalar(
            select(schema.reading.c.text)
            .where(schema.reading.c.sha256 == row.leading)
            .order_by(schema.reading.c.id.desc())
        )
        if likeness(ours, shingles(theirs or "")) >= ALIKE:
            return int(row.id)
    return None


def shingles(text: str) -> frozenset[str]:
    """All runs of ``SHINGLE`` words, folded."""
    words = re.findall(r"\w+", fold(text))
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def likeness(left: frozenset[str], right: frozenset[str]) -> float:
    """Jaccard's share of what is common, 0 for two empty texts."""
    return len(left & right) / len(left | right) if left or right else 0.0


def _signed(number: str | None) -> bool:
    return bool(number and number[0].isdigit())
