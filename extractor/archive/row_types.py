"""What the store hands out: frozen pictures of its rows, as they were at one moment.

A ``Record`` is what a reviewer judges. Its fields are those of a figure; ``FIELDS`` names them once for the table, the
events and the replay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from extractor.domain.figure import Figure
from extractor.domain.folding import fold

DECIMALS = ("value", "value_max", "total", "amount")

PLACE = ("section", "footnote", "quote", "start", "end", "page", "boxes")
"""Where a figure stands: moves with every new reading, never by a correction."""

CORRECTABLE = (
    *("kind", "indicator", "qualifier", "parent", "indicator_id", "area", "period", "status"),
    *("value", "value_max", "bound", "total", "unit", "comparisons"),
)
"""What a person may change; all else follows from it or from the place."""

FIELDS = (
    *CORRECTABLE,
    *("match", "score", "period_from", "amount", "amount_unit", "decimals"),
    *PLACE,
    *("confidence", "doubts"),
)


READ = ("number", "date", "place", "issuer", "title", "addressee")
"""What the machine reads of a report's front and an archivist may put right; columns of the item hold what stands."""


class State(StrEnum):
    """Where a record stands on its way; an import never counts as reviewed."""

    EXTRACTED = "extracted"
    VOTED = "voted"  # one of two judges has spoken
    DISPUTED = "disputed"  # two judges differ: a third decides
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    SKIPPED = "skipped"
    ADDED = "added"  # the machine had missed it
    WITHDRAWN = "withdrawn"  # undecided, and no longer in the newest reading


OPEN = (State.EXTRACTED, State.VOTED, State.DISPUTED)
RIGHT = (State.ACCEPTED, State.CORRECTED, State.ADDED)
REVIEWED = (*RIGHT, State.REJECTED)


class Role(StrEnum):
    """Who may do what; each role may do all that the ones before it may."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    ARCHIVIST = "archivist"
    ADMIN = "admin"

    def reaches(self, needed: Role) -> bool:
        """Whether this role covers ``needed``."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(needed)


