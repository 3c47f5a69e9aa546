"""What corrections teach: rows for ``models/``, and mistakes that come back, each with the sentences it comes from.

In goes the journal, out come lessons. Some are whole rows: what people say of the entries of names (``entry_lessons``);
an opening or ending that they keep taking off a name becomes padding, and a counted noun that they keep writing becomes
a unit; numbers that are right as an English typist reads them say how an office prints them; a place that they call
otherwise is called so, and a word that no report holds but this scanner's is the word that they put for it.
Everything else that is corrected the same way more than once is listed with the table where the answer belongs, for a
person who knows reports. Nothing is written here, and what was undone, or said by one of two judges, teaches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extractor.archive.review.entry_lessons import entry_lessons
from extractor.archive.review.lesson import Case, Lesson, lesson_of
from extractor.archive.row_types import CORRECTABLE, REVIEWED, RIGHT, Event, Filter, Record, State
from extractor.domain.document import Document
from extractor.domain.folding import fold
from extractor.domain.lexicon import NO_ROWS, rows_over
from extractor.domain.period import read_period
from extractor.domain.unit import COUNT, UNITS, is_unit, read_unit
from extractor.language.lexer.compounds import is_common
from extractor.language.lexer.numerals import STYLES, Style, style_of
from extractor.language.lexer.phrase_matcher import SPELLINGS
from extractor.statistics.matching import PADDING, are_alike, strip_padding
from extractor.statistics.places.areas import PLACE_NAMES
from extractor.statistics.source_sentence import sentence_of

if TYPE_CHECKING:
    from extractor.archive.queries import ReadingRoom

TABLES = {
    **dict.fromkeys(("status", "kind", "bound", "comparisons", "period"), "vocabulary/phrases.csv"),
    **dict.fromkeys(("indicator", "qualifier", "parent"), "vocabulary/words.csv"),
    **dict.fromkeys(("value", "value_max", "total", "unit"), UNITS),
    "area": PLACE_NAMES,
    "reject": "vocabulary/references.csv",
    "add": UNITS,
}
"""Where the answer to a correction of a field belongs; ``reject`` and ``add`` are what was no figure, or was missed."""

NUMBER_STYLE = "number_style"
"""What a lesson is called that tells which mark groups thousands."""

REPEATED = 2
"""A mistake that was corrected once may be the report's; twice the same way is the machine's."""

SLIP = "slip"
"""What a lesson is called that tells how a scanner misreads a word."""

WORDED = ("indicator", "qualifier", "parent", "unit")
"""Fields that hold words of the report."""

MOST_LINES = 10_000
MOST_RECORDS = 10_000  # of one report
AT_HAND = 32
"""Texts of reports that are kept while cases are gathered."""


def learn_from(store: ReadingRoom, teaches: Callable[[Record], bool] = lambda _: True) -> list[Lesson]:
    """All lessons of a store over the package's words: rows first, the most frequent first among each kind.

    A record that does not ``teach`` is passed over with all that was decided about it.
    """

    @lru_cache(maxsize=AT_HAND)
    def text_of(reading_id: int) -> Document:
        return Document(store.reading(reading_id).text)

    def case_of(line: Event) -> Case | None:
        record = store.record(line.record_id) if line.record_id is not None else None
        if record is None or not teaches(record):
            return None
        return Case(line, record, sentence_of(text_of(record.reading_id), record.start, record.end))

    with rows_over(NO_ROWS):
        cases = [case for case in map(case_of, _standing(store)) if case is not None]
        decided = [record for record in _decided(store) if teaches(record)]
        found = [*entry_lessons(store, cases, decided, case_of), *_repeated(cases, decided)]
    return sorted(found, key=lambda one: (one.row is None, one.kind, -one.count, one.before, one.after))


def _standing(store: ReadingRoom) -> list[Event]:
    """Corrections, rejections and added figures that count and that nobody has taken back, oldest first."""
    lines = store.events(kinds=("correct", "reject", "add", "undo", "recheck"), limit=MOST_LINES)
    undone = {line.undoes for line in lines if line.kind == "undo"}
    undone |= {line.undoes for line in lines if line.kind == "recheck" and line.seq not in undone}
    return [line for line in reversed(lines) if line.patch.get("state") in DECIDING and line.seq not in undone]


DECIDING = frozenset({*(state.value for state in REVIEWED)} - {State.ACCEPTED.value})
"""States into which a line brings a record that teaches: one vote of two brings it into none of them."""


def _decided(store: ReadingRoom) -> list[Record]:
    """All records that somebody has read and judged."""
    found = []
    for item_id in store.item_ids():
        unread = store.unread_of(item_id)
        records = store.queue(Filter(item=item_id, states=REVIEWED, order="place"), limit=MOST_RECORDS)
        found += [record for record in records if record.id not in unread]
    return found


# -------------------------------------------------------------------------------------------------------- repeated


def _repeated(cases: Iterable[Case], decided: Sequence[Record]) -> Iterator[Lesson]:
    """Corrections of one kind, made more than once."""
    groups: dict[tuple[str, str], dict[str, list[Case]]] = {}
    for case in cases:
        for field, before, after in _changes(case):
            groups.setdefault((field, before), {}).setdefault(after, []).append(case)
    for (field, before), changed in groups.items():
        for after, same in changed.items():
            if len({case.record.id for case in same}) >= REPEATED:
                kind, table, row = _row(field, before, after, same)
                others = {one.record.item_id for told in changed.values() if told is not same for one in told}
                if row is not None:
                    others |= {record.item_id for record in decided if _lets_stand(record, field, before)}
                yield lesson_of(kind, table, (before, after), same, row, others)


def _lets_stand(record: Record, field: str, before: str) -> bool:
    """Whether people let stand in a record what was corrected in others."""
    if record.state not in RIGHT:
        return False
    if field in {"open", "close"}:
        name = fold(record.indicator or "")
        return name.startswith(f"{before} ") if field == "open" else name.endswith(f" {before}")
    if field == SLIP:
        return any(before in str(getattr(record, name) or "").lower().split() for name in WORDED)
    stands = str(getattr(record, field) or "") if field in {"unit", "area"} else None
    return stands == before and (field == "area" or bool(before))  # many a figure has no unit by rights


def _changes(case: Case) -> Iterator[tuple[str, str, str]]:
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
        for field in (name for name in CORRECTABLE if name in line.patch and name != "indicator_id"):
            yield from _change(field, line.old.get(field), line.patch[field])


def _change(field: str, before: Any, after: Any) -> Iterator[tuple[str, str, str]]:
    if field in WORDED:
        yield from _slips(str(before or ""), str(after or ""))
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


def _slips(before: str, after: str) -> Iterator[tuple[str, str, str]]:
    """The words that a scanner misread: no report is written with them, and all others of the name stay."""
    pairs = [*zip(before.lower().split(), after.lower().split(), strict=False)]
    changed = [(written, meant) for written, meant in pairs if fold(written) != fold(meant)]
    if len(before.split()) == len(after.split()) and 0 < len(changed) <= max(1, len(pairs) // 2):
        for written, meant in changed:
            if are_alike(written, meant) and is_common(fold(meant)) and not is_common(fold(written)):
                yield SLIP, written, meant


def _frequency(label: Any) -> str:
    period = read_period(str(label)) if label else None
    return period.freq if period else ""


def _row(field: str, before: str, after: str, cases: Sequence[Case]) -> tuple[str, str, Mapping[str, str] | None]:
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
    if field == SLIP:
        return field, SPELLINGS, {"written": before, "meant": after, "example": f"12 {before}"}
    if field == "area" and after:
        return "place", PLACE_NAMES, {"written": before, "meant": after, "example": before}
    known = read_unit(after)
    if field == "unit" and known and before and before == _noun(before):
        row = {"unit": before, "kind": known.kind, "family": known.family, "canonical": known.canonical}
        return "same_unit", UNITS, {**row, "factor": format(known.factor, "f"), "example": _counted(cases[0], before)}
    return field, TABLES[field], None


def _noun(printed: str) -> str:
    """The counted noun of a unit, if the table has none: ``ngàn lượt khách``; none of ``tỷ đồng``, ``đồng/kg``."""
    unit = read_unit(printed)
    return unit.canonical if unit and unit.family == COUNT and not is_unit(unit.canonical) else ""


def _counted(case: Case, noun: str) -> str:
    """The printed number with the noun behind it."""
    number = "".join(c for c in case.record.quote if c.isdigit() or c in ".,").strip(".,")
    return f"{case.record.indicator or noun} {number} {noun}".strip()
