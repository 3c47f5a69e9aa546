"""The one writer of a batch, and what the store already knows of files that come in.

In: files with what became of them, in the order of the shelf. Out: rows, several files a transaction, all of each file
or nothing. The hard idea: a run may be killed between any two statements, so a file is done when its transaction is,
and starting again asks the store, not a list of its own. A file that the database will not take costs itself only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from extractor.archive import schema
from extractor.archive.database import reading_from, writing_to
from extractor.archive.intake.import_report import FAULT, Received, Refused, meet, refuse, take_in
from extractor.archive.row_types import Intake
from extractor.archive.rows import figures_of
from extractor.archive.store import Store
from extractor.domain.finding import Level


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the store knows of a content that was handed in before."""

    key: str
    result: str
    reason: str | None
    reason_en: str | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Kept:
    """What writing one file came to: an ``intake`` where figures were kept, a ``fault`` where the store failed."""

    intake: Intake | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Glance:
    """What a person is shown of one file that the store holds: its newest reading, in numbers and in figures."""

    item_id: int
    area: str | None
    period: str | None
    sections: int
    footnotes: int
    numbers: int
    unexplained: int
    slips: list[tuple[str, str]]  # what the report's own arithmetic contradicts, in Vietnamese and English
    figures: list[dict[str, Any]]


class Ledger:
    """The rows of ``store`` that a batch reads and writes."""

    def __init__(self, store: Store) -> None:
        self._engine = store._engine

    def known(self, keys: Collection[str]) -> dict[str, Arrival]:
        """Those of ``keys`` that have arrived before, with what became of them."""
        columns = schema.arrival.c
        query = select(columns.key, columns.result, columns.reason, columns.reason_en, columns.seconds)
        with reading_from(self._engine) as connection:
            rows = connection.execute(query.where(columns.key.in_(keys))).all() if keys else []
        return {row.key: Arrival(*row) for row in rows}

    def counts(self) -> dict[str, int]:
        """Result class → how many different files of it have ever come in."""
        columns = schema.arrival.c
        with reading_from(self._engine) as connection:
            rows = connection.execute(select(columns.result, func.count()).group_by(columns.result)).all()
        return {row[0]: row[1] for row in rows}

    def pace(self) -> float | None:
        """Seconds that a file has taken on average, None where none was ever read."""
        columns = schema.arrival.c
        with reading_from(self._engine) as connection:
            average = connection.scalar(select(func.avg(columns.seconds)).where(columns.seconds > 0))
        return float(average) if average is not None else None

    def glance(self, sha256: str) -> Glance | None:
        """What was read in a file, None where the store does not hold it."""
        item, held, reading = schema.item.c, schema.instantiation.c, schema.reading.c
        query = (
            select(
                item.id, item.area, item.period, reading.id.label("reading"), reading.sections, reading.footnotes,
                reading.findings, reading.digits,
            )
            .select_from(schema.instantiation)
            .join(schema.item, item.id == held.item_id)
            .join(schema.reading, reading.sha256 == held.sha256)
            .where(held.sha256 == sha256)
            .order_by(reading.id.desc())
        )  # fmt: skip
        with reading_from(self._engine) as connection:
            row = connection.execute(query).first()
            if row is None:
                return None
            figures = figures_of(connection, row.reading)
        return Glance(
            row.id,
            row.area,
            row.period,
            len(row.sections),
            len(row.footnotes),
            len(row.digits),
            sum(digit["label"] == "unexplained" for digit in row.digits),
            [(one["message"], one["message_en"]) for one in row.findings if one["level"] == Level.FAIL],
            figures,
        )

    def meet(self, seen: Collection[tuple[str, str, str]]) -> None:
        """Keeps where files that need not be read were met: key, path, name."""
        if seen:
            with writing_to(self._engine) as connection:
                meet(connection, seen)

    def keep(self, files: Sequence[Received | Refused]) -> list[Kept]:
        """Writes ``files`` in one transaction; where one of them cannot be, each in its own."""
        try:
            with writing_to(self._engine) as connection:
                return [_write(connection, file) for file in files]
        except SQLAlchemyError:
            return [self._keep_alone(file) for file in files]

    def _keep_alone(self, file: Received | Refused) -> Kept:
        try:
            with writing_to(self._engine) as connection:
                return _write(connection, file)
        except DBAPIError as error:
            fault = f"{type(error).__name__}: {str(error.orig).splitlines()[0]}"[:300]
        if isinstance(file, Received):
            name, path = file.prepared.name, file.path
            noted = Refused(file.prepared.sha256, name, FAULT, fault, fault, file.actor, file.client_id, path)
            with writing_to(self._engine) as connection:
                refuse(connection, noted)
        return Kept(fault=fault)


def _write(connection: Connection, file: Received | Refused) -> Kept:
    if isinstance(file, Received):
        return Kept(take_in(connection, file))
    refuse(connection, file)
    return Kept()


def done(arrival: Arrival | None, again: Iterable[str]) -> bool:
    """Whether a file need not be read: it was, with a verdict that stands and that nobody asks to try again."""
    return arrival is not None and arrival.result != FAULT and arrival.result not in again
