"""Which copy of a report leads: its records hang on that copy's text and pages, and an archivist may choose another.

The records move as they do to a new reading of one file: decisions stay, what the chosen copy does not hold is shown as
lost (or withdrawn where nobody had judged it), what only it holds is added. The front of the report stays as it stands.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from extractor.archive import schema
from extractor.archive.intake.import_report import new_records
from extractor.archive.intake.import_rows import record_row
from extractor.archive.intake.moving import move_records
from extractor.archive.journal import Entry, append
from extractor.archive.review.aliases import settle_again
from extractor.archive.roles import require
from extractor.archive.row_types import Role
from extractor.archive.rows import change_item, figures_of, of_item, require_present
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
    if of_item(connection, item_id, schema.item.c.leading) == sha256:
        return
    figures = figures_of(connection, chosen.id)
    fresh = move_records(connection, item_id, chosen.id, figures, client_id=client_id).fresh
    new_records(connection, item_id, chosen.id, [record_row(figures[n]) for n in fresh])
    change_item(connection, item_id, leading=sha256)
    label = {"sha256": sha256, "name": chosen.name, "reading": chosen.id, "digest": chosen.digest}
    patch = {**label, "records": len(fresh), "leads": True}
    append(connection, Entry("reread", actor, client_id, item_id=item_id, patch=patch))
    settle_again(connection, item_id, client_id=client_id)
