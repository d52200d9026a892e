"""Lists of an organization's own submissions."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import and_, func, or_, select

from registry.db.private import PrivateDatabase
from registry.errors import N_, Invalid, Problem
from registry.identity.rows import rows
from registry.identity.rules import Actor, Permission, demand
from registry.intake.identities.naming import waiting_for
from registry.intake.models import Submission
from registry.intake.paging import decode, encode
from registry.intake.rules import State
from registry.intake.vault.keys import keys_of
from registry.intake.views import Page, SubmissionSummary, summary

PAGE_MAX = 50
BY_MACHINE = ("api", "bulk")
"""Channels of what no person typed here; a draft among it waits for a person to complete it."""


class SubmissionLists:
    """Reading many submissions at once."""

    def __init__(self, private: PrivateDatabase) -> None:
        self._private = private

    def own(
        self,
        actor: Actor,
        *,
        state: State | None = None,
        by_machine: bool = False,
        cursor: str | None = None,
        limit: int = 20,
    ) -> Page[SubmissionSummary]:
        """The organization's submissions, last changed first; raises ``Invalid`` for a bad cursor.

        ``by_machine`` narrows them to those that programs made or that came in files.
        """
        demand(actor, Permission.READ_SUBMISSIONS)
        if not 1 <= limit <= PAGE_MAX:
            raise Invalid([Problem("/limit", N_("Between 1 and %(most)s."), {"most": PAGE_MAX})])
        query = select(Submission).where(
            rows(actor, Permission.READ_SUBMISSIONS, Submission.organization_id, Submission.state)
        )
        if state is not None:
            query = query.where(Submission.state == state.value)
        if by_machine:
            query = query.where(Submission.channel.in_(BY_MACHINE))
        if cursor is not None:
            at, key = decode(cursor)
            query = query.where(
                or_(Submission.updated_at < at, and_(Submission.updated_at == at, Submission.id < key))
            )
        ordered = query.order_by(Submission.updated_at.desc(), Submission.id.desc()).limit(limit + 1)
        with self._private.read() as session:
            found = list(session.scalars(ordered))
            keys_of(session).fetch(session, [row.id for row in found[:limit]])
            waiting = waiting_for(session, found[:limit])
            lines = tuple(replace(summary(row), waits_for=waiting[row.id]) for row in found[:limit])
        more = encode(lines[-1].updated_at, lines[-1].id) if len(found) > limit else None
        return Page(lines, more)

    def unfinished(self, actor: Actor) -> int:
        """How many drafts, made by programs or from files, wait for a person to complete them."""
        demand(actor, Permission.READ_SUBMISSIONS)
        mine = rows(actor, Permission.READ_SUBMISSIONS, Submission.organization_id, Submission.state)
        query = select(func.count()).where(
            mine, Submission.state == State.DRAFT.value, Submission.channel.in_(BY_MACHINE)
        )
        with self._private.read() as session:
            return session.scalar(query) or 0
