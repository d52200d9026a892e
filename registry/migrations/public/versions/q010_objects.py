"""By which UUID other formats know a record, and how often it stood again after it had fallen."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "q010"
down_revision = "q009"
branch_labels = None
depends_on = None

SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:incident-commons:record")


def upgrade() -> None:
    """Every record begins in its first epoch: until now no id of these formats was given out."""
    op.add_column("record", sa.Column("epoch", sa.Integer(), nullable=True))
    op.add_column("record", sa.Column("uuid", sa.String(36), nullable=True))
    record = sa.table("record", sa.column("id"), sa.column("epoch"), sa.column("uuid"))
    connection = op.get_bind()
    for key in connection.scalars(sa.select(record.c.id)).all():
        known = str(uuid.uuid5(SPACE, f"{key}/0"))
        connection.execute(record.update().where(record.c.id == key).values(epoch=0, uuid=known))
    with op.batch_alter_table("record") as table:
        table.alter_column("epoch", nullable=False, existing_type=sa.Integer())
        table.alter_column("uuid", nullable=False, existing_type=sa.String(36))
        table.create_index("ix_record_uuid", ["uuid"])
        table.create_index("ix_record_epoch", ["epoch"])


def downgrade() -> None:
    """Take both away."""
    with op.batch_alter_table("record") as table:
        table.drop_index("ix_record_epoch")
        table.drop_index("ix_record_uuid")
        table.drop_column("uuid")
        table.drop_column("epoch")
