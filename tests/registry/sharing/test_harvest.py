"""Reading in the order of changes: whatever changes in between, nothing is missed and nothing doubled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.db.public import PublicBase, PublicDatabase
from registry.record import store
from registry.record.types import Origin, Provenance, Tombstone
from registry.sharing.harvest import Harvest, Wanted
from tests.registry.record.samples import record

DAY = date(2026, 12, 1)
KEYS = [f"aiid:{n}" for n in range(8)]
ACTS = st.tuples(st.sampled_from(["create", "revise", "erase"]), st.sampled_from(KEYS))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.lists(ACTS, max_size=6), min_size=1, max_size=8), st.integers(1, 4))
def test_a_reader_ends_with_what_is_there(steps: list[list[tuple[str, str]]], limit: int) -> None:
    with TemporaryDirectory() as folder:
        public = PublicDatabase(f"sqlite:///{Path(folder)}/public.sqlite")
        PublicBase.metadata.create_all(public.engine)
        harvest, after, seen, got = Harvest(public), 0, list[tuple[str, int]](), dict[str, object]()
        state: dict[str, int] = {}
        for acts in [*steps, *([[]] * 20)]:
            for act, key in acts:
                _do(public, state, act, key)
            page = harvest.page(Wanted(), after=after, limit=limit)
            for item in page.items:
                seen.append((item.id, item.seq))
                got[item.id] = item.record
            after = page.items[-1].seq if page.items else after
        assert not harvest.page(Wanted(), after=after, limit=limit).items
        public.close()
    assert len(seen) == len(set(seen))
    assert {key: getattr(one, "revision", 0) for key, one in got.items()} == state


def _do(public: PublicDatabase, state: dict[str, int], act: str, key: str) -> None:
    """Do it where it is possible; ``state`` is key → newest revision, 0 of an erased record."""
    if (act == "create") != (key not in state) or state.get(key) == 0:
        return
    with public.work() as session:
        if act == "create":
            store.create(session, record(key))
            state[key] = 1
        elif act == "revise":
            state[key] = store.revise(session, replace(record(key), modified=DAY)).revision
        else:
            store.erase(session, Tombstone(key, "privacy", DAY))
            state[key] = 0


def test_days_types_and_sources_narrow(public_db: PublicDatabase) -> None:
    harvest = Harvest(public_db)
    assert harvest.days() is None
    assert harvest.position() == 0
    with public_db.work() as session:
        for key in ("aiid:1", "aiid:2"):
            store.create(session, record(key))
        store.create(session, record("avid:3", provenance=Provenance(Origin.EXTERNAL, "avid")))
        store.revise(session, replace(record("aiid:1"), modified=DAY))
        store.erase(session, Tombstone("aiid:2", "privacy", DAY))
    assert [item.id for item in harvest.page(Wanted(), limit=9).items] == ["avid:3", "aiid:1", "aiid:2"]
    assert [item.id for item in harvest.page(Wanted(first=DAY), limit=9).items] == ["aiid:1", "aiid:2"]
    before = Wanted(last=date(2026, 11, 30))
    assert [item.id for item in harvest.page(before, limit=9).items] == ["avid:3"]
    assert harvest.page(Wanted(source="avid"), limit=9).items == harvest.page(before, limit=9).items
    assert not harvest.page(Wanted(type="statement"), limit=9).items
    assert harvest.kinds() == (["incident"], ["aiid", "avid"])
    gone = harvest.one("aiid:2")
    assert gone is not None
    assert (gone.record, gone.changed, gone.source) == (None, DAY, "aiid")
    assert harvest.one("aiid:9") is None
    assert harvest.days() == (record().modified, DAY)
