"""What organizations and reviewers decided about personal details, and titles as reviewers read them."""

import sqlalchemy as sa
from alembic import op

revision = "p006"
down_revision = "p005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Reports that were sent before keep their title as it was: nobody had chosen yet."""
    op.create_table(
        "detail_choice",
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("thing", sa.String(length=32), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_detail_choice_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", "thing", "stage", name=op.f("pk_detail_choice")),
    )


def downgrade() -> None:
    """Choices are lost; every certain detail is hidden again by itself."""
    op.drop_table("detail_choice")
