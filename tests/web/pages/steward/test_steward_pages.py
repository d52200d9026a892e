"""The steward's desk: who may sit there, a long queue, and decisions with their reasons."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from registry.db.columns import random_key
from registry.identity.models import Organization, Person
from registry.identity.rules import OrganizationState
from registry.identity.tenants.models import Application
from registry.identity.tenants.rules import OPERATOR
from tests.factories import PASSWORD
from tests.registry.house import at_once
from tests.registry.neighbours import ANN, REASON, WISH
from tests.web.browsing import Page, Visitor
from tests.web.pages.organization.mailbox import deliver
from tests.web.town import Town

DESK = "/steward/organizations"
OPEN_TO = {DESK: ("steward",), DESK + "/{organization}": ("steward",)}
"""Page → who may open it."""


@pytest.fixture
def applied(town: Town) -> str:
    """An application whose applicant confirmed; the organization's id."""
    return apply(town, "Harbour Aid", "ann@harbour.example")


def apply(town: Town, name: str, email: str, *, confirmed: bool = True) -> str:
    """An application, put where it belongs without mail and hashing."""
    with town.side.database.work() as session:
        person, organization = random_key(), random_key()
        now = town.clock()
        session.add_all(
            [
                Person(
                    id=person,
                    email=email,
                    name="Ann",
                    language="en",
                    email_verified_at=now if confirmed else None,
                    created_at=now,
                ),
                Organization(
                    id=organization,
                    name=name,
                    descriptor=f"known as {name}",
                    language="en",
                    state="applied",
                    created_at=now,
                ),
            ]
        )
        session.flush()
        session.add(
            Application(
                organization_id=organization,
                applicant_id=person,
                website="https://harbour.example",
                purpose="We help people.\n\nAt the coast.",
                applied_at=now,
            )
        )
    return organization


def state(town: Town, key: str) -> OrganizationState:
    return town.side.tenants.standing.read(OPERATOR, key).organization.state


@pytest.mark.parametrize("name", ["", "member", "other", "reviewer", "steward"])
def test_pages_open_to_whom_the_table_says(town: Town, applied: str, name: str) -> None:
    visitor = town.signed_in(name) if name else town.visitor()
    for path, who in OPEN_TO.items():
        page = visitor.open(path.format(organization=applied))
        if name in who:
            assert page.status == 200
        else:
            assert page.path == "/signin" if not name else page.status == 403
            assert "Harbour" not in page.text
    if name not in ("", "steward"):
        token = visitor.open("/join").form("/join").controls["csrf_token"].values[0]
        answer = visitor.client.post(
            f"{DESK}/{applied}",
            data={"csrf_token": token, "decision": "approve", "seen": "applied", "reason": "x"},
        )
        assert answer.status_code == 403
    assert state(town, applied) is OrganizationState.APPLIED


def test_the_table_names_every_page(town: Town) -> None:
    rules = {
        re.sub(r"<key:\w+>", "{organization}", rule.rule)
        for rule in town.app.url_map.iter_rules()
        if rule.endpoint.startswith("steward.") and "GET" in (rule.methods or ())
    }
    assert rules == set(OPEN_TO)


@pytest.mark.parametrize("key", ["0" * 32, "x", "%00"])
def test_an_organization_that_is_none_is_not_found(town: Town, key: str) -> None:
    assert town.signed_in("steward").open(f"{DESK}/{key}").status == 404


def test_fifty_applications_can_be_worked_through(town: Town) -> None:
    for number in range(50):
        town.clock.forward(minutes=1)
        apply(town, f"Group {number:02}", f"a{number}@harbour.example")
    for number in range(30):
        apply(town, f"Noise {number:02}", f"n{number}@harbour.example", confirmed=False)
    steward = town.signed_in("steward")
    page = steward.open(DESK)
    assert names(page)[0] == "Group 00"
    assert len(names(page)) == 25
    assert "Noise" not in page.text
    assert re.search(r"Waiting 50\b", page.text)
    assert re.search(r"Not confirmed 30\b", page.text)
    second = steward.follow(page.link("Next page"))
    assert names(second)[-1] == "Group 49"
    assert steward.follow(second.link("Back to the first page")).text == page.text
    assert names(steward.open(f"{DESK}?q=group+33")) == ["Group 33"]
    assert names(steward.open(f"{DESK}?sort=newest"))[0] == "Group 49"
    assert names(steward.open(f"{DESK}?state=unconfirmed&sort=name"))[0] == "Noise 00"
    assert "No organization here has these words" in steward.open(f"{DESK}?q=zzz").text


def names(page: Page) -> list[str]:
    return [text for url, text in page.links if re.search(DESK + r"/[0-9a-f]{32}$", url)]


def test_no_decision_without_a_reason(town: Town, applied: str) -> None:
    steward = town.signed_in("steward")
    page = steward.send(steward.open(f"{DESK}/{applied}"), press=("decision", "approve"), reason=" ")
    assert page.status == 422
    assert list(page.summary.values()) == ["#reason"]
    assert state(town, applied) is OrganizationState.APPLIED


