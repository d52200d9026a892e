"""Requests that say who asks: they hold for one address and a short while; two other programs agree."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry.federation.rules import Mode, Policy
from registry.federation.signed_requests import FIELD_MAX, LIFETIME, TAG, recognized, sign
from registry.ledger.exact import base64_of
from registry.ledger.refusal import Refused
from tests.outside import packages
from tests.registry.federation.conftest import Here
from tests.registry.ledger.test_outsiders import answers, npm

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC = KEY.public_key().public_bytes_raw()
NODE = "a" * 52
URL = "https://node.example/ledger/payloads?from=0&to=9"


def now() -> datetime:
    """What the clock on the wall says: a signature is read by that."""
    return datetime.now(UTC)


def key_of(node_id: str) -> bytes | None:
    """One node is known."""
    return PUBLIC if node_id == NODE else None


def code(headers: Mapping[str, str], method: str = "GET", url: str = URL) -> str:
    """Why this request is refused; empty where it says who asks."""
    try:
        assert recognized(method, url, headers, key_of).node_id == NODE
    except Refused as refused:
        return refused.reason
    return ""


def test_a_node_is_recognized_by_what_it_signed() -> None:
    assert code(sign(KEY, NODE, "GET", URL, now())) == ""


@pytest.mark.parametrize(
    "url",
    [
        URL.replace("to=9", "to=8"),
        URL.replace("node.example", "other.example"),
        URL.replace("https", "http"),
        URL.partition("?")[0],
    ],
)
def test_it_holds_for_one_address(url: str) -> None:
    assert code(sign(KEY, NODE, "GET", URL, now()), url=url) == "request-refused"


def test_it_holds_for_one_method_and_for_its_own_key() -> None:
    told = sign(KEY, NODE, "GET", URL, now())
    assert code(told, method="POST") == "request-refused"
    assert code(sign(Ed25519PrivateKey.generate(), NODE, "GET", URL, now())) == "request-refused"
    assert code(sign(KEY, "b" * 52, "GET", URL, now())) == "request-refused"


def _with(told: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    assert old in told["Signature-Input"]
    return dict(told) | {"Signature-Input": told["Signature-Input"].replace(old, new)}


def test_what_was_signed_cannot_be_changed_or_left_out() -> None:
    told = sign(KEY, NODE, "GET", URL, now())
    for old, new in (
        (TAG, "another-use"),
        ('"@method" ', ""),
        ("ed25519", "hmac-sha256"),
        ("created=", "x="),
    ):
        assert code(_with(told, old, new)) == "request-refused"
    assert code({"Signature": told["Signature"]}) == "request-unsigned"
    assert code({}) == "request-unsigned"
    assert code(dict(told) | {"Signature": "node=:" + "A" * FIELD_MAX + ":"}) == "request-malformed"
    for junk in ("", "node", "node=()", "node=:AAAA:, node=:AAAA:", "\x00", "(((" * 100):
        assert code(dict(told) | {"Signature-Input": junk}) != ""
        assert code(dict(told) | {"Signature": junk}) != ""


def test_each_can_be_told_from_all_others_while_it_is_believed() -> None:
    """Two of one second, for one address, are two."""
    at = now().replace(microsecond=0)
    one, other = (recognized("GET", URL, sign(KEY, NODE, "GET", URL, at), key_of) for _ in range(2))
    assert one.nonce
    assert one.nonce != other.nonce
    assert one.ends == at + LIFETIME
    assert code(sign(KEY, NODE, "GET", URL, now() - LIFETIME - timedelta(seconds=2))) == "request-refused"


@pytest.mark.parametrize("minutes", [-11, 11])
def test_it_is_good_for_a_few_minutes(minutes: int) -> None:
    """The parameters are signed: an old request is one that was signed long ago."""
    away = timedelta(minutes=minutes)
    assert code(sign(KEY, NODE, "GET", URL, now() + away)) == "request-refused"
    assert code(sign(KEY, NODE, "GET", URL, now() + away / 5)) == ""


def test_only_peers_that_are_not_blocked_are_recognized(here: Here) -> None:
    other = here.other
    told = sign(other.signer.private, other.identity.id, "GET", URL, now())
    with pytest.raises(Refused):
        here.office.callers.recognize("GET", URL, told)
    short = here.follow()
    assert here.office.callers.recognize("GET", URL, told).node_id == other.identity.id
    here.office.peers.set_policy(short, Policy(Mode.BLOCKED), here.office.puller.reader())
    with pytest.raises(Refused):
        here.office.callers.recognize("GET", URL, told)


def asks(here: Here) -> str:
    """Who the other node is found to be, by the key that it has now; empty for nobody."""
    other = here.other
    told = sign(other.signer.private, other.identity.id, "GET", URL, now())
    try:
        return here.office.callers.recognize("GET", URL, told).node_id
    except Refused:
        return ""


def tomorrow(here: Here) -> None:
    """Look at the other node's descriptor again."""
    here.clock.now += timedelta(days=1)
    here.office.peers.look_again(here.other.identity.short)


