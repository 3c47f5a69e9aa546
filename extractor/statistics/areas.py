"""Places and how long they were what they are: a printed name and a day become one version of one unit.

Codes are reused for other places and names outlive borders, so a unit's key is ours, and a merged province is a new
unit with the old name. A place that the table does not hold stays usable under its own folded name. Nothing is chained:
a unit that ended ends its series.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from extractor.domain.errors import InvalidModels
from extractor.domain.folding import fold
from extractor.domain.lexicon import read_rows
from extractor.statistics.catalogue import words_of

FILE = "catalogue/areas.csv"
CHANGES = "catalogue/area_changes.csv"
"""Which unit became which, on what day, by which resolution: merge, split, rename."""

CHANGE_KINDS = frozenset({"merge", "split", "rename"})

TYPES = "catalogue/area_types.csv"
"""What a place is called, the longer words for it first asked for, with the level that each says.

A ``thành phố`` may be a province or a part of one, so it says none.
"""

WITHIN = " ‹ "
"""What stands between a commune and its superior in a key."""

LEVELS = ("nation", "province", "district", "commune")


@dataclass(frozen=True, slots=True)
class Area:
    """One version of one unit: valid from and to are days, both included, None where open or not recorded."""

    id: str
    name: str  # type and name: "quận Kiến An"
    level: str  # nation, province, district, commune; "" where unknown
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    code: str
    note: str

    def stood(self, on: date) -> bool:
        """Whether this version was in force on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@cache
def areas() -> dict[str, Area]:
    """All versions by id, in the order of the table."""
    found: dict[str, Area] = {}
    for row in read_rows(FILE):
        number = int(row["#"])
        if row["id"] in found:
            raise InvalidModels(FILE, number, "models.twice", id=row["id"])
        if row["level"] not in LEVELS:
            raise InvalidModels(FILE, number, "models.no_level", level=row["level"])
        try:
            since, until = (date.fromisoformat(row[c]) if row[c] else None for c in ("valid_from", "valid_to"))
        except ValueError:
            raise InvalidModels(FILE, number, "models.no_day") from None
        if since and until and since > until:
            raise InvalidModels(FILE, number, "models.ends_first")
        name = row["name"] if row["level"] == "nation" else f"{row['type']} {row['name']}"
        found[row["id"]] = Area(
            row["id"], name, row["level"], row["parent"] or None, since, until, row["gso_code"], row["note"]
        )
    for row in read_rows(FILE):
        if row["parent"] and row["parent"] not in found:
            raise InvalidModels(FILE, int(row["#"]), "models.no_area", area=row["parent"])
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """One former unit and one that it became, or became a part of, on a day."""

    old: str
    new: str
    on: date
    kind: str  # merge, split, rename
    source: str


@cache
def changes() -> tuple[Change, ...]:
    """The rows of area_changes.csv: each names two units, the first ending the day before the other begins."""
    found = []
    for row in read_rows(CHANGES):
        number = int(row["#"])
        for column in ("old", "new"):
            if row[column] not in areas():
                raise InvalidModels(CHANGES, number, "models.no_area", area=row[column])
        on = date.fromisoformat(row["on"])
        ended, begun = areas()[row["old"]].valid_to, areas()[row["new"]].valid_from
        if row["kind"] not in CHANGE_KINDS or ended is None or begun != on or ended + timedelta(days=1) != on:
            raise InvalidModels(CHANGES, number, "models.no_seam", old=row["old"], into=row["new"], on=row["on"])
        found.append(Change(row["old"], row["new"], on, row["kind"], row["source"]))
    return tuple(found)


@cache
def former_units(area: str) -> tuple[str, ...]:
    """The whole units that a merger made one of; none of a unit that was split off or renamed."""
    return tuple(change.old for change in changes() if change.new == area and change.kind == "merge")


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    """Folded name, with and without its type → ids."""
    table: dict[str, list[str]] = {}
    for row in read_rows(FILE):
        for key in {fold(row["name"]), fold(f"{row['type']} {row['name']}")}:
            table.setdefault(key, []).append(row["id"])
    return {key: tuple(ids) for key, ids in table.items()}


@lru_cache(maxsize=4096)
def resolve_area(name: str | None, *, on: date | None = None, within: str | None = None) -> Area:
    """The version of ``name`` that was in force ``on`` a day; a unit of its own where the table holds none or several.

    A commune of its own is one within its superior, where ``within`` (a letterhead's line) names that: many communes
    bear one name.

    >>> resolve_area("Quận Kiến An", on=date(2023, 3, 31)).id
    'd307'
    >>> resolve_area("thành phố Hải Phòng", on=date(2025, 12, 31)).id
    'p31-2025'
    >>> resolve_area("xã Tân Lập", within="UBND huyện Yên Hạ").id
    '~xã tân lập ‹ huyện yên hạ'
    """
    standing = [a for a in versions_of(name) if on is None or a.stood(on)]
    if len(standing) > 1:  # the higher unit carries the bare name: "Hải Phòng" is the city
        top = min(LEVELS.index(a.level) for a in standing)
        standing = [a for a in standing if LEVELS.index(a.level) == top]
    if len(standing) == 1:
        return standing[0]
    level, superior = _level_of_type(name), place_in(within) if within else ""
    if level == LEVELS[-1] and superior and superior != _place_key(name):
        return Area(f"~{_place_key(name)}{WITHIN}{superior}", f"{name}, {superior}", level, None, None, None, "", "")
    return Area(f"~{_place_key(name)}", name or "", level, None, None, None, "", "")


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
    known = areas().get(identity)
    return known.level if known else _level_of_type(name)


def _level_of_type(name: str | None) -> str:
    return _types().get(type_of(name), "")


def type_of(name: str | None) -> str:
    """The folded type that a printed name opens with, written out: ``TX Đông Triều`` → ``thị xã``; "" without one."""
    key = _place_key(name)
    return next((kind for kind in _types() if key.startswith(f"{kind} ")), "")


@cache
def _types() -> dict[str, str]:
    """Folded type → level, the longest first: ``thành phố trực thuộc trung ương`` before ``thành phố``."""
    rows = sorted(read_rows(TYPES), key=lambda row: len(row["type"]), reverse=True)
    return {fold(row["type"]): row["level"] for row in rows}


@cache
def _short_types() -> dict[str, str]:
    return {fold(row["short"]): fold(row["type"]) for row in read_rows(TYPES) if row["short"]}


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
    return tuple(a for a in known if fold(a.name) == key or a.level == "nation")  # a printed type must be its own


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
