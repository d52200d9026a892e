"""Use cases: check a file of reports, and keep what is good of it, all or nothing unless asked otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from threading import BoundedSemaphore

from sqlalchemy.orm import Session

from registry.clock import Clock, today
from registry.db.columns import random_key
from registry.db.private import PrivateDatabase
from registry.errors import N_, Conflict, Unavailable
from registry.identity.rules import Actor, Permission, demand
from registry.identity.starting import by
from registry.intake import creation
from registry.intake.bulk import marks, reading
from registry.intake.bulk.checking import Progress, Terms, checked
from registry.intake.bulk.limits import AT_ONCE, PATIENCE, SCANNED_MAX
from registry.intake.bulk.marks import Mark, Marks
from registry.intake.bulk.report import Fate, Kept, Report, Row
from registry.intake.bulk.table import Table
from registry.intake.creation import NewSubmission
from registry.intake.labels import Label, stricter
from registry.intake.receipts import receipt_code
from registry.intake.rules import State
from taxonomy import Taxonomy

CHANNEL = "bulk"
BUSY = N_("Other files are being checked at the moment. Please try again in a little while.")
OTHER_FILE = N_("This Idempotency-Key was used for another file, or with another wish, already.")


@dataclass(frozen=True, slots=True)
class Received:
    """A file as read, and its bytes."""

    table: Table
    raw: bytes


@dataclass(frozen=True, slots=True)
class Wish:
    """What should be done: send the rows to review or keep them as drafts; leave out those that cannot be.

    ``key`` is the sender's ``Idempotency-Key``: the same file with the same key gets the same answer.
    """

    submit: bool = False
    only_good: bool = False
    key: str | None = None


class BulkIntake:
    """Files of reports of an organization."""

    def __init__(
        self,
        private: PrivateDatabase,
        taxonomy: Taxonomy,
        clock: Clock,
        secret_key: str,
        refuse: Callable[[], None],
    ) -> None:
        """``refuse`` raises ``Conflict`` where this node takes no reports any more."""
        self._private = private
        self._taxonomy = taxonomy
        self._clock = clock
        self._secret_key = secret_key
        self._marks = Marks(secret_key)
        self._refuse = refuse
        self._turns = BoundedSemaphore(AT_ONCE)

    def read(self, actor: Actor, raw: bytes) -> Received:
        """The table in a file; raises ``Malformed`` for what is none, ``TooLarge`` beyond bounds."""
        demand(actor, Permission.WRITE_SUBMISSIONS)
        with self._turn():
            return Received(reading.read(raw, self._taxonomy), raw)

    def check(
        self,
        actor: Actor,
        received: Received,
        *,
        language: str,
        scanned: int | None = SCANNED_MAX,
        progress: Progress | None = None,
    ) -> Report:
        """All that can be said of a file; nothing is stored. Raises ``Malformed`` and ``Invalid``."""
        demand(actor, Permission.WRITE_SUBMISSIONS)
        terms = Terms(language, today(self._clock), scanned)
        with self._turn():
            report = checked(received.table, self._taxonomy, terms, progress)
        with self._private.read() as session:
            return self._with_known(session, actor, report, None)

    def store(self, actor: Actor, received: Received, report: Report, wish: Wish) -> Report:
        """Keep what ``check`` reported of this file, in one transaction; tells what became of each row.

        Nothing is stored where a row cannot be, unless only the good ones are wished. What was stored
        before is not stored again. Raises ``Conflict`` where the key was used for something else.
        """
        demand(actor, Permission.WRITE_SUBMISSIONS)
        asked = self._marks.request(received.raw, wish.submit, wish.only_good)
        with self._private.work() as session:
            marks.wait_for(session, actor.organization_id)
            return self._stored(session, actor, report, wish, asked)

    def _stored(self, session: Session, actor: Actor, report: Report, wish: Wish, asked: str) -> Report:
        first = self._first_answer(session, actor, wish, asked)
        known = self._with_known(session, actor, report, first)
        if first is not None:
            return replace(known, stored=True)
        self._refuse()
        if known.refused(submit=wish.submit) and not wish.only_good:
            return known
        now = self._clock()
        out = {row.number for row in known.refused(submit=wish.submit)}
        rows = [
            row
            if row.fate is Fate.KNOWN or row.number in out
            else self._write(session, actor, row, now, submit=wish.submit)
            for row in known.rows
        ]
        made = [row for row in rows if row.fate is Fate.STORED]
        marks.keep(session, actor.organization_id, map(self._mark, made), now)
        if wish.key is not None and made and made[0].kept is not None:
            name = self._marks.of_file(wish.key)
            marks.keep(session, actor.id, [(name, asked, made[0].kept.id)], now)
        return replace(known, rows=tuple(rows), stored=True)

    def _write(self, session: Session, actor: Actor, row: Row, at: datetime, *, submit: bool) -> Row:
        if row.account is None:
            raise ValueError(row.number)  # only good rows come here, and those have an account
        key = random_key()
        new = NewSubmission(
            id=key,
            organization_id=actor.organization_id,
            author_id=actor.id,
            account=row.account,
            receipt=receipt_code(self._secret_key, key),
            channel=CHANNEL,
            at=at,
            submit=submit,
            demo=False,
            label=stricter(Label.CLEAR, row.account.to_json()),
        )
        creation.write(session, new, by(actor))
        return replace(row, fate=Fate.STORED, kept=Kept(key, new.state, new.receipt))

    def _first_answer(self, session: Session, actor: Actor, wish: Wish, asked: str) -> Mark | None:
        """The mark of this very request, if it was answered before; raises ``Conflict`` for another one."""
        if wish.key is None:
            return None
        name = self._marks.of_file(wish.key)
        found = marks.find(session, actor.id, [name]).get(name)
        if found is not None and found.said != asked:
            raise Conflict(OTHER_FILE)
        return found

    def _with_known(self, session: Session, actor: Actor, report: Report, first: Mark | None) -> Report:
        """The report with the rows that are stored; those of the first answer are told as they were then."""
        names = self._names(report.rows)
        held = marks.find(session, actor.organization_id, list(names.values()))
        rows = [self._known(row, held.get(names.get(row.number, "")), first) for row in report.rows]
        return replace(report, rows=tuple(rows))

    def _known(self, row: Row, mark: Mark | None, first: Mark | None) -> Row:
        if mark is None:
            return row
        changed = row.account is not None and self._marks.said(row.account) != mark.said
        if first is None and mark.state is State.WITHDRAWN:
            return row  # it was taken back; who sends it again means it
        if first is not None and mark.at == first.at:
            receipt = receipt_code(self._secret_key, mark.submission_id)
            return replace(row, fate=Fate.STORED, kept=Kept(mark.submission_id, mark.state, receipt))
        return replace(row, fate=Fate.KNOWN, kept=Kept(mark.submission_id, mark.state, changed=changed))

    def _names(self, rows: Sequence[Row]) -> dict[int, str]:
        """Row number → name, of rows that could be stored."""
        return {
            row.number: self._marks.of_row(row.account, row.reference)
            for row in rows
            if row.account is not None and row.fate is not Fate.WRONG
        }

    def _mark(self, row: Row) -> tuple[str, str, str]:
        if row.account is None or row.kept is None:
            raise ValueError(row.number)  # what was stored has both
        return self._marks.of_row(row.account, row.reference), self._marks.said(row.account), row.kept.id

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=PATIENCE):
            raise Unavailable(BUSY, retry_after=5)
        try:
            yield
        finally:
            self._turns.release()
