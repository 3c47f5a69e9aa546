"""Answers to proposed names are found by what they say: without it every file with a proposal reads the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """An index over the few lines that are answers."""
    answers = sa.text("base_version IS NULL AND kind IN ('alias', 'no_alias')")
    op.create_index(
        "ix_event_answer", "event", ["patch"], postgresql_using="hash", postgresql_where=answers, sqlite_where=answers
    )


def downgrade() -> None:
    """Without it again."""
    op.drop_index("ix_event_answer", table_name="event")
