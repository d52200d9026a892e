"""What the worker does for the side that only partners read: signs its log, and reads theirs.

Nothing is noted in the node's own lines of logging but that something is wrong: that there is anything
to sign or to read is nobody's business.
"""

from __future__ import annotations

import time
from datetime import timedelta

from api.node import Node
from registry.ledger.refusal import Refused
from web.logs import log

AGAIN = 30.0
"""Seconds between two tries to sign what must not be signed, and two sweepings."""
PULLING = 10.0
"""Seconds spent on partners' logs before anything else has its turn."""


class GreenWork:
    """One turn of each, again and again."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._seen, self._trouble, self._due, self._sweep_due = False, "", 0.0, 0.0

    def sign(self) -> None:
        """Sign what the log for partners has become; where that must not be, it is told once."""
        now, side = time.monotonic(), self._node.private_side
        if side is None or now < self._due or (self._seen and not side.green.log.is_due()):
            return
        try:
            side.green.log.publish()
            self._trouble = ""
        except Refused as refused:
            if refused.reason != self._trouble:
                log.error("log for partners not signed", error=refused.reason)
            self._trouble, self._due = refused.reason, now + AGAIN
        self._seen = True

    def pull(self) -> None:
        """Forget what they asked long ago, and read on in their logs, for a bounded time."""
        side, ends = self._node.private_side, time.monotonic() + PULLING
        every = timedelta(seconds=self._node.settings.pull_every)
        if side is not None and time.monotonic() >= self._sweep_due:
            side.green.readers.seen.sweep()
            self._sweep_due = time.monotonic() + AGAIN
        while side is not None and time.monotonic() < ends:
            partner = side.green.partners.due(every)
            if partner is None:
                return
            side.green.partners.pull(partner, seconds=PULLING)
