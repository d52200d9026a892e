"""Tables of the public database. Nothing in them is private: the file may be copied by anyone."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date, Float, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Document, Key
from registry.db.public import PublicBase

RecordId = String(120)


class RecordRow(PublicBase):
    """The newest revision of a record, or the place where an erased one was.

    ``changed`` is the day of the newest change here, and never before that of an earlier ``seq``.
    """

    __tablename__ = "record"
    __table_args__ = (
        Index("ix_record_source", "source", "id"),
        Index("ix_record_source_state", "source", "state"),
        Index("ix_record_changed", "changed", "seq"),
        Index("ix_record_uuid", "uuid"),
        Index("ix_record_epoch", "epoch"),
    )

    id: Mapped[str] = mapped_column(RecordId, primary_key=True)
    type: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(60))
    revision: Mapped[int] = mapped_column(Integer)
    seq: Mapped[int] = mapped_column(Integer, unique=True)
    published: Mapped[date] = mapped_column(Date)
    changed: Mapped[date] = mapped_column(Date)
    epoch: Mapped[int] = mapped_column(Integer)
    uuid: Mapped[str] = mapped_column(String(36))
    content_digest: Mapped[str | None] = mapped_column(String(64))


class VersionRow(PublicBase):
    """One revision with its payload and the salt of its commitment; both go when a record is erased."""

    __tablename__ = "record_version"

    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(Integer, primary_key=True)
    modified: Mapped[date] = mapped_column(Date)
    payload: Mapped[dict[str, Any] | None] = mapped_column(Document)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    commitment: Mapped[str] = mapped_column(String(64))


class TombstoneRow(PublicBase):
    """Why an erased record is gone, and what to read instead."""

    __tablename__ = "tombstone"

    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(60))
    removed: Mapped[date] = mapped_column(Date)
    successor: Mapped[str | None] = mapped_column(RecordId)


class PublicationRow(PublicBase):
    """The public half of the handover: a random token that makes one revision happen once only."""

    __tablename__ = "publication"

    token: Mapped[str] = mapped_column(Key, primary_key=True)
    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"))


class ChangeTokenRow(PublicBase):
    """The public half of a change that was decided: a random token that makes it happen once only."""

    __tablename__ = "change_token"

    token: Mapped[str] = mapped_column(Key, primary_key=True)
    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"))


class RelationRow(PublicBase):
    """How the newest revision of a record points to another one (or to an address elsewhere)."""

    __tablename__ = "relation"
    __table_args__ = (Index("ix_relation_target", "target", "kind"),)

    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    target: Mapped[str] = mapped_column(String(400), primary_key=True)


class CurationRow(PublicBase):
    """How this node reads one field of somebody else's record, of which revision, and why.

    ``owner`` is a hash of what the owner said there (``curation/rules.py``); ``edition`` counts changes.
    """

    __tablename__ = "curation"

    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    codes: Mapped[list[str]] = mapped_column(Document)
    text: Mapped[str] = mapped_column(String(5000))
    language: Mapped[str] = mapped_column(String(35))
    because: Mapped[str] = mapped_column(String(500))
    revision: Mapped[int] = mapped_column(Integer)
    owner: Mapped[str] = mapped_column(String(64))
    edition: Mapped[int] = mapped_column(Integer)
    day: Mapped[date] = mapped_column(Date)


class AgreementRow(PublicBase):
    """Of one facet: how it is measured, of how many reports, alpha, and what was chosen for what."""

    __tablename__ = "agreement"

    facet: Mapped[str] = mapped_column(String(40), primary_key=True)
    measure: Mapped[str] = mapped_column(String(10))
    n: Mapped[int] = mapped_column(Integer)
    alpha: Mapped[float | None] = mapped_column(Float)
    confusions: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    day: Mapped[date] = mapped_column(Date)


class CounterRow(PublicBase):
    """Numbers given out inside transactions: change positions and serials. Never ``max(id) + 1``."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int] = mapped_column(Integer)


class FiguresRow(PublicBase):
    """Figures about review as they were when a day began: one finished document, replaced once a day."""

    __tablename__ = "review_figures"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    figures: Mapped[dict[str, Any]] = mapped_column(Document)


class TrailHeadRow(PublicBase):
    """The newest hash of the private side's trail as it was told on a day."""

    __tablename__ = "trail_head"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    hash: Mapped[str] = mapped_column(String(64))
