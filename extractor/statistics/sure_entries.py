"""Which entries that a name alone would decide are not meant: remainders, increments, parts, seasons, doubles.

In come the figures of one document with what ``matching`` made of their names, and the text that they stand in; out
come the same figures, some without an entry. The one hard idea: *a name says what is measured, the words around the
number say how much of it*. ``còn 5 hồ sơ`` is no number of files, ``thêm 4 sản phẩm`` no number of products, a
``trong đó`` of the same name no total, a season's crop not the year's and one bank's credit not all banks'. What is
taken away is never given to another name by guess: what an entry becomes in a context is a row of ``contexts.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache

from extractor.domain.figure import Figure
from extractor.domain.folding import fold
from extractor.domain.lexicon import read_rows
from extractor.domain.unit import COUNT, read_unit
from extractor.paper.structure.labels import item_mark
from extractor.statistics.catalogue import (
    CONTEXTS,
    Indicator,
    ancestors,
    holds_word,
    indicators,
    name_key,
    words_of,
)
from extractor.statistics.matching import is_told_of, related
from extractor.statistics.said_words import AMOUNTS, ASIDE, SENTENCE, part_openings, sentence_to

POINTS = "points"
"""The family of units of what a sector adds to growth."""

DOUBLED = "entry_twice"
"""The doubt on two figures that one entry, period and status would give two values."""

AREA = "area"
"""The family of units of what was sown, and of what there is of land."""

CLAUSE, AFTER, PARAGRAPH, SECTION = 24, 24, 600, 2400
"""Letters that are looked at: right before a number, right after it, back to its paragraph and to a heading."""


FEW = 0.25
"""The share of a paragraph's numbers with an entry below which one says little of the other numbers."""

NEARLY = Decimal("0.9")
"""The share of an amount from which another one is nearly the same."""

BESIDE = 8
"""Letters between two counts of one thing: ``149 lượt/187 người``, ``149 lượt với 187 người``."""

_END_OF_SENTENCE = re.compile(r"[.](?!\d)|\n")

_END_OF_LIST = re.compile(r"[.](?!\d)|[;\n]|,(?!\s*\d)")

_HEADING = re.compile(r"(?m)^[#*+\- \t]*(?:\w{1,4}(?:\.\d+)*[.)][ \t]*)?([^\W\d][^\n\d.;,]{2,48})$")
"""A line of a few words, with or without its number: ``a. Vụ Xuân``."""

_CLAUSE_BEHIND = re.compile(r"[^,;:.\d\n]*")
"""What follows a number up to the next mark or number."""


def settle_entries(figures: Sequence[Figure], text: str) -> tuple[Figure, ...]:
    """The figures, in their order, with the entries that the words around their numbers leave them."""
    kept = [_settled(figure, text) for figure in figures]
    kept = [_without_whole(figure, kept) for figure in kept]
    kept = [_without_increment(figure, kept, text) for figure in kept]
    kept = [_without_rival(figure, kept, text) for figure in kept]
    kept = [_without_sibling(figure, kept, text) for figure in kept]
    kept = _without_lone(kept, text)
    kept = [_without_other_base(figure, kept, text) for figure in kept]
    kept = [_without_stranger(figure, kept) for figure in kept]
    kept = [_without_pair(figure, kept) for figure in kept]
    kept = [_as_its_neighbours(figure, kept) for figure in kept]
    doubled = set(_doubled(kept))
    return tuple(_doubted(figure) if figure.id in doubled else figure for figure in kept)


def _settled(figure: Figure, text: str) -> Figure:
    entry = indicators().get(figure.indicator_id or "")
    if entry is None or (figure.value is None and entry.nature != "ratio"):
        return figure
    narrowed = (_is_rest(figure, entry, text), _is_of_some(figure, text), _is_per_head(figure, text))
    if entry.nature in AMOUNTS and (any(narrowed) or _is_struck(figure, entry, text)):
        return _withdrawn(figure)
    if _is_no_share(figure, entry, text):
        return _withdrawn(figure)
    own = _in_context(figure, entry, text)
    if own == entry.id:
        return figure
    return figure.changed(indicator_id=own) if own else _withdrawn(figure)


