"""The log follows the records: what is told of each change, in the same unit of work or not at all."""

from __future__ import annotations

import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import rfc8785
from sqlalchemy.orm import Session

from registry.db.public import PublicDatabase
from registry.ledger.following import PAGE, follow
from registry.record import store
from registry.record.ids import air_id
from registry.record.types import Because, RecordState, Tombstone
from tests.registry.house import House
from tests.registry.ledger.checked import HOME, ask, entries, keep, require_whole
from tests.registry.record.samples import record

FIRST = air_id(HOME, 2026, 1)
DAY = date(2026, 12, 24)


def became(session: Session, state: RecordState) -> None:
    before = store.load(session, FIRST)
    store.revise(session, replace(before, state=state, modified=DAY, because=Because("facts")))


def ops(public: PublicDatabase) -> list[tuple[str, str, int]]:
    return [(one["op"], one["id"], one["rev"]) for one in entries(public)]


def test_each_change_of_a_record_is_told_once(public_db: PublicDatabase) -> None:
    with public_db.work() as session:
        keep(session, 1)
        assert follow(session, HOME) == 1
        assert follow(session, HOME) == 0
    for state in (
        RecordState.REVISED,
        RecordState.DISPUTED,
        RecordState.RETRACTED,
        RecordState.RETRACTED,
        RecordState.REINSTATED,
        RecordState.UNVERIFIABLE,
        RecordState.MERGED,
    ):
        with public_db.work() as session:
            became(session, state)
            assert follow(session, HOME) == 1
    with public_db.work() as session:
        store.erase(session, Tombstone(FIRST, "privacy", DAY))
        assert follow(session, HOME) == 1
        assert follow(session, HOME) == 0
    done = ["create", "revise", "revise", "retract", "revise", "reinstate", "revise", "revise", "erase"]
    assert ops(public_db) == [(op, FIRST, number) for number, op in enumerate(done, start=1)]
    assert require_whole(public_db) == 9


def test_an_envelope_commits_to_the_payload_and_repeats_little_of_it(public_db: PublicDatabase) -> None:
    with public_db.work() as session:
        keep(session, 1)
        follow(session, HOME)
        payload = store.load(session, FIRST).to_json()
    told = entries(public_db)[0]
    salt = ask(public_db, "SELECT salt FROM record_version")[0][0]
    canonical = rfc8785.dumps(payload)
    assert told["commit"] == hashlib.sha256(bytes(salt) + canonical).hexdigest()
    assert (told["size"], told["t"], told["tlp"]) == (len(canonical), "2026-11-24", "CLEAR")
    assert (told["home"], told["kind"], told["schema"]) == (HOME, "incident", 1)
    assert told["tax"]["codes"] == sorted(set(told["tax"]["codes"]))
    facets = {code.partition("/")[0] for code in told["tax"]["codes"]}
    assert facets <= {"failure", "harm", "kind", "sector", "severity"}
    assert {"severity", "failure"} <= facets


def test_what_was_erased_is_told_without_a_word_of_it(public_db: PublicDatabase) -> None:
    with public_db.work() as session:
        keep(session, 1)
        follow(session, HOME)
        store.erase(session, Tombstone(FIRST, "privacy", DAY))
        follow(session, HOME)
    told = entries(public_db)[1]
    assert (told["commit"], told["size"], told["t"]) == (None, 0, "2026-12-24")
    assert told["tax"] == {"version": "0.2.0", "language": "", "codes": []}
    assert "privacy" not in str(told)


def test_records_of_others_are_not_ours_to_log(public_db: PublicDatabase) -> None:
    with public_db.work() as session:
        store.create(session, record("aiid:1"))
        store.create(session, record(air_id("Z" * 10, 2026, 1)))
        assert follow(session, HOME) == 0
    assert entries(public_db) == []


def test_a_database_with_records_is_caught_up_with(public_db: PublicDatabase) -> None:
    count = PAGE * 2 + 1
    with public_db.work() as session:
        for serial in range(count, 0, -1):
            keep(session, serial)
            store.create(session, record(f"aiid:{serial}"))
        became(session, RecordState.RETRACTED)
        store.erase(session, Tombstone(air_id(HOME, 2026, 2), "privacy", DAY))
    with public_db.work() as session:
        assert follow(session, HOME) == count
    assert require_whole(public_db) == count
    told = ops(public_db)
    # Two revisions of the first record; nothing of the second, which was erased before anybody was told.
    assert [one for one in told if one[1] == FIRST] == [("create", FIRST, 1), ("retract", FIRST, 2)]
    assert air_id(HOME, 2026, 2) not in {one[1] for one in told}
    half = PAGE // 2  # of each page half is ours
    pages = [[one[1] for one in told[at : at + half]] for at in range(0, 3 * half, half)]
    assert all(page == sorted(page) for page in pages)


def test_an_entry_stays_or_goes_with_its_change(public_db: PublicDatabase) -> None:
    with public_db.work() as session:
        keep(session, 1)
        assert follow(session, HOME) == 1
        session.rollback()
    assert require_whole(public_db) == 0
    with public_db.work() as session:
        assert follow(session, HOME) == 0


def test_many_writers_make_one_log(public_db: PublicDatabase) -> None:
    def write(serial: int) -> int:
        with public_db.work() as session:
            keep(session, serial)
            return follow(session, HOME)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(write, range(1, 13))) == 12
    assert require_whole(public_db) == 12


def test_the_door_tells_the_log_of_what_it_publishes(house: House) -> None:
    for _ in range(3):
        house.accepted()
    ids = house.side.publication.publish_batch(early=True)
    assert ops(house.public) == [("create", record_id, 1) for record_id in ids]
    house.side.publication.publish_batch(early=True)
    assert require_whole(house.public) == 3
    times = [one["t"] for one in entries(house.public)]
    assert all(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", time) for time in times)
