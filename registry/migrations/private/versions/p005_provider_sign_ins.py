"""Sign-ins that are under way at an identity provider, and sessions that began through one."""

import sqlalchemy as sa
from alembic import op

revision = "p005"
down_revision = "p004"
branch_labels = None
depends_on = None

SESSIONS = ("pending_sign_in", "sign_in")


def upgrade() -> None:
    """Sessions that exist began in other ways, or are not known to have begun through a provider."""
    for name in SESSIONS:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("provider_id", sa.String(length=32), nullable=True))
    op.create_table(
        "provider_attempt",
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_provider_attempt")),
    )
    for column in ("expires_at", "provider_id"):
        op.create_index(op.f(f"ix_provider_attempt_{column}"), "provider_attempt", [column], unique=False)


def downgrade() -> None:
    """Whoever is at a provider right now has to begin anew."""
    op.drop_table("provider_attempt")
    for name in SESSIONS:
        with op.batch_alter_table(name) as table:
            table.drop_column("provider_id")
