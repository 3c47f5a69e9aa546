"""The unit, one for all rooms: what a printed unit multiplies by, the canonical unit that remains, what it counts.

``triệu đồng`` comes in, 10⁶ and ``VND`` go out. Only multiplier words, abbreviations of money and second spellings of
a measure are resolved; a measure is never converted into another: ``tạ`` stays ``tạ``, ``m²`` does not become ``ha``,
and ``triệu đồng/năm`` becomes ``VND/năm``. What is no known measure is a counted noun: multiplier 1, its own name.
Which words are units is the table's to say (``unit_words``); to find them in a text is language's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact

from extractor.domain.errors import InvalidModels
from extractor.domain.folding import fold, fold_spelling
from extractor.domain.lexicon import kept_until_rows_change, read_rows

UNITS = "vocabulary/units.csv"

ONE = Decimal(1)
_EXACT = Context(prec=200, traps=[Inexact])

MULTIPLIER = "multiplier"
COUNT = "count"
"""The family of what is counted, not measured: a printed ``9.711 suất`` is exact."""

MEASURES = frozenset({"money", "area", "length", "volume", "mass", "transport", "energy", "time"})
COMPARATIVE = frozenset({"share", "points", "times"})
KINDS = MEASURES | COMPARATIVE | {MULTIPLIER, COUNT, "person", "award"}
"""What the reader tells apart; a counted noun that the table does not know is a ``noun`` to it."""

SHARES = frozenset({"percent", "permille", "points"})
FAMILIES = (MEASURES - {"transport"}) | SHARES | {MULTIPLIER, COUNT, "score", "multiple"}
FAMILIES |= {"freight_work", "passenger_work"}
"""What adds up, and is compared, among itself only."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed unit understood: ``value × factor`` is the amount in ``canonical``.

    ``family`` says what adds up, that of a rate with what it is per: ``money/năm``; ``kind`` is how a reader takes it.
    """

    canonical: str
    factor: Decimal
    family: str
    kind: str = COUNT

    @property
    def power(self) -> int:
        """The SDMX UNIT_MULT: 6 for triệu, 0 for a plain unit."""
        return self.factor.adjusted()

    @property
    def is_counted(self) -> bool:
        """Whether whole numbers of it are counted and so exact."""
        return self.family == COUNT

    @property
    def is_rate(self) -> bool:
        """Whether it is so much per something else: VND/năm."""
        return "/" in self.family

    def amount(self, value: Decimal) -> Decimal:
        """``value`` in the canonical unit, exact whatever the ambient precision, without zeros that nobody printed.

        >>> str(read_unit("triệu đồng").amount(Decimal("20961.454")))
        '20961454000'
        """
        product = _EXACT.multiply(value, self.factor)
        whole = product.to_integral_value()
        return whole if whole == product else _EXACT.normalize(product)


@kept_until_rows_change()
def unit_words() -> Mapping[str, Unit]:
    """The words of the table, as they are printed → what each stands for; a multiplier is a unit of nothing yet."""
    words: dict[str, Unit] = {}
    for row in read_rows(UNITS):
        try:
            factor = Decimal(row["factor"])
        except ArithmeticError:
            raise InvalidModels(UNITS, int(row["#"]), "models.no_factor") from None
        canonical = row["canonical"] or fold_spelling(row["unit"])
        words[row["unit"]] = Unit(canonical, factor, row["family"], row["kind"])
    return words


@kept_until_rows_change()
def _by_spelling() -> Mapping[str, Unit]:
    """The same by folded spelling."""
    return {fold_spelling(word): unit for word, unit in unit_words().items()}


@kept_until_rows_change()
def multipliers() -> frozenset[str]:
    """The words that multiply, folded: nghìn, triệu, tỷ."""
    return frozenset(fold(word) for word, unit in unit_words().items() if unit.kind == MULTIPLIER)


def is_unit(word: str) -> bool:
    """Whether the table has ``word``, in any spelling."""
    return fold_spelling(word) in _by_spelling()


@kept_until_rows_change(maxsize=4096)
def read_unit(text: str | None) -> Unit | None:
    """The unit that ``text`` names; None where there is no letter and no sign of a share: ``-``, ``"`` name nothing.

    >>> read_unit("nghìn tỷ đồng")
    Unit(canonical='VND', factor=Decimal('1000000000000'), family='money', kind='money')
    >>> read_unit("ngàn con")
    Unit(canonical='con', factor=Decimal('1000'), family='count', kind='count')
    >>> read_unit("triệu đồng/người/năm").canonical
    'VND/người/năm'
    >>> read_unit("1.000 tấn").amount(Decimal("12.5"))
    Decimal('12500')
    """
    whole = fold_spelling(text) if text else ""
    if not fold(whole):
        return None
    bases = _by_spelling()
    factor, rest = _without_multipliers(whole)
    slash, tail = "", ""
    if rest not in bases:  # "tấn/km" is one unit, "đồng/km" is two
        head, slash, tail = whole.partition("/")
        factor, rest = _without_multipliers(head.strip())
    # "tỷ", "triệu" alone: in these reports always money
    base = (bases.get(rest) or Unit(rest, ONE, COUNT)) if rest else Unit("VND", ONE, "money", "money")
    canonical, family = base.canonical, base.family
    if slash:
        named = ((part, bases.get(part)) for part in map(str.strip, tail.split("/")))
        per = "/".join(unit.canonical if unit and unit.factor == ONE else part for part, unit in named)
        canonical, family = f"{canonical}/{per}", f"{family}/{per}"
    return Unit(canonical, base.factor * factor, family, base.kind)


def _without_multipliers(text: str) -> tuple[Decimal, str]:
    """What the multipliers that ``text`` begins with come to, and what follows them.

    They are words apart ("triệu đồng"), abbreviated ("tr.đ") or in digits ("1000 tấn").
    """
    known, (factor, text) = _by_spelling(), without_power(text)
    while (unit := known.get(text)) is None or unit.kind == MULTIPLIER:
        end = next((at for at, mark in enumerate(text) if mark in " ."), len(text))
        multiplier = known.get(text[:end])
        if multiplier is None or multiplier.kind != MULTIPLIER:
            break
        factor *= multiplier.factor
        text = text[end + 1 :].strip()
    return factor, text


def measures(text: str) -> bool:
    """Whether ``text`` is a unit that measures, and no counted noun: of mass, money, area, or a share.

    >>> measures("Nghìn USD"), measures("tạ/ha"), measures("Lúa"), measures("Trường")
    (True, True, False, False)
    """
    unit = read_unit(text)
    return unit is not None and unit.kind in MEASURES | COMPARATIVE


def without_power(text: str) -> tuple[Decimal, str]:
    """The power of ten in digits that a unit begins with, 1 where there is none, and what follows.

    >>> without_power("1.000 tấn"), without_power("m3")
    ((Decimal('1000'), 'tấn'), (Decimal('1'), 'm3'))
    """
    found = _POWER.match(text)
    return (Decimal(re.sub(r"\D", "", found[1])), text[found.end() :]) if found else (ONE, text)


_POWER = re.compile(r"(10{1,6}|1(?:[.,]000){1,2})\s*(?=[^\W\d])")


def same_family(one: str | None, other: str) -> bool:
    """Whether a printed unit may carry an indicator of family ``other``; one that is not printed may be anything."""
    unit = read_unit(one)
    if unit is None:
        return True
    printed, wanted = broad_family(unit.family), broad_family(other)
    return printed == wanted or (printed == "money" and wanted == "money_rate")  # "đạt 65 triệu đồng" a head and year


def broad_family(family: str) -> str:
    """What the catalogue tells apart: shares of any base are one; rates go by what is above the bar."""
    above, slash, _ = family.partition("/")
    if above in SHARES:
        return "percent"
    if slash:
        return {"money": "money_rate", "mass": "yield"}.get(above, "rate")
    return above
