"""Which unit a printed name means: a name, a day and the superior of a letterhead become one version of one unit.

A place that no table holds stays usable under its own folded name, and so does one that the name, the day and the
superior do not tell from others. Nothing is chained: a unit that ended ends its series.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

from extractor.domain.folding import fold
from extractor.domain.lexicon import kept_until_rows_change, read_rows
from extractor.statistics.catalogue import words_of
from extractor.statistics.places.registry import (
    FILE,
    LEVELS,
    Area,
    area_of,
    areas,
    communes,
    former_units,
    successors,
)

TYPES = "catalogue/area_types.csv"
"""What a place is called, the longer words for it first asked for, with the level that each says.

A ``thành phố`` may be a province or a part of one, so it says none.
"""

PLACE_NAMES = "catalogue/place_names.csv"
"""Places as an office writes them, and as they are called."""

WITHIN = " ‹ "
"""What stands between a commune and its superior in a key."""

PROVINCE, DISTRICT, COMMUNE = LEVELS[1:]


@lru_cache(maxsize=4096)
def resolve_area(name: str | None, *, on: date | None = None, within: str | None = None) -> Area:
    """The version of ``name`` that was in force ``on`` a day; a unit of its own where the tables hold none or several.

    ``within`` is a letterhead's line. A district lies in the province that it names. A commune is known by its superior
    (many bear one name), or by a name that no other one bears among units whose beginning is recorded.

    >>> resolve_area("Quận Kiến An", on=date(2023, 3, 31)).id
    'd307'
    >>> resolve_area("thành phố Hải Phòng", on=date(2025, 12, 31)).id
    'p31-2025'
    >>> resolve_area("xã Tân Lập", within="UBND huyện Vũ Thư").id, resolve_area("xã Tân Lập", within="huyện Yên Hạ").id
    ('c13240', '~xã tân lập ‹ huyện yên hạ')
    """
    key, superior = _place_key(name), place_in(within) if within else ""
    if _level_of_type(name) == COMMUNE:
        return _commune(key, superior, on) or _own(key, name or "", superior)
    standing = [a for a in versions_of(name) if (on is None or a.stood(on)) and _may_lie_in(a, key, superior)]
    if len(standing) > 1:  # the higher unit carries the bare name: "Hải Phòng" is the city
        top = min(LEVELS.index(a.level) for a in standing)
        standing = [a for a in standing if LEVELS.index(a.level) == top]
    return standing[0] if len(standing) == 1 else _own(key, name or "", "")


def as_called(name: str | None) -> str | None:
    """A place as it is called, where ``name`` is another way to write it; what a report without one is about.

    >>> as_called("TP.HCM"), as_called("quận Kiến An"), as_called(None)
    ('thành phố Hồ Chí Minh', 'quận Kiến An', None)
    """
    return _called().get(_place_key(name), name)


@kept_until_rows_change()
def _called() -> dict[str, str]:
    return {_place_key(row["written"]): row["meant"] for row in read_rows(PLACE_NAMES)}


def _own(key: str, name: str, superior: str) -> Area:
    """A place that no table holds, under its own name; a commune within its superior."""
    level = _level_of_type(name)
    if superior and superior != key:
        return Area(f"~{key}{WITHIN}{superior}", f"{name}, {superior}", level, None, None, None, "", "")
    return Area(f"~{key}", name, level, None, None, None, "", "")


def _may_lie_in(area: Area, key: str, superior: str) -> bool:
    """Whether a district may be that of a letterhead: in its province, if that is named, else printed with its type."""
    if area.level != DISTRICT or not superior:
        return True
    if _level_of_type(superior) in {PROVINCE, ""}:
        return _lies_in(area, superior)
    return key != typeless(key)


def _lies_in(area: Area, superior: str) -> bool:
    """Whether the unit above bears that name, or bore it before or after."""
    return superior in _names_of(area.parent or "")


@cache
def _names_of(area: str) -> frozenset[str]:
    """The folded names of a unit, with those that it had or got when nothing but its name changed."""
    before = former_units(area)
    after = (new for new in successors(area) if former_units(new) == (area,))
    units = (area_of(one) for one in (area, *(before if len(before) == 1 else ()), *after))
    return frozenset(_own_name(unit) for unit in units if unit)


def _own_name(area: Area) -> str:
    """The folded type and name, without the superior."""
    return fold(area.name.partition(",")[0])


def _commune(key: str, superior: str, on: date | None) -> Area | None:
    """The one commune of that name: within its superior, or where the table knows since when it bears the name."""
    named = [communes()[i] for i in _communes_by_name().get(key, ())]
    if superior:
        named = [a for a in named if _lies_in(a, superior)]
    standing = [a for a in named if on is None or a.stood(on)]
    if superior and not standing:  # the letterhead says which version it is, though the period lies before or after it
        standing = named
    certain = standing if superior else [a for a in standing if a.valid_from]
    return certain[0] if len(certain) == 1 else None


def place_in(text: str) -> str:
    """The folded place that a line names, from its type on: ``huyện yên hạ`` of ``UBND HUYỆN YÊN HẠ``; "" without."""
    words = f" {_place_key(text)}"
    at = max((words.rfind(f" {kind} ") for kind in _types()), default=-1)
    return words[at + 1 :] if at >= 0 else ""


@lru_cache(maxsize=4096)
def level_of(identity: str, name: str) -> str:
    """The level of a unit: as the table has it, else as the type in its name says; "" where neither tells.

    >>> level_of("d307", "quận Kiến An"), level_of("~quận minh giang", "quận Minh Giang"), level_of("~a", "thành phố A")
    ('district', 'district', '')
    """
    known = area_of(identity)
    return known.level if known else _level_of_type(name)


def _level_of_type(name: str | None) -> str:
    return _types().get(type_of(name), "")


def type_of(name: str | None) -> str:
    """The folded type that a printed name opens with, written out: ``TX Đông Triều`` → ``thị xã``; "" without one."""
    key = _place_key(name)
    return next((kind for kind in _types() if key.startswith(f"{kind} ")), "")


def bare_commune(identity: str, name: str) -> str:
    """The key that a commune would have if nobody had named its superior; "" for other places.

    >>> bare_commune("~xã a ‹ huyện b", "xã A, huyện B"), bare_commune("d307", "quận Kiến An")
    ('~xã a', '')
    """
    return f"~{_place_key(name.partition(',')[0])}" if level_of(identity, name) == COMMUNE else ""


@cache
def _types() -> dict[str, str]:
    """Folded type → level, the longest first: ``thành phố trực thuộc trung ương`` before ``thành phố``."""
    rows = sorted(read_rows(TYPES), key=lambda row: len(row["type"]), reverse=True)
    return {fold(row["type"]): row["level"] for row in rows}


@cache
def _short_types() -> dict[str, str]:
    return {fold(row["short"]): fold(row["type"]) for row in read_rows(TYPES) if row["short"]}


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    """Folded name, with and without its type → ids."""
    table: dict[str, list[str]] = {}
    for row in read_rows(FILE):
        for key in {fold(row["name"]), fold(f"{row['type']} {row['name']}")}:
            table.setdefault(key, []).append(row["id"])
    return {key: tuple(ids) for key, ids in table.items()}


@cache
def _communes_by_name() -> dict[str, tuple[str, ...]]:
    """Folded type and name → ids."""
    table: dict[str, list[str]] = {}
    for one in communes().values():
        table.setdefault(_own_name(one), []).append(one.id)
    return {key: tuple(ids) for key, ids in table.items()}


@cache
def _nation() -> str:
    return next(fold(area.name) for area in areas().values() if area.level == LEVELS[0])


def versions_of(name: str | None) -> tuple[Area, ...]:
    """Every version of every unit that ``name`` may mean, whatever the day; empty where the table holds none."""
    key = _place_key(name)
    bare = typeless(key)
    known = (areas()[i] for i in _by_name().get(key, ()) or _by_name().get(bare, ()))
    if key == bare:
        return tuple(known)
    return tuple(
        a for a in known if fold(a.name.partition(",")[0]) == key or a.level == "nation"
    )  # a printed type must be its own


def _place_key(name: str | None) -> str:
    """The folded name with its type written out: ``TP Hải Phòng`` → ``thành phố hải phòng``."""
    key = fold(name or "")
    first, _, rest = key.partition(" ")
    if rest and first in _short_types():
        return f"{_short_types()[first]} {rest}"
    return _nation() if key in words_of("nation") else key


def typeless(key: str) -> str:
    """A folded name without the type it opens with."""
    for kind in _types():
        if key.startswith(f"{kind} "):
            return key[len(kind) + 1 :]
    return key
