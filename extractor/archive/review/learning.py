"""What corrections teach: rows for ``models/``, and mistakes that come back, each with the sentences it comes from.

In goes the journal, out come lessons. Some are whole rows: a name that people gave to a catalogue entry becomes an
alias, with who and when; an opening or ending that they keep taking off a name becomes padding, and a counted noun that
they keep writing becomes a unit; numbers that are right as an English typist reads them say how an office prints them.
Everything else that is corrected the same way more than once is listed with the table where the answer belongs, for a
person who knows reports. Nothing is written here, and what was undone teaches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from extractor.archive.row_types import CORRECTABLE, Event, Record
from extractor.domain.document import Document
from extractor.domain.folding import fold
from extractor.domain.lexicon import NO_ROWS, rows_over
from extractor.domain.period import read_period
from extractor.domain.unit import COUNT, UNITS, is_unit, read_unit
from extractor.language.lexer.numerals import STYLES, Style, style_of
from extractor.pipeline import extract_text
from extractor.statistics.catalogue import ALIASES, indicators, name_key
from extractor.statistics.matching import PADDING, match_indicator, strip_padding
from extractor.statistics.source_sentence import mask_names, sentence_of

if TYPE_CHECKING:
    from extractor.archive.queries import ReadingRoom

TABLES = {
    **dict.fromkeys(("status", "kind", "bound", "comparisons", "period"), "vocabulary/phrases.csv"),
    **dict.fromkeys(("indicator", "qualifier", "parent"), "vocabulary/words.csv"),
    **dict.fromkeys(("value", "value_max", "total", "unit"), UNITS),
    "area": "catalogue/areas.csv",
    "reject": "vocabulary/references.csv",
    "add": UNITS,
}
"""Where the answer to a correction of a field belongs; ``reject`` and ``add`` are what was no figure, or was missed."""

NUMBER_STYLE = "number_style"
"""What a lesson is called that tells which mark groups thousands."""

REPEATED = 2
"""A mistake that was corrected once may be the report's; twice the same way is the machine's."""

SHORT_NAME = 3
"""A name of fewer syllables than this is an alias only under the entry that it stands below."""

MOST_LINES = 10_000
SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing to learn: ``row`` is ready for ``table``, or None where a person must find the words.

    It was met in so many ``reports``.
    """

    kind: str  # alias, padding, unit, same_unit, number_style, or the field that was corrected, reject, add
    table: str
    before: str
    after: str
    count: int
    sentences: tuple[str, ...]
    by: str = ""
    on: str = ""
    row: Mapping[str, str] | None = None
    reports: int = 1


@dataclass(frozen=True, slots=True)
class _Case:
    """One record that a correction was about, and the line of the journal that says so."""

    line: Event
    record: Record
    sentence: str


def learn_from(store: ReadingRoom, teaches: Callable[[Record], bool] = lambda _: True) -> list[Lesson]:
    """All lessons of a store over the package's words: rows first, the most frequent first among each kind.

    A record that does not ``teach`` is passed over with all that was decided about it.
    """
    with rows_over(NO_ROWS):
        cases = [_case(store, line, record) for line, record in _standing(store) if teaches(record)]
        found = [*_aliases(store, cases, teaches), *_repeated(cases)]
    return sorted(found, key=lambda one: (one.row is None, one.kind, -one.count, one.before, one.after))


def _standing(store: ReadingRoom) -> list[tuple[Event, Record]]:
    """Corrections, rejections and added figures that nobody has taken back, oldest first."""
    lines = store.events(kinds=("correct", "reject", "add", "undo"), limit=MOST_LINES)
    undone = {line.undoes for line in lines if line.kind == "undo"}
    kept = [line for line in reversed(lines) if line.kind != "undo" and line.seq not in undone]
    return [(line, store.record(line.record_id)) for line in kept if line.record_id is not None]


def _case(store: ReadingRoom, line: Event, record: Record) -> _Case:
    text = store.reading(record.reading_id).text
    return _Case(line, record, sentence_of(Document(text), record.start, record.end))


# --------------------------------------------------------------------------------------------------------- aliases


