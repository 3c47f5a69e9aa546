"""The catalogue of indicators as the tables of models/ hold it: entries, aliases, partitions, orders, usual costs.

Rows come out typed and held to what every row owes; ``matching`` decides what a printed name means and holds the whole
together. An alias may hold only under a parent: ``Nông nghiệp`` is gross output of agriculture under ``Giá trị sản xuất
nông, lâm, thủy sản`` and nothing in particular elsewhere. This module never learns by itself: a proposal that a person
confirms is added to ``aliases.csv`` with who and when.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from extractor.domain.errors import InvalidModels
from extractor.domain.folding import fold
from extractor.domain.lexicon import UNNUMBERED, compile_shape, group_words, kept_until_rows_change, read_rows
from extractor.domain.messages import in_language
from extractor.domain.unit import unit_words

INDICATORS = "catalogue/indicators.csv"
ALIASES = "catalogue/aliases.csv"
REFUSALS = "catalogue/refusals.csv"
"""Names that are not the entry that they look like."""
ABBREVIATIONS = "catalogue/abbreviations.csv"
"""Short and regional ways to write words of a name: ``GTSX``, ``heo``, ``lúa vụ mùa``."""
ORDERS = "catalogue/orders.csv"
COSTS = "catalogue/unit_costs.csv"
WORDS = "catalogue/words.csv"
CONTEXTS = "catalogue/contexts.csv"
TOPICS = "catalogue/topics.csv"
"""What a sentence may be about, and the entry below which its bare verbs stand: ``quản lý thị trường … kiểm tra``."""
NOUNS = "catalogue/counted_nouns.csv"
"""Nouns that reports use for one another where one thing is counted: ``kết hôn`` of 18 ``cặp`` or ``trường hợp``."""

PERSON = "person"
NATURES = frozenset({"flow", "stock", "ratio", "index"})
RULES = frozenset({"", "sum", "subset"})


@dataclass(frozen=True, slots=True)
class Indicator:
    """One entry: ``parent`` is what it is a part of; ``rule`` sum (with the other parts of ``partition``) or subset."""

    id: str
    name_vi: str
    name_en: str
    sector: str
    family: str
    unit: str
    nature: str  # flow | stock | ratio | index
    parent: str | None
    rule: str
    partition: str
    code_system: str
    codes: tuple[str, ...]
    note: str

    def name(self, language: str = "vi") -> str:
        """The name in ``language`` ("vi" or "en")."""
        return in_language(language, self.name_vi, self.name_en)


@dataclass(frozen=True, slots=True)
class Alias:
    """A spelling that decides; ``under`` is the indicator below which alone it holds, None where it holds anywhere."""

    text: str
    indicator: str
    under: str | None
    by: str = ""
    on: str = ""
    is_own: bool = False  # an office's, laid over the table


@dataclass(frozen=True, slots=True)
class Order:
    """``small`` is rarely more than ``large``; the note says when it may be."""

    small: str
    large: str
    note_vi: str
    note_en: str

    def note(self, language: str = "vi") -> str:
        """When it may be, in ``language``."""
        return in_language(language, self.note_vi, self.note_en)


@dataclass(frozen=True, slots=True)
class UnitCost:
    """The usual range, in the canonical unit, of ``amount`` over ``count``."""

    amount: str
    count: str
    low: Decimal
    high: Decimal


@cache
def indicators() -> dict[str, Indicator]:
    """The catalogue by id, in the order of its file."""
    entries: dict[str, Indicator] = {}
    for row in read_rows(INDICATORS):
        number = int(row["#"])
        if row["id"] in entries:
            raise InvalidModels(INDICATORS, number, "models.twice", id=row["id"])
        if row["nature"] not in NATURES or row["rule"] not in RULES:
            raise InvalidModels(INDICATORS, number, "models.no_rule", nature=row["nature"], rule=row["rule"])
        entries[row["id"]] = Indicator(
            id=row["id"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            sector=row["sector"],
            family=row["family"],
            unit=row["unit"],
            nature=row["nature"],
            parent=row["parent"] or None,
            rule=row["rule"],
            partition=row["partition"],
            code_system=row["code_system"],
            codes=tuple(c for c in row["code"].split("|") if c),
            note=row["note"],
        )
    return entries


@kept_until_rows_change()
def aliases() -> tuple[Alias, ...]:
    """The rows of aliases.csv, in order."""
    return tuple(
        Alias(
            row["alias"],
            _known(row, "indicator", ALIASES),
            _known(row, "under", ALIASES) if row["under"] else None,
            row["by"],
            row["on"],
            row["#"] == UNNUMBERED,
        )
        for row in read_rows(ALIASES)
    )


@cache
def orders() -> tuple[Order, ...]:
    """The rows of orders.csv."""
    return tuple(
        Order(_known(r, "small", ORDERS), _known(r, "large", ORDERS), r["note_vi"], r["note_en"])
        for r in read_rows(ORDERS)
    )


@cache
def unit_costs() -> tuple[UnitCost, ...]:
    """The rows of unit_costs.csv."""
    return tuple(
        UnitCost(_known(r, "amount", COSTS), _known(r, "count", COSTS), Decimal(r["low"]), Decimal(r["high"]))
        for r in read_rows(COSTS)
    )


def _known(row: dict[str, str], column: str, file: str) -> str:
    """The indicator that a row names; raises where the catalogue does not hold it."""
    if row[column] not in indicators():
        raise InvalidModels(file, int(row["#"]), "models.no_indicator", indicator=row[column])
    return row[column]


@cache
def parts_of(parent: str) -> dict[str, tuple[str, ...]]:
    """The exhaustive partitions of ``parent``: partition name → the ids of all its parts."""
    groups: dict[str, list[str]] = {}
    for entry in indicators().values():
        if entry.parent == parent and entry.rule == "sum":
            groups.setdefault(entry.partition, []).append(entry.id)
    return {name: tuple(ids) for name, ids in groups.items()}


def ancestors(indicator: str | None) -> tuple[str, ...]:
    """The parents of ``indicator``, nearest first."""
    chain: list[str] = []
    entry = indicators().get(indicator or "")
    while entry and entry.parent and entry.parent not in chain:
        chain.append(entry.parent)
        entry = indicators().get(entry.parent)
    return tuple(chain)


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in read_rows(WORDS):
        found[row["group"]] = (*found.get(row["group"], ()), fold(row["word"]))
    return found


@kept_until_rows_change()
def _noun_groups() -> dict[str, frozenset[str]]:
    """Noun → the groups it stands in; what counts persons in ``units.csv`` is a group too."""
    found: dict[str, set[str]] = {}
    for row in read_rows(NOUNS):
        found.setdefault(fold(row["noun"]), set()).add(row["group"])
    for unit in unit_words().values():
        if unit.kind == PERSON:
            found.setdefault(fold(unit.canonical), set()).add(PERSON)
    return {noun: frozenset(groups) for noun, groups in found.items()}


@kept_until_rows_change(maxsize=4096)
def same_noun(one: str, other: str) -> bool:
    """Whether two folded counted nouns may count one thing: ``hộ`` and ``hộ gia đình``, ``cặp`` and ``trường hợp``.

    >>> same_noun("cặp", "cuộc"), same_noun("hộ gia đình", "hộ"), same_noun("em", "trường")
    (True, True, False)
    """
    groups = _noun_groups()
    alike = groups.get(one, frozenset()) & groups.get(other, frozenset())
    return bool(alike) or f" {one} " in f" {other} " or f" {other} " in f" {one} "


@cache
def words_of(group: str) -> tuple[str, ...]:
    """The folded words of one group of words.csv in the order of the table: of "season", of "fine"."""
    return _groups()[group]


@cache
def compiled(shape: str) -> re.Pattern[str]:
    r"""A shape in which ``{name}`` stands for the rows of parts.csv of that name, or for the words of a group.

    The group is one of words.csv, folded, else one of groups.csv.

    >>> compiled(r"{project} \w+").match("dự án đường vành đai")[0], compiled(r"\d+ {year}").search("20 năm")[0]
    ('dự án đường', '20 năm')
    """
    return compile_shape(shape, _alternatives, re.compile, re.error)


def _alternatives(name: str) -> str:
    found = _groups().get(name) or group_words(name)
    if not found:
        raise KeyError(name)
    return f"(?:{'|'.join(map(re.escape, found))})"


@cache
def openings_of(group: str) -> tuple[str, ...]:
    """The words of a group as a name begins with them: each with the space behind it."""
    return tuple(f"{word} " for word in words_of(group))


def holds_word(text: str, group: str) -> bool:
    """Whether a word of the group stands anywhere in a folded text."""
    return any(word in text for word in words_of(group))


def has_syllable(text: str, group: str) -> bool:
    """Whether one of the words of a folded text is of the group, which holds single syllables."""
    return not set(text.split()).isdisjoint(words_of(group))


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """The folded name, abbreviations written out and regions' words one: what names of one indicator have in common.

    >>> name_key("GTSX nông, lâm, thuỷ sản") == name_key("Giá trị sản xuất nông - lâm - thủy sản")
    True
    >>> name_key("Đậu phộng"), name_key("Tổng đàn heo")
    ('lạc', 'tổng đàn lợn')
    """
    other_words, full = _abbreviations()
    return " ".join(other_words.sub(lambda found: full[found[0]], _ZEROS.sub("", fold(name))).split())


_ZEROS = re.compile(r"(?<!\S)0+(?=\d)")
"""What reports write before a number of one digit: ``trẻ em dưới 05 tuổi``."""


@cache
def _abbreviations() -> tuple[re.Pattern[str], dict[str, str]]:
    """Whole words of a folded name that are written in another way, the longest first, and that other way."""
    full = {fold(row["short"]): fold(row["full"]) for row in read_rows(ABBREVIATIONS)}
    words = "|".join(map(re.escape, sorted(full, key=len, reverse=True)))
    return re.compile(rf"(?<!\S)(?:{words})(?!\S)"), full
