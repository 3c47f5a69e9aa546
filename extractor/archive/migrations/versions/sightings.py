"""Every path that a file came under is kept, and what an archive asks of it: format, version, producer, resolution."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

TOLD = (("pronom", sa.Text()), ("version", sa.Text()), ("producer", sa.Text()), ("dpi", sa.Integer()))


def upgrade() -> None:
    """The table, with the last path of each file that is here, and four columns of the file, told by new readings."""
    op.create_table(
        "sighting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("key", "path", name="pk_sighting"),
    )
    op.execute("INSERT INTO sighting (key, path, name, at) SELECT key, path, name, first_at FROM arrival")
    for name, kind in TOLD:
        op.add_column("instantiation", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    """Without them again."""
    for name, _ in reversed(TOLD):
        op.drop_column("instantiation", name)
    op.drop_table("sighting")
