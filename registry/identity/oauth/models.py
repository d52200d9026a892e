"""Tables of OAuth: programs, what people granted them, and every secret as a hash.

A *grant* is the family of RFC 9700 section 4.14.2: one authorization by one person (or one approved
device) for one program. Codes and refresh tokens belong to it, access tokens name it, and its
``revoked_at`` is the only truth about whether any of them is alive.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Document, Key, Moment, random_key
from registry.db.private import PrivateBase


class Client(PrivateBase):
    """A program of an organization.

    ``auth_method`` is one of ``rules.AUTH_METHODS``; ``secret_hash`` belongs to ``client_secret_basic``,
    ``jwks`` (public keys only) to ``private_key_jwt``. ``token_hash`` is of a long-lived bearer token, for
    programs that act by themselves and cannot do OAuth; it ends when the organization is suspended.
    ``generation`` counts how often everything that it held was stopped: tokens of an earlier one stay dead.
    """

    __tablename__ = "client"

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    scopes: Mapped[str] = mapped_column(String(400))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    auth_method: Mapped[str] = mapped_column(String(30), default="client_secret_basic")
    secret_hash: Mapped[str | None] = mapped_column(String(64))
    jwks: Mapped[dict[str, Any] | None] = mapped_column(Document)
    redirect_uris: Mapped[list[str]] = mapped_column(Document, default=list)
    grant_types: Mapped[str] = mapped_column(String(200), default="client_credentials")
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    generation: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    created_at: Mapped[datetime] = mapped_column(Moment)


class Grant(PrivateBase):
    """What one person let one program do for one organization, until ``expires_at`` at the latest.

    ``provider_id`` is the identity provider in whose session the person said so, if it was one.
    """

    __tablename__ = "oauth_grant"

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    client_id: Mapped[str] = mapped_column(ForeignKey("client.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    provider_id: Mapped[str | None] = mapped_column(Key)
    scopes: Mapped[str] = mapped_column(String(400))
    granted_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class Consent(PrivateBase):
    """That a person agreed to a program's scopes and need not be asked again for these."""

    __tablename__ = "oauth_consent"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("client.id"), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    scopes: Mapped[str] = mapped_column(String(400))
    agreed_at: Mapped[datetime] = mapped_column(Moment)


class AuthorizationCode(PrivateBase):
    """A code (RFC 6749 section 4.1.2), good once and for one minute."""

    __tablename__ = "authorization_code"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    grant_id: Mapped[str] = mapped_column(ForeignKey("oauth_grant.id"), index=True)
    redirect_uri: Mapped[str] = mapped_column(String(500))
    challenge: Mapped[str] = mapped_column(String(43))
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used: Mapped[bool] = mapped_column(Boolean, default=False)


class RefreshToken(PrivateBase):
    """A refresh token, good once: using it gives the next one (RFC 9700 section 4.14.2)."""

    __tablename__ = "refresh_token"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    grant_id: Mapped[str] = mapped_column(ForeignKey("oauth_grant.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used: Mapped[bool] = mapped_column(Boolean, default=False)


class RevokedToken(PrivateBase):
    """An access token that was revoked before its end, by its ``jti``."""

    __tablename__ = "revoked_token"

    jti: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class SeenAssertion(PrivateBase):
    """A client assertion (RFC 7523 section 3) that was used; the primary key refuses the second use."""

    __tablename__ = "seen_assertion"

    client_id: Mapped[str] = mapped_column(ForeignKey("client.id"), primary_key=True)
    jti_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class DeviceCode(PrivateBase):
    """A device that waits for a person (RFC 8628).

    ``state`` is ``waiting``, ``approved``, ``denied`` or ``used``.
    """

    __tablename__ = "device_code"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("client.id"), index=True)
    scopes: Mapped[str] = mapped_column(String(400))
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    grant_id: Mapped[str | None] = mapped_column(ForeignKey("oauth_grant.id"))
    interval: Mapped[int] = mapped_column(Integer)
    polled_at: Mapped[datetime | None] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class SigningKey(PrivateBase):
    """A key that signs access tokens; the private half is sealed with the node's secret key.

    Published from the beginning, used from ``active_from``, published until ``retired_at``.
    """

    __tablename__ = "signing_key"

    kid: Mapped[str] = mapped_column(String(64), primary_key=True)
    public_jwk: Mapped[dict[str, Any]] = mapped_column(Document)
    sealed_private: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Moment)
    active_from: Mapped[datetime] = mapped_column(Moment)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
