"""Consent in plain words, remembered, taken back; devices; and nothing that leads astray."""

from __future__ import annotations

import pytest

from registry.identity.rules import Role
from tests.web.pages.oauth.conftest import CALLBACK, LOOPBACK, OWN_SCHEME, TOOL, decide, question
from tests.web.pages.oauth.hostile import HOSTILE
from tests.web.town import Town


def test_the_page_says_who_asks_for_what_in_plain_words(town: Town) -> None:
    page = town.signed_in("member").open(question(scope="submissions:read reviews:read"))
    assert page.status == 200
    assert "Read your organization’s reports" in page.text
    assert "submissions:read" not in page.text
    assert "It asked for more than your roles allow" in page.text, "a member cannot lend reviewing"
    assert "tool.example" in page.text
    assert "<b>Helper</b>" not in page.html
    assert f"form-action 'self' {CALLBACK.removesuffix('/done')}" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("prefix", ["/fr", "/es", "/ar"])
def test_it_is_asked_in_every_language(town: Town, prefix: str) -> None:
    page = town.signed_in("member", prefix).open(question())
    assert page.lang == prefix[1:]
    assert "Let a program" not in page.text


def test_a_person_who_is_not_signed_in_is_brought_back_to_the_question(town: Town) -> None:
    visitor = town.visitor()
    page = visitor.open(question())
    assert page.path == "/signin"
    after = visitor.send(page, email="member@example.org", password="a long enough password")
    assert after.path == "/oauth/authorize"


@pytest.mark.parametrize(("asked", "said"), [("", "invalid_request"), ("token", "unsupported_response_type")])
def test_only_codes_are_given_and_what_was_asked_is_not_repeated(town: Town, asked: str, said: str) -> None:
    address = question(response_type=asked)
    sent = town.signed_in("member").client.get(address).headers["Location"]
    assert f"error={said}&" in sent
    assert "token" not in sent


def test_allowing_is_remembered_and_refusing_is_told(town: Town) -> None:
    visitor = town.signed_in("member")
    assert decide(visitor, "deny", question())["error"] == "access_denied"
    told = decide(visitor, "allow", question())
    assert set(told) == {"code", "state", "iss"}
    again = visitor.client.get(question())
    assert again.status_code == 302
    assert visitor.open(question(scope="submissions:write")).status == 200, "more than agreed is asked anew"


@pytest.mark.parametrize("uri", [LOOPBACK, OWN_SCHEME])
def test_where_any_program_could_wait_it_is_asked_every_time(town: Town, uri: str) -> None:
    visitor = town.signed_in("member")
    decide(visitor, "allow", question())
    page = visitor.open(question(redirect_uri=uri))
    assert page.status == 200
    answer = visitor.client.post(
        question(redirect_uri=uri), data=page.form("").fill({}) | {"decision": ["allow"]}
    )
    assert answer.headers["Location"].startswith(uri + "?")
    assert visitor.open(question(redirect_uri=uri)).status == 200


def test_who_belongs_to_several_organizations_chooses_one(town: Town) -> None:
    member, schools = town.people.member, town.people.other_member.organization_id
    town.side.directory.grant(member.id, schools, [Role.MEMBER])
    town.side.directory.grant(member.id, town.people.reviewer.organization_id, [Role.REVIEWER])
    visitor, address = town.signed_in("member"), question(scope="submissions:read reviews:read")
    page = visitor.open(address)
    picked = page.form("").controls["organization"]
    assert (picked.values, picked.offered) == ([member.organization_id], [member.organization_id, schools])
    assert "For which of your organizations?" in page.text
    data = page.form("").fill({"organization": schools}) | {"decision": ["allow"]}
    assert "code=" in visitor.client.post(address, data=data).headers["Location"]
    with town.side.database.read() as session:
        asked = session.connection().exec_driver_sql("SELECT organization_id, scopes FROM oauth_grant")
        assert asked.all() == [(schools, "submissions:read")], "reviewing needs a second factor"
    foreign = data | {"organization": [town.people.steward.organization_id]}
    again = visitor.client.post(address, data=foreign)
    assert (again.status_code, "Location" in again.headers) == (200, False)
    assert visitor.open(address).status == 200, "there is something to choose each time"
    shown = visitor.open("/account/programs")
    assert "River Schools" in shown.text
    assert "No program acts for you." in visitor.send(shown, "/withdraw").text


def test_a_stranger_cannot_press_the_button_for_a_person(town: Town) -> None:
    visitor = town.signed_in("member")
    assert visitor.client.post(question(), data={"decision": "allow"}).status_code == 400
    page = visitor.open(question())
    data = page.form("").fill({}) | {"decision": ["allow"]}
    answer = visitor.client.post(question(), data=data, headers={"Origin": "https://attacker.example"})
    assert answer.status_code == 400


