"""Between password and session: ten minutes, five tries, one session; recovery codes; the reset."""

from __future__ import annotations

import re

import pytest

from registry.errors import Conflict, Invalid, NotFound
from registry.identity.factors.letters import FACTORS_RESET
from registry.identity.factors.pending import SecondStepOver
from registry.identity.factors.recovery import ALPHABET, COUNT, LENGTH
from registry.identity.outside import Outside
from registry.identity.rules import Role
from registry.identity.sessions import SignInRefused
from tests.factories import PASSWORD
from tests.registry.house import House, at_once
from tests.registry.identity.factors.strict import Strict, open_strict


@pytest.fixture
def desk(house: House) -> Strict:
    return open_strict(house.private, house.clock)


def test_the_password_alone_starts_no_session(desk: Strict) -> None:
    desk.with_app("ada")
    before = desk.ask("SELECT count(*) FROM sign_in")
    pending = desk.half_in("ada")
    assert desk.ask("SELECT count(*) FROM sign_in") == before
    assert desk.sessions.person(pending) is None
    waiting = desk.factors.second_step.waiting(pending)
    assert (waiting.held.totp, waiting.held.passkeys, waiting.held.recovery_left) == (True, 0, COUNT)
    with pytest.raises(SignInRefused):
        desk.sessions.sign_in("ada@example.org", "not the password")
    assert pending not in str(desk.ask("SELECT * FROM pending_sign_in"))


def test_the_session_says_how_it_began(desk: Strict) -> None:
    app, _, _ = desk.with_app("ada")
    desk.clock.forward(minutes=2)
    desk.factors.second_step.by_code(desk.half_in("ada"), app.code(), device="Firefox, Linux")
    rows = desk.ask("SELECT method, device, confirmed_at FROM sign_in WHERE device <> ''")
    assert [(row[0], row[1], row[2] is not None) for row in rows] == [("password", "Firefox, Linux", True)]


def test_it_waits_ten_minutes(desk: Strict) -> None:
    app, _, _ = desk.with_app("ada")
    early, late = desk.half_in("ada"), desk.half_in("ada")
    desk.clock.forward(minutes=9, seconds=59)
    desk.factors.second_step.by_code(early, app.code())
    desk.clock.forward(seconds=1)
    for act in (
        lambda: desk.factors.second_step.by_code(late, app.code(1)),
        lambda: desk.factors.second_step.waiting(late),
    ):
        with pytest.raises(SecondStepOver):
            act()


def test_it_is_good_for_one_session(desk: Strict) -> None:
    app, _, _ = desk.with_app("ada")
    desk.clock.forward(minutes=2)
    pending = desk.half_in("ada")
    desk.factors.second_step.by_code(pending, app.code())
    with pytest.raises(SecondStepOver):
        desk.factors.second_step.by_code(pending, app.code(1))


def test_it_bears_five_wrong_tries_and_then_not_even_the_right_code(desk: Strict) -> None:
    app, _, codes = desk.with_app("ada")
    desk.clock.forward(minutes=2)
    pending = desk.half_in("ada")
    for _ in range(5):
        with pytest.raises(Invalid):
            desk.factors.second_step.by_code(pending, app.wrong())
    for code in (app.code(), codes[0]):
        with pytest.raises(SecondStepOver):
            desk.factors.second_step.by_code(pending, code)
    desk.factors.second_step.by_code(desk.half_in("ada"), app.code())  # nobody is locked out


def test_wrong_tries_at_once_are_no_more_than_five(desk: Strict) -> None:
    app, _, _ = desk.with_app("ada")
    desk.clock.forward(minutes=2)
    pending, wrong = desk.half_in("ada"), app.wrong()
    done = at_once(12, lambda _: desk.factors.second_step.by_code(pending, wrong))
    assert sum(isinstance(one, Invalid) for one in done) == 5
    assert sum(isinstance(one, SecondStepOver) for one in done) == 7


def test_of_many_right_answers_at_once_one_starts_a_session(desk: Strict) -> None:
    _, _, codes = desk.with_app("ada")
    pending = desk.half_in("ada")
    before = desk.ask("SELECT count(*) FROM sign_in")[0][0]
    done = at_once(5, lambda n: desk.factors.second_step.by_code(pending, codes[n]))
    assert sum(not isinstance(one, Exception) for one in done) == 1
    assert desk.ask("SELECT count(*) FROM sign_in")[0][0] == before + 1
    assert desk.ask("SELECT count(*) FROM recovery_code WHERE used_at IS NOT NULL") == [(1,)]


@pytest.mark.parametrize("secret", ["", "x", "\x00", "\ud800", "x" * 10_000])
def test_a_made_up_pending_sign_in_leads_nowhere(desk: Strict, secret: str) -> None:
    with pytest.raises(SecondStepOver):
        desk.factors.second_step.by_code(secret, "123456")


