"""A list over all reports, as they run, is walked one state at a time: its first page costs the same in any store."""

from alembic import op

revision = "0004"
down_revision = "0003"

WALK = "ix_record_state_item_id_start_id"


def upgrade() -> None:
    """The index that such a walk takes."""
    op.create_index(WALK, "record", ["state", "item_id", "start", "id"])


def downgrade() -> None:
    """Without it again."""
    op.drop_index(WALK, table_name="record")
