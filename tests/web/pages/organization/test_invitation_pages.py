"""Inviting by mail and accepting, by HTTP: as somebody new, as somebody known, twice, and too late."""

from __future__ import annotations

import pytest

from registry.identity.rules import Actor, Role
from registry.identity.tenants.rules import OPERATOR
from tests.factories import PASSWORD
from tests.registry.house import at_once
from tests.web.browsing import Page, Visitor
from tests.web.pages.organization.mailbox import deliver, the_letter
from tests.web.town import Town, sign_in

NEW = "new@elsewhere.example"


def invite(office: Visitor, email: str = NEW, roles: list[str] | None = None, language: str = "en") -> Page:
    page = office.open("/organization/people")
    return office.send(
        page, action="/organization/people", email=email, roles=roles or ["member"], language=language
    )


def roles_of(town: Town, email: str) -> set[Role]:
    key = town.side.directory.find_person(email)
    assert key is not None
    return set(town.side.sessions.actor_of(key).roles)


def test_somebody_new_joins(town: Town, office: Visitor) -> None:
    page = invite(office)
    assert "The invitation is on its way" in page.text
    assert NEW in page.text
    letter = the_letter(town, NEW)
    assert "Lake Health" in letter.text
    assert "Ada Admin" not in letter.text
    new = town.visitor()
    page = new.follow(letter.link)
    assert "Lake Health invites you" in page.text
    page = new.send(page, action="/invitation", name="Nia New", password="a password of Nia's own")
    assert page.path == "/signin"
    page = new.send(page, email=NEW, password="a password of Nia's own")
    assert page.status == 200
    listed = office.open("/organization/people")
    assert "Nia New" in listed.text
    assert "Invitations that wait" not in listed.text


def test_somebody_known_accepts_after_signing_in(town: Town, office: Visitor) -> None:
    invite(office, "other@example.org")
    letter = the_letter(town, "other@example.org")
    other = town.visitor()
    page = other.follow(letter.link)
    assert "name" not in {name for form in page.forms for name in form.controls}
    onward = next(url for url, _ in page.links if url.startswith("/signin?next=") and "key" in url)
    page = other.send(other.follow(onward), email="other@example.org", password=PASSWORD)
    assert page.path == "/invitation"
    page = other.send(page, action="/invitation")
    assert "You belong to the organization now" in page.text
    names = [one.name for one in town.side.tenants.members.all(_administrator(town))]
    assert "Other" in names


def test_nobody_takes_an_account_over_by_an_invitation(town: Town, office: Visitor) -> None:
    """Who holds a link to a known address cannot set a new password for it."""
    invite(office, "other@example.org")
    letter = the_letter(town, "other@example.org")
    thief = town.visitor()
    key = letter.link.partition("key=")[2]
    token = thief.open("/signin").form().controls["csrf_token"].values[0]
    answer = thief.client.post(
        "/invitation",
        data={"csrf_token": token, "key": key, "name": "Thief", "password": "the thief's own password"},
    )
    assert answer.status_code == 422
    assert "registered here already" in answer.text
    assert sign_in(town.visitor(), "other").status == 200


def test_a_link_works_once(town: Town, office: Visitor) -> None:
    invite(office)
    link, password = the_letter(town, NEW).link, "a password of Nia's own"
    first, second = town.visitor(), town.visitor()
    pages = [(one, one.follow(link)) for one in (first, second)]
    answers = [one.send(page, action="/invitation", name="Nia", password=password) for one, page in pages]
    assert [page.status for page in answers] == [200, 404]
    assert "This link does not work any more" in answers[1].text


def test_of_eight_who_press_at_once_one_joins(town: Town, office: Visitor) -> None:
    invite(office)
    link = the_letter(town, NEW).link
    visitors = [town.visitor() for _ in range(8)]
    pages = [one.follow(link) for one in visitors]
    answers = at_once(
        8,
        lambda n: visitors[n].send(
            pages[n], action="/invitation", name=f"Nia {n}", password=f"seven grey herons {n}"
        ),
    )
    statuses = sorted(page.status for page in answers if isinstance(page, Page))
    assert statuses == [200] + [404] * 7


