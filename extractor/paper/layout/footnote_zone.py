"""Finds the notes at the foot of a page and the marks that the body answers them with.

In: the lines and rulings of one page. Out: the body lines, and the notes' lines grouped by mark. The hard idea: a
note block is small type that reaches down to the foot of the page and begins under a short rule, with a mark, or
both; a block that begins without a mark goes on from the page before. Marks may be raised, in brackets, or stars, and
may begin again on every page. This module pairs nothing: which mark answers which note is the assembler's judgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extractor.paper.layout.lines import RECOGNISED, Line
from extractor.paper.pdf.page_model import Rule

SMALLER = 0.93  # of the body's letters: notes are set smaller
SHORT_RULE = 260.0  # points: the rule over notes; a table's or letterhead's have text of body size below
FLUSH = 15.0  # points between the text's edge, specks included, and the start of its rule
NEAR = 30.0  # points between the rule and the first note
_PRINTED = regex.compile(r"(?:\((?P<mark>\d{1,3}|\*{1,3})\)|\[(?P<mark>\d{1,3}|\*{1,3})\]|(?P<mark>\*{1,3}))\s*(?=\S)")


@dataclass(slots=True)
class Note:
    """The lines of one note on one page; ``mark`` is None where it goes on from the page before."""

    mark: str | None
    lines: list[Line] = field(default_factory=list)


def split_notes(
    lines: Sequence[Line], rules: Sequence[Rule], body_size: float, *, open_note: bool, number: int = 1
) -> tuple[list[Line], list[Note]]:
    """The body's lines, and the notes under them; ``open_note``: the page before ended with a note.

    ``number`` is the next note's, for scans, in which marks do not survive.
    """
    first = _first_note_line(lines, rules, body_size, open_note=open_note)
    if first is None:
        return list(lines), []
    body, foot = list(lines[:first]), lines[first:]
    notes: list[Note] = []
    if any(run.font == RECOGNISED for line in foot for run in line.runs):
        return body, recover_notes(body, foot, number)
    raised = any(line.label for line in foot)
    for line in foot:
        mark = line.label or (None if raised else _take_printed_mark(line))
        if mark or not notes:
            notes.append(Note(mark or None))
        notes[-1].lines.append(line)
    if not raised:
        _lift_printed_marks(body, [note.mark for note in notes if note.mark])
    return body, notes


def _first_note_line(lines: Sequence[Line], rules: Sequence[Rule], body_size: float, *, open_note: bool) -> int | None:
    """The index where the foot's notes begin: under a rule, else at the first mark of the small type at the foot."""
    small = len(lines)
    while small and lines[small - 1].size <= SMALLER * body_size:
        small -= 1
    for rule in sorted(rules, key=lambda rule: rule.at):
        below = next((i for i, line in enumerate(lines) if line.baseline > rule.at), len(lines))
        if _stands_over_text(rule, lines, below) and (
            (below >= small and (open_note or lines[below].label or _PRINTED.match(lines[below].text)))
            or _rules_off_a_scan(rule, lines[below], lines)
            or _all_labelled_notes(lines[below:])
        ):
            return below
    return next((i for i in range(small, len(lines)) if lines[i].label), None)


def _stands_over_text(rule: Rule, lines: Sequence[Line], below: int) -> bool:
    """Whether line ``below`` stands right under the rule, and the line before it not on it."""
    if below == len(lines) or lines[below].top - rule.at > NEAR:
        return False
    return not below or lines[below - 1].baseline <= rule.at - 1


def _rules_off_a_scan(rule: Rule, head: Line, lines: Sequence[Line]) -> bool:
    """Whether a rule read off a scan parts text and notes: short, flush with the text, in the page's lower part."""
    recognised = any(run.font == RECOGNISED for run in head.runs)
    flush = abs(rule.start - min(line.x0 for line in lines)) < FLUSH
    low = rule.at > lines[0].baseline + 0.4 * (lines[-1].baseline - lines[0].baseline)
    return recognised and flush and low and rule.end - rule.start < SHORT_RULE


def _all_labelled_notes(foot: Sequence[Line]) -> bool:
    """Notes as large as the body: believed only where each paragraph under the rule opens with a raised mark."""
    left = min(line.x0 for line in foot)
    labelled = bool(foot[0].label) and all(line.label or line.x0 - left < 30 for line in foot)
    return labelled and len(foot) <= 12 and all(line.x1 > line.x0 for line in foot)


