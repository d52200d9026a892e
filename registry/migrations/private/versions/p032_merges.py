"""The other record of a merge."""

import sqlalchemy as sa
from alembic import op

revision = "p032"
down_revision = "p031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was merged so far."""
    op.add_column("record_change", sa.Column("into_record", sa.String(length=120), nullable=True))
    op.add_column("record_change", sa.Column("into_revision", sa.Integer(), nullable=True))


def downgrade() -> None:
    """It is forgotten into what something was to be merged; what was merged stays so."""
    op.drop_column("record_change", "into_revision")
    op.drop_column("record_change", "into_record")
