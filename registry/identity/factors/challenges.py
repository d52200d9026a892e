"""Challenges for people who are not signed in yet, kept nowhere until one is answered well.

A challenge carries its own end and a seal over both and over the browser it was made for, so that the
node need not write a row for every visitor of the sign-in page. Answered well, it leaves a mark until
its end, and a second answer to it fails on that mark.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from registry.errors import N_, Conflict
from registry.identity.factors.models import FactorChallenge

LIFE: Final = timedelta(minutes=5)
"""How long a challenge may be answered."""
PURPOSE: Final = "passkey challenges"
_NONCE, _TIME, _SEAL = 16, 8, 32


class ChallengeOver(Conflict):
    """The question to the device was answered already, or its time is over."""

    message = N_("This took too long, or was done already. Begin again.")


def make(key: bytes, browser: str, now: datetime) -> str:
    """A new challenge for one browser, in base64url."""
    body = os.urandom(_NONCE) + int((now + LIFE).timestamp()).to_bytes(_TIME, "big")
    return bytes_to_base64url(body + _seal(key, browser, body))


def check(key: bytes, browser: str, challenge: str, now: datetime) -> datetime:
    """When a challenge that we made for this browser ends; raises ``ChallengeOver``."""
    try:
        whole = base64url_to_bytes(challenge)
    except ValueError as error:
        raise ChallengeOver from error
    body, seal = whole[: _NONCE + _TIME], whole[_NONCE + _TIME :]
    if len(body) != _NONCE + _TIME or not hmac.compare_digest(seal, _seal(key, browser, body)):
        raise ChallengeOver
    ends = datetime.fromtimestamp(int.from_bytes(body[_NONCE:], "big"), UTC)
    if ends <= now:
        raise ChallengeOver
    return ends


def use_up(session: Session, challenge: str, ends: datetime, now: datetime) -> None:
    """Leave the mark of an answered challenge.

    Raises ``IntegrityError`` when there is one already. Marks of challenges that have ended go.
    """
    session.execute(delete(FactorChallenge).where(FactorChallenge.expires_at <= now))
    name = hashlib.sha256(challenge.encode()).hexdigest()[:32]
    session.add(FactorChallenge(sign_in_id=name, challenge="", expires_at=ends, tries=1))
    session.flush()


def _seal(key: bytes, browser: str, body: bytes) -> bytes:
    return hmac.new(key, body + browser.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()[:_SEAL]
