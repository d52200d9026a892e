"""The second step of signing in: a code of the app, or one from the sheet of paper.

A passkey in its place is shown in ``passkeys``' neighbour modules; they end, as this one does, in
``pending.finish``.
"""

from __future__ import annotations

from dataclasses import dataclass

from registry import audit
from registry.audit import By, Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.factors import recovery
from registry.identity.factors.held import held_by
from registry.identity.factors.pending import Terms, count_try, finish, look
from registry.identity.factors.recovery import RecoveryCodes
from registry.identity.factors.rules import Held
from registry.identity.factors.totp import OneTimeCodes, wrong_code
from registry.identity.starting import SignedIn


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who is half signed in, and with what they can go on."""

    person_id: str
    held: Held


@dataclass(frozen=True, slots=True)
class Through:
    """The session, and how many recovery codes are left if one was used."""

    signed_in: SignedIn
    codes_left: int | None = None


class SecondStep:
    """Ends sign-ins that wait for their second step."""

    def __init__(
        self, private: PrivateDatabase, clock: Clock, codes: OneTimeCodes, paper: RecoveryCodes, terms: Terms
    ) -> None:
        self._private, self._clock = private, clock
        self._codes, self._paper, self._terms = codes, paper, terms

    def waiting(self, secret: str) -> Waiting:
        """What can be shown for this sign-in; raises ``SecondStepOver``."""
        with self._private.read() as session:
            row = look(session, secret, self._clock())
            return Waiting(row.person_id, held_by(session, row.person_id))

    def by_code(self, secret: str, code: str, *, device: str = "") -> Through:
        """Sign in with a code of the app or a recovery code.

        Raises ``SecondStepOver``, ``Invalid`` at ``/code`` for a wrong one, or ``NotAllowed`` for a person
        without organization. A wrong code counts even when five come at once.
        """
        now = self._clock()
        with self._private.work() as session:
            row = count_try(session, secret, now)
            person_id = row.person_id
            left = None
            good = self._codes.check(session, person_id, code, now)
            if not good and self._paper.check(session, person_id, code, now):
                good, left = True, recovery.left(session, person_id)
                audit.append(
                    session, Step("person", person_id, "use-recovery-code"), By("person", person_id), now
                )
            if good:
                return Through(finish(session, row, now, self._terms, device=device), left)
        raise wrong_code()
