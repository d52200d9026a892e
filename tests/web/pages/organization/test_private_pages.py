"""Who may open which page of an organization, and that another organization's things do not exist."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from werkzeug.routing import Rule

from registry.identity.rules import Actor, Role
from registry.identity.tenants.rules import OPERATOR
from tests.factories import PASSWORD
from tests.registry.neighbours import REASON
from tests.web.browsing import Visitor
from tests.web.town import Town, sign_in

SECTIONS = ("join", "invitation", "organization", "members", "programs", "own_data")
ANYBODY = ("", "member", "admin", "stranger", "reviewer", "steward")
SIGNED_IN = ANYBODY[1:]
OPEN_TO: dict[str, tuple[str, ...]] = {
    "/join": ANYBODY,
    "/join/sent": ANYBODY,
    "/account/data": SIGNED_IN,
    "/organization": ("admin", "stranger"),
    "/organization/close": ("admin", "stranger"),
    "/organization/people": ("admin", "stranger"),
    "/organization/programs": ("admin", "stranger"),
    "/organization/people/{person}": ("admin",),
    "/organization/people/{person}/leave": ("admin",),
    "/organization/programs/{program}": ("admin",),
}
"""Page → who may open it. ``stranger`` is the administrator of another organization; "" nobody signed in."""
BY_LINK = ("/join/confirm", "/invitation")
"""Pages that a mailed link opens, to whoever holds it."""


@dataclass(frozen=True)
class Ours:
    """Things of Lake Health."""

    person: str
    program: str
    invitation: str


@pytest.fixture
def ours(town: Town, admin: Actor) -> Ours:
    directory = town.side.directory
    key = directory.add_person("stranger@example.org", "Sam Stranger", PASSWORD)
    directory.grant(key, town.people.other_member.organization_id, [Role.ORG_ADMIN])
    program = directory.add_client(admin.organization_id, "Our program", ["submissions:read"])
    invitation = town.side.tenants.invitations.invite(admin, "x@elsewhere.example", ["member"], "en")
    return Ours(town.people.member.id, program.id, invitation)


def visitor_of(town: Town, name: str) -> Visitor:
    visitor = town.visitor()
    if name:
        assert sign_in(visitor, name).status == 200
    return visitor


def rules(town: Town, method: str) -> list[Rule]:
    return [
        rule
        for rule in town.app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in SECTIONS and method in (rule.methods or ())
    ]


def test_the_table_names_every_page(town: Town) -> None:
    named = {re.sub(r"\{\w+\}", "<key:key>", path) for path in OPEN_TO} | set(BY_LINK)
    assert {rule.rule for rule in rules(town, "GET")} == named


@pytest.mark.parametrize("name", ANYBODY)
def test_pages_open_to_whom_the_table_says(town: Town, ours: Ours, name: str) -> None:
    visitor = visitor_of(town, name)
    for path, who in OPEN_TO.items():
        address = path.format(person=ours.person, program=ours.program)
        page = visitor.open(address)
        if name in who:
            assert (page.status, page.path) == (200, address)
            assert page.meta["robots"] == "noindex"
            assert page.headers["Cache-Control"] == "no-store"
        elif not name:
            assert page.path == "/signin", address
        else:
            assert page.status == (404 if name == "stranger" else 403), address
            for word in ("Our program", "member@example.org", "Lake Health"):
                assert word not in page.text or name in ("member", "admin")


@pytest.mark.parametrize("name", ["stranger", "member", "reviewer", "steward", ""])
def test_nobody_else_changes_anything(town: Town, ours: Ours, name: str) -> None:
    """Every address that writes, with a good token of one's own and the keys of Lake Health."""
    visitor = visitor_of(town, name)
    token = visitor.open("/join").form("/join").controls["csrf_token"].values[0]
    before = standing(town)
    keys = {"members": ours.person, "programs": ours.program}
    for rule in rules(town, "POST"):
        if "key" not in rule.arguments:
            continue
        key = ours.invitation if "invitations" in rule.rule else keys[rule.endpoint.partition(".")[0]]
        address = rule.rule.replace("<key:key>", key)
        data = {"csrf_token": token, "roles": "org-admin", "colleague": "", "name": "Lake Health"}
        answer = visitor.client.post(address, data=data)
        wanted = {"stranger": 404, "": 401}.get(name, 403)
        assert answer.status_code == wanted, (address, answer.status_code)
    assert standing(town) == before


def standing(town: Town) -> str:
    """All that could have been changed."""
    with town.side.database.read() as session:
        connection = session.connection()
        tables = ("membership", "client", "invitation", "organization", "outbox_job")
        return str([connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in tables])  # noqa: S608 - names of this test


def test_a_public_node_has_none_of_these_pages(town: Town) -> None:
    assert len(rules(town, "GET")) == len(OPEN_TO) + len(BY_LINK)


def test_a_removed_persons_open_session_ends_with_them(town: Town, office: Visitor, ours: Ours) -> None:
    member = town.signed_in("member")
    assert member.open("/mine").status == 200
    page = office.open(f"/organization/people/{ours.person}/leave")
    page = office.send(page, action="/leave")
    assert "no longer belongs" in page.text
    assert member.open("/mine").path == "/signin"
    assert member.open("/account").path == "/signin"
    anew = town.visitor()
    assert sign_in(anew, "member").path == "/account"
    assert anew.open("/mine").status == 403


def test_a_demoted_administrator_manages_nothing_from_the_next_click_on(
    town: Town, office: Visitor, admin: Actor
) -> None:
    page = office.open("/organization/people")
    town.side.directory.grant(town.people.member.id, admin.organization_id, [Role.ORG_ADMIN])
    successor = town.side.sessions.actor_of(town.people.member.id)
    town.side.tenants.members.change_roles(successor, admin.id, ["member"])
    assert office.open("/organization/people").status == 403
    answer = office.send(page, action="/organization/people", email="x@elsewhere.example", roles=["member"])
    assert answer.status == 403


def test_of_a_suspended_organization_no_page_opens(town: Town, office: Visitor, ours: Ours) -> None:
    town.side.custody.suspension.suspend(OPERATOR, town.people.member.organization_id, REASON)
    for path in OPEN_TO:
        address = path.format(person=ours.person, program=ours.program)
        if not path.startswith("/join"):
            assert office.open(address).path == "/signin"
