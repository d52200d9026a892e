"""Answers that no honest browser sends, and those that one sends for somebody else."""

from __future__ import annotations

from typing import Any

import pytest

from registry.identity.factors.ceremony import ANSWER_MAX, PasskeyRefused, read
from registry.identity.factors.passkeys import ChallengeOver
from tests.authenticator import Authenticator
from tests.registry.identity.factors.desk import ORIGIN, Desk

BROKEN: dict[str, dict[str, Any]] = {
    "wrong origin": {"origin": "https://node.example.evil.example"},
    "http origin": {"origin": "http://node.example"},
    "port": {"origin": "https://node.example:8443"},
    "subdomain": {"origin": "https://a.node.example"},
    "no origin": {"origin": None},
    "framed": {"crossOrigin": True},
    "framed by another": {"topOrigin": "https://evil.example"},
    "the other ceremony": {"type": "webauthn.get"},
    "other challenge": {"challenge": "AAAA"},
    "no challenge": {"challenge": None},
    "challenge of numbers": {"challenge": [1, 2]},
}


def test_an_answer_from_elsewhere_is_refused(desk: Desk) -> None:
    for said in BROKEN.values():
        answer = Authenticator(ORIGIN).create(desk.begin(), **said)
        with pytest.raises(PasskeyRefused):
            desk.passkeys.add(desk.actor, desk.secret, "", answer)
    assert desk.names() == []


def test_an_answer_for_another_domain_is_refused(desk: Desk) -> None:
    options = desk.begin().replace("node.example", "evil.example")
    with pytest.raises(PasskeyRefused):
        desk.passkeys.add(desk.actor, desk.secret, "", Authenticator(ORIGIN).create(options))


@pytest.mark.parametrize(
    "fmt", ["tpm", "android-safetynet", "android-key", "apple", "fido-u2f", "x", "packed"]
)
def test_attestations_that_nobody_asked_for_are_refused(desk: Desk, fmt: str) -> None:
    with pytest.raises(PasskeyRefused):
        desk.passkeys.add(desk.actor, desk.secret, "", Authenticator(ORIGIN).create(desk.begin(), fmt))


ODD = (
    "",
    "null",
    "[]",
    "{}",
    "{" * 9_000,
    "[" * 9_000,
    "1" * 5_000,
    '{"response": 1}',
    '{"id": "AAAA", "response": {"clientDataJSON": 5}}',
    '{"id": "AAAA", "response": {"clientDataJSON": "bnVsbA"}}',
    '{"id": "", "response": {"clientDataJSON": "e30"}}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": "W1tbW1tb"}}',
    "é\udcff",
)


@pytest.mark.parametrize("answer", ODD)
def test_broken_answers_cannot_be_read(answer: str) -> None:
    with pytest.raises(PasskeyRefused):
        read(answer)


def test_an_answer_with_a_changed_byte_is_refused_or_harmless(desk: Desk) -> None:
    for cut in range(0, 900, 29):
        answer = Authenticator(ORIGIN).create(desk.begin())
        place, before = min(cut, len(answer) - 1), len(desk.names())
        changed = answer[:place] + ("A" if answer[place] != "A" else "B") + answer[place + 1 :]
        try:
            desk.secret = desk.passkeys.add(desk.actor, desk.secret, "", changed).secret
        except (PasskeyRefused, ChallengeOver):
            assert len(desk.names()) == before


def test_a_long_answer_is_not_read(desk: Desk) -> None:
    answer = Authenticator(ORIGIN).create(desk.begin())
    with pytest.raises(PasskeyRefused):
        desk.passkeys.add(desk.actor, desk.secret, "", answer + " " * ANSWER_MAX)


def test_a_credential_id_has_a_length(desk: Desk) -> None:
    longest = Authenticator(ORIGIN, id=b"\xff" * 1023)
    desk.add(longest)
    with pytest.raises(PasskeyRefused):
        desk.add(Authenticator(ORIGIN, id=b"\xff" * 1024))
