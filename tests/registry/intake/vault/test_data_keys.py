"""Data keys: each submission has its own, and nothing opens after it is destroyed."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from registry.errors import NotFound
from registry.intake.vault.errors import KeyMissing, SealBroken, Shredded
from registry.intake.vault.keyring import GivenKeyring
from registry.intake.vault.keys import DataKeys, carry, keys_of
from registry.intake.vault.models import DataKeyRow
from tests.registry.house import House

OTHER_RING = "other=" + "b" * 43 + "="


def two_keys(house: House) -> tuple[str, str]:
    """Two submissions with a key each."""
    return house.draft(), house.draft()


def test_each_submission_has_a_key_of_its_own(house: House) -> None:
    one, other = two_keys(house)
    with house.private.read() as session:
        sealed = keys_of(session).seal(session, one, b"words", "account")
    with house.private.read() as session:
        keys = keys_of(session)
        assert keys.open(session, one, sealed, "account") == b"words"
        for wrong in ((other, "account"), (one, "title")):
            with pytest.raises(SealBroken):
                keys.open(session, wrong[0], sealed, wrong[1])


def test_a_wrapped_key_moved_to_another_row_opens_nothing(house: House) -> None:
    one, other = two_keys(house)
    with house.private.work() as session:
        sealed = keys_of(session).seal(session, one, b"words", "account")
        stolen = session.get_one(DataKeyRow, one).wrapped
        session.execute(update(DataKeyRow).where(DataKeyRow.submission_id == other).values(wrapped=stolen))
    with house.private.read() as session, pytest.raises(SealBroken):
        keys_of(session).open(session, other, sealed, "account")


def test_a_destroyed_key_says_when_and_opens_nothing_more(house: House) -> None:
    one, other = two_keys(house)
    with house.private.work() as session:
        keys = keys_of(session)
        sealed = keys.seal(session, one, b"words", "account")
        assert keys.destroy(session, one, house.clock())
        assert not keys.destroy(session, one, house.clock())
        with pytest.raises(Shredded):
            keys.open(session, one, sealed, "account")
    with house.private.read() as session:
        with pytest.raises(Shredded) as gone:
            keys_of(session).open(session, one, sealed, "account")
        assert gone.value.facts == {"removed": "2026-11-24"}
        with pytest.raises(Shredded):
            keys_of(session).seal(session, one, b"new words", "account")
        assert keys_of(session).seal(session, other, b"words", "account")
    left = house.ask("SELECT wrapped, master_key_id FROM data_key WHERE submission_id = :key", key=one)
    assert [tuple(row) for row in left] == [(None, None)]


def test_what_was_never_made_is_not_found(house: House) -> None:
    with house.private.read() as session, pytest.raises(NotFound):
        keys_of(session).seal(session, "f" * 32, b"words", "account")


def test_many_keys_are_fetched_at_once_and_destroyed_ones_left_out(house: House) -> None:
    one, other = two_keys(house)
    with house.private.work() as session:
        keys_of(session).destroy(session, other, house.clock())
    with house.private.read() as session:
        keys = keys_of(session)
        keys.fetch(session, [one, other, "f" * 32])
        sealed = keys.seal(session, one, b"words", "account")
        assert keys.open(session, one, sealed, "account") == b"words"
        with pytest.raises(Shredded):
            keys.seal(session, other, b"words", "account")


def test_without_the_master_key_it_is_the_operators_turn(house: House) -> None:
    key = house.draft()
    with house.private.read() as session:
        sealed = keys_of(session).seal(session, key, b"words", "account")
    carry(house.private, DataKeys(GivenKeyring(OTHER_RING), house.clock))
    with house.private.read() as session, pytest.raises(KeyMissing):
        keys_of(session).open(session, key, sealed, "account")


def test_a_key_that_the_database_does_not_know_wraps_nothing(house: House) -> None:
    key = house.draft()
    with house.private.work() as session:
        session.delete(session.get_one(DataKeyRow, key))
    carry(house.private, DataKeys(GivenKeyring(OTHER_RING), house.clock))
    with pytest.raises(KeyMissing), house.private.work() as session:
        keys_of(session).make(session, key)
    assert not house.ask("SELECT * FROM data_key WHERE submission_id = :key", key=key)