def test_a_new_letter_makes_the_earlier_link_dead(town: Town, office: Visitor) -> None:
    page = invite(office)
    first = the_letter(town, NEW)
    page = office.send(page, action="/again")
    assert "on its way again" in page.text
    second = the_letter(town, NEW)
    assert town.visitor().follow(first.link).status == 404
    assert town.visitor().follow(second.link).status == 200


def test_taken_back_it_is_dead(town: Town, office: Visitor) -> None:
    page = invite(office)
    link = the_letter(town, NEW).link
    page = office.send(page, action="/revoke")
    assert "taken back" in page.text
    assert NEW not in page.text
    assert town.visitor().follow(link).status == 404
    assert office.client.get("/organization/people").status_code == 200


def test_after_two_weeks_it_is_dead_and_can_be_sent_again(town: Town, office: Visitor) -> None:
    invite(office)
    link = the_letter(town, NEW).link
    town.clock.forward(days=14)
    assert town.visitor().follow(link).status == 404
    fresh = town.visitor()
    sign_in(fresh, "admin")
    page = fresh.open("/organization/people")
    assert "Expired" in page.text
    fresh.send(page, action="/again")
    assert town.visitor().follow(the_letter(town, NEW).link).status == 200


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("member@example.org", "belongs to your organization already"),
        ("MEMBER@Example.ORG ", "belongs to your organization already"),
        ("nobody", "should be an e-mail address"),
        ("a@b.example\r\nBcc: c@d.example", "should be an e-mail address"),
        ("a@b.example, c@d.example", "should be an e-mail address"),
        ("x" * 300 + "@b.example", "should be an e-mail address"),
    ],
)
def test_who_is_not_invited(town: Town, office: Visitor, email: str, said: str) -> None:
    page = invite(office, email)
    assert page.status == 422
    assert said in page.text
    assert deliver(town) == []


def test_an_address_that_waits_is_not_invited_again(town: Town, office: Visitor) -> None:
    invite(office)
    assert "was invited already" in invite(office, NEW.upper()).text
    assert len(deliver(town)) == 1


@pytest.mark.parametrize("role", ["steward", "reviewer", "owner", "", "member steward"])
def test_no_role_is_smuggled_in(town: Town, office: Visitor, role: str) -> None:
    page = office.open("/organization/people")
    data = page.form("/organization/people").fill({"email": NEW}) | {"roles": [role, "member"]}
    answer = office.client.post("/organization/people", data=data)
    assert answer.status_code == 422
    assert deliver(town) == []


def test_a_reviewer_is_invited_once_the_steward_allows_it(town: Town, office: Visitor) -> None:
    town.side.tenants.standing.allow_review(OPERATOR, town.people.member.organization_id, "They know how.")
    invite(office, roles=["reviewer"])
    new = town.visitor()
    page = new.follow(the_letter(town, NEW).link)
    assert "You examine reports of other organizations" in page.text
    new.send(page, action="/invitation", name="Rae", password="a password of Rae's own")
    assert roles_of(town, NEW) == {Role.REVIEWER}


def test_the_letter_speaks_the_language_that_was_chosen(town: Town, office: Visitor) -> None:
    invite(office, language="ar")
    letter = the_letter(town, NEW)
    assert letter.link.startswith("/ar/invitation?key=")
    page = town.visitor().follow(letter.link)
    assert (page.lang, page.dir) == ("ar", "rtl")
    invite(office, "two@elsewhere.example", language="en")
    office_page = office.open("/organization/people")
    data = office_page.form("/organization/people").fill({"email": "three@elsewhere.example"})
    office.client.post("/organization/people", data=data | {"language": ["xx/../../etc"]})
    assert {one.link.partition("?")[0] for one in deliver(town)} == {"/invitation"}


def test_while_suspended_an_invitation_rests(town: Town, office: Visitor) -> None:
    invite(office)
    link, home = the_letter(town, NEW).link, town.people.member.organization_id
    town.side.custody.suspension.suspend(OPERATOR, home, "Something is wrong.")
    assert town.visitor().follow(link).status == 404
    town.side.custody.suspension.resume(OPERATOR, home, "It was a mistake.")
    assert town.visitor().follow(link).status == 200


def _administrator(town: Town) -> Actor:
    key = town.side.directory.find_person("admin@example.org")
    assert key is not None
    return town.side.sessions.actor_of(key)
