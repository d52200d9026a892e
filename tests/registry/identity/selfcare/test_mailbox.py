"""Showing that an address is one's own, and changing it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.errors import CommonsError, Invalid, NotSignedIn
from registry.identity.selfcare import letters
from registry.identity.tenants.applications import Applicant, Applications, Wish
from registry.identity.tenants.proofs import LinkDead
from tests.factories import PASSWORD
from tests.registry.house import at_once
from tests.registry.identity.selfcare.home import Home

OLD, NEW = "ada@example.org", "ada.lovelace@example.net"


def wished(home: Home, email: str = NEW) -> str:
    """The secret of the link that goes to a new address."""
    home.mailbox.wish(home.desk.actor, home.desk.secret, email, PASSWORD)
    return home.letter(letters.CHANGE).secret


def address(home: Home) -> tuple[str, bool]:
    """The address that counts, and whether it is confirmed."""
    found = home.mailbox.mine(home.desk.actor)
    return found.email, found.verified


def test_nothing_changes_before_the_link_is_opened(home: Home) -> None:
    home.mailbox.wish(home.desk.actor, home.desk.secret, f"  {NEW.upper()} ", PASSWORD)
    assert address(home) == (OLD, True)
    assert home.mailbox.mine(home.desk.actor).wished == NEW
    sent = {letter.kind: letter for letter in home.letters()}
    assert (sent[letters.CHANGE].to, sent[letters.CHANGING].to) == (NEW, OLD)
    assert sent[letters.CHANGING].secret == ""
    opened = home.mailbox.opened(sent[letters.CHANGE].secret)
    assert (opened.email, opened.person_id, opened.has_password) == (NEW, home.desk.actor.id, True)
    assert address(home) == (OLD, True)
    home.mailbox.confirm(home.desk.actor, sent[letters.CHANGE].secret, "")
    assert address(home) == (NEW, True)
    assert home.mailbox.mine(home.desk.actor).wished is None
    assert home.can_sign_in(NEW)
    assert not home.can_sign_in(OLD)
    assert home.desk.acts() == ["wish-email", "change-email"]


def test_the_trail_holds_no_address(home: Home) -> None:
    home.mailbox.confirm(home.desk.actor, wished(home), "")
    assert "@" not in str(home.desk.ask("SELECT action, old, new, reason FROM audit_event"))


def test_the_link_alone_is_not_enough(home: Home) -> None:
    secret, bob = wished(home), home.desk.sit("bob")
    program = replace(home.desk.actor, client_id="a program")
    for actor, password in ((None, ""), (None, "wrong"), (bob.actor, ""), (program, "")):
        with pytest.raises(Invalid):
            home.mailbox.confirm(actor, secret, password)
    assert address(home) == (OLD, True)
    home.mailbox.confirm(bob.actor, secret, PASSWORD)  # Ada at Bob's browser, knowing her password
    assert address(home) == (NEW, True)


def test_somebody_without_a_password_must_be_signed_in(home: Home) -> None:
    home.desk.clock.forward(minutes=1)
    secret = wished(home)
    home.run("UPDATE person SET password_hash = NULL")
    with pytest.raises(Invalid):
        home.mailbox.confirm(None, secret, "")
    assert not home.mailbox.opened(secret).has_password
    home.mailbox.confirm(home.desk.actor, secret, "")


def test_a_link_works_once_and_for_a_day(home: Home) -> None:
    secret = wished(home)
    home.mailbox.confirm(None, secret, PASSWORD)
    with pytest.raises(LinkDead):
        home.mailbox.confirm(home.desk.actor, secret, "")
    late = wished(home, "third@example.net")
    home.desk.clock.forward(days=1)
    with pytest.raises(LinkDead):
        home.mailbox.opened(late)


def test_of_many_at_once_one_confirms(home: Home) -> None:
    secret = wished(home)
    got = at_once(5, lambda _: home.mailbox.confirm(home.desk.actor, secret, ""))
    assert sum(not isinstance(one, CommonsError) for one in got) == 1
    assert home.desk.acts() == ["wish-email", "change-email"]


def test_a_newer_wish_and_a_change_of_mind_end_the_link(home: Home) -> None:
    first = wished(home)
    second = wished(home, "third@example.net")
    with pytest.raises(LinkDead):
        home.mailbox.opened(first)
    home.mailbox.give_up(home.desk.actor)
    with pytest.raises(LinkDead):
        home.mailbox.opened(second)
    assert home.desk.acts() == ["wish-email", "wish-email", "keep-email"]
    home.mailbox.give_up(home.desk.actor)
    assert home.desk.acts()[-2:] == ["wish-email", "keep-email"]


def test_a_letter_that_comes_too_late_is_not_sent(home: Home) -> None:
    home.mailbox.wish(home.desk.actor, home.desk.secret, NEW, PASSWORD)
    home.mailbox.give_up(home.desk.actor)
    assert letters.CHANGE not in [letter.kind for letter in home.letters()]


def test_an_address_that_is_somebody_elses_is_taken_like_a_free_one(home: Home) -> None:
    home.desk.sit("bob")
    home.mailbox.wish(home.desk.actor, home.desk.secret, "bob@example.org", PASSWORD)
    assert home.mailbox.mine(home.desk.actor).wished == "bob@example.org"
    letter = home.letter(letters.ADDRESS_TAKEN)
    assert (letter.to, letter.secret) == ("bob@example.org", "")
    assert home.desk.ask("SELECT count(*) FROM mailed_proof") == [(0,)]


def test_two_who_show_the_same_mailbox_do_not_both_get_it(home: Home) -> None:
    bob = Home(home.desk.sit("bob"), home.office)
    mine, his = wished(home), wished(bob)
    bob.mailbox.confirm(bob.desk.actor, his, "")
    with pytest.raises(LinkDead):
        home.mailbox.confirm(home.desk.actor, mine, "")
    assert address(home) == (OLD, True)


def test_two_who_show_the_same_mailbox_at_once_do_not_both_get_it(home: Home) -> None:
    bob = Home(home.desk.sit("bob"), home.office)
    secrets = [wished(home), wished(bob)]
    actors = [home.desk.actor, bob.desk.actor]
    got = at_once(2, lambda n: home.mailbox.confirm(actors[n], secrets[n], ""))
    assert sorted(type(one).__name__ for one in got) == ["LinkDead", "NoneType"]


def test_an_application_that_nobody_confirmed_does_not_hold_an_address(home: Home) -> None:
    wish = Wish("River Trust", "a trust", "", "We see harm.")
    applications = Applications(home.desk.private, home.desk.clock)
    applications.apply(wish, Applicant("Somebody", NEW, "another long pass word"))
    home.mailbox.confirm(home.desk.actor, wished(home), "")
    assert address(home) == (NEW, True)
    assert home.desk.ask("SELECT count(*) FROM person WHERE active") == [(1,)]


def test_links_of_the_old_address_die_with_it(home: Home) -> None:
    home.passwords.ask(OLD)
    reset = home.letter(letters.RESET).secret
    home.mailbox.confirm(home.desk.actor, wished(home), "")
    with pytest.raises(LinkDead):
        home.passwords.reset(reset, "cobalt otter hums twice")


@pytest.mark.parametrize(
    ("email", "password", "pointer"),
    [
        ("", PASSWORD, "/email"),
        ("ada", PASSWORD, "/email"),
        ("a,b@example.org", PASSWORD, "/email"),
        ("a@example.org\nBcc: b@example.org", PASSWORD, "/email"),
        ("a@example.org, b@example.org", PASSWORD, "/email"),
        ("é\udcff@example.org", PASSWORD, "/email"),
        ("a" * 300 + "@example.org", PASSWORD, "/email"),
        (OLD.upper(), PASSWORD, "/email"),
        (NEW, "wrong", "/password"),
        ("", "wrong", "/password"),
    ],
)
def test_what_is_refused_changes_nothing(home: Home, email: str, password: str, pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        home.mailbox.wish(home.desk.actor, home.desk.secret, email, password)
    assert [problem.pointer for problem in refused.value.problems] == [pointer]
    assert home.mailbox.mine(home.desk.actor).wished is None
    assert home.letters() == []


def test_only_in_ones_own_session(home: Home) -> None:
    with pytest.raises(NotSignedIn):
        home.mailbox.wish(home.desk.actor, home.desk.sit("bob").secret, NEW, PASSWORD)


def test_an_unconfirmed_address_is_confirmed_by_its_link(home: Home) -> None:
    home.run("UPDATE person SET email_verified_at = NULL")
    home.mailbox.send_proof(home.desk.actor)
    secret = home.letter(letters.VERIFY).secret
    with pytest.raises(Invalid):
        home.mailbox.confirm(None, secret, "wrong")
    assert address(home) == (OLD, False)
    home.mailbox.confirm(home.desk.actor, secret, "")
    assert address(home) == (OLD, True)
    assert home.desk.acts() == ["verify-email"]
    home.mailbox.send_proof(home.desk.actor)
    assert home.letters() == []


def test_confirming_the_old_address_does_not_forget_the_wish(home: Home) -> None:
    home.run("UPDATE person SET email_verified_at = NULL")
    home.mailbox.send_proof(home.desk.actor)
    old = home.letter(letters.VERIFY).secret
    new = wished(home)
    home.mailbox.confirm(home.desk.actor, old, "")
    assert home.mailbox.mine(home.desk.actor).wished == NEW
    home.mailbox.confirm(home.desk.actor, new, "")
    assert address(home) == (NEW, True)


def test_a_link_of_another_kind_confirms_nothing(home: Home) -> None:
    home.passwords.ask(OLD)
    reset = home.letter(letters.RESET).secret
    for secret in (reset, "", "x" * 5_000, "é\udcff"):
        with pytest.raises(LinkDead):
            home.mailbox.opened(secret)
    with pytest.raises(LinkDead):
        home.passwords.reset(wished(home), "cobalt otter hums twice")


def test_a_link_dies_with_the_account(home: Home) -> None:
    secret = wished(home)
    home.run("UPDATE person SET active = false")
    with pytest.raises(LinkDead):
        home.mailbox.confirm(None, secret, PASSWORD)
