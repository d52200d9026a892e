"""Reviewers' word on records of other nodes: who may say it, its trail, its effect on the public side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from registry import audit
from registry.account.about import is_about_any
from registry.audit import Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, NotAllowed, Problem
from registry.federation.judging import Judging, Judgment, Waiting
from registry.identity.kin.reading import ties_of
from registry.identity.rules import Actor, Permission
from registry.identity.starting import by

SUBJECT = "peer-record"
SHOW, LEAVE_OUT = "show-peer-record", "leave-out-peer-record"
OWN = N_("This is about an organization that you have to do with.")
REASONS = ("not-an-incident", "harmful", "personal-details", "not-checked", "duplicate")
"""Why a record of another node is not shown here; codes, worded by the pages."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A record that waits; ``own`` where it tells of the reviewer's own organization, for others to judge."""

    waiting: Waiting
    own: bool


@dataclass(frozen=True, slots=True)
class LookedPage:
    """Some of them, and the id behind which the next page begins; None where nothing is left."""

    lines: tuple[Looked, ...]
    next: str | None


class ForeignDesk:
    """Works on both sides: the trail first, then the public side, so that nothing is shown without its trail.

    A crash in between leaves a step on the trail and the record waiting; deciding again does the rest.
    """

    def __init__(self, private: PrivateDatabase, judging: Judging, clock: Clock) -> None:
        self._private, self._judging, self._clock = private, judging, clock

    def waiting(self, actor: Actor, after: str = "") -> LookedPage:
        """A page of what waits; raises ``NotAllowed``."""
        _require(actor)
        page = self._judging.waiting(after)
        return LookedPage(tuple(self._looked(actor, page.lines)), page.next)

    def count(self, actor: Actor) -> int:
        """How many records of other nodes wait; 0 for those who do not review."""
        return self._judging.count() if actor.holds(Permission.REVIEW) else 0

    def read(self, actor: Actor, record_id: str) -> Looked:
        """One of them; raises ``NotAllowed`` or ``NotFound``."""
        _require(actor)
        (looked,) = self._looked(actor, (self._judging.read(record_id),))
        return looked

    def decide(self, actor: Actor, record_id: str, judgment: Judgment) -> None:
        """Show a record of another node, or not.

        Raises ``NotAllowed``, ``Invalid`` without a reason, ``NotFound``, ``Stale``, or ``Conflict`` where
        it is about an organization of the reviewer's own.
        """
        _require(actor)
        if not judgment.shows and judgment.reason not in REASONS:
            raise Invalid([Problem("/reason", N_("Choose a reason."))])
        found = self._judging.read(record_id)
        with self._private.work() as session:
            if is_about_any(found.record.account, ties_of(session, actor).names):
                raise Conflict(OWN)
            action = SHOW if judgment.shows else LEAVE_OUT
            step = Step(SUBJECT, record_id, action, None, str(judgment.revision), judgment.reason or None)
            audit.append(session, step, by(actor), self._clock())
        self._judging.decide(record_id, judgment)

    def _looked(self, actor: Actor, lines: Iterable[Waiting]) -> list[Looked]:
        with self._private.read() as session:
            names = ties_of(session, actor).names
        return [Looked(one, is_about_any(one.record.account, names)) for one in lines]


def _require(actor: Actor) -> None:
    if not actor.holds(Permission.REVIEW):
        raise NotAllowed
