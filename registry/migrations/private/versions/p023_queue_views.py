"""Views of the review queue that reviewers keep for themselves, and counting it without what was decided."""

import sqlalchemy as sa
from alembic import op

revision = "p023"
down_revision = "p022"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('submitted', 'in_review', 'changes_requested', 'accepted', 'scheduled')")


def upgrade() -> None:
    """Add the table, and an index of what is open."""
    op.create_index(
        "ix_submission_open",
        "submission",
        ["state", "coded_language", "due_at"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "queue_view",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_queue_view_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_view")),
        sa.UniqueConstraint("person_id", "name", name="uq_queue_view_name"),
    )


def downgrade() -> None:
    """Nobody keeps views."""
    op.drop_table("queue_view")
    op.drop_index("ix_submission_open", "submission")
