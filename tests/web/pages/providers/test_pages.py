"""The pages themselves: who may open them, what an administrator can do there, what they never show."""

from __future__ import annotations

from sqlalchemy import select

from registry import audit
from registry.identity.models import SignIn
from registry.identity.providers.models import IdentityProvider, ProviderLogin
from registry.identity.rules import Role
from tests.registry.test_addresses import BAD_TEXTS
from tests.web.browsing import Page, Visitor
from tests.web.pages.providers.conftest import Street, come_back, leave, who
from tests.web.pages.providers.fake import CLIENT, SECRET, FakeProvider, running
from web.pages.organization.provider import CHANGES

PEOPLE = ("member", "other", "reviewer", "steward", "")
OPEN_TO = {
    "/signin/organization": PEOPLE,
    "/signin/with/{key}": ("",),
    "/account/identities": ("member", "other", "reviewer", "steward"),
    "/organization/provider": ("member",),
    "/organization/provider/{key}": ("member",),
}
"""Page → who may open it. ``member`` is the organization's administrator here."""


def test_pages_open_to_whom_the_table_says(street: Street) -> None:
    for name in PEOPLE:
        visitor = street.town.signed_in(name) if name else street.visitor()
        for path, people in OPEN_TO.items():
            address = path.format(key=street.key)
            page = visitor.open(address)
            if name in people:
                assert (page.status, page.path) == (200, address)
                assert page.headers["Cache-Control"] == "no-store"
                assert page.headers["X-Robots-Tag"] == "noindex"
                assert page.meta["robots"] == "noindex"
                assert "unsafe" not in page.headers["Content-Security-Policy"]
            else:
                assert page.path == "/signin" or page.status == 403 or page.path != address, (name, path)
                assert street.provider.issuer not in page.html


def test_an_administrator_of_another_organization_finds_nothing(street: Street) -> None:
    people = street.town.people
    street.town.side.directory.grant(
        people.other_member.id, people.other_member.organization_id, [Role.ORG_ADMIN]
    )
    visitor = street.town.signed_in("other")
    assert "Lake login" not in visitor.open("/organization/provider").text
    assert visitor.open(f"/organization/provider/{street.key}").status == 404


def admin_page(street: Street) -> tuple[Visitor, Page]:
    visitor = street.town.signed_in("member")
    return visitor, visitor.open("/organization/provider")


def test_an_administrator_registers_tests_and_removes_a_provider(street: Street) -> None:
    with running(FakeProvider(street.town.clock)) as second:
        visitor, page = admin_page(street)
        org = street.admin.organization_id
        assert f"http://127.0.0.1:8000/signin/callback/{org}" in page.text
        made = visitor.send(
            page, name="Second", issuer=second.issuer, client=CLIENT, secret=SECRET, who="everybody"
        )
        assert made.path.startswith("/organization/provider/")
        key = made.path.rpartition("/")[2]
        assert f"http://127.0.0.1:8000/signin/with/{key}" in made.text
        assert SECRET not in made.html
        tested = visitor.send(made, f"{key}/test")
        assert "It answers as it should" in tested.text
        assert "One key can be used." in tested.text
        stranger = street.visitor()
        come_back(stranger, second.authorize(leave(stranger, key), "new", name="New"))
        assert "New" in who(stranger)
        removed = visitor.send(visitor.open(made.path), f"{key}/remove")
        assert "Removed." in removed.text
    assert not who(stranger)
    assert visitor.open(made.path).status == 404
    with street.town.side.database.read() as session:
        assert session.scalars(select(ProviderLogin)).all() == []
        assert [row.id for row in session.scalars(select(IdentityProvider))] == [street.key]
        through = session.scalars(select(SignIn).where(SignIn.provider_id == key)).all()
    assert [row.ended_at is None for row in through] == [False]


