"""Parts and totals: exhaustive parts add up, other parts stay within, shares of one whole make a hundred.

A list counts as exhaustive where the catalogue knows the whole partition, or where its sum meets the total by itself.
Only then may too little be wrong; too much is wrong for money and measures, and only remarkable for counted things,
which overlap (33 teachers took part, 33 were recognised, 6 of them were praised).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, islice, pairwise
from typing import Any

from extractor.domain.document import Document, Table
from extractor.domain.figure import Base, Comparison, Figure
from extractor.domain.finding import Finding, Level
from extractor.domain.folding import fold
from extractor.domain.unit import SHARES, read_unit
from extractor.statistics.catalogue import holds_word, indicators
from extractor.statistics.checks.fractions import is_of_a_part, shares_of
from extractor.statistics.checks.parts import Split
from extractor.statistics.checks.wording import (
    Held,
    Words,
    amount_shown,
    finding,
    joined,
    name_of,
    named,
    period_of,
    phrase,
    rounded,
    sum_shown,
    value_shown,
)
from extractor.statistics.intervals import (
    HUNDRED,
    LOOSE,
    STRICT,
    Interval,
    comparison_interval,
    printed_interval,
    relative_width,
    tolerated,
    total,
)
from extractor.statistics.said_words import sentence_to

FAR_APART = 80
"""How many letters two shares of one row may stand apart."""

MANY_TIMES = 10
"""A part ten times its whole is no slip of a digit."""

MEANT_FOR_IT = 100
"""What no catalogue relates must be a hundred times its whole to be a slip of its unit, and no other thing."""

TOO_FAR = Decimal(1) / 3
"""Parts by name alone that exceed their total by more than a third are of something else more often than a slip."""

LEFT_OUT = Decimal(1) / 6
"""What a list may miss of its total and still be thought to be all of it."""

PROVING, LARGE = 2, 10
"""Rows of a table, none of them of small numbers, that show which columns add up to which."""

ODD = 3
"""One row in so many may miss: where more do, the columns were never meant to add up."""

SHARES_NEAR = Decimal(3)
"""Shares that make 97 to 103 % are meant to make 100; others are a selection."""


def check_sums(figures: Sequence[Figure], splits: Iterable[Split], document: Document) -> Iterable[Finding]:
    """S1 to S3 and Q3 for every total and list of parts."""
    for split in splits:
        if (own := _without_parts_of_others(split)).parts and not _leaves_some(own):
            yield from _check_split(own)
        yield from _check_shares(split)
    yield from _structures(figures, document)
    for table in document.tables:
        grid = grid_of(table, figures)
        yield from _columns(grid)
        yield from _rows(grid)


MOST_PARTS = 12
"""Rows that a row above them is the sum of; a table of a thousand rows would be added up for hours without a limit."""

Grid = dict[int, dict[int, Figure]]
"""The figures of a table by row and column."""


def grid_of(table: Table, figures: Iterable[Figure]) -> Grid:
    """The figures in the cells of a table."""
    places = {cell.start: cell for cell in table.cells if not cell.header}
    inside = sorted((f for f in figures if f.value is not None and table.start <= f.start < table.end), key=_start)
    grid: Grid = {}
    for f in inside:
        cell = places.get(f.start)
        if cell is not None:
            grid.setdefault(cell.row, {})[cell.column] = f
    return grid


def _start(figure: Figure) -> int:
    return figure.start


def _columns(grid: Grid) -> Iterable[Finding]:
    """S1: a column that is the sum of those beside it in all rows but a few: those have a slip."""
    columns = sorted({column for row in grid.values() for column in row})
    runs = [columns[first:last] for first, last in combinations(range(len(columns) + 1), 2) if last - first > 1]
    for whole in columns:
        for parts in (run for run in runs if run[0] > whole):
            for odd in _odd_rows([row for row in grid.values() if row.keys() >= {whole, *parts}], whole, parts):
                yield sum_differs(odd[whole], [odd[column] for column in parts], "S1", Level.FAIL)


def _rows(grid: Grid) -> Iterable[Finding]:
    """S1: the same of a row that is the sum of those right below it in all columns but a few."""
    turned: dict[int, dict[int, Figure]] = {}
    for row, cells in grid.items():
        for column, figure in cells.items():
            turned.setdefault(column, {})[row] = figure
    rows = sorted(grid)
    for at, whole in enumerate(rows):
        for last in range(at + 2, min(at + MOST_PARTS + 1, len(rows))):
            parts = rows[at + 1 : last + 1]
            for odd in _odd_rows([c for c in turned.values() if c.keys() >= {whole, *parts}], whole, parts):
                yield sum_differs(odd[whole], [odd[row] for row in parts], "S1", Level.FAIL)


def _odd_rows(rows: Sequence[Mapping[int, Figure]], whole: int, parts: Sequence[int]) -> list[Mapping[int, Figure]]:
    """The few rows in which a column is not the sum of others; none where too many are odd, or too few prove it."""
    if len(rows) <= PROVING or any((row[whole].value or 0) < LARGE for row in rows):
        return []
    odd = list(islice((row for row in rows if not _adds_up(row, whole, parts)), len(rows) // ODD + 1))
    return odd if ODD * len(odd) <= len(rows) else []


def _adds_up(row: Mapping[int, Figure], whole: int, parts: Sequence[int]) -> bool:
    given = printed_interval(row[whole], LOOSE)
    return given is not None and given.agrees(_sum([row[column] for column in parts], LOOSE))


def sum_differs(whole: Figure, parts: Sequence[Figure], rule: str, level: Level) -> Finding:
    """Parts that are meant to be all there are of their total, and do not make it."""
    given, found = printed_interval(whole) or Interval(HUNDRED, HUNDRED), _sum(parts, STRICT)
    gap = given.gap(found)
    words = {
        "name": name_of(whole),
        "period": period_of(whole),
        "sum": sum_shown(parts),
        "found": amount_shown(found.middle, whole),
        "total": value_shown(whole),
        "gap": amount_shown(gap, whole),
        "counted": "",
    }
    return finding("SUM_MISMATCH", rule, level, (whole, *parts), Held(given, found, gap), words=words)


def _sum(parts: Sequence[Figure], tolerance: Decimal) -> Interval:
    return total(i for i in (printed_interval(p, tolerance) for p in parts) if i)


def _check_split(split: Split) -> Iterable[Finding]:
    split = _as_far_as_it_adds_up(split)
    whole, parts = split.total, split.parts
    given = tolerated(printed_interval, whole)
    if given is None or not is_addable(whole):
        return
    strict, found, loosely = given.strict, _sum(parts, STRICT), _sum(parts, LOOSE)
    rest = strict - found
    facts: dict[str, Any] = {
        "name": name_of(whole),
        "period": period_of(whole),
        "sum": sum_shown(parts),
        "found": amount_shown(found.middle, whole),
        "total": value_shown(whole),
        "rest": amount_shown(rest.middle, whole),
        "gap": amount_shown(abs(rest.middle), whole),
        "missing": _names(split.missing),
        "counted": _all_counted(split),
    }
    held = Held(strict, found, power=relative_width(strict + found))
    involved = (whole, *parts)
    several, too_much = len(parts) > 1, found.low > strict.high
    if strict.agrees(found) and (several or split.exhaustive):
        code, rule = ("PART_ABSENT_ZERO", "S3") if split.complete and split.missing else ("SUM_MATCH", "S1")
        yield finding(code, rule, Level.PASS, involved, held, words=facts)
    elif given.loose.agrees(loosely) and several and (split.exhaustive or split.complete or too_much):
        yield finding("SUM_CUT", "S1", Level.INFO, involved, held.off(strict.gap(found)), words=facts)
    elif too_much:
        yield from _over(split, involved, held.off(strict.gap(found)), facts)
    else:
        code, rule, level = _below(split, near=rest.middle <= LEFT_OUT * strict.middle)
        held = held if level is Level.PASS else held.off(abs(rest.middle))
        yield finding(code, rule, level, involved, held, words=facts)


def _without_parts_of_others(split: Split) -> Split:
    """The split without what its own printed share says to be a part of another part, or of a whole above this one.

    ``kiến nghị nộp 2,9 tỷ đồng, thu được 2,2 tỷ đồng, đạt 76%``: what was paid is a part of what was to be paid.
    """
    own = tuple(p for p in split.parts if not any(_is_of_another(c, p, split) for c in shares_of(p)))
    return split if len(own) == len(split.parts) else replace(split, parts=own)


def _is_of_another(share: Comparison, part: Figure, split: Split) -> bool:
    value, whole = printed_interval(part), printed_interval(split.total)
    exceeds = value is not None and whole is not None and value.low > whole.high and share.value < HUNDRED
    return exceeds or (is_of_a_part(share, part, split.parts) and not is_of_a_part(share, part, (split.total,)))


def _as_far_as_it_adds_up(split: Split) -> Split:
    """The split without what follows the parts that make up the total: ``6.215 ha, 2.425 ha; thiệt hại 734 ha``."""
    given = printed_interval(split.total)
    if given is None or split.complete or len(split.parts) < 3:
        return split
    ends = (n for n in range(2, len(split.parts)) if given.agrees(_sum(split.parts[:n], STRICT)))
    end = next(ends, len(split.parts))
    return replace(split, parts=split.parts[:end])


def _all_counted(split: Split) -> Words | str:
    """That the parts are all there are, for the end of a sentence; nothing where no counts say so."""
    return phrase("SUM_COUNTED", count=value_shown(split.counted)) if split.counted else ""


def _below(split: Split, *, near: bool) -> tuple[str, str, Level]:
    """What parts that make less than their total mean: an error where none can be missing, else hardly anything.

    A list behind "gồm" that misses its total by much, not ``near``, leaves something out more likely than it slips.
    """
    if split.exhaustive:
        return "SUM_MISMATCH", "S1", Level.FAIL
    if split.announced and len(split.parts) > 1:
        return "SUM_MISMATCH", "S1", Level.WARN if near else Level.INFO
    if split.complete and len(split.missing) == 1:
        return "PART_ABSENT", "S3", Level.INFO
    return "PARTS_WITHIN", "S2", Level.PASS


def _over(split: Split, involved: Sequence[Figure], held: Held, facts: dict[str, Any]) -> Iterable[Finding]:
    """Parts that make more than their total: wrong, unless they are counted things, which may overlap.

    In a bracket right behind their total, or a list that is meant to be all, counts do not overlap: they are kinds.
    """
    unit = read_unit(split.total.unit)
    counted = unit is None or unit.is_counted
    known = bool(split.complete) or split.subset
    if counted and not known and not ((split.bracketed or split.announced) and len(split.parts) > 1):
        return
    if split.exhaustive or split.from_note or (split.complete and len(split.parts) > 1):
        yield finding("SUM_MISMATCH", "S1", Level.FAIL, involved, held, words=facts)
    else:
        level = _level_over(split, counted=counted) if not known else _level_over_known(split)
        yield finding("PARTS_EXCEED", "S2", level, involved, held, words=facts)
    for part in split.parts:
        yield from _part_slip(part, split.total, MANY_TIMES if known else MEANT_FOR_IT)


def _level_over(split: Split, *, counted: bool) -> Level:
    """How sure it is that parts make too much which by their names alone are parts.

    A part that exceeds its whole, or a list that goes far beyond it, is of something else; where commas and semicolons
    mix, so may be what follows the first semicolon. In a bracket one may be a part of the other.
    """
    whole, parts = printed_interval(split.total), [i for i in map(printed_interval, split.parts) if i]
    if whole is None or any(part.low > whole.high for part in parts):
        return Level.INFO
    sure = total(parts[: split.mixed or None]).low
    is_slip = whole.high < sure <= (1 + TOO_FAR) * whole.high
    return (Level.WARN if counted or split.bracketed else Level.FAIL) if is_slip else Level.INFO


def _level_over_known(split: Split) -> Level:
    """How sure it is that parts by the catalogue make too much; many times is a slip of the unit, or misread."""
    for part in split.parts:
        if _is_times(part, split.total, MANY_TIMES) and not _may_slip(part, split.total):
            return Level.INFO
    return Level.WARN if split.mixed else Level.FAIL


def _is_times(part: Figure, whole: Figure, many: int) -> bool:
    one, all_of_it = printed_interval(part), printed_interval(whole)
    return one is not None and all_of_it is not None and 0 < many * all_of_it.high <= one.low


def _may_slip(part: Figure, whole: Figure) -> bool:
    """Whether units or stops can be mixed up: two unit words, or three decimals, which a stop may have parted."""
    return part.unit != whole.unit or 3 in {part.decimals, whole.decimals}


def _part_slip(part: Figure, whole: Figure, many: int) -> Iterable[Finding]:
    """U2: a part that is ``many`` times its whole was printed in the wrong unit."""
    one, all_of_it = printed_interval(part), printed_interval(whole)
    if one is None or all_of_it is None or not _is_times(part, whole, many) or not _may_slip(part, whole):
        return
    times = rounded(one.middle / all_of_it.middle, 0)
    words = {"name": name_of(part), "value": value_shown(part), "total": value_shown(whole), "times": times}
    yield finding("PART_UNIT_SLIP", "U2", Level.WARN, (part, whole), Held(one, all_of_it), words=words)


def is_addable(figure: Figure) -> bool:
    """Rates, shares and indices are not added."""
    unit = read_unit(figure.unit)
    entry = indicators().get(figure.indicator_id or "") if figure.match == "alias" else None
    if unit and (unit.family in {*SHARES, "score"} or unit.is_rate):
        return False
    return entry is None or entry.nature in {"flow", "stock"}


def _names(ids: Sequence[str]) -> Words:
    return joined((indicators()[i].name for i in ids), ", ")


def _check_shares(split: Split) -> Iterable[Finding]:
    """Q3: the shares that the parts of one list have of their whole make 100 %."""
    strict, loose = _shares(split, STRICT), _shares(split, LOOSE)
    if strict and loose and not _follows(split, loose):
        yield from _hundred(split.parts, name_of(split.total), strict, loose)


def _shares(split: Split, tolerance: Decimal) -> Interval | None:
    """What the shares make that several parts have of their whole; None where one of them has none."""
    shares = [next((c for c in p.comparisons if c.base is Base.TOTAL), None) for p in split.parts]
    known = [comparison_interval(s, tolerance) for s in shares if s]
    return total(known) if 1 < len(known) == len(shares) else None


def _leaves_some(split: Split) -> bool:
    """Whether the parts' own shares say that some part is missing: ``14.128 việc (73,41%), … 4.936 việc (25,65%)``."""
    shares = _shares(split, LOOSE)
    return shares is not None and _follows(split, shares)


