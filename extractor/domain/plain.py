"""Records as plain values for JSON: dataclasses as dicts, tuples as lists, decimals and enums as strings."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Any

_BARE = frozenset({type(None), str, int, float, bool})
"""Types of most fields, which are plain as they are; a subclass such as an enum is not among them."""


def as_plain(value: Any) -> Any:
    """``value`` with dataclasses as dicts, tuples as lists, decimals and enums as strings."""
    if type(value) in _BARE:
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [as_plain(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: as_plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
