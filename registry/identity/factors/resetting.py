"""Taking every second factor from a person who lost them all: the operator's act, never a page's."""

from __future__ import annotations

from sqlalchemy import delete

from registry import audit
from registry.audit import REGISTRY, Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import NotFound
from registry.identity.factors import recovery
from registry.identity.factors.held import held_by
from registry.identity.factors.letters import FACTORS_RESET
from registry.identity.factors.models import Passkey, TotpFactor
from registry.identity.factors.rules import Held
from registry.identity.models import PendingSignIn, Person, SignIn
from registry.identity.removal import disconnect, end_sessions
from registry.outbox import enqueue


class Resetting:
    """Used by ``commons person reset-factors``."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def reset(self, person_id: str) -> Held:
        """Forget app, passkeys and recovery codes, end every session and every grant; returns what there was.

        Trusted roles rest until the person has set up a factor anew. Raises ``NotFound``.
        """
        now = self._clock()
        with self._private.work() as session:
            person = session.get(Person, person_id, with_for_update=True)
            if person is None or not person.active:
                raise NotFound
            held = held_by(session, person_id)
            for table in (TotpFactor, Passkey, PendingSignIn):
                session.execute(delete(table).where(table.person_id == person_id))
            recovery.forget(session, person_id)
            end_sessions(session, SignIn.person_id == person_id, now)
            audit.append(session, Step("person", person_id, "reset-factors"), REGISTRY, now)
            disconnect(session, person_id, REGISTRY, now, "second factors were reset")
            enqueue(session, FACTORS_RESET, {"person_id": person_id}, now)
        return held
