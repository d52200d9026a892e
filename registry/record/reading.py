"""Reading public records, for pages, API and command line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from registry.db.public import PublicDatabase
from registry.record import changes, relations, store
from registry.record.hearing import EVERYBODY, Hearing, surely, told
from registry.record.relations import PointingPage
from registry.record.types import Change, PublicRecord


class Records:
    """What anybody may read."""

    def __init__(self, public: PublicDatabase) -> None:
        self._public = public

    def read(self, record_id: str) -> PublicRecord:
        """The newest revision; raises ``NotFound``, or ``Gone`` with reason and successor."""
        with self._public.read() as session:
            return store.load(session, record_id)

    def read_many(self, ids: Sequence[str]) -> dict[str, PublicRecord]:
        """The newest revisions by id; missing and erased ones are left out."""
        with self._public.read() as session:
            return store.load_many(session, ids)

    def version(self, record_id: str, revision: int) -> PublicRecord:
        """One revision; raises ``NotFound`` or ``Gone``."""
        with self._public.read() as session:
            return store.load_version(session, record_id, revision)

    def versions(self, record_id: str) -> list[PublicRecord]:
        """Every revision, oldest first; raises ``NotFound`` or ``Gone``."""
        with self._public.read() as session:
            return store.versions(session, record_id)

    def pointing_to(
        self,
        record_id: str,
        kinds: Sequence[str],
        *,
        after: tuple[date, str] | None = None,
        limit: int = 20,
        hearing: Hearing = EVERYBODY,
    ) -> PointingPage:
        """What stands and points to a record in these ways, newest first; nothing where it is not here."""
        with self._public.read() as session:
            kinds = told(session, record_id, kinds, hearing)
            return relations.pointing_to(
                session, record_id, kinds, after=after, limit=limit, unheard=hearing.unheard
            )

    def surely_seen(self, record_id: str, hearing: Hearing = EVERYBODY) -> int:
        """How many different organizations at the least have "seen it here too"."""
        with self._public.read() as session:
            return surely(session, record_id, hearing)

    def merged_into(self, record_id: str) -> list[str]:
        """The ids of the records that were merged into this one."""
        with self._public.read() as session:
            return relations.merged_into(session, record_id)

    def newest(self, *, before: str = "", limit: int = 50) -> list[PublicRecord]:
        """Records that can be read, in the order of their ids, from behind ``before`` backwards."""
        with self._public.read() as session:
            return store.backwards(session, before, limit)

    def changes_since(self, seq: int, limit: int = 500) -> list[Change]:
        """What changed after a position, in order; the feed of the index."""
        with self._public.read() as session:
            return changes.changes_since(session, seq, limit)

    def position(self) -> int:
        """Position of the newest change."""
        with self._public.read() as session:
            return changes.last_position(session)

    def count(self) -> int:
        """How many records can be read."""
        with self._public.read() as session:
            return changes.count_records(session)
