"""Which report a file is another copy of: a second scan, the signed copy of a draft, the same text in another format.

Numbers decide where both have one: the same issuer, number and date is the same report, another number never is.
Without them the texts decide, by the runs of words that they share.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.prepared import Prepared
from extractor.folding import fold

SHINGLE = 5  # words: long enough that two quarters' reports of one office share few, short enough to survive OCR slips
ALIKE = 0.7
"""Share of common shingles from which two texts of one issuer and one period are taken for one report."""


def find_same_report(connection: Connection, prepared: Prepared) -> int | None:
    """The item that a file is a copy of: same issuer, number and date, or same issuer, period and text."""
    key, number = prepared.front["issuer_key"], prepared.front["number"]
    if not key:
        return None
    columns = schema.item.c
    if is_signed(number) and prepared.front["date"]:
        twin = connection.scalar(
            select(columns.id)
            .where(columns.issuer_key == key, columns.number == number, columns.date == prepared.front["date"])
            .order_by(columns.id)
        )
        if twin is not None:
            return int(twin)
    period = prepared.front["period"]
    items = connection.execute(
        select(columns.id, columns.number, columns.leading)
        .where(columns.issuer_key == key, columns.period.is_(None) if period is None else columns.period == period)
        .order_by(columns.id)
    ).all()
    rivals = [row for row in items if not (is_signed(number) and is_signed(row.number) and number != row.number)]
    ours = shingles(prepared.text) if rivals else frozenset()
    for row in rivals:
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


def is_signed(number: str | None) -> bool:
    """Whether a number has been given: a draft has only the symbol behind it (``/BC-UBND``)."""
    return bool(number and number[0].isdigit())
