"""A row of a table → drafts of figures: its values, each with the comparisons of the columns behind it.

In: the cells of a row, what holds for the whole table (``Setting``), what the rows above leave (``Above``). Out: the
drafts, what the other digits are, and what this row leaves to those below: its unit, what its details are parts of,
what a row of words alone announced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import regex

from extractor.domain.document import Cell
from extractor.domain.figure import Base, Measure, Status
from extractor.domain.period import year_of
from extractor.domain.unit import MEASURES
from extractor.language.lexer.numerals import Style
from extractor.language.lexer.quantities import Quantity, counted_in, family_of, unit_of
from extractor.language.reader.drafts import ComparisonDraft, Draft, Subject
from extractor.language.table_cells import Held, read_cell
from extractor.language.table_columns import MEASURED
from extractor.language.table_doubts import Leaning
from extractor.language.table_headers import Column, in_index, index_base, says, without_base, words_for
from extractor.language.table_layouts import time_of_row
from extractor.paper.sniff.syllables import is_syllable

STROKES = "-– "  # that often stand around a ditto mark
DITTO = "\"'”“„’‘´`»«″〃/, "


@dataclass(frozen=True, slots=True)
class TableReading:
    """Drafts with offsets of the whole text, and the spans of digits that are no figures with their labels.

    ``sentences`` are the cells that hold a text with numbers instead of one, each with the name of its row.
    """

    drafts: tuple[Draft, ...]
    labels: tuple[tuple[int, int, str], ...]
    sentences: tuple[tuple[Cell, Subject | None], ...] = ()


class Setting(NamedTuple):
    """What holds for every row of a table."""

    text: str
    style: Style
    columns: list[Column]
    unit: str | None  # of the caption
    period: str | None  # of the table: its caption's, else the report's
    dated: str | None  # the period that its caption gives
    names_indicators: bool  # the rows are indicators, the columns parts of them
    timed: str | None  # the header above rows that are times
    notes: frozenset[str]  # the marks of the document's notes
    leaning: Leaning  # the words that were not read surely
    caption: tuple[int, int]  # where the caption stands
    title: str | None  # what it says the table is about
    tells_when_or_where: bool  # the rows are times or places
    headings: frozenset[int]  # the rows that tell apart what stands below them


class Details(NamedTuple):
    """Parts that a line of its own announced: of what, how that is marked, how they are (None: not seen yet)."""

    parent: str | None
    over: str
    kind: str | None


class Band(NamedTuple):
    """A row of words alone: it names, or gives the unit of, what all rows below it tell until the next.

    ``base`` is what it holds them against where it makes an index of them: "Chỉ số phát triển (Năm trước = 100)".
    """

    name: str | None
    unit: str | None
    base: Base | None = None


class Heading(NamedTuple):
    """A row of words alone and how it is marked: the next row marked so does not stand below it."""

    name: str | None
    kind: str


class Above(NamedTuple):
    """What a row leaves to those below it."""

    unit: str | None = None
    parent: str | None = None
    group: str | None = None
    kind: str = ""  # how the row that may be a parent is marked
    details: Details | None = None
    band: Band | None = None
    listed: Band | None = None  # the marked row with a unit of its own that unmarked ones detail
    heading: Heading | None = None  # the row of words alone that tells this one from others of its name
    item: str | None = None  # the row marked by a dash right above, which "Trong đó" takes apart


class Row(NamedTuple):
    """What one row yields, and what it leaves."""

    drafts: list[Draft]
    labels: list[tuple[int, int, str]]
    sentences: list[tuple[Cell, Subject | None]]
    leaves: Above


class Named(NamedTuple):
    """Who a row is: its name, what it hangs on, its unit and whether that was handed down."""

    subject: Subject | None
    parent: str | None
    unit: str | None
    is_inherited: bool
    row: int
    doubts: tuple[str, ...]
    period: str | None = None
    status: Status | None = None
    band: str | None = None


def read_rows(
    rows: Iterable[list[Cell | None]], setting: Setting, first: int, labels: list[tuple[int, int, str]]
) -> TableReading:
    """The rows of a body from the top down; each hears what the one above it leaves."""
    drafts: list[Draft] = []
    sentences: list[tuple[Cell, Subject | None]] = []
    above = Above()
    for number, cells in enumerate(rows, first):
        read = _row(cells, setting, above, number)
        above = read.leaves
        drafts += read.drafts
        labels += read.labels
        sentences += read.sentences
    return TableReading(tuple(drafts), tuple(labels), tuple(sentences))


LABELS = {"index": "list_mark", "name": "name", "group": "name", "note": "note", "unit": "unit"}
"""What the digits of columns beside the figures are."""


def _row(cells: list[Cell | None], setting: Setting, above: Above, row: int) -> Row:
    """The figures of one row: a value a value column, each with the comparisons of the columns behind it."""
    setting = _indexed(setting, above)
    text, columns = setting.text, setting.columns
    held = [(cell, n) for n, cell in enumerate(cells) if cell]
    of_role: dict[str, list[Cell]] = {role: [] for role in LABELS}
    for cell, n in held:
        of_role.setdefault(columns[n].role, []).append(cell)
    name = _written(of_role["name"], text)
    mark = words_for("detail").match(name)
    time = time_of_row(setting.timed, name, setting.period) if setting.timed is not None else None
    subject = None if time else _subject(name, of_role["name"], mark.end() if mark else 0)
    place = _placed(of_role, setting, above, is_detail=mark is not None, is_named=subject is not None)
    who = _named(of_role, setting, above, subject, place, row, is_detail=mark is not None)
    if time is not None:
        who = who._replace(period=time[0], status=time[1])
    values = [(n, value) for cell, n in held if columns[n].role in MEASURED and (value := _held(cell, n, setting))]
    drafts = _figures(values, setting, who)
    labels = [*_labels(of_role), *_notes(values, cells, setting)]
    band = None if values else _band(cells, setting)
    leaves = _left(who, place, above, band, is_whole=not (drafts and mark), is_told=bool(drafts))
    if row in setting.headings and band is None:
        leaves = leaves._replace(heading=Heading(leaves.parent, leaves.kind))
    return Row(drafts, labels, _sentences(of_role, subject, text), leaves)


def _indexed(setting: Setting, above: Above) -> Setting:
    """The setting of a row, its columns those of an index where a row above makes one of what stands below it."""
    base = above.band.base if above.band else None
    return setting if base is None else setting._replace(columns=in_index(setting.columns, base))


def _named(
    of_role: dict[str, list[Cell]], setting: Setting, above: Above, subject: Subject | None, place: Above, row: int,
    *, is_detail: bool,
) -> Named:  # fmt: skip
    """Who a row is; what a row of words announced is no sum's where it gave no unit."""
    unit, is_inherited = _unit(of_role["unit"], setting, subject, above, is_detail=is_detail)
    is_sum = subject is not None and says(subject.text, "sum")
    band = above.band.name if above.band and (above.band.unit or not is_sum) else None
    doubts = _doubts_of(of_role, unit, setting)
    is_part = above.band is not None and above.band.unit and subject is not None and _names(subject.text)
    return Named(subject, place.parent or (band if is_part else None), unit, is_inherited, row, doubts, band=band)


