"""Tables of identity providers and of the people known through them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment, random_key
from registry.db.private import PrivateBase


class IdentityProvider(PrivateBase):
    """An OpenID Connect provider that one organization trusts; ``issuer`` is compared letter by letter.

    With ``open`` everybody whom it vouches for becomes a member; without, only people who were
    invited or linked it themselves.
    """

    __tablename__ = "identity_provider"

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    issuer: Mapped[str] = mapped_column(String(500))
    client_id: Mapped[str] = mapped_column(String(200))
    sealed_secret: Mapped[str] = mapped_column(Text)
    open: Mapped[bool] = mapped_column(Boolean, default=False)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[datetime] = mapped_column(Moment)


class ProviderLogin(PrivateBase):
    """That a provider's subject is a person here. The subject is the key, never the e-mail."""

    __tablename__ = "provider_login"
    __table_args__ = (UniqueConstraint("person_id", "provider_id"),)

    provider_id: Mapped[str] = mapped_column(ForeignKey("identity_provider.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    linked_at: Mapped[datetime] = mapped_column(Moment)


class ProviderAttempt(PrivateBase):
    """A sign-in that was begun here and is now at the provider; it goes when its answer comes.

    ``browser_hash`` is of a secret in the cookie of the browser that began it, ``person_id`` who was
    signed in there and wants to connect the provider. ``sealed`` holds what is needed afterwards.
    """

    __tablename__ = "provider_attempt"

    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    browser_hash: Mapped[str] = mapped_column(String(64))
    provider_id: Mapped[str] = mapped_column(Key, index=True)
    person_id: Mapped[str | None] = mapped_column(Key)
    sealed: Mapped[str] = mapped_column(Text)
    began_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
