"""A town whose first organization has an identity provider of its own, on each engine in turn."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from werkzeug.test import TestResponse

from registry.config import Settings
from registry.identity.providers.providers_admin import NewProvider
from registry.identity.rules import Actor, Role
from tests.conftest import SettableClock
from tests.factories import PASSWORD, People
from tests.postgres import PostgresServer
from tests.web.browsing import SITE, Page, Visitor
from tests.web.pages.providers.fake import CLIENT, SECRET, FakeProvider, running
from tests.web.town import Town
from web.app import create_app
from web.wiring import build, close


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What changes rows is tried on both engines; what is refused before that, on SQLite alone."""
    if "street" in metafunc.fixturenames:
        both = metafunc.module.__name__.rpartition(".")[2] not in ("test_tokens", "test_trouble")
        postgresql = pytest.param("postgresql", marks=pytest.mark.postgres)
        metafunc.parametrize("street", ["sqlite", *([postgresql] if both else [])], indirect=True)


@dataclass
class Street:
    """The town, the provider, and its id here. ``admin`` looks after the organization."""

    town: Town
    provider: FakeProvider
    key: str
    admin: Actor

    def visitor(self) -> Visitor:
        return self.town.visitor()

    def register(self, provider: FakeProvider, *, open_to_all: bool = False) -> str:
        """Another provider of the same organization."""
        new = NewProvider("Second login", provider.issuer, CLIENT, SECRET, open_to_all)
        return self.town.side.providers.admin.register(self.admin, new)

    def link(self, actor: Actor, subject: str, key: str = "") -> None:
        """Connect a subject to a person, as the person does on the account page."""
        visitor = self.town.signed_in(actor.name.lower())
        address = f"/account/identities/{key or self.key}/connect"
        went = visitor.send(visitor.open("/account/identities"), address, password=PASSWORD)
        answer = come_back(visitor, self.provider.authorize(went.link("Continue"), subject))
        assert answer.headers["Location"].endswith("/account/identities")


@pytest.fixture
def street(
    request: pytest.FixtureRequest, founded: tuple[Path, People], tmp_path: Path, clock: SettableClock
) -> Iterator[Street]:
    settings = Settings(
        data_dir=tmp_path / "town", secret_key="test-" * 8, second_factor=False, allow_loopback=True
    )
    folder, people = founded
    if request.param == "sqlite":
        shutil.copytree(folder, settings.data_dir)
    else:
        folder, people, private, public = request.getfixturevalue("founded_on_postgresql")
        shutil.copytree(folder, settings.data_dir)
        server: PostgresServer = request.getfixturevalue("postgres")
        copies = {"private_database": server.copy(private), "public_database": server.copy(public)}
        settings = replace(settings, **copies)
    node = build(settings, clock)
    town = Town(node, create_app(node), people, clock)
    node.private.directory.grant(people.member.id, people.member.organization_id, [Role.ORG_ADMIN])
    admin = replace(people.member, roles=frozenset({Role.MEMBER, Role.ORG_ADMIN}))
    with running(FakeProvider(clock)) as provider:
        new = NewProvider("Lake login", provider.issuer, CLIENT, SECRET)
        yield Street(town, provider, node.private.providers.admin.register(admin, new), admin)
    close(node)


@pytest.fixture
def linked(street: Street) -> Street:
    """The member is subject ``a-1`` at the provider."""
    street.link(street.town.people.member, "a-1")
    return street


def leave(visitor: Visitor, key: str, query: str = "") -> str:
    """Go to the provider by its link and the button there; the address that the browser is sent to."""
    page = visitor.open(f"/signin/with/{key}{query}")
    answer = visitor.client.get(page.link("Continue"))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def come_back(visitor: Visitor, url: str) -> TestResponse:
    """Follow the provider's redirect to this node, and no further."""
    parts = urlsplit(url)
    assert parts.path.startswith("/signin/callback/")
    return visitor.client.get(f"{parts.path}?{parts.query}")


def refused(visitor: Visitor, url: str, words: str, case: str = "") -> None:
    """The page says so, in words of ours, offers the password, and nobody is signed in."""
    answer = come_back(visitor, url)
    told = page(answer)
    assert (answer.status_code, words in told.text) == (400, True), f"{case}: {told.text}"
    assert told.link("Sign in with a password").endswith("/signin")
    assert "no-store" in answer.headers["Cache-Control"]
    for part in url.partition("?")[2].split("&"):
        value = part.partition("=")[2]
        assert len(value) < 6 or value not in answer.text
    assert not who(visitor)


def page(answer: TestResponse) -> Page:
    return Page(f"{SITE}/signin/callback", answer.status_code, answer.headers, answer.text)


def who(visitor: Visitor) -> str:
    """Everything on the account page; empty for somebody who is not signed in."""
    account = visitor.open("/account")
    return account.text if account.path == "/account" else ""