def _is_rest(figure: Figure, entry: Indicator, text: str) -> bool:
    """Whether a number is what was added, or what is left of something that happens: ``còn 5 hồ sơ``.

    Of a stock, ``còn`` tells the whole: ``toàn huyện còn 320 hộ nghèo``.
    """
    before = f" {fold(text[max(0, figure.start - CLAUSE) : figure.start])}"
    if before.endswith(tuple(f" {word}" for word in words_of("more"))):
        return True
    if entry.nature != "flow":
        return False
    behind = _CLAUSE_BEHIND.match(text, figure.end, figure.end + AFTER)
    left, after = words_of("left"), f" {fold(behind[0] if behind else '')} "
    return before.endswith(tuple(f" {word}" for word in left)) or any(f" {w} " in after for w in left if " " in w)


def _is_no_share(figure: Figure, entry: Indicator, text: str) -> bool:
    """Whether a sector's per cent is no share of the whole: none is said before it, or it is what the sector adds.

    ``khu vực dịch vụ tăng 6,02%, đóng góp 3,08 điểm phần trăm (mục tiêu 7%)``.
    """
    if entry.nature != "ratio" or not holds_word(fold(entry.name_vi), "structure"):
        return False
    unit = read_unit(figure.unit)
    return (unit is not None and unit.family == POINTS) or not holds_word(
        fold(text[max(0, figure.start - SENTENCE) : figure.start]), "share"
    )


def _is_of_some(figure: Figure, text: str) -> bool:
    """Whether its sentence sets some of what was counted apart: ``Riêng 01 cuộc thanh tra thu hồi 181 triệu đồng``."""
    words = fold(sentence_to(figure.end, text)).split()
    return len(words) > 1 and words[0] in words_of("apart") and words[1].isdigit()


def _is_per_head(figure: Figure, text: str) -> bool:
    """Whether a count is one of so many people: ``số người nhiễm HIV trên 100.000 dân 4,0 người``.

    So is each of a list that ends so: ``32 giường bệnh, 6 bác sĩ trên 1 vạn dân``.
    """
    per_head = words_of("per_head")
    if fold(text[max(0, figure.start - CLAUSE) : figure.start]).endswith(per_head):
        return True
    list_end = _END_OF_LIST.search(text, figure.end)
    behind = fold(text[figure.end : list_end.start() if list_end else len(text)][:SENTENCE])
    return behind.endswith(per_head)


def _is_struck(figure: Figure, entry: Indicator, text: str) -> bool:
    """Whether what there is was struck, as far as its sentence says so before the number: ``mưa đá làm 840 ha lúa …``.

    What measures damage itself is called so.
    """
    if entry.nature != "stock" and entry.family != AREA:
        return False
    said = f" {fold(sentence_to(figure.start, text))} "
    return not holds_word(fold(entry.name_vi), "mishap") and any(f" {word} " in said for word in words_of("mishap"))


def _paragraph_to(end: int, text: str) -> str:
    paragraph = text[max(0, end - PARAGRAPH) : end]
    return paragraph[paragraph.rfind("\n") + 1 :]


def _heading_over(start: int, text: str) -> str:
    """The last line before ``start`` that holds a few words and no number but its own."""
    headings = _HEADING.findall(text, max(0, start - SECTION), text.rfind("\n", 0, start) + 1)
    return headings[-1] if headings else ""


@cache
def _lasting() -> frozenset[str]:
    """The words of the contexts that a sentence sets for what follows it in its paragraph: a season, a bank."""
    return frozenset(fold(row["context"]) for row in read_rows(CONTEXTS) if row["reach"] == "paragraph")


@cache
def _contexts() -> dict[str, dict[str, str]]:
    """Entry → the words of its contexts, and what it becomes there; "" where the catalogue holds nothing."""
    found: dict[str, dict[str, str]] = {}
    for row in read_rows(CONTEXTS):
        found.setdefault(row["indicator"], {})[fold(row["context"])] = row["becomes"]
    return found


