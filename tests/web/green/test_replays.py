"""A signed request counts once: who overhears one cannot repeat it, at whichever process of the node."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import func, select

from registry.db.many import insert_all
from registry.federation.signed_requests import LIFETIME, Signed
from registry.publication.green.models import SeenRequestRow
from registry.publication.green.replays import MOST
from tests.web.across.nodes import Place
from tests.web.green.sharing import green, partners, pull, share
from tests.web.green.sharing import sign as sign_log
from tests.web.green.test_strangers import ask, signed

Three = tuple[Place, Place, Place]


def kept(place: Place) -> int:
    """How many requests are remembered."""
    with place.town.side.database.read() as session:
        return session.scalar(select(func.count()).select_from(SeenRequestRow)) or 0


def test_a_request_that_is_repeated_is_answered_as_a_strangers(places: Three) -> None:
    north, east, _ = places
    sign_log(north)
    partners(north, east)
    share(north)
    for path in ("checkpoint", "payloads?from=0&to=1"):
        fields = signed(east, north, path)
        assert ask(north, path, fields)[0] == 200
        for _ in range(2):
            assert ask(north, path, fields) == ask(north, path, {})
    assert ask(north, "checkpoint", signed(east, north, "checkpoint"))[0] == 200
    assert pull(east, north).trouble == ""


def test_of_many_at_once_one_is_answered(places: Three) -> None:
    """Threads of one server here; the primary key that decides is that of the node's database."""
    north, east, _ = places
    sign_log(north)
    partners(north, east)
    fields = signed(east, north, "checkpoint")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(north, "checkpoint", fields)[0], range(16)))
    assert sorted(answers) == [200, *[404] * 15]


def test_only_partners_are_remembered_and_not_for_long(places: Three) -> None:
    north, east, south = places
    sign_log(north)
    partners(north, east)
    north.follow(south)
    for fields in ({}, signed(south, north, "checkpoint")):
        ask(north, "checkpoint", fields)
    before = kept(north)
    ask(north, "checkpoint", signed(east, north, "checkpoint"))
    assert (before, kept(north)) == (0, 1)
    seen = green(north).readers.seen
    north.town.clock.now += LIFETIME - timedelta(minutes=1)
    seen.sweep()
    assert kept(north) == 1
    north.town.clock.now += timedelta(minutes=2)
    seen.sweep()
    assert kept(north) == 0


def test_a_partner_cannot_fill_the_database(places: Three) -> None:
    north = places[0]
    seen, ends = green(north).readers.seen, north.town.clock() + LIFETIME
    asked = [{"mark": f"{n:064x}", "node_id": "A" * 52, "ends": ends} for n in range(MOST - 2)]
    with north.town.side.database.work() as session:
        insert_all(session, SeenRequestRow, asked)
    found = [seen.first_time(Signed("A" * 52, f"nonce {n}", ends)) for n in range(4)]
    assert found == [True, True, False, False]
    assert seen.first_time(Signed("B" * 52, "nonce 0", ends))
    assert not seen.first_time(Signed("B" * 52, "nonce 0", ends))
    assert not seen.first_time(Signed("B" * 52, "", ends))
    assert kept(north) == MOST + 1
