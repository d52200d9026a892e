"""Taking one's data along, erasing oneself, and letting a whole organization leave."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from registry.identity.rules import Actor, Role
from registry.identity.selfcare.letters import PASSWORD_CHANGED
from registry.intake.rules import State
from registry.outbox import enqueue
from tests.factories import PASSWORD
from tests.web.browsing import Visitor
from tests.web.pages.organization.mailbox import deliver
from tests.web.town import Town, sign_in


def download(visitor: Visitor, page: str, action: str) -> tuple[dict[str, str], zipfile.ZipFile]:
    form = visitor.open(page).form(action)
    answer = visitor.client.post(form.action, data=form.fill({}))
    assert answer.status_code == 200
    return dict(answer.headers), zipfile.ZipFile(io.BytesIO(answer.data))


def test_a_person_takes_everything_along(town: Town) -> None:
    town.draft()
    headers, archive = download(town.signed_in("member"), "/account/data", "/export")
    assert headers["Content-Type"] == "application/zip"
    assert headers["Cache-Control"] == "no-store"
    assert "my-data.zip" in headers["Content-Disposition"]
    assert json.loads(archive.read("person.json"))[0]["email"] == "member@example.org"
    assert len(json.loads(archive.read("reports.json"))) == 1


def test_an_organization_takes_everything_along(town: Town, office: Visitor) -> None:
    town.draft()
    headers, archive = download(office, "/organization", "/export")
    assert "organization.zip" in headers["Content-Disposition"]
    people = json.loads(archive.read("people.json"))
    assert {one["email"] for one in people} == {"admin@example.org", "member@example.org"}


def test_a_person_is_erased_with_their_password(town: Town) -> None:
    member = town.signed_in("member")
    page = member.send(member.open("/account/data"), action="/erase", proof="wrong")
    assert page.status == 422
    assert page.summary == {"This is not your password.": "#proof"}
    page = member.send(page, action="/erase", proof=PASSWORD)
    assert (page.path, page.status) == ("/", 200)
    assert "Your account is erased" in page.text
    assert member.open("/account").path == "/signin"
    assert sign_in(town.visitor(), "member").status == 422


def test_letters_to_somebody_erased_leave_the_nodes_own_folder(town: Town) -> None:
    """Without a mail server letters lie in the data folder; those of others stay there."""
    for who in (town.people.member, town.people.reviewer):
        with town.side.database.work() as session:
            enqueue(session, PASSWORD_CHANGED, {"person_id": who.id}, town.clock())
    assert {letter.to for letter in deliver(town)} == {"member@example.org", "reviewer@example.org"}
    member = town.signed_in("member")
    member.send(member.open("/account/data"), action="/erase", proof=PASSWORD)
    assert deliver(town) == []
    left = [path.read_text("utf-8") for path in town.node.settings.mail_dir.glob("*.eml")]
    assert len(left) == 1
    assert "reviewer@example.org" in left[0]


def test_the_last_administrator_is_told_what_to_do(town: Town, office: Visitor) -> None:
    page = office.send(office.open("/account/data"), action="/erase", proof=PASSWORD)
    assert page.status == 422
    assert "Make another person administrator first" in page.text
    assert office.open("/account").status == 200


@pytest.mark.parametrize(
    ("name", "proof", "at"),
    [("", PASSWORD, "#name"), ("River Schools", PASSWORD, "#name"), ("Lake Health", "wrong", "#proof")],
)
def test_an_organization_leaves_only_with_its_name_and_a_password(
    town: Town, office: Visitor, name: str, proof: str, at: str
) -> None:
    page = office.send(office.open("/organization/close"), action="/close", name=name, proof=proof)
    assert page.status == 422
    assert list(page.summary.values()) == [at]
    assert office.open("/organization").status == 200


def test_an_organization_leaves(town: Town, office: Visitor) -> None:
    key = town.report(State.PUBLISHED)
    record = town.record_id(key)
    page = office.open("/organization/close")
    assert "Published records" in page.text
    member = town.signed_in("member")
    page = office.send(page, action="/close", name=" lake  health", proof=PASSWORD)
    assert page.status == 200
    assert "Your organization is erased" in page.text
    assert "Published records" in page.text
    for visitor in (office, member):
        assert visitor.open("/account").path == "/signin"
    answer = town.visitor().client.get(f"/api/v1/records/{record}")
    assert (answer.status_code, "Lake Health" in answer.text) == (200, False)


def test_whoever_belongs_elsewhere_too_keeps_an_account(town: Town, office: Visitor, admin: Actor) -> None:
    town.side.directory.grant(admin.id, town.people.other_member.organization_id, [Role.MEMBER])
    office.send(office.open("/organization/close"), action="/close", name="Lake Health", proof=PASSWORD)
    again = town.visitor()
    page = sign_in(again, "admin")
    assert page.status == 200
    assert "River Schools" in again.open("/account").text