def _left(who: Named, place: Above, above: Above, band: Band | None, *, is_whole: bool, is_told: bool) -> Above:
    """What a row leaves to those below it: ``is_whole`` where it is no detail, ``is_told`` where it has numbers."""
    if band is not None:
        return place._replace(unit=band.unit, parent=band.name, band=band, listed=None, heading=None)
    if who.subject is None or not is_whole:
        item = who.subject.text if who.subject and place.kind == "dash" else place.item
        return place._replace(unit=who.unit, parent=above.parent, kind=above.kind, item=item)
    leaves = place._replace(unit=who.unit, parent=who.subject.text, item=None)
    if is_told and place.kind not in UNMARKED:
        own = unit_of(who.subject.qualifier)
        leaves = leaves._replace(listed=Band(who.subject.text, own) if own else None)
    return leaves


def _held(cell: Cell, column: int, setting: Setting) -> Held | None:
    return read_cell(setting.text, cell, setting.style, counts=setting.columns[column].counted is not None)


def _placed(
    of_role: dict[str, list[Cell]], setting: Setting, above: Above, *, is_detail: bool, is_named: bool
) -> Above:
    """Where a row stands: in which group, how it is marked, among which parts, and what it is a part of."""
    group = " ".join(_written(of_role["group"], setting.text).split()) or above.group
    kind = _kind_of_mark(_written(of_role["index"], setting.text), _written(of_role["name"], setting.text))
    details = _details(above, kind, is_lone=is_detail and not is_named)
    listed = above.listed if kind in UNMARKED else None
    heading = above.heading if above.heading and _is_below(kind, above.heading.kind) else None
    of_list = listed.name if listed else heading.name if heading else None
    belongs = details.parent if details and details.kind == kind else group or of_list
    part_of = belongs if not is_detail else above.parent if kind else above.item or above.parent
    return Above(None, part_of, group, kind, details, above.band, listed, heading, above.item)


