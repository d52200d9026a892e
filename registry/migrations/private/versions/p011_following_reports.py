"""Additions to reports after they were sent, and visits of people without an account."""

import sqlalchemy as sa
from alembic import op

revision = "p011"
down_revision = "p010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Codes of sixteen digits that were given out before stay good: only their hash is kept."""
    op.create_table(
        "addition",
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("writer", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_addition_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", "number", name=op.f("pk_addition")),
    )
    op.create_table(
        "visit",
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("guest_id", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_visit_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_organization_id"), "visit", ["organization_id"])


def downgrade() -> None:
    """Additions are lost, and visits end; reports without an account stay as they are."""
    op.drop_table("visit")
    op.drop_table("addition")
