"""What a heading hands down to the text under it: subject, period, year, base, status of a plan.

``Vận tải (so cùng kỳ)`` gives a base, ``Xuất khẩu hàng hóa tháng 11/2015 so với cùng kỳ năm trước`` a subject, a
period and a base, ``PHƯƠNG HƯỚNG, MỤC TIÊU NHIỆM KỲ 2015-2020`` the status of a plan. What a heading does not say
comes from the one above.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import regex

from extractor.domain.document import Block, BlockKind, Document
from extractor.domain.letters import ONE_CAPITAL, ONE_SMALL
from extractor.domain.unit import MEASURES
from extractor.language.lexer.items import Reading, Scanned, Scans, read_block
from extractor.language.lexer.numerals import Style
from extractor.language.lexer.periods import PeriodMention
from extractor.language.lexer.quantities import match_unit
from extractor.language.lexer.tokens import compiled, heading_words
from extractor.language.reader.drafts import Context, Subject
from extractor.language.reader.surroundings import BASES, name_in
from extractor.language.reader.weights import Weighted

LABEL = regex.compile(
    rf"^\s*(?:[IVXLC]+|[{ONE_CAPITAL}]|\d{{1,2}}(?:\.\d{{1,2}})*|[{ONE_SMALL}])\s*[.)/]\s*|^\s*[-+*•]\s*"
)


class _Shapes(NamedTuple):
    """What finds the words of titles in ``vocabulary/headings.csv``."""

    plan: regex.Pattern[str]
    result: regex.Pattern[str]
    general: regex.Pattern[str]  # words at the head of a title that name no subject
    joints: regex.Pattern[str]  # what may be left of a title when its words of a plan are taken away
    unit: regex.Pattern[str]


@cache
def _shapes() -> _Shapes:
    """The shapes over the words of titles, in any case but for the unit."""
    opening, plan, result, general, joint = (
        heading_words(f"title_{role}") for role in ("plan_opening", "plan", "result", "general", "joint")
    )
    return _Shapes(
        regex.compile(f"^{opening}|{plan}", regex.IGNORECASE),
        regex.compile(result, regex.IGNORECASE),
        regex.compile(rf"^{general}\s+", regex.IGNORECASE),
        regex.compile(rf"(?:[\s,;]|{joint}(?!\p{{L}}))+"),
        compiled(r"{unit_label}\s*:?\s*(?P<unit>[^();]+)"),
    )


class Headings:
    """The contexts that the titles of a document make, each found when a block below it asks."""

    def __init__(
        self,
        document: Document,
        titles: Mapping[str, str],
        scans: Scans,
        style: Style,
        period: str | None,
        weights: Weighted,
    ) -> None:
        self._titles = titles
        self._parents = {s.path: s.parent for s in document.sections}
        self._scans = scans
        self._style = style
        self._period = period
        self._weights = weights
        self._contexts: dict[str | None, Context] = {None: Context(report=period)}

    def begin_under(self, title: str) -> None:
        """Put a ``heading_text`` over all others: a loose passage stood under it."""
        self._contexts = {None: self._under(title, Context(report=self._period))}

    def over(self, path: str | None) -> Context:
        """The context that the headings above section ``path`` and its own make, the outer one first."""
        if path not in self._parents:
            return self._contexts[None]
        if path not in self._contexts:
            self._contexts[path] = self._under(self._titles.get(path, ""), self.over(self._parents[path]))
        return self._contexts[path]

    def above(self, block: Block) -> Context:
        """The context of a block: that of its section, or of the section around it where the block is its title."""
        return self.over(self._parents.get(block.section or "") if block.kind is BlockKind.HEADING else block.section)

    def _under(self, title: str, above: Context) -> Context:
        if not title:
            return above
        return heading_context(self._scans.of(title), self._style, self._period, above, self._weights)


def heading_text(title: str) -> str:
    """A title without its number."""
    return LABEL.sub("", title, count=1)


def section_titles(document: Document) -> dict[str, str]:
    """Path of each section that has a title of its own → its ``heading_text``."""
    headed = {b.section for b in document.blocks if b.kind is BlockKind.HEADING}
    return {s.path: heading_text(s.title) for s in document.sections if s.path in headed and s.title}


def heading_context(
    title: Scanned, style: Style, report_period: str | None, above: Context, weights: Weighted
) -> Context:
    """The context under a scanned ``heading_text``, where ``above`` holds outside it."""
    text = title.text
    reading = read_block(title, style, report_period=report_period)
    periods = [p for p in reading.periods if p.label and not _in_base(reading.items, p.start)]
    context = above.under(**_told(title, reading, periods), subject=_subject(reading, weights))
    if _shapes().result.search(text):
        return context.under(plan_section=False)
    if _shapes().plan.search(text):
        return context.under(plan_section=True, period=context.period if periods or above.plan_section else None)
    return context


def _told(title: Scanned, reading: Reading, periods: Sequence[PeriodMention]) -> dict[str, object]:
    """The unit, period, year and bases that a heading names; where it names several periods or years, none of them.

    ``periods`` are those that it prints, but for those of its bases.
    """
    told: dict[str, object] = {}
    unit = _shapes().unit.search(title.text)
    bracketed = unit.group("unit").strip() if unit is not None else _bracketed_unit(title)
    if bracketed is not None:
        told["unit"] = bracketed
    labels = {str(p.label) for p in periods}
    if len(labels) == 1:
        told["period"] = next(iter(labels))
    years = {label[:4] for label in (str(p.label) for p in periods if p.stated_year) if label[:4].isdigit()}
    if len(years) == 1:
        told["year"] = int(next(iter(years)))
    bases = tuple(BASES[i.value] for i in reading.items if i.kind == "compare" and i.value != "total")
    if bases and any(i.kind == "cut" for i in reading.items):
        told["bases"] = bases
    return told


def _subject(reading: Reading, weights: Weighted) -> Subject | None:
    """What a title names before its period or base; none for a long one, one in capitals, one of words of plans."""
    items, text = reading.items, reading.text
    stop = next((n for n, i in enumerate(items) if i.kind in ("cut", "period") or i.value == "("), len(items))
    if not stop or text.isupper():
        return None
    words = _shapes().general.sub("", text[: items[stop - 1].end].strip(" :.")).strip()
    if len(words.split()) > 14:
        return None
    subject = name_in(reading, 0, stop, weights)
    words = words or (subject.text if subject is not None else "")
    if subject is None or not _shapes().joints.sub("", _shapes().plan.sub("", words)):
        return None
    return Subject(words, rate=subject.rate)


def _bracketed_unit(title: Scanned) -> str | None:
    """The unit that stands alone at the head of a bracket: "Kết quả thu (tỷ đồng; so với dự toán)"."""
    tokens = title.tokens
    for index, token in enumerate(tokens[:-1]):
        found = match_unit(tokens, index + 1) if token.norm == "(" else None
        if found is not None and found[1] in MEASURES:
            behind = index + 1 + found[0]
            if behind < len(tokens) and tokens[behind].norm in (")", ";", ","):
                return title.text[tokens[index + 1].start : tokens[behind - 1].end]
    return None


def _in_base(items: tuple[object, ...], start: int) -> bool:
    """Whether the period at ``start`` belongs to a base ("so với tháng 12/2014")."""
    before = [i for i in items if getattr(i, "end", 0) <= start]
    if not before:
        return False
    kind = getattr(before[-1], "kind", "")
    return kind == "cut" or (kind == "compare" and len(before) > 1 and getattr(before[-2], "kind", "") == "cut")
