"""What a person changes in a record, as a patch: only fields that may change, only values that can be meant.

A patch is plain JSON, decimals as strings; it names what really differs and what follows from it (printed decimals, the
amount in a canonical unit), and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from extractor.archive.row_types import CORRECTABLE, DECIMALS, FIELDS, Record, to_plain
from extractor.domain.errors import InvalidInput
from extractor.domain.figure import Base, Bound, Kind, Measure, Status
from extractor.domain.unit import read_unit

LONGEST = 2000
"""Characters that a person may type into one field or note: more is a mistaken paste."""

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control and direction-changing characters: PostgreSQL refuses some, others make text read otherwise than it is."""


def clean(changes: Mapping[str, Any], record: Record | None) -> dict[str, Any]:
    """``changes`` as a patch of what really differs from ``record``; raises InvalidInput for what cannot be meant.

    A corrected value carries its own printed decimals, and a new amount follows from value and unit.
    """
    unknown = sorted(set(changes) - set(CORRECTABLE))
    if unknown:
        raise InvalidInput("record.fixed_fields", fields=", ".join(unknown))
    stands = to_plain({name: getattr(record, name) for name in FIELDS}) if record is not None else {}

    def differing(values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if name not in stands or value != stands[name]}

    patch = differing({name: _clean_field(name, given) for name, given in changes.items()})
    if record is not None:
        if "value" in patch:
            patch["decimals"] = printed_decimals(patch["value"])
        if "value" in patch or "unit" in patch:
            patch |= amount_of(patch.get("value", stands["value"]), patch.get("unit", stands["unit"]))
        if "period" in patch:
            patch["period_from"] = "stated" if patch["period"] else None
        if "indicator_id" in patch:
            patch |= {"match": "alias" if patch["indicator_id"] else "none", "score": None}
    return differing(patch)


def amount_of(value: str | None, unit: str | None) -> dict[str, Any]:
    """Value times the unit's multiplier, and the canonical unit, as statistics would have it."""
    known = read_unit(unit)
    amount = known.amount(Decimal(value)) if value is not None and known else None
    return {
        "amount": format(amount, "f") if amount is not None else value,
        "amount_unit": known.canonical if known else None,
    }


def clean_text(words: str) -> str:
    """``words`` without control characters and outer blanks; raises InvalidInput when they are too many."""
    tidy = CONTROL.sub("", words).strip()
    if len(tidy) > LONGEST:
        raise InvalidInput("record.too_long", most=LONGEST)
    return tidy


_CHOICES: dict[str, type[Kind | Status | Bound]] = {"kind": Kind, "status": Status, "bound": Bound}


def _clean_field(name: str, given: Any) -> Any:
    if name == "comparisons":
        return [_clean_comparison(c) for c in given]
    if name in DECIMALS:
        if given is None:
            return None
        if isinstance(given, float) or not Decimal(given).is_finite():
            raise InvalidInput("record.not_decimal")
        return format(Decimal(given), "f")
    if given is None and name not in ("kind", "status"):
        return None
    if name in _CHOICES:
        try:
            return _CHOICES[name](given).value
        except ValueError as error:
            raise InvalidInput("record.no_choice", given=given) from error
    return clean_text(str(given)) or None


def _clean_comparison(given: Mapping[str, Any]) -> dict[str, Any]:
    try:
        base, kind, value = Base(given["base"]), Measure(given["kind"]), Decimal(str(given["value"]))
    except (KeyError, ValueError, ArithmeticError) as error:
        raise InvalidInput("record.half_comparison") from error
    return {**given, "base": base.value, "kind": kind.value, "value": format(value, "f")}


def printed_decimals(value: str | None) -> int:
    """How many decimals a value is written with."""
    return len(value.partition(".")[2]) if value else 0
