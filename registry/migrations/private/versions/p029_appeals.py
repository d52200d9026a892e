"""Appeals against declines, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "p029"
down_revision = "p028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody appealed so far."""
    op.create_table(
        "review_appeal",
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("writer", sa.String(length=20), nullable=False),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_review_appeal_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_review_appeal")),
    )


def downgrade() -> None:
    """Appeals are lost; what was decided about them stays."""
    op.drop_table("review_appeal")
