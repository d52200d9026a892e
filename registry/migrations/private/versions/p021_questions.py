"""Questions of reviewers to whoever sent a report, and their answers, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "p021"
down_revision = "p020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was asked so far."""
    op.create_table(
        "review_question",
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.String(length=32), nullable=False),
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("writer", sa.String(length=20), nullable=True),
        sa.Column("sealed_answer", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unread", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_review_question_submission_id_submission")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_review_question_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("submission_id", "number", name=op.f("pk_review_question")),
    )


def downgrade() -> None:
    """Questions and answers are lost."""
    op.drop_table("review_question")
