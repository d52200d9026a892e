"""Who is no partner is told that there is nothing, in the bytes of a node on which there is nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry.federation.new_key import private_half
from registry.federation.rules import Mode
from registry.federation.signed_requests import sign
from tests.web.across.nodes import Place
from tests.web.green.sharing import green, partners, share, shared
from tests.web.green.sharing import sign as sign_log

Three = tuple[Place, Place, Place]
PATHS = (
    "descriptor",
    "checkpoint",
    "rotations",
    "tile/entries/000.p/1",
    "tile/0/000.p/1",
    "payloads?from=0&to=1",
    "consistency?from=0&to=1",
    "nothing",
    "payloads?from=x",
)
GIVEN = frozenset(PATHS[:7])
MOVING = frozenset({"date"})


def ask(place: Place, path: str, headers: dict[str, str]) -> tuple[int, list[tuple[str, str]], bytes]:
    """An answer as it came over the network, without what is of the moment."""
    parts = urlsplit(place.url)
    connection = HTTPConnection(parts.hostname or "", parts.port or 0, timeout=30)
    try:
        connection.request("GET", f"/fed/green/{path}", headers=headers)
        answer = connection.getresponse()
        told = sorted((k.lower(), v) for k, v in answer.getheaders() if k.lower() not in MOVING)
        return answer.status, told, answer.read()
    finally:
        connection.close()


def signed(by: Place, at: Place, path: str) -> dict[str, str]:
    """The fields with which a node says that it asks for this."""
    node = by.town.node
    key = private_half(node.settings.data_dir, node.log.key)
    return sign(key, node.identity.id, "GET", f"{at.url}/fed/green/{path}", datetime.now(UTC))


@pytest.mark.parametrize("followed", [True, False])
def test_all_answers_to_strangers_are_those_of_a_node_that_shares_nothing(
    places: Three, followed: bool
) -> None:
    north, east, south = places
    sign_log(north)
    partners(north, east)
    if followed:
        north.follow(south)
    share(north)
    forged = Ed25519PrivateKey.generate()
    for path in PATHS:
        address = f"{north.url}/fed/green/{path}"
        strangers = {
            "unsigned": {},
            "of no partner": signed(south, north, path),
            "in a partner's name": sign(forged, east.id, "GET", address, datetime.now(UTC)),
            "of another address": signed(east, north, "checkpoint?"),
            "of another node": signed(east, south, path),
            "broken": {"Signature": "node=:AA==:", "Signature-Input": "node=()"},
        }
        empty = ask(south, path, {})  # it was never signed, has no partners, and nothing to share
        assert empty[0] == 404
        for who, fields in strangers.items():
            assert ask(north, path, fields) == empty, (who, path)
        status = ask(north, path, signed(east, north, path))[0]
        assert status == (200 if path in GIVEN else 404), path


def test_who_is_blocked_or_no_partner_any_more_reads_nothing(places: Three) -> None:
    north, east, _ = places
    sign_log(north)
    partners(north, east)
    path = "checkpoint"
    assert ask(north, path, signed(east, north, path))[0] == 200
    north.set_mode(east, Mode.BLOCKED)
    assert ask(north, path, signed(east, north, path))[0] == 404
    north.set_mode(east, Mode.SHOW)
    green(north).partners.end(east.short)
    assert ask(north, path, signed(east, north, path)) == ask(north, path, {})


def test_pages_for_members_are_for_nobody_else(places: Three) -> None:
    north, east, _ = places
    record = shared(north, east)
    for place in (north, east):
        visitor = place.town.visitor()
        page = visitor.open(f"/green/records/{record}")
        other = visitor.open("/green/records/AIR-AAAAAAAAAA-2026-000001")
        assert record not in page.text
        assert page.text.replace(record, "") == other.text.replace("AIR-AAAAAAAAAA-2026-000001", "")
