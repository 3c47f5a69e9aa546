"""What a store has learned, version by version, and which version each reading was made with."""

import sqlalchemy as sa
from alembic import op

from extractor.archive.schema import append_only

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """The table, its rows never edited, and one column of the reading: nothing was learned so far."""
    op.create_table(
        "layer",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("accepted_by", sa.Text(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("version", name="pk_layer"),
    )
    for statement in append_only(op.get_bind().dialect.name, "layer"):
        op.execute(statement)
    op.add_column("reading", sa.Column("layer", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Without them again."""
    op.drop_column("reading", "layer")
    op.drop_table("layer")
