"""The people of an organization: lists, roles, leaving, the public description."""

from __future__ import annotations

import pytest

from registry.db.columns import random_key
from registry.identity.models import Membership, Person
from registry.identity.rules import Actor, Role
from registry.intake.rules import State
from tests.web.browsing import Page, Visitor
from tests.web.town import Town


def crowd(town: Town, admin: Actor, count: int) -> None:
    with town.side.database.work() as session:
        for number in range(count):
            key = random_key()
            person = Person(
                id=key,
                email=f"p{number}@lake.example",
                name=f"Person {number:02}",
                language="en",
                email_verified_at=town.clock(),
                created_at=town.clock(),
            )
            session.add(person)
            session.flush()
            role = Role.ORG_ADMIN if number == count - 1 else Role.MEMBER
            session.add(Membership(person_id=key, organization_id=admin.organization_id, role=role.value))


def test_sixty_people_are_found_by_turning_searching_and_sorting(
    town: Town, office: Visitor, admin: Actor
) -> None:
    crowd(town, admin, 60)
    page, seen = office.open("/organization/people"), set[str]()
    for _ in range(3):
        seen |= {text for url, text in page.links if "/organization/people/" in url}
        if "Next page" not in page.text:
            break
        page = office.follow(page.link("Next page"))
    assert len(seen) == 62
    page = office.open("/organization/people?q=person+41")
    assert "Person 41" in page.text
    assert "Person 40" not in page.text
    page = office.open("/organization/people?sort=roles")
    assert "Person 59" in page.text
    assert "Nobody of your organization" in office.open("/organization/people?q=zzz").text


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=9999", "page=99999999", "page=x", "sort=x", "q=%00"]
)
def test_an_odd_question_gets_a_page(office: Visitor, query: str) -> None:
    assert office.open(f"/organization/people?{query}").status == 200


def test_typing_errors_use_up_no_invitation_and_who_waits_finds_what_was_typed(office: Visitor) -> None:
    def invite(*chosen: str) -> Page:
        roles = list(chosen)
        page = office.open("/organization/people")
        return office.send(page, "/organization/people", email="new@lake.example", roles=roles)

    assert [invite().status for _ in range(7)] == [422] * 7
    assert [invite("member").status, *(invite("member").status for _ in range(6))] == [200] + [422] * 6
    for _ in range(5):
        page = office.open("/organization/people")
        office.send(page, "/again")
    page = office.open("/organization/people")
    refused = office.send(page, "/again")
    assert refused.status == 429
    assert "Wait 24 hours, then try again." in refused.text


def test_the_inviter_reads_what_others_will_do(office: Visitor) -> None:
    page = office.open("/organization/people")
    assert "They write and send reports for your organization." in page.text
    assert "You write and send reports" not in page.text


def test_roles_are_changed_by_ticking(town: Town, office: Visitor) -> None:
    page = office.open(f"/organization/people/{town.people.member.id}")
    assert page.form().controls["roles"].values == ["member"]
    assert page.form().controls["roles"].offered == ["member", "org-admin"]
    page = office.send(page, roles=["member", "org-admin"])
    assert "The roles are changed" in page.text
    assert Role.ORG_ADMIN in town.side.sessions.actor_of(town.people.member.id).roles
    page = office.open(f"/organization/people/{town.people.member.id}")
    page = office.send(page, roles=[])
    assert page.summary == {"Choose at least one role.": "#roles"}


def test_the_last_administrator_is_told_why_not(office: Visitor, admin: Actor) -> None:
    page = office.send(office.open(f"/organization/people/{admin.id}"), roles=["member"])
    assert page.status == 422
    assert "Make another person administrator first" in page.text
    page = office.send(office.open(f"/organization/people/{admin.id}/leave"), action="/leave")
    assert page.status == 422
    assert "Make another person administrator first" in page.text


def test_leaving_hands_open_reports_on(town: Town, office: Visitor, admin: Actor) -> None:
    key = town.draft()
    town.report(State.SUBMITTED)
    page = office.open(f"/organization/people/{town.people.member.id}/leave")
    assert page.form("/leave").controls["colleague"].offered == ["", admin.id]
    refused = office.send(page, action="/leave")
    assert refused.status == 422
    assert "takes over the open reports" in refused.text
    done = office.send(refused, action="/leave", colleague=admin.id)
    assert "no longer belongs" in done.text
    assert office.open(f"/report/{key}/story").status == 200


def test_pressing_twice_does_it_once(town: Town, office: Visitor) -> None:
    page = office.open(f"/organization/people/{town.people.member.id}/leave")
    first, second = office.send(page, action="/leave"), office.send(page, action="/leave")
    assert (first.status, second.status) == (200, 404)


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "=cmd()", "a clinic & a lake"])
def test_the_public_description_is_text(town: Town, office: Visitor, text: str) -> None:
    page = office.send(office.open("/organization"), action="/organization", descriptor=text)
    assert page.status == 200
    assert page.form("/organization").controls["descriptor"].values == [text]
    assert "<img src=x" not in page.html


@pytest.mark.parametrize(
    ("text", "status"), [("", 422), ("x" * 201, 422), ("x" * 200, 200), ("x" * 30_000, 422)]
)
def test_the_public_description_is_bounded(office: Visitor, text: str, status: int) -> None:
    page = office.send(office.open("/organization"), action="/organization", descriptor=text)
    assert page.status == status


def test_who_changes_what_somebody_else_changed_is_told(town: Town, office: Visitor, admin: Actor) -> None:
    page = office.open("/organization")
    seen = town.side.tenants.members.organization(admin).descriptor
    town.side.tenants.members.describe(admin, "a clinic network", seen=seen)
    page = office.send(page, action="/organization", descriptor="a lake clinic")
    assert page.status == 422
    assert "changed in the meantime" in page.text
    page = office.send(page, action="/organization")
    assert town.side.tenants.members.organization(admin).descriptor == "a lake clinic"
