"""A provider that is broken: a clear page, in time, and the password goes on working."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from joserfc.jwk import ECKey
from werkzeug.wrappers import Response

from tests.web.browsing import Visitor
from tests.web.pages.providers.conftest import Street, come_back, leave, page, who
from tests.web.pages.providers.fake import FakeProvider, answer, running
from tests.web.town import sign_in


def start(street: Street, words: str, status: int, key: str = "") -> Visitor:
    """The way to the provider ends on a page of ours; afterwards the password works."""
    visitor = street.visitor()
    told = visitor.client.get(f"/signin/with/{key or street.key}/start")
    assert (told.status_code, words in page(told).text) == (status, True), told.text
    assert "Try again" in page(told).text
    assert sign_in(street.visitor(), "other").path == "/mine"
    return visitor


CHANGES: dict[str, dict[str, object]] = {
    "another issuer": {"issuer": "https://evil.example"},
    "no issuer": {"issuer": None},
    "no keys": {"jwks_uri": None},
    "a token endpoint among our neighbours": {"token_endpoint": "https://169.254.169.254/token"},
    "an authorization endpoint that is a script": {"authorization_endpoint": "javascript:alert(1)"},
    "an authorization endpoint without https": {"authorization_endpoint": "http://login.example.org/"},
    "symmetric signatures only": {"id_token_signing_alg_values_supported": ["HS256", "none"]},
    "no code flow": {"response_types_supported": ["id_token"]},
    "another way to show who we are": {"token_endpoint_auth_methods_supported": ["tls_client_auth"]},
}
BODIES: dict[str, Callable[[], Response]] = {
    "a list": lambda: answer([]),
    "no JSON": lambda: Response("<html>", content_type="text/html"),
    "JSON that is too deep": lambda: Response("[" * 60_000, content_type="application/json"),
    "too much": lambda: Response(b"{" + b" " * 70_000 + b"}", content_type="application/json"),
    "a redirect": lambda: Response("", 302, {"Location": "/jwks"}),
    "nothing": lambda: Response("", 404),
}


def test_a_description_that_is_not_as_it_should_be(street: Street) -> None:
    for change in CHANGES.values():
        street.provider.describe = partial(merged, change)
        start(street, "is not set up as it should be", 400)
        street.town.clock.forward(seconds=20)
    for body in BODIES.values():
        street.provider.answers["/.well-known/openid-configuration"] = body
        start(street, "is not set up as it should be", 400)
        street.town.clock.forward(seconds=20)


def merged(change: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    return document | change


def test_an_issuer_that_differs_in_one_letter(street: Street) -> None:
    """A stroke at the end is a letter too (Discovery section 4.3)."""
    street.provider.describe = lambda document: document | {"issuer": document["issuer"] + "/"}
    start(street, "is not set up as it should be", 400)


def test_a_provider_that_is_down(street: Street) -> None:
    gone = FakeProvider(street.town.clock)
    with running(gone):
        key = street.register(gone)
    start(street, "does not answer right now", 503, key)


@pytest.fixture
def silent() -> Iterator[tuple[str, list[socket.socket]]]:
    """A server that takes connections and says nothing for ever."""
    door, lines = socket.create_server(("127.0.0.1", 0)), []

    def serve() -> None:
        while True:
            try:
                lines.append(door.accept()[0])
            except OSError:
                return

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{door.getsockname()[1]}", lines
    door.shutdown(socket.SHUT_RDWR)
    door.close()
    thread.join()
    for line in lines:
        line.close()


@pytest.mark.alone
def test_a_provider_that_is_slow_is_waited_for_once(
    street: Street, silent: tuple[str, list[socket.socket]]
) -> None:
    slow = FakeProvider(street.town.clock, issuer=silent[0])
    key, began = street.register(slow), time.monotonic()
    start(street, "does not answer right now", 503, key)
    first = time.monotonic() - began
    start(street, "does not answer right now", 503, key)
    assert 4.5 < first < 8
    assert time.monotonic() - began - first < 2
    assert len(silent[1]) == 1
    street.town.clock.forward(seconds=20)
    start(street, "does not answer right now", 503, key)
    assert len(silent[1]) == 2


def test_a_provider_that_refuses(street: Street) -> None:
    for error, words, status in (
        ("access_denied", "was cancelled", 400),
        ("login_required", "was cancelled", 400),
        ("temporarily_unavailable", "does not answer right now", 503),
        ("invalid_request", "did not accept this node", 400),
        ("<script>alert(1)</script>", "did not accept this node", 400),
    ):
        visitor = street.visitor()
        asked = street.provider.question(leave(visitor, street.key))
        back = street.provider.back(asked, error=error, error_description="<b>no</b> SECRET")
        told = come_back(visitor, back)
        assert (told.status_code, words in page(told).text) == (status, True)
        assert "SECRET" not in told.text
        assert "alert" not in told.text


BEHIND: tuple[tuple[str, Callable[[], Response], str, int], ...] = (
    ("/token", lambda: answer({"error": "invalid_client"}, 401), "did not accept this node", 400),
    ("/token", lambda: answer({"error": "<script>"}, 400), "did not accept this node", 400),
    ("/token", lambda: answer({}, 500), "does not answer right now", 503),
    ("/token", lambda: answer({"access_token": "x"}), "could not be verified", 400),
    ("/token", lambda: answer({"id_token": ["x"]}), "could not be verified", 400),
    ("/token", lambda: answer([]), "is not set up as it should be", 400),
    ("/token", lambda: Response("", 302, {"Location": "/"}), "did not accept this node", 400),
    ("/jwks", lambda: answer({"keys": []}), "is not set up as it should be", 400),
    ("/jwks", lambda: answer({"keys": {"a": 1}}), "is not set up as it should be", 400),
    ("/jwks", lambda: answer({"keys": [1, {"kty": 1}, {"kty": "EC"}]}), "is not set up", 400),
    ("/jwks", lambda: answer({}, 503), "is not set up as it should be", 400),
)


def test_what_is_behind_the_provider_is_broken(street: Street) -> None:
    for path, say, words, status in BEHIND:
        visitor = street.visitor()
        street.town.clock.forward(minutes=61)
        street.provider.answers = {}
        back = street.provider.authorize(leave(visitor, street.key))
        street.provider.answers = {path: say}
        told = come_back(visitor, back)
        assert (told.status_code, words in page(told).text) == (status, True), page(told).text
        assert not who(visitor)


def test_a_provider_with_new_keys_is_believed_at_once_and_asked_once_a_minute(street: Street) -> None:
    street.link(street.town.people.member, "a-1")
    provider, visitor = street.provider, street.visitor()
    street.town.clock.forward(minutes=2)
    provider.key = ECKey.generate_key("P-256", auto_kid=True)
    before = provider.asked.count("/jwks")
    assert come_back(visitor, provider.authorize(leave(visitor, street.key))).status_code == 303
    assert provider.asked.count("/jwks") == before + 1
    provider.key, kept = ECKey.generate_key("P-256", auto_kid=True), provider.key
    provider.published = [kept.as_dict(private=False)]
    for _ in range(3):
        other = street.visitor()
        assert come_back(other, provider.authorize(leave(other, street.key))).status_code == 400
    assert provider.asked.count("/jwks") == before + 1


def test_a_link_of_a_provider_that_is_switched_off_leads_nowhere(street: Street) -> None:
    admin = street.town.side.providers.admin
    visitor = street.visitor()
    back = street.provider.authorize(leave(visitor, street.key))
    admin.switch(street.admin, street.key, active=False)
    assert come_back(visitor, back).status_code == 400
    assert street.visitor().open(f"/signin/with/{street.key}").status == 404
    assert street.visitor().client.get(f"/signin/with/{street.key}/start").status_code == 404
