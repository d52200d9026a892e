"""Tables of organizations, people, memberships and sessions in the private database.

Neighbours: programs and what they were granted in ``oauth/models.py``, second factors in
``factors/models.py``, an organization's own identity provider in ``providers/models.py``,
applications and invitations in ``tenants/models.py``.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.elements import ColumnElement

from registry.db.columns import Key, Moment, random_key
from registry.db.private import PrivateBase
from registry.identity.rules import OrganizationState


class Organization(PrivateBase):
    """A tenant: submits, reviews, or both. The public knows it by its descriptor only.

    ``may_review`` is set by the steward; without it nobody there can be made a reviewer.
    """

    __tablename__ = "organization"

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    descriptor: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(20), default=OrganizationState.ACTIVE.value)
    may_review: Mapped[bool] = mapped_column(Boolean, default=False)
    demo: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)

    @hybrid_property
    def active(self) -> bool:
        """Whether its people and programs may act at all."""
        return self.state == OrganizationState.ACTIVE.value

    @active.inplace.expression
    @classmethod
    def _active(cls) -> ColumnElement[bool]:
        return cls.state == OrganizationState.ACTIVE.value


class Person(PrivateBase):
    """Someone who signs in; without a password only through an identity provider.

    ``new_email`` is the address they wish to have, until it is shown to be theirs.
    """

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(12))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    email_verified_at: Mapped[datetime | None] = mapped_column(Moment)
    new_email: Mapped[str | None] = mapped_column(String(254))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Membership(PrivateBase):
    """One role of a person in an organization."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "organization_id", "role"),)

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))


class SignIn(PrivateBase):
    """A session: the server's side of a cookie. The cookie's secret is kept as a hash.

    ``id`` names it to its person without the secret. ``method`` is how it began (``password``,
    ``passkey`` or ``provider``); ``confirmed_at`` when a second factor was shown, and ``device`` a
    coarse word such as ``Firefox, Android``. ``provider_id`` is the identity provider through which it
    began: such a session acts for that provider's organization only. Without an ``organization_id`` it
    began for somebody who acted for none, and acts for whichever its person belongs to by now.
    """

    __tablename__ = "sign_in"

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(Key, unique=True, default=random_key)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"))
    method: Mapped[str] = mapped_column(String(20), default="password")
    device: Mapped[str] = mapped_column(String(80), default="")
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    provider_id: Mapped[str | None] = mapped_column(Key)
    started_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class KeptForm(PrivateBase):
    """What a person typed into a page after their session had run out, sealed, until they sign in again."""

    __tablename__ = "kept_form"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    sealed: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class PendingSignIn(PrivateBase):
    """A sign-in between the first and the second step: the password was right, the factor is still to come.

    ``challenge`` is that of a passkey (base64url), good for one answer; ``tries`` counts wrong answers.
    """

    __tablename__ = "pending_sign_in"

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    method: Mapped[str] = mapped_column(String(20))
    provider_id: Mapped[str | None] = mapped_column(Key)
    challenge: Mapped[str | None] = mapped_column(String(128))
    tries: Mapped[int] = mapped_column(Integer, default=0)
    expires_at: Mapped[datetime] = mapped_column(Moment)
