"""Signing in with a passkey: alone, and after a password."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from registry.db.private import PrivateDatabase
from registry.errors import CommonsError
from registry.identity.factors.ceremony import PasskeyRefused
from registry.identity.factors.challenges import ChallengeOver
from registry.identity.factors.passkeys import NoPasskeysHere
from registry.identity.factors.pending import TRIES, SecondStepOver
from registry.identity.models import Organization, Person
from registry.identity.rules import Role
from registry.identity.secrets import hash_secret
from tests.authenticator import Authenticator
from tests.conftest import SettableClock
from tests.factories import PASSWORD
from tests.registry.house import at_once
from tests.registry.identity.factors.desk import ORIGIN, Desk, open_desk

BROWSER = "a browser's secret"


def answered(desk: Desk, device: Authenticator, browser: str = BROWSER, **said: Any) -> str:
    """What the device answers somebody unknown."""
    return device.get(desk.sign_ins.question(browser), **said)


def test_a_passkey_alone_signs_in_with_both_factors_shown(
    private_db: PrivateDatabase, clock: SettableClock
) -> None:
    desk = open_desk(private_db, clock, Role.REVIEWER)
    device = desk.add()
    clock.forward(hours=1)
    made = desk.sign_ins.sign_in(BROWSER, answered(desk, device), device="Firefox, Linux")
    assert made.actor.id == desk.actor.id
    assert made.actor.roles == {Role.REVIEWER}
    assert not made.actor.lacks_factor
    question = "SELECT method, device FROM sign_in WHERE secret_hash = :it AND confirmed_at IS NOT NULL"
    assert desk.ask(question, it=hash_secret(made.secret)) == [("passkey", "Firefox, Linux")]
    assert desk.passkeys.all(made.actor)[0].last_used_at == clock()


def test_what_somebody_unknown_is_asked(desk: Desk) -> None:
    desk.add()
    asked = json.loads(desk.sign_ins.question(BROWSER))
    assert asked["allowCredentials"] == []
    assert asked["userVerification"] == "required"
    assert asked["rpId"] == "node.example"
    assert json.loads(desk.sign_ins.question(BROWSER))["challenge"] != asked["challenge"]
    assert desk.ask("SELECT count(*) FROM factor_challenge") == [(0,)]


def test_an_answer_counts_once(desk: Desk) -> None:
    answer = answered(desk, desk.add())
    desk.sign_ins.sign_in(BROWSER, answer)
    with pytest.raises(ChallengeOver):
        desk.sign_ins.sign_in(BROWSER, answer)


def test_of_many_at_once_with_one_answer_one_is_in(desk: Desk) -> None:
    answer = answered(desk, desk.add())
    got = at_once(6, lambda _: desk.sign_ins.sign_in(BROWSER, answer))
    assert sum(not isinstance(one, CommonsError) for one in got) == 1
    assert desk.ask("SELECT count(*) FROM sign_in WHERE method = 'passkey'") == [(1,)]


def test_a_challenge_is_for_one_browser_and_five_minutes(desk: Desk) -> None:
    device = desk.add()
    with pytest.raises(ChallengeOver):
        desk.sign_ins.sign_in("another browser", answered(desk, device))
    late = answered(desk, device)
    desk.clock.forward(minutes=5)
    with pytest.raises(ChallengeOver):
        desk.sign_ins.sign_in(BROWSER, late)
    for made_up in ("AAAA", "", "é", "A" * 75, "A" * 4_000):
        with pytest.raises((ChallengeOver, PasskeyRefused)):
            desk.sign_ins.sign_in(BROWSER, answered(desk, device, challenge=made_up))


def test_marks_of_old_challenges_go(desk: Desk) -> None:
    device = desk.add()
    desk.sign_ins.sign_in(BROWSER, answered(desk, device))
    desk.clock.forward(minutes=5)
    desk.sign_ins.sign_in(BROWSER, answered(desk, device))
    assert desk.ask("SELECT count(*) FROM factor_challenge") == [(1,)]


@pytest.mark.parametrize(
    "said",
    [
        {"origin": "https://node.example.evil.example"},
        {"origin": "http://node.example"},
        {"origin": "https://evil.example"},
        {"type": "webauthn.create"},
        {"crossOrigin": True},
        {"topOrigin": "https://evil.example"},
    ],
)
def test_an_answer_given_to_another_page_is_refused(desk: Desk, said: dict[str, Any]) -> None:
    device = desk.add()
    with pytest.raises(PasskeyRefused):
        desk.sign_ins.sign_in(BROWSER, answered(desk, device, **said))


def test_without_a_password_the_device_must_know_who_holds_it(desk: Desk) -> None:
    device = desk.add(Authenticator(ORIGIN, verifies=False))
    with pytest.raises(PasskeyRefused):
        desk.sign_ins.sign_in(BROWSER, answered(desk, device))
    secret = desk.half_in()
    desk.sign_ins.second_step(secret, device.get(desk.sign_ins.second_question(secret)))


def test_a_copied_device_shows_itself_by_its_counter(desk: Desk) -> None:
    device = desk.add(Authenticator(ORIGIN, count=7))
    desk.sign_ins.sign_in(BROWSER, answered(desk, device))
    desk.sign_ins.sign_in(BROWSER, answered(desk, device))
    device.count = 7
    for _ in range(2):  # 8 was seen, and so was 9
        with pytest.raises(PasskeyRefused):
            desk.sign_ins.sign_in(BROWSER, answered(desk, device))
    assert desk.acts().count("refuse-passkey") == 2
    device.count = 0  # a copy that keeps no counter
    with pytest.raises(PasskeyRefused):
        desk.sign_ins.sign_in(BROWSER, answered(desk, device))
    device.count = 9
    desk.sign_ins.sign_in(BROWSER, answered(desk, device))


def test_two_answers_with_one_counter_are_one_device_too_many(desk: Desk) -> None:
    device = desk.add(Authenticator(ORIGIN, count=1))
    answers = []
    for _ in range(5):
        device.count = 4
        answers.append(answered(desk, device))
    got = at_once(5, lambda n: desk.sign_ins.sign_in(BROWSER, answers[n]))
    assert sum(not isinstance(one, CommonsError) for one in got) == 1


def test_a_removed_passkey_is_none(desk: Desk) -> None:
    device = desk.add()
    answer = answered(desk, device)
    desk.passkeys.remove(desk.actor, desk.secret, desk.passkeys.all(desk.actor)[0].mark, PASSWORD)
    with pytest.raises(PasskeyRefused):
        desk.sign_ins.sign_in(BROWSER, answer)


def test_a_passkey_says_whose_it_is(desk: Desk) -> None:
    device, other = desk.add(), desk.sit("bob")
    others = other.add()
    for handle in (others.handle, "", "AAAA"):
        device.handle, good = handle, device.handle
        with pytest.raises(PasskeyRefused):
            desk.sign_ins.sign_in(BROWSER, answered(desk, device))
        device.handle = good


def test_a_stolen_key_id_needs_its_key(desk: Desk) -> None:
    device = desk.add()
    thief = Authenticator(ORIGIN, id=device.id, handle=device.handle)
    with pytest.raises(PasskeyRefused):
        desk.sign_ins.sign_in(BROWSER, answered(desk, thief))


def test_who_may_not_sign_in_may_not_with_a_passkey(desk: Desk) -> None:
    device = desk.add()
    with desk.private.work() as session:
        session.execute(update(Organization).values(state="suspended"))
    outside = desk.sign_ins.sign_in(BROWSER, answered(desk, device)).actor
    assert (outside.roles, outside.organization_id) == (frozenset(), "")
    assert outside.outside is not None
    with desk.private.work() as session:
        session.execute(update(Person).values(active=False))
    with pytest.raises(PasskeyRefused):
        desk.sign_ins.sign_in(BROWSER, answered(desk, device))


def test_the_second_step_asks_for_the_persons_own_keys(desk: Desk) -> None:
    device = desk.add()
    desk.sit("bob").add()
    secret = desk.half_in()
    asked = json.loads(desk.sign_ins.second_question(secret))
    assert [key["id"] for key in asked["allowCredentials"]] == [device.name]
    assert asked["userVerification"] == "preferred"
    made = desk.sign_ins.second_step(secret, device.get(json.dumps(asked)))
    assert made.actor.id == desk.actor.id
    with pytest.raises(SecondStepOver):
        desk.sign_ins.second_question(secret)


def test_the_second_step_takes_no_other_persons_key(desk: Desk) -> None:
    desk.add()
    others, secret = desk.sit("bob").add(), desk.half_in()
    for handle in (others.handle, None):
        others.handle = handle
        with pytest.raises(PasskeyRefused):
            desk.sign_ins.second_step(secret, others.get(desk.sign_ins.second_question(secret)))


def test_a_security_key_that_keeps_no_handle_will_do_as_second_step(desk: Desk) -> None:
    device, secret = desk.add(), desk.half_in()
    device.handle = None
    desk.sign_ins.second_step(secret, device.get(desk.sign_ins.second_question(secret)))


def test_a_second_answer_needs_a_second_question(desk: Desk) -> None:
    device, secret = desk.add(), desk.half_in()
    bad = device.get(desk.sign_ins.second_question(secret), origin="https://evil.example")
    with pytest.raises(PasskeyRefused):
        desk.sign_ins.second_step(secret, bad)
    with pytest.raises(ChallengeOver):
        desk.sign_ins.second_step(secret, bad)
    desk.sign_ins.second_step(secret, device.get(desk.sign_ins.second_question(secret)))


def test_the_last_try_may_be_the_right_one(desk: Desk) -> None:
    device, secret = desk.add(), desk.half_in()
    bad = device.get(desk.sign_ins.second_question(secret), origin="https://evil.example")
    for _ in range(TRIES - 1):
        with pytest.raises(CommonsError):
            desk.sign_ins.second_step(secret, bad)
    desk.sign_ins.second_step(secret, device.get(desk.sign_ins.second_question(secret)))


def test_the_second_step_bears_few_tries_and_its_question_five_minutes(desk: Desk) -> None:
    device, secret = desk.add(), desk.half_in()
    late = device.get(desk.sign_ins.second_question(secret))
    desk.clock.forward(minutes=5)
    with pytest.raises(ChallengeOver):
        desk.sign_ins.second_step(secret, late)
    for _ in range(TRIES - 1):
        with pytest.raises(ChallengeOver):
            desk.sign_ins.second_step(secret, late)
    with pytest.raises(SecondStepOver):
        desk.sign_ins.second_question(secret)


def test_of_many_second_steps_at_once_one_is_in(desk: Desk) -> None:
    device, secret = desk.add(), desk.half_in()
    answer = device.get(desk.sign_ins.second_question(secret))
    got = at_once(6, lambda _: desk.sign_ins.second_step(secret, answer))
    assert sum(not isinstance(one, CommonsError) for one in got) == 1


def test_a_question_of_the_second_step_is_for_no_other_sign_in(desk: Desk) -> None:
    device, one, two = desk.add(), desk.half_in(), desk.half_in()
    answer = device.get(desk.sign_ins.second_question(one))
    desk.sign_ins.second_question(two)
    with pytest.raises(PasskeyRefused):
        desk.sign_ins.second_step(two, answer)
    with pytest.raises(ChallengeOver):
        desk.sign_ins.sign_in(BROWSER, answer)


def test_somebody_without_passkeys_is_asked_for_none(
    private_db: PrivateDatabase, clock: SettableClock
) -> None:
    desk = open_desk(private_db, clock)
    device = desk.add()
    secret = desk.half_in()
    desk.passkeys.remove(desk.actor, desk.secret, desk.passkeys.all(desk.actor)[0].mark, PASSWORD)
    with pytest.raises(PasskeyRefused):
        desk.sign_ins.second_question(secret)
    with pytest.raises(SecondStepOver):
        desk.sign_ins.second_question("no such sign-in")
    assert device.handle is not None


def test_a_node_without_a_name_asks_nobody(private_db: PrivateDatabase, clock: SettableClock) -> None:
    desk = open_desk(private_db, clock, base_url="http://192.0.2.7:8000")
    with pytest.raises(NoPasskeysHere):
        desk.sign_ins.question(BROWSER)
    assert desk.clock() - clock() == timedelta(0)
