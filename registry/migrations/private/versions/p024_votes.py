"""What one of several reviewers concludes, before anything is decided."""

import sqlalchemy as sa
from alembic import op

revision = "p024"
down_revision = "p023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Votes, each on one version of a report."""
    op.create_table(
        "review_vote",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.String(length=32), nullable=False),
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("reason_code", sa.String(length=20), nullable=True),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_review_vote_submission_id_submission")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_review_vote_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_vote")),
    )
    op.create_index(op.f("ix_review_vote_submission_id"), "review_vote", ["submission_id"])


def downgrade() -> None:
    """Votes that have led to nothing are lost."""
    op.drop_table("review_vote")
