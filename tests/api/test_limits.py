"""What each program, person and address may ask for: told, held to the last try, given back by time."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.limits import TABLE, By
from api.node import Node
from registry.identity.oauth.rules import Way
from registry.identity.rules import SCOPES
from tests.api.limited import left, limited, policies
from tests.conftest import SettableClock
from tests.ticks import Ticks
from web.app import create_app

SEARCH = "/api/v1/search"
MINE = "/api/v1/submissions"


class Caller:
    """Calls a limited node as somebody, from somewhere."""

    def __init__(self, http: FlaskClient, token: str | None, address: str) -> None:
        self._http, self._address = http, address
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def call(self, path: str = SEARCH, method: str = "GET", **more: Any) -> TestResponse:
        headers = self._headers | more.pop("headers", {})
        place = {"REMOTE_ADDR": self._address}
        return self._http.open(path, method=method, headers=headers, environ_overrides=place, **more)

    def use_up(self, tries: int, path: str = SEARCH, method: str = "GET") -> None:
        statuses = {self.call(path, method).status_code for _ in range(tries)}
        assert 429 not in statuses


class Room:
    """A limited node with two programs of two organizations."""

    def __init__(self, node: Node, percent: int = 10) -> None:
        self.ticks = Ticks()
        self.node = limited(node, self.ticks, percent)
        self.app = create_app(self.node)
        for name in ("Lake Health", "River Schools"):
            node.private.directory.add_organization(name, "an organization")
        self.tokens = [
            node.private.directory.add_client(name, "a program", tuple(SCOPES), Way(bearer=True)).token
            for name in ("Lake Health", "River Schools")
        ]

    def nobody(self, address: str = "192.0.2.1") -> Caller:
        return Caller(self.app.test_client(), None, address)

    def program(self, number: int = 0, address: str = "192.0.2.1") -> Caller:
        return Caller(self.app.test_client(), self.tokens[number], address)


@pytest.fixture
def room(node: Node) -> Room:
    """At a tenth of the standard limits: 12 searches by address, 60 by program, 6 writes."""
    return Room(node)


def test_the_headers_count_down_to_the_edge_and_the_next_is_refused(room: Room) -> None:
    nobody = room.nobody()
    for remaining in range(11, -1, -1):
        answer = nobody.call()
        assert answer.status_code == 200
        assert policies(answer.headers) == {"search-address": (12, 60)}
        assert left(answer.headers) == {"search-address": (remaining, 60)}
    refused = nobody.call()
    assert refused.status_code == 429
    assert refused.mimetype == "application/problem+json"
    assert left(refused.headers) == {"search-address": (0, 60)}
    assert refused.headers["Retry-After"] == "60"
    problem = refused.json or {}
    assert problem["type"].endswith(":too-many-tries")
    assert problem["violated-policies"] == ["search-address"]


def test_who_waits_as_long_as_told_is_let_in_and_not_a_second_earlier(room: Room) -> None:
    nobody = room.nobody()
    nobody.use_up(6)
    room.ticks.forward(20)
    nobody.use_up(6)
    wait = int(nobody.call().headers["Retry-After"])
    assert wait == 40
    room.ticks.forward(wait - 0.5)
    refused = nobody.call()
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    room.ticks.forward(0.5)
    statuses = [nobody.call().status_code for _ in range(7)]
    assert statuses == [200] * 6 + [429]


def test_asking_on_while_refused_does_not_lengthen_the_wait(room: Room) -> None:
    nobody = room.nobody()
    nobody.use_up(12)
    for _ in range(59):
        room.ticks.forward(1)
        assert nobody.call().status_code == 429
    room.ticks.forward(1)
    assert nobody.call().status_code == 200


def test_addresses_and_programs_are_counted_apart(room: Room) -> None:
    room.nobody().use_up(12)
    assert room.nobody().call().status_code == 429
    assert room.nobody("192.0.2.2").call().status_code == 200
    counted = room.program(0).call()
    assert left(counted.headers) == {"search-program": (59, 60)}
    assert left(room.program(0, "192.0.2.9").call().headers) == {"search-program": (58, 60)}
    assert left(room.program(1).call().headers) == {"search-program": (59, 60)}


def test_writing_searching_and_reading_are_counted_apart(room: Room) -> None:
    program = room.program()
    program.use_up(6, MINE, "POST")
    refused = program.call(MINE, "POST", json={"account": {"title": "A draft"}, "submit": False})
    assert (refused.status_code, (refused.json or {})["violated-policies"]) == (429, ["write-program"])
    with room.node.private.database.read() as session:
        connection = session.connection()
        assert connection.exec_driver_sql("SELECT count(*) FROM submission").scalar_one() == 0
    assert program.call(MINE).status_code == 200
    assert program.call().status_code == 200


@pytest.mark.parametrize("token", ["x" * 40, "a.b.c", "", "\u00e9"])
def test_a_bad_token_makes_nobody_a_program(room: Room, token: str) -> None:
    nobody = room.nobody()
    for _ in range(12):
        assert nobody.call(headers={"Authorization": f"Bearer {token}"}).status_code == 200
    assert nobody.call(headers={"Authorization": f"Bearer {token}{token}"}).status_code == 429


def test_tokens_that_are_not_valid_are_counted_and_their_neighbours_are_not_locked_out(room: Room) -> None:
    statuses = [
        room.nobody().call(MINE, headers={"Authorization": f"Bearer guess{number}"}).status_code
        for number in range(8)
    ]
    assert statuses == [401] * 6 + [429] * 2
    assert room.program().call(MINE).status_code == 200


def test_what_a_method_is_called_makes_no_difference(room: Room) -> None:
    nobody = room.nobody()
    for _ in range(6):
        nobody.use_up(1)
        head = nobody.call(method="HEAD")
        assert head.status_code == 200
    assert left(head.headers)["search-address"][0] == 0
    assert nobody.call(method="HEAD").status_code == 429
    asked = nobody.call(method="OPTIONS")
    assert asked.status_code == 200
    assert not asked.data
    for method in ("POST", "PUT", "DELETE", "TRACE"):
        assert nobody.call(method=method).status_code == 405
    for name in ("X-HTTP-Method-Override", "X-Method"):
        assert nobody.call(method="OPTIONS", headers={name: "GET"}).data == b""


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Client-IP", "True-Client-IP", "X-Client-IP"]
)
def test_no_header_gets_anybody_a_bucket_of_their_own(room: Room, header: str) -> None:
    nobody = room.nobody()
    statuses = [
        nobody.call(headers={header: f"for=198.51.100.{n}" if header == "Forwarded" else f"198.51.100.{n}"})
        for n in range(13)
    ]
    assert [answer.status_code for answer in statuses] == [200] * 12 + [429]


def test_a_whole_ipv6_network_is_one_place(room: Room) -> None:
    statuses = [room.nobody(f"2001:db8:0:7:{n:x}::{n}").call().status_code for n in range(13)]
    assert statuses == [200] * 12 + [429]
    assert room.nobody("2001:db8:0:8::1").call().status_code == 200


def test_the_wall_clock_may_jump(node: Node, clock: SettableClock) -> None:
    room = Room(node)
    nobody = room.nobody()
    nobody.use_up(12)
    clock.forward(hours=-3)
    assert nobody.call().status_code == 429
    room.ticks.forward(60)
    assert nobody.call().status_code == 200
    clock.forward(seconds=7)
    assert left(nobody.call().headers)["search-address"] == (10, 60)


def test_one_setting_widens_all_limits_and_zero_switches_them_off(node: Node) -> None:
    wide = Room(node, percent=300).nobody().call()
    assert policies(wide.headers) == {"search-address": (360, 60)}
    off = create_app(limited(node, Ticks(), percent=0)).test_client()
    answers = [off.get(SEARCH) for _ in range(130)]
    assert {answer.status_code for answer in answers} == {200}
    assert not {name for answer in answers for name, _ in answer.headers if name.startswith("RateLimit")}


def test_the_smallest_percentage_leaves_a_try(node: Node) -> None:
    nobody = Room(node, percent=1).nobody()
    assert [nobody.call().status_code for _ in range(2)] == [200, 429]


def test_health_and_the_document_are_never_refused(room: Room) -> None:
    nobody = room.nobody()
    nobody.use_up(12)
    for path in ("/healthz", "/readyz", "/api/v1/openapi.json"):
        for _ in range(40):
            assert nobody.call(path).status_code == 200


def test_a_program_that_acts_for_persons_is_not_used_up_by_one_of_them() -> None:
    """The table itself: a program has more than any person, so that one cannot use up all."""
    for kind in ("read", "search"):
        assert TABLE[kind][By.PERSON] < TABLE[kind][By.PROGRAM]
