"""What the words around a figure add to its key: whose value it is, at which prices, and as of when.

A district's disbursement and one project's are not one series, nor are values at prices of 1994 and at those of the
day, nor a poverty line's households and the next one's. The words that say so stand in the qualifier, in the name, in
the heading of a project's section, or before the figure in its sentence. What none of them says stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from extractor.domain.document import Document, Section
from extractor.domain.figure import Figure, Status
from extractor.domain.folding import fold
from extractor.statistics.catalogue import compiled, holds_word, openings_of, words_of
from extractor.statistics.places.areas import type_of
from extractor.statistics.source_sentence import sentence_of

LEVEL = r"(?<!\w){level}(?!\w)"
"""At which level a contest is held or a title given: ``giải học sinh giỏi cấp tỉnh`` are no prizes of the district."""

PROJECT = r"(?:{plural} )?{project} \w+ \w+"
SENTENCE = re.compile(r"\.\s+|\n")
CLAUSE = re.compile(r";\s+")
MARK = re.compile(r"\A\s*(?:[-+*•–]|\w{1,3}[.)])\s+")
"""What counts a list's items: ``a)``, ``-``, ``1.``."""

LONGEST_PROJECT, LONGEST_PLACE = 80, 5
"""Letters of a project's name that go into a key, and words that the name of a place has."""

FROM = r"(?i)(?<!\w){from}\s+\Z"
TO = r"(?i)\s*(?:{moving} )?{moved_to}(?!\w)"

OPENING = r"(?i)(?:\A|[.;]\s+){beginning} {year} (?!{until_word})[^.;:]*\Z"
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
    found = compiled(LEVEL).search(fold(text or ""))
    return found[0] if found else ""


def full_scope(figure: Figure, sentence: str, heading: str = "") -> str:
    """``scope_of`` with the project or the place that the figure is about, which its sentence or the ``heading`` names.

    What stands before a colon owns the clauses behind it, until another owner or the whole is named.

    >>> from extractor.domain.figure import Kind
    >>> spent = Figure("f", Kind.COUNT, "giải ngân", None, "tỷ đồng", "21 tỷ đồng", 0, 10)
    >>> full_scope(spent, "Dự án đường vành đai 2: kế hoạch 62 tỷ đồng; giải ngân 21 tỷ đồng.")
    'dự án đường vành đai 2'
    >>> full_scope(spent, "Quận Hồng Châu: kế hoạch 62 tỷ đồng; cả thành phố giải ngân 21 tỷ đồng.")
    ''
    """
    before, _, _ = sentence.partition(figure.quote)
    owner = _owner_in(before) or _project(heading)
    if owner in {fold(figure.area or ""), fold(figure.indicator or "")}:
        owner = ""
    return " · ".join(part for part in (owner, scope_of(figure)) if part)


@lru_cache(maxsize=4096)
def _owner_in(before: str) -> str:
    """Whom the clause that ``before`` leaves open is about: the last project or place with a colon behind it."""
    owner = ""
    for clause in CLAUSE.split(SENTENCE.split(before)[-1]):
        name, colon, _ = clause.partition(":")
        if colon and (named := _project(name) or _source(name) or _place(name)):
            owner = named
        elif fold(clause).startswith(openings_of("whole")):
            owner = ""
    return owner


@lru_cache(maxsize=4096)
def _project(words: str) -> str:
    """The folded name of the project that ``words`` open with, short enough for a key."""
    folded = _unmarked(words)
    return folded[:LONGEST_PROJECT].strip() if compiled(PROJECT).match(folded) else ""


def _source(words: str) -> str:
    """The folded name of the source of money that ``words`` open with: ``Nguồn nước ngoài (ODA)``."""
    folded = _unmarked(words)
    return folded if folded.startswith(openings_of("source")) else ""


def _place(words: str) -> str:
    """The folded name of the one place that ``words`` are: ``Quận Hồng Châu``, but no ``huyện đã chỉ đạo các xã``."""
    name = MARK.sub("", words).strip()
    kind = type_of(name)
    printed = len(kind.split()) if fold(name).startswith(kind) else 1
    own = name.split()[printed:] if kind else []
    named = 0 < len(own) <= LONGEST_PLACE and all(word[:1].isupper() or word[:1].isdigit() for word in own)
    return fold(name) if named else ""


def _unmarked(words: str) -> str:
    return fold(MARK.sub("", words)).strip()


class Scopes:
    """Whose figure each figure of one document is, the same for checks and series; and which plans are mere aims."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._titles = titles_of(document.sections)
        self._known: dict[str, str] = {}

    def __call__(self, figure: Figure) -> str:
        """``full_scope`` of a figure where it stands."""
        if figure.id not in self._known:
            heading = self._titles.get(figure.section or "", "")
            self._known[figure.id] = full_scope(figure, self._sentence(figure), heading)
        return self._known[figure.id]

    def is_aim(self, figure: Figure) -> bool:
        """Whether the office strives for the value, which is not the plan that its percentages are of."""
        heading = self._titles.get(figure.section or "", "")
        return is_aim(figure, self._sentence(figure), heading)

    def words_before(self, figure: Figure) -> str:
        """The folded words of a figure's sentence before it."""
        return fold(self._sentence(figure).partition(figure.quote)[0])

    def _sentence(self, figure: Figure) -> str:
        return sentence_of(self._document, figure.start, figure.end)


def titles_of(sections: Iterable[Section]) -> Mapping[str, str]:
    """The title of each section by its path; one without a title, or below a project's, has that of the one above."""
    titles: dict[str, str] = {}
    for section in sections:
        titles[section.path] = heading_under(section.title, titles.get(section.parent or "", ""))
    return titles


def heading_under(title: str | None, above: str) -> str:
    """The heading that says whose the figures of a section are: its own, or the project's that it stands under."""
    return above if above and (not title or (_project(above) and not _project(title))) else title or ""


def is_aim(figure: Figure, sentence: str, heading: str = "") -> bool:
    """Whether the words around a plan say that it is striven for: ``phấn đấu``, ``mục tiêu``.

    >>> from extractor.domain.figure import Kind
    >>> plan = Figure("f", Kind.COUNT, "thu", None, "tỷ đồng", "105 tỷ đồng", 0, 10, status=Status.PLAN)
    >>> is_aim(plan, "Phấn đấu thu đạt 105 tỷ đồng."), is_aim(plan, "Dự toán thu 105 tỷ đồng.")
    (True, False)
    """
    if figure.status not in {Status.PLAN, Status.PROJECTION}:
        return False
    before, _, _ = fold(sentence).partition(fold(figure.quote))
    return holds_word(before, "aim") or fold(heading).startswith(words_of("aim"))


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
    return bool(
        found and (compiled(OPENING).search(before) or (compiled(FROM).search(before) and compiled(TO).match(after)))
    )
