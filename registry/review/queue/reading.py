"""Reading the review queue, without the reader's own organization's reports."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import NotFound
from registry.identity.rules import GUEST, Actor, Permission, demand
from registry.intake.models import Submission
from registry.intake.paging import encode
from registry.intake.personal.deciding import Chosen, chosen, title_for_reviewers
from registry.intake.rules import State
from registry.intake.similar.rules import Kind
from registry.intake.vault.keys import keys_of
from registry.intake.views import Page, summary
from registry.intake.waiting.lines import NO_LANGUAGE, sectors
from registry.intake.waiting.rules import is_late
from registry.review.holding import claim_view
from registry.review.models import Claim
from registry.review.queue.counting import Counts, counts
from registry.review.queue.kinds import open_states
from registry.review.queue.picking import picked, place, readable
from registry.review.queue.rules import OPEN, QueueRequest
from registry.review.views import QueueItem

COMPARED_MAX = 300
"""Reports whose titles are looked at for one that may tell of the same event."""
Picks = Callable[[Sequence[tuple[str, str]]], Collection[str]]
"""(Id, title) of reports → the ids of those to look at."""


class ReviewQueue:
    """What a reviewer sees of the queue."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private = private
        self._clock = clock

    def page(self, actor: Actor, request: QueueRequest) -> Page[QueueItem]:
        """One page of the queue; raises ``NotAllowed``, ``Invalid``, ``NotFound`` for a state not in it."""
        demand(actor, Permission.READ_REVIEWS)
        if request.state not in OPEN:
            raise NotFound
        request.check()
        with self._private.read() as session:
            query = picked(session, actor, request, self._clock()).limit(request.limit + 1)
            found = session.execute(query).all()
            shown = found[: request.limit]
            lines = [(row, claim, since) for row, claim, _, since, _ in shown]
            items = tuple(
                replace(item, given=line.given)
                for item, line in zip(self._items(session, actor, lines), shown, strict=True)
            )
            more = encode(shown[-1].place, shown[-1][0].id) if len(found) > len(shown) else None
        return Page(items, more)

    def counts(self, actor: Actor) -> Counts:
        """How many wait in each queue and state, by the same rule as the pages."""
        demand(actor, Permission.READ_REVIEWS)
        with self._private.read() as session:
            return counts(session, actor, self._clock())

    def matching(self, actor: Actor, request: QueueRequest) -> int:
        """How many lines a request has on all its pages; raises as ``page``."""
        demand(actor, Permission.READ_REVIEWS)
        request.check()
        with self._private.read() as session:
            whole = picked(session, actor, request.whole(), self._clock()).order_by(None)
            counted = whole.with_only_columns(func.count(), maintain_column_froms=True)
            return session.scalar(counted) or 0

    def beside(self, actor: Actor, request: QueueRequest, key: str, *, backwards: bool = False) -> str | None:
        """The id of the line after a report (or before it) in the order of a request, or None at its end.

        The report itself need not be among the lines any more. Raises ``NotFound`` for one that is not there.
        """
        demand(actor, Permission.READ_REVIEWS)
        request.check()
        with self._private.read() as session:
            where = select(place(request)).where(readable(session, actor), Submission.id == key)
            at = session.scalar(where)
            if at is None:
                raise NotFound
            after = replace(request, cursor=encode(at, key))
            found = picked(session, actor, after, self._clock(), backwards=backwards).limit(1)
            row = session.scalar(found)
            return None if row is None else row.id

    def some(self, actor: Actor, keys: Sequence[str]) -> dict[str, QueueItem]:
        """The lines of these reports, whatever their state, by id; those that are not there are left out."""
        demand(actor, Permission.READ_REVIEWS)
        held = and_(Claim.submission_id == Submission.id, Claim.until > self._clock())
        query = (
            select(Submission, Claim, Submission.submitted_at)
            .outerjoin(Claim, held)
            .where(Submission.id.in_(keys), Submission.erased_at.is_(None))
        )
        with self._private.read() as session:
            query = query.where(readable(session, actor))
            found = [(row[0], row[1], row[2]) for row in session.execute(query)]
            return {item.submission.id: item for item in self._items(session, actor, found)}

    def resembling(self, actor: Actor, picks: Picks, *, but: str) -> tuple[QueueItem, ...]:
        """Those that ``picks`` takes by title, of the ``COMPARED_MAX`` reports that wait and were sent last.

        It is given titles as they were written, to spare most of them the search for personal details:
        whatever follows from a title goes by that of the line.
        """
        demand(actor, Permission.READ_REVIEWS)
        query = select(Submission).where(
            open_states(),
            Submission.kind == Kind.REPORT.value,
            Submission.record_id.is_(None),
            Submission.erased_at.is_(None),
            Submission.id != but,
        )
        last = query.order_by(Submission.submitted_at.desc(), Submission.id.desc()).limit(COMPARED_MAX)
        with self._private.read() as session:
            rows = list(session.scalars(last.where(readable(session, actor))))
            keys_of(session).fetch(session, [row.id for row in rows])
            taken = picks([(row.id, row.title) for row in rows])
            found = [row for row in rows if row.id in taken]
            return self._items(session, actor, [(row, None, row.submitted_at) for row in found])

    def _items(
        self,
        session: Session,
        actor: Actor,
        found: Sequence[tuple[Submission, Claim | None, datetime | None]],
    ) -> tuple[QueueItem, ...]:
        ids = [row.id for row, *_ in found]
        keys_of(session).fetch(session, ids)
        kept = chosen(session, ids)
        return tuple(self._item(actor, *line, kept.get(line[0].id, {})) for line in found)

    def _item(
        self, actor: Actor, row: Submission, claim: Claim | None, since: datetime | None, kept: Chosen
    ) -> QueueItem:
        language, state = row.coded_language or NO_LANGUAGE, State(row.state)
        title = title_for_reviewers({"title": row.title, "language": language}, state, kept)
        return QueueItem(
            submission=replace(summary(row), title=title),
            severity=row.coded_severity,
            sector=next(iter(sectors(row)), None),
            language=language,
            event=row.coded_event,
            guest=row.channel == GUEST,
            claim=claim_view(claim, actor, self._clock),
            since=since,
            in_state_since=row.state_at,
            due_at=row.due_at,
            late=is_late(state, row.due_at, self._clock()),
        )
