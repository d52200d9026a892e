"""Reports that an older version wrote in plain text are sealed by ``commons init``, whole and once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Table, insert, select
from sqlalchemy.schema import MetaData

from registry.custody import moving_in
from registry.db import migrate
from registry.db.layout import Side, current
from registry.db.private import PrivateDatabase
from registry.errors import Unavailable
from registry.intake import creation
from registry.intake.models import IdempotencyKey, Submission
from registry.intake.vault.errors import Shredded
from registry.intake.vault.keys import announce, carry
from registry.intake.waiting import parties
from tests.conftest import SettableClock
from tests.registry import opened
from tests.registry.custody.test_nothing_readable import all_bytes
from tests.registry.house import known_keys

ORG, PERSON = "a" * 32, "b" * 32
COUNT = 5
SECRET = "test-" * 8
THING = hashlib.sha256(b"ada").hexdigest()[:32]
PLANTED = (b"plainspoken", b"oldwords", b"remarkable", THING.encode())


@pytest.fixture
def old(addresses: tuple[str, str], clock: SettableClock) -> Iterator[PrivateDatabase]:
    """A database of the layout before, with reports in plain text, brought to the newest layout."""
    database = PrivateDatabase(addresses[0])
    migrate.upgrade(database, Side.PRIVATE, "p006")
    fill(database, clock)
    migrate.upgrade(database, Side.PRIVATE)
    carry(database, known_keys(clock))
    parties.carry(database, SECRET)
    announce(database)
    yield database
    database.close()


def fill(database: PrivateDatabase, clock: SettableClock) -> None:
    put(
        database,
        "organization",
        id=ORG,
        name="Lake",
        descriptor="a lake",
        language="en",
        state="active",
        may_review=False,
        demo=False,
        created_at=clock.now,
    )
    for number in range(COUNT):
        report(database, clock, f"{number:032d}", f"plainspoken title {number}")
    report(database, clock, "e" * 32, "", erased=True)


def report(
    database: PrivateDatabase, clock: SettableClock, key: str, title: str, *, erased: bool = False
) -> None:
    now = clock.now
    put(
        database,
        "submission",
        id=key,
        organization_id=ORG,
        author_id=PERSON,
        channel="api",
        state="published" if erased else "draft",
        version=2,
        lock=2,
        title=title,
        receipt_hash=key,
        record_id=None,
        demo=False,
        created_at=now,
        updated_at=now,
        submitted_at=None,
    )
    if not erased:  # else its organization was erased: nothing but the row is there
        contents(database, now, key, title)


def contents(database: PrivateDatabase, now: datetime, key: str, title: str) -> None:
    for number in (1, 2):
        account = {"title": title, "text": f"oldwords, version {number}"}
        put(
            database,
            "submission_version",
            submission_id=key,
            number=number,
            account=account,
            author_id=PERSON,
            created_at=now,
        )
    put(
        database,
        "review_decision",
        id=key[::-1],
        submission_id=key,
        version=1,
        reviewer_id=PERSON,
        organization_id=ORG,
        decision="accept",
        note="remarkable" if key.endswith("1") else "",
        at=now,
    )
    put(
        database,
        "detail_choice",
        submission_id=key,
        thing=THING,
        stage="organization",
        choice="hide",
        actor_id=PERSON,
        at=now,
    )
    put(
        database,
        "idempotency_key",
        actor_id=PERSON,
        key=key,
        request_hash=hashlib.sha256(b"guess").hexdigest(),
        submission_id=key,
        created_at=now,
    )


def put(database: PrivateDatabase, table: str, /, **values: Any) -> None:
    """A row in the table as the database has it now, whatever our classes say."""
    with database.work() as session:
        session.execute(insert(Table(table, MetaData(), autoload_with=database.engine)), [values])


def test_everything_is_sealed_and_reads_as_before(old: PrivateDatabase) -> None:
    with pytest.raises(Unavailable, match="commons init"):
        moving_in.require_sealed(old)
    told: list[tuple[int, int]] = []
    assert moving_in.move_in(old, SECRET, lambda done, whole: told.append((done, whole))) == COUNT + 1
    assert told == [(COUNT + 1, COUNT + 1)]
    moving_in.require_sealed(old)
    key = f"{1:032d}"
    assert opened.titles(old)[key] == "plainspoken title 1"
    written = [one["text"] for _, one, _ in opened.versions(old)[key]]
    assert written == ["oldwords, version 1", "oldwords, version 2"]
    assert opened.notes(old, key) == ["remarkable"]
    assert opened.notes(old, f"{2:032d}") == [""]
    assert opened.choices(old, key) == {(THING, "organization", "hide")}


def test_nothing_of_it_can_be_read_in_the_files_afterwards(old: PrivateDatabase) -> None:
    assert all(word in all_bytes(old) for word in PLANTED)
    moving_in.move_in(old, SECRET)
    for word in (*PLANTED, hashlib.sha256(b"guess").hexdigest().encode()):
        assert word not in all_bytes(old), word


def test_a_report_whose_organization_was_erased_stays_so(old: PrivateDatabase) -> None:
    moving_in.move_in(old, SECRET)
    with old.read() as session:
        row = session.get_one(Submission, "e" * 32)
        assert (row.title, row.erased_at) == ("", row.updated_at)
        with pytest.raises(Shredded):
            known_keys(SettableClock()).seal(session, row.id, b"", "title")


def test_stopped_half_way_it_goes_on(old: PrivateDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving_in, "BATCH", 2)

    def stop(done: int, _whole: int) -> None:
        raise InterruptedError(done)

    with pytest.raises(InterruptedError, match="2"):
        moving_in.move_in(old, SECRET, stop)
    with pytest.raises(Unavailable):
        moving_in.require_sealed(old)
    assert moving_in.move_in(old, SECRET) == COUNT - 1
    assert moving_in.move_in(old, SECRET) == 0
    assert sum(title.startswith("plainspoken") for title in opened.titles(old).values()) == COUNT


def test_the_step_back_is_refused_once_something_is_sealed(old: PrivateDatabase) -> None:
    moving_in.move_in(old, SECRET)
    with pytest.raises(RuntimeError, match="sealed"):
        migrate.downgrade(old, Side.PRIVATE, "p006")
    assert current(old) == migrate.revisions(Side.PRIVATE)[-1]
    assert len(opened.versions(old)) == COUNT


def test_before_that_the_step_back_loses_nothing(old: PrivateDatabase) -> None:
    migrate.downgrade(old, Side.PRIVATE, "p006")
    with old.read() as session:
        rows = session.connection().exec_driver_sql("SELECT title FROM submission ORDER BY id").all()
    assert [row[0] for row in rows] == [*(f"plainspoken title {n}" for n in range(COUNT)), ""]


def test_idempotency_keys_become_names_and_are_still_known(old: PrivateDatabase) -> None:
    moving_in.move_in(old, SECRET)
    with old.read() as session:
        kept = set(session.scalars(select(IdempotencyKey.key)))
        known = creation.recalled(session, PERSON, creation.name_of(SECRET, f"{1:032d}"))
    assert kept == {creation.name_of(SECRET, f"{number:032d}") for number in range(COUNT)}
    assert known is not None
    assert known.submission_id == f"{1:032d}"


def test_a_node_does_not_serve_while_a_key_lies_open(old: PrivateDatabase, clock: SettableClock) -> None:
    moving_in.move_in(old, SECRET)
    said = {"request_hash": "0" * 64, "submission_id": f"{1:032d}", "created_at": clock.now}
    put(old, "idempotency_key", actor_id=PERSON, key="case 17 of Ada", **said)
    with pytest.raises(Unavailable, match="commons init"):
        moving_in.require_sealed(old)
    assert moving_in.move_in(old, SECRET) == 0
    moving_in.require_sealed(old)
