"""Use cases of letters about reports: choosing how soon they come; reading the trail and queueing them."""

from __future__ import annotations

from sqlalchemy import delete

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Invalid, Problem
from registry.identity.rules import Actor, Permission, demand
from registry.identity.tenants.letters import Letter, Payload
from registry.review.news import letters
from registry.review.news.gathering import gather, wish_of
from registry.review.news.models import NewsItem, NewsWish
from registry.review.news.rules import Rhythm


class NewsLetters:
    """What people are told by mail."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def rhythm(self, actor: Actor) -> Rhythm:
        """How soon the acting person wants to be told."""
        demand(actor, Permission.MANAGE_ACCOUNT)
        with self._private.read() as session:
            return wish_of(session, actor.id).rhythm

    def choose(self, actor: Actor, raw: str) -> Rhythm:
        """Choose how soon; raises ``Invalid``. "Never" also drops what was still to be told."""
        demand(actor, Permission.MANAGE_ACCOUNT)
        if raw not in list(Rhythm):
            raise Invalid([Problem("/rhythm", N_("Choose one of these."))])
        rhythm = Rhythm(raw)
        with self._private.work() as session:
            row = session.get(NewsWish, actor.id, with_for_update=True)
            if row is None:
                row = NewsWish(person_id=actor.id, rhythm=rhythm.value, told_at=self._clock())
                session.add(row)
            row.rhythm = rhythm.value
            if rhythm is Rhythm.NEVER:
                session.execute(delete(NewsItem).where(NewsItem.person_id == actor.id))
        return rhythm

    def run(self) -> int:
        """Read on in the trail and queue the letters that are due; returns to how many people.

        Killed at any point it goes on where it was: nothing is told twice, nothing is left out.
        """
        more = True
        while more:
            with self._private.work() as session:
                more = gather(session)
        told = 0
        while found := self._tell():
            told += found
        return told

    def letter(self, kind: str, payload: Payload) -> Letter | None:
        """The letter of a queued job, or None when there is no reason for it any more."""
        with self._private.read() as session:
            return letters.write(session, kind, payload)

    def _tell(self) -> int:
        with self._private.work() as session:
            return letters.tell(session, self._clock())
