"""Client assertions (RFC 7523 section 3) that were seen: each ``jti`` counts once for its program."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.oauth.models import SeenAssertion
from registry.identity.oauth.rules import ASSERTION_SECONDS
from registry.identity.oauth.tokens import LEEWAY
from registry.identity.secrets import hash_secret


class Assertions:
    """Remembers assertions for as long as they could be shown again."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def first_time(self, client_id: str, jti: str) -> bool:
        """Whether this assertion is new; the primary key decides between parallel ones."""
        ends = self._clock() + timedelta(seconds=ASSERTION_SECONDS + 2 * LEEWAY)
        try:
            with self._private.work() as session:
                session.add(SeenAssertion(client_id=client_id, jti_hash=hash_secret(jti), expires_at=ends))
        except IntegrityError:
            return False
        return True