def test_whoever_loses_their_organization_in_between_acts_for_none_and_whoever_left_stays_out(
    desk: Strict,
) -> None:
    app, secret, _ = desk.with_app("ada")
    pending = desk.half_in("ada")
    desk.clock.forward(minutes=1)
    house = desk.actor(secret).organization_id
    with desk.private.work() as session:
        session.connection().exec_driver_sql("UPDATE organization SET state = 'suspended'")
    through = desk.factors.second_step.by_code(pending, app.code())
    assert through.signed_in.actor.outside is Outside.SUSPENDED
    with desk.private.work() as session:
        session.connection().exec_driver_sql("UPDATE organization SET state = 'active'")
    pending = desk.half_in("ada")
    desk.clock.forward(minutes=1)
    with desk.private.work() as session:
        session.connection().exec_driver_sql("UPDATE person SET active = false")
    with pytest.raises(SecondStepOver):
        desk.factors.second_step.by_code(pending, app.code())
    assert house


def test_recovery_codes_are_ten_and_hard_to_guess_and_easy_to_read(desk: Strict) -> None:
    _, _, codes = desk.with_app("ada")
    assert len(set(codes)) == COUNT == 10
    assert LENGTH * 5 >= 50  # bits
    assert all(re.fullmatch(rf"[{ALPHABET}]{{4}}(-[{ALPHABET}]{{4}}){{2}}", code) for code in codes)
    kept = str(desk.ask("SELECT * FROM recovery_code"))
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_a_recovery_code_signs_in_once_however_it_is_typed(desk: Strict) -> None:
    app, _, codes = desk.with_app("ada")
    typed = f"  {codes[0].upper().replace('-', ' ').replace('1', 'I').replace('0', 'O')} "
    through = desk.factors.second_step.by_code(desk.half_in("ada"), typed)
    assert (through.codes_left, through.signed_in.actor.lacks_factor) == (9, False)
    assert desk.acts(through.signed_in.actor.id)[-2:] == ["use-recovery-code", "sign-in"]
    for code in (codes[0], "0000-0000-0000", codes[1][:-1], codes[1] + "0"):
        with pytest.raises(Invalid):
            desk.factors.second_step.by_code(desk.half_in("ada"), code)
    desk.clock.forward(minutes=1)
    assert desk.factors.second_step.by_code(desk.half_in("ada"), app.code()).codes_left is None


def test_one_recovery_code_at_once_in_many_places_signs_one_in(desk: Strict) -> None:
    _, _, codes = desk.with_app("ada")
    waiting = [desk.half_in("ada") for _ in range(8)]
    done = at_once(8, lambda n: desk.factors.second_step.by_code(waiting[n], codes[3]))
    assert sum(not isinstance(one, Exception) for one in done) == 1


def test_codes_of_one_person_are_worth_nothing_to_another(desk: Strict) -> None:
    _, _, codes = desk.with_app("ada")
    desk.with_app("bob")
    with pytest.raises(Invalid):
        desk.factors.second_step.by_code(desk.half_in("bob"), codes[0])
    desk.factors.second_step.by_code(desk.half_in("ada"), codes[0])


def test_a_new_set_ends_the_old_one(desk: Strict) -> None:
    _, secret, old = desk.with_app("ada")
    actor = desk.actor(secret)
    with pytest.raises(Invalid):
        desk.factors.own.new_codes(actor, secret, "not the password")
    new = desk.factors.own.new_codes(actor, secret, PASSWORD)
    assert not set(new) & set(old)
    with pytest.raises(Invalid):
        desk.factors.second_step.by_code(desk.half_in("ada"), old[0])
    desk.factors.second_step.by_code(desk.half_in("ada"), new[0])
    assert "make-recovery-codes" in desk.acts(actor.id)


def test_recovery_codes_come_with_a_factor_only(desk: Strict) -> None:
    desk.person("mia", Role.MEMBER)
    actor, secret = desk.sign_in("mia")
    with pytest.raises(Conflict):
        desk.factors.own.new_codes(actor, secret, PASSWORD)


def test_the_operator_takes_every_factor_from_somebody_who_lost_them(desk: Strict) -> None:
    app, secret, codes = desk.with_app("ada")
    actor, pending = desk.actor(secret), desk.half_in("ada")
    held = desk.factors.resetting.reset(actor.id)
    assert (held.totp, held.recovery_left) == (True, COUNT)
    assert desk.sessions.person(secret) is None
    for code in (app.code(1), codes[0]):
        with pytest.raises(SecondStepOver):
            desk.factors.second_step.by_code(pending, code)
    again, _ = desk.sign_in("ada")
    assert again.lacks_factor
    assert "reset-factors" in desk.acts(actor.id)
    assert FACTORS_RESET in desk.letters(actor.id)
    letter = desk.factors.letters.write(FACTORS_RESET, {"person_id": actor.id})
    assert letter is not None
    assert letter.to == "ada@example.org"
    with pytest.raises(NotFound):
        desk.factors.resetting.reset("0" * 32)
