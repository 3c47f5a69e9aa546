"""Which figures are held against each other: those that share what they measure, its place and its unit."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from extractor.domain.figure import Figure
from extractor.domain.unit import read_unit
from extractor.statistics.catalogue import name_key

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)


def grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    """The items by their key, keys and items in the order in which they came."""
    groups: dict[Key, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def subject_of(figure: Figure) -> tuple[str | None, ...]:
    """What a figure speaks of, whatever its period: name, qualifier and parent, place and unit."""
    names = (figure.indicator, figure.qualifier, figure.parent)
    return (*(name_key(name or "") for name in names), figure.area, name_key(figure.amount_unit or ""))


def is_measured(figure: Figure) -> bool:
    """Whether a value of a known indicator and period was measured; one report counts many events by one name."""
    unit = read_unit(figure.unit)
    printed = figure.match == "alias" and figure.value is not None and figure.bound is None
    return printed and figure.period is not None and unit is not None and not unit.is_counted


def is_rate(figure: Figure) -> bool:
    """Whether the unit has a base: yields, incomes a head, prices are no parts of each other."""
    unit = read_unit(figure.unit)
    return unit is not None and unit.is_rate
