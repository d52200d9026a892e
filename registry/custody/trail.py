"""The whole trail for those who look after the node: is it whole, and all of it to take along."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from registry import audit
from registry.audit import Step
from registry.audit.chain import Fault, Verdict, check
from registry.audit.reading import links
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, Problem
from registry.identity.rules import Permission
from registry.identity.tenants.rules import Whoever, demand_any
from registry.identity.tenants.standing import signed

SUBJECT: Final = "trail"
"""The trail's word for itself."""
MEDIA: Final = "application/x-ndjson"
_HASH: Final = re.compile(r"[0-9a-f]{64}")


class Trail:
    """Checking and exporting the trail of a node."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def verify(self, who: Whoever, heads: Collection[str] = ()) -> Verdict:
        """Read all of it; ``heads`` are hashes kept earlier that have to be found in it.

        Raises ``NotAllowed``, and ``Invalid`` for what is no hash.
        """
        demand_any(who, Permission.MANAGE_NODE)
        return check(links(self._private), checked_heads(heads))

    def export(self, who: Whoever) -> Iterator[bytes]:
        """Every row as a line of JSON, with the one that says that this was exported; ``NotAllowed``.

        A row that cannot be read ends it with ``Conflict``.
        """
        demand_any(who, Permission.MANAGE_NODE)
        with self._private.work() as session:
            audit.append(session, Step(SUBJECT, SUBJECT, "export"), signed(who), self._clock())
        return self._lines()

    def _lines(self) -> Iterator[bytes]:
        for link in links(self._private):
            if isinstance(link, Fault):
                raise Conflict(link.message, **link.facts)
            yield link.line()


def checked_heads(heads: Collection[str]) -> set[str]:
    """Hashes in lower case; raises ``Invalid`` for what is none."""
    found = {head.strip().lower() for head in heads}
    if not all(_HASH.fullmatch(head) for head in found):
        raise Invalid([Problem("/head", N_("A hash is 64 digits and letters from a to f."))])
    return found
