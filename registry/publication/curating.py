"""Reviewers' own reading of records of others: who may say it, its trail, its effect on the public side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from registry import audit
from registry.account.about import is_about_any
from registry.audit import Step
from registry.clock import Clock, today
from registry.db.columns import storable
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.errors import N_, Conflict, Invalid, NotFound, Problem, Stale
from registry.identity.kin.reading import ties_of
from registry.identity.rules import Actor, Permission, demand
from registry.identity.starting import by
from registry.privacy import scan
from registry.record import store
from registry.record.curation import keeping
from registry.record.curation.reading import Curations, Outdated
from registry.record.curation.rules import Reading, is_readable, problems
from registry.record.types import PublicRecord
from taxonomy import Taxonomy

SUBJECT = "curation"
CURATE, WITHDRAW = "curate-record", "withdraw-curation"
OWN = N_("This node published the record itself. It is corrected by a new version, not read otherwise.")
TIED = N_("This names an organization that you have to do with. Somebody else has to read it.")
PERSONAL = N_("Leave out names, numbers and addresses of people: it is public.")

SHOWN: Final = 50
"""Records that are listed at once."""
LOOKED_MAX: Final = 200
"""Records that are looked at for one list: many were revised in something else than what was read."""


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """A page of records, and the id behind which the next one begins; None where nothing is left."""

    lines: tuple[Outdated, ...]
    next: str | None


class CurationDesk:
    """Works on both sides: the trail first, then the public side, so that nothing is said without its trail.

    A crash in between leaves a step on the trail and the record as it was; saying it again does the rest.
    """

    def __init__(
        self, private: PrivateDatabase, public: PublicDatabase, taxonomy: Taxonomy, clock: Clock
    ) -> None:
        self._private, self._public, self._taxonomy, self._clock = private, public, taxonomy, clock
        self._curations = Curations(public)

    def outdated(self, actor: Actor, after: str = "") -> ToLookAt:
        """Records whose owners say something else since this node read them; raises ``NotAllowed``.

        A page of them, by id, from behind ``after`` on. Those that the actor has ties with are for others to
        look at, and are not there.
        """
        demand(actor, Permission.CURATE_RECORDS)
        found, last = list[Outdated](), after
        with self._private.read() as session:
            for looked, (record_id, one) in enumerate(self._curations.revised(after)):
                if looked == LOOKED_MAX or len(found) == SHOWN:
                    return ToLookAt(tuple(found), last)
                if one is not None and not _is_tied(session, actor, one.record):
                    found.append(one)
                last = record_id
        return ToLookAt(tuple(found), None)

    def first(self, actor: Actor) -> ToLookAt:
        """The first page; an empty one for those who do not review."""
        return self.outdated(actor) if actor.holds(Permission.CURATE_RECORDS) else ToLookAt((), None)

    def open(self, actor: Actor, record_id: str) -> PublicRecord:
        """The newest revision, to be read; raises ``NotAllowed``, ``NotFound``, ``Gone``, or ``Conflict``.

        A conflict is a record of this node itself, or one that names an organization of the reviewer's own.
        """
        demand(actor, Permission.CURATE_RECORDS)
        with self._public.read() as session:
            record = store.load(session, record_id)
        if not is_readable(record):
            raise Conflict(OWN)
        with self._private.read() as session:
            if _is_tied(session, actor, record):
                raise Conflict(TIED)
        return record

    def say(self, actor: Actor, record_id: str, reading: Reading, *, revision: int, edition: int) -> None:
        """Keep how a field of this revision is read; ``edition`` is that of the line before, 0 for none.

        Raises what ``open`` does, ``Invalid``, or ``Stale`` where record or line were changed meanwhile.
        """
        record = self.open(actor, record_id)
        found = problems(self._taxonomy, record, reading) or _personal(reading, record)
        if found:
            raise Invalid(found)
        if record.revision != revision or self._edition(record_id, reading.field) != edition:
            raise Stale
        self._note(actor, Step(SUBJECT, record_id, CURATE, None, str(revision), reading.field))
        with self._public.work() as session:
            keeping.hold(session)
            if store.load(session, record_id).revision != revision:
                raise Stale
            keeping.keep(session, record, reading, edition, today(self._clock))

    def withdraw(self, actor: Actor, record_id: str, field: str, *, edition: int) -> None:
        """Take a line back; raises what ``open`` does, ``NotFound``, or ``Stale``."""
        self.open(actor, record_id)
        standing = self._edition(record_id, field)
        if standing == 0:
            raise NotFound
        if standing != edition:
            raise Stale
        self._note(actor, Step(SUBJECT, record_id, WITHDRAW, None, None, field))
        with self._public.work() as session:
            keeping.hold(session)
            keeping.withdraw(session, record_id, field, edition)

    def _edition(self, record_id: str, field: str) -> int:
        """Asked before the trail is written: what cannot be done leaves no step, nor the name of no field."""
        with self._public.read() as session:
            return keeping.edition_of(session, record_id, storable(field))

    def _note(self, actor: Actor, step: Step) -> None:
        with self._private.work() as session:
            audit.append(session, step, by(actor), self._clock())


def _is_tied(session: Session, actor: Actor, record: PublicRecord) -> bool:
    """Whether the record names an organization that the actor has to do with."""
    return is_about_any(record.account, ties_of(session, actor).names)


def _personal(reading: Reading, record: PublicRecord) -> list[Problem]:
    """What certainly points at a person must not be written; what was typed names it where it stands."""
    because = reading.because, record.account.language
    written = {"/text": (reading.text, reading.language), "/because": because}
    return [
        Problem(pointer, PERSONAL)
        for pointer, (text, language) in written.items()
        if any(one.certain for one in scan(text, language))
    ]