def test_a_peer_is_known_by_a_key_that_its_pinned_one_announced(here: Here) -> None:
    """Reading still takes the entry in its log; until that was read, only asking goes by the new key."""
    here.other.publish(1)
    short, former = here.follow(), here.other.signer
    here.pull()
    here.other.turn(2)
    here.other.turn(3)
    assert asks(here) == ""
    tomorrow(here)
    assert asks(here) == here.other.identity.id
    assert here.office.peers.read(short).vkey == former.key.vkey
    left = sign(former.private, here.other.identity.id, "GET", URL, now())
    with pytest.raises(Refused):
        here.office.callers.recognize("GET", URL, left)
    here.pull()
    assert here.ask("SELECT vkey, announced FROM peer") == [(here.other.signer.key.vkey, None)]
    assert asks(here) == here.other.identity.id


def test_a_key_that_the_pinned_one_did_not_name_announces_nothing(here: Here) -> None:
    """Whoever has a key that was left behind can write another list of keys from it; it lets nobody in."""
    here.other.publish(1)
    here.follow()
    here.pull()
    first = here.other.signer
    here.other.turn(2)
    here.pull()
    here.other.turns.clear()
    here.other.signer = first
    here.other.turn(9)
    tomorrow(here)
    assert asks(here) == ""
    assert here.ask("SELECT announced FROM peer") == [(None,)]


def asked(cases: list[dict[str, Any]]) -> list[list[Any]]:
    """What the two programs answer."""
    return [json.loads(line) for line in answers(npm("signed_requests.mjs"), cases, packages.HERE)]


def test_two_other_programs_read_our_signatures() -> None:
    good = {
        "method": "GET",
        "url": URL,
        "headers": sign(KEY, NODE, "GET", URL, now()),
        "key": base64_of(PUBLIC),
    }
    wrong = [
        good | {"url": URL + "0"},
        good | {"method": "HEAD"},
        good | {"key": base64_of(Ed25519PrivateKey.generate().public_key().public_bytes_raw())},
        good | {"headers": _with(sign(KEY, NODE, "GET", URL, now()), TAG, "another-use")},
    ]
    assert asked([good, *wrong]) == [[True, True], *([[False, False]] * len(wrong))]


def test_we_read_the_signatures_of_two_other_programs() -> None:
    case = {"method": "GET", "url": URL, "node": NODE, "tag": TAG, "secret": base64_of(bytes(32))}
    for headers in asked([case])[0]:
        told = {name.title(): value for name, value in headers.items()}
        assert code(told) == ""
        assert code(told, url=URL + "0") == "request-refused"
    for headers in asked([case | {"tag": "another-use"}])[0]:
        assert code({name.title(): value for name, value in headers.items()}) == "request-refused"
