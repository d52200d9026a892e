"""The risk check: what counts and the smallest change cost, at ten thousand records."""

from __future__ import annotations

import random
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from bench.report import Figure
from registry.account import Account
from registry.clock import system_clock, today
from registry.db import migrate
from registry.db.layout import Side
from registry.db.public import PublicDatabase
from registry.intake.risk.rules import Counted, smallest
from registry.privacy.coarsening import DEFAULT, finest, outline
from registry.record import store
from registry.record.crowd import RecordCrowd
from registry.record.types import Origin, Provenance, PublicRecord, RecordState, RecordType
from taxonomy import load
from tests.factories import account

RECORDS, ROUNDS, BATCH, THRESHOLD = 10_000, 60, 1_000, 5
TARGET_MS = 50


def measure() -> list[Figure]:
    """Processor milliseconds of a check once the table in memory is read, and of reading it."""
    order = random.Random(20261127)  # noqa: S311 - the same records every time
    with tempfile.TemporaryDirectory(prefix="commons-bench-") as folder:
        public = PublicDatabase(f"sqlite:///{Path(folder) / 'public.sqlite'}")
        migrate.upgrade(public, Side.PUBLIC)
        _fill(public, order)
        crowd = RecordCrowd(public)
        first = _milliseconds(crowd, _told(order))
        taken = [_milliseconds(crowd, _told(order)) for _ in range(ROUNDS)]
        public.close()
    return [
        Figure(f"risk check at {RECORDS} records", median(taken), "ms", target=TARGET_MS),
        Figure("  slowest of all", max(taken), "ms"),
        Figure("  the first, which reads every record", first, "ms"),
    ]


def _milliseconds(crowd: RecordCrowd, raw: dict[str, object]) -> float:
    """Counting, and looking for the smallest change that is enough."""
    started = time.process_time()
    counted, told = Counted(crowd.shared(outline(raw), demo=False), {}), finest(raw)
    smallest(DEFAULT, told, lambda at: counted.total(at) >= THRESHOLD)
    return (time.process_time() - started) * 1000


def _fill(public: PublicDatabase, order: random.Random) -> None:
    for start in range(0, RECORDS, BATCH):
        with public.work() as session:
            for number in range(start, start + BATCH):
                store.create(session, _record(number, _told(order)))


def _record(number: int, raw: dict[str, object]) -> PublicRecord:
    day = today(system_clock)
    return PublicRecord(
        id=f"AIR-ABCDEFGHIJ-2026-{number:06d}",
        type=RecordType.REPORT,
        state=RecordState.PUBLISHED,
        revision=1,
        published=day,
        modified=day,
        taxonomy_version=load().version,
        provenance=Provenance(Origin.OWN, "own"),
        account=Account.from_json(raw),
    )


def _told(order: random.Random) -> dict[str, object]:
    """An account of anywhere and any time, in one of a few fields: half of all are in the largest."""
    taxonomy, day = load(), date(2020, 1, 1) + timedelta(days=order.randrange(2_400))
    sectors = ["sector/health", *list(taxonomy.facets["sector"].values)[:8]]
    coded = account()["classification"] | {
        "sector": [order.choices(sectors, [8, *[1] * 8])[0]],
        "system": [order.choice(["system/chatbot", "system/scoring"])],
    }
    return account(
        countries=[order.choice(sorted(taxonomy.countries))],
        happened={"from": day.isoformat()[: order.choice((4, 7, 10))]},
        classification=coded,
        entities={"systems": [f"System {order.randrange(400)}"], "deployers": ["A clinic network"]},
    )
