"""What reviewers see of a report's attachments: what was sent, with descriptions as they may read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from registry.db.private import PrivateDatabase
from registry.identity.rules import Actor
from registry.intake import steps
from registry.intake.attachments import rows
from registry.intake.attachments.models import Attachment
from registry.intake.attachments.stores import Store
from registry.intake.attachments.views import AttachmentView, Content
from registry.intake.models import Submission
from registry.intake.personal.deciding import chosen, title_for_reviewers
from registry.intake.rules import State
from registry.review import under_review


class Evidence:
    """Attachments of other organizations' reports, for reviewers."""

    def __init__(self, private: PrivateDatabase, store: Store) -> None:
        self._private, self._store = private, store

    def of(self, actor: Actor, submission_id: str) -> tuple[AttachmentView, ...]:
        """The files of a report that was sent; raises ``NotFound`` as the report itself does."""
        with self._private.read() as session:
            row = under_review.shown(session, actor, submission_id)
            return tuple(_seen(session, row, one) for one in _sent(session, row))

    def content(self, actor: Actor, submission_id: str, attachment_id: str) -> Content:
        """A file with its bytes; raises ``NotFound``, ``Unavailable``."""
        with self._private.read() as session:
            row = under_review.shown(session, actor, submission_id)
            one = rows.one(_sent(session, row), attachment_id)
            item, address = _seen(session, row, one), one.address
        sealed = rows.fetched(self._store, address)
        with self._private.read() as session:
            return rows.unsealed(session, submission_id, item, sealed)


def _sent(session: Session, row: Submission) -> Sequence[Attachment]:
    """The files that were there when the report was sent last; what was added since waits."""
    found = rows.kept(session, row.id)
    if row.state != State.CHANGES_REQUESTED.value or row.submitted_at is None:
        return found
    return [one for one in found if one.created_at <= row.submitted_at]


def _seen(session: Session, row: Submission, one: Attachment) -> AttachmentView:
    """A file with its description as a title would be read: what the organization hides is a mark."""
    item = rows.view(session, one)
    if not item.description:
        return item
    language = steps.newest(session, row).account.get("language")
    line = {"title": item.description, "language": language}
    kept = chosen(session, [row.id]).get(row.id, {})
    return replace(item, description=title_for_reviewers(line, State(row.state), kept))
