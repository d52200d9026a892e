"""Who a subject is: connected, invited, or new; and never somebody by their e-mail."""

from __future__ import annotations

import email
import re
from dataclasses import replace
from email import policy

from sqlalchemy import text
from werkzeug.test import TestResponse

from registry.identity.rules import Role
from search import Indexer
from tests.factories import PASSWORD
from tests.web.browsing import Visitor
from tests.web.pages.providers.conftest import Street, come_back, leave, page, who
from tests.web.pages.providers.fake import FakeProvider, running
from web.worker import Worker


def arrive(street: Street, subject: str, **claims: object) -> tuple[Visitor, TestResponse]:
    visitor = street.visitor()
    back = street.provider.authorize(leave(visitor, street.key), subject, **claims)
    return visitor, come_back(visitor, back)


def count(street: Street, question: str) -> int:
    with street.town.side.database.read() as session:
        return int(session.execute(text(question)).scalar_one())


def test_an_unknown_subject_is_never_somebody_by_their_e_mail(street: Street) -> None:
    """Take-over: the provider asserts the address of a person here, verified as it likes."""
    for address in ("member@example.org", "MEMBER@example.org", "steward@example.org"):
        visitor, answer = arrive(street, "evil", email=address, email_verified=True, name="Member")
        assert (answer.status_code, "does not know you yet" in page(answer).text) == (403, True)
        assert not who(visitor)
        assert address not in answer.text
    assert count(street, "SELECT count(*) FROM provider_login") == 0


def test_an_open_provider_makes_a_new_person_and_takes_nobody_over(street: Street) -> None:
    admin, side = street.town.side.providers.admin, street.town.side
    admin.admit(street.admin, street.key, everybody=True)
    people = count(street, "SELECT count(*) FROM person")
    for address in ("other@example.org", "OTHER@Example.org"):
        visitor, answer = arrive(street, "evil", email=address, email_verified=True)
        assert answer.status_code == 409
        assert "There may be an account for you already." in page(answer).text
        assert not who(visitor)
    assert count(street, "SELECT count(*) FROM person") == people
    visitor, answer = arrive(street, "new-1", email="New.Person@lake.example", name=" New \x00 Person ")
    assert answer.status_code == 303
    assert "New Person" in who(visitor)
    assert "Lake Health" in who(visitor)
    assert "Administrator" not in who(visitor)
    again, _ = arrive(street, "new-1", email="somebody.else@lake.example", name="Other Name")
    assert "New Person" in who(again)
    assert count(street, "SELECT count(*) FROM person") == people + 1
    with side.database.read() as session:
        row = session.execute(text("SELECT * FROM person WHERE name = 'New Person'")).mappings().one()
    assert row["email"] == f"provider:{row['id']}"
    assert (row["new_email"], row["email_verified_at"]) == ("new.person@lake.example", None)


def test_somebody_new_without_a_name_or_an_address(street: Street) -> None:
    street.town.side.providers.admin.admit(street.admin, street.key, everybody=True)
    for number, claims in enumerate(({}, {"email": "not an address"}, {"name": 7, "email": ["x"]})):
        visitor, answer = arrive(street, f"bare-{number}", **claims)
        assert answer.status_code == 303
        assert who(visitor)


def test_an_invitation_is_accepted_with_the_identity(street: Street) -> None:
    side = street.town.side
    side.tenants.invitations.invite(street.admin, "invited@lake.example", ["member"], "en")
    secret = mailed_secret(street)
    visitor = street.visitor()
    opened = visitor.open(f"/invitation?key={secret}")
    asked = visitor.follow(opened.link("Accept with Lake login"))
    url = visitor.client.get(asked.link("Continue")).headers["Location"]
    answer = come_back(
        visitor, street.provider.authorize(url, "inv-1", name="In Vited", email="x@evil.example")
    )
    assert answer.status_code == 303
    assert "In Vited" in who(visitor)
    with side.database.read() as session:
        row = session.execute(text("SELECT * FROM person WHERE name = 'In Vited'")).mappings().one()
    assert (row["email"], row["password_hash"]) == ("invited@lake.example", None)
    assert row["email_verified_at"] is not None
    again, answer = arrive(street, "inv-1")
    assert "In Vited" in who(again)
    assert street.visitor().open(f"/invitation?key={secret}").status == 404


