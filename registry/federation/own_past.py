"""What other nodes keep of this node's own log, asked for before anything more is signed.

Who puts the whole data folder back to an older backup puts back the file that says what was signed as well.
The nodes that copied the log know more of it then than the node itself, and have its own signature for it.
Nobody else can make one, so whatever they answer is believed as far as it is signed by the key of this log.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from sqlalchemy import select

from registry.clock import Clock
from registry.db.public import PublicDatabase
from registry.federation.models import PeerRow
from registry.federation.remote import Getter
from registry.federation.rules import Mode
from registry.fetching import FetchFailed
from registry.record.node import NodeIdentity

NOTE_MAX: Final = 16 * 1024
"""Bytes of a checkpoint with the cosignatures under it."""
SECONDS: Final = 5.0
"""For one answer."""
ALL: Final = 20.0
"""Seconds for all who are asked in a row; those who are left are asked the next time."""
AGAIN: Final = timedelta(minutes=5)
"""After which one who gave no answer is asked again."""


class OwnPast:
    """Asks each node that is followed once in the life of a process, or until it answers."""

    def __init__(self, public: PublicDatabase, getter: Getter, own: NodeIdentity, clock: Clock) -> None:
        self._public, self._getter, self.node_id, self._clock = public, getter, own.id, clock
        self._answered: set[str] = set()
        self._tried: dict[str, datetime] = {}

    def notes(self) -> Iterator[bytes]:
        """The newest checkpoints of this node's log that others read to their ends, as those say."""
        ends = time.monotonic() + ALL
        for short, url in self._left():
            if time.monotonic() >= ends:
                return
            self._tried[short] = self._clock()
            note = self._asked(short, url)
            if note is not None:
                yield note

    def _left(self) -> list[tuple[str, str]]:
        """Whom to ask: short ids and addresses."""
        query = select(PeerRow.short, PeerRow.url).where(PeerRow.mode != Mode.BLOCKED.value)
        with self._public.read() as session:
            peers = [(row.short, row.url) for row in session.execute(query.order_by(PeerRow.short))]
        now = self._clock()
        return [(short, url) for short, url in peers if self._is_due(short, now)]

    def _is_due(self, short: str, now: datetime) -> bool:
        tried = self._tried.get(short)
        return short not in self._answered and (tried is None or now - tried >= AGAIN)

    def _asked(self, short: str, url: str) -> bytes | None:
        address = f"{url.rstrip('/')}/mirror/{self.node_id}/checkpoint"
        try:
            answer = self._getter.get(address, limit=NOTE_MAX, seconds=SECONDS)
        except FetchFailed as failed:
            if failed.status == HTTPStatus.NOT_FOUND:  # it has no copy; one that is busy may have
                self._answered.add(short)
            return None
        self._answered.add(short)
        return answer.body
