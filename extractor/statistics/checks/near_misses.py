"""Relations that all but hold: one keystroke in one number, and they would.

In: lists of parts, figures with shares, tables and harvests that nothing says to be complete or to belong together.
Out: a warning where the relation would hold with one digit changed, or two neighbours swapped, in one of its numbers:
of the numbers of four digits one in two hundred lies so near another one by chance. Nothing where it is further off,
because then it was most likely never meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extractor.domain.document import Document
from extractor.domain.figure import Base, Comparison, Figure, Measure
from extractor.domain.finding import Finding, Level
from extractor.domain.unit import read_unit
from extractor.statistics.catalogue import name_key, words_of
from extractor.statistics.checks.fractions import percent_of, shares_of
from extractor.statistics.checks.grouping import grouped
from extractor.statistics.checks.parts import Layout, Split
from extractor.statistics.checks.sums import ODD, Grid, grid_of, is_addable, sum_differs
from extractor.statistics.checks.wording import Held, finding, measured, name_of, rounded, value_shown
from extractor.statistics.intervals import (
    HUNDRED,
    LOOSE,
    Interval,
    all_known,
    around,
    comparison_interval,
    printed_interval,
    total,
)
from extractor.statistics.matching import strip_padding

TELLING = 3
"""Digits that a number must have for its neighbourhood to be small: of two digits, every fifth lies in it."""

SURE = 4
"""Digits that tell a slip where it is not known how far a list goes."""

TABLE_ROWS = 4
"""Rows whose shares are of one whole; of fewer, one that does not follow proves nothing."""

MANY = 2
"""How many times a share may be off from what it would be of what its words name."""

OF_WHAT = re.compile(r"[^,.;:()\n]{0,60}")
"""What a share is said to be of, right behind it."""

BESIDE = re.compile(r"\s*[/,][^\d.,;:()\n]{0,6}")
"""Between two counts of the same cases: ``31 vụ/77 bị can``, ``31 vụ, 77 bị can``, ``31 vụ, với 77 bị can``."""

NEAR = 12
"""Numbers before a share among which its whole stands."""

FEW = 2
"""Steps of its last digit that a share may leave a number open for it to tell of one wrong key."""


def check_near_misses(figures: Sequence[Figure], splits: Iterable[Split], document: Document) -> Iterable[Finding]:
    """S2 of lists that may be incomplete, Q1 of shares, A1 of harvests."""
    for split in splits:
        if not split.exhaustive and len(split.parts) > 1 and is_addable(split.total):
            yield from _sum(split, figures)
            yield from _unit_of_one(split)
            yield from _pairs(split, figures, document.text)
    layout = Layout(document)
    ordered = sorted((f for f in figures if f.value is not None), key=lambda f: f.start)
    blocks = grouped(ordered, lambda f: layout.block(f.start))
    for place, same in blocks.items():
        if place >= 0:
            led = blocks.get(place - 1, []) if layout.opens_with_parts(same[0]) else []
            yield from _shares([*led, *same], len(led), layout.text)
            yield from _named_shares(same, layout.text)
            yield from _harvests(same)
    for table in document.tables:
        for column in _columns(grid_of(table, ordered)):
            yield from _share_column(column)


def _sum(split: Split, figures: Iterable[Figure]) -> Iterator[Finding]:
    """S2: a total that its parts would make if one digit of one of them were another, or two had not changed places.

    ``1.625 vụ, bao gồm 776 vụ tai nạn và 839 vụ va chạm``. How far the list goes is not known: the parts up to any of
    them may be all; where they make the total up to one of them, nothing is told. Nor where another number of their
    period stands among them, which may be a part that was not read as one.
    """
    whole, parts = split.total, split.parts
    given = printed_interval(whole)
    if given is None or any((p.unit, p.bound) != (whole.unit, None) for p in parts) or whole.bound:
        return
    if _is_parted(whole, parts, figures):
        return
    heads = [parts[:n] for n in range(2, len(parts) + 1)]
    if any(given.agrees(_added(head, LOOSE)) for head in heads):
        return
    for head in reversed(heads):
        if any(_slips(whole, head, SURE if head is not heads[-1] else TELLING)):
            yield sum_differs(whole, head, "S2", Level.WARN)
            return
    if split.bracketed and _misses_one(whole, parts):
        yield sum_differs(whole, parts, "S2", Level.WARN)


def _is_parted(whole: Figure, parts: Sequence[Figure], figures: Iterable[Figure]) -> bool:
    """Whether another number of the total's period stands among its parts."""
    among = (f for f in figures if f.value is not None and whole.start < f.start < parts[-1].start)
    return any(f.period == whole.period and f not in parts for f in among)


