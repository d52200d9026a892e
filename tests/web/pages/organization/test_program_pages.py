"""Programs of an organization: secrets that are read once, and never more scopes than their giver holds."""

from __future__ import annotations

import json
import re

import pytest
from joserfc.jwk import ECKey

from registry.identity.rules import Actor, Role
from registry.identity.tenants.rules import OPERATOR
from tests.registry.neighbours import REASON
from tests.web.browsing import Page, Typed, Visitor
from tests.web.town import Town

PAGE = "/organization/programs"


def register(
    office: Visitor, kind: str = "service", scopes: Typed = "submissions:read", **more: Typed
) -> Page:
    """The page after the form was sent; its names carry the underscores of the API."""
    form = office.open(PAGE).form(PAGE)
    data = form.fill({"name": "Bridge", "kind": kind, "scopes": scopes} | more)
    answer = office.client.post(PAGE, data=data)
    return Page(PAGE, answer.status_code, answer.headers, answer.text)


def secrets_of(page: Page) -> list[str]:
    return re.findall(r'<code dir="ltr">([^<]+)</code>', page.html)


def test_secrets_are_shown_once(town: Town, office: Visitor) -> None:
    page = register(office, bearer="yes")
    key, secret, token = secrets_of(page)
    assert "Copy this now" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    acting = town.side.sessions.client(token)
    assert acting is not None
    assert acting.scopes == {"submissions:read"}
    later = [office.open(PAGE), office.open(f"{PAGE}/{key}")]
    assert all(hidden not in page.html for page in later for hidden in (secret, token))
    assert secret not in str(
        town.side.database.engine.connect().exec_driver_sql("SELECT * FROM client").all()
    )


def test_a_new_secret_ends_the_earlier_one(town: Town, office: Visitor) -> None:
    key, _, token = secrets_of(register(office, bearer="yes"))
    page = office.send(office.open(f"{PAGE}/{key}"), action="/renew", bearer="yes")
    _, _, renewed = secrets_of(page)
    assert town.side.sessions.client(token) is None
    assert town.side.sessions.client(renewed) is not None


def test_switched_off_nothing_works_and_on_again_it_does(town: Town, office: Visitor) -> None:
    key, _, token = secrets_of(register(office, bearer="yes"))
    page = office.send(office.open(f"{PAGE}/{key}"), action="/off")
    assert "Nothing it holds works any more" in page.text
    assert town.side.sessions.client(token) is None
    assert office.send(page, action="/on").status == 200
    assert town.side.sessions.client(token) is not None


def test_no_scope_is_offered_or_taken_that_the_administrator_lacks(
    town: Town, office: Visitor, admin: Actor
) -> None:
    offered = office.open(PAGE).form(PAGE).controls["scopes"].offered
    assert set(offered) >= {"submissions:read", "submissions:write", "org:admin"}
    assert not {"node:admin", "reviews:read", "reviews:write"} & set(offered)
    data = office.open(PAGE).form(PAGE).fill({"name": "Greedy", "kind": "service"})
    for scope in ("node:admin", "reviews:write", "everything", ""):
        answer = office.client.post(PAGE, data=data | {"scopes": [scope]})
        assert answer.status_code == 422, scope
    assert town.side.tenants.programs.all(admin) == []


def test_a_reviewers_scopes_are_offered_only_while_the_organization_may_review(
    town: Town, office: Visitor, admin: Actor
) -> None:
    standing, home = town.side.tenants.standing, admin.organization_id
    standing.allow_review(OPERATOR, home, REASON)
    town.side.directory.grant(admin.id, home, [Role.REVIEWER])
    assert "reviews:write" in office.open(PAGE).form(PAGE).controls["scopes"].offered
    key, _, token = secrets_of(register(office, scopes="reviews:write", bearer="yes"))
    town.side.custody.suspension.stop_review(OPERATOR, home, REASON)
    assert town.side.sessions.client(token) is None
    answer = office.send(office.open(f"{PAGE}/{key}"), action="/on")
    assert answer.status == 422
    assert "may do more than you may" in answer.text


