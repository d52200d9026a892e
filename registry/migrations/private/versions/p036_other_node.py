"""Which other node a declined report belongs to, in the words of a reviewer."""

import sqlalchemy as sa
from alembic import op

revision = "p036"
down_revision = "p035"
branch_labels = None
depends_on = None

TABLES = ("review_decision", "review_vote")


def upgrade() -> None:
    """The id of a node that is followed here."""
    for table in TABLES:
        op.add_column(table, sa.Column("other_node", sa.String(length=52), nullable=True))


def downgrade() -> None:
    """Only the note tells it again."""
    for table in TABLES:
        with op.batch_alter_table(table) as changed:
            changed.drop_column("other_node")
