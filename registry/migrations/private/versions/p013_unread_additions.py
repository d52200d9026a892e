"""Which additions came after a decision and have not been read by a reviewer since."""

import sqlalchemy as sa
from alembic import op

revision = "p013"
down_revision = "p012"
branch_labels = None
depends_on = None

LATER = sa.text(
    "UPDATE addition SET unread = :yes WHERE submission_id IN (SELECT id FROM submission"
    " WHERE erased_at IS NULL AND state IN ('accepted', 'scheduled', 'published', 'declined'))"
    " AND at > (SELECT max(d.at) FROM review_decision AS d"
    " WHERE d.submission_id = addition.submission_id)"
).bindparams(sa.bindparam("yes", True, type_=sa.Boolean()))
"""Nobody was shown what came after the last decision."""


def upgrade() -> None:
    """What came before a decision was read with the report."""
    op.add_column("addition", sa.Column("unread", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(LATER)


def downgrade() -> None:
    """It is forgotten what was read."""
    with op.batch_alter_table("addition") as table:
        table.drop_column("unread")
