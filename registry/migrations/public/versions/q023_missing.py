"""Payloads that were not given are found at once."""

import sqlalchemy as sa
from alembic import op

revision = "q023"
down_revision = "q022"
branch_labels = None
depends_on = None

_MISSING = sa.text("standing = 'missing'")


def upgrade() -> None:
    """What was passed over before this version is not asked for again."""
    op.create_index(
        "ix_mirror_entry_missing",
        "mirror_entry",
        ["peer", "position"],
        sqlite_where=_MISSING,
        postgresql_where=_MISSING,
    )


def downgrade() -> None:
    """Earlier versions know them as passed over."""
    op.execute("UPDATE mirror_entry SET standing = 'passed' WHERE standing = 'missing'")
    op.drop_index("ix_mirror_entry_missing", "mirror_entry")
