"""Writing a new submission: every row in one go, in the caller's transaction.

The busiest write of a node. The rows are complete before the first statement, so nothing is
written twice and the whole costs a handful of inserts and one commit.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from registry import audit
from registry.account import Account
from registry.audit import By, Step
from registry.intake import steps
from registry.intake.labels import Label
from registry.intake.models import IdempotencyKey, Submission, SubmissionVersion
from registry.intake.receipts import receipt_hash
from registry.intake.rules import Action, State, after
from registry.intake.similar.rules import RELATION, About, Kind
from registry.intake.vault.keys import keys_of
from registry.intake.vault.originals import request_mark, sealed_account, sealed_title
from registry.intake.views import SubmissionSummary, SubmissionView
from registry.intake.waiting import lines

_INSERT = cast("Table", Submission.__table__).insert()
_INSERT_VERSION = cast("Table", SubmissionVersion.__table__).insert()
_INSERT_KEY = cast("Table", IdempotencyKey.__table__).insert()
_RECALL = select(IdempotencyKey.request_hash, IdempotencyKey.submission_id).where(
    IdempotencyKey.actor_id == bindparam("actor"), IdempotencyKey.key == bindparam("key")
)
NAMED = "key:"
"""How the names of keys begin."""


@dataclass(frozen=True, slots=True)
class Once:
    """The name of an idempotency key, and a hash of the request that came with it."""

    name: str
    request_hash: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """The request that an idempotency key came with, as a mark, and the submission it made."""

    mark: str
    submission_id: str


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """All that is known of a submission at its birth; ``submit`` sends it at once."""

    id: str
    organization_id: str
    author_id: str
    account: Account
    receipt: str
    channel: str
    at: datetime
    submit: bool
    demo: bool
    kind: Kind = Kind.REPORT
    about: About | None = None
    label: Label = Label.CLEAR

    @property
    def state(self) -> State:
        """The state it is born in."""
        return after(Action.SUBMIT, State.DRAFT) if self.submit else State.DRAFT

    def view(self) -> SubmissionView:
        """What its organization sees of it."""
        return SubmissionView(
            SubmissionSummary(
                id=self.id,
                organization_id=self.organization_id,
                state=self.state,
                version=1,
                lock=2 if self.submit else 1,
                title=self.account.title,
                record_id=None,
                created_at=self.at,
                updated_at=self.at,
                submitted_at=self.at if self.submit else None,
                channel=self.channel,
                kind=self.kind,
                about=self.about,
                label=self.label,
            ),
            self.account,
        )


def write(session: Session, new: NewSubmission, by: By) -> None:
    """Insert the submission, its first version and its steps."""
    seen = new.view().summary
    # Straight on the connection: the session's own bookkeeping costs more than these inserts.
    connection = session.connection()
    keys_of(session).make(session, new.id)
    connection.execute(
        _INSERT,
        {
            "id": new.id,
            "organization_id": new.organization_id,
            "author_id": new.author_id,
            "channel": new.channel,
            "state": seen.state.value,
            "version": seen.version,
            "lock": seen.lock,
            "sealed_title": sealed_title(session, new.id, seen.title),
            "receipt_hash": receipt_hash(new.receipt),
            "record_id": None,
            "kind": new.kind.value,
            "tlp": new.label.value,
            "about_record": new.about.record if new.about else None,
            "about_held": new.about.held.value if new.about else None,
            "demo": new.demo,
            "created_at": new.at,
            "updated_at": new.at,
            "submitted_at": seen.submitted_at,
            "state_at": new.at,
        }
        | (lines.sent(session, new.account.to_json(), new.at) if new.submit else {}),
    )
    connection.execute(_INSERT_VERSION, _version_row(session, new))
    born = Step(steps.SUBJECT, new.id, "create", new=State.DRAFT.value)
    sent = Step(steps.SUBJECT, new.id, Action.SUBMIT.value, State.DRAFT.value, State.SUBMITTED.value)
    named = [_attached(new, new.about)] if new.about else []
    audit.append_all(session, [born, *named, sent] if new.submit else [born, *named], by, new.at)


def name_of(secret_key: str, key: str) -> str:
    """What is kept of an ``Idempotency-Key``, which may hold anything: a keyed hash."""
    return NAMED + hmac.new(secret_key.encode(), b"key\0" + key.encode(), hashlib.sha256).hexdigest()


def remember(session: Session, new: NewSubmission, once: Once) -> None:
    """Keep the name of a key with the answer it led to; raises ``IntegrityError`` if a rival was faster."""
    session.connection().execute(
        _INSERT_KEY,
        {
            "actor_id": new.author_id,
            "key": once.name,
            "request_hash": request_mark(session, new.id, once.request_hash),
            "submission_id": new.id,
            "created_at": new.at,
        },
    )


def recalled(session: Session, actor_id: str, name: str) -> Remembered | None:
    """What this actor's key of that name led to before, or None."""
    found = session.connection().execute(_RECALL, {"actor": actor_id, "key": name}).first()
    return None if found is None else Remembered(found.request_hash, found.submission_id)


def is_same(session: Session, remembered: Remembered, request_hash: str) -> bool:
    """Whether this is the request that was remembered; raises ``Shredded`` once nobody can tell."""
    mark = request_mark(session, remembered.submission_id, request_hash)
    return hmac.compare_digest(mark, remembered.mark)


def _attached(new: NewSubmission, about: About) -> Step:
    state = State.DRAFT.value
    return Step(steps.SUBJECT, new.id, "relate", state, state, f"{RELATION[new.kind]} {about.record}")


def _version_row(session: Session, new: NewSubmission) -> dict[str, Any]:
    return {
        "submission_id": new.id,
        "number": 1,
        "sealed_account": sealed_account(session, new.id, 1, new.account.to_json()),
        "author_id": new.author_id,
        "created_at": new.at,
    }
