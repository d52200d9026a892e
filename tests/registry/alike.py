"""Public reports that look alike, put straight into a public database."""

from __future__ import annotations

from typing import Any

from registry.account import Account
from registry.db.public import PublicDatabase
from registry.record import store
from registry.record.types import Origin, Provenance, PublicRecord, RecordState, RecordType
from tests.conftest import SettableClock
from tests.factories import account


def put(
    public: PublicDatabase,
    clock: SettableClock,
    *numbers: int,
    origin: Origin = Origin.OWN,
    state: RecordState = RecordState.PUBLISHED,
    kind: RecordType = RecordType.REPORT,
    demo: bool = False,
    **changes: Any,
) -> None:
    """Keep a report for each of these numbers; keyword arguments replace fields of its account."""
    with public.work() as session:
        for number in numbers:
            record = PublicRecord(
                id=f"AIR-ABCDEFGHIJ-2026-9{number:05d}",
                type=kind,
                state=state,
                revision=1,
                published=clock.now.date(),
                modified=clock.now.date(),
                taxonomy_version="0.2.0",
                provenance=Provenance(origin, "own" if origin is Origin.OWN else "aiid"),
                account=Account.from_json(account(**changes)),
                demo=demo,
            )
            store.create(session, record)
