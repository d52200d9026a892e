"""Signing in through one's organization, as it should go."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from sqlalchemy import select

from registry.identity.models import SignIn
from registry.identity.rules import Role
from tests.web.browsing import Visitor
from tests.web.pages.oauth.test_consent_page import HOSTILE
from tests.web.pages.providers.conftest import Street, come_back, leave, page, who
from web.app import create_app
from web.wiring import build, close


def test_somebody_connected_signs_in_and_goes_on(street: Street) -> None:
    member = street.town.people.member
    street.link(member, "a-1")
    visitor = street.visitor()
    back = street.provider.authorize(leave(visitor, street.key, "?next=/mine"), "a-1")
    answer = come_back(visitor, back)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/mine")
    assert member.name in who(visitor)
    with street.town.side.database.read() as session:
        begun = session.scalars(select(SignIn).where(SignIn.provider_id == street.key)).all()
    assert [(row.method, row.organization_id) for row in begun] == [("provider", member.organization_id)]


def test_the_secret_goes_in_the_form_where_the_provider_wants_it_there(street: Street) -> None:
    street.provider.auth_methods = ("client_secret_post", "private_key_jwt")
    street.link(street.town.people.member, "a-1")
    visitor = street.visitor()
    assert come_back(visitor, street.provider.authorize(leave(visitor, street.key))).status_code == 303
    assert who(visitor)


def test_the_link_is_found_by_pasting_it_and_no_list_is_shown(street: Street) -> None:
    visitor = street.visitor()
    asked = visitor.follow(visitor.open("/signin").link("Sign in with your organization"))
    assert "Lake" not in asked.text
    found = visitor.send(asked, link=f" http://127.0.0.1:8000/fr/signin/with/{street.key} ")
    assert found.path == f"/signin/with/{street.key}"
    assert "Lake login" in found.text
    for link in ("Lake Health", "lake", "f" * 32, "", "https://elsewhere.example/" + "0" * 32):
        refused = visitor.send(asked, link=link)
        assert refused.status == 422
        assert "This link leads nowhere." in refused.text


def test_the_organization_is_remembered_only_for_those_who_ask(street: Street) -> None:
    visitor = street.visitor()
    with_page = visitor.open(f"/signin/with/{street.key}")
    assert "Lake login" not in visitor.open("/signin/organization").text
    visitor.send(with_page, "/remember")
    kept = visitor.client.get_cookie("commons-organization")
    assert kept is not None
    assert (kept.value, kept.http_only, kept.same_site) == (street.key, True, "Lax")
    offered = visitor.open("/signin/organization")
    assert "Lake login" in offered.text
    visitor.send(offered, "/forget")
    assert "Lake login" not in visitor.open("/signin/organization").text


def test_the_page_comes_back_in_the_language_it_left_in(street: Street) -> None:
    visitor = street.town.visitor("/fr")
    url = leave(visitor, street.key)
    answer = come_back(visitor, street.provider.back(street.provider.question(url), error="access_denied"))
    assert answer.headers["Location"].startswith("/fr/signin/callback/")
    told = visitor.client.get(answer.headers["Location"])
    assert (told.status_code, page(told).lang) == (400, "fr")


def test_a_reviewer_still_shows_a_second_factor_of_this_node(street: Street) -> None:
    """The organization's word lets somebody in; it does not wake the roles that need a factor."""
    member, side = street.town.people.member, street.town.side
    side.directory.grant(member.id, member.organization_id, [Role.REVIEWER])
    street.link(member, "a-1")
    node = build(replace(street.town.node.settings, second_factor=True), street.town.clock)
    visitor = Visitor(create_app(node))
    back = street.provider.authorize(leave(visitor, street.key), "a-1", amr=["mfa", "hwk"])
    assert come_back(visitor, back).headers["Location"] == "/account/factors"
    assert visitor.open("/review").status == 403
    close(node)


def test_signing_in_never_leads_to_another_site(street: Street) -> None:
    street.link(street.town.people.member, "a-1")
    assert len(HOSTILE) >= 40
    for target in HOSTILE:
        visitor = street.visitor()
        way = visitor.client.get(f"/signin/with/{street.key}/start", query_string={"next": target})
        back = street.provider.authorize(way.headers["Location"])
        answer = come_back(visitor, back + "&" + urlencode({"next": target}))
        assert (answer.status_code, answer.headers["Location"]) == (303, "/mine"), target
