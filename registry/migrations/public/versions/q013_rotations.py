"""Rotations: other keys that this node's log, and those of peers, have been given."""

import sqlalchemy as sa
from alembic import op

revision = "q013"
down_revision = "q012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every log has its first key still."""
    op.create_table(
        "ledger_rotation",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("checkpoint", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ledger_rotation")),
    )
    op.create_table(
        "mirror_rotation",
        sa.Column("peer", sa.String(length=10), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("checkpoint", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["peer"], ["peer.short"], name=op.f("fk_mirror_rotation_peer_peer")),
        sa.PrimaryKeyConstraint("peer", "position", name=op.f("pk_mirror_rotation")),
    )


def downgrade() -> None:
    """The entries stay; which key signs is then known no more."""
    op.drop_table("mirror_rotation")
    op.drop_table("ledger_rotation")
