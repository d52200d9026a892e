"""Signing keys: sealed at rest, known to every process, replaced in time, and worthless once stolen."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from registry.identity.oauth.keys import FRESH, HURRY, PURPOSE, Keys
from registry.sealing import Sealer
from tests.registry.house import SECRET, House, at_once

MINUTES = timedelta(minutes=10)


class Stopwatch:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def another(house: House, stopwatch: Stopwatch, life: timedelta = MINUTES) -> Keys:
    """Keys as another process of the same node sees them."""
    return Keys(house.private, Sealer(SECRET), house.clock, life, stopwatch)


def test_the_private_half_is_sealed(house: House) -> None:
    key = house.side.oauth.keys.signing()
    [(sealed, public)] = house.ask("SELECT sealed_private, public_jwk FROM signing_key")
    secret = key.as_dict(private=True)["d"]
    assert secret not in sealed
    assert secret not in str(public)
    assert json.loads(Sealer(SECRET).open(sealed, PURPOSE))["d"] == secret


def test_processes_that_begin_together_know_each_others_key(house: House) -> None:
    stopwatch = Stopwatch()
    processes = [another(house, stopwatch) for _ in range(6)]
    names = at_once(6, lambda number: processes[number].signing().kid)
    stopwatch.seconds += HURRY
    for process in processes:
        assert all(process.verifying(str(name)) is not None for name in names)
    stopwatch.seconds += FRESH
    assert len({process.signing().kid for process in processes}) == 1


def test_a_key_that_another_process_made_is_looked_for_once_a_second(house: House) -> None:
    stopwatch = Stopwatch()
    other = another(house, stopwatch)
    assert other.jwks() == {"keys": []}
    kid = str(house.side.oauth.keys.signing().kid)
    assert other.verifying(kid) is None
    stopwatch.seconds += HURRY
    assert other.verifying(kid) is not None


def test_nothing_that_a_stolen_key_signs_is_believed(house: House) -> None:
    keys = house.side.oauth.keys
    stolen, coming = str(keys.signing().kid), keys.rotate()
    fresh = keys.rotate(at_once=True)
    assert (keys.verifying(stolen), keys.verifying(coming)) == (None, None)
    assert keys.signing().kid == fresh
    assert [key["kid"] for key in keys.jwks()["keys"]] == [fresh]


def test_every_process_stops_believing_a_stolen_key_within_a_second(house: House) -> None:
    stopwatch, keys = Stopwatch(), house.side.oauth.keys
    other, stolen = another(house, stopwatch), str(house.side.oauth.keys.signing().kid)
    assert other.verifying(stolen) is not None
    fresh = keys.rotate(at_once=True)
    stopwatch.seconds += HURRY
    assert other.verifying(stolen) is None
    assert other.verifying(fresh) is not None
    assert HURRY <= 1


@pytest.mark.parametrize(("hours", "life"), [(2, timedelta(minutes=10)), (25, timedelta(days=1))])
def test_an_old_key_is_published_until_its_last_token_ends(
    small_house: House, hours: int, life: timedelta
) -> None:
    keys = another(small_house, Stopwatch(), life)
    old = str(keys.signing().kid)
    new = keys.rotate()
    small_house.clock.forward(hours=hours, seconds=-1)
    assert keys.signing().kid == new
    assert keys.verifying(old) is not None
    small_house.clock.forward(seconds=1)
    assert keys.verifying(old) is None


def test_changing_a_key_again_does_not_keep_an_old_one_longer(small_house: House) -> None:
    keys = another(small_house, Stopwatch())
    old = str(keys.signing().kid)
    keys.rotate()
    small_house.clock.forward(minutes=90)
    keys.rotate()
    small_house.clock.forward(minutes=30)
    assert keys.verifying(old) is None


def test_each_key_is_a_line_in_the_trail(house: House) -> None:
    kid = house.side.oauth.keys.rotate()
    lines = house.ask(
        "SELECT action FROM audit_event WHERE subject = 'signing key' AND subject_id = :k", k=kid
    )
    assert lines == [("publish",)]