def _in_context(figure: Figure, entry: Indicator, text: str) -> str:
    """What ``entry`` is in the context that its own words say, or that stands last before the number in its sentence.

    Failing those, in a lasting one of its paragraph, or of the heading over it: ``a. Vụ Xuân``.

    Of counted things, first in the one right behind the number: ``61.240 thẻ BHYT cho người nghèo``.
    """
    contexts = _contexts().get(entry.id)
    if not contexts:
        return entry.id
    after = f"{fold(text[figure.end : figure.end + AFTER])} " if text[figure.end : figure.end + 1].isspace() else ""
    behind = next((context for context in contexts if after.startswith(f"{context} ")), None)
    if behind and entry.family == COUNT:
        return contexts[behind]
    sentence = sentence_to(figure.start, text)
    clause = _CLAUSE_BEHIND.match(ASIDE.sub(" ", text[figure.end : figure.end + SENTENCE]))
    own = " ".join(filter(None, (figure.parent, figure.indicator, figure.qualifier, figure.unit, clause and clause[0])))
    lasting = contexts.keys() & _lasting()
    around = (_paragraph_to(figure.start, text), _heading_over(figure.start, text) if lasting else "")
    said = [(own, contexts), (sentence, contexts), *((words, lasting) for words in around)]
    for words, looked_for in said:
        last = _last(fold(words), looked_for)
        if last is not None:
            return "" if _is_joined(last, fold(words), contexts) else contexts[last]
    return entry.id


def _is_joined(last: str, words: str, contexts: dict[str, str]) -> bool:
    """Whether a context stands beside another one that means something else: ``vụ đông xuân và hè thu``."""
    before = f" {words} "[: f" {words} ".rfind(f" {last} ")]
    links, season = ("", *(f" {word}" for word in words_of("and"))), words_of("season")[0]
    joined = (f"{link}{again}" for link in links for again in (f" {season}", ""))
    heads = [before.removesuffix(link) for link in joined if before.endswith(link)]
    beside = (context for context in contexts if any(head.endswith(f" {context}") for head in heads))
    return any(contexts[other] != contexts[last] for other in beside)


def _last(words: str, contexts: Iterable[str]) -> str | None:
    """The context that stands last in folded words."""
    ends = {context: at + len(context) for context in contexts if (at := f" {words} ".rfind(f" {context} ")) >= 0}
    return max(ends, key=lambda context: (ends[context], len(context)), default=None)


def _without_whole(figure: Figure, figures: Iterable[Figure]) -> Figure:
    """A figure below another of the very same entry, period and status is a part of it, and not the entry."""
    if figure.match != "alias" or not figure.parent or figure.value is None:
        return figure
    parent = name_key(figure.parent)
    for other in figures:
        if other.id == figure.id or other.indicator_id != figure.indicator_id or other.match != "alias":
            continue
        if (
            name_key(other.indicator or "") == parent
            and other.period == figure.period
            and other.amount != figure.amount
        ):
            return _withdrawn(figure)
    return figure


def _without_increment(figure: Figure, figures: Sequence[Figure], text: str) -> Figure:
    """A count that its sentence raises a whole by is what came to it: ``58 xã đạt chuẩn, nâng tổng số lên 87 xã``.

    Of a flow that is what was counted, and the whole is not.
    """
    entry = indicators().get(figure.indicator_id or "")
    if figure.match != "alias" or figure.value is None or entry is None:
        return figure
    same = (other for other in figures if other.indicator_id == entry.id)
    if entry.nature == "flow":
        raised = any(_raises(other, figure, text) for other in same)
    else:
        raised = any(_raises(figure, other, text) for other in same)
    return _withdrawn(figure) if raised else figure


def _without_rival(figure: Figure, figures: Iterable[Figure], text: str) -> Figure:
    """A lesser amount of what its paragraph told before, or told a part of, is a part where one is said between them.

    ``Tòa án hai cấp thụ lý 1.640 vụ. Trong đó, Tòa án tỉnh thụ lý 143 vụ``, ``1.062 nghìn ha lúa mùa, trong đó phía
    Bắc gieo cấy 897 nghìn ha``. Without such a word two values of one entry are a slip, or before and after.
    """
    entry = indicators().get(figure.indicator_id or "")
    if entry is None or entry.nature not in AMOUNTS or figure.match != "alias":
        return figure
    is_part = any(_is_lesser(figure, other) and _says_part(text[other.end : figure.start]) for other in figures)
    return _withdrawn(figure) if is_part else figure


