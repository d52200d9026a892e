"""What somebody typed into a page whose session had run out, kept until they have signed in again.

One form a person, sealed, for a day. Kept only for a session that ran out by itself: one that was
ended on purpose, perhaps because it was stolen, gets to leave nothing behind.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.models import KeptForm, SignIn
from registry.identity.rules import Actor
from registry.identity.secrets import hash_secret
from registry.identity.starting import first_organization
from registry.sealing import SealBroken, Sealer

LIFE: Final = timedelta(days=1)
"""How long a form is kept, and how long after its end a session may still leave one."""
CHARACTERS_MAX: Final = 200_000
FIELDS_MAX: Final = 1_000
PATH_MAX: Final = 2_000
SEAL: Final = "kept form"

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was not taken in: the address it was sent to, and its fields in their order."""

    path: str
    fields: Fields


def fits(path: str, fields: Fields) -> bool:
    """Whether a form is small enough to be kept, or to be shown again."""
    size = sum(len(name) + len(value) for name, value in fields)
    return size <= CHARACTERS_MAX and len(fields) <= FIELDS_MAX and len(path) <= PATH_MAX


class KeptForms:
    """Forms between two sessions of the same person."""

    def __init__(self, private: PrivateDatabase, clock: Clock, sealer: Sealer) -> None:
        self._private, self._clock, self._sealer = private, clock, sealer

    def keep(self, secret: str, path: str, fields: Fields) -> bool:
        """Keep a form for whose session ``secret`` stood; whether it was. An earlier one goes."""
        if not fits(path, fields):
            return False
        now = self._clock()
        with self._private.work() as session:
            ended = session.get(SignIn, hash_secret(secret))
            ran_out = ended is not None and ended.ended_at is None and ended.expires_at <= now
            if ended is None or not ran_out or ended.expires_at + LIFE <= now:
                return False
            organization_id = ended.organization_id or _home(session, ended.person_id)
            if organization_id is None:
                return False
            session.execute(delete(KeptForm).where(KeptForm.person_id == ended.person_id))
            sealed = self._sealer.seal(json.dumps([path, list(fields)]), self._purpose(ended.person_id))
            session.add(
                KeptForm(
                    person_id=ended.person_id,
                    organization_id=organization_id,
                    sealed=sealed,
                    expires_at=now + LIFE,
                )
            )
        return True

    def look(self, actor: Actor) -> Kept | None:
        """The actor's form, or None; only for the organization that it was written for."""
        query = select(KeptForm.sealed).where(
            KeptForm.person_id == actor.id,
            KeptForm.organization_id == actor.organization_id,
            KeptForm.expires_at > self._clock(),
        )
        with self._private.read() as session:
            sealed = session.scalar(query)
        if sealed is None:
            return None
        try:
            path, fields = json.loads(self._sealer.open(sealed, self._purpose(actor.id)))
        except SealBroken:
            return None  # the node has a new key
        return Kept(path, [(name, value) for name, value in fields])

    def use(self, actor: Actor) -> bool:
        """Use the form up; whether this was the first time. Of several at once one is."""
        with self._private.work() as session:
            used = session.execute(
                delete(KeptForm).where(KeptForm.person_id == actor.id).returning(KeptForm.person_id)
            ).first()
        return used is not None

    def _purpose(self, person_id: str) -> str:
        return f"{SEAL} {person_id}"


def _home(session: Session, person_id: str) -> str | None:
    """The organization of a session that began without one."""
    found = first_organization(session, person_id)
    return None if found is None else found.id
