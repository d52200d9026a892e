"""Custody: what nodes say of who keeps their records, and who does for each peer."""

import sqlalchemy as sa
from alembic import op

revision = "q017"
down_revision = "q016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every node keeps its own records."""
    with op.batch_alter_table("peer") as batch:
        batch.add_column(sa.Column("successor", sa.String(length=10), nullable=True))
    op.create_table(
        "custody",
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("about", sa.String(length=52), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("leaf", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=True),
        sa.Column("successor", sa.String(length=52), nullable=True),
        sa.Column("key", sa.String(length=400), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("origin", "position", name=op.f("pk_custody")),
    )
    op.create_index(op.f("ix_custody_about"), "custody", ["about"], unique=False)


def downgrade() -> None:
    """The entries stay in the copies; who follows whom is then known no more."""
    op.drop_table("custody")
    with op.batch_alter_table("peer") as batch:
        batch.drop_column("successor")
