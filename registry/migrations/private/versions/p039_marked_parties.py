"""Whom a sent report names, as marks; ``commons init`` fills them from what lies sealed."""

import sqlalchemy as sa
from alembic import op

revision = "p039"
down_revision = "p038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until the seals are opened, a report names nobody for lists; acts ask the account itself."""
    op.add_column("submission", sa.Column("marked_parties", sa.Text(), nullable=True))


def downgrade() -> None:
    """Lists know nothing of it again."""
    with op.batch_alter_table("submission") as table:
        table.drop_column("marked_parties")
