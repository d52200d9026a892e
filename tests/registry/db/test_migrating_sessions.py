"""Open sessions on the way to sign-ins through providers, and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from registry.db import migrate
from registry.db.layout import Side
from registry.db.private import PrivateDatabase
from tests.conftest import SettableClock
from tests.registry.db.early_rows import ORG, PERSON, rows_of_p001
from tests.registry.db.test_migrations_with_data import content, fill, reflected


@pytest.fixture
def private(addresses: tuple[str, str]) -> Iterator[PrivateDatabase]:
    database = PrivateDatabase(addresses[0])
    yield database
    database.close()


def test_open_sessions_survive_the_step_to_sign_ins_through_providers_and_back(
    private: PrivateDatabase, clock: SettableClock
) -> None:
    migrate.upgrade(private, Side.PRIVATE, "p002")
    fill(private, rows_of_p001(clock))
    migrate.upgrade(private, Side.PRIVATE, "p004")
    now = clock.now
    half = {"secret_hash": "h" * 64, "person_id": PERSON, "method": "password", "tries": 2, "expires_at": now}
    whole = {
        "secret_hash": "s" * 64,
        "id": "d" * 32,
        "person_id": PERSON,
        "organization_id": ORG,
        "method": "passkey",
        "device": "Firefox, Android",
        "started_at": now,
        "expires_at": now,
    }
    fill(private, {"sign_in": [whole], "pending_sign_in": [half]})
    before = content(private, ["sign_in", "pending_sign_in"])

    migrate.upgrade(private, Side.PRIVATE, "p005")
    session = reflected(private, "sign_in")
    with private.read() as reading:
        row = reading.execute(select(session)).mappings().one()
    assert (row["secret_hash"], row["device"], row["provider_id"]) == ("s" * 64, "Firefox, Android", None)
    fill(private, {"sign_in": [whole | {"secret_hash": "t" * 64, "id": "e" * 32, "provider_id": "p" * 32}]})
    nowhere = whole | {"secret_hash": "u" * 64, "id": "f" * 32, "organization_id": None}
    fill(private, {"sign_in": [nowhere]})

    migrate.downgrade(private, Side.PRIVATE, "p004")
    after = content(private, ["sign_in", "pending_sign_in"])
    assert after["pending_sign_in"] == before["pending_sign_in"]
    assert len(after["sign_in"]) == 2
    assert set(before["sign_in"]) <= set(after["sign_in"])
