"""More records than the collections have: copies of real ones with their sentences in another order.

Only in a temporary folder of the bench; nothing of it is kept.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

from registry.clock import system_clock, today
from registry.config import Settings
from registry.db.public import PublicDatabase
from registry.record import changes, store
from registry.record.reading import Records
from registry.record.types import Incoming, PublicRecord
from taxonomy import load

BATCH = 500


def grow_to(folder: Path, size: int) -> None:
    """Add shuffled copies until the node holds ``size`` records; the same ones every time."""
    database = PublicDatabase(Settings(data_dir=folder).public_url)
    order = random.Random(20261124)  # noqa: S311 - the same order every time
    with database.read() as session:
        real = [change.record for change in changes.changes_since(session, 0, size) if change.record]
    wanted = size - Records(database).count()
    copies = [_copy(order.choice(real), number, order) for number in range(wanted)]
    for start in range(0, len(copies), BATCH):
        with database.work() as session:
            for incoming in copies[start : start + BATCH]:
                store.keep_external(session, incoming, load().version, today(system_clock))
    database.close()


def _copy(record: PublicRecord, number: int, order: random.Random) -> Incoming:
    sentences = re.split(r"(?<=[.!?])\s+", record.account.text)
    order.shuffle(sentences)
    account = replace(record.account, text=" ".join(sentences))
    return Incoming(
        id=f"bench:{number}",
        type=record.type,
        provenance=replace(record.provenance, source="bench", source_id=str(number)),
        account=account,
        derived=record.derived,
        raw=record.raw,
    )
