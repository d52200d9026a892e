"""What is remembered of rows and files that were stored, so that nothing is made twice.

A row is known by the partner's own reference, or else by its content; a file by the ``Idempotency-Key``
it came with. Only keyed hashes are kept: who reads the table learns neither reference nor content.
Marks of rows belong to the organization, whoever sent them; the key of a file belongs to its sender.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session

from registry.account import Account
from registry.identity.models import Organization
from registry.intake.bulk.checking import canonical
from registry.intake.models import IdempotencyKey, Submission
from registry.intake.rules import State

_KEY = cast("Table", IdempotencyKey.__table__)
_ROW, _FILE = NAMED = "bulk-row:", "bulk-file:"
"""How names begin."""
_AT_ONCE = 500
"""Marks asked for in one statement."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as kept: hash of what was said, the submission it led to, where that stands now, and when."""

    said: str
    submission_id: str
    state: State
    at: datetime


class Marks:
    """Names of rows and files at this node."""

    def __init__(self, secret_key: str) -> None:
        self._secret = secret_key.encode("utf-8")

    def of_row(self, account: Account, reference: str) -> str:
        """The name of a row."""
        if reference:
            return _ROW + self._hash(b"reference\0" + reference.encode("utf-8", "surrogatepass"))
        return _ROW + self._hash(b"content\0" + canonical(account))

    def said(self, account: Account) -> str:
        """What a row says, as a hash."""
        return self._hash(b"said\0" + canonical(account))

    def of_file(self, key: str) -> str:
        """The name of a file that came with this ``Idempotency-Key``."""
        return _FILE + self._hash(b"file\0" + key.encode("utf-8"))

    def request(self, raw: bytes, *wish: object) -> str:
        """What was asked for with a file, as a hash."""
        return self._hash(b"request\0" + hashlib.sha256(raw).digest() + repr(wish).encode("utf-8"))

    def _hash(self, content: bytes) -> str:
        return hmac.new(self._secret, b"bulk\0" + content, hashlib.sha256).hexdigest()


def wait_for(session: Session, organization_id: str) -> None:
    """Files of one organization are stored one after another, so that none stores what another just did.

    Other reports of the organization go on: only the row's key is shared with them.
    """
    query = select(Organization.id).where(Organization.id == organization_id)
    session.execute(query.with_for_update(key_share=True))


def find(session: Session, owner_id: str, names: Sequence[str]) -> Mapping[str, Mark]:
    """Name → mark, of those that the owner has."""
    found: dict[str, Mark] = {}
    for start in range(0, len(names), _AT_ONCE):
        rows = session.execute(
            select(
                IdempotencyKey.key,
                IdempotencyKey.request_hash,
                IdempotencyKey.submission_id,
                Submission.state,
                IdempotencyKey.created_at,
            )
            .join(Submission, Submission.id == IdempotencyKey.submission_id)
            .where(
                IdempotencyKey.actor_id == owner_id, IdempotencyKey.key.in_(names[start : start + _AT_ONCE])
            )
        )
        found |= {name: Mark(said, key, State(state), at) for name, said, key, state, at in rows}
    return found


def keep(session: Session, owner_id: str, marks: Iterable[tuple[str, str, str]], at: datetime) -> None:
    """Keep marks (name, hash, submission), sorted so that two files never wait for each other.

    Marks of the same name that led to what was taken back since give way. Raises ``IntegrityError``
    where a rival kept one of them first.
    """
    rows = [
        {"actor_id": owner_id, "key": name, "request_hash": said, "submission_id": key, "created_at": at}
        for name, said, key in sorted(marks)
    ]
    for start in range(0, len(rows), _AT_ONCE):
        names = [row["key"] for row in rows[start : start + _AT_ONCE]]
        taken_back = select(Submission.id).where(Submission.state == State.WITHDRAWN.value)
        session.execute(
            delete(IdempotencyKey).where(
                IdempotencyKey.actor_id == owner_id,
                IdempotencyKey.key.in_(names),
                IdempotencyKey.submission_id.in_(taken_back),
            )
        )
    if rows:
        session.connection().execute(_KEY.insert(), rows)
