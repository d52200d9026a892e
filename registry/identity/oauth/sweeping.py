"""Throwing away what has ended: codes, tokens, keys, half sign-ins that nobody can use any more.

Spent codes and refresh tokens stay until their own end, since showing them again must still be noticed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import CursorResult, delete

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.factors.models import FactorChallenge, MailedProof
from registry.identity.models import KeptForm, PendingSignIn
from registry.identity.oauth.models import (
    AuthorizationCode,
    DeviceCode,
    RefreshToken,
    RevokedToken,
    SeenAssertion,
    SigningKey,
)

ENDS: Final = (
    (AuthorizationCode, AuthorizationCode.expires_at),
    (RefreshToken, RefreshToken.expires_at),
    (DeviceCode, DeviceCode.expires_at),
    (RevokedToken, RevokedToken.expires_at),
    (SeenAssertion, SeenAssertion.expires_at),
    (SigningKey, SigningKey.retired_at),
    (PendingSignIn, PendingSignIn.expires_at),
    (FactorChallenge, FactorChallenge.expires_at),
    (MailedProof, MailedProof.expires_at),
    (KeptForm, KeptForm.expires_at),
)
"""Table → when a row of it ends; a key that has not retired has no end."""
KEPT: Final = timedelta(days=1)
"""How long after its end a row stays: clocks differ, and people ask what happened yesterday."""


def sweep(private: PrivateDatabase, clock: Clock) -> int:
    """Delete what ended more than a day ago; returns how many rows."""
    before, gone = clock() - KEPT, 0
    for table, ends in ENDS:
        with private.work() as session:
            done = session.execute(delete(table).where(ends < before))
            gone += done.rowcount if isinstance(done, CursorResult) else 0
    return gone
