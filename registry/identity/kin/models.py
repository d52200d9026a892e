"""Tables of kin in the private database: nothing here is ever public."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment, random_key
from registry.db.private import PrivateBase


class OtherName(PrivateBase):
    """Another name under which an organization is known; ``folded`` is how it is compared."""

    __tablename__ = "organization_name"
    __table_args__ = (UniqueConstraint("organization_id", "folded"),)

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(400))


class Parent(PrivateBase):
    """To which other organization of this node one belongs, as the steward knows."""

    __tablename__ = "organization_parent"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    parent_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)


class Departure(PrivateBase):
    """That a person left an organization; kept while they do not judge its reports (``COOLING_OFF``)."""

    __tablename__ = "departure"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    left_at: Mapped[datetime] = mapped_column(Moment)


class DeclaredTie(PrivateBase):
    """An organization, by name, whose reports a person does not want to judge and does not say why."""

    __tablename__ = "declared_tie"
    __table_args__ = (UniqueConstraint("person_id", "folded"),)

    id: Mapped[str] = mapped_column(Key, primary_key=True, default=random_key)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(400))