def _without_sibling(figure: Figure, figures: Iterable[Figure], text: str) -> Figure:
    """Of a flow that a paragraph tells more than once only the first is sure, and that one only as the greatest.

    The others are bodies, courts, places whose words no name holds: ``qua Hội Phụ nữ … 45.588 hộ vay vốn; qua Hội Nông
    dân … 29.014 hộ vay vốn``. Of 25 such ids in ten documents two were right. A stock may be told before and after,
    and amounts that nearly agree are two values of one thing, a slip to be told.
    """
    entry = indicators().get(figure.indicator_id or "")
    if entry is None or entry.nature != "flow" or figure.match != "alias" or figure.value is None:
        return figure
    siblings = [other for other in figures if other.indicator_id == entry.id and _is_sibling(figure, other, text)]
    is_later = any(other.start < figure.start for other in siblings)
    is_lesser = any((figure.amount or 0) < (other.amount or 0) for other in siblings)
    return _withdrawn(figure) if is_later or is_lesser else figure


def _is_sibling(figure: Figure, other: Figure, text: str) -> bool:
    """Whether a paragraph, or the list that it announces, tells another amount for the same time and status.

    It is more or less by a tenth at least: ``tiếp 2.783 lượt, cụ thể:`` and below ``- Các sở, ngành tiếp 286 lượt``.
    """
    first, last = sorted((figure, other), key=lambda f: f.start)
    lesser, greater = sorted((figure.amount or 0, other.amount or 0))
    line, *items = text[first.end : last.start].split("\n")
    listed = line.rstrip().endswith(":") and all(item_mark(item) for item in items)
    together = other.section == figure.section and (listed or not items)
    return other.value is not None and lesser < greater * NEARLY and together and _told(other) == _told(figure)


def _without_lone(figures: Sequence[Figure], text: str) -> list[Figure]:
    """The figures in their order, without the sure entries that stand alone among numbers of which nothing is known.

    Where less than a quarter of a paragraph's numbers has an entry and the number before has none, a known name is
    mostly a detail of what the paragraph is about: ``Khám trang trại … thu 19 con trâu``. Of 54 such ids in 49
    documents 25 were right; behind a number with an entry, or first in its paragraph, of 456 ids 421.
    """
    lone: set[str] = set()
    for paragraph in _paragraphs(figures, text):
        known = [figure.match == "alias" for figure in paragraph]
        if sum(known) < len(known) * FEW:
            lone |= {paragraph[n].id for n in range(1, len(known)) if known[n] and not known[n - 1]}
    return [_withdrawn(figure) if figure.id in lone else figure for figure in figures]


def _paragraphs(figures: Iterable[Figure], text: str) -> Iterator[list[Figure]]:
    """The figures of each paragraph in the order in which they stand."""
    paragraph: list[Figure] = []
    for figure in sorted(figures, key=lambda f: f.start):
        last = paragraph[-1] if paragraph else figure
        if paragraph and ("\n" in text[last.end : figure.start] or last.section != figure.section):
            yield paragraph
            paragraph = []
        paragraph.append(figure)
    if paragraph:
        yield paragraph


def _told(figure: Figure) -> tuple[object, ...]:
    """What two sure values share that answer one question: period, status, place, unit."""
    return figure.match, figure.period, figure.status, figure.area, figure.amount_unit


def _is_lesser(figure: Figure, whole: Figure) -> bool:
    """Whether ``whole`` is a greater sure amount of the same entry or of a part of it, for one period and status."""
    if whole.total is not None or _told(figure) != _told(whole):
        return False
    entries = (whole.indicator_id, *ancestors(whole.indicator_id or ""))
    return figure.indicator_id in entries and (figure.amount or 0) < (whole.amount or 0)


def _says_part(between: str) -> bool:
    """Whether what stands between two figures of one paragraph says that the second is a part, as a bracket does."""
    opened = between.rfind("(") > between.rfind(")")
    return "\n" not in between and (opened or any(words in f" {name_key(between)} " for words in part_openings()))


def _raises(more: Figure, whole: Figure, text: str) -> bool:
    """Whether the sentence of two figures says that the second was raised by the first."""
    if not more.end < whole.start <= more.end + SENTENCE or _END_OF_SENTENCE.search(text, more.end, whole.start):
        return False
    between = f" {fold(text[more.end : whole.start])} "
    return any(f" {word} " in between for word in words_of("raised"))


