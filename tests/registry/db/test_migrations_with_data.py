"""Migrations with rows in the tables: what was there before a step is there after it, and on the way back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Table, insert, select
from sqlalchemy.schema import MetaData

from registry.audit.chain import Link, check
from registry.audit.reading import links
from registry.db import migrate
from registry.db.layout import Side
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.db.unit import Database
from registry.errors import Gone
from registry.record import store
from tests.conftest import SettableClock
from tests.registry.db.early_rows import ORG, Rows, rows_of_p001, rows_of_p002

(CHAINED,) = [path.name[:4] for path in migrate.SCRIPTS.glob("private/versions/*_chained_trail.py")]
"""The step that chains the trail."""


@pytest.fixture
def private(addresses: tuple[str, str]) -> Iterator[PrivateDatabase]:
    database = PrivateDatabase(addresses[0])
    yield database
    database.close()


@pytest.fixture
def public(addresses: tuple[str, str]) -> Iterator[PublicDatabase]:
    database = PublicDatabase(addresses[1])
    yield database
    database.close()


def fill(database: Database, rows: Rows) -> None:
    with database.work() as session:
        for name, entries in rows.items():
            session.execute(insert(reflected(database, name)), entries)


def content(database: Database, names: list[str]) -> dict[str, list[Any]]:
    with database.read() as session:
        return {
            name: [tuple(row) for row in session.execute(select(reflected(database, name)))] for name in names
        }


def reflected(database: Database, name: str) -> Table:
    """The table as the database has it now, whatever our classes say."""
    return Table(name, MetaData(), autoload_with=database.engine)


def test_people_and_trail_survive_the_step_to_submissions_and_back(
    private: PrivateDatabase, clock: SettableClock
) -> None:
    migrate.upgrade(private, Side.PRIVATE, "p001")
    first, second = rows_of_p001(clock), rows_of_p002(clock)
    fill(private, first)
    before = content(private, list(first))
    assert all(before.values())

    migrate.upgrade(private, Side.PRIVATE, "p002")
    assert content(private, list(first)) == before
    fill(private, second)
    assert all(content(private, list(second)).values())

    migrate.downgrade(private, Side.PRIVATE, "p001")
    assert content(private, list(first)) == before
    migrate.upgrade(private, Side.PRIVATE, "p002")
    assert content(private, list(first)) == before
    assert not any(content(private, list(second)).values())
    fill(private, second)


def test_organizations_people_and_programs_survive_the_steps_to_oauth_and_back(
    private: PrivateDatabase, clock: SettableClock
) -> None:
    """Rows that others refer to are rebuilt; open sessions end, and whoever was inactive stays so."""
    migrate.upgrade(private, Side.PRIVATE, "p002")
    first, second = rows_of_p001(clock), rows_of_p002(clock)
    resting = first["organization"][0] | {"id": "d" * 32, "name": "Resting", "active": False}
    first["organization"].append(resting)
    fill(private, first)
    fill(private, second)
    kept = [name for name in (*first, *second) if name != "sign_in"]
    before = content(private, kept)

    migrate.upgrade(private, Side.PRIVATE, "p004")
    organization, client = reflected(private, "organization"), reflected(private, "client")
    with private.read() as session:
        states = session.execute(select(organization.c.id, organization.c.state)).all()
        program = session.execute(select(client)).mappings().one()
        verified = session.execute(select(reflected(private, "person").c.email_verified_at)).scalar_one()
    assert dict(map(tuple, states)) == {ORG: "active", "d" * 32: "suspended"}
    assert (program["auth_method"], program["redirect_uris"]) == ("client_secret_basic", [])
    assert (program["token_hash"], program["secret_hash"]) == ("t" * 64, None)
    assert verified is not None
    assert content(private, ["sign_in"]) == {"sign_in": []}

    migrate.downgrade(private, Side.PRIVATE, "p002")
    assert {
        name: sorted(rows) for name, rows in content(private, kept).items() if name != "organization"
    } == {name: sorted(rows) for name, rows in before.items() if name != "organization"}
    with private.read() as session:
        organization = reflected(private, "organization")
        active = session.execute(select(organization.c.id, organization.c.active)).all()
    assert dict(map(tuple, active)) == {ORG: True, "d" * 32: False}


def test_a_program_that_the_older_layout_cannot_hold_goes(
    private: PrivateDatabase, clock: SettableClock
) -> None:
    migrate.upgrade(private, Side.PRIVATE, "p002")
    fill(private, {"organization": rows_of_p001(clock)["organization"]})
    migrate.upgrade(private, Side.PRIVATE, "p004")
    program = {
        "id": "k" * 32,
        "organization_id": ORG,
        "name": "tool",
        "scopes": "submissions:read",
        "token_hash": None,
        "auth_method": "none",
        "secret_hash": None,
        "redirect_uris": ["https://tool.example/cb"],
        "grant_types": "authorization_code refresh_token",
        "active": True,
        "created_at": clock.now,
    }
    fill(private, {"client": [program]})
    migrate.downgrade(private, Side.PRIVATE, "p002")
    assert content(private, ["client"]) == {"client": []}


def test_the_trail_stays_append_only_on_the_way_up(private: PrivateDatabase, clock: SettableClock) -> None:
    migrate.upgrade(private, Side.PRIVATE, "p001")
    fill(private, rows_of_p001(clock))
    migrate.upgrade(private, Side.PRIVATE)
    with pytest.raises(Exception, match=r"append-only|cannot do this"):
        change_trail(private)
    assert len(content(private, ["audit_event"])["audit_event"]) == 2


def test_older_rows_are_numbered_without_gaps_and_chained_in_their_order(
    private: PrivateDatabase, clock: SettableClock
) -> None:
    """More of them than one batch holds; on the way back they say what they said."""
    last = migrate.revisions(Side.PRIVATE)
    below = last[last.index(CHAINED) - 1]
    migrate.upgrade(private, Side.PRIVATE, below)
    row = rows_of_p001(clock)["audit_event"][0]
    fill(private, {"audit_event": [row | {"id": 3 * n + 7, "action": f"act {n} é"} for n in range(1_100)]})
    migrate.upgrade(private, Side.PRIVATE)
    verdict = check(links(private))
    assert (verdict.fault, verdict.rows) == (None, 1_100)
    told = [link.told["action"] for link in links(private) if isinstance(link, Link)]
    assert told == [f"act {n} é" for n in range(1_100)]
    migrate.downgrade(private, Side.PRIVATE, below)
    assert len(content(private, ["audit_event"])["audit_event"]) == 1_100
    with pytest.raises(Exception, match=r"append-only|cannot do this"):
        change_trail(private)


def change_trail(database: Database) -> None:
    with database.work() as session:
        session.execute(reflected(database, "audit_event").delete())


def test_records_of_the_first_public_layout_can_be_read(public: PublicDatabase, clock: SettableClock) -> None:
    migrate.upgrade(public, Side.PUBLIC, "q001")
    day = clock.now.date()
    payload = {
        "schema": 1,
        "id": "aiid:1",
        "type": "incident",
        "state": "published",
        "revision": 1,
        "published": "2026-01-02",
        "modified": "2026-01-02",
        "taxonomy": "0.1.0",
        "provenance": {"origin": "external", "source": "aiid"},
        "account": {"title": "Ünïcode", "language": "fr"},
    }
    record = {"type": "incident", "source": "aiid", "revision": 1, "published": day, "content_digest": None}
    version = {"revision": 1, "modified": day, "commitment": "c" * 64}
    fill(
        public,
        {
            "record": [
                record | {"id": "aiid:1", "state": "published", "seq": 1},
                record | {"id": "aiid:2", "state": "erased", "seq": 2},
            ],
            "record_version": [
                version | {"record_id": "aiid:1", "payload": payload, "salt": b"s" * 32},
                version | {"record_id": "aiid:2", "payload": None, "salt": None},
            ],
            "tombstone": [{"record_id": "aiid:2", "reason": "safety", "removed": day, "successor": "aiid:1"}],
            "counter": [{"name": "changes", "value": 2}],
        },
    )
    migrate.upgrade(public, Side.PUBLIC)
    with public.read() as session:
        assert store.load(session, "aiid:1").to_json() == payload
        with pytest.raises(Gone):
            store.load(session, "aiid:2")
