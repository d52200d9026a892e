"""One-time codes of an app (TOTP, RFC 6238): setting them up, checking them, taking them away.

The secret must be read again at each check, so it is kept sealed. A code is good for its half minute
and the ones beside it, since clocks differ (section 6), and once (section 5.2): the time step of the
last good code is kept, and only later ones count.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pyotp
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.errors import N_, Conflict, Invalid, Problem
from registry.identity.factors.models import TotpFactor
from registry.sealing import Sealer

SEAL: Final = "one-time codes"
DIGITS: Final = 6
SECONDS: Final = 30
WINDOW: Final = 1
"""Steps before and after the present one whose codes are good too."""
WRONG_CODE: Final = N_("This code is not right. Wait for the next one, and type it before it changes.")
_GAPS = re.compile(r"[\s\u00a0-]")
_CODE = re.compile(rf"[0-9]{{{DIGITS}}}")


class NotBegun(Conflict):
    """There is no set-up to finish."""

    message = N_("Begin the set-up again.")


@dataclass(frozen=True, slots=True)
class SetUp:
    """What an app needs: the secret in base32, and the same as an address for a QR code."""

    secret: str
    uri: str


def wrong_code() -> Invalid:
    """The error for a code that is not right, at the field it was typed into."""
    return Invalid([Problem("/code", WRONG_CODE)])


class OneTimeCodes:
    """The codes of one node's people; every method works in the caller's transaction."""

    def __init__(self, sealer: Sealer, issuer: str) -> None:
        self._sealer, self._issuer = sealer, issuer

    def prepare(self, session: Session, person_id: str) -> None:
        """Make a new secret that counts for nothing until ``confirm``; ``Conflict`` over a good one."""
        row = session.get(TotpFactor, person_id)
        if row is not None and row.confirmed_at is not None:
            raise Conflict(N_("One-time codes are set up already. Remove them first to set up another app."))
        sealed = self._sealer.seal(pyotp.random_base32(), SEAL)
        if row is None:
            session.add(TotpFactor(person_id=person_id, sealed_secret=sealed, last_step=0))
        else:
            row.sealed_secret, row.last_step = sealed, 0

    def shown(self, session: Session, person_id: str, email: str) -> SetUp:
        """What to give the app, while the set-up is open; raises ``NotBegun``."""
        row = session.get(TotpFactor, person_id)
        if row is None or row.confirmed_at is not None:
            raise NotBegun
        secret = self._sealer.open(row.sealed_secret, SEAL)
        return SetUp(secret, pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=self._issuer))

    def confirm(self, session: Session, person_id: str, code: str, now: datetime) -> bool:
        """End the set-up with a first good code; whether it was one. Raises ``NotBegun``."""
        row = session.get(TotpFactor, person_id)
        if row is None or row.confirmed_at is not None:
            raise NotBegun
        if not self._spend(session, row, code, now):
            return False
        confirmed = session.execute(
            update(TotpFactor)
            .where(TotpFactor.person_id == person_id, TotpFactor.confirmed_at.is_(None))
            .values(confirmed_at=now)
            .returning(TotpFactor.person_id)
        ).first()
        return confirmed is not None

    def check(self, session: Session, person_id: str, code: str, now: datetime) -> bool:
        """Whether this is a good code of the person's; if so it is used up."""
        row = session.get(TotpFactor, person_id)
        return row is not None and row.confirmed_at is not None and self._spend(session, row, code, now)

    def remove(self, session: Session, person_id: str) -> bool:
        """Forget the secret; whether there was one."""
        row = session.get(TotpFactor, person_id)
        if row is not None:
            session.delete(row)
        return row is not None

    def _spend(self, session: Session, row: TotpFactor, code: str, now: datetime) -> bool:
        step = self._step_of(row, code, now)
        if step is None:
            return False
        spent = session.execute(
            update(TotpFactor)
            .where(
                TotpFactor.person_id == row.person_id,
                TotpFactor.sealed_secret == row.sealed_secret,
                TotpFactor.last_step < step,
            )
            .values(last_step=step)
            .returning(TotpFactor.person_id)
        ).first()
        return spent is not None

    def _step_of(self, row: TotpFactor, code: str, now: datetime) -> int | None:
        """The time step whose code this is; every step of the window is looked at, whichever fits."""
        typed = _GAPS.sub("", code[:40])
        if not _CODE.fullmatch(typed):
            return None
        maker = pyotp.TOTP(self._sealer.open(row.sealed_secret, SEAL), digits=DIGITS, interval=SECONDS)
        present, found = maker.timecode(now), None
        for step in range(present - WINDOW, present + WINDOW + 1):
            if hmac.compare_digest(maker.generate_otp(step), typed):
                found = step
        return found


def is_set_up(session: Session, person_id: str) -> bool:
    """Whether the person's app was confirmed."""
    query = select(TotpFactor.person_id).where(
        TotpFactor.person_id == person_id, TotpFactor.confirmed_at.is_not(None)
    )
    return session.scalar(query) is not None
