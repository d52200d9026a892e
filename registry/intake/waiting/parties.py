"""Whom a sent report names, as marks beside its seal: so that lists can leave it out for those it names.

A mark is a keyed hash (HMAC-SHA-256, cut to 80 bits) of a name as names are compared
(``account/about.py``), under a key made from the node's secret key: whoever copies the database alone
cannot try names. See docs/adr on names as marks. ``lines.py`` writes them.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from hashlib import sha256
from typing import Final

from sqlalchemy import ColumnElement, false, func, or_
from sqlalchemy.orm import InstrumentedAttribute, Session

from registry.db.private import PrivateDatabase
from registry.errors import N_, Unavailable
from registry.sealing import Sealer

_CARRIED: Final = "marks of parties"
_PURPOSE: Final = "names of parties 1"
"""The number changes where names are compared otherwise: then ``commons init`` makes all marks anew."""
_RING, _MARK = 8, 20
"""Hex digits of the name of the key, and of a mark."""


class PartyMarks:
    """Marks under one key."""

    def __init__(self, secret_key: str) -> None:
        self._key = Sealer(secret_key).key(_PURPOSE)
        self.ring = self._hash(b"ring")[:_RING]
        """Names the key: marks of another one begin with something else."""

    def of(self, name: str) -> str:
        """The mark of a folded name."""
        return self._hash(b"name\0" + name.encode())[:_MARK]

    def line(self, names: Collection[str]) -> str:
        """What stands beside a report that names these: each mark between blanks, after that of the key."""
        return " ".join([self.ring, *sorted(map(self.of, names)), ""])

    def _hash(self, raw: bytes) -> str:
        return hmac.new(self._key, raw, sha256).hexdigest()


def carry(private: PrivateDatabase, secret_key: str) -> None:
    """Let every session of this database make and look for marks."""
    private.carry(_CARRIED, PartyMarks(secret_key))


def marks_of(session: Session) -> PartyMarks:
    """The marks of the session's database; raises ``Unavailable`` where it was opened without a key."""
    found = session.info.get(_CARRIED)
    if not isinstance(found, PartyMarks):
        raise Unavailable(N_("The private database was opened without the node's secret key."))
    return found


def naming(
    session: Session, names: Collection[str], line: InstrumentedAttribute[str | None]
) -> ColumnElement[bool]:
    """The condition that is true of lines of marks in which one of these folded names is.

    A line that is not known holds none of them: an act on its report asks the account itself.
    """
    marks, known = marks_of(session), func.coalesce(line, "")
    return or_(false(), *(known.contains(f" {mark} ") for mark in sorted(map(marks.of, names))))
