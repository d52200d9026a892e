"""Finding the report that a record was made of, without reading all."""

import sqlalchemy as sa
from alembic import op

revision = "p035"
down_revision = "p034"
branch_labels = None
depends_on = None

_MADE = sa.text("record_id IS NOT NULL")


def upgrade() -> None:
    """An index over what was published."""
    op.create_index(
        "ix_submission_record", "submission", ["record_id"], sqlite_where=_MADE, postgresql_where=_MADE
    )


def downgrade() -> None:
    """Records are looked for in all rows again."""
    op.drop_index("ix_submission_record", "submission")
