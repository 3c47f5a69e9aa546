"""The dated tables of units: provinces and districts with what is recorded of them, communes as they were in 2025.

In: ``areas.csv``, ``area_changes.csv`` and ``communes.csv``. Out: versions of units by id, and which became which.
Codes are reused for other places and names outlive borders, so a unit's key is ours, and a merged unit is a new one
with the old name. A beginning that is not recorded is None: the table does not say that the unit always was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from extractor.domain.errors import InvalidModels
from extractor.domain.lexicon import read_fields, read_rows

FILE = "catalogue/areas.csv"
CHANGES = "catalogue/area_changes.csv"
"""Which unit became which, on what day, by which resolution."""

COMMUNES = "catalogue/communes.csv"
"""Communes of the districts that ended in 2025, and those that they became, with ``former`` ids; ``*`` marks a part."""

CHANGE_KINDS = frozenset({"merge", "split", "rename", "part"})
"""A whole became one of others' whole, was split into wholes, was renamed, or gave a part of itself."""

LEVELS = ("nation", "province", "district", "commune")
PART = "*"


@dataclass(frozen=True, slots=True)
class Area:
    """One version of one unit: valid from and to are days, both included, None where open or not recorded."""

    id: str
    name: str  # type and name: "quận Kiến An"; with its superior where that is needed to tell it from others
    level: str  # nation, province, district, commune; "" where unknown
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    code: str
    note: str

    def stood(self, on: date) -> bool:
        """Whether this version was in force on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Change:
    """One former unit and one that it became, or became a part of, on a day."""

    old: str
    new: str
    on: date
    kind: str  # one of CHANGE_KINDS
    source: str


@cache
def areas() -> dict[str, Area]:
    """All versions down to districts by id, in the order of the table."""
    found: dict[str, Area] = {}
    for row in read_rows(FILE):
        number = int(row["#"])
        if row["id"] in found:
            raise InvalidModels(FILE, number, "models.twice", id=row["id"])
        if row["level"] not in LEVELS:
            raise InvalidModels(FILE, number, "models.no_level", level=row["level"])
        since, until = _days(number, row["valid_from"], row["valid_to"])
        name = row["name"] if row["level"] == "nation" else f"{row['type']} {row['name']}"
        found[row["id"]] = Area(
            row["id"], name, row["level"], row["parent"] or None, since, until, row["gso_code"], row["note"]
        )
    for row in read_rows(FILE):
        if row["parent"] and row["parent"] not in found:
            raise InvalidModels(FILE, int(row["#"]), "models.no_area", area=row["parent"])
    return {one.id: _told_apart(one, found) for one in found.values()}


def _days(number: int, first: str, last: str) -> tuple[date | None, date | None]:
    try:
        since, until = (date.fromisoformat(day) if day else None for day in (first, last))
    except ValueError:
        raise InvalidModels(FILE, number, "models.no_day") from None
    if since and until and since > until:
        raise InvalidModels(FILE, number, "models.ends_first")
    return since, until


def _told_apart(one: Area, found: Mapping[str, Area]) -> Area:
    """A district with its province in the name where two provinces have one of that name."""
    others = {
        other.parent for other in found.values() if other.level == one.level == "district" and other.name == one.name
    }
    return replace(one, name=f"{one.name}, {found[one.parent or ''].name}") if len(others) > 1 else one


@cache
def communes() -> dict[str, Area]:
    """The communes by id: those of a district end with it."""
    found: dict[str, Area] = {}
    for number, (identity, name, kind, parent, since, _, _) in _commune_rows():
        superior = areas().get(parent)
        if superior is None:
            raise InvalidModels(COMMUNES, number, "models.no_area", area=parent)
        if identity in found:
            raise InvalidModels(COMMUNES, number, "models.twice", id=identity)
        until = superior.valid_to if superior.level == "district" else None
        begun = date.fromisoformat(since) if since else None
        code = identity[1:].partition("-")[0]
        found[identity] = Area(identity, f"{kind} {name}, {superior.name}", LEVELS[-1], parent, begun, until, code, "")
    return found


def _commune_rows() -> Iterator[tuple[int, list[str]]]:
    rows = read_fields(COMMUNES)
    next(rows)
    return rows


def area_of(identity: str) -> Area | None:
    """The version that an id names; None for a place that no table holds, whose id is its folded name."""
    known = areas().get(identity)
    return known or (communes().get(identity) if identity.startswith("c") else None)


@cache
def changes() -> tuple[Change, ...]:
    """What became what, by day: each change names two units, the first ending the day before the other begins."""
    found = []
    for number, change in (*_recorded(), *_of_communes()):
        old, new = area_of(change.old), area_of(change.new)
        for unit, identity in ((old, change.old), (new, change.new)):
            if unit is None:
                raise InvalidModels(_table(change), number, "models.no_area", area=identity)
        ended, begun = old and old.valid_to, new and new.valid_from
        if change.kind not in CHANGE_KINDS or not ended or begun != change.on or ended + timedelta(days=1) != begun:
            told = {"old": change.old, "into": change.new, "on": change.on.isoformat()}
            raise InvalidModels(_table(change), number, "models.no_seam", **told)
        found.append(change)
    return tuple(sorted(found, key=lambda change: change.on))


def _table(change: Change) -> str:
    return COMMUNES if change.new in communes() else CHANGES


def _recorded() -> Iterator[tuple[int, Change]]:
    for row in read_rows(CHANGES):
        yield int(row["#"]), Change(row["old"], row["new"], date.fromisoformat(row["on"]), row["kind"], row["source"])


def _of_communes() -> Iterator[tuple[int, Change]]:
    for number, (identity, _, _, _, since, former, source) in _commune_rows():
        olds = former.split()
        for old in olds:
            kind = "part" if old.endswith(PART) else "merge" if len(olds) > 1 else "rename"
            yield number, Change(old.removesuffix(PART), identity, date.fromisoformat(since), kind, source)


@cache
def former_units(area: str) -> tuple[str, ...]:
    """The whole units that a merger or a new name made this one of; none where a part of any unit came or went."""
    made_of = _made_of().get(area, ())
    whole = all(change.kind in {"merge", "rename"} for change in made_of)
    return tuple(change.old for change in made_of) if whole else ()


def successors(area: str) -> tuple[str, ...]:
    """The units that this one became, or became a part of."""
    return _became().get(area, ())


@cache
def _made_of() -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for change in changes():
        found.setdefault(change.new, []).append(change)
    return found


@cache
def _became() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for change in changes():
        found[change.old] = (*found.get(change.old, ()), change.new)
    return found
