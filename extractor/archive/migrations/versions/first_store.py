"""The first store. Every table is spelled out here: a migration must not change when ``schema`` does."""

import sqlalchemy as sa
from alembic import op

from extractor.archive.schema import Exact, Plain, append_only

revision = "0001"
down_revision = None

PROTECTED = ("event", "extraction", "reading", "original")


def upgrade() -> None:
    """Tables, then the triggers that keep four of them append-only, then the head of the empty chain."""
    op.create_table(
        "chain",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_chain_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_chain"),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("date", sa.String(length=10), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("addressee", sa.Text(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("issuer_key", sa.Text(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("front", Plain(), nullable=False),
        sa.Column("description", Plain(), nullable=False),
        sa.Column("leading", sa.String(length=64), nullable=False),
        sa.Column("votes_wanted", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("received", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item"),
    )
    op.create_index("ix_item_issuer_key_number", "item", ["issuer_key", "number"], unique=False)
    op.create_table(
        "original",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_original"),
    )
    op.create_table(
        "person",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("since", sa.String(length=32), nullable=False),
        sa.CheckConstraint("role IN ('viewer', 'reviewer', 'archivist', 'admin')", name="ck_person_role"),
        sa.PrimaryKeyConstraint("name", name="pk_person"),
    )
    op.create_table(
        "instantiation",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("received", sa.String(length=32), nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_instantiation_item_id_item"),
        sa.ForeignKeyConstraint(["sha256"], ["original.sha256"], name="fk_instantiation_sha256_original"),
        sa.PrimaryKeyConstraint("sha256", name="pk_instantiation"),
    )
    op.create_index("ix_instantiation_item_id", "instantiation", ["item_id"], unique=False)
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made", sa.String(length=32), nullable=False),
        sa.Column("maker", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("blocks", Plain(), nullable=False),
        sa.Column("sections", Plain(), nullable=False),
        sa.Column("footnotes", Plain(), nullable=False),
        sa.Column("placements", Plain(), nullable=False),
        sa.Column("findings", Plain(), nullable=False),
        sa.Column("digits", Plain(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["instantiation.sha256"], name="fk_reading_sha256_instantiation"),
        sa.PrimaryKeyConstraint("id", name="pk_reading"),
        sa.UniqueConstraint("sha256", "digest", name="uq_reading_sha256_digest"),
    )
    op.create_index("ix_reading_sha256", "reading", ["sha256"], unique=False)
    op.create_table(
        "extraction",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("figure_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("figure", Plain(), nullable=False),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name="fk_extraction_reading_id_reading"),
        sa.PrimaryKeyConstraint("reading_id", "figure_id", name="pk_extraction"),
    )
    op.create_table(
        "record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("origin_reading", sa.Integer(), nullable=True),
        sa.Column("origin_figure", sa.Text(), nullable=True),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("figure_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.String(length=32), nullable=True),
        sa.Column("votes", Plain(), nullable=False),
        sa.Column("rank", sa.Float(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=True),
        sa.Column("qualifier", sa.Text(), nullable=True),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("indicator_id", sa.Text(), nullable=True),
        sa.Column("match", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("period_from", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("value", Exact(), nullable=True),
        sa.Column("value_max", Exact(), nullable=True),
        sa.Column("bound", sa.Text(), nullable=True),
        sa.Column("total", Exact(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("amount", Exact(), nullable=True),
        sa.Column("amount_unit", sa.Text(), nullable=True),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("comparisons", Plain(), nullable=False),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("footnote", sa.Text(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("boxes", Plain(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("doubts", Plain(), nullable=False),
        sa.CheckConstraint(
            "state IN ('extracted', 'voted', 'disputed', 'accepted', 'corrected', 'rejected', 'skipped', 'added', "
            "'withdrawn')",
            name="ck_record_state",
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_record_item_id_item"),
        sa.ForeignKeyConstraint(["origin_reading"], ["reading.id"], name="fk_record_origin_reading_reading"),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name="fk_record_reading_id_reading"),
        sa.PrimaryKeyConstraint("id", name="pk_record"),
    )
    op.create_index("ix_record_indicator_id_period", "record", ["indicator_id", "period"], unique=False)
    op.create_index("ix_record_item_id_start_id", "record", ["item_id", "start", "id"], unique=False)
    op.create_index("ix_record_item_id_state_rank_id", "record", ["item_id", "state", "rank", "id"], unique=False)
    op.create_index("ix_record_state_rank_id", "record", ["state", "rank", "id"], unique=False)
    op.create_table(
        "event",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("base_version", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("patch", Plain(), nullable=False),
        sa.Column("old", Plain(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_event_item_id_item"),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name="fk_event_record_id_record"),
        sa.PrimaryKeyConstraint("seq", name="pk_event"),
        sa.UniqueConstraint("client_id", name="uq_event_client_id"),
    )
    op.create_index("ix_event_actor_seq", "event", ["actor", "seq"], unique=False)
    op.create_index("ix_event_item_id_seq", "event", ["item_id", "seq"], unique=False)
    op.create_index("ix_event_record_id_seq", "event", ["record_id", "seq"], unique=False)
    op.create_table(
        "lease",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("until", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name="fk_lease_record_id_record"),
        sa.PrimaryKeyConstraint("record_id", name="pk_lease"),
    )
    for table in PROTECTED:
        for statement in append_only(op.get_bind().dialect.name, table):
            op.execute(statement)
    op.execute(
        sa.table("chain", sa.column("id"), sa.column("seq"), sa.column("hash"))
        .insert()
        .values(id=1, seq=0, hash="0" * 64)
    )
