"""Notes of reviewers to one another, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "p022"
down_revision = "p021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was noted so far."""
    op.create_table(
        "review_remark",
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.String(length=32), nullable=False),
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_review_remark_submission_id_submission")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_review_remark_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("submission_id", "number", name=op.f("pk_review_remark")),
    )


def downgrade() -> None:
    """Notes are lost."""
    op.drop_table("review_remark")
