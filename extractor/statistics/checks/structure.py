"""Structure: announced lists have their length, notes and sections their numbers, brackets their ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extractor.domain.document import Block, BlockKind, Document, Section
from extractor.domain.figure import Figure
from extractor.domain.finding import Finding, Level
from extractor.domain.folding import fold
from extractor.statistics.catalogue import has_syllable, holds_word, words_of
from extractor.statistics.checks.grouping import grouped
from extractor.statistics.checks.wording import finding, value_shown

ANNOUNCED = re.compile(r"[^\d:;.()\n]{0,50}:\s+([^;.\d\n]{6,600}?)(?=[;.]|\n|\Z)")
MARKS_OF_CLAUSES = re.compile(r"[,;:.\n]")
BRACKETED = re.compile(r"\([^()]*\)")
UNFINISHED = ("…", "...", "v.v", "vv")
LONGEST_LIST = 20
LONGEST_NAME = 50
SHORT = 32
"""How far a colon may stand behind what is counted, for a list of another length to be a slip."""
SHOWN = 12  # places of formulas
PAIRS = {"(": ")", "[": "]", "“": "”"}
CLOSES = {closing: opening for opening, closing in PAIRS.items()}
MARKS = re.compile(r"[()\[\]“”]")
LONE_MARK = re.compile(r"\[(\d{1,3})\]|(?<=[^\s\d⁰¹²³⁴-⁹])([⁰¹²³⁴-⁹]{1,2})(?!\w)")
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
UNIT_BEFORE = re.compile(r"(?:(?<!\w)|(?<=\d))(?:[kdcmh]?m|CO|10)\Z")
"""What a raised digit belongs to where it is no mark: ``m²``, ``km²``, ``CO²``."""


def check_structure(figures: Sequence[Figure], document: Document) -> Iterable[Finding]:
    """T1 to T4."""
    for figure in figures:
        yield from _list_length(figure, document)
    yield from _notes(document)
    yield from _sections(document.sections)
    for block in document.blocks:
        yield from _brackets(block, document)
    yield from _uncounted(document)


def _uncounted(document: Document) -> Iterator[Finding]:
    """T5: the formulas of a workbook that it keeps no result of, told together: their numbers are not read."""
    told = [remark for remark in document.remarks if remark.code == "uncounted"]
    if told:
        words = {"count": len(told), "cells": ", ".join(remark.detail for remark in told[:SHOWN])}
        words["more"] = "…" if len(told) > SHOWN else ""
        yield finding("FORMULA_UNCOUNTED", "T5", Level.WARN, span=(told[0].start, told[0].end), words=words)


def _lists_others(figure: Figure, listed: re.Match[str], document: Document) -> bool:
    """Whether a list names where counted things are: ``04 công trình tại các phường: …``, ``các xã có 3 thôn: …``."""
    clause = MARKS_OF_CLAUSES.split(document.text[max(0, figure.start - LONGEST_NAME) : figure.start])[-1]
    between = document.text[figure.end : listed.start(1)]
    many = has_syllable(fold(clause), "plural") or holds_word(between, "plural")
    return many or len(between) > SHORT or has_syllable(fold(between), "located")


def _list_length(figure: Figure, document: Document) -> Iterator[Finding]:
    """T1: "06 Đình, Đền: …" lists six names. Only lists of proper names without figures of their own are counted."""
    value = figure.value
    if value is None or figure.decimals or not 2 <= value <= LONGEST_LIST or figure.total is not None:
        return
    m = ANNOUNCED.match(document.text, figure.end)
    items = _proper_names(m) if m else []
    if m is None or len(items) < 2:
        return
    counted = {len(items), len(items) + _joints(items[-1])}  # "A, B và C", but "Sở Giáo dục và Đào tạo"
    right = value in counted
    if not right and (
        _lists_others(figure, m, document) or (value > max(counted) and document.text[m.end(1) :].startswith(";"))
    ):
        return
    yield finding(
        "LIST_LENGTH_MATCH" if right else "LIST_LENGTH_DIFFERS",
        "T1",
        Level.PASS if right else Level.WARN,
        (figure,),
        words={"count": value_shown(figure), "found": value if right else max(counted)},
    )


def _proper_names(m: re.Match[str]) -> list[str]:
    """The names of a list that was announced; none where it breaks off or lists something else as well."""
    if any(mark in m.string[m.start(1) : m.end(1) + 3] for mark in UNFINISHED) or _goes_on(m[1]):
        return []
    items = [item.strip() for item in BRACKETED.sub("", m[1]).split(",")]
    named = all(len(item) <= LONGEST_NAME and any(word[:1].isupper() for word in item.split()) for item in items)
    return items if named else []


def _joints(words: str) -> int:
    """How often "và" joins two names within ``words``."""
    return sum(word in words_of("and") for word in fold(words).split()[1:-1])


def _goes_on(words: str) -> bool:
    """Whether a list breaks off behind "và", so that its last name stands somewhere else."""
    return any(word in words_of("and") for word in fold(words).split()[-1:])


def _notes(document: Document) -> Iterator[Finding]:
    """T2: every note has its mark, every mark its note, and plain numbers run on from one."""
    complete = True
    for finding_of_mark in _lone_marks(document):
        complete = False
        yield finding_of_mark
    for note in document.footnotes:
        if note.anchor is None:
            complete = False
            span = (note.start, note.end)
            yield finding("NOTE_WITHOUT_MARK", "T2", Level.FAIL, span=span, words={"mark": note.mark})
    numbered = [n for n in document.footnotes if n.mark.isdigit()]
    for before, after in pairwise(numbered):
        step = int(after.mark) - int(before.mark)
        if step != 1 and int(after.mark) != 1:  # marks may begin anew on each page
            complete = False
            words = {"before": before.mark, "after": after.mark}
            yield finding("NOTE_NUMBER_GAP", "T2", Level.FAIL, span=(after.start, after.end), words=words)
    if complete and document.footnotes:
        last = document.footnotes[-1]
        count = {"count": len(document.footnotes)}
        yield finding("NOTES_MATCH", "T2", Level.PASS, span=(last.start, last.end), words=count)


def _lone_marks(document: Document) -> Iterator[Finding]:
    """Marks that no note belongs to, lifted out or still in the text, told together, and notes of such marks."""
    known = {note.mark for note in document.footnotes}
    openings = {block.start for block in document.blocks}
    lifted = (r for r in document.remarks if r.code == "note_missing")
    alone: dict[str, tuple[int, int]] = {remark.detail: (remark.start, remark.end) for remark in lifted}
    for m in LONE_MARK.finditer(document.text):
        mark = m[1] or m[2].translate(LOWERED)
        if m[1] and m.start() in openings:
            yield finding("NOTE_WITHOUT_MARK", "T2", Level.WARN, span=m.span(), words={"mark": mark})
        elif mark not in known and not (m[2] and UNIT_BEFORE.search(document.text, max(0, m.start() - 8), m.start())):
            alone.setdefault(mark, m.span())
    if alone:
        words = {"count": len(alone), "marks": ", ".join(alone)}
        yield finding("MARK_WITHOUT_NOTE", "T2", Level.WARN, span=next(iter(alone.values())), words=words)


def _sections(sections: Sequence[Section]) -> Iterator[Finding]:
    """T3: numbers go up by one among the children of one parent; letters and stars are left alone."""
    numbered = (section for section in sections if _ordinal(section) is not None)
    for group in grouped(numbered, lambda section: (section.parent, section.level)).values():
        for before, after in pairwise(group):
            one, two = _ordinal(before), _ordinal(after)
            if one is not None and two is not None and two not in {one + 1, 1}:
                words = {"before": before.label, "after": after.label}
                span = (after.start, after.start + len(after.label))
                yield finding("SECTION_NUMBER_GAP", "T3", Level.WARN, span=span, words=words)


def _ordinal(section: Section) -> int | None:
    """The last number of a label: 3 of ``2.3.``, 4 of ``IV.``."""
    label = section.label.strip(" .):")
    last = label.rpartition(".")[2]
    if last.isdigit():
        return int(last)
    return _roman(last)


def _roman(text: str) -> int | None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    if not text or any(c not in values for c in text):
        return None
    numbers = [values[c] for c in text]
    return sum(-a if a < b else a for a, b in zip(numbers, [*numbers[1:], 0], strict=True))


def _brackets(block: Block, document: Document) -> Iterator[Finding]:
    """T4: what a paragraph opens it closes; list marks like ``a)`` close nothing."""
    if block.kind in {BlockKind.LETTERHEAD, BlockKind.CLOSING, BlockKind.TABLE}:
        return
    open_at: dict[str, list[int]] = {opening: [] for opening in PAIRS}
    for m in MARKS.finditer(document.text, block.start, block.end):
        if m[0] in PAIRS:
            open_at[m[0]].append(m.start())
        elif open_at[CLOSES[m[0]]]:
            open_at[CLOSES[m[0]]].pop()
    for opening, stack in open_at.items():
        if stack:
            words = {"mark": opening, "words": document.text[stack[0] + 1 : stack[0] + 41].replace("\n", " ")}
            yield finding("BRACKET_OPEN", "T4", Level.INFO, span=(stack[0], stack[0] + 1), words=words)
