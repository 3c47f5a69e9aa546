"""Whether a document is a Vietnamese administrative report at all.

In comes a Document, out comes its Report with the verdict. A novel, a manual, a report in English are told apart by
three kinds of evidence: how much of the text is Vietnamese, which parts of an administrative document it shows, and how
often the words of reports occur. Odd reports are common and must pass (no letterhead, one table, typed without
accents), so any one kind of evidence is enough; only a text without all of them is turned away.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache

from extractor.domain.document import Document, Report, Result
from extractor.domain.messages import Message
from extractor.paper.sniff.syllables import is_syllable, vietnamese_share
from extractor.paper.structure.part_words import words

_SAMPLE = 30_000  # letters; novels and reports differ long before
_VIETNAMESE = 0.3  # reports lie above 0.8 even with many names and tables; English lies below 0.05
_DENSITY = 12.0  # report words in a thousand; reports lie above 60, stories below 6
_FIGURES = 0.04  # share of the words that are numbers; reports lie above 0.05, stories below 0.01
_FEW = 8  # words: less than this cannot be judged
_SHORT = 40  # words: a share of fewer is no evidence yet, and chance gives one number or one word of reports


_WORDS = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")


@cache
def _report_words() -> re.Pattern[str]:
    """The words of reports, also as typed without accents."""
    spelt = words("report")
    plain = {_without_accents(word) for word in spelt}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(spelt | plain)))})\b", re.IGNORECASE)


def _without_accents(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(c for c in letters if not unicodedata.combining(c))


def judge_report(document: Document) -> Report:
    """The report of ``document``, its result set to ``NOT_A_REPORT`` with a reason where nothing speaks for one."""
    report = document.report
    parts = _parts_shown(document)
    if parts >= 2:
        return report
    sample = document.text[:_SAMPLE]
    tokens = _WORDS.findall(sample)
    if document.source and _says_too_little(sample, tokens):
        return _refused(report, "report.too_little")
    if len(tokens) < _FEW:
        return report
    foreign = vietnamese_share(sample) < _VIETNAMESE
    figures = sum(word[0].isdigit() for word in tokens) / len(tokens)
    if not foreign and (parts or figures >= _FIGURES):
        return report
    if 1000 * len(_report_words().findall(sample)) / len(tokens) >= _DENSITY:
        return report
    return _refused(report, "report.foreign" if foreign else "report.no_figures")


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


def _parts_shown(document: Document) -> int:
    """How many parts of an administrative document the paper shows."""
    report = document.report
    shown = (
        report.number,
        report.title,
        report.date,
        report.issuer,
        report.addressee,
        report.recipients,
        report.role,
        len(document.sections) >= 3,
    )
    return sum(bool(part) for part in shown)
