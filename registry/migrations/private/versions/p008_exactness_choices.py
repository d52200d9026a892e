"""How exactly organizations wish, and reviewers decide, that reports are published."""

import sqlalchemy as sa
from alembic import op

revision = "p008"
down_revision = "p007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Reports that were accepted before have no choice: they are published by their countries, as told."""
    op.create_table(
        "exactness_choice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("public_alike", sa.Integer(), nullable=False),
        sa.Column("crowded", sa.Boolean(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.Column("actor_id", sa.String(length=32), nullable=False),
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_exactness_choice_submission_id_submission")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_exactness_choice_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exactness_choice")),
    )
    op.create_index(op.f("ix_exactness_choice_submission_id"), "exactness_choice", ["submission_id"])


def downgrade() -> None:
    """Choices are lost."""
    op.drop_index(op.f("ix_exactness_choice_submission_id"), table_name="exactness_choice")
    op.drop_table("exactness_choice")
