"""Claims for programs that keep copies: all that were told, by node and position or as they were told.

What is not to be read any more is not given out from the moment on at which it is so, whether or not the
order was brought up to it (``claim_following.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from registry.db.public import PublicDatabase
from registry.federation.claim_rows import MODE, OBJECT, STATES, SUBJECT, TOLD, joined, stand_of
from registry.federation.claim_rules import THE_NODE, Stand, Version, claim_uuid
from registry.federation.models import ClaimRow, PeerRow, ToldClaimRow

_SPEAKER: Final = (PeerRow.node_id.label("node"), PeerRow.name.label("name"), PeerRow.url.label("url"))
_AT_ONCE: Final = 500
_SHORT: Final = 10
_Row = Row[ToldClaimRow, ClaimRow, str, str, str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Speaker:
    """The node whose word it is: its full id, its name, and where it is."""

    id: str
    name: str
    url: str

    @property
    def short(self) -> str:
        """The beginning of its id, by which its records are known."""
        return self.id[:_SHORT]


@dataclass(frozen=True, slots=True)
class Tie:
    """What is said: how a record (``subject``) belongs to another one, and of which types they are."""

    relation: str
    subject: str
    object: str
    types: tuple[str, str]
    withdrawn: int | None


@dataclass(frozen=True, slots=True)
class ToldClaim:
    """A claim as it was told last, at its place ``seq``; ``tie`` is None of one that is gone.

    At the position ``THE_NODE`` the node itself is told, which has no tie either.
    """

    seq: int
    position: int
    begun: date
    changed: date
    version: Version
    speaker: Speaker
    tie: Tie | None

    def to_json(self) -> dict[str, Any]:
        """As a line of a dump; only of one with a tie."""
        tie = self.tie
        said = {"relation": tie.relation, "record": tie.subject, "related": tie.object} if tie else {}
        told = {"since": self.begun.isoformat(), "changed": self.changed.isoformat()}
        back = {"withdrawn": tie.withdrawn} if tie and tie.withdrawn is not None else {}
        whose = {"node": self.speaker.id, "node_name": self.speaker.name, "position": self.position}
        return whose | said | {"state": self.version.stand.value} | told | back


@dataclass(frozen=True, slots=True)
class Asked:
    """Which: told last on these days (both included), by the node with this short id; '' is any."""

    first: date | None = None
    last: date | None = None
    origin: str = ""


class ToldClaims:
    """Reading them; ``own`` is this node."""

    def __init__(self, public: PublicDatabase, own: Speaker) -> None:
        self._public, self._own = public, own

    def every(self) -> Iterator[ToldClaim]:
        """Those with a tie by node and position, as they were at one moment; a few in memory at a time."""
        asked = _asked().where(ToldClaimRow.position != THE_NODE, ToldClaimRow.stand != Stand.GONE.value)
        asked = asked.order_by(ToldClaimRow.origin, ToldClaimRow.position)
        with self._public.read() as session:
            for row in session.execute(asked.execution_options(yield_per=_AT_ONCE)):
                found = self._read(row)
                if found.tie is not None:
                    yield found

    def page(self, *, after: int, limit: int) -> tuple[list[ToldClaim], bool]:
        """At most ``limit`` in the order of being told, from beyond a place; and whether there are more."""
        return self._some([], after, limit)

    def listed(self, wanted: Asked, *, after: int, limit: int) -> tuple[list[ToldClaim], bool]:
        """The same without nodes, of these days and this node only."""
        where = [ToldClaimRow.position != THE_NODE]
        if wanted.first is not None:
            where.append(ToldClaimRow.changed >= wanted.first)
        if wanted.last is not None:
            where.append(ToldClaimRow.changed <= wanted.last)
        if wanted.origin:
            where.append(ToldClaimRow.origin == wanted.origin)
        return self._some(where, after, limit)

    def one(self, origin: str, position: int) -> ToldClaim | None:
        """What a node, by its short id, says in the entry at this position; None where it was never told."""
        at = (ToldClaimRow.origin == origin, ToldClaimRow.position == position)
        with self._public.read() as session:
            row = session.execute(_asked().where(*at)).one_or_none()
            return None if row is None else self._read(row)

    def origins(self) -> list[Speaker]:
        """The nodes of whose claims any was told, by id."""
        asked = (
            select(*_SPEAKER)
            .select_from(ToldClaimRow)
            .outerjoin(PeerRow, PeerRow.short == ToldClaimRow.origin)
            .where(ToldClaimRow.position != THE_NODE)
            .distinct()
        )
        with self._public.read() as session:
            found = [self._speaker(row) for row in session.execute(asked)]
        return sorted(found, key=lambda one: one.id)

    def days(self) -> tuple[date, date] | None:
        """The first and the last day on which any was told last; None where there is none."""
        asked = select(func.min(ToldClaimRow.changed), func.max(ToldClaimRow.changed))
        with self._public.read() as session:
            first, last = session.execute(asked).one()
        return None if first is None else (first, last)

    def by_uuid(self, known: str) -> ToldClaim | None:
        """The one that other formats know by this UUID, now or in an earlier epoch; None without one."""
        key = (ToldClaimRow.origin, ToldClaimRow.position, ToldClaimRow.epoch)
        with self._public.read() as session:
            row = session.execute(_asked().where(ToldClaimRow.uuid == known)).one_or_none()
            if row is not None:
                return self._read(row)
            again = session.execute(select(*key).where(ToldClaimRow.epoch > 0))
            found = (
                (origin, position)
                for origin, position, epoch in again
                if known in (claim_uuid(origin, position, n) for n in range(epoch))
            )
            at = next(found, None)
        return None if at is None else self.one(*at)

    def node_by(self, known: str, name: Callable[[Speaker], str]) -> ToldClaim | None:
        """A node that has said something, by what other formats call it; None where it has not."""
        asked = _asked().where(ToldClaimRow.position == THE_NODE).order_by(ToldClaimRow.origin)
        with self._public.read() as session:
            found = (self._read(row) for row in session.execute(asked))
            return next((one for one in found if name(one.speaker) == known), None)

    def first_on(self, day: date) -> int | None:
        """Place of the first that was told on this day or later; None where there is none."""
        with self._public.read() as session:
            return session.scalar(select(func.min(ToldClaimRow.seq)).where(ToldClaimRow.changed >= day))

    def position(self) -> int:
        """Place of the one that was told last; 0 when there is none."""
        with self._public.read() as session:
            return session.scalar(select(func.max(ToldClaimRow.seq))) or 0

    def _some(
        self, where: Sequence[ColumnElement[bool]], after: int, limit: int
    ) -> tuple[list[ToldClaim], bool]:
        asked = _asked().where(ToldClaimRow.seq > after, *where)
        with self._public.read() as session:
            rows = session.execute(asked.order_by(ToldClaimRow.seq).limit(limit + 1))
            found = [self._read(row) for row in rows]
        return found[:limit], len(found) > limit

    def _read(self, row: _Row) -> ToldClaim:
        told: ToldClaimRow = row.ToldClaimRow
        version, speaker = version_of(told), self._speaker(row)
        is_claim = told.position != THE_NODE
        # Its entry was proved when it was given out.
        if is_claim and version.stand is not Stand.GONE and stand_of(row, proved=True) is Stand.GONE:
            version = replace(version, stand=Stand.GONE, edition=version.edition + 1)
        tie = None
        if is_claim and version.stand is not Stand.GONE:
            said = row.ClaimRow
            types = (row.subject_type, row.object_type)
            tie = Tie(said.relation, said.subject, said.object, types, said.withdrawn)
        return ToldClaim(told.seq, told.position, told.begun, told.changed, version, speaker, tie)

    def _speaker(self, row: Row[*tuple[Any, ...]]) -> Speaker:
        """This node, which is no peer of itself, or another one."""
        return self._own if row.node is None else Speaker(row.node, row.name, row.url)


def version_of(row: ToldClaimRow) -> Version:
    """The version that a row holds."""
    return Version(Stand(row.stand), (row.subject_epoch, row.object_epoch), row.epoch, row.edition)


def _asked() -> Select[ToldClaimRow, ClaimRow, str, str, str, str, str, str, str, str]:
    """What was told, with who says so and what became of both records."""
    types = SUBJECT.type.label("subject_type"), OBJECT.type.label("object_type")
    said = select(ToldClaimRow, ClaimRow, *_SPEAKER, MODE, *STATES, *types).outerjoin(ClaimRow, TOLD)
    there = or_(ToldClaimRow.position == THE_NODE, ClaimRow.origin.is_not(None))
    return joined(said, ToldClaimRow.origin).where(there)
