"""When it was asked whether what was put right held, and when that was answered."""

import sqlalchemy as sa
from alembic import op

revision = "p033"
down_revision = "p032"
branch_labels = None
depends_on = None

COLUMNS = ("held_asked_at", "held_answered_at")


def upgrade() -> None:
    """Nobody was asked."""
    for name in COLUMNS:
        op.add_column("submission", sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Answers stay in the accounts."""
    with op.batch_alter_table("submission") as table:
        for name in COLUMNS:
            table.drop_column(name)
