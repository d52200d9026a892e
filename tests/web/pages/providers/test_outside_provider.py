"""A provider that nobody here wrote (npm oidc-provider), a real node, real HTTP, browsers with cookies."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit, urlunsplit

import pytest
import requests

from bench.nodes import free_port
from registry.clock import system_clock
from registry.config import Settings
from registry.identity.providers.providers_admin import NewProvider
from registry.identity.rules import Role
from tests.conftest import missing
from tests.factories import PASSWORD, register_people
from tests.outside import packages
from tests.serving import on_port
from web.app import create_app
from web.setup import initialise
from web.wiring import build, close

SECRET = "a secret of a client, with : and % and + and é"[:44]


@dataclass
class Browser:
    """A person's browser: cookies by host, no redirect followed unless told."""

    node: str
    session: requests.Session = field(default_factory=requests.Session)

    def get(self, url: str) -> requests.Response:
        return self.session.get(urljoin(self.node, url), allow_redirects=False, timeout=30)

    def post(self, url: str, data: dict[str, str]) -> requests.Response:
        return self.session.post(urljoin(self.node, url), data, allow_redirects=False, timeout=30)

    def to_provider(self, key: str) -> str:
        """Press the button of the page behind a link; where it leads."""
        page = self.get(f"/signin/with/{key}?next=/mine")
        found = re.search(r'class="btn" rel="nofollow" href="([^"]+)"', page.text)
        assert found is not None
        return self.get(unescape(found[1])).headers["Location"]

    def at_provider(self, url: str, login: str, *, agree: bool = True) -> str:
        """Go through the provider's pages as somebody; the address on this node that it sends back to."""
        for _ in range(12):
            if url.startswith(self.node):
                return url
            page = self.get(url)
            if page.status_code in (302, 303):
                url = urljoin(url, page.headers["Location"])
                continue
            assert page.status_code == 200, page.text
            form = re.search(r'<form autocomplete="off" action="([^"]+)"', page.text)
            assert form is not None
            if not agree:
                url = urljoin(url, unescape(re.search(r'href="([^"]+/abort)"', page.text)[1]))
                continue
            prompt = "login" if 'name="login"' in page.text else "consent"
            data = {"prompt": prompt, "login": login, "password": "any"}
            url = urljoin(url, self.post(form[1], data).headers["Location"])
        raise AssertionError(f"the provider leads nowhere: {url}")

    def who(self) -> str:
        page = self.get("/account")
        return page.text if page.status_code == 200 else ""


@dataclass
class Place:
    """A node, two providers of its first organization, and what registered them here."""

    node: str
    keys: tuple[str, str]
    issuers: tuple[str, str]
    provider: subprocess.Popen[str]

    def browser(self) -> Browser:
        return Browser(self.node)


@contextmanager
def providers(node_js: str, wanted: list[dict[str, Any]]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [node_js, "oidc_provider.mjs"],
        cwd=packages.HERE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(wanted) + "\n")
        process.stdin.flush()
        while "ready" not in (line := process.stdout.readline()):
            assert line, "the providers did not start"
        yield process
        process.stdin.close()
        process.wait(20)


@pytest.fixture
def place(addresses: tuple[str, str], tmp_path: Path) -> Iterator[Place]:
    node_js = packages.node_program()
    if node_js is None:
        missing("Node and npm")
    assert node_js is not None
    packages.install()
    port, ports = free_port(), (free_port(), free_port())
    settings = Settings(
        data_dir=tmp_path / "node",
        secret_key="test-" * 8,
        private_database=addresses[0],
        public_database=addresses[1],
        base_url=f"http://127.0.0.1:{port}",
        second_factor=False,
        allow_loopback=True,
    )
    initialise(settings, system_clock)
    node = build(settings, system_clock)
    people, side = register_people(node.private), node.private
    admin = replace(people.member, roles=frozenset({Role.MEMBER, Role.ORG_ADMIN}))
    issuers = (f"http://localhost:{ports[0]}", f"http://localhost:{ports[1]}")
    made = [
        side.providers.admin.register(admin, NewProvider("Login", issuer, "node", SECRET, open=True))
        for issuer in issuers
    ]
    wanted = [
        {
            "port": one,
            "client_id": "node",
            "client_secret": SECRET,
            "redirect_uri": side.providers.sign_ins.redirect_uri(admin.organization_id),
        }
        for one in ports
    ]
    try:
        with on_port(create_app(node), port), providers(node_js, wanted) as process:
            yield Place(settings.base_url, (made[0], made[1]), issuers, process)
    finally:
        close(node)


