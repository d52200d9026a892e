"""An erasure does not wait for other open changes of its record."""

import sqlalchemy as sa
from alembic import op

revision = "p038"
down_revision = "p037"
branch_labels = None
depends_on = None

OPEN = "state IN ('proposed', 'approved')"
NAME = "uq_record_change_open"


def upgrade() -> None:
    """Of what is open now, every record has one change at most: both new indexes hold of it."""
    op.drop_index(NAME, "record_change")
    for name, kind in ((NAME, "kind <> 'erase'"), ("uq_record_change_erasure", "kind = 'erase'")):
        where = sa.text(f"{OPEN} AND {kind}")
        op.create_index(
            name, "record_change", ["record_id"], unique=True, sqlite_where=where, postgresql_where=where
        )


def downgrade() -> None:
    """Where both are open, the erasure goes on: what it would be held up by is over."""
    op.execute(
        "UPDATE record_change SET state = 'overtaken', lock = lock + 1, sealed_note = NULL"
        " WHERE state IN ('proposed', 'approved') AND kind <> 'erase' AND record_id IN"
        " (SELECT record_id FROM record_change WHERE state IN ('proposed', 'approved') AND kind = 'erase')"
    )
    op.drop_index("uq_record_change_erasure", "record_change")
    op.drop_index(NAME, "record_change")
    where = sa.text(OPEN)
    op.create_index(
        NAME, "record_change", ["record_id"], unique=True, sqlite_where=where, postgresql_where=where
    )