UNMARKED = ("", "dash")
"""The marks of rows that may detail the numbered row above them."""


def _band(cells: Sequence[Cell | None], setting: Setting) -> Band | None:
    """What a row tells that has one cell with words and no more, where they reach over the columns or tell a unit.

    It stands alone where all other rows are times, so that its words need not reach further.
    """
    text = setting.text
    filled = [cell for cell in cells if cell is not None and text[cell.start : cell.end].strip()]
    if len(filled) != 1:
        return None
    written = _without_translation(" ".join(text[filled[0].start : filled[0].end].split()))
    if unit_of(written):
        return Band(None, written)
    base, written = index_base(written, setting.period), without_base(written)
    found = _BANDED.match(written)
    unit = unit_of(found["unit"]) if found else None
    if found and unit:
        return Band(_LIST_MARK.sub("", _without_translation(found["name"])) or None, unit, base)
    is_told = base is not None or setting.timed is not None or filled[0].columns > 1
    return Band(_LIST_MARK.sub("", written), None, base) if is_told else None


_BANDED = regex.compile(r"^(?P<name>.*?)\s*\((?P<unit>[^()]*)\)$|^(?P<name>.*?)\s*[-–]\s*(?P<unit>[^-–]*)$")
"""The name and the unit of a row of words alone: "Diện tích lúa - Ha", "Cơ cấu - Structure (%)"."""


def _is_below(kind: str, heading: str) -> bool:
    """Whether a row marked as ``kind`` may stand below a heading: not one that is marked so too, or higher.

    >>> _is_below("number.2", "number"), _is_below("number", "number"), _is_below("roman", "number"), _is_below("", "")
    (True, False, False, True)
    """
    return not kind or heading not in LEVELS or LEVELS.index(kind) > LEVELS.index(heading)


def _kind_of_mark(label: str, name: str) -> str:
    """How a row is marked: by a number of one part or more, a Roman numeral, a letter, a dash, or by nothing.

    >>> [_kind_of_mark(*row) for row in (("12", "Thu"), ("IV", "Thu"), ("a)", "Thu"), ("", "- Thu"), ("", "Thu"))]
    ['number', 'roman', 'letter', 'dash', '']
    >>> [_kind_of_mark(*row) for row in (("", "1.2. Thu"), ("1,2", "Thu"), ("", "II Thu"), ("", "V Thu"))]
    ['number.2', 'number.2', 'roman', '']
    """
    written = label.strip(" .)") or name.strip()
    found = next(((kind, mark) for kind, shape in _MARKS.items() if (mark := shape.match(written))), None)
    if found is None:
        return ""
    parts = min(len(regex.findall(r"\d+", found[1][0])), 4)
    return found[0] if parts < 2 else f"{found[0]}.{parts}"


_MARKS = {
    "dash": regex.compile(r"[-–+*•]"),
    "number": regex.compile(r"\d{1,2}(?:[.,]\d{1,2})*(?:[.)]\s|$)"),  # a sheet makes "1,1" of 1.1
    "roman": regex.compile(r"(?![CL](?:[.)]\s|$))[IVXLC]{1,5}(?:[.)]\s|$|(?<=[IVX]{2})\s+\p{Lu})"),
    "capital": regex.compile(r"\p{Lu}(?:[.)]\s|$)"),
    "letter": regex.compile(r"\p{L}(?:[.)]\s|$)"),
}
LEVELS = ("capital", "roman", "number", "number.2", "number.3", "number.4", "letter", "dash")
"""How rows are marked, from the highest down."""


