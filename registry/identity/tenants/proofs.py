"""Links sent by mail: each shows, once and for a while, that somebody reads that mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from registry.errors import N_, NotFound
from registry.identity.factors.models import MailedProof
from registry.identity.secrets import hash_secret, new_secret

CONFIRM = "verify-email"
INVITATION = "invitation"
RESET = "reset-password"
CHANGE = "change-email"
SECRET_MAX = 100
"""Characters of a secret that are looked at."""


class LinkDead(NotFound):
    """The link was used, has run out, was taken back, or never was; the answer is the same for all."""

    message = N_("This link does not work any more. Ask for a new one.")


@dataclass(frozen=True, slots=True)
class Proven:
    """What a living link is about: the id of a person or of an invitation."""

    secret_hash: str
    subject_id: str


def issue(session: Session, kind: str, subject_id: str, now: datetime, life: timedelta) -> str:
    """A new secret for a link; earlier ones of the same kind and subject stop working."""
    session.execute(delete(MailedProof).where(MailedProof.kind == kind, MailedProof.subject_id == subject_id))
    secret = new_secret()
    session.add(
        MailedProof(
            secret_hash=hash_secret(secret),
            kind=kind,
            subject_id=subject_id,
            expires_at=now + life,
        )
    )
    return secret


def end(session: Session, kind: str, subject_id: str) -> None:
    """Make links of this kind and subject worthless, those that were used excepted: they are already."""
    mine = (MailedProof.kind == kind, MailedProof.subject_id == subject_id, MailedProof.used_at.is_(None))
    session.execute(delete(MailedProof).where(*mine))


def look(session: Session, kind: str, secret: str, now: datetime) -> Proven:
    """What the link is about, without using it up; raises ``LinkDead``."""
    row = session.get(MailedProof, hash_secret(secret)) if len(secret) <= SECRET_MAX else None
    if row is None or row.kind != kind or row.used_at is not None or row.expires_at <= now:
        raise LinkDead
    return Proven(row.secret_hash, row.subject_id)


def use(session: Session, proven: Proven, now: datetime) -> None:
    """Use the link up; of several at once one succeeds and the others raise ``LinkDead``."""
    used = session.execute(
        update(MailedProof)
        .where(MailedProof.secret_hash == proven.secret_hash, MailedProof.used_at.is_(None))
        .values(used_at=now)
        .returning(MailedProof.secret_hash)
    ).first()
    if used is None:
        raise LinkDead
