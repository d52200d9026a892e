"""Figures about review, and the hashes of the trail by which others notice that it was shortened."""

import sqlalchemy as sa
from alembic import op

revision = "q003"
down_revision = "q002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables; the worker fills them."""
    op.create_table(
        "review_figures",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_review_figures")),
    )
    op.create_table(
        "trail_head",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_trail_head")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("trail_head")
    op.drop_table("review_figures")
