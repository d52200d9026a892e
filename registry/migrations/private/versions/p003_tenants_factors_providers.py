"""Organizations apply and can be suspended; invitations, second factors, identity providers."""

import sqlalchemy as sa
from alembic import op

revision = "p003"
down_revision = "p002"
branch_labels = None
depends_on = None

MADE = (
    "factor_challenge",
    "mailed_proof",
    "identity_provider",
    "invitation",
    "organization_application",
    "organization_ruling",
    "passkey",
    "pending_sign_in",
    "recovery_code",
    "totp_factor",
    "provider_login",
)
"""Tables in the order of their making."""


def upgrade() -> None:
    """Change organizations, people and sessions; make the tables around them."""
    _change_organizations()
    _change_people()
    _change_sessions()
    _make_tables()


def _change_organizations() -> None:
    op.add_column(
        "organization", sa.Column("state", sa.String(length=20), server_default="active", nullable=False)
    )
    op.execute("UPDATE organization SET state = 'suspended' WHERE NOT active")
    op.add_column(
        "organization", sa.Column("may_review", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.execute(
        "UPDATE organization SET may_review = true"
        " WHERE id IN (SELECT organization_id FROM membership WHERE role = 'reviewer')"
    )
    with op.batch_alter_table("organization") as table:
        table.alter_column("state", existing_type=sa.String(length=20), server_default=None)
        table.alter_column("may_review", existing_type=sa.Boolean(), server_default=None)
        table.drop_column("active")


def _change_people() -> None:
    """People registered by the operator so far have addresses that the operator vouched for."""
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("email_verified_at", sa.DateTime(timezone=True), nullable=True))
        table.alter_column("password_hash", existing_type=sa.String(length=200), nullable=True)
    op.execute("UPDATE person SET email_verified_at = created_at")


def _change_sessions() -> None:
    """Sessions get a name of their own; those that are open end, since they have none."""
    op.execute("DELETE FROM sign_in")
    with op.batch_alter_table("sign_in") as table:
        table.add_column(sa.Column("id", sa.String(length=32), nullable=False))
        table.add_column(sa.Column("method", sa.String(length=20), nullable=False))
        table.add_column(sa.Column("device", sa.String(length=80), nullable=False))
        table.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        table.create_unique_constraint(op.f("uq_sign_in_id"), ["id"])


def _make_tables() -> None:
    op.create_table(
        "factor_challenge",
        sa.Column("sign_in_id", sa.String(length=32), nullable=False),
        sa.Column("challenge", sa.String(length=128), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sign_in_id", name=op.f("pk_factor_challenge")),
    )
    op.create_table(
        "mailed_proof",
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_mailed_proof")),
    )
    op.create_index(op.f("ix_mailed_proof_subject_id"), "mailed_proof", ["subject_id"], unique=False)
    op.create_table(
        "identity_provider",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("client_id", sa.String(length=200), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_identity_provider_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_provider")),
    )
    op.create_index(
        op.f("ix_identity_provider_organization_id"), "identity_provider", ["organization_id"], unique=False
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("roles", sa.String(length=100), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("invited_by", sa.String(length=32), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by", sa.String(length=32), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_invitation_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    op.create_index(op.f("ix_invitation_email"), "invitation", ["email"], unique=False)
    op.create_index(op.f("ix_invitation_organization_id"), "invitation", ["organization_id"], unique=False)
    op.create_table(
        "organization_application",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("applicant_id", sa.String(length=32), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["person.id"], name=op.f("fk_organization_application_applicant_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_organization_application_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization_application")),
        sa.UniqueConstraint("organization_id", name=op.f("uq_organization_application_organization_id")),
    )
    op.create_index(
        op.f("ix_organization_application_applicant_id"),
        "organization_application",
        ["applicant_id"],
        unique=False,
    )
    op.create_table(
        "organization_ruling",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_organization_ruling_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization_ruling")),
    )
    op.create_index(
        op.f("ix_organization_ruling_organization_id"),
        "organization_ruling",
        ["organization_id"],
        unique=False,
    )
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(length=1400), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_passkey_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
    )
    op.create_index(op.f("ix_passkey_person_id"), "passkey", ["person_id"], unique=False)
    op.create_table(
        "pending_sign_in",
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("challenge", sa.String(length=128), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_pending_sign_in_person_id_person")
        ),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_pending_sign_in")),
    )
    op.create_index(op.f("ix_pending_sign_in_person_id"), "pending_sign_in", ["person_id"], unique=False)
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id_person")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_person_id"), "recovery_code", ["person_id"], unique=False)
    op.create_table(
        "totp_factor",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_totp_factor_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_totp_factor")),
    )
    op.create_table(
        "provider_login",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_provider_login_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["identity_provider.id"],
            name=op.f("fk_provider_login_provider_id_identity_provider"),
        ),
        sa.PrimaryKeyConstraint("provider_id", "subject", name=op.f("pk_provider_login")),
        sa.UniqueConstraint("person_id", "provider_id", name=op.f("uq_provider_login_person_id_provider_id")),
    )
    op.create_index(op.f("ix_provider_login_person_id"), "provider_login", ["person_id"], unique=False)


def downgrade() -> None:
    """Back to organizations that are active or not; what the older layout cannot hold is lost."""
    for name in reversed(MADE):
        op.drop_table(name)
    op.execute("DELETE FROM sign_in")
    with op.batch_alter_table("sign_in") as table:
        table.drop_constraint(op.f("uq_sign_in_id"), type_="unique")
        for name in ("confirmed_at", "device", "method", "id"):
            table.drop_column(name)
    op.execute("UPDATE person SET password_hash = '' WHERE password_hash IS NULL")
    with op.batch_alter_table("person") as table:
        table.alter_column("password_hash", existing_type=sa.String(length=200), nullable=False)
        table.drop_column("email_verified_at")
    op.add_column(
        "organization", sa.Column("active", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.execute("UPDATE organization SET active = true WHERE state = 'active'")
    with op.batch_alter_table("organization") as table:
        table.alter_column("active", existing_type=sa.Boolean(), server_default=None)
        table.drop_column("may_review")
        table.drop_column("state")
