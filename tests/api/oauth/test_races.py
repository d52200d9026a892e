"""Codes, refresh tokens and assertions shown many times at once: one winner, and the family dies."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.api.oauth.conftest import Town
from tests.tries import tries

ROUNDS = tries("COMMONS_ROUNDS", 10, in_ci=100)
"""Rounds of ten in each test; the bar is 1,000 (``COMMONS_ROUNDS=1000``)."""
RIVALS = 10
Record = Callable[[str, object], None]


class Tally:
    """What came of the rounds of one race, to be printed at the end."""

    def __init__(self, record: Record) -> None:
        self._record, self._started = record, time.monotonic()
        self._rounds, self._statuses = 0, Counter[int]()

    def add(self, statuses: list[int]) -> None:
        self._rounds += 1
        self._statuses.update(statuses)

    def tell(self) -> None:
        counted = ", ".join(f"{count} times {status}" for status, count in sorted(self._statuses.items()))
        seconds = round(time.monotonic() - self._started)
        self._record("figures", f"{self._rounds} rounds of {RIVALS}: {counted}; {seconds} s")


def at_once(act: object) -> list[int]:
    """Statuses of ten requests that start together."""
    barrier = Barrier(RIVALS)

    def one(_number: int) -> int:
        barrier.wait()
        assert callable(act)
        return int(act().status_code)

    with ThreadPoolExecutor(RIVALS) as pool:
        return list(pool.map(one, range(RIVALS)))


@pytest.mark.timeout(3600)
def test_a_code_has_one_winner_and_its_family_dies(town: Town, record_property: Record) -> None:
    tally = Tally(record_property)
    for _ in range(ROUNDS):
        code = town.code()
        grants = town.node.private.oauth.credentials.code(code, "3" * 32)
        assert grants is not None
        statuses = at_once(lambda code=code: town.app_redeem(code))
        tally.add(statuses)
        assert sorted(set(statuses)) == [200, 400]
        assert statuses.count(200) == 1
        assert is_dead(town, grants.grant_id)
    tally.tell()


@pytest.mark.timeout(3600)
def test_a_refresh_token_has_one_winner_and_its_family_dies(town: Town, record_property: Record) -> None:
    tally = Tally(record_property)
    for _ in range(ROUNDS):
        given = town.redeem(town.code()).json or {}
        view = town.node.private.oauth.credentials.refresh(given["refresh_token"], "3" * 32)
        assert view is not None
        statuses = at_once(lambda given=given: town.app_refresh(given["refresh_token"]))
        tally.add(statuses)
        assert statuses.count(200) == 1
        assert statuses.count(400) == RIVALS - 1
        assert is_dead(town, view.grant_id)
        assert town.submit(given["access_token"]) == 401
    tally.tell()


@pytest.mark.timeout(3600)
def test_an_assertion_has_one_winner(town: Town, record_property: Record) -> None:
    tally = Tally(record_property)
    for number in range(ROUNDS):
        assertion = town.assertion(jti=f"race {number}")
        statuses = at_once(lambda assertion=assertion: town.app_assert(assertion))
        tally.add(statuses)
        assert statuses.count(200) == 1
        assert statuses.count(200) + statuses.count(400) + statuses.count(401) == RIVALS
    tally.tell()


def is_dead(town: Town, grant_id: str) -> bool:
    with town.node.private.database.read() as session:
        connection = session.connection()
        found = connection.exec_driver_sql(
            f"SELECT revoked_at FROM oauth_grant WHERE id = '{grant_id}'"  # noqa: S608 - an id of our own
        )
        return found.scalar_one() is not None
