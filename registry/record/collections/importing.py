"""Put what a reader gives into the public database, some hundred rows at a time.

Every batch is one unit of work, so an import may be interrupted and run again: what is there already
is left as it is. Nothing is ever deleted; what changed gets a new revision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from sqlalchemy.orm import Session

from registry.db.public import PublicDatabase
from registry.record import counters
from registry.record.collections import aiid, atlas, avid, jsonl, jsonl_exported
from registry.record.collections.assembling import Assembler
from registry.record.collections.rows import Row, RowProblem, Skipped
from registry.record.models import RecordRow
from registry.record.store import keep_external
from registry.record.types import Incoming, Outcome
from taxonomy import Taxonomy

BATCH = 200
"""Rows of one unit of work: short enough that other writers hardly wait, long enough to be fast."""
PROBLEMS_MAX = 1_000
"""Problems that are remembered; all are counted."""

READERS: dict[str, Callable[[Path, Assembler], Iterator[Row]]] = {
    "aiid": aiid.read,
    "avid": avid.read,
    "atlas": atlas.read,
    "jsonl": jsonl.read,
}
"""Kinds of collections that can be imported."""


@dataclass(slots=True)
class Counts:
    """What an import did so far; ``read`` is the sum of the other four."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        """Rows that were looked at."""
        return self.created + self.updated + self.unchanged + self.rejected

    @property
    def kept(self) -> int:
        """Rows that are in the database now."""
        return self.read - self.rejected

    def to_json(self) -> dict[str, int]:
        """The counts alone."""
        return {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
        }


Progress = Callable[[Counts], None]
"""Called after each unit of work."""


def read_collection(kind: str, path: Path, taxonomy: Taxonomy, today: date) -> Iterator[Row]:
    """The rows of a collection; ``kind`` is a key of ``READERS``. Raises ``OSError``."""
    return READERS[kind](path, Assembler(taxonomy, today))


def import_collection(
    public: PublicDatabase,
    rows: Iterable[Row],
    taxonomy_version: str,
    today: date,
    progress: Progress | None = None,
) -> Counts:
    """Keep every record among the rows; returns the counts. Raises ``Unavailable``."""
    counts = Counts()
    incoming = _records(rows, counts)
    while batch := list(islice(incoming, BATCH)):
        with public.work() as session:
            # Imports at the same time wait here for each other instead of creating a record twice.
            counters.hold(session, counters.CHANGES)
            outcomes = Counter(_keep(session, record, taxonomy_version, today) for record in batch)
        counts.created += outcomes[Outcome.CREATED]
        counts.updated += outcomes[Outcome.UPDATED]
        counts.unchanged += outcomes[Outcome.UNCHANGED]
        if progress is not None:
            progress(counts)
    return counts


def _keep(session: Session, record: Incoming, taxonomy_version: str, today: date) -> Outcome:
    """Keep a record, unless it is one that this node itself has, come back from a file."""
    foreign_node = record.provenance.source == jsonl_exported.SOURCE
    if foreign_node and session.get(RecordRow, record.provenance.source_id) is not None:
        return Outcome.UNCHANGED
    return keep_external(session, record, taxonomy_version, today)


def _records(rows: Iterable[Row], counts: Counts) -> Iterator[Incoming]:
    """The records among the rows, counting the rest as they go by."""
    last: tuple[str, int] | None = None
    for row in rows:
        if isinstance(row, Incoming):
            yield row
        elif isinstance(row, Skipped):
            counts.skipped[row.what] += row.count
        else:
            place = (row.file, row.line)
            counts.rejected += place != last  # a row may have several problems
            last = place
            if len(counts.problems) < PROBLEMS_MAX:
                counts.problems.append(row)
