"""A node with records to look at: our own, a foreign one, a revised one, an erased one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from api.node import Node
from registry.account import Account, Happened
from registry.record import store
from registry.record.types import (
    DerivedCode,
    Incoming,
    Origin,
    Provenance,
    PublicRecord,
    RecordState,
    RecordType,
    Tombstone,
)
from search import Indexer
from tests.factories import account
from web.indexing import follow

DAY = date(2026, 11, 1)


@dataclass(frozen=True)
class Library:
    """Ids of the records in the node; ``erased`` was removed in favour of ``own``."""

    own: str
    arabic: str
    foreign: str
    erased: str


@pytest.fixture
def library(node: Node) -> Library:
    shelf = Library(
        *(f"AIR-ABCDEFGHIJ-2026-00000{n}" for n in (1, 2)), "aiid:9001", "AIR-ABCDEFGHIJ-2026-000003"
    )
    with node.public.work() as session:
        store.create(session, own_record(shelf.own, account()))
        store.create(session, own_record(shelf.arabic, arabic(), demo=True))
        store.create(session, own_record(shelf.erased, account(title="This was a mistake")))
        store.keep_external(session, foreign(shelf.foreign), "0.2.0", DAY)
    with node.public.work() as session:
        first = store.load(session, shelf.own)
        longer = replace(first.account, text=first.account.text + " A nurse noticed.")
        store.revise(session, replace(first, account=longer, state=RecordState.REVISED, modified=DAY))
        store.erase(session, Tombstone(shelf.erased, "published by mistake", DAY, shelf.own))
    follow(node.records, Indexer(node.settings.index_dir, node.taxonomy))
    return shelf


def own_record(record_id: str, raw: dict[str, object], *, demo: bool = False) -> PublicRecord:
    return PublicRecord(
        id=record_id,
        type=RecordType.REPORT,
        state=RecordState.PUBLISHED,
        revision=1,
        published=date(2026, 10, 1),
        modified=date(2026, 10, 1),
        taxonomy_version="0.2.0",
        provenance=Provenance(
            Origin.OWN, "own", licence="CC BY 4.0", contributor="a health NGO in East Africa"
        ),
        account=Account.from_json(raw),
        demo=demo,
    )


def arabic() -> dict[str, object]:
    return account(
        title="روبوت محادثة أعطى جرعة خاطئة",
        language="ar",
        text="أعطى روبوت محادثة صحي جرعة خاطئة لمريض.",
        countries=["JO"],
        response={"contained": {"answer": "not-yet"}, "closed": {"answer": "withheld"}},
    )


def foreign(record_id: str) -> Incoming:
    """An invented entry in the manner of an external collection: no response, foreign classification."""
    return Incoming(
        id=record_id,
        type=RecordType.INCIDENT,
        provenance=Provenance(
            Origin.EXTERNAL,
            "aiid",
            "9001",
            "https://example.org/cite/9001",
            "CC BY-SA 4.0",
            "Example collection",
        ),
        account=Account(
            title='Robot <b>"hit"</b> a shelf & a can',
            text="A robot damaged a can.\n\nSeveral workers were treated.",
            happened=Happened("2018-12-05"),
            countries=("US",),
            links=("https://example.org/a-long/path",),
        ),
        derived=(DerivedCode("harm/injury", "cset-v1:2.1", "closeMatch"),),
        raw={"CSETv1": {"Lives Lost": 0, "Sector": ["transport", "storage"]}},
    )
