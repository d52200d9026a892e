"""Public records of every sort in a node's public database and index, all of our own invention."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from api.node import Node
from registry.account import Account
from registry.record import store
from registry.record.types import (
    DerivedCode,
    Origin,
    Provenance,
    PublicRecord,
    RecordState,
    RecordType,
)
from search import Indexer
from tests.factories import account
from web.indexing import follow

BIRDS = ("crane", "heron", "egret", "stork", "quail", "robin", "lapwing")
"""Words that mean nothing to the taxonomy and are no beginnings of each other."""
DATES: tuple[dict[str, str | None] | None, ...] = (
    {"from": "2023", "to": None},
    {"from": "2024-02", "to": None},
    {"from": "2025-03-09", "to": None},
    {"from": "2023-11", "to": "2025-02"},
    None,
)
COUNTRIES = (["KE"], ["FR", "KE"], ["PE"], [])
SECTORS = (["sector/health"], ["sector/education"], ["sector/health", "sector/justice"])
FAILURES = (["failure/unfair-decision"], ["failure/bias"], ["failure/unsafe-advice", "failure/fabrication"])
SEVERITIES = ("severity/serious", "severity/minor")
DETECTIONS = ("detection/staff", "detection/affected-person", "detection/monitoring")
CONTAINMENTS = (["containment/shutdown"], ["containment/human-takeover", "containment/shutdown"], [])
INTERVALS: tuple[dict[str, Any] | None, ...] = (
    {"answer": "after", "hours": 1},
    {"answer": "after", "hours": 30},
    {"answer": "after", "hours": 5000},
    {"answer": "not-yet"},
    {"answer": "withheld"},
    None,
)
TOLD = (
    [
        {"audience": "audience/affected", "state": "done"},
        {"audience": "audience/partners", "state": "planned"},
    ],
    [{"audience": "audience/partners", "state": "done"}],
    [],
)
STATES = (RecordState.PUBLISHED, RecordState.DISPUTED, RecordState.RETRACTED)
SOURCES = ("own", "aiid", "avid")


def stock(count: int, first: int = 0) -> list[PublicRecord]:
    """Records numbered from ``first``; every part runs in a cycle of its own, so all mixtures occur."""
    return [_record(n) for n in range(first, first + count)]


def identifier(n: int) -> str:
    """The id of the ``n``-th record."""
    source = SOURCES[n % len(SOURCES)]
    return f"AIR-ABCDEFGHIJ-2026-{n:06d}" if source == "own" else f"{source}:{n}"


def keep(node: Node, records: Iterable[PublicRecord]) -> None:
    """Put new records into the public database, then do what the worker does."""
    with node.public.work() as session:
        for record in records:
            store.create(session, record)
    index(node)


def index(node: Node) -> None:
    """Bring index and engine up to the database."""
    follow(node.records, Indexer(node.settings.index_dir, node.taxonomy))
    node.search.refresh()


def _record(n: int) -> PublicRecord:
    source = SOURCES[n % len(SOURCES)]
    day = date(2026, 1, 1) + timedelta(days=n * 11 % 300)
    return PublicRecord(
        id=identifier(n),
        type=RecordType.INCIDENT if n % 4 == 0 else RecordType.REPORT,
        state=STATES[n // 5 % len(STATES)],
        revision=1,
        published=day,
        modified=day,
        taxonomy_version="0.2.0",
        provenance=Provenance(Origin.OWN if source == "own" else Origin.EXTERNAL, source),
        account=Account.from_json(_account(n)),
        derived=(DerivedCode("harm/injury", "list:x", "closeMatch"),) if n % 7 == 0 else (),
        demo=n % 8 == 0,
    )


def _account(n: int) -> dict[str, Any]:
    intervals = {"detected": INTERVALS[n % 6], "contained": INTERVALS[n * 5 // 3 % 6]}
    return account(
        title=f"Case {n} of a counting machine",
        text=" ".join(BIRDS[(n + k * k) % 7] for k in range(n % 4 + 1)) + " and nothing else.",
        language=("en", "fr", "es", "ar")[n % 4],
        happened=DATES[n % len(DATES)],
        countries=COUNTRIES[n // 2 % len(COUNTRIES)],
        classification={
            "kind": ["kind/incident"],
            "failure": FAILURES[n % 3],
            "sector": SECTORS[n // 3 % 3],
            "severity": [SEVERITIES[n % 2]],
            "detection": [DETECTIONS[n // 2 % 3]],
            "containment": CONTAINMENTS[n // 4 % 3],
        },
        response={"told": TOLD[n % 3]} | {name: given for name, given in intervals.items() if given},
    )
