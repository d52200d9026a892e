"""People who act for no organization: their account and their data are open to them, and nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from registry.identity.tenants.applications import Applicant, Wish
from tests.factories import PASSWORD
from tests.web.browsing import Visitor
from tests.web.town import Town, sign_in

WORDS = {
    "left": "You belong to no organization here.",
    "suspended": "Your organization is suspended.",
    "applied": "application is not decided yet",
    "declined": "application was not approved",
}
OWN = ("", "/password", "/email", "/sessions", "/factors", "/passkeys", "/data")
CLOSED = (
    "/mine",
    "/report/new",
    "/review",
    "/review/publish",
    "/organization",
    "/organization/people",
    "/organization/programs",
    "/organization/provider",
    "/steward/organizations",
    "/account/identities",
    "/account/programs",
    "/device",
    "/signin/kept",
)


def run(town: Town, statement: str, **facts: str) -> None:
    with town.side.database.work() as session:
        session.execute(text(statement), facts)


@pytest.fixture(params=sorted(WORDS))
def case(request: pytest.FixtureRequest, town: Town) -> str:
    """Why the member acts for no organization."""
    who = town.people.member
    if request.param == "left":
        run(town, "DELETE FROM membership WHERE person_id = :p", p=who.id)
    else:
        run(town, "UPDATE organization SET state = :s WHERE id = :o", s=request.param, o=who.organization_id)
    run(town, "UPDATE person SET email_verified_at = created_at WHERE id = :p", p=who.id)
    return str(request.param)


@pytest.fixture
def visitor(town: Town, case: str) -> Visitor:
    """The member, signed in nevertheless."""
    return town.signed_in("member")


def test_the_account_is_open_and_says_why_the_rest_is_not(visitor: Visitor, case: str) -> None:
    for path in OWN:
        assert visitor.open(f"/account{path}").status == 200, path
    assert WORDS[case] in visitor.open("/account").text
    offered = [url for url, _ in visitor.open("/account").links]
    assert not {"/account/identities", "/account/programs", "/device"} & set(offered)


def test_everything_else_is_refused_in_true_words(visitor: Visitor, case: str) -> None:
    for path in CLOSED:
        page = visitor.open(path)
        assert page.status == 403, path
        assert WORDS[case] in page.text, path
    assert visitor.open("/").status == 200
    data = {"csrf_token": visitor.open("/account").form().controls["csrf_token"].values[0]}
    for path in ("/report/new", "/organization", "/organization/export", "/oauth/authorize", "/device"):
        assert visitor.client.post(path, data=data).status_code == 403, path


def test_ones_data_can_be_taken_along(town: Town, visitor: Visitor) -> None:
    page = visitor.open("/account/data")
    token = page.form().controls["csrf_token"].values[0]
    answer = visitor.client.post("/account/data/export", data={"csrf_token": token})
    assert (answer.status_code, answer.data[:2]) == (200, b"PK")


def test_one_can_have_oneself_erased(town: Town, visitor: Visitor) -> None:
    page = visitor.open("/account/data")
    assert "Your account is erased" in visitor.send(page, "/account/data/erase", proof=PASSWORD).text
    assert "not right" in sign_in(town.visitor(), "member").text


def test_a_session_from_outside_opens_up_with_the_organization(
    town: Town, visitor: Visitor, case: str
) -> None:
    who = town.people.member
    if case == "left":
        town.side.directory.grant(who.id, who.organization_id, list(who.roles))
    else:
        run(town, "UPDATE organization SET state = 'active' WHERE id = :o", o=who.organization_id)
    assert visitor.open("/mine").status == 200
    run(town, "UPDATE organization SET state = 'suspended' WHERE id = :o", o=who.organization_id)
    assert visitor.open("/mine").status == 403


def test_an_applicant_confirms_the_address_before_anything(town: Town) -> None:
    wish = Wish("Hill Clinic", "A clinic on a hill", "", "We care for people.")
    town.side.tenants.applications.apply(wish, Applicant("Ann Lee", "ann@example.org", PASSWORD))
    page = sign_in(town.visitor(), "ann")
    assert page.status == 422
    assert "First confirm your address" in page.text
    assert "First confirm" not in sign_in(town.visitor(), "ann", "another password").text
