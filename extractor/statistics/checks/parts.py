"""Which figures are parts of which: the total that a list, a bracket, a ``trong đó`` or a footnote details.

Language names the parent of a part; this module finds the parent's own figure (same unit, same period, same kind of
status, nearest in the text) and cuts the parts into lists, because one total may be split twice in one sentence
(``trong đó … ; trong đó …``). A footnote without named parents details the figure that its mark follows. Whether a list
is meant to be complete is the catalogue's word, never a guess.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise
from operator import itemgetter

from extractor.domain.document import Document
from extractor.domain.figure import Figure, Status
from extractor.domain.folding import fold
from extractor.domain.letters import SMALL
from extractor.domain.period import year_of
from extractor.statistics.catalogue import (
    has_syllable,
    holds_word,
    indicators,
    name_key,
    openings_of,
    parts_of,
    same_noun,
    words_of,
)
from extractor.statistics.checks.grouping import grouped, is_measured, is_rate
from extractor.statistics.matching import contrast
from extractor.statistics.scopes import Scopes, price_basis_in

OPEN, CLOSE = "([", ")]"
BRACKET_OPENS = re.compile(r"([^\d.;:()\[\]]{0,40})[(\[]")
"""A bracket behind a total: ``1.128 con (…``, ``292 người chết, mất tích (…``."""

SENTENCE_END = re.compile(rf"\.\s+(?=[^\W\d_{SMALL}])|\n")
NEAR = 3
"""How far behind a figure the mark of its own note may stand: "130.500.000 đồng⁵", "… đồng ⁵", "… đồng.⁵"."""


@dataclass(frozen=True, slots=True)
class Split:
    """A total and one list of its parts.

    ``complete`` names the partition that the parts belong to, ``missing`` the indicators of it that the report does not
    give; both are empty where the catalogue says nothing.
    """

    total: Figure
    parts: tuple[Figure, ...]
    complete: str = ""
    missing: tuple[str, ...] = ()
    subset: bool = False
    from_note: bool = False
    announced: bool = False  # by "gồm", or as opposites: the office means the list to be complete
    mixed: int = 0  # parts before the first semicolon of a list with commas too: where it ends is not sure
    bracketed: bool = False  # right behind the total: "1.128 con (bò 994 con, trâu 134 con)"
    counted: Figure | None = None  # what is counted, where the parts' counts come to it: then their money does too

    @property
    def exhaustive(self) -> bool:
        """Whether the parts are a whole partition."""
        return (bool(self.complete) and not self.missing) or self.counted is not None


def is_target(figure: Figure) -> bool:
    """Plans and projections are held against each other, never against what was done."""
    planned = figure.status in {Status.PLAN, Status.PROJECTION}
    return planned or name_key(figure.indicator or "").startswith(words_of("plan"))


def find_splits(figures: Sequence[Figure], document: Document) -> tuple[Split, ...]:
    """Every total with each list of its parts, in text order."""
    layout = Layout(document)
    noted = {mark: _before(anchor, figures) for mark, anchor in layout.anchors.items()}
    named = _by_name(figures, layout)
    by_block = grouped((f for f in figures if f.value is not None), lambda f: layout.block(f.start))
    groups: dict[str, list[Figure]] = {}
    owners: dict[str, Figure] = {}
    for part in (f for f in figures if f.value is not None):
        owner = _owner(part, named, layout) or noted.get(part.footnote or "")
        if owner is None or not _fits(part, owner):
            owner = _told_before(part, by_block, layout)
        if owner is not None:
            owners[owner.id] = owner
            groups.setdefault(owner.id, []).append(part)
    splits = [
        replace(
            _split(owners[identity], listed, from_note=layout.details(owners[identity], listed[0])),
            announced=_are_all(owners[identity], listed, layout),
            mixed=_mixed(listed, layout),
            bracketed=layout.brackets(owners[identity], listed[0]),
        )
        for identity, parts in groups.items()
        for listed in _lists(owners[identity], sorted(parts, key=lambda f: f.start), layout)
    ]
    splits += _by_catalogue(figures, splits, Scopes(document))
    return tuple(sorted(splits, key=lambda s: (s.total.start, s.parts[0].start)))


def _by_name(figures: Iterable[Figure], layout: Layout) -> dict[tuple[str, str | int | None], list[Figure]]:
    """The figures with a value by each of their names and each place, block and section, where they bear it."""
    named: dict[tuple[str, str | int | None], list[Figure]] = {}
    for figure in figures:
        if figure.value is not None and figure.indicator:
            for name in _names(figure):
                for place in (layout.block(figure.start), figure.section):
                    named.setdefault((name, place), []).append(figure)
    return named


def _by_catalogue(figures: Sequence[Figure], known: Sequence[Split], scope_of: Scopes) -> list[Split]:
    """Totals and parts that only the catalogue relates, wherever in the report they stand.

    Measured things alone (money, tonnes, hectares), of one period, place and scope, and each given once: a count may
    count several events under one name. A partition that is there in full is held to its sum, other parts to the limit.
    """
    told = {(s.total.id, p.id) for s in known for p in s.parts}
    measured = (f for f in figures if is_measured(f) and f.indicator_id and not is_rate(f) and (f.amount or 0) >= 0)
    return _related(measured, told, scope_of)


def find_growths(figures: Sequence[Figure], document: Document) -> list[Split]:
    """Totals and whole partitions of the catalogue that are told by their growth alone: GRDP and its sectors."""
    alone = (f for f in figures if f.value is None and f.match == "alias" and f.comparisons)
    return [split for split in _related(alone, set(), Scopes(document)) if split.complete]


def _related(figures: Iterable[Figure], told: Collection[tuple[str, str]], scope_of: Scopes) -> list[Split]:
    found: list[Split] = []
    for comparable in grouped(figures, lambda f: _conditions(f, scope_of)).values():
        by_id = grouped(comparable, lambda f: f.indicator_id or "")
        once = {identity: same[0] for identity, same in by_id.items() if len({*map(_said, same)}) == 1}
        for identity, total in once.items():
            below = [p for i, p in once.items() if indicators()[i].parent == identity and (total.id, p.id) not in told]
            found += _catalogued(total, below)
    return found


def _said(figure: Figure) -> tuple[Decimal | None, ...]:
    """The amount of a figure, or the comparisons that tell it where it has none."""
    return (figure.amount,) if figure.value is not None else tuple(c.value for c in figure.comparisons)


def _conditions(f: Figure, scope_of: Scopes) -> tuple[object, ...]:
    """What a part must share with its total."""
    return f.period, f.area, scope_of(f), price_basis_in(f.qualifier), is_target(f), f.amount_unit


def _catalogued(total: Figure, parts: Sequence[Figure]) -> Iterable[Split]:
    whole: set[str] = set()
    for name, members in parts_of(total.indicator_id or "").items():
        present = tuple(p for p in parts if p.indicator_id in members)
        if len(present) == len(members):
            whole.update(p.id for p in present)
            yield Split(total, present, name)
    yield from (Split(total, (p,), subset=True) for p in parts if p.id not in whole)


class Layout:
    """Where figures stand to each other: blocks, sentences, brackets, and the places of footnotes in the body."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.blocks = document.blocks
        self._starts = [b.start for b in document.blocks]
        self.anchors = {n.mark: n.anchor for n in document.footnotes if n.anchor is not None}
        self.parents = {s.path: s.parent for s in document.sections}
        self._sections = document.sections

    def block(self, place: int) -> int:
        """The index of the block that holds a place; -1 outside all."""
        at = bisect_right(self._starts, place) - 1
        return at if at >= 0 and place < self.blocks[at].end else -1

    def place(self, figure: Figure) -> int:
        """Where a figure belongs in the body: the mark of its note, else its own start."""
        return self.anchors.get(figure.footnote or "", figure.start)

    def ends_in_rest(self, total: Figure, parts: Sequence[Figure]) -> bool:
        """Whether the last part is what is left: ``trong đó 12 đơn khiếu nại, số còn lại 37 đơn kiến nghị``.

        A number between the total and the first of them may be a part that was not read as one.
        """
        if len(parts) < 2 or any(map(str.isdigit, self.text[total.end : parts[0].start])):
            return False
        before = f" {fold(self.text[parts[-2].end : parts[-1].end])} "
        return any(f" {word} " in before for word in words_of("rest"))

    @cached_property
    def _plans(self) -> list[tuple[int, int]]:
        """Sections about what is to be done, from their starts to their ends, one that lies in another left out."""
        spans: list[tuple[int, int]] = []
        for start, end in sorted((s.start, s.end) for s in self._sections if _names_plans(s.title)):
            if not spans or end > spans[-1][1]:
                spans.append((start, end))
        return spans

    def in_plans(self, place: int) -> bool:
        """Whether a place lies in a section about what is to be done."""
        at = bisect_right(self._plans, place, key=itemgetter(0)) - 1
        return at >= 0 and place < self._plans[at][1]

    def details(self, total: Figure, part: Figure) -> bool:
        """Whether the note that holds ``part`` has its mark right behind ``total``."""
        anchor = self.anchors.get(part.footnote or "")
        return total.footnote is None and anchor is not None and 0 <= anchor - total.end <= NEAR

    def announces(self, total: Figure, part: Figure) -> bool:
        """Whether "gồm" stands between a total, what it is compared with, and the first of its parts."""
        told = max((c.end for c in total.comparisons if c.end <= part.start), default=total.end)
        between = self.text[max(told, total.end) : part.start] if total.end <= part.start else ""
        return len(between) < 60 and has_syllable(fold(between), "whole_list")

    def brackets(self, total: Figure, part: Figure) -> bool:
        """Whether a bracket opens right behind a total, or its name, and the first of its parts stands in it."""
        between = self.text[total.end : part.start] if total.end <= part.start else ""
        opens = BRACKET_OPENS.match(between)
        return opens is not None and {*name_key(opens[1]).split()} <= {*name_key(total.indicator or "").split()}

    def names_kinds(self, total: Figure, parts: Sequence[Figure]) -> bool:
        """Whether what stands between a total and a bracket is what the bracket counts: its kinds, and no others.

        ``83 đơn khiếu nại, tố cáo (57 đơn khiếu nại và 26 đơn tố cáo)``.
        """
        opens = BRACKET_OPENS.match(self.text[total.end : parts[0].start] if total.end <= parts[0].start else "")
        kinds = {*name_key(f"{total.unit} {opens[1]}").split()} if opens else set()
        told = {word for part in parts for word in name_key(f"{part.unit} {part.indicator}").split()}
        return len(parts) > 1 and len(kinds) > 1 and told == kinds

    def reaches(self, total: Figure, part: Figure) -> bool:
        """Whether ``part`` can detail ``total``: in its sentence, in a block below it, or in a note of its block."""
        if part.footnote != total.footnote:
            return part.footnote in self.anchors and self.block(self.place(part)) == self.block(total.start)
        one, other = self.block(total.start), self.block(part.start)
        if one == other:
            return part.start > total.start and not self._ends_between(total.end, part.start)
        return one < other and part.section == total.section

    def opens_with_parts(self, figure: Figure) -> bool:
        """Whether a figure stands in the first sentence of a paragraph that begins with "Trong đó"."""
        at = self.block(figure.start)
        start = self.blocks[at].start if at > 0 else figure.start
        opens = fold(self.text[start : start + 12]).startswith(words_of("detail"))
        return opens and not SENTENCE_END.search(self.text, start, figure.start)

    def _ends_between(self, start: int, end: int) -> bool:
        """Whether a sentence ends in a stretch; one that begins with "Trong đó" goes on with the one before it."""
        ends = (m.end() for m in SENTENCE_END.finditer(self.text, start, end))
        return any(not fold(self.text[at : at + 12]).startswith(words_of("detail")) for at in ends)

    def depth(self, figure: Figure) -> int:
        """How many brackets are open where a figure stands, counted from the start of its block."""
        at = self.block(figure.start)
        span = self.blocks[at].start if at >= 0 else figure.start, figure.start
        return sum(self.text.count(c, *span) for c in OPEN) - sum(self.text.count(c, *span) for c in CLOSE)


@lru_cache(maxsize=1024)
def _names_plans(title: str) -> bool:
    return fold(title).startswith(words_of("plan_title"))


def _names(figure: Figure) -> Iterable[str]:
    yield name_key(figure.indicator or "")
    if figure.qualifier:
        yield name_key(f"{figure.indicator} {figure.qualifier}")


def _fits(part: Figure, total: Figure) -> bool:
    """Whether the two may be added: same unit and kind of status, no other area, and no different period.

    A change (``-341 ha``) is no whole, and what the catalogue puts beside a total is no part of it.
    """
    return (
        part.id != total.id
        and (total.amount or 0) >= 0
        and not _are_siblings(part, total)
        and not _is_each(name_key(total.indicator or ""))
        and _are_of_one_unit(name_key(part.amount_unit or ""), name_key(total.amount_unit or ""))
        and is_target(part) == is_target(total)
        and part.area == total.area
        and (part.period == total.period or part.period is None or total.period is None)
    )


def _are_of_one_unit(one: str, other: str) -> bool:
    """Whether two folded units are one, or cases called at length and in short: ``vụ việc`` and ``vụ``."""
    return one == other or (not {one, other}.isdisjoint(words_of("case")) and same_noun(one, other))


def _are_all(total: Figure, parts: Sequence[Figure], layout: Layout) -> bool:
    """Whether the office means a list to be complete: behind "gồm", with its rest, or as two opposites (men, women)."""
    known = _are_opposites(parts) or layout.names_kinds(total, parts)
    return known or layout.announces(total, parts[0]) or layout.ends_in_rest(total, parts)


def _are_opposites(parts: Sequence[Figure]) -> bool:
    """Whether two parts are all there are by their names: men and women, the north and the south, old and new."""
    names = [name_key(part.indicator or "") for part in parts]
    for one, other in (names, names[::-1]) if len(names) == 2 else ():
        if holds_word(one, "carried_over") and holds_word(other, "come_in") and not holds_word(other, "carried_over"):
            return True
    pair = contrast(*(name_key(part.indicator or "") for part in parts)) if len(parts) == 2 else None
    return pair is not None and {*pair} <= {*words_of("opposite")}


def _are_siblings(one: Figure, other: Figure) -> bool:
    """Whether the catalogue knows both as parts of one whole: domestic revenue and revenue from oil."""
    if one.match != "alias" or other.match != "alias" or one.indicator_id == other.indicator_id:
        return False
    first, second = (indicators().get(f.indicator_id or "") for f in (one, other))
    return first is not None and second is not None and first.parent is not None and first.parent == second.parent


@lru_cache(maxsize=1024)
def _is_each(name: str) -> bool:
    """Whether a name is that of a price or a rate: what one gets is no total of what all get."""
    return name.startswith((*openings_of("each"), *openings_of("each_level"))) or holds_word(name, "average")


def _owner(
    part: Figure, named: Mapping[tuple[str, str | int | None], Sequence[Figure]], layout: Layout
) -> Figure | None:
    """The figure that bears the name of the part's parent and that the part can detail.

    Only the part's block, the block of its note's mark and its section can hold one (``Layout.reaches``). The nearest
    one; of several in the part's own sentence the largest, because a total is no less than another value.
    """
    if not part.parent:
        return None
    at = layout.place(part)
    here, name = layout.block(at), name_key(part.parent)
    places = dict.fromkeys((layout.block(part.start), here, part.section))
    near = {t.id: t for place in places for t in named.get((name, place), ())}
    candidates = [
        t for t in near.values() if _fits(part, t) and t.indicator != part.indicator and layout.reaches(t, part)
    ]
    beside = [t for t in candidates if layout.block(t.start) == here]
    if len(beside) > 1:
        return max(beside, key=lambda t: (t.amount or 0, -t.start))
    return min(candidates, key=lambda t: (layout.place(t) > at, abs(at - layout.place(t)), t.start), default=None)


def _told_before(part: Figure, by_block: Mapping[int, Sequence[Figure]], layout: Layout) -> Figure | None:
    """The last figure of its unit in the paragraph before one that begins with "Trong đó", where nothing else is named.

    Parts that tell no period are of the total's own: what they have is the report's.
    """
    if part.parent or not layout.opens_with_parts(part):
        return None
    of_report = part.changed(period=None) if part.period_from == "report" else part
    before = by_block.get(layout.block(part.start) - 1, ())
    fitting = [t for t in before if _fits(of_report, t) and year_of(t.period) == year_of(part.period)]
    return fitting[-1] if fitting and fitting[-1].section == part.section else None


def _before(anchor: int, figures: Sequence[Figure]) -> Figure | None:
    """The figure of the body that a note's mark stands right behind."""
    found = (f for f in figures if f.footnote is None and f.value is not None and 0 <= anchor - f.end <= NEAR)
    return next(found, None)


def _lists(total: Figure, parts: Sequence[Figure], layout: Layout) -> Iterable[tuple[Figure, ...]]:
    """Cut parts in text order into lists: by period, at ``trong đó``, where a bracket closes, between notes.

    A part that names no period is of its total's; where neither does, a part of a stated one is none of its parts:
    ``221 đơn (196 khiếu nại, 25 tố cáo), giảm 198 đơn (6 tháng đầu năm 2019 có 419 đơn)``.
    So does a capital behind a semicolon, where the list began with a small letter: that is the total's neighbour.
    """
    by_period = grouped(parts, lambda part: part.period or total.period)
    for same in [by_period[None]] if None in by_period else by_period.values():
        current = [same[0]]
        for before, part in pairwise(same):
            between = layout.text[before.end : part.start] if part.start >= before.end else ""
            left = before.footnote != part.footnote or part.section != before.section
            if left or _breaks(between) or _begins_anew(between, current[0], layout.text):
                yield _shallow(current, layout)
                current = []
            current.append(part)
        yield _shallow(current, layout)


def _mixed(parts: Sequence[Figure], layout: Layout) -> int:
    """How many parts stand before a semicolon that parts some of a list and not all, or its only two.

    What follows may be no part of the total. A bracket ends its list itself, and opposites belong together.
    """
    if _are_opposites(parts):
        return 0
    parted = [";" in layout.text[before.end : part.start] for before, part in pairwise(parts)]
    unsure = any(parted) and (len(parted) == 1 or not all(parted)) and layout.depth(parts[0]) == 0
    return parted.index(True) + 1 if unsure else 0


def _begins_anew(between: str, first: Figure, text: str) -> bool:
    """Whether a capital follows a semicolon though the list began with a small letter; a note's list begins with it."""
    _, semicolon, name = between.rpartition(";")
    opening = (first.indicator or "")[:1]
    if first.footnote is not None:
        opening = text[text.rfind("\n", 0, first.start) + 1 :].lstrip(" -+*•")[:1]
    return bool(semicolon) and name.lstrip()[:1].isupper() and opening.islower()


def _shallow(parts: Sequence[Figure], layout: Layout) -> tuple[Figure, ...]:
    """The parts outside the brackets that detail parts: ``2 khiếu nại (1 đơn thuộc thẩm quyền)``."""
    depths = [layout.depth(p) for p in parts]
    least = min(depths)
    return tuple(p for p, depth in zip(parts, depths, strict=True) if depth == least)


def _breaks(between: str) -> bool:
    words = between.lower()
    if holds_word(words, "next_list"):
        return True
    depth = 0
    for c in between:
        depth += (c in OPEN) - (c in CLOSE)
        if depth < 0:
            return True
    return False


def _split(total: Figure, parts: tuple[Figure, ...], *, from_note: bool) -> Split:
    ids = [p.indicator_id for p in parts if p.match == "alias"]
    if total.match == "alias" and total.indicator_id and len(ids) == len(parts):
        for name, members in parts_of(total.indicator_id).items():
            if set(ids) <= set(members) and len(set(ids)) == len(ids):
                missing = tuple(m for m in members if m not in ids)
                return Split(total, parts, name, missing, from_note=from_note)
        known = indicators()
        if all(known[i].parent == total.indicator_id and known[i].rule == "subset" for i in ids if i):
            return Split(total, parts, subset=True, from_note=from_note)
    return Split(total, parts, from_note=from_note)
