"""Keys that peers announced: by them a peer is known when it asks, before its log was read so far."""

import sqlalchemy as sa
from alembic import op

revision = "q015"
down_revision = "q014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody announced another key."""
    with op.batch_alter_table("peer") as batch:
        batch.add_column(sa.Column("announced", sa.String(length=400), nullable=True))


def downgrade() -> None:
    """What was announced is read again by the next look."""
    with op.batch_alter_table("peer") as batch:
        batch.drop_column("announced")
