"""Other nodes: who is followed, verbatim copies of their logs, and what was judged about their records."""

import sqlalchemy as sa
from alembic import op

revision = "q009"
down_revision = "q008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; nobody is followed yet."""
    op.create_table(
        "peer",
        sa.Column("short", sa.String(length=10), nullable=False),
        sa.Column("node_id", sa.String(length=52), nullable=False),
        sa.Column("genesis", sa.JSON(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("prefix", sa.String(length=500), nullable=False),
        sa.Column("relayed", sa.Boolean(), nullable=False),
        sa.Column("vkey", sa.String(length=400), nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("trouble", sa.String(length=40), nullable=False),
        sa.Column("added", sa.Date(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("evidence", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("edge", sa.LargeBinary(), nullable=False),
        sa.Column("allowed", sa.BigInteger(), nullable=False),
        sa.Column("tried_on", sa.Date(), nullable=True),
        sa.Column("pulled_on", sa.Date(), nullable=True),
        sa.Column("hinted", sa.Boolean(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("mirrors_us", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("short", name=op.f("pk_peer")),
        sa.UniqueConstraint("node_id", name=op.f("uq_peer_node_id")),
    )
    op.create_table(
        "mirror_entry",
        sa.Column("peer", sa.String(length=10), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("op", sa.String(length=12), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=True),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["peer"], ["peer.short"], name=op.f("fk_mirror_entry_peer_peer")),
        sa.PrimaryKeyConstraint("peer", "position", name=op.f("pk_mirror_entry")),
    )
    op.create_index("ix_mirror_entry_record", "mirror_entry", ["record_id", "revision"], unique=False)
    op.create_table(
        "mirror_block",
        sa.Column("peer", sa.String(length=10), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["peer"], ["peer.short"], name=op.f("fk_mirror_block_peer_peer")),
        sa.PrimaryKeyConstraint("peer", "position", name=op.f("pk_mirror_block")),
    )
    op.create_table(
        "mirror_payload",
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("record_id", sa.String(length=40), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("commitment", name=op.f("pk_mirror_payload")),
    )
    op.create_index(op.f("ix_mirror_payload_record_id"), "mirror_payload", ["record_id"], unique=False)
    op.create_table(
        "peer_judgment",
        sa.Column("record_id", sa.String(length=40), nullable=False),
        sa.Column("peer", sa.String(length=10), nullable=False),
        sa.Column("judged", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["peer"], ["peer.short"], name=op.f("fk_peer_judgment_peer_peer")),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_peer_judgment")),
    )
    op.create_index(op.f("ix_peer_judgment_peer"), "peer_judgment", ["peer"], unique=False)


def downgrade() -> None:
    """The copies go; records of peers that are shown stay, as what they were when they were read."""
    for table in ("peer_judgment", "mirror_payload", "mirror_block", "mirror_entry", "peer"):
        op.drop_table(table)
