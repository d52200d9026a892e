"""Reviews of other nodes: who is trusted for them, what they said, and what is shown because of it."""

import sqlalchemy as sa
from alembic import op

revision = "q014"
down_revision = "q013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody is trusted yet; what was judged was judged here."""
    for table, column in (
        ("peer", sa.Column("reviews", sa.Boolean(), nullable=False, server_default=sa.false())),
        ("peer_judgment", sa.Column("by", sa.String(length=10), nullable=False, server_default="")),
    ):
        with op.batch_alter_table(table) as batch:
            batch.add_column(column)
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column.name, server_default=None)
    op.create_table(
        "peer_review",
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("leaf", sa.String(length=64), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("origin", "position", name=op.f("pk_peer_review")),
    )
    op.create_index(op.f("ix_peer_review_record_id"), "peer_review", ["record_id"], unique=False)


def downgrade() -> None:
    """What others reviewed is forgotten; what is shown because of it stays."""
    op.drop_table("peer_review")
    for table, column in (("peer_judgment", "by"), ("peer", "reviews")):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)
