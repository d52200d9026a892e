"""Adding, naming and removing passkeys, with an authenticator in software."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import update

from registry.db.private import PrivateDatabase
from registry.errors import CommonsError, Conflict, Invalid, NotFound, NotSignedIn
from registry.identity.factors.ceremony import PasskeyRefused
from registry.identity.factors.passkeys import PASSKEYS_MAX, ChallengeOver, NoPasskeysHere
from registry.identity.models import Person, SignIn
from registry.identity.oneself import NotFresh
from registry.identity.rules import Role
from registry.identity.secrets import hash_secret
from tests.authenticator import Authenticator
from tests.conftest import SettableClock
from tests.factories import PASSWORD
from tests.registry.house import at_once
from tests.registry.identity.factors.desk import ORIGIN, Desk, open_desk


def test_a_passkey_is_added_named_and_removed(desk: Desk) -> None:
    mark = desk.added("  My   phone\n ")
    (kept,) = desk.passkeys.all(desk.actor)
    assert (kept.mark, kept.name, kept.created_at) == (mark, "My phone", desk.clock())
    assert kept.last_used_at is None
    desk.passkeys.rename(desk.actor, mark, "Old phone")
    assert desk.names() == ["Old phone"]
    desk.passkeys.remove(desk.actor, desk.secret, mark, PASSWORD)
    assert desk.names() == []
    assert desk.acts() == ["add-passkey", "rename-passkey", "remove-passkey"]
    letters = desk.ask("SELECT payload FROM outbox_job WHERE kind = 'mail.factors-changed'")
    assert len(letters) == 2
    assert all(desk.actor.id in str(row[0]) and "@" not in str(row[0]) for row in letters)


def test_what_the_browser_is_asked(desk: Desk) -> None:
    device = desk.add()
    asked = json.loads(desk.begin())
    assert asked["rp"] == {"name": "The Node", "id": "node.example"}
    assert asked["attestation"] == "none"
    assert [key["id"] for key in asked["excludeCredentials"]] == [device.name]
    assert asked["authenticatorSelection"]["userVerification"] == "preferred"
    assert asked["authenticatorSelection"]["residentKey"] == "preferred"
    assert {item["alg"] for item in asked["pubKeyCredParams"]} == {-8, -7, -257}
    assert asked["user"]["name"] == "ada@example.org"
    assert "ada" not in asked["user"]["id"]


def test_without_the_password_nothing_begins(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        desk.passkeys.prepare(desk.actor, desk.secret, "not the password")
    assert refused.value.problems[0].pointer == "/password"
    with pytest.raises(ChallengeOver):
        desk.passkeys.options(desk.actor, desk.secret)


def test_somebody_without_a_password_must_have_come_just_now(desk: Desk) -> None:
    with desk.private.work() as session:
        session.execute(update(Person).values(password_hash=None))
    desk.passkeys.prepare(desk.actor, desk.secret, "")
    desk.clock.forward(minutes=10)
    with pytest.raises(NotFresh):
        desk.passkeys.prepare(desk.actor, desk.secret, "")


def test_a_stolen_session_that_never_showed_the_factor_adds_none(desk: Desk) -> None:
    desk.added()
    actor, secret = desk.signed_in(confirmed=False)
    with pytest.raises(NotFresh):
        desk.passkeys.prepare(actor, secret, PASSWORD)
    actor, secret = desk.signed_in(confirmed=True)
    desk.passkeys.prepare(actor, secret, PASSWORD)


def test_adding_the_first_raises_the_session_and_ends_weaker_ones(desk: Desk) -> None:
    before, (_, weaker) = desk.secret, desk.signed_in(confirmed=False)
    desk.added()
    assert desk.sessions.person(before) is None
    assert desk.sessions.person(weaker) is None
    assert desk.sessions.person(desk.secret) is not None
    shown = desk.ask("SELECT confirmed_at FROM sign_in WHERE secret_hash = :it", it=hash_secret(desk.secret))
    assert shown[0][0] is not None
    desk.added("Second")
    assert sorted(desk.names()) == ["Phone", "Second"]


@pytest.mark.parametrize("what", ["again", "late", "unasked", "other session", "ended session"])
def test_a_challenge_is_for_one_session_once_and_five_minutes(desk: Desk, what: str) -> None:
    device = Authenticator(ORIGIN)
    answer = device.create(desk.begin())
    actor, secret, expected = desk.actor, desk.secret, ChallengeOver
    if what == "again":
        secret = desk.passkeys.add(actor, secret, "", answer).secret
    elif what == "late":
        desk.clock.forward(minutes=5)
    elif what == "unasked":
        with pytest.raises(PasskeyRefused):
            desk.passkeys.add(actor, secret, "", Authenticator("https://else.example").create(desk.begin()))
    elif what == "other session":
        actor, secret = desk.signed_in(confirmed=True)
    else:
        desk.sessions.sign_out(secret)
        expected = NotSignedIn  # type: ignore[assignment] # another class of error on purpose
    with pytest.raises(expected):
        desk.passkeys.add(actor, secret, "", answer)


def test_of_many_answers_at_once_one_is_kept(desk: Desk) -> None:
    answers = [Authenticator(ORIGIN).create(options) for options in [desk.begin()] * 5]
    got = at_once(5, lambda n: desk.passkeys.add(desk.actor, desk.secret, str(n), answers[n]))
    assert sum(not isinstance(one, CommonsError) for one in got) == 1
    lost = {type(one) for one in got if isinstance(one, CommonsError)}
    assert lost <= {ChallengeOver, NotSignedIn}  # the winner's session has another secret already
    assert len(desk.names()) == 1


def test_a_passkey_belongs_to_one_person(desk: Desk) -> None:
    device, other = desk.add(), desk.sit("bob")
    with pytest.raises(Conflict):
        other.add(device)
    with pytest.raises(NotFound):
        other.passkeys.rename(other.actor, desk.passkeys.all(desk.actor)[0].mark, "mine")
    with pytest.raises(NotFound):
        other.passkeys.remove(other.actor, other.secret, desk.passkeys.all(desk.actor)[0].mark, PASSWORD)
    assert other.names() == []
    assert desk.names() == ["Phone"]


def test_there_is_an_end_to_passkeys(desk: Desk) -> None:
    for number in range(PASSKEYS_MAX):
        desk.added(str(number))
    with pytest.raises(Conflict):
        desk.begin()


def test_names_are_cut_and_never_empty(desk: Desk) -> None:
    mark = desk.added(" \u200b\n ")
    assert desk.names() == ["Passkey"]
    desk.passkeys.rename(desk.actor, mark, "n" * 500)
    assert desk.names() == ["n" * 80]


@pytest.mark.parametrize("name", ["My\x1bphone", "My \u202eenohp", "\x00"])
def test_a_name_that_misleads_is_refused(desk: Desk, name: str) -> None:
    mark = desk.added("Phone")
    for act in (lambda: desk.added(name), lambda: desk.passkeys.rename(desk.actor, mark, name)):
        with pytest.raises(Invalid) as caught:
            act()
        assert [problem.pointer for problem in caught.value.problems] == ["/name"]
    assert desk.names() == ["Phone"]


def test_a_reviewer_keeps_the_last_one_even_when_removing_two_at_once(
    private_db: PrivateDatabase, clock: SettableClock
) -> None:
    desk = open_desk(private_db, clock, Role.REVIEWER)
    marks = [desk.added("a"), desk.added("b")]
    got = at_once(2, lambda n: desk.passkeys.remove(desk.actor, desk.secret, marks[n], PASSWORD))
    assert sorted(type(one).__name__ for one in got) == ["Conflict", "NoneType"]
    assert len(desk.names()) == 1


def test_where_no_factor_is_required_the_last_may_go(
    private_db: PrivateDatabase, clock: SettableClock
) -> None:
    desk = open_desk(private_db, clock, Role.REVIEWER, asked=False)
    mark = desk.added()
    desk.passkeys.remove(desk.actor, desk.secret, mark, PASSWORD)
    assert desk.names() == []


def test_a_node_without_a_name_says_so(private_db: PrivateDatabase, clock: SettableClock) -> None:
    desk = open_desk(private_db, clock, base_url="https://192.0.2.7")
    assert desk.passkeys.party is None
    with pytest.raises(NoPasskeysHere):
        desk.begin()


def test_the_secret_of_another_persons_session_opens_nothing(desk: Desk) -> None:
    other = desk.sit("bob")
    with pytest.raises(NotSignedIn):
        desk.passkeys.prepare(desk.actor, other.secret, PASSWORD)
    with desk.private.read() as session:
        assert session.get(SignIn, hash_secret(other.secret)) is not None


def test_the_first_factor_comes_with_recovery_codes_and_the_second_does_not(desk: Desk) -> None:
    first = desk.passkeys.add(desk.actor, desk.secret, "", Authenticator(ORIGIN).create(desk.begin()))
    desk.secret = first.secret
    second = desk.passkeys.add(desk.actor, desk.secret, "", Authenticator(ORIGIN).create(desk.begin()))
    assert len(set(first.codes)) == 10
    assert second.codes == ()


def test_the_roles_that_rested_wake_when_a_passkey_is_added(
    private_db: PrivateDatabase, clock: SettableClock
) -> None:
    desk = open_desk(private_db, clock, Role.REVIEWER)
    assert desk.actor.lacks_factor
    desk.add()
    awake = desk.sessions.person(desk.secret)
    assert awake is not None
    assert awake.roles == {Role.REVIEWER}
