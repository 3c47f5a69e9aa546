"""A block of text → the items that are read: quantities, periods, cues, marks and words, in order.

Four finders look at the block: references (digits that measure nothing), periods, quantities, and the vocabulary
through spaCy's ``span_ruler``. Where they overlap the first named wins, and among cue words the longest. Every
character that is not white space belongs to exactly one item. What the items *mean* together is the business of
``figures``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from extractor.domain.lexicon import read_rows
from extractor.language.lexer.coordination import joins_names
from extractor.language.lexer.numerals import Style, find_number_words, find_numerals, without_noise
from extractor.language.lexer.periods import PeriodMention, find_periods
from extractor.language.lexer.phrase_matcher import Cue, find_cues
from extractor.language.lexer.quantities import Quantity, find_quantities, match_unit
from extractor.language.lexer.references import Reference, find_references, is_priced
from extractor.language.lexer.tokens import (
    Token,
    WordTable,
    compiled,
    endings_of,
    openings_of,
    token_at,
    tokenize,
    words_of,
)

_made = tuple.__new__  # there are as many items as words
NO_ROLE: frozenset[str] = frozenset()


class Item(NamedTuple):
    """One thing in a block: ``kind`` is a cue label, ``quantity``, ``period``, ``reference``, ``mark`` or ``word``.

    ``value`` is the cue's value, the mark itself or the folded word. A word's ``value`` may be followed by its class in
    ``role`` (action, scope, link, total, stop).
    """

    kind: str
    value: str
    start: int
    end: int
    quantity: Quantity | None = None
    period: PeriodMention | None = None
    role: frozenset[str] = NO_ROLE
    proper: bool = False  # written with a capital inside a sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the finders saw in one block; offsets are those of the block."""

    text: str
    items: tuple[Item, ...]
    quantities: tuple[Quantity, ...]
    periods: tuple[PeriodMention, ...]
    references: tuple[Reference, ...]


@cache
def _roles() -> WordTable[frozenset[str]]:
    """The words of words.csv → their classes."""
    classes: dict[str, set[str]] = {}
    for row in read_rows("vocabulary/words.csv"):
        classes.setdefault(row["word"], set()).add(row["class"])
    return WordTable((word, frozenset(found)) for word, found in classes.items())


@dataclass(frozen=True, slots=True)
class Scanned:
    """A block cut into tokens, with its cues."""

    text: str
    tokens: list[Token]
    cues: list[Cue]


def scan(texts: Sequence[str]) -> list[Scanned]:
    """Tokens and cues of several blocks, found in one pass over all of them."""
    tokens = [tokenize(text) for text in texts]
    cues = find_cues([[t.norm for t in found] for found in tokens])
    return [Scanned(*parts) for parts in zip(texts, tokens, cues, strict=True)]


