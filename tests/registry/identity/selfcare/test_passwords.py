"""Changing a password, and making a new one with a mailed link."""

from __future__ import annotations

import pytest

from registry.errors import CommonsError, Conflict, Invalid, NotSignedIn
from registry.identity.factors.pending import SecondStepOver
from registry.identity.oauth.sweeping import sweep
from registry.identity.oneself import NotFresh
from registry.identity.selfcare import letters
from registry.identity.selfcare.passwords import NoPassword
from registry.identity.tenants.proofs import LinkDead
from tests.authenticator import Authenticator
from tests.factories import PASSWORD
from tests.registry.house import at_once
from tests.registry.identity.factors.desk import ORIGIN
from tests.registry.identity.selfcare.home import Home

NEW = "cobalt otter hums twice"
EMAIL = "ada@example.org"


def living(home: Home) -> int:
    """How many sessions are open."""
    return int(home.desk.ask("SELECT count(*) FROM sign_in WHERE ended_at IS NULL")[0][0])


def link(home: Home) -> str:
    """The secret of a link that was just asked for."""
    home.passwords.ask(EMAIL)
    return home.letter(letters.RESET).secret


def test_a_change_ends_every_other_session_and_is_told(home: Home) -> None:
    desk = home.desk
    desk.signed_in(confirmed=False)
    desk.sit("bob")
    home.passwords.change(desk.actor, desk.secret, PASSWORD, NEW)
    assert home.can_sign_in(password=NEW)
    assert not home.can_sign_in(password=PASSWORD)
    assert desk.sessions.person(desk.secret) is not None
    assert living(home) == 2  # this one, and Bob's
    assert desk.acts() == ["change-password"]
    told = home.letter(letters.PASSWORD_CHANGED)
    assert (told.to, told.secret) == (EMAIL, "")


def test_a_change_ends_sign_ins_that_are_half_done_and_links_that_were_mailed(home: Home) -> None:
    desk = home.desk
    device, mailed = desk.add(), link(home)
    half = desk.half_in()
    home.passwords.change(desk.actor, desk.secret, PASSWORD, NEW)
    with pytest.raises(SecondStepOver):
        desk.sign_ins.second_question(half)
    with pytest.raises(LinkDead):
        home.passwords.reset(mailed, "nine lamps under water")
    assert device.handle is not None


@pytest.mark.parametrize(
    ("present", "new", "pointer"),
    [
        ("not the password", NEW, "/password"),
        ("", NEW, "/password"),
        (PASSWORD, "short", "/new"),
        (PASSWORD, "password12345", "/new"),
        (PASSWORD, "ada ada's house 2026", "/new"),
        (PASSWORD, "ada@example.org", "/new"),
        (PASSWORD, "x" * 5_000, "/new"),
        (PASSWORD, PASSWORD, "/new"),
    ],
)
def test_what_is_refused_changes_nothing(home: Home, present: str, new: str, pointer: str) -> None:
    desk = home.desk
    with pytest.raises(Invalid) as refused:
        home.passwords.change(desk.actor, desk.secret, present, new)
    assert [problem.pointer for problem in refused.value.problems] == [pointer]
    assert home.can_sign_in()
    assert desk.acts() == []


def test_a_password_is_changed_in_ones_own_session_only(home: Home) -> None:
    desk, bob = home.desk, home.desk.sit("bob")
    with pytest.raises(NotSignedIn):
        home.passwords.change(desk.actor, bob.secret, PASSWORD, NEW)
    desk.add()
    actor, weak = desk.signed_in(confirmed=False)
    with pytest.raises(NotFresh):
        home.passwords.change(actor, weak, PASSWORD, NEW)
    home.run("UPDATE person SET password_hash = NULL")
    with pytest.raises(NoPassword):
        home.passwords.change(desk.actor, desk.secret, "", NEW)


def test_of_many_changes_at_once_one_counts(home: Home) -> None:
    desk = home.desk
    words = ["nine lamps under water", "quilt of seven bridges", "copper moths at noon", "a violet tram runs"]
    got = at_once(4, lambda n: home.passwords.change(desk.actor, desk.secret, PASSWORD, words[n]))
    won = [word for word, one in zip(words, got, strict=True) if one is None]
    assert len(won) == 1
    assert home.can_sign_in(password=won[0])
    assert all(isinstance(one, (Conflict, Invalid)) for one in got if one is not None)


def test_a_link_makes_a_new_password_once_within_an_hour(home: Home) -> None:
    mailed = link(home)
    home.passwords.opened(mailed)
    home.passwords.reset(mailed, NEW)
    assert home.can_sign_in(password=NEW)
    assert home.desk.acts() == ["reset-password"]
    assert living(home) == 0
    assert home.letter(letters.PASSWORD_CHANGED).to == EMAIL
    for again in (lambda: home.passwords.opened(mailed), lambda: home.passwords.reset(mailed, PASSWORD)):
        with pytest.raises(LinkDead):
            again()
    late = link(home)
    home.desk.clock.forward(hours=1)
    with pytest.raises(LinkDead):
        home.passwords.reset(late, "nine lamps under water")


