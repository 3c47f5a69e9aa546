"""What became of every file that was handed in; the files that are there already are entered from their rows."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """The table, its index, and one row for each file that the store holds."""
    op.create_table(
        "arrival",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("maker", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_arrival"),
    )
    op.create_index("ix_arrival_result", "arrival", ["result"], unique=False)
    op.execute(
        "INSERT INTO arrival (key, name, path, size, result, reason, reason_en, seconds, tries, first_at, at, maker) "
        "SELECT sha256, name, name, size, result, reason, NULL, 0, 1, received, received, 'solieu' FROM instantiation"
    )