def test_switching_off_ends_what_began_through_it_and_leaves_the_rest(linked: Street) -> None:
    visitor, _ = admin_page(linked)
    through = linked.visitor()
    come_back(through, linked.provider.authorize(leave(through, linked.key)))
    assert who(through)
    one = visitor.open(f"/organization/provider/{linked.key}")
    off = visitor.send(one, f"{linked.key}/off")
    assert "Switched off." in off.text
    assert not who(through)
    assert who(visitor)
    assert linked.visitor().open(f"/signin/with/{linked.key}").status == 404
    on = visitor.send(off, f"{linked.key}/on")
    assert "Switched on." in on.text
    again = linked.visitor()
    come_back(again, linked.provider.authorize(leave(again, linked.key)))
    assert who(again)


def test_a_test_says_what_is_wrong(street: Street) -> None:
    visitor, _ = admin_page(street)
    one = visitor.open(f"/organization/provider/{street.key}")
    street.provider.describe = lambda document: document | {"issuer": "https://evil.example/<b>"}
    told = visitor.send(one, f"{street.key}/test")
    assert "with a description of exactly this issuer" in told.text
    assert "evil" not in told.html
    street.provider.describe = lambda document: document
    assert "It answers as it should" in visitor.send(one, f"{street.key}/test").text  # asked anew


def test_another_secret(linked: Street) -> None:
    visitor, _ = admin_page(linked)
    one = visitor.open(f"/organization/provider/{linked.key}")
    assert visitor.send(one, f"{linked.key}/secret", secret="é").status == 422
    visitor.send(one, f"{linked.key}/secret", secret="another secret")
    person = linked.visitor()
    refused = come_back(person, linked.provider.authorize(leave(person, linked.key)))
    assert "did not accept this node" in refused.text
    visitor.send(one, f"{linked.key}/secret", secret=SECRET)
    person = linked.visitor()
    assert come_back(person, linked.provider.authorize(leave(person, linked.key))).status_code == 303


def test_no_address_that_leads_to_a_neighbour_can_be_registered(street: Street) -> None:
    visitor, page = admin_page(street)
    assert len(BAD_TEXTS) >= 40
    for issuer in (*BAD_TEXTS, "https://login.example.org/?a=b"):
        if any(local in issuer for local in ("//localhost/", "//127.0.0.1/", "//[::1]/", "//127.0.0.1")):
            continue  # this node is one for development
        if issuer.strip() != issuer:
            continue  # blanks around it are dropped
        street.town.side.limiter.forget(CHANGES, street.admin.organization_id)
        told = visitor.send(page, name="X", issuer=issuer, client="a", secret="b")
        assert (told.status, "#issuer" in str(told.summary)) == (422, True), issuer


def test_bounds_of_what_can_be_typed(street: Street) -> None:
    visitor, page = admin_page(street)
    good = {"name": "X", "issuer": street.provider.issuer, "client": "a", "secret": "b"}
    for name, value in (
        ("name", ""),
        ("name", "x" * 121),
        ("client", ""),
        ("client", "x" * 201),
        ("client", "é"),
        ("secret", ""),
        ("secret", "x" * 501),
        ("issuer", "https://login.example.org/" + "x" * 400),
    ):
        told = visitor.send(page, typed=good | {name: value})
        assert (told.status, f"#{name}" in str(told.summary)) == (422, True), (name, value)
    for _ in range(4):
        assert visitor.send(page, typed=good).status == 200
    assert "as many identity providers as it can have" in visitor.send(page, typed=good).text


def test_every_change_is_in_the_trail_without_the_secret(street: Street) -> None:
    admin, actor = street.town.side.providers.admin, street.admin
    admin.admit(actor, street.key, everybody=True)
    admin.admit(actor, street.key, everybody=True)
    admin.admit(actor, street.key, everybody=False)
    admin.renew(actor, street.key, "new secret")
    admin.switch(actor, street.key, active=False)
    admin.switch(actor, street.key, active=True)
    admin.remove(actor, street.key)
    with street.town.side.database.read() as session:
        steps = audit.trail(session, "provider", street.key)
    assert [step.action for step in steps] == [
        *("register", "open", "close", "renew", "switch-off", "switch-on", "remove")
    ]
    assert {(step.actor_id, step.reason) for step in steps} == {(actor.id, None)}
