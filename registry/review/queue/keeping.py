"""Views that a reviewer keeps: private to them, bounded in number, gone with the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from registry.clock import Clock
from registry.db.columns import random_key, storable
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, NotAllowed, NotFound, Problem
from registry.identity.models import Person
from registry.identity.rules import Actor, Permission, demand
from registry.review.queue.models import QueueView
from registry.review.queue.rules import QueueRequest, asked, told

VIEWS_MAX = 20
"""Views of one person."""
NAME_MAX = 60


@dataclass(frozen=True, slots=True)
class KeptView:
    """A view by its name."""

    id: str
    name: str
    request: QueueRequest


class KeptViews:
    """A person's own views."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private = private
        self._clock = clock

    def of(self, actor: Actor) -> tuple[KeptView, ...]:
        """One's own views by name; none for a program that acts by itself."""
        demand(actor, Permission.READ_REVIEWS)
        query = select(QueueView).where(QueueView.person_id == actor.id).order_by(QueueView.name)
        with self._private.read() as session:
            return tuple(_view(row.id, row.name, row.asked) for row in session.scalars(query))

    def keep(self, actor: Actor, name: str, request: QueueRequest) -> KeptView:
        """Keep a view in place of any of the same name; raises ``Invalid``, ``Conflict`` beyond the bound."""
        demand(actor, Permission.READ_REVIEWS)
        if actor.client_id == actor.id:
            raise NotAllowed  # a program by itself is no person
        name = _checked(name)
        request.check()
        with self._private.work() as session:
            session.scalar(select(Person.id).where(Person.id == actor.id).with_for_update())
            session.execute(delete(QueueView).where(QueueView.person_id == actor.id, QueueView.name == name))
            held = session.scalar(select(func.count()).where(QueueView.person_id == actor.id)) or 0
            if held >= VIEWS_MAX:
                message = N_("You keep %(most)s views already. Remove one first.")
                raise Conflict(message, most=VIEWS_MAX)
            row = QueueView(
                id=random_key(),
                person_id=actor.id,
                name=name,
                asked=told(request.whole()),
                created_at=self._clock(),
            )
            session.add(row)
            return _view(row.id, row.name, row.asked)

    def forget(self, actor: Actor, view_id: str) -> None:
        """Remove one of one's own views; raises ``NotFound`` for any other."""
        demand(actor, Permission.READ_REVIEWS)
        with self._private.work() as session:
            row = session.get(QueueView, view_id)
            if row is None or row.person_id != actor.id:
                raise NotFound
            session.delete(row)


def _view(key: str, name: str, held: Mapping[str, str]) -> KeptView:
    return KeptView(key, name, asked(held))


def _checked(name: str) -> str:
    name = storable(" ".join(name.split()))
    if not name:
        raise Invalid([Problem("/name", N_("Give the view a name."))])
    if len(name) > NAME_MAX:
        facts = {"length": len(name), "limit": NAME_MAX}
        message = N_("This is too long: %(length)s characters, and the limit is %(limit)s.")
        raise Invalid([Problem("/name", message, facts)])
    return name
