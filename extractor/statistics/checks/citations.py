"""Citations of documents: the year in a number is that of its date, and one number has one date.

Symbols are read only as far as these rules need: number, optional year, symbol (``239/QĐ-UBND``, ``04/2022/NQ-HĐND``,
``1583/UBND-XD2``). Two offices may issue the same number and symbol, so dates are held together only where the same
issuer stands behind both or behind neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extractor.domain.document import Document
from extractor.domain.finding import Finding, Level
from extractor.domain.folding import fold
from extractor.domain.letters import ONE_SMALL, STEM_CAPITALS
from extractor.statistics.catalogue import compiled
from extractor.statistics.checks.dates import DAY, OF_A_DAY, read_day
from extractor.statistics.checks.grouping import grouped
from extractor.statistics.checks.wording import finding

_SYMBOL = rf"[{STEM_CAPITALS}][{STEM_CAPITALS}{ONE_SMALL}]{{0,11}}\d{{0,2}}"
_OFFICE = rf"[{STEM_CAPITALS}][{STEM_CAPITALS}{ONE_SMALL}&]{{0,11}}\d{{0,2}}"
NUMBER = re.compile(
    rf"(\d(?<![\w/.,-]\d)\d{{0,4}}[a-z]?)/(?:((?:19|20)\d{{2}})/)?({_SYMBOL}(?:-{_OFFICE}){{1,3}})(?![\w/-])"
)
DATED_AFTER = rf"[,\s]*(?:{{issued}} )?{{date_word}} {DAY}"
DATED_BEFORE = rf"(?:\A|[.;:]\s)\W*{OF_A_DAY}{DAY}[^.;\d]*(?:\d[^.;\d/]*)?\Z"
ISSUER = r"[,\s]*{issued_by}([^,.;:]{3,41})"
FAR = 160
"""How far before a number its date may open the sentence; one inside it belongs to what stands before it."""

CASES = {"Ctr": "CTr", "CTR": "CTr", "TTR": "TTr", "Ttr": "TTr"}
"""Symbols of kinds of document whose letters the rules on clerical work prescribe."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A document number in the text, its date and issuer where they are printed beside it."""

    number: str
    year: int | None
    symbol: str
    day: date | None
    issuer: str
    span: tuple[int, int]


def check_citations(document: Document) -> Iterable[Finding]:
    """D3, D4, missing years, symbols in the wrong case; a number that is cited again is not told again."""
    found = find_citations(document)
    for c in {(c.number, c.day): c for c in reversed(found)}.values():
        yield from _alone(c)
    yield from _together(found)


def find_citations(document: Document) -> tuple[Citation, ...]:
    """Every document number of the text, in order."""
    text = document.text
    citations = []
    for m in NUMBER.finditer(text):
        after = compiled(DATED_AFTER).match(text, m.end())
        before = (
            None
            if after
            else compiled(DATED_BEFORE).search(text[max(0, m.start() - FAR) : m.start()].rpartition("\n")[2])
        )
        dated = after or before
        issuer = compiled(ISSUER).match(text, after.end() if after else m.end())
        citations.append(
            Citation(
                number=m[0],
                year=int(m[2]) if m[2] else None,
                symbol=m[3],
                day=read_day(*dated.groups()[:3]) if dated else None,
                issuer=fold(issuer[1]) if issuer else "",
                span=(m.start(), after.end() if after else m.end()),
            )
        )
    return tuple(citations)


def _alone(c: Citation) -> Iterator[Finding]:
    if c.year and c.day and c.year != c.day.year:
        words = {"number": c.number, "year": c.year, "day": c.day}
        yield finding("NUMBER_YEAR_DIFFERS", "D3", Level.WARN, span=c.span, words=words)
    if not c.year and c.day and compiled("{normative}").fullmatch(c.symbol):
        number, _, symbol = c.number.partition("/")
        words = {"number": c.number, "day": c.day, "number_with_year": f"{number}/{c.day.year}/{symbol}"}
        yield finding("NUMBER_WITHOUT_YEAR", "D3", Level.WARN, span=c.span, words=words)
    kind = c.symbol.partition("-")[0]
    if kind in CASES:
        words = {"number": c.number, "standard": c.number.replace(kind, CASES[kind])}
        yield finding("NUMBER_CASE", "D3", Level.INFO, span=c.span, words=words)


def _are_one(one: Citation, other: Citation) -> bool:
    """Whether two citations of a number are of one document: of one issuer, or one names none and a digit differs."""
    if one.issuer == other.issuer:
        return True
    if one.issuer and other.issuer:
        return False
    days = zip(f"{one.day:%d%m}", f"{other.day:%d%m}", strict=True)
    return sum(a != b for a, b in days) == 1


def _together(citations: Sequence[Citation]) -> Iterator[Finding]:
    """D4, within one year: numbers begin anew each January."""
    dated = (c for c in citations if c.day)
    for (number, _), group in grouped(dated, lambda c: (c.number, c.day and c.day.year)).items():
        first = group[0]
        other = next((c for c in group if c.day != first.day and _are_one(first, c)), None)
        if other and first.day and other.day:
            words = {"number": number, "first": first.day, "second": other.day}
            level = Level.FAIL if other.issuer == first.issuer else Level.WARN
            yield finding("NUMBER_TWO_DATES", "D4", level, span=other.span, words=words)
        elif len(group) > 1 and first.day and all(c.day == first.day for c in group):
            words = {"number": number, "count": len(group), "day": first.day}
            yield finding("NUMBER_ONE_DATE", "D4", Level.PASS, span=group[-1].span, words=words)
