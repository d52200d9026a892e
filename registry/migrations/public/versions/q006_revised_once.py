"""A record may go through the door more than once: each time under a token of its own."""

from alembic import op

revision = "q006"
down_revision = "q005"
branch_labels = None
depends_on = None

ONCE = "uq_publication_record_id"


def upgrade() -> None:
    """Let a record have several tokens."""
    with op.batch_alter_table("publication") as table:
        table.drop_constraint(op.f(ONCE), type_="unique")


def downgrade() -> None:
    """One token is enough to know that a record was published."""
    op.execute(
        "DELETE FROM publication WHERE token > (SELECT min(other.token) FROM publication AS other"
        " WHERE other.record_id = publication.record_id)"
    )
    with op.batch_alter_table("publication") as table:
        table.create_unique_constraint(op.f(ONCE), ["record_id"])
