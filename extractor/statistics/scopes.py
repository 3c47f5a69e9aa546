"""What the words around a figure add to its key: whose value it is, at which prices, and as of when.

A district's disbursement and one project's are not one series, nor are values at prices of 1994 and at those of the
day, nor a poverty line's households and the next one's. The words that say so stand in the qualifier, in the name, in
the heading of a project's section, or before the figure in its sentence. What none of them says stays empty.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.domain.figure import Figure
from extractor.domain.folding import fold
from extractor.statistics.catalogue import holds_word, words_of

LEVEL = re.compile(r"(?<!\w)cấp (?:trung ương|quốc gia|tỉnh|thành phố|quận|huyện|thị xã|xã|phường|trường|cơ sở)(?!\w)")
"""At which level a contest is held or a title given: ``giải học sinh giỏi cấp tỉnh`` are no prizes of the district."""

PROJECT = re.compile(r"(?:các )?(?:tiểu dự án|dự án|gói thầu) \w+ \w+")
CLAUSE = re.compile(r"[;.]\s+|\n")
LONGEST_PROJECT = 80

FROM = re.compile(r"(?<!\w)từ\s+\Z", re.IGNORECASE)
TO = re.compile(r"\s*(?:(?:tăng|giảm|nâng) )?(?:xuống|lên|còn|thành)(?!\w)", re.IGNORECASE)

OPENING = re.compile(r"(?:\A|[.;]\s+)đầu năm (?!đến)[^.;:]*\Z", re.IGNORECASE)
"""``Đầu năm toàn quận có 168 hộ nghèo``, but not ``từ đầu năm đến nay``."""


def scope_of(figure: Figure) -> str:
    """Whose figure it is, as its own words say: the qualifier ("do quận quản lý"), else a level; "" without either."""
    return scope_in(figure.qualifier) or _level_in(figure.indicator) or _level_in(figure.parent)


@lru_cache(maxsize=4096)
def scope_in(text: str | None) -> str:
    """The folded words of ``text`` if they name a scope, without any price basis.

    A qualifier that holds a word of a scope says *whose* figure it is; any other narrows *what* is measured.
    """
    words = fold(text or "")
    for phrase, _ in _price_words():
        words = words.partition(phrase)[0]
    return words.strip() if holds_word(words, "scope") else ""


def _price_words() -> list[tuple[str, str]]:
    return [(phrase, basis) for basis in ("constant", "current") for phrase in words_of(f"{basis}_price")]


@lru_cache(maxsize=4096)
def _level_in(text: str | None) -> str:
    found = LEVEL.search(fold(text or ""))
    return found[0] if found else ""


def full_scope(figure: Figure, sentence: str, heading: str = "") -> str:
    """``scope_of`` with the project that the figure is about, which its clause or the ``heading`` above names.

    >>> from extractor.domain.figure import Kind
    >>> spent = Figure("f", Kind.COUNT, "giải ngân", None, "tỷ đồng", "21 tỷ đồng", 0, 10)
    >>> full_scope(spent, "Dự án đường vành đai 2: kế hoạch 62 tỷ đồng, giải ngân 21 tỷ đồng.")
    'dự án đường vành đai 2'
    """
    before, _, _ = sentence.partition(figure.quote)
    clause = CLAUSE.split(before)[-1]
    name, colon, _ = clause.partition(":")
    project = (_project(name) if colon else "") or _project(heading)
    return " · ".join(part for part in (project, scope_of(figure)) if part)


@lru_cache(maxsize=4096)
def _project(words: str) -> str:
    """The folded name of the project that ``words`` open with, short enough for a key."""
    folded = fold(words).strip()
    return folded[:LONGEST_PROJECT].strip() if PROJECT.match(folded) else ""


def price_basis_in(*texts: str | None) -> str:
    """The price basis that one of ``texts`` names, the last one in it, with its base year: ``constant 2010`` or "".

    >>> price_basis_in("theo giá so sánh 2010")
    'constant 2010'
    """
    return next((basis for basis in map(_basis_in, texts) if basis), "")


@lru_cache(maxsize=4096)
def _basis_in(text: str | None) -> str:
    words = fold(text or "")
    at, phrase, basis = max((words.rfind(phrase), phrase, basis) for phrase, basis in _price_words())
    if at < 0:
        return ""
    after = words[at + len(phrase) :].split()
    year = next((w for w in after[:2] if len(w) == 4 and w.isdigit()), "")
    return f"{basis} {year}".strip()


def price_basis_of(figure: Figure, sentence: str) -> str:
    """The price basis of a figure: its own words', else, for a part of a whole, the one its sentence named before it.

    ``Tổng GTSX (giá CĐ 1994) đạt 486.300 trđ; trong đó nông, lâm nghiệp 268.450 trđ``: both at prices of 1994.
    """
    own = price_basis_in(figure.qualifier, figure.indicator, figure.parent)
    return own or (price_basis_in(sentence.partition(figure.quote)[0]) if figure.parent else "")


def is_former(figure: Figure, sentence: str) -> bool:
    """Whether the figure is the level that another one came from: 186 in ``giảm từ 186 hộ xuống còn 171 hộ``.

    So is what a clause says of the beginning of the year.
    """
    before, found, after = sentence.partition(figure.quote)
    return bool(found and (OPENING.search(before) or (FROM.search(before) and TO.match(after))))
