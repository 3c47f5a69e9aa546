"""What people say of the entries of names: whose they are, whose they are not, and which words keep two of them apart.

In go the corrections and the answers to proposals, out come rows: an alias where a name was given to an entry, a
refusal where the machine was sure of one that people took away, and a contrast where a likeness deceived it by one
word. What people decided otherwise about the same name speaks against each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from extractor.archive.review.lesson import Case, Lesson, lesson_of
from extractor.archive.row_types import Event, Record
from extractor.pipeline import extract_text
from extractor.statistics.catalogue import ALIASES, REFUSALS, indicators, name_key
from extractor.statistics.matching import CONTRASTS, contrast, fits, match_indicator, misread_for
from extractor.statistics.source_sentence import mask_names

if TYPE_CHECKING:
    from extractor.archive.queries import ReadingRoom

SHORT_NAME = 3
"""A name of fewer syllables than this is an alias only under the entry that it stands below."""

MOST_LINES = 10_000
SURE = "alias"
"""The match of a record whose entry stands."""

Given = tuple[str, str, Event, Sequence[Case]]
"""A name, an entry, who said so, and the records that were decided by it."""


def entry_lessons(
    store: ReadingRoom, cases: Sequence[Case], decided: Sequence[Record], case_of: Callable[[Event], Case | None]
) -> Iterator[Lesson]:
    """The lessons of ``cases`` and of answers about entries; ``decided`` are all records that people judged."""
    by_name: dict[str, list[Record]] = {}
    for record in decided:
        by_name.setdefault(name_key(record.indicator or ""), []).append(record)
    given = [*_answered(store, SURE, case_of), *_renamed(cases)]
    taken = [*_answered(store, f"no_{SURE}", case_of), *_taken_away(cases)]
    yield from _aliases(given, by_name)
    yield from _refusals(taken, given, by_name)


def _answered(store: ReadingRoom, kind: str, case_of: Callable[[Event], Case | None]) -> Iterator[Given]:
    """Each answer to a proposal, a yes or a no, with the records that it settled."""
    lines = store.events(kinds=(kind,), limit=MOST_LINES)[::-1]
    settled = [case for case in map(case_of, lines) if case is not None]
    for line in lines:
        if line.record_id is None:
            name, entry = str(line.patch["alias"]), str(line.patch["indicator"])
            same = [
                case
                for case in settled
                if case.record.indicator == name
                and entry in (case.line.old.get("indicator_id"), case.record.indicator_id)
            ]
            yield name, entry, line, same


def _renamed(cases: Iterable[Case]) -> Iterator[Given]:
    """The same for each correction that gave a record an entry of the catalogue."""
    for case in cases:
        corrected = str(case.line.patch.get("indicator_id") or "")
        if case.line.kind == "correct" and corrected in indicators() and case.record.indicator:
            yield case.record.indicator, corrected, case.line, [case]


def _taken_away(cases: Iterable[Case]) -> Iterator[Given]:
    """The same for each correction that took an entry away, for another one or for none."""
    for case in cases:
        before = str(case.line.old.get("indicator_id") or "")
        if case.line.kind == "correct" and "indicator_id" in case.line.patch and before in indicators():
            name = case.line.old.get("indicator", case.record.indicator)
            if name and name_key(str(name)) == name_key(case.record.indicator or ""):
                yield str(name), before, case.line, [case]


def _gathered(told: Iterable[Given]) -> Iterator[tuple[str, Event, list[Case]]]:
    """Each entry with the records of one name that were decided so, those of one name together."""
    found: dict[tuple[str, str], list[tuple[Event, Sequence[Case]]]] = {}
    for name, entry, line, same in told:
        found.setdefault((name_key(name), entry), []).append((line, same))
    for (_, entry), lines in found.items():
        seen = {case.record.id: case for _, cases in lines for case in cases}
        if seen:
            yield entry, lines[0][0], sorted(seen.values(), key=_by_words)


def _by_words(case: Case) -> tuple[str, ...]:
    """What orders cases by what they say, whoever decided first."""
    record = case.record
    return tuple(word or "" for word in (record.indicator, record.parent, record.unit, record.qualifier, case.sentence))


# --------------------------------------------------------------------------------------------------------- aliases


def _aliases(given: Iterable[Given], by_name: dict[str, list[Record]]) -> Iterator[Lesson]:
    """Names that people gave to an entry and that do not decide it yet."""
    for entry, line, cases in _gathered(given):
        first = cases[0].record
        name = first.indicator or ""
        known = match_indicator(name, parent=first.parent, unit=first.unit, qualifier=first.qualifier)
        if (known.match == SURE and known.indicator_id == entry) or name_key(name) == name_key(first.unit or ""):
            continue  # known already, or only the counted noun, which names nothing
        under = _under(name, {case.record.parent for case in cases})
        row = {
            "alias": name,
            "indicator": entry,
            "under": under,
            "example": _example(cases, name),
            "by": line.actor,
            "on": line.at[:10],
        }
        others = {
            record.item_id
            for record in by_name.get(name_key(name), ())
            if record.match == SURE and record.indicator_id != entry
            if fits(name_key(name), record.unit, indicators()[entry]) and (not under or record.parent == first.parent)
        }
        yield lesson_of(SURE, ALIASES, (name, indicators()[entry].name_vi), cases, row, others, line)


def _under(name: str, parents: set[str | None]) -> str:
    """The entry below which alone a short name holds; "" where it holds anywhere."""
    if len(name_key(name).split()) >= SHORT_NAME or len(parents) != 1:
        return ""
    above = match_indicator(next(iter(parents)))
    return above.indicator_id or "" if above.match == SURE else ""


def _example(cases: Sequence[Case], name: str) -> str:
    """The shortest words of the report in which the machine reads ``name`` by itself; else the name with its value."""
    tried: list[str] = []
    for case in cases:
        tried += [case.sentence, *(part for mark in ("; ", ", ") for part in case.sentence.split(mark))]
    spelled = [f"{name} {case.record.quote}" for case in cases]
    for text in sorted({mask_names(t.strip()) for t in tried if name_key(name) in name_key(t)}, key=len):
        if any(name_key(f.indicator or "") == name_key(name) for f in extract_text(text)):
            return text.rstrip(".;,")
    return mask_names(spelled[0])


# -------------------------------------------------------------------------------------------------------- refusals


def _refusals(taken: Iterable[Given], given: Sequence[Given], by_name: dict[str, list[Record]]) -> Iterator[Lesson]:
    """Names that people took from an entry: the words that told them apart, or the very name."""
    apart: dict[tuple[str, str], list[Case]] = {}
    for entry, _, cases in _gathered(taken):
        first = cases[0].record
        name = first.indicator or ""
        known = match_indicator(name, parent=first.parent, unit=first.unit, qualifier=first.qualifier)
        if known.indicator_id != entry:
            continue  # the package has learned better
        pair = misread_for(name_key(name), entry) if known.match != SURE else None
        if pair is not None:
            apart.setdefault(pair, []).extend(cases)
            continue
        row = {"name": name, "indicator": entry, "example": f"{name} {first.quote}"}
        others = {r.item_id for r in by_name.get(name_key(name), ()) if (r.match, r.indicator_id) == (SURE, entry)}
        yield lesson_of("refusal", REFUSALS, (name, indicators()[entry].name_vi), cases, row, others)
    for (left, right), cases in apart.items():
        if contrast(left, right) is None:
            said = {(name_key(name), entry): same for name, entry, _, same in given}
            same = [
                case for (key, entry), told in said.items() if misread_for(key, entry) == (left, right) for case in told
            ]
            name = name_key(cases[0].record.indicator or "")
            other = f" {name} ".replace(f" {left} ", f" {right} ").strip()
            row = {"left": left, "right": right, "example_left": name, "example_right": other}
            others = {case.record.item_id for case in same}
            yield lesson_of("contrast", CONTRASTS, (left, right), cases, row, others)
