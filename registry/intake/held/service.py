"""Use cases: ask once whether what was put right held, and take the answer as a revision of the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from sqlalchemy.orm import Session

from registry import audit
from registry.audit import REGISTRY, By, Step
from registry.clock import Clock, today
from registry.db.private import PrivateDatabase
from registry.errors import Invalid, Problem
from registry.identity.rules import Actor, Permission
from registry.identity.starting import by
from registry.identity.tenants.letters import Letter, Payload
from registry.intake import access, steps
from registry.intake.following.adding import HOLDER
from registry.intake.following.finding import by_code
from registry.intake.held.letters import HELD, WRITERS
from registry.intake.held.rules import Asked, Given
from registry.intake.identities import choosing
from registry.intake.models import Submission
from registry.intake.readers import readers
from registry.intake.revising import opening
from registry.intake.revising.published import Published
from registry.intake.rules import Action, State
from registry.intake.similar import telling
from registry.intake.similar.rules import Kind
from registry.intake.waiting import lines
from registry.outbox import enqueue
from taxonomy import Taxonomy

ASK, ANSWER = "ask-held", "answer-held"
"""The audit trail's words."""
_PARTS: Final = {"/response/held": "/held", "/response/since": "/text"}
"""Field of the account → field of the answer."""


class FixHeld:
    """What is asked some months after publication."""

    def __init__(
        self, private: PrivateDatabase, published: Published, taxonomy: Taxonomy, clock: Clock
    ) -> None:
        self._private, self._published = private, published
        self._taxonomy, self._clock = taxonomy, clock

    def ask(self, submission_id: str) -> bool:
        """Ask of one report, once; nothing where its record was taken away, or says it already."""
        with self._private.read() as session:
            row = session.get(Submission, submission_id)
            record_id = None if row is None else row.record_id
        public = None if record_id is None else self._published.account(record_id)
        if public is None or (public.get("response") or {}).get("held"):
            return False
        now = self._clock()
        with self._private.work() as session:
            row = steps.locked(session, submission_id)
            if row.held_asked_at is not None:
                return False
            row.held_asked_at = now
            audit.append(session, Step(steps.SUBJECT, row.id, ASK, row.state, row.state), REGISTRY, now)
            for person_id in readers(session, row):
                enqueue(session, HELD, {"submission_id": row.id, "person_id": person_id}, now)
        return True

    def answer(self, actor: Actor, submission_id: str, given: Given, *, expected: int | None = None) -> None:
        """Answer for one's own report: a revision with the answer in it is sent to review.

        Raises ``NotFound``, ``Stale``, ``Invalid``, or ``Conflict`` where nothing is asked.
        """
        with self._private.read() as session:
            public = self._public(access.shown(session, actor, submission_id, Permission.REVISE_PUBLISHED))
        with self._private.work() as session:
            row = access.held(session, actor, submission_id, Permission.REVISE_PUBLISHED)
            steps.fresh(row, expected)
            self._take(session, row, given, public, by(actor))

    def answer_by_code(self, code: str, given: Given) -> None:
        """The same for whoever holds the receipt code; raises ``NotFound``, ``Invalid`` or ``Conflict``."""
        with self._private.read() as session:
            public = self._public(by_code(session, code))
        with self._private.work() as session:
            self._take(session, by_code(session, code, lock=True), given, public, HOLDER)

    def asked_by_code(self, code: str) -> bool:
        """Whether the holder of this code can answer now; raises ``NotFound``."""
        with self._private.read() as session:
            row = by_code(session, code)
            return Asked(row.held_asked_at, row.held_answered_at).waits(State(row.state))

    def letter(self, kind: str, payload: Payload) -> Letter | None:
        """The letter of a job, or None when there is no reason for it any more."""
        with self._private.read() as session:
            return WRITERS[kind](session, payload)

    def _public(self, row: Submission) -> Mapping[str, Any] | None:
        return None if row.record_id is None else self._published.account(row.record_id)

    def _take(
        self, session: Session, row: Submission, given: Given, public: Mapping[str, Any] | None, who: By
    ) -> None:
        now = self._clock()
        Asked(row.held_asked_at, row.held_answered_at).refuse(State(row.state))
        begun = opening.reopen(session, row, public, who, now)
        account = self._checked(given.of(begun.account))
        opening.add(session, row, who.actor_id or row.author_id, account, now)
        row.held_answered_at = now
        audit.append(session, Step(steps.SUBJECT, row.id, ANSWER, row.state, row.state), who, now)
        steps.move(session, row, Action.SUBMIT, who, now)
        row.submitted_at = now
        lines.note_sent(session, row, account, now)
        choosing.sent(session, row, now)

    def _checked(self, account: dict[str, Any]) -> dict[str, Any]:
        day = today(self._clock)
        try:
            return telling.parse(account, Kind.REPORT, self._taxonomy, day, complete=True).to_json()
        except Invalid as error:
            raise Invalid([_placed(problem) for problem in error.problems]) from error


def _placed(problem: Problem) -> Problem:
    """A problem of the answer where that was typed; any other as it is."""
    pointer = _PARTS.get(problem.pointer)
    return problem if pointer is None else replace(problem, pointer=pointer)
