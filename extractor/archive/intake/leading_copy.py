"""Which copy of a report leads: its records hang on that copy's text and pages, and an archivist may choose another.

The records move as they do to a new reading of one file: decisions stay, what the chosen copy does not hold is shown as
lost (or withdrawn where nobody had judged it), what only it holds is added. The front of the report stays as it stands.
"""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from extractor.archive import schema
from extractor.archive.intake.import_report import match, move
from extractor.archive.journal import Entry, append
from extractor.archive.review.aliases import settle_again
from extractor.archive.review.decisions import require_present, to_record
from extractor.archive.review.paper_copies import figures_of
from extractor.archive.roles import require
from extractor.archive.row_types import OPEN, Role, State, first_state, to_columns
from extractor.domain.errors import StoreError


def let_lead(connection: Connection, item_id: int, sha256: str, *, actor: str, client_id: str) -> None:
    """Hangs the records of a report on its copy with this hash; raises StoreError where the report has no such copy."""
    require(connection, actor, Role.ARCHIVIST)
    require_present(connection, item_id)
    file, reading = schema.instantiation.c, schema.reading.c
    chosen = connection.execute(
        select(reading.id, reading.digest, file.name)
        .join(schema.instantiation, file.sha256 == reading.sha256)
        .where(file.item_id == item_id, file.sha256 == sha256)
        .order_by(reading.id.desc())
    ).first()
    if chosen is None:
        raise StoreError("store.no_report", number=item_id)
    item = schema.item.c
    if connection.scalar(select(item.leading).where(item.id == item_id)) == sha256:
        return
    fresh = _move_records(connection, item_id, chosen.id, client_id)
    connection.execute(update(schema.item).where(item.id == item_id).values(leading=sha256, version=item.version + 1))
    label = {"sha256": sha256, "name": chosen.name, "reading": chosen.id, "digest": chosen.digest}
    patch = {**label, "records": fresh, "leads": True}
    append(connection, Entry("reread", actor, client_id, item_id=item_id, patch=patch))
    settle_again(connection, item_id, client_id=client_id)


def _move_records(connection: Connection, item_id: int, reading_id: int, client_id: str) -> int:
    """The records onto another reading; returns how many it has that none of them is."""
    table = schema.record.c
    query = select(schema.record).where(table.item_id == item_id).order_by(table.start, table.id)
    records = [to_record(row) for row in connection.execute(query).mappings()]
    figures = figures_of(connection, reading_id)
    pairs = match(records, figures)
    for record in records:
        found = figures[pairs[record.id]] if record.id in pairs else None
        decided = record.state not in (*OPEN, State.WITHDRAWN) or bool(record.votes)
        move(connection, record, found, reading_id, decided=decided, client_id=f"{client_id}:{record.id}")
    taken = set(pairs.values())
    fresh = [figure for n, figure in enumerate(figures) if n not in taken]
    origin = {"item_id": item_id, "origin_reading": reading_id, "version": 0}
    for figure in fresh:
        columns = to_columns(first_state(figure, reading_id))
        connection.execute(schema.record.insert().values(**origin, origin_figure=figure["id"], **columns))
    return len(fresh)
