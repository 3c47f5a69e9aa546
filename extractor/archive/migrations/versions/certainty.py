"""How sure recognition was of a reading, so that the better of two copies of a report can lead."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """One column of the reading; what was read before does not know it."""
    op.add_column("reading", sa.Column("certainty", sa.Float(), nullable=True))


def downgrade() -> None:
    """Without it again."""
    op.drop_column("reading", "certainty")