def test_where_tokens_are_asked_for_is_said_beside_the_secret(town: Town, office: Visitor) -> None:
    page = register(office)
    assert f">{town.side.oauth.tokens.issuer}/oauth/token<" in page.html
    assert page.link("All addresses for programs") == "/about#programs"


def test_a_program_that_signs_needs_a_public_key(office: Visitor) -> None:
    key = ECKey.generate_key("P-256")
    for jwks in (
        "",
        "{",
        "[]",
        "[" * 10_000,
        json.dumps({"keys": [key.as_dict(private=True)]}),
        '{"keys":[{"kty":"EC"}]}',
    ):
        page = register(office, "signing", jwks=jwks)
        assert page.status == 422, jwks[:20]
        assert "#jwks" in page.summary.values(), jwks[:20]
    page = register(office, "signing", jwks=json.dumps({"keys": [key.as_dict(private=False)]}))
    assert page.status == 200


@pytest.mark.parametrize(
    "uris",
    ["", "http://evil.example/cb", "javascript:alert(1)", "https://a.example/#x", "//a.example", "x" * 9999],
)
def test_a_web_application_needs_an_address_to_go_back_to(office: Visitor, uris: str) -> None:
    page = register(office, "web", redirect_uris=uris)
    assert page.status == 422
    assert "#redirect_uris" in page.summary.values()


def test_an_app_has_no_secret(office: Visitor) -> None:
    page = register(office, "app", redirect_uris="http://127.0.0.1/cb")
    assert page.status == 200
    assert len(secrets_of(page)) == 1
    assert "Copy this now" not in page.text


@pytest.mark.parametrize("kind", ["", "root", "SERVICE"])
def test_a_kind_that_is_none_is_refused(office: Visitor, kind: str) -> None:
    data = office.open(PAGE).form(PAGE).fill({"name": "Odd", "scopes": "submissions:read"})
    answer = office.client.post(PAGE, data=data | {"kind": [kind]})
    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["", " ", "n" * 121, "\u202e\u200b"])
def test_a_name_is_needed(office: Visitor, name: str) -> None:
    assert register(office, name=name).status == 422


def test_a_program_registered_by_somebody_who_left_goes_on(town: Town, office: Visitor, admin: Actor) -> None:
    """A program is the organization's, not the person's."""
    _, _, token = secrets_of(register(office, bearer="yes"))
    town.side.directory.grant(town.people.member.id, admin.organization_id, [Role.ORG_ADMIN])
    successor = town.side.sessions.actor_of(town.people.member.id)
    town.side.custody.handing_over.hand_over(successor, admin.id, successor.id)
    assert town.side.sessions.client(token) is not None
    assert [one.name for one in town.side.tenants.programs.all(successor)] == ["Bridge"]


@pytest.mark.parametrize("kind", ["web", "app", "signing"])
def test_a_bearer_token_is_for_services_alone(office: Visitor, kind: str) -> None:
    more = {"jwks": json.dumps({"keys": [ECKey.generate_key("P-256").as_dict(private=False)]})}
    uris = {"redirect_uris": "https://tool.example/cb"}
    page = register(office, kind, bearer="yes", **(more if kind == "signing" else uris))
    assert page.status == 422
    assert "#bearer" in page.summary.values()


def test_without_the_box_there_is_no_bearer_token(town: Town, office: Visitor, admin: Actor) -> None:
    key, _ = secrets_of(register(office))
    page = office.open(f"{PAGE}/{key}")
    assert "It has none" in page.text
    assert len(secrets_of(office.send(page, action="/renew", bearer="yes"))) == 3
    page = office.open(f"{PAGE}/{key}")
    assert "It has one" in page.text
    assert len(secrets_of(office.send(page, action="/renew"))) == 2
    assert not town.side.tenants.programs.one(admin, key).bears


def test_scopes_that_open_nothing_are_not_offered_or_say_so(
    town: Town, office: Visitor, admin: Actor
) -> None:
    town.side.directory.grant(admin.id, admin.organization_id, [Role.STEWARD])
    page = office.open(PAGE)
    assert set(page.form(PAGE).controls["scopes"].offered) == {
        *("records:read", "submissions:read", "submissions:write", "org:admin"),
    }
    assert page.text.count("Programs can do nothing with this yet.") == 2
