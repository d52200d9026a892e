"""Witnesses: whom this node cosigned up to where, who cosigned its own log, and the keys they do it with."""

import sqlalchemy as sa
from alembic import op

revision = "q011"
down_revision = "q010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody cosigned anything yet; keys of witnesses are read with the next look at each peer."""
    op.create_table(
        "ledger_cosignature",
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.String(length=600), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_ledger_cosignature")),
    )
    op.create_table(
        "witnessed",
        sa.Column("origin", sa.String(length=400), nullable=False),
        sa.Column("peer", sa.String(length=10), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["peer"], ["peer.short"], name=op.f("fk_witnessed_peer_peer")),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_witnessed")),
    )
    with op.batch_alter_table("peer") as table:
        table.add_column(sa.Column("witness", sa.String(400), nullable=True))
        table.add_column(sa.Column("cosigned", sa.BigInteger(), nullable=False, server_default="0"))
        table.add_column(sa.Column("refusal", sa.String(40), nullable=False, server_default=""))
    with op.batch_alter_table("peer") as table:
        table.alter_column("cosigned", server_default=None, existing_type=sa.BigInteger())
        table.alter_column("refusal", server_default=None, existing_type=sa.String(40))
    # Each peer is met again at once, so that the key of its witness is known.
    op.execute(sa.text("UPDATE peer SET met_on = NULL"))


def downgrade() -> None:
    """What was cosigned is forgotten. Whoever goes back and forth may not cosign with the same key."""
    with op.batch_alter_table("peer") as table:
        for name in ("refusal", "cosigned", "witness"):
            table.drop_column(name)
    op.drop_table("witnessed")
    op.drop_table("ledger_cosignature")
