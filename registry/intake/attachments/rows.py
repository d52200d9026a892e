"""Reading a report's attachments inside the unit of work of whoever asks, organization or reviewer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from registry.errors import N_, NotFound, Unavailable
from registry.intake.attachments.models import Attachment, Standing
from registry.intake.attachments.rules import Held, Media
from registry.intake.attachments.stores import RETRY_AFTER, Store
from registry.intake.attachments.views import AttachmentView, Content
from registry.intake.models import Submission
from registry.intake.vault.keys import keys_of

DAY = timedelta(days=1)


class Lost(Unavailable):
    """A row is there and its file is not: the store has to be looked after."""

    message = N_("This file is not in its store at the moment. Whoever runs this node has to look after it.")


def kept(session: Session, submission_id: str) -> Sequence[Attachment]:
    """The files of a report, oldest first."""
    query = (
        select(Attachment)
        .where(Attachment.submission_id == submission_id, Attachment.standing == Standing.KEPT.value)
        .order_by(Attachment.number)
    )
    return session.scalars(query).all()


def one(rows: Sequence[Attachment], attachment_id: str) -> Attachment:
    """One of these; raises ``NotFound``."""
    for row in rows:
        if row.id == attachment_id:
            return row
    raise NotFound


def keep(row: Submission, one: Attachment, at: datetime) -> None:
    """Let a stored file count, under a number that no other file of the report ever had or gets.

    The caller holds the report, so that no two files are numbered at once.
    """
    row.files_numbered += 1
    one.number, one.standing, one.created_at = row.files_numbered, Standing.KEPT.value, at


def held(session: Session, row: Submission, now: datetime) -> Held:
    """How much the report holds, and how much its organization attached within a day."""
    mine = kept(session, row.id)
    within = (
        select(func.coalesce(func.sum(Attachment.taken), 0))
        .join(Submission, Submission.id == Attachment.submission_id)
        .where(Submission.organization_id == row.organization_id, Attachment.created_at > now - DAY)
    )
    return Held(len(mine), sum(one.size for one in mine), int(session.scalar(within) or 0))


def view(session: Session, row: Attachment) -> AttachmentView:
    """The row of a kept file with what is sealed in it; raises ``Shredded`` once the report's key is gone."""
    return AttachmentView(
        id=row.id,
        number=row.number or 0,
        media=Media(row.media),
        size=row.size,
        width=row.width,
        height=row.height,
        description=description(session, row),
        glimpse=_opened(session, row, row.glimpse, glimpsing(row.id)),
        created_at=row.created_at,
    )


def description(session: Session, row: Attachment) -> str:
    """What a file shows; '' where nobody has said so."""
    return _opened(session, row, row.description, describing(row.id)).decode("utf-8")


def end(session: Session, submission_id: str, at: datetime) -> int:
    """Let go of every file of a report, in the caller's unit of work; says how many there were."""
    count = len(kept(session, submission_id))
    session.execute(
        update(Attachment)
        .where(Attachment.submission_id == submission_id, Attachment.standing != Standing.REMOVED.value)
        .values(standing=Standing.REMOVED.value, ended_at=at, description=None, glimpse=None)
    )
    return count


def fetched(store: Store, address: str) -> bytes:
    """The sealed file; asked for outside of any unit of work, since the store may be far away."""
    sealed = store.get(address)
    if sealed is None:
        raise Lost(retry_after=RETRY_AFTER)
    return sealed


def unsealed(session: Session, submission_id: str, item: AttachmentView, sealed: bytes) -> Content:
    """The file itself; raises ``Shredded`` once the report's key is gone."""
    return Content(item, keys_of(session).open(session, submission_id, sealed, filing(item.id)))


def filing(attachment_id: str) -> str:
    """The purpose that a file is sealed for."""
    return f"attachment {attachment_id}"


def describing(attachment_id: str) -> str:
    """The purpose that a description is sealed for."""
    return f"attachment {attachment_id} description"


def glimpsing(attachment_id: str) -> str:
    """The purpose that a glimpse is sealed for."""
    return f"attachment {attachment_id} glimpse"


def _opened(session: Session, row: Attachment, sealed: bytes | None, purpose: str) -> bytes:
    return b"" if sealed is None else keys_of(session).open(session, row.submission_id, sealed, purpose)
