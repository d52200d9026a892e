"""From where on payloads of a peer may be here that nobody has read."""

import sqlalchemy as sa
from alembic import op

revision = "q021"
down_revision = "q020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All that is here was read when it was taken."""
    with op.batch_alter_table("peer") as batch:
        batch.add_column(sa.Column("unread", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """What nobody read counts as read: what cannot be is set aside when it is to be shown."""
    op.execute("UPDATE mirror_entry SET standing = 'taken' WHERE standing = 'copied'")
    with op.batch_alter_table("peer") as batch:
        batch.drop_column("unread")
