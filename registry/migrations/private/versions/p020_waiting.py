"""What lists of waiting reports are cut and ordered by; ``commons init`` fills it from what lies sealed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "p020"
down_revision = "p019"
branch_labels = None
depends_on = None

COLUMNS: dict[str, sa.types.TypeEngine[Any]] = {
    "coded_event": sa.String(40),
    "coded_severity": sa.String(40),
    "coded_sectors": sa.String(400),
    "coded_language": sa.String(8),
    "due_at": sa.DateTime(timezone=True),
    "missed_at": sa.DateTime(timezone=True),
    "state_at": sa.DateTime(timezone=True),
}
KNOWN = sa.text("UPDATE submission SET state_at = updated_at, due_at = submitted_at WHERE erased_at IS NULL")
"""Until the seals are opened, a report counts as due when it was sent: none of them is overlooked."""


def upgrade() -> None:
    """Add the columns, and the orders by which lists are read."""
    for name, kind in COLUMNS.items():
        op.add_column("submission", sa.Column(name, kind, nullable=True))
    op.execute(KNOWN)
    op.create_index("ix_submission_due", "submission", ["state", "due_at", "id"])
    op.create_index(
        "ix_addition_unread",
        "addition",
        ["submission_id", "at"],
        sqlite_where=sa.text("unread"),
        postgresql_where=sa.text("unread"),
    )


def downgrade() -> None:
    """Lists know nothing of it again."""
    op.drop_index("ix_addition_unread", "addition")
    op.drop_index("ix_submission_due", "submission")
    with op.batch_alter_table("submission") as table:
        for name in reversed(COLUMNS):
            table.drop_column(name)