def _details(above: Above, kind: str, *, is_lone: bool) -> Details | None:
    """What a line "Trong đó:" of its own says of a row: the rows below it that are marked alike are parts.

    They end at a row marked as the whole is; without any mark only the first row is surely one.
    """
    if is_lone:
        return Details(above.parent, above.kind, None)
    told = above.details
    if told is None or told.kind == "" or (kind and kind == told.over):
        return None
    return told._replace(kind=kind) if told.kind is None else told


def _figures(values: Sequence[tuple[int, Held]], setting: Setting, who: Named) -> list[Draft]:
    """The figures of the numbers of one row, in the order of their columns."""
    columns = setting.columns
    drafts = {n: _draft(held.quantity, columns[n], setting, who) for n, held in values if columns[n].role != "ratio"}
    alone: list[Draft] = []
    for n, held in values:
        column, target = columns[n], drafts.get(n)
        if column.role == "ratio":
            target = _target(n, setting, drafts)
            if target is None:
                target = _draft_alone(held.quantity, n, setting, who)
                alone.append(target)
            else:
                target.comparisons.append(_comparison(held.quantity, column, target, who))
        if held.aside is not None and target is not None:
            target.comparisons.append(_comparison(held.aside, _of_aside(held.aside, column), target, who))
    return sorted([*drafts.values(), *alone], key=lambda draft: draft.start)


def _of_aside(share: Quantity, column: Column) -> Column:
    """What a percentage in brackets behind a number tells: its share of a total, or by how much it rose or fell."""
    base = column.base if column.role == "ratio" else Base.OTHER if share.sign else Base.TOTAL
    return column._replace(base=base, absolute=False)


def _doubts_of(of_role: dict[str, list[Cell]], unit: str | None, setting: Setting) -> tuple[str, ...]:
    """The doubts of a row's name and of its unit, which stands in its cell or in the caption."""
    named = setting.leaning.of_name(setting.text, _spans(of_role["name"]))
    return named + setting.leaning.of_unit(unit, [*_spans(of_role["unit"])] or [setting.caption])


def _spans(cells: Iterable[Cell]) -> Iterator[tuple[int, int]]:
    return ((cell.start, cell.end) for cell in cells)


def _written(cells: list[Cell], text: str) -> str:
    """The text of the first cell; empty where there is none."""
    return text[cells[0].start : cells[0].end] if cells else ""


def _unit(
    units: list[Cell], setting: Setting, subject: Subject | None, above: Above, *, is_detail: bool
) -> tuple[str | None, bool]:
    """The unit of a row, and whether nothing but the row above tells it.

    It stands in a cell of its own, in brackets behind the name, in a row of words above, or in the caption. A ditto
    mark in the cell repeats the one above; another lone sign (``-``) says that there is none. A count of things
    (``người``) passes to details only.
    """
    own = _written(units, setting.text).strip()
    marks = own.strip(STROKES)
    if marks and (not marks.strip(DITTO) or says(own, "ditto")):
        return above.unit, False
    if own:
        is_said = any(map(str.isalnum, own)) or "%" in own or "‰" in own
        return _unbroken(own.strip(DITTO)) if is_said else None, False
    told = unit_of(subject.qualifier) if subject else None
    told = told or (above.band.unit if above.band else None)
    told = told or _of_table(setting, counted_in(subject.text) if subject else None)
    return (told, False) if told is not None else _handed_down(setting.columns, above, is_detail=is_detail)


def _unbroken(unit: str) -> str:
    """A unit whose last word a narrow cell broke, joined where that is the one unit that it can be.

    >>> _unbroken("Triệu đồng/nă m"), _unbroken("triệu đồng"), _unbroken("thùng phuy lớn")
    ('Triệu đồng/năm', 'triệu đồng', 'thùng phuy lớn')
    """
    joined = {unit[: at.start()] + unit[at.end() :] for at in regex.finditer(r"\s+", unit)} if not unit_of(unit) else ()
    known = [each for each in joined if unit_of(each)]
    return known[0] if len(known) == 1 else unit


