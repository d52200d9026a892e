"""What a submission is (a report or a statement), and to which public record it belongs."""

import sqlalchemy as sa
from alembic import op

revision = "p012"
down_revision = "p011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everything that was sent before is a report of its own."""
    op.add_column(
        "submission", sa.Column("kind", sa.String(length=20), server_default="report", nullable=False)
    )
    op.add_column("submission", sa.Column("about_record", sa.String(length=120), nullable=True))
    op.add_column("submission", sa.Column("about_held", sa.String(length=20), nullable=True))


def downgrade() -> None:
    """Statements lose what tells them from reports, and attachments are forgotten."""
    with op.batch_alter_table("submission") as table:
        table.drop_column("about_held")
        table.drop_column("about_record")
        table.drop_column("kind")