class Scans:
    """Texts cut into tokens with their cues, all in one pass; another text is scanned when it is asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._scanned = dict(zip(texts, scan(texts), strict=True))

    def of(self, text: str) -> Scanned:
        """The tokens and cues of ``text``."""
        return self._scanned.get(text) or scan([text])[0]


def read_block(scanned: Scanned, style: Style, *, report_period: str | None, year: int | None = None) -> Reading:
    """The items of one block; ``year`` is that of a heading above where it names one."""
    text, tokens = scanned.text, scanned.tokens
    numbered = _DIGIT.search(text) is not None  # most headings are not
    plain = without_noise(text) if numbered else text
    periods = find_periods(plain, report_period, year, tokens=tokens if plain is text else None)
    references = find_references(plain, lambda at: _measures(tokens, at)) if numbered else []
    periods = _true_periods(text, periods, references)
    references = [r for r in references if not any(p.start <= r.start and r.end <= p.end for p in periods)]
    taken = sorted([(p.start, p.end) for p in periods] + [(r.start, r.end) for r in references])
    numerals = find_numerals(text, style, _merged(taken), tokens=tokens) if numbered else []
    spans = [(tokens[a].start, tokens[b - 1].end, label, value) for a, b, label, value in scanned.cues]
    bounds = [s for s in spans if s[2] in ("bound", "bound_after") and not _in_name(tokens, s[0])]
    quantities = find_quantities(text, tokens, numerals, _spelt_outside(text, tokens, taken), bounds)
    items = _merge(text, tokens, quantities, periods, references, spans)
    if _growth_word() in text.lower():
        items = _growth_as_name(items)
    return Reading(text, tuple(items), tuple(quantities), tuple(periods), tuple(references))


def _spelt_outside(text: str, tokens: list[Token], taken: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """The numbers in words that touch no taken span."""
    spelt = find_number_words(text, tokens=tokens)
    return [w for w in spelt if not any(a < w[1] and w[0] < b for a, b in taken)]


@cache
def _growth_word() -> str:
    """The last word of "tăng trưởng"."""
    return _growth().rpartition(" ")[2]


def _growth() -> str:
    return next(iter(words_of("growth")))


def _growth_as_name(items: list[Item]) -> list[Item]:
    """In "tăng trưởng đạt 8%" growth is what is measured: a verb of growth before a verb of reaching names a rate."""
    for index, (item, following) in enumerate(pairwise(items)):
        grows = item.kind == "verb" and item.value == "up" and item.end - item.start == len(_growth())
        if grows and following.kind == "verb" and following.value in ("reach", "is", "equal"):
            items[index] = item._replace(kind="rate", value="rate")
        elif grows and following.quantity is not None and following.quantity.family == "money":
            items[index] = item._replace(kind="word", value=_growth())  # "Quỹ … tăng trưởng 3,46 tỷ đồng"
    return items


def _in_name(tokens: list[Token], start: int) -> bool:
    """Whether a bound word ends a name: "ngân sách cấp trên 3.286 triệu đồng"."""
    index = token_at(tokens, start)
    return index > 0 and _roles().match(tokens, index - 1)[0] > 1


def text_of(tokens: list[Token], start: int, end: int) -> str:
    """The folded words of a span."""
    return " ".join(t.norm for t in tokens if start <= t.start < end)


def _measures(tokens: list[Token], at: int) -> bool:
    """Whether a word of measure begins at the offset ``at``."""
    index = token_at(tokens, at)
    return index < len(tokens) and match_unit(tokens, index) is not None


def _true_periods(text: str, periods: list[PeriodMention], references: list[Reference]) -> list[PeriodMention]:
    """Mentions that are periods of something: the date of a cited document is not."""
    numbers = [r.end for r in references if r.label == "document_number"]
    kept = []
    for period in periods:
        inside = any(r.start < period.start < r.end for r in references)
        alone = not inside or text[max(0, period.start - 1) : period.start] == "("
        if alone and not _is_cited(text, period, numbers):
            kept.append(period)
    return kept


def _is_cited(text: str, period: PeriodMention, numbers: list[int]) -> bool:
    """Whether a mention dates something else than figures: a document, a law, prices, what began on a day."""
    start, form = period.start, period.form
    if form == "range":
        return compiled(" {lunar}").match(text, period.end) is not None
    if form not in ("day", "year"):
        return False
    if any(0 <= start - end <= 3 for end in numbers):
        return True
    if form == "day":  # one that something began on dates no figure
        return text[max(0, start - 8) : start].lower().rstrip().endswith(endings_of("dating"))
    return (
        compiled(_LAW).search(text, max(0, start - 60), start) is not None
        or is_priced(text, start)
        or text[max(0, start - 12) : start].rstrip().endswith(endings_of("carried_over"))
        or text[period.end :].lstrip().startswith(openings_of("carried_over"))  # "năm 2017 chuyển sang 690 việc"
    )


_DIGIT = re.compile(r"\d")
_LAW = r"{law}(?!\p{L})[^,.;:()\d]*$"
"""What makes the year behind it that of a law."""


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans with overlapping ones joined."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _merge(
    text: str,
    tokens: list[Token],
    quantities: list[Quantity],
    periods: list[PeriodMention],
    references: list[Reference],
    spans: list[tuple[int, int, str, str]],
) -> list[Item]:
    """One pass over the tokens: at each, the first finder that has something there makes the item."""
    strong = _strong_items(quantities, periods, references)
    cues = _longest(spans)
    dealt = any(label == "each" for _, _, label, _ in spans)  # commas part the names that numbers are dealt to
    limits = [*sorted(strong), len(text)]
    beginnings, alone = _roles().beginnings, _roles().alone
    items: list[Item] = []
    position = 0
    for index, (start, end, norm, is_word) in enumerate(tokens):
        if start < position:
            continue
        item = strong.get(start)
        if item is None and start not in cues:  # as most tokens
            if is_word:
                role = alone.get(norm) or (None if norm in beginnings else NO_ROLE)
                if role is not None:
                    proper = index > 0 and text[start].isupper()
                    item = _made(Item, ("word", norm, start, end, None, None, role, proper))
            else:
                item = _mark(tokens, index, dealt)
        if item is None:
            item = _cue_or_word(text, tokens, index, cues.get(start), limits[bisect_left(limits, start)])
        items.append(item)
        position = item.end
    return items


def _longest(spans: list[tuple[int, int, str, str]]) -> dict[int, tuple[int, int, str, str]]:
    """Where cues begin → the longest that begins there, of equals the first."""
    longest: dict[int, tuple[int, int, str, str]] = {}
    for span in spans:
        if span[0] not in longest or span[1] > longest[span[0]][1]:
            longest[span[0]] = span
    return longest


def _strong_items(
    quantities: list[Quantity], periods: list[PeriodMention], references: list[Reference]
) -> dict[int, Item]:
    """Where numbers begin → the item there: a quantity before a period, a period before a reference."""
    strong = {r.start: Item("reference", r.label, r.start, r.end) for r in reversed(references)}
    strong |= {p.start: Item("period", p.label or "", p.start, p.end, period=p) for p in reversed(periods)}
    return strong | {q.start: Item("quantity", q.unit or "", q.start, q.end, quantity=q) for q in quantities}


def _mark(tokens: list[Token], index: int, dealt: bool) -> Item:
    """The mark at a token; one that joins two names to one is a word: ``&``, a comma unless numbers are dealt out."""
    start, end, norm, _ = tokens[index]
    joins = norm == "&" or (norm == "," and not dealt and joins_names(tokens, index))
    return _made(Item, ("word" if joins else "mark", norm, start, end, None, None, NO_ROLE, False))


def _cue_or_word(text: str, tokens: list[Token], index: int, cue: tuple[int, int, str, str] | None, limit: int) -> Item:
    """The cue that begins at a token, the word with a role, or the mark; none runs beyond ``limit``."""
    start, _, norm, is_word = tokens[index]
    count, role = _roles().match(tokens, index) if is_word else (0, None)
    end = tokens[index + max(count, 1) - 1].end
    if cue is not None and cue[1] <= limit and (not count or end <= cue[1]):
        return _cue(tokens, cue, role or NO_ROLE)
    if not is_word:
        return _made(Item, ("mark", norm, start, end, None, None, NO_ROLE, False))
    if count and end > limit:
        count, role, end = 0, None, tokens[index].end
    if count > 1:
        norm = " ".join(t.norm for t in tokens[index : index + count])
    proper = index > 0 and text[start].isupper()
    return _made(Item, ("word", norm, start, end, None, None, role or NO_ROLE, proper))


def _cue(tokens: list[Token], cue: tuple[int, int, str, str], role: frozenset[str]) -> Item:
    """The item of a cue: "tổng số" is compared with, and a total besides."""
    start, end, label, value = cue
    is_total = (label, value) == ("compare", "total") and text_of(tokens, start, end).startswith(
        endings_of("grand_total")
    )
    return Item(label, value, start, end, role=frozenset({"total"}) if is_total else role)
