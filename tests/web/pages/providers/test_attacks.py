"""Signing in through an organization, as it must not go: replay, other browsers, other providers."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import text

from registry.identity.providers.providers_admin import NewProvider
from registry.identity.rules import Role
from tests.web.pages.providers.conftest import Street, come_back, leave, refused, who
from tests.web.pages.providers.fake import CLIENT, SECRET, FakeProvider, running


def test_an_answer_counts_once(linked: Street) -> None:
    visitor = linked.visitor()
    back = linked.provider.authorize(leave(visitor, linked.key))
    assert come_back(visitor, back).status_code == 303
    visitor.send(visitor.open("/account"), "/signout")
    refused(visitor, back, "was used already")


def test_an_answer_counts_in_the_browser_that_asked_and_stays_good_there(linked: Street) -> None:
    """Login CSRF: somebody else's answer, opened by a victim, signs the victim in as nobody."""
    attacker, victim, other = linked.visitor(), linked.visitor(), linked.visitor()
    back = linked.provider.authorize(leave(attacker, linked.key))
    refused(victim, back, "was not begun in this browser")
    leave(other, linked.key)  # has a secret of its own
    refused(other, back, "was not begun in this browser")
    assert come_back(attacker, back).status_code == 303


def test_a_victim_who_is_signed_in_stays_who_they_are(linked: Street) -> None:
    attacker, victim = linked.visitor(), linked.town.signed_in("other")
    back = linked.provider.authorize(leave(attacker, linked.key))
    assert come_back(victim, back).status_code == 400
    assert linked.town.people.other_member.name in who(victim)


def test_the_state_of_another_sign_in_of_the_same_browser_is_of_no_use(linked: Street) -> None:
    """The code was made for one sign-in: PKCE and nonce hold it to that."""
    visitor = linked.visitor()
    first, second = leave(visitor, linked.key), leave(visitor, linked.key)
    code = linked.provider.authorize(first).partition("code=")[2]
    swapped = linked.provider.back(linked.provider.question(second), code=code)
    refused(visitor, swapped, "did not accept this node")


def test_a_state_that_was_never_given_out(linked: Street) -> None:
    visitor = linked.visitor()
    org = linked.admin.organization_id
    leave(visitor, linked.key)
    for state in ("", "x", "a" * 43, "%00", "é", "a" * 5000):
        for query in (f"state={state}&code=abc", "code=abc", "", f"state={state}&state={state}&code=abc"):
            refused(visitor, f"http://h/signin/callback/{org}?{query}", "was not begun in this browser")


def test_an_answer_after_ten_minutes(linked: Street) -> None:
    visitor = linked.visitor()
    url = leave(visitor, linked.key)
    linked.town.clock.forward(minutes=10)
    refused(visitor, linked.provider.authorize(url), "took too long")


def test_somebody_else_answers(linked: Street) -> None:
    """Mix-up (RFC 9207): the issuer must be that of whom was asked, and must not be missing."""
    visitor = linked.visitor()
    for change in ("https://evil.example", linked.provider.issuer + "/", "", None):
        back = linked.provider.authorize(leave(visitor, linked.key))
        asked, _, query = back.partition("?")
        parts = [part for part in query.split("&") if not part.startswith("iss=")]
        named = [] if change is None else [f"iss={change}"]
        refused(visitor, f"{asked}?{'&'.join(parts + named)}", "somebody else than the one that was asked")
    assert linked.provider.asked.count("/token") == 1  # that of connecting it


def test_two_providers_of_one_organization_cannot_answer_for_each_other(linked: Street) -> None:
    with running(FakeProvider(linked.town.clock)) as second:
        key, visitor = linked.register(second), linked.visitor()
        asked = second.question(leave(visitor, key))
        first = linked.provider.question(leave(visitor, linked.key))
        back = linked.provider.back(first | {"state": asked["state"]}, code="stolen")
        refused(visitor, back, "somebody else than the one that was asked")
        assert "/token" not in second.asked


def test_a_provider_of_another_organization_gets_no_code_even_if_nobody_names_themselves(
    linked: Street,
) -> None:
    """A hostile organization's provider sends a person on to the honest one, in its own sign-in."""
    honest, town = linked.provider, linked.town
    honest.names_itself = False
    with running(FakeProvider(town.clock, names_itself=False)) as evil:
        admin = replace(town.people.other_member, roles=frozenset({Role.ORG_ADMIN}))
        key = town.side.providers.admin.register(admin, NewProvider("Evil", evil.issuer, CLIENT, SECRET))
        victim = linked.visitor()
        asked = evil.question(leave(victim, key))
        # The honest provider knows one address only, and sends the code there.
        org = linked.admin.organization_id
        assert asked["redirect_uri"] != town.side.providers.sign_ins.redirect_uri(org)
        answered = f"http://h/signin/callback/{org}?state={asked['state']}&code=code-of-honest"
        refused(victim, answered, "somebody else than the one that was asked")
        assert "/token" not in evil.asked


def test_the_code_and_everything_else_is_kept_in_no_row(linked: Street) -> None:
    """What lies in the database lets nobody go on: hashes, and a seal."""
    visitor = linked.visitor()
    asked = linked.provider.question(leave(visitor, linked.key, "?next=/mine"))
    with linked.town.side.database.read() as session:
        row = session.execute(text("SELECT * FROM provider_attempt")).mappings().one()
    kept = " ".join(str(value) for value in row.values())
    assert asked["state"] not in kept
    assert asked["nonce"] not in kept
    assert "/mine" not in kept


def test_other_sites_cannot_send_a_browser_off(linked: Street) -> None:
    visitor = linked.visitor()
    for site, status in (("cross-site", 400), ("same-site", 400), ("same-origin", 303), ("none", 303)):
        answer = visitor.client.get(f"/signin/with/{linked.key}/start", headers={"Sec-Fetch-Site": site})
        assert answer.status_code == status
