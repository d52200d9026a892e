"""Sign-ins through a provider, addresses that wait for proof, and forms that outlive a session."""

import sqlalchemy as sa
from alembic import op

revision = "p005"
down_revision = "p004"
branch_labels = None
depends_on = None

_CHALLENGES = (
    "DELETE FROM factor_challenge WHERE sign_in_id IN (SELECT id FROM sign_in WHERE organization_id IS NULL)"
)
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
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("new_email", sa.String(length=254), nullable=True))
    with op.batch_alter_table("sign_in") as table:
        table.alter_column("organization_id", existing_type=sa.String(length=32), nullable=True)
    _make_kept_form()
    for column in ("expires_at", "provider_id"):
        op.create_index(op.f(f"ix_provider_attempt_{column}"), "provider_attempt", [column], unique=False)


def downgrade() -> None:
    """Whoever is at a provider right now has to begin anew, and so has who acts for no organization."""
    op.execute(_CHALLENGES)
    op.execute("DELETE FROM sign_in WHERE organization_id IS NULL")
    with op.batch_alter_table("sign_in") as table:
        table.alter_column("organization_id", existing_type=sa.String(length=32), nullable=False)
    op.drop_table("kept_form")
    op.drop_table("provider_attempt")
    with op.batch_alter_table("person") as table:
        table.drop_column("new_email")
    for name in SESSIONS:
        with op.batch_alter_table(name) as table:
            table.drop_column("provider_id")


def _make_kept_form() -> None:
    op.create_table(
        "kept_form",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_kept_form_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kept_form_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_kept_form")),
    )
    op.create_index(op.f("ix_kept_form_organization_id"), "kept_form", ["organization_id"], unique=False)
