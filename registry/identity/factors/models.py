"""Tables of second factors, and of proofs that were sent by mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment
from registry.db.private import PrivateBase


class TotpFactor(PrivateBase):
    """A person's one-time codes (RFC 6238). ``last_step`` is the last time step used, against replay."""

    __tablename__ = "totp_factor"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    sealed_secret: Mapped[str] = mapped_column(Text)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)


class Passkey(PrivateBase):
    """A WebAuthn credential of a person; ``id`` and ``public_key`` are base64url."""

    __tablename__ = "passkey"

    id: Mapped[str] = mapped_column(String(1400), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    public_key: Mapped[str] = mapped_column(Text)
    sign_count: Mapped[int] = mapped_column(BigInteger, default=0)
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_used_at: Mapped[datetime | None] = mapped_column(Moment)


class RecoveryCode(PrivateBase):
    """One of the codes a person keeps on paper; good once."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class MailedProof(PrivateBase):
    """A secret in a link that was mailed: it shows that somebody reads that mailbox.

    ``kind`` is ``verify-email``, ``change-email``, ``reset-password`` or ``invitation``; ``subject_id`` the
    person or the invitation. Good once.
    """

    __tablename__ = "mailed_proof"

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(Key, index=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class FactorChallenge(PrivateBase):
    """The challenge of a passkey that a signed-in person is adding; one a session, good once.

    Also the mark of a challenge that somebody signed in with: ``sign_in_id`` is then its name, and the
    row stands until the challenge has lost its worth anyway.
    """

    __tablename__ = "factor_challenge"

    sign_in_id: Mapped[str] = mapped_column(Key, primary_key=True)
    challenge: Mapped[str] = mapped_column(String(128))
    expires_at: Mapped[datetime] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(Integer, default=0)
