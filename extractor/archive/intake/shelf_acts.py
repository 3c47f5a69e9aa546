"""What an archivist does with whole reports: to the trash and back, two into one, one copy out of a report.

In: reports by id. Out: rows and lines of the journal, in the caller's transaction. The hard idea: nothing is deleted.
A report that is put aside has all its records withdrawn, each by a line that keeps the state it had, so that no list,
count, series or export needs to know of the trash, and ``take_back`` puts every record where it was. Originals and
readings never move; a file only changes the report that it belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select, update

from extractor.archive import schema
from extractor.archive.intake.import_report import keep_reading, label_of, new_item, new_records
from extractor.archive.intake.import_rows import Prepared
from extractor.archive.intake.leading_copy import let_lead
from extractor.archive.intake.moving import match
from extractor.archive.journal import Entry, append, entry_about, find_by_client
from extractor.archive.review.aliases import settle_again
from extractor.archive.roles import require
from extractor.archive.row_types import CORRECTABLE, OPEN, Record, Role, State, to_plain
from extractor.archive.rows import TABLE, change_item, of_item, records_of, renew, require_present
from extractor.domain.errors import InvalidInput, StoreError

TRASH, MERGED = "trash", "merged"
"""Why a report is not on the shelf."""

CARRIED = (*CORRECTABLE, "match", "score", "amount", "amount_unit", "decimals")
"""Fields that a corrected figure takes along to its copy in another report; where it stands it does not."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: files that joined, decisions that count for the other report now, and those without a place."""

    files: int
    carried: int
    left: int


def put_aside(connection: Connection, item_id: int, *, actor: str, client_id: str) -> None:
    """Puts a report into the trash."""
    require(connection, actor, Role.ARCHIVIST)
    if find_by_client(connection, client_id):
        return
    require_present(connection, item_id)
    _withdraw_all(connection, item_id, TRASH, actor=actor, client_id=client_id)
    change_item(connection, item_id, gone=TRASH)
    append(connection, Entry(TRASH, actor, client_id, item_id=item_id, patch={"gone": TRASH}, old={"gone": None}))


def take_back(connection: Connection, item_id: int, *, actor: str, client_id: str) -> None:
    """Puts a report back on the shelf, its records as they stood; files that a merge took away come back with it."""
    require(connection, actor, Role.ARCHIVIST)
    if find_by_client(connection, client_id):
        return
    gone = of_item(connection, item_id, schema.item.c.gone)
    if gone is None:
        raise InvalidInput("shelf.not_put_aside", number=item_id)
    if gone == MERGED:
        _fetch_files(connection, item_id, actor=actor, client_id=client_id)
    event = schema.event.c
    lines = select(event.seq, event.kind, event.record_id, event.old).where(
        event.item_id == item_id, event.record_id.is_not(None), event.kind.in_((TRASH, "merge", "restore"))
    )
    last = {line.record_id: line for line in connection.execute(lines.order_by(event.seq))}
    for record in records_of(connection, item_id):
        line = last.get(record.id)
        if line is not None and line.kind != "restore" and record.state is State.WITHDRAWN:
            _set_state(connection, record, "restore", line.old["state"], actor, f"{client_id}:{record.id}", line.seq)
    change_item(connection, item_id, gone=None)
    append(connection, Entry("restore", actor, client_id, item_id=item_id, patch={"gone": None}, old={"gone": gone}))


def merge(connection: Connection, item_id: int, into: int, *, actor: str, client_id: str) -> Merged:
    """Makes the files of a report further copies of another, which keeps its own figures.

    A decision goes to the figure of the other report that stands at the same place, where nobody has judged that one.
    """
    require(connection, actor, Role.ARCHIVIST)
    if item_id == into:
        raise InvalidInput("shelf.same_report")
    for number in (item_id, into):
        require_present(connection, number)
    ours, theirs = records_of(connection, item_id), records_of(connection, into)
    standing = [one for one in theirs if one.state is not State.WITHDRAWN]
    places = [{"section": one.section, "quote": one.quote} for one in standing]
    pairs = match(ours, places)
    carried = left = 0
    for record in ours:
        if record.state in OPEN or record.state is State.WITHDRAWN:
            continue
        other = standing[pairs[record.id]] if record.id in pairs else None
        if other is None:
            left += 1
        elif other.state is State.EXTRACTED:
            _carry(connection, record, other, actor, f"{client_id}:to:{other.id}")
            carried += 1
    _withdraw_all(connection, item_id, "merge", actor=actor, client_id=client_id)
    file = schema.instantiation.c
    files = list(connection.scalars(select(file.sha256).where(file.item_id == item_id).order_by(file.sha256)))
    connection.execute(update(schema.instantiation).where(file.item_id == item_id).values(item_id=into))
    change_item(connection, item_id, gone=MERGED)
    patch = {"gone": MERGED, "into": into, "files": files}
    append(connection, Entry("merge", actor, client_id, item_id=item_id, patch=patch, old={"gone": None}))
    append(
        connection, Entry("merge", actor, f"{client_id}:into", item_id=into, patch={"from": item_id, "files": files})
    )
    return Merged(len(files), carried, left)