def _handed_down(columns: Sequence[Column], above: Above, *, is_detail: bool) -> tuple[str | None, bool]:
    """The unit that a row takes from those above it, where nothing else tells one."""
    of_list = above.listed.unit if above.listed else None
    if of_list and not any(column.role == "unit" for column in columns):
        return of_list, True
    passes = is_detail or _passes(above.unit, columns)
    return (above.unit, True) if above.unit and passes else (None, False)


def _of_table(setting: Setting, counted: str | None) -> str | None:
    """The unit of the caption; where that measures, what is ``counted`` keeps its noun: "Số dự án" under "tỷ đồng"."""
    return counted if counted and (setting.unit is None or family_of(setting.unit) in MEASURES) else setting.unit


def _passes(unit: str | None, columns: Sequence[Column]) -> bool:
    """Whether the unit of a row goes on below it where nothing else is said."""
    return any(column.role == "unit" for column in columns) or (unit is not None and family_of(unit) in PASSED)


PASSED = frozenset({"area", "mass", "volume", "money"})
"""Families of units that go on for the rows below in a table without a column of units."""


def _target(ratio: int, setting: Setting, drafts: dict[int, Draft]) -> Draft | None:
    """The figure that a comparison belongs to, None where the table prints no value for it.

    It is that of the period which the header compares; without one, of the nearest performance before it (of the same
    measure, if the header names one), that of last year aside, or of the last value where all are plans. A share under
    one head with several counts is that of the first: "Số hộ | Số khẩu | Tỷ lệ (%)" below "Hộ nghèo".
    """
    column = setting.columns[ratio]
    is_meant = _is_plan if column.status is Status.PLAN else _is_performance
    valued = [n for n, other in enumerate(setting.columns) if is_meant(other)]
    if column.period is not None:
        return drafts.get(_column_of(column, ratio, valued, setting))
    measured = [n for n in valued if column.measure and setting.columns[n].measure == column.measure]
    if before := _latest([n for n in measured or valued if n < ratio], setting):
        return drafts.get(_nearest(before, column, setting.columns))
    plans = [n for n in drafts if n < ratio]
    return drafts[plans[-1]] if plans else None


def _nearest(before: Sequence[int], column: Column, columns: Sequence[Column]) -> int:
    """The last of the columns before a comparison; their first for a share of what stands under its own head.

    Where the last is a part of a head that the comparison does not stand under, it is the sum of that head.
    """
    over = columns[before[-1]].over
    beside = [n for n in before if column.is_share and column.over and columns[n].over == column.over]
    sums = [n for n in before if over and columns[n].over == over != column.over and says(columns[n].parts[-1], "sum")]
    return next(iter(beside or sums), before[-1])


def _latest(valued: Sequence[int], setting: Setting) -> list[int]:
    """The columns of values that stand together last, without those of an earlier year than others among them."""
    columns = setting.columns
    together = [n for n in valued if not any(columns[k].role == "ratio" for k in range(n, valued[-1]))]
    years = {n: year_of(columns[n].period or setting.period) or 0 for n in together}
    return [n for n in together if years[n] == max(years.values())]


def _is_plan(column: Column) -> bool:
    return column.role in ("value", "measure") and column.status is Status.PLAN


def _is_performance(column: Column) -> bool:
    """Whether a column holds values that are no plan."""
    return column.role in ("value", "measure") and column.status is not Status.PLAN


def _column_of(column: Column, ratio: int, valued: Sequence[int], setting: Setting) -> int:
    """The column of values for the period that a comparison names; -1 for none. A year stands for any part of it."""
    columns = setting.columns
    exact = [n for n in valued if (columns[n].period or setting.period) == column.period]
    beside = [n for n in exact if column.over and columns[n].over == column.over]
    alike = beside or [n for n in exact if columns[n].measure == column.measure] or exact
    year = year_of(column.period) if column.whole else None
    same = [n for n in valued if n < ratio and year and year_of(columns[n].period) == year]
    return (alike or same or [-1])[-1]


