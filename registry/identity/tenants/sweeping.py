"""Throwing away what names people and has no use any more: old links, invitations and sessions."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, or_, select

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.factors.models import MailedProof
from registry.identity.kin.models import Departure
from registry.identity.kin.rules import COOLING_OFF
from registry.identity.models import SignIn
from registry.identity.tenants.models import Invitation

LINKS: Final = timedelta(days=1)
"""How long a link stays after its end; it works for nobody by then."""
INVITATIONS: Final = timedelta(days=90)
"""How long an invitation stays after it was answered, taken back or ran out: whom, when, by whom."""
SESSIONS: Final = timedelta(days=30)
"""How long a session stays after it could have been used for the last time."""


class Sweeping:
    """What the worker does from time to time."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def sweep(self) -> None:
        """Delete what ended long enough ago; the audit trail keeps that it was."""
        now = self._clock()
        old = or_(Invitation.ended_at < now - INVITATIONS, Invitation.expires_at < now - INVITATIONS)
        with self._private.work() as session:
            keys = select(Invitation.id).where(old)
            session.execute(delete(MailedProof).where(MailedProof.subject_id.in_(keys)))
            session.execute(delete(Invitation).where(old))
            session.execute(delete(MailedProof).where(MailedProof.expires_at < now - LINKS))
            session.execute(delete(Departure).where(Departure.left_at < now - COOLING_OFF))
            session.execute(delete(SignIn).where(SignIn.expires_at < now - SESSIONS))
