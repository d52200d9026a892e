"""Which reviewers asked who told a report that is reviewed blind."""

import sqlalchemy as sa
from alembic import op

revision = "p027"
down_revision = "p026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has asked."""
    op.create_table(
        "review_unmasking",
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("reviewer_id", sa.String(length=32), nullable=False),
        sa.Column("reason_code", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_review_unmasking_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", "reviewer_id", name=op.f("pk_review_unmasking")),
    )


def downgrade() -> None:
    """The trail keeps that somebody asked."""
    op.drop_table("review_unmasking")