def test_who_came_by_invitation_can_have_a_password_once_the_provider_is_gone(street: Street) -> None:
    side = street.town.side
    side.tenants.invitations.invite(street.admin, "invited@lake.example", ["member"], "en")
    visitor = street.visitor()
    url = leave(visitor, street.key, f"?invitation={mailed_secret(street)}")
    come_back(visitor, street.provider.authorize(url, "inv-1", name="In Vited"))
    side.selfcare.passwords.ask("invited@lake.example")
    assert "through your organization" in " ".join(newest_letter(street).split())
    side.providers.admin.remove(street.admin, street.key)
    side.selfcare.passwords.ask("invited@lake.example")
    side.selfcare.passwords.reset(mailed_secret(street), "another long enough phrase 7")
    visitor = street.visitor()
    form = {"email": "invited@lake.example", "password": "another long enough phrase 7"}
    assert visitor.send(visitor.open("/signin"), typed=form).path == "/mine"


def test_people_without_an_address_are_listed_without_one(street: Street) -> None:
    street.town.side.providers.admin.admit(street.admin, street.key, everybody=True)
    arrive(street, "new-1", name="New")
    listed = street.town.signed_in("member").open("/organization/people")
    assert "None confirmed" in listed.text
    assert "provider:" not in listed.html


def test_an_invitation_is_used_up_once_and_only_for_its_organization(street: Street) -> None:
    side, people = street.town.side, street.town.people
    side.directory.grant(people.other_member.id, people.other_member.organization_id, [Role.ORG_ADMIN])
    other_admin = replace(people.other_member, roles=frozenset({Role.ORG_ADMIN}))
    side.tenants.invitations.invite(other_admin, "invited@river.example", ["org-admin"], "en")
    secret = mailed_secret(street)
    visitor = street.visitor()
    url = leave(visitor, street.key, f"?invitation={secret}")
    answer = come_back(visitor, street.provider.authorize(url, "thief"))
    assert answer.status_code == 403
    assert not who(visitor)
    assert street.visitor().open(f"/invitation?key={secret}").status == 200


def test_connecting_needs_the_password_and_the_same_person(street: Street) -> None:
    visitor = street.town.signed_in("member")
    mine = visitor.open("/account/identities")
    address = f"/account/identities/{street.key}/connect"
    wrong = visitor.send(mine, address, password="not the password")
    assert (wrong.status, "not your present password" in wrong.text) == (422, True)
    went = visitor.send(mine, address, password=PASSWORD)
    back = street.provider.authorize(went.link("Continue"), "a-1")
    visitor.send(visitor.open("/account"), "/signout")
    assert come_back(visitor, back).status_code == 400
    assert count(street, "SELECT count(*) FROM provider_login") == 0


def test_one_identity_is_one_person(street: Street) -> None:
    side, people = street.town.side, street.town.people
    street.link(people.member, "a-1")
    side.directory.grant(people.other_member.id, people.member.organization_id, [Role.MEMBER])
    side.directory.grant(people.reviewer.id, people.member.organization_id, [Role.MEMBER])
    visitor = street.town.signed_in("other")  # acts for Lake Health, which comes first by name
    address = f"/account/identities/{street.key}/connect"
    went = visitor.send(visitor.open("/account/identities"), address, password=PASSWORD)
    answer = come_back(visitor, street.provider.authorize(went.link("Continue"), "a-1"))
    assert "in use already" in visitor.follow(answer.headers["Location"]).text
    assert count(street, "SELECT count(*) FROM provider_login") == 1


