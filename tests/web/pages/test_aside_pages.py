"""Stepping aside and naming ties, by the pages."""

from __future__ import annotations

from registry.identity.rules import Role
from registry.intake.rules import State
from tests.factories import register
from tests.web.town import Town, sign_in


def test_a_reviewer_steps_aside_and_the_report_is_gone(town: Town) -> None:
    key = town.report(State.IN_REVIEW)
    reviewer = town.signed_in("reviewer")
    page = reviewer.open(f"/review/{key}")
    page = reviewer.send(page, "/recuse", aside="")
    assert page.status == 422
    assert "Choose why you step aside." in page.text
    page = reviewer.send(page, "/recuse", aside="close")
    assert "You stepped aside." in page.text
    assert reviewer.open(f"/review/{key}").status == 404
    assert town.state(key) is State.SUBMITTED


def test_a_reviewer_names_whom_they_do_not_judge(town: Town) -> None:
    key = town.report(State.SUBMITTED)
    reviewer = town.signed_in("reviewer")
    page = reviewer.send(reviewer.open("/account/ties"), "/ties", names="x" * 201)
    assert page.status == 422
    page = reviewer.send(page, "/ties", names="Lake Health\nSome vendor")
    assert "Lake Health\nSome vendor" in page.html
    assert reviewer.open(f"/review/{key}").status == 404


def test_the_steward_writes_down_who_belongs_to_whom(town: Town) -> None:
    key = town.report(State.SUBMITTED)
    steward, people = town.signed_in("steward"), town.people
    home = f"/steward/organizations/{people.reviewer.organization_id}"
    page = steward.send(steward.open(home), "/parent", parent=people.member.organization_id)
    assert "do not judge each other" in page.text
    assert town.signed_in("reviewer").open(f"/review/{key}").status == 404
    other = f"/steward/organizations/{people.member.organization_id}"
    page = steward.send(steward.open(other), "/parent", parent=people.reviewer.organization_id)
    assert "cannot belong to itself" in page.text


def test_an_administrator_writes_down_other_names(town: Town) -> None:
    register(town.side.directory, town.side.sessions, "boss", "Big Review", [Role.ORG_ADMIN])
    boss = town.visitor()
    sign_in(boss, "boss")
    page = boss.send(boss.open("/organization"), "/names", names="BR\nb r")
    assert "The other names are saved." in page.text
    assert "BR\nb r" in page.html
