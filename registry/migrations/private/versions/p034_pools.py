"""What reviewers wish, and which report is given to whom."""

import sqlalchemy as sa
from alembic import op

revision = "p034"
down_revision = "p033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has wished anything, and nothing was given."""
    op.create_table(
        "reviewer_wishes",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("wishes", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reviewer_wishes_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reviewer_wishes")),
    )
    op.create_table(
        "review_assignment",
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("reviewer_id", sa.String(length=32), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_review_assignment_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_review_assignment")),
    )
    op.create_index("ix_review_assignment_reviewer_id", "review_assignment", ["reviewer_id"])


def downgrade() -> None:
    """Wishes are forgotten, and what was given."""
    op.drop_table("review_assignment")
    op.drop_table("reviewer_wishes")
