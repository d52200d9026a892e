"""In which order programs that keep copies are told of claims."""

import sqlalchemy as sa
from alembic import op

revision = "q020"
down_revision = "q019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was told yet; the worker tells of what there is."""
    op.create_table(
        "claim_told",
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("begun", sa.Date(), nullable=False),
        sa.Column("changed", sa.Date(), nullable=False),
        sa.Column("stand", sa.String(length=10), nullable=False),
        sa.Column("subject_epoch", sa.Integer(), nullable=False),
        sa.Column("object_epoch", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("origin", "position", name=op.f("pk_claim_told")),
        sa.UniqueConstraint("seq", name=op.f("uq_claim_told_seq")),
    )
    for name, columns in (("changed", ["changed", "seq"]), ("uuid", ["uuid"]), ("epoch", ["epoch"])):
        op.create_index(f"ix_claim_told_{name}", "claim_told", columns, unique=False)


def downgrade() -> None:
    """Programs that keep copies begin anew."""
    op.drop_table("claim_told")