def split(connection: Connection, item_id: int, prepared: Prepared, *, actor: str, client_id: str) -> int:
    """Makes a report of its own of one copy, with the figures that were read in it; returns its id.

    Decisions stay with the report that they were made on. Where the copy led, the oldest other one leads now.
    """
    require(connection, actor, Role.ARCHIVIST)
    require_present(connection, item_id)
    file, reading = schema.instantiation.c, schema.reading.c
    copies = list(connection.scalars(select(file.sha256).where(file.item_id == item_id).order_by(file.received)))
    if prepared.sha256 not in copies:
        raise StoreError("store.no_report", number=item_id)
    others = [sha256 for sha256 in copies if sha256 != prepared.sha256]
    if not others:
        raise InvalidInput("shelf.only_copy")
    if of_item(connection, item_id, schema.item.c.leading) == prepared.sha256:
        let_lead(connection, item_id, others[0], actor=actor, client_id=f"{client_id}:lead")
    made = new_item(connection, prepared)
    connection.execute(update(schema.instantiation).where(file.sha256 == prepared.sha256).values(item_id=made))
    reading_id = connection.scalar(
        select(reading.id).where(reading.sha256 == prepared.sha256, reading.digest == prepared.digest)
    ) or keep_reading(connection, prepared)
    new_records(connection, made, reading_id, prepared.records)
    label = label_of(prepared, reading_id)
    patch = {**label, "records": len(prepared.records), "joined": False, "split_from": item_id}
    append(connection, Entry("import", actor, client_id, item_id=made, patch=patch))
    append(connection, Entry("split", actor, f"{client_id}:from", item_id=item_id, patch={**label, "into": made}))
    settle_again(connection, made, client_id=client_id)
    return made


def _withdraw_all(connection: Connection, item_id: int, kind: str, *, actor: str, client_id: str) -> None:
    ids = select(TABLE.id).where(TABLE.item_id == item_id)
    connection.execute(delete(schema.lease).where(schema.lease.c.record_id.in_(ids)))
    for record in records_of(connection, item_id):
        if record.state is not State.WITHDRAWN:
            _set_state(connection, record, kind, State.WITHDRAWN.value, actor, f"{client_id}:{record.id}")


def _set_state(
    connection: Connection, record: Record, kind: str, state: str, actor: str, client_id: str, undoes: int | None = None
) -> None:
    line = append(connection, entry_about(record, kind, actor, client_id, {"state": state}, undoes=undoes))
    renew(connection, record, line)


def _carry(connection: Connection, record: Record, other: Record, actor: str, client_id: str) -> None:
    """A decision of one report's record on the same figure in another report."""
    patch: dict[str, Any] = {"state": record.state.value}
    if record.state is State.ADDED:
        patch["state"] = State.ACCEPTED.value  # the other copy's machine had seen it
    if record.state in (State.CORRECTED, State.ADDED):
        patch |= to_plain({n: getattr(record, n) for n in CARRIED if getattr(record, n) != getattr(other, n)})
    line = append(connection, entry_about(other, "merge", actor, client_id, patch, reason=record.decided_by))
    renew(connection, other, line, decided_by=record.decided_by, decided_at=record.decided_at)


def _fetch_files(connection: Connection, item_id: int, *, actor: str, client_id: str) -> None:
    """The files that a merge had taken away, back to their report; where one of them leads the other, another does."""
    event, file = schema.event.c, schema.instantiation.c
    line = connection.execute(
        select(event.patch)
        .where(event.item_id == item_id, event.kind == "merge", event.record_id.is_(None))
        .order_by(event.seq.desc())
    ).first()
    files, into = (line.patch["files"], line.patch["into"]) if line is not None and "into" in line.patch else ([], 0)
    rest = list(connection.scalars(select(file.sha256).where(file.item_id == into, file.sha256.not_in(files))))
    if rest and of_item(connection, into, schema.item.c.leading) in files:
        let_lead(connection, into, rest[0], actor=actor, client_id=f"{client_id}:lead")
    connection.execute(
        update(schema.instantiation).where(file.sha256.in_(files), file.item_id == into).values(item_id=item_id)
    )
