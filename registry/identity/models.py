"""Tables of identity in the private database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment, random_key
from registry.db.private import PrivateBase


class Organization(PrivateBase):
    """A tenant: submits, reviews, or both. The public knows it by its descriptor only."""

    __tablename__ = "organization"

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    descriptor: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(12))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    demo: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Person(PrivateBase):
    """Someone who signs in."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(12))
    password_hash: Mapped[str] = mapped_column(String(200))
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
    """A session: the server's side of a cookie. The cookie's secret is kept as a hash."""

    __tablename__ = "sign_in"

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    started_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class Client(PrivateBase):
    """A program of an organization, known by a bearer token that is kept as a hash."""

    __tablename__ = "client"

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    scopes: Mapped[str] = mapped_column(String(400))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