def _draft(value: Quantity, column: Column, setting: Setting, who: Named) -> Draft:
    """The figure of one cell; a column that names a measure qualifies it by the row, or the row by its part."""
    unit = value.unit or column.unit or _counted_or_told(column, setting, who)
    subject = _subject_of(column, setting, who)
    stated = column.period or who.period
    draft = Draft(
        subject,
        value,
        value.start,
        value.end,
        who.row,
        period=stated or setting.dated,
        period_from="stated" if stated else "inherited" if setting.dated else None,
        status=who.status if who.status and column.status is Status.ACTUAL else column.status,
        parent=who.parent,
        about=None if _tells_what(subject, column, setting) else setting.title,
        unit=unit,
    )
    draft.doubts += [*who.doubts, *column.doubts]
    if who.is_inherited and unit == who.unit is not None and value.unit is None:
        draft.doubts.append("unit_inherited")
    return draft


def _counted_or_told(column: Column, setting: Setting, who: Named) -> str | None:
    """The unit of a row, unless the head of the column counts and nothing nearer than the caption tells one."""
    is_told = who.unit is not None and who.unit != setting.unit
    return who.unit if is_told or column.counted is None else _of_table(setting, column.counted)


def _tells_what(subject: Subject | None, column: Column, setting: Setting) -> bool:
    """Whether a name says what is measured: that of a place, a time or their sum alone does not."""
    if subject is None or not _names(subject.text):
        return False
    return not setting.tells_when_or_where or bool(column.measure and setting.timed is None)


def _names(words: str) -> bool:
    """Whether words say what is measured: a place and a sum do not."""
    return not says(words, "place") and not says(words, "sum")


def _subject_of(column: Column, setting: Setting, who: Named) -> Subject | None:
    """What a cell measures: the row's name, or that of its column with the row beside it."""
    subject, measure = who.subject, column.measure
    written = subject.text if subject else None
    band = who.band if subject is None or not _names(subject.text) else None
    if says(measure, "own_name"):
        return Subject(measure, qualifier=", ".join(filter(None, (band, written))) or None)
    if band:
        return Subject(band, qualifier=", ".join(filter(None, (written, measure))) or None)
    if not measure:
        return subject
    if subject is not None and (setting.names_indicators or column.place or says(measure, "price")):
        inner = subject.qualifier if subject.qualifier and not unit_of(subject.qualifier) else None
        return subject._replace(qualifier=", ".join(filter(None, (inner, measure))))
    return Subject(measure, qualifier=written)


def _draft_alone(value: Quantity, ratio: int, setting: Setting, who: Named) -> Draft:
    """The figure of a comparison whose value is not printed; a share of a total is itself the value."""
    columns = setting.columns
    column = columns[ratio]
    valued = [*filter(_is_performance, columns[:ratio])]
    period = column.period or (valued[-1].period if valued else None)
    if column.base is Base.TOTAL:
        return _draft(value, column._replace(period=period, unit="%"), setting, who)
    draft = _draft(value, column._replace(period=period), setting, who)
    doubts = [code for code in draft.doubts if code not in ("unit_inherited", "unit_unsure")]
    return replace(draft, quantity=None, unit=None, doubts=doubts, comparisons=[_comparison(value, column, draft, who)])


_SUBJECT = regex.compile(r"^(?P<name>.*?)\s*(?:\((?P<inner>[^()]*)\))?\s*$", regex.DOTALL)
_LIST_MARK = regex.compile(
    r"^\s*(?:(?:\d{1,2}|[IVX]{1,4}|\p{L})[.)]|\d{1,2}(?:\.\d{1,2})+\.?|[IVX]{2,4}(?=\s+\p{Lu}))\s+(?=\p{L})"
)


def _subject(name: str, cells: list[Cell], skip: int) -> Subject | None:
    """The row's name without its dash or number, its last bracket apart."""
    words, inner = name_of(name, skip)
    return Subject(words, cells[0].start, cells[0].end, inner) if words else None


