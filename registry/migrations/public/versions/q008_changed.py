"""The day of a record's newest change stands beside its position, so that harvesters can ask by day."""

import sqlalchemy as sa
from alembic import op

revision = "q008"
down_revision = "q007"
branch_labels = None
depends_on = None

FILL = """
UPDATE record SET changed = coalesce(
  (SELECT removed FROM tombstone WHERE tombstone.record_id = record.id),
  (SELECT modified FROM record_version
   WHERE record_version.record_id = record.id AND record_version.revision = record.revision),
  published)
"""


def upgrade() -> None:
    """Add the day, taken from the newest revision or the tombstone, and its index."""
    op.add_column("record", sa.Column("changed", sa.Date(), nullable=True))
    op.execute(FILL)
    with op.batch_alter_table("record") as table:
        table.alter_column("changed", nullable=False, existing_type=sa.Date())
        table.create_index("ix_record_changed", ["changed", "seq"])


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("record") as table:
        table.drop_index("ix_record_changed")
        table.drop_column("changed")