def test_consent_can_be_taken_back_and_ends_everything(town: Town) -> None:
    visitor = town.signed_in("member")
    decide(visitor, "allow", question())
    page = visitor.open("/account/programs")
    assert "Incident <b>Helper</b>" in page.text
    after = visitor.send(page, "/withdraw")
    assert "No program acts for you." in after.text
    assert visitor.open(question()).status == 200
    with town.side.database.read() as session:
        alive = session.connection().exec_driver_sql(
            "SELECT count(*) FROM oauth_grant WHERE revoked_at IS NULL"
        )
        assert alive.scalar_one() == 0


def test_nobody_takes_back_what_is_not_theirs(town: Town) -> None:
    decide(town.signed_in("member"), "allow", question())
    other = town.signed_in("other")
    assert "No program acts for you." in other.open("/account/programs").text
    page = other.open("/account")
    data = page.form("").fill({})
    assert other.client.post(f"/account/programs/{TOOL}/withdraw", data=data).status_code == 404


def test_a_device_is_let_in_by_typing_its_code(town: Town) -> None:
    new = town.side.oauth.devices.start(TOOL, ("submissions:read",))
    visitor = town.signed_in("member")
    asked = visitor.send(visitor.open("/device"), code=new.user_code.lower())
    assert "Read your organization’s reports" in asked.text
    assert "only if you have just begun this yourself" in asked.text
    done = visitor.send(asked, press=("decision", "allow"))
    assert "The device may act for you now" in done.text


def test_a_device_is_turned_away(town: Town) -> None:
    new = town.side.oauth.devices.start(TOOL, ("submissions:read",))
    visitor = town.signed_in("member")
    asked = visitor.send(visitor.open("/device"), code=new.user_code)
    done = visitor.send(asked, press=("decision", "deny"))
    assert "The device was turned away" in done.text
    assert visitor.send(asked, press=("decision", "allow")).status == 422, "it was answered before"


def test_a_device_is_let_in_for_the_organization_that_was_chosen(town: Town) -> None:
    schools = town.people.other_member.organization_id
    town.side.directory.grant(town.people.member.id, schools, [Role.MEMBER])
    new = town.side.oauth.devices.start(TOOL, ("submissions:read",))
    visitor = town.signed_in("member")
    asked = visitor.send(visitor.open("/device"), code=new.user_code)
    visitor.send(asked, press=("decision", "allow"), organization=schools)
    with town.side.database.read() as session:
        found = session.connection().exec_driver_sql("SELECT organization_id FROM oauth_grant")
        assert found.scalar_one() == schools


def test_a_device_that_asks_for_more_than_a_person_has_can_only_be_turned_away(town: Town) -> None:
    new = town.side.oauth.devices.start(TOOL, ("reviews:read",))
    visitor = town.signed_in("member")
    asked = visitor.send(visitor.open("/device"), code=new.user_code)
    assert "Nothing that your roles allow." in asked.text
    assert asked.form("/device").buttons == [("decision", "deny")]


def test_who_can_lend_nothing_of_what_is_asked_refuses(town: Town) -> None:
    answer = town.signed_in("member").client.get(question(scope="reviews:read"))
    assert answer.headers["Location"].startswith(CALLBACK + "?error=access_denied")


def test_odd_characters_are_refused_on_a_page(town: Town) -> None:
    visitor = town.signed_in("member")
    page = visitor.open(question())
    answer = visitor.client.post(question(scope="é"), data=page.form("").fill({}) | {"decision": ["allow"]})
    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_a_link_brings_a_code_but_never_a_decision(town: Town) -> None:
    new = town.side.oauth.devices.start(TOOL, ("submissions:read",))
    visitor = town.signed_in("member")
    page = visitor.open(f"/device?code={new.user_code}&decision=allow")
    assert page.form("/device").controls["code"].values == [new.user_code]
    assert town.side.oauth.devices.waiting(new.user_code)


def test_guessing_codes_ends_after_ten_tries(town: Town) -> None:
    visitor = town.signed_in("member")
    page = visitor.open("/device")
    statuses = [visitor.send(page, code=f"BBBB-BBB{letter}").status for letter in "BCDFGHJKLMN"]
    assert statuses == [422] * 10 + [429]


@pytest.mark.parametrize("target", HOSTILE)
def test_no_next_leads_off_the_site(town: Town, target: str) -> None:
    assert len(HOSTILE) >= 40
    visitor = town.visitor()
    page = visitor.open("/signin")
    data = page.form("/signin").fill({"email": "member@example.org", "password": "a long enough password"})
    answer = visitor.client.post("/signin", data=data | {"next": [target]})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/mine"


@pytest.mark.parametrize("target", [target for target in HOSTILE if target])
def test_no_redirect_address_but_the_registered_one(town: Town, target: str) -> None:
    answer = town.signed_in("member").client.get(question(redirect_uri=target))
    assert answer.status_code == 400
    assert "Location" not in answer.headers
    assert "attacker" not in answer.text