def test_only_ones_own_organization_can_be_connected(street: Street) -> None:
    visitor = street.town.signed_in("second")
    asked = visitor.open("/account/identities")
    assert "Lake login" not in asked.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.open("/account").html)
    assert token is not None
    data = {"csrf_token": token[1], "password": PASSWORD}
    assert visitor.client.post(f"/account/identities/{street.key}/connect", data=data).status_code == 409


def test_disconnecting_ends_what_began_through_it(street: Street) -> None:
    street.link(street.town.people.member, "a-1")
    through, _ = arrive(street, "a-1")
    assert who(through)
    visitor = street.town.signed_in("member")
    mine = visitor.open("/account/identities")
    done = visitor.send(mine, f"/account/identities/{street.key}/disconnect", password=PASSWORD)
    assert "Disconnected." in done.text
    assert not who(through)
    _, answer = arrive(street, "a-1")
    assert answer.status_code == 403


def test_the_only_way_in_stays(street: Street) -> None:
    street.town.side.providers.admin.admit(street.admin, street.key, everybody=True)
    visitor, _ = arrive(street, "new-1", name="New")
    mine = visitor.open("/account/identities")
    done = visitor.send(mine, f"/account/identities/{street.key}/disconnect")
    assert (done.status, "This is your only way in." in done.text) == (422, True)
    street.town.clock.forward(minutes=11)
    stale = visitor.send(visitor.open("/account/identities"), f"/account/identities/{street.key}/disconnect")
    assert (stale.status, "sign in again" in stale.text) == (422, True)


def test_a_session_through_one_organization_acts_for_no_other(street: Street) -> None:
    """Its administrators could sign in as anybody there: that must not lead into another organization."""
    side, people = street.town.side, street.town.people
    side.directory.grant(people.member.id, people.other_member.organization_id, [Role.MEMBER])
    side.directory.grant(people.other_member.id, people.member.organization_id, [Role.MEMBER])
    street.link(people.member, "a-1")
    visitor, _ = arrive(street, "a-1")
    cookie_actor = side.sessions.person(session_secret(visitor))
    assert cookie_actor is not None
    assert (cookie_actor.organization_id, cookie_actor.bound) == (people.member.organization_id, True)
    assert [one.organization for one in side.oauth.lenders.choices(cookie_actor)] == ["Lake Health"]


def test_somebody_who_left_gets_in_no_more(street: Street) -> None:
    street.town.side.providers.admin.admit(street.admin, street.key, everybody=True)
    arrive(street, "new-1", name="New")
    with street.town.side.database.work() as session:
        session.execute(
            text("DELETE FROM membership WHERE person_id IN (SELECT id FROM person WHERE name = 'New')")
        )
    visitor, answer = arrive(street, "new-1")
    assert (answer.status_code, "do not belong" in page(answer).text) == (403, True)
    assert not who(visitor)


def test_the_same_subject_at_another_provider_is_somebody_else(street: Street) -> None:
    street.link(street.town.people.member, "a-1")
    with running(FakeProvider(street.town.clock)) as second:
        key = street.register(second)
        visitor = street.visitor()
        answer = come_back(visitor, second.authorize(leave(visitor, key), "a-1"))
        assert answer.status_code == 403
        assert not who(visitor)


def session_secret(visitor: Visitor) -> str:
    with visitor.client.session_transaction() as kept:
        return str(kept["sid"])


def mailed_secret(street: Street) -> str:
    """The secret of the newest letter, sent by the worker."""
    found = re.search(r"key=([\w-]+)", newest_letter(street))
    assert found is not None
    return found[1]


def newest_letter(street: Street) -> str:
    node = street.town.node
    Worker(node, Indexer(node.settings.index_dir, node.taxonomy)).drain()
    newest = max(node.settings.mail_dir.rglob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    letter = email.message_from_bytes(newest.read_bytes(), policy=policy.default)
    return str(letter.get_body(("plain",)).get_content())