def _aliases(store: ReadingRoom, cases: Iterable[_Case], teaches: Callable[[Record], bool]) -> Iterator[Lesson]:
    """Names that people gave to an entry, by a yes to a proposal or by a correction, and that decide nothing yet."""
    given: dict[tuple[str, str], list[tuple[Event, list[_Case]]]] = {}
    for name, entry, line, same in (*_confirmed(store, teaches), *_renamed(cases)):
        given.setdefault((name_key(name), entry), []).append((line, same))
    for (_, entry), lines in given.items():
        seen = {case.record.id: case for _, found in lines for case in found}
        if seen:
            yield from _alias(entry, lines[0][0], sorted(seen.values(), key=_by_words))


def _by_words(case: _Case) -> tuple[str, ...]:
    """What orders cases by what they say, whoever decided first."""
    record = case.record
    return tuple(word or "" for word in (record.indicator, record.parent, record.unit, record.qualifier, case.sentence))


def _confirmed(store: ReadingRoom, teaches: Callable[[Record], bool]) -> Iterator[tuple[str, str, Event, list[_Case]]]:
    """Each yes to a proposal: the name, the entry, who said so, and the records that were decided by it."""
    confirmed = store.events(kinds=("alias",), limit=MOST_LINES)[::-1]
    records = [(line, store.record(line.record_id)) for line in confirmed if line.record_id is not None]
    decided = [_case(store, line, record) for line, record in records if teaches(record)]
    for line in confirmed:
        if line.record_id is None:
            name, entry = str(line.patch["alias"]), str(line.patch["indicator"])
            same = [c for c in decided if c.record.indicator == name and c.record.indicator_id == entry]
            yield name, entry, line, same


def _renamed(cases: Iterable[_Case]) -> Iterator[tuple[str, str, Event, list[_Case]]]:
    """The same for each correction that gave a record an entry of the catalogue."""
    for case in cases:
        corrected = str(case.line.patch.get("indicator_id") or "")
        if case.line.kind == "correct" and corrected in indicators() and case.record.indicator:
            yield case.record.indicator, corrected, case.line, [case]


def _alias(entry: str, line: Event, cases: Sequence[_Case]) -> Iterator[Lesson]:
    first = cases[0].record
    name = first.indicator or ""
    parents = {case.record.parent for case in cases}
    known = match_indicator(name, parent=first.parent, unit=first.unit, qualifier=first.qualifier)
    if (known.match == "alias" and known.indicator_id == entry) or name_key(name) == name_key(first.unit or ""):
        return  # known already, or only the counted noun, which names nothing
    under = ""
    if len(name_key(name).split()) < SHORT_NAME and len(parents) == 1:
        above = match_indicator(first.parent)
        under = above.indicator_id or "" if above.match == "alias" else ""
    row = {
        "alias": name,
        "indicator": entry,
        "under": under,
        "example": _example(cases, name),
        "by": line.actor,
        "on": line.at[:10],
    }
    after = indicators()[entry].name_vi
    told = _sentences(cases)
    yield Lesson("alias", ALIASES, name, after, len(cases), told, line.actor, line.at[:10], row, _reports(cases))


def _example(cases: Sequence[_Case], name: str) -> str:
    """The shortest words of the report in which the machine reads ``name`` by itself; else the name with its value."""
    tried: list[str] = []
    for case in cases:
        tried += [case.sentence, *(part for mark in ("; ", ", ") for part in case.sentence.split(mark))]
    spelled = [f"{name} {case.record.quote}" for case in cases]
    for text in sorted({mask_names(t.strip()) for t in tried if name_key(name) in name_key(t)}, key=len):
        if any(name_key(f.indicator or "") == name_key(name) for f in extract_text(text)):
            return text.rstrip(".;,")
    return mask_names(spelled[0])


# -------------------------------------------------------------------------------------------------------- repeated


def _repeated(cases: Iterable[_Case]) -> Iterator[Lesson]:
    """Corrections of one kind, made more than once."""
    groups: dict[tuple[str, str, str], list[_Case]] = {}
    for case in cases:
        for change in _changes(case):
            groups.setdefault(change, []).append(case)
    for (field, before, after), same in groups.items():
        if len({case.record.id for case in same}) >= REPEATED:
            kind, table, row = _row(field, before, after, same)
            last = same[-1].line
            told, by = _sentences(same), (last.actor, last.at[:10])
            yield Lesson(kind, table, before, after, len(same), told, *by, row, _reports(same))