def _follows(split: Split, shares: Interval) -> bool:
    """Whether the shares make what the values of the parts are of their whole, which some part is missing from."""
    whole = printed_interval(split.total, LOOSE)
    share = _sum(split.parts, LOOSE).scaled(HUNDRED).over(whole) if whole else None
    return share is not None and share.agrees(shares) and not shares.agrees(Interval(HUNDRED, HUNDRED))


def _structures(figures: Sequence[Figure], document: Document) -> Iterable[Finding]:
    """Q3: shares that stand in a row after "cơ cấu" or "tỷ trọng" make 100 %."""
    for row in _rows_of_shares(figures, document.text):
        before = sentence_to(row[0].start, document.text)
        if len(row) > 1 and holds_word(fold(before), "structure"):
            yield from _hundred(row, named("word.structure"), _sum(row, STRICT), _sum(row, LOOSE))


def _rows_of_shares(figures: Iterable[Figure], text: str) -> Iterable[list[Figure]]:
    """Percentages one behind the other, near enough and without another number or a sentence's end between them."""
    rates = sorted((f for f in figures if f.unit == "%" and f.value is not None), key=lambda f: f.start)
    row = rates[:1]
    for before, f in pairwise(rates):
        between = text[max(before.end, *(c.end for c in before.comparisons), 0) : f.start]
        if len(between) >= FAR_APART or any(c.isdigit() or c in ".\n" for c in between):
            yield row
            row = []
        row.append(f)
    if row:
        yield row


def _hundred(shares: Sequence[Figure], name: str | Words, strict: Interval, loose: Interval) -> Iterable[Finding]:
    hundred = Interval(HUNDRED, HUNDRED)
    facts = {"name": name, "found": strict.middle}
    held = Held(hundred, strict, power=relative_width(strict))
    if hundred.agrees(strict):
        yield finding("SHARES_MATCH", "Q3", Level.PASS, shares, held, words=facts)
    elif abs(strict.middle - 100) < SHARES_NEAR:
        evenly = len(shares) * LOOSE.scaleb(-max(share.decimals for share in shares))  # 21% beside 53,6% is 21,0%
        cut = Level.INFO if abs(strict.middle - 100) <= evenly else Level.WARN
        yield finding(
            "SHARES_MISMATCH",
            "Q3",
            cut if hundred.agrees(loose) else Level.FAIL,
            shares,
            held.off(hundred.gap(strict)),
            words=facts,
        )