def changed(url: str, **parts: str | None) -> str:
    """The address with other parts of its query; None takes one away."""
    split = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(split.query).items()} | parts
    return urlunsplit(split._replace(query=urlencode({k: v for k, v in query.items() if v is not None})))


@pytest.mark.timeout(300)
def test_a_provider_of_somebody_elses_making(place: Place) -> None:
    browser, other = place.browser(), place.browser()
    back = browser.at_provider(browser.to_provider(place.keys[0]), "ada")
    assert parse_qs(urlsplit(back).query)["iss"] == [place.issuers[0]]

    # Another browser, then the right one, then the same answer again.
    assert other.get(back).status_code == 400
    assert not other.who()
    done = browser.get(back)
    assert (done.status_code, done.headers["Location"]) == (303, "/mine")
    assert "Somebody ada" in browser.who()
    assert place.browser().get(back).status_code == 400
    assert browser.get(back).status_code == 400
    assert "Somebody ada" in browser.who()

    # The same person again is the same person; somebody else is not.
    second = place.browser()
    second.get(second.at_provider(second.to_provider(place.keys[0]), "ada"))
    assert "Somebody ada" in second.who()
    third = place.browser()
    third.get(third.at_provider(third.to_provider(place.keys[0]), "eve"))
    assert "Somebody eve" in third.who()

    refuse_what_was_changed(place)
    refuse_the_wrong_provider(place)
    refuse_to_take_over(place)
    cancel(place)
    go_on_without_provider(place)


def refuse_what_was_changed(place: Place) -> None:
    for part, value in (
        ("state", "another"),
        ("state", None),
        ("iss", "https://evil.example"),
        ("iss", place.issuers[1]),
        ("iss", None),
        ("code", "another"),
        ("code", None),
        ("error", "server_error"),
    ):
        browser = place.browser()
        back = browser.at_provider(browser.to_provider(place.keys[0]), "ada")
        answer = browser.get(changed(back, **{part: value}))
        assert answer.status_code in (400, 503), (part, value)
        assert not browser.who()


def refuse_the_wrong_provider(place: Place) -> None:
    """Mix-up: a sign-in that began at one provider is answered by the other, state swapped or not."""
    browser = place.browser()
    first, second = (browser.to_provider(key) for key in place.keys)
    state = parse_qs(urlsplit(first).query)["state"][0]
    back = browser.at_provider(second, "ada")
    assert browser.get(changed(back, state=state)).status_code == 400
    assert not browser.who()
    led_astray = changed(second, state=state)
    assert browser.get(browser.at_provider(led_astray, "ada")).status_code == 400
    assert not browser.who()


def refuse_to_take_over(place: Place) -> None:
    """This provider says, verified, that the address of a person here is the stranger's."""
    for login in ("member", "steward"):
        browser = place.browser()
        answer = browser.get(browser.at_provider(browser.to_provider(place.keys[0]), login))
        assert answer.status_code == 409
        assert not browser.who()


def cancel(place: Place) -> None:
    browser = place.browser()
    answer = browser.get(browser.at_provider(browser.to_provider(place.keys[0]), "ada", agree=False))
    assert (answer.status_code, "was cancelled" in answer.text) == (400, True)


def go_on_without_provider(place: Place) -> None:
    """It dies while somebody is there; afterwards the password lets in as always."""
    browser = place.browser()
    back = browser.at_provider(browser.to_provider(place.keys[0]), "ada")
    place.provider.kill()
    place.provider.wait(20)
    answer = browser.get(back)
    assert (answer.status_code, "does not answer right now" in answer.text) == (503, True)
    assert not browser.who()
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/signin").text)
    assert token is not None
    form = {"csrf_token": token[1], "email": "member@example.org", "password": PASSWORD, "next": ""}
    assert browser.post("/signin", form).headers["Location"] == "/mine"
    assert "Member" in browser.who()