def _take_printed_mark(line: Line) -> str | None:
    """The mark that the note opens with on the line itself, ``(1)``, ``[1]`` or ``*``; it is cut off the text."""
    match = _PRINTED.match(line.text)
    if not match:
        return None
    line.lift(0, match.end(), "")
    line.marks = [(at, mark) for at, mark in line.marks if mark]
    return match.group("mark")


def _lift_printed_marks(body: Sequence[Line], marks: Sequence[str]) -> None:
    """Lifts each mark out of the body at the first place where it follows a word, in the order of the notes."""
    line_from, at_from = 0, 0
    for mark in marks:
        ink = regex.escape(mark)
        stars = r"(?<!\*)" + ink + r"(?!\*)"
        pattern = regex.compile(
            r"(?<=[\p{L}\d%”\"’)\]])\s?(?:\("
            + ink
            + r"\)|\["
            + ink
            + r"\]"
            + (f"|{stars}" if mark[0] == "*" else "")
            + ")"
        )
        for index in range(line_from, len(body)):
            match = pattern.search(body[index].text, at_from if index == line_from else 0)
            if match:
                body[index].lift(match.start(), match.end(), mark)
                line_from, at_from = index, match.start()
                break


_LABEL = regex.compile(r"[^\p{L}\d(]{0,2}\s?(?:[\"'“”‘’*°?!¹²³^`]{1,2}|\d{1,2}|)\s?(?=\p{Lu})")
_SCAR = regex.compile(r"(?<=[\p{L}%])(?<!\d[hg])(?:[\"”'’°*!?¹²³^`]{1,2}|\d{1,2})(?=[.,;:]?(?:\s|$))")


def recover_notes(body: Sequence[Line], foot: Sequence[Line], number: int) -> list[Note]:
    """The notes of a scanned page, whose marks came out as quotes, stars and circles if at all.

    A note begins at the first line of the block, and after a line that ends a sentence where a capital stands behind a
    scar, or where a mark was read. Marks count up from ``number``; where the body shows none, its scars answer them in
    order, between the marks that it shows, those that close no quotation first.
    """
    notes: list[Note] = []
    for line in foot:
        if line.label.isdigit():
            notes.append(Note(line.label, [line]))
            number = int(line.label) + 1
            continue
        match = _LABEL.match(line.text)
        before = notes[-1].lines[-1].text if notes else "."
        ended = bool(regex.search(r"[.;:)]\W{0,3}$", before))
        scarred = bool(
            match and match.end() and line.text[0] not in "-–+(" and not ("“" in line.text[:2] and "”" in line.text)
        )
        if not notes and line.text[:1].islower():
            notes.append(Note(None))
        elif not notes or (ended and scarred):
            if match:
                line.lift(0, match.end(), "")
                line.marks = []
            notes.append(Note(str(number)))
            number += 1
        notes[-1].lines.append(line)
    _answer_by_scars(body, [note.mark for note in notes if note.mark])
    return notes


def _answer_by_scars(body: Sequence[Line], marks: Sequence[str]) -> None:
    """Lifts a scar out for each of ``marks`` that the body does not show, in order, from the last to the first."""
    shown = {mark: (i, at) for i, line in enumerate(body) for at, mark in line.marks}
    scars = [(i, found.start(), found.end()) for i, line in enumerate(body) for found in _SCAR.finditer(line.text)]
    open_ones = [scar for scar in scars if _closes_nothing(body, scar[0], scar[1])]
    stretches: list[list[str]] = [[]]
    bounds = [(-1, -1)]
    for mark in marks:
        if mark in shown:
            bounds.append(shown[mark])
            stretches.append([])
        else:
            stretches[-1].append(mark)
    lifted: list[tuple[str, tuple[int, int, int]]] = []
    for missing, start, end in zip(stretches, bounds, [*bounds[1:], (len(body), 0)], strict=True):
        between = [scar for scar in open_ones if start < scar[:2] < end]
        if len(between) < len(missing):
            between = [scar for scar in scars if start < scar[:2] < end]
        lifted += zip(missing, between, strict=False)
    for mark, (i, at, behind) in reversed(lifted):
        body[i].lift(at, behind, mark)


def _closes_nothing(body: Sequence[Line], index: int, at: int) -> bool:
    """Whether the sign at ``at`` of line ``index`` closes no quotation that this line or the two above opened."""
    before = " ".join(line.text for line in body[max(index - 2, 0) : index]) + body[index].text[:at]
    open_quotes = 0
    for letter in before:
        if letter == "“":
            open_quotes += 1
        elif letter == "”" and open_quotes:
            open_quotes -= 1
    return not open_quotes and before.count('"') % 2 == 0
