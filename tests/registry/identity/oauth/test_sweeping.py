"""What has ended goes; what can still be noticed stays."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from registry.identity.oauth.models import RevokedToken, SeenAssertion
from registry.identity.oauth.sweeping import ENDS
from tests.registry.house import House


def rows(house: House) -> int:
    with house.private.read() as session:
        return sum(session.scalar(select(func.count()).select_from(table)) or 0 for table, _ in ENDS)


def test_ended_rows_go_a_day_later_and_no_others(house: House) -> None:
    made = house.side.directory.add_client("Lake Health", "tool", ["submissions:read"])
    now = house.clock()
    with house.private.work() as session:
        for name, ends in (("old", now - timedelta(days=1, seconds=1)), ("fresh", now - timedelta(hours=23))):
            session.add(RevokedToken(jti=name, expires_at=ends))
            session.add(SeenAssertion(client_id=made.id, jti_hash=name, expires_at=ends))
    house.side.oauth.devices.start(made.id, ("submissions:read",))
    assert rows(house) == 5
    assert house.side.oauth.sweep() == 2
    assert rows(house) == 3
    house.clock.forward(days=2)
    house.side.oauth.keep_house()
    assert rows(house) == 0


def test_an_old_key_is_replaced_by_the_house_keeping(house: House) -> None:
    keys = house.side.oauth.keys
    first = keys.signing().kid
    house.side.oauth.keep_house()
    assert len(keys.jwks()["keys"]) == 1
    house.clock.forward(days=90)
    house.side.oauth.keep_house()
    house.side.oauth.keep_house()
    assert len(keys.jwks()["keys"]) == 2
    house.clock.forward(hours=1)
    second = keys.signing().kid
    assert second != first
    house.clock.forward(days=2)
    house.side.oauth.keep_house()
    assert house.ask("SELECT kid FROM signing_key") == [(second,)], "what cannot sign any more is not kept"
