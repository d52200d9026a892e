"""How far reviewers agree, facet by facet."""

import sqlalchemy as sa
from alembic import op

revision = "q004"
down_revision = "q003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """It is empty until the first table is handed over."""
    op.create_table(
        "agreement",
        sa.Column("facet", sa.String(length=40), nullable=False),
        sa.Column("measure", sa.String(length=10), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("alpha", sa.Float(), nullable=True),
        sa.Column("confusions", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("facet", name=op.f("pk_agreement")),
    )


def downgrade() -> None:
    """It is counted anew from the private side."""
    op.drop_table("agreement")
