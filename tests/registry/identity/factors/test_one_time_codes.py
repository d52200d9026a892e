"""Setting up an app, its codes at sign-in, and taking it away."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from registry.errors import Conflict, Invalid, NotFound, NotSignedIn
from registry.identity.factors.letters import FACTORS_CHANGED
from registry.identity.factors.pending import SecondStepNeeded
from registry.identity.factors.totp import NotBegun
from registry.identity.oneself import NotFresh
from registry.identity.rules import Permission, Role
from tests.factories import PASSWORD
from tests.registry.house import House, at_once
from tests.registry.identity.factors.strict import App, Strict, open_strict


@pytest.fixture
def desk(house: House) -> Strict:
    return open_strict(house.private, house.clock)


def test_trusted_roles_rest_until_a_factor_is_shown_and_then_awake_in_the_same_session(desk: Strict) -> None:
    key = desk.person("ada", Role.MEMBER, Role.REVIEWER)
    actor, secret = desk.sign_in("ada")
    assert (actor.roles, actor.lacks_factor) == ({Role.MEMBER}, True)
    assert desk.actor(secret) == actor
    assert not actor.holds(Permission.REVIEW)
    desk.factors.own.prepare(actor, secret, PASSWORD)
    app = App(desk.factors.own.setting_up(actor, secret).secret, desk.clock)
    risen = desk.factors.own.confirm(actor, secret, app.code())
    awake = desk.actor(risen.secret)
    assert (awake.roles, awake.lacks_factor) == ({Role.MEMBER, Role.REVIEWER}, False)
    assert desk.sessions.person(secret) is None, "the session has a new secret"
    assert desk.ask("SELECT count(*) FROM sign_in WHERE person_id = :key", key=key) == [(1,)]
    assert "add-one-time-codes" in desk.acts(key)
    assert desk.letters(key) == [FACTORS_CHANGED]


@pytest.mark.parametrize(
    ("roles", "asked", "lacks"),
    [
        ([Role.MEMBER], True, False),
        ([Role.ORG_ADMIN], True, False),
        ([Role.REVIEWER], True, True),
        ([Role.STEWARD], True, True),
        ([Role.STEWARD, Role.ORG_ADMIN], True, True),
        ([Role.REVIEWER], False, False),
        ([Role.STEWARD], False, False),
    ],
)
def test_who_lacks_a_factor(small_house: House, roles: list[Role], asked: bool, lacks: bool) -> None:
    desk = open_strict(small_house.private, small_house.clock, asked=asked)
    desk.person("ada", *roles)
    actor, secret = desk.sign_in("ada")
    assert actor.lacks_factor is lacks
    assert desk.factors.own.standing(actor, secret).needed is lacks
    awake = set(roles) - {Role.REVIEWER, Role.STEWARD} if lacks else set(roles)
    assert actor.roles == awake


def test_whoever_has_a_factor_shows_it_whatever_their_role_and_the_setting(
    small_house: House,
) -> None:
    desk = open_strict(small_house.private, small_house.clock, asked=False)
    app, _, _ = desk.with_app("ada", Role.MEMBER)
    with pytest.raises(SecondStepNeeded):
        desk.sessions.sign_in("ada@example.org", PASSWORD)
    actor, _ = desk.sign_in("ada", app)
    assert actor.roles == {Role.MEMBER}


def test_the_app_gets_a_secret_that_standard_apps_read(desk: Strict) -> None:
    desk.person("ada")
    actor, secret = desk.sign_in("ada")
    desk.factors.own.prepare(actor, secret, PASSWORD)
    shown = desk.factors.own.setting_up(actor, secret)
    parts = urlsplit(shown.uri)
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/Test%20node:ada%40example.org")
    assert parse_qs(parts.query) == {"secret": [shown.secret], "issuer": ["Test node"]}
    assert len(shown.secret) == 32  # 160 bits, as RFC 4226 section 4 asks for
    assert shown.secret not in str(desk.ask("SELECT sealed_secret FROM totp_factor"))


def test_a_set_up_that_was_not_finished_counts_for_nothing(desk: Strict) -> None:
    desk.person("ada")
    actor, secret = desk.sign_in("ada")
    with pytest.raises(NotBegun):
        desk.factors.own.setting_up(actor, secret)
    with pytest.raises(NotBegun):
        desk.factors.own.confirm(actor, secret, "123456")
    desk.factors.own.prepare(actor, secret, PASSWORD)
    first = desk.factors.own.setting_up(actor, secret).secret
    desk.factors.own.prepare(actor, secret, PASSWORD)
    assert desk.factors.own.setting_up(actor, secret).secret != first
    assert not desk.factors.own.standing(actor, secret).held.any
    again, _ = desk.sign_in("ada")
    assert again.lacks_factor


def test_a_wrong_code_does_not_finish_the_set_up(desk: Strict) -> None:
    key = desk.person("ada")
    actor, secret = desk.sign_in("ada")
    desk.factors.own.prepare(actor, secret, PASSWORD)
    app = App(desk.factors.own.setting_up(actor, secret).secret, desk.clock)
    for code in (app.wrong(), "", "12345", "1234567", "١٢٣٤٥٦", app.code(2), app.code(-2), "x" * 10_000):
        with pytest.raises(Invalid):
            desk.factors.own.confirm(actor, secret, code)
    assert desk.sessions.person(secret) == actor
    assert "add-one-time-codes" not in desk.acts(key)
    desk.factors.own.confirm(actor, secret, f" {app.code()[:3]}\u00a0{app.code()[3:]} ")


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_is_good_for_its_half_minute_and_those_beside_it(desk: Strict, steps: int, good: bool) -> None:
    app, _, _ = desk.with_app("ada")
    desk.clock.forward(minutes=5)
    pending = desk.half_in("ada")
    if good:
        assert desk.factors.second_step.by_code(pending, app.code(steps)).signed_in.actor.holds(
            Permission.REVIEW
        )
    else:
        with pytest.raises(Invalid):
            desk.factors.second_step.by_code(pending, app.code(steps))


def test_no_code_is_good_twice_nor_one_before_it(desk: Strict) -> None:
    app, _, _ = desk.with_app("ada")  # the set-up used the present code up
    with pytest.raises(Invalid):
        desk.factors.second_step.by_code(desk.half_in("ada"), app.code())
    desk.clock.forward(minutes=5)
    code, earlier = app.code(), app.code(-1)
    desk.factors.second_step.by_code(desk.half_in("ada"), code)
    for used in (code, earlier):
        with pytest.raises(Invalid):
            desk.factors.second_step.by_code(desk.half_in("ada"), used)
    desk.factors.second_step.by_code(desk.half_in("ada"), app.code(1))


def test_one_code_typed_at_once_in_many_places_signs_one_in(desk: Strict) -> None:
    app, _, _ = desk.with_app("ada")
    desk.clock.forward(minutes=5)
    waiting, code = [desk.half_in("ada") for _ in range(8)], app.code()
    done = at_once(8, lambda n: desk.factors.second_step.by_code(waiting[n], code))
    assert sum(not isinstance(one, Exception) for one in done) == 1
    assert all(isinstance(one, Invalid) for one in done if isinstance(one, Exception))


def test_other_sessions_without_a_factor_end_when_the_first_one_is_set_up(desk: Strict) -> None:
    desk.person("ada")
    other = desk.sign_in("ada")[1]
    actor, secret = desk.sign_in("ada")
    desk.factors.own.prepare(actor, secret, PASSWORD)
    app = App(desk.factors.own.setting_up(actor, secret).secret, desk.clock)
    assert desk.sessions.person(other) is not None
    risen = desk.factors.own.confirm(actor, secret, app.code())
    assert desk.sessions.person(other) is None
    assert desk.sessions.person(risen.secret) is not None


def test_a_session_that_showed_no_factor_cannot_touch_one(desk: Strict) -> None:
    app, secret, _ = desk.with_app("ada")
    actor = desk.actor(secret)
    with desk.private.work() as session:
        session.connection().exec_driver_sql("UPDATE sign_in SET confirmed_at = NULL")
    assert desk.factors.own.standing(actor, secret).locked
    desk.clock.forward(minutes=1)
    for act in (
        lambda: desk.factors.own.remove(actor, secret, app.code()),
        lambda: desk.factors.own.new_codes(actor, secret, PASSWORD),
        lambda: desk.factors.own.prepare(actor, secret, PASSWORD),
    ):
        with pytest.raises(NotFresh):
            act()


def test_a_wrong_password_and_somebody_elses_session_begin_nothing(desk: Strict) -> None:
    desk.person("ada")
    desk.person("bob")
    actor, secret = desk.sign_in("ada")
    with pytest.raises(Invalid):
        desk.factors.own.prepare(actor, secret, "not the password")
    with pytest.raises(NotSignedIn):
        desk.factors.own.prepare(actor, desk.sign_in("bob")[1], PASSWORD)
    assert desk.ask("SELECT * FROM totp_factor") == []


def test_a_good_app_is_not_replaced_by_beginning_again(desk: Strict) -> None:
    app, secret, _ = desk.with_app("ada")
    actor = desk.actor(secret)
    with pytest.raises(Conflict):
        desk.factors.own.prepare(actor, secret, PASSWORD)
    with pytest.raises(NotBegun):
        desk.factors.own.setting_up(actor, secret)
    assert desk.sign_in("ada", app)[0] == actor


def test_the_last_factor_of_a_reviewer_stays(desk: Strict) -> None:
    app, secret, _ = desk.with_app("ada", Role.REVIEWER)
    actor = desk.actor(secret)
    assert desk.factors.own.standing(actor, secret).last
    desk.clock.forward(minutes=1)
    with pytest.raises(Conflict):
        desk.factors.own.remove(actor, secret, app.code())
    assert desk.factors.own.standing(actor, secret).held.totp


def test_a_member_takes_codes_away_with_a_fresh_one(desk: Strict) -> None:
    app, secret, _ = desk.with_app("mia", Role.MEMBER)
    actor = desk.actor(secret)
    with pytest.raises(Invalid):
        desk.factors.own.remove(actor, secret, app.code())  # used at set-up
    desk.clock.forward(minutes=1)
    with pytest.raises(Invalid):
        desk.factors.own.remove(actor, secret, app.wrong())
    desk.factors.own.remove(actor, secret, app.code())
    with pytest.raises(NotFound):
        desk.factors.own.remove(actor, secret, app.code(1))
    assert desk.sign_in("mia")[0].roles == {Role.MEMBER}
    assert desk.acts(actor.id)[-2:] == ["remove-one-time-codes", "sign-in"]
