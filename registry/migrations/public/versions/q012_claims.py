"""What nodes say of records of one another; entries of the own log know what they do."""

import sqlalchemy as sa
from alembic import op

revision = "q012"
down_revision = "q011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A record may have entries that are no revisions of it, so that a revision may occur twice."""
    op.add_column("ledger_entry", sa.Column("op", sa.String(length=12), nullable=True))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("UPDATE ledger_entry SET op = convert_from(leaf, 'UTF8')::json ->> 'op'")
    else:
        op.execute("UPDATE ledger_entry SET op = json_extract(CAST(leaf AS TEXT), '$.op')")
    op.drop_index("ix_ledger_entry_record", "ledger_entry")
    op.create_index("ix_ledger_entry_record", "ledger_entry", ["record_id", "revision"], unique=False)
    with op.batch_alter_table("ledger_entry") as table:
        table.alter_column("op", nullable=False, existing_type=sa.String(length=12))
    op.create_table(
        "ledger_payload",
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("commitment", name=op.f("pk_ledger_payload")),
    )
    op.create_table(
        "claim",
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("object", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("leaf", sa.String(length=64), nullable=False),
        sa.Column("withdrawn", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("origin", "position", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim_subject"), "claim", ["subject"], unique=False)
    op.create_index(op.f("ix_claim_object"), "claim", ["object"], unique=False)


def downgrade() -> None:
    """Take them away; only for a log without such entries."""
    op.drop_table("claim")
    op.drop_table("ledger_payload")
    op.drop_index("ix_ledger_entry_record", "ledger_entry")
    op.create_index("ix_ledger_entry_record", "ledger_entry", ["record_id", "revision"], unique=True)
    with op.batch_alter_table("ledger_entry") as table:
        table.drop_column("op")
