"""Sign-ins that are under way at a provider: begun in one browser, good once and for ten minutes."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from registry.db.private import PrivateDatabase
from registry.identity.providers.models import ProviderAttempt
from registry.identity.providers.rules import ATTEMPT_SECONDS, ProviderTrouble, Trouble
from registry.identity.secrets import hash_secret, new_secret
from registry.sealing import SealBroken, Sealer

PURPOSE: Final = "sign-in through a provider"
STATE_MAX: Final = 200


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants of a sign-in.

    ``onward`` is where to go afterwards, ``invitation`` the secret of the one that they accept with it, and
    ``person_id`` who is signed in already and wants to connect the provider.
    """

    onward: str = ""
    invitation: str = ""
    person_id: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in under way; ``verifier`` is that of PKCE (RFC 7636)."""

    provider_id: str
    nonce: str
    verifier: str
    wish: Wish
    began_at: datetime

    @property
    def challenge(self) -> str:
        """What the provider is told of the verifier (S256, RFC 7636 section 4.2)."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def open_attempt(
    session: Session, sealer: Sealer, provider_id: str, browser: str, wish: Wish, now: datetime
) -> tuple[str, Attempt]:
    """Remember a sign-in that begins in the browser with this secret; returns its state as well."""
    state = new_secret()
    attempt = Attempt(provider_id, new_secret(), new_secret(), wish, now)
    inside = [attempt.nonce, attempt.verifier, wish.onward, wish.invitation]
    session.add(
        ProviderAttempt(
            state_hash=hash_secret(state),
            browser_hash=hash_secret(browser),
            provider_id=provider_id,
            person_id=wish.person_id,
            sealed=sealer.seal(json.dumps(inside), PURPOSE),
            began_at=now,
            expires_at=now + timedelta(seconds=ATTEMPT_SECONDS),
        )
    )
    return state, attempt


def take_attempt(
    private: PrivateDatabase, sealer: Sealer, state: str, browser: str, now: datetime
) -> Attempt:
    """The sign-in of this state and browser, which is used up by that.

    Of several answers at once one gets it. Raises ``ProviderTrouble`` for a state that is unknown, used,
    too old, or of another browser; the last stays as it was, for its own browser to use.
    """
    with private.work() as session:
        row = session.scalar(
            delete(ProviderAttempt)
            .where(
                ProviderAttempt.state_hash == hash_secret(state[:STATE_MAX]),
                ProviderAttempt.browser_hash == hash_secret(browser),
                ProviderAttempt.expires_at > now,
            )
            .returning(ProviderAttempt)
        )
    if row is None or not browser:
        raise ProviderTrouble(Trouble.STRAY)
    try:
        nonce, verifier, onward, invitation = json.loads(sealer.open(row.sealed, PURPOSE))
    except SealBroken as error:
        raise ProviderTrouble(Trouble.STRAY) from error  # the node has a new key
    return Attempt(row.provider_id, nonce, verifier, Wish(onward, invitation, row.person_id), row.began_at)


def sweep_attempts(session: Session, now: datetime) -> None:
    """Throw away what nobody came back for."""
    session.execute(delete(ProviderAttempt).where(ProviderAttempt.expires_at <= now))
