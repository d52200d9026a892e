"""Use cases of intake: write, send, change, withdraw and follow a submission."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import audit
from registry.account import Account
from registry.audit import Entry, Step
from registry.clock import Clock, today
from registry.db.columns import random_key
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Invalid, Problem
from registry.identity.rules import GUEST, Actor, Permission, demand
from registry.identity.starting import by
from registry.intake import access, creation, steps
from registry.intake.creation import NewSubmission, Once
from registry.intake.identities import born, choosing
from registry.intake.identities.rules import Wish
from registry.intake.labelling import give
from registry.intake.labels import Label, stricter
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.receipts import receipt_code, receipt_given
from registry.intake.rules import Action, State, after
from registry.intake.similar import replying, telling
from registry.intake.similar.rules import About, Kind
from registry.intake.similar.targets import Targets
from registry.intake.similar.telling import ALONE, Telling, Unchanged
from registry.intake.vault.errors import Shredded
from registry.intake.vault.originals import sealed_account, sealed_title
from registry.intake.views import Created, SubmissionView, view
from registry.intake.waiting import lines
from taxonomy import Taxonomy


class Intake:
    """What an organization does with its own reports."""

    def __init__(
        self,
        private: PrivateDatabase,
        taxonomy: Taxonomy,
        clock: Clock,
        secret_key: str,
        targets: Targets,
        refuse: Callable[[], None],
    ) -> None:
        """``refuse`` raises ``Conflict`` where this node takes no reports any more."""
        self._private = private
        self._targets = targets
        self._taxonomy = taxonomy
        self._clock = clock
        self._secret_key = secret_key
        self._refuse = refuse

    def create(  # noqa: PLR0913 - all that is known of a submission at its birth
        self,
        actor: Actor,
        raw: Mapping[str, Any],
        *,
        channel: str,
        submit: bool = False,
        idempotency_key: str | None = None,
        demo: bool = False,
        wish: Wish | None = None,
        telling_of: Telling = ALONE,
    ) -> Created:
        """Keep a new draft (or send it at once); raises ``Invalid`` with every problem of the account.

        ``wish`` says how it names its organization; without one it begins with what is usual there.
        ``telling_of`` says whether it is a report or a statement, and which public record it names.
        The same idempotency key with the same request gives the first answer again; with another
        request it raises ``Conflict``.
        """
        demand(actor, Permission.WRITE_SUBMISSIONS)
        telling_of = replace(telling_of, label=stricter(telling_of.label, raw))
        request = {"account": raw, "submit": submit} | telling_of.facts()
        request |= {"wish": asdict(wish)} if wish else {}
        once = self._once(idempotency_key, request)
        problem = replying.problem(self._private, self._targets, actor, telling_of)
        key = random_key()
        new = NewSubmission(
            id=key,
            organization_id=actor.organization_id,
            author_id=actor.id,
            account=self._parse(raw, telling_of.kind, complete=submit),
            receipt=receipt_code(self._secret_key, key),
            channel=GUEST if actor.guest else channel,
            at=self._clock(),
            submit=submit,
            demo=demo,
            kind=telling_of.kind,
            about=telling_of.about,
            label=telling_of.label,
        )
        return self._keep(actor, new, once, replying.wish(new.kind, wish), problem)

    def read(self, actor: Actor, submission_id: str) -> SubmissionView:
        """A submission of one's own organization; raises ``NotFound`` for any other."""
        with self._private.read() as session:
            row = access.shown(session, actor, submission_id, Permission.READ_SUBMISSIONS)
            return view(row, steps.newest(session, row))

    def revise(
        self,
        actor: Actor,
        submission_id: str,
        raw: Mapping[str, Any],
        *,
        expected: int | None,
        wish: Wish | None = None,
        about: str | Unchanged | None = Unchanged.YES,
    ) -> SubmissionView:
        """Add a version while the organization may edit; raises ``Stale``, ``Conflict``, ``Invalid``.

        ``wish`` changes in the same step how the report names its organization; ``about`` names another
        public record that it belongs to, or none.
        """
        named = None if isinstance(about, Unchanged) else about
        problem = Telling(record=named).problem(self._targets)
        with self._private.work() as session:
            row = access.editable(session, actor, submission_id, expected)
            account = self._parse(raw, Kind(row.kind), complete=False)
            if not isinstance(about, Unchanged):
                telling.name(session, row, about, problem, by(actor), self._clock())
            give(session, row, stricter(Label(row.tlp), raw), by(actor), self._clock())
            version = self._add_version(session, row, actor, account)
            if wish is not None:
                session.flush()
                choosing.choose(session, row, wish, by(actor), self._clock())
            return view(row, version)

    def submit(self, actor: Actor, submission_id: str, *, expected: int | None = None) -> SubmissionView:
        """Send a draft, or send it again after changes; raises ``Invalid`` if anything is missing.

        Raises ``Conflict`` where this node takes none any more.
        """
        self._refuse()
        with self._private.work() as session:
            row = access.held(session, actor, submission_id, Permission.WRITE_SUBMISSIONS)
            steps.fresh(row, expected)
            after(Action.SUBMIT, State(row.state))  # before the account: there may be none any more
            version = steps.newest(session, row)
            self._parse(version.account, Kind(row.kind), complete=True)
            self._send(session, row, actor, version.account)
            return view(row, version)

    def withdraw(self, actor: Actor, submission_id: str, *, expected: int | None = None) -> SubmissionView:
        """Take a report back before it is scheduled for publication."""
        with self._private.work() as session:
            row = access.held(session, actor, submission_id, Permission.WITHDRAW_SUBMISSIONS)
            steps.fresh(row, expected)
            steps.move(session, row, Action.WITHDRAW, by(actor), self._clock())
            return view(row, steps.newest(session, row))

    def history(self, actor: Actor, submission_id: str) -> Sequence[Entry]:
        """Every step of one's own submission, oldest first."""
        with self._private.read() as session:
            row = access.shown(session, actor, submission_id, Permission.READ_SUBMISSIONS)
            return audit.trail(session, steps.SUBJECT, row.id)

    def receipt(self, actor: Actor, submission_id: str) -> str:
        """The receipt code of one's own submission."""
        with self._private.read() as session:
            row = access.shown(session, actor, submission_id, Permission.READ_SUBMISSIONS)
            return receipt_given(self._secret_key, row.id, row.receipt_hash)

    def _parse(self, raw: object, kind: Kind, *, complete: bool) -> Account:
        return telling.parse(raw, kind, self._taxonomy, today(self._clock), complete=complete)

    def _keep(
        self, actor: Actor, new: NewSubmission, once: Once | None, wish: Wish | None, problem: Problem | None
    ) -> Created:
        """Write it unless the same request was here before; raises ``Invalid`` with the ``problem``."""
        try:
            with self._private.work() as session:
                earlier = self._earlier(session, new, once)
                if earlier is not None:
                    return earlier
                self._refuse()
                if problem is not None:  # a retry is answered as before, whatever became of the record
                    raise Invalid([problem])
                creation.write(session, new, by(actor))
                identity = choosing.start(session, new.id, new.organization_id, wish, by(actor), new.at)
                naming = born.naming_of(session, new, identity)
                if once is not None:
                    creation.remember(session, new, once)
        except IntegrityError:
            # A rival request with the same key won the race; its answer is ours.
            with self._private.read() as session:
                earlier = self._earlier(session, new, once)
            if earlier is None:
                raise
            return earlier
        return Created(new.view(), new.receipt, naming=naming)

    def _add_version(
        self, session: Session, row: Submission, actor: Actor, account: Account
    ) -> SubmissionVersion:
        now = self._clock()
        row.version = steps.next_number(session, row)
        row.lock += 1
        row.sealed_title = sealed_title(session, row.id, account.title)
        lines.note(session, row, account.to_json())
        row.updated_at = now
        version = SubmissionVersion(
            submission_id=row.id,
            number=row.version,
            sealed_account=sealed_account(session, row.id, row.version, account.to_json()),
            author_id=actor.id,
            created_at=now,
        )
        session.add(version)
        step = Step(steps.SUBJECT, row.id, "revise", row.state, row.state, f"version {row.version}")
        audit.append(session, step, by(actor), now)
        return version

    def _send(self, session: Session, row: Submission, actor: Actor, account: Mapping[str, Any]) -> None:
        now = self._clock()
        steps.move(session, row, Action.SUBMIT, by(actor), now)
        row.submitted_at = now
        lines.note_sent(session, row, account, now)
        choosing.sent(session, row, now)

    def _once(self, key: str | None, request: Mapping[str, Any]) -> Once | None:
        return None if key is None else Once(creation.name_of(self._secret_key, key), _hash(request))

    def _earlier(self, session: Session, new: NewSubmission, once: Once | None) -> Created | None:
        """The answer that this key got before, whatever happened since; ``Conflict`` for another request."""
        found = None if once is None else creation.recalled(session, new.author_id, once.name)
        if once is None or found is None:
            return None
        try:
            same = creation.is_same(session, found, once.request_hash)
        except Shredded as error:
            message = N_("This Idempotency-Key was used for a report whose original was deleted since.")
            raise Conflict(message) from error
        if not same:
            raise Conflict(N_("This Idempotency-Key was used for another request already."))
        row = session.get_one(Submission, found.submission_id)
        first = session.get_one(SubmissionVersion, (row.id, 1))
        born = replace(
            new,
            id=row.id,
            organization_id=row.organization_id,
            account=Account.from_json(first.account),
            receipt=receipt_given(self._secret_key, row.id, row.receipt_hash),
            at=row.created_at,
            kind=Kind(row.kind),
            about=About(row.about_record) if row.about_record else None,
            label=Label(row.tlp),
        )
        return Created(born.view(), born.receipt, fresh=False)


def _hash(request: Mapping[str, Any]) -> str:
    raw = json.dumps(request, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(raw.encode("ascii")).hexdigest()