def _without_other_base(figure: Figure, figures: Sequence[Figure], text: str) -> Figure:
    """What stands below another share, or counts what stands above it, is a part of that and no whole of its own.

    ``nước hợp vệ sinh 93%, trong đó nước sạch 34%``, ``kết nạp 265 đảng viên, trong đó học sinh 94 đồng chí``.
    """
    kind = _counted_in(figure)
    if not figure.parent or kind is None:
        return figure
    parent = name_key(figure.parent)
    above = next((f for f in figures[::-1] if f.start < figure.start and name_key(f.indicator or "") == parent), None)
    if above is None or _counted_in(above) != kind or (figure.amount or 0) > (above.amount or 0):
        return figure  # what exceeds it is no part of it
    listed = f" {fold(text[above.end : figure.start].rpartition(';')[-1])} "
    is_part = any(words in listed for words in part_openings())
    return _withdrawn(figure) if is_part and not is_told_of(figure.indicator_id, above.indicator_id) else figure


def _counted_in(figure: Figure) -> str | None:
    """The unit of a sure share or of sure counted things."""
    entry, unit = indicators().get(figure.indicator_id or ""), read_unit(figure.unit)
    if figure.match != "alias" or entry is None or unit is None:
        return None
    share = (entry.family, entry.nature) == ("percent", "ratio")
    return unit.canonical if share or entry.family == COUNT else None


def _without_stranger(figure: Figure, figures: Sequence[Figure]) -> Figure:
    """A total to which a part adds up that its entry does not hold is another one: pupils with pre-school children.

    Of counted things alone: one tax is a part of several totals.
    """
    entry = indicators().get(figure.indicator_id or "")
    if figure.match != "alias" or not figure.amount or entry is None or entry.family != COUNT:
        return figure
    parts = [f for f in figures if _is_part(f, figure)]
    strange = any(not related(part.indicator_id or "", figure.indicator_id or "") for part in parts)
    return _withdrawn(figure) if strange and sum(part.amount or 0 for part in parts) == figure.amount else figure


def _without_pair(figure: Figure, figures: Iterable[Figure]) -> Figure:
    """Of two counts of one name side by side, the entry is the one in its own noun: ``tiếp 149 lượt/187 người``."""
    entry = indicators().get(figure.indicator_id or "")
    if figure.match != "alias" or entry is None or entry.family != COUNT:
        return figure
    own, noun = read_unit(entry.unit), read_unit(figure.unit)
    if own is None or noun is None or noun.canonical == own.canonical:
        return figure
    for other in figures:
        beside = other.indicator_id == figure.indicator_id and 0 < figure.start - other.end <= BESIDE
        if beside and (unit := read_unit(other.unit)) is not None and unit.canonical == own.canonical:
            return _withdrawn(figure)
    return figure


def _is_part(part: Figure, whole: Figure) -> bool:
    """Whether ``part`` has an entry and stands below ``whole`` for the same period."""
    if part.match != "alias" or not part.parent or part.period != whole.period or part.section != whole.section:
        return False
    return name_key(part.parent) == name_key(whole.indicator or "")


def _as_its_neighbours(figure: Figure, figures: Sequence[Figure]) -> Figure:
    """A proposal of another sector than what is sure in its section, or against its parent, is not made."""
    if figure.match != "proposed" or figure.indicator_id is None:
        return figure
    entry = indicators()[figure.indicator_id]
    sure = [f for f in figures if f.match == "alias" and f.indicator_id]
    beside = {indicators()[f.indicator_id or ""].sector for f in sure if f.section == figure.section}
    if beside and entry.sector not in beside:
        return _withdrawn(figure)
    parent = name_key(figure.parent) if figure.parent else None
    above = (f.indicator_id or "" for f in sure if name_key(f.indicator or "") == parent)
    return figure if all(related(entry.id, one) for one in above) else _withdrawn(figure)


def _doubled(figures: Iterable[Figure]) -> Iterable[str]:
    """The ids of figures that share entry, place, period, status and scope, and have two values."""
    seen: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        if figure.match == "alias" and figure.value is not None and figure.total is None:
            entry = figure.indicator_id, figure.area, name_key(figure.qualifier or ""), figure.amount_unit
            seen.setdefault((*entry, figure.period, figure.status), []).append(figure)
    for same in seen.values():
        if len({f.amount for f in same}) > 1:
            yield from (f.id for f in same)


def _withdrawn(figure: Figure) -> Figure:
    return figure.changed(indicator_id=None, match="none", score=None)


def _doubted(figure: Figure) -> Figure:
    return figure.changed(doubts=tuple(dict.fromkeys((*figure.doubts, DOUBLED))))
