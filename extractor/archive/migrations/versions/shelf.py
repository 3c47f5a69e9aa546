"""Reports can be put aside, remarks can be settled, and a person's own settings are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

REMARKS = "ix_event_remark"


def upgrade() -> None:
    """One column of the report, the index of remarks, and the table of settings."""
    op.add_column("item", sa.Column("gone", sa.Text(), nullable=True))
    is_remark = sa.text("kind IN ('comment', 'settle')")
    op.create_index(REMARKS, "event", ["seq"], postgresql_where=is_remark, sqlite_where=is_remark)
    op.create_table(
        "setting",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person", "name", name="pk_setting"),
    )


def downgrade() -> None:
    """Without them again."""
    op.drop_table("setting")
    op.drop_index(REMARKS, table_name="event")
    op.drop_column("item", "gone")
