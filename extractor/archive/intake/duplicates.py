"""Which report a file is another copy of: a second scan, the signed copy of a draft, the same text in another format.

Numbers decide where both have one: the same issuer, number and date is the same report, another number never is.
Without them the texts decide, by the runs of words that they share.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection, bindparam, select

from extractor.archive.intake.import_rows import Prepared
from extractor.archive.rows import ITEM, READING, newest_reading
from extractor.domain.folding import fold

SHINGLE = 5  # words: long enough that two quarters' reports of one office share few, short enough to survive OCR slips
ALIKE = 0.7
"""Share of common shingles from which two texts of one issuer and one period are taken for one report."""


def find_same_report(connection: Connection, prepared: Prepared) -> int | None:
    """The item that a file is a copy of: same issuer, number and date, or same issuer, period and text."""
    key, number = prepared.front["issuer_key"], prepared.front["number"]
    if not key:
        return None
    if is_signed(number) and prepared.front["date"]:
        twin = connection.scalar(_SAME, {"key": key, "given": number, "day": prepared.front["date"]})
        if twin is not None:
            return int(twin)
    items = connection.execute(_RIVALS, {"key": key, "months": prepared.front["period"]}).all()
    rivals = [row for row in items if not (is_signed(number) and is_signed(row.number) and number != row.number)]
    ours = shingles(prepared.text) if rivals else frozenset()
    for row in rivals:
        theirs = connection.scalar(newest_reading(row.id, READING.text))
        if likeness(ours, shingles(theirs or "")) >= ALIKE:
            return int(row.id)
    return None


# what every file asks is built once
_OF_ISSUER = select(ITEM.id, ITEM.number).where(ITEM.issuer_key == bindparam("key"), ITEM.gone.is_(None))
_SAME = _OF_ISSUER.where(ITEM.number == bindparam("given"), ITEM.date == bindparam("day")).order_by(ITEM.id)
_RIVALS = _OF_ISSUER.where(ITEM.period.is_not_distinct_from(bindparam("months"))).order_by(ITEM.id)


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
