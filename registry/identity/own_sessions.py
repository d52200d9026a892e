"""The sessions of a person, as they see and end them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select, update

from registry import audit
from registry.audit import Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import NotFound
from registry.identity.models import SignIn
from registry.identity.oneself import own_session
from registry.identity.rows import rows
from registry.identity.rules import Actor, Permission
from registry.identity.starting import by


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that is open: ``method`` is how it began, ``here`` that the person looks from within it."""

    id: str
    device: str
    method: str
    started_at: datetime
    confirmed: bool
    here: bool


class OwnSessions:
    """What a signed-in person does with their sessions; ``secret`` is that of the session's cookie."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def all(self, actor: Actor, secret: str) -> list[OpenSession]:
        """This session first, then the others, the newest first; raises ``NotSignedIn``."""
        now = self._clock()
        with self._private.read() as session:
            here = own_session(session, actor, secret, now)
            found = session.scalars(
                select(SignIn).where(_open(actor, now)).order_by(SignIn.started_at.desc(), SignIn.id)
            )
            shown = [
                OpenSession(
                    id=row.id,
                    device=row.device,
                    method=row.method,
                    started_at=row.started_at,
                    confirmed=row.confirmed_at is not None,
                    here=row.id == here.id,
                )
                for row in found
            ]
        return sorted(shown, key=lambda one: not one.here)

    def end(self, actor: Actor, session_id: str) -> None:
        """End one session of one's own; raises ``NotFound`` for any other, and for one that has ended."""
        if not self._end(actor, SignIn.id == session_id):
            raise NotFound

    def end_others(self, actor: Actor, secret: str) -> int:
        """End every session but this one; returns how many. Raises ``NotSignedIn``."""
        with self._private.read() as session:
            here = own_session(session, actor, secret, self._clock()).id
        return self._end(actor, SignIn.id != here)

    def _end(self, actor: Actor, which: ColumnElement[bool]) -> int:
        now = self._clock()
        with self._private.work() as session:
            ended = session.scalars(
                update(SignIn)
                .where(_open(actor, now), which)
                .values(ended_at=now)
                .returning(SignIn.id)
                .execution_options(synchronize_session=False)
            ).all()
            steps = [Step("person", actor.id, "end-session", reason=key) for key in ended]
            if steps:
                audit.append_all(session, steps, by(actor), now)
        return len(ended)


def _open(actor: Actor, now: datetime) -> ColumnElement[bool]:
    own = rows(actor, Permission.MANAGE_ACCOUNT, SignIn.person_id)
    return and_(own, SignIn.ended_at.is_(None), SignIn.expires_at > now)
