"""Accepted reports that are classified a second time."""

import sqlalchemy as sa
from alembic import op

revision = "p026"
down_revision = "p025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The sample begins with what is accepted from now on."""
    op.create_table(
        "review_second",
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewer_id", sa.String(length=32), nullable=True),
        sa.Column("organization_id", sa.String(length=32), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_review_second_submission_id_submission")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_review_second_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_review_second")),
    )


def downgrade() -> None:
    """It is forgotten which reports were drawn."""
    op.drop_table("review_second")
