"""Recovery codes: ten on paper for the day when app and passkey are lost; each good once.

A code has 60 random bits. It is kept as a keyed hash, so that a stolen database gives none away.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from registry.identity.factors.models import RecoveryCode
from registry.sealing import Sealer

COUNT: Final = 10
LENGTH: Final = 12
"""Characters of a code, five bits each."""
GROUP: Final = 4
ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base32: without i, l, o and u, which are misread."""
KEY: Final = "recovery codes"
_READ_AS = str.maketrans("ilo", "110")
_GAPS = re.compile(r"[\s\u00a0-]")
_CODE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")


class RecoveryCodes:
    """The codes of one node's people; every method works in the caller's transaction."""

    def __init__(self, sealer: Sealer) -> None:
        self._key = sealer.key(KEY)

    def make(self, session: Session, person_id: str) -> tuple[str, ...]:
        """A new set of codes in groups of four; the old set is dead."""
        session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
        codes = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(COUNT)]
        session.add_all(
            RecoveryCode(code_hash=self._hash(person_id, code), person_id=person_id) for code in codes
        )
        return tuple(in_groups(code) for code in codes)

    def check(self, session: Session, person_id: str, code: str, now: datetime) -> bool:
        """Whether this is an unused code of the person's; if so it is used up."""
        plain = _GAPS.sub("", code[:80]).lower().translate(_READ_AS)
        if not _CODE.fullmatch(plain):
            return False
        used = session.execute(
            update(RecoveryCode)
            .where(
                RecoveryCode.code_hash == self._hash(person_id, plain),
                RecoveryCode.person_id == person_id,
                RecoveryCode.used_at.is_(None),
            )
            .values(used_at=now)
            .returning(RecoveryCode.person_id)
        ).first()
        return used is not None

    def _hash(self, person_id: str, code: str) -> str:
        return hmac.new(self._key, f"{person_id} {code}".encode(), hashlib.sha256).hexdigest()


def in_groups(text: str) -> str:
    """The text in groups of four, for reading and typing."""
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def left(session: Session, person_id: str) -> int:
    """How many codes are unused."""
    query = (
        select(func.count())
        .select_from(RecoveryCode)
        .where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    )
    return session.scalar(query) or 0


def forget(session: Session, person_id: str) -> None:
    """Make every code of the person worthless."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
