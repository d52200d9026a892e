"""Up to where the withdrawals of a peer were stopped."""

import sqlalchemy as sa
from alembic import op

revision = "q022"
down_revision = "q021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is stopped now is found again at the next look.

    Before this, more was allowed than anybody had looked at: what was not read of that is asked about anew.
    """
    with op.batch_alter_table("peer") as batch:
        batch.add_column(sa.Column("stopped", sa.BigInteger(), nullable=True))
    op.execute("UPDATE peer SET allowed = size WHERE allowed > size")


def downgrade() -> None:
    """What is stopped stays so."""
    with op.batch_alter_table("peer") as batch:
        batch.drop_column("stopped")
