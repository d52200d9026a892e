"""Keys that sign access tokens: ES256, sealed in the database, replaced without anybody noticing.

A new key is published a while before it signs, so that whoever keeps our key set for some minutes
knows it in time; an old one stays published until the last token it signed has ended.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from math import inf
from typing import Any, Final

from joserfc.jwk import ECKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import REGISTRY, Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.oauth.models import SigningKey
from registry.sealing import Sealer

PURPOSE: Final = "access token signing key"
AHEAD: Final = timedelta(hours=1)
"""How long a new key is published before it signs."""
LIFE: Final = timedelta(days=90)
"""After which the worker replaces a key."""
FRESH: Final = 10.0
"""Seconds for which keys read from the database are signed with and published."""
HURRY: Final = 1.0
"""Seconds for which they are believed: another process may just have made a key, or ended a stolen one."""


class Keys:
    """The signing keys of this node; ``life`` is that of the tokens they sign.

    ``stopwatch`` gives seconds that never run backwards.
    """

    def __init__(
        self,
        private: PrivateDatabase,
        sealer: Sealer,
        clock: Clock,
        life: timedelta,
        stopwatch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._private, self._sealer, self._clock, self._life = private, sealer, clock, life
        self._stopwatch = stopwatch
        self._read_at = -inf
        self._rows: list[SigningKey] = []
        self._opened: dict[str, ECKey] = {}

    def signing(self) -> ECKey:
        """The key to sign with now; makes the first one where there is none."""
        ready = self._ready()
        if not ready:
            self._first()
            ready = self._ready()
        newest = max(ready, key=lambda row: (row.active_from, row.kid))
        if newest.kid not in self._opened:
            raw = json.loads(self._sealer.open(newest.sealed_private, PURPOSE))
            self._opened[newest.kid] = ECKey.import_key(raw)
        return self._opened[newest.kid]

    def verifying(self, kid: str) -> ECKey | None:
        """The public key of this name, unless its time is over."""
        row = next((row for row in self._published(HURRY) if row.kid == kid), None)
        return ECKey.import_key(row.public_jwk) if row is not None else None

    def jwks(self) -> dict[str, Any]:
        """The public key set (RFC 7517 section 5)."""
        return {"keys": [row.public_jwk for row in self._published()]}

    def rotate(self, *, at_once: bool = False) -> str:
        """Publish a new key, to sign in an hour, and let older ones retire after it; returns its name.

        ``at_once`` is for a key that was stolen: the new one signs now, and nothing that an older one
        signed is believed any more.
        """
        now = self._clock()
        start = now if at_once else now + AHEAD
        end = now if at_once else start + max(AHEAD, self._life)
        with self._private.work() as session:
            older = SigningKey.retired_at.is_(None) | (SigningKey.retired_at > end)
            for row in session.scalars(select(SigningKey).where(older)):
                row.retired_at = end
            kid = self._publish(session, now, start)
        self._read_at = -inf
        return kid

    def _first(self) -> None:
        """Make the key of a node that has none; of two processes that do so at once, both keys are good."""
        now = self._clock()
        with self._private.work() as session:
            ready = SigningKey.retired_at.is_(None) & (SigningKey.active_from <= now)
            if session.scalar(select(SigningKey.kid).where(ready).limit(1)) is None:
                self._publish(session, now, now)
        self._read_at = -inf

    def _publish(self, session: Session, now: datetime, start: datetime) -> str:
        key = ECKey.generate_key("P-256", auto_kid=True)
        kid = str(key.kid)
        public = key.as_dict(private=False) | {"use": "sig", "alg": "ES256", "kid": kid}
        sealed = self._sealer.seal(json.dumps(key.as_dict(private=True)), PURPOSE)
        session.add(
            SigningKey(kid=kid, public_jwk=public, sealed_private=sealed, made_at=now, active_from=start)
        )
        audit.append(session, Step("signing key", kid[:64], "publish"), REGISTRY, now)
        return kid

    def rotate_if_old(self) -> bool:
        """Replace the newest key when it is older than ``LIFE``; returns whether it was."""
        rows = self._known()
        newest = max((row.made_at for row in rows), default=None)
        if newest is None or newest + LIFE > self._clock():
            return False
        self.rotate()
        return True

    def _ready(self) -> list[SigningKey]:
        now = self._clock()
        return [row for row in self._published() if row.active_from <= now]

    def _published(self, fresh: float = FRESH) -> list[SigningKey]:
        now: datetime = self._clock()
        return [row for row in self._known(fresh) if row.retired_at is None or row.retired_at > now]

    def _known(self, fresh: float = FRESH) -> list[SigningKey]:
        if self._stopwatch() - self._read_at >= fresh:
            with self._private.read() as session:
                self._rows = list(session.scalars(select(SigningKey)))
                session.expunge_all()
            self._read_at = self._stopwatch()
        return self._rows