def test_a_bad_password_does_not_use_the_link_up(home: Home) -> None:
    mailed = link(home)
    for bad in ("short", "password12345", "ada@example.org"):
        with pytest.raises(Invalid):
            home.passwords.reset(mailed, bad)
    home.passwords.reset(mailed, NEW)


def test_the_newest_link_ends_those_before(home: Home) -> None:
    first, second = link(home), link(home)
    with pytest.raises(LinkDead):
        home.passwords.reset(first, NEW)
    home.passwords.reset(second, NEW)


def test_of_many_with_one_link_at_once_one_wins(home: Home) -> None:
    mailed = link(home)
    got = at_once(6, lambda n: home.passwords.reset(mailed, f"{NEW} {n}"))
    won = [n for n, one in enumerate(got) if not isinstance(one, CommonsError)]
    assert len(won) == 1
    assert home.can_sign_in(password=f"{NEW} {won[0]}")


def test_a_link_takes_no_second_factor_away(home: Home) -> None:
    desk = home.desk
    device = desk.add(Authenticator(ORIGIN))
    home.passwords.reset(link(home), NEW)
    assert desk.ask("SELECT count(*) FROM passkey") == [(1,)]
    assert desk.ask("SELECT count(*) FROM recovery_code WHERE used_at IS NULL") == [(10,)]
    assert device.id


@pytest.mark.parametrize(
    ("statement", "kinds"),
    [
        ("UPDATE person SET email_verified_at = NULL", []),
        ("UPDATE person SET active = false", []),
    ],
)
def test_who_gets_no_link(home: Home, statement: str, kinds: list[str]) -> None:
    home.run(statement)
    home.passwords.ask(EMAIL)
    assert [letter.kind for letter in home.letters()] == kinds
    assert home.desk.ask("SELECT count(*) FROM mailed_proof") == [(0,)]


def test_whoever_signs_in_through_an_organization_gets_no_link(home: Home) -> None:
    """Once its provider is switched off or gone, a password is the way in again."""
    home.run("UPDATE person SET password_hash = NULL")
    home.run(
        "INSERT INTO identity_provider (id, organization_id, name, issuer, client_id, sealed_secret, open,"
        " active, created_at) SELECT 'p', id, 'P', 'https://p.example', 'c', 's', false, true, created_at"
        " FROM organization WHERE id IN (SELECT organization_id FROM membership) LIMIT 1"
    )
    home.run(
        "INSERT INTO provider_login (provider_id, subject, person_id, linked_at)"
        " SELECT 'p', 's', id, created_at FROM person WHERE email = :email",
        email=EMAIL,
    )
    home.passwords.ask(EMAIL)
    assert [letter.kind for letter in home.letters()] == [letters.NO_PASSWORD]
    home.run("UPDATE identity_provider SET active = false")
    home.passwords.ask(EMAIL)
    assert home.letters()[-1].kind == letters.RESET


def test_a_link_dies_with_the_account(home: Home) -> None:
    mailed = link(home)
    home.run("UPDATE person SET active = false")
    with pytest.raises(LinkDead):
        home.passwords.reset(mailed, NEW)


@pytest.mark.parametrize(
    "email", [EMAIL, "nobody@example.org", "", "\x00", "a" * 5_000, "ADA@example.org ", "é\udcff", "% ' --"]
)
def test_asking_does_the_same_whoever_it_is(home: Home, email: str) -> None:
    """One job either way; only the worker finds out, and only the mailbox is told."""
    home.passwords.ask(email)
    rows = home.desk.ask("SELECT kind, payload FROM outbox_job WHERE done_at IS NULL")
    assert [row[0] for row in rows] == [letters.RESET]
    assert "@" not in str(rows[0][1])
    known = email.strip().casefold() == EMAIL
    assert len(home.letters()) == (1 if known else 0)


@pytest.mark.parametrize("secret", ["", "x", "é\udcff", "x" * 5_000])
def test_a_made_up_link_is_dead(home: Home, secret: str) -> None:
    with pytest.raises(LinkDead):
        home.passwords.opened(secret)
    with pytest.raises(LinkDead):
        home.passwords.reset(secret, NEW)


def test_links_and_challenges_that_have_ended_are_thrown_away(home: Home) -> None:
    desk = home.desk
    link(home)
    desk.begin()
    assert sweep(desk.private, desk.clock) == 0
    desk.clock.forward(days=1, hours=1, seconds=1)
    assert sweep(desk.private, desk.clock) == 2
    for table in ("mailed_proof", "factor_challenge"):
        assert desk.ask(f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608 - the names stand above
