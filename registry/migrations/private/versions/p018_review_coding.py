"""What reviewers say of each facet of a report."""

import sqlalchemy as sa
from alembic import op

revision = "p018"
down_revision = "p017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Reports that were accepted before have no line: their records carry the codes that were submitted."""
    op.create_table(
        "review_coding",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("turn", sa.String(length=10), nullable=False),
        sa.Column("facet", sa.String(length=40), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("confidence", sa.String(length=40), nullable=True),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.Column("reviewer_id", sa.String(length=32), nullable=False),
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_review_coding_submission_id_submission")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_review_coding_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_coding")),
    )
    op.create_index("ix_review_coding_submission_id", "review_coding", ["submission_id", "version"])


def downgrade() -> None:
    """What reviewers said is lost."""
    op.drop_index("ix_review_coding_submission_id", table_name="review_coding")
    op.drop_table("review_coding")
