"""Public records, versions, tombstones, publications, counters."""

import sqlalchemy as sa
from alembic import op

revision = "q001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of public records."""
    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "record",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("published", sa.Date(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
        sa.UniqueConstraint("seq", name=op.f("uq_record_seq")),
    )
    op.create_index("ix_record_source", "record", ["source", "id"], unique=False)
    op.create_table(
        "publication",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("record_id", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_publication_record_id_record")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_publication")),
        sa.UniqueConstraint("record_id", name=op.f("uq_publication_record_id")),
    )
    op.create_table(
        "record_version",
        sa.Column("record_id", sa.String(length=120), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("modified", sa.Date(), nullable=False),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=True),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_record_version_record_id_record")
        ),
        sa.PrimaryKeyConstraint("record_id", "revision", name=op.f("pk_record_version")),
    )
    op.create_table(
        "tombstone",
        sa.Column("record_id", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("removed", sa.Date(), nullable=False),
        sa.Column("successor", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_tombstone_record_id_record")),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_tombstone")),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("tombstone")
    op.drop_table("record_version")
    op.drop_table("publication")
    op.drop_index("ix_record_source", table_name="record")
    op.drop_table("record")
    op.drop_table("counter")
