"""How many entries a peer may have this node take in a day."""

import sqlalchemy as sa
from alembic import op

revision = "q019"
down_revision = "q018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Any number, as before."""
    with op.batch_alter_table("peer") as batch:
        batch.add_column(sa.Column("max_rate", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("rate_day", sa.Date(), nullable=True))
        batch.add_column(sa.Column("rate_taken", sa.BigInteger(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("rate_left", sa.BigInteger(), nullable=False, server_default="0"))
    with op.batch_alter_table("peer") as batch:
        batch.alter_column("rate_taken", server_default=None)
        batch.alter_column("rate_left", server_default=None)


def downgrade() -> None:
    """Whatever a peer signs is taken again."""
    for column in ("rate_left", "rate_taken", "rate_day", "max_rate"):
        with op.batch_alter_table("peer") as batch:
            batch.drop_column(column)
