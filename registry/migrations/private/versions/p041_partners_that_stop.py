"""Since when a partner is not read, and which of its requests were answered already."""

import sqlalchemy as sa
from alembic import op

revision = "p041"
down_revision = "p040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Looks that fail are counted from now on."""
    op.add_column("green_partner", sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("green_partner", sa.Column("unread_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "seen_request",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("node_id", sa.String(length=52), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_seen_request")),
    )
    op.create_index(op.f("ix_seen_request_node_id"), "seen_request", ["node_id"])
    op.create_index(op.f("ix_seen_request_ends"), "seen_request", ["ends"])


def downgrade() -> None:
    """What was answered lately could be asked again for some minutes."""
    op.drop_table("seen_request")
    op.drop_column("green_partner", "unread_at")
    op.drop_column("green_partner", "refused_at")
