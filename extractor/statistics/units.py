"""Units as statistics needs them: what a printed unit multiplies by, and the canonical unit that remains.

``triệu đồng`` comes in, 10⁶ and ``VND`` go out. Only multiplier words, abbreviations of money and second spellings of
a measure are resolved; a measure is never converted into another: ``tạ`` stays ``tạ``, ``m²`` does not become ``ha``,
and ``triệu đồng/năm`` becomes ``VND/năm``. What is no known measure is a counted noun: multiplier 1, its own name.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from functools import cache, lru_cache

from extractor.domain.errors import InvalidModels
from extractor.domain.folding import fold, fold_spelling
from extractor.domain.lexicon import read_rows

FILE = "catalogue/units.csv"

ONE = Decimal(1)
_EXACT = Context(prec=200, traps=[Inexact])

EXACT_FAMILIES = frozenset({"count"})
"""Families whose whole numbers are counted, not measured: a printed ``9.711 suất`` is exact."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed unit understood: ``value × factor`` is the amount in ``canonical``; ``family`` says what adds up."""

    canonical: str
    factor: Decimal
    family: str

    @property
    def power(self) -> int:
        """The SDMX UNIT_MULT: 6 for triệu, 0 for a plain unit."""
        return self.factor.adjusted()

    def amount(self, value: Decimal) -> Decimal:
        """``value`` in the canonical unit, exact whatever the ambient precision, without zeros that nobody printed.

        >>> str(read_unit("triệu đồng").amount(Decimal("20961.454")))
        '20961454000'
        """
        product = _EXACT.multiply(value, self.factor)
        whole = product.to_integral_value()
        return whole if whole == product else _EXACT.normalize(product)


@cache
def _words() -> tuple[dict[str, Decimal], dict[str, Unit]]:
    """Return the multiplier words and the base units of the table, by folded spelling."""
    multipliers: dict[str, Decimal] = {}
    bases: dict[str, Unit] = {}
    for row in read_rows(FILE):
        word = fold_spelling(row["word"])
        if word in multipliers or word in bases:
            raise InvalidModels(FILE, int(row["#"]), "models.unit_taken", word=row["word"])
        try:
            factor = Decimal(row["factor"])
        except ArithmeticError:
            raise InvalidModels(FILE, int(row["#"]), "models.no_factor") from None
        if row["role"] == "multiplier":
            multipliers[word] = factor
        else:
            bases[word] = Unit(row["canonical"], factor, row["family"])
    return multipliers, bases


@lru_cache(maxsize=4096)
def read_unit(text: str | None) -> Unit | None:
    """The unit that ``text`` names; None where there is no letter and no sign of a share: ``-``, ``"`` name nothing.

    >>> read_unit("nghìn tỷ đồng")
    Unit(canonical='VND', factor=Decimal('1000000000000'), family='money')
    >>> read_unit("ngàn con")
    Unit(canonical='con', factor=Decimal('1000'), family='count')
    >>> read_unit("triệu đồng/người/năm").canonical
    'VND/người/năm'
    """
    whole = fold_spelling(text) if text else ""
    if not fold(whole):
        return None
    multipliers, bases = _words()
    head, slash, tail = whole.partition("/")
    factor = ONE
    rest = head.strip()
    while rest and rest not in bases:
        word, mark, after = _first_word(rest)
        if word not in multipliers:
            break
        factor *= multipliers[word]
        rest = after if mark else ""
    # "tỷ", "triệu" alone: in these reports always money
    base = (bases.get(rest) or Unit(rest, ONE, "count")) if rest else Unit("VND", ONE, "money")
    if not slash:
        return Unit(base.canonical, base.factor * factor, base.family)
    per = "/".join(bases[p].canonical if p in bases else p for p in (part.strip() for part in tail.split("/")))
    return Unit(f"{base.canonical}/{per}", base.factor * factor, f"{base.family}/{per}")


def _first_word(rest: str) -> tuple[str, bool, str]:
    """Split at the first space or dot: multiplier words stand apart ("triệu đồng") or abbreviated ("tr.đ")."""
    for i, c in enumerate(rest):
        if c in " .":
            return rest[:i], True, rest[i + 1 :].strip()
    return rest, False, ""


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
    if above in {"percent", "permille", "points"}:
        return "percent"
    if slash:
        return {"money": "money_rate", "mass": "yield"}.get(above, "rate")
    return above
