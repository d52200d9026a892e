"""Trying out secrets of programs: few tries are looked at, and nobody is locked out by them."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from registry.identity.oauth.rules import DEVICE_GRANT
from tests.api.limited import left, limited
from tests.api.oauth.conftest import KINDS, SECRET, Town, error
from tests.ticks import Ticks
from web.app import create_app

TRIES = int(os.environ.get("COMMONS_TRIES", "1000"))
"""Tries at one program; the bar is 10,000 (``COMMONS_TRIES=10000``)."""
MACHINE = {"grant_type": "client_credentials"}


class Door:
    """The token endpoint of a limited town, seen from anywhere."""

    def __init__(self, town: Town) -> None:
        self.ticks = Ticks()
        self.town = town
        node = limited(town.node, self.ticks)
        self.http = create_app(node).test_client()

    def knock(
        self,
        address: str,
        client: str = KINDS["service"],
        secret: str = SECRET,
        path: str = "/oauth/token",
        **fields: str,
    ) -> TestResponse:
        return self.http.post(
            path,
            data=fields or MACHINE,
            auth=(client, secret) if secret else None,
            environ_overrides={"REMOTE_ADDR": address},
        )


@pytest.fixture
def door(town: Town) -> Door:
    return Door(town)


def form_encoded(secret: str) -> str:
    return "".join(f"%{byte:02X}" for byte in secret.encode())


GOOD = form_encoded(SECRET)


@pytest.mark.timeout(3600)
def test_of_ten_thousand_guesses_ten_a_minute_are_looked_at_and_others_go_on(
    door: Door, record_property: Callable[[str, object], None]
) -> None:
    """Every guess comes from a place of its own; a minute passes with each six hundred."""
    assert door.knock("192.0.2.1", secret=GOOD).status_code == 200
    statuses: list[int] = []
    for number in range(TRIES):
        place = f"2001:db8:{number >> 16:x}:{number & 0xFFFF:x}::1"
        statuses.append(door.knock(place, secret=f"guess {number}").status_code)
        door.ticks.forward(0.1)
        if number % 100 == 99:
            assert door.knock("192.0.2.1", secret=GOOD).status_code == 200  # at home: not locked out
            assert door.knock("192.0.2.2", KINDS["foreign"], GOOD).status_code == 200
            door.ticks.forward(0.1)
    minutes = TRIES / 600
    assert set(statuses) == {401, 429}
    assert statuses.count(401) <= 10 * (minutes + 1)
    record_property("figures", f"{TRIES} guesses in {minutes:.1f} minutes: {statuses.count(401)} looked at")
    assert statuses[:10] == [401] * 9 + [429]  # the first of ten was its own, from a place not known yet


def test_from_one_place_a_program_is_tried_sixty_times_a_minute_at_most(door: Door) -> None:
    assert door.knock("192.0.2.1", secret=GOOD).status_code == 200
    statuses = [door.knock("192.0.2.1", secret="guess").status_code for _ in range(70)]
    assert statuses == [401] * 59 + [429] * 11


def test_the_right_secret_gets_no_further_than_a_wrong_one_once_refused(door: Door) -> None:
    """Else the answer would tell which guess was right."""
    for number in range(10):
        assert door.knock(f"198.51.100.{number}", secret="guess").status_code == 401
    right, wrong = (door.knock("203.0.113.1", secret=secret) for secret in (GOOD, "guess"))
    assert (right.status_code, right.json) == (wrong.status_code, wrong.json)
    assert right.status_code == 429


def test_a_refusal_is_json_of_oauth_with_the_seconds_to_wait(door: Door) -> None:
    for _ in range(60):
        answer = door.knock("192.0.2.1", secret=GOOD)
        assert answer.status_code == 200
    assert left(answer.headers)["token-program"] == (0, 60)
    refused = door.knock("192.0.2.1", secret=GOOD)
    assert error(refused) == (429, "temporarily_unavailable")
    assert refused.headers["Retry-After"] == "60"
    assert left(refused.headers)["token-program"][0] == 0
    door.ticks.forward(60)
    assert door.knock("192.0.2.1", secret=GOOD).status_code == 200


def test_a_place_has_so_many_tries_for_all_programs_together(door: Door) -> None:
    statuses = [door.knock("192.0.2.1", f"{number:032x}", "guess").status_code for number in range(121)]
    assert statuses == [401] * 120 + [429]
    assert door.knock("192.0.2.2", secret=GOOD).status_code == 200


def ways_to_write(client: str) -> list[str]:
    return [
        client,
        form_encoded(client),
        f"%3{client[0]}{client[1:]}",
        client[:-1] + form_encoded(client[-1]).lower(),
    ]


def test_an_id_in_other_letters_is_the_same_program_or_none(door: Door) -> None:
    written = ways_to_write(KINDS["service"])
    statuses = [
        door.knock(f"198.51.100.{number}", written[number % len(written)], "guess").status_code
        for number in range(12)
    ]
    assert statuses == [401] * 10 + [429] * 2
    digits = "\uff11" * 32, "\u0661" * 32, KINDS["service"] + "\u200b", f" {KINDS['service']}"
    for number, odd in enumerate(digits):
        answer = basic(door, f"203.0.113.{number}", odd)
        assert answer.status_code == 401, odd


def basic(door: Door, address: str, client: str) -> TestResponse:
    pair = base64.b64encode(f"{client}:{SECRET}".encode()).decode()
    return door.http.post(
        "/oauth/token",
        data=MACHINE,
        headers={"Authorization": f"Basic {pair}"},
        environ_overrides={"REMOTE_ADDR": address},
    )


def test_all_endpoints_that_look_at_secrets_share_one_count(door: Door) -> None:
    paths = ["/oauth/token", "/oauth/revoke", "/oauth/introspect"] * 4
    statuses = [
        door.knock(f"198.51.100.{number}", secret="guess", path=path, token="x", **MACHINE).status_code
        for number, path in enumerate(paths)
    ]
    assert statuses == [401] * 10 + [429] * 2


def test_forged_assertions_are_counted_as_guesses(door: Door) -> None:
    other = replace(door.town, key=type(door.town.key).generate_key("P-256", auto_kid=True))
    statuses = [
        door.knock(
            f"198.51.100.{number}",
            secret="",
            client_assertion_type="urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            client_assertion=other.assertion(jti=f"forged {number}"),
            **MACHINE,
        ).status_code
        for number in range(12)
    ]
    assert statuses[10:] == [429, 429]
    assert not {200, 429} & set(statuses[:10])


def test_a_public_program_of_many_people_is_not_slowed_by_their_number(door: Door) -> None:
    """It has no secret that could be guessed; every person comes from a place of their own."""
    fields = {
        "grant_type": "refresh_token",
        "refresh_token": "x",
        "client_id": KINDS["native"],
    }
    statuses = {
        door.knock(f"198.51.{number >> 8}.{number & 255}", secret="", **fields).status_code
        for number in range(300)
    }
    assert statuses == {400}


def test_twenty_devices_behind_one_address_may_wait_and_are_told_to_slow_down(door: Door) -> None:
    fields = {"grant_type": DEVICE_GRANT, "device_code": "x" * 43, "client_id": KINDS["native"]}
    answers = [door.knock("192.0.2.1", secret="", **fields) for _ in range(241)]
    assert {answer.status_code for answer in answers[:240]} == {400}
    assert error(answers[240]) == (429, "slow_down")
    assert door.knock("192.0.2.1", secret=GOOD).status_code == 200


def test_devices_that_begin_to_wait_are_counted_by_address(door: Door) -> None:
    fields = {"client_id": KINDS["native"], "scope": "submissions:write"}
    answers = [door.knock("192.0.2.1", secret="", path="/oauth/device", **fields) for _ in range(13)]
    assert [answer.status_code for answer in answers] == [200] * 12 + [429]
    assert door.knock("192.0.2.2", secret="", path="/oauth/device", **fields).status_code == 200


def test_a_place_where_it_succeeded_is_known_for_a_day(door: Door) -> None:
    assert door.knock("192.0.2.1", secret=GOOD).status_code == 200
    for number in range(9):
        door.knock(f"198.51.100.{number}", secret="guess")
    assert door.knock("198.51.100.99", secret="guess").status_code == 429
    assert door.knock("192.0.2.1", secret=GOOD).status_code == 200
    door.ticks.forward(86_401)
    for number in range(10):
        door.knock(f"198.51.100.{number}", secret="guess")
    assert door.knock("192.0.2.1", secret=GOOD).status_code == 429


def test_a_person_is_counted_beside_the_program_that_acts_for_them(town: Town) -> None:
    ticks = Ticks()
    http = create_app(limited(town.node, ticks, percent=2)).test_client()
    tokens = [
        (town.redeem(town.code("web", person, "submissions:read")).json or {})["access_token"]
        for person in (town.people.member, town.people.reviewer)
    ]

    def read(token: str) -> TestResponse:
        return http.get("/api/v1/submissions", headers={"Authorization": f"Bearer {token}"})

    first = read(tokens[0])
    assert left(first.headers) == {"read-person": (5, 60), "read-program": (11, 60)}
    assert [read(tokens[0]).status_code for _ in range(30)] == [200] * 5 + [429] * 25
    other = read(tokens[1])
    assert left(other.headers)["read-program"] == (5, 60)  # thirty refusals used nothing up
