"""The shelf as a list: reports with what names them, their files and pages, and how far the review has come.

In: what is wanted, and in which order. Out: rows. The hard idea: a store has 20,000 reports and a million records, so
records are counted for the reports of one page only, unless the order itself asks how much is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from extractor.archive import schema
from extractor.archive.row_types import OPEN, REVIEWED, State
from extractor.archive.rows import LEADING_FILE, NAMES
from extractor.archive.search import near_words, says_all

ITEM, RECORD, FILE = schema.item.c, schema.record.c, schema.instantiation.c

BY_COLUMN = ("number", "place", "date", "period", "area")
BY_COUNT = ("total", "reviewed", "left", "conflicts")
BY_FILES = ("files", "pages")
ORDERS = ("received", *BY_COLUMN, *BY_COUNT, *BY_FILES)
"""What a shelf can be sorted by; the first, the order in which reports came, where nobody has chosen."""

STATES = ("all", "open", "done", "conflicts", "trash")
"""Which reports: all, with something left, done, with judges who differ; those put aside or merged into others."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reports, and in which order."""

    words: str | None = None
    state: str = "all"
    order: str = "received"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One report on the shelf. ``conflicts``: figures on which two judges differ."""

    id: int
    number: str | None
    place: str | None
    date: str | None
    title: str | None
    issuer: str | None
    area: str | None
    period: str | None
    received: str
    version: int
    gone: str | None
    file: str
    files: int = 0
    pages: int = 0
    total: int = 0
    reviewed: int = 0
    conflicts: int = 0

    @property
    def left(self) -> int:
        """Figures that nobody has decided on."""
        return self.total - self.reviewed


COLUMNS = (
    *("id", "number", "place", "date", "title", "issuer", "area", "period"),
    *("received", "version", "gone"),
)


def rows(connection: Connection, wanted: Wanted, *, limit: int, offset: int = 0) -> list[Row]:
    """A page of the shelf."""
    query = _matching(wanted, *(ITEM[name] for name in COLUMNS), LEADING_FILE)
    key: ColumnElement[Any] = ITEM[wanted.order] if wanted.order in BY_COLUMN else ITEM.id
    for names, counting in ((BY_COUNT, _counts), (BY_FILES, _files)):
        if wanted.order in names:
            counts = counting(None).subquery()
            query = query.outerjoin(counts, counts.c.item_id == ITEM.id)
            key = func.coalesce(counts.c[wanted.order], 0)
    direction = key.desc().nulls_last() if wanted.descending else key.asc().nulls_last()
    tie = ITEM.id.desc() if wanted.descending else ITEM.id
    found = connection.execute(query.order_by(direction, tie).limit(limit).offset(offset)).mappings().all()
    ids = [row["id"] for row in found]
    counted: dict[int, dict[str, Any]] = {item_id: {} for item_id in ids}
    for asked in (_counts(ids), _files(ids)):
        for row in connection.execute(asked).mappings():
            counted[row["item_id"]] |= {name: n or 0 for name, n in row.items() if name not in ("item_id", "left")}
    return [Row(**row, **counted[row["id"]]) for row in found]


def count(connection: Connection, wanted: Wanted) -> int:
    """How many reports are wanted."""
    return connection.scalar(select(func.count()).select_from(_matching(wanted, ITEM.id).subquery())) or 0


def meant(connection: Connection, words: str) -> str | None:
    """What ``words``, by which no report is found, may have been meant to be; None where nothing is like them."""
    return near_words(words, connection.scalars(select(NAMES).where(ITEM.gone.is_(None))))


def _matching(wanted: Wanted, *columns: ColumnElement[Any]) -> Select[Any]:
    query = select(*columns)
    query = query.where(ITEM.gone.is_not(None) if wanted.state == "trash" else ITEM.gone.is_(None))
    if wanted.words:
        query = query.where(says_all(wanted.words, ITEM.id, NAMES))
    some = select(RECORD.id).where(RECORD.item_id == ITEM.id)
    waiting = some.where(RECORD.state.in_([s.value for s in (*OPEN, State.SKIPPED)]))
    if wanted.state == "open":
        query = query.where(waiting.exists())
    if wanted.state == "done":
        query = query.where(some.where(RECORD.state.in_([s.value for s in REVIEWED])).exists(), ~waiting.exists())
    if wanted.state == "conflicts":
        query = query.where(some.where(RECORD.state == State.DISPUTED.value).exists())
    return query


def _counts(ids: list[int] | None) -> Select[Any]:
    """Item → its figures, those judged, those left, those in dispute."""
    reviewed = func.sum(case((RECORD.state.in_([s.value for s in REVIEWED]), 1), else_=0))
    query = select(
        RECORD.item_id,
        func.count().label("total"),
        reviewed.label("reviewed"),
        (func.count() - reviewed).label("left"),
        func.sum(case((RECORD.state == State.DISPUTED.value, 1), else_=0)).label("conflicts"),
    )
    query = query.where(RECORD.state != State.WITHDRAWN.value).group_by(RECORD.item_id)
    return query if ids is None else query.where(RECORD.item_id.in_(ids))


def _files(ids: list[int] | None) -> Select[Any]:
    """Item → how many files, and the pages of the longest."""
    query = select(FILE.item_id, func.count().label("files"), func.max(FILE.pages).label("pages"))
    query = query.group_by(FILE.item_id)
    return query if ids is None else query.where(FILE.item_id.in_(ids))
