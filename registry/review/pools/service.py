"""Use cases of a reviewer for their own work: what they wish, and the next report to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, case, func, not_, select
from sqlalchemy.orm import Session

from registry.account import Account
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Gone, NotFound, Unavailable
from registry.identity.rules import Actor, Permission, demand
from registry.intake import steps
from registry.intake.models import Submission
from registry.intake.rules import State
from registry.intake.waiting.lines import NO_LANGUAGE
from registry.review.coding.keeping import as_coded
from registry.review.pools import keeping
from registry.review.pools.assigning import Assigning
from registry.review.pools.models import Assignment, ReviewerWishes
from registry.review.pools.rules import Fit, Traits, Wishes, disturbing, fit, read
from registry.review.queue.picking import readable
from registry.review.quorum.votes import waits_for_another
from registry.review.service import Reviews
from taxonomy import Taxonomy

LOOKED_AT: Final = 50
"""Waiting reports among which the next one is looked for."""
NOBODY: Final = N_("A program that acts by itself has no wishes. Let it act for a reviewer.")
FACETS: Final[Mapping[str, str]] = {"sectors": "sector", "failures": "failure", "spared": "harm"}
"""Set of wishes → the facet of the taxonomy that its codes are of."""


class OwnWork:
    """What a reviewer is given, and how they wish it."""

    def __init__(self, private: PrivateDatabase, clock: Clock, taxonomy: Taxonomy, reviews: Reviews) -> None:
        self._private, self._clock, self._taxonomy, self._reviews = private, clock, taxonomy, reviews
        self.assigning = Assigning(private, clock, self._traits)

    def wishes(self, actor: Actor) -> Wishes:
        """What the acting reviewer wishes; nothing, for a program that acts by itself."""
        demand(actor, Permission.READ_REVIEWS)
        with self._private.read() as session:
            return keeping.wishes_of(session, [actor.id]).get(actor.id, Wishes())

    def choose(self, actor: Actor, raw: Mapping[str, Any]) -> Wishes:
        """Wish something else; raises ``Invalid`` naming each wrong field, ``Conflict`` for a program."""
        demand(actor, Permission.READ_REVIEWS)
        if actor.client_id == actor.id:
            raise Conflict(NOBODY)
        known = {name: self._codes(facet) for name, facet in FACETS.items()}
        wishes = read(raw, known, self._clock())
        with self._private.work() as session:
            session.merge(ReviewerWishes(person_id=actor.id, wishes=keeping.to_json(wishes)))
        return wishes

    def disturbing(self, actor: Actor, account: Account) -> tuple[str, ...]:
        """The harms of an account that the reviewer is warned of before they read it."""
        told = tuple(account.classification.get("harm", ()))
        broader = {value.code: value.broader for value in self._taxonomy.facets["harm"].values.values()}
        return disturbing(self.wishes(actor), told, broader)

    def take_next(self, actor: Actor) -> str | None:
        """Claim the report to look at next: what was given first, then what fits, most urgent first.

        Gives its id, or None where nothing waits that fits. Raises ``Conflict`` beyond one's own bound.
        """
        demand(actor, Permission.REVIEW)
        with self._private.read() as session:
            keeping.refuse_more(session, actor, self._clock())
            keys = self._next(session, actor)
        for key in keys:
            try:
                self._reviews.claim(actor, key)
            except (Conflict, NotFound):  # somebody was quicker, or it was taken back
                continue
            return key
        return None

    def _next(self, session: Session, actor: Actor) -> list[str]:
        """What could be next, the best first. The claim itself asks every bound of independence."""
        wishes = keeping.wishes_of(session, [actor.id]).get(actor.id, Wishes())
        found = []
        for row, given in session.execute(_lines(session, actor, wishes, self._clock())).all():
            try:
                fits = fit(wishes, self._traits(session, row)) if wishes.narrows else Fit.READS
            except (Gone, NotFound, Unavailable):
                continue
            if fits is not Fit.NOT:
                found.append((not given, -fits, row.id))
        return [key for *_, key in sorted(found, key=lambda one: one[:2])]

    def _codes(self, facet: str) -> set[str]:
        return {value.code for value in self._taxonomy.choices(facet)}

    def _traits(self, session: Session, row: Submission) -> Traits:
        """What a report is like, as told and as coded; raises ``NotFound`` where it was erased."""
        told = steps.newest(session, row).account
        coded = as_coded(session, row.id, row.version, told)
        both = [account.get("classification") or {} for account in (told, coded)]
        language = (told.get("language") or NO_LANGUAGE).partition("-")[0]
        sets = {
            name: self._with_broader(code for one in both for code in one.get(facet, ()))
            for name, facet in (("sectors", "sector"), ("failures", "failure"), ("harms", "harm"))
        }
        return Traits(language, **sets)

    def _with_broader(self, codes: Iterable[str]) -> frozenset[str]:
        return frozenset(each for code in codes for each in self._chain(code))

    def _chain(self, code: str) -> Iterator[str]:
        """A code, and the one that it belongs to."""
        yield code
        value = self._taxonomy.facets[code.partition("/")[0]].values.get(code)
        if value is not None and value.broader is not None:
            yield value.broader


def _lines(session: Session, actor: Actor, wishes: Wishes, now: datetime) -> Select[Submission, bool]:
    """What waits and was not given to somebody else: each with whether it was given to this reviewer."""
    mine = case((Assignment.reviewer_id == actor.id, True), else_=False)
    given = and_(keeping.stands(now), Assignment.reviewer_id.is_not(None))
    query = (
        select(Submission, mine)
        .outerjoin(Assignment, given)
        .where(
            Submission.state == State.SUBMITTED.value,
            readable(session, actor),
            not_(waits_for_another(actor)),
            func.coalesce(Assignment.reviewer_id, actor.id) == actor.id,
        )
    )
    if wishes.languages:
        language = func.coalesce(Submission.coded_language, NO_LANGUAGE)
        query = query.where(language.in_(sorted(wishes.languages)))
    return query.order_by(mine.desc(), Submission.due_at, Submission.id).limit(LOOKED_AT)
