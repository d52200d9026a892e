"""Use cases of an organization: attach a file to its report, say what it shows, remove it.

Adding takes three steps, so that no crash leaves a file that nobody knows of, and no transaction waits for
a picture to be drawn or for a store far away: a row is written that says where the file will lie; the
file is stored for good; the row is made to count.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from registry import audit
from registry.audit import Step
from registry.clock import Clock
from registry.db.columns import random_key
from registry.db.private import PrivateDatabase
from registry.errors import Conflict, NotFound, Stale, Unavailable
from registry.identity.rules import Actor, Permission, allowed, demand
from registry.identity.starting import by
from registry.intake import access, steps
from registry.intake.attachments import rows
from registry.intake.attachments.cleaning import cleaned
from registry.intake.attachments.models import Attachment, Standing
from registry.intake.attachments.rules import FILE_MAX, Clean, described, make_room, too_large
from registry.intake.attachments.stores import Store, address_of
from registry.intake.attachments.views import Added, Attached, Content
from registry.intake.models import Submission
from registry.intake.rules import EDITABLE, State
from registry.intake.vault.keys import keys_of


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: its name, of which only the ending is looked at, and its bytes."""

    name: str
    data: bytes


class Attachments:
    """What an organization attaches to its own reports."""

    def __init__(self, private: PrivateDatabase, store: Store, clock: Clock) -> None:
        self._private, self._store, self._clock = private, store, clock

    def of(self, actor: Actor, submission_id: str) -> Attached:
        """The files of one's own report; raises ``NotFound``."""
        with self._private.read() as session:
            row = access.shown(session, actor, submission_id, Permission.READ_SUBMISSIONS)
            return self._attached(session, actor, row)

    def prepare(self, actor: Actor, submission_id: str, *, expected: int | None, size: int = 0) -> None:
        """Raises what ``add`` would raise of a file of this size, before anything is done with the file."""
        with self._private.read() as session:
            row = access.shown(session, actor, submission_id, Permission.WRITE_SUBMISSIONS)
            access.refuse_changes(row, expected)
            make_room(rows.held(session, row, self._clock()), taken=size, kept=0)

    def add(
        self, actor: Actor, submission_id: str, upload: Upload, description: str, *, expected: int | None
    ) -> Added:
        """Attach a file; an empty description can be written later.

        Raises ``Invalid`` (also as ``FileTooLarge``, 413) with what to do instead, ``DayIsFull``, ``Stale``,
        ``Conflict`` once the report is sent, ``NotFound``, and ``Unavailable`` where nothing was stored.
        """
        demand(actor, Permission.WRITE_SUBMISSIONS)
        told = described(description) if description else ""
        if len(upload.data) > FILE_MAX:
            raise too_large()
        self.prepare(actor, submission_id, expected=expected, size=len(upload.data))
        clean = cleaned(upload.name, upload.data)
        sealed = _Sealed(random_key(), clean, told)
        data = self._announce(actor, submission_id, sealed, len(upload.data))
        self._store.put(data)
        try:
            return self._count_in(actor, submission_id, sealed.id, expected)
        except (Conflict, Stale, NotFound):
            self._store.delete(address_of(data))  # no row counts it, and none will
            raise

    def describe(
        self, actor: Actor, submission_id: str, attachment_id: str, text: str, *, expected: int | None
    ) -> Attached:
        """Say what a file shows; raises as ``add``."""
        told = described(text)
        with self._private.work() as session:
            row, one = self._changed(session, actor, submission_id, attachment_id, expected)
            one.description = _sealed_text(session, row.id, one.id, told)
            self._note(session, actor, row, "describe-attachment", one)
            return self._attached(session, actor, row)

    def remove(
        self, actor: Actor, submission_id: str, attachment_id: str, *, expected: int | None
    ) -> Attached:
        """Remove a file for good; raises as ``add``."""
        with self._private.work() as session:
            row, one = self._changed(session, actor, submission_id, attachment_id, expected)
            address = one.address
            one.standing, one.ended_at = Standing.REMOVED.value, self._clock()
            one.description = one.glimpse = None
            self._note(session, actor, row, "detach", one)
            session.flush()
            left = self._attached(session, actor, row)
        try:
            self._store.delete(address)
        except Unavailable:
            return left  # the row says that it must go, and ``sweeping`` sees to it
        return left

    def content(self, actor: Actor, submission_id: str, attachment_id: str) -> Content:
        """A file with its bytes; raises ``NotFound``, ``Unavailable``."""
        with self._private.read() as session:
            row = access.shown(session, actor, submission_id, Permission.READ_SUBMISSIONS)
            one = rows.one(rows.kept(session, row.id), attachment_id)
            item, address = rows.view(session, one), one.address
        sealed = rows.fetched(self._store, address)
        with self._private.read() as session:
            return rows.unsealed(session, submission_id, item, sealed)

    def _announce(self, actor: Actor, submission_id: str, file: _Sealed, taken: int) -> bytes:
        """Write the row that says where the file will lie; returns the file, sealed."""
        clean = file.clean
        with self._private.work() as session:
            row = access.held(session, actor, submission_id, Permission.WRITE_SUBMISSIONS)
            make_room(rows.held(session, row, self._clock()), taken=taken, kept=len(clean.data))
            seal = keys_of(session).seal
            data = seal(session, row.id, clean.data, rows.filing(file.id))
            session.add(
                Attachment(
                    id=file.id,
                    submission_id=row.id,
                    standing=Standing.PENDING.value,
                    address=address_of(data),
                    media=clean.media.value,
                    size=len(clean.data),
                    taken=taken,
                    width=clean.width,
                    height=clean.height,
                    glimpse=seal(session, row.id, clean.glimpse, rows.glimpsing(file.id)),
                    description=_sealed_text(session, row.id, file.id, file.description),
                    author_id=actor.id,
                    created_at=self._clock(),
                )
            )
        return data

    def _count_in(self, actor: Actor, submission_id: str, attachment_id: str, expected: int | None) -> Added:
        """Let the stored file count, if the report is still as the actor saw it."""
        with self._private.work() as session:
            row = access.held(session, actor, submission_id, Permission.WRITE_SUBMISSIONS)
            one = session.get(Attachment, attachment_id)
            if one is None or one.standing != Standing.PENDING.value:
                raise Unavailable(retry_after=1)  # it took so long that it was swept away
            access.refuse_changes(row, expected)
            make_room(rows.held(session, row, self._clock()), taken=0, kept=one.size)
            rows.keep(row, one, self._clock())
            self._note(session, actor, row, "attach", one)
            session.flush()
            attached = self._attached(session, actor, row)
            return Added(next(item for item in attached.items if item.id == one.id), attached)

    def _changed(
        self, session: Session, actor: Actor, submission_id: str, attachment_id: str, expected: int | None
    ) -> tuple[Submission, Attachment]:
        row = access.held(session, actor, submission_id, Permission.WRITE_SUBMISSIONS)
        one = rows.one(rows.kept(session, row.id), attachment_id)
        access.refuse_changes(row, expected)
        return row, one

    def _note(self, session: Session, actor: Actor, row: Submission, action: str, one: Attachment) -> None:
        now = self._clock()
        row.lock += 1
        row.updated_at = now
        step = Step(steps.SUBJECT, row.id, action, row.state, row.state, one.media)
        audit.append(session, step, by(actor), now)

    def _attached(self, session: Session, actor: Actor, row: Submission) -> Attached:
        found = rows.kept(session, row.id)
        writes = allowed(actor, Permission.WRITE_SUBMISSIONS, row.organization_id, row.state)
        return Attached(
            tuple(rows.view(session, one) for one in found),
            row.lock,
            State(row.state),
            writes and State(row.state) in EDITABLE,
        )


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A file about to be sealed, under its id."""

    id: str
    clean: Clean
    description: str


def _sealed_text(session: Session, submission_id: str, attachment_id: str, text: str) -> bytes | None:
    if not text:
        return None
    purpose = rows.describing(attachment_id)
    return keys_of(session).seal(session, submission_id, text.encode("utf-8"), purpose)
