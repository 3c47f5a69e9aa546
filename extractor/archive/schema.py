"""The tables of the store: one schema for SQLite and PostgreSQL.

Four layers, each fed by the one above it and never writing back: the *instantiation* (a file as received) of an *item*
(one report); the *reading* and its *extraction* (what one run of the machine saw; never edited); the *record* (the
reviewed state, with a version); the *event* (every decision, append-only, each chained to the one before by a hash).
Decimals pass through ``Exact``: NUMERIC in PostgreSQL, text in SQLite, whose own numbers are binary floats.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeEngine

from extractor.archive.canonical_json import Spelled, canonical

REVISION = "0009"
"""The newest migration; a test holds it to the migration folder's head."""


class Exact(TypeDecorator[Decimal]):
    """A decimal that comes back digit for digit, trailing zeros of the print included on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """NUMERIC without a scale where the database has one that is exact."""
        return dialect.type_descriptor(Numeric() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | str | None:
        """Refuses anything but a finite Decimal: a float here would already have lost digits."""
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite():
            raise TypeError(f"a finite Decimal is needed, not {value!r}")
        return value if dialect.name == "postgresql" else format(value, "f")

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """PostgreSQL hands out a Decimal already."""
        return None if value is None else Decimal(value)


class Plain(TypeDecorator[Any]):
    """Lists and dicts as canonical JSON text: the database must not reorder what a hash vouches for."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Canonical text, as a plain ``str``: drivers look at the exact type."""
        if isinstance(value, Spelled):
            return str(value)
        return None if value is None else canonical(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        """The value again."""
        return None if value is None else json.loads(value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

person = Table(
    "person",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("since", String(32), nullable=False),
    CheckConstraint("role IN ('viewer', 'reviewer', 'archivist', 'admin')", name="role"),
)

item = Table(
    "item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text),
    Column("place", Text),
    Column("date", String(10)),
    Column("title", Text),
    Column("addressee", Text),
    Column("issuer", Text),
    Column("issuer_key", Text),  # folded: the name as one file prints it in capitals and another does not
    Column("area", Text),
    Column("period", Text),
    Column("front", Plain, nullable=False),  # the whole Report as read from the leading instantiation
    Column("description", Plain, nullable=False),  # what an archivist adds: reference code, fonds, file, …
    Column("leading", String(64), nullable=False),  # the instantiation whose reading the records come from
    Column("votes_wanted", Integer, nullable=False),  # how many people judge each figure before it counts
    Column("version", Integer, nullable=False),
    Column("received", String(32), nullable=False),
    Column("gone", Text),  # null while it stands on the shelf; else "trash", or "merged" into another report
    Index(None, "issuer_key", "number"),
)

original = Table(
    "original",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

instantiation = Table(
    "instantiation",
    metadata,
    Column("sha256", String(64), ForeignKey("original.sha256"), primary_key=True),
    Column("item_id", Integer, ForeignKey("item.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("result", Text, nullable=False),
    Column("reason", Text),
    Column("received", String(32), nullable=False),
    Column("received_by", Text, nullable=False),
    Column("pronom", Text),  # PRONOM's identifier of its format; these four are null where an older reading took it in
    Column("version", Text),  # of the format, as the file states it
    Column("producer", Text),  # the program that a PDF names as its maker
    Column("dpi", Integer),  # of its finest scanned page
)

reading = Table(
    "reading",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), ForeignKey("instantiation.sha256"), nullable=False, index=True),
    Column("made", String(32), nullable=False),
    Column("maker", Text, nullable=False),  # version of the program that read it
    Column("digest", String(64), nullable=False),  # of text and figures: the same reading is kept once
    Column("text", Text, nullable=False),
    Column("blocks", Plain, nullable=False),
    Column("sections", Plain, nullable=False),
    Column("footnotes", Plain, nullable=False),
    Column("placements", Plain, nullable=False),
    Column("findings", Plain, nullable=False),
    Column("digits", Plain, nullable=False),
    Column("certainty", Float),  # of recognition, the mean over its letters; 1 where born digital, null where not known
    Column(
        "layer", Integer, nullable=False, server_default="0"
    ),  # of what the store had learned, 0 for the package alone
    UniqueConstraint("sha256", "digest"),
)

extraction = Table(
    "extraction",
    metadata,
    Column("reading_id", Integer, ForeignKey("reading.id"), primary_key=True),
    Column("figure_id", Text, primary_key=True),
    Column("ordinal", Integer, nullable=False),
    Column("figure", Plain, nullable=False),
)

record = Table(
    "record",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", Integer, ForeignKey("item.id"), nullable=False),
    # Where its first state came from; both null for a figure that a person added.
    Column("origin_reading", Integer, ForeignKey("reading.id")),
    Column("origin_figure", Text),
    # Where it stands now; ``figure_id`` is null when the newest reading no longer has it.
    Column("reading_id", Integer, ForeignKey("reading.id"), nullable=False),
    Column("figure_id", Text),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", String(32)),
    Column("votes", Plain, nullable=False),  # [{by, verdict, values}] while more than one judgement is wanted
    Column("rank", Float, nullable=False),  # the lowest is looked at first
    Column("kind", Text, nullable=False),
    Column("indicator", Text),
    Column("qualifier", Text),
    Column("parent", Text),
    Column("indicator_id", Text),
    Column("match", Text, nullable=False),
    Column("score", Float),
    Column("area", Text),
    Column("period", Text),
    Column("period_from", Text),
    Column("status", Text, nullable=False),
    Column("value", Exact),
    Column("value_max", Exact),
    Column("bound", Text),
    Column("total", Exact),
    Column("unit", Text),
    Column("amount", Exact),
    Column("amount_unit", Text),
    Column("decimals", Integer, nullable=False),
    Column("comparisons", Plain, nullable=False),
    Column("section", Text),
    Column("footnote", Text),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer),
    Column("boxes", Plain, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("doubts", Plain, nullable=False),
    CheckConstraint(
        "state IN ('extracted', 'voted', 'disputed', 'accepted', 'corrected', 'rejected', 'skipped', 'added', "
        "'withdrawn')",
        name="state",
    ),
    Index(None, "item_id", "start", "id"),
    Index(None, "state", "rank", "id"),
    Index(None, "item_id", "state", "rank", "id"),
    Index(None, "state", "item_id", "start", "id"),
    Index(None, "indicator_id", "period"),
)

arrival = Table(  # what became of every file that was ever handed in, also of those that gave nothing
    "arrival",
    metadata,
    Column("key", Text, primary_key=True),  # the hash of the content; "path:" and the path's hash where none was had
    Column("name", Text, nullable=False),
    Column("path", Text, nullable=False),  # where it lay when it was last handed in; "shelf.zip!/a/b.pdf" in an archive
    Column("size", Integer, nullable=False),
    Column("result", Text, nullable=False),  # a result class, or "fault": our own, and tried again next time
    Column("reason", Text),
    Column("reason_en", Text),
    Column("seconds", Float, nullable=False),  # what reading it took
    Column("tries", Integer, nullable=False),
    Column("first_at", String(32), nullable=False),
    Column("at", String(32), nullable=False),
    Column("maker", Text, nullable=False),
    Index(None, "result"),
)

sighting = Table(  # every place where a file was ever met: the shelf mark is often in its path
    "sighting",
    metadata,
    Column("key", Text, primary_key=True),  # as of its arrival
    Column("path", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("at", String(32), nullable=False),  # when it was first met there
)

lease = Table(
    "lease",
    metadata,
    Column("record_id", Integer, ForeignKey("record.id"), primary_key=True),
    Column("person", Text, nullable=False),
    Column("until", String(32), nullable=False),
)

IS_ANSWER = text("base_version IS NULL AND kind IN ('alias', 'no_alias')")
"""A person's answer to a proposed name, a line about no record: spelled as its index is, so that a database sees it."""

_IS_REMARK = text("kind IN ('comment', 'settle')")

event = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("item_id", Integer, ForeignKey("item.id")),
    Column("record_id", Integer, ForeignKey("record.id")),
    Column("base_version", Integer),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("patch", Plain, nullable=False),
    Column("old", Plain, nullable=False),
    Column("reason", Text),
    Column("undoes", Integer),
    Column("client_id", Text, nullable=False, unique=True),
    Column("at", String(32), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index(None, "record_id", "seq"),
    Index(None, "item_id", "seq"),
    Index(None, "actor", "seq"),
    Index(  # answers by what they say; in PostgreSQL by its hash: a name may be longer than a page of a tree holds
        "ix_event_answer",
        "patch",
        postgresql_using="hash",
        postgresql_where=IS_ANSWER,
        sqlite_where=IS_ANSWER,
    ),
    Index("ix_event_remark", "seq", postgresql_where=_IS_REMARK, sqlite_where=_IS_REMARK),  # few lines are
)

layer = Table(  # what the store has learned over the package: each version whole, the newest one reads
    "layer",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False),  # of the content
    Column("content", Text, nullable=False),  # canonical JSON, see extractor/language/reader/weights.py
    Column("accepted_by", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("restores", Integer),  # the version that was gone back to; null where something was learned
)

setting = Table(  # what a person has chosen for themselves: no decision, so no line of the journal
    "setting",
    metadata,
    Column("person", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Plain, nullable=False),
)

chain = Table(
    "chain",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    CheckConstraint("id = 1", name="one_row"),
)

NEVER_EDITED = ("event", "extraction", "layer", "reading", "original")
"""Tables whose rows may be added but neither changed nor removed; triggers hold them to it."""


def append_only(dialect: str, table: str) -> list[str]:
    """The statements that forbid changing ``table``; to be run again after any migration that rebuilds it."""
    if dialect == "postgresql":
        return [
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
            f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]
