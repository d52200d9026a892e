"""Each signed request of a partner counts once (RFC 9421 section 7.2.2): nobody repeats what was overheard.

Kept in the database, where all processes of the node look, for as long as the signature would be believed.
Only requests that a partner did sign are kept, so that nobody else can fill it, and a partner only so far.
"""

from __future__ import annotations

import hashlib
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.federation.signed_requests import Signed
from registry.publication.green.models import SeenRequestRow

MOST: Final = 30_000
"""Requests of one partner that are kept; its address may ask 3,000 times a minute, and ten minutes count."""


class SeenRequests:
    """Remembers what partners asked."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def first_time(self, said: Signed) -> bool:
        """Whether this request is new and can be remembered; one without a nonce cannot."""
        if not said.nonce:
            return False
        mark = hashlib.sha256(f"{said.node_id} {said.nonce}".encode()).hexdigest()
        try:
            with self._private.work() as session:
                of_it = select(func.count()).where(SeenRequestRow.node_id == said.node_id)
                if (session.scalar(of_it) or 0) >= MOST:
                    return False
                session.add(SeenRequestRow(mark=mark, node_id=said.node_id, ends=said.ends))
        except IntegrityError:
            return False
        return True

    def sweep(self) -> None:
        """Forget those that nobody would believe any more."""
        with self._private.work() as session:
            session.execute(delete(SeenRequestRow).where(SeenRequestRow.ends < self._clock()))