def test_pressing_twice_decides_once(town: Town, applied: str) -> None:
    steward = town.signed_in("steward")
    page = steward.open(f"{DESK}/{applied}")
    first = steward.send(page, press=("decision", "approve"), reason=REASON)
    second = steward.send(page, press=("decision", "approve"), reason=REASON)
    assert (first.status, second.status) == (200, 422)
    assert "changed in the meantime" in second.text
    assert len(town.side.tenants.standing.read(OPERATOR, applied).rulings) == 1
    assert len(deliver(town)) == 1


def test_of_two_stewards_who_see_the_same_page_the_first_decides(town: Town, applied: str) -> None:
    """Without the state that each saw, an approval could silently follow a decline."""
    visitors = [town.signed_in("steward") for _ in range(4)]
    pages = [one.open(f"{DESK}/{applied}") for one in visitors]
    acts = ("approve", "decline") * 2
    answers = at_once(
        4, lambda n: visitors[n].send(pages[n], press=("decision", acts[n]), reason=f"Reason {n}")
    )
    assert sorted(page.status for page in answers if isinstance(page, Page)) == [200, 422, 422, 422]
    assert len(town.side.tenants.standing.read(OPERATOR, applied).rulings) == 1


def test_somebody_who_did_not_confirm_can_only_be_declined_and_gets_no_mail(town: Town) -> None:
    key = apply(town, "Noise", "noise@harbour.example", confirmed=False)
    steward = town.signed_in("steward")
    page = steward.open(f"{DESK}/{key}")
    assert page.form(key).buttons == [("decision", "decline")]
    page = steward.send(page, press=("decision", "decline"), reason="Nobody knows them.")
    assert state(town, key) is OrganizationState.DECLINED
    assert deliver(town) == []


@pytest.mark.parametrize("name", ["LAKE HEALTH", "Lаke Hеalth", "Lake-Health", "Lake Hea1th"])
def test_a_name_like_another_is_pointed_out_with_the_other(town: Town, name: str) -> None:
    town.side.tenants.applications.apply(replace(WISH, name=name), ANN)
    listed = town.side.tenants.standing.all(OPERATOR, OrganizationState.APPLIED)
    steward = town.signed_in("steward")
    page = steward.open(f"{DESK}/{listed[0].id}")
    assert "looks like that of another organization" in page.text
    assert page.link("Lake Health").endswith(town.people.member.organization_id)
    other = steward.open(f"{DESK}/{town.people.member.organization_id}")
    assert "looks like that of another organization" in other.text


def test_suspending_and_letting_go_on(town: Town) -> None:
    steward, member = town.signed_in("steward"), town.signed_in("member")
    key = town.people.member.organization_id
    page = steward.send(steward.open(f"{DESK}/{key}"), press=("decision", "suspend"), reason="Look into it.")
    assert "The decision is recorded" in page.text
    assert member.open("/mine").path == "/signin"
    assert "Look into it." in page.text
    page = steward.send(page, press=("decision", "resume"), reason="All is well.")
    assert state(town, key) is OrganizationState.ACTIVE
    assert member.open("/mine").path == "/signin"
    again = town.signed_in("member")
    assert again.open("/mine").status == 200


def test_the_steward_cannot_lock_the_office(town: Town) -> None:
    steward = town.signed_in("steward")
    page = steward.open(f"{DESK}/{town.people.steward.organization_id}")
    page = steward.send(page, press=("decision", "suspend"), reason="Oops.")
    assert page.status == 422
    assert "You cannot suspend your own organization" in page.text


def test_reviewing_is_allowed_and_stopped(town: Town) -> None:
    steward, key = town.signed_in("steward"), town.people.member.organization_id
    page = steward.send(steward.open(f"{DESK}/{key}"), press=("decision", "allow-review"), reason=REASON)
    assert "Reviewing body" in page.text
    page = steward.send(page, press=("decision", "stop-review"), reason=REASON)
    assert "Reviewing body" not in page.text


@pytest.mark.parametrize(
    ("decision", "seen"), [("erase", "active"), ("", "active"), ("suspend", "x"), ("suspend", "")]
)
def test_what_the_page_does_not_offer_does_nothing_and_is_said(town: Town, decision: str, seen: str) -> None:
    steward, key = town.signed_in("steward"), town.people.member.organization_id
    data = steward.open(f"{DESK}/{key}").form(key).fill({"reason": "x"})
    answer = steward.client.post(f"{DESK}/{key}", data=data | {"decision": [decision], "seen": [seen]})
    assert answer.status_code == 422
    assert "Nothing was decided" in answer.text
    assert state(town, key) is OrganizationState.ACTIVE


def test_the_applicants_address_is_shown_to_the_steward_alone(town: Town, applied: str) -> None:
    steward: Visitor = town.signed_in("steward")
    page = steward.open(f"{DESK}/{applied}")
    for word in ("ann@harbour.example", "https://harbour.example", "At the coast."):
        assert word in page.text
    assert 'rel="noreferrer nofollow"' in page.html
    assert PASSWORD not in page.html
