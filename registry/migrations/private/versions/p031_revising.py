"""Which version of a report is public, and more than one handover of a report."""

import sqlalchemy as sa
from alembic import op

revision = "p031"
down_revision = "p030"
branch_labels = None
depends_on = None

ONCE = "uq_handover_submission_id"
EACH = "uq_handover_submission_id_version"
KNOWN = sa.text("UPDATE submission SET published_version = version WHERE record_id IS NOT NULL")
"""Until now nothing could be changed once it was public."""


def upgrade() -> None:
    """Handovers are told apart by the version that they carried."""
    op.add_column("submission", sa.Column("published_version", sa.Integer(), nullable=True))
    op.execute(KNOWN)
    with op.batch_alter_table("handover") as table:
        table.drop_constraint(op.f(ONCE), type_="unique")
        table.create_unique_constraint(op.f(EACH), ["submission_id", "version"])


def downgrade() -> None:
    """Only the last handover of a report is remembered, and what is being revised counts as published."""
    op.execute(
        "DELETE FROM handover WHERE version < (SELECT max(other.version) FROM handover AS other"
        " WHERE other.submission_id = handover.submission_id)"
    )
    op.execute(
        "UPDATE submission SET state = 'published', version = published_version WHERE record_id IS NOT NULL"
    )
    with op.batch_alter_table("handover") as table:
        table.drop_constraint(op.f(EACH), type_="unique")
        table.create_unique_constraint(op.f(ONCE), ["submission_id"])
    with op.batch_alter_table("submission") as table:
        table.drop_column("published_version")