@dataclass(frozen=True, slots=True)
class Record:
    """The reviewed state of one figure. ``lost`` once the newest reading of the file no longer holds it."""

    id: int
    item_id: int
    reading_id: int
    figure_id: str | None
    state: State
    version: int
    decided_by: str | None
    decided_at: str | None
    votes: list[dict[str, Any]]
    rank: float  # lowest first in the queue by doubt
    kind: str
    indicator: str | None
    qualifier: str | None
    parent: str | None
    indicator_id: str | None
    match: str
    score: float | None
    area: str | None
    period: str | None
    period_from: str | None
    status: str
    value: Decimal | None
    value_max: Decimal | None
    bound: str | None
    total: Decimal | None
    unit: str | None
    amount: Decimal | None
    amount_unit: str | None
    decimals: int
    comparisons: list[dict[str, Any]]
    section: str | None
    footnote: str | None
    quote: str
    start: int
    end: int
    page: int | None
    boxes: list[list[float]]  # [page, x0, top, x1, bottom]
    confidence: float
    doubts: list[str]
    origin_figure: str | None = None
    origin_reading: int | None = None

    @property
    def is_decided(self) -> bool:
        """Whether a person has judged it, be it by one vote of two."""
        return self.state not in (*OPEN, State.WITHDRAWN) or bool(self.votes)

    @property
    def lost(self) -> bool:
        """Decided, and no longer to be found in the newest reading."""
        return self.figure_id is None and self.origin_figure is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a record stands in the text and how far it has come: all that is needed to mark it there."""

    id: int
    state: State
    indicator: str | None
    start: int
    end: int
    reading_id: int
    found: bool  # whether the newest reading holds it
    figure_id: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One report, whatever the number of files it came in."""

    id: int
    number: str | None
    place: str | None
    date: str | None
    title: str | None
    addressee: str | None
    issuer: str | None
    issuer_key: str | None
    area: str | None
    period: str | None
    front: dict[str, Any]
    description: dict[str, Any]
    leading: str
    votes_wanted: int
    version: int
    received: str
    gone: str | None = None  # "trash", or "merged" into another report
    files: tuple[Instantiation, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """What names a report in a list."""

    number: str | None
    area: str | None
    period: str | None
    title: str | None
    file: str  # the name of the one that leads


@dataclass(frozen=True, slots=True)
class Instantiation:
    """A file as received."""

    sha256: str
    item_id: int
    name: str
    format: str
    size: int
    pages: int
    result: str
    reason: str | None
    received: str
    received_by: str
    pronom: str | None = None
    version: str | None = None
    producer: str | None = None
    dpi: int | None = None
    reason_en: str | None = None  # the reason in English, where it was noted with the file's arrival
    met: tuple[tuple[str, str], ...] = ()  # every path it came under, with its name there, the first one first


@dataclass(frozen=True, slots=True)
class Reading:
    """What one run of the machine saw in a file."""

    id: int
    sha256: str
    made: str
    maker: str
    text: str
    blocks: list[dict[str, Any]]
    sections: list[dict[str, Any]]
    footnotes: list[dict[str, Any]]
    placements: list[list[float]]
    findings: list[dict[str, Any]]
    digits: list[dict[str, Any]]
    layer: int = 0  # version of what the store had learned then


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the journal."""

    seq: int
    item_id: int | None
    record_id: int | None
    base_version: int | None
    kind: str
    actor: str
    patch: dict[str, Any]
    old: dict[str, Any]
    reason: str | None
    undoes: int | None
    client_id: str
    at: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records a list shows; what is None does not restrict. ``doubt`` is a doubt code or a finding's code."""

    item: int | None = None
    section: str | None = None
    indicator: str | None = None
    doubt: str | None = None
    reviewer: str | None = None
    states: tuple[State, ...] = ()
    words: str | None = None
    among: tuple[int, ...] | None = None  # the records that hold the words, where they were looked up and are few
    remarked: bool = False  # only records with a remark that nobody has settled
    order: str = "doubt"  # or "place": as the report runs; or "sentence", "teach": see ``reading_order``


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review has come."""

    states: Mapping[State, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All records that ask, or have asked, for a decision."""
        return sum(n for state, n in self.states.items() if state is not State.WITHDRAWN)

    @property
    def reviewed(self) -> int:
        """Records with a decision."""
        return sum(self.states.get(state, 0) for state in REVIEWED)

    @property
    def skipped(self) -> int:
        """Records put off."""
        return self.states.get(State.SKIPPED, 0)

    @property
    def left(self) -> int:
        """Records that nobody has decided on, those put off included."""
        return self.total - self.reviewed


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of a file that was handed in. ``known``: these very bytes, read the same way, were there already."""

    item_id: int
    sha256: str
    reading_id: int
    known: bool
    joined: bool  # the report was there already in another file
    added: int = 0
    kept: int = 0  # decisions that found their place in the new reading
    lost: int = 0  # decisions whose place the new reading no longer has
    withdrawn: int = 0  # undecided records that the new reading no longer has


def figure_fields(figure: Figure) -> dict[str, Any]:
    """``figure`` as plain JSON: decimals as strings, boxes with their page, the fields of ``FIELDS`` and the id."""
    plain = figure.to_dict()
    plain["boxes"] = [[b.page, b.x0, b.top, b.x1, b.bottom] for b in figure.boxes]
    return plain


def standing_front(front: Mapping[str, Any], description: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of ``READ`` as they stand: the front as it was read, with what a person wrote over it."""
    standing = {name: description.get(name, front.get(name)) for name in READ}
    issuer = standing["issuer"]
    return standing | {"issuer_key": fold(issuer) if issuer else None}


def to_columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Plain fields as the table holds them: the strings of decimal fields become decimals again."""
    return {k: Decimal(v) if k in DECIMALS and v is not None else v for k, v in fields.items()}


def to_plain(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as an event holds them: decimals as strings."""
    return {k: format(v, "f") if isinstance(v, Decimal) else v for k, v in columns.items()}


def first_state(figure: Mapping[str, Any], reading_id: int) -> dict[str, Any]:
    """A record's fields as the machine hands them over."""
    fields = {name: figure.get(name) for name in FIELDS}
    return {
        **fields,
        "state": State.EXTRACTED.value,
        "votes": [],
        "reading_id": reading_id,
        "figure_id": figure.get("id"),
        "rank": figure.get("rank", rank_of(figure)),
    }


def rank_of(figure: Mapping[str, Any]) -> float:
    """The place in the queue by doubt, lowest first: confidence, less a little for every reason to doubt."""
    return round(float(figure.get("confidence", 1.0)) - 0.05 * len(figure.get("doubts", ())), 4)