def name_of(name: str, skip: int = 0) -> tuple[str, str | None]:
    """The words of a name from ``skip`` on without the number before them, and what its last bracket holds.

    >>> name_of("II. Luân chuyển (nghìn tấn.km)"), name_of("II Thu"), name_of("Tăng (+), giảm (-)")
    (('Luân chuyển', 'nghìn tấn.km'), ('Thu', None), ('Tăng (+), giảm (-)', None))
    >>> name_of("Thu phân chia theo tỷ lệ phần trăm (%)"), name_of("Tỷ lệ phần trăm (%)")
    (('Thu phân chia theo tỷ lệ phần trăm (%)', None), ('Tỷ lệ phần trăm', '%'))
    """
    listed = _LIST_MARK.match(name, skip)
    written = _without_translation(name[listed.end() if listed else skip :].strip(" :;."))
    match = _SUBJECT.match(written)
    assert match is not None
    inner = match.group("inner")
    is_sign = inner is not None and not any(map(str.isalnum, inner))
    is_sign = is_sign and ("%" not in str(inner) or _says_per_cent(match.group("name")))
    words = " ".join((written if is_sign else match.group("name") or written).split())
    return words, None if is_sign else inner


def _says_per_cent(name: str) -> bool:
    """Whether a name that is no rate ends with the words of the sign behind it, which then is no unit."""
    return not says(name, "rate") and family_of(" ".join(name.split()[-2:])) == family_of("%")


_TRANSLATED = regex.compile(r"^(?P<name>.+?)\s+[-–/]\s+(?P<other>[A-Za-z][A-Za-z ,.()&'’]*)$")


def _without_translation(name: str) -> str:
    """A name without the English behind its dash, where half of its words or more are none of Vietnamese.

    >>> _without_translation("Tổng số - Total"), _without_translation("Phân theo giới tính - By sex")
    ('Tổng số', 'Phân theo giới tính')
    >>> _without_translation("Thu - chi"), _without_translation("Cầu Sen - Thanh Lam")
    ('Thu - chi', 'Cầu Sen - Thanh Lam')
    """
    found = _TRANSLATED.match(name)
    words = regex.findall(r"[a-z]+", found["other"].lower()) if found else []
    return found["name"] if found and sum(map(is_syllable, words)) * 2 <= len(words) else name


def _sentences(of_role: dict[str, list[Cell]], subject: Subject | None, text: str) -> list[tuple[Cell, Subject | None]]:
    """The cells of values that hold a text instead of a number, with the name of their row."""
    measured = (cell for role in MEASURED for cell in of_role.get(role, ()))
    return [(cell, subject) for cell in measured if _is_sentence(text[cell.start : cell.end])]


def _is_sentence(written: str) -> bool:
    """Whether a cell of values holds a text with numbers: "Giải ngân 74.315 triệu đồng, đạt 91,7% kế hoạch".

    >>> _is_sentence("Mở 14 lớp dạy nghề"), _is_sentence("14 lớp")
    (True, False)
    """
    return any(map(str.isdigit, written)) and sum(any(map(str.isalpha, word)) for word in written.split()) >= SENTENCE


SENTENCE = 3  # words that make a text of what stands in a cell


def _labels(of_role: dict[str, list[Cell]]) -> Iterator[tuple[int, int, str]]:
    """What the cells beside the figures are."""
    return ((cell.start, cell.end, LABELS[role]) for role in LABELS for cell in of_role[role])


def _notes(
    values: Sequence[tuple[int, Held]], cells: Sequence[Cell | None], setting: Setting
) -> Iterator[tuple[int, int, str]]:
    """The marks behind numbers with which a note of the document begins: "298,4(1)"."""
    for n, held in values:
        cell, end = cells[n], (held.aside or held.quantity).end
        mark = setting.text[end : cell.end].strip() if cell else ""
        if cell and mark and (mark.strip("()") in setting.notes or f"\n{mark}" in setting.text):
            yield end, cell.end, "note"


def _comparison(value: Quantity, column: Column, target: Draft, who: Named) -> ComparisonDraft:
    """The comparison of a ratio or growth column."""
    signed = value.value * (value.sign or 1)
    kind = Measure.CHANGE if column.growth or value.sign else Measure.RATIO
    return ComparisonDraft(
        Measure.ABSOLUTE if column.absolute else kind,
        signed, (target.unit or who.unit or "") if column.absolute else "%", value.start, value.end, 0, "table",
        decimals=value.decimals, base=column.base, base_text=column.header,
        doubts=column.doubts,
    )  # fmt: skip
