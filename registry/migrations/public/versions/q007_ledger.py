"""The log of this node: entries, hashes of complete subtrees, how long it is, and what was signed."""

import sqlalchemy as sa
from alembic import op

revision = "q007"
down_revision = "q006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; the log begins empty and finds what is public already when it is first followed."""
    head = op.create_table(
        "ledger_head",
        sa.Column("log", sa.String(length=10), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_ledger_head")),
    )
    op.bulk_insert(head, [{"log": "clear", "size": 0, "seq": 0}])
    op.create_table(
        "ledger_node",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("level", "position", name=op.f("pk_ledger_node")),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=True),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_ledger_entry")),
    )
    op.create_index("ix_ledger_entry_record", "ledger_entry", ["record_id", "revision"], unique=True)
    op.create_index("ix_ledger_entry_commitment", "ledger_entry", ["commitment"], unique=False)
    op.create_table(
        "ledger_checkpoint",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_ledger_checkpoint")),
    )


def downgrade() -> None:
    """The records stay; what was signed about them does not."""
    for table in ("ledger_checkpoint", "ledger_entry", "ledger_node", "ledger_head"):
        op.drop_table(table)
