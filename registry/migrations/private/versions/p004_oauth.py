"""Programs become OAuth clients; grants, codes, tokens, keys."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "p004"
down_revision = "p003"
branch_labels = None
depends_on = None

MADE = (
    "revoked_token",
    "signing_key",
    "oauth_consent",
    "oauth_grant",
    "seen_assertion",
    "authorization_code",
    "device_code",
    "refresh_token",
)
"""Tables in the order of their making."""


def _added() -> list[sa.Column[Any]]:
    """The new columns of a program; anew each time, since a column belongs to one table."""
    return [
        sa.Column("auth_method", sa.String(length=30), server_default="client_secret_basic", nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=True),
        sa.Column("jwks", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("redirect_uris", sa.JSON(none_as_null=True), server_default="[]", nullable=False),
        sa.Column("grant_types", sa.String(length=200), server_default="client_credentials", nullable=False),
    ]


def upgrade() -> None:
    """Programs that exist keep their long-lived token; a secret they get when they ask for one."""
    with op.batch_alter_table("client") as table:
        for column in _added():
            table.add_column(column)
        table.alter_column("token_hash", existing_type=sa.String(length=64), nullable=True)
    with op.batch_alter_table("client") as table:
        for name in ("auth_method", "redirect_uris", "grant_types"):
            table.alter_column(name, server_default=None)
    _make_tables()


def _make_tables() -> None:
    op.create_table(
        "revoked_token",
        sa.Column("jti", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("jti", name=op.f("pk_revoked_token")),
    )
    op.create_table(
        "signing_key",
        sa.Column("kid", sa.String(length=64), nullable=False),
        sa.Column("public_jwk", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("sealed_private", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_signing_key")),
    )
    op.create_table(
        "oauth_consent",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("client_id", sa.String(length=32), nullable=False),
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("scopes", sa.String(length=400), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_oauth_consent_client_id_client")),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_oauth_consent_organization_id_organization"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_oauth_consent_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "client_id", "organization_id", name=op.f("pk_oauth_consent")),
    )
    op.create_table(
        "oauth_grant",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("client_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("scopes", sa.String(length=400), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_oauth_grant_client_id_client")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_oauth_grant_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_oauth_grant_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oauth_grant")),
    )
    op.create_index(op.f("ix_oauth_grant_client_id"), "oauth_grant", ["client_id"], unique=False)
    op.create_index(op.f("ix_oauth_grant_organization_id"), "oauth_grant", ["organization_id"], unique=False)
    op.create_index(op.f("ix_oauth_grant_person_id"), "oauth_grant", ["person_id"], unique=False)
    op.create_table(
        "seen_assertion",
        sa.Column("client_id", sa.String(length=32), nullable=False),
        sa.Column("jti_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_seen_assertion_client_id_client")
        ),
        sa.PrimaryKeyConstraint("client_id", "jti_hash", name=op.f("pk_seen_assertion")),
    )
    op.create_table(
        "authorization_code",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("grant_id", sa.String(length=32), nullable=False),
        sa.Column("redirect_uri", sa.String(length=500), nullable=False),
        sa.Column("challenge", sa.String(length=43), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["oauth_grant.id"], name=op.f("fk_authorization_code_grant_id_oauth_grant")
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_authorization_code")),
    )
    op.create_index(op.f("ix_authorization_code_grant_id"), "authorization_code", ["grant_id"], unique=False)
    op.create_table(
        "device_code",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("user_code_hash", sa.String(length=64), nullable=False),
        sa.Column("client_id", sa.String(length=32), nullable=False),
        sa.Column("scopes", sa.String(length=400), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("grant_id", sa.String(length=32), nullable=True),
        sa.Column("interval", sa.Integer(), nullable=False),
        sa.Column("polled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_device_code_client_id_client")),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["oauth_grant.id"], name=op.f("fk_device_code_grant_id_oauth_grant")
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_device_code")),
        sa.UniqueConstraint("user_code_hash", name=op.f("uq_device_code_user_code_hash")),
    )
    op.create_index(op.f("ix_device_code_client_id"), "device_code", ["client_id"], unique=False)
    op.create_table(
        "refresh_token",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("grant_id", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["oauth_grant.id"], name=op.f("fk_refresh_token_grant_id_oauth_grant")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_refresh_token")),
    )
    op.create_index(op.f("ix_refresh_token_grant_id"), "refresh_token", ["grant_id"], unique=False)


def downgrade() -> None:
    """Programs without a long-lived token go: the older layout has no other way in for them."""
    for name in reversed(MADE):
        op.drop_table(name)
    op.execute("DELETE FROM client WHERE token_hash IS NULL")
    with op.batch_alter_table("client") as table:
        table.alter_column("token_hash", existing_type=sa.String(length=64), nullable=False)
        for column in _added():
            table.drop_column(column.name)
