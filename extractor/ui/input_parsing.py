"""What a person types, read strictly: a number or a period has one reading or none.

Reports and their readers write ``162.409,5``: dots (or spaces) group thousands, a comma marks decimals. ``1.5`` could
be either, so it is refused with both spellings, never guessed; a lenient reader would have made 15 of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from extractor.archive.search import ALIKE
from extractor.domain import period
from extractor.domain.document import call_report
from extractor.domain.errors import InvalidInput
from extractor.domain.letters import without_accents
from extractor.domain.lexicon import group_words, read_rows
from extractor.domain.messages import TOLD, say, spell_number

if TYPE_CHECKING:
    from extractor.archive.row_types import Label
    from extractor.archive.shelf_list import Row

SPACES = "  \u00a0\u202f\u2009"
NUMBER = re.compile(
    rf"([-−]?)([1-9]\d{{0,2}}(?:\.\d{{3}})+|[1-9]\d{{0,2}}(?:[{SPACES}]\d{{3}})+|\d+)(?:,(\d+))?", re.ASCII
)


def read_number(text: str) -> Decimal | None:
    """The number that ``text`` spells, None where it is empty; raises InvalidInput where it has no single reading.

    >>> read_number("162.409,5"), read_number("162 409"), read_number("-0,50"), read_number(" ")
    (Decimal('162409.5'), Decimal('162409'), Decimal('-0.50'), None)
    """
    typed = text.strip()
    if not typed:
        return None
    found = NUMBER.fullmatch(typed)
    if not found:
        raise InvalidInput("typed.no_number", text=typed)
    sign, whole, fraction = found.groups()
    digits = re.sub(r"\D", "", whole)
    return Decimal(("-" if sign else "") + digits + (f".{fraction}" if fraction else ""))


def spell_typed(value: Decimal | None) -> str:
    """``value`` as the reports print it and as it is typed, in either language; every decimal kept, "" for None.

    What is only shown has the marks of the language, see ``spell_value``.

    >>> spell_typed(Decimal("162409.50"))
    '162.409,50'
    """
    return "" if value is None else spell_number(value)


def report_name(report: Label | Row) -> str:
    """What a report is called on every screen."""
    return call_report(report.number or report.title, report.file)


def read_day(text: str) -> str:
    """A day, a month or a year as people here write it, as the store keeps it; anything else as it was typed.

    >>> [read_day(one) for one in ("20/3/2023", "03/2023", "2023-03-20", "20/3/23")]
    ['2023-03-20', '2023-03', '2023-03-20', '20/3/23']
    """
    parts = text.strip().split("/")
    known = len(parts) in (2, 3) and all(part.isascii() and part.isdigit() for part in parts) and len(parts[-1]) == 4
    return "-".join(part.zfill(2) for part in reversed(parts)) if known else text


def read_known(text: str, known: Sequence[str]) -> str | None:
    """The word of ``known`` that ``text`` spells, letter by letter or typed without accents; None where none is meant.

    >>> read_known("trieu dong", ["tấn", "triệu đồng"]), read_known("tân", ["tấn"])
    ('triệu đồng', None)
    """
    small = text.lower()
    plain = small if small == without_accents(small) else None
    spelled = [one for one in known if one.lower() == small]
    return next(iter((*spelled, *(one for one in known if without_accents(one.lower()) == plain))), None)


def nearest(text: str, known: Sequence[str]) -> str | None:
    """The word of ``known`` that is most like ``text``; None where none is like it.

    >>> nearest("trieu dogn", ["tấn", "triệu đồng"]), nearest("xe ngựa", ["tấn"])
    ('triệu đồng', None)
    """
    plain = {without_accents(one.lower()): one for one in reversed(known)}
    found = get_close_matches(without_accents(text.lower()), plain, n=1, cutoff=ALIKE)
    return plain[found[0]] if found else None


@cache
def _words_of_time() -> dict[str, str]:
    """Word of a period typed without its accents → the word."""
    from extractor.language.lexer.periods import FORMS

    words = {word for row in read_rows(FORMS) for word in row["found"].lower().split() if word.isalpha()}
    return {without_accents(word): word for word in words if word != without_accents(word)}


def read_period(text: str, *, report_period: str | None = None) -> str | None:
    """The label of the period that ``text`` names, as a label or in words; None where it is empty.

    ``quý I`` without a year takes the year of ``report_period``; what is typed without any accent is read with them.
    Raises InvalidInput for anything else.

    >>> read_period("6 thang dau nam 2022"), read_period("quy IV", report_period="2023-Q1")
    ('2022-H1', '2023-Q4')
    """
    from extractor.language.lexer.periods import find_periods

    typed = " ".join(text.split())
    if not typed:
        return None
    if period.read_period(typed) is not None:
        return typed
    if typed == without_accents(typed):
        typed = " ".join(_words_of_time().get(word.lower(), word) for word in typed.split())
    with_year = re.sub(r"\s+(\d{4})\Z", rf" {group_words('year')[0]} \1", typed)  # "9 tháng 2023", as we spell it
    for spelled in (typed, with_year, *(say(TOLD, f"typed.as_{form}", text=typed) for form in ("day", "school_year"))):
        mentions = find_periods(spelled, report_period)
        if len(mentions) == 1 and (mentions[0].start, mentions[0].end) == (0, len(spelled)):
            label = mentions[0].label
            if label is not None and period.read_period(label) is not None:
                return label
    raise InvalidInput("typed.no_period", text=text)