def _changes(case: _Case) -> Iterator[tuple[str, str, str]]:
    """What was corrected, as (field, before, after), so told that two corrections of one kind are the same."""
    line, record = case.line, case.record
    told = line.patch.get("value") if line.kind == "correct" else record.value if line.kind == "add" else None
    style = Style.VIETNAMESE if told is None else style_of(record.quote, Decimal(str(told)))
    if style is not Style.VIETNAMESE:
        yield NUMBER_STYLE, Style.VIETNAMESE.value, style.value
    elif line.kind == "reject":
        yield "reject", record.unit or "", ""
    elif line.kind == "add":
        yield "add", "", record.unit or ""
    elif line.kind == "correct":
        for field in CORRECTABLE:
            if field in line.patch and field != "indicator_id":
                yield from _change(field, line.old.get(field), line.patch[field])


def _change(field: str, before: Any, after: Any) -> Iterator[tuple[str, str, str]]:
    if field == "indicator":
        yield from _trimmed(str(before or ""), str(after or ""))
    elif field == "period":
        yield field, _frequency(before), _frequency(after)
    elif field in {"value", "value_max", "total", "comparisons"}:
        yield field, "", ""
    else:
        yield field, str(before or ""), str(after or "")


def _trimmed(before: str, after: str) -> Iterator[tuple[str, str, str]]:
    """The words that were taken off one end of a name; a name that was written anew teaches nothing."""
    long, short = fold(before), fold(after)
    if short and long.endswith(f" {short}"):
        yield "open", long.removesuffix(short).strip(), ""
    elif short and long.startswith(f"{short} "):
        yield "close", long.removeprefix(short).strip(), ""


def _frequency(label: Any) -> str:
    period = read_period(str(label)) if label else None
    return period.freq if period else ""


def _row(field: str, before: str, after: str, cases: Sequence[_Case]) -> tuple[str, str, Mapping[str, str] | None]:
    """What kind of lesson a repeated correction is, the table it belongs to, and the row where one can be made."""
    if field in {"open", "close"}:
        name = str(cases[0].line.old.get("indicator") or "")
        row = {"side": field, "words": before, "example": name}
        return "padding", PADDING, row if strip_padding(fold(name)) == fold(name) else None
    if field in {"unit", "add"} and (noun := _noun(after)):
        row = {"unit": noun, "kind": COUNT, "family": COUNT, "canonical": "", "factor": "1"}
        return "unit", UNITS, {**row, "example": _counted(cases[0], noun)}
    if field == NUMBER_STYLE:
        return field, STYLES, {"style": after, "example": _counted(cases[0], cases[0].record.unit or "")}
    known = read_unit(after)
    if field == "unit" and known and before and before == _noun(before):
        row = {"unit": before, "kind": known.kind, "family": known.family, "canonical": known.canonical}
        return "same_unit", UNITS, {**row, "factor": format(known.factor, "f"), "example": _counted(cases[0], before)}
    return field, TABLES[field], None


def _noun(printed: str) -> str:
    """The counted noun of a unit, if the table has none: ``ngàn lượt khách``; none of ``tỷ đồng``, ``đồng/kg``."""
    unit = read_unit(printed)
    return unit.canonical if unit and unit.family == COUNT and not is_unit(unit.canonical) else ""


def _counted(case: _Case, noun: str) -> str:
    """The printed number with the noun behind it."""
    number = "".join(c for c in case.record.quote if c.isdigit() or c in ".,").strip(".,")
    return f"{case.record.indicator or noun} {number} {noun}".strip()


def _reports(cases: Sequence[_Case]) -> int:
    return len({case.record.item_id for case in cases})


def _sentences(cases: Sequence[_Case]) -> tuple[str, ...]:
    """A few sentences to judge by, without the names of private persons."""
    return tuple(dict.fromkeys(mask_names(case.sentence) for case in cases))[:SENTENCES]