def _misses_one(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether one wrong digit of a part is all that parts the sum of a bracket from the total before it.

    ``87 em (tiểu học 09 em, THCS 76 em)``: such a bracket tells all parts in 239 of 267 places of our passages, and in
    one of the other 28 a digit would do so.
    """
    values = [part.value or Decimal(0) for part in parts]
    short = (whole.value or Decimal(0)) - sum(values, Decimal(0))
    return any(is_keystroke(value, value + short, least=2) for value in values)


def _added(parts: Iterable[Figure], tolerance: Decimal) -> Interval:
    return total(all_known(printed_interval(p, tolerance) for p in parts))


def _slips(whole: Figure, parts: Sequence[Figure], telling: int) -> Iterator[bool]:
    """Whether each number of a sum that is too large is a slip of what the others make it.

    Of too little nothing is told: a part that nobody names looks like another digit, or like two that changed places.
    """
    values = [p.value or Decimal(0) for p in parts]
    found, given = sum(values, Decimal(0)), whole.value or Decimal(0)
    if found <= given:
        return
    last = Decimal(1).scaleb(-max(f.decimals for f in (whole, *parts)))
    rounding = range(0) if _is_exact(whole) else range(1, (len(parts) + 1) // 2 + 1)
    steps = (Decimal(0), *(way * n * last for n in rounding for way in (1, -1)))
    for value, meant in ((given, found), *((v, given - found + v) for v in values)):
        for step in steps:
            told = SURE if step else telling
            yield len(value.as_tuple().digits) >= told and meant + step > 0 and is_keystroke(value, meant + step)


def _is_exact(figure: Figure) -> bool:
    """Whether a number is printed as it is, and not rounded to its last digit."""
    printed = printed_interval(figure)
    return printed is not None and printed.width == 0


def _unit_of_one(split: Split) -> Iterator[Finding]:
    """U2: parts that make their total, if one of them, or the total, were told in the unit of the others.

    ``109.370 tỷ đồng. Trong đó, trong nước đạt 103.749 triệu đồng; vốn đầu tư nước ngoài 5.620 tỷ đồng``.
    """
    told = (split.total, *split.parts)
    sizes = [unit.factor if (unit := read_unit(f.unit)) else None for f in told]
    alone = [f for f, size in zip(told, sizes, strict=True) if sizes.count(size) == 1]
    if len({*sizes}) != 2 or len(alone) != 1 or any(f.bound for f in told):
        return
    (odd,) = alone
    usual = next(f.unit for f in told if f is not odd)
    whole, *parts = (replace(f, unit=usual) for f in told)
    meant = printed_interval(whole, LOOSE)
    if meant is not None and meant.agrees(_added(parts, LOOSE)):
        words = {
            "name": name_of(odd),
            "value": value_shown(odd),
            "unit": usual or "",
            "total": value_shown(split.total),
        }
        yield finding("UNIT_OF_ONE", "U2", Level.WARN, (odd, *(f for f in told if f is not odd)), words=words)


def _shares(same: Sequence[Figure], since: int, text: str) -> Iterator[Finding]:
    """Q1: a share that would be that of a number before it, of the same things, if one key had been struck rightly.

    ``thụ lý 93.452 vụ, giải quyết 91.312 vụ, đạt tỷ lệ 47,71%``: 97,71 %; ``thụ lý 2.416 vụ việc, giải quyết 1.486 vụ,
    đạt 76,41%``: 1.846. Those before ``since`` are of the paragraph that this one goes on with. A share behind the
    second count of the same cases may be that of the first: ``làm rõ 557 vụ, với 1.215 đối tượng (đạt tỷ lệ 86,4%)``.
    """
    for at, told in enumerate(same[since:], since):
        if told.total is None and shares_of(told):
            first = same[at - 1] if at and BESIDE.fullmatch(text, same[at - 1].end, told.start) else told
            before = [f for f in same[max(0, at - NEAR) : at] if f is not first]
            yield from _shares_of(told, first, before)


def _shares_of(told: Figure, first: Figure, before: Sequence[Figure]) -> Iterator[Finding]:
    """The shares of a number, or of the ``first`` of two counts of the same cases, held to what stands before."""
    owners = {f.id: [w for w in before if _are_alike(w, f) and _is_more(w, f)] for f in (told, first)}
    part = first if not owners[told.id] else told
    for share in shares_of(told):
        if not any(_is_of(share, f, whole) for f in (told, first) for whole in owners[f.id]):
            meant = (w for w in reversed(owners[part.id]) if is_keystroke(share.value, _percent(share, part, w)))
            whole = next(meant, None) or _meant_whole(share, part, [w for w in before if _are_alike(w, part)])
            if whole is not None:
                yield from _warned(percent_of(share, part, whole))


def _is_more(whole: Figure, part: Figure) -> bool:
    return (whole.value or 0) > (part.value or 0)


def _meant_whole(share: Comparison, part: Figure, alike: Sequence[Figure]) -> Figure | None:
    """The whole of which ``part`` would be the share if one of its own keys had been struck rightly.

    Of three digits only the count right before, or what has another share that follows from it, is known to be a whole.
    """
    proven = [w for w in alike if any(_tells(c) and _is_of(c, f, w) for f in alike for c in shares_of(f))]
    unit = read_unit(part.unit)
    right_before = [w for w in alike[-1:] if unit is not None and unit.is_counted and not shares_of(w)]
    wholes = alike if _digits(part) >= SURE else [*proven, *right_before]
    found = (w for w in reversed(wholes) if _is_more(w, part) and not share.base_text)
    return next((w for w in found if _would_be_of(share, part, w)), None)


def _tells(share: Comparison) -> bool:
    return len(share.value.as_tuple().digits) >= TELLING


def _would_be_of(share: Comparison, part: Figure, whole: Figure) -> bool:
    """Whether one keystroke in the number whose share is told makes it that of ``whole``."""
    of, step = printed_interval(whole), Decimal(1).scaleb(-part.decimals)
    if of is None:
        return False
    each = of.middle / HUNDRED / _size(part)
    low, high = (rounded(end * each, part.decimals) for end in comparison_interval(share).pair)
    values = (low + n * step for n in range(FEW + 1))
    return high - low <= FEW * step and any(is_keystroke(part.value, value) for value in values if value <= high)


def _size(figure: Figure) -> Decimal:
    unit = read_unit(figure.unit)
    return unit.factor if unit else Decimal(1)


def _named_shares(same: Sequence[Figure], text: str) -> Iterator[Finding]:
    """Q1: a share of what its words name: ``dư nợ cho vay 24.467 tỷ đồng … nợ xấu 480 tỷ đồng, chiếm 1,94% dư nợ``.

    A share that is far off is of another thing of that name more likely than it slips.
    """
    for at, part in enumerate(same):
        for share in [] if part.total is not None else shares_of(part):
            behind = OF_WHAT.match(text, share.end)
            named = name_key(behind[0]) if behind else ""
            larger = [f for f in same[:at] if f.unit == part.unit and (f.value or 0) > (part.value or 0)]
            wholes = [f for f in larger if _is_called(f, named)]
            if wholes and not any(_is_of(share, part, whole) for whole in wholes):
                found = _percent(share, part, wholes[-1])
                if share.value <= MANY * found and found <= MANY * share.value:
                    yield from _warned(percent_of(share, part, wholes[-1]))


def _is_called(figure: Figure, named: str) -> bool:
    """Whether a name of two words or more is a figure's: ``dư nợ cho vay``; the whole of all is ``tổng dư nợ`` too."""
    own, said = (strip_padding(name) for name in (name_key(figure.indicator or ""), named))
    short, long = sorted((own, said), key=len)
    return " " in short and long.removesuffix(short).strip() in ("", *words_of("whole"))


def _pairs(split: Split, figures: Iterable[Figure], text: str) -> Iterator[Finding]:
    """S1: two counts told side by side of a total and of each part: where one adds up, so does the other.

    ``31 vụ/77 bị can, trong đó 8 vụ/33 bị can …; 16 vụ/32 bị can …; 7 vụ/12 bị can``.
    """
    ordered = sorted((f for f in figures if f.value is not None), key=lambda f: f.start)
    behind = {one.id: other for one, other in pairwise(ordered) if BESIDE.fullmatch(text, one.end, other.start)}
    whole, *parts = (behind.get(f.id) for f in (split.total, *split.parts))
    if whole is None or any(p is None or p.unit != whole.unit for p in parts) or whole.unit == split.total.unit:
        return
    lists = ((split.total, split.parts), (whole, [p for p in parts if p is not None]))
    odd = [(total, each) for total, each in lists if sum(p.value or 0 for p in each) != total.value]
    if len(odd) == 1:
        yield sum_differs(*odd[0], "S1", Level.WARN)


def _are_alike(one: Figure, other: Figure) -> bool:
    """Whether two figures count or measure the same: ``vụ`` and ``vụ án``, ``nguồn tin`` and ``tin``."""
    unit, (first, second) = read_unit(one.unit), (name_key(f.unit or "").split() for f in (one, other))
    if not first or not second:
        return False
    counted = unit is not None and unit.is_counted
    return first == second or (counted and (first[0] == second[0] or first[-len(second) :] == second))


def _percent(share: Comparison, part: Figure, whole: Figure) -> Decimal:
    exact = HUNDRED * (part.amount or Decimal(0)) / (whole.amount or Decimal(1))
    return rounded(exact, share.decimals)


def _is_of(share: Comparison, part: Figure, whole: Figure) -> bool:
    """Whether a share may be what one number is of another, as far as both are printed."""
    value, of = printed_interval(part, LOOSE), printed_interval(whole, LOOSE)
    found = value.over(of) if value and of else None
    return found is None or found.scaled(HUNDRED).agrees(comparison_interval(share, LOOSE))


def _warned(findings: Iterable[Finding]) -> Iterator[Finding]:
    yield from (replace(f, level=Level.WARN) for f in findings if f.level is Level.FAIL)


def _columns(grid: Grid) -> Iterator[list[Figure]]:
    """The columns of a table, each cut where a row begins that is all of those below it: ``1.540 người | 100,00``."""
    for column in sorted({c for cells in grid.values() for c in cells}):
        cells = [grid[row][column] for row in sorted(grid) if column in grid[row]]
        run: list[Figure] = []
        for cell in cells:
            share = _share(cell)
            if share is not None and share.value == HUNDRED and run:
                yield run
                run = []
            run.append(cell)
        yield run


def _share(f: Figure) -> Comparison | None:
    """The share that stands beside a number in its row."""
    own = (c for c in f.comparisons if c.kind is Measure.RATIO and c.base in {Base.TOTAL, Base.OTHER} and c.unit == "%")
    return next(own, None)


def _share_column(column: Sequence[Figure]) -> Iterator[Finding]:
    """Q1: shares beside a column of numbers all follow from one whole, but for a few that do not.

    The whole is what most of the rows have in common; a row of 100 % is one of them.
    """
    rows = [(f, share) for f in column if (share := _share(f)) is not None and share.value > 0 and f.value]
    wholes = [w for f, share in rows if (w := _whole_of(f, share)) is not None]
    if len(rows) < TABLE_ROWS or len(wholes) < len(rows):
        return
    agreeing = {i: [w.agrees(other) for other in wholes] for i, w in enumerate(wholes)}
    best = max(agreeing, key=lambda i: (sum(agreeing[i]), -wholes[i].width))
    odd = [row for row, agrees in zip(rows, agreeing[best], strict=True) if not agrees]
    if ODD * len(odd) <= len(rows):
        whole = replace(rows[best][0], value=rounded(wholes[best].middle, rows[best][0].decimals))
        for f, share in odd:
            yield from _warned(percent_of(share, f, whole))


def _whole_of(f: Figure, share: Comparison) -> Interval | None:
    value = printed_interval(f, LOOSE)
    whole = value.over(comparison_interval(share, LOOSE)) if value else None
    return whole.scaled(HUNDRED) if whole else None


def _harvests(same: Sequence[Figure]) -> Iterator[Finding]:
    """A1: an area, its yield and its output, told one behind the other, are a product, whatever their powers of ten.

    ``115 ha, năng suất 62,58 tạ/ha, sản lượng 719,67 tấn``. What was sown and not harvested puts most others out.
    """
    for areas, each, output in _told_of_harvests(same):
        given, made = _printed(output), [(_made_of(area, each, output), area) for area in areas]
        (found, power), area = next((one for one in made if one[0][0].agrees(given)), made[-1])
        agrees = found.agrees(given)
        if agrees or _is_slip_of_harvest(area, each, output, power) or any(map(found.agrees, _meant(each, output))):
            words = {
                "area": value_shown(area),
                "each": value_shown(each),
                "found": measured(rounded(found.middle, output.decimals), output.unit),
                "output": value_shown(output),
            }
            code, level = ("OUTPUT_MATCH", Level.PASS) if agrees else ("OUTPUT_DIFFERS", Level.WARN)
            held = Held(found, given, None if agrees else found.gap(given))
            yield finding(code, "A1", level, (output, area, each), held, words=words)


def _told_of_harvests(same: Sequence[Figure]) -> Iterator[tuple[list[Figure], Figure, Figure]]:
    """Yields and outputs side by side, with the area right before them and those of their period."""
    for at, (each, output) in enumerate(pairwise(same[1:])):
        areas = [f for f in same[: at + 1] if _is_harvest(f, each, output) and f.value]
        own = [f for f in areas if f is same[at] or f.period == output.period]
        if own and each.value and output.value:
            yield sorted(own, key=lambda f: f.period == output.period), each, output


def _made_of(area: Figure, each: Figure, output: Figure) -> tuple[Interval, Decimal]:
    """What an area and a yield make, and the power of ten that brings it to the unit of the output."""
    a, e, o = (f.value or Decimal(1) for f in (area, each, output))
    one, other, power = _printed(area), _printed(each), _power(o / (a * e))
    return Interval(one.low * other.low, one.high * other.high).scaled(power), power


def _is_harvest(area: Figure, each: Figure, output: Figure) -> bool:
    units = [read_unit(f.unit) for f in (area, each, output)]
    if any(f.bound is not None for f in (area, each, output)) or None in units:
        return False
    families = [unit.family for unit in units if unit]
    return families == ["area", "mass/ha", "mass"]


def _printed(f: Figure) -> Interval:
    """The number as printed, without its unit."""
    return around(f.value or Decimal(0), LOOSE.scaleb(-f.decimals))


def _power(ratio: Decimal) -> Decimal:
    """The power of ten that a ratio is nearest to."""
    return Decimal(10) ** int(ratio.log10().to_integral_value())


def _is_slip_of_harvest(area: Figure, each: Figure, output: Figure, power: Decimal) -> bool:
    """Whether the yield or the output is a slip; of the area only a swap is one, for more is sown than harvested."""
    a, e, o = (f.value or Decimal(1) for f in (area, each, output))
    meant = ((output, a * e * power, is_keystroke), (each, o / (a * power), is_keystroke))
    return any(
        near(f.value, rounded(value, f.decimals)) for f, value, near in (*meant, (area, o / (e * power), are_swapped))
    )


def _meant(each: Figure, output: Figure) -> Iterator[Interval]:
    """What an output may be meant to be where rounding hides its last digits: another first digit, a swap near it."""
    digits = (output.value or Decimal(0)).as_tuple().digits
    others = [(first, *digits[1:]) for first in range(1, 10) if first != digits[0]]
    swaps = [(*digits[:n], digits[n + 1], digits[n], *digits[n + 2 :]) for n in range(min(2, len(digits) - 1))]
    for meant in (*others, *swaps) if len(digits) >= SURE and _digits(each) >= TELLING else ():
        yield _printed(replace(output, value=Decimal((0, meant, -output.decimals))))


def _digits(figure: Figure) -> int:
    return len((figure.value or Decimal(0)).as_tuple().digits)


def are_swapped(one: Decimal | None, other: Decimal | None) -> bool:
    """Whether two numbers differ by two neighbouring digits that have changed places.

    >>> are_swapped(Decimal("92.4"), Decimal("94.2")), are_swapped(Decimal(48970), Decimal(49870))
    (True, True)
    >>> are_swapped(Decimal(186), Decimal(681)), are_swapped(Decimal("92.4"), Decimal(942))
    (False, False)
    """
    apart = _apart(one, other)
    if len(apart) != 2 or apart[1][0] != apart[0][0] + 1:
        return False
    (_, a, b), (_, c, d) = apart
    return (a, c) == (d, b)


def is_keystroke(one: Decimal | None, other: Decimal | None, least: int = TELLING) -> bool:
    """Whether numbers of at ``least`` three digits differ by one digit, or by two neighbours that changed places.

    >>> is_keystroke(Decimal("97.71"), Decimal("47.71")), is_keystroke(Decimal("97.6"), Decimal("96.7"))
    (True, True)
    >>> is_keystroke(Decimal(28), Decimal(48)), is_keystroke(Decimal("97.71"), Decimal("98.61"))
    (False, False)
    """
    if one is None or other is None or len(one.as_tuple().digits) < least:
        return False
    return len(_apart(one, other)) == 1 or are_swapped(one, other)


def _apart(one: Decimal | None, other: Decimal | None) -> list[tuple[int, int, int]]:
    """The places, with both digits, where two numbers of one length and as many decimals differ; none for others."""
    if one is None or other is None or one.as_tuple()[2] != other.as_tuple()[2]:
        return []
    first, second = one.as_tuple().digits, other.as_tuple().digits
    if len(first) != len(second):
        return []
    return [(n, a, b) for n, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
