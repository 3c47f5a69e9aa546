"""Whether a document is a Vietnamese administrative report at all.

In comes a Document, out comes its Report with the verdict. A novel, a manual, a report in English are told apart by
how much of the text is Vietnamese, which parts of an administrative document it shows, whether it speaks as reports do
(``report_language``) and holds numbers. Odd reports are common and must pass (no letterhead, one table, typed without
accents), so a letterhead is enough, and only a text that speaks of other things at length is turned away: a shorter
one, a table, a scan that was read badly are read and doubted.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from extractor.domain.document import Document, Report, Result
from extractor.domain.letters import without_accents
from extractor.domain.messages import Message
from extractor.paper.sniff.syllables import is_syllable, vietnamese_share
from extractor.paper.structure.part_words import words
from extractor.paper.structure.report_language import weigh_language

_SAMPLE = 30_000  # letters; novels and reports differ long before
VIETNAMESE = 0.3  # reports lie above 0.8 even with many names and tables; English lies below 0.05
_DENSITY = 12.0  # report words in a thousand; reports lie above 60, stories below 6
_FIGURES = 0.04  # share of the words that are numbers; reports lie above 0.05, stories below 0.01
_FEW = 8  # words: less than this cannot be judged
_SHORT = 40  # words: a share of fewer is no evidence yet, and chance gives one number or one word of reports
_UNLIKE = -2.0  # score of the language: of passages of reports two in a hundred lie below
_OTHER = -4.5  # of a text that speaks of something else: no passage of a hundred words and numbers lies below
_LONG = 100  # words and numbers, before a text is turned away for its language

_WORDS = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")


@cache
def _report_words() -> re.Pattern[str]:
    """The words of reports, also as typed without accents."""
    spelt = words("report")
    plain = {without_accents(word) for word in spelt}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(spelt | plain)))})\b", re.IGNORECASE)


def judge_report(document: Document) -> Report:
    """The report of ``document``, its result set to ``NOT_A_REPORT`` with a reason where nothing speaks for one."""
    report = document.report
    if _has_letterhead(report):
        return report
    sample = document.text[:_SAMPLE]
    tokens = _WORDS.findall(sample)
    if document.source and _says_too_little(sample, tokens):
        return _refused(report, "report.too_little")
    if len(tokens) < _FEW:
        return report
    fault = _fault_of_language(document, sample, tokens)
    return _refused(report, fault) if fault else report


def _fault_of_language(document: Document, sample: str, tokens: list[str]) -> str | None:
    """The reason to turn a text without letterhead away for what it says, None where something speaks for it."""
    foreign = vietnamese_share(sample) < VIETNAMESE
    if not foreign and len(tokens) >= _LONG and weigh_language(sample) < _OTHER and not _may_deceive(document):
        return "report.other_language"
    parts = _parts_shown(document)
    figures = sum(word[0].isdigit() for word in tokens) / len(tokens)
    if parts >= 2 or (not foreign and (figures >= _FIGURES or (parts and figures))):
        return None  # one part alone is shown by any letter: it needs a number beside it
    if 1000 * len(_report_words().findall(sample)) / len(tokens) >= _DENSITY:
        return None
    return "report.foreign" if foreign else "report.no_figures"


def is_unlike_a_report(document: Document) -> bool:
    """Whether a file has no letterhead and does not speak as reports do, so that its figures are to be doubted.

    What is typed without accents cannot be asked, and is not doubted for it.
    """
    if document.source is None or _has_letterhead(document.report):
        return False
    sample = document.text[:_SAMPLE]
    return vietnamese_share(sample) >= VIETNAMESE and weigh_language(sample) < _UNLIKE


def _may_deceive(document: Document) -> bool:
    """Whether the words of a document may be other than its subject: a table has few, recognition spoils them."""
    return bool(document.tables) or any(placement.confidence < 1 for placement in document.placements)


def _speaks_vietnamese(text: str) -> bool:
    """Whether a few words hold one that only Vietnamese or a report would."""
    return bool(_report_words().search(text)) or any(
        is_syllable(word) and not word.isascii() for word in _LETTERS.findall(text)
    )


def _says_too_little(text: str, tokens: list[str]) -> bool:
    """Whether a text is short and has neither several numbers among Vietnamese words nor two words of reports."""
    numbers = sum(token[0].isdigit() for token in tokens)
    if len(tokens) < _FEW:
        return not numbers or not _speaks_vietnamese(text)
    if len(tokens) >= _SHORT:
        return False
    told = len(set(map(str.lower, _report_words().findall(text))))
    return told < 2 and not (_speaks_vietnamese(text) and numbers + told > 1)


def _refused(report: Report, key: str) -> Report:
    vi, en = Message(key).both()
    return replace(report, result=Result.NOT_A_REPORT, reason=vi, reason_en=en)


def _has_letterhead(report: Report) -> bool:
    """Whether two of the parts that only an administrative document has were seen."""
    return sum(map(bool, _own_parts(report))) >= 2


def _own_parts(report: Report) -> tuple[object, ...]:
    return report.number, report.date, report.issuer, report.addressee, report.recipients, report.role


def _parts_shown(document: Document) -> int:
    """How many parts of an administrative document the paper shows, a title and sections among them."""
    shown = (*_own_parts(document.report), document.report.title, len(document.sections) >= 3)
    return sum(map(bool, shown))
